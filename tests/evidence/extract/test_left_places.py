"""Contract: who leaves or loses a place in passing is who the words before tell, and the place is that one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    "text",
    ["The rebels retook Azaz but lost it again.", "The rebels took Azaz before losing it to the army.",
     "Azaz was retaken by the rebels but lost again.", "The rebels took Azaz, only to lose it again days later.",
     "The rebels captured Azaz but lost it a day later."],
)  # fmt: skip
def test_who_took_a_place_and_lost_it_is_who_lost_it(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    (loss,) = told.events("loss")
    assert (told.names(loss.actors), told.names(loss.places)) == (["rebels"], ["Azaz"])


def test_who_had_to_withdraw_from_what_he_took_left_that(gazetteer: Gazetteer) -> None:
    told = read("The army took Azaz but was forced to withdraw from it.", gazetteer)
    (left,) = told.events("retreat")
    assert (told.names(left.actors), told.names(left.places)) == (["Syrian army"], ["Azaz"])


@pytest.mark.parametrize(
    "note",
    ["Russian troops left on 3 March.", "Russian troops left the town on 3 March.",
     "Russian troops departed on 3 March.",
     "Russian troops did not leave until 3 March."],
)  # fmt: skip
def test_troops_that_left_below_the_name_of_a_town_withdrew_from_it(note: str, gazetteer: Gazetteer) -> None:
    told = read(f"Azaz\n\n{note}", gazetteer)
    (left,) = told.events("retreat")
    assert left.when is not None
    assert (told.names(left.actors), told.names(left.places), left.when.from_, left.certainty) == (
        ["Russian army"], ["Azaz"], dt.date(2031, 3, 3), "stated",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Azaz\n\nResidents left on 3 March.", "Azaz\n\nThe army left 20 dead.", "Azaz\n\nThe army left mines in fields.",
     "Azaz\n\nThe army left for Aleppo on 3 March.", "The army left on 3 March.",
     "The army has left the question open in Azaz."],
)  # fmt: skip
def test_other_leaving_is_no_withdrawal(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).events("retreat") == []


def test_an_attack_repelled_below_the_name_of_a_town_is_one_on_it(gazetteer: Gazetteer) -> None:
    told = read("Azaz\n\nThe rebels held off an assault on 3 March.", gazetteer)
    (held,) = told.events("hold")
    assert (told.names(held.actors), told.names(held.places)) == (["rebels"], ["Azaz"])
