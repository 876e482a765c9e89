"""Contract: certainty, grade and interest multiply the odds of a claim; nobody is believed beyond the ceiling."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, report_of
from tidings.assess.reconcile import UNKNOWN
from tidings.assess.settings import load_settings
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.assess.weighing import Told, Weigher, grade_factor
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.voices import Voices

DAY = dt.date(2031, 3, 1)
NUMBERS = load_settings()
PARTIES = (
    Party(id="government", name="Government", kind="government"),
    Party(id="army", name="Army", kind="state_military", parent="government"),
    Party(id="rebels", name="Rebels"),
    Party(id="villagers", name="Villagers", kind="civilians"),
    Party(id="monitor", name="Monitor", kind="monitor"),
)


def weight(told, *, certainty="claimed", speakers=("monitor",), sources=None):
    settings = Settings.model_validate({"title": "T", "countries": ["XAA"], "sources": sources or {}})
    crisis = Crisis(Path("."), settings, parties=PARTIES)
    sides = Sides.of(PARTIES, ())
    report = report_of("Somebody said it.", DAY)
    claim = claim_of(report, controls("army", "varn"), certainty=certainty, speakers=speakers)
    return Weigher(NUMBERS, sides, SourceBook.of(crisis, sides), Voices({}), {}, {}).weigh(claim, told)


TAKEN = Told("held_by", "government")
LEFT = Told("held_by", UNKNOWN, leaver="government")


def test_the_writers_own_words_weigh_more_than_what_somebody_says():
    assert weight(TAKEN, certainty="stated", speakers=()) == pytest.approx(NUMBERS.stated)
    assert weight(TAKEN) == pytest.approx(NUMBERS.claimed)


def test_a_party_weighs_less_on_its_own_success_and_more_against_it():
    own, neutral, against = (weight(TAKEN, speakers=(who,)) for who in ("army", "monitor", "rebels"))
    assert own < neutral < against


def test_that_the_enemy_has_left_is_a_success_and_that_one_left_oneself_is_none():
    own, neutral, against = (weight(LEFT, speakers=(who,)) for who in ("rebels", "monitor", "army"))
    assert own < neutral < against


def test_who_fights_nobody_has_no_stake_in_who_holds_a_place():
    assert weight(TAKEN, speakers=("villagers",)) == weight(TAKEN, speakers=("monitor",))


def test_interest_matters_for_who_holds_a_place_alone():
    assert weight(Told("passable", "yes"), speakers=("army",)) == weight(Told("passable", "yes"))


@pytest.mark.parametrize(("surer", "less_sure"), [("A", "C"), ("C", "D"), ("D", "E"), ("C1", "C4"), ("A2", "A5")])
def test_a_better_grade_weighs_more(surer, less_sure):
    graded = [weight(TAKEN, sources={"Monitor": {"grade": grade}}) for grade in (surer, less_sure)]
    assert graded[0] > graded[1]


def test_who_cannot_be_judged_weighs_as_one_without_a_grade():
    assert weight(TAKEN, sources={"Monitor": {"grade": "F6"}}) == weight(TAKEN)


def test_nobody_is_believed_beyond_the_ceiling():
    sources = {"Rebels": {"grade": "A1"}}
    assert weight(TAKEN, certainty="stated", speakers=("rebels",), sources=sources) == NUMBERS.ceiling


def test_a_letter_and_a_number_are_one_judgement_between_both():
    a, one = NUMBERS.letters["A"], NUMBERS.digits["5"]
    assert grade_factor("A5", NUMBERS) == pytest.approx((a * one) ** 0.5)


def test_one_place_of_an_area_weighs_less_than_a_place_that_is_named():
    assert weight(replace(TAKEN, factor=NUMBERS.in_area)) < weight(TAKEN)


def test_civilians_face_nobody_and_friends_of_one_side_do_not_face_each_other():
    patrons = (Party(id="a", name="A", interest="rebels"), Party(id="b", name="B", interest="rebels"))
    sides = Sides.of((*PARTIES, *patrons), ())
    assert sides.face("government", "rebels")
    assert not any(sides.face("villagers", other) for other in ("government", "rebels", "monitor"))
    assert not sides.face("a", "b")
    assert not sides.face("a", "rebels")
    assert sides.face("a", "government")


def test_an_armed_member_makes_an_unarmed_side_armed():
    guards = Party(id="guards", name="Guards", kind="militia", parent="villagers")
    assert Sides.of((*PARTIES, guards), ()).face("villagers", "rebels")
