"""E-mail messages saved as files (.eml): text or HTML, decoded; what is attached is told and not read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import cast

from tidings.core.errors import InputError
from tidings.evidence.readers.encoding import decode, decode_declared
from tidings.evidence.readers.formats import Format
from tidings.evidence.readers.html import report_of_markup
from tidings.evidence.readers.mail import title_of_subject
from tidings.evidence.readers.received import Received, no_text
from tidings.evidence.readers.text import report_of_text
from tidings.evidence.report import Report

MAX_BYTES = 100_000_000
MAX_PARTS = 1_000
_FIELD = re.compile(rb"[!-9;-~]{1,76}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_OF_MAIL = re.compile(rb"^(?:message-id|mime-version|received|return-path|delivered-to|x-mailer)[ \t]*:", re.I | re.M)
_OPENS_WELL = 3.0
"""An HTML part is taken rather than the plain one where it has so many times its letters."""


def looks_like_message(content: bytes) -> bool:
    """Tell whether bytes begin with the head of a message as programs write it, and not as people paste it.

    Examples
    --------
    >>> looks_like_message(b"From: a@b.example\\nMessage-ID: <1@b.example>\\n\\nText")
    True
    >>> looks_like_message(b"From: A\\nSubject: Road open\\n\\nText")
    False
    """
    return _OF_MAIL.search(_head(content[:64_000])) is not None


def _head(content: bytes) -> bytes:
    """Return the run of header fields that bytes begin with."""
    end = 0
    while found := _FIELD.match(content, end):
        end = found.end()
    return content[:end]


def read_message(received: Received) -> tuple[Report, ...]:
    """Read a message.

    Raises
    ------
    InputError
        If it is no message, is damaged, or holds no text.
    """
    if len(received.content) > MAX_BYTES:
        met = f"the message has more than {MAX_BYTES // 1_000_000} MB"
        raise InputError(where=received.name, met=met, fix="Save its text as a file of its own.")
    return (report_of_message(received),)


def report_of_message(received: Received) -> Report:
    """Return the report of one message: its subject and day, what is written in it, and what was left out.

    Who sent it is told nowhere. Of a message that only passes another one on, the inner one gives title and day.
    """
    try:
        message = message_from_bytes(received.content, policy=policy.default)
        parts = _parts(message)
    except (MessageError, RecursionError, ValueError, LookupError, AttributeError, IndexError, TypeError):
        raise _damaged(received.name) from None
    if not message.keys():
        fix = "Save the message from the mail program as .eml, or paste its text."
        raise InputError(where=received.name, met="this is no e-mail message: it has no head", fix=fix)
    report = _written(received, message, [part for part in parts if not _is_attached(part)])
    left_out = [_told(part) for part in parts if _is_attached(part)]
    return replace(report, warnings=(*report.warnings, *left_out))


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """Return the parts that hold something, with a bound; of a message within it the whole is one part."""
    found: list[EmailMessage] = []
    left = [message]
    while left and len(found) < MAX_PARTS:
        part = left.pop(0)
        if part.is_multipart() and (part.get_content_maintype() == "multipart" or part is message):
            left[:0] = cast("list[EmailMessage]", part.get_payload())
        else:
            found.append(part)
    if left:
        raise ValueError("too many parts")
    return found


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_type() not in ("text/plain", "text/html") or _header(part, "content-disposition").lower(
    ).startswith("attachment")  # fmt: skip


def _told(part: EmailMessage) -> str:
    try:
        name = part.get_filename()
    except Exception:  # headers of any kind come in mail, and the standard library trips over some
        name = None
    named = f"'{name}' ({part.get_content_type()})" if name else part.get_content_type()
    return f"an attachment was not read: {named}. Save it and hand it in by itself"


def _written(received: Received, message: EmailMessage, parts: list[EmailMessage]) -> Report:
    """Return the report of the parts that are to be shown: of plain text and HTML what holds more."""
    plain = [_text(part, received.name) for part in parts if part.get_content_type() == "text/plain"]
    marked = [_text(part, received.name) for part in parts if part.get_content_type() == "text/html"]
    reports = [*_of_plain(received, message, plain), *_of_marked(received, message, marked)]
    if not reports:
        raise no_text(received.name)
    first, last = reports[0], reports[-1]
    return last if _letters(last) > _OPENS_WELL * _letters(first) else first


def _letters(report: Report) -> int:
    return sum(character.isalpha() for character in report.body)


def _of_plain(received: Received, message: EmailMessage, texts: list[tuple[str, tuple[str, ...]]]) -> Iterator[Report]:
    """Yield the report of the plain text below its subject and day, as in a message that is pasted."""
    text = "\n\n".join(text for text, _ in texts if text.strip())
    subject, sent = title_of_subject(_header(message, "subject")), _sent(message)
    head = [f"Subject: {subject}"] * bool(subject) + [f"Sent: {sent}"] * bool(subject and sent)
    if not text.strip():
        return
    whole = "\n".join([*head, "", text]) if head else text
    report = report_of_text(received, whole, warnings=[warning for _, told in texts for warning in told])
    yield replace(report, published=report.published or sent)


def _of_marked(received: Received, message: EmailMessage, texts: list[tuple[str, tuple[str, ...]]]) -> Iterator[Report]:
    markup = "\n".join(text for text, _ in texts)
    warnings = [warning for _, told in texts for warning in told]
    try:
        report = report_of_markup(received, markup, is_article=True, warnings=warnings)
    except InputError:
        return
    title = title_of_subject(_header(message, "subject")) or report.title
    yield replace(report, title=title, published=report.published or _sent(message), publisher=None)


def _text(part: EmailMessage, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode a part, with what was met on the way; bytes that are no text are none."""
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    try:
        charset = part.get_content_charset()
        text, warnings = decode_declared(content, charset, name) if charset else decode(content, name)
    except InputError:
        return "", ("a part of the message that calls itself text is none: it was not read",)
    return text.replace("\r\n", "\n"), warnings


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except Exception:  # as above
        return ""


def _sent(message: EmailMessage) -> dt.date | None:
    """Return the day of sending, as the sender's clock told it."""
    try:
        return parsedate_to_datetime(_header(message, "date")).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _damaged(name: str) -> InputError:
    fix = "Save the message again from the mail program, or paste its text."
    return InputError(where=name, met="the e-mail message is damaged", fix=fix)


FORMAT = Format("e-mail", (".eml",), looks_like_message, read_message)
