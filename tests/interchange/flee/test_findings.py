"""Contract: oddities of one kind and file are one line; problems are named, and only very many alike are counted."""

import pytest

from tidings.core.errors import InputError
from tidings.interchange.flee.findings import MOST_LINES, Findings, Oddity, gathered


def test_an_oddity_says_where_what_was_met_and_what_was_done():
    assert (
        str(Oddity("routes.csv:3", "a cell lacks", "It is taken as 0."))
        == "routes.csv:3: a cell lacks. It is taken as 0."
    )


def test_oddities_of_one_kind_and_file_are_gathered_with_their_lines():
    found = [Oddity(f"{file}.csv:{line}", f"row {line} is odd", "It is kept.") for file in "ab" for line in (2, 5)]
    assert [str(oddity) for oddity in gathered(found)] == [
        "a.csv:2: row 2 is odd (the like on lines 5). It is kept.",
        "b.csv:2: row 2 is odd (the like on lines 5). It is kept.",
    ]


def test_many_lines_are_counted_and_several_on_one_line_too():
    found = [Oddity(f"a.csv:{line}", "odd", "Kept.") for line in range(20)]
    assert f"and {19 - MOST_LINES} more)" in gathered(found)[0].met
    assert gathered([Oddity("a.csv:1", "odd", "Kept.")] * 3)[0].met == "odd (and 2 more like it)"


def test_a_few_problems_are_all_named_and_very_many_that_are_alike_are_one():
    found = Findings()
    for line in range(MOST_LINES):
        found.refuse(f"a.csv:{line}", "wrong", "Mend it.")
    with pytest.raises(InputError) as few:
        found.checked()
    found.refuse("a.csv:99", "wrong", "Mend it.")
    with pytest.raises(InputError) as many:
        found.checked()
    assert (len(few.value.problems), len(many.value.problems)) == (MOST_LINES, 1)
    assert "the like on lines 1, 2" in many.value.problems[0].met
