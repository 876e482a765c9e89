"""Contract: a place without a name is told from the named one that it is told from, and is not that one."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.evidence.reading import RelativeTo
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


@pytest.mark.parametrize(
    ("sentence", "name", "relative"),
    [
        ("A camp 10 km north of Azaz was shelled.", "camp 10 km north of Azaz", (10.0, "north")),
        ("Shells hit a village 3 km from Azaz.", "village 3 km from Azaz", (3.0, None)),
        ("Rebels captured a hill overlooking Azaz.", "hill overlooking Azaz", (None, None)),
    ],
)
def test_a_place_without_a_name_tells_how_it_lies(
    sentence: str, name: str, relative: tuple[float | None, str | None], gazetteer: Gazetteer
) -> None:
    told = read(sentence, gazetteer)
    (apart,) = [place for place in told.reading.places if place.relative_to]
    assert (apart.name, apart.p, told.words(apart)) == (name, 0.0, [name])
    assert apart.relative_to == RelativeTo(place=AZAZ, km=relative[0], bearing=relative[1])
    assert [event.places for event in told.reading.events] == [(apart.id,)]


def test_a_named_village_is_told_by_its_name_alone(gazetteer: Gazetteer) -> None:
    told = read("The village of Marea, 20 km south of Azaz, was shelled.", gazetteer)
    assert not any(place.name.startswith("village") for place in told.reading.places)


def test_many_villages_are_no_place(gazetteer: Gazetteer) -> None:
    assert not [p for p in read("Villages 3 km east of Azaz were shelled.", gazetteer).reading.places if p.relative_to]
