"""People that a place's name only tells of: 'the governor of X', 'X residents', 'took X hostages'; X is not taken."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, is_town_of
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.words import Word

LINKS = frozenset(["of", "from", "in"])
"""Between people and the place that they belong to."""


def are_people(line: Line, place: Mention) -> bool:
    """Whether people are meant who belong to a place, and not the place."""
    behind = line.word_at(place.end)
    if behind < len(line.words) and line.words[behind].key in place_words("people_of"):
        return not are_speakers(line.words, behind)
    at = line.word_at(place.start) - 1
    while at > 0 and (line.words[at].key in TOWN_WORDS or is_town_of(line.words, at)):
        at -= 1
    if at < 1:
        return False
    if line.words[at].key in ("and", ","):
        before = next((each for each in line.places if each.end == line.words[at - 1].end), None)
        return before is not None and are_people(line, before)
    return line.words[at].key in LINKS and line.words[at - 1].key in place_words("people_of")


def are_speakers(words: Sequence[Word], at: int) -> bool:
    """Whether the people at a word open a clause of their own: 'captured X officials said', without its comma."""
    verb = at + 1
    while verb < len(words) and words[verb].key in event_words("verb_openers"):
        verb += 1
    speaks = verb < len(words) and words[verb].key in word_set("attributions", "past_speech")
    return speaks and (verb + 1 == len(words) or words[verb + 1].key not in ("to", "by", "of"))


def are_people_subject(line: Line, place: Mention, verb: int) -> bool:
    """Whether the subject right before a verb is such people: 'the governor of X was captured'."""
    people = line.word_at(place.end)
    is_behind = people < len(line.words) and line.words[people].key in place_words("people_of")
    between = line.words[people + is_behind : verb]
    passable = event_words("verb_openers", "between", "be")
    return are_people(line, place) and all(word.key in passable for word in between)


def is_of_people(words: Sequence[Word], of: int) -> bool:
    """Whether the 'of' at a word stands behind people: 'the governor of'."""
    return of > 0 and words[of].key == "of" and words[of - 1].key in place_words("people_of")
