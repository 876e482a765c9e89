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
    return _label(line) or _left_open(line, last)


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
