"""Everything a brief is made of, gathered from one crisis folder's values and cut to a profile."""

from __future__ import annotations

import datetime as dt

from tidings.core.errors import Problem
from tidings.crisis.crisis import Crisis
from tidings.evidence.ledger import View
from tidings.evidence.lineage import Lineage, lineage_of
from tidings.evidence.quotable import quotable_reports
from tidings.forecast.document import Forecast
from tidings.release.profiles import release
from tidings.release.released import Released
from tidings.situation.situation import Situation


def gather(
    crisis: Crisis,
    view: View,
    situation: Situation,
    forecast: Forecast | None,
    forecast_missing: tuple[Problem, ...],
    *,
    profile: str,
    generated: dt.datetime,
    code: str,
    lineage: Lineage | None = None,
) -> Released:
    """Return what a profile lets through of a crisis as known in one view.

    Parameters
    ----------
    lineage
        `lineage_of(crisis, view)`, where it is at hand.

    Raises
    ------
    InputError
        If the profile is refused.
    """
    claims = view.claims()
    kept = {claim.id for claim in claims}
    everything = Released(
        profile=profile,
        title=crisis.settings.title,
        countries=crisis.settings.countries,
        geography=crisis.geography,
        parties=crisis.parties,
        situation=situation,
        forecast=forecast,
        forecast_missing=forecast_missing,
        reports=quotable_reports(crisis, view.reports(), view.readings()),
        readings=view.readings(),
        claims=claims,
        rejected=tuple(claim for claim in view.claims(reviewed=False) if claim.id not in kept),
        generated=generated,
        code=code,
        lineage=lineage or lineage_of(crisis, view),
    )
    return release(everything, profile)
