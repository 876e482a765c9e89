"""A fingerprint is the same for the same content in any process, another for any change, and refuses the rest."""

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import pytest

from tests.ensemble.models import MODEL, SETTING, Watched
from tidings.core.errors import InputError
from tidings.core.schema import Range
from tidings.ensemble.fingerprint import code_digest, fingerprint
from tidings.flow.parameters import load_parameters


class Colour(Enum):
    RED = 1
    GREEN = 2


@dataclass(frozen=True)
class Mine:
    number: int = 1


@dataclass(frozen=True)
class Other:
    number: int = 1


DIFFERENT = [
    None, True, False, 0, 1, -1, 1.0, 0.0, -0.0, float("inf"), float("nan"), 2**80, "", "1", b"1", "None",
    dt.date(2031, 3, 1), dt.datetime(2031, 3, 1, tzinfo=dt.UTC), dt.time(3), dt.timedelta(1),
    Colour.RED, Colour.GREEN, (), (1,), ((1,),), (1, 2), (2, 1), {1, 2}, {}, {1: 2}, {"1": 2}, {1: {2: 3}}, Mine(),
    Mine(2), Other(), Range(value=1), Range(low=1), np.int64(1), np.float64(1), np.bool_(True), np.array(1),
    np.array([1]), np.array([[1]]), np.array([1.0]), np.array([1], np.int32), np.array(["a"]), np.array(["a"], object),
    np.zeros(0), np.zeros((0, 1)), load_parameters(), load_parameters({"speed_foot": 20}), ("a", "bc"), ("ab", "c"),
]  # fmt: skip


def test_no_two_values_share_a_fingerprint():
    assert len({fingerprint(value) for value in DIFFERENT}) == len(DIFFERENT)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ((1, 2), [1, 2]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"x", "y", "z"}, {"z", "y", "x"}),
        (np.arange(6).reshape(2, 3), np.asfortranarray(np.arange(6).reshape(2, 3))),
        (np.arange(10)[::2], np.array([0, 2, 4, 6, 8])),
        (Mine(), Mine()),
    ],
)
def test_the_same_content_has_the_same_fingerprint(one, same):
    assert fingerprint(one) == fingerprint(same)


def test_a_model_has_the_same_fingerprint_in_another_process():
    program = """
from tests.ensemble.models import MODEL
from tidings.ensemble.fingerprint import fingerprint
print(fingerprint(MODEL))"""
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == fingerprint(MODEL)


@pytest.mark.parametrize(
    "changed",
    [
        replace(MODEL, vary=()),
        replace(MODEL, parameters=load_parameters({"speed_foot": 20})),
        replace(MODEL, scenario=replace(SETTING, at_home=SETTING.at_home + 1)),
        replace(MODEL, scenario=replace(SETTING, start=dt.date(2031, 3, 2))),
        Watched(MODEL, "log"),
    ],
)
def test_any_change_of_a_model_gives_another_fingerprint(changed):
    assert fingerprint(changed) != fingerprint(MODEL)


def make_class(folder, text):
    (folder / "rules.py").write_text(text)
    spec = __import__("importlib.util").util.spec_from_file_location("rules", folder / "rules.py")
    module = __import__("importlib.util").util.module_from_spec(spec)
    sys.modules["rules"] = module
    spec.loader.exec_module(module)
    return module.Rule


def test_a_rule_of_ones_own_counts_with_the_text_of_its_file(tmp_path):
    text = "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass Rule:\n    rate: float = {}\n"
    marks = [fingerprint(make_class(tmp_path, text.format(value))(0.5)) for value in ("0.1", "0.1", "0.2")]
    assert marks[0] == marks[1]
    assert marks[0] != marks[2]


@dataclass(frozen=True)
class Holds:
    what: object


@pytest.mark.parametrize("unknown", [len, lambda: 1, object(), iter(()), Mine])
def test_what_is_not_known_is_refused_wherever_it_is_held(unknown):
    with pytest.raises(InputError, match=r"model: it holds a .*, of which no fingerprint can be taken"):
        fingerprint({"a": (Holds(unknown),)})


def test_a_class_without_a_text_is_refused():
    made = dataclass(frozen=True)(type("Made", (), {"__module__": "nowhere"}))
    with pytest.raises(InputError, match=r"the text of nowhere\.Made cannot be read"):
        fingerprint(made())


def test_mappings_of_other_classes_are_told_apart():
    assert isinstance(load_parameters(), Mapping)
    assert fingerprint(load_parameters()) != fingerprint(dict(load_parameters()))


def test_the_code_is_told_by_its_version_and_its_sources():
    assert code_digest().startswith("tidings ")
    assert len(code_digest().split()[-1]) == 16
