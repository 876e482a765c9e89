"""The ways of the reference engine, found by walking all of them: slow, and plain enough to be checked by hand."""

from __future__ import annotations

import math

Edge = tuple[int, int, float, float]
"""Both ends of a road, its length in km and its days."""


def reached(place: int, edges: list[Edge], hops: int) -> dict[int, tuple[float, float]]:
    """Return the days and km of the quickest way to each place over at most so many roads, by walking all ways."""
    best = {place: (0.0, 0.0)}
    ways = [(place, 0.0, 0.0)]
    for _ in range(hops):
        ways = [
            (there, days + more_days, km + more_km)
            for here, days, km in ways
            for a, b, more_km, more_days in edges
            for start, there in ((a, b), (b, a))
            if start == here
        ]
        for end, days, km in ways:
            best[end] = min(best.get(end, (math.inf, math.inf)), (days, km))
    return best


def days_to(home: int, edges: list[Edge]) -> dict[int, float]:
    """Return the days of the quickest way home from everywhere that a way leads from."""
    days, is_shorter = {home: 0.0}, True
    while is_shorter:
        is_shorter = False
        for a, b, _, more in edges:
            for here, there in ((a, b), (b, a)):
                if here in days and days[here] + more < days.get(there, math.inf):
                    days[there], is_shorter = days[here] + more, True
    return days


def whole_days(days: float) -> int:
    """Round days up, but for what rounding errors add."""
    return math.ceil(days - 1e-9)
