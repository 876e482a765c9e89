"""Contract: a forecast that knows more than its eve did says so, and one that knows little of late does too."""

import datetime as dt

from tidings.forecast.assumptions import evidence_warnings, file_warning, known_later, untested_days

FIRST = dt.date(2031, 3, 7)


def test_what_became_public_after_the_first_day_is_told_with_the_way_to_leave_it_out():
    (told,) = known_later(FIRST, FIRST + dt.timedelta(days=80))
    assert "begins on 2031-03-07 and takes what became public by 2031-05-26" in told.message
    assert "--as-of 2031-03-07" in told.message
    assert list(known_later(FIRST, FIRST)) == []


def test_an_old_last_bulletin_is_told_where_there_is_no_report():
    (told,) = evidence_warnings(FIRST, None, FIRST - dt.timedelta(days=31))
    assert told.code == "evidence_old"
    assert "31 days later" in told.message


def test_days_beyond_those_that_hindcasts_looked_ahead_are_told():
    (told,) = untested_days(365)
    assert "365 days ahead, and nothing beyond 90 days was tested" in told.message
    assert list(untested_days(90)) == []


def test_a_file_of_members_is_told_apart_from_the_forecast_where_reports_are_laid_over_them():
    told = file_warning("hv.nc", ["Kamp"])
    assert "hv.nc holds the members as simulated" in told
    assert "'people' at Kamp differs" in told
    assert file_warning("hv.nc", []) == ""
