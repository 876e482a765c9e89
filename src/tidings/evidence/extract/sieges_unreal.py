"""Sieges that are none, and ends that are not there: 'surrounded by hills', 'averted', 'its end is not in sight'."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import clause_end
from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.words import Word
from tidings.evidence.reading import Event

BY_REACH = 8
"""Words behind 'surrounded by' within which what stands around is named."""
NOUNS = frozenset(["end", "ending", "lifting", "breaking"])


def is_of_nobody(words: Sequence[Word], at: int, event: Event) -> bool:
    """Whether hills or fields surround a place, or its siege never came to be: 'a siege of X was averted'."""
    last = next((n for n in range(at, len(words)) if words[n].start >= event.end), len(words))
    return _is_landscape(words, last, event) or _is_averted(words, at)


def _is_landscape(words: Sequence[Word], last: int, event: Event) -> bool:
    """Whether it is land that stands around a place, and no party or fighters with it."""
    behind = words[last : min(last + BY_REACH, clause_end(words, last))]
    if event.actors or not behind or behind[0].key not in ("by", "with"):
        return False
    fighters = listed("fighters").first_keys | listed("troops").first_keys
    named = {word.key for word in behind}
    return not named.isdisjoint(word_set("ways", "landscape")) and named.isdisjoint(fighters)


def _is_averted(words: Sequence[Word], at: int) -> bool:
    """Whether a siege was kept from coming: 'averted a siege of X', 'a siege of X was averted'."""
    if listed("sieges").at(words, at) is None:
        return False
    averted, helpers = word_set("ways", "averted"), event_words("be", "verb_openers", "between")
    before = next((n for n in range(at - 1, -1, -1) if words[n].key not in ("a", "an", "any", "another", "new")), None)
    if before is not None and words[before].key in averted:
        return True
    behind = next((n for n in range(at, clause_end(words, at)) if words[n].key in averted), None)
    return behind is not None and words[behind - 1].key in event_words("be") | helpers


def is_far_off(words: Sequence[Word], event: Event) -> bool:
    """Whether the end of a siege is told not to be there yet: 'the end of the siege is not in sight', 'is far off'."""
    at = next((n for n, word in enumerate(words) if word.start >= event.start), 0)
    if words[at].key not in NOUNS:
        return False
    last = next((n for n in range(at, len(words)) if words[n].start >= event.end), len(words))
    behind = words[last : clause_end(words, last)]
    be = next((n for n, word in enumerate(behind) if word.key in event_words("be")), None)
    return be is not None and any(word.key in word_set("ways", "far_off") for word in behind[be + 1 : be + 4])
