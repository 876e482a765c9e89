"""Contract tests that the author of a plug-in can run on it; docs/rules.md shows how."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidings.flow.parameters import Parameters, load_parameters, parameter_table
from tidings.flow.rules import Chosen, Rules
from tidings.flow.seen import KINDS, OF_MEMBERS, Map, Seen, SeenWays

MEMBERS = 3


def check_rule(decision: str, rule: type, **given: object) -> None:
    """Check that a rule does what the engines ask of every rule, on days of all kinds in an invented country.

    It is a frozen dataclass whose fields have values; gives numbers of the right shape and range for whatever it may
    see; gives the same for the same; draws no random number; changes nothing that it sees; and gives each of several
    members what it would get alone.

    Parameters
    ----------
    decision
        What it decides: one of `tidings.flow.rules.DECISIONS`.
    rule
        Its class.
    given
        Values of its fields, as in crisis.yaml.

    Raises
    ------
    AssertionError
        If it draws, or a member's values depend on the others.
    InputError
        If it cannot be made, fails, or gives what is no rate, share, weight or truth; says which, and what to do.

    Examples
    --------
    >>> from tidings.flow.behaviour import CalmForDays
    >>> check_rule("calm", CalmForDays, calm_days=30)
    """
    chosen, sets = {decision: Chosen(rule, given)}, _parameter_sets()
    together = Rules.of(sets, chosen)
    alone = [Rules.of([each], chosen) for each in sets]
    for day in days_seen():
        values = _asked_twice(together, decision, day)
        for member, one in enumerate(alone):
            own = one.ask(decision, _of_member(day, member))[0]
            where = f"rules.{decision} ({rule.__name__}) on {day.date}"
            assert np.allclose(values[member], own, rtol=1e-9, equal_nan=True), f"{where}: {_DEPENDS}"
            assert np.array_equal(values[member], own), f"{where}: {_ROUNDED}"


_DEPENDS = (
    "a member's values depend on the other members. Keep the first axis of every array apart: "
    "take sums over axis=1, and none over all members."
)
_ROUNDED = (
    "a member's values are rounded otherwise beside other members. "
    "Write powers with np.exp and np.log, for NumPy has several ways to take x**y."
)


def _asked_twice(rules: Rules, decision: str, day: Seen) -> NDArray[np.float64]:
    where = f"rules.{decision} ({type(getattr(rules, decision)).__name__}) on {day.date}"
    luck = _luck()
    values: NDArray[np.float64] = rules.ask(decision, day).copy()
    again = rules.ask(decision, day)
    assert np.array_equal(values, again), f"{where}: asked twice about one day, it gives other values. Never draw."
    assert _luck() == luck, f"{where}: it draws random numbers. Give rates or weights: the engines draw."
    return values


def _luck() -> tuple[object, ...]:
    _, keys, *rest = np.random.get_state()  # noqa: NPY002 (whether somebody has used it)
    return random.getstate(), np.asarray(keys).tobytes(), *rest


def _parameter_sets() -> list[Parameters]:
    """Return the defaults, and both ends of all plausible ranges."""
    table = parameter_table()
    ends = [{name: entry.plausible[end] for name, entry in table.items()} for end in (0, 1)]
    return [load_parameters(), *(load_parameters(each) for each in ends)]


def _of_member(day: Seen, member: int) -> Seen:
    row = slice(member, member + 1)
    return replace(day, **{name: getattr(day, name)[row] for name in OF_MEMBERS})


def days_seen() -> Iterator[Seen]:
    """Yield days as rules see them, of three members: calm and violent, full and empty, one in each month.

    Examples
    --------
    >>> len(list(days_seen())), next(days_seen()).violence.shape
    (12, (3, 6))
    """
    luck = np.random.default_rng(20310301)
    for month in range(1, 13):
        yield _day(dt.date(2031, month, 15), luck)


def _day(date: dt.date, luck: np.random.Generator) -> Seen:
    n_places, n_crossings = len(_MAP.place), len(_MAP.crossing)

    def some(values: Sequence[float], size: int, kind: type) -> Any:
        return luck.choice(values, (MEMBERS, size)).astype(kind)

    return Seen(
        map=_MAP,
        date=date,
        ways=_WAYS,
        violence=some([0.0, 0.0, 0.01, 0.5, 3.0, 80.0], n_places, np.float64),
        besieged=some([0, 0, 0, 1], n_places, np.bool_),
        holder=some([-1, 0, 1], n_places, np.int16),
        policy=some([0, 1, 2], n_crossings, np.int8),
        people=some([0, 1, 40, 5_000, 2_000_000], n_places, np.int64),
        population=some([0, 1, 900, 120_000, 2_000_000], n_places, np.int64),
        waiting=some([0, 1, 30_000], n_crossings, np.int64),
        quiet_days=some([0, 1, 13, 14, 365], n_places, np.int64),
        onset_days=some([0, 1, 90, 4_000, np.inf], n_places, np.float64),
    )


_MAP = Map(
    place=np.array(["city", "town", "village", "camp", "full-camp", "farms"]),
    crossing=np.array(["bridge", "gate"]),
    kind=np.array([KINDS.index(kind) for kind in ("city", "town", "village", "camp", "camp", "other")]),
    is_camp=np.array([False, False, False, True, True, False]),
    country=np.array(["XVA", "XVA", "XVA", "XKE", "XVA", ""]),
    capacity=np.array([np.inf, np.inf, 500.0, 20_000.0, 0.0, np.inf]),
    per_day=np.array([np.inf, 250.0]),
    side_a=np.array([1, 2]),
    side_b=np.array([3, 5]),
)
_WAYS = SeenWays(
    origin=np.array([0, 0, 0, 1, 1, 2, 2, 4]),
    target=np.array([1, 2, 6, 0, 6, 0, 7, 0]),
    km=np.array([0.1, 30.0, 30.0, 0.1, 0.0, 30.0, 0.0, 900.0]),
)
