"""Contract: a line that tells the state of a road or a crossing is an event, or a warning where it cannot be one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.reading_aids import document_of, place
from tidings.evidence.extract.status_lines import find_status_lines, unread_lines
from tidings.evidence.reading import Event, PlaceRecord

PUBLISHED = dt.date(2031, 3, 12)


def placed(text: str) -> tuple[PlaceRecord, ...]:
    towns = tuple(place(text, name) for name in ("Zeta", "Orlo", "ZETA", "ORLO") if name in text)
    crossings = tuple(place(text, name, "crossing") for name in ("Lune Gate", "LUNE GATE") if name in text)
    return (*towns, *crossings)


def told(text: str) -> list[Event]:
    return list(find_status_lines(document_of(text), placed(text), (), PUBLISHED))


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("ROAD ZETA–ORLO: CUT since 2 March", "road_cut"),
        ("Road Zeta – Orlo: closed", "road_cut"),
        ("- Zeta–Orlo: not passable", "road_cut"),
        ("Zeta–Orlo road: blocked (checkpoints)", "road_cut"),
        ("Highway 5 (Zeta–Orlo): impassable", "road_cut"),
        ("Road from Zeta to Orlo: open", "road_opened"),
        ("Road Zeta – Orlo: passable for trucks", "road_opened"),
        ("• Zeta – Orlo: reopened on Monday", "road_opened"),
    ],
)
def test_the_state_of_a_road_is_told_of_both_its_ends(text: str, type_: str) -> None:
    (event,) = told(text)
    assert (event.type, set(event.places)) == (type_, {"zeta", "orlo"})
    assert event.text == text[event.start : event.end]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Crossing Lune Gate: OPEN for people, CLOSED for aid trucks", ["crossing_opened", "aid_blocked"]),
        ("LUNE GATE CROSSING: CLOSED", ["crossing_closed"]),
        ("Lune Gate: open", ["crossing_opened"]),
        ("Lune Gate: closed for people, open for cargo", ["crossing_closed"]),
        ("Lune Gate: closed to commercial trucks", []),
        ("Lune Gate: restricted", []),
    ],
)
def test_the_state_of_a_crossing_is_that_for_people(text: str, types: list[str]) -> None:
    assert [event.type for event in told(text)] == types


def test_the_day_since_when_is_read() -> None:
    (event,) = told("ROAD ZETA–ORLO: CUT since 2 March")
    assert event.when is not None
    assert event.when.from_ == dt.date(2031, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Road Zeta–Kadu: CUT",
        "Road Zeta–Orlo: may be cut soon",
        "Road Zeta–Orlo: unknown",
        "The road was told of by the mayor of Zeta and Orlo: closed shops, he said, are bad.",
        "Zeta: open",
    ],
)
def test_what_is_no_state_of_a_known_road_is_no_event(text: str) -> None:
    assert told(text) == []


def test_what_is_known_is_not_told_twice() -> None:
    text = "Road Zeta–Orlo: cut"
    known = told(text)
    assert find_status_lines(document_of(text), placed(text), known, PUBLISHED) == ()


@pytest.mark.parametrize(
    "text",
    ["Road Zeta–Kadu: CUT", "Road Zeta–Orlo: may be cut soon", "Lune Gate: restricted", "WATER IN ZETA: NONE LEFT"],
)
def test_a_status_line_that_nothing_read_is_warned_of_with_its_place_in_the_text(text: str) -> None:
    (warning,) = unread_lines(document_of(f"Floods went on.\n{text}\n"), placed(text), (), told(text))
    assert (warning.code, warning.start, warning.end) == ("unread_line", 16, 16 + len(text))


@pytest.mark.parametrize("text", ["Road Zeta–Orlo: unknown", "KEY FIGURES", "He said: go.", "Road Zeta–Orlo: cut"])
def test_other_lines_are_not_warned_of(text: str) -> None:
    assert unread_lines(document_of(text), placed(text), (), told(text)) == ()
