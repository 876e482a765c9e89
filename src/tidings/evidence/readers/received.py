"""What a reader is handed, and what all readers share in making a Report of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

from tidings.core.errors import InputError
from tidings.core.ids import ReportId, sha256_of
from tidings.evidence.extractors import languages_read
from tidings.evidence.readers.language import language_of
from tidings.evidence.report import Report

PART_DIGITS = 8
"""Of a report's id, at the end of the name of one of several reports in a file."""
OTHER_LANGUAGE = "the report is in another language than English"
"""How the warning begins of a report that cannot be read; the reading of the report tells it in its own words."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file as received: its name, or '-' for pasted text, and its bytes."""

    name: str
    content: bytes

    def part(self, content: bytes) -> Received:
        """Return one of several reports in it, by what is hashed for its id: the bytes or the content of its own.

        A feed or mailbox may grow: the name of a part, and its id, hang on nothing but the part.

        Examples
        --------
        >>> Received("news.xml", b"...").part(b"one entry").name
        'news.xml#f85a569f'
        """
        return Received(f"{self.name}#{sha256_of(content)[:PART_DIGITS]}", content)


def file_of(report: Report) -> str:
    """Return the name of the file that a report came in, which may hold others.

    Examples
    --------
    >>> part = Received("news.xml", b"...").part(b"one entry")
    >>> file_of(make_report(part, "Some text.", ()))
    'news.xml'
    """
    return report.name.removesuffix(f"#{report.id[:PART_DIGITS]}")


class Reader(Protocol):
    """One format: from bytes to the reports in them (a feed or a mailbox holds several)."""

    def __call__(self, received: Received, /) -> tuple[Report, ...]:
        """Return the reports, at least one; the same for the same bytes.

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
    if language is None or language in languages_read():
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
    """Put in what the user says about a report; it goes before what the file says, and a difference is told.

    Of several reports in a file it only fills in what one does not say: a feed's entries have days of their own.
    """
    if file_of(report) != report.name:
        return replace(report, published=report.published or published, publisher=report.publisher or publisher)
    warnings = report.warnings
    if published and report.published and published != report.published:
        warnings += (f"the file says that it was published on {report.published}; {published}, as given, is used",)
    return replace(
        report,
        published=published or report.published,
        publisher=publisher or report.publisher,
        warnings=warnings,
    )
