"""Contract: notes without a subject tell of the town that the heading above them names, and of nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"


@pytest.mark.parametrize(
    ("note", "kind", "actors"),
    [
        ("Captured by rebels on 3 March 2031.", "capture", ("rebels",)),
        ("Recaptured by Turkey on 3 March 2031.", "capture", ("turkey",)),
        ("Surrounded by rebels on 3 March 2031.", "siege", ("rebels",)),
        ("Besieged since 3 March 2031.", "siege", ()),
        ("Rebels withdrew on 3 March 2031.", "retreat", ("rebels",)),
        ("The rebels have withdrawn on 3 March 2031.", "retreat", ("rebels",)),
    ],
)
def test_a_note_tells_of_the_town_of_its_heading(
    note: str, kind: str, actors: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    (event,) = read(f"Azaz\n\n{note}", gazetteer).events(kind)
    assert (event.actors, event.places, event.certainty) == (actors, (AZAZ,), "stated")
    assert event.when is not None
    assert event.when.from_ == dt.date(2031, 3, 3)


def test_each_town_has_its_own_notes(gazetteer: Gazetteer) -> None:
    text = "Azaz\n\nCaptured by rebels on 1 March. Recaptured by Turkey on 3 March.\n\nAfrin\n\nCaptured by rebels."
    told = read(text, gazetteer).events("capture")
    assert [(event.actors, event.places) for event in told] == [
        (("rebels",), (AZAZ,)), (("turkey",), (AZAZ,)), (("rebels",), (AFRIN,)),
    ]  # fmt: skip


def test_two_notes_joined_by_and_are_two_events(gazetteer: Gazetteer) -> None:
    told = read("Azaz\n\nCaptured by rebels in January and recaptured by Turkey in March.", gazetteer)
    assert [(event.actors, event.places) for event in told.events("capture")] == [
        (("rebels",), (AZAZ,)), (("turkey",), (AZAZ,)),
    ]  # fmt: skip


def test_a_heading_that_names_no_place_ends_what_the_one_before_is_about(gazetteer: Gazetteer) -> None:
    told = read("Azaz\n\nCaptured by rebels.\n\nOther weapons\n\nSeized by Turkey in March.", gazetteer)
    assert [event.actors for event in told.events("capture")] == [("rebels",)]


def test_a_note_without_a_heading_tells_nothing(gazetteer: Gazetteer) -> None:
    assert read("Captured by rebels on 3 March.", gazetteer).events("capture") == []
    assert read("People fled from Azaz.\n\nCaptured by rebels on 3 March.", gazetteer).events("capture") == []


def test_who_withdraws_from_something_else_does_not_leave_the_town(gazetteer: Gazetteer) -> None:
    told = read("Azaz\n\nThe rebels withdrew from the talks on Monday.", gazetteer)
    assert all(event.places == () for event in told.events("retreat"))


def test_a_label_on_the_line_is_a_heading_of_that_line_alone(gazetteer: Gazetteer) -> None:
    told = read("Azaz: Besieged since 2 March. Captured by rebels on 3 March.\nSeized by Turkey.", gazetteer)
    assert [(event.type, event.places) for event in told.reading.events] == [("siege", (AZAZ,)), ("capture", (AZAZ,))]


@pytest.mark.parametrize(
    ("note", "holder", "certainty"),
    [
        ("Held by rebels.", "rebels", "stated"),
        ("Under Turkish control.", "turkey", "stated"),
        ("Still in rebel hands.", "rebels", "stated"),
        ("Control claimed by Turkey.", "turkey", "claimed"),
    ],
)
def test_a_note_tells_who_holds_the_town(note: str, holder: str, certainty: str, gazetteer: Gazetteer) -> None:
    (tie,) = read(f"Azaz\n\n{note}", gazetteer).reading.relations
    assert (tie.subject, tie.relation, tie.object, tie.certainty) == (holder, "controls", AZAZ, certainty)


def test_a_town_named_in_the_sentence_comes_before_the_heading(gazetteer: Gazetteer) -> None:
    (event,) = read("Azaz\n\nAfrin was captured by rebels on Monday.", gazetteer).events("capture")
    assert event.places == (AFRIN,)


def test_armed_people_for_a_country_are_on_its_side_and_not_its_army(gazetteer: Gazetteer) -> None:
    told = read("Azaz\n\nCaptured by pro-Turkish forces. Pro-Turkish fighters entered Afrin.", gazetteer)
    (event,) = told.events("capture")
    party = told.party(event.actors[0])
    assert (party.name, party.kind, party.parent) == ("pro-Turkish forces", "armed_group", "turkey")


def test_rebels_who_favour_a_country_stay_the_rebels(gazetteer: Gazetteer) -> None:
    assert read("The pro-Turkish rebels captured Azaz.", gazetteer).events("capture")[0].actors == ("rebels",)


def test_who_is_backed_acts_and_not_the_backer(gazetteer: Gazetteer) -> None:
    told = read("Azaz was captured by Turkish-backed separatists.", gazetteer)
    assert told.events("capture")[0].actors == ("separatists",)
    assert told.ties("supports") == {("turkey", "separatists")}


@pytest.mark.parametrize(
    "note", ["Likely captured by rebels.", '"Likely captured" by rebels.', "Probably taken by rebels."]
)
def test_what_the_writer_infers_is_claimed_and_not_stated(note: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"Azaz\n\n{note}", gazetteer).events("capture")
    assert (event.actors, event.places, event.certainty) == (("rebels",), (AZAZ,), "claimed")


def test_what_is_likely_to_happen_is_projected(gazetteer: Gazetteer) -> None:
    (event,) = read("Azaz is likely to be captured by rebels.", gazetteer).events("capture")
    assert event.certainty == "projected"


@pytest.mark.parametrize("text", ["Azaz\n\nCaptured along with Afrin by rebels on 3 March 2031.",
                                  "Azaz was captured along with Afrin by rebels on 3 March 2031."])  # fmt: skip
def test_what_was_taken_along_with_a_town_was_taken_too(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer).events("capture")
    assert [(event.actors, event.places) for event in told] == [(("rebels",), (AZAZ,)), (("rebels",), (AFRIN,))]


@pytest.mark.parametrize(
    "note", ["Contested as of 3 March 2031.", "Still contested.", "Contested by rebels and Turkey."]
)
def test_a_town_that_is_contested_is_fought_over(note: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"Azaz\n\n{note}", gazetteer).reading.events
    assert (event.type, event.places, event.certainty) == ("clash", (AZAZ,), "stated")


def test_contesting_something_else_is_no_fight(gazetteer: Gazetteer) -> None:
    assert read("The rebels contested the election in Azaz.", gazetteer).events("clash") == []


@pytest.mark.parametrize("province", ["Aleppo province", "Aleppo"])
def test_a_row_tells_of_its_first_cell_and_not_of_the_province_behind_it(province: str, gazetteer: Gazetteer) -> None:
    told = read(f"Azaz | {province} | Captured by rebels on 3 March 2031.", gazetteer)
    assert [(event.type, event.places) for event in told.reading.events] == [("capture", (AZAZ,))]
    assert told.reading.relations == ()
    (tie,) = read(f"Azaz | {province} | Held by rebels.", gazetteer).reading.relations
    assert (tie.subject, tie.object) == ("rebels", AZAZ)


def test_who_claims_to_control_the_settlement_claims_the_town_of_the_heading(gazetteer: Gazetteer) -> None:
    told = read("Azaz\n\nTurkey claims to control the settlement.", gazetteer).reading
    (tie,), (speech,) = told.relations, told.attributions
    assert (tie.subject, tie.relation, tie.object, tie.certainty) == ("turkey", "controls", AZAZ, "claimed")
    assert (tie.attribution, speech.speakers) == (speech.id, ("turkey",))


def test_who_controls_something_else_does_not_hold_the_town(gazetteer: Gazetteer) -> None:
    assert read("Azaz\n\nTurkey controls the town council.", gazetteer).reading.relations == ()


def test_control_that_is_claimed_is_on_the_word_of_who_claims_it(gazetteer: Gazetteer) -> None:
    told = read("Azaz\n\nControl claimed by Turkey.", gazetteer).reading
    (tie,), (speech,) = told.relations, told.attributions
    assert (tie.attribution, speech.speakers, speech.speaker_text) == (speech.id, ("turkey",), "Turkey")


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Captured by rebels on Monday, Afrin was calm.", "capture"),
        ("Besieged, Afrin lacks food.", "siege"),
        ("Besieged since May, residents of Afrin lack food.", "siege"),
    ],
)
def test_a_note_with_a_subject_behind_its_comma_is_about_that(note: str, kind: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"Azaz\n\n{note}", gazetteer).events(kind)
    assert event.places == (AFRIN,)


def test_who_holds_a_subject_behind_a_comma_does_not_hold_the_heading(gazetteer: Gazetteer) -> None:
    assert read("Azaz\n\nHeld by rebels since 2012, Afrin was calm.", gazetteer).ties("controls") == {("rebels", AFRIN)}
    assert read("Azaz\n\nHeld by rebels.", gazetteer).ties("controls") == {("rebels", AZAZ)}


def test_the_town_of_a_sentence_that_names_one_is_not_that_of_the_heading(gazetteer: Gazetteer) -> None:
    assert not {
        tie for tie in read("Azaz\n\nIn Afrin, rebels still hold the town.", gazetteer).ties("controls") if AZAZ in tie
    }
    assert read("Azaz\n\nRebels still hold the town.", gazetteer).ties("controls") == {("rebels", AZAZ)}


@pytest.mark.parametrize(
    "heading", ["Azaz (population 31,000)\n\n", "Azaz\n- ", "Azaz\n• Calm since May.\n• ", "* Azaz\n\n"]
)
def test_a_heading_with_brackets_and_notes_in_a_list_are_followed(heading: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"{heading}Captured by rebels on 3 March 2031.", gazetteer).events("capture")
    assert event.places == (AZAZ,)
