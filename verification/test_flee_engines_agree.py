"""Under Flee's rules the stepper of counts and the person-by-person one agree: means, variances, two-sample tests.

False-alarm rate: each of the three kinds of tests of each case is made at `ALARM` divided by the number of its
comparisons, so two steppers which do agree fail here with a chance of at most 3 × `ALARM` (0.3 %) for each case. Seeds
are fixed. Near a capacity the person-by-person stepper moves people one after another and the other in batches
(docs/flee.md), so the case of a camp that fills is held to a difference of means in people instead.
"""

import datetime as dt

import numpy as np
import pytest
from scipy import stats

from tidings.flow import flee_reference
from tidings.flow.flee import FleeModel
from tidings.flow.flee_instance import Closure, FleeInstance, Location, Registered, Route
from tidings.flow.flee_settings import FleeSettings

ALARM = 1e-3
MEMBERS, MEMBERS_LONG = 200, 800
DAYS = 14
PLACES = (
    ("Aldra", "Norland", "conflict_zone", 5_000),
    ("Beska", "Norland", "town", 900),
    ("Corin", "Norland", "town", 2_000),
    ("Fork", "Norland", "marker", None),
    ("Dunmere", "Southmark", "camp", None),
    ("Elvik", "Westia", "camp", None),
    ("Farholt", "Norland", "idpcamp", None),
)
WAYS = (
    ("Aldra", "Beska", 60),
    ("Aldra", "Corin", 310),
    ("Beska", "Corin", 90),
    ("Beska", "Fork", 40),
    ("Fork", "Dunmere", 45),
    ("Fork", "Elvik", 120),
    ("Corin", "Elvik", 380),
    ("Corin", "Farholt", 20),
    ("Beska", "Corin", 90),
)


def instance(closures=(), capacities=(), attributes=()):
    """A country of seven places: a marker, a road that is there twice, two camps abroad and one at home."""
    names = [name for name, *_ in PLACES]
    locations = tuple(
        Location(
            name=name,
            region="R",
            country=country,
            lat=1.0,
            lon=1.0,
            kind=kind,
            conflict_date=0 if kind == "conflict_zone" else None,
            people=dict(capacities).get(name, people),
        )
        for name, country, kind, people in PLACES
    )
    conflicts = np.zeros((DAYS, len(names)))
    conflicts[:, 0] = 1.0
    conflicts[4:9, 2] = 0.5
    day, people = np.array([0.0, 7.0, 13.0]), np.array([30.0, 130.0, 190.0])
    return FleeInstance(
        name="made up",
        start=dt.date(2031, 3, 1),
        days=DAYS,
        locations=locations,
        routes=tuple(
            Route(one=names.index(a), other=names.index(b), km=km, attributes=dict(attributes)) for a, b, km in WAYS
        ),
        closures=tuple(
            Closure(kind=kind, one=one, other=other, start=start, end=end) for kind, one, other, start, end in closures
        ),
        conflicts=conflicts,
        total=None,
        registered=(
            Registered(name="Dunmere", days=day, people=people),
            Registered(name="Elvik", days=day, people=people / 2),
        ),
    )


def settings(*, spawn=None, **move):
    return FleeSettings.of({"move_rules": move, "spawn_rules": spawn or {}}, "settings")


BY_CONFLICT = {"conflict_driven_spawning": {"spawn_mode": "poisson", "displaced_per_conflict_day": 9}}
CASES = {
    "plain": (instance(), settings()),
    "awareness 2": (instance(), settings(awareness_level=2, camp_weight=2.0, distance_power=0.75, softening=36.0)),
    "awareness 3": (instance(), settings(awareness_level=3, max_move_speed=100.0, weight_power=1.5)),
    "short stints on foot": (
        instance(),
        settings(avoid_short_stints=True, start_on_foot=True, max_move_speed=200.0, default_movechance=0.5),
    ),
    "walking on some roads": (instance(attributes={"walk_probability": "0.4"}), settings(awareness_level=2)),
    "roads that close": (
        instance(
            closures=(
                ("country", "Norland", "Southmark", 2, 6),
                ("location", "Corin", "", 5, 9),
                ("camp", "Elvik", "", 7, 11),
            )
        ),
        settings(awareness_level=2, max_move_speed=80.0),
    ),
    "decay": (instance(), settings(spawn={"conflict_spawn_decay": [1.0, 0.4], "conflict_spawn_decay_interval": 5})),
    "driven by conflict": (instance(), settings(spawn=BY_CONFLICT)),
    "taken from the population": (
        instance(),
        settings(spawn={"take_from_population": True}, movechance_pop_scale_factor=0.2),
    ),
}
SHORT = {"plain", "awareness 2", "short stints on foot", "roads that close"}


def params():
    for name in CASES:
        yield pytest.param((name, MEMBERS), id=name, marks=() if name in SHORT else pytest.mark.slow)
    yield from (pytest.param((name, MEMBERS_LONG), id=f"{name}, long", marks=pytest.mark.slow) for name in CASES)


def both_of(case, n_members):
    where, how = case
    fast = FleeModel(instance=where, settings=how).run(seed=3, members=range(n_members))
    slow = flee_reference.simulate(where, how, seed=4, members=range(n_members))
    return [
        np.concatenate([each[name].to_numpy().reshape(n_members, -1) for name in ("people", "on_road")], axis=1).astype(
            float
        )
        for each in (fast, slow)
    ]


@pytest.fixture(scope="module", params=params())
def both(request):
    name, n_members = request.param
    return both_of(CASES[name], n_members)


def test_what_is_certain_in_one_is_certain_in_the_other(both):
    fast, slow = both
    certain = (fast.std(axis=0) == 0) & (slow.std(axis=0) == 0)
    assert np.array_equal(fast[0, certain], slow[0, certain])
    assert not certain.all()


def test_means_agree(both):
    fast, slow = both
    error = np.sqrt((fast.var(axis=0, ddof=1) + slow.var(axis=0, ddof=1)) / len(fast))
    common = (error > 0) & ((fast != np.median(fast, axis=0)).sum(axis=0) >= 25)
    z = (fast.mean(axis=0) - slow.mean(axis=0))[common] / error[common]
    assert np.abs(z).max() < stats.norm.isf(ALARM / common.sum() / 2)


def test_variances_agree(both):
    fast, slow = both
    spread, other = (np.square(each - each.mean(axis=0)) for each in (fast, slow))
    error = np.sqrt((spread.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)) / len(fast))
    common = (fast != np.median(fast, axis=0)).sum(axis=0) >= 100
    z = (spread.mean(axis=0) - other.mean(axis=0))[common] / error[common]
    assert np.abs(z).max() < stats.norm.isf(ALARM / common.sum() / 2)


def test_each_place_and_day_has_one_distribution(both):
    fast, slow = both
    moved = np.flatnonzero(fast.std(axis=0) + slow.std(axis=0) > 0)
    p = [stats.ks_2samp(fast[:, at], slow[:, at], method="asymp").pvalue for at in moved]
    assert min(p) > ALARM / len(moved)


def test_a_camp_that_fills_holds_about_as_many_in_both():
    case = instance(capacities=(("Dunmere", 100), ("Elvik", 60))), settings(camp_weight=2.0)
    fast, slow = both_of(case, MEMBERS)
    assert np.abs(fast.mean(axis=0) - slow.mean(axis=0)).max() < 2.0
