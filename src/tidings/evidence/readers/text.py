"""Plain text: the text is the decoded file, unchanged; furniture is marked, not cut."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from tidings.evidence.readers.dates import dateline_day, first_day, is_only_day
from tidings.evidence.readers.encoding import decode
from tidings.evidence.readers.furniture import Span, furniture_spans, is_furniture, lexicon, lines_of
from tidings.evidence.readers.received import Received, make_report
from tidings.evidence.report import Report

HEAD_LINES = 12
"""Lines at the top among which a date and a publisher are looked for."""
MAX_TITLE = 160
"""Characters of a headline."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a text say about it."""

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
    text, warnings = decode(received.content, received.name)
    head = read_head(text)
    report = make_report(received, text, (*head.furniture, *furniture_spans(text)))
    return (
        replace(
            report,
            title=title_of(text, report.furniture),
            published=head.published,
            publisher=head.publisher,
            warnings=(*warnings, *head.warnings, *report.warnings),
        ),
    )


def read_head(text: str) -> Head:
    """Read the date and the publisher from the first lines: labelled lines, lines of a date alone, datelines."""
    days: dict[str, dt.date] = {}
    publisher: str | None = None
    furniture: list[Span] = []
    warnings: list[str] = []
    for start, end in lines_of(text[:20_000])[:HEAD_LINES]:
        line = text[start : min(end, start + 300)]
        kind, value = _labelled(line)
        if kind == "publisher":
            publisher = publisher or value
        found = first_day(value) if kind in ("published", "updated") else dateline_day(line)
        if found is not None and found.day is None:
            warnings.append(f"the date '{value[found.start : found.end]}' can mean two days: it was not used")
        elif found is not None and found.day:
            days.setdefault(kind, found.day)
        if kind:
            furniture.append((start, end))
    published = days.get("published") or days.get("") or days.get("updated")
    return Head(published, publisher, tuple(furniture), tuple(warnings))


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
    line = text[slice(*spans[0])].lstrip("#*= ").rstrip("*= ")
    is_short = len(line.split()) >= 2 and len(line) <= MAX_TITLE
    is_sentence = re.search(r"[.!…,;:][\"”’')]*$", line) is not None
    longest = max(end - start for start, end in spans[1:4])
    return line if is_short and not is_sentence and longest > len(line) and not is_furniture(line) else None


def _labelled(line: str) -> tuple[str, str]:
    """Return the kind of a head line (published, updated, publisher; empty for others) and its value."""
    if len(line) < 100 and is_only_day(line):
        return "published", line
    patterns = lexicon()
    found = patterns.labels.fullmatch(line) if len(line) < 200 else None
    if not found:
        return "", line
    label, value = found["label"].lower(), found["value"]
    if label in patterns.publishers:
        return "publisher", value
    return ("updated" if label in patterns.updates else "published", value) if first_day(value) else ("", line)
