"""Documents as plain text for a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tidings.core.dates import day_known
from tidings.evidence.extract.withheld import shown_report
from tidings.evidence.extract.words import Document

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.crisis.crisis import Crisis
    from tidings.ensemble.simulation import Simulation
    from tidings.evidence.intake import Intakes
    from tidings.evidence.reading import Event, Figure, Reading
    from tidings.evidence.report import Report
    from tidings.present.trace import Trace, TracedClaim
    from tidings.release.claims import ClaimList
    from tidings.situation.situation import PlaceState, Situation, YesNo


def render_reading(reading: Reading, report: Report, *, explain: bool = False) -> str:
    """Return what was read in one report; with `explain`, each record with its sentence and the extractor."""
    place = {record.id: record.name for record in reading.places}
    party = {record.id: record.name for record in reading.parties}
    speaker = {
        a.id: ", ".join(party.get(s, s) for s in a.speakers) or a.speaker_text or "?" for a in reading.attributions
    }
    report = shown_report(report, reading.withheld)
    document = Document(report)

    def line(record: Figure | Event, label: str, told: str) -> Iterator[str]:
        who = f", says {speaker.get(record.attribution, '?')}" if record.attribution else ""
        yield f"  {label:<20} {told} [{record.certainty}{who}]"
        if explain:
            around = document.sentence_at(record.start)
            yield f"    {record.start}–{record.end} «{record.text}» in: {report.text[around.start : around.end]}"

    rows = [f"{report.name}: {reading.report.title or 'no title'} ({reading.report.published or 'no date'})", "Figures"]
    for figure in reading.figures:
        where = ", ".join(place.get(p, p) for p in (*figure.at, *figure.destination))
        rows += line(figure, figure.status, f"{_amount(figure)} {figure.group}" + (f" at {where}" if where else ""))
    rows.append("Events")
    for event in reading.events:
        told = f"{_names(event.actors, party)} → {_names((*event.targets, *event.places), {**party, **place})}"
        rows += line(event, event.type, told)
    rows.append("Relations")
    for relation in reading.relations:
        ends = {**party, **place}
        rows.append(f"  {_names((relation.subject,), ends)} {relation.relation} {_names((relation.object,), ends)}")
    rows.append("Places")
    for record in reading.places:
        where = (
            f"{record.lat:.3f}, {record.lon:.3f}" if record.lat is not None and record.lon is not None else "unresolved"
        )
        rows.append(f"  {record.name} ({record.kind or 'kind unknown'}): {where}")
    if any(record.geonames_id for record in reading.places):
        rows.append("  Coordinates: GeoNames, CC BY 4.0")
    rows += [f"warning: {warning.message}" for warning in reading.warnings]
    return "\n".join(rows)


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
    return "\n".join(rows)


def render_claims(listed: ClaimList) -> str:
    """Return claims, a line each, with their words."""
    rows = [
        f"{claim.id}  {_day(claim.known_at)}  {claim.kind:<8} {claim.predicate:<16} {claim.certainty:<11} "
        f"{', '.join(claim.speakers) or 'the writer'}: «{claim.words or claim.content.get('verdict', '')}»"
        + (f" ({claim.review}ed)" if claim.review else "")
        for claim in listed.claims
    ]
    return "\n".join((*rows, f"{len(listed.claims)} claims"))


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
        f"  {names.get(crossing.id, crossing.name):<40} {crossing.policy.likeliest}" for crossing in situation.crossings
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
            f"  {c.day} {names.get(c.subject, ends.get(c.subject, c.subject))}, {c.predicate}: "
            f"{party.get(c.before or '', c.before)} → {party.get(c.after or '', c.after)}"
            for c in situation.changes
        ]
    return "\n".join(rows)


def _holding(place: PlaceState, party: Mapping[str, str]) -> str:
    """Say who holds a place, with the odds; and a siege, with its own."""
    sides = [f"{party.get(side, side)} {p:.2f}" for side, p in place.control.items()]
    held = f"{place.state} ({', '.join([*sides, f'unknown {place.unknown:.2f}'])})" if sides else "holder unknown"
    return held + (f", besieged {place.besieged.yes:.2f}" if place.besieged.yes > 0.5 else "")


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
    who = ", ".join(claim.speakers) or "the writer's own words"
    where = f"{claim.publisher or claim.report_name or 'a reviewer'}, {claim.start}–{claim.end}"
    if claim.verdict:
        return (f"  {claim.id} {claim.verdict}ed by {claim.reviewer} on {_day(claim.known_at)}",)
    return (
        f"  {claim.id} {claim.predicate} ({claim.certainty}; {who})",
        f"    «{claim.words or ''}» in: {claim.sentence or ''}",
        f"    {where}, known {_day(claim.known_at)}, read by {claim.extractor}",
    )


def _names(ids: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in ids) or "–"


def _amount(figure: Figure) -> str:
    if figure.value is not None:
        return f"{figure.quantifier.replace('_', ' ')} {figure.value:,.0f}"
    return f"{figure.low or 0:,.0f}–{figure.high or 0:,.0f}"


def _day(known_at: str) -> dt.date:
    return day_known(dt.datetime.fromisoformat(known_at))


def _answer(odds: YesNo, yes: str, no: str) -> str:
    answer, p = max((yes, odds.yes), (no, odds.no), ("unknown", odds.unknown), key=lambda pair: pair[1])
    return f"{answer} {p:.2f}"
