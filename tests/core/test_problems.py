"""The contract of core.problems: the document holds every problem of an error, in order, under the contract's keys."""

from __future__ import annotations

import pytest

from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.problems import problems_document


def test_every_problem_of_an_error_is_in_the_document() -> None:
    wrong = [Problem("places.csv:2", "no id", "Give one."), Problem("roads.csv:7", "no end", "Name a place.")]
    with pytest.raises(InputError, match="no id") as met:
        raise_all(wrong)
    document = problems_document(met.value.problems).model_dump(mode="json", by_alias=True)
    assert document["schema"] == "tidings/problems@1"
    assert [problem["where"] for problem in document["problems"]] == ["places.csv:2", "roads.csv:7"]
    assert set(document["problems"][0]) == {"where", "met", "fix"}


def test_a_document_without_problems_is_there_and_empty() -> None:
    assert problems_document(()).model_dump(by_alias=True) == {"schema": "tidings/problems@1", "problems": ()}
