"""Contract: who may pass a crossing that is open, or closed, for some alone is kept in the words that tell it."""

from __future__ import annotations

import pytest

from tidings.assess.crossings_told import crossing_words, own_words


@pytest.mark.parametrize(
    ("words", "terms"),
    [("the crossing is open for pedestrians.", "open for pedestrians"),
     ("the crossing reopened on monday for pedestrians.", "for pedestrians"),
     ("the gate was opened for the wounded.", "opened for the wounded"),
     ("turkey opened the crossing for wounded people.", "for wounded people"),
     ("turkey opened its border for humanitarian cases.", "for humanitarian cases")],
)  # fmt: skip
def test_an_opening_for_some_keeps_who_may_pass(words: str, terms: str) -> None:
    told = crossing_words(words, is_opening=True)
    assert (told.is_in_part, told.terms) == (True, terms)


@pytest.mark.parametrize(
    ("words", "terms"),
    [("the crossing is closed except for pedestrians.", "except for pedestrians"),
     ("the crossing is closed for lorries but open for pedestrians.",
      "closed for lorries but open for pedestrians")],
)  # fmt: skip
def test_a_closure_with_an_exception_keeps_it(words: str, terms: str) -> None:
    told = crossing_words(words, is_opening=False)
    assert (told.is_in_part, told.terms) == (True, terms)


def test_an_opening_for_all_or_for_some_days_is_whole() -> None:
    assert not crossing_words("the crossing is open for all travellers.", is_opening=True).is_in_part
    assert not crossing_words("the crossing opened for two days.", is_opening=True).is_in_part


@pytest.mark.parametrize(
    ("words", "terms"),
    [("the crossing is closed to pedestrians.", "closed to pedestrians"),
     ("the crossing was shut to all pedestrians on monday.", "shut to all pedestrians"),
     ("turkey closed the crossing on monday to commercial traffic.", "to commercial traffic"),
     ("the crossing is closed to people on foot.", "closed to people on foot"),
     ("the crossing was closed for lorries.", "closed for lorries"),
     ("the crossing is not open to pedestrians.", "not open to pedestrians"),
     ("the crossing is closed to aid.", "closed to aid")],
)  # fmt: skip
def test_a_closure_to_some_is_of_them_alone(words: str, terms: str) -> None:
    told = crossing_words(words, is_opening=False)
    assert (told.is_of_some, told.is_in_part, told.terms) == (True, True, terms)


@pytest.mark.parametrize(
    "words",
    ["the crossing is closed.", "the crossing is closed to pedestrians and vehicles.",
     "the crossing is closed to aid and refugees.", "the crossing is closed to civilians.",
     "the crossing is closed for humanitarian reasons.", "the crossing is closed to all traffic."],
)  # fmt: skip
def test_a_closure_to_those_who_flee_or_to_all_is_whole(words: str) -> None:
    assert not crossing_words(words, is_opening=False).is_in_part


def test_a_closure_and_the_opening_behind_it_have_each_its_own_terms() -> None:
    before, behind = "turkey ", " on tuesday, but reopened it on wednesday for aid trucks only."
    closure = own_words(before, "closed the crossing", behind, is_opening=False)
    assert crossing_words(closure, is_opening=False) == (False, None, None, False)
    before = "turkey closed the crossing to pedestrians on tuesday, but "
    opening = own_words(before, "reopened it", " on wednesday for aid trucks only.", is_opening=True)
    assert crossing_words(opening, is_opening=True).terms == "for aid trucks only"


@pytest.mark.parametrize(
    "whom",
    ["to men, women and children alike", "to men and women", "for trade and travel", "to pedestrians and cargo alike",
     "to pedestrians, lorries and everyone else", "to trucks and all other traffic"],
)  # fmt: skip
def test_a_list_of_everybody_or_a_wider_word_in_it_makes_a_closure_one_for_all(whom):
    assert not crossing_words(f"the gate is closed {whom}.", is_opening=False).is_in_part


@pytest.mark.parametrize(
    "whom", ["to women and children", "to trucks and goods", "to men", "to aid and commercial goods"]
)
def test_a_list_of_some_leaves_a_closure_one_for_some(whom):
    assert crossing_words(f"the gate is closed {whom}.", is_opening=False).is_of_some


@pytest.mark.parametrize("words", ["not open at night", "not yet fully open", "not open on fridays"])
def test_what_is_not_wholly_or_not_always_open_is_restricted_and_tells_it(words):
    told = crossing_words(f"the gate is {words}.", is_opening=True)
    assert (told.is_in_part, told.terms) == (True, words)


def test_hours_behind_those_for_whom_it_is_open_are_kept_whole() -> None:
    told = crossing_words("the gate remains open for pedestrians from 6 a.m. to 3 p.m.", is_opening=True)
    assert told.terms == "open for pedestrians from 6 a.m. to 3 p.m."
