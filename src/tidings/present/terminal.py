"""Documents as plain text for a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tidings.core.dates import day_known
from tidings.present.words import counted

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.crisis.crisis import Crisis
    from tidings.ensemble.simulation import Simulation
    from tidings.evidence.intake import Intakes
    from tidings.present.trace import Trace, TracedClaim
    from tidings.release.claims import ClaimList, ListedClaim
    from tidings.situation.situation import Change, PlaceState, PolicyOdds, Situation, YesNo

SHOWN_UNKNOWN = 5
"""Subjects that are named of each kind of question that nobody has answered."""
QUESTIONS = {
    "held_by": "who holds",
    "besieged": "whether besieged",
    "passable": "whether passable",
    "policy": "whether open",
    "per_day": "how many a day",
    "population": "how many live there",
}
"""What is asked, by predicate, in the order in which it is listed."""
BEARING = {
    "state": "Who holds it, whether it is besieged, passable or open",
    "violence": "Violence at or near it",
    "mention": "Also told of it",
}
NO_NAMES: Mapping[str, str] = {}
LEAST_SHOWN = 0.005
"""Probability from which an answer is shown: two decimals are printed."""


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


def render_situation(situation: Situation, *, crisis: Crisis) -> str:
    """Return who holds what, roads, crossings, sieges, disagreements and what is not known."""
    party = {own.id: own.name for own in crisis.parties}
    names = crisis.geography.shown_names
    ends = {road.id: f"{names[road.from_]} – {names[road.to]}" for road in situation.roads}
    rows = [f"Situation on {situation.on}, as known on {situation.as_of}", *_states(situation, party, names, ends)]
    rows += ["", "Disagreements" if situation.disagreements else "No disagreement of sources on a place was found."]
    for matter in situation.disagreements:
        says = "; ".join(
            f"{party.get(p.value, p.value)} ({', '.join(party.get(s, s) for s in p.speakers)})"
            for p in matter.positions
        )
        rows.append(
            f"  {names.get(matter.subject, ends.get(matter.subject, matter.subject))}, {matter.predicate}: {says}"
        )
    rows += _unknown(situation, {**names, **ends})
    if situation.changes:
        rows += ["", "Changes"]
        rows += [
            f"  {c.day} {names.get(c.subject, ends.get(c.subject, c.subject))}, {_asked(c, names)}: "
            f"{party.get(c.before or '', c.before)} → {party.get(c.after or '', c.after)}"
            f" ({c.why}: {', '.join(c.claims) or 'no claims'})"
            for c in situation.changes
        ]
    return "\n".join(rows)


def _states(
    situation: Situation, party: Mapping[str, str], names: Mapping[str, str], ends: Mapping[str, str]
) -> Sequence[str]:
    """Return who holds what, roads, crossings and who is cut off; where there is nothing, why."""
    known = [place for place in situation.places if place.state != "unknown" or place.besieged.yes > 0.5]
    holders = [f"  {names.get(place.id, place.name):<24} {_holding(place, party)}" for place in known]
    roads = [
        f"  {ends[road.id]:<40} {_answer(road.passable, 'open', 'cut')} ({road.why})"
        for road in situation.roads
        if road.why
    ]
    crossings = [
        f"  {names.get(crossing.id, crossing.name):<40} {_policy(crossing.policy)}"
        + "".join(f" («{words}»)" for words in crossing.terms)
        for crossing in situation.crossings
    ]
    shut = [f"  {names[a.place]} ({a.cut_off.yes:.2f})" for a in situation.access if a.cut_off.yes > 0.5]
    rows = ["", "Who holds what", *(holders or ["  nobody has told"])]
    rows += ["", "Roads", *(roads or ["  nobody has told of any" if situation.roads else "  none in roads.csv"])]
    rows += ["", "Crossings", *(crossings or ["  none in crossings.csv"])]
    lacking = "roads and crossings" if not situation.crossings else "roads"
    no_way = "  none found" if situation.roads and situation.crossings else f"  not known without {lacking}"
    rows += ["", "Cut off from every crossing", *(shut or [no_way])]
    return rows


def _unknown(situation: Situation, names: Mapping[str, str]) -> Sequence[str]:
    """Return how many questions nobody has answered, and of each kind the first few."""
    asked_by = {predicate: list[str]() for predicate in QUESTIONS}
    for each in situation.unknown:
        asked_by.setdefault(each.predicate, []).append(names.get(each.subject, each.subject))
    many = any(len(asked) > SHOWN_UNKNOWN for asked in asked_by.values())
    rows = ["", f"Not known: {counted(len(situation.unknown), 'question')}{' (--json lists all)' if many else ''}"]
    for predicate, asked in asked_by.items():
        more = f" and {len(asked) - SHOWN_UNKNOWN} more" if len(asked) > SHOWN_UNKNOWN else ""
        rows += [f"  {QUESTIONS.get(predicate, predicate)}: {', '.join(asked[:SHOWN_UNKNOWN])}{more}"] if asked else []
    return rows


def _policy(odds: PolicyOdds) -> str:
    """Say what a crossing may be, likeliest first, with the odds."""
    answers = (("open", odds.open), ("restricted", odds.restricted), ("closed", odds.closed), ("unknown", odds.unknown))
    likely = sorted((each for each in answers if each[1] >= LEAST_SHOWN), key=lambda each: -each[1])
    return ", ".join(f"{answer} {p:.2f}" for answer, p in likely)


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
    return (
        f"  {claim.id} {claim.predicate}{_told(claim)} ({claim.certainty}; {who})",
        f"    «{claim.words or ''}» in: {claim.sentence or ''}",
        f"    {where}, known {_day(claim.known_at)}, read by {claim.extractor}{_lineage_words(claim)}",
    )


def _day(known_at: str) -> dt.date:
    return day_known(dt.datetime.fromisoformat(known_at))


def _answer(odds: YesNo, yes: str, no: str) -> str:
    answer, p = max((yes, odds.yes), (no, odds.no), ("unknown", odds.unknown), key=lambda pair: pair[1])
    return f"{answer} {p:.2f}"
