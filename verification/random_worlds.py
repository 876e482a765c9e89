"""Small countries drawn at random by a seed: places, roads, crossings, people, wars and parameters of all kinds."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from tests.flow import worlds
from tidings.flow.parameters import load_parameters, parameter_table
from tidings.flow.seen import KINDS
from tidings.geography.graph import Geography
from tidings.geography.places import Road

DAYS = 7
VISIBLE = {
    "base_leaving_rate": (0.0, 0.05),
    "leaving_rate_per_event": (0.01, 0.05),
    "leaving_late_share": (0.0, 0.6),
    "leaving_fade_days": (1.0, 5.0),
    "leaving_population_exponent": (-0.3, 0.3),
    "besieged_escape_probability": (0.1, 0.8),
    "onward_rate_settlement": (0.05, 0.5),
    "onward_rate_camp": (0.02, 0.3),
    "settle_near_rate": (0.05, 0.5),
    "turn_back_rate": (0.05, 0.5),
    "return_rate": (0.1, 0.8),
    "calm_days": (1.0, 3.0),
}
"""Wider than the plausible ranges, within which nothing of these rules would show in a week."""


WAYS = ("awareness_hops", "speed_motor", "speed_foot", "speed_water")
"""Parameters that decide which ways there are."""


def random_country(seed):
    """Return a scenario, three worlds for its members to share out, and two sets of parameters."""
    luck = np.random.default_rng([seed, 20310301])
    names = [f"p{number}" for number in range(luck.integers(3, 7))]
    kinds = {name: str(luck.choice([*KINDS[:4], "area"])) for name in names}
    country = _with_modes(worlds.geography(kinds, _roads(luck, names), _gates(luck, names)), luck)
    scenario = replace(_scenario(luck, country, kinds), unreached=tuple(names))
    one, other = _parameters(luck), _parameters(luck)
    if seed % 2:  # members with other weights on the same ways
        other = other.replaced({name: one[name] for name in WAYS})
    return scenario, [_world(luck, country) for _ in range(3)], [one, other]


def _roads(luck, names):
    """Join each place but the first to an earlier one, more or less often, and some others as well."""
    tree = [(name, str(luck.choice(names[:number]))) for number, name in enumerate(names) if number]
    kept = {tuple(sorted(pair)) for pair in tree if luck.random() < 0.85}
    more = {pair for pair in combinations(names, 2) if luck.random() < 0.25}
    return [(a, b, float(luck.integers(3, 450))) for a, b in sorted(kept | more)]


def _gates(luck, names):
    pairs = [luck.choice(names, 2, replace=False) for _ in range(luck.choice([0, 1, 1, 2]))]
    return [(f"g{number}", str(a), str(b)) for number, (a, b) in enumerate(pairs)]


def _with_modes(country, luck):
    """Give roads modes, and some a speed of their own."""
    changed = [
        {"mode": str(luck.choice(["motor", "foot", "water"])), "speed_km_per_day": luck.choice([None, 45.0, 150.0])}
        for _ in country.roads
    ]
    roads = [
        Road.model_validate({**road.model_dump(by_alias=True), **change})
        for road, change in zip(country.roads, changed, strict=True)
    ]
    places = [place.model_copy(update={"country": str(luck.choice(["XVA", "XKE"]))}) for place in country.places]
    return Geography(tuple(places), tuple(roads), country.crossings)


def _scenario(luck, country, kinds):
    names, gates = list(kinds), [gate.id for gate in country.crossings]
    groups = {name: f"group {luck.integers(3)}" for name in names}
    some = sorted(set(groups.values()))
    at_home = {name: int(luck.choice([0, 4, 30, 110])) for name in names}
    at_home[names[0]] = 130  # enough for the draws of many people
    limits = {name: luck.choice([np.inf, np.inf, 0.0, 25.0]) + (at_home[name] if kinds[name] != "camp" else 0)
              for name in names}  # fmt: skip
    return worlds.scenario(
        country, at_home, days=DAYS, groups=groups, capacity=limits,
        displaced={(str(luck.choice(some)), name): int(luck.choice([0, 3, 40])) for name in names},
        waiting={(group, gate): int(luck.choice([0, 2, 35])) for gate in gates for group in some},
        per_day={gate: luck.choice([np.inf, 0.5, 7.3, 25.0]) for gate in gates},
    )  # fmt: skip


def _world(luck, country):
    """Return three days of one weather, two of another, two of a third; in some worlds violence fades or grows."""
    path = worlds.world(*(_snapshot(luck, country) for _ in range(3)), after=int(luck.integers(2, 4)))
    memory = luck.choice([2.0, np.inf], len(country.places))
    moving = luck.random() < 0.5
    return replace(path, memory_days=memory, tends_to=float(luck.choice([0.0, 2.0]))) if moving else path


def _snapshot(luck, country):
    names = [place.id for place in country.places]
    return worlds.snapshot(
        country,
        violence={name: luck.choice([0.0, 0.01, 0.6, 10.0, 25.0]) for name in names},
        besieged=[name for name in names if luck.random() < 0.15],
        cut=[(road.from_, road.to) for road in country.roads if luck.random() < 0.15],
        policy={gate.id: int(luck.integers(3)) for gate in country.crossings},
        holder={name: int(luck.integers(-1, 2)) for name in names},
    )


def _parameters(luck):
    ranges = {name: VISIBLE.get(name, entry.plausible) for name, entry in parameter_table().items()}
    drawn = {name: luck.uniform(low, high) for name, (low, high) in ranges.items()}
    whole = {"awareness_hops": int(luck.integers(1, 4)), "calm_days": int(luck.integers(1, 4))}
    return load_parameters({**drawn, **whole})
