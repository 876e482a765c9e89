"""Contract: a source alone in brackets at the end of a sentence tells it; letters of a name before them do not."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Some 54 people were injured in Azaz (White Helmets)", "White Helmets"),
        ("Rebels captured Azaz (SOHR).", "Syrian Observatory for Human Rights"),
        ("Some 300 families fled Azaz (source: OCHA, 5 February).", "OCHA"),
    ],
)
def test_what_ends_in_a_source_is_claimed_by_it(sentence: str, speaker: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    (said,) = told.reading.attributions
    assert told.names(said.speakers) == [speaker]
    records = (*told.reading.figures, *told.reading.events)
    assert {record.certainty for record in records} == {"claimed"}


@pytest.mark.parametrize(
    "sentence",
    [
        "A convoy reached a hospital of the World Health Organization (WHO).",
        "A convoy was sent to Azaz by the Karvel Relief Fund (KRF).",
        "Some 300 families fled to camps of UNHCR (Azaz).",
        "Rebels captured Azaz (Islamic State).",
    ],
)
def test_other_brackets_say_nothing(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).reading.attributions == ()


def test_a_sentence_with_a_speaker_is_theirs(gazetteer: Gazetteer) -> None:
    (said,) = read("The mayor said 300 families fled Azaz (OCHA).", gazetteer).reading.attributions
    assert said.speaker_text == "The mayor"


def test_a_quotation_behind_it_does_not_go_on_with_the_source(gazetteer: Gazetteer) -> None:
    text = 'Some 300 families fled Azaz (OCHA). "The road was full of carts and people on foot."'
    (said,) = read(text, gazetteer).reading.attributions
    assert len(said.content) == 1
