"""How well the type of an event is read: one label a snippet, against the first event that is read in it.

The folder holds `conflict_snippets.tsv` and `labels.csv` (the type of each label; empty: not scored), which are read at
run time and never printed.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer, open_gazetteer

NOTHING = "(no event)"


@dataclass(frozen=True)
class Snippet:
    """One labelled snippet."""

    row: str
    text: str
    type: str


def read_snippets(folder: Path) -> tuple[list[Snippet], frozenset[str]]:
    """Return the snippets whose label has a type, and the types of war."""
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        labels = [row for row in csv.DictReader(file) if row["type"]]
    types = {row["label"]: row["type"] for row in labels}
    csv.field_size_limit(10**7)
    with (folder / "conflict_snippets.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    snippets = [
        Snippet(row["id"], row["EventSnippet"], types[row["SubType"]]) for row in rows if row["SubType"] in types
    ]
    return snippets, frozenset(row["type"] for row in labels if row["war"] == "yes")


@cache
def gazetteer() -> Gazetteer:
    """Return the packaged gazetteer, opened once."""
    return open_gazetteer()


def first_type(text: str) -> str:
    """Return the type of the first event that is read in a text."""
    report = Report(id="bench", name="-", text=text)  # type: ignore[arg-type]
    events = read_report(report, gazetteer()).events
    return events[0].type if events else NOTHING


def f1_by_type(labels: Sequence[str], read: Sequence[str]) -> dict[str, float]:
    """Return F1 of each type that is labelled."""
    right = Counter(label for label, found in zip(labels, read, strict=True) if label == found)
    wanted, given = Counter(labels), Counter(read)
    return {label: 2 * right[label] / (wanted[label] + given[label]) for label in wanted}


def weighted(scores: dict[str, float], labels: Iterable[str]) -> float:
    """Return the mean of F1 over types, each by how often it is labelled."""
    counts = Counter(labels)
    return sum(scores[label] * n for label, n in counts.items()) / counts.total()


def macro(scores: dict[str, float], types: Iterable[str]) -> float:
    """Return the mean of F1 over some types, each once."""
    known = [scores[each] for each in types if each in scores]
    return sum(known) / len(known)


def print_events(folder: Path, *, show: bool) -> None:
    """Print F1 of both halves and of all; with `show`, F1 of each type and the rows that are wrong, by kind."""
    snippets, war = read_snippets(folder)
    read = [first_type(snippet.text) for snippet in snippets]
    middle = len(snippets) // 2
    print(f"\n{'event types':28} {'rows':>5} {'weighted F1':>12} {'macro F1, war':>14}")
    for name, part in (("first", slice(0, middle)), ("second", slice(middle, None)), ("all", slice(None))):
        labels = [snippet.type for snippet in snippets[part]]
        scores = f1_by_type(labels, read[part])
        print(f"{name:28} {len(labels):5} {weighted(scores, labels):12.3f} {macro(scores, war):14.3f}")
    if show:
        for name, part in (("first", slice(0, middle)), ("second", slice(middle, None))):
            _print_errors(name, snippets[part], read[part])


def _print_errors(half: str, snippets: Sequence[Snippet], read: Sequence[str]) -> None:
    scores = f1_by_type([snippet.type for snippet in snippets], read)
    wrong: dict[tuple[str, str], list[str]] = {}
    for snippet, found in zip(snippets, read, strict=True):
        if snippet.type != found:
            wrong.setdefault((snippet.type, found), []).append(snippet.row)
    print(f"\nthe {half} half by type: " + ", ".join(f"{name} {score:.2f}" for name, score in sorted(scores.items())))
    for (label, found), rows in sorted(wrong.items(), key=lambda item: -len(item[1])):
        print(f"{label:24} read as {found:24} rows {', '.join(rows)}")
