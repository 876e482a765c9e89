"""Contract: a time told by the turn that ended it governs the figures near it, and is over."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.reading_aids import document_of
from tidings.evidence.extract.bygone import bygone_of
from tidings.evidence.reading import When

PUBLISHED = dt.date(2031, 3, 12)


def bygone(text: str, words: str, published: dt.date | None = PUBLISHED) -> When | None:
    start = text.index(words)
    return bygone_of(document_of(text), start, start + len(words), published)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Before the war some 900 people lived in Zeta.", "Before the war"),
        ("Some 900 people lived in Zeta before the latest round of fighting.", "before the latest round of fighting"),
        ("Some 900 people lived in Zeta prior to the siege.", "prior to the siege"),
        ("Zeta used to be home to 900 people.", "used to"),
        ("Zeta, formerly a port of 900 people, is empty.", "formerly"),
    ],
)
def test_the_words_that_tell_it_are_kept(text: str, told: str) -> None:
    found = bygone(text, "900 people")
    assert found is not None
    assert (found.text, found.from_, found.until) == (told, None, PUBLISHED)
    assert found.span is not None
    assert text[slice(*found.span)] == told


def test_the_turns_own_day_ends_it() -> None:
    found = bygone("Some 900 people lived in Zeta before the war of 2027.", "900 people")
    assert found is not None
    assert found.until == dt.date(2027, 1, 1)


def test_without_a_day_of_publication_the_end_stays_open() -> None:
    found = bygone("Before the war some 900 people lived in Zeta.", "900 people", None)
    assert found is not None
    assert (found.from_, found.until) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Some 900 people live in Zeta, down from 4,000 before the war.",
        "Zeta was a port before the war, but now 900 people live there.",
        "They left before noon, and 900 people stayed.",
        "Once the road opens, 900 people will leave.",
        "Some 900 people live in Zeta, which was a port before the war.",
        "Some 900 people remain in Zeta out of a pre-war population of 4,000.",
        "Some 900 people remain in Zeta out of a population of 4,000.",
        "Zeta, normally home to 4,000 people, shelters 900 people.",
    ],
)
def test_what_is_told_of_today_is_not_over(text: str) -> None:
    assert bygone(text, "900 people") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Some 400 remain in Zeta out of a pre-war population of 900 people.", "pre-war"),
        ("Some 400 remain in Zeta out of a population of 900 people.", "out of"),
        ("Zeta, normally home to 900 people, has 400 residents.", "normally"),
        ("Zeta, with a usual population of 900 people, is empty.", "usual"),
        ("The 900 pre-war inhabitants, 900 people, have left.", "pre-war"),
    ],
)
def test_who_lives_in_a_place_in_usual_times_and_out_of_how_many_some_remain_is_of_before(text: str, told: str) -> None:
    found = bygone(text, "900 people" if "900 people" in text else "900")
    assert found is not None
    assert found.text == told
