"""The key points: what a reader with two minutes must know, and who says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tidings.present.brief_events import TELLING, EventRow, event_phrase, event_rows
from tidings.present.brief_figures import OBSERVED, FigureRow, figure_phrase, figure_rows
from tidings.present.brief_forecast import headline
from tidings.present.brief_parts import Desk, Line, between, dated
from tidings.present.brief_situation import road_words
from tidings.present.words import POLICY_WORDS, listed, sentence_case
from tidings.situation.situation import Change

MOST_FIGURES = 8
MOST_PER_STATUS = 2
MOST_CHANGES = 6
RECENT_DAYS = 14
MOST_NAMES = 6
CERTAIN_ENOUGH = 0.5


@dataclass(frozen=True)
class KeyPoints:
    """Four short lists."""

    people: tuple[Line, ...]
    worst_cases: tuple[Line, ...]
    changes: tuple[Line, ...]
    access: tuple[Line, ...]
    forecast: Line


def key_points(desk: Desk) -> KeyPoints:
    """Choose the main figures and the main changes."""
    rows = figure_rows(desk)
    feared = [row for row in rows if row.figure.certainty == "projected"]
    return KeyPoints(
        people=tuple(_said(row) for row in _main(row for row in rows if row.figure.certainty in OBSERVED)),
        worst_cases=tuple(_said(row) for row in feared[:2]),
        changes=_changes(desk),
        access=_access(desk),
        forecast=headline(desk),
    )


def _main(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """Take the most needed figures, at most two of a status, so that one topic does not fill the list."""
    chosen: list[FigureRow] = []
    for row in _newest(rows):
        same = sum(other.figure.status == row.figure.status for other in chosen)
        if same < MOST_PER_STATUS and len(chosen) < MOST_FIGURES:
            chosen.append(row)
    return chosen


def _newest(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """Of figures that one speaker gives for one thing, keep the latest; the tables keep all."""
    by_question: dict[object, FigureRow] = {}
    for row in rows:
        question = (row.speakers, row.what, row.where)
        known = by_question.get(question)
        if known is None or row.day > known.day:
            by_question[question] = row
    return list(by_question.values())


def _said(row: FigureRow) -> Line:
    return *figure_phrase(row), f" — {row.speakers}\u00a0", *row.references


def _changes(desk: Desk) -> tuple[Line, ...]:
    """Return what changed, as the situation tells or, where it was not asked, as the latest telling events do."""
    told = tuple(_change(desk, change) for change in desk.released.situation.changes)
    if told:
        return told[:MOST_CHANGES]
    since = desk.released.situation.on - dt.timedelta(days=RECENT_DAYS)
    recent = (row for row in event_rows(desk) if row.event.type in TELLING and row.event.certainty in OBSERVED)
    newest: dict[object, EventRow] = {}
    for row in recent:
        if row.day and row.day >= since and row.where:
            newest.setdefault((row.event.type, row.where), row)  # rows come newest first: what is told again is no news
    return tuple(_events(desk, rows) for rows in _alike(newest.values()))[:MOST_CHANGES]


def _alike(rows: Iterable[EventRow]) -> list[list[EventRow]]:
    """Put events of one kind, day, actor and speaker together: two captures of one day are one point."""
    groups: dict[object, list[EventRow]] = {}
    for row in rows:
        groups.setdefault((row.event.type, row.day, row.actors, row.speakers), []).append(row)
    return list(groups.values())


def _events(desk: Desk, rows: list[EventRow]) -> Line:
    first = rows[0]
    day: Line = (dated(first.day), ": ") if first.day else ()
    where = listed(list(dict.fromkeys(name for row in rows for name in (row.where,) if name)))
    references = desk.references(claim.id for row in rows for claim in row.claims)
    return *day, *event_phrase(first, where), f" — {first.speakers}\u00a0", *references


def _change(desk: Desk, change: Change) -> Line:
    after, before = (_state_words(desk, change.predicate, value) for value in (change.after, change.before))
    words = f": {desk.names[change.subject]}: {after}, before: {before}\u00a0"
    return dated(change.day), words, *desk.references(change.claims)


def _state_words(desk: Desk, predicate: str, value: str | None) -> str:
    """Say a state in words: 'held by Northern army', 'under siege', 'cut'."""
    if value is None or value == "unknown":
        return "not known"
    said = {
        ("besieged", "yes"): "under siege", ("besieged", "no"): "not under siege",
        ("passable", "yes"): "open", ("passable", "no"): "cut",
        ("held_by", "contested"): "contested", ("held_by", "divided"): "divided",
    }.get((predicate, value))  # fmt: skip
    return said or f"{'held by ' if predicate == 'held_by' else ''}{desk.names.answer(value)}"


def _access(desk: Desk) -> tuple[Line, ...]:
    """Return cut roads, crossings that are not open, and besieged places, each in one line with its claims."""
    situation = desk.released.situation
    closed = [road for road in situation.roads if road_words(road) == "cut"]
    cut = [(desk.names[road.id].removesuffix(" road"), road.claims) for road in closed]
    sieges = [(state.name, state.claims) for state in situation.places if state.besieged.yes > CERTAIN_ENOUGH]
    lines = [_named(desk, "Roads cut", cut), _named(desk, "Under siege", sieges)]
    for policy in ("closed", "restricted", "open"):
        found = [(c.name, c.claims) for c in situation.crossings if c.policy.likeliest == policy]
        lines.append(_named(desk, f"Crossings {POLICY_WORDS[policy]}", found))
    return tuple(line for line in lines if line)


def _named(desk: Desk, head: str, found: list[tuple[str, tuple[str, ...]]]) -> Line:
    if not found:
        return ()
    names = [name for name, _ in found[:MOST_NAMES]]
    names += ["others"] if len(found) > MOST_NAMES else []
    claims = dict.fromkeys(claim for _, ids in found for claim in ids)
    return sentence_case(f"{head}: {listed(names)}\u00a0"), *between(desk.references(claims), "")
