"""Contract: who leaves a town or whose garrison surrenders has lost it; 'the rebels' are those named before."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import crisis_of, read
from tidings.crisis.crisis import Party
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"


@pytest.mark.parametrize(
    "text",
    ["The YPG acknowledged it had left Azaz.", "The YPG left Azaz on Monday.", "YPG fighters left Azaz in March.",
     "Fighting went on in Azaz. The YPG acknowledged it had left the town.",
     "Azaz was shelled. Erdogan confirmed that YPG fighters had left the town."],
)  # fmt: skip
def test_who_leaves_a_town_retreats_from_it(text: str, gazetteer: Gazetteer) -> None:
    (event,) = read(text, gazetteer).events("retreat")
    assert (event.actors, event.places) == (("ypg",), (AZAZ,))


@pytest.mark.parametrize(
    "text", ["The army left Azaz in ruins.", "The army left Azaz without power.", "Residents left Azaz on Monday."]
)
def test_how_a_town_is_left_and_who_flees_it_is_no_retreat(text: str, gazetteer: Gazetteer) -> None:
    assert not read(text, gazetteer).events("retreat")


@pytest.mark.parametrize(
    "subject", ["The army garrison in Azaz", "The garrison of the town of Azaz", "The Azaz garrison", "Azaz"]
)
def test_to_whom_the_garrison_surrenders_takes_the_town(subject: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"{subject} surrendered to the YPG.", gazetteer).events("capture")
    assert (event.actors, event.places) == (("ypg",), (AZAZ,))


def test_soldiers_from_a_town_who_surrender_do_not_give_it_up(gazetteer: Gazetteer) -> None:
    assert not read("Soldiers from Azaz surrendered to the YPG.", gazetteer).events("capture")


@pytest.mark.parametrize("words", ["took up positions around Azaz", "seized posts overlooking the town of Azaz"])
def test_who_stands_around_a_town_has_not_taken_it(words: str, gazetteer: Gazetteer) -> None:
    assert not any(event.places for event in read(f"The army {words}.", gazetteer).events("capture"))


def test_a_bare_noun_stands_for_the_last_group_whose_name_ends_in_it(gazetteer: Gazetteer) -> None:
    told = read("Tuareg rebels captured Azaz. The rebels also took Afrin.", gazetteer)
    assert [event.actors for event in told.events("capture")] == [("tuareg-rebels",)] * 2
    others = read("Tuareg rebels left Azaz. Rebels fought in Mare. The rebels also took Afrin.", gazetteer)
    assert [event.actors for event in others.events("capture")] == [("rebels",)]


@pytest.mark.parametrize("name", ["The joint force", "The Joint Force"])
def test_a_crisis_name_of_several_words_counts_in_any_case(name: str, gazetteer: Gazetteer) -> None:
    crisis = crisis_of(parties=(Party(id="jf", name="Joint Force", kind="coalition"),))
    (event,) = read(f"{name} drove the YPG out of Azaz.", gazetteer, crisis=crisis).events("capture")
    assert (event.actors, event.text, event.places) == (("jf",), "drove", (AZAZ,))


def test_an_adjective_of_a_place_is_neither_a_capture_nor_the_place_of_its_residents(gazetteer: Gazetteer) -> None:
    told = read("Residents of Russian-occupied Azaz said that water was cut.", gazetteer)
    assert not told.events("capture")
    assert "resident-azaz" in told.parties()


def test_a_chief_of_staff_is_named_by_his_name(gazetteer: Gazetteer) -> None:
    told = read("Chief of the General Staff Anton Velk said that troops had arrived.", gazetteer)
    assert "anton-velk" in told.parties()
