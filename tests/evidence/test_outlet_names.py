"""Contract: a source goes by one name, whichever of its names a bulletin or a claim has."""

import pytest

from tidings.crisis.crisis import Party
from tidings.evidence.outlet_names import OutletNames

MINISTER = Party(id="ada-lind", name="Ada Lind", other_names=("Relief Minister", "Åda Lind"), kind="person")
AGENCY = Party(id="agency", name="Relief Agency", other_names=("RA",), kind="humanitarian")
NAME = OutletNames.of((MINISTER, AGENCY), ("Radio Varn", "radio varn", "Berta Holm"))


@pytest.mark.parametrize(
    "written",
    ["ada-lind", "Ada Lind", "ada lind", "Åda Lind", "Relief Minister", "relief minister", "Minister Ada Lind",
     "Valdria's Relief Minister Ada Lind", "Ada Lind, Relief Minister of Valdria"],
)  # fmt: skip
def test_the_office_and_the_name_of_one_person_are_one_source(written):
    assert NAME(written) == "Ada Lind"


@pytest.mark.parametrize("written", ["agency", "RA", "relief agency"])
def test_so_are_the_names_of_an_organisation(written):
    assert NAME(written) == "Relief Agency"


@pytest.mark.parametrize(
    "written",
    ["Radio of Relief Agency", "RA and Ada Lind", "RA, Ada Lind", "RA / Ada Lind", "Wanda Lind", "Brandada Lind"],
)
def test_several_sources_and_others_with_a_like_name_are_not_that_one(written):
    assert NAME(written) == written


def test_whoever_is_in_no_table_goes_by_the_first_writing_of_those_alike():
    assert [NAME(written) for written in ("RADIO VARN", "berta-holm")] == ["Radio Varn", "Berta Holm"]
    assert NAME("Somebody") == "Somebody"
