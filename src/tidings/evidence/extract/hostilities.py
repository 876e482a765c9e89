"""Who fights whom and who stands by whom, told by what they do: strikes against, efforts to defeat, in support of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tidings.evidence.extract.clause_parts import Line, acting, clause_end, clause_start, owner, subject
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.extract.relation_lexicon import relation_phrases, relation_verbs, relation_words
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import PartyRecord
from tidings.evidence.vocabulary import RelationType

ARMED = frozenset(["state_military", "armed_group", "militia", "coalition", "government"])
"""Kinds of party that can fight."""
Told = tuple[str, RelationType, str, int, int]
"""Subject, relation, object, start and end."""
OBJECT_REACH = 5
"""Words between a verb or preposition and the party that it is about."""
LOSER_REACH = 14
"""Words between a verb of taking and the 'from' behind what is taken."""
AGAINST_REACH = 5
"""Words between a noun of attack and its 'against'."""
OPPOSED = re.compile(
    r"(?:\b(?:anti|counter)-|\b(?:[Cc]ounter|[Dd]efeat|[Aa]gainst)\s+(?:the\s+)?)(.+?)(?:\s+[Cc]oalition.*)?$"
)
"""The foe that the name of a coalition tells."""


def hostile_relations(line: Line, kinds: Mapping[str, str | None]) -> Iterator[Told]:
    """Yield the fights and the support that a sentence tells by what parties do.

    Parameters
    ----------
    line
        The sentence.
    kinds
        Kind of each party by its id.
    """
    if len(line.parties) < 2:
        return
    for told in (*_opposing(line), *_attacking(line), *_taking(line), *_supporting(line)):
        if kinds.get(told[0]) in ARMED and kinds.get(told[2]) in ARMED:
            yield told


def _opposing(line: Line) -> Iterator[Told]:
    """'X is working to defeat Y', 'X's efforts to defeat and destroy Y'."""
    for at, last, _ in line.all_of(relation_verbs("opposing_verbs")):
        foe = _object(line, last)
        if foe:
            yield from ((actor.id, "fights", foe.id, line.words[at].start, foe.end) for actor in _actors(line, at, foe))


def _attacking(line: Line) -> Iterator[Told]:
    """'X conducted ten strikes against Y', 'X operations against Y', 'X remains committed to attacks on Y'."""
    words = line.words
    for at, last, noun in line.all_of(relation_phrases("attack_nouns")):
        against = _against(words, last, noun)
        foe = _object(line, against) if against else None
        if foe:
            yield from ((actor.id, "fights", foe.id, words[at].start, foe.end) for actor in _attackers(line, at, foe))


def _attackers(line: Line, at: int, foe: Mention) -> list[Mention]:
    """Return whose attack it is: 'X airstrikes', 'X conducted strikes'."""
    own = [party for party in owner(line, at) if party.id != foe.id]
    return own or _actors(line, at, foe)


def _against(words: Sequence[Word], at: int, noun: str) -> int | None:
    """Return the word behind the 'against' of an attack; an 'on' counts only right behind it."""
    for number in range(at, min(at + AGAINST_REACH, len(words))):
        if words[number].key in ("against", "targeting"):
            return number + 1
        if words[number].key == "on" and number == at and noun in relation_words("attack_nouns_on"):
            return number + 1
        if words[number].text in ".;:" or words[number].key in ("and", "but", "that", "which", "who"):
            return None
    return None


def _taking(line: Line) -> Iterator[Told]:
    """'X retook the town from Y', 'X seized land previously held by Y'."""
    words = line.words
    for at, last, _ in line.all_of(relation_verbs("taking_verbs")):
        stop = min(clause_end(words, last), last + LOSER_REACH)
        from_ = next((n for n in range(last, stop) if words[n].key == "from" or _is_held_by(words, n)), None)
        if from_ is not None and "over" in (words[last].key, words[from_ - 1].key):
            continue  # "took over X from Y": perhaps as he went
        loser = _object(line, from_ + 1) if from_ is not None else None
        if loser:
            yield from (
                (actor.id, "fights", loser.id, words[at].start, loser.end) for actor in _actors(line, at, loser)
            )


def _is_held_by(words: Sequence[Word], at: int) -> bool:
    return words[at].key == "by" and words[at - 1].key in ("held", "controlled", "occupied")


def _supporting(line: Line) -> Iterator[Told]:
    """'X conducted strikes in support of Y', 'In support of Y, X struck …', 'X, together with Y'."""
    words = line.words
    for at, last, relation in line.all_of(_sides()):
        other = _object(line, last)
        if other is None:
            continue
        for actor in _actors(line, at, other) or _behind_opener(line, at, other):
            yield actor.id, relation, other.id, words[at].start, max(actor.end, other.end)


def _behind_opener(line: Line, at: int, other: Mention) -> list[Mention]:
    """'In support of Y, X struck …': the clause's own subject stands behind the comma."""
    comma = line.word_at(other.end)
    if at - clause_start(line.words, at) > 1 or comma >= len(line.words) or line.words[comma].text != ",":
        return []
    behind = line.party_in(comma, clause_end(line.words, comma))
    return [party for party in behind if party.id != other.id][:1]


def _actors(line: Line, at: int, other: Mention) -> list[Mention]:
    """Return who does what stands at a word: the party right before a participle, its subject, or the last before."""
    beside = [party for party in line.parties if at > 0 and line.word_at(party.end) == at and party.id != other.id]
    if beside and line.words[at].key.endswith("ing"):
        return beside[-1:]
    found = [party for party in subject(line, at) if party.id != other.id]
    if found:
        return found
    since = next((number + 1 for number in range(at - 1, -1, -1) if line.words[number].text in ';:"“”'), 0)
    for first, is_clause in ((clause_start(line.words, at), True), (since, False)):
        before = [party for party in acting(line, first, at) if party.id != other.id]
        if before:
            return before[:1] if is_clause else before[-1:]
    return []


def _object(line: Line, at: int) -> Mention | None:
    """Return the party that begins within a few words, with no mark or other object before it."""
    stop = min(at + OBJECT_REACH, len(line.words))
    for number in range(at, stop):
        word = line.words[number]
        first = bisect_left(line.parties, word.start, key=lambda party: party.start)
        if first < len(line.parties) and line.parties[first].start == word.start:
            return line.parties[first]
        if number > at and word.key in ("the", "this", "that", "a", "an"):
            return None
        if word.text in ',.;:()"“”' or word.key in relation_words("object_stops"):
            return None
    return None


def named_opponents(document: Document, parties: Iterable[PartyRecord]) -> Iterator[Told]:
    """Yield whom a coalition fights by its own name: 'the anti-Y coalition', 'the Global Coalition Against Y'."""
    body = document.body
    names = {body[start:end].lower(): party for party in parties for start, end in party.mentions}
    for party in {record.id: record for record in names.values() if record.kind == "coalition"}.values():
        for start, end in party.mentions:
            told = OPPOSED.search(body[start:end])
            foe = names.get(told.group(1).lower()) if told else None
            if foe and foe.id != party.id and foe.kind in ARMED:
                yield party.id, "fights", foe.id, start, end


@lru_cache(maxsize=1)
def _sides() -> PhraseBook[RelationType]:
    sides: dict[str, RelationType] = load_lexicon("relations")["sides"]
    return PhraseBook(sides.items())
