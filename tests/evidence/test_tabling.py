"""Contract: a kind that a report tells is written into a row that nobody touched, and into no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.making import reading_of, report_of
from tidings.crisis.crisis import Crisis, Settings
from tidings.evidence.extract.places import UNRESOLVED
from tidings.evidence.reading import PlaceRecord
from tidings.evidence.tabling import UNLOCATED, retold_places
from tidings.geography.graph import Geography
from tidings.geography.places import Place

REPORT = report_of("The village of Karsin was calm.")
TELLING = reading_of(
    REPORT, places=(PlaceRecord(id=f"{UNRESOLVED}karsin", name="Karsin", kind="village", mentions=((15, 21),)),)
)


def crisis_with(**fields: object) -> Crisis:
    told = {"id": f"{UNRESOLVED}karsin", "name": "Karsin", "kind": "town", "note": UNLOCATED, **fields}
    geography = Geography((Place.model_validate(told),), (), ())
    return Crisis(Path("."), Settings(title="a", countries=("SYR",)), geography, (), ())


def test_a_row_that_nobody_touched_takes_the_kind_that_ranks_higher() -> None:
    assert [place.kind for place in retold_places(crisis_with(), TELLING)] == ["village"]


@pytest.mark.parametrize("kind", ["city", "camp", "admin2", "region", "border"])
def test_a_kind_that_ranks_as_high_or_that_no_report_gives_stays(kind: str) -> None:
    assert retold_places(crisis_with(kind=kind), TELLING) == ()


@pytest.mark.parametrize("touched", [{"note": "seen on a map"}, {"population": 900}, {"other_names": ("Qarsin",)}])
def test_a_row_that_a_person_touched_keeps_its_kind(touched: dict[str, object]) -> None:
    assert retold_places(crisis_with(**touched), TELLING) == ()
