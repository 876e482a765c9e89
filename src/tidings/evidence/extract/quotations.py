"""Quoted words of a report: spans between quotation marks, also where a paragraph leaves them open."""

from __future__ import annotations

import re
from functools import lru_cache

from tidings.evidence.extract.words import Document

MARK = re.compile(r"[\"“”„«»\n]")
OPENING, CLOSING = frozenset("“„«"), frozenset("”»")


@lru_cache(maxsize=2)
def quoted_spans(document: Document) -> tuple[tuple[int, int], ...]:
    """Return the spans of quoted words, marks left out.

    A quotation that a paragraph leaves open runs to the end of the paragraph, as in print, where the next
    paragraph opens its marks again.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> text = 'They "left", she said. "No food is left.\\n"No water either."'
    >>> [text[a:b] for a, b in quoted_spans(Document(Report(id="r", name="-", text=text)))]
    ['left', 'No food is left.', 'No water either.']
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in MARK.finditer(document.body):
        if mark.group() == "\n":
            _close_paragraph(document.body, opened, mark.start(), spans)
            opened = None
        elif opened is None and mark.group() not in CLOSING:
            opened = mark.end()
        elif opened is not None and mark.group() not in OPENING:
            spans.append((opened, mark.start()))
            opened = None
    _close_paragraph(document.body, opened, len(document.body), spans)
    return tuple((start, end) for start, end in spans if document.body[start:end].strip())


def _close_paragraph(text: str, opened: int | None, end: int, spans: list[tuple[int, int]]) -> None:
    if opened is not None and (opened < 2 or text[opened - 2].isspace()):
        spans.append((opened, end))
