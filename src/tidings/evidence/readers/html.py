"""Web pages: the paragraphs in order, menus and the like marked as furniture; nothing is run and nothing fetched."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tidings.evidence.readers.blocks import Block, blocks_of
from tidings.evidence.readers.encoding import decode, decode_declared
from tidings.evidence.readers.formats import Format
from tidings.evidence.readers.furniture import Span, furniture_spans, is_furniture
from tidings.evidence.readers.received import Received, make_report, no_text
from tidings.evidence.readers.text import read_head
from tidings.evidence.report import Report

_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}charset|\?xml[^>]{0,100}encoding)\s*=\s*["']?\s*([\w-]{2,40})""", re.I)
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LAST_DAY = "2199-12-31"
_BEGINS = re.compile(
    r"\A[\s\ufeff]*(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|article|main|div|section|p|meta|title|table|h1)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(content: bytes) -> bool:
    """Tell whether bytes begin as a web page does.

    Examples
    --------
    >>> looks_like_html(b"<!DOCTYPE html><p>Hello"), looks_like_html(b"Troops <5 km away")
    (True, False)
    """
    return _BEGINS.match(content[:8000].replace(b"\x00", b"").decode("latin-1").lstrip("ÿþï»¿")) is not None


def read_html(received: Received) -> tuple[Report, ...]:
    """Read a web page saved as a file.

    Raises
    ------
    InputError
        If the page holds no text.
    """
    page, warnings = _decode_page(received)
    return (report_of_markup(received, page, warnings=warnings),)


def report_of_markup(
    received: Received, markup: str, *, is_article: bool = False, warnings: Sequence[str] = ()
) -> Report:
    """Return the report of a page, or of the HTML of a message or a feed's entry.

    Parameters
    ----------
    is_article
        Nothing is around it, as menus are around a page: only what tells itself to be furniture is.
    warnings
        What the reader of the file knows already.

    Raises
    ------
    InputError
        If it holds no text.
    """
    tree = _parse(markup, received.name)
    blocks = blocks_of(tree)
    if not blocks:
        raise no_text(received.name)
    if is_article:
        blocks = tuple(Block(block.text, is_furniture(block.text)) for block in blocks)
    text, spans = _joined(blocks)
    head = read_head(text)
    report = make_report(received, text, (*spans, *head.furniture, *furniture_spans(text)))
    return replace(
        report,
        title=_title(tree),
        publisher=_meta(tree, "og:site_name") or head.publisher,
        published=(None if is_article else _published(tree)) or head.published,
        warnings=(*warnings, *head.warnings, *report.warnings),
    )


def _decode_page(received: Received) -> tuple[str, tuple[str, ...]]:
    """Decode by the byte order mark, else as the page declares, else by its bytes."""
    content = received.content
    declared = _DECLARED.search(content[:4000])
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or not declared:
        return decode(content, received.name)
    return decode_declared(content, declared[1].decode("ascii"), received.name)


def _parse(page: str, name: str) -> Any:
    from lxml import etree, html

    cleaned = _NOT_XML.sub(" ", _XML_HEAD.sub("", page))
    try:
        return html.document_fromstring(
            cleaned, parser=html.HTMLParser(no_network=True, remove_comments=True, huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise no_text(name) from None


def _joined(blocks: Sequence[Block]) -> tuple[str, tuple[Span, ...]]:
    """Join paragraphs by blank lines; returns the text and the spans of furniture."""
    spans: list[Span] = []
    position = 0
    for block in blocks:
        if block.is_furniture:
            spans.append((position, position + len(block.text)))
        position += len(block.text) + 2
    return "\n\n".join(block.text for block in blocks), tuple(spans)


def _title(tree: Any) -> str | None:
    headings = {heading.tag: " ".join(heading.text_content().split()) for heading in [*tree.iter("h1", "title")][::-1]}
    return _meta(tree, "og:title") or headings.get("h1") or headings.get("title") or None


def _meta(tree: Any, name: str) -> str | None:
    for meta in tree.iter("meta"):
        if name in (meta.get("property"), meta.get("name")) and (meta.get("content") or "").strip():
            return " ".join(str(meta.get("content")).split())
    return None


def _published(tree: Any) -> dt.date | None:
    """Return the day of first publication as the page's own marks tell it; never a guess from its address."""
    from htmldate import find_date

    found = find_date(tree, original_date=True, extensive_search=False, max_date=_LAST_DAY)
    return dt.date.fromisoformat(found) if found else None


FORMAT = Format("HTML", (".html", ".htm", ".xhtml"), looks_like_html, read_html)
