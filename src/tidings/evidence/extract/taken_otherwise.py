"""What 'take' or 'hold' and a place's name tell beside the taking of the place: 'took X refugees', 'holds X dear'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.people_of import are_speakers
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.relation_lexicon import relation_words
from tidings.evidence.extract.words import Word

SAID_REACH = 3
"""Words between the name, or the participle, and what it is taken for: 'takes X very much into account'."""
TAKING = frozenset(["take", "takes", "took", "taken", "taking"])

CLEARING = frozenset(["clear", "clears", "cleared", "clearing"])


def is_taken_so(line: Line, verb: int, last: int, place: Mention) -> bool:
    """Whether a place that stands behind a verb, or before its participle, is not what is taken or held.

    Parameters
    ----------
    line
        The sentence.
    verb, last
        The words of the verb.
    place
        The last place that it seems to act on.
    """
    behind = line.word_at(place.end)
    if _is_modifier(line.words, behind, place):
        return True
    after = behind if place.start > line.words[verb].start else last
    return is_cleared_of_things(line.words, last, after) or (
        line.words[last - 1].key in TAKING and says_otherwise(line.words, after, "taken_so")
    )


def is_cleared_of_things(words: Sequence[Word], last: int, after: int) -> bool:
    """Whether a place is cleared of mines or rubble, and not of those who hold it."""
    is_clearing = words[last - 1].key in CLEARING
    return is_clearing and any(_book("cleared_of").at(words, n) for n in (after, last, last + 1))


def says_otherwise(words: Sequence[Word], at: int, section: str) -> bool:
    """Whether what follows makes something else of taking or holding: 'into account', 'responsible', 'dear'."""
    for n in range(at, min(at + SAID_REACH, len(words))):
        if _book(section).at(words, n):
            return True
        if words[n].key not in word_set("grammar", "adverbs") | event_words("between") | {"very", "much"}:
            return False
    return False


def is_besieged_so(words: Sequence[Word], at: int) -> bool:
    """Whether what follows makes a siege of holding a place: 'under siege', 'in a tight siege'."""
    if at >= len(words) or words[at].key not in ("under", "in"):
        return False
    noun = at + 1 + (at + 1 < len(words) and words[at + 1].key in word_set("grammar", "determiners"))
    return any(word.key in relation_words("held_sieges") for word in words[noun : noun + 2])


def _is_modifier(words: Sequence[Word], at: int, place: Mention) -> bool:
    """Whether a noun for people or goods follows the name: 'X refugees', 'X grain', but not 'X district'."""
    if at >= len(words) or words[at - 1].end != place.end or words[at].is_capital:
        return False
    if is_of_a_site(words, at):
        return True
    if (
        words[at].text[0] == "'"
        or are_speakers(words, at)
        or any(listed(name).at(words, at) for name in ("quarters", "settlements"))
    ):
        return False
    return words[at].key in _owned()


def is_of_a_site(words: Sequence[Word], at: int) -> bool:
    """Whether a site in a town follows its name: 'X hospital', 'X town hall', 'X mayor's office'."""
    if at >= len(words):
        return False
    is_owned = words[at].is_possessive and words[at].key in place_words("people_of") and at + 1 < len(words)
    site = at + is_owned
    sites = place_words("sites") | relation_words("held_sites")
    owned = word_set("events", "dwellings") if is_owned else frozenset()
    if any(listed(name).at(words, site) for name in ("roads", "crossings")):
        return True
    return words[site].key in sites | owned or _book("sites_of_towns").at(words, site) is not None


@cache
def _owned() -> frozenset[str]:
    """Return the nouns for people and goods that can belong to a town."""
    lists = load_lexicon("events")["lists"]
    named = {word for name in ("civilians", "fighters", "prisoners", "aid", "people_going") for word in lists[name]}
    people = {noun for nouns in lexicon("figures")["persons"].values() for noun in nouns}
    goods = word_set("events", "goods_of_towns")
    areas = place_words("beside") | word_set("grammar", "prepositions") | word_set("grammar", "pronouns")
    return frozenset(str(word).lower() for word in named | people) - areas - {"many", "others", "most"} | goods


@cache
def _book(section: str) -> PhraseBook[str]:
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("events")[section])
