"""Where speakers of one report disagree: one question, two answers, each on somebody's word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tidings.evidence.extract.contradictions import contradictions
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line, line_at
from tidings.evidence.extract.rival_holders import rival_holdings
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, Event, Figure, Position, ReadingDisagreement, RelationRecord, When

CONTRASTS = frozenset(["but", "while", "whereas", "although", "though", "however"])
NEIGHBOURS = 12
"""Records before one that it is compared with."""
SENTENCES = 3
"""Sentences within which two figures without places may answer one question."""
TOPIC_WORDS = 6


def find_disagreements(
    document: Document,
    attributions: tuple[Attribution, ...],
    figures: tuple[Figure, ...],
    events: tuple[Event, ...],
    relations: tuple[RelationRecord, ...],
) -> tuple[ReadingDisagreement, ...]:
    """Find the questions on which the speakers of a report differ.

    Five kinds are found: a speech set against another one in the same sentence ("which it says ..., but which
    others say ..."); one set against the speech before it, or denying it, over two sentences; two figures for one
    question by different speakers; one place that two speakers give to two parties; and an event or relation that
    one speaker tells and another one denies.

    Parameters
    ----------
    document
        The report cut into sentences.
    attributions, figures, events, relations
        What was read in it.

    Examples
    --------
    >>> from tidings.evidence.extract.attributions import find_attributions
    >>> from tidings.evidence.report import Report
    >>> text = "The army used shells that it says hit gunmen, but which residents say hit homes."
    >>> document = Document(Report(id="r", name="-", text=text))
    >>> (found,) = find_disagreements(document, find_attributions(document, ()), (), (), ())
    >>> found.topic, [position.says for position in found.positions]
    ('shells', ['hit gunmen', 'hit homes'])
    """
    by_id = {attribution.id: attribution for attribution in attributions}
    of_speeches = [
        *_contrasted(document, attributions),
        *_denied(document, events, by_id),
        *_denied_relations(document, relations, by_id),
        *_rivals(document, events, relations, by_id),
        *_over_sentences(document, attributions, events),
    ]
    return tuple(dict.fromkeys([*_once_a_pair(of_speeches), *_of_figures(document, figures, by_id)]))


def _once_a_pair(found: Sequence[ReadingDisagreement]) -> Iterator[ReadingDisagreement]:
    """Keep the first of those that set the same two speeches against one another."""
    seen: set[object] = set()
    for disagreement in found:
        voices = tuple(position.attributions for position in disagreement.positions)
        key: object = frozenset(voices) if all(voices) else disagreement
        if key not in seen:
            yield disagreement
        seen.add(key)


def _contrasted(document: Document, attributions: Sequence[Attribution]) -> Iterator[ReadingDisagreement]:
    for first, second in pairwise(attributions):
        line = line_at(document, first.content[0][0])
        if line.sentence is not document.sentence_at(second.content[0][0]) or not _are_others(first, second):
            continue
        start, end = line.cover(first.content[-1][1], second.content[0][0])
        if CONTRASTS.isdisjoint(line.words[start:end]):
            continue
        topic = _topic(document, line, first)
        yield ReadingDisagreement(topic=topic, positions=(_position(document, first), _position(document, second)))


def _over_sentences(
    document: Document, attributions: Sequence[Attribution], events: Sequence[Event]
) -> Iterator[ReadingDisagreement]:
    for found in contradictions(document, attributions, events):
        if not _are_others(found.first, found.second):
            continue
        said = _said(document, found.second)
        second = Position(attributions=(found.second.id,), says=f"denied: {said}" if found.is_denial else said)
        topic = found.topic or _said(document, found.first)
        yield ReadingDisagreement(topic=topic, positions=(_position(document, found.first), second))


def _are_others(first: Attribution, second: Attribution) -> bool:
    """Whether two speeches are by different speakers, as far as can be told."""
    if first.speakers or second.speakers:
        return set(first.speakers) != set(second.speakers)
    return first.speaker_text != second.speaker_text


def _position(document: Document, attribution: Attribution) -> Position:
    return Position(attributions=(attribution.id,), says=_said(document, attribution))


def _said(document: Document, attribution: Attribution) -> str:
    return " … ".join(document.report.text[start:end] for start, end in attribution.content)


def _topic(document: Document, line: Line, attribution: Attribution) -> str:
    """Return the noun phrase that a relative clause is about, or the first words that are said."""
    opening = line.index((attribution.speaker_span or attribution.content[0])[0])
    if opening and line.words[opening - 1] in word_set("grammar", "relatives"):
        first = last = opening - 1
        edges = word_set("grammar", "prepositions", "conjunctions") | {",", ";", ":"}
        while first and last - first < TOPIC_WORDS and line.words[first - 1] not in edges:
            first -= 1
        while first < last - 1 and line.words[first].endswith("ed"):
            first += 1
        if first < last:
            start, end = line.span(_noun_start(line, first, last), last)
            return document.report.text[start:end]
    return _said(document, attribution)


def _noun_start(line: Line, first: int, last: int) -> int:
    """Return where the noun phrase begins behind a verb: at its determiner, or at its last two words."""
    determiners = word_set("grammar", "determiners")
    told = next((i for i in range(last - 1, first - 1, -1) if line.words[i] in determiners), None)
    verb = next((i for i in range(last - 1, first - 1, -1) if line.words[i].endswith("ed")), None)
    verb = verb if verb is not None else _finite(line, first, last)
    start = told if told is not None and (verb is None or told > verb) else (first if verb is None else verb + 1)
    return min(start, last - 1)


def _finite(line: Line, first: int, last: int) -> int | None:
    verbs = word_set("grammar", "auxiliaries", "irregular_pasts")
    return next((i for i in range(last - 1, first - 1, -1) if line.words[i] in verbs), None)


def _of_figures(
    document: Document, figures: Sequence[Figure], by_id: dict[str, Attribution]
) -> Iterator[ReadingDisagreement]:
    for number, figure in enumerate(figures):
        for other in figures[max(0, number - NEIGHBOURS) : number]:
            if (
                _is_one_question(document, other, figure)
                and _differ(other, figure)
                and _by_others(other, figure, by_id)
            ):
                yield ReadingDisagreement(
                    topic=f"{figure.status}: how many {figure.unit}s",
                    positions=tuple(
                        Position(attributions=(f.attribution,) if f.attribution else (), says=f.text)
                        for f in (other, figure)
                    ),
                )


def _is_one_question(document: Document, first: Figure, second: Figure) -> bool:
    """Whether two figures count the same people: one status and unit, and the same places or nearby sentences."""
    if (first.status, first.unit, first.measure) != (second.status, second.unit, second.measure):
        return False
    if {first.certainty, second.certainty} & {"projected", "conditional", "demanded"} or second.same_as:
        return False
    if first.group != second.group and "unknown" not in (first.group, second.group):
        return False
    if _are_apart(first.period, second.period):
        return False
    places = [{*f.at, *f.origin, *f.destination} for f in (first, second)]
    gap = document.sentence_at(second.start).number - document.sentence_at(first.start).number
    return places[0] == places[1] if all(places) else gap <= SENTENCES and not (places[0] ^ places[1])


def _are_apart(first: When | None, second: When | None) -> bool:
    """Whether two times have no day in common, as far as both are told."""
    if first is None or second is None:
        return False
    return any(a.until and b.from_ and a.until <= b.from_ for a, b in ((first, second), (second, first)))


def _differ(first: Figure, second: Figure) -> bool:
    """Whether no number fits both figures."""
    low_1, high_1 = _bounds(first)
    low_2, high_2 = _bounds(second)
    return high_1 < low_2 or high_2 < low_1


def _bounds(figure: Figure) -> tuple[float, float]:
    low = figure.low if figure.low is not None else 0.0 if figure.quantifier == "less_than" else figure.value or 0.0
    high = (
        figure.high if figure.high is not None else float("inf") if figure.quantifier == "more_than" else figure.value
    )
    return low, high if high is not None else float("inf")


def _by_others(
    first: Figure | Event | RelationRecord, second: Figure | Event | RelationRecord, by_id: dict[str, Attribution]
) -> bool:
    speeches = [by_id.get(record.attribution or "") for record in (first, second)]
    one, two = speeches
    return one is not None and two is not None and one is not two and _are_others(one, two)


def _denied(
    document: Document, events: Sequence[Event], by_id: dict[str, Attribution]
) -> Iterator[ReadingDisagreement]:
    for number, event in enumerate(events):
        if event.certainty != "denied":
            continue
        for other in (*events[max(0, number - NEIGHBOURS) : number], *events[number + 1 : number + NEIGHBOURS]):
            if event.type != other.type or other.certainty not in ("claimed", "stated"):
                continue
            by_one = event.attribution == other.attribution and event.attribution is not None
            if not by_one and _is_one_event(document, event, other):
                yield _denial(document, event.type, other, event, by_id)


def _denied_relations(
    document: Document, relations: Sequence[RelationRecord], by_id: dict[str, Attribution]
) -> Iterator[ReadingDisagreement]:
    told = {(r.subject, r.relation, r.object): r for r in relations if r.certainty in ("claimed", "stated")}
    for relation in relations:
        other = told.get((relation.subject, relation.relation, relation.object))
        if relation.certainty == "denied" and other and other.attribution != relation.attribution:
            yield _denial(document, f"{relation.subject} {relation.relation} {relation.object}", other, relation, by_id)


def _rivals(
    document: Document, events: Sequence[Event], relations: Sequence[RelationRecord], by_id: dict[str, Attribution]
) -> Iterator[ReadingDisagreement]:
    for first, second in rival_holdings(events, relations):
        if _by_others(first, second, by_id):
            yield ReadingDisagreement(
                topic="who holds it", positions=tuple(_stance(document, record, by_id) for record in (first, second))
            )


def _denial(
    document: Document,
    topic: str,
    told: Event | RelationRecord,
    denied: Event | RelationRecord,
    by_id: dict[str, Attribution],
) -> ReadingDisagreement:
    return ReadingDisagreement(topic=topic, positions=tuple(_stance(document, r, by_id) for r in (told, denied)))


def _stance(document: Document, record: Event | RelationRecord, by_id: dict[str, Attribution]) -> Position:
    speech = by_id.get(record.attribution or "")
    if speech is None:
        sentence = document.sentence_at(record.start)
        return Position(says=document.report.text[sentence.start : sentence.end])
    says = _said(document, speech)
    return Position(attributions=(speech.id,), says=f"denied: {says}" if record.certainty == "denied" else says)


def _is_one_event(document: Document, event: Event, other: Event) -> bool:
    """Whether two events may be one: they share a place, or neither has one and they stand close together."""
    if event.places or other.places:
        return _overlap(event.places, other.places) and not _are_apart(event.when, other.when)
    gap = document.sentence_at(event.start).number - document.sentence_at(other.start).number
    return abs(gap) <= 1


def _overlap(first: Iterable[str], second: Iterable[str]) -> bool:
    one, two = set(first), set(second)
    return not one.isdisjoint(two) if one and two else not (one or two)
