"""Mailboxes (mbox): each message a report of its own; one that cannot be read does not lose the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidings.core.errors import InputError
from tidings.evidence.readers.formats import Format
from tidings.evidence.readers.message import report_of_message
from tidings.evidence.readers.parts import read_parts
from tidings.evidence.readers.received import Received
from tidings.evidence.report import Report

MAX_BYTES = 500_000_000
_OPENS = re.compile(rb"(?:\A|(?<=\n)(?:\r?\n))From \S[^\r\n]*\d{4}(?:[ \t][^\r\n]*)?\r?\n(?=[!-9;-~]{1,76}:)")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)


def looks_like_mailbox(content: bytes) -> bool:
    """Tell whether bytes begin as a mailbox does.

    Examples
    --------
    >>> looks_like_mailbox(b"From a@b.example Tue Jun  4 10:12:00 2030\\nSubject: Road open\\n\\nText")
    True
    >>> looks_like_mailbox(b"From Dorvik, people fled in 2030\\nand earlier.")
    False
    """
    return _OPENS.match(content) is not None


def read_mailbox(received: Received) -> tuple[Report, ...]:
    """Read the messages of a mailbox. The id of each hangs on its own bytes, not on its place among the others.

    Raises
    ------
    InputError
        If it is no mailbox, or no message in it can be read.
    """
    if len(received.content) > MAX_BYTES or not looks_like_mailbox(received.content):
        met = f"this is no mailbox (mbox) of at most {MAX_BYTES // 1_000_000} MB"
        raise InputError(where=received.name, met=met, fix="Export the messages from the mail program as mbox or .eml.")
    return read_parts(received, _messages(received.content), report_of_message)


def _messages(content: bytes) -> Iterator[bytes]:
    """Yield the bytes of each message, lines that were quoted for the mailbox as they were."""
    opened = list(_OPENS.finditer(content))
    for number, mark in enumerate(opened):
        end = opened[number + 1].start() if number + 1 < len(opened) else len(content)
        yield _QUOTED.sub(rb"\1", content[mark.end() : end]).rstrip(b"\r\n") + b"\n"


FORMAT = Format("mailbox", (".mbox", ".mbx"), looks_like_mailbox, read_mailbox)
