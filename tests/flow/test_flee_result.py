"""Contract: what a run under Flee's rules gives names places and no point of a road."""

import datetime as dt

import numpy as np

from tidings.flow.flee_instance import FleeInstance, Location
from tidings.flow.flee_result import flee_dataset

KINDS = ("conflict_zone", "marker", "camp")


def dataset():
    """One member over two days: 5 and 6 people at the marker, one more on a road on the first day."""
    locations = tuple(
        Location(name=kind, region="", country="N", lat=None, lon=None, kind=kind, conflict_date=None, people=None)
        for kind in KINDS
    )
    instance = FleeInstance(
        name="made up", start=dt.date(2031, 3, 1), days=2, locations=locations, routes=(), closures=(),
        conflicts=np.zeros((2, 3)), total=None, registered=(),
    )  # fmt: skip
    return flee_dataset(np.array([[[1, 5, 2], [0, 6, 3]]]), np.array([[1, 0]]), instance, [4], seed=7)


def test_a_marker_is_no_place_and_its_people_are_on_the_road():
    ensemble = dataset()
    assert list(ensemble["place"].to_numpy()) == ["conflict_zone", "camp"]
    assert ensemble["on_road"].to_numpy().tolist() == [[[6], [6]]]
    assert ensemble["people"].to_numpy().tolist() == [[[1, 2], [0, 3]]]


def test_days_members_seed_and_rules_are_told():
    ensemble = dataset()
    assert ensemble["people"].dims == ("member", "day", "place")
    assert str(ensemble["date"].to_numpy()[1])[:10] == "2031-03-02"
    assert ensemble["member"].to_numpy().tolist() == [4]
    assert ensemble.attrs == {"start": "2031-03-01", "seed": "7", "rules": "flee"}
