r"""Which of sources that are apart is right at a place: each may be, with a chance (decision 0042).

Sources that are apart (`gaps`) differ in what they count, or how. How smooth their numbers are says nothing of that. A
place has then one level a source: that of its numbers, with those of the others brought to it by the gap. The chance
that source :math:`s` is right is

.. math:: p_s \propto o_s \, \frac{1 + n^+_s}{1 + n^-_s} \, 20^{k_s} \, 2^{c_s} ,

:math:`o_s` being the odds of its grade in crisis.yaml (`assess.weighing`: of sources of which one is right, the common
odds cancel); :math:`n^+` and :math:`n^-` the places where the apart were settled for and against it, by a third source
there or by a correction of the one that was wrong; :math:`k_s` the other sources that agree with it here, for of two
that err hardly two err alike; and :math:`c_s = 1` where it is the one after a change of source, for then its number is
right in two of three stories: people came, or the other counted too few. A source that repeats another's numbers is no
voice of its own. The 20 and the 2 are assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tidings.forecast.gaps import LEAST_RATIO, Gap, GapsByPlace, Pair, gaps_of
from tidings.forecast.history import LEAST_PEOPLE
from tidings.forecast.slips import slipped_factor
from tidings.forecast.sources import lines_of

if TYPE_CHECKING:
    from tidings.forecast.record import Report

AGREES = 20.0
"""Odds factor of each further source that agrees: assumed."""
CHANGED = 2.0
"""Odds factor of the source after a change of source: two stories of three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How many are at a place if one source is right."""

    source: str
    p: float
    """That it is right."""
    factors: Mapping[str, float]
    """By source that is apart from it: by what its numbers are brought to this level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Sources that are apart at a place."""

    levels: tuple[Level, ...]
    """The likeliest first; the chances add up to 1."""
    gaps: Mapping[Pair, Gap]
    """Those of sources that are apart."""
    reasons: tuple[str, ...] = ()
    """What the chances differ by; empty where nothing decides between the sources."""


ApartByPlace: TypeAlias = Mapping[str, Apart]
"""Empty where no sources are apart."""
Odds: TypeAlias = Mapping[str, float]
"""By source, the odds factor of its grade; 1 where it has none."""


def levels_of(reports: Sequence[Report], odds: Odds | None = None) -> ApartByPlace:
    """Return the levels of the places where sources are apart, from the reports that were public by an origin.

    The order of reports is irrelevant.
    """
    if len({report.source for report in reports}) < 2:
        return {}
    gaps = gaps_of(reports)
    if not any(gap.is_apart for found in gaps.values() for gap in found.values()):
        return {}
    settled = (*_by_a_third(gaps), *_by_corrections(reports, gaps))
    n_reports: dict[str, int] = {}
    for report in reports:
        n_reports[report.source] = n_reports.get(report.source, 0) + 1
    places = {place: found for place, found in gaps.items() if any(gap.is_apart for gap in found.values())}
    return {place: _of_place(place, found, odds or {}, settled, n_reports) for place, found in places.items()}


def at_level(reports: Sequence[Report], levels: Mapping[str, Level]) -> Sequence[Report]:
    """Return reports brought to a level at each place: the very same object where there is none.

    Parameters
    ----------
    levels
        By place.
    """
    if not levels:
        return reports
    factors = {(place, source): factor for place, one in levels.items() for source, factor in one.factors.items()}
    return [
        replace(report, people=report.people * factors.get((report.place, report.source), 1.0)) for report in reports
    ]


def likeliest(apart: ApartByPlace) -> Mapping[str, Level]:
    """Return the likeliest level of each place; of equal ones, the first by name."""
    return {place: found.levels[0] for place, found in apart.items()}


@dataclass(frozen=True, slots=True)
class _Settled:
    """That of two sources that were apart one turned out to be right."""

    place: str
    right: str
    wrong: str
    is_corrected: bool
    """By the wrong one itself; else by a third source there."""


def _of_place(
    place: str, gaps: Mapping[Pair, Gap], odds: Odds, settled: Sequence[_Settled], n_reports: Mapping[str, int]
) -> Apart:
    sides = _both_ways(gaps)
    apart = sorted({source for pair, gap in gaps.items() if gap.is_apart for source in pair})
    voices = [source for source in apart if not _repeats(source, sides, n_reports)] or apart
    after = {pair[1] for pair, gap in gaps.items() if gap.switched}
    factors = {
        "their grades in crisis.yaml": [odds.get(source, 1.0) for source in voices],
        "where one was borne out before": [_fared(source, place, settled) for source in voices],
        "which of them others agree with": [AGREES ** _n_agreeing(source, sides, n_reports) for source in voices],
        "the chance that people came since": [CHANGED if s in after else 1.0 for s in voices],
    }
    weights = dict(zip(voices, np.prod(list(factors.values()), axis=0).tolist(), strict=True))
    total = sum(weights.values())
    levels = (Level(source=s, p=weight / total, factors=_factors(s, sides)) for s, weight in weights.items())
    return Apart(
        levels=tuple(sorted(levels, key=lambda level: (-round(level.p, 9), level.source))),
        gaps={pair: gap for pair, gap in gaps.items() if gap.is_apart},
        reasons=tuple(reason for reason, each in factors.items() if len(set(each)) > 1),
    )


def _both_ways(gaps: Mapping[Pair, Gap]) -> Mapping[Pair, Gap]:
    return {**gaps, **{(other, one): gap.turned() for (one, other), gap in gaps.items()}}


def _factors(source: str, sides: Mapping[Pair, Gap]) -> Mapping[str, float]:
    return {other: gap.ratio for (one, other), gap in sides.items() if one == source and gap.is_apart}


def _repeats(source: str, sides: Mapping[Pair, Gap], n_reports: Mapping[str, int]) -> bool:
    """Whether a source tells the numbers of another that told more, or as many and goes before by name."""
    size = (-n_reports[source], source)
    return any(gap.is_copy and (-n_reports[o], o) < size for (one, o), gap in sides.items() if one == source)


def _n_agreeing(source: str, sides: Mapping[Pair, Gap], n_reports: Mapping[str, int]) -> int:
    agreeing = [o for (one, o), gap in sides.items() if one == source and not gap.is_apart and not gap.is_copy]
    return sum(not _repeats(other, sides, n_reports) for other in agreeing)


def _fared(source: str, place: str, settled: Sequence[_Settled]) -> float:
    """Return the odds of a source from where it was right and wrong; what a third tells here counts as agreeing."""
    told = [one for one in settled if one.is_corrected or one.place != place]
    n_right = len({one.place for one in told if one.right == source})
    n_wrong = len({one.place for one in told if one.wrong == source})
    return (1 + n_right) / (1 + n_wrong)


def _by_a_third(gaps: GapsByPlace) -> Iterator[_Settled]:
    for place, found in gaps.items():
        sides = _both_ways(found)
        for (right, wrong), gap in sides.items():
            if gap.is_apart and _has_third(right, wrong, sides) and not _has_third(wrong, right, sides):
                yield _Settled(place, right, wrong, is_corrected=False)


def _has_third(one: str, other: str, sides: Mapping[Pair, Gap]) -> bool:
    agreeing = (o for (s, o), gap in sides.items() if s == one and not gap.is_apart and not gap.is_copy)
    return any((found := sides.get((third, other))) is not None and found.is_apart for third in agreeing)


def _by_corrections(reports: Iterable[Report], gaps: GapsByPlace) -> Iterator[_Settled]:
    """Yield the corrections by which a source came nearer to another's number, by more than sources may differ.

    A digit that is put right tells nothing of what a source counts.
    """
    told: dict[tuple[str, str, int], list[tuple[int, float]]] = {}
    ordered = sorted(reports, key=lambda r: (r.place, r.source, r.day, r.published, r.people))
    for report in ordered:
        told.setdefault((report.place, report.source, report.day), []).append((report.published, report.people))
    lines = lines_of(ordered)
    for (place, source, day), vintages in told.items():
        first, last = (vintages[n][1] for n in (0, -1))
        if min(first, last) <= 0 or max(first / last, last / first) <= LEAST_RATIO or slipped_factor(last, first):
            continue
        for other in sorted({o for pair in gaps.get(place, ()) if source in pair for o in pair} - {source}):
            days, logs = lines[place, other]
            level = float(np.interp(day, days, logs)) if days[0] <= day <= days[-1] else None
            if level is not None and _is_nearer(last, first, level):
                yield _Settled(place, other, source, is_corrected=True)


def _is_nearer(last: float, first: float, level: float) -> bool:
    """Whether a correction took away more than half of what a number was off."""
    return bool(2 * abs(np.log(last + LEAST_PEOPLE) - level) < abs(np.log(first + LEAST_PEOPLE) - level))
