"""Whether the words of an event tell that something came to be so, or that it is so: "reopened" beside "is open"."""

from __future__ import annotations

import re
from collections.abc import Callable

from tidings.assess.roads_told import tells_anew
from tidings.assess.wording import one_line

_OPENED = re.compile(r"\b(?:(?:re-?)?open(?:ed|s|ing)|clear(?:ed|s|ing)?|restor\w+|resum\w+|unblock\w*)\b")
_CLOSED = re.compile(r"\b(?:clos(?:ed|es|ing|ure)|shut(?:s|ting)?|seal(?:ed|s|ing)|block(?:ed|s|ing))\b")
_LAID = re.compile(
    r"\b(?:laid|lays|laying|began|begins|start(?:ed|s)|tighten\w*|impos\w+|complet\w+|encircl(?:ed|ing))\b"
)
_LASTING = re.compile(r"\b(?:is|are|keeps?|keeping|kept|still|remain(?:s|ed|ing)?|stay(?:s|ed|ing)?|already)\b")
_SINCE = re.compile(r"[^,;.:]*?\bsince \w")
_FOR_LONG = re.compile(r" for (?:(?!\bfor\b)[^,;.: ]+ ){0,4}(?:hours|days|weeks|months|years)\b")
_BEEN = re.compile(r"\b(?:been|was|were|being)$")
_RELATIVE = re.compile(r", (?:which|who|whose|where)\b[^,]*,")
_PATTERNS = {
    "road_opened": _OPENED, "crossing_opened": _OPENED, "crossing_closed": _CLOSED, "road_cut": _CLOSED, "siege": _LAID,
}  # fmt: skip

BRIEFLY = re.compile(r"\b(?:briefly|for)\b").search
"""Finds the words without which nothing was so for a while only."""
_WAS = re.compile(r"\b(?:was|were)(?: \w+){0,2} $")
_FOR_A_WHILE = re.compile(r"^ for (?:about |nearly |almost |over |(?:a few|a couple of|several|some) )?(?:\w+ )?"
                         r"(?:minutes|hours?|days?|weeks?)\b")  # fmt: skip
_BRIEF = re.compile(r"\bbriefly(?: \w+)?(?: \w+)? $")


def was_brief(before: str, behind: str) -> bool:
    """Whether what stands beside an event's words says that it lasted a while and is over.

    Examples
    --------
    >>> was_brief("the road was briefly ", " on sunday."), was_brief("the road was ", " for three days last week.")
    (True, True)
    >>> was_brief("the road has been ", " for three days.")
    False
    """
    is_brief = _BRIEF.search(before) is not None or behind.startswith(" briefly")
    return is_brief or bool(_WAS.search(before) and _FOR_A_WHILE.search(behind))


def is_turn(type_: str, words: str, sentence_of: Callable[[], str]) -> bool:
    """Whether an event of a siege, a road or a crossing tells that it came to be so on its day.

    Parameters
    ----------
    words
        Those of the event.
    sentence_of
        Finds the whole of it, in lower case; asked only where it matters.

    Examples
    --------
    >>> is_turn("road_opened", "reopened", lambda: "the road was reopened on 3 may.")
    True
    >>> is_turn("crossing_closed", "closed", lambda: "the crossing is closed.")
    False
    >>> is_turn("crossing_closed", "closed", lambda: "the crossing has been closed since march.")
    False
    """
    told = one_line(words)
    if type_ == "siege_lifted":
        return True
    if type_ == "road_cut" and tells_anew(told, sentence_of):
        return True
    pattern = _PATTERNS.get(type_)
    if pattern is None or not pattern.search(told):
        return False
    sentence = sentence_of()
    before, _, behind = sentence.partition(told) if told in sentence else ("", "", "")
    before = _RELATIVE.sub("", before)
    if _SINCE.match(behind) or (_BEEN.search(before.rstrip()) and _FOR_LONG.match(behind)):
        return False
    return not _LASTING.search(told) and not _LASTING.search(" ".join(before.split()[-3:]))
