"""Contract: who may pass a crossing that is open, or closed, for some alone is kept in the words that tell it."""

from __future__ import annotations

import pytest

from tidings.assess.crossings_told import crossing_words


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
