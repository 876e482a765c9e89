"""Contract: the run is cut where conflicts, closures or decay change something, and each spell has its conditions."""

import math

import numpy as np
import pytest

from tests.flow.flee_worlds import CAMP, CONFLICT, HUB, IDP_CAMP, MARKER, instance, place, settings
from tidings.flow.flee_instance import Closure
from tidings.flow.flee_sites import sites_of
from tidings.flow.flee_spells import Course, closed_by, newcomers_of, spells_of
from tidings.flow.flee_ways import roads_of, ways_of

PLACES = [place("Ansa", CONFLICT, 900), place("Brel"), place("Cort", HUB), place("Esk", CAMP, None, "Westia"),
          place("Fenn", IDP_CAMP)]  # fmt: skip
ROADS = [("Ansa", "Brel", 60), ("Brel", "Esk", 90), ("Cort", "Esk", 40), ("Ansa", "Fenn", 30)]
WAR = {"Ansa": [1] * 12}
ANSA, BREL, CORT, ESK, FENN = range(5)


def spells(rules=None, *, places=PLACES, **changes):
    rules = rules or settings()
    country = instance(places, ROADS, **{"days": 12, "conflicts": WAR, **changes})
    sites, roads = sites_of(country, rules), roads_of(country, rules.move_rules)
    ways = ways_of(roads, (False,) * len(sites), rules.move_rules, frozenset())
    return list(spells_of(country, rules, sites, roads, ways))


def days(found):
    return [(spell.first_day, spell.end_day) for spell in found]


def closed(kind, one, other=""):
    country, rules = instance(PLACES, ROADS), settings()
    roads, sites = roads_of(country, rules.move_rules), sites_of(country, rules)
    found = closed_by(Closure(kind=kind, one=one, other=other, start=0, end=1), roads, sites)
    return {(sites[roads[road].start].name, sites[roads[road].end].name) for road in found}


def both_ways(*pairs):
    return {*pairs, *((other, one) for one, other in pairs)}


def test_a_closed_border_closes_its_roads_in_both_directions_whichever_country_is_named_first():
    at_the_border = both_ways(("Brel", "Esk"), ("Cort", "Esk"))
    assert closed("country", "Norland", "Westia") == closed("country", "Westia", "Norland") == at_the_border


def test_a_country_closed_to_itself_keeps_its_borders_open():
    assert closed("country", "Norland", "Norland") == both_ways(("Ansa", "Brel"), ("Ansa", "Fenn"))


def test_a_closed_place_closes_all_its_roads_and_the_second_name_plays_no_part():
    assert closed("location", "Brel", "Esk") == both_ways(("Ansa", "Brel"), ("Brel", "Esk"))


@pytest.mark.parametrize("kind", ["link", "camp", "idpcamp", "remove_forced_redirection"])
def test_no_other_closure_closes_a_road(kind):
    assert closed(kind, "Brel", "Esk") == set()


def arrivals(rules, **changes):
    given = {"days": 6, "arrivals": {"Esk": [4, 9, 7, 8, 13, 13], "Lost": [2, 2, 3, 3, 3, 4]}}
    return newcomers_of(instance(PLACES, ROADS, **{**given, **changes}), rules).tolist()


def test_newcomers_are_the_growth_of_the_registered_number_and_a_fall_is_paid_off_later():
    assert arrivals(settings()) == [0, 5, 0, 0, 5, 1]  # growth 5, -1, 1, 5, 1: the debt of day 2 takes that of day 3


def test_where_nobody_is_there_on_day_0_those_registered_then_set_out():
    assert arrivals(settings(spawn={"insert_day0": False})) == [6, 5, 0, 0, 5, 1]


def test_camps_that_begin_empty_are_owed_nothing():
    rules = settings(spawn={"insert_day0": False, "empty_camps_on_day0": True})
    assert arrivals(rules) == [0, 5, 0, 0, 5, 1]


def test_the_total_counts_where_the_sum_is_switched_off():
    rules = settings(spawn={"sum_from_camps": False})
    assert arrivals(rules, total=[0, 7, 7, 2, 4, 11]) == [0, 7, 0, 0, 0, 4]


def test_each_row_is_cut_to_units_before_they_are_summed_up():
    rules = settings(hasten=10)
    assert arrivals(rules, days=2, arrivals={"Esk": [0, 9], "Lost": [0, 9]}) == [0, 0]
    assert arrivals(rules, days=2, arrivals={"Esk": [0, 18]}) == [0, 1]


def test_where_nothing_changes_there_is_one_spell():
    assert days(spells()) == [(0, 12)]


def test_spells_follow_on_one_another_and_begin_where_something_changes():
    found = spells(conflicts={"Ansa": [1] * 12, "Brel": [0, 0, 1, 1, 0]}, closures=[("location", "Cort", "", 4, 9)])
    assert days(found) == [(0, 2), (2, 4), (4, 9), (9, 12)]


def test_a_conflict_makes_a_conflict_zone_and_its_end_a_town():
    calm, war, over = spells(conflicts={"Ansa": [1] * 12, "Cort": [0, 0, 3, 3, 0]}, rules=settings(
        conflict_movechance=0.8, default_movechance=0.4))  # fmt: skip
    assert [spell.today.p_move[CORT] for spell in (calm, war, over)] == [1.0, 0.8, 0.4]
    assert [spell.today.is_town[CORT] for spell in (calm, war, over)] == [False, False, True]
    assert [spell.today.spawning[CORT] for spell in (calm, war, over)] == [0.0, 3.0, 0.0]


def test_a_camp_stays_a_camp_under_fire_and_holds_nobody_up_after_it():
    calm, war, over = spells(conflicts={"Ansa": [1] * 12, "Esk": [0, 2, 0]})
    assert all(spell.today.is_camp[ESK] for spell in (calm, war, over))
    assert [spell.today.is_town[ESK] for spell in (calm, war, over)] == [False, False, True]
    assert [spell.today.p_move[ESK] for spell in (calm, war, over)] == [0.001, 1.0, 0.3]


def test_a_change_between_two_intensities_has_no_effect():
    found = spells(conflicts={"Ansa": [1, 5, 0.5, *[1] * 9]})
    assert days(found) == [(0, 12)]
    assert found[0].today.spawning[ANSA] == 1.0


def test_a_zone_that_is_one_from_the_start_stays_one_though_its_column_is_empty():
    assert days(found := spells(conflicts={})) == [(0, 12)]
    assert found[0].today.spawning[ANSA] == 1.0
    assert found[0].today.p_move[ANSA] == 1.0


def test_the_score_is_the_product_of_its_factors():
    rules = settings(foreign_weight=3.0, camp_weight=2.0, conflict_weight=0.25)
    today = spells(rules, conflicts={"Ansa": [0.5] * 12, "Esk": [2] * 12})[0].today
    assert today.score.tolist() == pytest.approx([0.25**0.5, 1.0, 1.0, 3.0 * 2.0 * 0.25**2, 2.0])


def test_an_old_conflict_drives_out_and_repels_less_an_interval_after_the_other():
    rules = settings(spawn={"conflict_spawn_decay": [1.0, 0.5, 0.1], "conflict_spawn_decay_interval": 3})
    found = spells(rules, conflicts={"Ansa": [2] * 12, "Brel": [0, *[1] * 11]})
    assert days(found) == [(0, 1), (1, 3), (3, 4), (4, 6), (6, 7), (7, 12)]
    assert [spell.today.spawning[ANSA] for spell in found] == [2.0, 2.0, 1.0, 1.0, 0.2, 0.2]
    assert [spell.today.spawning[BREL] for spell in found] == [0.0, 1.0, 1.0, 0.5, 0.5, 0.1]
    assert found[-1].today.score[ANSA] == pytest.approx(0.25**0.2)


def test_a_conflict_that_flares_up_again_is_young_again():
    rules = settings(spawn={"conflict_spawn_decay": [1.0, 0.5], "conflict_spawn_decay_interval": 2})
    found = spells(rules, conflicts={"Ansa": [1] * 12, "Brel": [1, 1, 1, 0, 1, 1, 1]})
    by_day = np.concatenate([[spell.today.spawning[BREL]] * (spell.end_day - spell.first_day) for spell in found])
    assert by_day.tolist() == [1, 1, 0.5, 0, 1, 1, 0.5, 0, 0, 0, 0, 0]


def test_the_intensity_that_drives_people_out_stays_however_old_a_conflict_is():
    found = spells(settings(spawn={"conflict_spawn_decay": [0.5, 0.0], "conflict_spawn_decay_interval": 1}),
                   conflicts={"Ansa": [2.5] * 12})  # fmt: skip
    assert [spell.today.intensity[ANSA] for spell in found] == [2.5, 2.5]
    assert spells()[0].today.intensity[BREL] == 0.0


def test_a_closed_road_closes_every_path_over_it():
    before, during, after = spells(settings(awareness_level=2), closures=[("location", "Brel", "", 2, 5)])
    assert before.today.is_open.all()
    assert after.today.is_open.all()
    # Ansa to Brel, over it to Esk, and to Fenn
    assert during.today.is_open[:3].tolist() == [False, False, True]


def test_the_roads_that_close_are_told_on_the_day_that_they_do_and_not_again():
    found = spells(closures=[("location", "Brel", "", 2, 9), ("country", "Norland", "Westia", 4, 6)])
    assert [(spell.first_day, spell.closing) for spell in found] == [
        (0, ()), (2, (0, 1, 2, 3)), (4, (4, 5)), (6, ()), (9, ()),
    ]  # fmt: skip


def test_of_two_closures_of_a_road_the_last_event_wins():
    found = spells(closures=[("location", "Brel", "", 2, 9), ("country", "Norland", "Westia", 4, 6)])
    open_from_brel = [spell.today.is_open[[2, 3]].tolist() for spell in found]  # to Ansa, to Esk
    assert open_from_brel == [[True, True], [False, False], [False, False], [False, True], [True, True]]


def test_a_road_that_closes_and_opens_on_one_day_is_open_and_still_turns_people_back():
    _, found = spells(closures=[("location", "Brel", "", 3, 3)])
    assert (found.first_day, found.closing) == (3, (0, 1, 2, 3))
    assert found.today.is_open.all()


@pytest.mark.parametrize("end", [-1, 2, 40])
def test_a_closure_that_ends_before_it_begins_or_after_the_run_is_never_undone(end):
    found = spells(closures=[("location", "Brel", "", 5, end)])
    assert not found[-1].today.is_open[0]


@pytest.mark.parametrize(("kind", "at", "p_move"), [("camp", ESK, 0.001), ("idpcamp", FENN, 0.1)])
def test_a_camp_that_closes_is_a_town_and_then_a_camp_again(kind, at, p_move):
    found = spells(closures=[(kind, PLACES[at].name, "", 2, 5)])
    assert days(found) == [(0, 2), (2, 5), (5, 12)]
    assert [bool(spell.today.is_camp[at]) for spell in found] == [True, False, True]
    assert [bool(spell.today.is_town[at]) for spell in found] == [False, True, False]
    assert [spell.today.p_move[at] for spell in found] == [p_move, 0.3, p_move]
    assert all(spell.today.is_open.all() and not spell.closing for spell in found)


def test_a_closed_camp_is_scored_as_a_town():
    found = spells(settings(camp_weight=5.0, foreign_weight=2.0), closures=[("camp", "Esk", "", 2, 5)])
    assert [spell.today.score[ESK] for spell in found] == [10.0, 2.0, 10.0]


def test_a_spell_that_was_given_out_does_not_change_with_the_course():
    found = spells(conflicts={"Ansa": [1, 1, 0]})
    assert [spell.today.p_move[ANSA] for spell in found] == [1.0, 0.3]
    assert not math.isclose(found[0].today.score[ANSA], found[1].today.score[ANSA])


def test_a_day_on_which_nothing_changes_is_told_as_such():
    rules = settings()
    country = instance([*PLACES, place("m", MARKER)], ROADS, days=4, conflicts={"Ansa": [1, 1, 0, 0]})
    course = Course(country, rules, sites_of(country, rules), roads_of(country, rules.move_rules))
    assert [course.turn_to(day) for day in range(4)] == [(), None, (), None]
