"""What a renderer or an exporter may see: the only input of everything that leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tidings.core.errors import Problem
from tidings.crisis.crisis import Party
from tidings.evidence.claim import Claim
from tidings.evidence.lineage import ALONE, Lineage
from tidings.evidence.reading import Reading
from tidings.evidence.report import Report
from tidings.forecast.document import Forecast
from tidings.geography.graph import Geography
from tidings.situation.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """All that a brief is made of, cut to what its profile allows."""

    profile: str
    title: str
    countries: tuple[str, ...]
    geography: Geography
    parties: tuple[Party, ...]
    situation: Situation
    forecast: Forecast | None
    forecast_missing: tuple[Problem, ...]
    """Why there is no forecast: which file lacks what."""
    reports: tuple[Report, ...]
    readings: tuple[Reading, ...]
    """One a report, in the same order."""
    claims: tuple[Claim, ...]
    """In the order of day known, report and offset; without what a reviewer rejected, corrected where one corrected."""
    generated: dt.datetime
    code: str
    """Version of Tidings."""
    lineage: Lineage = ALONE
    """Which claims are copies or repeats, and which figures are replaced."""
    rejected: tuple[Claim, ...] = ()
    """Claims that a reviewer rejected: nothing rests on them, and a trace still finds them."""
