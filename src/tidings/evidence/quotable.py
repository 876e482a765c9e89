"""Reports and tables as they may be quoted: names of private persons crossed out, every offset as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tidings.crisis.crisis import Crisis
from tidings.crisis.tables import BULLETINS
from tidings.evidence.extract.withheld import find_withheld, shown_report, shown_reports
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import PartyRecord, PlaceRecord, Reading, Span
from tidings.evidence.report import Report
from tidings.evidence.tables import STATES, is_table
from tidings.geography.places import Crossing, Place


def quotable_reports(crisis: Crisis, reports: Sequence[Report], readings: Sequence[Reading]) -> tuple[Report, ...]:
    """Return reports as they may be quoted: a text by its reading, the notes of a table by the same rules.

    Of tables of events the ledger keeps no column that tells of private persons.

    Parameters
    ----------
    crisis
        Names of its places and parties stay.
    readings
        Of the reports that are no tables.
    """
    shown = shown_reports(reports, readings)
    return tuple(_quotable_table(crisis, report) if _is_written_by_hand(report) else report for report in shown)


def _is_written_by_hand(report: Report) -> bool:
    header = report.text.lstrip("\ufeff \r\n").split("\n", 1)[0]
    kinds = (STATES.required, BULLETINS.required)
    return is_table(report.name) and any(all(column in header for column in required) for required in kinds)


def _quotable_table(crisis: Crisis, report: Report) -> Report:
    geography = crisis.geography
    entries: tuple[Place | Crossing, ...] = (*geography.places, *geography.crossings)
    named = [(each.id, (each.name, *each.other_names)) for each in entries]
    places = [
        PlaceRecord(id=key, name=names[0], kind=None, mentions=spans)
        for key, names in named
        if (spans := _found(report.text, names))
    ]
    parties = [
        PartyRecord(id=party.id, name=party.name, kind=party.kind, mentions=spans)
        for party in crisis.parties
        if (spans := _found(report.text, (party.name, *party.other_names)))
    ]
    return shown_report(report, find_withheld(Document(report), parties, places))


def _found(text: str, names: Iterable[str]) -> tuple[Span, ...]:
    """Return where any of several names stands as words of their own."""
    there = [name for name in names if name and name in text]
    if not there:
        return ()
    pattern = "|".join(re.escape(name) for name in sorted(there, key=len, reverse=True))
    return tuple(found.span() for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text))
