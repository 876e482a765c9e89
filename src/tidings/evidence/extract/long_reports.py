"""Long texts are read part by part, so that memory and time grow with a part and with what is found, not more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tidings.core.ids import ReportId
from tidings.evidence.extract.cleaning import Cleaned, Offsets
from tidings.evidence.extract.withheld import name_parts
from tidings.evidence.extract.words import TOKEN
from tidings.evidence.reading import PartyRecord, PlaceRecord, Reading, ReadingDisagreement, ReadingWarning, Span
from tidings.evidence.report import Report

LONGEST_PART = 200_000
"""Characters: longer than any report or chapter; what points back farther than that is not found anyhow."""
EDGES = ("\n\n", "\n", ". ", " ")
"""Where a part may end, the best first."""

Named = TypeVar("Named", PlaceRecord, PartyRecord)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report, as a report, and the offset at which it begins."""

    report: Report
    start: int


def parts_of(report: Report) -> tuple[Part, ...]:
    """Cut a report into parts at ends of paragraphs, else of lines, sentences or words.

    Examples
    --------
    >>> [part.start for part in parts_of(Report(id="r", name="-", text="One day. " * 30_000))]
    [0, 199998]
    """
    text = report.text
    if len(text) <= LONGEST_PART:
        return (Part(report, 0),)
    starts = [0]
    while len(text) - starts[-1] > LONGEST_PART:
        starts.append(_edge(text, starts[-1]))
    return tuple(_part(report, start, end) for start, end in zip(starts, (*starts[1:], len(text)), strict=True))


def _edge(text: str, start: int) -> int:
    end = start + LONGEST_PART
    found = ((text.rfind(edge, start + LONGEST_PART // 2, end), edge) for edge in EDGES)
    return next((at + len(edge) for at, edge in found if at > 0), end)


def _part(report: Report, start: int, end: int) -> Part:
    inside = ((max(a, start) - start, min(b, end) - start) for a, b in report.furniture if a < end and b > start)
    text = report.text[start:end]
    own = ReportId(f"{report.id}:{start}")
    return Part(replace(report, id=own, text=text, furniture=tuple(inside), warnings=()), start)


def read_with_names(
    parts: Sequence[Part], read: Callable[[Report, frozenset[str]], Reading]
) -> Iterator[tuple[Part, Reading]]:
    """Yield parts with their readings; a name of a private person that one part tells is withheld in all.

    Parameters
    ----------
    parts
        The parts of a report.
    read
        Reads one; it is given the words of names that other parts tell.
    """
    readings = [read(part.report, frozenset()) for part in parts]
    told = [name_parts(part.report.text, reading.withheld) for part, reading in zip(parts, readings, strict=True)]
    every = frozenset[str]().union(*told)
    readings.reverse()  # each is let go once it is handed on: a long report has very many records
    for part, own in zip(parts, told, strict=True):
        reading = readings.pop()
        others = every - own
        is_told_here = bool(others) and not others.isdisjoint(_words(part.report.text))
        yield part, read(part.report, every) if is_told_here else reading


def _words(text: str) -> frozenset[str]:
    """Return the words of a text, without possessive endings.

    Examples
    --------
    >>> sorted(_words("Zeta's al-Abc"))
    ['Zeta', 'al-Abc']
    """
    return frozenset(word.replace("’", "'").removesuffix("'s").removesuffix("'") for word in TOKEN.findall(text))


def joined(report: Report, read: Iterable[tuple[Part, Reading]]) -> Reading:
    """Join what was read in the parts of a report.

    Parameters
    ----------
    report
        The whole.
    read
        Its parts in order, each with its reading.

    Returns
    -------
    Reading
        Ids of figures, events and speeches go on from part to part; a place or party told of in several is one. Its
        `report` is that of the first part.
    """
    readings: list[Reading] = []
    for part, reading in read:
        shift = Offsets([(0, part.start)], [(0, part.start)])
        readings.append(_numbered(Cleaned(part.report, report, shift, ()).restored(reading), readings))
    return Reading(
        report=readings[0].report,
        figures=tuple(figure for reading in readings for figure in reading.figures),
        events=tuple(event for reading in readings for event in reading.events),
        places=_places(place for reading in readings for place in reading.places),
        parties=_parties(party for reading in readings for party in reading.parties),
        relations=tuple(relation for reading in readings for relation in reading.relations),
        attributions=tuple(said for reading in readings for said in reading.attributions),
        disagreements=tuple(entry for reading in readings for entry in reading.disagreements),
        withheld=tuple(span for reading in readings for span in reading.withheld),
        explained=tuple(fired for reading in readings for fired in reading.explained),
        warnings=_told_once(warning for reading in readings for warning in reading.warnings),
    )


def _numbered(reading: Reading, before: Sequence[Reading]) -> Reading:
    """Let the numbers of figures, events, speeches and relations go on from those of the parts before."""
    new = {
        **_ids("f", (figure.id for figure in reading.figures), sum(len(r.figures) for r in before)),
        **_ids("e", (event.id for event in reading.events), sum(len(r.events) for r in before)),
        **_ids("a", (said.id for said in reading.attributions), sum(len(r.attributions) for r in before)),
    }
    relations = (f"r{number}" for number in range(1, len(reading.relations) + 1))
    of_kind = {"relation": _ids("r", relations, sum(len(r.relations) for r in before))}
    fields = ("id", "attribution", "same_as")
    return reading.model_copy(
        update={
            "figures": tuple(figure.model_copy(update=_renamed(figure, fields, new)) for figure in reading.figures),
            "events": tuple(
                event.model_copy(
                    update={
                        **_renamed(event, fields, new),
                        "condition": event.condition
                        and event.condition.model_copy(update=_renamed(event.condition, ("event",), new)),
                    }
                )
                for event in reading.events
            ),
            "relations": tuple(
                tie.model_copy(update=_renamed(tie, ("attribution",), new)) for tie in reading.relations
            ),
            "attributions": tuple(said.model_copy(update={"id": new[said.id]}) for said in reading.attributions),
            "disagreements": tuple(_of_speeches(entry, new) for entry in reading.disagreements),
            "explained": tuple(
                fired.model_copy(
                    update=_renamed(fired, ("record",), of_kind.get(fired.kind, _named_by(fired.kind, new)))
                )
                for fired in reading.explained
            ),
        }
    )


def _ids(letter: str, ids: Iterable[str], before: int) -> dict[str, str]:
    return {old: f"{letter}{number}" for number, old in enumerate(ids, before + 1)}


def _named_by(kind: str, new: Mapping[str, str]) -> Mapping[str, str]:
    return new if kind in ("figure", "event", "attribution") else {}


def _renamed(record: object, fields: Iterable[str], new: Mapping[str, str]) -> dict[str, str]:
    told = {name: getattr(record, name) for name in fields}
    return {name: new[old] for name, old in told.items() if old in new}


def _of_speeches(entry: ReadingDisagreement, new: Mapping[str, str]) -> ReadingDisagreement:
    positions = (
        position.model_copy(update={"attributions": tuple(new[said] for said in position.attributions)})
        for position in entry.positions
    )
    return entry.model_copy(update={"positions": tuple(positions)})


def _places(told: Iterable[PlaceRecord]) -> tuple[PlaceRecord, ...]:
    found: dict[str, PlaceRecord] = {}
    mentions: dict[str, list[Span]] = {}
    for place in told:
        mentions.setdefault(place.id, []).extend(place.mentions)
        if place.id not in found or place.p > found[place.id].p:
            name = found[place.id].name if place.id in found else place.name
            found[place.id] = place.model_copy(update={"name": name})
    return _with_mentions(found, mentions)


def _parties(told: Iterable[PartyRecord]) -> tuple[PartyRecord, ...]:
    found: dict[str, PartyRecord] = {}
    mentions: dict[str, list[Span]] = {}
    for party in told:
        mentions.setdefault(party.id, []).extend(party.mentions)
        known = found.get(party.id, party)
        found[party.id] = known.model_copy(
            update={"parent": known.parent or party.parent, "kind": known.kind or party.kind}
        )
    return _with_mentions(found, mentions)


def _with_mentions(found: Mapping[str, Named], mentions: Mapping[str, list[Span]]) -> tuple[Named, ...]:
    return tuple(record.model_copy(update={"mentions": tuple(mentions[name])}) for name, record in found.items())


def _told_once(warnings: Iterable[ReadingWarning]) -> tuple[ReadingWarning, ...]:
    found: dict[tuple[str, str], ReadingWarning] = {}
    for warning in warnings:
        found.setdefault((warning.code, warning.message), warning)
    return tuple(found.values())
