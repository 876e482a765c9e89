"""The ensemble forecast: worlds sampled from a situation, people simulated in each, summed up with intervals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from tidings.core.errors import Problem, raise_all
from tidings.crisis.crisis import Bulletin, Crisis
from tidings.crisis.reach import crossings_led_to
from tidings.crisis.stocks import persons_of
from tidings.ensemble.model import TidingsModel
from tidings.ensemble.run import simulate
from tidings.ensemble.save import check_target
from tidings.flow.parameters import Parameters, load_parameters, parameter_table
from tidings.flow.scenario import Scenario
from tidings.forecast.assumptions import (
    Chances,
    evidence_warnings,
    known_later,
    made_from,
    simulation_warning,
    untested_days,
    unused_warnings,
    warnings_of,
)
from tidings.forecast.document import Forecast, ForecastWarning
from tidings.forecast.graded import odds_by_grade
from tidings.forecast.history import Floats
from tidings.forecast.known import marks_of
from tidings.forecast.levels import Odds
from tidings.forecast.oddities import odd_households, out_of_order
from tidings.forecast.parameters import Fitted, packaged_parameters
from tidings.forecast.reported import reported_of
from tidings.forecast.reports_told import source_of
from tidings.forecast.reports_varied import ReportsOf, report_inputs
from tidings.forecast.sensitivity import (
    MOST_MEMBERS,
    check_answer,
    inputs_of,
    mean_of,
    moves,
    quantity_of,
    sensitivity_of,
)
from tidings.forecast.start import (
    Drawn,
    group_of,
    places_counted,
    places_peopled,
    places_without_residents_known,
    scenario_of,
)
from tidings.forecast.targets import Told, differences_of, targets_of
from tidings.forecast.violence_ahead import ViolenceAhead
from tidings.forecast.whatif import Layer, held_anew_warnings, layer_named, overlaid
from tidings.situation.sample import Sampler, people_at
from tidings.situation.situation import Situation

BASE = "base"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How to run a forecast."""

    from_: dt.date
    """The first simulated day: by default the day after the situation's."""
    days: int = 30
    members: int = 200
    seed: int = 1
    scenarios: tuple[str, ...] = ()
    sensitivity: str | None = None
    """A place, a crossing or `all`: how far each uncertain input moves its number is told too."""
    workers: int = 1
    cluster: str | None = None
    """Address of a Dask scheduler, instead of workers of this machine."""
    path: Path | None = None
    """Where to write the base's ensemble as its members finish, as `simulate`; scenarios have their files beside it."""

    def path_of(self, scenario: str) -> Path | None:
        """Return the file of a scenario's ensemble.

        Examples
        --------
        >>> run = Run(from_=dt.date(2031, 3, 7), path=Path("people.nc"))
        >>> run.path_of("base").name, run.path_of("gate_closes").name
        ('people.nc', 'people.gate_closes.nc')
        """
        if self.path is None or scenario == BASE:
            return self.path
        return self.path.with_suffix(f".{scenario}{self.path.suffix}")

    def check(self) -> None:
        """Refuse what cannot be run, and files that cannot be written."""
        smallest = (("--days", self.days, 1), ("--members", self.members, 2), ("--workers", self.workers, 1))
        raise_all(
            Problem(option, f"{value} is too few", f"Give at least {least}.")
            for option, value, least in smallest
            if value < least
        )
        for path in filter(None, map(self.path_of, (BASE, *self.scenarios))):
            check_target(path)


def forecast(
    crisis: Crisis,
    situation: Situation,
    bulletins: Iterable[Bulletin],
    run: Run,
    *,
    issued: dt.datetime,
    code: str,
    last_report: dt.date | None = None,
    outlets: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> tuple[Forecast, dict[str, xr.Dataset]]:
    """Return the forecast and, by scenario, its ensemble; with a path in the run they are open on their files.

    Members differ in their world, in their luck, in the populations that are known as a range, and in the flow
    parameters that crisis.yaml does not name.

    Scenarios share their luck with the base: same seed, same addresses, so that a difference is the scenario's own.

    Parameters
    ----------
    bulletins
        Those that were public on the situation's `as_of`; those up to the day before the run's first day count.
    last_report
        The day of the newest report, of which a warning tells where it is old.
    outlets
        By the id of a claim and by a source as written, who answers for it, by one name.
    progress
        Called with (members done, members in all).
    """
    run.check()
    check_answer(run.sensitivity, crisis.geography)
    public = tuple(bulletins)
    layers = {BASE: Layer(), **{name: layer_named(crisis, name) for name in run.scenarios}}
    fitted = _fitted(public)
    odds = odds_by_grade(crisis, sorted({source_of(bulletin, outlets or {}) for bulletin in public}))
    reported = reported_of(situation, public, fitted, from_=run.from_, days=run.days, outlets=outlets, odds=odds)
    scenario, used, warnings = scenario_of(
        crisis, situation, public, from_=run.from_, days=run.days, members=range(run.members), seed=run.seed,
        counted={last.location: last.people for last in reported.last if last.present_rests_on == "reports"},
    )  # fmt: skip
    ensembles = _simulated(crisis, situation, scenario, layers, run, progress)
    told = _told(crisis, situation, scenario, used, reported.levels)
    parameters, varied = _parameters(crisis, layers[BASE]), _varied(crisis, layers[BASE])
    chances = Chances.of(parameters, varied)
    document = Forecast(
        issued=issued,
        as_of=situation.as_of,
        **{"from": run.from_},
        days=run.days,
        members=run.members,
        seed=run.seed,
        scenarios=tuple(ensembles),
        targets=tuple(targets_of(ensembles, told, BASE)),
        last_reports=reported.last,
        differences=tuple(d for name in layers if name != BASE for d in differences_of(name, BASE, ensembles, told)),
        **_sensitivity(
            crisis,
            situation,
            scenario,
            ensembles[BASE],
            run,
            lambda place: _reports_of(place, situation, public, fitted, run, outlets, odds),
            told,
        ),
        warnings=(
            *warnings,
            *_input_warnings(crisis, situation, public, layers, run),
            *reported.warnings,
            *known_later(run.from_, situation.as_of),
            *evidence_warnings(run.from_, last_report, max((b.day for b in used), default=None)),
            *ViolenceAhead.of(parameters, varied).warnings(situation),
            *warnings_of(situation, chances),
        ),
        made_from=made_from(
            situation,
            dict.fromkeys((*used, *reported.bulletins)),
            parameters,
            varied=varied,
            rules=scenario.rules.values(),
            chances=chances,
            code=code,
        ),
    )
    return document, ensembles


def _input_warnings(
    crisis: Crisis, situation: Situation, public: Iterable[Bulletin], layers: Mapping[str, Layer], run: Run
) -> Iterator[ForecastWarning]:
    """Yield what deserves a look in what was given and asked, before anything is made of it."""
    names = crisis.geography.shown_names
    yield from out_of_order(crisis.bulletins)
    yield from unused_warnings(crisis.bulletins, from_=run.from_, as_of=situation.as_of)
    yield from held_anew_warnings(layers, names)
    yield from odd_households(public, names)
    yield from untested_days(run.days)
    yield simulation_warning()


def _fitted(bulletins: Iterable[Bulletin]) -> Fitted:
    """Return the parameters fitted on all conflicts, but without one whose reports these are."""
    sets = packaged_parameters()
    told = ((bulletin.day, persons_of(bulletin)) for bulletin in bulletins)
    return sets.without(sets.name_of(marks_of((day, people) for day, people in told if people is not None)))


def _simulated(
    crisis: Crisis, situation: Situation, scenario: Scenario, layers: Mapping[str, Layer], run: Run,
    progress: Progress | None,
) -> dict[str, xr.Dataset]:  # fmt: skip
    """Return the ensemble of each scenario, all with the same luck."""
    ensembles = {}
    for number, (name, layer) in enumerate(layers.items()):
        ensembles[name] = simulate(
            model_of(crisis, situation, scenario, layer, name),
            members=run.members, seed=run.seed, workers=run.workers, cluster=run.cluster,
            path=run.path_of(name), progress=_share(progress, number, len(layers), run.members),
        )  # fmt: skip
    return ensembles


def model_of(crisis: Crisis, situation: Situation, scenario: Scenario, layer: Layer, name: str = BASE) -> TidingsModel:
    """Return the model of which a forecast simulates members.

    They differ in their world, in the populations that are known as a range, and in the flow parameters that neither
    crisis.yaml nor the layer names. `name` is that of the layer.
    """
    is_range = any(people_at(place, 0.0) < people_at(place, 1.0) for place in situation.places)
    return TidingsModel(
        scenario=scenario,
        worlds=Sampler.of(overlaid(situation, layer, crisis.parties), scenario.geography),
        parameters=_parameters(crisis, layer),
        vary=tuple(_varied(crisis, layer)),
        residents=Drawn(situation, scenario.geography) if is_range else None,
        about={"source": crisis.folder.resolve().name, "scenario": name},
    )


def _reports_of(
    place: str, situation: Situation, bulletins: tuple[Bulletin, ...], fitted: Fitted, run: Run,
    outlets: Mapping[str, str] | None, odds: Odds,
) -> ReportsOf:  # fmt: skip
    return ReportsOf(
        place=place, situation=situation, bulletins=bulletins, fitted=fitted, from_=run.from_, days=run.days,
        outlets=outlets or {}, odds=odds,
    )  # fmt: skip


def _sensitivity(
    crisis: Crisis, situation: Situation, scenario: Scenario, base: xr.Dataset, run: Run,
    reports_of: Callable[[str], ReportsOf], told: Told,
) -> dict[str, Any]:  # fmt: skip
    if run.sensitivity is None:
        return {}
    present = told.present(run.sensitivity, base.isel(member=slice(MOST_MEMBERS)))

    def model(changed: Situation, layer: Layer) -> TidingsModel:
        return model_of(crisis, changed, scenario, layer)

    answer, quantity = run.sensitivity, quantity_of(run.sensitivity, base, told.reported)
    by_reports = report_inputs(reports_of(answer)) if quantity == "present" else ()
    inputs = (one for one in inputs_of(situation, _varied(crisis, Layer())) if moves(quantity, one))
    found = sensitivity_of(answer, base, inputs, situation, model, seed=run.seed, present=present, told=by_reports)
    mean = round(mean_of(base, answer, quantity, present), 1)
    return {
        "sensitivity": found, "sensitivity_of": answer, "sensitivity_quantity": quantity,
        "sensitivity_mean": mean,
    }  # fmt: skip


def _parameters(crisis: Crisis, layer: Layer) -> Parameters:
    # those of the layer were checked when it was named
    return load_parameters({**crisis.settings.parameters, **layer.fixed}, "crisis.yaml: parameters")


def _varied(crisis: Crisis, layer: Layer) -> list[str]:
    """Return the parameters that members draw: those that neither the crisis nor the scenario names."""
    return [name for name in parameter_table() if name not in {*crisis.settings.parameters, *layer.fixed}]


def _told(
    crisis: Crisis, situation: Situation, scenario: Scenario, used: Iterable[Bulletin], reported: Mapping[str, Floats]
) -> Told:
    unknown = places_without_residents_known(situation)
    origins = frozenset(group_of(place) for place in crisis.geography.places if place.id not in unknown)
    return Told(
        start=scenario.start, counted=places_counted(crisis, situation, used), origins=origins,
        through=crossings_led_to(scenario.geography, places_peopled(scenario)), reported=reported,
        started={place: float(scenario.displaced[:, scenario.geography.index[place]].sum()) for place in reported},
        behind={crossing.id: crossing.side_b for crossing in scenario.geography.crossings},
    )  # fmt: skip


def _share(progress: Progress | None, number: int, n_scenarios: int, members: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, _: progress(number * members + done, n_scenarios * members)
