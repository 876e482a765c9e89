"""Relations: who holds which place, who supports, fights or belongs to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from tidings.evidence.extract.clause_parts import (
    Line,
    clause_end,
    clause_start,
    is_apart,
    listed_places,
    place_before,
    subject,
)
from tidings.evidence.extract.hostilities import ARMED, hostile_relations, named_opponents
from tidings.evidence.extract.inflection import forms_of
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.modality import Judgement, judge, judged
from tidings.evidence.extract.offices import office_relations
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.extract.times import when_of
from tidings.evidence.extract.trail import Because, Trail, Why, timed
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, Event, PartyRecord, PlaceRecord, RelationRecord
from tidings.evidence.vocabulary import RelationType

NOT_HELD = frozenset(["country", "region", "border", "crossing", "road"])
POINTS = frozenset(["city", "town", "village", None])
"""Kinds of which a part is not the whole: who holds areas in a town does not hold the town."""
PLACE_REACH = 9
ANTECEDENT_REACH = 5
"""Words between 'which' and the verb: 'which opposition groups still hold'."""
LINKS = frozenset(["with", "to", "for", "against", "from", "on", "about", "at", "in", "near"])
TO_PARTS = frozenset(["in", "and", "around", "of", "the", "city", "town", "near", "inside"])
PLURALS = frozenset(["towns", "villages", "cities", "are", "were", "remain", "both", "all"])
NO_OBJECT = frozenset(["by", "away", "from", "for", "of", "to"])
"""Behind these 'support' is a noun or a passive."""
BEFORE_BASE = frozenset(
    ["to", "will", "would", "can", "could", "may", "might", "should", "and", "also", "not", "they", "we"]
)
"""Behind these 'back' is a verb: behind another verb it is none, as in 'pushed back'."""
GROUPS = frozenset(["armed_group", "militia", "state_military"])
WHOLES = frozenset(["coalition", "armed_group", "state_military"])
GROUND = frozenset(
    ["areas", "parts", "territory", "villages", "towns", "ground", "positions", "districts", "neighbourhoods",
     "neighborhoods", "pockets", "swathes", "land", "area", "part", "most", "much", "strongholds", "cities"]
)  # fmt: skip
NO_VERB_AFTER = frozenset(
    ["the", "of", "in", "under", "full", "take", "took", "-", "a", "an", "its", "their", "for", "lost", "lose",
     "losing", "loses", "over", "gain", "gained", "seize", "seized", "any", "no", "some", "complete", "total",
     "regain", "regained"]
)  # fmt: skip
"""Behind these 'control' or 'hold' is a noun or part of a compound."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as a sentence tells it, in text[start:end]."""

    subject: str
    relation: RelationType
    object: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    """A relation with what gave it."""

    record: RelationRecord
    rule: str
    judgement: Judgement


@dataclass(frozen=True)
class _Sentence:
    line: Line
    kinds: dict[str, str | None]

    def areas(self, first: int, last: int) -> list[Mention]:
        """Return the places of words[first:last] that can be held, but for towns of which only parts are told."""
        places = [place for place in self.line.place_in(first, last) if self.kinds.get(place.id) not in NOT_HELD]
        return [place for place in places if not self._is_partial(place) and not is_apart(self.line, place)]

    def _is_partial(self, place: Mention) -> bool:
        """Whether parts of a town are told: 'areas in and around X', 'the eastern part of X'."""
        at = self.line.word_at(place.start) - 1
        while at > 0 and self.line.words[at].key in TO_PARTS:
            at -= 1
        told = self.line.words[at].key if at >= 0 else ""
        linked = at + 1 < self.line.word_at(place.start)
        return linked and self.kinds.get(place.id) in POINTS and told in _words("partial")


def find_relations(
    document: Document,
    places: tuple[PlaceRecord, ...],
    parties: tuple[PartyRecord, ...],
    attributions: tuple[Attribution, ...] = (),
    events: tuple[Event, ...] = (),
    trail: Trail | None = None,
) -> tuple[RelationRecord, ...]:
    """Find the relations that a report tells.

    Parameters
    ----------
    document
        The report cut into sentences.
    places, parties, attributions, events
        What was read in it before.
    trail
        Where the rules that fired and their words are noted: of the nth relation by `r` + n.

    Returns
    -------
    tuple
        Each relation once a voice and time, where it is told first; `controls` has a place as object.
    """
    kinds: dict[str, str | None] = {**{p.id: p.kind for p in places}, **{p.id: p.kind for p in parties}}
    place_mentions, party_mentions = Mentions.of(places), Mentions.of(parties)
    ties: list[Tie] = []
    for words in document.words:
        sentence = _Sentence(Line.of(words, place_mentions, party_mentions), kinds)
        if not sentence.line.parties or len(sentence.line.parties) + len(sentence.line.places) < 2:
            continue
        for find, rule in FINDERS:
            ties.extend(replace(tie, rule=rule) for tie in find(sentence))
        ties.extend(Tie(*tie, rule=OFFICE_RULE) for tie in office_relations(sentence.line, kinds))
        ties.extend(Tie(*tie, rule=HOSTILE_RULE) for tie in hostile_relations(sentence.line, kinds))
    ties.extend(_from_events(events, kinds))
    ties.extend(Tie(*tie, rule=OPPONENT_RULE) for tie in named_opponents(document, parties))
    ordered = sorted((tie for tie in ties if tie.subject != tie.object), key=lambda tie: (tie.start, tie.end))
    made = _first_of_each(_record(document, tie, attributions) for tie in ordered)
    if trail is not None:
        for number, each in enumerate(made, 1):
            trail.note_all(f"r{number}", _whys(each, attributions))
    return tuple(each.record for each in made)


def _first_of_each(made: Iterable[_Made]) -> tuple[_Made, ...]:
    """Keep the first telling of a relation by the same voice, at the same time, with the same certainty."""
    first: dict[tuple[object, ...], _Made] = {}
    for each in made:
        record = each.record
        since = (record.when.from_, record.when.until) if record.when else None
        voice = (record.certainty, record.attribution, since)
        first.setdefault((record.subject, record.relation, record.object, *voice), each)
    return tuple(first.values())


def _whys(made: _Made, attributions: tuple[Attribution, ...]) -> Iterator[Why]:
    yield "relation", Because(made.rule, made.record.start, made.record.end)
    yield from judged(made.judgement, attributions)
    yield from timed("when", made.record.when)


def _record(document: Document, tie: Tie, attributions: tuple[Attribution, ...]) -> _Made:
    judgement = judge(document, tie.start, tie.end, attributions)
    when = when_of(document, tie.start, tie.end, document.report.published) if tie.relation == "controls" else None
    record = RelationRecord(
        subject=tie.subject, relation=tie.relation, object=tie.object, start=tie.start, end=tie.end, when=when,
        certainty=judgement.certainty, attribution=judgement.attribution,
    )  # fmt: skip
    return _Made(record, tie.rule, judgement)


def _held_compounds(sentence: _Sentence) -> Iterator[Tie]:
    """'the rebel-held town of X', 'government-held areas in X and Y provinces'."""
    line = sentence.line
    for mention in line.parties:
        at = line.word_at(mention.end)
        at += at < len(line.words) and line.words[at].text == "-"
        if at >= len(line.words) or line.words[at].key not in _words("held"):
            continue
        found = sentence.areas(at + 1, min(clause_end(line.words, at + 1), at + PLACE_REACH))
        for place in listed_places(line, found[0], len(line.words)) if found else ():
            yield Tie(mention.id, "controls", place.id, mention.start, place.end)


def _control_verbs(sentence: _Sentence) -> Iterator[Tie]:
    """'fighters who control the city of X', 'they still control much of X province'."""
    line = sentence.line
    for at, last, _ in _verbs("control_verbs").all_in(line.words):
        if at and line.words[at - 1].key in NO_VERB_AFTER:
            continue
        areas = sentence.areas(last, min(clause_end(line.words, last), last + PLACE_REACH))
        areas = areas or _held_antecedent(sentence, at)
        if areas and areas[0].start > line.words[at].start and _is_held_elsewhere(line, last, areas[0].start):
            continue
        holders = subject(line, at) or _antecedent(line, at)
        for holder in holders if areas else ():
            for place in listed_places(line, areas[0], len(line.words)):
                start, end = sorted((line.words[at].start, place.start))[0], max(place.end, line.words[at].end)
                yield Tie(holder.id, "controls", place.id, start, end)


def _held_antecedent(sentence: _Sentence, at: int) -> list[Mention]:
    """Return the place that a relative clause is about: 'X, which the army still holds'."""
    words = sentence.line.words
    start = clause_start(words, at)
    if start < 2 or words[start - 1].key not in ("which", "that") or at - start > ANTECEDENT_REACH:
        return []
    end = words[start - 2 - (words[start - 2].text == ",")].end
    return [place for place in sentence.areas(0, start) if place.end == end][-1:]


def _is_held_elsewhere(line: Line, at: int, offset: int) -> bool:
    """Whether something else is held: 'hold talks with X', 'hold prisoners in X'; 'hold areas in X' is not that."""
    between = [word.key for word in line.words[at:] if word.end <= offset]
    links = [number for number, key in enumerate(between) if key in LINKS]
    return any(between[n] != "in" or n == 0 or between[n - 1] not in GROUND for n in links)


def _antecedent(line: Line, at: int) -> list[Mention]:
    """Return the party that a 'they' before a verb stands for: the last one before it in the sentence."""
    start = clause_start(line.words, at)
    if not any(word.key in ("they", "it") for word in line.words[start:at]):
        return []
    return line.party_in(0, start)[-1:]


def _held_by(sentence: _Sentence) -> Iterator[Tie]:
    """'X, held by insurgents since …', 'X is under the control of …'."""
    line = sentence.line
    for at, last, _ in _phrases("held_by").all_in(line.words):
        holders = _next(line, last, 5)
        places = _held_list(sentence, max(clause_start(line.words, at), at - 10), at)
        for holder in holders:
            yield from (Tie(holder.id, "controls", place.id, place.start, holder.end) for place in places)


def _held_list(sentence: _Sentence, first: int, at: int) -> list[Mention]:
    """Return the place that is held; of 'X and Y, two towns held by …' and 'X and Y are held by …' all."""
    places = sentence.areas(first, at)
    if not places:
        return []
    behind = sentence.line.words[sentence.line.word_at(places[-1].end) : at]
    if not any(word.key in PLURALS for word in behind):
        return places[-1:]
    return place_before(sentence.line, at, lambda place: sentence.kinds.get(place.id) not in NOT_HELD)


def _divided(sentence: _Sentence) -> Iterator[Tie]:
    """'X is divided into rebel and government-held parts': both hold it."""
    line = sentence.line
    for at, word in enumerate(line.words):
        if word.key not in _words("divided"):
            continue
        near = range(at, min(at + 6, len(line.words)))
        into = next((number for number in near if line.words[number].key in _words("divided_into")), None)
        places = sentence.areas(0, at)
        holders = line.party_in(into, min(into + 8, len(line.words))) if into is not None else []
        if len(holders) > 1 and places:
            yield from (Tie(h.id, "controls", places[0].id, word.start, holders[-1].end) for h in holders)


def _strongholds(sentence: _Sentence) -> Iterator[Tie]:
    """'the rebel stronghold of X'."""
    line = sentence.line
    for mention in line.parties:
        at = line.word_at(mention.end)
        if at + 1 < len(line.words) and line.words[at].key in _words("strongholds") and line.words[at + 1].key == "of":
            places = sentence.areas(at + 1, at + 6)[:1]
            yield from (Tie(mention.id, "controls", place.id, mention.start, place.end) for place in places)


def _backed_compounds(sentence: _Sentence) -> Iterator[Tie]:
    """'Russian-backed government forces'."""
    line = sentence.line
    for mention in line.parties:
        at = line.word_at(mention.end)
        at += at < len(line.words) and line.words[at].text == "-"
        if at < len(line.words) and line.words[at].key in _words("backed"):
            backed = _next(line, at + 1, 5)
            yield from (Tie(mention.id, "supports", other.id, mention.start, other.end) for other in backed)


def _backed_by(sentence: _Sentence) -> Iterator[Tie]:
    """'an army offensive backed by Russia and Iran': who is backed stands before, in the same sentence."""
    line = sentence.line
    for at in range(1, len(line.words)):
        if line.words[at].key != "by" or line.words[at - 1].key not in _words("backed"):
            continue
        backers = _row(line, at + 1)
        backed = line.party_in(clause_start(line.words, at), at - 1)
        for other in backed[:1] if backers else ():
            yield from (Tie(b.id, "supports", other.id, line.words[at - 1].start, backers[-1].end) for b in backers)


def _support_verbs(sentence: _Sentence) -> Iterator[Tie]:
    line = sentence.line
    for at, last, _ in _verbs("support_verbs").all_in(line.words):
        if at == 0 or line.words[at - 1].key in NO_VERB_AFTER or line.words[at].is_capital:
            continue
        if last < len(line.words) and line.words[last].key in NO_OBJECT:
            continue
        if line.words[at].key == "back" and line.words[at - 1].key not in BEFORE_BASE:
            continue
        supported = _next(line, last, 5)
        for supporter in subject(line, at) if supported else ():
            yield Tie(supporter.id, "supports", supported[0].id, line.words[at].start, supported[0].end)


def _allies(sentence: _Sentence) -> Iterator[Tie]:
    """'X and allies including Y', 'X are allies of Y', 'X, allied with Y'."""
    line = sentence.line
    for at, word in enumerate(line.words):
        if word.key in _words("ally_nouns"):
            yield from _allies_including(line, at)
            yield from _ally_of(line, at)
    for at, last, _ in _phrases("allied").all_in(line.words):
        before, behind = line.party_in(0, at)[-1:], _next(line, last, 4)
        yield from (Tie(a.id, "ally_of", b.id, a.start, b.end) for a in before for b in behind)


def _allies_including(line: Line, at: int) -> Iterator[Tie]:
    found = _phrases("including").at(line.words, at + 1) if at + 1 < len(line.words) else None
    if found is None:
        return
    allies = _row(line, found[0])
    end = line.word_at(allies[-1].end) if allies else at
    main = _next(line, end, 6) or line.party_in(0, at)[-1:]
    yield from (Tie(ally.id, "ally_of", main[0].id, line.words[at].start, ally.end) for ally in allies if main)


def _ally_of(line: Line, at: int) -> Iterator[Tie]:
    of = next((n for n in range(at + 1, min(at + 8, len(line.words))) if line.words[n].key == "of"), None)
    if of is None or any(word.key == "as" for word in line.words[max(0, at - 2) : at]):
        return
    other = _next(line, of, 4)
    before = line.party_in(clause_start(line.words, at), at)[-1:]
    yield from (Tie(a.id, "ally_of", b.id, a.start, b.end) for a in before for b in other)


def _hostile(sentence: _Sentence) -> Iterator[Tie]:
    line = sentence.line
    for at, last, _ in _phrases("hostile").all_in(line.words):
        before = line.party_in(clause_start(line.words, at), at)[:1]
        behind = _next(line, last, 4)
        yield from (Tie(a.id, "hostile_to", b.id, line.words[at].start, b.end) for a in before for b in behind)


def _parts(sentence: _Sentence) -> Iterator[Tie]:
    """'X, part of Y'."""
    line = sentence.line
    yield from _groups_of(sentence)
    for at, last, _ in _phrases("part_of").all_in(line.words):
        before = line.party_in(max(0, at - 6), at)[-1:]
        behind = _next(line, last, 4)
        yield from (Tie(a.id, "part_of", b.id, a.start, b.end) for a in before for b in behind)


def _groups_of(sentence: _Sentence) -> Iterator[Tie]:
    """'the X Brigade of the Y Coalition': a group right before 'of' and a coalition or army."""
    line, kinds = sentence.line, sentence.kinds
    for group, whole in zip(line.parties, line.parties[1:], strict=False):
        between = [word.key for word in line.words if group.end <= word.start and word.end <= whole.start]
        if between in (["of"], ["of", "the"]) and kinds.get(group.id) in GROUPS and kinds.get(whole.id) in WHOLES:
            yield Tie(group.id, "part_of", whole.id, group.start, whole.end)


def _from_events(events: Iterable[Event], kinds: dict[str, str | None]) -> Iterator[Tie]:
    """Parties that clash, strike or besiege one another fight."""
    types = frozenset(load_lexicon("relations")["against_events"])
    for event in events:
        if event.type in types and event.certainty in ("stated", "claimed"):
            for actor in event.actors:
                for target in event.targets:
                    if kinds.get(actor) in ARMED and kinds.get(target) in ARMED:
                        rule = f"relations.yaml against_events: {event.type}"
                        yield Tie(actor, "fights", target, event.start, event.end, rule)


def _row(line: Line, at: int) -> list[Mention]:
    """Return the parties listed from a word on: 'Russia and Iran', 'Lebanon's Hezbollah and others'."""
    found = _next(line, at, 4)
    for mention in line.parties:
        if not found or mention.start < found[-1].end:
            continue
        between = [w.key for w in line.words if found[-1].end <= w.start and w.end <= mention.start]
        if not 0 < len(between) <= 3 or any(key not in (",", "and", "the") for key in between):
            break
        found.append(mention)
        if "and" in between:
            return found
    return found[:1]  # without an 'and' the comma ended the list


def _next(line: Line, at: int, reach: int) -> list[Mention]:
    """Return the first party that begins in the words from `at` on, however many words its name has."""
    if at >= len(line.words):
        return []
    start, end = line.words[at].start, line.words[min(at + reach, len(line.words)) - 1].end
    return [mention for mention in line.parties if start <= mention.start < end][:1]


@cache
def _words(section: str) -> frozenset[str]:
    return frozenset(load_lexicon("relations")[section])


@cache
def _phrases(section: str) -> PhraseBook[str]:
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("relations")[section])


@cache
def _verbs(section: str) -> PhraseBook[str]:
    verbs = load_lexicon("relations")[section]
    return PhraseBook((form, verb) for verb in verbs for form, _ in forms_of(verb))


FINDERS: tuple[tuple[Callable[[_Sentence], Iterable[Tie]], str], ...] = (
    (_held_compounds, "relations.yaml held: behind a party's name, before a place"),
    (_control_verbs, "relations.yaml control_verbs: its subject and the places that it acts on"),
    (_held_by, "relations.yaml held_by: a place before, a party behind"),
    (_divided, "relations.yaml divided and divided_into: a place and the parties between which it is"),
    (_strongholds, "relations.yaml strongholds: between a party and 'of' a place"),
    (_backed_compounds, "relations.yaml backed: behind the backer's name, before who is backed"),
    (_backed_by, "relations.yaml backed: with 'by' and the backer behind it"),
    (_support_verbs, "relations.yaml support_verbs: its subject and the party that it acts on"),
    (_allies, "relations.yaml ally_nouns and allied: the parties beside them"),
    (_hostile, "relations.yaml hostile: the parties before and behind it"),
    (_parts, "relations.yaml part_of: a group and what it belongs to"),
)
"""How a relation can be told, each with the rule as `read --explain` shows it."""
OFFICE_RULE = "offices: an office or an affiliation beside a person's name"
HOSTILE_RULE = "hostilities: what one party does against another or with it"
OPPONENT_RULE = "hostilities: the foe that the name of a coalition tells"
