"""Contract: neighbouring speeches contradict one another only where both answer one question and the text shows it."""

from __future__ import annotations

import pytest

from tests.evidence.extract.reading_aids import document_of
from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.extract.contradictions import Contradiction, contradictions
from tidings.evidence.reading import Event


def found_in(text: str, *events: Event) -> list[Contradiction]:
    document = document_of(text)
    return list(contradictions(document, find_attributions(document, ()), events))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Zetaland says that its boats guard the bay. Orlonia says that they guard mainly the oil.", "boats guard"),
        ("The mayor said the mill was burnt by rockets. But farmers said the mill was burnt by boys.", "mill"),
        ("The mayor said the old road was open. Farmers said the old road was not open.", "old road"),
        (
            "Accounts differ. The mayor said a stove lit the mill. Farmers said a shell hit the mill.",
            "mill",
        ),
    ],
)
def test_other_answers_to_one_question_contradict_one_another(text: str, topic: str) -> None:
    (found,) = found_in(text)
    assert found.topic == topic
    assert (found.first.id, found.second.id, found.is_denial) == ("a1", "a2", False)


@pytest.mark.parametrize(
    "text",
    [
        "The Hill Guard said that its men had seized the ridge. The mayor denied that any farm had been lost.",
        "The Hill Guard said that its men had burnt the mill. The mayor denied the claim.",
        "The Hill Guard said that its men had burnt the mill. The mayor denied that the mill had burnt.",
    ],
)
def test_a_denial_contradicts_the_claim_before_it(text: str) -> None:
    (found,) = found_in(text)
    assert found.is_denial


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said the mill was shut. Farmers said the mill was shut too.",
        "The mayor said that Zeta had only one mill. Farmers said that Zeta had asked for aid.",
        "The mayor said bread was short. The Hill Guard denied that it had burnt the barns.",
        "The mayor said the mill was burnt.\nFarmers said mainly the mill was burnt.",
    ],
)
def test_agreement_other_questions_and_other_paragraphs_are_no_contradiction(text: str) -> None:
    assert found_in(text) == []


def test_events_of_one_kind_answer_one_question() -> None:
    text = "The Hill Guard said that it now sat on the ridge. The mayor denied that any farm had changed hands."
    first, second = text.index("sat on"), text.index("changed hands")
    events = [
        Event(id="e1", type="capture", start=first, end=first + 6, text="sat on"),
        Event(id="e2", type="loss", start=second, end=second + 13, text="changed hands"),
    ]
    assert found_in(text) == []
    assert len(found_in(text, *events)) == 1
