"""What changed, one line a thing: who holds what first, then roads, then crossings, each with who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from tidings.core.dates import day_known
from tidings.evidence.vocabulary import EventType
from tidings.present.brief_events import TELLING, EventRow, event_phrase, event_rows
from tidings.present.brief_parts import Desk, Line, Linked, dated
from tidings.present.mentions import OBSERVED
from tidings.present.words import listed
from tidings.situation.situation import Change, Situation

MOST_CHANGES = 8
MOST_OF_A_KIND = 4
RECENT_DAYS = 14
LAST_DAYS = 2
"""A capture that names no place is news for so many days, not longer."""
KINDS: tuple[frozenset[EventType], ...] = (
    frozenset({"capture", "loss", "retreat", "territory_transferred", "siege", "siege_lifted"}),
    frozenset({"road_cut", "road_opened"}),
    frozenset({"crossing_closed", "crossing_opened"}),
)
"""What a planner asks in turn: who holds it, can one drive there, can one cross."""
PREDICATES = (("held_by", "besieged"), ("passable", "cut_off"), ("policy",))
WAYS = KINDS[1]
AREAS = ("country", "region", "admin1", "admin2", "admin3", "area")
SENTENCES: dict[str, tuple[str, str]] = {
    "capture": ("{who} |captured| {where}", "{where} |captured|"),
    "loss": ("{who} |lost| {where}", "{where} |lost|"),
    "retreat": ("{who} |withdrew| from {where}", "|Withdrawal| from {where}"),
    "siege": ("{who} |laid siege| to {where}", "|Siege| of {where}"),
    "siege_lifted": ("{who} |lifted the siege| of {where}", "|Siege lifted| at {where}"),
    "road_cut": ("{who} |cut| the {where}", "|Cut|: {where}"),
    "road_opened": ("{who} |opened| the {where}", "|Open|: {where}"),
    "crossing_closed": ("{where} |closed| by {who}", "{where} |closed|"),
    "crossing_opened": ("{where} |opened| by {who}", "{where} |opened|"),
}
"""With and without an actor; between bars the words that lead to the claim."""


def changes(desk: Desk) -> tuple[Line, ...]:
    """Return what changed, as the situation tells or, where it was not asked, as the latest telling events do.

    What is supposed, demanded or denied changed nothing. A state that a report merely mentions ('besieged Quint') is
    not told as news of its day.
    """
    told = sorted(desk.released.situation.changes, key=_order_of_change)
    if told:
        return tuple(_change(desk, change) for change in told[:MOST_CHANGES])
    lines = [_events(desk, rows) for kind in _kinds(desk) for rows in _alike(kind)[:MOST_OF_A_KIND]]
    return (*lines, *_unplaced(desk))[:MOST_CHANGES]


def _kinds(desk: Desk) -> Iterable[list[EventRow]]:
    """Return the recent changes, each thing once, by kind; newest first within a kind."""
    situation = desk.released.situation
    things = _things(desk, (row for row in event_rows(desk) if row.where and _is_news(row, situation)))
    yield from ([row for row in things if row.event.type in kind] for kind in KINDS)
    yield [row for row in things if not any(row.event.type in kind for kind in KINDS)]


def _is_news(row: EventRow, situation: Situation) -> bool:
    since = situation.on - dt.timedelta(days=RECENT_DAYS)
    if row.event.type not in TELLING or row.event.certainty not in OBSERVED or not row.day:
        return False
    return since <= row.day <= situation.on and not _is_mere_state(row)


def _is_mere_state(row: EventRow) -> bool:
    """Whether no beginning is told: it holds on the day of the telling, without an end."""
    return all(claim.valid.until is None and claim.valid.from_ == day_known(claim.known_at) for claim in row.claims)


def _things(desk: Desk, rows: Iterable[EventRow]) -> list[EventRow]:
    """Make one row of all that tell of one thing: the newest, with every speaker and claim."""
    by_thing: dict[object, list[EventRow]] = {}
    for row in rows:
        same = by_thing.setdefault((row.event.type, frozenset(row.event.places)), [])
        known = next((n for n, other in enumerate(same) if _may_be_one(other, row)), None)
        if known is None:
            same.append(row)
        else:
            same[known] = _joined(desk, same[known], row)
    return [row for same in by_thing.values() for row in same]


def _may_be_one(one: EventRow, other: EventRow) -> bool:
    return one.actors == other.actors or not one.actors or not other.actors


def _joined(desk: Desk, newer: EventRow, older: EventRow) -> EventRow:
    claims = (*older.claims, *newer.claims)
    ids = [claim.id for claim in claims]
    actors = newer.actors or older.actors
    return replace(newer, claims=claims, actors=actors, speakers=desk.speakers(ids), references=desk.references(ids))


def _alike(rows: Iterable[EventRow]) -> list[list[EventRow]]:
    """Put events of one kind, day, actor and speaker together: two captures of one day are one point."""
    groups: dict[object, list[EventRow]] = {}
    for row in rows:
        groups.setdefault((row.event.type, row.when, row.actors, row.speakers), []).append(row)
    return list(groups.values())


def _events(desk: Desk, rows: list[EventRow]) -> Line:
    first = rows[0]
    day: Line = (*first.when, ": ") if first.when else ()
    references = desk.references(claim.id for row in rows for claim in row.claims)
    return *day, *_sentence(desk, rows), f" — {first.speakers}\u00a0", *references


def _sentence(desk: Desk, rows: list[EventRow]) -> Line:
    """Write events of one kind and actor as a sentence: 'Northern army captured Pellan and Kelmar'."""
    first = rows[0]
    name = _way if first.event.type in WAYS else _where
    where = listed(sorted({name(desk, row) for row in rows}))
    forms = SENTENCES.get(first.event.type)
    if not forms:
        return event_phrase(first, where)
    form = forms[0] if first.actors else forms[1]
    before, words, after = (part.format(who=first.actors, where=where) for part in form.split("|"))
    return before, Linked(words, first.words.href), after


def _where(desk: Desk, row: EventRow) -> str:
    return row.where


def _way(desk: Desk, row: EventRow) -> str:
    """Name a way: a road by its name, one between places by both, one that ends at a place by that."""
    places = row.event.places
    roads = [place for place in places if desk.kinds.get(place) == "road"]
    if roads:
        return desk.names.listed(roads)
    if len(places) > 1 and desk.released.geography.roads:
        return "\u2013".join(dict.fromkeys(desk.names[place] for place in places)) + " road"
    return f"road {'in' if desk.kinds.get(places[0]) in AREAS else 'to'} {row.where}"


def _unplaced(desk: Desk) -> Iterable[Line]:
    """Tell the latest captures that name a time but no place, in the report's words."""
    since = desk.released.situation.on - dt.timedelta(days=LAST_DAYS)
    for row in event_rows(desk):
        is_told = row.event.type == "capture" and row.event.certainty in OBSERVED and row.actors and not row.where
        if is_told and row.event.when and row.known >= since:
            yield f"{row.actors}: ", row.words, f" — {row.speakers}\u00a0", *row.references


def _order_of_change(change: Change) -> tuple[int, int]:
    kind = next((n for n, predicates in enumerate(PREDICATES) if change.predicate in predicates), len(PREDICATES))
    return kind, -change.day.toordinal()


def _change(desk: Desk, change: Change) -> Line:
    after, before = (_state_words(desk, change.predicate, value) for value in (change.after, change.before))
    if change.hub:
        after, before = f"{after} {desk.names[change.hub]}", f"{before} it"
    words = f": {desk.names[change.subject]}: {after}, before: {before}\u00a0"
    return dated(change.day), words, *desk.references(change.claims)


def _state_words(desk: Desk, predicate: str, value: str | None) -> str:
    """Say a state in words: 'held by Northern army', 'under siege', 'cut'."""
    if value is None or value == "unknown":
        return "not known whether within reach of" if predicate == "cut_off" else "not known"
    said = {
        ("besieged", "yes"): "under siege", ("besieged", "no"): "not under siege",
        ("passable", "yes"): "open", ("passable", "no"): "cut",
        ("cut_off", "yes"): "cut off from", ("cut_off", "no"): "within reach of",
        ("held_by", "contested"): "contested", ("held_by", "divided"): "divided",
    }.get((predicate, value))  # fmt: skip
    return said or f"{'held by ' if predicate == 'held_by' else ''}{desk.names.answer(value)}"
