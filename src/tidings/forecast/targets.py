"""What a forecast says: the distribution of each quantity at each location on each day, over the members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from tidings.forecast.document import QUANTILES, Difference, LocationKind, Quantity, Target
from tidings.forecast.history import Floats
from tidings.forecast.reported_place import ReportedPlace, reported_place

PLACE_QUANTITIES: Mapping[Quantity, str] = {
    "present": "people", "arrivals": "arrivals", "departures": "departures", "trapped": "trapped"
}  # fmt: skip
"""Quantity → variable of the ensemble, by place."""
FLOWS: frozenset[Quantity] = frozenset({"arrivals", "departures"})
OF_THOSE_PRESENT: frozenset[Quantity] = frozenset({"present", "departures", "trapped"})
"""Quantities that say nothing where it is unknown how many people are there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a forecast may speak of, and when it begins."""

    start: dt.date
    counted: frozenset[str] = field(default=frozenset())
    """Ids of the places of which it can be told how many people are there."""
    origins: frozenset[str] = field(default=frozenset())
    """Origin groups with a place whose residents are known."""
    through: frozenset[str] = field(default=frozenset())
    """Ids of the crossings of which it can be told how many pass: of the others it is unknown, and never zero."""
    reported: Mapping[str, Floats] = field(default_factory=dict)
    """By place, displaced people at the levels of `QUANTILES`, on the eve and on each day: what is told of the place
    rests on them. Shape (1 + day, level)."""
    started: Mapping[str, float] = field(default_factory=dict)
    """By place that is reported of, the displaced people there with whom the simulation starts."""
    behind: Mapping[str, str] = field(default_factory=dict)
    """By crossing, the place on its side b."""

    def at(self, place: str, ensemble: xr.Dataset, base: xr.Dataset) -> ReportedPlace:
        """Return a place that is reported of, in a scenario."""
        return reported_place(place, self.reported[place], self.started[place], ensemble, base)

    def arrived(self, place: str, base: xr.Dataset) -> Callable[[xr.Dataset], Floats] | None:
        """Return what tells who arrived up to the last day, by member of an ensemble; None where the simulation does.

        Parameters
        ----------
        base
            The same members as in the ensembles that will be asked about.
        """
        if place not in self.reported:
            return None
        return lambda ensemble: self.at(place, ensemble, base).counts("arrivals")[:, -1]


@dataclass(frozen=True, slots=True)
class _Series:
    location: str
    kind: LocationKind
    quantity: Quantity
    counts: NDArray[np.float64]
    """Shape (member, day); flows are summed from the first day."""

    @property
    def key(self) -> tuple[str, Quantity]:
        """What it is of."""
        return self.location, self.quantity

    @property
    def is_through(self) -> bool:
        """Whether it tells who passes a crossing."""
        return self.kind == "crossing" and self.quantity in FLOWS


def targets_of(ensembles: Mapping[str, xr.Dataset], told: Told, base: str = "base") -> Iterator[Target]:
    """Yield the targets of every scenario, each the same ones, so that they can be laid side by side.

    None is of what holds nobody in any scenario, member and day, but for who passes a crossing: where a way leads to
    one, zero is the answer, and a crossing that is not there is one of which the answer is unknown.
    """
    peopled = {key for ensemble in ensembles.values() for key in _peopled(ensemble, told, ensembles[base])}
    for scenario, ensemble in ensembles.items():
        for series in _series(ensemble, told, ensembles[base]):
            for fields in _summaries(series, told.start) if series.key in peopled else ():
                yield Target.model_validate({"scenario": scenario, **fields})


def _peopled(ensemble: xr.Dataset, told: Told, base: xr.Dataset) -> Iterator[tuple[str, Quantity]]:
    yield from (series.key for series in _series(ensemble, told, base) if series.counts.any() or series.is_through)


def differences_of(
    scenario: str, against: str, ensembles: Mapping[str, xr.Dataset], told: Told
) -> Iterator[Difference]:
    """Yield one scenario less another, member by member; none where no member differs on any day."""
    base = ensembles[against]
    for ours, theirs in zip(_series(ensembles[scenario], told, base), _series(base, told, base), strict=True):
        series = replace(ours, counts=ours.counts - theirs.counts)
        for fields in _summaries(series, told.start) if series.counts.any() else ():
            yield Difference.model_validate({"scenario": scenario, "against": against, **fields})


def _series(ensemble: xr.Dataset, told: Told, base: xr.Dataset) -> Iterator[_Series]:
    reported = {place: told.at(place, ensemble, base) for place in told.reported}
    yield from _of_places(ensemble, told, reported)
    for crossing, counts in _columns(ensemble, "waiting", "crossing"):
        yield _Series(crossing, "crossing", "waiting", counts)
    for crossing, counts in _columns(ensemble, "crossed", "crossing"):
        passed, behind = counts.cumsum(axis=1), reported.get(told.behind.get(crossing, ""))
        if crossing in told.through:
            yield _Series(crossing, "crossing", "arrivals", behind.through(passed) if behind else passed)
    for group, counts in _columns(ensemble, "displaced_from", "group"):
        if group in told.origins:
            yield _Series(group, "area", "displaced_from", counts)


def _of_places(ensemble: xr.Dataset, told: Told, reported: Mapping[str, ReportedPlace]) -> Iterator[_Series]:
    for quantity, variable in PLACE_QUANTITIES.items():
        for place, simulated in _columns(ensemble, variable, "place"):
            if place in reported:
                yield _Series(place, "place", quantity, reported[place].counts(quantity))
            elif place in told.counted or quantity not in OF_THOSE_PRESENT:
                counts = simulated.cumsum(axis=1) if quantity in FLOWS else simulated
                yield _Series(place, "place", quantity, counts)


def _columns(ensemble: xr.Dataset, variable: str, axis: str) -> Iterator[tuple[str, NDArray[np.float64]]]:
    values = ensemble[variable].to_numpy().astype(np.float64)
    for number, name in enumerate(ensemble[axis].to_numpy()):
        yield str(name), values[:, :, number]


def _summaries(series: _Series, start: dt.date) -> Iterator[dict[str, object]]:
    levels = np.quantile(series.counts, QUANTILES, axis=0)
    means = series.counts.mean(axis=0)
    for day, mean in enumerate(means):
        yield {
            "location": series.location,
            "location_kind": series.kind,
            "quantity": series.quantity,
            "period_days": day + 1 if series.quantity in FLOWS else 0,
            "day": start + dt.timedelta(days=day),
            "mean": round(float(mean), 1),
            "quantiles": {str(q): round(float(levels[k, day]), 1) for k, q in enumerate(QUANTILES)},
        }
