"""What is asked of an ensemble is refused with all that is wrong, or given back as numbers of members."""

from pathlib import Path

import numpy as np
import pytest

from tests.ensemble.models import MODEL, SETTING
from tidings.core.errors import InputError
from tidings.ensemble.asked import members_asked

WRONG = [
    ({"members": 0}, "members: there are none"),
    ({"members": []}, "members: there are none"),
    ({"members": -3}, "members: there are none"),
    ({"members": True}, "members: True is no number and no list of numbers"),
    ({"members": 2.0}, "members: 2.0 is no number"),
    ({"members": "12"}, "members: '12' is no number"),
    ({"members": None}, "members: None is no number"),
    ({"members": [1, 1]}, "members: a number is there twice"),
    ({"members": [-1]}, "members: a member's number is negative or not whole"),
    ({"members": [0.5]}, "members: a member's number is negative or not whole"),
    ({"seed": "1"}, "seed: '1' is a str. Give a whole number"),
    ({"seed": True}, "seed: True is a bool"),
    ({"seed": 1.0}, "seed: 1.0 is a float"),
    ({"seed": 2**63}, "seed: 9223372036854775808 has more than 64 bits"),
    ({"workers": 0}, "workers: 0 is less than 1"),
    ({"workers": 1.5}, "workers: 1.5 is a float"),
    ({"workers": 2, "cluster": "tcp://127.0.0.1:1"}, "workers: there is a cluster too"),
    ({"cluster": 5}, "cluster: 5 is a int. Give the address of a Dask scheduler"),
    ({"path": 5}, "path: 5 is a int. Name a file or a .zarr store"),
    ({"model": "valdria"}, r"model: it is a str, which simulates nothing\. .*load_model\(folder\)"),
    ({"model": type(MODEL)}, "model: it is a class and no model. Make one of it"),
    ({"model": SETTING}, r"model: it is a scenario without a world\. Wrap it: TidingsModel\(scenario, OneW"),
]


def asked(**changes):
    usual = {"model": MODEL, "members": 3, "seed": 1, "workers": 1, "cluster": None, "path": None}
    return members_asked(**{**usual, **changes})


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_what_cannot_be_asked_is_refused(changes, message):
    with pytest.raises(InputError, match=message):
        asked(**changes)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError, match=r"members: there are none(.|\n)*seed: 'a' is a str(.|\n)*workers: 0 is less"):
        asked(members=0, seed="a", workers=0)
    with pytest.raises(InputError, match=r"model: it is a NoneType(.|\n)*path: 5 is"):
        asked(model=None, path=5)


@pytest.mark.parametrize(
    ("members", "numbers"), [(3, [0, 1, 2]), ([7, 3], [7, 3]), (range(4, 6), [4, 5]), (np.array([2, 9]), [2, 9])]
)
def test_members_are_asked_by_how_many_or_by_number(members, numbers):
    assert asked(members=members, seed=np.int64(5), workers=np.int32(2)) == numbers


@pytest.mark.parametrize("path", [None, "people.nc", Path("people.nc")])
def test_a_path_is_a_text_or_a_path(path):
    assert asked(path=path) == [0, 1, 2]
