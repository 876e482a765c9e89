"""The forecast of the project itself: a place's own series carried on, and shares of a total where there is none.

It is what `tidings hindcast` scores as `tidings` and what `tidings forecast` tells of places with a report.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tidings.core.errors import InputError
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.history import Floats
from tidings.forecast.known import marks_of_record
from tidings.forecast.mixture import mixed
from tidings.forecast.newcomers import is_empty, is_newcomer, newcomer_quantiles, p_opens
from tidings.forecast.parameters import FittedSets, packaged_parameters
from tidings.forecast.record import Record
from tidings.forecast.scorecard import FITTED_ON_ALL, FITTED_WITHOUT, ParametersUsed
from tidings.forecast.series import Forecasts, Method, Seen


@dataclass(frozen=True, slots=True)
class Tidings:
    """Forecasts from reports (decision 0023)."""

    carried: CarriedSeries
    name: str = "tidings"

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        leads = np.array(horizons, np.float64)
        new = newcomer_quantiles(seen, leads, self.carried.fitted.newcomers)
        rows = [row for row, series in enumerate(seen.series) if not is_newcomer(series)]
        pairs = [(row, horizon) for row in rows for horizon in horizons]
        told = self.carried(seen, [row for row, _ in pairs], [horizon for _, horizon in pairs])
        old = {(seen.series[row].place, lead): people for (row, lead), people in zip(pairs, told, strict=True)}
        for series in filter(is_empty, seen.series):
            stays = np.array([old[series.place, lead] for lead in horizons])
            old |= _by_lead(series.place, horizons, mixed(stays, new, p_opens(series, seen.origin, leads)))
        every = ((series.place, number, lead) for series in seen.series for number, lead in enumerate(horizons))
        return {(place, lead): old.get((place, lead), new[number]) for place, number, lead in every}


def _by_lead(place: str, horizons: tuple[int, ...], people: Floats) -> dict[tuple[str, int], Floats]:
    return {(place, lead): row for lead, row in zip(horizons, people, strict=True)}


def name_known(record: Record, sets: FittedSets | None = None) -> str:
    """Return the name under which a conflict is left out: that of the conflict whose reports it tells, else its own."""
    return (sets or packaged_parameters()).name_of(marks_of_record(record)) or record.name


def parameters_used(record: Record, sets: FittedSets | None = None) -> ParametersUsed:
    """Return which parameters a record is scored with."""
    choice = sets or packaged_parameters()
    fitted = choice.without(name_known(record, sets))
    return ParametersUsed(
        set=FITTED_WITHOUT if fitted.left_out else FITTED_ON_ALL,
        left_out=fitted.left_out,
        is_recognised=choice.name_of(marks_of_record(record)) is not None,
        conflicts=fitted.provenance.conflicts,
    )


def make_tidings(*, without: str, members: int, seed: int, sets: FittedSets | None = None) -> Method:
    """Make the method for one conflict, with parameters that were fitted without it. Nothing in it is drawn.

    Parameters
    ----------
    sets
        The parameters to choose from; those that come with the package where none are given.

    Raises
    ------
    InputError
        If the set for this conflict was fitted on it.
    """
    fitted = (sets or packaged_parameters()).without(without)
    if without in fitted.provenance.conflicts:
        met = f"they were fitted on {without}, whose reports are to be scored"
        fix = "Fit them with 'tidings calibrate --leave-one-out', or without this conflict."
        raise InputError(where="parameters", met=met, fix=fix)
    return Tidings(CarriedSeries(fitted))
