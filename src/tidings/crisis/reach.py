"""What roads and crossings do not reach: parts that nothing joins, crossings that may lead the wrong way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Road

SWAP_SIDES = "If people flee the other way, swap the sides; for both ways write a second row with the sides swapped."
AREAS = frozenset({"country", "region", "admin1", "admin2", "admin3", "border", "road", "area"})
"""Kinds of places to which no road need lead."""


def parts_apart(geography: Geography, peopled: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Return the ids of the places, part by part, that no road or crossing joins to the largest part.

    Areas where no people are known are left out. Without any road or crossing there is no largest part, and nothing is
    returned: the whole table is missing then.

    Parameters
    ----------
    peopled
        Ids of the places where people are known.
    """
    if not geography.reached:
        return ()
    needless = {place.id for place in geography.places if place.kind in AREAS and place.id not in peopled}
    return tuple(part for part in geography.parts[1:] if not needless.issuperset(part))


def crossings_in_doubt(
    geography: Geography, countries: Sequence[str], peopled: Collection[str], names: Mapping[str, str]
) -> Iterator[tuple[Crossing, str]]:
    """Yield the crossings whose sides may be swapped, and what makes it look so.

    People flee from side a to side b only. A crossing of which a second row leads the other way is in no doubt.

    Parameters
    ----------
    countries
        Those of the crisis, the one that people flee from first.
    peopled
        Ids of the places where people are known.
    names
        Names to show, by id.
    """
    roads = _neighbours(end for road in geography.roads for end in ((road.from_, road.to), (road.to, road.from_)))
    upstream = _neighbours((crossing.side_b, crossing.side_a) for crossing in geography.crossings)
    both_ways = {(crossing.side_b, crossing.side_a) for crossing in geography.crossings}
    for crossing in geography.crossings:
        sides = (crossing.side_a, crossing.side_b)
        if sides in both_ways or not geography.place_by_id.keys() >= set(sides):
            continue
        a, b = (names[side] for side in sides)
        leads = f"{names[crossing.id]} leads from {a} to {b}"
        if _any_reached(crossing.side_b, peopled, roads) and not _any_reached(
            crossing.side_a, peopled, roads, upstream
        ):
            yield (
                crossing,
                f"{leads}, but no people are known at {a} or where roads lead from it, and there are behind {b}",
            )
        elif countries and _goes_into(geography, crossing, countries[0]):
            yield crossing, f"{leads}, which lies in {countries[0]}, the first of countries in crisis.yaml"


def crossings_led_to(geography: Geography, peopled: Collection[str]) -> frozenset[str]:
    """Return the ids of the crossings to whose side a a way leads from a place where people are known.

    The way may be cut: that it is in the tables is enough. It leads over roads and, from side a to side b, other
    crossings; a road between the sides of a crossing is the crossing.

    Parameters
    ----------
    peopled
        Ids of the places where people are known.
    """
    roads = _neighbours(pair for road in _roads_beside(geography) for pair in _both_ways(road.from_, road.to))
    upstream = _neighbours((crossing.side_b, crossing.side_a) for crossing in geography.crossings)
    crossings = geography.crossings
    return frozenset(each.id for each in crossings if _any_reached(each.side_a, peopled, roads, upstream))


def roads_past_crossings(geography: Geography) -> tuple[Road, ...]:
    """Return the roads that lead from one known country to another, and do not join the sides of a crossing."""
    country = {place.id: place.country for place in geography.places}
    ends = ((road, country[road.from_], country[road.to]) for road in _roads_beside(geography))
    return tuple(road for road, one, other in ends if one and other and one != other)


def _roads_beside(geography: Geography) -> Iterator[Road]:
    sides = {pair for each in geography.crossings for pair in _both_ways(each.side_a, each.side_b)}
    yield from (road for road in geography.roads if (road.from_, road.to) not in sides)


def _both_ways(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)


def _goes_into(geography: Geography, crossing: Crossing, country: str) -> bool:
    from_, to = (geography.place_by_id[side].country for side in (crossing.side_a, crossing.side_b))
    return to == country and from_ not in (None, country)


def _neighbours(ways: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for one, other in ways:
        table[one].append(other)
    return table


def _any_reached(start: str, wanted: Collection[str], *ways: Mapping[str, Sequence[str]]) -> bool:
    """Whether a wanted place is the start or can be reached from it."""
    seen, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here in wanted:
            return True
        onward = {other for table in ways for other in table.get(here, ())} - seen
        seen |= onward
        todo += sorted(onward)
    return False
