"""Contract: a place of the crisis is that place, whatever organisation its last word sounds like."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import crisis_of, read
from tidings.crisis.crisis import Party
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.places import Place

PLACES = (
    Place(id="tallin", name="Tallin", kind="town", country="SYR", lat=36.2, lon=37.1, other_names=("Tallin Centre",)),
    Place(id="jorum", name="Jorum University", kind="area", country="SYR", lat=36.3, lon=37.1),
    Place(id="olmo", name="Olmo Mission", kind="village", country="SYR", lat=36.4, lon=37.1),
    Place(id="abo-post", name="Abo Post", kind="camp", country="SYR", lat=36.4, lon=37.1),
)
REBELS = Party(id="north-front", name="Northern Front", kind="armed_group")


@pytest.mark.parametrize(
    ("name", "place"),
    [("Tallin Centre", "tallin"), ("Jorum University", "jorum"), ("Olmo Mission", "olmo"), ("Abo Post", "abo-post")],
)
@pytest.mark.parametrize(
    "sentence", ["The Northern Front captured {} on Monday.", "{} was captured by the Northern Front."]
)
def test_a_place_whose_name_ends_like_an_organisation_is_taken(
    name: str, place: str, sentence: str, gazetteer: Gazetteer
) -> None:
    told = read(sentence.format(name), gazetteer, crisis=crisis_of(PLACES, parties=(REBELS,)))
    (capture,) = told.events("capture")
    assert (capture.actors, capture.places) == (("north-front",), (place,))
    assert told.parties() == {"north-front"}


@pytest.mark.parametrize(
    "sentence",
    ["The Tallin Centre for Human Rights said that Azaz was calm.", "The Veskan Centre said that Azaz was calm."],
)
def test_another_body_with_such_a_name_still_speaks(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer, crisis=crisis_of(PLACES, parties=(REBELS,)))
    assert [party.kind for party in told.reading.parties] == ["monitor"]


def test_a_party_of_the_crisis_goes_before_a_place_of_its_name(gazetteer: Gazetteer) -> None:
    own = Party(id="mission", name="Olmo Mission", kind="international_organisation")
    told = read("Olmo Mission left Azaz on Monday.", gazetteer, crisis=crisis_of(PLACES, parties=(own,)))
    assert told.parties() == {"mission"}
