"""Past forecasts, each from what was known at its origin: which points are forecast, and by which origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.baselines import last_of
from tidings.forecast.document import QUANTILES
from tidings.forecast.record import Record
from tidings.forecast.series import Method, Seen
from tidings.forecast.spread import daily

ORIGIN_EVERY_DAYS = 14
MOST_DAYS_OFF = 7
MAIN_FROM_REPORTS = 3
COLD_DAYS = 60
MOVED_DAYS = 30
MOVED_SHARE = 0.05
HORIZONS = (30, 60, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A report to be foretold."""

    instance: str
    place: str
    day: int
    horizon: int
    """30, 60, 90: under which the forecast is scored."""
    origin: int
    truth: float
    last: float
    """The last report known at the origin; 0 where there is none."""
    n_reports: int
    """Reports of the place known at the origin."""
    has_moved: bool
    """Whether the place changed by over 5 % in the 30 days before the origin, as known then."""

    @property
    def lead(self) -> int:
        """Days from the origin to the day of the report."""
        return self.day - self.origin

    @property
    def is_main(self) -> bool:
        """Whether the place has had its third report."""
        return self.n_reports >= MAIN_FROM_REPORTS

    @property
    def is_cold(self) -> bool:
        """Whether it is a cold start: fewer reports at the place, or the first 60 days of the conflict."""
        return not self.is_main or self.origin < COLD_DAYS


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hindcast:
    """The points of a record, and what each method said of them."""

    record: Record
    points: tuple[Point, ...]
    quantiles: Mapping[str, NDArray[np.float64]]
    """By method. Shape (point, level); NaN where a forecast is missing."""
    failures: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)


def origin_for(day: int, horizon: int) -> int | None:
    """Return the origin that foretells a day: nearest to `day` − `horizon`, the earlier of two; None if 8 days off.

    Examples
    --------
    >>> origin_for(50, 30), origin_for(51, 30), origin_for(52, 30), origin_for(25, 30), origin_for(20, 30)
    (14, 14, 28, 0, None)
    """
    wanted = day - horizon
    earlier = max(0, wanted // ORIGIN_EVERY_DAYS * ORIGIN_EVERY_DAYS)
    nearest = min((earlier, earlier + ORIGIN_EVERY_DAYS), key=lambda origin: (abs(origin - wanted), origin))
    return nearest if abs(nearest - wanted) <= MOST_DAYS_OFF and nearest < day else None


def points_of(record: Record, horizons: Sequence[int] = HORIZONS) -> tuple[tuple[Point, ...], dict[int, Seen]]:
    """Return every report that can be foretold, at each horizon, in order of origin, place, horizon and day.

    Returns
    -------
    points
    seen
        What was known, by the origin of any of the points.
    """
    truth = record.truth()
    asked = (
        (origin, place, horizon, int(day), float(people))
        for place, series in truth.items()
        for horizon in horizons
        for day, people in zip(series.days, series.people, strict=True)
        if (origin := origin_for(int(day), horizon)) is not None
    )
    wanted = sorted(asked, key=lambda one: (one[0], record.places.index(one[1]), one[2], one[3]))
    seen = {origin: record.seen(origin) for origin in dict.fromkeys(one[0] for one in wanted)}
    return tuple(_point(record.name, seen[one[0]], *one) for one in wanted), seen


def _point(instance: str, seen: Seen, origin: int, place: str, horizon: int, day: int, truth: float) -> Point:
    series = next(series for series in seen.series if series.place == place)
    return Point(
        instance=instance, place=place, day=day, horizon=horizon, origin=origin, truth=truth, last=last_of(series),
        n_reports=len(series.days), has_moved=_has_moved(seen, place),
    )  # fmt: skip


def _has_moved(seen: Seen, place: str) -> bool:
    series = next(series for series in seen.series if series.place == place)
    if not len(series.days):
        return False
    by_day = daily(series, seen.origin)[-MOVED_DAYS - 1 :]
    return bool(abs(by_day[-1] - by_day[0]) > MOVED_SHARE * max(by_day[0], 1.0))


def run_hindcast(record: Record, methods: Iterable[Method], horizons: Sequence[int] = HORIZONS) -> Hindcast:
    """Let each method foretell every point from its origin.

    Parameters
    ----------
    record
        Each method sees what `Record.seen` cuts from it, and nothing else.

    Returns
    -------
    Hindcast
        A forecast that is missing, or is not nine rising numbers of at least zero, is a failure.
    """
    points, seen = points_of(record, horizons)
    told = {method.name: _foretold(seen, method, points) for method in methods}
    failed = {name: tuple(p for p, row in zip(points, rows, strict=True) if np.isnan(row).any())
              for name, rows in told.items()}  # fmt: skip
    return Hindcast(record=record, points=points, quantiles=told, failures={k: v for k, v in failed.items() if v})


def _foretold(seen: Mapping[int, Seen], method: Method, points: Sequence[Point]) -> NDArray[np.float64]:
    leads: dict[int, set[int]] = {}
    for point in points:
        leads.setdefault(point.origin, set()).add(point.lead)
    by_origin = {origin: method(seen[origin], tuple(sorted(leads[origin]))) for origin in leads}
    rows = (_checked(by_origin[point.origin].get((point.place, point.lead))) for point in points)
    return np.array(list(rows), np.float64).reshape(len(points), len(QUANTILES))


def _checked(row: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Return a forecast, or NaN where it is none."""
    is_sound = row is not None and row.shape == (len(QUANTILES),) and np.isfinite(row).all()
    if row is None or not is_sound or row[0] < 0 or (np.diff(row) < 0).any():
        return np.full(len(QUANTILES), np.nan)
    return row


def true_total(record: Record) -> Iterator[tuple[int, float]]:
    """Yield each day and how many people were at all destinations then, linear between reports, as it turned out."""
    days = np.arange(record.last_day + 1)
    series = (one for one in record.truth().values() if len(one.days))
    people = sum((np.interp(days, one.days, one.people, left=0.0) for one in series), np.zeros(len(days)))
    yield from zip(days.tolist(), people.tolist(), strict=True)
