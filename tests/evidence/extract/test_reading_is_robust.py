"""Contract: figures, times and speakers are read from any text without error and in time linear in its length."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.extract.reading_aids import document_of
from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.extract.disagreements import find_disagreements
from tidings.evidence.extract.figures import find_figures
from tidings.evidence.extract.times import find_times

WORDS = st.sampled_from(
    ["said", "that", "5", "1,000", "people", "fled", '"', ",", ".", "if", "May", "between", "and", "on Monday", "which",
     "(", ")", "could", "citing", "half of", "tens of thousands", "according to", "\n", "’", "2016", "-", "of", "homes"]
)  # fmt: skip
DAY = dt.date(2031, 3, 12)


def read(text: str) -> None:
    document = document_of(text)
    attributions = find_attributions(document, ())
    found = find_figures(document, (), (), attributions, DAY)
    assert all(figure.text == text[figure.start : figure.end] for figure in found)
    assert all(attribution.content for attribution in attributions)
    find_disagreements(document, attributions, found, (), ())
    find_times(document, DAY)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_order_of_words_is_read(text: str) -> None:
    read(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_read(text: str) -> None:
    read(text)


PIECES = ["said, ", "if ", "in the last ", "1,", "1 000 ", '" ', "and ", "5 people, ", "( "]


@pytest.mark.parametrize("piece", PIECES)
def test_twenty_thousand_characters_of_one_piece_are_read(piece: str) -> None:
    read(piece * (20_000 // len(piece)))
