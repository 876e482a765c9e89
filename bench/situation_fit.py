"""Fit the numbers of the assessment to the first half of the record of control, and write them with their source.

Reliabilities and factors: the least Brier score over the rows of the first half with one recorded holder of which
anything was told. They are held to their values before the fit by a penalty on log odds or logarithms.
What a change nearby tells: the same score of the same rows, with all texts known by their day, for the towns around
them are of both halves; labels are of the first half alone.
The half-life: the rate at which, in the whole record of the first half, a side ceased to hold a town that it held.
How well such a fit does on towns that it has not seen is told by leaving out a third of the towns at a time.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from bench.control_record import PARTS, ROWS, SIDES, Row, crisis_of, read_changes, read_record, town_id
from bench.situation import fill
from tidings.assess import settings as numbers
from tidings.assess.ground import Ground
from tidings.assess.nearby import Bools, Nearby
from tidings.assess.opinions import Opinions
from tidings.assess.reconcile import UNKNOWN
from tidings.assess.settings import AssessSettings, entries, load_settings
from tidings.assess.sides import Sides
from tidings.assess.standings import Faded
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim
from tidings.evidence.ledger import Ledger
from tidings.evidence.lineage import Lineage, lineage_of
from tidings.evidence.report import Report

FITTED = Path(numbers.__file__).with_name("fitted.yaml")
PRIOR = {"stated": 0.9, "claimed": 0.75, "own_success": 0.5, "partial": 0.5, "left_to_heir": 0.7}
"""Values before the fit; those that are probabilities are moved on their log odds, the factors on their logarithm."""
NEARBY_PRIOR = {"nearby": 0.5, "nearby_km": 10.0}
FACTORS = frozenset({"own_success", "partial", "nearby_km"})
FOLDS = 3
WEIGHT = 0.1
"""Squared errors that a value counts that is one unit of log odds, or of a logarithm, from its value before the fit."""
NEARBY_WEIGHT = 0.01
"""The same for what a change nearby tells: the error on towns left out falls from .3 to .01, and is flat below."""
Numbers = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A row that is recorded with one holder, and what was public of its town by its day."""

    row: Row
    crisis: Crisis
    claims: tuple[Claim, ...]
    reports: tuple[Report, ...]
    lineage: Lineage

    @property
    def is_told(self) -> bool:
        """Whether anybody told who holds the town."""
        told = Opinions.of(self.crisis, self.claims, self.reports, self.row.day, self.lineage)
        return bool(told(town_id(self.row.town), "held_by").claims)

    def brier(self, settings: AssessSettings) -> float:
        """Return half the sum of squared errors over both sides and *unknown*."""
        told = Opinions.of(self.crisis, self.claims, self.reports, self.row.day, self.lineage, settings)
        odds = told(town_id(self.row.town), "held_by").odds
        return sum((odds.get(answer, 0.0) - (answer == self.row.holder)) ** 2 for answer in (*SIDES, UNKNOWN)) / 2


def cases(folder: Path) -> list[Case]:
    """Read the first half of the record and return its rows of one holder of which anything was told."""
    rows = [row for row in read_record(folder) if row.part == PARTS[0]]
    crisis = crisis_of(rows, folder)
    with tempfile.TemporaryDirectory() as name:
        ledger = Ledger.create(Path(name) / "ledger.db")
        fill(ledger, rows, crisis)
        view = ledger.as_of()
        lineage, claims = lineage_of(crisis, view), view.claims()
    told = (_case(row, rows, crisis, claims, lineage) for row in rows if row.holder)
    return [case for case in told if case.is_told]


def _case(row: Row, rows: Sequence[Row], crisis: Crisis, claims: Sequence[Claim], lineage: Lineage) -> Case:
    reports = tuple(each.report for each in rows if each.town == row.town and each.day <= row.day)
    known = {report.id for report in reports}
    of_town = tuple(claim for claim in claims if getattr(claim.source, "report", "") in known)
    return Case(row, crisis, of_town, reports, lineage)


def settings_of(x: Iterable[float]) -> AssessSettings:
    """Return the settings at a point of the search."""
    return load_settings().model_copy(update={name: _back(name, value) for name, value in zip(PRIOR, x, strict=True)})


def best(chosen: Sequence[Case]) -> np.ndarray[Any, Any]:
    """Return the point of least penalised error."""
    start = np.array([_forth(name, value) for name, value in PRIOR.items()])

    def loss(x: np.ndarray[Any, Any]) -> float:
        at = settings_of(x)
        return sum(case.brier(at) for case in chosen) + WEIGHT * float(((x - start) ** 2).sum())

    found = minimize(loss, start, method="Powell", options={"xtol": 0.02, "ftol": 1e-4, "maxfev": 400})
    return np.asarray(found.x, float)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The rows of a day, and the opinions on all places by then from what is told of each alone."""

    rows: tuple[Row, ...]
    crisis: Crisis
    control: Faded
    is_besieged: Bools
    sides: Sides
    settings: AssessSettings

    def briers(self, nearby: float, nearby_km: float) -> Iterator[tuple[Row, float]]:
        """Yield each row with half the sum of squared errors, what changed hands near its town weighed too."""
        rule = self.settings.model_copy(update={"nearby": nearby, "nearby_km": nearby_km})
        near = Nearby.of(self.crisis.geography, self.control, rule)
        moved = near.weigh(self.control, self.sides, self.is_besieged)
        for row in self.rows:
            odds = moved(town_id(row.town)).odds
            yield row, sum((odds.get(each, 0.0) - (each == row.holder)) ** 2 for each in (*SIDES, UNKNOWN)) / 2


def neighbourhoods(folder: Path, settings: AssessSettings) -> list[Neighbourhood]:
    """Read the whole record and return, by day, the rows of the first half of which anything was told."""
    rows = read_record(folder)
    crisis = crisis_of(rows, folder)
    found = []
    with tempfile.TemporaryDirectory() as name:
        ledger = Ledger.create(Path(name) / "ledger.db")
        fill(ledger, rows, crisis)
        for day, of_day in itertools.groupby(rows, key=lambda row: row.day):
            view = ledger.as_of(day)
            ground = Ground.of(crisis, view.claims(), view.reports(), lineage_of(crisis, view), settings)
            control = ground.faded("held_by", day)
            told = tuple(
                row for row in of_day if row.holder and row.part == PARTS[0] and control(town_id(row.town)).claims
            )
            if told:
                is_besieged = ground.besieged(control, day)
                found.append(Neighbourhood(told, crisis, control, is_besieged, ground.sides, settings))
    return found


def best_nearby(chosen: Sequence[Neighbourhood], fold: int | None = None) -> dict[str, float]:
    """Return the chance and the distance of least penalised error; without the towns of one fold."""
    start = np.array([_forth(name, value) for name, value in NEARBY_PRIOR.items()])

    def loss(x: np.ndarray[Any, Any]) -> float:
        at = [_back(name, each) for name, each in zip(NEARBY_PRIOR, x, strict=True)]
        errors = (error for day in chosen for row, error in day.briers(*at) if _fold(row) != fold)
        return sum(errors) + NEARBY_WEIGHT * float(((x - start) ** 2).sum())

    found = minimize(loss, start, method="Powell", options={"xtol": 0.02, "ftol": 1e-4, "maxfev": 120})
    return {name: round(_back(name, x), 3) for name, x in zip(NEARBY_PRIOR, found.x, strict=True)}


def half_life_days(folder: Path) -> tuple[float, int, float]:
    """Return the half-life of a side's hold on a town, how often one ended, and the town-days at risk."""
    ended, at_risk = 0, 0.0
    changes = [change for change in read_changes(folder) if change.part == PARTS[0]]
    last = max(change.day for change in changes)
    by_town: dict[str, list[Row]] = {}
    for change in changes:
        by_town.setdefault(change.town, []).append(change)
    for rows in by_town.values():
        for now, then in zip(rows, [*rows[1:], None], strict=True):
            if now.holder is not None:
                at_risk += ((then.day if then else last) - now.day).days
                ended += then is not None and then.holder != now.holder
    return math.log(2) * at_risk / ended, ended, at_risk


def fit(folder: Path) -> None:
    """Fit, print what was found and how it does on towns left out, and write fitted.yaml."""
    known = cases(folder)
    left_out = []
    for fold in range(FOLDS):
        found = settings_of(best([case for case in known if _fold(case.row) != fold]))
        left_out += [case.brier(found) for case in known if _fold(case.row) == fold]
    values = {name: round(_back(name, x), 3) for name, x in zip(PRIOR, best(known), strict=True)}
    fitted = load_settings().model_copy(update=values)
    within = [case.brier(fitted) for case in known]
    near = neighbourhoods(folder, fitted)
    values |= best_nearby(near)
    alone = _mean_brier(near, 0.0, NEARBY_PRIOR["nearby_km"])
    with_near = _mean_brier(near, values["nearby"], values["nearby_km"])
    unseen = [
        error for fold in range(FOLDS) for found in [best_nearby(near, fold)]
        for day in near for row, error in day.briers(**found) if _fold(row) == fold
    ]  # fmt: skip
    half_life, ended, at_risk = half_life_days(folder)
    values["control_half_life_days"] = round(half_life)
    print(f"{len(known)} rows; Brier score {np.mean(within):.3f} fitted, {np.mean(left_out):.3f} on towns left out")
    print(f"what is near: Brier score {alone:.3f} without, {with_near:.3f} with it, {np.mean(unseen):.3f} left out")
    print(f"a hold ended {ended} times in {at_risk:.0f} town-days")
    for name, value in values.items():
        print(f"{name:24} {value}")
    head = {
        "by": "python -m bench.situation --fit",
        "record": "control of towns in Ukraine, March to October 2022, first half of the towns",
        "source": "vi-enne/controlCitiesUkraine, after Wikipedia (CC BY-SA 3.0)",
        "sha256": hashlib.sha256((folder / ROWS).read_bytes()).hexdigest(),
        "rows": len(known),
        "towns": len({case.row.town for case in known}),
        "brier": round(float(np.mean(within)), 3),
        "brier_on_towns_left_out": round(float(np.mean(left_out)), 3),
        "brier_alone": round(alone, 3),
        "brier_with_nearby": round(with_near, 3),
        "brier_with_nearby_on_towns_left_out": round(float(np.mean(unseen)), 3),
        "holds_ended": ended,
        "town_days": round(at_risk),
    }
    FITTED.write_text(_document(head, values), encoding="utf-8")


def _mean_brier(days: Iterable[Neighbourhood], nearby: float, nearby_km: float) -> float:
    return float(np.mean([error for day in days for _, error in day.briers(nearby, nearby_km)]))


def _document(head: Mapping[str, object], values: Numbers) -> str:
    why = {name: entry["why"] for name, entry in entries().items()}
    told = {name: {"value": value, "why": why[name]} for name, value in values.items()}
    text = (
        "# Written by `python -m bench.situation --fit`: numbers that a record of control settled (docs/assess.md).\n"
    )
    return text + yaml.safe_dump({"fit": dict(head), **told}, sort_keys=False, allow_unicode=True, width=118)


def _fold(row: Row) -> int:
    return int(hashlib.sha256(f"fold {row.town}".encode()).hexdigest(), 16) % FOLDS


def _forth(name: str, value: float) -> float:
    return math.log(value) if name in FACTORS else math.log(value / (1 - value))


def _back(name: str, x: float) -> float:
    return math.exp(x) if name in FACTORS else 1 / (1 + math.exp(-x))
