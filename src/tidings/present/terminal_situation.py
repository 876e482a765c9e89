"""A situation as plain text for a terminal: each value with who told it, when, and in which claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.core.counting import agreed, counted
from tidings.crisis.crisis import Crisis
from tidings.present.words import listed
from tidings.release.tellings import Telling, told_words

if TYPE_CHECKING:
    from tidings.situation.situation import Access, Change, PlaceState, PolicyOdds, Situation, Unknown, YesNo

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
NOT = "not "
"""Before a side that is told not to have taken a place."""
LEAST_SHOWN = 0.005
"""Probability from which an answer is shown: two decimals are printed."""
SHOWN_CLAIMS = 3
"""Claims that are named under a value: the newest; `tidings trace` has all."""
SHOWN_WARNINGS = 8
ABOUT = {"road_not_in_table": "road", "crossing_not_in_table": "crossing", "place_not_in_table": "besieged place"}
"""By the code of a warning: what it is about."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What is needed to write a line: names, and who told each claim."""

    situation: Situation
    crisis: Crisis
    tellings: Mapping[str, Telling]
    names: Mapping[str, str]
    """Of places, crossings, roads and parties."""
    open: Mapping[tuple[str, str], Unknown]
    """Questions that stay open although somebody told of them by then, by subject and predicate."""

    def name(self, key: str | None) -> str | None:
        is_denied = (key or "").startswith(NOT)
        bare = (key or "").removeprefix(NOT)
        return f"{NOT}{self.names.get(bare, bare)}" if is_denied else self.names.get(bare, key)

    def sources(self, claims: Sequence[str]) -> list[str]:
        """Return the line that leads from a value back to its claims."""
        return [f"      {told_words(claims, self.tellings, SHOWN_CLAIMS)}"] if claims else []

    def why_open(self, subject: str, predicate: str) -> str:
        """Say why a question that was told of stays open, and what was told."""
        matter = self.open.get((subject, predicate))
        return f" ({matter.why})" if matter else ""


def render_situation(situation: Situation, *, crisis: Crisis, tellings: Mapping[str, Telling] | None = None) -> str:
    """Return who holds what, roads, crossings, sieges, disagreements, what is not known, warnings and changes.

    How many warnings there are stands at the top.

    Parameters
    ----------
    tellings
        Who told each claim, by its id.
    """
    names = crisis.geography.shown_names
    roads = {road.id: f"{names[road.from_]} – {names[road.to]}" for road in situation.roads}
    named = {**{party.id: party.name for party in crisis.parties}, **roads, **names}
    told = {(each.subject, each.predicate): each for each in situation.unknown if each.told}
    page = _Page(situation, crisis, tellings or {}, named, told)
    parts = (_holders, _roads, _crossings, _shut, _disagreements, _unknown, _warnings, _changes)
    rows = [f"Situation on {situation.on}, as known on {situation.as_of}", *_warned(page)]
    return "\n".join(rows + [row for part in parts for row in part(page)])


def _warned(page: _Page) -> Iterator[str]:
    """Yield one line before all tables that says how many warnings there are and of what, for they come last."""
    codes = [warning.code for warning in page.situation.warnings]
    told = [counted(codes.count(code), about) for code, about in ABOUT.items() if code in codes]
    if told:
        yield f"{counted(len(codes), 'warning')}: what is told of {listed(told)} moves nothing here (see at the end)"


def _holders(page: _Page) -> Iterator[str]:
    yield from ("", "Who holds what")
    n_told = 0
    for place in page.situation.places:
        is_open = (place.id, "held_by") in page.open or (place.id, "besieged") in page.open
        if (
            place.state == "unknown"
            and max(place.besieged.yes, place.besieged.no, place.contested) <= 0.5
            and not is_open
        ):
            continue
        n_told += 1
        yield f"  {page.names.get(place.id, place.name):<24} {_holding(place, page)}"
        matters = (page.open.get((place.id, predicate)) for predicate in ("held_by", "besieged"))
        claims = (*place.claims, *(claim for matter in matters if matter for claim in matter.claims))
        yield from page.sources(tuple(dict.fromkeys(claims)))
    if not n_told:
        later = any(each.claims for each in page.situation.unknown if each.predicate == "held_by")
        yield "  nobody has told of this day or one before it" if later else "  nobody has told"


def _holding(place: PlaceState, page: _Page) -> str:
    """Say who holds a place and whether it is besieged, with the odds, and why that is not known where it was told."""
    sides = [f"{page.name(side)} {p:.2f}{_inferred(place, side)}" for side, p in place.control.items()]
    odds = f" ({', '.join([*sides, f'unknown {place.unknown:.2f}'])})" if sides else ""
    held = f"{place.state if odds else 'holder unknown'}{odds}{page.why_open(place.id, 'held_by')}"
    held += f", since {place.since}" if place.since else ""
    fought = f", fought over {place.contested:.2f}" if place.contested > 0.5 else ""
    shut = f" (all roads shut {place.encircled.yes:.2f})" if place.encircled.unknown < 1 else ""
    doubt = page.why_open(place.id, "besieged")
    free = f", not besieged {place.besieged.no:.2f}" if place.besieged.no > 0.5 else ""
    is_told = place.besieged.yes > 0.5 or (doubt and not free)
    return held + fought + (f", besieged {place.besieged.yes:.2f}{doubt}{shut}" if is_told else free)


def _inferred(place: PlaceState, side: str) -> str:
    return f" [{place.inferred[side]}]" if side in place.inferred else ""


def _roads(page: _Page) -> Iterator[str]:
    yield from ("", "Roads")
    known = [road for road in page.situation.roads if road.why or (road.id, "passable") in page.open]
    if not known:
        yield "  nobody has told of any" if page.situation.roads else "  none in roads.csv"
    for road in known:
        why = f" ({road.why})" if road.why else ""
        odds = _answer(road.passable, "open", "cut")
        yield f"  {page.name(road.id):<40} {odds}{why}{page.why_open(road.id, 'passable')}"
        yield from page.sources(road.claims)


def _crossings(page: _Page) -> Iterator[str]:
    yield from ("", "Crossings")
    if not page.situation.crossings:
        yield "  none in crossings.csv"
    for crossing in page.situation.crossings:
        terms = "".join(f" («{words}»)" for words in crossing.terms)
        why = page.why_open(crossing.id, "policy")
        yield f"  {page.names.get(crossing.id, crossing.name):<40} {_policy(crossing.policy)}{terms}{why}"
        yield from page.sources(crossing.claims)


def _shut(page: _Page) -> Iterator[str]:
    yield from ("", "Cut off from every crossing")
    situation = page.situation
    shut = [entry for entry in situation.access if entry.cut_off.yes > 0.5]
    if not shut:
        lacking = "roads and crossings" if not situation.crossings else "roads"
        has_ways = situation.roads and situation.crossings
        yield "  none found" if has_ways else f"  not known without {lacking}"
    for entry in shut:
        cut = _cut_on_the_way(entry, page)
        yield f"  {page.names[entry.place]} ({entry.cut_off.yes:.2f})" + (f": the way is cut at {cut}" if cut else "")


def _cut_on_the_way(entry: Access, page: _Page) -> str:
    """Name the roads that are cut on the shortest ways to the hubs: their claims stand with them."""
    cut = {road.id for road in page.situation.roads if road.passable.no > 0.5}
    ways = (page.crisis.geography.shortest_way(hub, entry.place) for hub in entry.cut_off_from)
    return listed(list(dict.fromkeys(page.names[road] for way in ways for road in way if road in cut)))


def _disagreements(page: _Page) -> Iterator[str]:
    matters = page.situation.disagreements
    yield from ("", "Disagreements" if matters else "No disagreement of sources on a place was found.")
    for matter in matters:
        yield f"  {page.name(matter.subject)}, {matter.predicate}"
        for position in matter.positions:
            speakers = ", ".join(page.names.get(speaker, speaker) for speaker in position.speakers)
            yield f"    {page.name(position.value)} ({speakers})"
            yield from page.sources(position.claims)


def _unknown(page: _Page) -> Iterator[str]:
    """Yield how many questions nobody has answered, and of each kind the first few; those told of stand above."""
    asked_by = {(predicate, is_later): list[str]() for predicate in QUESTIONS for is_later in (False, True)}
    for each in page.situation.unknown:
        if not each.told:
            key = (each.predicate, bool(each.claims))
            asked_by.setdefault(key, []).append(page.names.get(each.subject, each.subject))
    many = any(len(asked) > SHOWN_UNKNOWN for asked in asked_by.values())
    n_open = sum(len(asked) for asked in asked_by.values())
    n_above = len(page.open)
    were = agreed(n_above, "was", "were")
    above = f"; {n_above} more {were} told of too weakly or too long ago, above" if n_above else ""
    yield from ("", f"Not known: {counted(n_open, 'question')}{above}{' (--json lists all)' if many else ''}")
    for (predicate, is_later), asked in asked_by.items():
        more = f" and {len(asked) - SHOWN_UNKNOWN} more" if len(asked) > SHOWN_UNKNOWN else ""
        question = QUESTIONS.get(predicate, predicate) + (" (told only of later days)" if is_later else "")
        if asked:
            yield f"  {question}: {', '.join(asked[:SHOWN_UNKNOWN])}{more}"


def _warnings(page: _Page) -> Iterator[str]:
    warnings = page.situation.warnings
    if not warnings:
        return
    yield from ("", "Warnings: what was told and moves nothing")
    for warning in warnings[:SHOWN_WARNINGS]:
        yield f"  {warning.message}"
        yield from page.sources(warning.claims)
    if len(warnings) > SHOWN_WARNINGS:
        yield f"  and {len(warnings) - SHOWN_WARNINGS} more (--json lists all)"


def _changes(page: _Page) -> Iterator[str]:
    """Yield what changed; the places that come to be cut off from one hub, or reached from it, together."""
    if not page.situation.changes:
        return
    yield from ("", "Changes")
    of_hubs: dict[tuple[object, ...], list[Change]] = {}
    for change in page.situation.changes:
        if change.hub:
            of_hubs.setdefault((change.hub, change.before, change.after, change.why), []).append(change)
            continue
        was = f"{page.name(change.before)} → {page.name(change.after)}"
        state = page.name(change.after) if change.before == change.after else was
        yield f"  {change.day} {page.name(change.subject)}, {change.predicate}: {state} ({change.why})"
        yield from page.sources(change.claims)
    for changes in of_hubs.values():
        yield from _of_hub(changes, page)


def _of_hub(changes: Sequence[Change], page: _Page) -> Iterator[str]:
    first = changes[0]
    places = listed([page.names.get(change.subject, change.subject) for change in changes])
    verb = agreed(len(changes), "is", "are")
    state = {"yes": f"{verb} cut off from", "no": f"{verb} within reach of"}.get(
        first.after or "", f"{verb} no longer known to be cut off from or within reach of"
    )
    yield f"  {max(change.day for change in changes)} {places} {state} {page.name(first.hub)} ({first.why})"
    yield from page.sources(tuple(dict.fromkeys(claim for change in changes for claim in change.claims)))


def _policy(odds: PolicyOdds) -> str:
    """Say what a crossing may be, likeliest first, with the odds."""
    answers = (("open", odds.open), ("restricted", odds.restricted), ("closed", odds.closed), ("unknown", odds.unknown))
    likely = sorted((each for each in answers if each[1] >= LEAST_SHOWN), key=lambda each: -each[1])
    return ", ".join(f"{answer} {p:.2f}" for answer, p in likely)


def _answer(odds: YesNo, yes: str, no: str) -> str:
    answer, p = max((yes, odds.yes), (no, odds.no), ("unknown", odds.unknown), key=lambda pair: pair[1])
    return f"{answer} {p:.2f}"
