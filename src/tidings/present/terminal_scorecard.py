"""A scorecard as plain text for a terminal: a table a horizon, the cold start apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidings.core.counting import counted

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.forecast.scorecard import ParametersUsed, Scorecard, Summary

NOTHING = "No report can be foretold: it takes a third report of a place, and one at least so many days later."
SEED = "Only simulations are drawn by seed and members; tidings and the baselines draw nothing."
WIDTH = 24
COLUMNS = ("WIS", "of last", "WAPE", "of last", "50 %", "80 %", "95 %", "bias")

FURTHER = ("CRPS", "log WIS", "arrivals", "Brier")
"""WIS on the log scale against last_report; WAPE of net arrivals; Brier score of over 5,000 of them in 30 days."""


def render_scorecard(card: Scorecard) -> str:
    """Return the tables of the main part and of the cold start, and the warnings."""
    rows = [
        *_in_words(card.summary),
        "Past forecasts, each from what was public by its origin. `of last`: against last_report, below 1 is better.",
        "Below: log WIS against last_report; WAPE of net arrivals; Brier score of over 5,000 arrivals in 30 days.",
    ]
    rows += [SEED, *_parameters(card.protocol.parameters, card.rows[0].instance if card.rows else "")]
    rows += _tables(card.summary, "ahead, places from their third report on") if card.summary else ["", NOTHING]
    rows += _tables(card.cold_start, "ahead, cold start")
    if card.protocol.told_the_true_total:
        told = ", ".join(card.protocol.told_the_true_total)
        rows += ["", f"{told}: told how many people there would be in all; no forecast."]
    return "\n".join([*rows, *(f"warning: {warning.message}" for warning in card.warnings)])


def _parameters(used: ParametersUsed | None, name: str) -> Iterator[str]:
    """Yield which parameters `tidings` was scored with, and by what the conflict was known."""
    if used is None:
        return
    if used.left_out is None:
        why = "had too few reports to be fitted on" if used.is_recognised else "has reports of none of them"
        what = f"{used.set} conflicts at hand; this one {why}"
    elif not used.is_recognised:
        what = f"{used.set} by the name of its folder alone: no reports of {used.left_out} are known in it"
    else:
        what = used.set + ("" if used.left_out == name else f": its reports are those of {used.left_out}")
    yield f"Parameters of tidings: {what} (on {', '.join(used.conflicts)})."


def _in_words(summaries: Sequence[Summary]) -> Iterator[str]:
    """Yield in plain words, by horizon, how far the medians of tidings were off, and the last report beside them."""
    for horizon in dict.fromkeys(summary.horizon_days for summary in summaries):
        by_method = {summary.method: summary for summary in summaries if summary.horizon_days == horizon}
        own, last = by_method.get("tidings"), by_method.get("last_report")
        if own and last and own.wape is not None and last.wape is not None:
            head = f"{counted(horizon, 'day')} ahead, in {counted(own.n, 'past forecast')}"
            off = f"tidings was off by {own.wape:.0%} of the people counted"
            yield (f"{head}, {off}; taking the last report as the forecast, by {last.wape:.0%}.")


def _tables(summaries: Sequence[Summary], title: str) -> Iterator[str]:
    for horizon in dict.fromkeys(summary.horizon_days for summary in summaries):
        some = [summary for summary in summaries if summary.horizon_days == horizon]
        yield from ("", f"{counted(horizon, 'day')} {title}: {counted(some[0].n, 'report')}")
        yield " " * WIDTH + "".join(f"{column:>10}" for column in COLUMNS)
        yield from (_row(summary) for summary in some)
        yield from ("", " " * WIDTH + "".join(f"{column:>10}" for column in FURTHER) + "    PIT, ten bins, %")
        yield from (_further(summary) for summary in some)


def _row(one: Summary) -> str:
    told = (
        f"{one.wis:,.0f}", _number(one.relative_wis), _number(one.wape), _number(one.relative_wape),
        *(f"{share:.0%}" for share in (one.coverage_50, one.coverage_80, one.coverage_95)), _number(one.bias),
    )  # fmt: skip
    failed = f"   {one.failures} failures" if one.failures else ""
    return f"{one.method:<{WIDTH}}" + "".join(f"{cell:>10}" for cell in told) + failed


def _further(one: Summary) -> str:
    told = f"{one.crps:,.0f}", _number(one.relative_wis_log), _number(one.wape_flow), _number(one.brier)
    pit = " ".join(f"{100 * share:.0f}" for share in one.pit)
    return f"{one.method:<{WIDTH}}" + "".join(f"{cell:>10}" for cell in told) + f"    {pit}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
