"""Contract: news is no disagreement: who has said otherwise since, or told of days before, denies nothing."""

import datetime as dt

from tidings.assess.disagreements import disagreement_on
from tidings.assess.reconcile import Evidence

DAY = dt.date(2031, 3, 10)


def said(answer, voice, days=0, **fields):
    day = DAY + dt.timedelta(days=days)
    return Evidence("varn", "held_by", answer, day, 0.9, f"{voice}{days}", (voice,), **fields)


def taken(answer, voice, days):
    return said(answer, voice, days, changed_by=DAY + dt.timedelta(days=days), is_dated=True)


def answers(*pieces):
    found = disagreement_on("varn", "held_by", pieces, DAY + dt.timedelta(days=5), window_days=3)
    return sorted(position.value for position in found.positions) if found else []


def test_two_voices_that_differ_disagree():
    assert answers(said("army", "herald"), said("rebels", "gazette", 1)) == ["army", "rebels"]


def test_one_voice_that_tells_otherwise_later_has_news():
    assert answers(said("army", "herald"), said("rebels", "herald", 1), said("rebels", "gazette")) == []


def test_a_capture_on_a_later_day_is_news_to_who_told_of_an_earlier_one():
    assert answers(taken("army", "herald", 0), taken("rebels", "gazette", 2)) == []


def test_who_tells_of_the_place_on_the_day_of_a_capture_or_later_denies_it():
    still = said("army", "herald", fresh_until=DAY + dt.timedelta(days=3))
    assert answers(still, taken("rebels", "gazette", 2)) == ["army", "rebels"]
