"""What a reader is handed, and what all readers share in making a Report of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

from tidings.core.errors import InputError
from tidings.core.ids import ReportId, sha256_of
from tidings.evidence.readers.language import language_of
from tidings.evidence.report import Report

OTHER_LANGUAGE = "the report is in another language than English"
"""How the warning begins of a report that cannot be read; the reading of the report tells it in its own words."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file as received: its name, or '-' for pasted text, and its bytes."""

    name: str
    content: bytes


class Reader(Protocol):
    """One format: from bytes to the reports in them (a feed or a mailbox holds several)."""

    def __call__(self, received: Received) -> tuple[Report, ...]:
        """Return the reports.

        Raises
        ------
        InputError
            If the bytes are not of the format, or hold no text.
        """


def make_report(received: Received, text: str, furniture: tuple[tuple[int, int], ...]) -> Report:
    """Make a report of its text; the language is told from what is not furniture.

    Raises
    ------
    InputError
        If nothing but blanks and furniture is there.
    """
    report = Report(
        id=ReportId(sha256_of(received.content)), name=received.name, text=text, furniture=merge_spans(furniture)
    )
    body = report.body if furniture else text
    if not body.strip():
        raise no_text(received.name)
    language = language_of(body)
    if language in (None, "en"):
        return replace(report, language=language)
    warning = f"{OTHER_LANGUAGE} ('{language}'): nothing can be read from it"
    return replace(report, language=language, warnings=(warning,))


def no_text(name: str) -> InputError:
    """Return the error for what holds no text."""
    fix = "Hand in a report with text in it; pictures and scans must be typed or recognised first."
    return InputError(where=name, met="it holds no text", fix=fix)


def merge_spans(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Sort spans and join those that touch or overlap.

    Examples
    --------
    >>> merge_spans(((8, 9), (0, 3), (2, 5)))
    ((0, 5), (8, 9))
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def dated(report: Report, published: dt.date | None, publisher: str | None) -> Report:
    """Put in what the user says about a report; it goes before what the file says, and a difference is told."""
    warnings = report.warnings
    if published and report.published and published != report.published:
        warnings += (f"the file says that it was published on {report.published}; {published}, as given, is used",)
    return replace(
        report,
        published=published or report.published,
        publisher=publisher or report.publisher,
        warnings=warnings,
    )
