"""A page cut into its paragraphs, each judged by justext's measures: text, or menus and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tidings.evidence.readers.furniture import is_furniture

_ASIDE = re.compile(r"\.(?:nav|footer|aside|form|button|select|menu)(?:\.|$)")
_OF_ARTICLE = re.compile(r"\.(?:article|main)\.(?:.*\.)?p$|\.h1$")
_DROPPED = frozenset({
    "head", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas",
    "audio", "video",
})  # fmt: skip
_BREAKS = frozenset({
    "address", "article", "aside", "body", "blockquote", "br", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody",
    "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
MAX_DEPTH = 60
"""Elements of the path to a paragraph that are kept: enough to know where it stands."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page."""

    text: str
    is_furniture: bool


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read; justext's measures are those of its own class of that name."""

    path: str
    parts: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


def blocks_of(tree: Any) -> tuple[Block, ...]:
    """Cut a parsed page into paragraphs.

    Parameters
    ----------
    tree
        The root element, as lxml parses it.
    """
    paragraphs = [(paragraph, text) for paragraph in _paragraphs(tree) if (text := paragraph.text)]
    classes = [_measure(paragraph, text) for paragraph, text in paragraphs]
    kept = _kept(classes)
    judged = zip(paragraphs, kept, strict=True)
    blocks = tuple(_block(paragraph, text, is_kept) for (paragraph, text), is_kept in judged)
    if all(block.is_furniture for block in blocks):  # short notes and other languages have no running English
        return tuple(Block(block.text, is_furniture(block.text)) for block in blocks)
    return blocks


def _paragraphs(tree: Any) -> Iterator[_Paragraph]:
    """Walk the page without recursion, so that no depth of elements can break it."""
    from lxml.etree import iterwalk

    path: list[str] = []
    links = dropped = 0
    current = _Paragraph("")
    for event, element in iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        step = 1 if event == "start" else -1
        links += step * (tag == "a")
        dropped += step * (tag in _DROPPED or not tag)
        if event == "start":
            path.append(tag)
        else:
            path.pop()
        if tag in _BREAKS:
            yield current
            current = _Paragraph("." + ".".join(path[:MAX_DEPTH]))
        text = element.text if event == "start" else element.tail
        if text and not dropped:
            current.parts.append(text)
            current.linked += len(text.strip()) if links else 0
    yield current


def _measure(paragraph: _Paragraph, text: str) -> str:
    """Return justext's class of a paragraph by itself: good, neargood, short or bad (its default thresholds)."""
    words = text.lower().split()
    density = sum(word in _stop_words() for word in words) / len(words)
    if paragraph.linked > 0.2 * len(text) or "\u00a9" in text:
        return "bad"
    if len(text) < 70:
        return "bad" if paragraph.linked else "short"
    if density < 0.3:
        return "bad"
    return "good" if density >= 0.32 and len(text) > 200 else "neargood"


def _block(paragraph: _Paragraph, text: str, is_kept: bool) -> Block:
    if _ASIDE.search(paragraph.path) or is_furniture(text):
        return Block(text, True)
    # headlines, and paragraphs of an article without links, are text however short: last sentences often are
    is_of_article = _OF_ARTICLE.search(paragraph.path) is not None and not paragraph.linked
    return Block(text, not (is_kept or is_of_article))


def _kept(classes: Sequence[str]) -> list[bool]:
    """Judge short and doubtful paragraphs by their neighbours: justext's rule, in one pass each way.

    justext itself looks for each paragraph's neighbours anew, which takes hours on a page of many short ones.
    """
    neighbours = zip(_nearest(classes), reversed(_nearest(classes[::-1])), strict=True)
    return [
        kind == "good" or (kind == "neargood" and "good" in sides) or (kind == "short" and sides == ("good", "good"))
        for kind, sides in zip(classes, neighbours, strict=True)
    ]


def _nearest(classes: Sequence[str]) -> list[str]:
    """Return for each paragraph the class of the last sure one before it."""
    found, last = [], "bad"
    for kind in classes:
        found.append(last)
        last = kind if kind in ("good", "bad") else last
    return found


@cache
def _stop_words() -> frozenset[str]:
    import justext

    return frozenset(word.lower() for word in justext.get_stoplist("English"))
