"""Flee's rules by counts and person by person agree in distribution, on invented countries that use every rule.

False-alarm rate: each of the three kinds of tests is made at `ALARM` divided by the number of its comparisons, so that
two engines which do agree fail here with a chance of at most 3 × `ALARM` (0.3 %) for each of the countries. The seeds
are fixed: they would do so always or never. Where places fill, the two take people in different orders (created first,
or at random), and means may be apart by as much as `ORDER` people.
"""

import numpy as np
import pytest
from scipy import stats

from tests.flow.flee_worlds import CAMP, CONFLICT, HUB, IDP_CAMP, MARKER, TOWN, instance, place, settings
from tidings.flow import flee_reference
from tidings.flow.flee import FleeModel

ALARM = 1e-3
MEMBERS, MEMBERS_LONG = 150, 600
ORDER = 0.4

WAR = [1] * 30
"""Intensity of a conflict, day by day."""
WAVE = [0, 60, 100, 100, 130, 120, 160, 175, 190, 200]
"""People registered, day by day."""


def valley(**changes):
    """A conflict, towns and a hub in a net of short roads, two camps far off."""
    places = [
        place("Ansa", CONFLICT, 900), place("Brel", TOWN, 300), place("Cort", TOWN, 500), place("Dorn", HUB),
        place("Esk", CAMP, None, "Westia"), place("Fenn", CAMP, None),
    ]  # fmt: skip
    roads = [("Ansa", "Brel", 60), ("Ansa", "Cort", 130), ("Brel", "Cort", 45), ("Cort", "Dorn", 90),
             ("Dorn", "Esk", 210), ("Brel", "Fenn", 500), ("Dorn", "Fenn", 40)]  # fmt: skip
    given = {"days": 9, "conflicts": {"Ansa": WAR}, "arrivals": {"Esk": WAVE, "Fenn": [10, *WAVE]}}
    return instance(places, roads, **{**given, **changes})


def with_markers():
    """Roads that meet at points which are no places, and two roads between the same two places."""
    places = [place("Ansa", CONFLICT, 900), place("m1", MARKER), place("m2", MARKER), place("Brel"), place("Cort"),
              place("Esk", CAMP)]  # fmt: skip
    roads = [("Ansa", "m1", 100), ("m1", "Brel", 140), ("m1", "m2", 80), ("m2", "Cort", 150), ("m2", "Esk", 400),
             ("Brel", "Cort", 70), ("Brel", "Cort", 120), ("Cort", "Esk", 90)]  # fmt: skip
    return instance(places, roads, days=8, conflicts={"Ansa": WAR}, arrivals={"Esk": WAVE})


def closing():
    """A border that opens late, a place cut off while people are on their way, a camp that is a town for a time."""
    closures = [("country", "Norland", "Westia", 0, 4), ("location", "Brel", "", 3, 6), ("camp", "Fenn", "", 2, 5),
                ("location", "Cort", "", 2, -1)]  # fmt: skip
    return valley(closures=closures, arrivals={"Esk": [30, *WAVE], "Fenn": [30, *WAVE]})


def two_wars():
    """A war that grows old and one that flares up and ends."""
    places = [place("Ansa", CONFLICT, 900), place("Brel", CONFLICT, 400, conflict_date=2), place("Cort"),
              place("Gard", IDP_CAMP, 0, initial_idps=70), place("Esk", CAMP, 0, "Westia")]  # fmt: skip
    roads = [("Ansa", "Brel", 200), ("Ansa", "Cort", 380), ("Brel", "Cort", 110), ("Cort", "Esk", 90),
             ("Brel", "Gard", 30)]  # fmt: skip
    conflicts = {"Ansa": WAR, "Brel": [0, 0, 2.5, 2.5, 2.5, 0, 0, 0, 3]}
    return instance(places, roads, days=10, conflicts=conflicts, arrivals={"Esk": WAVE, "Lost": [0, 40, 20, 50]})


def filling(**attributes):
    """Camps that fill up."""
    places = [place("Ansa", CONFLICT, 900), place("Brel"), place("Cort"), place("Esk", CAMP, 70, **attributes),
              place("Fenn", CAMP, 60)]  # fmt: skip
    roads = [
        ("Ansa", "Brel", 60),
        ("Ansa", "Cort", 130),
        ("Brel", "Esk", 45),
        ("Cort", "Esk", 90),
        ("Cort", "Fenn", 80),
    ]
    return instance(places, roads, days=9, conflicts={"Ansa": WAR}, arrivals={"Esk": [20, *WAVE], "Fenn": [0]})


def unhurried():
    """Roads with speeds of their own, and one that is walked or driven."""
    places = [place("Ansa", CONFLICT, 900), place("Brel"), place("Esk", CAMP)]
    roads = [("Ansa", "Brel", 150, {"max_move_speed": 70}), ("Brel", "Esk", 170, {"walk_probability": 0.4}),
             ("Ansa", "Esk", 410.5, {"max_move_speed": 150, "walk_probability": 0.7})]  # fmt: skip
    return instance(places, roads, days=9, conflicts={"Ansa": WAR}, arrivals={"Esk": WAVE})


DECAY = {"conflict_spawn_decay": [1.0, 0.5, 0.1], "conflict_spawn_decay_interval": 2}
OF_POPULATION = {"conflict_driven_spawning": {"spawn_mode": "pop_ratio", "displaced_per_conflict_day": 0.08}}
POISSON = {"conflict_driven_spawning": {"spawn_mode": "poisson", "displaced_per_conflict_day": 30}}
CONSTANT = {"conflict_driven_spawning": {"spawn_mode": "constant", "displaced_per_conflict_day": 25.5}}
CASES = {
    "neighbours": (valley(), settings(camp_weight=2.0)),
    "two places deep": (valley(), settings(awareness_level=2, max_move_speed=200, distance_power=0.75)),
    "three places deep": (valley(), settings(awareness_level=3, max_move_speed=120, foreign_weight=3.0)),
    "markers and copies of a road": (with_markers(), settings(max_move_speed=150, default_movechance=0.5)),
    "markers, two places deep": (with_markers(), settings(awareness_level=2, max_move_speed=130)),
    "no short stints, on foot": (
        valley(),
        settings(avoid_short_stints=True, start_on_foot=True, max_move_speed=200, default_movechance=0.5),
    ),
    "on foot, two places deep": (valley(), settings(start_on_foot=True, awareness_level=2, max_walk_speed=50)),
    "closures": (closing(), settings(max_move_speed=150)),
    "closures, two places deep": (closing(), settings(awareness_level=2, max_move_speed=150)),
    "wars that age": (two_wars(), settings(spawn=DECAY, conflict_weight=0.3)),
    "taken from the population": (two_wars(), settings(spawn={"take_from_population": True, **DECAY})),
    "camps empty at first": (
        valley(arrivals={"Esk": [80, 130, 110, 200], "Fenn": [50, 60, 75]}),
        settings(spawn={"empty_camps_on_day0": True}),
    ),
    "nobody there at first": (valley(arrivals={"Esk": [80, *WAVE]}), settings(spawn={"insert_day0": False})),
    "arrivals by the total": (valley(total=[0, 30, 80, 70, 120]), settings(spawn={"sum_from_camps": False})),
    "a share of the population": (two_wars(), settings(spawn={**OF_POPULATION, "take_from_population": True})),
    "a Poisson number": (two_wars(), settings(spawn=POISSON)),
    "a fixed number": (two_wars(), settings(spawn=CONSTANT)),
    "population counts": (
        two_wars(),
        settings(
            movechance_pop_scale_factor=0.3,
            movechance_pop_base=500,
            use_pop_for_loc_weight=True,
            pop_power_for_loc_weight=0.4,
            spawn={"take_from_population": True},
        ),
    ),
    "weights": (valley(), settings(weight_softening=0.3, weight_power=1.7, pruning_threshold=3, awareness_level=2)),
    "ten people a unit": (
        valley(arrivals={"Esk": [100 * n for n in WAVE], "Fenn": [400, 900]}),
        settings(hasten=10, max_move_speed=200),
    ),
    "speeds of roads": (unhurried(), settings()),
    "camps that fill": (filling(), settings(camp_weight=2.0, max_move_speed=200)),
    "camps that fill and grow": (
        filling(capacity_per_day=12),
        settings(awareness_level=2, capacity_buffer=0.5, capacity_scaling=0.9),
    ),
}
FILLING = [name for name in CASES if "fill" in name]


@pytest.fixture(scope="module", params=[MEMBERS, pytest.param(MEMBERS_LONG, marks=pytest.mark.slow)])
def n_members(request):
    return request.param


@pytest.fixture(scope="module", params=CASES)
def both(request, n_members):
    """The name of a case, and both ensembles as arrays (member, comparison)."""
    country, rules = CASES[request.param]
    fast = FleeModel(instance=country, settings=rules).run(seed=3, members=range(n_members))
    slow = flee_reference.simulate(country, rules, seed=4, members=range(n_members))
    hasten = rules.optimisations.hasten
    return request.param, flat(fast) / hasten, flat(slow) / hasten


def flat(ensemble):
    people, on_road = ensemble["people"].to_numpy(), ensemble["on_road"].to_numpy()
    return np.concatenate([people, on_road], axis=2).reshape(len(people), -1).astype(float)


def test_as_many_people_are_in_one_as_in_the_other(both):
    name, fast, slow = both
    if "Poisson" not in name:
        assert fast.sum(axis=1).tolist() == slow.sum(axis=1).tolist()


def test_means_agree(both):
    name, fast, slow = both
    error = np.sqrt((fast.var(axis=0, ddof=1) + slow.var(axis=0, ddof=1)) / len(fast))
    apart = np.abs(fast.mean(axis=0) - slow.mean(axis=0))
    # of rare events a handful of members decides, and the mean is not normal: they are left to the two-sample test
    common = (fast != np.median(fast, axis=0)).sum(axis=0) >= 25
    assert common.sum() > 10
    free = ORDER if name in FILLING else 0.0
    assert (apart[common] <= free + error[common] * stats.norm.isf(ALARM / common.sum() / 2)).all()


def test_variances_agree(both):
    name, fast, slow = both
    if name in FILLING:
        pytest.skip("the order of people decides how full a camp is")
    spread, other = (np.square(each - each.mean(axis=0)) for each in (fast, slow))
    error = np.sqrt((spread.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)) / len(fast))
    common = (fast != np.median(fast, axis=0)).sum(axis=0) >= 50
    z = (spread.mean(axis=0) - other.mean(axis=0))[common] / error[common]
    assert np.abs(z).max() < stats.norm.isf(ALARM / common.sum() / 2)


def test_distributions_agree_at_every_place_and_day(both):
    name, fast, slow = both
    if name in FILLING:
        pytest.skip("the order of people decides how full a camp is")
    open_ = np.flatnonzero((fast.std(axis=0) > 0) | (slow.std(axis=0) > 0))
    p = [stats.ks_2samp(fast[:, at], slow[:, at], method="asymp").pvalue for at in open_]  # ties make it conservative
    assert min(p) > ALARM / len(open_)
