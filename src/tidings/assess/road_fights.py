"""Fighting along roads: clashes and strikes told of a road itself, which close it while they are fresh (ROAD-1)."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.assess.fading import Floats
from tidings.assess.reconcile import Evidence
from tidings.assess.roads_told import roads_meant
from tidings.assess.standings import NEVER
from tidings.assess.wording import Wording, any_of
from tidings.evidence.reading import Event
from tidings.geography.graph import Geography

ROAD = any_of("road", "highway", "motorway", "route")
"""What is in a text wherever the words are that are looked for here."""
_WAY = r"(?:road|highway|motorway|route) (?:(?:that|which) )?(?:between|from|linking|links|connecting|connects)\b"
_JOINED = r"[\w'’]+(?: [\w'’]+){0,2}? ?[-–—] ?(?:[\w'’]+ ){1,3}?(?:road|highway|motorway|route)\b"
_BEHIND = re.compile(
    r"(?:(?: [\w'’-]+){0,4}? (?:on|along|near|around|over|for)(?: the)?| the)"
    rf" (?:(?:[\w'’-]+ ){{0,3}}?{_WAY}|{_JOINED})"
)
_BEFORE = re.compile(
    rf"(?:\b{_WAY} [\w'’ -]{{3,60}}|\bthe {_JOINED}) (?:is|are|was|were|been|being|under|came)(?: \w+)? ?$"
)
Pieces = Sequence[Evidence]


def roads_fought_over(geography: Geography, event: Event, wording: Wording) -> tuple[str, ...]:
    """Return the roads along which an event took place: those it names, else the way told between its places.

    'Clashes in X and Y' are in both, 'clashes on the road between X and Y' between them. Of a way of several roads
    nobody knows on which.
    """
    named = tuple(place for place in event.places if place in geography.road_ids)
    if named or len(event.places) != 2:
        return named
    if not (_BEHIND.match(wording.behind) or _BEFORE.search(wording.before)):
        return ()
    way = tuple(road for road, _ in roads_meant(geography, event.places, {}, 1.0, is_whole=True))
    return way if len(way) == 1 else ()


@dataclass(frozen=True, slots=True, eq=False)
class RoadFights:
    """The fighting along each road that was told of the last days. Each of shape (road,)."""

    p: Floats
    """The probability that not all who told of it are wrong."""
    day: NDArray[np.int64]
    """The newest day of it, as a number; `NEVER` where nobody told of any."""
    keys: NDArray[np.int64]
    """Another number where other claims tell of it; 0 where none do."""
    claims: Mapping[int, tuple[str, ...]]
    """By the number of a road."""

    @classmethod
    def of(
        cls, told: Mapping[dt.date, Pieces], roads: Mapping[str, int], on: dt.date, fighting_days: int
    ) -> RoadFights:
        """Find it on a day.

        Parameters
        ----------
        told
            By day: the fighting that was told of roads.
        roads
            Their numbers, by id.
        fighting_days
            For how many days a fight counts.
        """
        n = len(roads)
        found = cls(np.zeros(n), np.full(n, NEVER, np.int64), np.zeros(n, np.int64), claims := {})
        by_road: dict[str, list[Evidence]] = defaultdict(list)
        for days in range(fighting_days):
            for piece in told.get(on - dt.timedelta(days=days), ()):
                if piece.subject in roads:
                    by_road[piece.subject].append(piece)
        for road, pieces in by_road.items():
            fresh, number = recent(pieces, on, fighting_days), roads[road]
            doubt: dict[tuple[str, ...], float] = {}
            for piece in fresh:
                doubt[piece.voices] = min(doubt.get(piece.voices, 1.0), 1.0 - piece.reliability)
            claims[number] = tuple(dict.fromkeys(piece.claim for piece in fresh))
            found.p[number] = 1.0 - math.prod(doubt.values())
            found.day[number] = fresh[-1].day.toordinal()
            found.keys[number] = hash(claims[number])
        return found


def recent(told: Pieces, on: dt.date, fighting_days: int) -> list[Evidence]:
    """Return the fighting of the last days, in the order of days and claims."""
    since = on - dt.timedelta(days=fighting_days)
    return sorted((p for p in told if since < p.day <= on), key=lambda piece: (piece.day, piece.claim))
