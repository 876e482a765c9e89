"""Contract: who holds what and who is with or against whom, each told by its words."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, ALEPPO, AFRIN = "gn172082", "gn170063", "gn174186"


@pytest.mark.parametrize(
    "sentence",
    [
        "They left the rebel-held town of Azaz.",
        "They left rebel held Azaz.",
        "Rebels control Azaz.",
        "Rebels who hold the town of Azaz waited.",
        "Azaz, held by insurgents since 2029, is quiet.",
        "Azaz is under the control of rebels.",
        "They left the rebel stronghold of Azaz.",
    ],
)
def test_who_holds_a_place_is_told_in_many_ways(sentence: str, gazetteer: Gazetteer) -> None:
    assert ("rebels", AZAZ) in read(sentence, gazetteer).ties("controls")


def test_since_when_a_place_is_held_is_kept(gazetteer: Gazetteer) -> None:
    (tie,) = read("Azaz, held by insurgents since 2029, is quiet.", gazetteer).reading.relations
    assert tie.when is not None
    assert tie.when.from_ == dt.date(2029, 1, 1)


def test_a_divided_city_is_held_by_both(gazetteer: Gazetteer) -> None:
    told = read("Aleppo has long been divided into rebel and government-held parts.", gazetteer)
    assert told.ties("controls") == {("rebels", ALEPPO), ("syria", ALEPPO)}


def test_holding_a_town_in_a_list_is_holding_each(gazetteer: Gazetteer) -> None:
    assert read("Rebels hold Azaz and Afrin.", gazetteer).ties("controls") == {("rebels", AZAZ), ("rebels", AFRIN)}


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels lost control of Azaz.",
        "Rebels took part in talks in Azaz.",
        "Rebels hold talks with Azaz's elders about Turkey.",
    ],
)
def test_a_word_for_control_is_not_always_control(sentence: str, gazetteer: Gazetteer) -> None:
    ties = read(sentence, gazetteer).reading.relations
    assert not [tie for tie in ties if tie.relation == "controls" and tie.certainty == "stated"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The army advanced in an offensive backed by Russia and Iran.",
        "Russia supports the Syrian army. Iran backs the Syrian army.",
        "Russian-backed Syrian troops and Iranian-backed Syrian troops moved on.",
    ],
)
def test_support_is_told_by_verb_passive_or_compound(sentence: str, gazetteer: Gazetteer) -> None:
    assert {("russia", "syrian-army"), ("iran", "syrian-army")} <= read(sentence, gazetteer).ties("supports")


def test_allies_and_enemies(gazetteer: Gazetteer) -> None:
    told = read("With allies including Hezbollah, the Syrian army moved on. Turkey is hostile to the Kurds.", gazetteer)
    assert ("hezbollah", "syrian-army") in told.ties("ally_of")
    assert ("turkey", "kurds") in told.ties("hostile_to")


def test_who_clashes_fights(gazetteer: Gazetteer) -> None:
    assert ("syrian-army", "rebels") in read("The Syrian army clashed with rebels.", gazetteer).ties("fights")


def test_the_words_of_a_relation_are_in_the_text(gazetteer: Gazetteer) -> None:
    told = read("The rebel-held town of Azaz is quiet.", gazetteer)
    assert [told.text[tie.start : tie.end] for tie in told.reading.relations] == ["rebel-held town of Azaz"]


@pytest.mark.parametrize(
    "sentence",
    [
        "They went to Azaz, which the rebels still hold.",
        "Afrin and Azaz, two towns held by the rebels, were quiet.",
        "Azaz is held by the rebels.",
    ],
)
def test_a_town_is_held_as_its_relative_clause_or_apposition_says(sentence: str, gazetteer: Gazetteer) -> None:
    held = read(sentence, gazetteer).ties("controls")
    assert ("rebels", AZAZ) in held
    assert (("rebels", AFRIN) in held) == ("Afrin" in sentence)


def test_who_holds_areas_in_and_around_a_town_does_not_hold_the_town(gazetteer: Gazetteer) -> None:
    told = read("Rebel-held areas in and around Azaz are quiet. The army controls hills near Afrin.", gazetteer)
    assert told.ties("controls") == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "Malian troops carried out ten strikes against Boko Haram positions.",
        "Malian troops work to defeat and destroy Boko Haram.",
        "Malian troops announced operations against Boko Haram.",
        "Malian troops retook the village from Boko Haram.",
        "Malian troops retook land previously held by Boko Haram.",
        "Boko Haram left in fear of Malian troops firing on Boko Haram.",
    ],
)
def test_who_strikes_takes_from_or_means_to_defeat_another_fights_it(sentence: str, gazetteer: Gazetteer) -> None:
    assert ("malian-army", "boko-haram") in read(sentence, gazetteer).ties("fights")


def test_a_coalition_fights_whom_its_name_tells(gazetteer: Gazetteer) -> None:
    told = read("The anti-ISIS coalition met. ISIS did not.", gazetteer)
    assert told.ties("fights") == {("u-s-led-coalition", "islamic-state")}


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("Malian troops struck at night in support of Kenyan troops.", "supports"),
        ("In support of Kenyan troops, Malian troops struck at night.", "supports"),
        ("Malian troops, together with Kenyan troops, moved on.", "ally_of"),
        ("Malian troops assisted Kenyan troops.", "supports"),
    ],
)
def test_who_acts_together_with_or_for_another_is_on_its_side(
    sentence: str, relation: str, gazetteer: Gazetteer
) -> None:
    assert read(sentence, gazetteer).ties(relation) == {("malian-army", "kenyan-army")}


@pytest.mark.parametrize(
    "sentence", ["Malian troops pushed back Boko Haram.", "Malian troops had support from Boko Haram."]
)
def test_a_word_for_support_is_not_always_support(sentence: str, gazetteer: Gazetteer) -> None:
    assert not read(sentence, gazetteer).ties("supports")
