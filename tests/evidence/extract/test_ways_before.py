"""Contract: 'it' and 'the road' mean the way told before if there is but one; each verb tells of its own crossing."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.geography.gazetteer import Gazetteer

TUESDAY, WEDNESDAY = dt.date(2031, 3, 4), dt.date(2031, 3, 5)
BORDER = "Turkey closed the Bab al-Salama crossing on Tuesday"


def ways(told: Read) -> list[tuple[str, list[str], list[str], dt.date | None]]:
    """Return type, actors, places and day of each event of a road or crossing."""
    return [
        (e.type, told.names(e.actors), told.names(e.places), e.when.from_ if e.when else None)
        for e in told.reading.events if e.type.startswith(("road_", "crossing_"))
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"{BORDER}, but reopened it on Wednesday.",
        f"{BORDER}, but reopened it on Wednesday for aid trucks only.",
        f"{BORDER} before reopening it on Wednesday to pedestrians.",
        f"{BORDER} and opened it again on Wednesday.",
        f"{BORDER}. Turkey reopened it on Wednesday.",
        f"{BORDER}; on Wednesday it reopened the crossing.",
        "Turkey shut the Bab al-Salama border crossing on Tuesday and re-opened it on Wednesday.",
    ],
)
def test_who_closes_a_crossing_and_reopens_it_does_both_each_on_its_day(text: str, gazetteer: Gazetteer) -> None:
    assert ways(read(text, gazetteer)) == [
        ("crossing_closed", ["Turkish government"], ["Bab al-Salama"], TUESDAY),
        ("crossing_opened", ["Turkish government"], ["Bab al-Salama"], WEDNESDAY),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Bab al-Salama crossing was closed on Tuesday, but it was reopened on Wednesday.",
        "The Bab al-Salama crossing was closed on Tuesday but was reopened on Wednesday.",
        "The Bab al-Salama crossing closed on Tuesday; it reopened on Wednesday.",
        "The Bab al-Salama crossing was closed on Tuesday. The crossing was reopened on Wednesday. "
        "The Bab al-Hawa crossing was quiet.",
    ],
)
def test_a_crossing_that_was_closed_and_opened_again_is_both(text: str, gazetteer: Gazetteer) -> None:
    assert ways(read(text, gazetteer)) == [
        ("crossing_closed", [], ["Bab al-Salama"], TUESDAY),
        ("crossing_opened", [], ["Bab al-Salama"], WEDNESDAY),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The army cut the road between Aleppo and Azaz on Tuesday, but reopened it on Wednesday.",
        "The army cut the Aleppo-Azaz road on Tuesday. It reopened the road on Wednesday.",
    ],
)
def test_who_cuts_a_road_and_reopens_it_does_both(text: str, gazetteer: Gazetteer) -> None:
    assert ways(read(text, gazetteer)) == [
        ("road_cut", ["Syrian army"], ["Aleppo", "Azaz"], TUESDAY),
        ("road_opened", ["Syrian army"], ["Aleppo", "Azaz"], WEDNESDAY),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The road between Aleppo and Azaz was cut on Tuesday. The road was reopened on Wednesday.",
        "The Aleppo-Azaz highway was cut on Tuesday. The road reopened on Wednesday.",
        "The Aleppo-Azaz road was blocked on Tuesday. People fled to Idlib. The road was cleared on Wednesday.",
        "The bridge between Aleppo and Azaz was closed on Tuesday. This bridge was reopened on Wednesday.",
        "The Aleppo-Azaz road was cut on Tuesday. It is passable again since Wednesday.",
        "The Aleppo-Azaz road was blocked on Tuesday. Soldiers cleared it on Wednesday.",
    ],
)
def test_the_road_is_the_one_told_before(text: str, gazetteer: Gazetteer) -> None:
    found = ways(read(text, gazetteer))
    assert [(type_, places, day) for type_, _, places, day in found] == [
        ("road_cut", ["Aleppo", "Azaz"], TUESDAY),
        ("road_opened", ["Aleppo", "Azaz"], WEDNESDAY),
    ]
    assert read(text, gazetteer).events("capture") == []


@pytest.mark.parametrize(
    "text",
    [
        "The Aleppo-Azaz road and the Idlib-Mare road are open. The road was cut on Wednesday.",
        "The Aleppo-Azaz road is open. The bridge was closed on Wednesday.",
        "The Aleppo-Azaz road is open. A road was closed on Wednesday.",
        "The Aleppo-Azaz road is open. A side road was blocked. The road was closed on Wednesday.",
        "The Aleppo-Azaz road is open. It rained. It snowed. Markets closed. The road was closed on Wednesday.",
    ],
)
def test_a_road_that_may_be_another_is_not_placed(text: str, gazetteer: Gazetteer) -> None:
    assert ways(read(text, gazetteer))[-1] == ("road_cut", [], [], WEDNESDAY)


def test_a_road_with_an_end_of_its_own_points_at_none_before(gazetteer: Gazetteer) -> None:
    told = read("The Aleppo-Azaz road is open. The road to Idlib was closed on Wednesday.", gazetteer)
    assert ways(told)[-1] == ("road_cut", [], ["Idlib"], WEDNESDAY)


def test_of_a_road_and_a_crossing_the_nearer_is_reopened(gazetteer: Gazetteer) -> None:
    text = f"{BORDER}, and on Tuesday the army cut the Aleppo-Azaz road but reopened it on Wednesday."
    assert ways(read(text, gazetteer))[-1] == ("road_opened", ["Syrian army"], ["Aleppo", "Azaz"], WEDNESDAY)


def test_a_market_that_is_reopened_is_no_crossing(gazetteer: Gazetteer) -> None:
    assert ways(read("The army closed the market in Azaz on Tuesday and reopened it.", gazetteer)) == []
    text = "The Bab al-Salama crossing is open. The army closed the market and then reopened it."
    assert len(ways(read(text, gazetteer))) == 1


def test_the_last_of_several_crossings_is_the_one_that_is_meant(gazetteer: Gazetteer) -> None:
    text = "The Bab al-Salama crossing was shut. The Bab al-Hawa crossing is open. The crossing was shut on Wednesday."
    assert ways(read(text, gazetteer))[-1] == ("crossing_closed", [], ["Bab al-Hawa"], WEDNESDAY)


@pytest.mark.parametrize("joint", ["but", "and", "while", ";"])
def test_of_two_crossings_each_is_as_its_own_verb_tells(joint: str, gazetteer: Gazetteer) -> None:
    told = read(f"The Bab al-Salama crossing is closed {joint} the Bab al-Hawa crossing is open.", gazetteer)
    assert [(type_, places) for type_, _, places, _ in ways(told)] == [
        ("crossing_closed", ["Bab al-Salama"]),
        ("crossing_opened", ["Bab al-Hawa"]),
    ]


def test_two_crossings_of_one_verb_are_both_closed(gazetteer: Gazetteer) -> None:
    told = read("The Bab al-Salama and Bab al-Hawa crossings were closed on Wednesday.", gazetteer)
    assert [places for _, _, places, _ in ways(told)] == [["Bab al-Salama", "Bab al-Hawa"]]


@pytest.mark.parametrize(
    "between", ["and this is a road that fed the town", "and it fed all the main arteries of Syria"]
)
def test_what_is_said_of_the_way_itself_names_no_other(between: str, gazetteer: Gazetteer) -> None:
    told = read(f"The road to Aleppo is closed {between}. The road was reopened.", gazetteer)
    assert [kind for kind, *_ in ways(told)] == ["road_cut", "road_opened"]
    assert ways(told)[0][2] == ways(told)[1][2] == ["Aleppo"]
