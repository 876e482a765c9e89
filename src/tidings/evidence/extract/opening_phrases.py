"""Phrases beside a subject that are not it: the 'In April 2016' before 'the army', the 'trained by X' behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.words import Word

OPENERS = frozenset(["in", "on", "at", "by", "near", "late", "early", "during"])
"""What opens a time or a place before the subject of a sentence."""
LINKS = frozenset(["of", "early", "late", "mid", "on", "in", "at", "last", "this", "town", "city"])
LONGEST = 7
"""Words of such an opening: 'In the early hours of 3 April 2016'."""
BACKER_REACH = 7
"""Words between 'trained' and who does it: 'trained and equipped with money from the Gulf by'."""


def behind_opening(words: Sequence[Word], place_ends: Mapping[int, int], at: int) -> int:
    """Return the word behind a time or place that opens a clause without a comma: 'In April 2016 the army …'.

    Parameters
    ----------
    words
        The sentence.
    place_ends
        Where each of its places ends, by where it starts.
    at
        The first word of the clause; it is returned where no such phrase opens it.
    """
    if at >= len(words) or words[at].key not in OPENERS:
        return at
    stop, n, told = min(at + LONGEST, len(words) - 1), at + 1, False
    while n < stop:
        end = place_ends.get(words[n].start)
        if end is None and not _is_of_time(words[n]) and not _links(words[n], told=told):
            break
        told = told or end is not None or _is_of_time(words[n])
        n = n + 1 if end is None else next((m for m in range(n, len(words)) if words[m].start >= end), len(words))
    return n if told and n < len(words) and words[n].text != "," else at


def _links(word: Word, *, told: bool) -> bool:
    """Whether a word only leads on to a time or place: 'the early', 'northern'; then an article opens a subject."""
    is_article = word.key in ("the", "a", "an")
    return (is_article and not told) or word.key in LINKS or word.key in place_words("direction_adjectives")


def _is_of_time(word: Word) -> bool:
    key = word.key.partition("-")[2] if word.key.startswith("mid-") else word.key
    known = word_set("times", "weekdays") | word_set("times", "months") | word_set("times", "day_parts")
    units = frozenset(lexicon("times")["units"]) | word_set("times", "seasons")
    return word.text[0].isdecimal() or key in known or key in units or key in ("th", "st", "nd", "rd")


def main_part(words: Sequence[Word], parties: Sequence[int], start: int, at: int) -> int:
    """Return where a subject before words[at] can begin: behind the comma of 'After clashes with X and Y, Z took'.

    Parameters
    ----------
    words
        The sentence.
    parties
        Where its parties start, in characters.
    start
        Where its clause begins; it is returned where no preposition or 'when' opens that, or what opens it, up to a
        comma, names no party: then there is no list to mistake for the subject's.
    at
        The subject's last part.
    """
    if words[start - 1 if start else 0].key not in opening_words():
        return start
    commas = [n for n in range(start, at) if words[n].text == ","]
    is_told = bool(commas) and any(words[start].start <= party < words[commas[0]].start for party in parties)
    return commas[-1] + 1 if is_told else start


@cache
def opening_words() -> frozenset[str]:
    """Return the words that open a phrase or clause before the one that has the subject: after, with, when."""
    return word_set("grammar", "prepositions") | word_set("grammar", "subordinators")


def backers_in(words: Sequence[Word], parties: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Return where the parties start that only help those who act: 'fighters trained by X and Y', 'men whom X armed'.

    Who leads them or commands them acts with them.

    Parameters
    ----------
    words
        The sentence.
    parties
        Of each, in order, its first word and the offset at which it ends.
    """
    found: list[int] = []
    last_end = None
    for at, end in parties:
        joint = at - 1 - (at > 0 and words[at - 1].key == "the")
        is_joined = (
            last_end is not None and joint > 0 and words[joint].key == "and" and words[joint - 1].end == last_end
        )
        if is_joined or _is_backer(words, at):
            found.append(words[at].start)
            last_end = end
    return frozenset(found)


def _is_backer(words: Sequence[Word], at: int) -> bool:
    by = at - 1
    while by > 0 and words[by].key in word_set("grammar", "determiners"):
        by -= 1
    if by < 1 or words[by].key not in ("by", "whom"):
        return False
    helped = event_words("helped_by")
    if words[by].key == "whom":
        return any(word.key in helped for word in words[at + 1 : at + 4])
    near = range(by - 1, max(-1, by - BACKER_REACH), -1)
    verb = next((n for n in near if words[n].key in helped | event_words("be") or words[n].text in ",;"), None)
    return verb is not None and words[verb].key in helped and not _is_whole(words, verb)


def _is_whole(words: Sequence[Word], verb: int) -> bool:
    """Whether a form of 'be' makes the participle the verb of its clause: 'rebels were armed by X'."""
    return verb > 0 and words[verb - 1].key in event_words("be")
