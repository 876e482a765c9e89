"""The key points: what a reader with two minutes must know, and who says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event
from tidings.present.brief_changes import changes
from tidings.present.brief_figures import NEEDS, FigureRow, figure_phrase, figure_rows, is_bygone
from tidings.present.brief_forecast import headline
from tidings.present.brief_parts import Desk, Line, between, dated
from tidings.present.brief_situation import road_words
from tidings.present.mentions import OBSERVED
from tidings.present.words import POLICY_WORDS, listed, sentence_case
from tidings.situation.situation import RoadState

MOST_FIGURES = 8
MOST_PER_STATUS = 2
MOST_FEARED = 3
MOST_NAMES = 6
CERTAIN_ENOUGH = 0.5
STUCK = ("in_camp", "stranded", "trapped", "besieged")
"""People who cannot go on: what a planner acts on first."""


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
    rows = sorted(figure_rows(desk), key=lambda row: _urgency(desk, row))
    on = desk.released.situation.on
    seen = (row for row in rows if row.figure.certainty in OBSERVED and not is_bygone(row, on))
    feared = (row for row in rows if row.figure.certainty == "projected")
    return KeyPoints(
        people=tuple(_said(row, on) for row in _main(seen)),
        worst_cases=tuple(_said(row, on) for row in _newest(feared)[:MOST_FEARED]),
        changes=changes(desk),
        access=_access(desk),
        forecast=headline(desk),
    )


def _urgency(desk: Desk, row: FigureRow) -> tuple[int, int, int, float]:
    """Rank a figure: people stuck in camps and at borders, then those of a place, then those of a whole country."""
    figure = row.figure
    kinds = {desk.kinds.get(place, "") for place in (*figure.at, *figure.origin, *figure.destination)}
    local = 1 if kinds - {"country"} else 2
    stuck = figure.status in STUCK or (figure.measure == "stock" and bool(kinds & {"camp", "crossing", "border"}))
    need = NEEDS.index(figure.status) if figure.status in NEEDS else len(NEEDS)
    size = figure.value or figure.high or figure.low or 0.0
    return (0 if stuck and local == 1 else local), -row.day.toordinal() if stuck else 0, need, -size


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


def _said(row: FigureRow, on: dt.date) -> Line:
    mark, words = ("“", row.number.text[1:]) if row.number.text.startswith("“") else ("", row.number.text)
    shown = replace(row, number=replace(row.number, text=mark + sentence_case(words)))
    day: Line = () if row.day == on else (", ", dated(row.day))
    return *figure_phrase(shown), f" — {row.speakers}", *day, "\u00a0", *row.references


def _access(desk: Desk) -> tuple[Line, ...]:
    """Return cut roads, crossings that are not open, and besieged places, each in one line with its claims."""
    situation = desk.released.situation
    closed = [road for road in situation.roads if road_words(road) == "cut"]
    told = [road for road in closed if _is_told(desk, road)]
    fronts = [road for road in closed if road not in told]
    sieges = [(state.name, state.claims) for state in situation.places if state.besieged.yes > CERTAIN_ENOUGH]
    lines = [
        _named(desk, "Roads said to be cut", _roads(desk, told)),
        _named(desk, "Roads between towns of opposed holders", _roads(desk, fronts)),
        _named(desk, "Under siege", sieges),
    ]
    for policy in ("closed", "restricted", "open"):
        found = [(c.name, c.claims) for c in situation.crossings if c.policy.likeliest == policy]
        lines.append(_named(desk, f"Crossings {POLICY_WORDS[policy]}", found))
    return tuple(line for line in lines if line)


def _is_told(desk: Desk, road: RoadState) -> bool:
    """Whether a source says that the road is cut; else it follows from who holds its ends."""
    return any(_tells_a_cut(cited.claim) for cited in desk.citations.known(road.claims))


def _tells_a_cut(claim: Claim) -> bool:
    return claim.predicate == "passable" or (isinstance(claim.content, Event) and claim.content.type == "road_cut")


def _roads(desk: Desk, roads: list[RoadState]) -> list[tuple[str, tuple[str, ...]]]:
    return [(desk.names[road.id].removesuffix(" road"), road.claims) for road in roads]


def _named(desk: Desk, head: str, found: list[tuple[str, tuple[str, ...]]]) -> Line:
    if not found:
        return ()
    names = [name for name, _ in found[:MOST_NAMES]]
    names += ["others"] if len(found) > MOST_NAMES else []
    claims = dict.fromkeys(claim for _, ids in found for claim in ids)
    return sentence_case(f"{head}: {listed(names)}\u00a0"), *between(desk.references(claims), "")
