"""Names of private persons: where they stand in a report, and a reading that tells none of them.

Who holds an office or speaks for an organisation keeps the name. Anyone else is told by role and place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mentions
from tidings.evidence.extract.persons import NO_OFFICE, is_placed, is_unnamed, persons_of
from tidings.evidence.extract.private_names import private_names
from tidings.evidence.extract.proper_names import PARTICLES, bare, end_offset
from tidings.evidence.extract.words import ARTICLE_NAME, Document, Word
from tidings.evidence.reading import Attribution, Event, PartyRecord, PlaceRecord, Reading, Span
from tidings.evidence.report import Report

SHORTEST_NAME = 3
"""Letters below which a part of a name is not looked for elsewhere."""
SHORTEST_HEADLINE = 5
"""Letters below which a name in capitals only is not looked for: it may be an acronym."""
FIRST_WORD = re.compile(r"\w+")


def _known(parties: Sequence[PartyRecord]) -> Mentions:
    return Mentions.of([party for party in parties if not is_unnamed(party.name)])


CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}"  # an e-mail address
    r"|(?<![\w@])@\w{3,30}"  # a name in social media
    r"|(?<![\w.,/-])(?:\+[1-9]|0\d)(?:[ ()-]{0,2}\d){7,13}(?!\d|[.,]\d)"  # a telephone number
    r"|(?<![\w.,/-])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){7,13}(?!\d)"  # one with the code of its country
    r"|(?i:\b(?:tel|telephone|phone|mobile|cell|whatsapp|viber|signal|fax)\b[.:]?(?: (?:no\.?|number))?[.:]? ?)"
    r"\d(?:[ ()./-]{0,2}\d){5,13}(?!\d|[.,]\d| [a-z])"  # one that is said to be one, and counts nothing
)
"""Ways to reach somebody."""


def find_withheld(
    document: Document,
    parties: Sequence[PartyRecord],
    places: Sequence[PlaceRecord],
    speakers: Sequence[Span] = (),
    elsewhere: Collection[str] = (),
) -> tuple[Span, ...]:
    """Find where names of private persons stand.

    Parameters
    ----------
    document
        The report.
    parties, places
        What it names: a name that is also that of an office holder, an organisation or a place stays where it is that.
    speakers
        Names of speakers that are told by role.
    elsewhere
        Parts of names that other parts of a long report tell.

    Returns
    -------
    tuple of Span
        In order of the text: each name where it is told, and its parts wherever they stand alone. What is told as a
        place ("in Name") is one.
    """
    known, located = _known(parties), Mentions.of(places)
    persons = persons_of(document)
    told = {span for words in document.words for span in private_names(words, persons, known, located)}
    told |= {span for span in speakers if not known.covers(*span)}
    parts, ways = name_parts(document.body, told) | frozenset(elsewhere), contacts(document.body)
    if not parts and not told:
        return ways
    again = (span for words in document.words for span in _again(words, parts, located))
    return _joined(sorted({*told, *ways} | {span for span in again if not known.covers(*span)}))


def contacts(text: str) -> tuple[Span, ...]:
    """Return where ways to reach somebody stand: e-mail addresses, telephone numbers, names in social media.

    Examples
    --------
    >>> text = "Write to a.b@c.example or call +1 202 555 0100; 12,000 people fled."
    >>> [text[start:end] for start, end in contacts(text)]
    ['a.b@c.example', '+1 202 555 0100']
    """
    return tuple(found.span() for found in CONTACT.finditer(text))


def name_parts(text: str, withheld: Iterable[Span]) -> frozenset[str]:
    """Return the words of names, each of which may stand alone elsewhere."""
    names = (text[start:end] for start, end in withheld)
    return frozenset(part for name in names if CONTACT.fullmatch(name) is None for part in _parts(name))


def _parts(name: str) -> Iterator[str]:
    for part in re.split(r"[\s.]+", name):
        if len(part) >= SHORTEST_NAME and part.lower() not in PARTICLES:
            yield from _spellings(part)


def _spellings(part: str) -> Iterator[str]:
    """Yield a word of a name as it may stand elsewhere: at the start of a sentence, without its article, in a headline.

    Examples
    --------
    >>> list(_spellings("al-Zeta")), list(_spellings("Zeta"))
    (['al-Zeta', 'Al-Zeta', 'Zeta', 'AL-ZETA'], ['Zeta'])
    """
    yield part
    if ARTICLE_NAME.fullmatch(part):
        plain = part.partition("-")[2]
        yield part[0].swapcase() + part[1:]
        if len(plain) >= SHORTEST_NAME and plain[0].isupper():
            yield plain
    if len(part) >= SHORTEST_HEADLINE:
        yield part.upper()


def _again(words: Sequence[Word], parts: Collection[str], places: Mentions) -> Iterator[Span]:
    for at, word in enumerate(words):
        if word.is_capital and bare(word) in parts:
            span = word.start, end_offset(word)
            if not (places.covers(*span) and _is_told_as_place(words, at, places)):
                yield span


def _is_told_as_place(words: Sequence[Word], at: int, places: Mentions) -> bool:
    """Whether a place's name is longer than a word, or stands behind 'in' and the like or beside a noun for places."""
    start, end = words[at].start, end_offset(words[at])
    if not places.within(start, end) or any(mention.end > end for mention in places.within(start, words[-1].end)[:1]):
        return True
    before = at - 1
    while before > 0 and words[before].key in ("the", "nearby"):
        before -= 1
    kinds = word_set("protected", "areas", "named_things")
    is_kind = (before >= 0 and words[before].key in kinds) or (at + 1 < len(words) and words[at + 1].key in kinds)
    return is_kind or is_placed(words, before + 1) or _is_listed(words, at)


def _is_listed(words: Sequence[Word], at: int) -> bool:
    """Whether a name goes on a list that stands behind 'in' and the like: 'in Abc, Def and Name'."""
    first = at - 1
    while first > 0 and (words[first].is_name or words[first].key in (",", "and")):
        first -= 1
    return first < at - 1 and is_placed(words, first + 1)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def crossed_out(text: str, spans: Sequence[Span]) -> str:
    """Return a text of the same length in which every letter in the spans is an X.

    Examples
    --------
    >>> crossed_out("said Abcd Efghi", [(5, 15)])
    'said XXXX XXXXX'
    """
    shown: list[str] = []
    done = 0
    for start, end in spans:
        shown += (text[done:start], _crossed(text[max(done, start) : end]))
        done = max(done, end)
    return "".join((*shown, text[done:]))


def _crossed(name: str) -> str:
    return re.sub(r"\w", "X", name)


def shown_report(report: Report, withheld: Sequence[Span]) -> Report:
    """Return a report as it may be quoted: names of private persons crossed out, every offset as it was."""
    if not withheld:
        return report
    title = report.title and _Names(report.text, withheld).crossed(report.title)
    return replace(report, text=crossed_out(report.text, withheld), title=title)


def shown_reports(reports: Sequence[Report], readings: Sequence[Reading]) -> tuple[Report, ...]:
    """Return reports as they may be quoted, each by its reading."""
    spans = {str(reading.report.id): reading.withheld for reading in readings}
    return tuple(shown_report(report, spans.get(str(report.id), ())) for report in reports)


class _Names:
    """The names of a text, found in other words in one pass however many they are."""

    def __init__(self, text: str, withheld: Sequence[Span]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for name in sorted({text[start:end] for start, end in withheld}, key=lambda name: (-len(name), name)):
            if first := FIRST_WORD.match(name):
                self._by_first.setdefault(first[0], []).append(name)

    def crossed(self, words: str, instead: str | None = None) -> str:
        """Return words with every name crossed out, or with other words instead of it."""
        shown: list[str] = []
        done = 0
        for word in FIRST_WORD.finditer(words):
            name = self._at(words, word) if word.start() >= done else None
            if name is not None:
                shown += (words[done : word.start()], instead or _crossed(name))
                done = word.start() + len(name)
        return "".join((*shown, words[done:]))

    def _at(self, words: str, word: re.Match[str]) -> str | None:
        ends = (name for name in self._by_first.get(word[0], ()) if words.startswith(name, word.start()))
        return next((name for name in ends if not _goes_on(words, word.start() + len(name))), None)


def _goes_on(words: str, at: int) -> bool:
    return at < len(words) and FIRST_WORD.match(words[at]) is not None


def withhold(reading: Reading, text: str, withheld: tuple[Span, ...]) -> Reading:
    """Return a reading in which no field tells a withheld name."""
    if not withheld:
        return reading
    names = _Names(text, withheld)
    return reading.model_copy(
        update={
            "withheld": withheld,
            "report": reading.report.model_copy(update=_crossing(reading.report, names, "title")),
            "events": tuple(_before_name(event, text, withheld) for event in reading.events),
            "attributions": tuple(_without_name(said, text, withheld) for said in reading.attributions),
            "disagreements": tuple(
                entry.model_copy(
                    update={
                        "positions": tuple(p.model_copy(update=_crossing(p, names, "says")) for p in entry.positions)
                    }
                )
                for entry in reading.disagreements
            ),
            "warnings": tuple(w.model_copy(update=_crossing(w, names, "message")) for w in reading.warnings),
            "explained": tuple(f.model_copy(update=_crossing(f, names, "rule")) for f in reading.explained),
        }
    )


def _crossing(record: Any, names: _Names, field: str) -> Mapping[str, str]:
    words: str | None = getattr(record, field)
    return {field: names.crossed(words)} if words else {}


def _inside(withheld: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Return the spans that overlap text[start:end]; they are in order and apart."""
    first = bisect_right(withheld, start, key=lambda span: span[1])
    return withheld[first : bisect_left(withheld, end, key=lambda span: span[0])]


def _without_name(said: Attribution, text: str, withheld: Sequence[Span]) -> Attribution:
    inside = _inside(withheld, *said.speaker_span) if said.speaker_span else ()
    if not inside or not said.speaker_text:
        return said
    return said.model_copy(update={"speaker_text": _Names(text, inside).crossed(said.speaker_text, NO_OFFICE)})


def _before_name(event: Event, text: str, withheld: Sequence[Span]) -> Event:
    """Cut the words of an event before a name: what is told stays exactly a slice of the text."""
    cut = next((start for start, _ in _inside(withheld, event.start, event.end) if start > event.start), None)
    if cut is None:
        return event
    words = text[event.start : cut].rstrip()
    return event.model_copy(update={"end": event.start + len(words), "text": words})
