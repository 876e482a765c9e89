"""Contract: time expressions become half-open spans of days, and each governs only the words of its own clause."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.reading_aids import document_of
from tidings.evidence.extract.times import find_times, when_of

PUBLISHED = dt.date(2031, 3, 12)  # a Wednesday


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("on Monday", "2031-03-10", "2031-03-11"),
        ("on Wednesday", "2031-03-12", "2031-03-13"),
        ("last Wednesday", "2031-03-05", "2031-03-06"),
        ("at the weekend", "2031-03-08", "2031-03-10"),
        ("yesterday", "2031-03-11", "2031-03-12"),
        ("in the past 24 hrs", "2031-03-11", "2031-03-13"),
        ("in the last two days", "2031-03-10", "2031-03-13"),
        ("in recent days", "2031-03-05", "2031-03-13"),
        ("last week", "2031-03-03", "2031-03-10"),
        ("last month", "2031-02-01", "2031-03-01"),
        ("last year", "2030-01-01", "2031-01-01"),
        ("since 2027", "2027-01-01", None),
        ("since August 2030", "2030-08-01", None),
        ("since Friday", "2031-03-07", None),
        ("until 4 March", None, "2031-03-04"),
        ("in December", "2030-12-01", "2031-01-01"),
        ("on 8 February 2029", "2029-02-08", "2029-02-09"),
        ("on February 8, 2029", "2029-02-08", "2029-02-09"),
        ("on 2029-02-08", "2029-02-08", "2029-02-09"),
        ("between the afternoons of 7 and 14 February", "2031-02-07", "2031-02-15"),
        ("between the morning of 7 and the evening of 14 February", "2031-02-07", "2031-02-15"),
        ("from the evening of 3 to the morning of 5 February", "2031-02-03", "2031-02-06"),
        ("from the evening of 28 February to the morning of 2 March", "2031-02-28", "2031-03-03"),
        ("on the night of 3–4 February", "2031-02-03", "2031-02-05"),
        ("on the night of 3-4 February", "2031-02-03", "2031-02-05"),
        ("on the night of 28 February to 1 March", "2031-02-28", "2031-03-02"),
        ("on the nights of 3 and 4 February", "2031-02-03", "2031-02-05"),
        ("on the evening of 4 February", "2031-02-04", "2031-02-05"),
        ("over the weekend of 8 and 9 February", "2031-02-08", "2031-02-10"),
        ("on 3–5 February", "2031-02-03", "2031-02-06"),
        ("on 3 and 4 February", "2031-02-03", "2031-02-05"),
        ("late on Monday", "2031-03-10", "2031-03-11"),
        ("late on the evening of Monday", "2031-03-10", "2031-03-11"),
        ("in the week ending 12 February", "2031-02-06", "2031-02-13"),
        ("in the week to 12 February", "2031-02-06", "2031-02-13"),
        ("in the two weeks ending 12 February", "2031-01-30", "2031-02-13"),
        ("since the evening of 4 February", "2031-02-04", None),
        ("until the evening of 4 February", None, "2031-02-04"),
        ("by mid-February", None, "2031-02-20"),
        ("between 7 and 14 February", "2031-02-07", "2031-02-15"),
        ("between 27 November and 3 March", "2030-11-27", "2031-03-04"),
        ("for weeks", "2031-02-26", "2031-03-13"),
        ("for the second day", "2031-03-11", "2031-03-13"),
        ("three days ago", "2031-03-09", "2031-03-10"),
        ("on 08/02/2031", "2031-02-08", "2031-02-09"),
        ("on 02/28/2031", "2031-02-28", "2031-03-01"),
        ("on 8.2.2031", "2031-02-08", "2031-02-09"),
        ("on 2031/02/08", "2031-02-08", "2031-02-09"),
        ("overnight", "2031-03-11", "2031-03-12"),
        ("in 2028-2030", "2028-01-01", "2031-01-01"),
        ("in 2028–29", "2028-01-01", "2030-01-01"),
        ("in November 2030 and January 2031", "2030-11-01", "2031-02-01"),
        ("in November and December 2028", "2028-11-01", "2029-01-01"),
        ("on Saturday and Sunday", "2031-03-08", "2031-03-10"),
        ("on Friday, Saturday and Sunday", "2031-03-07", "2031-03-10"),
        ("on Thursday and Tuesday", "2031-03-06", "2031-03-12"),
        ("on Monday last week", "2031-03-03", "2031-03-04"),
        ("by the end of January", None, "2031-02-01"),
        ("until the end of January", None, "2031-02-01"),
        ("since the start of February", "2031-02-01", None),
        ("in the year to June 2030", "2029-07-01", "2030-07-01"),
        ("in the year ending 31 December 2030", "2030-01-01", "2031-01-01"),
        ("in the six months to June 2030", "2030-01-01", "2030-07-01"),
        ("in the first half of 2030", "2030-01-01", "2030-07-01"),
        ("in the last quarter of 2030", "2030-10-01", "2031-01-01"),
        ("in the first three months of 2030", "2030-01-01", "2030-04-01"),
        ("in the first half of February", "2031-02-01", "2031-02-16"),
        ("in summer 2029", "2029-06-01", "2029-09-01"),
        ("in the winter of 2029", "2029-12-01", "2030-03-01"),
        ("earlier this month", "2031-03-01", "2031-03-13"),
    ],
)
def test_words_of_time_are_resolved_against_the_day_of_publication(
    words: str, start: str | None, end: str | None
) -> None:
    (when,) = find_times(document_of(f"The ferry stopped {words}."), PUBLISHED)
    assert (when.text, when.from_, when.until) == (words, day(start), day(end))


def test_a_weekday_lies_ahead_where_the_sentence_looks_ahead() -> None:
    (when,) = find_times(document_of("The ferry will sail on Monday."), PUBLISHED)
    assert when.from_ == dt.date(2031, 3, 17)


def test_without_a_publication_date_relative_times_keep_their_words_and_no_days() -> None:
    (when,) = find_times(document_of("The ferry stopped on Monday."), None)
    assert (when.text, when.from_, when.until) == ("on Monday", None, None)


def test_a_month_that_is_also_a_verb_needs_its_capital() -> None:
    assert find_times(document_of("They may march north."), PUBLISHED) == ()
    assert find_times(document_of("Of the 3, 12 may march north."), PUBLISHED) == ()


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in may 2029", "2029-05-01", "2029-06-01"),
        ("on 3 may 2029", "2029-05-03", "2029-05-04"),
        ("by march 2030", None, "2030-04-01"),
    ],
)
def test_a_month_without_a_capital_is_one_before_its_year(words: str, start: str | None, end: str) -> None:
    found = find_times(document_of(f"The town was taken {words}."), PUBLISHED)

    assert [(when.from_, when.until) for when in found] == [(day(start), day(end))]


def governing(text: str, words: str) -> str | None:
    start = text.index(words)
    when = when_of(document_of(text), start, start + len(words), PUBLISHED)
    return when.text if when else None


def test_the_time_that_opens_a_sentence_governs_it() -> None:
    assert governing("On Monday the rebels, having waited, took Zeta.", "took") == "On Monday"


def test_of_two_times_the_nearer_one_governs() -> None:
    text = "They took Zeta on Monday and left Orlo on Tuesday."
    assert (governing(text, "took"), governing(text, "left")) == ("on Monday", "on Tuesday")


def test_the_time_of_speaking_does_not_govern_what_is_said() -> None:
    assert governing("The road is closed, the mayor said on Monday.", "closed") is None


def test_a_state_told_in_passing_keeps_its_time_to_itself() -> None:
    assert governing("The army cut the road to the quarter held by rebels since 2027.", "cut") is None


@pytest.mark.parametrize(
    ("text", "words", "told"),
    [
        ("The army on Sunday lifted the siege of Orlo, which rebels had besieged since 19 May 2027.", "besieged",
         "since 19 May 2027"),
        ("The army on Sunday lifted the siege of Orlo, which rebels had besieged since 19 May 2027.",
         "lifted the siege", "on Sunday"),
        ("The army lifted the siege of Orlo, which rebels had besieged since May 2027, on Sunday.", "lifted the siege",
         "on Sunday"),
        ("The army lifted the siege of Orlo, which rebels had besieged since May 2027, on Sunday.", "besieged",
         "since May 2027"),
        ("Orlo, under siege since August 2028, was hit by shells on Sunday.", "under siege", "since August 2028"),
    ],
)  # fmt: skip
def test_a_siege_and_its_end_have_their_own_times(text: str, words: str, told: str) -> None:
    start = text.index(words)
    found = when_of(document_of(text), start, start + len(words), PUBLISHED)
    assert found is not None
    assert found.text == told
    assert (found.until is None) == told.startswith("since")


def test_a_season_is_told_as_its_months_north_of_the_equator() -> None:
    (found,) = find_times(document_of("They have been there since the summer of 2027."), PUBLISHED)
    assert (found.text, found.from_, found.until) == ("since the summer of 2027", dt.date(2027, 6, 1), None)


@pytest.mark.parametrize("opening", ["After", "Following"])
def test_what_came_before_does_not_have_the_time_of_what_came_after_it(opening: str) -> None:
    text = f"{opening} raids on the hills, the army broke through on Tuesday."
    start = text.index("raids")
    assert when_of(document_of(text), start, start + 5, PUBLISHED) is None
    start = text.index("broke")
    found = when_of(document_of(text), start, start + 13, PUBLISHED)
    assert found is not None
    assert found.text == "on Tuesday"


@pytest.mark.parametrize(
    ("words", "day_of_it"),
    [
        ("The following day", "2031-03-08"), ("The day before,", "2031-03-06"), ("Two days later,", "2031-03-09"),
        ("That same week the day after", "2031-03-08"),
    ],
)  # fmt: skip
def test_a_day_may_be_told_from_the_last_day_that_was_told(words: str, day_of_it: str) -> None:
    *_, when = find_times(document_of(f"The army took Orlo on Friday. {words} it left."), PUBLISHED)
    assert when.from_ == day(day_of_it)


def test_the_following_day_of_no_day_keeps_its_words_alone() -> None:
    (when,) = find_times(document_of("The following day the army left."), PUBLISHED)
    assert (when.text, when.from_, when.until) == ("The following day", None, None)


def test_the_day_before_something_is_no_day_told_before() -> None:
    first, *rest = find_times(document_of("It rained on Friday, the day before elections in Orlo."), PUBLISHED)
    assert (first.text, rest) == ("on Friday", [])


def test_what_is_from_a_day_is_of_that_day_alone() -> None:
    (when,) = find_times(document_of("The toll from Friday's raid has risen."), PUBLISHED)
    assert (when.from_, when.until) == (dt.date(2031, 3, 7), dt.date(2031, 3, 8))


def test_the_days_of_a_noun_do_not_govern_what_still_holds() -> None:
    text = "The gains of Sunday and Monday open the way to Orlo, which rebels still hold."
    assert governing(text, "Orlo, which rebels still hold") is None


def test_the_night_of_a_weekday_is_told_by_the_weekday() -> None:
    (when,) = find_times(document_of("Shells fell overnight on Friday."), PUBLISHED)
    assert (when.text, when.from_) == ("on Friday", dt.date(2031, 3, 7))


def test_two_weekdays_of_two_events_stay_apart() -> None:
    text = "The army took Orlo on Saturday and on Sunday left it."
    assert [when.text for when in find_times(document_of(text), PUBLISHED)] == ["on Saturday", "on Sunday"]
