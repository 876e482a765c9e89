"""Documents as plain text for a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tidings.core.dates import day_known

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.crisis.crisis import Crisis
    from tidings.ensemble.simulation import Simulation
    from tidings.evidence.intake import Intakes
    from tidings.present.trace import Trace, TracedClaim
    from tidings.release.claims import ClaimList, ListedClaim
    from tidings.situation.situation import Change, PlaceState, Situation, YesNo


def render_intakes(intakes: Intakes) -> str:
    """Return what taking reports in has changed."""
    rows = []
    for intake in intakes.reports:
        is_read = intake.is_new or intake.n_claims
        state = f"{intake.n_claims} new claims" if is_read else "already in the ledger"
        read = f"{intake.n_figures} figures, {intake.n_events} events, {intake.n_relations} relations"
        rows.append(f"{intake.file}: {state} ({read})")
        if intake.places_added:
            rows.append(f"  added to places.csv: {', '.join(intake.places_added)}")
        if intake.unresolved:
            rows.append(f"  no coordinates known, fill them in places.csv: {', '.join(intake.unresolved)}")
        rows += [f"  warning: {warning}" for warning in intake.warnings]
    return "\n".join(rows)


def render_claims(listed: ClaimList) -> str:
    """Return claims, a line each, with their words."""
    rows = [
        f"{claim.id}  {_day(claim.known_at)}  {claim.kind:<8} {claim.predicate:<16} {claim.certainty:<11} "
        f"{_who(claim)}: «{claim.words or claim.content.get('verdict', '')}»"
        + (f" ({claim.review}ed)" if claim.review else "")
        + _lineage_words(claim)
        for claim in listed.claims
    ]
    return "\n".join((*rows, f"{len(listed.claims)} claims"))


def _who(claim: ListedClaim) -> str:
    return ", ".join(claim.speakers) or claim.said_by or "the writer"


def _lineage_words(claim: ListedClaim | TracedClaim) -> str:
    """Say what a claim is a copy or a repeat of, and what stands in its place."""
    links = (("a copy of", claim.copy_of), ("repeats", claim.repeats), ("superseded by", claim.superseded_by))
    return "".join(f" ({words} {other})" for words, other in links if other)


def render_situation(situation: Situation, *, crisis: Crisis) -> str:
    """Return who holds what, roads, crossings, sieges, disagreements and what is not known."""
    party = {own.id: own.name for own in crisis.parties}
    names = crisis.geography.shown_names
    ends = {road.id: f"{names[road.from_]} – {names[road.to]}" for road in situation.roads}
    rows = [f"Situation on {situation.on}, as known on {situation.as_of}", "", "Who holds what"]
    known = [place for place in situation.places if place.state != "unknown" or place.besieged.yes > 0.5]
    rows += [f"  {names.get(place.id, place.name):<24} {_holding(place, party)}" for place in known]
    rows += ["", "Roads"]
    rows += [
        f"  {ends[road.id]:<40} {_answer(road.passable, 'open', 'cut')} ({road.why})"
        for road in situation.roads
        if road.why
    ]
    rows += ["", "Crossings"]
    rows += [
        f"  {names.get(crossing.id, crossing.name):<40} {crossing.policy.likeliest}"
        + "".join(f" («{words}»)" for words in crossing.terms)
        for crossing in situation.crossings
    ]
    rows += ["", "Cut off from every crossing"]
    rows += [f"  {names[a.place]} ({a.cut_off.yes:.2f})" for a in situation.access if a.cut_off.yes > 0.5]
    rows += ["", "Disagreements" if situation.disagreements else "No disagreement of sources on a place was found."]
    for matter in situation.disagreements:
        says = "; ".join(
            f"{party.get(p.value, p.value)} ({', '.join(party.get(s, s) for s in p.speakers)})"
            for p in matter.positions
        )
        rows.append(
            f"  {names.get(matter.subject, ends.get(matter.subject, matter.subject))}, {matter.predicate}: {says}"
        )
    rows += ["", f"Not known: {len(situation.unknown)} questions (--json lists them)"]
    if situation.changes:
        rows += ["", "Changes"]
        rows += [
            f"  {c.day} {names.get(c.subject, ends.get(c.subject, c.subject))}, {_asked(c, names)}: "
            f"{party.get(c.before or '', c.before)} → {party.get(c.after or '', c.after)}"
            f" ({c.why}: {', '.join(c.claims) or 'no claims'})"
            for c in situation.changes
        ]
    return "\n".join(rows)


def _holding(place: PlaceState, party: Mapping[str, str]) -> str:
    """Say who holds a place, with the odds; and a siege, with its own."""
    sides = [f"{party.get(side, side)} {p:.2f}" for side, p in place.control.items()]
    held = f"{place.state} ({', '.join([*sides, f'unknown {place.unknown:.2f}'])})" if sides else "holder unknown"
    fought = f", fought over {place.contested:.2f}" if place.contested > 0.5 else ""
    shut = f" (all roads shut {place.encircled.yes:.2f})" if place.encircled.unknown < 1 else ""
    return held + fought + (f", besieged {place.besieged.yes:.2f}{shut}" if place.besieged.yes > 0.5 else "")


def _asked(change: Change, names: Mapping[str, str]) -> str:
    return f"cut off from {names.get(change.hub, change.hub)}" if change.hub else change.predicate


def render_simulation(simulation: Simulation) -> str:
    """Return who is where on the last day: most people first."""
    who = "Displaced people" if simulation.rules == "flee" else "People, residents and displaced,"
    rows = [
        f"{simulation.days} days, {simulation.members} members, rules {simulation.rules}, seed {simulation.seed}",
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
    for claim in trace.claims:
        rows += _claim_rows(claim)
    rows += [f"Bulletin: {bulletin}" for bulletin in trace.bulletins]
    fixed = [f"{name} = {p:g}" for name, p in trace.parameters.items() if name not in trace.parameter_ranges]
    drawn = [f"{name} {low:g}–{high:g}" for name, (low, high) in trace.parameter_ranges.items()]
    taken = [f"{name} = {value}" for name, value in trace.assumptions.items()]
    lists = (("Parameters", fixed), ("Parameters drawn per member between", drawn), ("Assumed", taken))
    rows += [f"{title}: {', '.join(entries)}" for title, entries in lists if entries]
    return "\n".join((*rows, f"Made by {trace.code}"))


def _claim_rows(claim: TracedClaim) -> Sequence[str]:
    who = ", ".join(claim.speakers) or claim.said_by or "the writer's own words"
    where = f"{claim.publisher or claim.report_name or 'a reviewer'}, {claim.start}–{claim.end}"
    if claim.verdict:
        return (f"  {claim.id} {claim.verdict}ed by {claim.reviewer} on {_day(claim.known_at)}",)
    return (
        f"  {claim.id} {claim.predicate} ({claim.certainty}; {who})",
        f"    «{claim.words or ''}» in: {claim.sentence or ''}",
        f"    {where}, known {_day(claim.known_at)}, read by {claim.extractor}{_lineage_words(claim)}",
    )


def _day(known_at: str) -> dt.date:
    return day_known(dt.datetime.fromisoformat(known_at))


def _answer(odds: YesNo, yes: str, no: str) -> str:
    answer, p = max((yes, odds.yes), (no, odds.no), ("unknown", odds.unknown), key=lambda pair: pair[1])
    return f"{answer} {p:.2f}"
