"""How well places, parties and their relations are read in documents with labelled spans (the layout of re3d).

A folder holds `documents.json`, `entities.json` and `relations.json` a source, read at run time and never printed. A
span is right where it overlaps a labelled one that no other has taken; `exact` asks for the same ends, but for an
article or possessive. A relation is right where both its ends overlap those of a labelled one of its kind, in either
order. Labelled places are of the type Location; labelled parties Organisation, Person and Nationality.

The labels as given also hold pronouns, common nouns without a name ('their partners', 'two bridges'), words cut in two
(the 'the camp' of 'the campaign') and the same words twice ('the Front' and 'Front'). `names` leaves those out: of
labels one inside another only the longest counts, and what is read of the words of a label left out counts as nothing.
Of the relations, some have a weapon, vehicle or building for an end; `between parties` leaves those out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.reading_events import gazetteer
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.reading import Reading
from tidings.evidence.report import Report

Span = tuple[int, int]
PLACES, PARTIES = frozenset(["Location"]), frozenset(["Organisation", "Person", "Nationality"])
ALLIES, FIGHTS = frozenset(["AlliesOf"]), frozenset(["FightingAgainst"])
OURS = {"ally_of": "ally", "supports": "ally", "fights": "fights", "hostile_to": "fights"}
PRONOUNS = frozenset(
    ["i", "me", "my", "we", "us", "our", "ours", "you", "your", "he", "him", "his", "she", "her", "it", "its", "they",
     "them", "their", "theirs", "this", "that", "these", "those", "all", "others", "both", "here", "there"]
)  # fmt: skip
DETERMINERS = PRONOUNS | {"the", "a", "an", "some"}
NAME = re.compile(r"(?:^|[\s(/-])[A-ZÀ-Þ]")
EDGES = re.compile(r"^(?:the|a|an)\s+|['’]s?$", re.IGNORECASE)


@dataclass(frozen=True)
class Labelled:
    """One document with its labels."""

    text: str
    places: frozenset[Span]
    parties: frozenset[Span]
    relations: frozenset[tuple[str, Span, Span]]

    def between_parties(self) -> Labelled:
        """Return the document with those relations only that have a party at either end."""
        kept = frozenset(each for each in self.relations if each[1] in self.parties and each[2] in self.parties)
        return replace(self, relations=kept)


@dataclass
class Tally:
    """Counts of right ones, of those read, and of those labelled."""

    right: int = 0
    read: int = 0
    labelled: int = 0

    def add(self, right: int, read: int, labelled: int) -> None:
        """Count those of one more document."""
        self.right += right
        self.read += read
        self.labelled += labelled

    def line(self) -> str:
        """Return precision, recall and F1."""
        precision, recall = self.right / max(1, self.read), self.right / max(1, self.labelled)
        f1 = 2 * self.right / max(1, self.read + self.labelled)
        return f"{self.labelled:8} {self.read:6} {precision:9.3f} {recall:7.3f} {f1:6.3f}"


def read_documents(folder: Path) -> list[Labelled]:
    """Read the documents of one source."""
    documents, entities, relations = (_rows(folder / f"{name}.json") for name in ("documents", "entities", "relations"))
    return [_labelled(document, entities, relations) for document in documents]


def _rows(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    try:
        return list(json.loads(text))
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _labelled(
    document: dict[str, Any], entities: Iterable[dict[str, Any]], relations: Iterable[dict[str, Any]]
) -> Labelled:
    own = [each for each in entities if each["documentId"] == document["_id"]]
    kinds = {**dict.fromkeys(ALLIES, "ally"), **dict.fromkeys(FIGHTS, "fights")}

    def spans(types: frozenset[str]) -> frozenset[Span]:
        return frozenset((each["begin"], each["end"]) for each in own if each["type"] in types)

    return Labelled(
        document["text"],
        spans(PLACES),
        spans(PARTIES),
        frozenset(
            (kinds[each["type"]], (each["sourceBegin"], each["sourceEnd"]), (each["targetBegin"], each["targetEnd"]))
            for each in relations
            if each["documentId"] == document["_id"] and each["type"] in kinds
        ),
    )


def overlapping(read: Iterable[Span], labelled: Iterable[Span]) -> int:
    """Return how many spans overlap a label of their own."""
    left, right = sorted(labelled), 0
    for start, end in sorted(read):
        taken = next((label for label in left if label[0] < end and start < label[1]), None)
        if taken is not None:
            left.remove(taken)
            right += 1
    return right


def sort_of(label: Span, labels: Iterable[Span], text: str) -> str:
    """Return what a label is: a name, a common noun, a pronoun, cut in two, or inside another label."""
    start, end = label
    if (start and text[start - 1 : start + 1].isalnum()) or (text[end : end + 1].isalnum() and text[end - 1].isalnum()):
        return "cut"
    if any(other[0] <= start and end <= other[1] and other != label for other in labels):
        return "inside"
    words = text[start:end].split()
    if all(word.lower() in PRONOUNS for word in words):
        return "pronoun"
    bare = " ".join(words[words[0].lower() in DETERMINERS :])
    return "name" if NAME.search(bare) else "common"


def names_only(read: Iterable[Span], labels: frozenset[Span], text: str) -> tuple[set[Span], set[Span]]:
    """Return what is read and labelled of names: without the labels of other sorts and what is read of their words."""
    names = {label for label in labels if sort_of(label, labels, text) == "name"}
    others = labels - names
    kept = {span for span in read if _touches(list(names), span) or not _touches(list(others), span)}
    return kept, names


def same(read: Iterable[Span], labelled: Iterable[Span], text: str) -> int:
    """Return how many spans have the ends of a label, articles and possessives apart."""
    return len({_bare(span, text) for span in read} & {_bare(span, text) for span in labelled})


def _bare(span: Span, text: str) -> Span:
    start, end = span
    words = text[start:end]
    for edge in EDGES.finditer(words):
        start, end = (start + edge.end(), end) if edge.start() == 0 else (start, end - len(edge.group()))
    return start, end


def related(reading: Reading, document: Labelled) -> tuple[int, int]:
    """Return how many labelled relations are read, and how many are read at all."""
    spans = {each.id: each.mentions for each in reading.parties}
    spans |= {each.id: each.mentions for each in reading.places}
    ours = {(OURS[each.relation], each.subject, each.object) for each in reading.relations if each.relation in OURS}
    found = {
        label for label in document.relations for kind, one, other in ours
        if kind == label[0] and _joins(spans.get(one, ()), spans.get(other, ()), label)
    }  # fmt: skip
    wrong = sum(
        not any(kind == label[0] and _joins(spans.get(a, ()), spans.get(b, ()), label) for label in document.relations)
        for kind, a, b in ours
    )
    return len(found), len(found) + wrong


def _joins(one: Sequence[Span], other: Sequence[Span], label: tuple[str, Span, Span]) -> bool:
    _, source, target = label
    return (_touches(one, source) and _touches(other, target)) or (_touches(one, target) and _touches(other, source))


def _touches(spans: Sequence[Span], label: Span) -> bool:
    return any(start < label[1] and label[0] < end for start, end in spans)


TALLIES = ("places", "places, exact", "places, names", "parties", "parties, exact", "parties, names",
           "ally, fights", "between parties")  # fmt: skip
SORTS = ("name", "common", "pronoun", "inside", "cut")


def print_entities(folder: Path) -> None:
    """Print one row for each kind of record and each half of the documents (every second one)."""
    documents = [
        document for source in sorted(folder.iterdir()) if source.is_dir() for document in read_documents(source)
    ]
    parts = {"first": documents[::2], "second": documents[1::2], "all": documents}
    print(f"\n{'documents with spans':28} {'labels':>8} {'read':>6} {'precision':>9} {'recall':>7} {'F1':>6}")
    for name, part in parts.items():
        tallies = {kind: Tally() for kind in TALLIES}
        for document in part:
            _count(tallies, document)
        for kind, tally in tallies.items():
            print(f"{f'{kind}: {name}':28} {tally.line()}")
    print(f"\n{'sorts of labels':28} " + " ".join(f"{sort:>8}" for sort in SORTS))
    for name, part in parts.items():
        for kind in ("places", "parties"):
            print(f"{f'{kind}: {name}':28} " + " ".join(f"{number:8}" for number in _sorts(kind, part)))


def _sorts(kind: str, documents: Iterable[Labelled]) -> list[int]:
    labels = [(getattr(document, kind), document.text) for document in documents]
    counted = Counter(sort_of(label, own, text) for own, text in labels for label in own)
    return [counted[sort] for sort in SORTS]


def _count(tallies: dict[str, Tally], document: Labelled) -> None:
    reading = read_report(Report(id="bench", name="-", text=document.text), gazetteer())  # type: ignore[arg-type]
    places = {(start, end) for record in reading.places for start, end in record.mentions}
    parties = {(start, end) for record in reading.parties for start, end in record.mentions}
    for kind, read, labels in (("places", places, document.places), ("parties", parties, document.parties)):
        tallies[kind].add(overlapping(read, labels), len(read), len(labels))
        tallies[f"{kind}, exact"].add(same(read, labels, document.text), len(read), len(labels))
        kept, names = names_only(read, labels, document.text)
        tallies[f"{kind}, names"].add(overlapping(kept, names), len(kept), len(names))
    for kind, labelled in (("ally, fights", document), ("between parties", document.between_parties())):
        tallies[kind].add(*related(reading, labelled), len(labelled.relations))
