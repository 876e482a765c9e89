"""Who told each claim and when, in a few words: what stands behind a value on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

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


@dataclass(frozen=True)
class Tellings(Mapping[str, Telling]):
    """Who told what is in a view, by the id of the claim: found for the claims that are asked for."""

    crisis: Crisis
    view: View

    def __getitem__(self, claim_id: str) -> Telling:
        return Telling(self._who(self._claims[claim_id]), self.day(claim_id))

    def __contains__(self, claim_id: object) -> bool:
        return claim_id in self._claims

    def __iter__(self) -> Iterator[str]:
        return iter(self._claims)

    def __len__(self) -> int:
        return len(self._claims)

    def day(self, claim_id: str) -> dt.date:
        """Return the day on which a claim was known, for which nobody needs to know who told it."""
        return day_known(self._claims[claim_id].known_at)

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {str(claim.id): claim for claim in self.view.claims()}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {party.id: party.name for party in self.crisis.parties}

    @cached_property
    def _found(self) -> dict[str, tuple[Report | None, Mapping[tuple[str, str], str]]]:
        """By report that was asked for: as it may be quoted, and whom its words name as speakers."""
        return {}

    def _who(self, claim: Claim) -> str:
        if isinstance(claim.source, Reviewer):
            return claim.source.name
        report, told = self._report(claim.source.report)
        outlet = (report.publisher or report.title or report.name) if report else "a report"
        said = ", ".join(self._names.get(speaker, speaker) for speaker in claim.speakers) or speaker_told(claim, told)
        return f"{said}, in {outlet}" if said and said != outlet else outlet

    def _report(self, report_id: str) -> tuple[Report | None, Mapping[tuple[str, str], str]]:
        if report_id not in self._found:
            report, readings = self.view.report(report_id), self.view.readings(report_id)
            shown = quotable_reports(self.crisis, (report,), readings)[0] if report else None
            self._found[report_id] = shown, speakers_told(readings)
        return self._found[report_id]


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
    day = tellings.day if isinstance(tellings, Tellings) else lambda claim: tellings[claim].day
    known = sorted((claim for claim in claims if claim in tellings), key=day, reverse=True)
    ordered = (*known, *(claim for claim in claims if claim not in tellings))
    groups: dict[str, list[str]] = {}
    for claim in ordered[:most]:
        telling = tellings.get(claim)
        teller = f"{telling.who} {telling.day}: " if telling else ""
        groups.setdefault(teller, []).append(claim)
    more = f"; and {len(ordered) - most} more" if len(ordered) > most else ""
    return "; ".join(f"{teller}{', '.join(ids)}" for teller, ids in groups.items()) + more
