"""Roads that are told apart from all the others: 'all roads out of X are cut except the road to Y'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.ways import NOT_ON_A_ROAD, ROAD_TYPES, KindOf
from tidings.evidence.extract.ways_over import OPPOSITES
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Event

_WAY = r"(?:roads?|routes?|highways?|motorways?|corridors?|ways? (?=to|from|into|out|towards?))"
_ALL = re.compile(
    rf"\b(?:all|every|none of|no)\b(?: (?!that\b|who\b)[\w'’-]+){{0,4}}? ?\b{_WAY}\b"
    r"|\bcut off from the (?:outside|rest|world)\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"(?:no|none)\b", re.IGNORECASE)
_BE = r"\s(?:is|are|was|were|has|have|had|remains?|remained)\b"
_EXCEPTION = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|with the exception of|save for|apart from|aside from|other than|excluding"
    r"|but(?: for)?) (?:(?:for|only|the|that|those|one|ones|a|single|main) ?){0,3}"
    rf"(?:(?:[\w'’–-]+ ){{0,2}}?{_WAY}\b)?[^,;:.()]*?(?=[,;:.()]|{_BE}|$)",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(
    rf"\b{_WAY}\b|\b(?:those|that|ones?) (?:to|from|into|towards?|via|through|between|leading)\b", re.IGNORECASE
)
_VERB = re.compile(_BE)


def with_excepted(document: Document, lines: Sequence[Line], kind_of: KindOf, made: Iterable[Made]) -> list[Made]:
    """Return the events with each road that is excepted from all those cut, or open, as told to be the opposite.

    The others are told of the place whose roads are meant, never of that to which the excepted one leads.
    """
    return [told for each in made for told in _apart(document, lines, kind_of, each)]


def _apart(document: Document, lines: Sequence[Line], kind_of: KindOf, made: Made) -> Iterator[Made]:
    event = made.event
    found = _exception(document, event) if event.type in ROAD_TYPES else None
    line = lines[document.sentence_at(event.start).number]
    excepted = [place.id for place in _on_roads(line, kind_of) if found and found.start <= place.start < found.end]
    if found is None or not excepted or (event.certainty == "denied" and not found.is_none):
        yield made
        return
    places = tuple(place for place in event.places if place not in excepted) or _whose_roads(line, kind_of, found)
    if not places:
        yield made
        return
    type_, other = event.type, OPPOSITES[event.type]
    certainty = event.certainty
    if certainty == "denied":  # no road is open but one: the others are cut
        type_, other, certainty = other, type_, "claimed" if event.attribution else "stated"
    because = Because("ways_excepted: a road that is told apart from all the others", found.start, found.end)
    all_others = event.model_copy(update={"type": type_, "places": places, "certainty": certainty})
    yield Made(all_others, (*made.why, ("type", because)) if type_ != event.type else made.why)
    for place in dict.fromkeys(each for each in excepted if each not in places):
        told = {
            "type": other, "places": (*places, place), "actors": (), "targets": (), "certainty": certainty,
            "start": found.start, "end": found.end, "text": document.report.text[found.start : found.end],
        }  # fmt: skip
        yield Made(event.model_copy(update=told), (("type", because), ("places", because)))


class _Exception(NamedTuple):
    """Where the words for the excepted roads stand, and whether of the others none is so."""

    start: int
    end: int
    is_none: bool


def _exception(document: Document, event: Event) -> _Exception | None:
    """Return the words for excepted roads in an event's sentence, if it tells of all the others."""
    sentence = document.sentence_at(event.start)
    text = document.body[sentence.start : sentence.end]
    for found in _EXCEPTION.finditer(text):
        others = _ALL.search(f"{text[: found.start()]} ; {text[found.end() :]}")
        if others is None or not _ONE_OF_THEM.search(found[0]):
            continue
        start, end = sentence.start + found.start(), sentence.start + found.end()
        is_clause = _VERB.match(text, found.end()) and _VERB.search(text[: found.start()], others.end())
        if not (is_clause or start <= event.start < end):
            return _Exception(start, end, is_none=_NONE.match(others[0]) is not None)
    return None


def _on_roads(line: Line, kind_of: KindOf) -> list[Mention]:
    return [place for place in line.places if kind_of(place.id) not in NOT_ON_A_ROAD]


def _whose_roads(line: Line, kind_of: KindOf, apart: _Exception) -> tuple[str, ...]:
    """Return the place whose roads are meant: the first that the sentence names elsewhere."""
    return tuple(dict.fromkeys(p.id for p in _on_roads(line, kind_of) if not apart.start <= p.start < apart.end))[:1]
