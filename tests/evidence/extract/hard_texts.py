"""Texts that are hard to read, made of the lexicons' own words, and what holds for the reading of any text."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml
from hypothesis import strategies as st

from tidings.core.ids import ReportId
from tidings.core.schema import Schema
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.reading import Reading
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

DAY = dt.date(2016, 2, 8)
LENGTH = 20_000
"""Characters up to which a text may be hard."""
NUMBERS = (
    "1", "5", "1,1", "1,000", "1 000", "1.5", "12.5 million", "half of", "a third of the", "tens of thousands",
    "250'000", "999999999999", "0", "-5", "10,000–15,000", "10-20", "2016", "5/6/2016", "10:30", "$5", "5%", "no. 5",
    "¹²³", "½", "٢٥٠", "１２", "1e9", "0x1f", "seventy-two", "hundred and", "thousand", "between 5 and", "from 5 to",
    "1st",
)  # fmt: skip
NAMES = (
    "Aleppo", "Azaz", "Al", "Al-", "Deir ez-Zor", "Ahmed", "Mr. Ali", "A.", "B", "SDF", "US", "UN", "EU", "the Army",
    "McX", "Bab al-Salama", "Turkey", "Turkish", "Syrian", "New York", "of the", "North", "O'Neil", "İ", "ß", "Ǆ",
    "X-Y-Z", "aA", "Monday", "May", "8 February", "8 February 2016", "last week", "on Tuesday", "two days ago",
    "25 km north of",
)  # fmt: skip
MARKS = (
    ",", ".", ";", ":", "!", "?", "…", "-", "–", "—", "/", "(", ")", "[", "]", "{", "<", ">", "*", "#", "|", "_", "@",
    "&", '"', "“", "”", "«", "»", "'", "’", "‘", "'s", "’s", "``", "\\", "=", "+", "~", "$", "%", "•", "­",
    "https://x.y/z",
)  # fmt: skip
ODD = (
    "\n", "\n\n", "\t", "\r", "\r\n", " ", "\u00a0", "\u202f", "\u2028", "\x0b", "\x0c", "\x00", "\x1b[31m", "\x1b",
    "\x85", "\u200b", "\u00ad", "\u202e", "\ufeff", "\u0301", "e\u0301", "\ufb01", "\ufe0f", "\U0001f600", "\u0627",
    "\u4e00", "ﷺ", "\ufffd", "\ud800", "\U000e0041", "²", "٬", "\u0130", "\u0345",
)  # fmt: skip
CLAUSES = (
    "the army said", "the UN reported that", "said by the mayor", ", quoted by the UN", ", as quoted by SANA",
    "was quoted as saying by", "according to rebels", "rebels captured Azaz", "was captured by", "held by rebels",
    "lost Azaz to", "lift the siege of", "1,000 people were killed", "another 3,000 people fled", "who had fled Azaz",
    "and so was", "; on Friday, Jarablus", "in their hands", "denied that", "the road to Aleppo is closed",
)  # fmt: skip
"""Parts of sentences, so that whole ones are made, and broken off."""
GLUES = ("", " ", ", ", ". ", "\n", "\n\n", " and ", '" ', "-", " of ", "; ")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (word for pair in value.items() for part in pair for word in _strings(part))
    elif isinstance(value, list):
        yield from (word for part in value for word in _strings(part))


@cache
def lexicon_words() -> tuple[str, ...]:
    """Return every word and phrase of the lexicons."""
    folder = resources.files("tidings.evidence.extract") / "lexicon" / "en"
    books = [yaml.safe_load(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml")]
    return tuple(sorted({word for book in books for word in _strings(book)}))


@cache
def pieces() -> st.SearchStrategy[str]:
    """Return words, numbers, names, marks and odd characters; each kind as often as the others."""
    words = st.sampled_from(lexicon_words())
    capital = words.map(lambda word: word[:1].upper() + word[1:])
    others = (st.sampled_from(kind) for kind in (NUMBERS, NAMES, CLAUSES, MARKS, ODD, GLUES))
    return st.one_of(words, capital, words.map(str.upper), *others, st.text(max_size=3))


def mixed_texts(max_pieces: int = 60) -> st.SearchStrategy[str]:
    """Return texts of pieces in any order."""
    glued = st.lists(st.tuples(pieces(), st.sampled_from(GLUES)), max_size=max_pieces)
    return glued.map(lambda pairs: "".join(part for pair in pairs for part in pair))


@st.composite
def repeated_texts(draw: st.DrawFn, length: int = LENGTH) -> str:
    """Return texts in which a few pieces are repeated again and again."""
    period = "".join(piece + draw(st.sampled_from(GLUES)) for piece in draw(st.lists(pieces(), min_size=1, max_size=6)))
    before, after = draw(st.sampled_from(("", "He said that ", '"', "Aleppo "))), draw(pieces())
    return repeated(period, length - len(before) - len(after), before, after)


def repeated(period: str, length: int, before: str = "", after: str = "") -> str:
    """Return a period repeated up to a length."""
    return before + (period * (length // max(1, len(period)) + 1))[:length] + after


def report_of(text: str, **fields: Any) -> Report:
    """Return a report with a day and a language."""
    given = {"published": DAY, "language": "en", **fields}
    return Report(id=ReportId("r"), name="-", text=text, **given)


def read_soundly(text: str, gazetteer: Gazetteer, **fields: Any) -> Reading:
    """Read a text and check what holds for every reading."""
    report = report_of(text, **fields)
    reading = read_report(report, gazetteer)
    check(reading, report)
    return reading


def check(reading: Reading, report: Report) -> None:
    """Check the contract of a reading: offsets, words, ids and amounts."""
    text = report.text
    assert reading.report.characters == len(text)
    assert reading.report.furniture == report.furniture
    for span in spans_of(reading):
        assert 0 <= span[0] <= span[1] <= len(text), span
    for record in (*reading.figures, *reading.events):
        assert record.start < record.end
        assert record.text == text[record.start : record.end]
    for when in (record.when for record in (*reading.events, *reading.relations) if record.when):
        assert when.span is None or when.text in (None, text[slice(*when.span)])
    _check_amounts(reading)
    _check_ids(reading)
    Reading.model_validate_json(reading.model_dump_json(by_alias=True))


def spans_of(value: object) -> Iterator[tuple[int, int]]:
    """Yield every span in a record."""
    if isinstance(value, Schema):
        start, end = getattr(value, "start", None), getattr(value, "end", None)
        if start is not None and end is not None:
            yield start, end
        for name in type(value).model_fields:
            yield from spans_of(getattr(value, name))
    elif isinstance(value, tuple):
        if len(value) == 2 and all(type(part) is int for part in value):
            yield value
        else:
            yield from (span for part in value for span in spans_of(part))


def _check_amounts(reading: Reading) -> None:
    for figure in reading.figures:
        told = [amount for amount in (figure.low, figure.value, figure.high) if amount is not None]
        assert told, figure
        assert all(math.isfinite(amount) and amount >= 0 for amount in told), figure
        assert told == sorted(told), figure


def _check_ids(reading: Reading) -> None:
    places, parties = _unique(reading.places), _unique(reading.parties)
    said, events, figures = _unique(reading.attributions), _unique(reading.events), _unique(reading.figures)
    for figure in reading.figures:
        assert {*figure.at, *figure.origin, *figure.destination} <= places
        assert figure.same_as is None or figure.same_as in figures
    for event in reading.events:
        assert set(event.places) <= places
        assert {*event.actors, *event.targets} <= parties
        assert event.same_as is None or event.same_as in events
        assert event.condition is None or event.condition.event is None or event.condition.event in events
    for record in (*reading.figures, *reading.events, *reading.relations):
        assert record.attribution is None or record.attribution in said
    for relation in reading.relations:
        assert relation.subject in parties
        assert relation.object in (places if relation.relation == "controls" else parties)
    assert {speaker for each in reading.attributions for speaker in each.speakers} <= parties
    assert {one for each in reading.disagreements for p in each.positions for one in p.attributions} <= said
    assert {place.relative_to.place for place in reading.places if place.relative_to} <= places


def _unique(records: Sequence[Any]) -> set[str]:
    ids = [record.id for record in records]
    assert len(ids) == len(set(ids)), ids
    return set(ids)
