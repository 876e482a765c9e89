"""Contract: simsetting.yml has known keys, each in its range; what is not simulated cannot be switched on."""

import json
from pathlib import Path

import pytest

from tidings.core.errors import InputError
from tidings.flow.flee_settings import FleeSettings
from tools.write_schemas import simsetting_schema_text

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "simsetting.schema.json"


def test_without_a_file_there_are_flees_defaults_person_for_person():
    settings = FleeSettings()
    assert (
        settings == FleeSettings.of(None, "simsetting.yml") == FleeSettings.of({"move_rules": None}, "simsetting.yml")
    )
    assert settings.optimisations.hasten == 1
    assert (settings.move_rules.camp_movechance, settings.move_rules.conflict_movechance) == (0.001, 1.0)
    assert settings.spawn_rules.insert_day0


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"move_rules": {"camp_wieght": 2}}, "Did you mean camp_weight"),
        ({"moves": {}}, "there is no such key"),
        ({"spawn_rules": {"camps_are_sicks": True}}, "camps_are_sinks"),
        ({"move_rules": {"awareness_level": 0}}, "Write 1, 2 or 3"),
        ({"move_rules": {"awareness_level": 4}}, "does not fit"),
        ({"move_rules": {"max_move_speed": -3}}, "does not fit"),
        ({"move_rules": {"camp_movechance": 1.5}}, "does not fit"),
        ({"move_rules": {"capacity_buffer": 1.0}}, "does not fit"),
        ({"move_rules": {"fixed_routes": True}}, "not simulated"),
        ({"spawn_rules": {"flood_driven_spawning": {"x": 1}}}, "not simulated"),
        ({"optimisations": {"hasten": 2.5}}, "does not fit"),
        ({"optimisations": {"hasten": 0}}, "does not fit"),
        ({"spawn_rules": {"conflict_driven_spawning": {"spawn_mode": "often"}}}, "does not fit"),
        (["move_rules"], "it holds no sections"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_with_what_to_do(document, said):
    with pytest.raises(InputError, match=said):
        FleeSettings.of(document, "simsetting.yml")


def test_all_problems_come_at_once():
    with pytest.raises(InputError) as refused:
        FleeSettings.of({"move_rules": {"softening": -1, "speed": 2}, "optimisations": {"hasten": "ten"}}, "s.yml")
    assert {problem.where for problem in refused.value.problems} == {
        "s.yml: move_rules.softening",
        "s.yml: move_rules.speed",
        "s.yml: optimisations.hasten",
    }


def test_the_committed_schema_is_that_of_the_settings():
    assert SCHEMA.read_text(encoding="utf-8") == simsetting_schema_text(), "run 'make docs'"
    assert "km a day" in json.dumps(json.loads(simsetting_schema_text()))
