"""Contract: what a count came to is a level at its own time; the two ends of a road; what is still to come."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "value", "measure", "is_timed"),
    [
        ("The number of displaced in Idlib rose to 45,000 from 30,000 a week earlier.", 45_000, "stock", False),
        ("The number of refugees in Turkey stood at 2.5 million, up from 1.6 million a year ago.", 2.5e6, "stock",
         False),
        ("The camp's population fell from 12,000 to 9,000 in a month.", 9_000, "stock", False),
        ("In Idlib 45,000 people were displaced in a week.", 45_000, "flow", False),
    ],
)  # fmt: skip
def test_what_a_count_came_to_is_a_stock_and_not_of_the_time_before(
    text: str, value: float, measure: str, is_timed: bool, gazetteer: Gazetteer
) -> None:
    figure = read(text, gazetteer).reading.figures[0]
    assert (figure.value, figure.measure, figure.period is not None) == (value, measure, is_timed)


@pytest.mark.parametrize(
    "text",
    [
        "Government forces cut the Azaz-Aleppo road near Tell Rifaat.",
        "The Azaz–Aleppo highway was cut by the army.",
        "The army cut the road between Azaz and Aleppo.",
    ],
)
def test_a_road_is_told_by_its_two_ends(text: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer)
    (cut,) = reading.events("road_cut")
    assert reading.names(cut.places) == ["Azaz", "Aleppo"]


def test_a_name_with_an_article_is_no_road_of_two_ends(gazetteer: Gazetteer) -> None:
    reading = read("The army reached the Al-Bab road.", gazetteer)
    assert "Al" not in [place.name for place in reading.reading.places]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("A two-week ceasefire is due to begin on Saturday.", "projected"),
        ("Peace talks are to resume in Geneva on Saturday.", "projected"),
        ("The ceasefire is set to expire on Saturday.", "stated"),
        ("The battle was due to bad weather.", "stated"),
    ],
)
def test_what_is_due_to_begin_has_not_begun(text: str, certainty: str, gazetteer: Gazetteer) -> None:
    (event,) = read(text, gazetteer).reading.events
    assert event.certainty == certainty
    if event.when and certainty == "projected":
        assert event.when.from_ == dt.date(2031, 3, 8)


def test_two_sides_fight_and_aid_arrives(gazetteer: Gazetteer) -> None:
    reading = read("Fighting between the army and rebels continued around Azaz.", gazetteer)
    (clash,) = reading.events("clash")
    assert (reading.names(clash.actors), reading.names(clash.targets)) == (["Syrian army"], ["rebels"])
    reading = read("Aid convoys reached Madaya on Monday for the first time in three months.", gazetteer)
    assert [reading.names(event.places) for event in reading.events("aid_delivery")] == [["Madaya"]]
    reading = read("M23 rebels attacked Goma on Monday.", gazetteer)
    assert [reading.names(event.actors) for event in reading.events("clash")] == [["M23"]]


@pytest.mark.parametrize(
    "text",
    [
        "The army advanced on Sunday, taking control of Kafin and Mayer.",
        "The army shelled Kafin and Mayer.",
        "Air strikes on Kafin and Mayer killed four people.",
    ],
)
def test_what_is_done_to_an_unknown_name_shows_a_place(text: str, gazetteer: Gazetteer) -> None:
    assert {"Kafin", "Mayer"} <= {place.name for place in read(text, gazetteer).reading.places}


def test_a_place_is_of_the_kind_that_any_mention_tells(gazetteer: Gazetteer) -> None:
    text = "IDPs are gathering near Bab al-Salama. Turkey kept the Bab al-Salama crossing closed to civilians."
    reading = read(text, gazetteer)
    (closed,) = reading.events("crossing_closed")
    (crossing,) = [place for place in reading.reading.places if place.name == "Bab al-Salama"]
    assert (crossing.kind, closed.places) == ("crossing", (crossing.id,))


def test_sites_of_people_are_no_people(gazetteer: Gazetteer) -> None:
    assert read("10 spontaneous IDP sites have been set up near Azaz.", gazetteer).reading.figures == ()
    assert [f.value for f in read("200 camp residents fled Azaz.", gazetteer).reading.figures] == [200]


def test_a_crossing_that_lets_people_through_is_open(gazetteer: Gazetteer) -> None:
    (event,) = read("The Bab al-Salama crossing lets 300 people a day through.", gazetteer).reading.events
    assert (event.type, event.certainty) == ("crossing_opened", "stated")
    assert read("The town lets 300 people stay.", gazetteer).events("crossing_opened") == []


def test_what_a_count_rose_by_is_a_flow_and_what_it_rose_to_a_stock(gazetteer: Gazetteer) -> None:
    change, level = read("The number of displaced in Idlib rose by 5,000 to 45,000.", gazetteer).reading.figures
    assert (change.value, change.measure, level.value, level.measure) == (5_000, "flow", 45_000, "stock")


def test_who_is_urged_does_it_and_the_coalition_is_that_of_its_report(gazetteer: Gazetteer) -> None:
    reading = read("Washington urged Turkey to withdraw its troops from Azaz.", gazetteer)
    assert [reading.names(event.actors) for event in reading.events("retreat")] == [["Turkish government"]]
    reading = read("The coalition bombed Azaz.", gazetteer)
    assert [party.name for party in reading.reading.parties] == ["coalition"]


def test_a_relative_clause_of_a_speaker_ends_at_its_comma(gazetteer: Gazetteer) -> None:
    reading = read("The YPG, which Turkey says is backed by Russia, seized Azaz.", gazetteer)
    assert [event.certainty for event in reading.events("capture")] == ["stated"]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("M5 highway cut at Azaz.", "road_cut"),
        ("Road between Azaz and Aleppo closed since May.", "road_cut"),
        ("Bab al-Salama crossing closed to aid.", "crossing_closed"),
    ],
)
def test_a_note_may_leave_out_was(note: str, kind: str, gazetteer: Gazetteer) -> None:
    (event,) = read(note, gazetteer).events(kind)
    assert event.certainty == "stated"


def test_a_road_that_cuts_through_a_town_is_not_cut(gazetteer: Gazetteer) -> None:
    assert read("Rebels said the highway cut through Azaz.", gazetteer).events("road_cut") == []


@pytest.mark.parametrize(
    ("sentence", "types"),
    [
        (
            "The Bab al-Salama crossing was closed last night but reopened at 6 am.",
            ["crossing_closed", "crossing_opened"],
        ),
        ("The road to Azaz was closed for three hours, then reopened on Monday.", ["road_cut", "road_opened"]),
    ],
)
def test_what_was_closed_and_then_reopened_is_both(sentence: str, types: list[str], gazetteer: Gazetteer) -> None:
    events = read(sentence, gazetteer).reading.events
    assert [event.type for event in events] == types
    assert len({event.places for event in events}) == 1
