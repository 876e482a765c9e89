"""The ensemble forecast: worlds sampled from a situation, people simulated in each, summed up with intervals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from tidings.core.errors import Problem, raise_all
from tidings.crisis.crisis import Bulletin, Crisis
from tidings.ensemble.design import draw_parameters
from tidings.ensemble.run import run_ensemble
from tidings.flow.parameters import Parameters, load_parameters
from tidings.flow.scenario import Scenario
from tidings.forecast.document import QUANTILES, Difference, Forecast, ForecastWarning, MadeFrom, Quantity, Target
from tidings.forecast.start import scenario_of
from tidings.forecast.whatif import layer_named, overlaid
from tidings.situation.sample import sample
from tidings.situation.situation import Situation

BASE = "base"
PLACE_QUANTITIES: Mapping[Quantity, str] = {
    "present": "people", "arrivals": "arrivals", "departures": "departures", "trapped": "trapped"
}  # fmt: skip
"""Quantity → variable of the ensemble, by place."""
FLOWS: frozenset[Quantity] = frozenset({"arrivals", "departures"})

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How to run a forecast."""

    from_: dt.date
    days: int = 30
    members: int = 200
    seed: int = 1
    scenarios: tuple[str, ...] = ()
    workers: int = 1

    def check(self) -> None:
        """Refuse what cannot be run, all at once."""
        smallest = (("--days", self.days, 1), ("--members", self.members, 2), ("--workers", self.workers, 1))
        raise_all(
            Problem(option, f"{value} is too few", f"Give at least {least}.")
            for option, value, least in smallest
            if value < least
        )


def forecast(
    crisis: Crisis,
    situation: Situation,
    bulletins: Iterable[Bulletin],
    run: Run,
    *,
    issued: dt.datetime,
    code: str,
    progress: Progress | None = None,
) -> tuple[Forecast, dict[str, xr.Dataset]]:
    """Return the forecast and, by scenario, its ensemble.

    Members differ in their world, in their luck, and in the flow parameters that crisis.yaml leaves at their defaults.

    Scenarios share their luck with the base: same seed, same addresses, so that a difference is the scenario's own.

    Parameters
    ----------
    bulletins
        Those that were public on the situation's `as_of`.
    progress
        Called with (members done, members in all).
    """
    run.check()
    scenario, used, warnings = scenario_of(crisis, situation, bulletins, from_=run.from_, days=run.days)
    layers = {name: layer_named(crisis, name) for name in run.scenarios}
    situations = {BASE: situation, **{name: overlaid(situation, layer) for name, layer in layers.items()}}
    parameters = {
        name: load_parameters({**scenario.parameters, **(layers[name].parameters if name in layers else {})})
        for name in situations
    }
    ensembles = {}
    for number, (name, state) in enumerate(situations.items()):
        step = _share(progress, number, len(situations), run.members)
        ensembles[name] = _ensemble(scenario, state, parameters[name], run, step)
    document = Forecast(
        issued=issued,
        as_of=situation.as_of,
        **{"from": run.from_},
        days=run.days,
        members=run.members,
        seed=run.seed,
        scenarios=tuple(ensembles),
        targets=tuple(target for name, ensemble in ensembles.items() for target in _targets(name, ensemble, scenario)),
        differences=tuple(d for name in run.scenarios for d in _differences(name, ensembles, scenario)),
        warnings=(*warnings, *_standing_warnings(situation)),
        made_from=_made_from(situation, used, parameters[BASE], code),
    )
    return document, ensembles


def _ensemble(
    scenario: Scenario, situation: Situation, parameters: Parameters, run: Run, progress: Progress | None
) -> xr.Dataset:
    worlds = [sample(situation, scenario.geography, seed=run.seed, member=m) for m in range(run.members)]
    return run_ensemble(
        scenario,
        worlds,
        members=range(run.members),
        seed=run.seed,
        parameters=draw_parameters(parameters, members=range(run.members), seed=run.seed),
        workers=run.workers,
        progress=progress,
    )


def _share(progress: Progress | None, number: int, n_scenarios: int, members: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(number * members + done, n_scenarios * members)


@dataclass(frozen=True, slots=True)
class _Series:
    location: str
    kind: str
    quantity: Quantity
    counts: NDArray[np.float64]
    """Shape (member, day); flows are summed from the first day."""


def _series(ensemble: xr.Dataset) -> Iterator[_Series]:
    for quantity, variable in PLACE_QUANTITIES.items():
        values = ensemble[variable].to_numpy().astype(np.float64)
        values = values.cumsum(axis=1) if quantity in FLOWS else values
        for number, place in enumerate(ensemble["place"].to_numpy()):
            yield _Series(str(place), "place", quantity, values[:, :, number])
    for number, crossing in enumerate(ensemble["crossing"].to_numpy()):
        yield _Series(str(crossing), "crossing", "waiting", ensemble["waiting"].to_numpy()[:, :, number].astype(float))


def _targets(name: str, ensemble: xr.Dataset, scenario: Scenario) -> Iterator[Target]:
    for series in _series(ensemble):
        if not series.counts.any():
            continue  # nobody there in any member on any day: nothing to say
        for fields in _summaries(series, scenario):
            yield Target.model_validate({"scenario": name, "location_kind": series.kind, **fields})


def _differences(name: str, ensembles: Mapping[str, xr.Dataset], scenario: Scenario) -> Iterator[Difference]:
    for ours, base in zip(_series(ensembles[name]), _series(ensembles[BASE]), strict=True):
        series = replace(ours, counts=ours.counts - base.counts)
        if series.counts.any():
            for fields in _summaries(series, scenario):
                yield Difference.model_validate({"scenario": name, "against": BASE, **fields})


def _summaries(series: _Series, scenario: Scenario) -> Iterator[dict[str, object]]:
    levels = np.quantile(series.counts, QUANTILES, axis=0)
    means = series.counts.mean(axis=0)
    for day in range(scenario.days):
        yield {
            "location": series.location,
            "quantity": series.quantity,
            "period_days": day + 1 if series.quantity in FLOWS else 0,
            "day": scenario.start + dt.timedelta(days=day),
            "mean": round(float(means[day]), 1),
            "quantiles": {str(q): round(float(levels[k, day]), 1) for k, q in enumerate(QUANTILES)},
        }


def _standing_warnings(situation: Situation) -> Iterator[ForecastWarning]:
    yield ForecastWarning(
        code="not_validated",
        message="Illustration, not validated: its intervals have not been tested on this kind of case.",
    )
    assumed = sum(road.assumed for road in situation.roads)
    if assumed:
        yield ForecastWarning(
            code="lengths_assumed",
            message=f"{assumed} of {len(situation.roads)} road lengths are assumed: great circle × 1.3.",
        )


def _made_from(situation: Situation, used: tuple[Bulletin, ...], parameters: Parameters, code: str) -> MadeFrom:
    claims = (
        *(claim for place in situation.places for claim in (*place.claims, *place.violence_claims)),
        *(claim for road in situation.roads for claim in road.claims),
        *(claim for crossing in situation.crossings for claim in crossing.claims),
    )
    return MadeFrom(
        claims=tuple(dict.fromkeys(claims)),
        bulletins=tuple(f"{b.place} {b.day}: {b.people:,.0f} ({b.source or 'bulletins.csv'})" for b in used),
        parameters=dict(parameters),
        code=code,
    )
