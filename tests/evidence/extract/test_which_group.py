"""Contract: 'the group', 'it' and 'they' are who was told of alone, or who did that act; of two possible ones, none."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


def taker_of_azaz(told: Read) -> tuple[str, ...]:
    return next(event.actors for event in told.events("capture") if event.places == (AZAZ,))


@pytest.mark.parametrize(
    "text",
    ["Hezbollah withdrew from Tadmur, and the army and allied YPG fighters returned. It was the first withdrawal by "
     "the group since it took Azaz in May.",
     "Hezbollah pulled out of Tadmur and the YPG moved in. The retreat of the group, which took Azaz in May, was a "
     "surprise.",
     "Hezbollah retreated from Tadmur, and YPG fighters returned to the town. It was the group's second retreat since "
     "it took Azaz."],
)  # fmt: skip
def test_the_group_is_who_did_what_it_is_told_to_have_done(text: str, gazetteer: Gazetteer) -> None:
    assert taker_of_azaz(read(text, gazetteer)) == ("hezbollah",)


@pytest.mark.parametrize(
    "text",
    ["Hezbollah clashed with the YPG in Tadmur. The group later took Azaz.",
     "YPG fighters attacked Hezbollah in Tadmur. The group captured Azaz a week later.",
     "Hezbollah left Tadmur as YPG fighters entered. The group said it had taken Azaz.",
     "Hezbollah fought the YPG in Tadmur. It later took Azaz.",
     "Hezbollah withdrew from Tadmur, and the army recaptured the town. It took Azaz in May.",
     "Hezbollah withdrew from Tadmur, and the YPG captured the town. The group took Azaz in May.",
     "YPG fighters attacked Hezbollah fighters in Tadmur. They captured Azaz."],
)  # fmt: skip
def test_of_two_that_may_be_meant_neither_takes_the_town(text: str, gazetteer: Gazetteer) -> None:
    assert taker_of_azaz(read(text, gazetteer)) == ()


@pytest.mark.parametrize(
    "text",
    ["Hezbollah withdrew from Tadmur. The group had taken Azaz in May.",
     "Hezbollah withdrew from Tadmur. The road is open. The group took Azaz in May.",
     "The army shelled Hezbollah in Tadmur. The group then took Azaz.",
     "Hezbollah took Tadmur from the YPG. It later took Azaz.",
     "Hezbollah took Tadmur. It later took Azaz.",
     "The army was helped by Hezbollah fighters. They captured Azaz.",
     "YPG forces left as Hezbollah came. It captured Azaz on Monday."],
)  # fmt: skip
def test_the_only_one_that_fits_takes_it(text: str, gazetteer: Gazetteer) -> None:
    assert taker_of_azaz(read(text, gazetteer)) == ("hezbollah",)
