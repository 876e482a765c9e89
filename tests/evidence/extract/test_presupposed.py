"""Contract: who denies that a siege was lifted says that it lasts; a writer who tells of that does not."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    "text",
    ["The army denied that the siege of Azaz had been lifted.",
     "The army denied that its siege of Azaz had been lifted."],
)  # fmt: skip
def test_a_siege_whose_end_is_denied_lasts_on_the_word_of_who_denies_it(text: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer).reading
    (said,) = reading.attributions
    told = [(event.type, event.certainty, event.attribution) for event in reading.events]
    assert told == [("siege", "claimed", said.id), ("siege_lifted", "denied", said.id)]


def test_a_besieged_town_of_which_something_is_denied_is_so_on_the_writers_word(gazetteer: Gazetteer) -> None:
    reading = read("The army denied shelling the besieged town of Azaz.", gazetteer).reading
    assert [event.certainty for event in reading.events if event.type == "siege"] == ["stated"]
