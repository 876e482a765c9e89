"""Contract: a siege that has ended is lifted by nobody who laid it; a ring that is open on a side is no siege."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


@pytest.mark.parametrize(
    "sentence",
    ["The siege of Azaz has ended.", "The siege of Azaz is over.", "The siege of Azaz was broken.",
     "The three-year siege of Azaz has come to an end.", "The blockade of Azaz is finally over.",
     "The siege of Azaz by the army ended on Monday.", "Azaz is no longer besieged.", "Azaz is no longer under siege.",
     "Azaz is not besieged any more.", "Azaz is no longer surrounded by the army.",
     "The army no longer besieges Azaz."],
)  # fmt: skip
def test_a_siege_that_is_over_is_lifted(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    (lifted,) = told.events("siege_lifted")
    assert (lifted.actors, lifted.places, lifted.certainty) == ((), (AZAZ,), "stated")
    assert told.events("siege") == []


def test_that_a_siege_is_over_stays_the_word_of_who_says_so(gazetteer: Gazetteer) -> None:
    (lifted,) = read("The rebels say Azaz is no longer besieged.", gazetteer).events("siege_lifted")
    assert lifted.certainty == "claimed"


@pytest.mark.parametrize(
    "sentence",
    ["The siege of Azaz is not over.", "The siege of Azaz has not ended.", "The siege of Azaz would end soon.",
     "The siege of Azaz goes on.", "Azaz is surrounded on all sides."],
)  # fmt: skip
def test_a_siege_that_goes_on_is_a_siege(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert [event.certainty for event in told.events("siege")] == ["stated"]
    assert told.events("siege_lifted") == []


@pytest.mark.parametrize(
    "sentence",
    ["The army denied that the siege of Azaz has ended.", "The UN asked whether the siege of Azaz has ended.",
     "Nobody is safe until the siege of Azaz has ended."],
)  # fmt: skip
def test_an_end_that_is_denied_or_awaited_lifts_nothing(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).events("siege_lifted") == []


@pytest.mark.parametrize("sentence", ["Azaz is not besieged.", "Azaz has never been besieged."])
def test_a_siege_that_is_denied_was_not_lifted(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert [event.certainty for event in told.events("siege")] == ["denied"]
    assert told.events("siege_lifted") == []


@pytest.mark.parametrize(
    "sentence",
    ["Azaz is surrounded on three sides.", "The army has encircled Azaz from two sides.",
     "Azaz is besieged on almost all sides by the army.", "Azaz is partly encircled.",
     "Azaz is nearly surrounded.", "Azaz\n\nSurrounded on three sides."],
)  # fmt: skip
def test_a_ring_that_is_open_on_a_side_is_no_siege(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).events("siege") == []


@pytest.mark.parametrize(
    "text",
    [
        "The siege of Azaz goes on, the truce has ended.",
        "The siege of Azaz, imposed once the truce had ended, is in its third month.",
        "The siege of Azaz was tightened on Monday and the truce was over.",
        "The siege of Azaz ended the lives of hundreds.",
        "In the siege of Azaz 40 people were killed and hopes were ended.",
        "Residents hope the siege of Azaz is over.",
        "Once the siege of Azaz has ended, aid will come.",
        "The siege of Azaz is far from over.",
        "The siege of Azaz is hardly over.",
        "It is false that the siege of Azaz has ended.",
        "Azaz is no longer besieged only by the army.",
        "Azaz is no longer besieged by the army but by rebels.",
    ],
)
def test_what_ends_beside_a_siege_or_is_only_hoped_for_lifts_none(text: str, gazetteer: Gazetteer) -> None:
    lifted = read(text, gazetteer).events("siege_lifted")
    assert [event for event in lifted if event.certainty in BELIEVABLE] == []
