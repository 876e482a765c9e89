"""What on a page is not its report: share bars, comment counts, credits, the lines that date and sign it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidings.core.packaged import packaged_yaml

MAX_LINE = 200
"""Characters: longer lines are looked at for credits only."""
MAX_ANYWHERE = 400

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The patterns of furniture.yaml for one language, compiled."""

    lines: re.Pattern[str]
    anywhere: re.Pattern[str]
    credits: re.Pattern[str]
    labels: re.Pattern[str]
    days: re.Pattern[str]
    """A label and a day without a colon: 'Published 19 November 2031'."""
    """Of head lines: group `label`, then `value`."""
    dates: tuple[str, ...]
    updates: tuple[str, ...]
    publishers: tuple[str, ...]
    documents: re.Pattern[str]
    """Words of a heading that name a kind of report."""


@cache
def lexicon(language: str = "en") -> Lexicon:
    """Load the patterns of a language."""
    entries: dict[str, Any] = packaged_yaml("tidings.evidence.readers", "furniture.yaml")[language]
    sites = "|".join(entries["sites"])
    labels = [*entries["dates"], *entries["updates"], *entries["publishers"]]
    by_length = sorted(labels, key=len, reverse=True)
    return Lexicon(
        lines=_any(pattern.replace("{site}", sites) for pattern in entries["lines"]),
        anywhere=_any(entries["anywhere"]),
        credits=_any(entries["credits"]),
        labels=re.compile(rf"(?P<label>{'|'.join(by_length)})\s*[:：]\s*(?P<value>\S.*)", re.IGNORECASE),
        days=re.compile(rf"(?P<label>{'|'.join(by_length)}) (?:on )?(?P<value>\S.*)", re.IGNORECASE),
        dates=tuple(entries["dates"]),
        updates=tuple(entries["updates"]),
        publishers=tuple(entries["publishers"]),
        documents=re.compile(rf"(?<!\w)(?:{'|'.join(entries['documents'])})(?!\w)", re.IGNORECASE),
    )


def furniture_spans(text: str) -> tuple[Span, ...]:
    """Return the spans of a text that are furniture, in order; they do not overlap within one kind.

    Examples
    --------
    >>> text = "Troops left the town.\\n(Additional reporting by our staff in the capital)\\nShare on Facebook"
    >>> [text[start:end] for start, end in furniture_spans(text)]
    ['(Additional reporting by our staff in the capital)', 'Share on Facebook']
    """
    patterns = lexicon()
    lines = [span for span in lines_of(text) if is_furniture(text[span[0] : span[1]])]
    return tuple(sorted({*lines, *((m.start(), m.end()) for m in patterns.credits.finditer(text))}))


def is_furniture(line: str) -> bool:
    """Tell whether a line, without the blanks around it, is furniture.

    Examples
    --------
    >>> is_furniture("12 comments"), is_furniture("Shelling killed 12 people")
    (True, False)
    """
    patterns = lexicon()
    if len(line) <= MAX_LINE and patterns.lines.fullmatch(line):
        return True
    return len(line) <= MAX_ANYWHERE and patterns.anywhere.search(line) is not None


def lines_of(text: str) -> list[Span]:
    """Return the spans of the lines that are not blank, without the blanks around them."""
    spans = []
    first = 0
    for line in text.split("\n"):
        told = line.strip()
        if told:
            start = first + len(line) - len(line.lstrip())
            spans.append((start, start + len(told)))
        first += len(line) + 1
    return spans


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(joined, re.IGNORECASE | re.MULTILINE)
