"""Plain text: the text is the decoded file, unchanged; furniture is marked, not cut."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tidings.evidence.readers.dates import FoundDay, dateline_day, dateline_end, first_day, heading_day, is_only_day
from tidings.evidence.readers.encoding import decode
from tidings.evidence.readers.formats import Format
from tidings.evidence.readers.furniture import Span, furniture_spans, is_furniture, lexicon, lines_of
from tidings.evidence.readers.mail import holds_address, read_mail
from tidings.evidence.readers.received import Received, make_report
from tidings.evidence.report import Report

HEAD_LINES = 12
"""Lines at the top among which a date and a publisher are looked for."""
MAX_TITLE = 160
"""Characters of a headline."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a text say about it."""

    title: str | None = None
    """The subject of an e-mail; None in all other texts."""
    published: dt.date | None = None
    publisher: str | None = None
    furniture: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()


def read_text(received: Received) -> tuple[Report, ...]:
    """Read a plain text.

    Raises
    ------
    InputError
        If the bytes are not text, or hold none.

    Examples
    --------
    >>> content = b"Road reopens\\nPublished: 8 February 2016\\n\\nTrucks reach the town again."
    >>> report, = read_text(Received("-", content))
    >>> report.title, report.published, report.furniture
    ('Road reopens', datetime.date(2016, 2, 8), ((13, 39),))
    """
    text, warnings = decode(received.content, received.name, as_it_is=True)
    return (report_of_text(received, text, warnings=warnings),)


def report_of_text(
    received: Received, text: str, furniture: Sequence[Span] = (), warnings: Sequence[str] = ()
) -> Report:
    """Return the report of a text that was found in a file, with what its first lines tell.

    Parameters
    ----------
    furniture, warnings
        What the reader of the file knows already.

    Raises
    ------
    InputError
        If it holds nothing but blanks and furniture.
    """
    head = read_head(text)
    report = make_report(received, text, (*furniture, *head.furniture, *furniture_spans(text)))
    return replace(
        report,
        title=head.title or title_of(text, report.furniture),
        published=head.published,
        publisher=head.publisher,
        warnings=(*warnings, *head.warnings, *report.warnings),
    )


def read_head(text: str) -> Head:
    """Read title, day and publisher from the first lines: e-mail heads, labelled lines, datelines, headings.

    A day that the text tells as its own goes before that of an e-mail, and this before one in a heading.
    """
    mail = read_mail(text)
    days: dict[str, dt.date] = {}
    publisher: str | None = None
    furniture: list[Span] = [*mail.furniture]
    warnings: list[str] = []
    for start, end in _head_lines(text, mail.furniture):
        line = text[start : min(end, start + 300)]
        kind, value = _labelled(line)
        if kind == "publisher" and not holds_address(value):
            publisher = publisher or value
        kind, found = _dated_line(kind, value, line)
        warnings += _note(found, value, days, kind)
        if kind in ("published", "updated", "publisher"):
            furniture.append((start, end))
    if mail.sent:
        warnings += _note(first_day(mail.sent), mail.sent, days, "sent")
    published = next((days[kind] for kind in ("published", "", "updated", "sent", "heading") if kind in days), None)
    return Head(mail.title, published, publisher, (*furniture, *_datelines(text)), tuple(warnings))


def _head_lines(text: str, mail: Sequence[Span]) -> list[Span]:
    """Return the lines at the top, those of an e-mail's head left out."""
    marked = set(mail)
    return [span for span in lines_of(text[:20_000])[: HEAD_LINES + len(marked)] if span not in marked][:HEAD_LINES]


def _dated_line(kind: str, value: str, line: str) -> tuple[str, FoundDay | None]:
    """Return what kind of line dates the report, and its day."""
    if kind in ("published", "updated"):
        return kind, first_day(value)
    found = dateline_day(line)
    if found is None and not kind and len(line) <= MAX_TITLE:
        return "heading", heading_day(line, lexicon().documents)
    return kind, found


def _note(found: FoundDay | None, told: str, days: dict[str, dt.date], kind: str) -> list[str]:
    """Put a day among those found; returns a warning where its words can mean two days."""
    if found is not None and found.day is None:
        return [f"the date '{told[found.start : found.end]}' can mean two days: it was not used"]
    if found is not None and found.day:
        days.setdefault(kind, found.day)
    return []


def _datelines(text: str) -> list[Span]:
    """Return the datelines of the first lines; a place's name alone only where no other line begins so."""
    found = [(start, *dateline_end(text[start:end])) for start, end in lines_of(text[:20_000])]
    bare = [start for start, last, is_bare in found if last and is_bare]
    told = [(start, start + last) for start, last, is_bare in found[:HEAD_LINES] if last and not is_bare]
    if told or len(bare) != 1:
        return told[:1]
    return [(start, start + last) for start, last, is_bare in found[:HEAD_LINES] if is_bare]


def title_of(text: str, furniture: tuple[Span, ...]) -> str | None:
    """Return the first line where it looks like a headline: short, no sentence, and followed by a longer one.

    Examples
    --------
    >>> title_of("Road reopens\\n\\nTrucks have reached the town again, the mayor's office said.", ())
    'Road reopens'
    >>> title_of("Trucks have reached the town again.\\nMore will follow on Monday.", ()) is None
    True
    """
    marked = set(furniture)
    spans = [span for span in lines_of(text[:20_000])[:HEAD_LINES] if span not in marked]
    if len(spans) < 2:
        return None
    line = text[slice(*spans[0])].lstrip("#*=> ").rstrip("*= ")
    is_short = len(line.split()) >= 2 and len(line) <= MAX_TITLE
    is_sentence = re.search(r"[.!…,;:][\"”’')]*$", line) is not None
    longest = max(end - start for start, end in spans[1:4])
    is_other = is_furniture(line) or holds_address(line)
    return line if is_short and not is_sentence and longest > len(line) and not is_other else None


def _labelled(line: str) -> tuple[str, str]:
    """Return the kind of a head line (published, updated, publisher; empty for others) and its value."""
    if len(line) < 100 and is_only_day(line):
        return "published", line
    patterns = lexicon()
    found = patterns.labels.fullmatch(line) if len(line) < 200 else None
    plain = patterns.days.fullmatch(line) if not found and len(line) < 80 else None
    found = plain if plain and is_only_day(plain["value"]) else found
    if not found:
        return "", line
    label, value = found["label"].lower(), found["value"]
    if label in patterns.publishers:
        return "publisher", value
    return ("updated" if label in patterns.updates else "published", value) if first_day(value) else ("", line)


FORMAT = Format("text", (".txt", ".text", ".md"), lambda content: False, read_text)
"""Knows no bytes by their beginning: it takes what is left."""
