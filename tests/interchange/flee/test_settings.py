"""Contract: simsetting.yml is read with the line of every problem, and written so that it reads the same."""

import pytest

from tests.interchange.flee.folders import reading
from tidings.core.errors import InputError
from tidings.flow.flee_settings import FleeSettings
from tidings.interchange.flee.settings import load_flee_settings, nothing_set, rounded_away, settings_text

SOUND = """\
spawn_rules:
  take_from_population: false
  conflict_spawn_decay: [1.0, 0.5]
move_rules:
  awareness_level: 2
  start_on_foot: true
optimisations:
  hasten: 100
"""


def settings_file(tmp_path, text):
    path = tmp_path / "simsetting.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_settings_file_is_read(tmp_path):
    settings = load_flee_settings(settings_file(tmp_path, SOUND))
    assert settings.move_rules.awareness_level == 2
    assert settings.optimisations.hasten == 100


def test_an_empty_file_gives_the_defaults(tmp_path):
    assert load_flee_settings(settings_file(tmp_path, "")) == FleeSettings()


@pytest.mark.parametrize(
    "settings",
    [
        FleeSettings(),
        FleeSettings.of({"spawn_rules": {"insert_day0": False, "conflict_driven_spawning": {}}}, "x"),
        FleeSettings.of({"move_rules": {"avoid_short_stints": True, "camp_weight": 2}}, "x"),
    ],
)
def test_settings_that_are_written_are_read_again(tmp_path, settings):
    assert load_flee_settings(settings_file(tmp_path, settings_text(settings))) == settings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("move_rules:\n  camp_weigt: 2\n", r"simsetting\.yml:2: move_rules\.camp_weigt: .*Did you mean camp_weight\?"),
        ("optimisations:\n\n  hasten: 0\n", r"simsetting\.yml:3: optimisations\.hasten: 0 does not fit"),
        ("a: [1\nb: 2\n", r"simsetting\.yml:2: it is not readable YAML"),
        ("move_rules:\n\tx: 1\n", r"simsetting\.yml:2: it is not readable YAML"),
        ("- hasten\n", r"simsetting\.yml: it holds no sections"),
        ("move_rules:\n  camp_weight: 1\n  camp_weight: 2\n", r"simsetting\.yml:3: key 'move_rules\.camp_weight' is "
                                                              r"there already, on line 2\. Keep one of them"),
        (b"move_rules: \xe9\n", r"simsetting\.yml: the file is not UTF-8 text"),
        ("spawn_rules:\n  camps_are_sicks: true\n", r"simsetting\.yml:2: spawn_rules\.camps_are_sicks"),
    ],
)  # fmt: skip
def test_what_cannot_be_settings_is_refused_with_its_line(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        load_flee_settings(settings_file(tmp_path, text))


def test_all_problems_are_named_at_once(tmp_path):
    text = "move_rules:\n  camp_weight: -1\n  awareness_level: 7\n"
    with pytest.raises(InputError) as caught:
        load_flee_settings(settings_file(tmp_path, text))
    assert {problem.where.split(": ")[0] for problem in caught.value.problems} == {
        "simsetting.yml:2",
        "simsetting.yml:3",
    }


def test_a_key_that_holds_itself_is_no_endless_search(tmp_path):
    with pytest.raises(InputError):
        load_flee_settings(settings_file(tmp_path, "move_rules: &a\n  camp_weight: *a\n"))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        load_flee_settings(tmp_path / "simsetting.yml")


def test_settings_that_set_nothing_are_told(tmp_path):
    given = load_flee_settings(settings_file(tmp_path, ""))
    (told,) = nothing_set(given, tmp_path / "simsetting.yml")
    assert str(told).startswith("simsetting.yml: it sets nothing that is not Flee's default")
    assert not list(nothing_set(FleeSettings.of({"optimisations": {"hasten": 10}}, "x"), tmp_path / "x"))


def test_it_is_told_where_a_unit_is_more_people_than_were_ever_registered(tmp_path):
    instance, _ = reading(tmp_path)
    few, many = (FleeSettings.of({"optimisations": {"hasten": hasten}}, "x") for hasten in (201, 100_000))
    assert "a unit (hasten) is 201 people, and fewer were ever registered in Elvik" in str(*rounded_away(instance, few))
    assert "fewer were ever registered in Dunmere, Elvik, total" in str(*rounded_away(instance, many))
    assert not list(rounded_away(instance, FleeSettings()))
