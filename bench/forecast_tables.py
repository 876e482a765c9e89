"""The tables of the hindcast of several conflicts, as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from bench.forecast_figures import (
    COLD,
    COLD_COVERED,
    COVERAGE,
    FEW,
    HORIZONS,
    MOVED,
    RATIOS,
    STILL,
    Card,
    Figures,
    geometric_mean,
    main_at,
    total_wis,
)  # fmt: skip
from bench.forecast_total import OURS as GIVEN
from bench.forecast_total import Total
from tidings.forecast.scoring import ARRIVAL_HORIZON, Scores, brier_of, pit_of

BEGIN, END = "<!-- hindcast: begin -->", "<!-- hindcast: end -->"
MUST: Mapping[str, tuple[str, tuple[float, float, float], float]] = {
    "WIS against last_report": ("≤", (0.80, 0.80, 0.80), 0.72),
    "WIS against damped_drift": ("≤", (0.90, 0.90, 0.90), 0.82),
    "WAPE against last_report": ("≤", (0.86, 0.86, 0.90), 0.80),
    COLD: ("≤", (0.85, 0.85, 0.85), 0.70),
}
"""Measure → what must be reached at each horizon, and the aim at the first."""
BETWEEN: Mapping[str, tuple[float, float]] = {
    COVERAGE.format(80): (0.74, 0.86), MOVED: (0.72, 0.88), STILL: (0.72, 0.88)
}  # fmt: skip
WORST = 1.05
MUST_OF_FLEE, AIM_OF_FLEE = 0.75, 0.60
"""With the true total given: WAPE against Flee's."""


def notes(counted: Mapping[str, int], counts_from: int, seeds: int, members: int) -> str:
    """Return what the tables are of."""
    points = ", ".join(f"{name} {number:,}" for name, number in counted.items())
    few = [name for name, number in counted.items() if number < counts_from]
    left = f" {', '.join(few)} has fewer than {counts_from} and is shown only by itself." if few else ""
    runs = f"{f'the mean of {seeds} seeds' if seeds > 1 else 'one seed'}, {members} members (`tidings` draws nothing)"
    return (
        f"Reports in the main table, at 30, 60 and 90 days together: {points}.{left} Figures are geometric means over "
        f"the other conflicts, {runs}; coverage is pooled. What is marked *seed 1* is of that seed alone. Below 1 is "
        "better. **Bold** is missed."
    )


def main_table(method: str, figures: Figures, worst: tuple[float, str, int]) -> str:
    """Return the table of one method with what must be reached."""
    rows = [f"**{method}**", "", "| | 30 days | 60 days | 90 days | must reach |", "|---|---|---|---|---|"]
    for measure in measures():
        cells = (_cell(measure, number, figures[measure, horizon]) for number, horizon in enumerate(HORIZONS))
        rows.append(f"| {measure} | {' | '.join(cells)} | {_must(measure)} |")
    ratio, name, horizon = worst
    told = f"{ratio:.2f} ({name}, {horizon} days)"
    rows.append(f"| worst conflict, seed 1: WIS against last_report | {_bold(told, ratio > WORST)} | | | ≤ {WORST} |")
    return "\n".join(rows)


def with_and_without(figures: Mapping[str, Figures], without: str, with_it: str, alone: str) -> str:
    """Return every measured figure without the simulation, with it, and by the simulation alone."""
    rows = ["What the simulation adds: every figure without it, with it as a part, and by it alone.", "",
            f"| | {without}, 30 | 60 | 90 days | {with_it}, 30 | 60 | 90 days | {alone}, 30 | 60 | 90 days |",
            "|---|---|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for measure in measures():
        cells = (_number(measure, figures[method][measure, horizon], digits=3)
                 for method in (without, with_it, alone) for horizon in HORIZONS)  # fmt: skip
        rows.append(f"| {measure} | {' | '.join(cells)} |")
    return "\n".join(rows)


def measures() -> list[str]:
    """Return the names of all that is measured, in the order of the tables."""
    covered = (*(COVERAGE.format(percent) for percent in (50, 80, 95)), MOVED, STILL)
    return [*(measure for measure, *_ in RATIOS), *covered, COLD, COLD_COVERED, FEW]


def methods_table(figures: Mapping[str, Figures]) -> str:
    """Return the ratios of every method to last_report's."""
    rows = ["| method | WIS, 30 | 60 | 90 days | WAPE, 30 | 60 | 90 days | 80 % covers, 30 | 60 | 90 days |",
            "|---|---|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for method, told in figures.items():
        measures = ("WIS against last_report", "WAPE against last_report", COVERAGE.format(80))
        cells = (_number(measure, told[measure, horizon]) for measure in measures for horizon in HORIZONS)
        rows.append(f"| {method} | {' | '.join(cells)} |")
    return "\n".join(rows)


def scores_table(cards: Mapping[str, Card], methods: Sequence[str]) -> str:
    """Return the further scores of some methods: means over conflicts, all points of a horizon pooled in each."""
    rows = ["Further scores, of the main table, seed 1. "
            "CRPS: against last_report's. Bias: median less truth, over the truth.",
            "Net arrivals: error over the changes since the last report. Brier: of over 5,000 more than it.", "",
            "| method | days | CRPS | bias | WAPE of net arrivals | Brier | PIT, ten bins, % |",
            "|---|---|---|---|---|---|---|"]  # fmt: skip
    for method in methods:
        for horizon in HORIZONS:
            at = [(main_at(card[method], horizon), main_at(card["last_report"], horizon)) for card in cards.values()]
            pit = " ".join(f"{100 * share:.0f}" for share in np.mean([pit_of(one) for one, _ in at], axis=0))
            told = (
                f"{geometric_mean([float(one.crps.sum() / mark.crps.sum()) for one, mark in at]):.2f}",
                f"{np.mean([(one.quantiles[:, 4] - one.truth).sum() / one.truth.sum() for one, _ in at]):+.3f}",
                f"{geometric_mean([_of_changes(one) for one, _ in at]):.2f}",
                f"{np.mean([brier_of(one) for one, _ in at]):.3f}" if horizon == ARRIVAL_HORIZON else "",
            )
            rows.append(f"| {method} | {horizon} | {' | '.join(told)} | {pit} |")
    return "\n".join(rows)


def _of_changes(one: Scores) -> float:
    return float(one.error.sum() / np.abs(one.truth - one.last).sum())


def by_conflict(cards: Mapping[str, Card], methods: Sequence[str]) -> str:
    """Return the ratio of WIS to last_report's of some methods in each conflict."""
    rows = [
        "WIS in each conflict, seed 1.",
        "",
        "| WIS against last_report | | 30 days | 60 days | 90 days |",
        "|---|---|---|---|---|",
    ]
    for name, card in cards.items():
        for method in methods:
            ratios = (_ratio(card, method, horizon) for horizon in HORIZONS)
            rows.append(f"| {name} | {method} | {' | '.join(ratios)} |")
    return "\n".join(rows)


def total_table(totals: Sequence[Total]) -> str:
    """Return the errors with the true total given, beside Flee's."""
    names = list(totals[0].wape) if totals else []
    rows = ["With the counts of day 0 and the true total of every day given, as Flee is: "
            "WAPE at report dates, seed 1.", "",
            f"| conflict | Flee | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}"]  # fmt: skip
    for total in totals:
        cells = (f"{total.wape[name]:.3f}" for name in names)
        rows.append(f"| {total.name} | {total.flee:.3f} | {' | '.join(cells)} |")
    means = {name: against_flee(totals, name) for name in names}
    cells = (_bold(f"{mean:.2f}", name == GIVEN and mean > MUST_OF_FLEE) for name, mean in means.items())
    rows.append(f"| geometric mean against Flee | 1 | {' | '.join(cells)} |")
    return "\n".join((*rows, "", f"{GIVEN} must reach ≤ {MUST_OF_FLEE:.2f} of Flee's, aim {AIM_OF_FLEE:.2f}."))


def against_flee(totals: Sequence[Total], method: str) -> float:
    """Return the geometric mean of a method's errors over Flee's, of the conflicts that count."""
    return geometric_mean([total.wape[method] / total.flee for total in totals if total.counts])


def page_with(page: str, text: str) -> str:
    """Return a page with a text between its marks.

    Examples
    --------
    >>> page_with(f"above\\n{BEGIN}\\nold\\n{END}\\nbelow", "new") == f"above\\n{BEGIN}\\nnew\\n{END}\\nbelow"
    True
    """
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"The page lacks the marks {BEGIN} and {END}: add them where the tables belong.")
    return f"{before}{BEGIN}\n{text}\n{END}{after}"


def missed(figures: Figures, worst: float, totals: Sequence[Total] = ()) -> Iterator[str]:
    """Yield what a method misses of what must be reached, and what it does with the true total given."""
    for (measure, horizon), value in figures.items():
        if _is_missed(measure, HORIZONS.index(horizon), value):
            yield f"{measure} at {horizon} days: {_number(measure, value)}"
    if worst > WORST:
        yield f"WIS against last_report in the worst conflict: {worst:.2f}"
    if any(total.counts for total in totals) and (mean := against_flee(totals, GIVEN)) > MUST_OF_FLEE:
        yield f"with the true total given, WAPE against Flee's: {mean:.2f}, must reach {MUST_OF_FLEE:.2f}"


def _is_missed(measure: str, number: int, value: float) -> bool:
    if math.isnan(value):
        return False
    if measure in MUST:
        return value > MUST[measure][1][number]
    return measure in BETWEEN and not BETWEEN[measure][0] <= value <= BETWEEN[measure][1]


def _cell(measure: str, number: int, value: float) -> str:
    return _bold(_number(measure, value), _is_missed(measure, number, value))


def _must(measure: str) -> str:
    if measure in MUST:
        sign, limits, aim = MUST[measure]
        return f"{sign} {' '.join(f'{limit:.2f}' for limit in dict.fromkeys(limits))}, aim {aim:.2f}"
    return "–".join(f"{limit:.0%}" for limit in BETWEEN[measure]) if measure in BETWEEN else "shown"


def _number(measure: str, value: float, digits: int = 2) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:.0%}" if "covers" in measure else f"{value:.{digits}f}"


def _bold(text: str, is_bold: bool) -> str:
    return f"**{text}**" if is_bold else text


def _ratio(card: Card, method: str, horizon: int) -> str:
    ours, mark = (main_at(card[name], horizon) for name in (method, "last_report"))
    return f"{total_wis(ours) / total_wis(mark):.2f}" if len(mark.points) and total_wis(mark) else "–"
