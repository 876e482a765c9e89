"""Documents, parties and places for the tests of the extractors; everything in them is invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tidings.core.ids import ReportId
from tidings.crisis.crisis import PartyKind
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import PartyRecord, PlaceRecord
from tidings.evidence.report import Report
from tidings.geography.places import PlaceKind

SHARED = Path(__file__).parents[4] / "shared"


def document_of(text: str) -> Document:
    """Cut a text as a report is cut."""
    return Document(Report(id=ReportId("test"), name="-", text=text))


def party(text: str, name: str, kind: PartyKind = "armed_group", *, identity: str | None = None) -> PartyRecord:
    """Return a party with all mentions of its name in a text."""
    return PartyRecord(
        id=identity or name.lower().replace(" ", "-"), name=name, kind=kind, mentions=_mentions(text, name)
    )


def place(text: str, name: str, kind: PlaceKind = "town") -> PlaceRecord:
    """Return a place with all mentions of its name in a text."""
    return PlaceRecord(id=name.lower(), name=name, kind=kind, mentions=_mentions(text, name))


def _mentions(text: str, name: str) -> tuple[tuple[int, int], ...]:
    return tuple((match.start(), match.end()) for match in re.finditer(re.escape(name), text))


def article() -> str:
    """Return the news report beside the repository; the test is skipped where there is none."""
    found = sorted((SHARED / "report").glob("*.txt"))
    if not found:
        pytest.skip("the report to try the product on is not beside the repository")
    return found[0].read_text(encoding="utf-8")
