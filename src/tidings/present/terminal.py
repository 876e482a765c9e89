"""Documents as plain text for a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tidings.core.counting import counted
from tidings.core.dates import day_known

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.crisis.crisis import Crisis
    from tidings.ensemble.simulation import Simulation
    from tidings.evidence.intake import Intakes
    from tidings.present.trace import Trace, TracedClaim
    from tidings.release.claims import ClaimList, ListedClaim

BEARING = {
    "state": "Who holds it, whether it is besieged, passable or open",
    "violence": "Violence at or near it",
    "mention": "Also told of it",
}
NO_NAMES: Mapping[str, str] = {}


def render_intakes(intakes: Intakes) -> str:
    """Return what taking reports in has changed."""
    rows = []
    for intake in intakes.reports:
        is_read = intake.is_new or intake.n_claims
        state = counted(intake.n_claims, "new claim") if is_read else "already in the ledger"
        kinds = ((intake.n_figures, "figure"), (intake.n_events, "event"), (intake.n_relations, "relation"))
        rows.append(f"{intake.file}: {state} ({', '.join(counted(n, kind) for n, kind in kinds)})")
        if intake.places_added:
            rows.append(f"  added to places.csv: {', '.join(intake.places_added)}")
        if intake.unresolved:
            rows.append(f"  no coordinates known, fill them in places.csv: {', '.join(intake.unresolved)}")
        rows += [f"  warning: {warning}" for warning in intake.warnings]
    return "\n".join(rows)


def names_of(crisis: Crisis) -> dict[str, str]:
    """Return the names of a crisis's places, roads, crossings and parties by their ids."""
    geography = crisis.geography
    names = {**geography.shown_names, **{party.id: party.name for party in crisis.parties}}
    roads = {road.id: f"{names[road.from_]} – {names[road.to]}" for road in geography.roads}
    return {**roads, **{crossing.id: crossing.name for crossing in geography.crossings}, **names}


def render_claims(listed: ClaimList, *, names: Mapping[str, str] = NO_NAMES) -> str:
    """Return claims, a line each, with who says it, what it tells and its words.

    Parameters
    ----------
    listed
        The claims.
    names
        Names by the ids that claims have.
    """
    rows = [
        f"{claim.id}  {_day(claim.known_at)}  {claim.kind:<8} {_predicate(claim):<16} {_certainty(claim):<11} "
        f"{_who(claim, names)}: {_content(claim, names)}«{claim.words or claim.content.get('verdict', '')}»"
        + (f" ({claim.review}ed)" if claim.review else "")
        + _lineage_words(claim)
        for claim in listed.claims
    ]
    return "\n".join((*rows, counted(len(listed.claims), "claim")))


def _who(claim: ListedClaim, names: Mapping[str, str]) -> str:
    return ", ".join(names.get(who, who) for who in claim.speakers) or claim.said_by or "the writer"


def _predicate(claim: ListedClaim) -> str:
    """Return the status, type, relation or predicate of a claim, as it was corrected if it was."""
    told = claim.corrected or {}
    return str(next((told[key] for key in ("status", "type", "relation", "predicate") if key in told), claim.predicate))


def _certainty(claim: ListedClaim) -> str:
    return str((claim.corrected or {}).get("certainty", claim.certainty))


def _amount(claim: ListedClaim) -> str:
    """Say the corrected number of a figure: its words are the report's."""
    value = (claim.corrected or {}).get("value") if claim.kind == "figure" else None
    return f"{value:,.0f} " if value is not None else ""


def _content(claim: ListedClaim, names: Mapping[str, str]) -> str:
    """Say who does what to whom, and where."""
    told = claim.corrected or claim.content

    def named(*fields: str) -> str:
        ids = [one for field in fields for one in _listed(told.get(field))]
        return ", ".join(dict.fromkeys(names.get(one, one) for one in ids))

    doers = named("actors") or (named("subject") if claim.kind != "figure" else "")
    whom = named("targets", "places", "object", "at", "origin", "destination")
    parts = [part for part in (doers, f"→ {whom}" if doers and whom else whom) if part]
    return _amount(claim) + (f"{' '.join(parts)} " if parts else "")


def _listed(value: object) -> Sequence[str]:
    return (
        [value] if isinstance(value, str) else [str(each) for each in value] if isinstance(value, list | tuple) else []
    )


def _lineage_words(claim: ListedClaim | TracedClaim) -> str:
    """Say what a claim is a copy or a repeat of, and what stands in its place."""
    links = (("a copy of", claim.copy_of), ("repeats", claim.repeats), ("superseded by", claim.superseded_by))
    return "".join(f" ({words} {other})" for words, other in links if other)


def render_simulation(simulation: Simulation) -> str:
    """Return who is where on the last day: most people first."""
    who = "Displaced people" if simulation.rules == "flee" else "People, residents and displaced,"
    rows = [
        f"{counted(simulation.days, 'day')}, {counted(simulation.members, 'member')}, "
        f"rules {simulation.rules}, seed {simulation.seed}",
        f"{who} on the last day: {simulation.people:,.0f}",
        "",
        f"{'place':<28} {'mean':>12} {'sd':>10}",
    ]
    for each in sorted(simulation.places, key=lambda each: (-each.mean, each.place)):
        sd = "" if each.sd is None else f"{each.sd:,.0f}"
        rows.append(f"{each.place:<28} {each.mean:>12,.0f} {sd:>10}")
    return "\n".join(rows)


def render_trace(trace: Trace) -> str:
    """Return what a value rests on, down to the words."""
    rows = [f"{trace.kind} {trace.id}", f"  {trace.value}", "Claims"]
    rows += _told_rows(trace)
    rows += [f"Bulletin: {bulletin}" for bulletin in trace.bulletins]
    fixed = [f"{name} = {p:g}" for name, p in trace.parameters.items() if name not in trace.parameter_ranges]
    drawn = [f"{name} {low:g}–{high:g}" for name, (low, high) in trace.parameter_ranges.items()]
    taken = [f"{name} = {value}" for name, value in trace.assumptions.items()]
    lists = (("Parameters", fixed), ("Parameters drawn per member between", drawn), ("Assumed", taken))
    rows += [f"{title}: {', '.join(entries)}" for title, entries in lists if entries]
    return "\n".join((*rows, f"Made by {trace.code}"))


def _told_rows(trace: Trace) -> Iterator[str]:
    """Yield the claims of a trace, below what each bears on where that differs."""
    bearing = ""
    for claim in trace.claims:
        if (claim.bears_on or "") != bearing:
            bearing = claim.bears_on or ""
            yield f" {BEARING[claim.bears_on] if claim.bears_on else 'Other'}"
        yield from _claim_rows(claim)


def _told(claim: TracedClaim) -> str:
    """Say who did what to whom, and where; of a figure how many."""
    where = ", ".join(place for place in claim.places if place not in claim.targets)
    if claim.amount:
        return f": {claim.amount}{f', {where}' if where else ''}"
    whom = ", ".join(part for part in (*claim.targets, where) if part)
    parts = [part for part in (", ".join(claim.actors), f"→ {whom}" if whom else "") if part]
    return f": {' '.join(parts)}" if parts else ""


def _claim_rows(claim: TracedClaim) -> Sequence[str]:
    who = ", ".join(claim.speakers) or claim.said_by or "the writer's own words"
    where = f"{claim.publisher or claim.report_name or 'a reviewer'}, {claim.start}–{claim.end}"
    if claim.verdict:
        return (f"  {claim.id} {claim.verdict}ed by {claim.reviewer} on {_day(claim.known_at)}",)
    near = "nearby: " if claim.is_nearby else ""
    return (
        f"  {claim.id} {near}{claim.predicate}{_told(claim)} ({claim.certainty}; {who})",
        f"    «{claim.words or ''}» in: {claim.sentence or ''}",
        f"    {where}, known {_day(claim.known_at)}, read by {claim.extractor}{_lineage_words(claim)}",
    )


def _day(known_at: str) -> dt.date:
    return day_known(dt.datetime.fromisoformat(known_at))
