"""Contract: what a party denies by the way is denied on its own word, as in 'X denied'."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    "text",
    ["The army, which denies besieging Azaz, said it would let aid through.",
     "The army, which denies losing Azaz, sent reinforcements.",
     "The army took Aleppo, denying it had lost Azaz."],
)  # fmt: skip
def test_a_denial_in_an_aside_is_the_word_of_the_subject(text: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer).reading
    speakers = {said.id: said.speakers for said in reading.attributions}
    denied = [event for event in reading.events if event.certainty == "denied"]
    assert [speakers[event.attribution or ""] for event in denied] == [("syrian-army",)]
