"""Names of private persons: where they stand in a report, and a reading that tells none of them.

Who holds an office or speaks for an organisation keeps the name. Anyone else is told by role and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mentions
from tidings.evidence.extract.persons import NO_OFFICE, is_unnamed, name_end, person_at
from tidings.evidence.extract.proper_names import PARTICLES, bare, end_offset
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import Event, PartyRecord, PlaceRecord, Reading, Span
from tidings.evidence.report import Report

SHORTEST_NAME = 3
"""Letters below which a part of a name is not looked for elsewhere."""


def find_withheld(
    document: Document, parties: Sequence[PartyRecord], places: Sequence[PlaceRecord], speakers: Sequence[Span] = ()
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

    Returns
    -------
    tuple of Span
        In order of the text: each name where it is told, and its parts wherever they stand alone.
    """
    kept = Mentions.of([*(party for party in parties if not is_unnamed(party.name)), *places])
    first = {*speakers, *(span for words in document.words for span in _told_of(words))}
    first = {span for span in first if not kept.covers(*span)}
    parts = {part for span in first for part in _parts(document.body[slice(*span)])}
    if not first:
        return ()
    again = {span for words in document.words for span in _again(words, parts) if not kept.covers(*span)}
    return _joined(sorted(first | again))


def _told_of(words: Sequence[Word]) -> Iterator[Span]:
    """Yield the names of private persons that a sentence tells by its own words."""
    at = 0
    for number in [number for number, word in enumerate(words) if word.is_name]:
        if number < at:
            continue
        at = number
        person = person_at(words, at, "")
        start = person.name_start if person else at
        end = max(person.end if person else name_end(words, at), at + 1)
        if (person and person.tie == "private") or (person is None and _is_person(words, at, end)):
            yield words[start].start, end_offset(words[end - 1])
        at = end


def _is_person(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether a name is somebody's by what stands beside it: a courtesy title, an age, kin, or harm done."""
    before = [word.key for word in words[max(0, at - 3) : at] if word.text != "."]
    after = [word.key for word in words[end : end + 4]]
    if before and (before[-1] in word_set("protected", "courtesy") or before[-1] in word_set("protected", "naming")):
        return True
    if before and before[-1] in word_set("protected", "kin") and words[at - 1].text != ",":
        return True
    is_aged = len(after) > 2 and after[0] == "," and after[1].isdecimal() and after[2] == ","
    if is_aged or end - at < 2:
        return is_aged
    is_kin = words[end - 1].is_possessive and bool(after) and after[0] in word_set("protected", "kin")
    of_kin = len(after) > 2 and after[0] == "," and any(word in word_set("protected", "kin") for word in after)
    told = [key for key in after if key not in (",", "who")]
    was_harmed = len(told) > 1 and told[0] in ("was", "is", "were") and told[1] in word_set("protected", "harmed")
    harmed = bool(before) and before[-1] in word_set("protected", "harmed")
    return is_aged or is_kin or of_kin or was_harmed or harmed


def _parts(name: str) -> Iterator[str]:
    for part in re.split(r"[\s.]+", name):
        if len(part) >= SHORTEST_NAME and part.lower() not in PARTICLES:
            yield part


def _again(words: Sequence[Word], parts: set[str]) -> Iterator[Span]:
    for word in words:
        if word.is_capital and bare(word) in parts:
            yield word.start, end_offset(word)


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
    shown = text
    for start, end in spans:
        shown = shown[:start] + _crossed(shown[start:end]) + shown[end:]
    return shown


def _crossed(name: str) -> str:
    return re.sub(r"\w", "X", name)


def shown_report(report: Report, withheld: Sequence[Span]) -> Report:
    """Return a report as it may be quoted: names of private persons crossed out, every offset as it was."""
    if not withheld:
        return report
    title = report.title and _literally(report.title, _names(report.text, withheld), None)
    return replace(report, text=crossed_out(report.text, withheld), title=title)


def shown_reports(reports: Sequence[Report], readings: Sequence[Reading]) -> tuple[Report, ...]:
    """Return reports as they may be quoted, each by its reading."""
    spans = {str(reading.report.id): reading.withheld for reading in readings}
    return tuple(shown_report(report, spans.get(str(report.id), ())) for report in reports)


def _names(text: str, withheld: Sequence[Span]) -> tuple[str, ...]:
    """Return the names, the longest first."""
    return tuple(sorted({text[start:end] for start, end in withheld}, key=lambda name: (-len(name), name)))


def _literally(words: str, names: Sequence[str], instead: str | None) -> str:
    for name in names:
        words = re.sub(rf"\b{re.escape(name)}\b", instead or _crossed(name), words)
    return words


def withhold(reading: Reading, text: str, withheld: tuple[Span, ...]) -> Reading:
    """Return a reading in which no field tells a withheld name."""
    if not withheld:
        return reading
    names = _names(text, withheld)
    return reading.model_copy(
        update={
            "withheld": withheld,
            "report": reading.report.model_copy(update=_crossing(reading.report, names, "title")),
            "events": tuple(_before_name(event, text, withheld) for event in reading.events),
            "attributions": tuple(
                said.model_copy(update=_crossing(said, names, "speaker_text", instead=NO_OFFICE))
                for said in reading.attributions
            ),
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


def _crossing(record: Any, names: Sequence[str], field: str, *, instead: str | None = None) -> Mapping[str, str]:
    words: str | None = getattr(record, field)
    return {field: _literally(words, names, instead)} if words else {}


def _before_name(event: Event, text: str, withheld: Sequence[Span]) -> Event:
    """Cut the words of an event before a name: what is told stays exactly a slice of the text."""
    cut = next((start for start, end in withheld if event.start < start < event.end), None)
    if cut is None:
        return event
    words = text[event.start : cut].rstrip()
    return event.model_copy(update={"end": event.start + len(words), "text": words})
