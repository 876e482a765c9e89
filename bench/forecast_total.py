"""Errors with the counts of day 0 and the true daily total given, beside what Flee gave with the same.

Beside our own: the panel's choice that is best on the other conflicts, the one that hindsight finds best on this one
(what the panel could give at most), and Flee's rules as we run them, with the folder's capacities of camps, which are
mostly the highest counts that were ever made there, and without any; and our own rules, without.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.flee import own_rules
from tidings.ensemble.model import Model
from tidings.flow.flee import FleeModel
from tidings.flow.flee_instance import FleeInstance, Registered
from tidings.flow.flee_settings import FleeSettings, Optimisations
from tidings.forecast.record_of_flee import record_of_flee
from tidings.forecast.total_given import PANEL, Choice, Reach, by_choice
from tidings.interchange.flee.read import read_flee

Floats = NDArray[np.float64]
OURS = "tidings_total_given"
COUNTS_FROM = 50
"""Points in the main table from which a conflict counts in the mean and is learnt from."""
MEMBERS = 10
"""Of the simulation."""
EQUAL = (Choice(form="power", scale=0.0, kept=0.0, within=1.0),)
GRAVITY = (Choice(form="power", scale=2.0, kept=0.0, within=1.0),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """WAPE at report dates of one conflict."""

    name: str
    flee: float
    wape: Mapping[str, float]
    counts: bool
    """Whether it counts in the mean."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """What a method is given of a conflict, and what it is held to: the counts as Flee has them, corrected."""

    instance: FleeInstance
    places: tuple[str, ...]
    reach: Reach
    counts: Floats
    """Shape (day, place)."""
    reported: NDArray[np.bool_]
    """Shape (day, place): whether there is a report of that day; day 0 is given, and not scored."""

    def told(self, choices: Sequence[Choice]) -> Floats:
        """Return what each choice tells. Shape (choice, day, place)."""
        return by_choice(self.reach, self.counts[0], self.counts.sum(axis=1), choices)

    def first_shares(self) -> Floats:
        """Return the total by the shares of day 0; equal ones where nobody was there. Shape (day, place)."""
        total, first = self.counts.sum(axis=1), self.counts[0]
        shares = first / first.sum() if first.sum() else np.full(len(first), 1 / len(first))
        return np.asarray(total[:, None] * shares)

    def by_flee(self, hasten: int, *, capacities: bool) -> Floats:
        """Return the mean of Flee's rules, scaled to the total. Shape (day, place)."""
        instance = self.instance if capacities else without_capacities(self.instance)
        return self._scaled(
            FleeModel(instance=instance, settings=FleeSettings(optimisations=Optimisations(hasten=hasten)))
        )

    def by_our_flow(self) -> Floats:
        """Return the mean of our own rules with parameters drawn, scaled to the total. Shape (day, place)."""
        return self._scaled(own_rules(without_capacities(self.instance), varied=True))

    def _scaled(self, model: Model) -> Floats:
        people = model.run(seed=1, members=range(MEMBERS))["people"].sel(place=list(self.places))
        mean = people.mean("member").to_numpy()[: len(self.counts)]
        there = mean.sum(axis=1, keepdims=True)
        return np.asarray(mean * self.counts.sum(axis=1, keepdims=True) / np.maximum(there, 1.0))

    def wape(self, told: Floats) -> float:
        """Return the error at report dates of what is told."""
        return float(np.abs(told - self.counts)[self.reported].sum() / self.counts[self.reported].sum())


def without_capacities(instance: FleeInstance) -> FleeInstance:
    """Return an instance whose camps have room for all."""
    places = (replace(place, people=None) if _is_camp(place.kind) else place for place in instance.locations)
    return replace(instance, locations=tuple(places))


def totals_of(folder: Path, n_points: Mapping[str, int]) -> list[Total]:
    """Return the errors of every conflict that Flee was run on; `n_points` in the main table, by conflict."""
    with (folder / "flee_reference" / "accuracy.csv").open(encoding="utf-8") as file:
        flee = {row["conflict"]: row for row in csv.DictReader(file)}
    paths = [path for path in sorted((folder / "flee").iterdir()) if path.name in flee]
    runs = {path.name: run_of(read_flee(path)[0]) for path in paths}
    told = {name: run.told(PANEL) for name, run in runs.items()}
    errors = {name: np.array([run.wape(one) for one in told[name]]) for name, run in runs.items()}
    large = {name: error for name, error in errors.items() if n_points[name] >= COUNTS_FROM}
    totals = []
    for name, run in runs.items():
        others = np.log([error for other, error in large.items() if other != name]).mean(axis=0)
        wape = {
            OURS: run.wape(told[name].mean(axis=0)),
            "best on others": float(errors[name][np.argmin(others)]),
            "hindsight": float(errors[name].min()),
            **_marks(run, int(float(flee[name]["hasten"]))),
        }
        theirs = float(flee[name]["wape_report_dates"])
        totals.append(Total(name=name, flee=theirs, wape=wape, counts=name in large))
    return totals


def _marks(run: Run, hasten: int) -> dict[str, float]:
    """Return the errors of simulations and of simple ways."""
    return {
        "our flow, no capacities": run.wape(run.by_our_flow()),
        "Flee's rules, no capacities": run.wape(run.by_flee(hasten, capacities=False)),
        "Flee's rules, capacities": run.wape(run.by_flee(hasten, capacities=True)),
        "first_day_shares": run.wape(run.first_shares()),
        "equal_split": run.wape(run.told(EQUAL)[0]),
        "gravity": run.wape(run.told(GRAVITY)[0]),
    }


def run_of(instance: FleeInstance) -> Run:
    """Return what is told of a conflict, without the counts that came later."""
    record = record_of_flee(instance)
    camps = {place.name for place in instance.locations if _is_camp(place.kind)}
    rows = [row for row in instance.registered if row.name in camps]
    days, places = np.arange(instance.days), tuple(row.name for row in rows)
    return Run(
        instance=instance,
        places=places,
        reach=Reach.of(replace(record, places=places, reports=(), totals=()), instance.days),
        counts=np.stack([np.interp(days, row.days, row.people) for row in rows], axis=1),
        reported=np.stack(list(_reported(rows, instance.days)), axis=1),
    )


def _is_camp(kind: str) -> bool:
    return "camp" in kind.casefold()


def _reported(rows: Sequence[Registered], days: int) -> Iterator[NDArray[np.bool_]]:
    for row in rows:
        yield np.isin(np.arange(days), row.days) & (np.arange(days) > 0)
