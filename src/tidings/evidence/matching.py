"""Matching: how like two sentences are, and which claims of the later one were told by the earlier (COPY-1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

from tidings.evidence.claim import Claim
from tidings.evidence.passages import Passage, words_of
from tidings.evidence.reading import Event, Figure
from tidings.evidence.tellings import (
    EVENT_DAYS,
    are_of_one_time,
    claim_start,
    days_between,
    period_told,
    said_by,
    sureness,
)

LEAST_WORDS = 8
"""A sentence with fewer words may be the same by chance."""
LEAST_WORDS_NEARLY = 12
"""A sentence with fewer words may be nearly the same by chance: 'some 5,000 people are sheltering in the town'."""
NEARLY = 0.85
"""Share of the shorter sentence's words that stand in the other in the same order: small edits and no more."""
PRINTED_DAYS = 6
"""Days after which 'yesterday', word for word the same, is another day: in a week there is another Monday."""

Likeness = Literal["same", "within", "nearly"]
"""Word for word, if only its beginning, cut off within a word; word for word within a longer one; with small edits."""


@dataclass(frozen=True, slots=True)
class Found:
    """An earlier passage that a later one is like, and the claims of the later one with those that they copy."""

    passage: Passage
    likeness: Likeness
    pairs: tuple[tuple[Claim, Claim], ...]

    @classmethod
    def of(cls, passage: Passage, earlier: Passage, likeness: Likeness, *, is_reprint: bool = False) -> Found:
        """Pair the claims of two passages.

        Parameters
        ----------
        is_reprint
            Whether the whole report is known to be printed again: then it tells of the same days.
        """
        return cls(earlier, likeness, tuple(_pairs(passage, earlier, likeness, is_reprint)))


def likeness_of(words: Sequence[str], before: Sequence[str]) -> Likeness | None:
    """Return how like a sentence is to an earlier one, if it is."""
    if words == before:
        return "same"
    if stands_in(words, before):
        return "within"
    if is_cut_off(words, before):
        return "same"
    shorter = min(len(words), len(before))
    is_near = shorter >= LEAST_WORDS_NEARLY and LCSseq.similarity(words, before) >= NEARLY * shorter
    is_longer = shorter >= LEAST_WORDS and (stands_in(before, words) or is_cut_off(before, words))
    return "nearly" if is_near or is_longer else None


def stands_in(words: Sequence[str], text: Sequence[str]) -> bool:
    """Whether words stand in a text, in a row."""
    return f" {' '.join(words)} " in f" {' '.join(text)} "


def is_cut_off(part: Sequence[str], whole: Sequence[str], least: int = LEAST_WORDS) -> bool:
    """Whether words are the beginning of others, cut off within the last word."""
    kept = len(part) - 1
    return least <= kept < len(whole) and part[:kept] == whole[:kept] and whole[kept].startswith(part[kept])


def headed(claims: Iterable[Claim], told: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the claims of a copy's new headline with what the story tells of the same matter."""
    for claim in claims:
        same = (
            earlier for earlier in told
            if (earlier.kind, earlier.predicate) == (claim.kind, claim.predicate)
            and set(earlier.subjects) & set(claim.subjects)
        )  # fmt: skip
        yield from ((claim, first) for first in list(same)[:1])


def _pairs(passage: Passage, before: Passage, likeness: Likeness, is_reprint: bool) -> Iterator[tuple[Claim, Claim]]:
    """Yield each claim of a sentence with its counterpart in the earlier one."""
    for claim in passage.claims:
        shift = claim_start(claim) - passage.start + before.start
        kin = [
            (_difference(claim, earlier), abs(claim_start(earlier) - shift), earlier.id, earlier)
            for earlier in before.claims
            if _is_told_again(claim, earlier, likeness) and (is_reprint or _is_of_its_time(claim, earlier, likeness))
        ]
        if kin:
            yield claim, min(kin)[-1]


def _difference(claim: Claim, earlier: Claim) -> int:
    return (said_by(claim) != said_by(earlier)) + (claim.predicate != earlier.predicate)


def _is_told_again(claim: Claim, earlier: Claim, likeness: Likeness) -> bool:
    """Whether a claim says what an earlier one said, as surely; in a changed sentence it must say exactly the same."""
    if (likeness != "same" and sureness(claim) != sureness(earlier)) or _is_elsewhere(claim, earlier):
        return False
    return said_by(claim) == said_by(earlier) if likeness == "nearly" else claim.kind == earlier.kind


def _is_elsewhere(claim: Claim, earlier: Claim) -> bool:
    """Whether both tell of places, and of others: below the heading of another town the same words are other news."""
    told, before = set(_places(claim)), set(_places(earlier))
    return bool(told and before) and not told & before


def _places(claim: Claim) -> tuple[str, ...]:
    content = claim.content
    if isinstance(content, Event):
        return content.places
    return content.at if isinstance(content, Figure) else ()


def _is_of_its_time(claim: Claim, earlier: Claim, likeness: Likeness) -> bool:
    """Whether a claim tells of the time of an earlier one.

    The words of a copy that was printed late ("yesterday") seem to tell of a later day than they do.
    """
    told, before = period_told(claim), period_told(earlier)
    if likeness != "nearly" and not (told and before):
        return True
    most = EVENT_DAYS if likeness == "nearly" else PRINTED_DAYS
    is_printed_late = _words(claim) == _words(earlier) and days_between(claim, earlier) <= most
    return is_printed_late or are_of_one_time(claim, earlier)


def _words(claim: Claim) -> tuple[str, ...]:
    when = period_told(claim)
    return words_of(when.text or "") if when else ()
