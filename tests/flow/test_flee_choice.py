"""Contract: deciders take a path by its weight, or any where none has one, and none to a camp that is too full."""

import numpy as np
import pytest

from tests.flow.flee_days import conditions, laid_out
from tests.flow.flee_worlds import CAMP, CONFLICT, instance, place, settings
from tidings.flow.flee_choice import Attraction, Choice, Weighing, choose, room_left

ANSA, BREL, ESK, FENN = range(4)
PLACES = [place("Ansa", CONFLICT, 900), place("Brel"), place("Esk", CAMP), place("Fenn", CAMP)]
ROADS = [("Ansa", "Brel", 40), ("Ansa", "Esk", 90), ("Ansa", "Fenn", 190)]
SCORE = {BREL: 1.0, ESK: 2.0, FENN: 4.0}
"""With a softening of 10 km their weights are 0.02 each."""
PLAIN = Weighing(softening=0.0, power=1.0, pruning=1.0, buffer=0.9, capacity_scaling=1.0, population_power=np.nan,
                 population_base=1.0, population_scale=0.0)  # fmt: skip


def chosen(roads=ROADS, *, score=SCORE, room=(), closed=(), places=PLACES, rules=None, **weighing):
    """What is chosen at every place, as {place: {end: shares of its options}}, and the sums."""
    run = laid_out(instance(places, roads, conflicts={"Ansa": [1] * 8}), rules)
    today, n_stations = conditions(run), len(run.ways.stations.place)
    is_open = np.array([not set(row) & set(closed) for row in run.ways.options.roads.tolist()])
    now = Attraction(np.zeros(len(places)), np.ones(len(places)), np.zeros(len(places)))
    for part, values in ((now.score, score), (now.room, dict(room))):
        for at, value in values.items():
            part[at] = value
    n_edges = len(run.ways.options.leg) * run.chain.shape.ways_to_go
    choice = Choice(np.full(n_edges, np.nan), np.full(n_stations, np.nan))
    choose(run.ways, today._replace(is_open=is_open), PLAIN._replace(**weighing), now, choice)
    return run, choice


def from_ansa(*args, **more):
    """The shares of those who leave Ansa, in the order of its roads, and their sum."""
    run, choice = chosen(*args, **more)
    begin, end = run.ways.stations.options[:2] * run.chain.shape.ways_to_go
    return choice.share[begin:end].tolist(), float(choice.going[ANSA])


@pytest.mark.parametrize(
    ("people", "room"), [(0, 1.0), (90, 1.0), (92, 0.8), (95, 0.5), (99, 0.1), (100, 0.0), (400, 0.0)]
)
def test_a_place_keeps_less_and_less_of_its_attraction_above_the_buffer(people, room):
    assert room_left(people, 100.0, 0.9) == pytest.approx(room)


def test_a_capacity_below_one_is_none():
    assert room_left(10**6, 0.99, 0.9) == room_left(10**6, -50.0, 0.9) == 1.0
    assert room_left(1, 1.0, 0.9) == 0.0


def test_without_a_buffer_a_place_fills_from_the_first_on():
    assert room_left(25, 100.0, 0.0) == pytest.approx(0.75)


def test_a_share_is_the_score_over_the_softened_distance():
    assert from_ansa() == (pytest.approx([1 / 3, 1 / 3, 1 / 3]), pytest.approx(1.0))
    scores = {BREL: 1.0, ESK: 6.0, FENN: 4.0}
    assert from_ansa(score=scores)[0] == pytest.approx([0.2, 0.6, 0.2])


def test_the_softening_of_the_score_is_added_to_each():
    """(1 + 1) / 50, (1 + 2) / 100 and (1 + 4) / 200."""
    assert from_ansa(softening=1.0)[0] == pytest.approx(np.array([0.04, 0.03, 0.025]) / 0.095)


def test_the_power_is_that_of_the_whole_weight():
    scores = {BREL: 1.0, ESK: 4.0, FENN: 4.0}  # weights 0.02, 0.04, 0.02
    found = from_ansa(score=scores, rules=settings(weight_power=2.0), power=2.0)[0]
    assert found == pytest.approx([1 / 6, 4 / 6, 1 / 6])


def test_room_takes_from_a_weight():
    assert from_ansa(room={BREL: 0.5})[0] == pytest.approx([0.2, 0.4, 0.4])


def test_who_draws_a_camp_that_has_less_than_half_its_room_stays():
    shares, going = from_ansa(room={ESK: 0.49})
    assert shares == pytest.approx([1 / 2.49, 0.0, 1 / 2.49])
    assert going == pytest.approx(2 / 2.49)


def test_half_the_room_is_enough_and_a_town_may_have_less():
    assert from_ansa(room={ESK: 0.5, BREL: 0.25}) == (pytest.approx(np.array([1, 2, 4]) / 7), pytest.approx(1.0))


def test_paths_that_are_much_lighter_than_the_heaviest_are_not_taken():
    scores = {BREL: 1.0, ESK: 6.0, FENN: 4.01}  # weights 0.02, 0.06, 0.02005
    assert from_ansa(score=scores, pruning=3.0)[0] == pytest.approx([1 / 5, 3 / 5, 1 / 5], abs=1e-3)
    assert from_ansa(score=scores, pruning=2.9)[0] == [0.0, 1.0, 0.0]
    assert from_ansa(score=scores, pruning=1.0)[0] == pytest.approx([0.2, 0.6, 0.2], abs=1e-3)


def test_where_no_path_has_a_weight_any_is_taken():
    assert from_ansa(score={}) == (pytest.approx([1 / 3, 1 / 3, 1 / 3]), pytest.approx(1.0))


def test_of_any_those_to_a_camp_that_is_too_full_are_dropped_and_their_deciders_stay():
    full = {BREL: 0.0, ESK: 0.0, FENN: 0.0}
    assert from_ansa(room=full) == (pytest.approx([1 / 3, 0.0, 0.0]), pytest.approx(1 / 3))


def test_a_closed_path_is_no_choice_for_anybody():
    assert from_ansa(closed=(2, 3)) == (pytest.approx([0.5, 0.0, 0.5]), pytest.approx(1.0))
    assert from_ansa(score={}, closed=(2, 3)) == (pytest.approx([0.5, 0.0, 0.5]), pytest.approx(1.0))


def test_where_all_is_closed_nobody_goes():
    assert from_ansa(closed=range(6)) == ([0.0, 0.0, 0.0], 0.0)


def test_copies_of_a_road_draw_more_people():
    found = from_ansa([*ROADS, ("Brel", "Ansa", 40)])[0]
    assert found == pytest.approx([1 / 4] * 4)


def test_who_is_on_a_route_goes_on_unless_its_road_is_closed_or_its_camp_too_full():
    roads = [("Ansa", "Brel", 40), ("Brel", "Esk", 50)]
    rules = settings(awareness_level=2)

    def goes_on(**more):
        run, choice = chosen(roads, rules=rules, **more)
        (station,) = (
            number for number in range(4, len(run.ways.stations.place))
            if run.ways.options.end[run.ways.stations.options[number]] == ESK
        )  # fmt: skip
        assert run.ways.stations.place[station] == BREL
        return float(choice.going[station])

    assert goes_on() == 1.0
    assert goes_on(score={}) == 1.0
    assert goes_on(room={ESK: 0.6}) == 1.0
    assert goes_on(room={ESK: 0.4}) == 0.0
    assert goes_on(closed=(2,)) == 0.0
    assert goes_on(closed=(3,)) == 1.0  # the other direction


def test_where_a_road_may_be_walked_its_share_is_split():
    roads = [ROADS[0], ("Ansa", "Esk", 90, {"walk_probability": 0.25}), ROADS[2]]
    shares, going = from_ansa(roads)
    assert shares == pytest.approx([1 / 3, 0.0, 0.75 / 3, 0.25 / 3, 1 / 3, 0.0])
    assert going == pytest.approx(1.0)
