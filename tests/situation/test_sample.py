"""Contract: a world is one consistent answer to every question, the same for the same seed and member."""

import datetime as dt

import numpy as np

from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.sample import UnknownPriors, sample
from tidings.situation.situation import CrossingState, PlaceState, PolicyOdds, RoadState, Situation, YesNo

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


def worlds(state, n=400, **kwargs):
    return [sample(state, GEOGRAPHY, seed=1, member=m, **kwargs).on(DAY) for m in range(n)]


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


def test_what_nobody_told_is_drawn_from_a_stated_prior():
    priors = UnknownPriors(policy=(0.0, 0.0, 1.0))
    assert {int(w.policy[0]) for w in worlds(situation(), 20, priors=priors)} == {2}


def test_a_policy_that_is_known_is_taken():
    told = PolicyOdds(open=1.0, unknown=0.0)
    assert {int(w.policy[0]) for w in worlds(situation(policy=told), 20)} == {0}


def test_violence_passes_into_the_world_and_stays():
    world = sample(situation(), GEOGRAPHY, seed=1, member=0)
    assert world.on(DAY + dt.timedelta(days=30)).violence.tolist() == [0.4, 0.0, 0.0]
