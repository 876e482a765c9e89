"""Contract: places are taken for what Flee takes them for, and counts are whole units of `hasten` people."""

import math

import pytest

from tests.flow.flee_worlds import CAMP, CONFLICT, HUB, IDP_CAMP, MARKER, TOWN, instance, place, registered, settings
from tidings.flow.flee_sites import kind_of, number_of, p_move_of, registered_units, sites_of

RULES = settings(
    conflict_movechance=0.9, default_movechance=0.4, camp_movechance=0.02, idpcamp_movechance=0.2
).move_rules


def site(kind=TOWN, people=None, rules=None, **more):
    """The second place of a country whose first place is at home in Norland."""
    return sites_of(instance([place("First"), place("Here", kind, people, **more)]), rules or settings())[1]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Camp", "camp"),
        ("IDPcamp", "idpcamp"),
        ("camp_in_conflict", "camp"),
        ("conflict_zone", "conflict"),
        ("forwarding_hub", "hub"),
        ("forward_town", "hub"),
        ("MARKER", "marker"),
        ("flood_zone", "town"),
        ("default", "town"),
        ("town", "town"),
        ("port", "unknown"),
    ],
)
def test_a_type_is_known_by_the_first_word_that_flee_finds_in_it(written, kind):
    assert kind_of(place("Here", written)) == kind


@pytest.mark.parametrize(
    ("kind", "is_in_conflict", "p_move"),
    [
        ("camp", False, 0.02),
        ("idpcamp", False, 0.2),
        ("conflict", True, 0.9),
        ("conflict", False, 0.4),
        ("town", False, 0.4),
        ("hub", False, 1.0),
        ("marker", False, 1.0),
        ("unknown", False, 1.0),
    ],
)
def test_the_chance_of_leaving_is_that_of_the_type(kind, is_in_conflict, p_move):
    assert p_move_of(kind, is_in_conflict, RULES) == p_move


def test_an_attribute_that_is_absent_has_its_default_and_one_that_is_no_number_is_not_a_number():
    assert number_of({}, "max_move_speed", 360.0) == 360.0
    assert number_of({"max_move_speed": "12.5"}, "max_move_speed", 360.0) == 12.5
    assert math.isnan(number_of({"max_move_speed": "fast"}, "max_move_speed", 360.0))


@pytest.mark.parametrize("kind", [CAMP, IDP_CAMP])
def test_a_camps_people_are_its_capacity_in_whole_units(kind):
    here = site(kind, 1999, settings(hasten=100), capacity_per_day=250, initial_idps=399)
    assert (here.capacity, here.population) == (19, 0)
    assert here.capacity_per_day == 2.5
    assert here.initial_idps == 3
    assert here.has_capacity
    assert here.is_camp


@pytest.mark.parametrize("kind", [CONFLICT, TOWN, HUB, MARKER])
def test_elsewhere_they_are_its_population_and_nobody_waits_there(kind):
    here = site(kind, 1999, settings(hasten=100), initial_idps=399)
    assert (here.capacity, here.population, here.initial_idps) == (0, 19, 0)
    assert not here.has_capacity
    assert not here.is_camp


def test_abroad_is_another_country_than_that_of_the_first_place():
    assert site(country="Westia").is_foreign
    assert not site(country="Norland").is_foreign


@pytest.mark.parametrize(("date", "intensity"), [(None, 1.0), (0, 1.0), (-4, 1.0), (1, 0.0)])
def test_a_conflict_zone_with_a_later_date_begins_as_a_town(date, intensity):
    here = site(CONFLICT, conflict_date=date)
    assert here.intensity == intensity
    assert here.is_town == (intensity == 0.0)
    assert here.p_move == (1.0 if intensity else 0.3)


def test_the_intensity_from_the_start_is_that_of_the_column():
    assert site(CONFLICT, conflict_intensity=2.5).intensity == 2.5
    assert site(TOWN, conflict_intensity=2.5).intensity == 0.0


def test_of_the_places_that_are_no_camps_only_towns_hold_nobody_up():
    assert [site(kind).is_town for kind in (TOWN, HUB, MARKER, CAMP)] == [True, False, False, False]


@pytest.mark.parametrize(("p_move", "is_camp"), [(0.0049, True), (0.005, False)])
def test_a_place_that_next_to_nobody_leaves_counts_as_a_camp(p_move, is_camp):
    here = site(TOWN, 70, settings(default_movechance=p_move))
    assert (here.is_camp, here.is_town) == (is_camp, not is_camp)
    assert (here.population, here.has_capacity) == (70, False)


def test_registered_people_lie_on_straight_lines_between_reports_and_are_constant_outside():
    row = registered("Esk", [10, 30, 26], days=[1, 3, 7])
    assert registered_units(row, 10, settings()).tolist() == [10, 10, 20, 30, 29, 28, 27, 26, 26, 26]


def test_registered_units_are_cut_not_rounded():
    row = registered("Esk", [199, 399], days=[0, 2])
    assert registered_units(row, 3, settings(hasten=100)).tolist() == [1, 2, 3]


def test_where_camps_begin_empty_the_first_day_is_taken_away_and_less_is_less_than_nobody():
    row = registered("Esk", [500, 800, 250], days=[-2, 0, 1])
    rules = settings(hasten=100, spawn={"empty_camps_on_day0": True})
    assert registered_units(row, 2, rules).tolist() == [0, -5]


def test_a_report_before_the_run_counts_towards_its_first_days():
    assert registered_units(registered("Esk", [0, 40], days=[-2, 2]), 3, settings()).tolist() == [20, 30, 40]
