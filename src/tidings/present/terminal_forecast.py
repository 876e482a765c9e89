"""A forecast as plain text for a terminal: a table for each scenario, and what differs from the base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

from tidings.core.counting import agreed, counted
from tidings.present.forecast_words import basis_words, last_report_words
from tidings.present.inputs_named import NOBODY_TOLD, bulletin_words, input_head, unit_words, why_assumed
from tidings.release.tellings import Telling, told_words

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.crisis.crisis import Crisis
    from tidings.forecast.document import (
        Difference,
        Forecast,
        LastReport,
        LocationKind,
        Quantity,
        Sensitivity,
        Target,
    )

Row = TypeVar("Row", "Target", "Difference")

PRESENT: Quantity = "present"
SHOWN: tuple[tuple[Quantity, LocationKind, str], ...] = (
    (PRESENT, "place", "People present on {}"),
    ("arrivals", "place", "Arrivals up to {} (people)"),
    ("arrivals", "crossing", "Through crossings up to {} (people)"),
    ("waiting", "crossing", "Waiting at crossings on {} (people)"),
)  # fmt: skip
WHAT: Mapping[Quantity | None, str] = {
    "arrivals": "arrivals more or fewer", "present": "people present more or fewer",
    "waiting": "people waiting more or fewer", "displaced_from": "people away from home more or fewer",
    None: "people more or fewer",
}  # fmt: skip
"""In the head of the tornado, by its quantity."""
NET = "  net, by its reports"
NOTHING = "Nobody is expected to arrive anywhere or to wait at a crossing."
LOCATION, LAST = 28, 24
"""Characters that the name of a place and its last report have, at least."""
MOST_INPUTS = 12
SHOWN_CLAIMS = 3
"""Claims that are named under an input: the newest; the JSON document has all."""
END, BAR = 44, 20
"""Characters of an end, at least, and of the longest bar."""


def render_forecast(forecast: Forecast, *, crisis: Crisis, tellings: Mapping[str, Telling] | None = None) -> str:
    """Return who is present, arrives and waits by the last day, with intervals: of each scenario, and less the base.

    Who is present comes first, beside the last report of the place: where it rests on reports it was tested.

    Parameters
    ----------
    tellings
        Who told each claim, by its id: of those to verify, where it was asked what would change the answer.
    """
    names = crisis.geography.shown_names
    last = max((target.day for target in forecast.targets), default=forecast.from_)
    span = f"{counted(forecast.days, 'day')}, {counted(forecast.members, 'member')}"
    rows = [f"Illustration, not validated. From {forecast.from_}, {span}."]
    for quantity, kind, title in SHOWN:
        rows += _tables(forecast, quantity, kind, title.format(last), last, names)
    moving = [target for target in _shown(forecast, last) if target.quantity != PRESENT]
    if not any(any((target.mean, *target.quantiles.values())) for target in moving):
        rows += ["", NOTHING]
    rows += _tornado(forecast, _all_names(crisis), tellings or {})
    rows += [f"warning: {warning.message}" for warning in forecast.warnings]
    return "\n".join(rows)


def _shown(forecast: Forecast, last: dt.date) -> Iterator[Target]:
    quantities = [quantity for quantity, _, _ in SHOWN]
    yield from (target for target in forecast.targets if target.day == last and target.quantity in quantities)


def _all_names(crisis: Crisis) -> Mapping[str, str]:
    """Return the names of places, crossings, roads and parties by id."""
    names = crisis.geography.shown_names
    roads = {road.id: f"road {names[road.from_]} – {names[road.to]}" for road in crisis.geography.roads}
    return {**{party.id: party.name for party in crisis.parties}, **roads, **names}


def _tornado(forecast: Forecast, names: Mapping[str, str], tellings: Mapping[str, Telling]) -> Iterator[str]:
    """Yield the inputs that move the answer most, each with its ends, how far they reach, and what to verify."""
    found = forecast.sensitivity
    moving = [one for one in found if one.effect_low or one.effect_high]
    if found:
        what = WHAT.get(forecast.sensitivity_quantity, WHAT[None])
        yield from ("", f"What would change the answer most: {what} with one input at its ends")
    if found and not moving:
        yield "  no uncertain input changes it"
    widest = max(map(_reach, moving), default=1.0)
    for one in moving[:MOST_INPUTS]:
        low, high = _ends(one, names)
        ends = f"{low}: {_signed(one.effect_low)}", f"{high}: {_signed(one.effect_high)}"
        yield f"  {input_head(one, lambda key: names.get(key, key), forecast.from_)}"
        yield f"    {ends[0]:<{END}}{ends[1]:<{END}}{'#' * max(1, round(BAR * _reach(one) / widest))}"
        yield f"    {_to_verify(one, tellings)}"
    if left := len(moving[MOST_INPUTS:]):
        yield f"  and {left} more that {agreed(left, 'moves', 'move')} it less"


def _reach(one: Sensitivity) -> float:
    return max(abs(one.effect_low), abs(one.effect_high))


def _ends(one: Sensitivity, names: Mapping[str, str]) -> tuple[str, str]:
    if any(one.ends):
        low, high = one.ends
        return names.get(low, low), names.get(high, high)
    written = "{:,.0f} people".format if one.kind in ("residents", "report") else "{:g}".format
    return f"{written(one.low)}{unit_words(one)}", f"{written(one.high)}{unit_words(one)}"


def _to_verify(one: Sensitivity, tellings: Mapping[str, Telling]) -> str:
    """Say which claims to verify, the newest first, or why there are none."""
    if one.claims:
        return f"to verify: {told_words(one.claims, tellings, SHOWN_CLAIMS)}"
    if told := bulletin_words(one):
        return f"to verify: {told}{one.day}"
    if one.kind == "residents":
        return "as the crisis's own tables have it"
    return why_assumed(one) or NOBODY_TOLD


def _tables(
    forecast: Forecast, quantity: Quantity, kind: LocationKind, title: str, last: dt.date, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield the rows of the tables of one quantity; none where there is nobody in any scenario."""

    def is_wanted(row: Target | Difference) -> bool:
        return (row.quantity, row.location_kind, row.day) == (quantity, kind, last)

    wanted = [target for target in forecast.targets if is_wanted(target)]
    reported = {one.location: one for one in forecast.last_reports}
    net = {place for place, one in reported.items() if one.present_rests_on == "reports"}
    first = net if quantity == PRESENT else ()
    for scenario in forecast.scenarios if wanted else ():
        of_it = f", {scenario}" if len(forecast.scenarios) > 1 else ""
        table = _in_order((target for target in wanted if target.scenario == scenario), first)
        rows = _table(table, names, "{:,.0f}".format, "–")
        is_moved = scenario != forecast.scenarios[0]
        beside = _last_reports(table, reported, is_moved=is_moved) if quantity == PRESENT else _counted(table, net)
        yield from ("", f"{title}{of_it}", *map("".join, zip_longest(rows, beside, fillvalue="")))
    for scenario in forecast.scenarios[1:] if wanted else ():
        changed = [d for d in forecast.differences if is_wanted(d) and d.scenario == scenario]
        against = forecast.scenarios[0]
        told = _table(_in_order(changed, first), names, _signed, " to ") if changed else ("  no difference",)
        yield from ("", f"{title}, {scenario} less {against}", *told)


def _in_order(rows: Iterable[Row], first: Collection[str] = ()) -> list[Row]:
    """Return the rows of one table by their own medians, the largest first; of equal ones by how large they may be.

    Parameters
    ----------
    first
        Locations that come before all the others.
    """

    def size(row: Row) -> tuple[bool, float, float]:
        q = row.quantiles
        return row.location not in first, -abs(q["0.5"]), -max(abs(q["0.05"]), abs(q["0.95"]))

    return sorted(rows, key=size)


def _table(
    rows: Iterable[Target | Difference],
    names: Mapping[str, str],
    written: Callable[[float], str],
    to: str,
) -> Iterator[str]:
    yield f"  {'':<{LOCATION}}{'median':>10}{'50 % between':>22}{'90 % between':>22}"
    for row in rows:
        q = {level: written(value) for level, value in row.quantiles.items()}
        half, most = f"{q['0.25']}{to}{q['0.75']}", f"{q['0.05']}{to}{q['0.95']}"
        yield f"  {names.get(row.location, row.location):<{LOCATION}}{q['0.5']:>10}{half:>22}{most:>22}"


def _last_reports(rows: Iterable[Target], reported: Mapping[str, LastReport], *, is_moved: bool) -> Iterator[str]:
    """Yield the columns beside a table of who is present: the last report of each place, and what the row rests on."""
    lasts = [reported.get(row.location) for row in rows]
    told = [last_report_words(last) for last in lasts]
    width = max(LAST, *map(len, told)) + 2 if told else LAST
    yield f"{'last report':>{width}}  rests on"
    for last, words in zip(lasts, told, strict=True):
        yield f"{words:>{width}}  {basis_words(last, is_moved=is_moved)}"


def _counted(rows: Iterable[Target], net: Collection[str]) -> Iterator[str]:
    """Yield the column that tells whose arrivals are net, as they rest on reports; none where nobody's are."""
    told = [NET if (row.quantity, row.location) in {("arrivals", place) for place in net} else "" for row in rows]
    yield from ("", *told) if any(told) else ()


def _signed(people: float) -> str:
    """Write a difference with its sign; nobody has none."""
    return f"{round(people):+,}" if round(people) else "0"
