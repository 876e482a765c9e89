"""Asides between a subject and its verb: 'X, who hold Y, have taken …', 'X, driven out of Y by Z, captured …'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.words import Word

if TYPE_CHECKING:  # a line asks this for its subjects
    from tidings.evidence.extract.clause_parts import Line


def before_aside(line: Line, at: int) -> int | None:
    """Return the comma that opens the aside right before a verb: that of 'X, who hold Y, have taken …'."""
    close = at - 1
    while close > 0 and line.words[close].key in event_words("verb_openers", "lately"):
        close -= 1
    if close < 2 or line.words[close].text != ",":
        return None
    opened = next((n for n in range(close - 1, 0, -1) if line.words[n].text == ","), None)
    if opened is None or opened + 1 == close or not line.party_in(0, opened):
        return None
    is_reporting = line.words[close - 1].key in word_set("attributions", "past_speech")
    is_owned = any(word.is_possessive for word in line.words[opened + 1 : min(close - 1, opened + 5)])
    is_opened = line.words[opened + 1].key in event_words("aside_openers")
    is_aside = is_reporting or is_owned or is_opened or _opens_participle(line.words, opened + 1, close)
    return opened if is_aside else None


def _opens_participle(words: Sequence[Word], first: int, close: int) -> bool:
    """Whether words tell by a participle of who is named before them: whom they name does not act behind them.

    One of the past tells what was done by somebody, 'surrounded by rebels'; without that it may be a verb of its own.
    """
    while first < close and (words[first].key.endswith("ly") or words[first].key in word_set("grammar", "adverbs")):
        first += 1
    if first >= close or words[first].is_capital:
        return False
    key = words[first].key
    if key.endswith("ing") and key not in event_words("no_participles"):
        return True
    is_past = key.endswith("ed") or key in event_words("past_participles")
    return is_past and any(word.key == "by" for word in words[first + 1 : close])
