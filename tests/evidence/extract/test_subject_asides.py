"""Contract: who is named in an aside between a subject and its verb does not do what the verb tells."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"
ASIDES = [
    "driven out of Homs by the army in March", "pushed back by the army last year",
    "surrounded by the army on three sides",
    "badly outnumbered by the army", "accused by the army of shelling markets", "facing the army on two sides",
    "still fighting the army around Homs", "which lost Homs to the army in March",
]  # fmt: skip


@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize("verb", ["captured", "have captured", "have since captured"])
def test_who_is_named_in_an_aside_takes_nothing_behind_it(aside: str, verb: str, gazetteer: Gazetteer) -> None:
    told = read(f"The rebels, {aside}, {verb} Azaz on Tuesday.", gazetteer)
    assert [each.actors for each in told.events("capture") if AZAZ in each.places] == [("rebels",)]


@pytest.mark.parametrize("aside", ASIDES[:7])
def test_nor_does_he_hold_it(aside: str, gazetteer: Gazetteer) -> None:
    told = read(f"The rebels, {aside}, still hold Azaz.", gazetteer)
    assert [tie for tie in told.ties("controls") if AZAZ in tie] == [("rebels", AZAZ)]


@pytest.mark.parametrize("aside", ASIDES[1:7])
def test_nor_does_he_leave_it(aside: str, gazetteer: Gazetteer) -> None:
    (left,) = read(f"The rebels, {aside}, withdrew from Azaz on Tuesday.", gazetteer).events("retreat")
    assert (left.actors, left.places) == (("rebels",), (AZAZ,))


def test_of_verbs_in_a_row_each_has_the_one_subject(gazetteer: Gazetteer) -> None:
    told = read("The rebels stormed a base, seized weapons, captured Azaz and left.", gazetteer)
    assert {each.actors for each in told.events("capture") if AZAZ in each.places} == {("rebels",)}
