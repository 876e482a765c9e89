"""Words of reports and names of files as a terminal may get them: nothing in them steers it."""

from __future__ import annotations

import re

STEERING = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""Control characters but tab and line feed, overrides of the direction of writing, halves of characters."""
_IN_TEXT = re.compile(f"[{STEERING}]")
_SHOWN = "\ufffd"


def printable(text: str) -> str:
    r"""Return a text in which each character that could steer a terminal is the replacement character.

    Examples
    --------
    >>> printable("\x1b[31mred")
    '�[31mred'
    """
    return text if text.isascii() and text.isprintable() else _IN_TEXT.sub(_SHOWN, text)


def printable_json(document: str) -> str:
    r"""Return a JSON document of the same content in which each such character is written as its number.

    Examples
    --------
    >>> printable_json('{"text": "\x9b31m"}')
    '{"text": "\\u009b31m"}'
    """
    return _IN_TEXT.sub(lambda found: f"\\u{ord(found.group()):04x}", document)
