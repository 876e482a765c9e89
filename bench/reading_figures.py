"""How well figures are read: one labelled tuple an excerpt, found among the figures of that excerpt or not.

The folder holds the labels, which are read at run time and never printed. An excerpt counts as right if any figure
read in it has the labelled value and unit (and term); as wrong and missed if figures were read but none fits; as
missed if nothing was read. A range fits a label at either of its ends. Rules were made on the first half of each
file only: the second half is the measure.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.extract.figures import find_figures
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Figure
from tidings.evidence.report import Report

UNITS = {"people": "person", "households": "household"}


@dataclass(frozen=True)
class Label:
    """One labelled tuple."""

    line: int
    """Of its file, from 0."""
    text: str
    value: float
    term: str
    unit: str


def read_labels(path: Path) -> list[Label]:
    """Read the English labels of one file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    labels = [_label(number, row) for number, row in enumerate(rows)]
    return [label for label in labels if label]


def _label(line: int, row: dict[str, object]) -> Label | None:
    value = row.get("quantity", row.get("Displacement figure"))
    text = str(row.get("text", row.get("Excerpt")))
    if value is None or not is_english(text):
        return None
    term = str(row.get("term", row.get("Reporting term")))
    unit = UNITS.get(str(row.get("unit", row.get("Reporting unit"))).lower(), "")
    return Label(line, text, float(str(value)), term, unit)


def is_english(text: str) -> bool:
    """Whether an excerpt has no more function words of French, Spanish or Portuguese than of English."""
    words = text.lower().split()
    other = sum(
        word in {"de", "la", "les", "des", "en", "el", "las", "los", "que", "du", "par", "dans"} for word in words
    )
    english = sum(word in {"the", "of", "and", "in", "to", "were", "people", "have", "been", "by"} for word in words)
    return other <= english


def figures_in(text: str) -> tuple[Figure, ...]:
    """Read the figures of an excerpt."""
    document = Document(Report(id="bench", name="-", text=text))  # type: ignore[arg-type]
    return find_figures(document, (), (), find_attributions(document, ()), None)


def fits(figure: Figure, label: Label, *, with_term: bool) -> bool:
    """Whether a figure has a label's value and unit (and term)."""
    has_value = label.value in (figure.value, figure.low, figure.high) and figure.unit == label.unit
    return has_value and (not with_term or (figure.helix is not None and figure.helix.term == label.term))


def f1(labels: Iterable[Label], read: Iterable[tuple[Figure, ...]], *, with_term: bool) -> float:
    """Return F1 where every excerpt holds one labelled tuple."""
    right = wrong = missed = 0
    for label, figures in zip(labels, read, strict=True):
        is_right = any(fits(figure, label, with_term=with_term) for figure in figures)
        right += is_right
        wrong += bool(figures) and not is_right
        missed += not is_right
    return 2 * right / max(1, 2 * right + wrong + missed)


def error_of(label: Label, figures: Iterable[Figure]) -> str | None:
    """Return the kind of error of an excerpt, or None."""
    figures = tuple(figures)
    if any(fits(figure, label, with_term=True) for figure in figures):
        return None
    if any(fits(figure, label, with_term=False) for figure in figures):
        return "another term"
    if any(label.value in (figure.value, figure.low, figure.high) for figure in figures):
        return "another unit"
    return "another number" if figures else "nothing read"


def print_errors(path: Path) -> None:
    """Print the lines of a file that are read wrongly, by the kind of error."""
    wrong: dict[str, list[int]] = {}
    for label in read_labels(path):
        if kind := error_of(label, figures_in(label.text)):
            wrong.setdefault(kind, []).append(label.line)
    for kind, lines in sorted(wrong.items()):
        print(f"{path.stem:28} {kind:16} lines {', '.join(map(str, lines))}")


def print_figures(folder: Path, *, show: bool) -> None:
    """Print one row for each half of each file, and for the file; with `show`, which lines are wrong, by kind."""
    print(f"{'file':28} {'half':7} {'rows':>5} {'value+unit':>11} {'+term':>6} {'kB/s':>6}")
    for path in sorted(folder.glob("*.jsonl")):
        labels = read_labels(path)
        middle = len(labels) // 2
        for half, part in (("first", labels[:middle]), ("second", labels[middle:]), ("all", labels)):
            started = time.perf_counter()
            read = [figures_in(label.text) for label in part]
            speed = sum(len(label.text) for label in part) / 1000 / (time.perf_counter() - started)
            plain, termed = f1(part, read, with_term=False), f1(part, read, with_term=True)
            print(f"{path.stem:28} {half:7} {len(part):5} {plain:11.3f} {termed:6.3f} {speed:6.0f}")
    for path in sorted(folder.glob("*.jsonl")) if show else ():
        print_errors(path)
