"""Who holds which place: 'rebel-held X', 'they control X', 'X, held by Y', 'X is still in their hands'."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tidings.evidence.extract.along_ways import is_along_way
from tidings.evidence.extract.clause_parts import (
    Line,
    clause_end,
    clause_start,
    is_apart,
    listed_places,
    next_party,
    place_before,
    subject,
)
from tidings.evidence.extract.event_lexicon import event_words, triggers
from tidings.evidence.extract.headings import row_start
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.mostly import is_mostly, is_percentage, percent_end
from tidings.evidence.extract.people_of import are_people, are_people_subject
from tidings.evidence.extract.relation_lexicon import relation_phrases, relation_verbs, relation_words
from tidings.evidence.extract.taken_otherwise import is_besieged_so, is_of_a_site, says_otherwise
from tidings.evidence.vocabulary import Certainty, RelationType

NOT_HELD = frozenset(["country", "region", "border", "crossing", "road"])
POINTS = frozenset(["city", "town", "village", None])
"""Kinds of which a part is not the whole: who holds areas in a town does not hold the town."""
PLACE_REACH = 9
ANTECEDENT_REACH = 5
"""Words between 'which' and the verb: 'which opposition groups still hold'."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as a sentence tells it, in text[start:end]."""

    subject: str
    relation: RelationType
    object: str
    start: int
    end: int
    rule: str = ""
    is_claim: bool = False
    """Whether its words tell that its subject says so himself."""
    certainty: Certainty | None = None
    """How certain the event is that tells it, where one does."""
    until: tuple[int, int] | None = None
    """Where the words are that tell what ended it."""
    dated: tuple[int, int] | None = None
    """Where the words are that tell its day, if apart from its own."""


@dataclass(frozen=True)
class Sentence:
    line: Line
    kinds: dict[str, str | None]

    def areas(self, first: int, last: int) -> list[Mention]:
        """Return the places of words[first:last] that can be held, but for towns of which only parts are told."""
        places = [place for place in self.line.place_in(first, last) if self.kinds.get(place.id) not in NOT_HELD]
        return [place for place in places if is_mostly(self.line, place) or not self._is_beside(place)]

    def _is_beside(self, place: Mention) -> bool:
        is_part = self._is_partial(place) or is_percentage(self.line, place)
        return is_part or is_apart(self.line, place) or is_along_way(self.line, place)

    def _is_partial(self, place: Mention) -> bool:
        """Whether parts of a town are told: 'areas in and around X', 'the eastern part of X'."""
        at = self.line.word_at(place.start) - 1
        while at > 0 and self.line.words[at].key in relation_words("to_parts"):
            at -= 1
        told = self.line.words[at].key if at >= 0 else ""
        linked = at + 1 < self.line.word_at(place.start)
        return linked and self.kinds.get(place.id) in POINTS and told in relation_words("partial")


def _held_compounds(sentence: Sentence) -> Iterator[Tie]:
    """'the rebel-held town of X', 'government-held areas in X and Y provinces'."""
    line = sentence.line
    for mention in line.parties:
        behind = line.word_at(mention.end)
        at = behind + (behind < len(line.words) and line.words[behind].text == "-")
        if at >= len(line.words) or line.words[at].key not in relation_words("held") or _is_ruled_out(line, at + 1):
            continue
        found = sentence.areas(at + 1, min(clause_end(line.words, at + 1), at + PLACE_REACH))
        is_verb = at == behind  # "rebels held talks in X"
        if not found or (is_verb and _is_held_elsewhere(line, at + 1, found[0].start)):
            continue
        if is_verb and _is_of_others(line, found[0]):
            continue  # "the army occupied X mayor's office"
        for place in listed_places(line, found[0], len(line.words)):
            yield Tie(mention.id, "controls", place.id, mention.start, place.end)


def _control_verbs(sentence: Sentence) -> Iterator[Tie]:
    """'fighters who control the city of X', 'they still control much of X province'."""
    line = sentence.line
    for at, last, _ in line.all_of(relation_verbs("control_verbs")):
        if at and line.words[at - 1].key in relation_words("before_control_nouns"):
            continue
        if _is_control_noun(line, at, last) or _is_ruled_out(line, last):
            continue  # a noun: "and control of X"
        held = _held_antecedent(sentence, at)
        is_whole = bool(held) and last < len(line.words) and not line.words[last].text[0].isalnum()
        areas = [] if is_whole else sentence.areas(last, min(clause_end(line.words, last), last + PLACE_REACH))
        areas = areas or held  # "X, which the army holds, cutting Y off"
        is_behind = bool(areas) and areas[0].start > line.words[at].start
        if is_behind and (_is_held_elsewhere(line, last, areas[0].start) or _is_of_others(line, areas[0])):
            continue
        behind = max(last, line.word_at(areas[-1].end)) if areas else last
        if areas and (says_otherwise(line.words, behind, "held_so") or is_besieged_so(line.words, behind)):
            continue  # "holds X dear"
        holders = subject(line, at) or _antecedent(line, at)
        opening = line.words[at + (last - at > 1 and line.words[at].key in ("claim", "claims", "claimed"))].start
        for holder in holders if areas else ():
            for place in listed_places(line, areas[0], len(line.words)):
                start, end = min(opening, place.start), max(place.end, line.words[at].end)
                yield Tie(holder.id, "controls", place.id, start, end)


def _is_ruled_out(line: Line, last: int) -> bool:
    """Whether a word behind a verb of ruling makes another of it: 'ruled out taking X', 'ran out of X'."""
    return last < len(line.words) and line.words[last].key == "out"


def _is_control_noun(line: Line, at: int, last: int) -> bool:
    """Whether 'control of X' is a noun, and no 'claims control of X'."""
    is_of = last < len(line.words) and line.words[last].key in ("of", "over")
    is_claimed = at > 0 and line.words[at - 1].key.startswith("claim")
    return line.words[at].key == "control" and is_of and not is_claimed


def _is_of_others(line: Line, place: Mention) -> bool:
    """Whether people of a town or a site in it are told of, and not the town."""
    return are_people(line, place) or is_of_a_site(line.words, line.word_at(place.end))


def _held_antecedent(sentence: Sentence, at: int) -> list[Mention]:
    """Return the place that a relative clause is about: 'X, which the army still holds'."""
    words = sentence.line.words
    start = clause_start(words, at)
    if start < 2 or words[start - 1].key not in ("which", "that") or at - start > ANTECEDENT_REACH:
        return []
    end = words[start - 2 - (words[start - 2].text == ",")].end
    return [place for place in sentence.areas(0, start) if place.end == end][-1:]


def _is_held_elsewhere(line: Line, at: int, offset: int) -> bool:
    """Whether something else is held: 'hold talks with X', 'hold prisoners in X'; 'hold areas in X' is not that."""
    at = percent_end(line.words, at) or at  # "about 70 percent of X" is of X
    between = [word.key for word in line.words[at:] if word.end <= offset]
    links = [number for number, key in enumerate(between) if key in relation_words("held_links")]
    ground = relation_words("ground")
    return any(between[n] != "in" or n == 0 or between[n - 1] not in ground for n in links)


def _antecedent(line: Line, at: int) -> list[Mention]:
    """Return the party that a 'they' before a verb stands for: the last one before it in the sentence."""
    start = clause_start(line.words, at)
    if not any(word.key in ("they", "it") for word in line.words[start:at]):
        return []
    return line.party_in(0, start)[-1:]


def _held_by(sentence: Sentence) -> Iterator[Tie]:
    """'X, held by insurgents since …', 'X is under the control of …'."""
    line = sentence.line
    for at, last, _ in line.all_of(relation_phrases("held_by")):
        if at and line.words[at - 1 - (line.words[at - 1].key == "been")].key in word_set("modality", "nearly"):
            continue  # "was almost captured by"
        holders = [party for party in next_party(line, last, 5) if party.start not in line.backers]
        places = _held_list(sentence, max(clause_start(line.words, at), at - 10, row_start(line.words)), at)
        places = places or _held_antecedent(sentence, at)
        for holder in holders:
            yield from (Tie(holder.id, "controls", place.id, place.start, holder.end) for place in places)


def _held_list(sentence: Sentence, first: int, at: int) -> list[Mention]:
    """Return the place that is held; of 'X and Y, two towns held by …' and 'X and Y are held by …' all."""
    places = sentence.areas(first, at)
    if not places or are_people_subject(sentence.line, places[-1], at):
        return []
    if is_of_a_site(sentence.line.words, sentence.line.word_at(places[-1].end)):
        return []
    behind = sentence.line.words[sentence.line.word_at(places[-1].end) : at]
    if not any(word.key in relation_words("held_plurals") for word in behind):
        return places[-1:]
    return place_before(sentence.line, at, lambda place: sentence.kinds.get(place.id) not in NOT_HELD)


def _divided(sentence: Sentence) -> Iterator[Tie]:
    """'X is divided into rebel and government-held parts': both hold it."""
    line = sentence.line
    for at in line.where(relation_words("divided")):
        near = range(at, min(at + 6, len(line.words)))
        into = next((number for number in near if line.words[number].key in relation_words("divided_into")), None)
        yield from _shared_out(sentence, at, into)
    for at in line.where(relation_words("disputed")):
        by = at + 1 if line.words[min(at + 1, len(line.words) - 1)].key in relation_words("disputed_by") else None
        yield from (replace(tie, is_claim=True) for tie in _shared_out(sentence, at, by))


def _shared_out(sentence: Sentence, at: int, joint: int | None) -> Iterator[Tie]:
    """Yield the parties behind the joint of a participle, each as holder of the place before it."""
    line, places = sentence.line, sentence.areas(0, at)
    holders = line.party_in(joint, min(joint + 8, len(line.words))) if joint is not None else []
    if len(holders) > 1 and places:
        yield from (Tie(h.id, "controls", places[0].id, line.words[at].start, holders[-1].end) for h in holders)


def _strongholds(sentence: Sentence) -> Iterator[Tie]:
    """'the rebel stronghold of X'."""
    line = sentence.line
    for mention in line.parties:
        at = line.word_at(mention.end)
        is_told = at + 1 < len(line.words) and line.words[at].key in relation_words("strongholds")
        if is_told and line.words[at + 1].key == "of":
            places = sentence.areas(at + 1, at + 6)[:1]
            held = [place for place in places if not _is_taken_then(line, place)]
            yield from (Tie(mention.id, "controls", place.id, mention.start, place.end) for place in held)


def _is_taken_then(line: Line, place: Mention) -> bool:
    """Whether a stronghold is one no more: 'the rebel stronghold of X was captured by …'."""
    verb = line.word_at(place.end)
    while verb < len(line.words) and line.words[verb].key in event_words("verb_openers"):
        verb += 1
    found = triggers().at(line.words, verb) if verb < len(line.words) else None
    return found is not None and any(sense.type in ("capture", "loss") for sense in found[1])


HOLDING: tuple[tuple[Callable[[Sentence], Iterable[Tie]], str], ...] = (
    (_held_compounds, "relations.yaml held: behind a party's name, before a place"),
    (_control_verbs, "relations.yaml control_verbs: its subject and the places that it acts on"),
    (_held_by, "relations.yaml held_by: a place before, a party behind"),
    (_divided, "relations.yaml divided and divided_into: a place and the parties between which it is"),
    (_strongholds, "relations.yaml strongholds: between a party and 'of' a place"),
)
"""How it can be told that a party holds a place, each with the rule as `read --explain` shows it."""
