"""Contract: short notes below the name of a town tell who holds it, who took it, and whose word that is."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.assess.wording import Wording, is_of_some
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


@pytest.mark.parametrize(
    "note",
    ["Held by rebels.", "Still firmly held by rebels.", "Partially controlled by rebels.", "Back under rebel control.",
     "Rebel-held since March 2031.", "Changed hands several times; now held by rebels.",
     "The rebels are in full control."],
)  # fmt: skip
def test_a_note_tells_who_holds_the_town(note: str, gazetteer: Gazetteer) -> None:
    (tie,) = read(f"Azaz\n\n{note}", gazetteer).reading.relations
    assert (tie.subject, tie.relation, tie.object, tie.certainty) == ("rebels", "controls", AZAZ, "stated")


@pytest.mark.parametrize(
    "note",
    ["Control claimed by rebels.", "Recapture claimed by rebels.", "The rebels claim control.",
     "The rebels claimed capture on 3 March.", "Likely held by rebels."],
)  # fmt: skip
def test_a_note_of_what_somebody_claims_or_reports_is_a_claim(note: str, gazetteer: Gazetteer) -> None:
    (tie,) = read(f"Azaz\n\n{note}", gazetteer).reading.relations
    assert (tie.subject, tie.relation, tie.object, tie.certainty) == ("rebels", "controls", AZAZ, "claimed")


@pytest.mark.parametrize("note", ["Claimed recaptured by rebels.", "Reported recaptured by rebels."])
def test_a_capture_that_is_claimed_or_reported_is_a_claim(note: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"Azaz\n\n{note}", gazetteer).events("capture")
    assert (event.actors, event.places, event.certainty) == (("rebels",), (AZAZ,), "claimed")


@pytest.mark.parametrize(
    "note",
    ["Attempted capture by rebels.", "Never captured by rebels.", "Not held by rebels.", "Once held by rebels.",
     "Briefly held by rebels.", "To be controlled by rebels under the deal.", "The rebels do not retain control."],
)  # fmt: skip
def test_what_was_tried_or_never_was_is_not_told(note: str, gazetteer: Gazetteer) -> None:
    told = read(f"Azaz\n\n{note}", gazetteer)
    believed = [each for each in (*told.events("capture"), *told.reading.relations) if each.certainty in BELIEVABLE]
    assert believed == []


@pytest.mark.parametrize(
    "text",
    ["Azaz\n\nRecaptured by Turkey on 3 March 2031.", "Azaz\n\nRecaptured on 3 March 2031 by Turkey.",
     "Azaz\n\nTaken back by Turkey on 3 March 2031.", "Azaz\n\nRecaptued by Turkey on 3 March 2031.",
     "Azaz\n\nTurkey took back control on 3 March 2031.", "Turkey retook Azaz on 3 March 2031.",
     "Turkey regained control of Azaz on 3 March 2031.", "Azaz\n\nTurkey re-established control on 3 March 2031."],
)  # fmt: skip
def test_a_country_takes_a_town(text: str, gazetteer: Gazetteer) -> None:
    (event,) = read(text, gazetteer).events("capture")
    assert (event.actors, event.places) == (("turkey",), (AZAZ,))
    assert event.when is not None
    assert event.when.from_ == dt.date(2031, 3, 3)


@pytest.mark.parametrize(
    "note",
    ["Captured by rebels before being recaptured by Turkey.",
     "Briefly captured by rebels before being retaken by Turkey.",
     "Captured by rebels; recaptured by Turkey."],
)  # fmt: skip
def test_of_two_captures_in_a_note_both_are_told_in_their_order(note: str, gazetteer: Gazetteer) -> None:
    told = read(f"Azaz\n\n{note}", gazetteer).events("capture")
    assert [(event.actors, event.places) for event in told] == [(("rebels",), (AZAZ,)), (("turkey",), (AZAZ,))]


@pytest.mark.parametrize("note", ["Ukrainian-held.", "Still Ukrainian-held since March.", "Ukrainian-occupied"])
def test_a_country_that_holds_a_town_is_told_by_its_adjective(note: str, gazetteer: Gazetteer) -> None:
    assert read(f"Azaz\n\n{note}", gazetteer).ties("controls") == {("ukraine", AZAZ)}


@pytest.mark.parametrize(
    "text",
    ["Azaz\n\nThe rebels control most of the town.", "The rebels control most of Azaz.",
     "The rebels hold more than half of the town of Azaz.", "Most of Azaz is held by rebels.",
     "Nearly all of Azaz is under rebel control."],
)  # fmt: skip
def test_who_holds_most_of_a_town_holds_it(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).ties("controls") == {("rebels", AZAZ)}


@pytest.mark.parametrize("text", ["The rebels control areas in Azaz.", "The rebels hold parts of Azaz."])
def test_who_holds_parts_of_a_town_has_a_foothold_in_the_words_that_tell_it(text: str, gazetteer: Gazetteer) -> None:
    found = read(text, gazetteer)
    assert found.ties("controls") == {("rebels", AZAZ)}
    (tie,) = (tie for tie in found.reading.relations if tie.relation == "controls")
    assert is_of_some(Wording("", text[tie.start : tie.end].lower(), ""))


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The army claims to hold Azaz.", "syrian-army"),
        ("The army still claims to control Azaz.", "syrian-army"),
        ("The army claims it holds Azaz.", "syrian-army"),
        ("The Syrian government claims control of Azaz.", "syria"),
        ("The Syrian government claims full control of Azaz.", "syria"),
        ("The Turkish military claims control of Azaz.", "turkish-army"),
        ("The coalition claims to be in control of Azaz.", "coalition"),
        ("The rebels claim to hold Azaz.", "rebels"),
    ],
)
def test_who_claims_to_hold_a_place_says_so_himself(text: str, holder: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer).reading
    (tie,) = reading.relations
    assert (tie.subject, tie.certainty) == (holder, "claimed")
    assert [said.speakers for said in reading.attributions if said.id == tie.attribution] == [(holder,)]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [("The army's claims to hold Azaz were false.", "denied"), ("Azaz is claimed to be held by the army.", "claimed")],
)
def test_claims_of_others_are_told_as_they_are(text: str, certainty: str, gazetteer: Gazetteer) -> None:
    (tie,) = read(text, gazetteer).reading.relations
    assert tie.certainty == certainty


@pytest.mark.parametrize(
    "note",
    [
        "Hospital damaged; run by rebels.",
        "The airport was hit; held by rebels.",
        "Bridge destroyed; now held by rebels.",
    ],
)
def test_a_note_on_a_site_lends_it_to_the_next(note: str, gazetteer: Gazetteer) -> None:
    assert read(f"Azaz\n\n{note}", gazetteer).ties("controls") == set()


@pytest.mark.parametrize("note", ["Town damaged; run by rebels.", "Heavy fighting; still held by rebels."])
def test_a_note_behind_what_happened_to_the_town_is_of_the_town(note: str, gazetteer: Gazetteer) -> None:
    assert read(f"Azaz\n\n{note}", gazetteer).ties("controls") == {("rebels", AZAZ)}


@pytest.mark.parametrize(
    "note",
    ["Ruled by Turkey? No.", "Held by rebels?", "Under rebel control? Not any more.", "Captured by rebels? No.",
     "Still in rebel hands?"],
)  # fmt: skip
def test_a_note_that_asks_tells_nothing(note: str, gazetteer: Gazetteer) -> None:
    told = read(f"Azaz\n\n{note}", gazetteer).reading
    assert [each for each in (*told.events, *told.relations) if each.certainty in BELIEVABLE] == []


@pytest.mark.parametrize(
    "note",
    ["Turkey says Russia no longer claims control.", "Turkey says Russia no longer controls the town.",
     "Turkey says Russia has ceased to claim full control."],
)  # fmt: skip
def test_who_says_that_another_gave_up_is_not_the_holder(note: str, gazetteer: Gazetteer) -> None:
    told = read(f"Azaz\n\n{note}", gazetteer).reading
    assert [tie.subject for tie in told.relations if tie.certainty in BELIEVABLE] == []
    assert "turkey" not in {tie.subject for tie in told.relations}


def test_a_row_of_an_unknown_place_is_not_of_the_place_above(gazetteer: Gazetteer) -> None:
    rows = "Azaz | Held by rebels\nXyzville | Allegedly still held by the army"
    assert read(rows, gazetteer).ties("controls") == {("rebels", AZAZ)}
    assert read("Azaz\n\nXyzville | Held by the army", gazetteer).ties("controls") == set()
    assert read("Azaz\n\nStatus | Held by the army", gazetteer).ties("controls") == {("syrian-army", AZAZ)}


def test_librated_in_a_note_is_a_slip_for_liberated(gazetteer: Gazetteer) -> None:
    (event,) = read("Azaz\n\nLibrated by rebels on 3 March 2031.", gazetteer).events("capture")
    assert (event.text, event.actors, event.places) == ("Librated", ("rebels",), (AZAZ,))


@pytest.mark.parametrize(
    ("note", "certainty"),
    [("Fell to rebels.", "stated"), ("Fell to rebels on 3 March.", "stated"),
     ("Confirmed captured by rebels.", "stated"), ("Partially captured by rebels.", "stated"),
     ('"Likely captured" by rebels.', "claimed"), ("Captured by rebels (claimed).", "claimed")],
)  # fmt: skip
def test_a_note_of_what_befell_the_town_tells_who_took_it(note: str, certainty: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"Azaz\n\n{note}", gazetteer).events("capture")
    assert (event.actors, event.places, event.certainty) == (("rebels",), (AZAZ,), certainty)


def test_a_town_that_is_but_claimed_is_held_by_nobody_s_word_but_the_claimant_s(gazetteer: Gazetteer) -> None:
    (tie,) = read("Azaz\n\nClaimed by rebels.", gazetteer).reading.relations
    assert (tie.subject, tie.relation, tie.object, tie.certainty) == ("rebels", "controls", AZAZ, "claimed")
