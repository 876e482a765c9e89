"""Contract: casualties and their cause are one event, told by the cause; a protest with force is a riot."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


def types_in(text: str, gazetteer: Gazetteer) -> list[str]:
    return [event.type for event in read(text, gazetteer).reading.events]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Three people were killed when a grenade exploded in Azaz.", "grenade"),
        ("At least nine civilians were injured in two air strikes on Azaz.", "air_strike"),
        ("Six villagers were killed by a landmine near Azaz.", "explosive_device"),
        ("Four people were wounded after a volcano erupted.", "natural_disaster"),
        ("Twelve people were killed as suicide bombers struck Azaz.", "suicide_bombing"),
        ("The air strikes killed 12 civilians in Azaz.", "air_strike"),
        ("The blast, killing eight people, shook Azaz.", "bombing"),
    ],
)
def test_casualties_with_a_cause_are_told_by_the_cause_alone(text: str, cause: str, gazetteer: Gazetteer) -> None:
    assert types_in(text, gazetteer) == [cause]


def test_killing_without_another_cause_is_an_attack(gazetteer: Gazetteer) -> None:
    assert types_in("Gunmen killed nine villagers in Azaz.", gazetteer) == ["attack_on_civilians"]


def test_a_cause_in_another_sentence_is_an_event_of_its_own(gazetteer: Gazetteer) -> None:
    text = "Gunmen killed nine villagers in Azaz. A grenade exploded in Afrin."
    assert types_in(text, gazetteer) == ["attack_on_civilians", "grenade"]


def test_the_cause_happened_where_its_casualties_were(gazetteer: Gazetteer) -> None:
    (event,) = read("Nine civilians were killed in Azaz in an air strike.", gazetteer).events("air_strike")
    assert event.places == ("gn172082",)


def test_a_shell_that_carries_gas_is_a_chemical_attack(gazetteer: Gazetteer) -> None:
    text = "The army fired mortar rounds containing chlorine gas at Azaz."
    assert types_in(text, gazetteer) == ["chemical_attack"]


@pytest.mark.parametrize("force", ["fired tear gas", "used water cannon", "threw petrol bombs"])
def test_a_protest_met_or_made_with_force_is_a_riot(force: str, gazetteer: Gazetteer) -> None:
    told = types_in(f"Police said that some {force} during a protest in Azaz.", gazetteer)
    assert "riot" in told
    assert "protest" not in told


def test_a_clash_with_protesters_is_a_riot(gazetteer: Gazetteer) -> None:
    assert types_in("Police clashed with protesters in Azaz.", gazetteer)[0] == "riot"
    assert types_in("Police clashed with gunmen in Azaz.", gazetteer) == ["clash"]


def test_a_peaceful_protest_is_a_protest(gazetteer: Gazetteer) -> None:
    assert types_in("Teachers held a protest in Azaz.", gazetteer) == ["protest"]


@pytest.mark.parametrize("day", ["on 16 March", "on March 7", "in March"])
def test_the_month_of_march_is_no_protest(day: str, gazetteer: Gazetteer) -> None:
    assert types_in(f"Rebels captured Azaz {day}.", gazetteer) == ["capture"]


def test_a_march_is_a_protest(gazetteer: Gazetteer) -> None:
    assert types_in("Students joined a march in Azaz.", gazetteer) == ["protest"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Militants attacked a police post near Azaz.", "clash"),
        ("Militants attacked a village near Azaz.", "attack_on_civilians"),
        ("The army freed several villages from the rebels.", "capture"),
        ("The two sides exchanged prisoners near Azaz.", "agreement"),
        ("The army fired a missile at Azaz.", "shelling"),
        ("Warplanes destroyed a depot in Azaz.", "air_strike"),
    ],
)
def test_what_is_acted_on_decides_what_is_told(text: str, type_: str, gazetteer: Gazetteer) -> None:
    assert types_in(text, gazetteer) == [type_]
