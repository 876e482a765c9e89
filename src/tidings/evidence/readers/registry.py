"""From a file or pasted text to reports, by the first format that knows it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tidings.core.files import read_bytes
from tidings.evidence.readers.formats import read_by_format
from tidings.evidence.readers.received import Received, dated, no_text
from tidings.evidence.report import Report

PASTED = "-"


def read_file(path: Path, *, published: dt.date | None = None, publisher: str | None = None) -> tuple[Report, ...]:
    """Read the reports in a file.

    Parameters
    ----------
    path
        Plain text, HTML, PDF, DOCX, an e-mail, a mailbox, a feed (RSS, Atom), or what a plug-in reads.
    published, publisher
        As the user gives them; they go before what the file says. Of several reports in a file they fill in what one
        does not say.

    Raises
    ------
    InputError
        If the file is missing, a folder, empty, damaged or of no known format, or holds no text.
    """
    return read_received(Received(path.name, read_bytes(path)), published=published, publisher=publisher)


def read_pasted(
    text: str | bytes, *, published: dt.date | None = None, publisher: str | None = None
) -> tuple[Report, ...]:
    """Read a report from pasted text or from the bytes of standard input.

    Raises
    ------
    InputError
        If it is empty, damaged or of no known format, or holds no text.

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
    return tuple(dated(report, published, publisher) for report in read_by_format(received))
