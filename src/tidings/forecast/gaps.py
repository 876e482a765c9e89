r"""By how much two sources differ at a place, in a way that noise does not explain (decision 0042).

Two numbers are compared where they are of one day, or where one stands between two of the other, at most 60 days from
first to last, which lead through it in a straight line on the scale :math:`y = \log(x + 100)`. Of the comparisons of
the last 120 days, :math:`g` is the median. The two are apart where they differ by more than a tenth, and by more than
two standard errors, with the variance of a comparison drawn towards the noise of all sources as in `sources`. Fewer
than three comparisons must differ as an implausible jump does (`slips.is_jump`), and be new, at most 30 days older
than the place's last report: a number of long ago may have been a slip.
Where nothing can be compared because one source begins when the other ends, they are apart where its first number
leaps or falls from the other's last as `slips.is_jump` has it, and faster than the place changed lately; where it
differs by no more than that pace, or a tenth, they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from tidings.forecast.history import BEFORE_DAYS, JUMP_TIMES_BEFORE, LEAST_PEOPLE
from tidings.forecast.slips import is_jump
from tidings.forecast.sources import FEWEST_PAIRS, LONGEST_SPAN_DAYS, Line, lines_of, off_neighbours, shrunk, typical

if TYPE_CHECKING:
    from tidings.forecast.record import Report

LEAST_RATIO = 1.1
"""Figures that differ by more disagree, as in `assess`."""
STANDARD_ERRORS = 2.0
RECENT_DAYS = 120
NEW_DAYS = 30
FEWEST_BEFORE = 3
"""Days with a report before a change of source: with fewer nobody knows how fast the place fills up."""


class Number(NamedTuple):
    """What a source told last of a place by some day."""

    day: int
    people: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What comparing two sources at a place gave."""

    ratio: float
    """People that the first counts for each that the other counts."""
    is_apart: bool
    """Whether they differ by more than noise explains."""
    n_compared: int
    """0 where one begins when the other ends."""
    is_copy: bool = False
    """Whether they mostly tell the very same numbers: who repeats another has not counted."""
    switched: tuple[Number, Number] | None = None
    """The last number of the first and the first of the other, where the source changes and the number leaps."""

    def turned(self) -> Gap:
        """Return the same, seen from the other source; a change of source has one direction."""
        return Gap(ratio=1 / self.ratio, is_apart=self.is_apart, n_compared=self.n_compared, is_copy=self.is_copy)


Pair: TypeAlias = tuple[str, str]
"""Two sources; of a change of source, the one before and the one after."""
GapsByPlace: TypeAlias = Mapping[str, Mapping[Pair, Gap]]


def gaps_of(reports: Iterable[Report]) -> GapsByPlace:
    """Return what comparing each two sources gave, by place: of numbers told again, the one published last counts.

    Pairs of which nothing is known are left out. The order of reports is irrelevant.
    """
    by_place: dict[str, dict[str, Line]] = {}
    for (place, source), line in sorted(lines_of(reports).items()):
        if len(line[0]):
            by_place.setdefault(place, {})[source] = line
    squares = [e for lines in by_place.values() for line in lines.values() for e in off_neighbours(line)]
    noise = 2 * typical(squares)
    several = {place: lines for place, lines in by_place.items() if len(lines) > 1}
    return {place: dict(_of_place(lines, noise)) for place, lines in several.items()}


def _of_place(lines: Mapping[str, Line], noise: float) -> Iterator[tuple[Pair, Gap]]:
    new_from = max(float(line[0][-1]) for line in lines.values()) - NEW_DAYS
    for one, other in combinations(lines, 2):
        if gap := _compared(lines[one], lines[other], noise, new_from):
            yield (one, other), gap
            continue
        pair = (one, other) if lines[one][0][-1] < lines[other][0][0] else (other, one)
        if switch := _switch(*pair, lines):
            yield pair, switch


def _compared(one: Line, other: Line, noise: float, new_from: float) -> Gap | None:
    same = frozenset(one[0]) & frozenset(other[0])
    found = [*_against(one, other), *((day, -off) for day, off in _against(other, one) if day not in same)]
    last = max((day for day, _ in found), default=0.0)
    offs = [off for day, off in found if day > last - RECENT_DAYS]
    if not offs:
        return None
    middle = median(offs)
    error = np.sqrt(shrunk([(off - middle) ** 2 for off in offs], noise) / len(offs))
    level = (float(np.interp(last, *one)) + float(np.interp(last, *other))) / 2
    more, less = (max(float(np.exp(level + sign * middle / 2)) - LEAST_PEOPLE, 1.0) for sign in (1, -1))
    ratio = more / less
    n_equal = sum(one[1][one[0] == day][0] == other[1][other[0] == day][0] for day in same)
    is_told = len(offs) >= FEWEST_PAIRS or (last >= new_from and is_jump(min(more, less), max(more, less)))
    is_apart = is_told and bool(max(ratio, 1 / ratio) > LEAST_RATIO and abs(middle) > STANDARD_ERRORS * error)
    return Gap(ratio=ratio, is_apart=is_apart, n_compared=len(offs), is_copy=bool(2 * n_equal > len(same)))


def _against(one: Line, other: Line) -> Iterator[tuple[float, float]]:
    """Yield the days of one source and by how much its logarithms are above the other's line there."""
    (days, logs), (known, levels) = one, other
    for day, log in zip(days, logs, strict=True):
        after = int(np.searchsorted(known, day))
        is_same = after < len(known) and known[after] == day
        if is_same or (0 < after < len(known) and known[after] - known[after - 1] <= LONGEST_SPAN_DAYS):
            yield float(day), float(log - np.interp(day, known, levels))


def _switch(before: str, after: str, lines: Mapping[str, Line]) -> Gap | None:
    """Return the leap where a source ends and another begins, if nothing else at the place explains it.

    A first number that is within a tenth, or what the place may have changed by, agrees with the last of the other.
    """
    (days, logs), (first, levels) = lines[before], lines[after]
    others = sorted({float(day) for line in lines.values() for day in line[0]})
    ended, began = float(days[-1]), float(first[0])
    is_next = ended < began and not any(ended < day < began for day in others)
    known = [day for day in others if day <= ended]
    if not is_next or began - ended > LONGEST_SPAN_DAYS or len(known) < FEWEST_BEFORE:
        return None
    last, new = (float(np.exp(log) - LEAST_PEOPLE) for log in (logs[-1], levels[0]))
    allowed = JUMP_TIMES_BEFORE * _pace(lines[before]) * (began - ended)
    if abs(new - last) <= max(allowed, (LEAST_RATIO - 1) * last):
        return Gap(ratio=last / new, is_apart=False, n_compared=0)
    if not is_jump(last, new):
        return None
    numbers = Number(round(ended), last), Number(round(began), new)
    return Gap(ratio=last / new, is_apart=True, n_compared=0, switched=numbers)


def _pace(line: Line) -> float:
    """Return by how many people a day a source's numbers changed lately."""
    days, people = line[0], np.exp(line[1]) - LEAST_PEOPLE
    since = max(days[-1] - BEFORE_DAYS, days[0])
    return float(abs(people[-1] - np.interp(since, days, people)) / max(days[-1] - since, 1.0))
