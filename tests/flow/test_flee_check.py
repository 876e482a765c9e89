"""Contract: what cannot be simulated is told all at once, each problem with file, line and how to mend it."""

from dataclasses import replace

import numpy as np
import pytest

from tests.flow.flee_worlds import CAMP, CONFLICT, instance, place, registered, settings
from tidings.core.errors import InputError, raise_all
from tidings.flow.flee_check import problems_of
from tidings.flow.flee_instance import Closure, Route

PLACES = [place("Ansa", CONFLICT, 900), place("Esk", CAMP, 50, "Westia")]
ROADS = [("Ansa", "Esk", 80)]


def country(places=PLACES, roads=ROADS, **changes):
    return instance(places, roads, **{"conflicts": {"Ansa": [1] * 8}, "arrivals": {"Esk": [0, 9, 20]}, **changes})


def routed(km=80.0, one=0, other=1, **attributes):
    route = Route(one=one, other=other, km=km, attributes=attributes, where="routes.csv:2")
    return replace(country(), routes=(route,))


def closing(kind, one, other=""):
    return country(closures=[(kind, one, other, 1, 2)])


def with_conflict(day, value):
    table = country().conflicts.copy()
    table[day, 1] = value
    return replace(country(), conflicts=table)


def counted(row):
    return replace(country(), registered=(row,))


def test_what_is_sound_has_no_problems():
    assert problems_of(country(), settings()) == []


BAD = {
    "a run of no day": (replace(country(), days=0, conflicts=np.zeros((0, 2))), "sim_period.csv: the run is 0 days"),
    "no places": (replace(country(), locations=(), routes=(), conflicts=np.zeros((8, 0))), "there are no places"),
    "two places of one name": (
        country([*PLACES, replace(PLACES[1], where="locations.csv:9")]),
        r"locations.csv:9: 'Esk' is there already \(locations.csv: Esk\)",
    ),
    "less than nobody": (country([place("Ansa", CONFLICT, -1), PLACES[1]]), "locations.csv: Ansa: 'Ansa' has -1"),
    "a shrinking capacity": (country([PLACES[0], place("Esk", CAMP, capacity_per_day=-2)]), "capacity_per_day is '-2'"),
    "a word for people": (country([PLACES[0], place("Esk", CAMP, initial_idps="few")]), "initial_idps is 'few'"),
    "an endless conflict": (
        country([place("Ansa", CONFLICT, 9, conflict_intensity="inf"), PLACES[1]]), "conflict_intensity is 'inf'",
    ),
    "a road to nowhere": (routed(other=2), "routes.csv:2: it ends at place 2, which is not there"),
    "a road from nowhere": (routed(one=-1), "it ends at place -1"),
    "a road to its own start": (routed(one=1), "both ends are 'Esk'"),
    "a negative length": (routed(km=-1.0), "it is -1.0 km long"),
    "an unknown length": (routed(km=np.nan), "it is nan km long"),
    "an endless road": (routed(km=np.inf), "it is inf km long"),
    "a road of speed 0": (routed(max_move_speed="0"), "max_move_speed is '0'. Write a number of at least 1e-06"),
    "more than certain": (routed(walk_probability="1.5"), "walk_probability is '1.5'. Write a number from 0 to 1"),
    "an unknown closure": (closing("bridge", "Ansa"), "closures.csv: Ansa: 'bridge' cannot close"),
    "an unknown country": (closing("country", "Norland", "Eastia"), "'Eastia'"),
    "an unknown place": (closing("location", "Brel"), "closures.csv: Brel.*'Brel'"),
    "an unknown camp": (closing("camp", "Brel"), "'Brel'"),
    "too few days of conflict": (
        replace(country(), conflicts=np.zeros((7, 2))), "conflicts.csv.*Give a row for each day of the run",
    ),
    "too few places in conflict": (
        replace(country(), conflicts=np.zeros((8, 1))), "a column for each place",
    ),
    "a negative conflict": (with_conflict(3, -1.0), "day 3 at 'Esk' is -1.0"),
    "an unknown conflict": (with_conflict(5, np.nan), "day 5 at 'Esk' is nan"),
    "no counts": (counted(registered("Esk", [])), "Esk.csv: 'Esk' has no counts"),
    "a negative count": (counted(registered("Esk", [3, -2])), "a count of 'Esk' is negative or no number"),
    "an unknown count": (counted(registered("Esk", [3, np.nan])), "a count of 'Esk' is negative or no number"),
    "a negative total": (country(total=[3, -2]), "a count of 'total' is negative"),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "said"), BAD.values(), ids=BAD)
def test_what_cannot_be_simulated_is_told_with_what_to_do(wrong, said):
    problems = problems_of(wrong, settings())
    assert len(problems) == 1
    assert problems[0].fix
    with pytest.raises(InputError, match=said):
        raise_all(problems)


def test_all_problems_come_at_once():
    wrong = replace(
        country([place("Ansa", CONFLICT, -1), PLACES[1]], total=[-2]),
        routes=(Route(one=0, other=0, km=-3.0, where="routes.csv:2"),),
        closures=(Closure(kind="bridge", one="", other="", start=0, end=1),),
    )
    assert sorted(problem.where for problem in problems_of(wrong, settings())) == [
        "closures.csv", "locations.csv: Ansa", "routes.csv:2", "routes.csv:2", "total.csv",
    ]  # fmt: skip


def test_a_road_without_length_needs_a_softening():
    assert problems_of(routed(km=0.0), settings()) == []
    with pytest.raises(InputError, match="it is 0 km long, and so its weight has no bound"):
        raise_all(problems_of(routed(km=0.0), settings(softening=0)))


def test_a_total_has_to_be_there_where_it_counts():
    rules = settings(spawn={"sum_from_camps": False})
    assert problems_of(country(total=[0, 5]), rules) == []
    with pytest.raises(InputError, match="sum_from_camps is off, and the data have no row 'total'"):
        raise_all(problems_of(country(), rules))


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({"conflicts": {"Ansa": [1, 0]}}, "9 units set out on day 1"),
        ({"places": [place("Ansa", CONFLICT, None), PLACES[1]]}, "9 units set out on day 1"),
        ({"conflicts": {"Ansa": [1, 1, 0]}}, "11 units set out on day 2"),
        ({"places": [place("Ansa", CONFLICT, 900, conflict_date=3), PLACES[1]], "conflicts": {}}, "on day 1"),
    ],
)
def test_newcomers_need_a_conflict_at_a_place_with_people(changes, met):
    problems = problems_of(country(**changes), settings())
    assert len(problems) == 1
    with pytest.raises(InputError, match=met):
        raise_all(problems)


def test_a_day_without_newcomers_needs_no_conflict():
    calm = country(conflicts={"Ansa": [1, 1, 1, 0]}, arrivals={"Esk": [4, 9, 20]})
    assert problems_of(calm, settings()) == []


def test_a_conflict_that_has_grown_old_drives_nobody_out():
    decayed = {"conflict_spawn_decay": [1.0, 0.0], "conflict_spawn_decay_interval": 2}
    with pytest.raises(InputError, match="11 units set out on day 2"):
        raise_all(problems_of(country(), settings(spawn=decayed)))


def test_where_conflict_drives_people_out_the_data_need_none():
    driven = {"conflict_driven_spawning": {"spawn_mode": "constant", "displaced_per_conflict_day": 4}}
    calm = country(conflicts={"Ansa": [1, 0]})
    assert len(problems_of(calm, settings())) == 1
    assert problems_of(calm, settings(spawn=driven)) == []


def test_a_closed_link_and_an_unknown_type_are_simulated_without_a_word(caplog):
    odd = country([PLACES[0], PLACES[1], place("Gard", "port")], closures=[("link", "Ansa", "Esk", 1, 2)])
    assert problems_of(odd, settings()) == []
    assert not caplog.records
