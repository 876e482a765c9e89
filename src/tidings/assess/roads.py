"""Roads: what is told of them, and what follows from who holds their ends (ROAD-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from tidings.assess.fading import Floats, rounded
from tidings.assess.opinions import Opinions
from tidings.assess.road_fights import RoadFights, recent
from tidings.assess.roads_told import reasons, words_told
from tidings.assess.sides import Fight
from tidings.assess.standings import NEVER
from tidings.core.schema import unchecked
from tidings.geography.places import Road
from tidings.situation.sample import luck_of
from tidings.situation.situation import RoadState, YesNo

LIKELY = 0.5
"""From this probability on, what the ends tell is said."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadColumns:
    """What is known of all roads, as columns in their order; each of shape (road,)."""

    opinions: Opinions
    told: tuple[Floats, Floats, Floats]
    """What claims say: yes, no, unknown."""
    passable: tuple[Floats, Floats, Floats]
    last_told: NDArray[np.int64]
    """The last day of which somebody told that a road is open, as a number; `NEVER` where nobody did. That it was
    open until a way over it was cut is an inference too, and counts for no more than that of a front line."""
    keys: NDArray[np.int64]
    """Another row for a road that rests on other claims than before. Shape (road, 4)."""
    fights: RoadFights
    """Fighting along the roads."""

    @classmethod
    def of(cls, opinions: Opinions) -> RoadColumns:
        """Weigh what is told of each road and who holds its ends (ROAD-1)."""
        geography, told, control = opinions.crisis.geography, opinions.faded["passable"], opinions.faded["held_by"]
        rows = opinions.ground.rows("passable", told, lambda: geography.road_order)
        words = told.column("yes")[rows], told.column("no")[rows], told.unknown[rows]
        holders, last_told = opinions.ends, opinions.ground.openings.last(opinions.on)
        ground, days = opinions.ground, opinions.settings.fighting_days
        fights = RoadFights.of(ground.road_fights_by_day, ground.road_numbers, opinions.on, days)
        is_front_newer = (np.maximum(holders.front_day, fights.day) > last_told) | (last_told == NEVER)
        p_front, p_same = holders.p_front + fights.p * (1 - holders.p_front), holders.p_same * (1 - fights.p)
        odds = _passable(words[0], words[1], p_front, p_same, is_front_newer, opinions.settings.same_side_trust)
        is_from_ends = (told.versions[rows] == 0) & (np.maximum(holders.p_face, holders.p_same) != 0)
        held = control.versions[opinions.ground.place_rows(control)]
        ends = [np.where(is_from_ends, held[end] + 1, 0) for end in geography.ends]
        keys = np.stack([told.versions[rows], *ends, fights.keys], axis=1)
        return cls(opinions, words, odds, last_told, keys, fights)

    def luck(self, numbers: Sequence[int]) -> list[str]:
        """Return the addresses of the luck of roads."""
        in_order = cache(lambda place: sorted(self.opinions.claims(place, "held_by")))  # two in order are soon merged
        return [self._luck(number, in_order) for number in numbers]

    def _luck(self, number: int, in_order: Callable[[str], Sequence[str]]) -> str:
        road = self.opinions.crisis.geography.roads[number]
        claims = self.opinions.claims(road.id, "passable") or self._of_ends(road, number, in_order)
        return luck_of(dict.fromkeys((*claims, *self.fights.claims.get(number, ()))), road.id)

    def _claims(self, road: Road, number: int) -> tuple[str, ...]:
        opinions = self.opinions
        held = partial(opinions.claims, predicate="held_by")
        claims = opinions.claims(road.id, "passable") or self._of_ends(road, number, held)
        return tuple(dict.fromkeys((*claims, *self.fights.claims.get(number, ()))))

    def _of_ends(self, road: Road, number: int, claims: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
        """Return the claims on who holds the ends of a road, where it rests on that."""
        ends = self.opinions.ends
        if max(ends.p_face[number], ends.p_same[number]) == 0:
            return ()
        return (*claims(road.from_), *claims(road.to))

    def states(self) -> Iterator[RoadState]:
        """Yield the state of each road: it is not passable where it is cut or a front line crosses it."""
        told, passable = (
            zip(*(column.tolist() for column in each), strict=True) for each in (self.told, self.passable)
        )
        roads = self.opinions.crisis.geography.roads
        for number, (road, words, odds) in enumerate(zip(roads, told, passable, strict=True)):
            yield self._state(number, road, _yes_no(*words), _yes_no(*odds))

    def _state(self, number: int, road: Road, words: YesNo, odds: YesNo) -> RoadState:
        opinions = self.opinions
        length_km, is_assumed = opinions.ground.lengths[number]
        return unchecked(
            RoadState,
            id=road.id,
            from_=road.from_,
            to=road.to,
            length_km=length_km,
            assumed=is_assumed,
            passable=odds,
            why=self._why(number, road, odds),
            told=words,
            claims=self._claims(road, number),
        )

    def _why(self, number: int, road: Road, odds: YesNo) -> str | None:
        """Say what is told of a road, what its ends tell beside it, and which of the two counts where they differ."""
        opinions, ends = self.opinions, self.opinions.ends
        told = opinions(road.id, "passable")
        said = words_told(opinions.told(road.id, "passable"), told.likeliest, opinions.on) if told.claims else None
        why = reasons(
            said,
            is_cut=odds.no > max(odds.yes, odds.unknown),
            is_told_cut=float(self.told[1][number]) > float(self.told[0][number]),
            is_front=float(ends.p_front[number]) >= LIKELY,
            is_same=float(ends.p_same[number]) >= LIKELY,
            is_untold=float(ends.p_face[number]) >= LIKELY,
            came=_day(ends.front_day[number]) if NEVER < self.last_told[number] < ends.front_day[number] else None,
        )
        fight = f"fighting along it was told of {_day(self.fights.day[number])}" if self.fights.p[number] > 0 else None
        return "; ".join(each for each in (fight, why) if each) or None


def _day(number: int | np.int64) -> dt.date:
    return dt.date.fromordinal(int(number))


def passable_odds(
    told: YesNo, p_front: float, p_same: float, same_side_trust: float, *, is_front_newer: bool = True
) -> YesNo:
    """Return the chance that a road is passable, from what is told of it and from who holds its ends (ROAD-1).

    Parameters
    ----------
    is_front_newer
        Whether an end changed hands after the last that is told of the road itself.

    Examples
    --------
    >>> passable_odds(YesNo(), p_front=0.5, p_same=0.0, same_side_trust=0.8)
    YesNo(yes=0.0, no=0.5, unknown=0.5)
    >>> open_ = YesNo(yes=0.75, no=0.0, unknown=0.25)
    >>> passable_odds(open_, p_front=0.8, p_same=0.0, same_side_trust=0.8, is_front_newer=False)
    YesNo(yes=0.75, no=0.2, unknown=0.05)
    """
    told_yes, told_no, front, same = (np.array([value]) for value in (told.yes, told.no, p_front, p_same))
    newer = np.array([is_front_newer])
    yes, no, unknown = _passable(told_yes, told_no, front, same, newer, same_side_trust)
    return _yes_no(float(yes[0]), float(no[0]), float(unknown[0]))


def _passable(
    told_yes: Floats,
    told_no: Floats,
    p_front: Floats,
    p_same: Floats,
    is_front_newer: NDArray[np.bool_],
    same_side_trust: float,
) -> tuple[Floats, Floats, Floats]:
    untold = np.maximum(0.0, 1 - told_yes - told_no)
    p_outdated = np.where(is_front_newer, p_front, 0.0)  # what is told of the road is of before the front line came
    p_no = told_no + p_front * untold + p_outdated * told_yes
    p_held_by_one = np.maximum(told_yes, same_side_trust * (1 - told_no))
    p_yes = p_same * p_held_by_one + np.maximum(0.0, 1 - p_outdated - p_same) * told_yes
    return p_yes, p_no, rounded(np.maximum(0.0, 1 - p_yes - p_no), 9)


def _yes_no(yes: float, no: float, unknown: float) -> YesNo:
    return unchecked(YesNo, yes=yes, no=no, unknown=unknown)


def yes_no(odds: Mapping[str, float]) -> YesNo:
    """Return the odds of an opinion on a question of yes or no.

    Examples
    --------
    >>> yes_no({"no": 0.75, "unknown": 0.25})
    YesNo(yes=0.0, no=0.75, unknown=0.25)
    """
    return unchecked(YesNo, yes=odds.get("yes", 0.0), no=odds.get("no", 0.0), unknown=odds["unknown"])


def front_line(opinions: Opinions, number: int) -> Fight | None:
    """Return by what the likeliest holders of a road's two ends are told to fight each other, if they likely do."""
    if opinions.ends.p_front[number] < LIKELY:
        return None
    road = opinions.crisis.geography.roads[number]
    holders = frozenset(opinions(end, "held_by").likeliest for end in (road.from_, road.to))
    return opinions.sides.fights.get(holders)


def road_since(opinions: Opinions, road: Road, front: Fight | None = None, *, is_cut: bool = False) -> dt.date | None:
    """Return since when a road is as it is, by the newest opinion that its state rests on.

    What is told of it and a front line each close a road alone: it is cut since the first of the two.

    Parameters
    ----------
    front
        By what its ends' holders are told to fight each other.
    is_cut
        Whether it is likeliest not passable.
    """
    told, ends = opinions(road.id, "passable"), [opinions(end, "held_by") for end in (road.from_, road.to)]
    held = max((end.since for end in ends if end.since), default=None)
    came = max(held, front.day) if held and front else held
    if is_cut:
        fights = recent(opinions.ground.road_fights.get(road.id, ()), opinions.on, opinions.settings.fighting_days)
        causes = [told.since if told.likeliest == "no" else None, came if front else None, *(p.day for p in fights[:1])]
        return min((day for day in causes if day), default=held)
    return max((day for day in (told.since, came) if day), default=None)
