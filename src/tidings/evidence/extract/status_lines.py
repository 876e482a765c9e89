"""Lines that tell the state of a road or a crossing behind a colon, and the lines of that sort that nothing read."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.phrases import Line, Phrases, lines
from tidings.evidence.extract.times import when_of
from tidings.evidence.extract.trail import Because, Trail, Why, quoted, timed
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Event, Figure, PlaceRecord, ReadingWarning, Span
from tidings.evidence.vocabulary import EventType

HEAD_WORDS = 14
"""Words before the colon of a status line: more are a sentence."""
OBJECT_REACH = 6
"""Words behind a state that tell for whom: "closed for all aid trucks"."""
STATES = ("closed", "open", "restricted", "unknown")
STATE_TYPES = frozenset(["road_cut", "road_opened", "crossing_closed", "crossing_opened", "aid_blocked"])
AREAS = frozenset(["country", "region", "border", "crossing", "road", "admin1", "admin2", "admin3"])
"""Kinds of places that no road ends at."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A status line: its head is the tokens before `colon`."""

    line: Line
    colon: int
    is_road: bool


def find_status_lines(
    document: Document,
    places: tuple[PlaceRecord, ...],
    known: Sequence[Event],
    published: dt.date | None,
    trail: Trail | None = None,
) -> tuple[Event, ...]:
    """Read lines such as "Road A–B: CUT since 2 June" and "Crossing X: OPEN for people".

    Parameters
    ----------
    document, places, published
        The report, the places named in it, and its day.
    known
        Events read before; what they tell is not told again, and the ids of these go on from theirs.
    trail
        Where the rules that fired and their words are noted, by the ids of the events.

    Returns
    -------
    tuple
        road_cut, road_opened, crossing_closed, crossing_opened and aid_blocked. A road needs both its ends or its own
        name; a crossing its name. "Restricted" is neither open nor closed, so that it is no event.
    """
    mentions = Mentions.of(places)
    kinds: dict[str, str | None] = {place.id: place.kind for place in places}
    states = sorted(event.start for event in known if event.type in STATE_TYPES)
    found: list[Event] = []
    for told in _status_lines(document, kinds, mentions):
        where = () if _any_within(told.line, states) else _where(told, mentions, kinds)
        for state, first, last in _states(told) if where else ():
            type_ = _type(told, state, last)
            span = told.line.span(first, last)
            if type_:
                found.append(_event(document, type_, span, where, published, f"e{len(known) + len(found) + 1}"))
            if type_ and trail is not None:
                trail.note_all(found[-1].id, _whys(told, state, first, last, found[-1]))
    return tuple(found)


def _whys(told: _Line, state: str, first: int, last: int, event: Event) -> Iterator[Why]:
    """Yield what gave an event its type, its place and its time."""
    way = "road" if told.is_road else "crossing"
    rule = f"status_lines.yaml {state}: {quoted(told.line.words[first:last])}, behind the colon of a {way}"
    yield "type", Because(rule, event.start, event.end)
    named = "a road's name or two ends" if told.is_road else "a crossing's name"
    yield "places", Because(f"status_lines: {named} before the colon", *told.line.span(0, told.colon))
    yield from timed("when", event.when)


def unread_lines(
    document: Document, places: tuple[PlaceRecord, ...], figures: Sequence[Figure], events: Sequence[Event]
) -> tuple[ReadingWarning, ...]:
    """Warn of status lines from which no state was read, and of lines in capitals with a colon that nothing read.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> document = Document(Report(id="r", name="-", text="ROAD ORLO-RUMA: CUT"))
    >>> [(w.code, w.start, w.end) for w in unread_lines(document, (), (), ())]
    [('unread_line', 0, 19)]
    """
    kinds: dict[str, str | None] = {place.id: place.kind for place in places}
    told = {each.line.sentence.number for each in _status_lines(document, kinds, Mentions.of(places)) if _doubts(each)}
    states = sorted(event.start for event in events if event.type in STATE_TYPES)
    read = sorted([*(event.start for event in events), *(figure.start for figure in figures)])
    return tuple(
        _unread(document, line)
        for line in lines(document)
        if (line.sentence.number in told and not _any_within(line, states))
        or (_is_in_capitals(line) and not _any_within(line, read))
    )


def _any_within(line: Line, starts: Sequence[int]) -> bool:
    return bisect_left(starts, line.sentence.start) < bisect_left(starts, line.sentence.end)


def _unread(document: Document, line: Line) -> ReadingWarning:
    start, end = line.sentence.start, line.sentence.end
    words = " ".join(document.report.text[start:end].split())
    message = f"nothing was read in the line '{words[:120]}', which may tell a state"
    return ReadingWarning(code="unread_line", message=message, start=start, end=end)


def _status_lines(document: Document, kinds: dict[str, str | None], mentions: Mentions) -> Iterator[_Line]:
    for line in lines(document):
        colon = line.words.index(":") if ":" in line.words[:HEAD_WORDS] else None
        if colon and colon + 1 < len(line.words):
            head = line.words[:colon]
            named = mentions.within(line.sentence.start, line.tokens[colon].start)
            is_crossing = any(kinds.get(m.id) == "crossing" for m in named)
            is_crossing = is_crossing or any(word in word_set("status_lines", "crossing_words") for word in head)
            is_road = any(word in word_set("status_lines", "road_words") for word in head) or _is_pair(line, named)
            if (is_crossing or is_road) and not any(word in word_set("grammar", "auxiliaries") for word in head):
                yield _Line(line, colon, is_road=is_road and not is_crossing)


def _is_pair(line: Line, named: Sequence[Mention]) -> bool:
    """Whether two places stand joined: "Orlo – Ruma"."""
    if len(named) != 2:
        return False
    between = line.words[line.index(named[0].end - 1) + 1 : line.index(named[1].start)]
    return bool(between) and all(word in word_set("status_lines", "joints") for word in between)


def _where(told: _Line, mentions: Mentions, kinds: dict[str, str | None]) -> tuple[str, ...]:
    """Return the road or crossing by its name, else a road's two ends; nothing where one of them is not known."""
    named = mentions.within(told.line.sentence.start, told.line.tokens[told.colon].start)
    ids = tuple(dict.fromkeys(mention.id for mention in named))
    by_name = tuple(place for place in ids if kinds.get(place) == ("road" if told.is_road else "crossing"))
    if by_name or not told.is_road:
        return by_name[:1]
    ends = tuple(place for place in ids if kinds.get(place) not in AREAS)
    return ends if len(ends) == 2 else ()


@cache
def _book() -> Phrases[str]:
    return Phrases.of([(phrase, state) for state in STATES for phrase in lexicon("status_lines")[state]])


def _states(told: _Line) -> Iterator[tuple[str, int, int]]:
    """Return the states told right behind the colon, and behind each comma or "but": state and tokens."""
    words, at = told.line.words, told.colon + 1
    while at < len(words):
        found = _book().at(words, at)
        if found is None:
            return
        yield found[1], at, found[0]
        edge = next((i for i in range(found[0], len(words)) if words[i] in (",", ";", "but", "and", "/")), None)
        if edge is None:
            return
        at = edge + 2 if words[edge + 1 : edge + 2] in (("but",), ("and",)) else edge + 1


def _type(told: _Line, state: str, last: int) -> EventType | None:
    """Return the event of a state; what is open or closed for goods alone says nothing of people."""
    if state not in ("open", "closed"):
        return None
    if told.is_road:
        return "road_opened" if state == "open" else "road_cut"
    behind = told.line.words[last : last + OBJECT_REACH]
    edge = next((i for i, word in enumerate(behind) if word in (",", ";", "but", ".")), len(behind))
    objects = behind[:edge]
    if objects[:1] in (("for",), ("to",)) and any(word in word_set("status_lines", "goods") for word in objects):
        is_relief = any(word in word_set("status_lines", "relief") for word in objects)
        return "aid_blocked" if state == "closed" and is_relief else None
    return "crossing_opened" if state == "open" else "crossing_closed"


def _doubts(told: _Line) -> bool:
    """Whether a status line tells more than that nothing is known."""
    return next((state for state, _, _ in _states(told)), "") != "unknown"


def _event(
    document: Document, type_: EventType, span: Span, where: tuple[str, ...], published: dt.date | None, name: str
) -> Event:
    text = document.report.text[span[0] : span[1]]
    when = when_of(document, span[0], span[1], published)
    return Event(id=name, type=type_, start=span[0], end=span[1], text=text, places=where, when=when)


def _is_in_capitals(line: Line) -> bool:
    """Whether a line is all in capitals, with words before and behind a colon."""
    text = line.texts
    if ":" not in text[1:-1] or not 3 <= len(text) <= 2 * HEAD_WORDS:
        return False
    words = [word for word in text if word.isalpha() and len(word) > 1]
    return len(words) >= 2 and all(word.isupper() for word in words)
