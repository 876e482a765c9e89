"""Contract: a reading of any text keeps its promises: offsets, words, ids and amounts; time grows with the length."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.evidence.extract.hard_texts import check, mixed_texts, read_soundly, repeated, repeated_texts
from tidings.core.errors import InputError
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.extract.words import LONGEST_SENTENCE, Document
from tidings.evidence.readers import Received
from tidings.evidence.readers.registry import read_received
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

KEPT = Path(__file__).parents[2] / "cases" / "hard_texts"
"""Inputs that were read wrongly or too slowly once, or that fuzzing found: a file each."""
ONCE_SLOW = (
    'terrorist attacks" Monday; )" ', "rapes; ", "deal; – ", "landslide and ", "captured Azaz on 1 May 2016, ", "UN, ",
    "the minister said. ", "the city. ", "(", '"', "“a ", "1,1,", "Al-", "of the ", "said said ", ", ,", "\n5\n", "A. ",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(text=mixed_texts())
def test_words_of_the_lexicons_in_any_order_are_read(text: str, gazetteer: Gazetteer) -> None:
    read_soundly(text, gazetteer)


@settings(max_examples=60, deadline=None)
@given(text=repeated_texts(length=3_000))
def test_words_again_and_again_are_read(text: str, gazetteer: Gazetteer) -> None:
    read_soundly(text, gazetteer)


@pytest.mark.parametrize("period", ONCE_SLOW)
def test_twenty_thousand_characters_of_anything_are_read(period: str, gazetteer: Gazetteer) -> None:
    read_soundly(repeated(period, 20_000), gazetteer)


@pytest.mark.parametrize("file", sorted(KEPT.iterdir()), ids=lambda file: file.name)
def test_what_was_found_once_is_read(file: Path, gazetteer: Gazetteer) -> None:
    try:
        reports = read_received(Received(file.name, file.read_bytes()))
    except InputError:
        return
    for report in reports:
        check(read_report(report, gazetteer), report)


@pytest.mark.parametrize("text", ["a" * 20_000, "fled, " * 4_000, "a b " * 5_000, "(" * 20_000])
def test_a_sentence_without_end_is_cut(text: str) -> None:
    document = Document(Report(id="r", name="-", text=text))  # type: ignore[arg-type]
    assert max(sentence.end - sentence.start for sentence in document.sentences) <= LONGEST_SENTENCE
    assert "".join(text[sentence.start : sentence.end] for sentence in document.sentences) == text


def test_a_sentence_without_end_is_cut_behind_a_comma() -> None:
    text = "people fled from one town, " * 100
    document = Document(Report(id="r", name="-", text=text))  # type: ignore[arg-type]
    assert all(text[sentence.end - 1] == "," for sentence in document.sentences[:-1])


def test_superscripts_are_no_digits(gazetteer: Gazetteer) -> None:
    read_soundly("About ² 000 people fled on ² May in ² 016, ① of them from Aleppo.", gazetteer)
