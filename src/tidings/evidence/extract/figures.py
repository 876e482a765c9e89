"""Figures of people and households: how many, who, in which state, where, when, how certain and on whose word."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tidings.evidence.extract.bygone import bygone_of, is_part_of_more
from tidings.evidence.extract.figure_extent import Extent, extent_of
from tidings.evidence.extract.figure_links import link_repeated
from tidings.evidence.extract.figure_places import Whereabouts, whereabouts
from tidings.evidence.extract.figure_reading import FigureRead, read_line
from tidings.evidence.extract.figure_trail import note_read, note_where
from tidings.evidence.extract.headlines import headline_of
from tidings.evidence.extract.levels import is_change, is_comparison, is_level, time_of_count
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.modality import Judgement, is_question, judge, judged
from tidings.evidence.extract.numbers import NumberSpan, find_numbers
from tidings.evidence.extract.phrases import Phrases, lines
from tidings.evidence.extract.times import when_of
from tidings.evidence.extract.trail import Because, Trail, quoted, timed
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import (
    Attribution,
    Figure,
    HelixCode,
    PartyRecord,
    PlaceRecord,
    ReadingWarning,
    Span,
    When,
)
from tidings.evidence.vocabulary import FLOW_STATUSES, Group, Measure, Unit

HOSTED = frozenset(["population", "sheltered", "in_camp", "registered"])
EDGES = frozenset([",", ";", "and", "while", "but"])
RECENT = 6
"""Figures before a sentence that its numbers may point back at."""
MEASURE_REACH = 5
"""Words around a figure in which "a day" or "remain" decide between stock and flow."""


def find_figures(
    document: Document,
    places: tuple[PlaceRecord, ...],
    parties: tuple[PartyRecord, ...],
    attributions: tuple[Attribution, ...],
    published: dt.date | None,
    trail: Trail | None = None,
) -> tuple[Figure, ...]:
    """Find every figure of people or households that a report tells.

    Parameters
    ----------
    document
        The report cut into sentences.
    places, parties
        What the report names; figures point at places by id.
    attributions
        What `find_attributions` returned for this document, in its order.
    published
        Day of publication, against which relative times are resolved.
    trail
        Where the rules that fired and their words are noted, by the ids of the figures.

    Returns
    -------
    tuple of Figure
        In the order of the text; `text` is exactly the report's text[start:end]. Counts of things, years,
        distances, ages, money, ranks and percentages are left out; so is a number with no status.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> text = "Floods killed 12 people and drove about 3,000 families from their homes."
    >>> found = find_figures(Document(Report(id="r", name="-", text=text)), (), (), (), None)
    >>> [(f.text, f.value, f.unit, f.status, f.measure) for f in found]
    [('12', 12.0, 'person', 'killed', 'flow'), ('3,000', 3000.0, 'household', 'displaced', 'stock')]
    """
    reads, _ = _reads(document, published)
    by_id = {attribution.id: attribution for attribution in attributions}
    scene = _Scene(document, Mentions.of(places), {p.id: p for p in places}, attributions, by_id, published)
    speakers = sorted(a.speaker_span for a in attributions if a.speaker_span)
    found: list[Figure] = []
    for number, read in enumerate(reads):
        parent = found[read.parent] if read.parent is not None and read.parent < len(found) else None
        before = reads[number - 1] if number and reads[number - 1].line.sentence is read.line.sentence else None
        found.append(_figure(scene, read, before, parent, f"f{number + 1}", speakers, trail))
        if found[-1].same_as and read.parent is not None:
            found[read.parent] = _with_places_of(found[read.parent], found[-1])
    for number in range(len(found) - 1):
        found[number] = _with_place_of_next(found[number], reads[number], found[number + 1], reads[number + 1], trail)
    return link_repeated(found, reads, headline_of(document), by_id, trail)


def _with_place_of_next(
    figure: Figure, read: FigureRead, after: Figure, following: FigureRead, trail: Trail | None
) -> Figure:
    """Give the dead of "40 killed and 120 wounded in Zeta" the place that is told behind both."""
    if following.line.sentence is not read.line.sentence or {figure.status, after.status} - HURT:
        return figure
    if figure.at or figure.origin or figure.destination or not after.at:
        return figure
    between = read.line.words[read.cover[1] : following.number.opening]
    if "and" not in between or len(between) > JOINT_WORDS or {";", ":", "|", "while", "but"} & set(between):
        return figure
    if trail is not None:
        rule = f"figures: the place told behind both, of {after.id}"
        trail.note(figure.id, "at", Because(rule, after.start, after.end))
    return figure.model_copy(update={"at": after.at})


HURT = frozenset(["killed", "injured", "missing", "affected"])
JOINT_WORDS = 4
"""Words between two counts of one scene: ", including 11 children, and"."""


def _with_places_of(first: Figure, again: Figure) -> Figure:
    """Give a figure without places those that are told behind the same people's number in another unit."""
    if first.at or first.origin or first.destination or first.status != again.status:
        return first
    return first.model_copy(update={"at": again.at, "origin": again.origin, "destination": again.destination})


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all figures of one report are read against."""

    document: Document
    mentions: Mentions
    places: dict[str, PlaceRecord]
    attributions: tuple[Attribution, ...]
    speeches: dict[str, Attribution]
    published: dt.date | None


def figures_without_status(document: Document, published: dt.date | None) -> tuple[ReadingWarning, ...]:
    """Tell the counts of people that are left out because no word says what becomes of them.

    Parameters
    ----------
    document, published
        As for `find_figures`.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> document = Document(Report(id="r", name="-", text="A choir of 300 people sang."))
    >>> [(w.code, w.message) for w in figures_without_status(document, None)]
    [('figure_without_status', "'300 people' is no figure: no word near it says what becomes of these people")]
    """
    _, without = _reads(document, published)
    return tuple(_without_status(document, read) for read in without if read.number.share != "whole")


def _without_status(document: Document, read: FigureRead) -> ReadingWarning:
    start, end = read.line.span(read.number.first, max(read.number.last, read.counted.end))
    told = " ".join(document.report.text[start:end].split())
    message = f"'{told}' is no figure: no word near it says what becomes of these people"
    return ReadingWarning(code="figure_without_status", message=message, start=start, end=end)


@lru_cache(maxsize=2)
def _reads(document: Document, published: dt.date | None) -> tuple[tuple[FigureRead, ...], tuple[FigureRead, ...]]:
    """Return the figures of a report before places and certainty, and the counts without a status."""
    by_sentence: dict[int, list[NumberSpan]] = {}
    for number in find_numbers(document):
        by_sentence.setdefault(number.sentence, []).append(number)
    found: list[FigureRead] = []
    without: list[FigureRead] = []
    all_lines = lines(document)
    for sentence, numbers in by_sentence.items():
        if is_question(all_lines[sentence]):
            continue  # it counts nobody
        read, left = read_line(document, all_lines[sentence], numbers, found[-RECENT:], len(found), published)
        found += read
        without += left
    return tuple(found), tuple(without)


def _figure(
    scene: _Scene,
    read: FigureRead,
    before: FigureRead | None,
    parent: Figure | None,
    name: str,
    speakers: list[Span],
    trail: Trail | None,
) -> Figure:
    line, number = read.line, read.number
    start, end = line.span(*read.cover)
    judgement = _corrected(judge(scene.document, start, end, scene.attributions), read)
    where = _where(scene, read, before, judgement, speakers)
    where = _inherited(where, read, parent) if parent and read.counted.sort == "elided" else where
    told = time_of_count(read, when_of(scene.document, start, end, scene.published))
    measure, measured_by = _measure(read, told)
    period = _of_stock(scene, read, told, start, end) if measure == "stock" else told
    extent, extent_by = _extent(scene, read, where)
    assert read.status is not None
    figure = Figure(
        id=name, start=number.start, end=number.end, text=scene.document.report.text[number.start : number.end],
        value=number.value, low=number.low, high=number.high, quantifier=number.quantifier,
        unit=_unit(read), group=_group(scene, read, where), status=read.status, measure=measure,
        certainty=judgement.certainty, at=where.at, extent=extent, origin=where.origin,
        destination=where.destination, period=period,
        attribution=judgement.attribution, same_as=parent.id if parent and read.is_conversion else None,
        helix=_helix(read),
    )  # fmt: skip
    if trail is not None:
        note_read(trail, figure, read)
        trail.note_all(name, judged(judgement, scene.attributions))
        note_where(trail, figure, where, parent)
        trail.note(name, "measure", measured_by)
        trail.note(name, "extent", extent_by)
        trail.note_all(name, timed("period", period, is_turn=_span(period) != _span(told)))
    return figure


def _corrected(judgement: Judgement, read: FigureRead) -> Judgement:
    """Deny a number in whose place another one is put: "31 were killed, not 56"."""
    if not read.is_replaced or read.link is None:
        return judgement
    why = Because(read.link.rule, *read.line.span(read.link.first, read.link.last))
    return replace(judgement, certainty="denied", why=why)


def _span(when: When | None) -> Span | None:
    return when.span if when else None


def _extent(scene: _Scene, read: FigureRead, where: Whereabouts) -> tuple[Extent, Because | None]:
    mentions = scene.mentions.within(read.line.sentence.start, read.line.sentence.end)
    return extent_of(read.line, mentions, where.at, read.number.first)


def _of_stock(scene: _Scene, read: FigureRead, told: When | None, start: int, end: int) -> When | None:
    """Return the time of a stock: over where a turn ended it; "by Sunday" people were there on that Sunday.

    What was "pre-war" in "half of the pre-war population" is the whole, not the half.
    """
    bygone = bygone_of(scene.document, start, end, scene.published)
    told_at = bygone.span[0] if bygone and bygone.span else 0
    is_of_whole = read.number.share == "part" and told_at < read.number.end
    is_of_whole = is_of_whole or is_part_of_more(scene.document.body[read.number.end : told_at])
    if bygone and not is_of_whole:
        return bygone
    is_last_day = (told.text or "").lower().startswith(("by ", "at the end of ")) if told else False
    if told and told.until and is_last_day:
        return told.model_copy(update={"from_": told.until - dt.timedelta(days=1)})
    return told


def _unit(read: FigureRead) -> Unit:
    return "person" if read.sort in ("person", "elided") else "household"


def _group(scene: _Scene, read: FigureRead, where: Whereabouts) -> Group:
    """Return the group that the noun tells; a people named by its country and sheltered by another one are refugees."""
    if read.group != "unknown":
        return read.group
    if read.status == "population":
        return "resident"
    is_abroad = any((place := scene.places.get(i)) is not None and place.kind == "country" for i in where.at)
    return "refugee" if read.counted.is_guess and read.status in HOSTED and is_abroad else "unknown"


def _measure(read: FigureRead, period: When | None) -> tuple[Measure, Because]:
    """Return stock or flow, and why: by the status, unless words such as "a day" or a closed period say otherwise."""
    (first, last), line = read.cover, read.line
    flows = _flow_words()
    for index in range(max(0, first - 1), min(len(line.words), last + MEASURE_REACH)):
        found = flows.at(line.words, index)
        if found and found[0] <= last + MEASURE_REACH and not is_comparison(line, found[0]) and not is_level(read):
            rule = f"figures.yaml flow_words: {quoted(line.words[index : found[0]])}"
            return "flow", Because(rule, *line.span(index, found[0]))
    words = line.span(first, last)
    if is_change(read):
        return "flow", Because("levels: by how much a count changed", *words)
    told = {read.status, *([read.cue.also.status] if read.cue and read.cue.also else [])}
    if told & FLOW_STATUSES:
        return "flow", Because(f"vocabulary: {read.status} is a flow", *words)
    is_past = any(word in ("was", "were") for word in line.words[read.counted.end : last])
    is_closed = period is not None and period.from_ is not None and period.until is not None
    if read.status == "displaced" and is_past and is_closed and not _tells_stock(read):
        return "flow", Because("figures: a passive of the past over a closed span of days", *words)
    return "stock", Because(f"vocabulary: {read.status} is a stock", *words)


@cache
def _flow_words() -> Phrases[bool]:
    return Phrases.of([(phrase, True) for phrase in lexicon("figures")["flow_words"]])


def _tells_stock(read: FigureRead) -> bool:
    words = read.line.words[max(0, read.number.opening - 4) : read.cover[1] + 1]
    return any(word in word_set("figures", "stock_words") for word in words)


def _helix(read: FigureRead) -> HelixCode | None:
    term = lexicon("figures")["helix"].get(read.status)
    if read.cue and read.status == "housing_damaged":
        told = read.line.words[read.cue.first : read.cue.last]
        term = "Uninhabitable Housing" if any(w in word_set("figures", "uninhabitable") for w in told) else term
    return HelixCode(category="People" if _unit(read) == "person" else "Households", term=term) if term else None


def _inherited(where: Whereabouts, read: FigureRead, parent: Figure) -> Whereabouts:
    """Give people told of by "more" the destination of those before them where no other is told, by "it" all places."""
    if read.is_put and where == Whereabouts():
        return Whereabouts(parent.origin, parent.destination, parent.at)
    if parent.status not in ("fled", "arrived", "displaced") or where.destination:
        return where
    return Whereabouts(where.origin or where.at, parent.destination, (), where.placings)


def _where(
    scene: _Scene, read: FigureRead, before: FigureRead | None, judgement: Judgement, speakers: list[Span]
) -> Whereabouts:
    line = read.line
    mentions = scene.mentions.within(line.sentence.start, line.sentence.end)
    told = _told(scene, judgement, read)
    mentions = tuple(
        m for m in mentions if not _is_spoken_by(m, speakers) and (told is None or told[0] <= m.start < told[1])
    )
    assert read.status is not None
    is_hosted = read.status in HOSTED and (read.cue is None or read.cue.is_before)
    found = whereabouts(line, mentions, _region(read, before), read.cover, read.status, is_hosted)
    origin, destination, at = (_finest(scene, ids) for ids in (found.origin, found.destination, found.at))
    return Whereabouts(origin, destination, at, found.placings)


def _finest(scene: _Scene, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out countries that hold a finer place told beside them: "at Zeta, just inside Ostria" is at Zeta."""
    finer = [scene.places[i] for i in ids if scene.places[i].kind not in ("country", "region")]
    return tuple(i for i in ids if not any(_holds(scene.places[i], place) for place in finer))


def _holds(wide: PlaceRecord, place: PlaceRecord) -> bool:
    if wide.kind != "country":
        return False
    return wide.country is None or place.country is None or wide.country == place.country


def _told(scene: _Scene, judgement: Judgement, read: FigureRead) -> Span | None:
    """Return the words of the speech that tells the figure: places outside it belong to the speaker or the writer."""
    if judgement.attribution is None:
        return None
    attribution = scene.speeches[judgement.attribution]
    start = read.number.start
    told = next((span for span in attribution.content if span[0] <= start < span[1]), None)
    opening = read.line.index(told[0]) if told else 0
    is_relative = told and read.line.words[max(0, opening - 1)] == "where" and attribution.content == (told,)
    return (read.line.sentence.start, told[1]) if told and is_relative else told


def _is_spoken_by(mention: Mention, speakers: Sequence[Span]) -> bool:
    last = bisect_left(speakers, (mention.end, 0))
    return any(end > mention.start for _, end in speakers[max(0, last - 4) : last])


def _region(read: FigureRead, before: FigureRead | None) -> tuple[int, int]:
    """Return the tokens whose places belong to a figure: between the clauses of the figures around it."""
    words = read.line.words
    first = _edge(words, before.cover[1], read.number.opening) if before else 0
    last = _edge(words, read.cover[1], read.stop) if read.stop < len(words) else read.stop
    return min(first, read.cover[0]), last


def _edge(words: Sequence[str], first: int, last: int) -> int:
    """Return the last edge of a clause between two figures; the second one's words where there is none."""
    return next((i for i in range(last - 1, first - 1, -1) if words[i] in EDGES), last)
