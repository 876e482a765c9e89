"""Contract: Flee's rules person by person are plain enough to be checked by hand."""

import math
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from tests.flow.flee_worlds import CAMP, CONFLICT, HUB, IDP_CAMP, MARKER, instance, place, settings
from tests.flow.test_draws import ALARM, fits
from tidings.core.errors import InputError
from tidings.core.streams import Stream
from tidings.flow.flee_instance import Closure
from tidings.flow.flee_persons import Person
from tidings.flow.flee_reference import Member, is_closed_by, poisson, simulate

PLACES = [place("Ansa", CONFLICT, 900), place("Brel", people=400), place("Esk", CAMP, 100, "Westia"),
          place("Gard", IDP_CAMP)]  # fmt: skip
ROADS = [("Ansa", "Brel", 100), ("Brel", "Esk", 350), ("Ansa", "Gard", 40)]
SURE = {"conflict_weight": 0.0, "camp_movechance": 0.0, "idpcamp_movechance": 0.0, "default_movechance": 1.0}


def member(places=PLACES, roads=ROADS, *, spawn=None, hasten=1, luck=1, **more):
    names = ("days", "arrivals", "conflicts", "closures", "total")
    told = {name: more.pop(name) for name in names if name in more}
    given = instance(places, roads, **{"conflicts": {"Ansa": [1] * 8}, **told})
    return Member(given, settings(hasten, spawn, **more), Stream(luck))


def at_work(one, day=0):
    """A member whose day has begun."""
    one.day = day
    one.zones()
    one.look_around()
    return one


def names(route):
    return tuple(each.site.name for each in route)


def paths(one, here=0):
    return Counter((names(route), km) for route, km in one._paths((one.places[here],), 0.0, 0))


def person_at(one, here, **more):
    one.places[here].people += 1
    one.people.append(Person(one.places[here], **more))
    return one.people[-1]


def test_people_of_day_0_are_in_the_camps_and_take_their_room_away():
    one = member([*PLACES[:3], place("Gard", IDP_CAMP, initial_idps=7)], arrivals={"Esk": [30], "Gard": [5]})
    assert [each.people for each in one.places] == [0, 0, 30, 12]
    assert [each.capacity for each in one.places] == [0, 0, 70, 0]
    assert len(one.people) == 42


def test_nobody_is_there_where_that_is_asked_for():
    one = member(arrivals={"Esk": [30]}, spawn={"insert_day0": False})
    assert not one.people
    assert one.places[2].capacity == 100


def test_newcomers_begin_in_conflict_by_population_intensity_and_decay():
    places = [PLACES[0], place("Brel", CONFLICT, 300), *PLACES[2:]]
    one = member(places, arrivals={"Esk": [0, 4000]}, conflicts={"Ansa": [1] * 8, "Brel": [0, 2, 2]},
                 spawn={"conflict_spawn_decay": [1.0, 0.5], "conflict_spawn_decay_interval": 1})  # fmt: skip
    for day in (0, 1):
        one.day = day
        one.zones()
    one.spawn()
    found = [each.people for each in one.places]
    assert found[0] + found[1] == sum(found) == 4000
    share = 900 * 0.5 / (900 * 0.5 + 300 * 2)  # that of Ansa is a day old
    assert abs(found[0] - 4000 * share) < 5 * math.sqrt(4000 * share * (1 - share))


def test_growth_is_owed_and_a_fall_is_a_debt():
    one = member(arrivals={"Esk": [4, 9, 7, 8, 13, 13], "Lost": [2, 2, 3, 3, 3, 4]})
    found = []
    for day in range(6):
        one.day = day
        found.append(one._arrivals())
    assert found == [0, 5, 0, 0, 5, 1]


def test_newcomers_with_no_conflict_to_begin_in_are_refused():
    one = member(arrivals={"Esk": [0, 5]}, conflicts={"Ansa": [1, 0]})
    one.one_day(0)
    with pytest.raises(InputError, match="5 units are to set out on day 1, and no place is in conflict"):
        one.one_day(1)


@pytest.mark.parametrize(
    ("mode", "rate", "newcomers"),
    [("constant", 5.5, 11), ("constant", 0.4, 0), ("pop_ratio", 0.01, 18), ("pop_ratio", 0.3, 540)],
)
def test_a_conflict_drives_out_a_number_or_a_share_times_its_intensity_rounded_down(mode, rate, newcomers):
    driven = {"conflict_driven_spawning": {"spawn_mode": mode, "displaced_per_conflict_day": rate}}
    one = at_work(member(conflicts={"Ansa": [2] * 8}, spawn=driven))
    one.spawn()
    assert [each.people for each in one.places] == [newcomers, 0, 0, 0]


def test_a_poisson_number_is_one():
    luck = Stream(9)
    assert fits(np.array([poisson(3.5, luck) for _ in range(3000)]), stats.poisson(3.5)) > ALARM
    assert poisson(0.0, luck) == 0


def test_who_sets_out_is_taken_from_the_population_where_that_is_asked_for():
    one = member(arrivals={"Esk": [0, 5]}, spawn={"take_from_population": True})
    one.one_day(0)
    one.one_day(1)
    assert one.places[0].population == 895


def test_a_conflict_begins_and_ends_with_its_column_and_a_change_in_between_is_none():
    one = member(conflicts={"Ansa": [1] * 8, "Brel": [0, 2, 5, 0]}, default_movechance=0.4, conflict_movechance=0.9)
    found = []
    for day in range(4):
        one.day = day
        one.zones()
        brel = one.places[1]
        found.append((brel.p_move, brel.intensity, brel.is_town))
    assert found == [(0.4, 0.0, True), (0.9, 2.0, False), (0.9, 2.0, False), (0.4, 0.0, True)]


def test_the_score_is_the_product_of_its_factors():
    one = at_work(member(foreign_weight=3.0, camp_weight=2.0, conflict_weight=0.25, conflicts={"Ansa": [0.5] * 8}))
    assert [each.score for each in one.places] == [0.5, 1.0, 6.0, 2.0]


def test_a_capacity_grows_with_every_day():
    one = member([*PLACES[:2], place("Esk", CAMP, 100, capacity_per_day=5), PLACES[3]])
    one.one_day(0)
    one.one_day(1)
    assert one.places[2].capacity == 110


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (1, {(("Brel",), 100.0): 1, (("Gard",), 40.0): 1}),
        (2, {(("Brel",), 100.0): 1, (("Brel", "Esk"), 450.0): 1, (("Gard",), 40.0): 1}),
    ],
)
def test_paths_are_as_deep_as_people_know(level, expected):
    assert paths(member(awareness_level=level)) == expected


def test_a_marker_ends_no_path_and_costs_no_level():
    one = member([PLACES[0], place("Brel", MARKER), *PLACES[2:]])
    assert paths(one) == {(("Brel", "Esk"), 450.0): 1, (("Gard",), 40.0): 1}


def test_copies_of_a_road_are_paths_of_their_own():
    assert paths(member(roads=[*ROADS, ("Gard", "Ansa", 40)]))[("Gard",), 40.0] == 2


@pytest.mark.parametrize(("people", "room"), [(0, 1.0), (90, 1.0), (92, 0.8), (99, 0.1), (100, 0.0), (120, 0.0)])
def test_a_camp_keeps_less_and_less_of_its_attraction_above_the_buffer(people, room):
    one = member()
    one.places[2].people = one.places[3].people = people
    assert one.room(one.places[2]) == pytest.approx(room)
    assert one.room(one.places[3]) == 1.0  # unlimited


def test_a_weight_is_as_the_page_has_it():
    one = at_work(member(weight_softening=0.5, distance_power=2.0, weight_power=0.5, camp_weight=2.0))
    one.places[2].people = 92
    assert one._weight(one.places[2], 30.0) == pytest.approx(math.sqrt(2.5 / 40**2 * 0.8))
    town = at_work(member(use_pop_for_loc_weight=True, pop_power_for_loc_weight=0.5, camp_weight=2.0))
    assert town._weight(town.places[1], 30.0) == pytest.approx(20 / 40)
    assert town._weight(town.places[2], 30.0) == pytest.approx(2 / 40)


def chosen(one, n=2000):
    return Counter(names(one.choose(one.places[0])) for _ in range(n))


def test_routes_are_drawn_by_weight():
    found = chosen(at_work(member()))  # 1 / 110 and 1 / 50
    share = (1 / 110) / (1 / 110 + 1 / 50)
    assert abs(found["Brel",] - 2000 * share) < 5 * math.sqrt(2000 * share * (1 - share))
    assert found.total() == found["Brel",] + found["Gard",]


def test_much_lighter_routes_are_dropped_and_where_none_weighs_anything_any_is_drawn():
    assert chosen(at_work(member(pruning_threshold=2.0))) == {("Gard",): 2000}
    assert set(chosen(at_work(member(pruning_threshold=2.3)))) == {("Gard",), ("Brel",)}
    found = chosen(at_work(member(camp_weight=0.0, places=[PLACES[0], place("Brel", CAMP), *PLACES[2:]])))
    assert abs(found["Brel",] - 1000) < 5 * math.sqrt(500)


def test_who_finds_the_camp_at_the_end_too_full_stays_and_forgets_the_route():
    one = at_work(member(**SURE))
    who = person_at(one, 1, route=(one.places[2],))
    one.places[2].people = 96
    one.decide(who, is_forced=False)
    assert (who.place, who.road, who.route) == (one.places[1], None, ())


def test_who_finds_the_road_of_a_route_closed_stays_and_forgets_the_route():
    one = at_work(member(**SURE))
    who = person_at(one, 1, route=(one.places[3],))  # no road leads from Brel to Gard
    one.decide(who, is_forced=False)
    assert (who.place, who.route, one.places[1].people) == (one.places[1], (), 1)


def test_who_has_a_route_goes_on_though_nobody_leaves_the_place():
    one = at_work(member(**{**SURE, "default_movechance": 0.005}))
    who = person_at(one, 1, route=(one.places[2],))
    one.decide(who, is_forced=False)
    assert who.place is None
    assert who.road.end is one.places[2]
    assert one.places[1].people == 0


def test_only_a_town_is_left_for_certain_by_those_who_travelled_little():
    one = at_work(member(camp_movechance=0.0, default_movechance=0.005, roads=[*ROADS, ("Esk", "Gard", 10)]))
    in_town, in_camp = person_at(one, 1), person_at(one, 2)
    for who in (in_town, in_camp):
        one.decide(who, is_forced=True)
    assert in_town.road is not None
    assert in_camp.place is one.places[2]


def on_the_way(one, road=0, **more):
    one.people.append(Person(None, one.roads[road], **more))
    return one.people[-1]


def test_a_road_is_done_where_more_than_its_length_is_travelled():
    one = at_work(member(max_move_speed=50, **{**SURE, "default_movechance": 0.005}))
    who = on_the_way(one)  # 100 km
    where = []
    for _ in range(3):
        one.travel(who)
        where.append((who.km, who.place is not None))
        who.today_km = 0.0
        if who.place is not None:
            break
    assert where == [(50, False), (100, False), (150, True)]


def test_each_further_road_of_the_day_has_a_full_days_speed():
    one = at_work(member(**SURE))
    who = on_the_way(one)
    one.travel(who)  # 100 km to Brel, and 350 km to Esk at 360 km a day
    assert who.place is one.places[2]
    assert who.today_km == 450


@pytest.mark.parametrize(("km", "goes_on"), [(39, True), (40, False)])
def test_nobody_goes_on_who_has_travelled_the_distance_of_the_day(km, goes_on):
    places, roads = [*PLACES[:2], place("Hub", HUB), PLACES[3]], [("Ansa", "Brel", 60), ("Brel", "Hub", km)]
    one = at_work(member(places, [*roads, ("Hub", "Gard", 500)], max_move_speed=100, softening=0, **SURE))
    who = on_the_way(one)
    who.route = (one.places[2],)
    one.travel(who)
    assert (who.place is not one.places[2]) == goes_on


def test_recent_travel_is_the_mean_of_itself_and_of_the_days_share():
    one = at_work(member(**SURE))
    who = on_the_way(one, recent=0.5)
    one.travel_all()
    assert who.recent == (0.5 + 450 / 360) / 2
    one.travel_all()
    assert who.recent == (0.5 + 450 / 360) / 4
    assert who.today_km == 0.0


@pytest.mark.parametrize(("recent", "goes_on"), [(0.0, True), (0.7, True), (0.75, False), (1.5, False)])
def test_those_are_forced_on_whose_mean_of_yesterday_and_today_is_below_a_half(recent, goes_on):
    """100 of 360 km are done today: 0.28."""
    one = at_work(member(avoid_short_stints=True, **{**SURE, "default_movechance": 0.005}), day=0)
    who = on_the_way(one, recent=recent)
    one.travel(who)
    assert (who.place is one.places[2]) == goes_on


def test_a_first_journey_is_on_foot_and_others_are_not():
    one = at_work(member(start_on_foot=True, max_walk_speed=35))
    assert one._speed(on_the_way(one), one.roads[0]) == 35
    assert one._speed(on_the_way(one, has_arrived=True), one.roads[0]) == 360


def test_a_road_has_its_own_speed_and_chance_of_walking():
    one = at_work(member(roads=[("Ansa", "Brel", 100, {"max_move_speed": 40, "walk_probability": 0.25})]))
    counts = Counter(one._speed(on_the_way(one), one.roads[0]) for _ in range(2000))
    assert set(counts) == {35, 40}
    assert abs(counts[35] - 500) < 5 * math.sqrt(2000 * 0.25 * 0.75)


def closure(kind, one, other=""):
    return Closure(kind=kind, one=one, other=other, start=0, end=1)


@pytest.mark.parametrize(
    ("what", "closed"),
    [
        (closure("country", "Norland", "Westia"), [2, 3]),
        (closure("country", "Westia", "Norland"), [2, 3]),
        (closure("location", "Gard", "Brel"), [4, 5]),
        (closure("link", "Ansa", "Brel"), []),
        (closure("camp", "Esk"), []),
    ],
)
def test_a_closure_is_about_borders_or_all_roads_of_a_place(what, closed):
    assert [number for number, road in enumerate(member().roads) if is_closed_by(what, road)] == closed


def test_who_is_on_a_closing_road_is_back_at_its_start_though_it_opens_again():
    one = at_work(member(**SURE, closures=[("location", "Brel", "", 1, 2)]))
    who = on_the_way(one, km=20.0)
    for day in (1, 2):
        one.day = day
        one.closures()
    assert not any(road.is_closed for road in one.roads)
    one.travel(who)
    assert who.place is one.places[0]
    assert who.has_arrived


def test_a_closed_camp_is_a_town_until_it_opens():
    one = member(closures=[("camp", "Esk", "", 1, 2), ("idpcamp", "Gard", "", 1, 2)])
    found = []
    for day in range(3):
        one.day = day
        one.closures()
        found.append([(each.is_camp, each.is_town, each.p_move) for each in one.places[2:]])
    assert found[0] == found[2] == [(True, False, 0.001), (True, False, 0.1)]
    assert found[1] == [(False, True, 0.3)] * 2


def test_population_or_capacity_changes_the_chance_of_leaving():
    one = member(movechance_pop_base=100, movechance_pop_scale_factor=0.5)
    assert [one._p_move(each) for each in one.places] == pytest.approx([3.0, 0.6, 0.001, 0.0])
    plain = member()
    assert [plain._p_move(each) for each in plain.places] == [1.0, 0.3, 0.001, 0.1]


def test_people_are_counted_in_persons_at_places_and_on_roads():
    given = instance([PLACES[0], place("Brel", HUB), place("Esk", CAMP)], [("Ansa", "Brel", 100), ("Brel", "Esk", 500)],
                     days=4, conflicts={"Ansa": [1] * 8}, arrivals={"Esk": [50, 90]})  # fmt: skip
    found = simulate(given, settings(10, **SURE), seed=1, members=[0, 1])
    assert found["people"].to_numpy()[0, :, 2].tolist() == [50, 50, 90, 90]
    assert found["on_road"].to_numpy()[0, :, 0].tolist() == [0, 40, 0, 0]
    assert found["member"].to_numpy().tolist() == [0, 1]


def test_members_have_luck_of_their_own():
    given = instance(PLACES, ROADS, conflicts={"Ansa": [1] * 8}, arrivals={"Esk": [0, 200]})
    both = simulate(given, settings(), seed=1, members=[0, 1])
    assert simulate(given, settings(), seed=1, members=[1]).identical(both.isel(member=[1]))
    assert not np.array_equal(*both["people"].to_numpy())
