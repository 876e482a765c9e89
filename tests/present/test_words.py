"""Numbers, days and lists read the same everywhere in a brief."""

from __future__ import annotations

import pytest

from tidings.evidence.reading import Figure
from tidings.evidence.vocabulary import EventType, Quantifier, Status
from tidings.present import words


def make_figure(**fields: object) -> Figure:
    told = {"id": "f", "start": 0, "end": 1, "text": "x", "status": "fled", "measure": "flow"}
    return Figure.model_validate({**told, **fields})


@pytest.mark.parametrize(
    ("quantifier", "said"),
    [("exact", "2.5 million"), ("more_than", "at least 2.5 million"), ("less_than", "up to 2.5 million"),
     ("approximately", "about 2.5 million")],
)  # fmt: skip
def test_a_figure_keeps_what_its_source_says_of_its_exactness(quantifier: Quantifier, said: str) -> None:
    assert words.figure_words(make_figure(value=2_500_000, quantifier=quantifier)) == said


def test_a_vague_figure_is_a_range_and_not_a_number() -> None:
    assert words.figure_words(make_figure(low=20_000, high=99_999)) == "20,000–99,999"


def test_what_is_unknown_is_not_zero() -> None:
    assert words.quantity_words(None, None, None) == "not known"
    assert words.quantity_words(0, None, None) == "0"


def test_households_are_not_called_people() -> None:
    assert words.counted_words(make_figure(value=10, unit="household")) == "households"
    assert words.counted_words(make_figure(value=10, unit="household", group="idp")) == "households of displaced people"


def test_millions_are_used_only_where_they_lose_nothing() -> None:
    assert words.count_words(11_000_000) == "11 million"
    assert words.count_words(1_000_500) == "1,000,500"


def test_near_certainty_is_not_written_as_certainty() -> None:
    assert words.percent_words(0.996) == "over 99 %"
    assert words.percent_words(0.004) == "under 1 %"


def test_every_word_of_the_vocabularies_has_plain_words() -> None:
    assert set(words.EVENT_WORDS) == set(EventType.__args__)  # type: ignore[attr-defined]
    assert set(words.STATUS_WORDS) == set(Status.__args__)  # type: ignore[attr-defined]


def test_what_is_feared_is_not_written_as_happened() -> None:
    assert words.status_words(make_figure(value=10, status="arrived", certainty="projected")) == "who might arrive"
    assert words.status_words(make_figure(value=10, status="killed", certainty="conditional")) == "who might be killed"
    assert words.status_words(make_figure(value=10, status="arrived", certainty="claimed")) == "arrived"
