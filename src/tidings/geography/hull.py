"""The convex hull of places: those that no other places surround."""

from __future__ import annotations

from collections.abc import Iterable

Point = tuple[float, float, str]
"""Longitude, latitude, id."""


def hull(points: Iterable[Point]) -> frozenset[str]:
    """Return the ids of the corners of the convex hull of points.

    Examples
    --------
    >>> sorted(hull([(0, 0, "a"), (2, 0, "b"), (1, 2, "c"), (1, 1, "within")]))
    ['a', 'b', 'c']
    """
    ordered = sorted(points)
    return frozenset(id_ for _, _, id_ in (*_chain(ordered), *_chain(ordered[::-1])))


def _chain(points: list[Point]) -> list[Point]:
    """Return one side of the convex hull of sorted points (Andrew's monotone chain)."""
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
