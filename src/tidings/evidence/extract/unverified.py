"""What nobody vouches for: lines with such a label, and what 'could not be verified' says of the words before it."""

from __future__ import annotations

from functools import cache

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line, Phrases
from tidings.evidence.extract.trail import Because, quoted


def unverified(line: Line, last: int) -> Because | None:
    """Return what makes words that end at a token somebody's claim at most, though nobody is named who says so.

    Parameters
    ----------
    line
        The sentence.
    last
        The token behind the words.
    """
    return _label(line) or _claimed_by(line, last) or _in_brackets(line, last) or _left_open(line, last)


def _label(line: Line) -> Because | None:
    """Return the label of a line that nobody has confirmed: "Unconfirmed: ...", "(Unverified) ..."."""
    opening = next((n for n in range(min(2, len(line.words))) if line.words[n][0].isalpha()), 0)
    is_label = line.words[opening] in word_set("modality", "unconfirmed") and line.words[opening + 1 : opening + 2] in (
        (":",),
        (")",),
        ("]",),
    )
    if not is_label:
        return None
    return Because(f"modality.yaml unconfirmed: '{line.words[opening]}'", *line.span(opening, opening + 1))


def _claimed_by(line: Line, last: int) -> Because | None:
    """Return the opening of a note that tells but whose claim a place is: "Claimed by X"."""
    opening = next((n for n in range(min(2, len(line.words))) if line.words[n][0].isalpha()), 0)
    if line.words[opening : opening + 2] != ("claimed", "by") or last <= opening + 2:
        return None
    return Because("unverified: 'claimed by' opens a note", *line.span(opening, opening + 2))


def _in_brackets(line: Line, last: int) -> Because | None:
    """Return a word in brackets behind, by which what stands before is but told: "Captured by X (claimed)"."""
    if "(" not in line.bag:
        return None
    told = word_set("modality", "unconfirmed") | {"claimed", "reported"}
    at = next((n for n in range(last, len(line.words) - 2) if line.words[n] == "("), None)
    if at is None or line.words[at + 1] not in told or line.words[at + 2] != ")":
        return None
    return Because(f"unverified: '{line.words[at + 1]}' in brackets", *line.span(at, at + 3))


def _left_open(line: Line, last: int) -> Because | None:
    """Return the end of a sentence that leaves it open: "..., but this could not be independently verified"."""
    if line.bag.isdisjoint(word_set("modality", "vouching")):
        return None
    for at in range(last, len(line.words)):
        found = _not_vouched().at(line.words, at)
        if found and line.words[at - 1] in word_set("modality", "what_is_told"):
            return Because(f"modality.yaml not_vouched: {quoted(line.words[at : found[0]])}", *line.span(at, found[0]))
    return None


@cache
def _not_vouched() -> Phrases[str]:
    book = lexicon("modality")
    rows = [f"{opening} {verb}" for opening in book["not_vouched"] for verb in book["vouching"]]
    return Phrases.of([(row, row) for row in rows])
