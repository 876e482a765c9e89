"""Contract: who takes, loses and holds a place is read in the ways in which reporters tell it."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.evidence.reading import Event
from tidings.geography.gazetteer import Gazetteer


def told(told_by: Read, event: Event) -> tuple[str, list[str], list[str], list[str]]:
    return (event.type, *(told_by.names(ids) for ids in (event.actors, event.targets, event.places)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army said it had captured Azaz.", [("capture", ["Syrian army"], [], ["Azaz"])]),
        ("Damascus said its forces had captured Azaz.", [("capture", ["Syrian government"], [], ["Azaz"])]),
        ("The rebels left, and the army said it took Azaz.", [("capture", ["Syrian army"], [], ["Azaz"])]),
        ("Azaz was captured by rebels on Monday and so was Jarablus.",
         [("capture", ["rebels"], [], ["Azaz"]), ("capture", ["rebels"], [], ["Jarablus"])]),
        ("On Thursday, rebels captured Azaz; on Friday, Jarablus.",
         [("capture", ["rebels"], [], ["Azaz"]), ("capture", ["rebels"], [], ["Jarablus"])]),
        ("On Thursday, rebels captured Azaz; on Friday, the army fled Jarablus.",
         [("capture", ["rebels"], [], ["Azaz"])]),
        ("The army recaptured Azaz, the rebels' last stronghold, and Tell Rifaat.",
         [("capture", ["Syrian army"], ["rebels"], ["Azaz"]),
          ("capture", ["Syrian army"], ["rebels"], ["Tell Rifaat"])]),
        ("The army lost Azaz to Islamic State on Monday.",
         [("loss", ["Syrian army"], [], ["Azaz"]), ("capture", ["Islamic State"], ["Syrian army"], ["Azaz"])]),
        ("Islamic State was driven out of Azaz by rebels.", [("capture", ["rebels"], ["Islamic State"], ["Azaz"])]),
        ("Rebels drove Islamic State fighters out of Azaz.", [("capture", ["rebels"], ["Islamic State"], ["Azaz"])]),
        ("Islamic State was expelled from Azaz.", [("loss", ["Islamic State"], [], ["Azaz"])]),
        ("The fighting drove 10,000 people out of Azaz.", [("clash", [], [], ["Azaz"])]),
        ("Palmyra fell on Sunday.", [("capture", [], [], ["Palmyra"])]),
        ("Azaz fell silent on Sunday.", []),
        ("Rebels captured Azaz on Monday; little news from Jarablus.", [("capture", ["rebels"], [], ["Azaz"])]),
        ("Rebels captured Azaz on Monday; no change in Jarablus.", [("capture", ["rebels"], [], ["Azaz"])]),
        ("Snow fell on Azaz on Sunday.", []),
    ],
)  # fmt: skip
def test_captures_and_losses(
    text: str, expected: list[tuple[str, list[str], list[str], list[str]]], gazetteer: Gazetteer
) -> None:
    reading = read(text, gazetteer)
    taken = [event for event in reading.reading.events if event.type not in ("flight",)]
    assert [told(reading, event) for event in taken] == expected


def test_the_day_of_a_second_capture_is_its_own(gazetteer: Gazetteer) -> None:
    first, second = read("On Tuesday, rebels captured Azaz; on Wednesday, Jarablus.", gazetteer).events("capture")
    assert first.when is not None
    assert second.when is not None
    assert (first.when.text, second.when.text) == ("On Tuesday", "on Wednesday")


@pytest.mark.parametrize(
    ("text", "type_", "actors", "certainty"),
    [
        ("Madaya has been under siege by government forces since July.", "siege", ["Syrian army"], "stated"),
        ("The Castello road is impassable because of snipers.", "road_cut", [], "stated"),
        ("Turkey denied aid workers access to Azaz.", "aid_blocked", ["Turkish government"], "stated"),
        ("The UN called for the siege of Madaya to be lifted.", "siege", [], "claimed"),
        ("The UN urged Syria to lift the siege of Madaya.", "siege", [], "claimed"),
        ("The general called for a siege of Madaya.", "siege", [], "demanded"),
        ("Turkey denied 5 of 22 planned aid movements to besieged Madaya.", "siege", [], "stated"),
        ("Turkey denied 5 of 22 planned aid movements to besieged Madaya.", "aid_blocked", ["Turkish government"],
         "stated"),
    ],
)  # fmt: skip
def test_sieges_roads_and_aid(text: str, type_: str, actors: list[str], certainty: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer)
    (event,) = reading.events(type_)
    assert (reading.names(event.actors), event.certainty) == (actors, certainty)


def test_what_is_denied_is_a_claim_where_reports_are_denied(gazetteer: Gazetteer) -> None:
    reading = read("The army denied reports of an aid convoy being shelled in Azaz.", gazetteer)
    assert [(event.type, event.certainty) for event in reading.reading.events] == [("shelling", "denied")]


def test_targets_that_are_counted_are_no_second_strike(gazetteer: Gazetteer) -> None:
    reading = read("Russian jets struck 875 targets in Aleppo on Monday.", gazetteer)
    (strike,) = reading.events("air_strike")
    assert reading.names(strike.actors) == ["Russian government"]


@pytest.mark.parametrize(
    ("text", "relation", "pairs"),
    [
        ("Turkey, a NATO member, backs the rebels.", "supports", {("Turkish government", "rebels")}),
        ("Jabhat al-Nusra, al-Qaeda's affiliate in Syria, controls Idlib.", "controls", {("Nusra Front", "Idlib")}),
        ("Hezbollah, Iran's ally, has sent fighters to Aleppo.", "ally_of", {("Hezbollah", "Iranian government")}),
        ("M23 rebels backed by Rwanda attacked Goma.", "supports", {("Rwandan government", "M23")}),
        ("The army says it holds Azaz. Azaz was still in their hands, the rebels said.", "controls",
         {("Syrian army", "Azaz"), ("rebels", "Azaz")}),
    ],
)  # fmt: skip
def test_appositions_owners_and_agents_of_relations(
    text: str, relation: str, pairs: set[tuple[str, str]], gazetteer: Gazetteer
) -> None:
    reading = read(text, gazetteer)
    assert {tuple(reading.names(pair)) for pair in reading.ties(relation)} == pairs


def test_who_follows_and_acts_for_himself(gazetteer: Gazetteer) -> None:
    reading = read("Rebels captured Azaz on Monday, and federal troops pulled out of Afrin.", gazetteer)
    assert [reading.names(event.actors) for event in reading.events("retreat")] == [[]]


def test_who_is_accused_of_backing_supports(gazetteer: Gazetteer) -> None:
    reading = read("Congo accused Rwanda of backing M23.", gazetteer)
    assert {tuple(reading.names(pair)) for pair in reading.ties("supports")} == {("Rwandan government", "M23")}


def test_the_centre_of_a_name_is_in_a_place_and_tanks_are_an_army(gazetteer: Gazetteer) -> None:
    reading = read("Turkish tanks reached the centre of Afrin on Sunday, residents said.", gazetteer)
    assert [told(reading, event) for event in reading.events("advance")] == [
        ("advance", ["Turkish army"], [], ["Afrin"])
    ]


def test_what_is_not_clear_is_cleared_by_nobody(gazetteer: Gazetteer) -> None:
    reading = read("It was not clear whether the rebels had entered Azaz.", gazetteer)
    assert [(event.type, event.certainty) for event in reading.reading.events] == [("advance", "projected")]


def test_rejected_claims_are_denied_and_a_rejected_plan_is_not(gazetteer: Gazetteer) -> None:
    reading = read("Officials rejected claims that 50 civilians had died in Azaz.", gazetteer)
    assert [figure.certainty for figure in reading.reading.figures] == ["denied"]
    reading = read("Officials rejected a plan to move 50 families who had fled Azaz.", gazetteer)
    assert all(figure.certainty != "denied" for figure in reading.reading.figures)


def test_what_is_held_is_a_place(gazetteer: Gazetteer) -> None:
    reading = read("M23 now controls Goma.", gazetteer, countries=())
    assert {tuple(reading.names(pair)) for pair in reading.ties("controls")} == {("M23", "Goma")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Azaz was captured by rebels, the UN said.", ("capture", ["rebels"], [], ["Azaz"])),
        ("Azaz is besieged by the YPG, Turkey says.", ("siege", ["YPG"], [], ["Azaz"])),
        ("The army captured Azaz with Russian air support.", ("capture", ["Syrian army"], [], ["Azaz"])),
        ("The army captured Azaz from rebels.", ("capture", ["Syrian army"], ["rebels"], ["Azaz"])),
        ("Residents saw Islamic State fighters capture the town of Azaz.",
         ("capture", ["Islamic State"], [], ["Azaz"])),
        ("The YPG, a spokesman for the Turkish government said, was driven out of Azaz.",
         ("loss", ["YPG"], [], ["Azaz"])),
    ],
)  # fmt: skip
def test_who_speaks_or_helps_or_sees_takes_nothing(
    text: str, expected: tuple[str, list[str], list[str], list[str]], gazetteer: Gazetteer
) -> None:
    reading = read(text, gazetteer)
    assert expected in [told(reading, event) for event in reading.reading.events]


@pytest.mark.parametrize(
    "text",
    [
        "Analysts doubt that the army has captured Azaz.",
        "Experts question whether the army has captured Azaz.",
        "It is far from certain that the army has captured Azaz.",
        "The army nearly captured Azaz.",
        "The army has all but captured Azaz.",
        "Reports that the army had captured Azaz proved false.",
    ],
)
def test_what_is_doubted_or_nearly_so_is_not_told_as_so(text: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(text, gazetteer).events("capture")
    assert capture.certainty in ("projected", "denied")


def test_fighting_in_which_something_failed_was_there(gazetteer: Gazetteer) -> None:
    reading = read("The army failed to retake Azaz despite three days of fighting.", gazetteer)
    assert {event.type: event.certainty for event in reading.reading.events} == {"capture": "denied", "clash": "stated"}


def test_who_reports_support_is_supported_by_nobody(gazetteer: Gazetteer) -> None:
    reading = read("M23 took Sake on Monday with Rwandan support, Reuters reported.", gazetteer)
    assert "Reuters" not in {name for pair in reading.ties("supports") for name in reading.names(pair)}


def test_refugees_who_live_somewhere_are_not_killed(gazetteer: Gazetteer) -> None:
    reading = read("One in five of Turkey's 1.1 million refugees lives in Kilis.", gazetteer)
    assert "killed" not in {figure.status for figure in reading.reading.figures}


def test_an_adverb_before_the_verb_is_no_part_of_the_speaker(gazetteer: Gazetteer) -> None:
    reading = read("Russia wrongly announced the capture of Azaz.", gazetteer)
    assert [reading.names(said.speakers) for said in reading.reading.attributions] == [["Russian government"]]
