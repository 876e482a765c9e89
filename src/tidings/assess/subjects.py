"""Which places and crossings an event is of: those in an area, the ends of a road, the crossings of a border."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing

AREAS = frozenset({"region", "admin1", "admin2", "area"})
"""Kinds of places that hold others."""
NEVER_BESIEGED = frozenset({"country", "border", "road", "crossing"})
"""Kinds of places that no ring closes around; an area, such as a valley with its towns, can be besieged as a whole."""
NO_POINTS = AREAS | {"country", "border", "road", "crossing"}
"""Kinds of places of which nobody asks who holds them as a whole."""


def places_within(geography: Geography, named: str) -> Iterator[str]:
    """Yield the places in an area, by P-code or by group, or the ends of a road.

    Examples
    --------
    >>> from tidings.geography.places import Place
    >>> area = Place(id="north", name="North", kind="admin1", pcode="XA01")
    >>> list(places_within(Geography((area, Place(id="varn", name="Varn", pcode="XA0102"))), "north"))
    ['varn']
    """
    if named in geography.road_ids:
        yield from (end for road in geography.roads if road.id == named for end in (road.from_, road.to))
    area = geography.place_by_id.get(named)
    if area is None or area.kind not in AREAS:
        return
    names = {area.id, slug(area.name)}
    for place in geography.places:
        is_coded = bool(area.pcode and place.pcode and place.pcode.startswith(area.pcode))
        if place.id != area.id and place.kind not in NO_POINTS and (is_coded or slug(place.group or "") in names):
            yield place.id


def crossings_meant(crisis: Crisis, places: Iterable[str], sentence_of: Callable[[], str]) -> tuple[str, ...]:
    """Return the crossings that an event means: by id or by the place on a side; else those of the border it names.

    Where it names no place at all, the only crossing at a place that its sentence names: 'residents of X said the
    border crossing was closed'.

    Parameters
    ----------
    sentence_of
        The event's sentence, in lower case; asked for where no place is named.
    """
    wanted = set(places)
    crossings = crisis.geography.crossings
    if not wanted:
        near = tuple(
            c.id for c in crossings if any(_is_named(crisis, side, sentence_of()) for side in (c.side_a, c.side_b))
        )
        return near if len(near) == 1 else ()
    named = tuple(c.id for c in crossings if wanted & {c.id, c.side_a, c.side_b})
    return named or tuple(c.id for c in crossings if f"border-{'-'.join(_countries(crisis, c))}" in wanted)


def _is_named(crisis: Crisis, place: str, sentence: str) -> bool:
    of_table = crisis.geography.place_by_id[place]
    names = (re.escape(name.lower()) for name in (of_table.name, *of_table.other_names))
    return re.search(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", sentence) is not None


def _countries(crisis: Crisis, crossing: Crossing) -> tuple[str, ...]:
    sides = (crisis.geography.place_by_id[side].country for side in (crossing.side_a, crossing.side_b))
    return tuple(sorted(country.lower() for country in sides if country))
