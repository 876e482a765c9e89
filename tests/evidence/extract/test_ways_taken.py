"""Contract: who takes a road, a bridge, an airport or the land between two towns has taken neither town."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import crisis_of, read
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.places import Place, Road

AZAZ, ALEPPO = "gn172082", "gn170063"
TAKEN = (
    "A bridge in Azaz was captured by Hezbollah.",
    "An airport in Aleppo was seized by Hezbollah.",
    "Hezbollah took control of the road linking Azaz with Aleppo.",
    "Hezbollah seized the road between Azaz and Aleppo.",
    "Hezbollah captured a bridge between Azaz and Aleppo.",
    "Hezbollah captured the highway from Azaz to Aleppo.",
    "Hezbollah seized the main road leading to Azaz.",
    "Hezbollah captured a border crossing near Azaz.",
    "Hezbollah captured a checkpoint on the road between Azaz and Aleppo.",
    "Hezbollah seized villages between Azaz and Aleppo.",
    "Hezbollah captured the airport of Aleppo.",
    "Hezbollah took over the bridge of Azaz.",
    "The seizure of the road between Azaz and Aleppo by Hezbollah was swift.",
    "The road linking Azaz with Aleppo was captured by Hezbollah.",
    "Hezbollah captured the Azaz road.",
    "Hezbollah captured the railway station of Aleppo.",
)


@pytest.mark.parametrize("sentence", TAKEN)
def test_a_way_or_site_taken_is_no_town(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert [event.places for event in told.events("capture") if event.places] == []
    assert told.ties("controls") == set()


@pytest.mark.parametrize(
    ("sentence", "places"),
    [("Hezbollah captured Azaz and the road to Aleppo.", [(AZAZ,)]),
     ("Hezbollah seized the town of Azaz, between Aleppo and the border.", [(AZAZ,)]),
     ("Hezbollah seized Azaz, on the road linking Aleppo with Turkey.", [(AZAZ,)]),
     ("Hezbollah took control of the border town of Azaz.", [(AZAZ,)]),
     ("Hezbollah seized the road and the town of Azaz.", [(AZAZ,)]),
     ("The capture of Azaz, on the road between Aleppo and Turkey, was swift.", [(AZAZ,)])],
)  # fmt: skip
def test_a_town_taken_beside_a_road_is_taken(
    sentence: str, places: list[tuple[str, ...]], gazetteer: Gazetteer
) -> None:
    assert [event.places for event in read(sentence, gazetteer).events("capture")] == places


def test_a_road_of_the_crisis_by_its_name_is_what_is_taken(gazetteer: Gazetteer) -> None:
    towns = (Place(id="orlo", name="Orlo", kind="town"), Place(id="velm", name="Velm", kind="town"))
    crisis = crisis_of(
        towns, roads=(Road.model_validate({"id": "castle-road", "from": "orlo", "to": "velm", "length_km": 9.0}),)
    )
    told = read("Hezbollah captured the Castle road on Monday.", gazetteer, crisis=crisis)
    assert [event.places for event in told.events("capture")] == [("castle-road",)]
