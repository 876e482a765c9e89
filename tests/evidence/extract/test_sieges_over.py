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
     "The army no longer besieges Azaz.", "The siege on Azaz is over.", "The siege around Azaz has ended.",
     "Azaz's siege is over.", "Azaz's three-year siege has come to an end.", "Azaz' siege has ended.",
     "The siege on the town of Azaz was lifted.", "The siege on Azaz, imposed by the army, is over.",
     "The army's siege on Azaz is over.", "Azaz\n\nSiege lifted.", "Azaz\n\nSiege ended on 3 March.",
     "Azaz\n\nThe siege is over.", "Azaz\n\nThe siege was lifted on Monday.", "Azaz\n\nNo longer besieged.",
     "Azaz\n\nNo longer under siege.", "Azaz: siege lifted.", "Azaz: no longer besieged.",
     "In Azaz the siege is over."],
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
     "The siege of Azaz goes on.", "Azaz is surrounded on all sides.", "The siege on Azaz goes on.",
     "Azaz's siege is in its third month.", "The siege on Azaz is not over.", "The siege of Azaz was partly lifted.",
     "The siege of Azaz was tightened on Monday and the last bridge was broken.",
     "The siege of Azaz goes on and the truce was broken.", "The siege of Azaz continues, but the ban was lifted."],
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
    ("sentence", "words"),
    [
        ("Azaz is surrounded on three sides.", "surrounded on three sides"),
        ("The army has encircled Azaz from two sides.", "encircled Azaz from two sides"),
        ("Azaz is besieged on almost all sides by the army.", "besieged on almost all sides"),
        ("Azaz is besieged by the army on three sides.", "besieged by the army on three sides"),
        ("Azaz is partly encircled.", "partly encircled"),
        ("Azaz is nearly surrounded.", "nearly surrounded"),
        ("Azaz was almost completely surrounded by the army.", "almost completely surrounded"),
        ("Azaz\n\nSurrounded on three sides.", "Surrounded on three sides"),
    ],
)
def test_a_ring_that_is_open_on_a_side_is_no_siege_but_positions_in_all_its_words(
    sentence: str, words: str, gazetteer: Gazetteer
) -> None:
    told = read(sentence, gazetteer)
    (ring,) = told.reading.events
    assert (ring.type, ring.text, ring.places, ring.certainty) == ("position", words, (AZAZ,), "stated")
    assert told.names(ring.actors) == (["Syrian army"] if "army" in sentence else [])


def test_a_ring_that_is_open_on_a_side_is_as_certain_as_it_is_told(gazetteer: Gazetteer) -> None:
    for sentence, certainty in (
        ("Rebels denied that Azaz is surrounded on three sides.", "denied"),
        ("Azaz is nearly surrounded, the UN said.", "claimed"),
    ):
        assert [event.certainty for event in read(sentence, gazetteer).reading.events] == [certainty]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Azaz has been besieged since May. The siege was lifted on Monday.", [AZAZ]),
        ("Azaz was besieged. The army lifted the siege on Monday.", [AZAZ]),
        ("The siege of Mare goes on. In Azaz, the siege was lifted on Monday.", [AZAZ]),
        ("Mare\n\nBesieged.\n\nAzaz\n\nSiege of Azaz lifted.", [AZAZ]),
    ],
)
def test_the_siege_is_that_of_the_place_told_before(text: str, places: list[str], gazetteer: Gazetteer) -> None:
    assert [place for e in read(text, gazetteer).events("siege_lifted") for place in e.places] == places


def test_of_two_besieged_places_it_is_not_told_whose_siege_was_lifted(gazetteer: Gazetteer) -> None:
    text = "Azaz and Mare are besieged. The siege was lifted on Monday."
    assert [event.places for event in read(text, gazetteer).events("siege_lifted")] == [()]


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
