"""Events that a report tells: what happened, who did it to whom, where and when, and how certain it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from tidings.evidence.extract.announced import announced
from tidings.evidence.extract.bare_denials import bare_denials
from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, clause_lines, only_party_before, subject
from tidings.evidence.extract.event_causes import folded, rioting
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words, triggers
from tidings.evidence.extract.event_links import link_same
from tidings.evidence.extract.event_told import WAY_TYPES, How, Reading, Told
from tidings.evidence.extract.event_trail import ArgumentWhy, Made, whys_of
from tidings.evidence.extract.headings import Headings, is_of_heading, is_reference
from tidings.evidence.extract.headlines import headline_of
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.modality import judge, judged
from tidings.evidence.extract.own_troops import own_troops
from tidings.evidence.extract.positions import find_positions
from tidings.evidence.extract.presupposed import as_given, is_given, sieges_to_be_lifted
from tidings.evidence.extract.sieges_over import told_from, with_ends
from tidings.evidence.extract.times import when_of
from tidings.evidence.extract.told_in_sentence import told_in, upheld
from tidings.evidence.extract.trail import Because, Trail, timed
from tidings.evidence.extract.ways_before import way_of
from tidings.evidence.extract.ways_ends import both_ends, with_heading
from tidings.evidence.extract.ways_excepted import with_excepted
from tidings.evidence.extract.ways_lasting import with_lasting
from tidings.evidence.extract.ways_over import with_opposites
from tidings.evidence.extract.ways_own_days import with_own_days
from tidings.evidence.extract.which_group import pronoun_party
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, Condition, Event, PartyRecord, PlaceRecord, Span
from tidings.evidence.vocabulary import EventType

ONE_PLACE_EACH = frozenset(["capture", "loss", "territory_transferred"])
"""Types of which every place is an event of its own: two captures from one verb are two events."""
NOT_HELD = frozenset(["country", "region", "border", "crossing", "road"])
PEOPLE_TYPES = frozenset(["flight", "return", "evacuation", "famine"])
"""Types whose actors are people, never the party that stands near the verb."""
PRONOUN_REACH = 5
"""Words before a verb among which a pronoun may be its subject: "it has since also"."""
TOPIC_WORDS = 3
"""Opening words of a sentence in which what it is about is named."""
ADDRESSEE_REACH = 6
"""Characters behind a verb of telling in which the name of who is told begins."""
BESIEGED_REACH = 40
"""Characters around a place's name in which 'besieged' tells of it."""
ARMED_KINDS = frozenset(["state_military", "armed_group", "militia", "coalition", "government"])


@dataclass(frozen=True)
class _Setting:
    """What finding the events of one report needs."""

    document: Document
    places: Mentions
    parties: Mentions
    kinds: dict[str, str | None]
    armed: frozenset[str]
    civilians: frozenset[str]
    besieged: frozenset[tuple[str, int]]
    """Places that the report calls besieged, each with the number of the sentence that does."""
    besiegers: frozenset[tuple[str, str]]
    """Pairs of a party and a place that it is said to besiege."""
    headings: Headings
    flying: frozenset[str]
    """Parties that the report says strike from the air."""
    addressees: tuple[Span, ...] = ()
    """Where names of those begin who are told something."""
    explains: bool = False
    """Whether it is kept what gave each event its fields."""


def find_events(
    document: Document,
    places: tuple[PlaceRecord, ...],
    parties: tuple[PartyRecord, ...],
    attributions: tuple[Attribution, ...] = (),
    published: dt.date | None = None,
    trail: Trail | None = None,
) -> tuple[Event, ...]:
    """Find the events that a report tells.

    Parameters
    ----------
    document
        The report cut into sentences.
    places, parties, attributions
        What was read in it before.
    published
        Day on which it was published; without it "on Wednesday" has no date.
    trail
        Where the rules that fired and their words are noted, by the ids of the events.

    Returns
    -------
    tuple
        Events in order of the text; `text` is exactly the report's slice. A later mention of an earlier event points
        at it with `same_as`.
    """
    setting = _setting(document, places, parties)
    told = [each for each in _told(setting) if not is_reference(document.words[each[0]])]
    setting = replace(
        setting, besiegers=_besiegers(each for _, each in told), addressees=_addressees(document, attributions),
        explains=trail is not None,
    )  # fmt: skip
    placed = list(_placed(setting, told))
    settled = _with_takers([_settle(setting, number, each) for number, each in placed])
    spread = [one for each in settled for one in _one_place_each(each) if not _is_siege_of_nothing(one)]
    single = _without_doubles(spread)
    made = [_event(setting, each, attributions, published) for each in single]
    made = upheld([(each.sentence, each.how == "ended", one) for each, one in zip(single, made, strict=True)])
    made = with_opposites(document, with_own_days(document, with_lasting(document, made)))
    made = with_excepted(document, clause_lines(document, setting.places, setting.parties), setting.kinds.get, made)
    made = with_ends(document, [*made, *sieges_to_be_lifted(document, made)])
    made += tuple(bare_denials(document, made, attributions))
    made += find_positions(document, setting.places, setting.parties, setting.armed, attributions, published)
    ordered = sorted(made, key=lambda each: each.event.start)
    if trail is not None:
        for number, each in enumerate(ordered, 1):
            trail.note_all(f"e{number}", each.why)
    numbered = [each.event.model_copy(update={"id": f"e{number}"}) for number, each in enumerate(ordered, 1)]
    return link_same(numbered, trail, headline_of(document), _taken_anew(document, numbered))


def _placed(setting: _Setting, told: Iterable[tuple[int, Told]]) -> Iterator[tuple[int, Told]]:
    """Leave out what tells of the place of a heading where there is none, but for what names a place beside."""
    for number, each in told:
        is_beside = each.headed and each.sense.noted and bool(each.places)
        if not each.headed:
            yield number, each
        elif _headed(setting, number, each):
            yield number, replace(each, places=()) if is_beside else each
        elif is_beside:
            yield number, replace(each, headed=False)


def _taken_anew(document: Document, events: Sequence[Event]) -> frozenset[str]:
    """Return the ids of captures that follow another of the place in their sentence: 'captured, then recaptured by'."""
    before: set[tuple[int, str]] = set()
    anew: set[str] = set()
    for event in (event for event in events if event.type == "capture"):
        told = {(document.sentence_at(event.start).number, place) for place in event.places}
        if not before.isdisjoint(told) and event.text.lower().startswith("re"):
            anew.add(event.id)
        before |= told
    return frozenset(anew)


@dataclass(frozen=True, slots=True)
class _Settled:
    """An event with its arguments as ids."""

    sentence: int
    type: EventType
    start: int
    end: int
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    places: tuple[str, ...]
    first: int = field(default=0, compare=False)
    """Its first word in its sentence."""
    how: How = field(default="noun", compare=False)
    whys: tuple[ArgumentWhy, ...] = field(default=(), compare=False)
    """What gave it its type and arguments."""


def _setting(document: Document, places: Iterable[PlaceRecord], parties: Iterable[PartyRecord]) -> _Setting:
    parties, places = tuple(parties), tuple(places)
    mentions = Mentions.of(parties)
    armed = frozenset(party.id for party in parties if party.kind in ARMED_KINDS)
    civilians = frozenset(party.id for party in parties if party.kind == "civilians")
    kinds: dict[str, str | None] = {place.id: place.kind for place in places}
    named = Mentions.of(places)
    besieged = _besieged(named, document)
    setting = _Setting(
        document, named, mentions, kinds, armed, civilians, besieged, besiegers=frozenset(), flying=frozenset(),
        headings=Headings(document, named, lambda place: kinds.get(place) not in NOT_HELD),
    )  # fmt: skip
    return replace(setting, flying=_flying(setting))


def _flying(setting: _Setting) -> frozenset[str]:
    """Return the parties right before words for air strikes and warplanes."""
    found: set[str] = set()
    flying = event_words("flying")
    for number, at in setting.document.where(flying):
        words = setting.document.words[number]
        near = setting.parties.within(words[max(0, at - 3)].start, words[at].start) if at else ()
        found.update(mention.id for mention in near[-1:])
    return frozenset(found)


def _told(setting: _Setting) -> Iterator[tuple[int, Told]]:
    """Yield what each sentence tells, with its number."""
    lines = clause_lines(setting.document, setting.places, setting.parties)
    for number, starts in groupby(setting.document.where(triggers().first_keys), key=lambda start: start[0]):
        reading = Reading(lines[number], setting.kinds.get, setting.armed, lines[number - 1] if number else None)
        told = tuple(told_in(reading, [at for _, at in starts]))
        yield from ((number, each) for each in folded(told, lines[number].words))


def _settle(setting: _Setting, sentence: int, told: Told) -> _Settled:
    """Replace mentions by ids, and resolve what points back: pronouns, 'there', 'that'."""
    words = setting.document.words[sentence]
    actors = _own_troops(setting, sentence, told) or _ids(told.actors) or _pronoun_actor(setting, sentence, told)
    actors = actors or _announced(setting, sentence, told)
    targets = tuple(party for party in _ids(told.targets) if party not in actors)
    if told.sense.type in PEOPLE_TYPES:
        actors, targets = tuple(party for party in actors if party in setting.civilians), ()
    lines = clause_lines(setting.document, setting.places, setting.parties)
    places = _ids(both_ends(lines[sentence], setting.kinds.get, told))
    if told.place_word is not None and told.sense.type not in WAY_TYPES:
        places = _before(setting, sentence, told, words[told.place_word].start)
    elif told.headed or (not places and is_of_heading(words, told.sense.type, told.last)):
        places = tuple(dict.fromkeys((*_headed(setting, sentence, told), *places)))
    elif not places and told.sense.type in ("siege", "siege_lifted"):
        places = _headed(setting, sentence, told) or _town_meant(setting, sentence, told.first)
        places = places or _besieged_before(setting, sentence)
    if told.sense.type in WAY_TYPES:
        places = way_of(lines, setting.kinds, sentence, told, places)
        places = with_heading(lines[sentence], told, places, _headed(setting, sentence, told))
    type_ = _type(setting, sentence, told, actors, places)
    whys = tuple(whys_of(told, words, type_, (actors, targets, places))) if setting.explains else ()
    start, end = words[told.first].start, words[told.last - 1].end
    return _Settled(sentence, type_, start, end, actors, targets, places, told.first, told.how, whys)


def _own_troops(setting: _Setting, sentence: int, told: Told) -> tuple[str, ...]:
    """Return whose "his troops" are that act, where no armed party is named to act: the army's of its chief."""
    if told.how == "passive" or any(actor in setting.armed for actor in _ids(told.actors)):
        return ()
    line = clause_lines(setting.document, setting.places, setting.parties)[sentence]
    return _ids(own_troops(line, told.first, setting.armed))


def _announced(setting: _Setting, sentence: int, told: Told) -> tuple[str, ...]:
    line = clause_lines(setting.document, setting.places, setting.parties)[sentence]
    return tuple(party for party in _ids(announced(line, told)) if party in setting.armed)


def _headed(setting: _Setting, sentence: int, told: Told) -> tuple[str, ...]:
    """Return the place that the heading above a note names."""
    return tuple(filter(None, [setting.headings.place_at(setting.document.words[sentence][told.first].start)]))


def _town_meant(setting: _Setting, sentence: int, verb: int) -> tuple[str, ...]:
    """Return the place told last before 'the fall of the city' that ends a siege."""
    keys = [word.key for word in setting.document.words[sentence][:verb]]
    at = next((n for n in range(len(keys) - 2) if keys[n : n + 2] == ["of", "the"] and keys[n + 2] in TOWN_WORDS), None)
    offset = setting.document.words[sentence][at].start if at is not None else None
    return tuple(filter(None, [_last_area(setting, offset)])) if offset is not None else ()


def _besieged_before(setting: _Setting, sentence: int) -> tuple[str, ...]:
    """Return the one place that the last sentence that tells of a siege calls besieged, at most two before."""
    for before in (sentence - 1, sentence - 2):
        found = {place for place, at in setting.besieged if at == before and _can_be_held(setting, place)}
        if found:
            return tuple(found) if len(found) == 1 else ()
    return ()


def _ids(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.id for mention in mentions))


def _pronoun_actor(setting: _Setting, sentence: int, told: Told) -> tuple[str, ...]:
    """Read 'They have seized …' as the one armed party of the sentence before, 'X said it has …' as X.

    Never inside a quotation, and never of what is done to them.
    """
    words, at = setting.document.words[sentence], told.first
    near = range(at - 1, max(-1, at - PRONOUN_REACH), -1)
    opening = next((number for number in near if words[number].key in event_words("pronouns")), None)
    if opening is None or told.how == "passive" or setting.document.is_quoted(words[at].start):
        return ()
    if opening:
        line = clause_lines(setting.document, setting.places, setting.parties)[sentence]
        return _ids(_speaking(line, opening) or only_party_before(line, opening))
    if sentence == 0 or words[0].key not in ("they", "it"):
        return ()
    before = setting.document.words[sentence - 1]
    named = [m for m in setting.parties.within(before[0].start, before[-1].end) if m.id in setting.armed]
    return pronoun_party(before, named, is_plural=words[0].key == "they")


def _speaking(line: Line, pronoun: int) -> list[Mention]:
    """Return who speaks right before a pronoun: the army of 'the rebels left, the army said it had …'."""
    verb = pronoun - 1 - (line.words[pronoun - 1].key == "that")
    spoken = verb > 0 and line.words[verb].key in word_set("attributions", "past_speech")
    return subject(line, verb) if spoken else []


def _before(setting: _Setting, sentence: int, told: Told, offset: int) -> tuple[str, ...]:
    """Return the place of the text before that is meant: what a sentence is about, else its last."""
    if not told.sense.bare:
        return tuple(filter(None, [_last_area(setting, offset)]))
    if sentence == 0:
        return ()
    line = clause_lines(setting.document, setting.places, setting.parties)[sentence - 1]
    return _ids(place for place in line.place_in(0, TOPIC_WORDS) if _can_be_held(setting, place.id))[:1]


def _can_be_held(setting: _Setting, place: str) -> bool:
    return setting.kinds.get(place) not in NOT_HELD


def _last_area(setting: _Setting, offset: int) -> str | None:
    """Return the last place before an offset that can be held, looking back over two sentences at most."""
    first = setting.document.sentence_at(offset).number - 2
    start = setting.document.sentences[max(0, first)].start
    areas = [m.id for m in setting.places.within(start, offset)
             if setting.kinds.get(m.id) not in ("country", "region", "border", "crossing")]  # fmt: skip
    return areas[-1] if areas else None


def _type(setting: _Setting, sentence: int, told: Told, actors: tuple[str, ...], places: tuple[str, ...]) -> EventType:
    """Refine the type by who acts and by what is known of the place."""
    if told.sense.type in ("bombing", "shelling") and any(actor in setting.flying for actor in actors):
        return "air_strike"
    if _relieves(setting, sentence, told, actors, places):
        return "siege_lifted"
    return rioting(told.sense.type, setting.document.words[sentence])


def _relieves(setting: _Setting, sentence: int, told: Told, actors: tuple[str, ...], places: tuple[str, ...]) -> bool:
    """Whether a way to a place is opened, or the place reached, by others than those who besiege it."""
    key = setting.document.words[sentence][told.first].key
    reached = told.sense.type == "advance" and told.sense.object == "place" and key in event_words("reaching")
    opened = told.sense.type == "road_opened" and not (told.sense.is_predicate or told.sense.intransitive)
    besieged = any((place, sentence) in setting.besieged for place in places)
    return (reached or opened) and besieged and not any((a, p) in setting.besiegers for a in actors for p in places)


def _besiegers(told: Iterable[Told]) -> frozenset[tuple[str, str]]:
    sieges = [each for each in told if each.sense.type == "siege"]
    return frozenset((actor.id, place.id) for each in sieges for actor in each.actors for place in each.places)


def _besieged(places: Mentions, document: Document) -> frozenset[tuple[str, int]]:
    """Return the places that sentences call besieged, right before or behind one of their mentions."""
    found = set()
    for mention in places.all:
        sentence = document.sentence_at(mention.start)
        first, last = told_from(document, mention.start, BESIEGED_REACH), mention.end + BESIEGED_REACH
        around = document.body[max(sentence.start, first) : min(sentence.end, last)].lower()
        if "not " not in around and any(word in around for word in event_words("besieged")):
            found.add((mention.id, sentence.number))
    return frozenset(found)


def _with_takers(events: Sequence[_Settled]) -> list[_Settled]:
    """Give a capture without an actor that of the advance or capture told in its sentence or the one before."""
    takers = {event.sentence: event for event in events if event.type in ("capture", "advance") and event.actors}
    doers = {number: {event.actors for event in told if event.actors}
             for number, told in groupby(events, key=lambda event: event.sentence)}  # fmt: skip
    alone = {number: taker for number, taker in takers.items() if len(doers[number]) == 1}
    return [_taken(event, takers, alone if event.how == "active" else takers) for event in events]


def _taken(event: _Settled, takers: Mapping[int, _Settled], before: Mapping[int, _Settled]) -> _Settled:
    """Give a capture its taker; one with a subject that is not known goes on only from where one party alone acts."""
    taker = takers.get(event.sentence) or before.get(event.sentence - 1)
    if event.actors or event.type != "capture" or taker is None or _is_retaken(event, taker):
        return event
    whys = [
        ArgumentWhy("actors", each.id, each.why._replace(rule="events: who is told to advance or capture just before"))
        for each in taker.whys if each.field == "actors"
    ]  # fmt: skip
    return replace(event, actors=taker.actors, whys=(*event.whys, *whys))


def _is_retaken(event: _Settled, later: _Settled) -> bool:
    """Whether a later capture of its sentence takes the same place again: 'Captured in April, recaptured by X'."""
    return later.type == "capture" and later.start > event.start and set(event.places) <= set(later.places)


def _one_place_each(event: _Settled) -> list[_Settled]:
    if event.type in ONE_PLACE_EACH and len(event.places) > 1:
        return [replace(event, places=(place,)) for place in event.places]
    return [event]


def _is_siege_of_nothing(event: _Settled) -> bool:
    return event.type == "siege" and event.how == "noun" and not event.places


def _without_doubles(events: Sequence[_Settled]) -> list[_Settled]:
    return list(dict.fromkeys(events))


def _event(
    setting: _Setting, settled: _Settled, attributions: tuple[Attribution, ...], published: dt.date | None
) -> Made:
    document = setting.document
    judgement = judge(document, settled.start, settled.end, attributions)
    words = document.words[settled.sentence]
    if is_given(words, settled.first, settled.type, settled.how, judgement.certainty):
        judgement = as_given(judgement, settled.how)
    condition = Condition(span=judgement.condition) if judgement.condition else None
    when = when_of(document, settled.start, settled.end, published)
    targets = settled.targets
    if targets:
        own = [said.speaker_span for said in attributions if said.id == judgement.attribution and said.speaker_span]
        heard = [*own, *setting.addressees]
        targets = tuple(party for party in targets if not _only_heard(setting, settled, party, heard))
    event = Event(
        id="", type=settled.type, start=settled.start, end=settled.end,
        text=document.report.text[settled.start : settled.end], actors=settled.actors, targets=targets,
        places=settled.places, when=when,
        certainty=judgement.certainty, condition=condition, attribution=judgement.attribution,
    )  # fmt: skip
    if not setting.explains:
        return Made(event)
    told = [(each.field, each.why) for each in settled.whys if each.field != "places" or each.id in settled.places]
    if judgement.condition:
        told.append(("condition", Because("modality: the words on which it hangs", *judgement.condition)))
    return Made(event, (*told, *judged(judgement, attributions), *timed("when", when)))


def _addressees(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Span, ...]:
    """Return where the name of who is told begins, right behind a verb of telling."""
    cues = [said.cue_span for said in attributions if said.cue_span]
    told = [end for start, end in cues if document.body[start:end].lower().startswith(("tell", "told", "inform"))]
    return tuple((end, end + ADDRESSEE_REACH) for end in told)


def _only_heard(setting: _Setting, settled: _Settled, party: str, heard: Sequence[Span]) -> bool:
    """Whether a party stands in the event's sentence only as who speaks or is told: nothing was done to it."""
    words = setting.document.words[settled.sentence]
    named = [mention for mention in setting.parties.within(words[0].start, words[-1].end) if mention.id == party]
    return bool(named) and all(any(a <= mention.start < b for a, b in heard) for mention in named)


def senses_of(phrase: str) -> tuple[TriggerSense, ...]:
    """Return what a phrase can tell, for explanations.

    Examples
    --------
    >>> [sense.type for sense in senses_of("besieged")]
    ['siege']
    """
    return triggers().get(phrase) or ()
