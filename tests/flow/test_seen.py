"""A rule sees arrays of members; it may look at some of them, and change nothing."""

from dataclasses import fields

import numpy as np
import pytest

from tests.flow.worlds import geography, seen
from tidings.flow.seen import OF_MEMBERS

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 40)], [("gate", "camp", "home")])
DAY = seen(COUNTRY, n_members=3, violence=[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], ways=[("home", "camp", 40)])


def test_some_members_are_seen_with_the_ways_that_they_share():
    some = DAY.of(np.array([2, 0]), DAY.ways)
    assert some.violence.tolist() == [[5.0, 6.0], [1.0, 2.0]]
    assert {len(getattr(some, name)) for name in OF_MEMBERS} == {2}
    assert (some.map, some.date, some.ways) == (DAY.map, DAY.date, DAY.ways)


@pytest.mark.parametrize("name", OF_MEMBERS)
def test_who_looks_on_changes_nothing(name):
    with pytest.raises(ValueError, match="read-only"):
        getattr(DAY.read_only(), name)[0, 0] = 1
    getattr(DAY, name)[0, 0] = getattr(DAY, name)[0, 0]


def test_neither_the_map_nor_the_ways_can_be_changed():
    shown = DAY.read_only()
    for part in (shown.map, shown.ways):
        assert not any(getattr(part, field.name).flags.writeable for field in fields(part))


def test_a_day_without_ways_can_be_shown():
    assert seen(COUNTRY).read_only().ways is None


def test_places_and_crossings_are_known_by_their_ids():
    assert DAY.map.place.tolist() == ["home", "camp"]
    assert DAY.map.crossing.tolist() == ["gate"]
    assert DAY.map.target.tolist() == ["home", "camp", "gate"]
