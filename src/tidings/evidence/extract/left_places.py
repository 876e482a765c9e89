"""Places that are left or lost in passing: 'took X but lost it again', 'withdrew from it'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidings.evidence.extract.clause_parts import TOWN_WORDS, clause_start, listed_places, only_party_before
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.headings import NOTE_WORDS, ends_or_dates
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.words import Word

LONGEST_NAME = 4
"""Words of the name of a place."""


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


def left_named(
    reading: Reading, first: int, last: int, sense: TriggerSense, actors: tuple[Mention, ...]
) -> Told | None:
    """'The army left X on Monday', 'the army said it had left the town': the place stands right behind the verb.

    Below a heading 'the town' is that of the heading, without one the town told before.
    """
    words = reading.line.words
    actors = actors or _meant_by_pronoun(reading, first)
    told = left_town(reading, first, last, sense, actors)
    town = last
    while town < len(words) and words[town].key in TOWN_WORDS | {"of"}:
        town += 1
    near = [place for place in reading.line.place_in(last, town + LONGEST_NAME) if reading.is_area(place)]
    is_next = bool(near) and reading.line.word_at(near[0].start) in (last, town)
    if not (actors and is_next and sense.word == "leave"):
        return told
    places = listed_places(reading.line, near[0], len(words))
    if not _is_left(words, reading.line.word_at(places[-1].end)):
        return None
    if told is not None:
        return replace(told, places=tuple(places))
    return Told(sense, first, last, actors, (), tuple(places))


def _meant_by_pronoun(reading: Reading, verb: int) -> tuple[Mention, ...]:
    """Return whom the 'it' of 'X said it had left' stands for, where the sentence names one party before it."""
    at = verb - 1
    while at >= 0 and reading.line.words[at].key in event_words("verb_openers", "between"):
        at -= 1
    is_pronoun = at > 0 and reading.line.words[at].key in ("it", "they")
    return tuple(only_party_before(reading.line, at)) if is_pronoun else ()


def _is_left(words: Sequence[Word], behind: int) -> bool:
    """Whether what follows a place tells when or why it is left, and not in what state: never 'left X in ruins'."""
    if behind >= len(words) or words[behind].key in ("as", "because", "towards", "toward"):
        return True
    key = words[behind].key
    if key == "in" and behind + 1 < len(words):
        when = words[behind + 1]
        plain = word_set("times", "months") | event_words("left_in")
        return when.text[0].isdecimal() or when.key in plain
    return ends_or_dates(words, behind) and key not in ("at", "with", "along", "between")


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
