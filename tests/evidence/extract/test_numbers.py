"""Contract: every number told in words or digits is found with its value, its bounds and what hedges it."""

from __future__ import annotations

import pytest

from tests.evidence.extract.reading_aids import document_of
from tidings.evidence.extract.numbers import NumberSpan, find_numbers


def numbers_in(text: str) -> list[NumberSpan]:
    return list(find_numbers(document_of(text)))


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("A total of 48,300 people came.", "48,300", 48300),
        ("Some 3.2 million came.", "3.2 million", 3_200_000),
        ("We counted 7 400 tents.", "7 400", 7400),
        ("They need 1.5m litres.", "1.5m", 1_500_000),
        ("Four hundred and twelve families came.", "Four hundred and twelve", 412),
        ("Sixty-three thousand came.", "Sixty-three thousand", 63000),
        ("Half a million left.", "Half a million", 500_000),
        ("A dozen men came.", "A dozen", 12),
        ("About 2,10,000 came.", "2,10,000", 210_000),
    ],
)
def test_a_number_has_its_value_and_covers_its_number_words_only(text: str, words: str, value: float) -> None:
    (number,) = numbers_in(text)
    assert (text[number.start : number.end], number.value) == (words, value)


@pytest.mark.parametrize(
    ("text", "quantifier", "low", "high"),
    [
        ("at least 40 came", "more_than", 40, None),
        ("well over 40 came", "more_than", 40, None),
        ("as many as 40 came", "less_than", None, 40),
        ("up to 40 came", "less_than", None, 40),
        ("fewer than 40 came", "less_than", None, 40),
        ("an estimated 40 came", "approximately", None, None),
        ("40 or more came", "more_than", 40, None),
        ("exactly 40 came", "exact", None, None),
        ("another 40 came", "exact", None, None),
    ],
)
def test_a_hedge_sets_the_bound_that_it_tells(
    text: str, quantifier: str, low: float | None, high: float | None
) -> None:
    (number,) = numbers_in(text)
    assert (number.value, number.quantifier, number.low, number.high) == (40, quantifier, low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 4,000 and 9,000 came", 4000, 9000),
        ("4,000 to 9,000 came", 4000, 9000),
        ("4,000–9,000 came", 4000, 9000),
        ("4 to 9 million came", 4_000_000, 9_000_000),
        ("four or five hundred came", 400, 500),
        ("tens of thousands came", 20_000, 99_999),
        ("several hundred came", 300, 999),
        ("dozens came", 24, 99),
    ],
)
def test_a_range_or_vague_quantity_has_bounds_and_no_value(text: str, low: float, high: float) -> None:
    (number,) = numbers_in(text)
    assert (number.value, number.low, number.high, number.quantifier) == (None, low, high, "between")


@pytest.mark.parametrize(
    "text", ["It cost $40.", "The M5 road is open.", "At 10:30 it rained.", "An F-16 flew by.", "It cost US$5 million."]
)
def test_money_names_and_times_of_day_are_no_numbers(text: str) -> None:
    assert numbers_in(text) == []


def test_a_part_of_a_number_is_told_beside_the_whole() -> None:
    part, whole = numbers_in("Half of the valley's 60,000 people came.")
    assert (part.value, part.quantifier, part.share) == (30_000, "approximately", "part")
    assert (whole.value, whole.share) == (60_000, "whole")


def test_from_one_number_to_another_is_a_change_and_no_range() -> None:
    assert [number.value for number in numbers_in("It rose from 4,000 to 9,000.")] == [4000, 9000]


def test_two_years_with_a_dash_are_no_range() -> None:
    assert all(number.quantifier == "exact" for number in numbers_in("the winter of 2012-2013"))


@pytest.mark.parametrize(
    ("text", "words", "value", "quantifier"),
    [
        ("Nearly three quarters of a million people came.", "three quarters of a million", 750_000, "approximately"),
        ("Two thirds of a million people came.", "Two thirds of a million", 666_667, "approximately"),
    ],
)
def test_a_part_of_a_scale_is_one_number(text: str, words: str, value: float, quantifier: str) -> None:
    (number,) = numbers_in(text)
    assert (text[number.start : number.end], number.value, number.quantifier) == (words, value, quantifier)


@pytest.mark.parametrize(
    ("text", "value", "quantifier", "low"),
    [
        ("More than half of Ostria's pre-war population of 2.4 million has left.", 1_200_000, "more_than", 1_200_000),
        ("Some 15 per cent of Orlo's 30,000 residents came.", 4_500, "approximately", None),
        ("At least 40% of the 30,000 residents came.", 12_000, "more_than", 12_000),
        ("Two-thirds of all 90,000 inhabitants came.", 60_000, "approximately", None),
    ],
)
def test_a_share_of_a_whole_is_reckoned(text: str, value: float, quantifier: str, low: float | None) -> None:
    part, whole = numbers_in(text)
    assert (part.value, part.quantifier, part.low, part.share) == (value, quantifier, low, "part")
    assert whole.share == "whole"


def test_a_number_out_of_another_is_a_part_of_it_with_its_own_words() -> None:
    text = "They healed 45 of the 60 wounded."
    part, whole = numbers_in(text)
    assert (text[part.start : part.end], part.value, part.quantifier, part.share) == ("45", 45, "exact", "part")
    assert (whole.value, whole.share) == (60, "whole")


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2254 people say is dead.", "Brigade 47 fighters came.", "On page 45 people die.",
        "The men of Division 30 came.", "On Highway 12 people died.", "In its resolution 1325 the council spoke.",
    ],
)  # fmt: skip
def test_the_number_of_a_text_a_road_or_a_unit_belongs_to_its_name(text: str) -> None:
    assert numbers_in(text) == []


@pytest.mark.parametrize("text", ["On the page 45 people die.", "In one brigade 47 fighters fell."])
def test_a_number_behind_a_plain_noun_counts(text: str) -> None:
    assert [number.value for number in numbers_in(text)][-1] in (45, 47)
