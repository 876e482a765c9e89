"""Contract: Flee's rules are followed day by day, as by hand where luck has no part, and all people are kept."""

import json
import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.flow.flee_days import laid_out
from tests.flow.flee_worlds import CAMP, CONFLICT, HUB, IDP_CAMP, MARKER, TOWN, instance, place, settings
from tidings.core.errors import InputError
from tidings.flow import flee_reference
from tidings.flow.flee import DAYS_AT_ONCE, FleeModel

SURE = {"conflict_weight": 0.0, "camp_movechance": 0.0, "idpcamp_movechance": 0.0, "default_movechance": 1.0}
"""Everybody leaves, nobody goes back to the conflict or leaves a camp: on a line of places luck has no part."""
ANSA, ESK = place("Ansa", CONFLICT, 900), place("Esk", CAMP)
LINE = (ANSA, place("Brel"), ESK)
WAR = [1] * 100


def country(places=LINE, roads=(("Ansa", "Brel", 100), ("Brel", "Esk", 100)), **changes):
    return instance(places, roads, **{"conflicts": {"Ansa": WAR}, "arrivals": {"Esk": [0, 10]}, **changes})


def ran(given=None, rules=None, *, members=(0,), seed=1, **more):
    return FleeModel(instance=given or country(), settings=rules or settings(**SURE)).run(
        seed=seed, members=list(members), **more
    )


def at(ensemble, name):
    """Who is at a place, day by day, in the first member."""
    return ensemble["people"].sel(place=name).to_numpy()[0].tolist()


def on_road(ensemble):
    return ensemble["on_road"].to_numpy()[0, :, 0].tolist()


def test_who_sets_out_moves_on_the_same_day_and_goes_on_while_distance_is_left():
    found = ran()  # 100 and 100 km at 360 km a day
    assert at(found, "Esk") == [0, 10, 10, 10, 10, 10, 10, 10]
    assert not any(on_road(found) + at(found, "Brel") + at(found, "Ansa"))


def test_a_road_takes_a_day_more_than_whole_days_drives_fit_into_it():
    assert on_road(ran(rules=settings(**SURE, max_move_speed=100))) == [0, 10, 10, 0, 0, 0, 0, 0]
    slow = ran(rules=settings(**SURE, max_move_speed=30))
    # 30, 60, 90 km; 10 km on, and a whole day's 30 on the next road; 60, 90; 10 km on
    assert on_road(slow) == [0, 10, 10, 10, 10, 10, 10, 0]
    assert at(slow, "Esk") == [0, 0, 0, 0, 0, 0, 0, 10]


def test_all_people_are_kept_whatever_happens():
    closures = [("country", "Norland", "Westia", 2, 9), ("location", "Brel", "", 12, 14), ("camp", "Esk", "", 20, 30)]
    places = [ANSA, place("Brel"), place("m", MARKER), place("Cort", HUB), place("Esk", CAMP, 400, "Westia"),
              place("Gard", IDP_CAMP, 90, initial_idps=35)]  # fmt: skip
    roads = [("Ansa", "Brel", 100), ("Brel", "m", 80), ("m", "Esk", 200), ("m", "Cort", 70), ("Cort", "Gard", 20.5),
             ("Brel", "Gard", 700, {"walk_probability": 0.5})]  # fmt: skip
    registered = [50, 100, 90, 95, 400, 420, 800, 700, 900]
    given = country(places, roads, days=40, closures=closures, arrivals={"Esk": registered})
    rules = settings(awareness_level=2, start_on_foot=True, avoid_short_stints=True)
    found = ran(given, rules, members=range(3))
    total = (found["people"].sum("place") + found["on_road"].sum("group")).to_numpy()
    come = [0, 50, 0, 0, 300, 20, 380, 0, 100]  # a fall by 10 is paid off by 5 and 5, one by 100 by half of 200
    expected = 85 + np.cumsum([*come, *[0] * 31])
    assert (total == expected).all()


def test_a_member_is_the_same_whoever_else_is_run():
    rules = settings()
    given = country(arrivals={"Esk": [0, 500, 900]})
    together = ran(given, rules, members=[0, 1, 7])
    assert ran(given, rules, members=[7]).identical(together.isel(member=[2]))
    people = together["people"].to_numpy()
    assert not np.array_equal(people[0], people[1])
    assert not np.array_equal(ran(given, rules, seed=2)["people"].to_numpy()[0], people[0])


def test_a_model_that_was_sent_to_another_process_gives_the_same():
    model = FleeModel(instance=country(arrivals={"Esk": [0, 500, 900]}))
    sent = pickle.loads(pickle.dumps(model))
    assert sent.run(seed=3, members=[4]).identical(model.run(seed=3, members=[4]))


def test_what_is_given_out_is_persons_and_not_units():
    found = ran(country(arrivals={"Esk": [250, 1370]}), settings(hasten=100, **SURE))
    assert at(found, "Esk") == [200, 1300, 1300, 1300, 1300, 1300, 1300, 1300]


def test_what_cannot_be_simulated_is_refused_with_all_problems():
    wrong = country([ANSA, place("Brel", people=-2), place("Esk", CAMP, capacity_per_day="much")])
    with pytest.raises(InputError, match="'Brel' has -2 people") as refused:
        ran(wrong)
    assert len(refused.value.problems) == 2
    with pytest.raises(InputError, match="capacity_per_day is 'much'"):
        FleeModel(instance=wrong).check()


def test_where_nobody_is_left_to_set_out_the_run_is_refused_with_the_day():
    given = country([place("Ansa", CONFLICT, 25), place("Brel"), ESK], arrivals={"Esk": [0, 10, 30, 30, 31]})
    assert at(ran(given), "Esk")[-1] == 31
    with pytest.raises(InputError, match="on day 4 people set out, and nobody is left in the places in conflict"):
        ran(given, settings(spawn={"take_from_population": True}, **SURE))


def test_progress_is_told_to_the_last_day_and_at_least_every_month():
    told = []
    ran(
        country(days=100, closures=[("location", "Brel", "", 7, 12)]), progress=lambda done, of: told.append((done, of))
    )
    days = [done for done, _ in told]
    assert {of for _, of in told} == {100}
    assert days[-1] == 100
    assert {7, 12} <= set(days)
    assert all(0 < then - before <= DAYS_AT_ONCE for before, then in pairwise([0, *days]))


def test_the_memory_of_a_member_is_that_of_its_people_and_counts():
    run = laid_out(country(), n_members=1)
    taken = sum(part.nbytes for part in (run.now, run.population, run.people, run.on_road))
    assert FleeModel(instance=country()).bytes_per_member() == taken
    assert FleeModel(instance=country()).n_days == 8


def test_ways_are_laid_out_once_for_all_chunks_of_members():
    one, other = laid_out(country(), n_members=1), laid_out(country(), n_members=2)
    assert one.ways is other.ways
    assert one.chain is other.chain
    assert laid_out(country(closures=[("location", "Brel", "", 3, 4)])).ways is not one.ways


def test_people_of_day_0_are_in_the_camps_from_the_start_and_move_as_others_do():
    given = country(arrivals={"Esk": [40, 40]})
    assert at(ran(given), "Esk") == [40] * 8
    moving = ran(given, settings(**{**SURE, "camp_movechance": 1.0, "max_move_speed": 50}))
    assert on_road(moving)[0] == 40


def test_camps_begin_empty_where_that_is_asked_for():
    given = country(arrivals={"Esk": [40, 50]})
    assert at(ran(given, settings(spawn={"empty_camps_on_day0": True}, **SURE)), "Esk")[:3] == [0, 10, 10]


def test_where_nobody_is_put_into_camps_those_of_day_0_set_out_with_it():
    given = country(arrivals={"Esk": [40, 50]})
    assert at(ran(given, settings(spawn={"insert_day0": False}, **SURE)), "Esk")[:3] == [40, 50, 50]


def test_people_who_wait_in_a_camp_come_on_top():
    given = country([ANSA, place("Brel"), place("Esk", CAMP, initial_idps=15)], arrivals={"Esk": [40, 50]})
    assert at(ran(given), "Esk")[:3] == [55, 65, 65]


def test_the_people_of_day_0_also_take_their_room_from_the_capacity():
    """Of 100, 60 are taken, and the 60 count besides: nobody sets out for what counts as more than full."""
    full = country([ANSA, place("Brel"), place("Esk", CAMP, 100)], arrivals={"Esk": [60, 70]})
    assert at(ran(full), "Esk")[1:3] == [60, 60]
    roomy = country([ANSA, place("Brel"), place("Esk", CAMP, 200)], arrivals={"Esk": [60, 70]})
    assert at(ran(roomy), "Esk")[1:3] == [70, 70]


def test_a_camp_that_day_0_fills_to_the_last_place_is_unlimited():
    given = country([ANSA, place("Brel"), place("Esk", CAMP, 60)], arrivals={"Esk": [60, 70]})
    assert at(ran(given), "Esk")[1:3] == [70, 70]


LONG = {"places": (ANSA, ESK), "roads": [("Ansa", "Esk", 1000)]}


@pytest.mark.parametrize(("start", "end", "there"), [(1, -1, None), (2, -1, None), (3, 4, 6), (3, 3, 6), (4, -1, 3)])
def test_who_is_on_a_road_that_closes_travels_to_its_end_and_is_back_at_its_start(start, end, there):
    """Three days by vehicle from day 1; on the fourth they are there, or back and, where it is open, set out anew."""
    given = country(**LONG, closures=[("location", "Esk", "", start, end)])
    found = ran(given)
    back = [0, 0, 0, 10] if start in (2, 3) else [0, 10, 10, 10] if start == 1 else [0, 0, 0, 0]
    assert at(found, "Ansa")[:4] == back
    assert at(found, "Esk") == [0 if there is None or day < there else 10 for day in range(8)]


def test_who_was_on_foot_when_the_road_closed_goes_by_vehicle_the_second_time():
    given = country((ANSA, ESK), [("Ansa", "Esk", 100)], closures=[("location", "Esk", "", 2, 4)])
    found = ran(given, settings(**SURE, start_on_foot=True, max_walk_speed=35))
    assert on_road(found) == [0, 10, 10, 0, 0, 0, 0, 0]
    assert at(found, "Ansa") == [0, 0, 0, 10, 0, 0, 0, 0]
    assert at(found, "Esk")[4:] == [10] * 4


def test_where_all_roads_are_closed_people_stay():
    assert at(ran(country(closures=[("location", "Brel", "", 0, 5)])), "Ansa") == [0, 10, 10, 10, 10, 0, 0, 0]


def test_a_closed_link_stays_open():
    given = country(closures=[("link", "Brel", "Esk", 0, -1)])
    assert at(ran(given), "Esk")[1] == 10


def test_nobody_leaves_a_camp_but_from_a_closed_one():
    """A day and a bit for each road: they are there on day 3, leave on day 4, and turn round at Brel on day 5."""
    rules = settings(**SURE, max_move_speed=90)
    assert at(ran(rules=rules), "Esk") == [0, 0, 0, 10, 10, 10, 10, 10]
    closed = ran(country(closures=[("camp", "Esk", "", 4, 5)]), rules)
    assert at(closed, "Esk") == [0, 0, 0, 10, 0, 0, 10, 10]


def test_who_is_at_a_marker_is_on_the_road():
    places = (ANSA, place("m", MARKER), ESK)
    given = country(places, [("Ansa", "m", 100), ("m", "Esk", 100)], closures=[("location", "Esk", "", 2, 4)])
    found = ran(given, settings(**SURE, max_move_speed=99))
    assert list(found["place"].to_numpy()) == ["Ansa", "Esk"]
    assert on_road(found)[:4] == [0, 10, 10, 10]  # at the marker on day 2, and on the way back on day 3
    assert (np.array(on_road(found)) + at(found, "Ansa") + at(found, "Esk")).tolist() == [0, *[10] * 7]


def test_who_travelled_little_of_late_does_not_stop_in_a_town():
    """Nobody leaves Brel of their own; 100 of 360 km are little, and then nobody is held up."""
    rules = {**SURE, "default_movechance": 0.005}
    given = country(arrivals={"Esk": [0, 2000]})
    assert at(ran(given, settings(**rules, avoid_short_stints=True)), "Esk")[1] == 2000
    assert at(ran(given, settings(**rules)), "Esk")[1] < 60
    held_up = country((ANSA, place("Brel", HUB), ESK), arrivals={"Esk": [0, 2000]})
    assert at(ran(held_up, settings(**rules)), "Esk")[1] == 2000


def test_who_is_at_a_hub_leaves_it_for_certain_and_a_town_by_chance():
    towns = country(arrivals={"Esk": [0, 10**6]})
    found = at(ran(towns, settings(**{**SURE, "default_movechance": 0.3})), "Esk")[1]
    assert abs(found - 300_000) < 5 * np.sqrt(10**6 * 0.3 * 0.7)


def test_the_first_days_of_many_come_as_computed():
    """From Ansa to Brel or Esk as 1 / 110 to 2 / 310, from Brel on to Esk on the same day, or later, or not yet."""
    places, roads = (ANSA, place("Brel"), ESK), [("Ansa", "Brel", 100), ("Ansa", "Esk", 300), ("Brel", "Esk", 40)]
    n, p_leave = 10**7, 0.3
    rules = settings(camp_weight=2.0, camp_movechance=0.0, default_movechance=p_leave, conflict_weight=0.0)
    found = ran(country(places, roads, arrivals={"Esk": [0, n]}), rules)
    to_brel = (1 / 110) / (1 / 110 + 2 / 310)
    stays = np.array([to_brel * (1 - p_leave) ** day for day in (1, 2, 3)])
    counted = np.array(at(found, "Brel")[1:4])
    assert (np.abs(counted - n * stays) < 5 * np.sqrt(n * stays * (1 - stays))).all()


KM = st.sampled_from([20, 30, 90, 100, 200, 333])
ATTRIBUTES = st.fixed_dictionaries({}, optional={"max_move_speed": st.sampled_from([40, 150]),
                                                 "walk_probability": st.just(1)})  # fmt: skip
EVENTS = st.tuples(
    st.sampled_from([("country", "Norland", "Westia"), ("location", "Brel", ""), ("location", "Ansa", ""),
                     ("location", "Esk", ""), ("camp", "Esk", ""), ("idpcamp", "Esk", "")]),
    st.integers(0, 7), st.integers(-1, 9),
)  # fmt: skip
RULES = st.fixed_dictionaries({
    "max_move_speed": st.sampled_from([100, 200, 360]), "max_walk_speed": st.sampled_from([35, 50, 200]),
    "start_on_foot": st.booleans(),
})  # fmt: skip
SPAWNING = st.fixed_dictionaries({"insert_day0": st.booleans(), "empty_camps_on_day0": st.booleans()})


@st.composite
def lines(draw):
    """Draw a line of places, from a conflict to a camp, on which everybody has one way."""
    names = ["Ansa", *draw(st.sampled_from([[], ["m"]])), "Brel", "Esk"]
    middle = [place("m", MARKER), place("Brel", draw(st.sampled_from([TOWN, HUB])))]
    places = [ANSA, *middle[-len(names) + 2 :], place("Esk", CAMP, country="Westia")]
    roads = [(one, other, draw(KM), draw(ATTRIBUTES)) for one, other in pairwise(names)]
    closures = [(*what, start, end) for what, start, end in draw(st.lists(EVENTS, max_size=3))]
    counts = {"Esk": draw(st.lists(st.integers(0, 30), min_size=1, max_size=9)), "Lost": [0, 5]}
    return instance(places, roads, days=10, conflicts={"Ansa": WAR}, arrivals=counts, closures=closures)


@examples(deadline=None, max_examples=150)  # the first call may compile
@given(lines(), RULES, SPAWNING, st.sampled_from([1, 3]))
def test_where_luck_has_no_part_days_are_those_of_the_reading_person_by_person(given_line, rules, spawn, hasten):
    rules = settings(hasten, spawn, **SURE, **rules)
    slow = flee_reference.simulate(given_line, rules, seed=1, members=[0])
    assert ran(given_line, rules).equals(slow)


def test_a_result_tells_what_made_it():
    told = ran(country(), settings(3)).attrs
    assert (told["rules"], told["source"], told["hasten"], told["validated"]) == ("flee", "invented", "3", "false")
    assert json.loads(told["settings"])["optimisations"]["hasten"] == 3
    assert told["code"].startswith("tidings ")
