"""Places that are left or lost in passing: 'took X but lost it again', 'withdrew from it'."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import clause_start
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.headings import NOTE_WORDS, ends_or_dates
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.words import Word


def left_town(reading: Reading, first: int, last: int, sense: TriggerSense, actors: tuple[Mention, ...]) -> Told | None:
    """'The army left on Monday.', 'The army left the town.': a note that tells of the town in the heading above it."""
    words = reading.line.words
    named = [word.key for word in words[last : last + 2]]
    is_town = len(named) > 1 and named[0] in ("the", "this") and named[1] in event_words("left_towns")
    stop = last + 2 if is_town else last
    is_over = stop >= len(words) or words[stop].text in ".;," or words[stop].key in event_words("no_object")
    others = [place for place in reading.line.place_in(0, len(words)) if reading.is_area(place)]
    is_only = all(reading.line.word_at(place.start) in range(last, stop) for place in others)
    if not (actors and is_over and is_only and len(words) <= NOTE_WORDS):
        return None
    return Told(sense, first, stop, actors, headed=True)


def left_it(words: Sequence[Word], first: int, last: int, sense: TriggerSense) -> int | None:
    """Return the 'it' of 'withdrew from it', whose place was told before; None for other words."""
    if sense.type != "retreat":
        return None
    at = last + (last < len(words) and words[last].key == "from")
    is_from = words[at - 1].key in ("from", "of", "abandon", "abandoned", "abandoning")
    return at if at < len(words) and words[at].key == "it" and is_from else None


def lost_again(words: Sequence[Word], first: int, last: int, sense: TriggerSense) -> Told | None:
    """'X was retaken by the rebels but lost again': the place and who loses it were told before."""
    is_again = last < len(words) and words[last].key == "again" and ends_or_dates(words, last + 1)
    if sense.type != "loss" or not is_again or not lacks_subject(words, first):
        return None
    return Told(sense, first, last, (), (), (), first, how="active")


def left_again(words: Sequence[Word], told: Told) -> bool:
    """Whether a withdrawal names no place, behind 'took X but was forced to': who took it left that."""
    if told.sense.type != "retreat" or told.how != "active" or told.places or told.place_word is not None:
        return False
    return lacks_subject(words, told.first) and ends_or_dates(words, told.last)


def lacks_subject(words: Sequence[Word], first: int) -> bool:
    """Whether a verb has the subject of the one before: behind 'but', 'and', 'before', perhaps with 'was forced to'."""
    start, at = clause_start(words, first), first
    passable = event_words("verb_openers", "forced", "between", "be")
    while at > start and words[at - 1].key in passable:
        at -= 1
    if at == 0 or (at == start and words[at - 1].key in ("that", "which", "who", "where", "if", "unless")):
        return False
    return at == start or words[at - 1].key in ("and", "but", "then", ",")


def behind_adverb(words: Sequence[Word], at: int) -> int:
    """Return the word behind an adverb, with its commas, that stands before 'by': 'captured(,) reportedly(,) by'."""
    opened = at + (at < len(words) and words[at].text == ",")
    if opened >= len(words) or words[opened].key not in event_words("between") - word_set("grammar", "be"):
        return at
    closed = opened + 1 + (opened + 1 < len(words) and words[opened + 1].text == ",")
    return closed if closed < len(words) and words[closed].key == "by" else at
