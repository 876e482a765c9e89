"""Contract: a world is one consistent answer to every question, the same for the same seed and member."""

import datetime as dt

import numpy as np
import pytest

from tidings.flow.parameters import load_parameters, parameter_table
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.afterwards import ASSUMED_AFTERWARDS, COURSES
from tidings.situation.sample import ASSUMED, Sampler, UnknownPriors, draw_populations, sample
from tidings.situation.situation import (
    CrossingState,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    SourcedRange,
    YesNo,
)

DAY = dt.date(2031, 3, 10)
GEOGRAPHY = Geography(
    tuple(Place(id=i, name=i, lat=0, lon=k) for k, i in enumerate("abc")),
    tuple(Road.model_validate({"id": f"r{k}", "from": a, "to": b}) for k, (a, b) in enumerate(("ab", "bc"))),
    (Crossing(id="x", name="X", side_a="b", side_b="c"),),
)


def situation(p_open=0.5, claims=("c1",), policy=None):
    return Situation(
        on=DAY,
        as_of=DAY,
        places=(
            PlaceState(id="a", name="a", control={"army": 1.0}, unknown=0.0, violence=0.4),
            PlaceState(id="b", name="b", control={"army": 0.5, "rebels": 0.5}, unknown=0.0),
            PlaceState(id="c", name="c"),
        ),
        roads=tuple(
            RoadState.model_validate(
                {"id": r.id, "from": r.from_, "to": r.to, "length_km": 10.0, "claims": claims,
                 "passable": YesNo(yes=p_open, no=1 - p_open, unknown=0)}
            )
            for r in GEOGRAPHY.roads
        ),
        crossings=(CrossingState(id="x", name="X", sides=("b", "c"), policy=policy or PolicyOdds()),),
    )  # fmt: skip


def worlds(state, n=400, **chances):
    parameters = load_parameters(chances)
    return [sample(state, GEOGRAPHY, seed=1, member=m, parameters=parameters).on(DAY) for m in range(n)]


def of_nothing():
    """A situation of which nobody told anything."""
    known = situation()
    places = tuple(PlaceState(id=place.id, name=place.name) for place in known.places)
    roads = tuple(road.model_copy(update={"claims": (), "passable": YesNo()}) for road in known.roads)
    return known.model_copy(update={"places": places, "roads": roads})


def test_the_same_address_gives_the_same_world():
    one, two = (sample(situation(), GEOGRAPHY, seed=3, member=5).on(DAY) for _ in range(2))
    assert np.array_equal(one.passable, two.passable)
    assert np.array_equal(one.holder, two.holder)


def test_answers_come_in_the_proportions_of_their_probabilities():
    drawn = worlds(situation(p_open=0.3))
    assert abs(np.mean([w.passable[0] for w in drawn]) - 0.3) < 0.08
    assert {int(w.holder[0]) for w in drawn} == {0}
    assert abs(np.mean([w.holder[1] for w in drawn]) - 0.5) < 0.1
    assert {int(w.holder[2]) for w in drawn} == {-1}


def test_roads_that_rest_on_one_claim_are_cut_together():
    assert all(w.passable[0] == w.passable[1] for w in worlds(situation()))


def test_roads_that_rest_on_nothing_have_luck_of_their_own():
    assert any(w.passable[0] != w.passable[1] for w in worlds(situation(claims=())))


@pytest.mark.parametrize("chance", [0.0, 0.2, 0.7, 1.0])
def test_a_road_and_a_siege_that_nobody_told_of_are_so_in_as_many_worlds_as_the_parameters_say(chance):
    drawn = worlds(of_nothing(), unknown_road_passable=chance, unknown_place_besieged=chance)
    assert abs(np.mean([w.passable for w in drawn]) - chance) < 0.05
    assert abs(np.mean([w.besieged for w in drawn]) - chance) < 0.05


@pytest.mark.parametrize(
    ("is_open", "restricted", "wanted"),
    [(0.4, 0.5, (0.4, 0.3, 0.3)), (0.2, 0.75, (0.2, 0.6, 0.2)), (0.0, 0.0, (0, 0, 1)), (0.0, 1.0, (0, 1, 0))],
)
def test_of_the_crossings_that_nobody_told_of_and_that_are_not_open_a_share_is_restricted(is_open, restricted, wanted):
    drawn = worlds(of_nothing(), unknown_crossing_open=is_open, unknown_crossing_restricted=restricted)
    policies = [int(w.policy[0]) for w in drawn]
    for policy, share in enumerate(wanted):
        assert abs(policies.count(policy) / len(policies) - share) < 0.08


@pytest.mark.parametrize("is_open", [0.0, 0.1, 0.3, 1.0])
@pytest.mark.parametrize("restricted", [0.0, 0.1, 0.7, 1.0])
def test_the_chances_of_a_crossing_are_chances_and_sum_to_one(is_open, restricted):
    parameters = load_parameters({"unknown_crossing_open": is_open, "unknown_crossing_restricted": restricted})
    policy = UnknownPriors.of(parameters).policy
    assert min(policy) >= 0
    assert sum(policy) == pytest.approx(1, abs=1e-12)


def test_the_chances_decide_nothing_but_what_nobody_told_and_the_luck_stays():
    few = worlds(at_the_front(), unknown_road_passable=0.3, unknown_crossing_open=0.3)
    many = worlds(at_the_front(), unknown_road_passable=0.8, unknown_crossing_open=0.8)
    for less, more in zip(few, many, strict=True):
        assert np.array_equal(less.holder, more.holder)
        assert np.array_equal(less.violence, more.violence)
        assert (more.passable >= less.passable).all()
        assert (more.policy <= less.policy).all()
    assert any((more.passable > less.passable).any() for less, more in zip(few, many, strict=True))


def test_a_sampler_draws_each_member_with_its_own_chances():
    sampler = Sampler.of(of_nothing(), GEOGRAPHY)
    shut, free = (load_parameters({"unknown_road_passable": chance}) for chance in (0, 1))
    assert not sampler.world(1, 0, shut).on(DAY).passable.any()
    assert sampler.world(1, 0, free).on(DAY).passable.all()


def test_without_parameters_a_world_is_drawn_with_the_defaults():
    assert {name: parameter_table()[name].default for name in ASSUMED} == ASSUMED
    for member in range(20):
        told = sample(of_nothing(), GEOGRAPHY, seed=1, member=member, parameters=load_parameters()).on(DAY)
        assert np.array_equal(sample(of_nothing(), GEOGRAPHY, seed=1, member=member).on(DAY).passable, told.passable)
    assert {name: parameter_table()[name].default for name in ASSUMED_AFTERWARDS} == ASSUMED_AFTERWARDS


def test_a_policy_that_is_known_is_taken():
    told = PolicyOdds(open=1.0, unknown=0.0)
    assert {int(w.policy[0]) for w in worlds(situation(policy=told), 20)} == {0}


def test_violence_passes_into_the_world_and_stays_where_nothing_is_told_of_its_memory():
    world = sample(situation(), GEOGRAPHY, seed=1, member=0)
    assert world.on(DAY + dt.timedelta(days=30)).violence.tolist() == [0.4, 0.0, 0.0]


def test_violence_is_felt_in_the_members_in_which_the_strike_that_is_told_did_happen():
    state = situation()
    a, b, c = state.places
    told = {"violence": 1.0, "violence_from": {"a": 1.0}, "violence_p": 0.7, "violence_telling": "s1"}
    near = {"violence": 2.5, "violence_from": {"a": 0.5, "b": 2.0}, "violence_p": 0.4, "violence_telling": "s2"}
    places = (a.model_copy(update=told), b.model_copy(update=near), c)
    drawn = np.array([world.violence for world in worlds(state.model_copy(update={"places": places}))])
    at_a, at_b = drawn[:, 0], drawn[:, 1]
    assert set(at_a) == {0.0, 1.0}
    assert abs(at_a.mean() - 0.7) < 0.08
    assert set(at_b - 0.5 * at_a) == {0.0, 2.0}
    assert abs((at_b - 0.5 * at_a).mean() / 2 - 0.4) < 0.08
    assert not drawn[:, 2].any()


def test_what_one_sentence_tells_of_violence_in_two_places_is_so_of_both_or_neither():
    state = situation()
    told = [
        place.model_copy(update={"violence": 1.0, "violence_from": {place.id: 1.0}, "violence_p": 0.5,
                                 "violence_telling": "s1"})
        for place in state.places[:2]
    ]  # fmt: skip
    drawn = worlds(state.model_copy(update={"places": (*told, state.places[2])}), 50)
    assert {tuple(world.violence) for world in drawn} == {(0.0, 0.0, 0.0), (1.0, 1.0, 0.0)}


def at_the_front(*, facing=(("army", "rebels"),), yes=0.4, p_front=0.5, claims=("c1", "c2")):
    """Two towns, each held by the army or the rebels with 0.5; the front closes the road with 0.5."""
    control = {"army": 0.5, "rebels": 0.5}
    places = (
        PlaceState(id="a", name="a", control=control, unknown=0.0, held_by_telling=claims[0]),
        PlaceState(id="b", name="b", control=control, unknown=0.0, held_by_telling=claims[1]),
        PlaceState(id="c", name="c"),
    )
    odds = YesNo(yes=yes * (1 - p_front), no=p_front, unknown=(1 - yes) * (1 - p_front))
    road = {"from": "a", "to": "b", "length_km": 10.0, "passable": odds, "claims": claims}
    roads = (
        RoadState.model_validate({"id": "r0", **road}),
        RoadState.model_validate({"id": "r1", "from": "b", "to": "c", "length_km": 10.0}),
    )
    crossings = situation().crossings
    return Situation(on=DAY, as_of=DAY, places=places, roads=roads, crossings=crossings, facing=facing)


def test_no_road_is_passable_between_sides_that_face_each_other_in_that_world():
    drawn = worlds(at_the_front())
    fronts = [w for w in drawn if w.holder[0] != w.holder[1]]
    assert 100 < len(fronts) < 300
    assert not any(w.passable[0] for w in fronts)


def test_over_all_worlds_a_road_is_as_passable_as_the_situation_says():
    state, prior = at_the_front(), UnknownPriors.of(load_parameters()).road_passable
    drawn = worlds(state, 3000)
    for number, road in enumerate(state.roads):
        wanted = road.passable.yes + prior * road.passable.unknown
        assert abs(np.mean([w.passable[number] for w in drawn]) - wanted) < 0.03


def test_a_road_that_is_told_to_be_open_since_the_front_line_came_is_as_passable_as_the_situation_says():
    state, prior = at_the_front(), UnknownPriors.of(load_parameters()).road_passable
    odds = YesNo(yes=0.4, no=0.3, unknown=0.3)
    road = state.roads[0].model_copy(update={"passable": odds})
    drawn = worlds(state.model_copy(update={"roads": (road, state.roads[1])}), 3000)
    assert abs(np.mean([w.passable[0] for w in drawn]) - (odds.yes + prior * odds.unknown)) < 0.03
    assert any(w.passable[0] for w in drawn if w.holder[0] != w.holder[1])


def test_allied_sides_have_no_front_between_them():
    drawn = worlds(at_the_front(facing=()), 1000)
    assert any(w.passable[0] for w in drawn if w.holder[0] != w.holder[1])


def test_towns_that_one_sentence_tells_of_fall_together():
    drawn = worlds(at_the_front(claims=("c0", "c0")))
    assert all(w.holder[0] == w.holder[1] for w in drawn)
    assert {int(w.holder[0]) for w in drawn} == {0, 1}


def test_a_road_that_a_scenario_opens_is_open_whoever_holds_its_ends():
    state = at_the_front()
    opened = state.roads[0].model_copy(update={"passable": YesNo(yes=1, no=0, unknown=0)})
    assert all(w.passable[0] for w in worlds(state.model_copy(update={"roads": (opened, state.roads[1])})))


def test_violence_takes_the_members_course_unless_a_scenario_has_set_it_to_last():
    state = situation()
    places = (state.places[0], state.places[1].model_copy(update={"violence": 2.0, "is_violence_lasting": True}))
    fading = state.model_copy(update={"violence_memory_days": 7.0, "places": (*places, state.places[2])})
    for course, left in (("dies_down", 1 / np.e), ("persists", 1.0), ("escalates", 3 - 2 / np.e)):
        parameters = load_parameters({**COURSES[course], "violence_escalation": 3})
        later = sample(fading, GEOGRAPHY, seed=1, member=0, parameters=parameters).on(DAY + dt.timedelta(days=7))
        assert later.violence.round(3).tolist() == [round(0.4 * left, 3), 2.0, 0.0]


def populated(**people):
    state = situation()
    town = state.places[0].model_copy(update={"population": SourcedRange(**people)})
    return state.model_copy(update={"places": (town, *state.places[1:])})


def residents(**people):
    return draw_populations(populated(**people), GEOGRAPHY, seed=1, members=range(400))


def test_residents_known_as_a_range_differ_between_members_and_fill_it():
    drawn = residents(low=1_000, high=100_000)[:, 0]
    assert drawn.min() >= 1_000
    assert drawn.max() <= 100_000
    assert 5_000 < np.median(drawn) < 20_000


def test_half_of_the_members_lie_below_the_best_value():
    drawn = residents(value=2_000, low=1_000, high=100_000)[:, 0]
    assert abs(np.mean(drawn < 2_000) - 0.5) < 0.08


def test_residents_without_a_range_are_the_same_in_all_members_and_unknown_ones_stay_unknown():
    drawn = residents(value=2_000, low=2_000)
    assert set(drawn[:, 0]) == {2_000}
    assert np.isnan(drawn[:, 1:]).all()
    assert np.isnan(residents(low=500)[:, 0]).all()
