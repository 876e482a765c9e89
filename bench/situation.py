"""How well who holds a town is told, against a record of control: `python -m bench.situation [--data FOLDER] [--show]`.

Every row of the record (`control` in FOLDER) that has a text is read, in the order of days, as a report of its day
about its town, into a ledger; each day is assessed as known on that day, with all earlier texts and never a label.
Scored are the rows whose text names a holder (`names_a_holder`) and whose recorded holder is one side. Rules were
written with the first half of the towns in sight, and since 29 November 2026 with the third quarter too; numbers are
fitted to the first half alone; the last quarter, of which no text was read, is the measure. No text is printed, with
`--show` only numbers of rows. The figure of reliability is drawn into docs/images.
"""

from __future__ import annotations

import argparse
import itertools
import math
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.control_record import PARTS, SIDES, Row, crisis_of, last_named, read_record, town_id
from bench.reading_events import gazetteer
from tidings.assess.assess import assess
from tidings.core.dates import end_of_day
from tidings.crisis.crisis import Crisis
from tidings.evidence.claims import claims_of
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.ledger import Ledger
from tidings.situation.situation import PlaceState

DATA = Path(__file__).parents[2] / "shared" / "data"
FIGURE = Path(__file__).parents[1] / "docs" / "images" / "control_reliability.svg"
EDGES = (0.0, 0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 1.0)
"""Bounds of the bins of stated probabilities."""


@dataclass(frozen=True, slots=True)
class Told:
    """A row and what was told of its town on its day."""

    row: Row
    state: PlaceState

    def p(self, side: str) -> float:
        """Return the probability that a side holds it."""
        return self.state.control.get(side, 0.0)

    @property
    def likeliest(self) -> str:
        """The side that is likelier to hold it than the other; empty where nothing is known of either."""
        side = max(SIDES, key=self.p)
        return side if self.p(side) > 0 else ""

    @property
    def brier(self) -> float:
        """Half the sum of squared errors over both sides and *unknown*: between two answers the usual Brier score."""
        errors = (self.p(side) - (side == self.row.holder) for side in SIDES)
        return (sum(error**2 for error in errors) + self.state.unknown**2) / 2

    @property
    def surprise(self) -> float:
        """Minus the logarithm of the probability of what the record says, which counts as 0.001 at least."""
        return -math.log(max(self.p(self.row.holder or ""), 1e-3))


def fill(ledger: Ledger, rows: Iterable[Row], crisis: Crisis) -> None:
    """Read rows into a ledger."""
    for row in rows:
        report = row.report
        reading = read_report(report, gazetteer(), countries=crisis.settings.countries, crisis=crisis)
        known_at = end_of_day(row.day)
        ledger.append(report, reading, claims_of(reading, report, known_at=known_at), received_at=known_at)


def told_of(rows: Sequence[Row], crisis: Crisis, ledger: Ledger) -> Iterator[Told]:
    """Assess every day of the record as known on that day, and yield what is told of its rows."""
    for day, of_day in itertools.groupby(rows, key=lambda row: row.day):
        situation = assess(crisis, ledger.as_of(day), on=day, as_of=day)
        by_id = {place.id: place for place in situation.places}
        yield from (Told(row, by_id[town_id(row.town)]) for row in of_day)


def assessed(folder: Path) -> tuple[Told, ...]:
    """Read a record and assess it."""
    rows = read_record(folder)
    crisis = crisis_of(rows, folder)
    with tempfile.TemporaryDirectory() as name:
        ledger = Ledger.create(Path(name) / "ledger.db")
        fill(ledger, rows, crisis)
        return tuple(told_of(rows, crisis, ledger))


def print_scores(told: Sequence[Told]) -> None:
    """Print how often the holder is right and the Brier score, beside the baseline's; parts and all."""
    sure = _mean(last_named(t.row.text) == t.row.holder for t in told if t.row.is_scored and t.row.part == PARTS[0])
    print(
        f"{'part':13} {'rows':>5} {'towns':>6} {'right':>7} {'Brier':>7} {'log':>6} | {'last named':>10} {'Brier':>7}"
    )
    for name in (*PARTS, "all"):
        part = [t for t in told if t.row.is_scored and name in (t.row.part, "all")]
        named = [last_named(t.row.text) == t.row.holder for t in part]
        constant = _mean((1 - sure) ** 2 if right else sure**2 for right in named)
        print(
            f"{name:13} {len(part):5} {len({t.row.town for t in part}):6} {_right(part):7.1%} "
            f"{_mean(t.brier for t in part):7.4f} {_mean(t.surprise for t in part):6.3f}"
            f" | {_mean(named):10.1%} {constant:7.4f}"
        )
    print(f"The baseline states {sure:.3f} for every row: how often it is right in the first half.")


def print_contested(told: Sequence[Told]) -> None:
    """Print what was told of the rows that the record calls contested, beside those of one side."""
    print(
        f"\n{'part':13} {'record':10} {'rows':>5} {'fought over':>12} {'not held':>9} {'likeliest':>10} {'unknown':>8}"
    )
    for name in PARTS:
        for label in ("contested", "one side"):
            part = [t for t in told if t.row.part == name and _kind(t.row) == label]
            print(
                f"{name:13} {label:10} {len(part):5} {_mean(t.state.contested for t in part):12.2f} "
                f"{_mean(t.state.state != 'held' for t in part):9.1%} "
                f"{_mean(max(map(t.p, SIDES)) for t in part):10.2f} {_mean(t.state.unknown for t in part):8.2f}"
            )


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of about one probability: how often they were right."""

    n: int
    stated: float
    right: float
    low: float
    high: float


def reliability(told: Iterable[Told]) -> tuple[Bin, ...]:
    """Return, by stated probability that a side holds a town, how often it did, with Wilson's 95 % interval."""
    pairs = [(t.p(side), side == t.row.holder) for t in told for side in SIDES]
    bins = []
    for low, high in itertools.pairwise(EDGES):
        within = [(p, y) for p, y in pairs if low <= p < high or p == high == 1.0]
        if within:
            n, right = len(within), _mean(y for _, y in within)
            bins.append(Bin(n, _mean(p for p, _ in within), right, *wilson(right, n)))
    return tuple(bins)


def wilson(share: float, n: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's interval of a share.

    Examples
    --------
    >>> [round(p, 3) for p in wilson(0.5, 100)]
    [0.404, 0.596]
    """
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def print_reliability(told: Sequence[Told]) -> None:
    """Print the reliability curves."""
    for name in PARTS:
        print(f"\n{name:13} {'stated':>7} {'right':>7} {'95 % interval':>15} {'n':>5}")
        for each in reliability(t for t in told if t.row.is_scored and t.row.part == name):
            print(f"{'':13} {each.stated:7.3f} {each.right:7.3f} {each.low:7.3f}-{each.high:.3f} {each.n:6}")


def draw_reliability(told: Sequence[Told], path: Path) -> None:
    """Draw the reliability curves of all parts; the same scores give the same bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.6, 4.2), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, label="stated = happened")
    for name, colour, shift in zip(PARTS, ("#c8742b", "#7a7a7a", "#1b6ca8"), (-0.006, 0.0, 0.006), strict=True):
        bins = reliability(t for t in told if t.row.is_scored and t.row.part == name)
        at = [each.stated + shift for each in bins]
        errors = [[max(0.0, b.right - b.low) for b in bins], [max(0.0, b.high - b.right) for b in bins]]
        axes.errorbar(at, [b.right for b in bins], errors, fmt="o", markersize=4, color=colour, label=name)
    axes.set(xlabel="stated probability that a side holds the town", ylabel="share in which it did", xlim=(-0.03, 1.03))
    axes.legend(frameon=False)
    path.parent.mkdir(exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": "tidings", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None, "Creator": None})


def print_wrong(told: Iterable[Told]) -> None:
    """Print the scored rows whose holder is told wrongly, by number in the file; without a word of their texts."""
    print()
    for t in told:
        if t.row.is_scored and t.likeliest != t.row.holder:
            odds = ", ".join(f"{side} {t.p(side):.2f}" for side in SIDES)
            print(f"{t.row.part:13} row {t.row.number:5} recorded {t.row.holder}: {odds}")


def _kind(row: Row) -> str:
    return "one side" if row.is_scored else row.label.lower()


def _right(told: Iterable[Told]) -> float:
    return _mean(t.likeliest == t.row.holder for t in told)


def _mean(values: Iterable[float]) -> float:
    numbers = [float(value) for value in values]
    return sum(numbers) / len(numbers) if numbers else math.nan


def main() -> None:
    """Print all tables and draw the figure; with `--fit`, fit the numbers first."""
    parser = argparse.ArgumentParser(prog="bench.situation", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true", help="also the rows that are told wrongly, by number")
    parser.add_argument("--fit", action="store_true", help="fit the numbers to the first half, write them, and end")
    parser.add_argument("--figure", type=Path, default=FIGURE)
    given = parser.parse_args()
    if given.fit:
        from bench.situation_fit import fit

        fit(given.data / "control")
        return
    told = assessed(given.data / "control")
    print_scores(told)
    print_reliability(told)
    print_contested(told)
    draw_reliability(told, given.figure)
    if given.show:
        print_wrong(told)


if __name__ == "__main__":
    main()
