"""One question alone: what its evidence stands for on a day, by the rule for many."""

import datetime as dt
from dataclasses import dataclass

from tidings.assess.columns import Columns
from tidings.assess.reconcile import UNKNOWN
from tidings.assess.standings import Standings


@dataclass(frozen=True)
class Standing:
    """An opinion as it stood on the last day on which anything was told."""

    odds: dict[str, float]
    last: dt.date
    since: dt.date | None
    claims: tuple[str, ...]
    shown: dt.date | None
    changed: dt.date | None


def standing(evidence, on, half_life_days):
    """Return what evidence on one question, told by a day, stands for before it fades."""
    columns = Columns.of([evidence], half_life_days, UNKNOWN)
    found, claims = columns.found([0], on), columns.claims(0, on)
    if not claims:
        return Standing({UNKNOWN: 1.0}, on, None, (), None, None)
    odds = dict(zip(columns.answers, found.odds[0].tolist(), strict=True))
    last, since, shown, changed = (
        dt.date.fromordinal(int(days[0])) if days[0] else None
        for days in (found.last, found.since, found.shown, found.changed)
    )
    return Standing(odds, last or on, since, claims, shown, changed)


def reconcile(evidence, on, half_life_days):
    """Return the opinion on a day from evidence on one question."""
    return Standings.of({"it": tuple(evidence)}, half_life_days).on(on)("it")
