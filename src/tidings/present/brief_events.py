"""What happened by day, what is only supposed, and the timeline of both events and figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from tidings.core.dates import day_known
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event
from tidings.present.brief_figures import FigureRow, figure_phrase, figure_rows, is_bygone
from tidings.present.brief_parts import Dated, Desk, Line, Linked, Quoted, Rows, dated, span
from tidings.present.mentions import OBSERVED, told_once
from tidings.present.words import CERTAINTY_WORDS, EVENT_WORDS, sentence_case

MOST_EVENTS = 120
MOST_DAYS = 30
TELLING = frozenset({
    "capture", "loss", "retreat", "siege", "siege_lifted", "road_cut", "road_opened", "crossing_closed",
    "crossing_opened", "territory_transferred", "ceasefire", "aid_blocked",
})  # fmt: skip
"""Events that change who holds what or who can go where."""


@dataclass(frozen=True)
class EventRow:
    """One event, with all the claims that tell it."""

    event: Event
    claims: tuple[Claim, ...]
    day: dt.date | None
    """Day on which it happened or began; None where no words tell."""
    when: Line
    """That day, or the days among which the words put it."""
    what: str
    words: Quoted
    where: str
    actors: str
    targets: str
    speakers: str
    certainty: str
    references: Line

    @property
    def known(self) -> dt.date:
        """The day on which it became known last."""
        return max(day_known(claim.known_at) for claim in self.claims)


@dataclass(frozen=True)
class Day:
    """The events of one day; `head` is the day or span of days, or says that none is told."""

    head: Line
    events: tuple[EventRow, ...]


@dataclass(frozen=True)
class Happenings:
    """Events told as happened, by day, newest first; apart, those that are not."""

    days: tuple[Day, ...]
    n_earlier: int
    supposed: Rows[EventRow]


@dataclass(frozen=True)
class TimelineDay:
    """What one day brought, in a line each."""

    day: Dated
    lines: tuple[Line, ...]


def happenings(desk: Desk) -> Happenings:
    """Return the events of the reports: what is told as happened and what is supposed, demanded or denied."""
    rows = event_rows(desk)
    happened = [row for row in rows if row.event.certainty in OBSERVED]
    shown = Rows.of(happened, MOST_EVENTS)
    days = groupby(shown.shown, key=lambda row: row.when)
    supposed = Rows.of((row for row in rows if row.event.certainty not in OBSERVED), MOST_EVENTS)
    grouped = tuple(Day(when or ("Day not told",), tuple(events)) for when, events in days)
    return Happenings(grouped, shown.n_left, supposed)


def event_rows(desk: Desk) -> list[EventRow]:
    """Return one row for each different event, newest day first; mentions of one already told stand with it."""
    told = (claim for claim in desk.released.claims if isinstance(claim.content, Event))
    rows = [_row(desk, claims) for claims in told_once(told, _key)]
    return sorted(rows, key=_newest_first)


def _newest_first(row: EventRow) -> tuple[bool, int, int]:
    until = row.event.when.until if row.event.when else None
    day = row.day or dt.date.min
    return row.day is None, -day.toordinal(), -(until or day).toordinal() if len(row.when) > 1 else 0


def event_phrase(row: EventRow, where: str = "") -> Line:
    """Write an event as words: 'Capture: Pellan, by Northern army'; `where` replaces its own places."""
    link = Linked(row.what, row.words.href)
    detail = ", ".join(part for part in (where or row.where, row.actors and f"by {row.actors}") if part)
    return (link, f": {detail}") if detail else (link,)


def timeline(desk: Desk) -> Rows[TimelineDay]:
    """Return the days, oldest first, on which something happened or a figure was given."""
    told = (row for row in event_rows(desk) if row.event.certainty in OBSERVED and (row.where or row.actors))
    entries = [(row.day, event_phrase(row)) for row in told if row.day]
    on = desk.released.situation.on
    seen = (row for row in figure_rows(desk) if row.figure.certainty in OBSERVED and not is_bygone(row, on))
    entries += [(_figure_day(row), _figure_line(row)) for row in seen]
    entries.sort(key=lambda entry: entry[0])
    days = [
        TimelineDay(dated(day), tuple(dict.fromkeys(line for _, line in lines)))
        for day, lines in groupby(entries, key=lambda entry: entry[0])
    ]
    return Rows(tuple(days[-MOST_DAYS:]), max(0, len(days) - MOST_DAYS))


def _figure_day(row: FigureRow) -> dt.date:
    told = row.figure.period.from_ if row.figure.period else None
    return told or row.day


def _figure_line(row: FigureRow) -> Line:
    return *figure_phrase(row), f" ({row.speakers})"


def _row(desk: Desk, claims: tuple[Claim, ...]) -> EventRow:
    claim = claims[-1]
    event = claim.content
    assert isinstance(event, Event)
    ids = [claim.id for claim in claims]
    return EventRow(
        event=event,
        claims=claims,
        day=_day(claim, event),
        when=_when(_day(claim, event), event),
        what=EVENT_WORDS[event.type],
        words=_words(desk, claims),
        where=desk.names.listed(event.places),
        actors=desk.names.listed(event.actors),
        targets=desk.names.listed(event.targets),
        speakers=desk.speakers(ids),
        certainty=sentence_case(CERTAINTY_WORDS[event.certainty]),
        references=desk.references(ids),
    )


def _words(desk: Desk, claims: tuple[Claim, ...]) -> Quoted:
    """Quote the fullest of the tellings: 'lifted the siege' says more than 'reached'."""
    claim = max(claims, key=lambda claim: len(getattr(claim.content, "text", "")))
    return Quoted(getattr(claim.content, "text", ""), f"#{desk.citations[claim.id].anchor}")


def _day(claim: Claim, event: Event) -> dt.date | None:
    return event.when.from_ if event.when and event.when.from_ else claim.valid.from_


def _when(day: dt.date | None, event: Event) -> Line:
    """Write the days of an event: 'last year' is no first of January."""
    told = event.when
    if told and told.from_ and told.until:
        return span(told.from_, told.until)
    return (dated(day),) if day else ()


def _key(claim: Claim) -> tuple[object, ...]:
    event = claim.content
    assert isinstance(event, Event)
    return event.type, event.places, event.actors, event.targets, event.certainty, _day(claim, event)
