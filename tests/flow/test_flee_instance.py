"""Contract: an instance holds what its folder says, changes no more, and has nothing in it that was not said."""

from dataclasses import FrozenInstanceError

import pytest

from tests.flow.flee_worlds import CAMP, instance, place
from tidings.flow.flee_instance import Closure, Location, Registered, Route

PLACES = [place("Ansa", people=900), place("Esk", CAMP)]
COUNTRY = instance(PLACES, [("Ansa", "Esk", 80)], arrivals={"Esk": [3, 9]})


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (COUNTRY, "days"),
        (COUNTRY.locations[0], "people"),
        (COUNTRY.routes[0], "km"),
        (COUNTRY.registered[0], "people"),
        (Closure(kind="camp", one="Esk", other="", start=1, end=2), "end"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_nothing_of_it_can_be_set_anew(row, name):
    with pytest.raises(FrozenInstanceError):
        setattr(row, name, 1)


def test_rows_that_say_the_same_are_equal():
    assert place("Ansa", people=900) == PLACES[0]
    assert place("Ansa", people=901) != PLACES[0]
    assert Route(one=0, other=1, km=80.0) != Route(one=1, other=0, km=80.0)


def test_what_is_left_out_is_not_made_up():
    bare = Location(
        name="Ansa", region="", country="", lat=None, lon=None, kind="town", conflict_date=None, people=None
    )
    assert bare.people is None
    assert dict(bare.attributes) == dict(Route(one=0, other=1, km=1.0).attributes) == {}


def test_a_problem_with_a_row_can_name_its_file_though_nobody_told_the_line():
    bare = Registered(name="Esk", days=COUNTRY.registered[0].days, people=COUNTRY.registered[0].people)
    closure = Closure(kind="camp", one="Esk", other="", start=1, end=2)
    rows = (bare, closure, Route(one=0, other=1, km=1.0))
    assert [row.where for row in rows] == ["data_layout.csv", "closures.csv", "routes.csv"]
