"""Contract: who held a place until it is taken holds it no more; ways, sieges and sites are no control of a town."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, MARE = "gn172082", "gn167245"
TYPES = ("capture", "loss", "territory_transferred")


def told(text: str, gazetteer: Gazetteer) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    events = read(text, gazetteer).reading.events
    return [(event.type, event.actors, event.places) for event in events if event.type in TYPES]


@pytest.mark.parametrize(
    "text",
    ["The rebel-held town of Azaz fell to government forces on Tuesday.",
     "Rebel-held Azaz was retaken by government forces.",
     "Government forces captured rebel-held Azaz.",
     "Azaz, held by rebels since May, was retaken by government forces on Saturday.",
     "Azaz, which rebels had held since 2022, was captured by government forces.",
     "Azaz, which is controlled by rebels, was overrun by government forces.",
     "Azaz, in rebel hands since 2012, has been retaken by government forces.",
     "The town of Azaz, under rebel control since 2012, fell to government forces on Monday.",
     "Azaz, a rebel stronghold since 2012, was captured by government forces.",
     "Azaz, a mining town in Aleppo province, was captured by government forces."],
)  # fmt: skip
def test_who_takes_a_place_has_it_and_who_held_it_has_it_no_more(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [("capture", ("syrian-army",), (AZAZ,))]
    assert read(text, gazetteer).ties("controls") <= {("syrian-army", AZAZ)}


def test_a_relative_clause_keeps_the_capture_that_it_tells(gazetteer: Gazetteer) -> None:
    text = "Azaz, which had been occupied by rebels since May, was liberated by the army."
    assert told(text, gazetteer) == [("capture", ("rebels",), (AZAZ,)), ("capture", ("syrian-army",), (AZAZ,))]


@pytest.mark.parametrize(
    "text",
    ["Rebel-held Azaz was shelled.", "Azaz, which is held by rebels, was shelled on Monday.",
     "Rebel-held Azaz was nearly captured by government forces.",
     "Azaz, held by rebels since May, could be captured by government forces.",
     "Rebel-held Azaz, which the army captured in 2013, was shelled."],
)  # fmt: skip
def test_who_holds_what_is_not_taken_from_him_goes_on_holding_it(text: str, gazetteer: Gazetteer) -> None:
    stated = {(tie.subject, tie.object) for tie in read(text, gazetteer).reading.relations
              if tie.relation == "controls" and tie.certainty == "stated"}  # fmt: skip
    assert stated == {("rebels", AZAZ)}


@pytest.mark.parametrize(
    "text",
    ["Azaz, which is held by rebels, was shelled.", "Azaz, which rebels captured in June 2013, was shelled."],
)
def test_what_is_shelled_behind_an_aside_is_the_place_before_it_and_nobody_is_named(
    text: str, gazetteer: Gazetteer
) -> None:
    [shelling] = read(text, gazetteer).events("shelling")
    assert (shelling.actors, shelling.places) == ((), (AZAZ,))


def test_who_holds_a_place_now_is_not_who_is_told_to_have_held_it(gazetteer: Gazetteer) -> None:
    text = "Azaz, held by rebels since May, is now under government control."
    relations = read(text, gazetteer).reading.relations
    assert [(tie.subject, tie.object, tie.certainty) for tie in relations] == [("syria", AZAZ, "stated")]


@pytest.mark.parametrize(
    "text", ["The mayor of Azaz, a border town, was captured by rebels.",
             "A bridge in Azaz, a town held by the army, was captured by rebels."]
)  # fmt: skip
def test_people_and_things_before_an_aside_are_not_the_town(text: str, gazetteer: Gazetteer) -> None:
    assert not [places for _, _, places in told(text, gazetteer) if places]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [("Azaz was captured by government forces.", "stated"),
     ("Azaz was nearly captured by government forces.", "denied"),
     ("Azaz has yet to be captured by government forces.", "denied"),
     ("Azaz could be captured by government forces.", "projected")],
)  # fmt: skip
def test_captured_by_tells_control_as_surely_as_its_capture(text: str, certainty: str, gazetteer: Gazetteer) -> None:
    [tie] = read(text, gazetteer).reading.relations
    assert (tie.subject, tie.relation, tie.object, tie.certainty) == ("syrian-army", "controls", AZAZ, certainty)


@pytest.mark.parametrize(
    "text",
    ["The Azaz hospital was captured by government forces.", "The Azaz airport was captured by government forces.",
     "The Azaz-Aleppo road was captured by government forces.", "The road to Azaz was seized by government forces.",
     "Rebel fighters control all roads leading into Azaz.", "Rebels control the road between Azaz and Aleppo.",
     "All roads leading into Azaz are held by rebels.", "The Azaz-Aleppo road is held by rebels.",
     "Rebel-held roads to Azaz were shelled.", "The government holds Azaz under siege.",
     "Government forces are holding Azaz under a tight siege."],
)  # fmt: skip
def test_sites_roads_and_sieges_are_no_control_of_a_town(text: str, gazetteer: Gazetteer) -> None:
    assert not read(text, gazetteer).ties("controls")
    assert not [places for _, _, places in told(text, gazetteer) if places]


def test_a_town_held_beside_a_road_is_held(gazetteer: Gazetteer) -> None:
    assert read("Rebels control Azaz and the road to Mare.", gazetteer).ties("controls") == {("rebels", AZAZ)}


@pytest.mark.parametrize(
    "text",
    ["Rebels captured Azaz, but were almost driven out by government forces.",
     "Rebels captured Azaz, but were partially driven out by government forces.",
     "Rebels captured Azaz, but are slowly being driven out by government forces.",
     "Rebels captured Azaz where government forces, who held it, were driven out.",
     "Rebels captured Azaz, and its Kurdish residents fled before they were driven out."],
)  # fmt: skip
def test_who_is_not_yet_or_not_himself_driven_out_loses_nothing(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [("capture", ("rebels",), (AZAZ,))]


@pytest.mark.parametrize(
    "text",
    ["Government forces gave Azaz up to 48 hours to surrender.", "Government forces gave Azaz over a week.",
     "Government forces gave Azaz back some of its dead.", "Government forces handed Azaz over 500 prisoners.",
     "The rebels won Azaz back its freedom."],
)  # fmt: skip
def test_a_particle_that_goes_on_closes_no_verb(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == []


@pytest.mark.parametrize("rest", [".", " on Monday.", " to rebels.", " without a fight.", " after a week."])
def test_a_particle_that_closes_its_verb_hands_the_place_over(rest: str, gazetteer: Gazetteer) -> None:
    assert told(f"Government forces gave Azaz up{rest}", gazetteer)[0][::2] == ("territory_transferred", (AZAZ,))


@pytest.mark.parametrize("joint", [", but", " and", " but"])
def test_who_was_driven_out_retakes_the_town_by_a_verb_without_a_subject(joint: str, gazetteer: Gazetteer) -> None:
    text = f"ISIL was driven out of Azaz by the army on Monday{joint} retook the town on Wednesday."
    assert told(text, gazetteer) == [
        ("capture", ("syrian-army",), (AZAZ,)), ("capture", ("islamic-state",), (AZAZ,))
    ]  # fmt: skip


def test_whose_withdrawal_it_is_tells_its_own_clause(gazetteer: Gazetteer) -> None:
    text = "Government troops entered Azaz on Friday after ISIL completed its withdrawal from the city."
    [retreat] = read(text, gazetteer).events("retreat")
    assert (retreat.actors, retreat.places) == (("islamic-state",), (AZAZ,))


@pytest.mark.parametrize("who", ["Government forces'", "Government forces’", "The army's"])
def test_whose_capture_it_is_took_the_place(who: str, gazetteer: Gazetteer) -> None:
    ((kind, actors, places),) = told(f"{who} capture of Azaz is complete.", gazetteer)
    assert (kind, len(actors), places) == ("capture", 1, (AZAZ,))
