"""Errors with the counts of day 0 and the true daily total given, beside what Flee gave with the same."""

from __future__ import annotations

import csv
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee_instance import FleeInstance, Registered
from tidings.forecast.record_of_flee import record_of_flee
from tidings.forecast.total_given import Choice, Reach, with_total_given
from tidings.interchange.flee.read import read_flee

Floats = NDArray[np.float64]
OURS = "tidings_total_given"
GRID = tuple(
    Choice(power=power, even=even, kept=kept)
    for power, even, kept in itertools.product(
        (0.0, 0.5, 1.0, 1.5, 2.0, 3.0), (0.0, 0.25, 0.5, 0.75), (0.0, 0.25, 0.5, 0.75)
    )
    if even + kept < 1
)
NAMED = {"equal_split": Choice(power=0.0, even=0.0, kept=0.0), "gravity": Choice(power=2.0, even=0.0, kept=0.0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """WAPE at report dates of one conflict."""

    name: str
    flee: float
    wape: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Run:
    """What a method is given of a conflict, and what it is held to: the counts as Flee has them, corrected."""

    name: str
    reach: Reach
    counts: Floats
    """Shape (day, place)."""
    reported: NDArray[np.bool_]
    """Shape (day, place): whether there is a report of that day; day 0 is given, and not scored."""

    def wape(self, choice: Choice) -> float:
        """Return the error of a choice."""
        told = with_total_given(self.reach, self.counts[0], self.counts.sum(axis=1), choice)
        return float(np.abs(told - self.counts)[self.reported].sum() / self.counts[self.reported].sum())

    def wape_of_first_shares(self) -> float:
        """Return the error of the shares of day 0; equal ones where nobody was there."""
        total, first = self.counts.sum(axis=1), self.counts[0]
        shares = first / first.sum() if first.sum() else np.full(len(first), 1 / len(first))
        told = total[:, None] * shares
        return float(np.abs(told - self.counts)[self.reported].sum() / self.counts[self.reported].sum())


def totals_of(folder: Path) -> list[Total]:
    """Return the errors of every conflict that Flee was run on; our choice is fitted on the others."""
    with (folder / "flee_reference" / "accuracy.csv").open(encoding="utf-8") as file:
        flee = {row["conflict"]: float(row["wape_report_dates"]) for row in csv.DictReader(file)}
    runs = [_run(read_flee(path)[0]) for path in sorted((folder / "flee").iterdir()) if path.name in flee]
    errors = {run.name: [run.wape(choice) for choice in GRID] for run in runs}
    return [_total(run, flee[run.name], [errors[other.name] for other in runs if other is not run], errors[run.name])
            for run in runs]  # fmt: skip


def _total(run: Run, flee: float, others: Sequence[Sequence[float]], own: Sequence[float]) -> Total:
    best = min(range(len(GRID)), key=lambda number: sum(math.log(errors[number]) for errors in others))
    named = {name: run.wape(choice) for name, choice in NAMED.items()}
    wape = {OURS: own[best], "first_day_shares": run.wape_of_first_shares(), **named}
    return Total(name=run.name, flee=flee, wape=wape)


def _run(instance: FleeInstance) -> Run:
    record = record_of_flee(instance)
    camps = {place.name for place in instance.locations if "camp" in place.kind.casefold()}
    rows = [row for row in instance.registered if row.name in camps]
    days = np.arange(instance.days)
    places = tuple(row.name for row in rows)
    ours = type(record)(
        name=record.name, start=record.start, places=places, reports=(), fought=record.fought, ways=record.ways,
        closures=record.closures,
    )  # fmt: skip
    return Run(
        name=instance.name,
        reach=Reach.of(ours, instance.days),
        counts=np.stack([np.interp(days, row.days, row.people) for row in rows], axis=1),
        reported=np.stack(list(_reported(rows, instance.days)), axis=1),
    )


def _reported(rows: Sequence[Registered], days: int) -> Iterator[NDArray[np.bool_]]:
    for row in rows:
        yield np.isin(np.arange(days), row.days) & (np.arange(days) > 0)
