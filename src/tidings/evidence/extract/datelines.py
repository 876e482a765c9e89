"""The agency of a dateline at the head of a sentence, 'June 5 (Valley News) - …': it reports, and does nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.words import Document, Word

DASHES = frozenset(["-", "–", "—"])
PLACE_WORDS = 12
"""Words of place and day before the agency: 'ORLO/VELMORA, Northern Province, Monday, June 5, 2030'."""
AGENCY_WORDS = 8
"""Words of an agency in its brackets."""
REPORTING = frozenset(["media", "monitor", "international_organisation", "humanitarian"])
"""Kinds of parties that put their name over what they report; an army in brackets is more often told of."""


@dataclass(frozen=True, slots=True)
class Agency:
    """Where the agency of a dateline stands, in characters."""

    start: int
    end: int
    is_bracketed: bool

    def holds(self, start: int, end: int, kind: str) -> bool:
        """Whether a party of a kind at text[start:end] is this agency; without brackets only news media are."""
        is_inside = self.start <= start and end <= self.end
        return is_inside and (kind in REPORTING if self.is_bracketed else kind == "media")


@dataclass(frozen=True, slots=True)
class Agencies:
    """The agencies of the datelines of a report, in order."""

    each: tuple[Agency, ...]

    def hold(self, start: int, end: int, kind: str) -> bool:
        """Whether a party of a kind at text[start:end] only reports what follows."""
        last = bisect_right(self.each, start, key=lambda agency: agency.start) - 1
        return last >= 0 and self.each[last].holds(start, end, kind)


def agencies_of(document: Document) -> Agencies:
    """Return the agencies of the datelines of a report."""
    return Agencies(tuple(filter(None, map(agency_at, document.words))))


def agency_at(words: Sequence[Word]) -> Agency | None:
    """Return the agency of the dateline that opens a sentence.

    Parameters
    ----------
    words
        The sentence.

    Returns
    -------
    Agency or None
        The words in the brackets, or those before a dash: 'ORLO, June 5 (Valley News) -', '(Valley News) The …',
        'Valley News - The …'. Who else stands there is for the caller to say.
    """
    opening = _behind_place_and_day(words)
    if opening < len(words) and words[opening].text == "(":
        near = range(opening + 2, min(len(words), opening + 2 + AGENCY_WORDS))
        closing = next((n for n in near if words[n].text == ")"), None)
        is_followed = closing is not None and _story_opens(words, closing + 1, needs_dash=opening > 0)
        return (
            Agency(words[opening].start, words[closing].end, is_bracketed=True)
            if closing is not None and is_followed
            else None
        )
    is_bare = opening > 0 and not any(word.text[0].isdecimal() or word.text == "," for word in words[:opening])
    is_dateline = is_bare and _story_opens(words, opening, needs_dash=True)
    return Agency(words[0].start, words[opening - 1].end, is_bracketed=False) if is_dateline else None


def _behind_place_and_day(words: Sequence[Word]) -> int:
    """Return the word behind names, days and the marks between them."""
    months = word_set("times", "months")
    at = 0
    while at < min(len(words), PLACE_WORDS):
        word = words[at]
        is_of_it = word.is_name or word.text in ",/." or word.text[0].isdecimal() or word.key in months
        if not is_of_it or word.is_possessive:
            break
        at += 1
    return at


def _story_opens(words: Sequence[Word], at: int, *, needs_dash: bool) -> bool:
    """Whether a story begins behind a dateline: a dash with a blank on either side, then a capital or a quotation."""
    has_dash = at < len(words) and words[at].text in DASHES
    if needs_dash and not has_dash:
        return False
    at += has_dash
    while at < len(words) and words[at].text in DASHES:
        at += 1  # "--"
    if at >= len(words) or (has_dash and words[at].start == words[at - 1].end):
        return False
    return words[at].is_capital or words[at].text[0].isdecimal() or words[at].text in "\"“'‘"
