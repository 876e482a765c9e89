"""Forecasts of places that have a series: the mixture, its spread corrected by its own past errors in the conflict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tidings.forecast.conformal import PastErrors, standardised_errors, stretch, stretched
from tidings.forecast.document import QUANTILES
from tidings.forecast.history import Floats, History, history_of
from tidings.forecast.mixture import averaged, parts_quantiles, pooled
from tidings.forecast.parameters import Fitted
from tidings.forecast.series import Seen, Series
from tidings.forecast.weights import WeightLearning, relative_wis, state_space_weight

CHECKED_HORIZONS = (30, 60, 90)
CHECK_EVERY_DAYS = 14
FEWEST_REPORTS = 3
MOVED_DAYS, MOVED_SHARE = 30.0, 0.05

TOO_NOISY = 0.05**2
"""Variance beyond the best source's, of a report that says nothing of past errors: they would be its own."""

Key = tuple[bytes, bytes, bytes, bytes, int]
"""All that a past forecast and its check depend on: days, people, noise, doubt up to the report foretold; horizon."""


@dataclass(frozen=True, slots=True)
class _Check:
    """A report that is known, to be foretold again from what was reported `horizon` days before."""

    place: int
    day: int
    horizon: int
    people: float
    before: Series
    """The reports up to the day of that past forecast."""
    key: Key


@dataclass(frozen=True, slots=True)
class CarriedSeries:
    """Forecasts each place from its own reports; remembers past errors, which never change once a report is known."""

    fitted: Fitted
    learning: WeightLearning | None = None
    """How weights of the two parts are learnt; None: they are even."""
    _errors: dict[Key, tuple[float, bool, Floats]] = field(default_factory=dict)

    def __call__(self, seen: Seen, rows: Sequence[int], lead_days: Sequence[int]) -> Floats:
        """Forecast some places, which have a report each.

        Parameters
        ----------
        rows
            Numbers of places in `seen.series`, one a forecast; `seen.expected` goes before it, and where it may be
            otherwise, the forecast is of both by their chances.
        lead_days
            One a forecast.

        Returns
        -------
        Floats
            Shape (forecast, level): people, rising, at least 0.
        """
        if not rows:
            return np.zeros((0, len(QUANTILES)))
        series = seen.expected or seen.series
        histories = {row: _history(series[row], seen.origin) for row in dict.fromkeys(rows)}
        past = self._past(series, seen.origin)
        told = self._carried(histories, past, rows, lead_days)
        doubted = {row: other for row in histories if (other := seen.otherwise.get(series[row].place))}
        for n_others in dict.fromkeys(map(len, doubted.values())):
            at = [number for number, row in enumerate(rows) if len(doubted.get(row, ())) == n_others]
            asked = [rows[number] for number in at], [lead_days[number] for number in at]
            others = [
                self._carried({row: _history(doubted[row][n].series, seen.origin) for row in asked[0]}, past, *asked)
                for n in range(n_others)
            ]
            chances = np.array([[doubted[row][n].p for row in asked[0]] for n in range(n_others)])
            told[at] = pooled(np.stack([told[at], *others]), np.stack([1 - chances.sum(axis=0), *chances]))
        return told

    def _carried(
        self, histories: Mapping[int, History], past: PastErrors, rows: Sequence[int], lead_days: Sequence[int]
    ) -> Floats:
        """Carry on the histories of places, one a forecast, with spreads corrected by past errors."""
        trend, state = parts_quantiles([histories[row] for row in rows], np.array(lead_days, np.float64), self.fitted)
        at = [
            (row, nearest_horizon(lead), is_moving(histories[row])) for row, lead in zip(rows, lead_days, strict=True)
        ]
        factors = [stretch(past, row, horizon, is_moving=moving) for row, horizon, moving in at]
        if self.learning is None:
            return stretched(averaged(trend, state), np.array(factors))
        weights = [state_space_weight(past, self.learning, row, to, is_moving=moving) for row, to, moving in at]
        return stretched(averaged(trend, state, np.array(weights)[:, None]), np.array(factors))

    def _past(self, series: Sequence[Series], origin: int) -> PastErrors:
        checks = [check for row, one in enumerate(series) for check in _checks(row, one)]
        self._learn([check for check in checks if check.key not in self._errors])
        known = [self._errors[check.key] for check in checks]
        return PastErrors(
            place=np.array([check.place for check in checks], np.int64),
            horizon=np.array([check.horizon for check in checks], np.int64),
            is_moving=np.array([moving for _, moving, _ in known], bool),
            age_days=np.array([origin - check.day for check in checks], np.float64),
            error=np.array([error for error, _, _ in known], np.float64),
            relative_wis=np.array([wis for _, _, wis in known], np.float64).reshape(len(known), 2),
        )

    def _learn(self, checks: Sequence[_Check]) -> None:
        histories = [_history(check.before, check.day - check.horizon) for check in checks]
        leads = np.array([check.horizon for check in checks], np.float64)
        trend, state = parts_quantiles(histories, leads, self.fitted)
        truth = np.array([check.people for check in checks], np.float64)
        errors, wis = standardised_errors(averaged(trend, state), truth), relative_wis(trend, state, truth)
        for check, history, error, both in zip(checks, histories, errors, wis, strict=True):
            self._errors[check.key] = (float(error), is_moving(history), both)


def nearest_horizon(lead_days: float) -> int:
    """Return the horizon at which errors are checked that is nearest to a lead, by ratio.

    Examples
    --------
    >>> [nearest_horizon(lead) for lead in (1, 42, 43, 80)]
    [30, 30, 60, 90]
    """
    return min(CHECKED_HORIZONS, key=lambda horizon: abs(np.log(horizon / max(lead_days, 1.0))))


def is_moving(history: History) -> bool:
    """Return whether a place changed by over 5 % in the 30 days before the origin."""
    before, now = np.interp([-MOVED_DAYS, 0.0], history.days, history.people)
    return bool(abs(now - before) > MOVED_SHARE * max(before, 1.0))


def _history(series: Series, origin: int) -> History:
    return history_of(series.days, series.people, origin, series.noise, series.doubt)


def _checks(row: int, series: Series) -> Iterator[_Check]:
    """Yield the last report of each fortnight at each horizon where three reports were known before."""
    if not len(series.days):
        return
    fortnight = series.days // CHECK_EVERY_DAYS
    for number in np.flatnonzero(np.append(fortnight[1:] != fortnight[:-1], True)):
        if any(doubt is not None and doubt[number] > TOO_NOISY for doubt in (series.noise, series.doubt)):
            continue
        day = int(series.days[number])
        for horizon in CHECKED_HORIZONS:
            n = int(np.searchsorted(series.days, day - horizon, side="right"))
            if n >= FEWEST_REPORTS:
                before = _first(series, n)
                key = (*_bytes(_first(series, int(number) + 1)), horizon)
                yield _Check(row, day, horizon, float(series.people[number]), before, key)


def _first(series: Series, n: int) -> Series:
    """Return the first reports of a series."""
    noise, doubt = (None if one is None else one[:n] for one in (series.noise, series.doubt))
    return Series(place=series.place, days=series.days[:n], people=series.people[:n], noise=noise, doubt=doubt)


def _bytes(series: Series) -> tuple[bytes, bytes, bytes, bytes]:
    noise, doubt = (b"" if one is None else one.tobytes() for one in (series.noise, series.doubt))
    return series.days.tobytes(), series.people.tobytes(), noise, doubt
