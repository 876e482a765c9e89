"""What a negation beside a way's state falls on: the state itself, a part of it, hours, or what is known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import clause_end, clause_start
from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.words import Word
from tidings.evidence.reading import Event

_UNCLEAR = re.compile(
    r"\b(?:(?:not|isn't|wasn't|never) (?:yet |immediately |entirely )?"
    r"(?:clear|certain|known|sure|confirmed|evident|obvious)|unclear|uncertain|unknown|unconfirmed)"
    r" (?:that|whether|if|how|when)\b"
)
_TIMES = re.compile(
    r"\b(?:at (?:night|times|weekends|the weekend)|on (?:\w+days|weekends|\w+ nights)|during the (?:night|day)|by night"
    r"|after (?:dark|sunset|nightfall|curfew|\d)|before (?:dawn|sunrise|\d)|overnight|every day|all day|daily"
    r"|around the clock|24 hours|round the clock|in the (?:evenings?|mornings?|afternoons?))\b"
)
_EXCEPT = re.compile(r"\b(?:except|save|bar|but|apart from|other than)\b")
DEGREES = frozenset(["fully", "completely", "entirely", "wholly", "totally", "always", "necessarily", "regularly"])
BESIDE = frozenset(["longer", "any", "more", "currently", "at", "present", "last", "today", "be", "able", "used"])
NONE = frozenset(["no", "none", "neither"])
NONE_REACH = 4
"""Words before the noun of a way within which 'no' or 'none of the' stands."""


def is_left_open(before: Sequence[Word]) -> bool:
    """Whether the words before a state say that nobody knows: 'it is not clear that', 'unclear whether'."""
    return _UNCLEAR.search(_text(before)) is not None


def is_denied_itself(words: Sequence[Word], at: int) -> bool:
    """Whether a negation falls on the state at a word: 'is not open', 'no road into X is open'; not 'no evidence'."""
    return _negation_beside(words, at) or _is_of_no_way(words, at)


def is_in_part(words: Sequence[Word], at: int, event: Event) -> bool:
    """Whether what is denied is that a state is so fully, or always: 'not yet fully open', 'not open on Fridays'."""
    near = words[max(0, at - NONE_REACH) : at]
    if any(word.key in DEGREES for word in near):
        return True
    last = next((n for n in range(at, len(words)) if words[n].start >= event.end), len(words))
    return _TIMES.search(_text(words[last : clause_end(words, last)])) is not None


def _negation_beside(words: Sequence[Word], at: int) -> bool:
    helpers = event_words("be", "between", "verb_openers") | DEGREES | BESIDE
    for n in range(at - 1, -1, -1):
        if words[n].key in word_set("modality", "negations"):
            return True
        if words[n].key not in helpers:
            return False
    return False


def _is_of_no_way(words: Sequence[Word], at: int) -> bool:
    """Whether no way is so: 'no road into X is open', and none is excepted."""
    start = clause_start(words, at)
    roads, crossings = listed("roads"), listed("crossings")
    way = next((n for n in range(start, at) if roads.at(words, n) or crossings.at(words, n)), None)
    if way is None or not any(word.key in NONE for word in words[max(start, way - NONE_REACH) : way]):
        return False
    return _EXCEPT.search(_text(words[start:])) is None


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words).lower()
