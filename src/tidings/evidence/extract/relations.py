"""Relations: who holds which place, who supports, fights or belongs to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from tidings.evidence.extract.clause_parts import (
    Line,
    clause_lines,
    clause_start,
    next_party,
    subject,
)
from tidings.evidence.extract.control_lists import listed_control
from tidings.evidence.extract.control_told import control_of
from tidings.evidence.extract.event_lexicon import triggers
from tidings.evidence.extract.event_parties import accused_before
from tidings.evidence.extract.footholds import footholds
from tidings.evidence.extract.former_holders import without_former
from tidings.evidence.extract.headings import Headings
from tidings.evidence.extract.held_until import with_ends
from tidings.evidence.extract.holdings import HOLDING, NOT_HELD, Sentence, Tie
from tidings.evidence.extract.hostilities import ARMED, hostile_relations, named_opponents
from tidings.evidence.extract.in_control import in_control_of
from tidings.evidence.extract.in_hands import held_in_hands
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.modality import Judgement, judge, judged
from tidings.evidence.extract.offices import office_relations
from tidings.evidence.extract.part_holds import held_in_parts
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.relation_lexicon import relation_phrases, relation_verbs, relation_words
from tidings.evidence.extract.taken_by import taken_by
from tidings.evidence.extract.times import when_of
from tidings.evidence.extract.trail import Because, Trail, Why, timed
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, Event, PartyRecord, PlaceRecord, RelationRecord, When

NO_OBJECT = frozenset(["by", "away", "from", "for", "of", "to"])
"""Behind these 'support' is a noun or a passive."""
BEFORE_BASE = frozenset(
    ["to", "will", "would", "can", "could", "may", "might", "should", "and", "also", "not", "they", "we"]
)
"""Behind these 'back' is a verb: behind another verb it is none, as in 'pushed back'."""
GROUPS = frozenset(["armed_group", "militia", "state_military"])
WHOLES = frozenset(["coalition", "armed_group", "state_military"])


@dataclass(frozen=True, slots=True)
class _Made:
    """A relation with what gave it."""

    record: RelationRecord
    rule: str
    judgement: Judgement


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
    headings = Headings(document, place_mentions, lambda place: kinds.get(place) not in NOT_HELD)
    ties: list[Tie] = []
    lines = clause_lines(document, place_mentions, party_mentions)
    for line, before in zip(lines, (None, *lines), strict=False):
        told = [*_told_in(line, kinds, attributions, headings, before), *taken_by(line, events)]
        told = list(with_ends(line, told))
        ties.extend(without_former(line, told, events, document.report.published))
    ties.extend(replace(tie, rule=PARTS_RULE) for tie in held_in_parts(lines, kinds))
    ties.extend(listed_control(lines, kinds))
    ties.extend(_from_events(events, kinds))
    ties.extend(Tie(*tie, rule=OPPONENT_RULE) for tie in named_opponents(document, parties))
    ordered = sorted((tie for tie in ties if _is_told(document, tie)), key=lambda tie: (tie.start, tie.end))
    made = _first_of_each(_record(document, tie, attributions) for tie in ordered)
    if trail is not None:
        for number, each in enumerate(made, 1):
            trail.note_all(f"r{number}", _whys(each, attributions))
    return tuple(each.record for each in made)


def _is_told(document: Document, tie: Tie) -> bool:
    """Whether a relation is one of two, and no holding that ended before a day that nobody tells."""
    return tie.subject != tie.object and not (tie.until and document.report.published is None)


def _told_in(
    line: Line,
    kinds: dict[str, str | None],
    attributions: tuple[Attribution, ...],
    headings: Headings,
    before: Line | None,
) -> list[Tie]:
    """Return the relations that a sentence tells."""
    ties = [Tie(*tie, rule=HANDS_RULE) for tie in held_in_hands(line, kinds, attributions, headings, before)]
    ties.extend(replace(tie, rule=FOOTHOLD_RULE) for tie in footholds(line, kinds, before))
    if not line.parties or len(line.parties) + len(line.places) < 2:
        return ties
    sentence = Sentence(line, kinds)
    for find, rule in FINDERS:
        ties.extend(replace(tie, rule=rule) for tie in find(sentence))
    ties.extend(Tie(*tie, rule=OFFICE_RULE) for tie in office_relations(line, kinds))
    ties.extend(Tie(*tie, rule=HOSTILE_RULE) for tie in hostile_relations(line, kinds))
    return ties


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


def _own_word(tie: Tie, attributions: tuple[Attribution, ...]) -> str | None:
    """Return the speech within words by which who holds a place says so himself: 'Control claimed by X'."""
    cues = ((said, said.cue_span) for said in attributions if said.speakers == (tie.subject,))
    return next((said.id for said, cue in cues if cue and tie.start <= cue[0] and cue[1] <= tie.end), None)


def _record(document: Document, tie: Tie, attributions: tuple[Attribution, ...]) -> _Made:
    judgement = judge(document, tie.start, tie.end, attributions)
    if tie.certainty:
        judgement = replace(judgement, certainty=tie.certainty)
    if tie.is_claim and judgement.certainty == "stated":
        judgement = replace(judgement, certainty="claimed")
    when = _when(document, tie) if tie.relation == "controls" else None
    record = RelationRecord(
        subject=tie.subject, relation=tie.relation, object=tie.object, start=tie.start, end=tie.end, when=when,
        certainty=judgement.certainty, attribution=judgement.attribution or _own_word(tie, attributions),
    )  # fmt: skip
    return _Made(record, tie.rule, judgement)


def _when(document: Document, tie: Tie) -> When | None:
    """Return when a place is held; what is told to have ended came before the report."""
    when = when_of(document, *(tie.dated or (tie.start, tie.end)), document.report.published)
    if when is not None or tie.until is None:
        return when
    start, end = tie.until
    return When(from_=None, until=document.report.published, text=document.report.text[start:end], span=tie.until)


def _backed_compounds(sentence: Sentence) -> Iterator[Tie]:
    """'Russian-backed government forces'."""
    line = sentence.line
    for mention in line.parties:
        at = line.word_at(mention.end)
        at += at < len(line.words) and line.words[at].text == "-"
        is_passive = at + 1 < len(line.words) and line.words[at + 1].key == "by"
        if at < len(line.words) and line.words[at].key in relation_words("backed") and not is_passive:
            backed = next_party(line, at + 1, 5)
            yield from (Tie(mention.id, "supports", other.id, mention.start, other.end) for other in backed)


def _backed_by(sentence: Sentence) -> Iterator[Tie]:
    """'an army offensive backed by Russia and Iran': who is backed stands before, in the same sentence."""
    line = sentence.line
    for at in range(1, len(line.words)):
        if line.words[at].key != "by" or line.words[at - 1].key not in relation_words("backed"):
            continue
        backers = _row(line, at + 1)
        backed = line.party_in(clause_start(line.words, at), at - 1)
        for other in backed[:1] if backers else ():
            yield from (Tie(b.id, "supports", other.id, line.words[at - 1].start, backers[-1].end) for b in backers)


def _support_verbs(sentence: Sentence) -> Iterator[Tie]:
    line = sentence.line
    for at, last, _ in line.all_of(relation_verbs("support_verbs")):
        is_noun = at == 0 or (
            line.words[at - 1].key in relation_words("before_control_nouns") and not _charged(line, at)
        )
        if is_noun or line.words[at].is_capital:
            continue
        if last < len(line.words) and line.words[last].key in NO_OBJECT:
            continue
        if line.words[at].key == "back" and line.words[at - 1].key not in BEFORE_BASE:
            continue
        comma = next((n for n in range(last, min(last + 5, len(line.words))) if line.words[n].text == ","), last + 5)
        supported = next_party(line, last, comma - last)
        for supporter in (_charged(line, at) or subject(line, at)) if supported else ():
            yield Tie(supporter.id, "supports", supported[0].id, line.words[at].start, supported[0].end)


def _charged(line: Line, at: int) -> list[Mention]:
    """Return who is said to do it in 'accused X of backing Y' and 'X was accused of backing Y'."""
    if at < 2 or line.words[at - 1].key not in ("of", "for") or not line.words[at].key.endswith("ing"):
        return []
    beside = [party for party in line.parties if party.end == line.words[at - 2].end]
    return list(accused_before(line, at)) or beside


def _allies(sentence: Sentence) -> Iterator[Tie]:
    """'X and allies including Y', 'X are allies of Y', 'X, allied with Y'."""
    line = sentence.line
    for at in line.where(relation_words("ally_nouns")):
        yield from _allies_including(line, at)
        yield from _ally_of(line, at)
    for at, last, _ in line.all_of(relation_phrases("allied")):
        before, behind = line.party_in(0, at)[-1:], next_party(line, last, 4)
        yield from (Tie(a.id, "ally_of", b.id, a.start, b.end) for a in before for b in behind)


def _allies_including(line: Line, at: int) -> Iterator[Tie]:
    found = relation_phrases("including").at(line.words, at + 1) if at + 1 < len(line.words) else None
    if found is None:
        return
    allies = _row(line, found[0])
    end = line.word_at(allies[-1].end) if allies else at
    main = next_party(line, end, 6) or line.party_in(0, at)[-1:]
    yield from (Tie(ally.id, "ally_of", main[0].id, line.words[at].start, ally.end) for ally in allies if main)


def _ally_of(line: Line, at: int) -> Iterator[Tie]:
    yield from _owned_ally(line, at)
    of = next((n for n in range(at + 1, min(at + 8, len(line.words))) if line.words[n].key == "of"), None)
    if of is None or any(word.key == "as" for word in line.words[max(0, at - 2) : at]):
        return
    other = next_party(line, of, 4)
    before = line.party_in(clause_start(line.words, at), at)[-1:]
    yield from (Tie(a.id, "ally_of", b.id, a.start, b.end) for a in before for b in other)


def _owned_ally(line: Line, at: int) -> Iterator[Tie]:
    """'X, Y's (main) ally', 'Y's ally X': who stands before the comma, or behind, is the ally of the owner."""
    owners = [
        party for party in line.party_in(max(0, at - 4), at) if line.words[line.word_at(party.end) - 1].is_possessive
    ]
    if not owners:
        return
    behind = [party for party in line.parties if at + 1 < len(line.words) and party.start == line.words[at + 1].start]
    yield from (Tie(b.id, "ally_of", owners[-1].id, owners[-1].start, b.end) for b in behind)
    opening = line.word_at(owners[-1].start)
    comma = opening - 1 - (opening > 1 and line.words[opening - 1].key in ("the", "both"))
    if comma < 1 or (line.words[comma].text != "," and line.words[comma].key not in ("is", "are", "was", "were")):
        return
    before = [party for party in line.party_in(0, comma) if party.end == line.words[comma - 1].end]
    yield from (Tie(a.id, "ally_of", owners[-1].id, a.start, line.words[at].end) for a in before)


def _hostile(sentence: Sentence) -> Iterator[Tie]:
    line = sentence.line
    for at, last, _ in line.all_of(relation_phrases("hostile")):
        before = line.party_in(clause_start(line.words, at), at)[:1]
        behind = next_party(line, last, 4)
        yield from (Tie(a.id, "hostile_to", b.id, line.words[at].start, b.end) for a in before for b in behind)


def _parts(sentence: Sentence) -> Iterator[Tie]:
    """'X, part of Y'."""
    line = sentence.line
    yield from _groups_of(sentence)
    for at, last, _ in line.all_of(relation_phrases("part_of")):
        before = line.party_in(max(0, at - 6), at)[-1:]
        behind = [whole for whole in next_party(line, last, 4) if not line.place_in(last, line.word_at(whole.start))]
        if before and _is_other_part(line, line.word_at(before[0].end), at):
            continue
        yield from (Tie(a.id, "part_of", b.id, a.start, b.end) for a in before for b in behind)


def _is_other_part(line: Line, first: int, at: int) -> bool:
    """Whether it is a part of something else: a verb of holding or taking stands between, or the noun is 'the part'."""
    held = relation_verbs("control_verbs"), triggers()
    is_verb = any(book.at(line.words, n) for book in held for n in range(first, at))
    return is_verb or line.words[at - 1].key in place_words("direction_adjectives")


def _groups_of(sentence: Sentence) -> Iterator[Tie]:
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
    found = next_party(line, at, 4)
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


FINDERS: tuple[tuple[Callable[[Sentence], Iterable[Tie]], str], ...] = (
    *HOLDING,
    (control_of, "relations.yaml control_claimed and control_passed: behind 'control of' a place, before a party"),
    (in_control_of, "in_control: a party, 'in control of' and a place"),
    (_backed_compounds, "relations.yaml backed: behind the backer's name, before who is backed"),
    (_backed_by, "relations.yaml backed: with 'by' and the backer behind it"),
    (_support_verbs, "relations.yaml support_verbs: its subject and the party that it acts on"),
    (_allies, "relations.yaml ally_nouns and allied: the parties beside them"),
    (_hostile, "relations.yaml hostile: the parties before and behind it"),
    (_parts, "relations.yaml part_of: a group and what it belongs to"),
)
"""How a relation can be told, each with the rule as `read --explain` shows it."""
OFFICE_RULE = "offices: an office or an affiliation beside a person's name"
HANDS_RULE = "in_hands: whose hands or control a place is in, or a note below its name"
FOOTHOLD_RULE = "footholds: who holds out in a town, or holds a site or a part of it"
PARTS_RULE = "part_holds: parts of a divided town, told of two parties"
HOSTILE_RULE = "hostilities: what one party does against another or with it"
OPPONENT_RULE = "hostilities: the foe that the name of a coalition tells"
