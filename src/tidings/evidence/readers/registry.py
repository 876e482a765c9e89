"""From a file or pasted text to reports, by the first format that knows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tidings.core.files import read_bytes
from tidings.evidence.readers.received import Reader, Received, dated, no_text
from tidings.evidence.report import Report

PASTED = "-"


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read: its file suffixes, how its bytes are known, and where its reader is."""

    name: str
    suffixes: tuple[str, ...]
    is_known_by: Callable[[bytes], bool]
    reader: str
    """As 'package.module:function', so that a reader is imported only when a file needs it."""

    def load(self) -> Reader:
        """Import the reader."""
        module, _, function = self.reader.partition(":")
        reader: Reader = getattr(import_module(module), function)
        return reader


def _is_html(content: bytes) -> bool:
    from tidings.evidence.readers.html import looks_like_html

    return looks_like_html(content)


FORMATS: tuple[Format, ...] = (
    Format("HTML", (".html", ".htm", ".xhtml"), _is_html, "tidings.evidence.readers.html:read_html"),
    Format("text", (".txt", ".text", ".md"), lambda content: True, "tidings.evidence.readers.text:read_text"),
)
"""In the order in which they are asked; the last takes whatever is left."""


def read_file(path: Path, *, published: dt.date | None = None, publisher: str | None = None) -> tuple[Report, ...]:
    """Read the reports in a file.

    Parameters
    ----------
    path
        Plain text or HTML.
    published, publisher
        As the user gives them; they go before what the file says.

    Raises
    ------
    InputError
        If the file is missing, a folder, empty, not text, or holds no text.
    """
    return read_received(Received(path.name, read_bytes(path)), published=published, publisher=publisher)


def read_pasted(
    text: str | bytes, *, published: dt.date | None = None, publisher: str | None = None
) -> tuple[Report, ...]:
    """Read a report from pasted text or from the bytes of standard input.

    Raises
    ------
    InputError
        If it is empty, not text, or holds no text.

    Examples
    --------
    >>> report, = read_pasted("The road to the town has been open again since Monday.", publisher="Radio")
    >>> report.name, report.publisher, report.published is None
    ('-', 'Radio', True)
    """
    content = text.encode("utf-8", errors="replace") if isinstance(text, str) else text
    return read_received(Received(PASTED, content), published=published, publisher=publisher)


def read_received(
    received: Received, *, published: dt.date | None = None, publisher: str | None = None
) -> tuple[Report, ...]:
    """Read bytes by the first format that knows their name or their beginning."""
    if not received.content.strip():
        raise no_text(received.name)
    reports = format_of(received).load()(received)
    return tuple(dated(report, published, publisher) for report in reports)


def format_of(received: Received) -> Format:
    """Return the format of bytes: what they begin with goes before what their name says."""
    suffix = Path(received.name).suffix.lower()
    by_content = (known for known in FORMATS[:-1] if known.is_known_by(received.content))
    by_name = (known for known in FORMATS if suffix in known.suffixes)
    return next(by_content, None) or next(by_name, None) or FORMATS[-1]
