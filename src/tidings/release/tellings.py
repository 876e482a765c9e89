"""Who told each claim and when, in a few words: what stands behind a value on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tidings.core.dates import day_known
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, Reviewer
from tidings.evidence.ledger import View
from tidings.evidence.quotable import quotable_reports
from tidings.evidence.quoting import speaker_told, speakers_told
from tidings.evidence.report import Report


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim's teller and the day on which it was known."""

    who: str
    """Who says it, and the outlet that relays it."""
    day: dt.date


def tellings_of(crisis: Crisis, view: View) -> dict[str, Telling]:
    """Return who told what is in a view, by the id of the claim."""
    names = {party.id: party.name for party in crisis.parties}
    readings = view.readings()
    reports = {str(report.id): report for report in quotable_reports(crisis, view.reports(), readings)}
    told = speakers_told(readings)
    return {
        str(claim.id): Telling(_who(claim, names, reports, told), day_known(claim.known_at)) for claim in view.claims()
    }


def _who(
    claim: Claim, names: Mapping[str, str], reports: Mapping[str, Report], told: Mapping[tuple[str, str], str]
) -> str:
    if isinstance(claim.source, Reviewer):
        return claim.source.name
    report = reports.get(claim.source.report)
    outlet = (report.publisher or report.title or report.name) if report else "a report"
    said = ", ".join(names.get(speaker, speaker) for speaker in claim.speakers) or speaker_told(claim, told)
    return f"{said}, in {outlet}" if said and said != outlet else outlet


def told_words(claims: Collection[str], tellings: Mapping[str, Telling], most: int) -> str:
    """Say who told claims, the newest first, by teller and day, each with its id.

    Parameters
    ----------
    most
        Claims that are named.

    Examples
    --------
    >>> told_words(["c1", "c2"], {"c1": Telling("Herald", dt.date(2031, 3, 1))}, most=3)
    'Herald 2031-03-01: c1; c2'
    """
    known = sorted(
        (claim for claim in claims if claim in tellings), key=lambda claim: tellings[claim].day, reverse=True
    )
    ordered = (*known, *(claim for claim in claims if claim not in tellings))
    groups: dict[str, list[str]] = {}
    for claim in ordered[:most]:
        teller = f"{tellings[claim].who} {tellings[claim].day}: " if claim in tellings else ""
        groups.setdefault(teller, []).append(claim)
    more = f"; and {len(ordered) - most} more" if len(ordered) > most else ""
    return "; ".join(f"{teller}{', '.join(ids)}" for teller, ids in groups.items()) + more
