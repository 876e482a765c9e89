"""Words of a report: cut once, found again by an index, each at its own offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidings.core.ids import ReportId
from tidings.evidence.extract.phrasebook import PhraseBook
from tidings.evidence.extract.phrases import lines
from tidings.evidence.extract.words import Document
from tidings.evidence.report import Report

WRITTEN = st.text(alphabet="Aab’'-. ,;\n0½é“”_…!", max_size=120)


def cut(text: str) -> Document:
    return Document(Report(id=ReportId("r"), name="-", text=text))


@given(WRITTEN)
def test_a_token_is_the_text_at_its_offsets(text: str) -> None:
    document = cut(text)
    for sentence in document.sentences:
        assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
        assert list(sentence.starts) == sorted(set(sentence.starts))


@given(WRITTEN)
def test_a_line_folds_each_token_by_itself(text: str) -> None:
    for line in lines(cut(text)):
        assert line.words == tuple(token.text.lower().replace("’", "'") for token in line.tokens)
        assert line.bag == set(line.words)


@given(WRITTEN, st.frozensets(st.sampled_from(["a", "ab", "b", "0", ".", "-", "é"])))
def test_the_index_finds_what_going_through_all_words_finds(text: str, keys: frozenset[str]) -> None:
    document = cut(text)
    through = [(n, at) for n, words in enumerate(document.words) for at, word in enumerate(words) if word.key in keys]
    assert document.where(keys) == through


def test_phrases_of_a_report_are_those_of_its_sentences_in_order() -> None:
    document = cut("Air strikes hit Orlo. The strikes went on, and an air strike hit Ruma.")
    book = PhraseBook([("air strike", 1), ("strikes", 2)])
    by_sentence = [(n, *found) for n, words in enumerate(document.words) for found in book.all_in(words)]
    assert list(book.all_of(document)) == by_sentence
    assert [meaning for *_, meaning in by_sentence] == [2, 2, 1]


def test_a_sentence_ends_at_a_mark_before_a_capital_and_between_words_joined_by_a_lost_blank() -> None:
    document = cut("They fled on Monday.Rebels took Orlo in 2015.Then it fell. “It fell!” Nobody said 3.5 or J. Orlo.")
    told = [document.body[sentence.start : sentence.end] for sentence in document.sentences]
    assert told == [
        "They fled on Monday.", "Rebels took Orlo in 2015.", "Then it fell.", "“It fell!”",
        "Nobody said 3.5 or J. Orlo.",
    ]  # fmt: skip
