"""What would change the answer at a place that rests on reports: its last counts, its sources, and its growth.

One of them at a time is held at its ends, and the forecast from reports made again: by how much the people present on
the last day are more or fewer tells which bulletin to verify.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tidings.core.ids import is_content_id
from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import persons_of
from tidings.forecast.at_once import one_at_once
from tidings.forecast.baselines import last_of, slope_per_day
from tidings.forecast.document import QUANTILES, Sensitivity
from tidings.forecast.history import Floats
from tidings.forecast.levels import Odds
from tidings.forecast.parameters import Fitted
from tidings.forecast.record import compared, expected_series, series_of
from tidings.forecast.reported import reported_of
from tidings.forecast.reports_told import flows_told, report_of, source_of, stocks_told
from tidings.situation.situation import Situation

POINTS = 201
"""Of a distribution, of which the mean is taken."""
MEDIAN = QUANTILES.index(0.5)
LEFT_OUT, AS_TOLD, ALONE = "left out", "as told", "alone"
TOO_FEW = "too few reports without the others"
STOPS, GOES_ON = "it stops", "it goes on undiminished"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsOf:
    """The reports that a forecast of one place rests on, and what it takes to make it again."""

    place: str
    situation: Situation
    bulletins: Sequence[Bulletin]
    """All that were public, of other places too: they tell how far sources are off."""
    fitted: Fitted
    from_: dt.date
    days: int
    outlets: Mapping[str, str]
    odds: Odds = field(default_factory=dict)
    """By source, the odds factor of its grade (`graded`)."""

    def mean(self, bulletins: Sequence[Bulletin] | None = None) -> float | None:
        """Return the mean of those present on the last day, by some bulletins; None where they are too few."""
        row = self.last_day(self.bulletins if bulletins is None else bulletins)
        return None if row is None else float(np.interp(np.linspace(0, 1, POINTS), QUANTILES, row).mean())

    def last_day(self, bulletins: Sequence[Bulletin]) -> Floats | None:
        """Return the quantiles of those present on the last day. Shape (level,)."""
        told = reported_of(
            self.situation, bulletins, self.fitted, from_=self.from_, days=self.days, outlets=self.outlets,
            odds=self.odds,
        )  # fmt: skip
        return told.levels[self.place][-1] if self.place in told.levels else None

    def own(self) -> list[Bulletin]:
        """Return the counts of the place that the forecast knows."""
        told = stocks_told(self.bulletins, self.outlets)
        return [bulletin for bulletin in told if bulletin.place == self.place and bulletin.day < self.from_]

    def source(self, bulletin: Bulletin) -> str:
        """Return who tells a bulletin."""
        return source_of(bulletin, self.outlets)


def report_inputs(reports: ReportsOf) -> tuple[Sensitivity, ...]:
    """Return how far each uncertain thing that reports of a place tell moves its people on the last day.

    They are the newest count of each source on the last day counted, at its low and at its high, or left out where it
    tells neither; each source left out and taken alone, where there are several; and growth, which stops or goes on
    undamped (the baselines `last_report` and `drift`). Nothing where the place does not rest on reports.
    """
    mark = reports.mean()
    if mark is None:
        return ()
    return (*_last_counts(reports, mark), *_sources(reports, mark), *_growth(reports))


def _last_counts(reports: ReportsOf, mark: float) -> Iterator[Sensitivity]:
    own = reports.own()
    last = max(bulletin.day for bulletin in own)
    newest = sorted((b for b in own if b.day == last), key=lambda b: b.published or b.day)
    for source, bulletin in {reports.source(b): b for b in newest}.items():
        is_range = bulletin.low is not None or bulletin.high is not None
        low, high = (_held_at(bulletin, end) for end in (bulletin.low, bulletin.high))
        as_it_is = persons_of(bulletin) or 0.0
        at_low = _effect(reports, mark, bulletin, low) if bulletin.low is not None or not is_range else 0.0
        yield Sensitivity(
            input=f"count at {reports.place} of {last}" + (f" ({source})" if source else ""),
            kind="report", subject=reports.place, source=source or None, day=last,
            low=_persons(low, as_it_is) if is_range else 0, high=_persons(high, as_it_is) if is_range else 1,
            ends=("", "") if is_range else (LEFT_OUT, AS_TOLD),
            effect_low=at_low or 0.0,
            effect_high=(_effect(reports, mark, bulletin, high) or 0.0) if bulletin.high is not None else 0.0,
            claims=(bulletin.source,) if bulletin.source and is_content_id("c", bulletin.source) else (),
        )  # fmt: skip


def _held_at(bulletin: Bulletin, people: float | None) -> Bulletin | None:
    return None if people is None else bulletin.model_copy(update={"people": people, "low": None, "high": None})


def _persons(bulletin: Bulletin | None, otherwise: float) -> float:
    return otherwise if bulletin is None else persons_of(bulletin) or 0.0


def _effect(reports: ReportsOf, mark: float, old: Bulletin, new: Bulletin | None) -> float | None:
    """Return what it changes that a bulletin is another one, or none; None where too few are left."""
    held = [new if bulletin is old else bulletin for bulletin in reports.bulletins]
    mean = reports.mean([bulletin for bulletin in held if bulletin is not None])
    return None if mean is None else round(mean - mark, 1)


def _sources(reports: ReportsOf, mark: float) -> Iterator[Sensitivity]:
    own = reports.own()
    by_source: dict[str, list[Bulletin]] = {}
    for bulletin in own:
        by_source.setdefault(reports.source(bulletin), []).append(bulletin)
    for source, told in by_source.items() if len(by_source) > 1 else ():
        out, alone = (
            reports.mean(_without(reports.bulletins, some))
            for some in (told, [bulletin for bulletin in own if reports.source(bulletin) != source])
        )
        yield Sensitivity(
            input=f"reports of {source or 'an unnamed source'} at {reports.place}",
            kind="source", subject=reports.place, source=source or None, day=max(b.day for b in told),
            low=0, high=1, ends=(LEFT_OUT if out is not None else TOO_FEW, ALONE if alone is not None else TOO_FEW),
            effect_low=0.0 if out is None else round(out - mark, 1),
            effect_high=0.0 if alone is None else round(alone - mark, 1),
            claims=tuple(dict.fromkeys(b.source for b in told[-1:] if b.source and is_content_id("c", b.source))),
        )  # fmt: skip


def _without(bulletins: Sequence[Bulletin], some: Sequence[Bulletin]) -> list[Bulletin]:
    left_out = {id(bulletin) for bulletin in some}
    return [bulletin for bulletin in bulletins if id(bulletin) not in left_out]


def _growth(reports: ReportsOf) -> Iterator[Sensitivity]:
    """Yield growth, of which the forecast takes that it dies out: by the median, which it moves."""
    told = [b for b in stocks_told(reports.bulletins, reports.outlets) if b.day < reports.from_]
    start = min(bulletin.day for bulletin in told)
    all_told = one_at_once([report_of(bulletin, start, reports.outlets) for bulletin in told])
    apart, errors = compared(all_told, reports.odds)
    flows = [report_of(b, start, reports.outlets) for b in flows_told(reports.bulletins) if b.day < reports.from_]
    as_of = (reports.situation.as_of - start).days
    expected, _ = expected_series((reports.place,), all_told, as_of, errors, apart, flows)
    series = expected[0] if expected else series_of(reports.place, all_told, errors)
    row = reports.last_day(reports.bulletins)
    slope = slope_per_day(series, (reports.from_ - start).days - 1)
    if row is not None and slope:
        goes_on = max(last_of(series) + slope * reports.days, 0.0)
        yield Sensitivity(
            input=f"growth at {reports.place}", kind="growth", subject=reports.place, low=0, high=1,
            ends=(STOPS, GOES_ON), effect_low=round(last_of(series) - float(row[MEDIAN]), 1),
            effect_high=round(goes_on - float(row[MEDIAN]), 1),
        )  # fmt: skip
