"""Feeds saved as files (RSS, Atom, RDF): each entry a report of its own; nothing is fetched, no entity expanded."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from tidings.core.errors import InputError
from tidings.evidence.readers.formats import Format
from tidings.evidence.readers.html import report_of_markup
from tidings.evidence.readers.mail import holds_address
from tidings.evidence.readers.parts import read_parts
from tidings.evidence.readers.received import Received
from tidings.evidence.report import Report

MAX_BYTES = 30_000_000
_BEFORE_ROOT = (
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,300}\?>\s*)?"
    rb"(?:(?:<!--(?:(?!-->).){0,5000}-->|<\?[^>]{0,1000}\?>)\s*)*"
)
_ROOT = re.compile(
    _BEFORE_ROOT + rb"(?:<!DOCTYPE\s+(?:rss|rdf)[^>\[]{0,300}>\s*)?<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]", re.I | re.S
)
_ENTITIES = re.compile(rb"<!(?:ENTITY|ELEMENT|ATTLIST|DOCTYPE[^>]*\[)", re.IGNORECASE)
_ENDLESS = re.compile(rb"<[^<>]{65536}")
"""A tag with more attributes than any feed has: the library takes hours for some of them."""
_ISO_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry says, as the file has it."""

    title: str
    day: str
    markup: str
    is_text: bool

    def hashed(self) -> bytes:
        """Return what the id of its report is hashed from: title, day and content, and nothing of the feed."""
        content = {"title": self.title, "published": self.day, "content": self.markup}
        return json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8", errors="surrogatepass")


def looks_like_feed(content: bytes) -> bool:
    """Tell whether bytes begin as a feed does.

    Examples
    --------
    >>> looks_like_feed(b'<?xml version="1.0"?><rss version="2.0"><channel>'), looks_like_feed(b"<html><feed>")
    (True, False)
    """
    return _ROOT.match(content[:20_000].replace(b"\x00", b"").lstrip(b"\xff\xfe")) is not None


def read_feed(received: Received) -> tuple[Report, ...]:
    """Read the entries of a feed, as far as the file has their text; those without text are told and left out.

    The id of an entry's report hangs on its title, day and content alone: it is the same when the feed has grown, and
    in another feed.

    Raises
    ------
    InputError
        If it is no feed, declares entities, is too large, or no entry in it holds text.
    """
    _refuse(received)
    feed = _parsed(received)
    entries = {entry.hashed(): entry for entry in map(_entry, feed.entries)}
    publisher = _publisher(feed.feed)
    return read_parts(
        received,
        entries,
        read=lambda part: _report(part, entries[part.content], publisher),
        called=lambda content: entries[content].title,
    )


def _refuse(received: Received) -> None:
    fix = "Save the feed again from its publisher, or hand in its reports one by one."
    if len(received.content) > MAX_BYTES:
        met = f"the feed has more than {MAX_BYTES // 1_000_000} MB"
        raise InputError(where=received.name, met=met, fix=fix)
    if not looks_like_feed(received.content):
        raise InputError(where=received.name, met="this XML file is no feed (RSS, Atom or RDF)", fix=fix)
    if _ENDLESS.search(received.content):
        raise InputError(where=received.name, met="the feed is damaged: a tag in it does not end", fix=fix)
    if _ENTITIES.search(received.content.replace(b"\x00", b"")):
        met = "the feed declares entities or a document type of its own, as no publisher's does"
        raise InputError(where=received.name, met=met, fix=fix)


def _parsed(received: Received) -> Any:
    """Parse from memory: the library fetches only what it is given by address."""
    import feedparser

    try:
        feed = feedparser.parse(BytesIO(received.content), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it survives most damage; on the rest it fails in many ways
        met = f"the feed is damaged ({type(error).__name__})"
        raise InputError(where=received.name, met=met, fix="Save it again from its publisher.") from None
    if not feed.entries:
        met = "the feed is damaged: no entry is found" if feed.bozo else "the feed has no entries"
        raise InputError(where=received.name, met=met, fix="Save it again when it has some.")
    return feed


def _entry(entry: Any) -> _Entry:
    found = dict(entry)  # as the library's own kind of dictionary it takes one day for the other, and warns
    contents = [each for each in [*found.get("content", ()), found.get("summary_detail")] if each and each.get("value")]
    longest = max(contents, key=lambda each: len(each["value"]), default={"value": "", "type": "text/html"})
    day = _day(found.get("published") or found.get("updated") or "", found)
    is_text = longest.get("type") == "text/plain" and not re.search(r"<(?:p|br|div|a)\b", longest["value"])
    return _Entry(_plain(found.get("title", "")), day.isoformat() if day else "", longest["value"], is_text)


def _report(part: Received, entry: _Entry, publisher: str | None) -> Report:
    """Return the report of an entry, under its title; the title alone is none."""
    body = html.escape(entry.markup) if entry.is_text else entry.markup
    if entry.is_text:
        body = "".join(f"<p>{paragraph}</p>" for paragraph in body.split("\n\n"))
    report_of_markup(part, body, is_article=True)  # refused where nothing stands below the title
    heading = f"<h1>{html.escape(entry.title)}</h1>" if entry.title else ""
    report = report_of_markup(part, f"<html><body>{heading}{body}</body></html>", is_article=True)
    published = dt.date.fromisoformat(entry.day) if entry.day else report.published
    return replace(report, title=entry.title or report.title, published=published, publisher=publisher)


def _day(told: str, found: dict[str, Any]) -> dt.date | None:
    """Return the day as it is written, in whatever zone, else as the library reads it (in UTC)."""
    if iso := _ISO_DAY.match(told):
        try:
            return dt.date.fromisoformat(iso[1])
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(told).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        parsed = found.get("published_parsed") or found.get("updated_parsed")
        return dt.date(*parsed[:3]) if parsed else None


def _publisher(feed: Any) -> str | None:
    named = (_plain(feed.get(key, "")) for key in ("publisher", "title"))
    return next((name for name in named if name and not holds_address(name)), None)


def _plain(markup: str) -> str:
    """Return a title without its marks and references."""
    return " ".join(html.unescape(re.sub(r"<[^<>]{0,200}>", "", markup)).split())


FORMAT = Format("feed", (".rss", ".atom", ".rdf", ".xml"), looks_like_feed, read_feed)
