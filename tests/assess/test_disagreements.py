"""Contract: news is no disagreement: who has said otherwise since, or told of days before, denies nothing."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, event, reading_of, report_of
from tidings.assess.assess import assess
from tidings.assess.disagreements import disagreement_on
from tidings.assess.reconcile import Evidence
from tidings.crisis.crisis import Crisis, Settings
from tidings.evidence.claim import TextSpan
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
WHEN = {"from": DAY, "until": DAY + dt.timedelta(days=1), "text": "on Monday", "span": (0, 9)}
CRISIS = Crisis(
    Path("."),
    Settings(title="T", countries=("XAA",)),
    Geography(
        (Place(id="varn", name="Varn", lat=10, lon=20), Place(id="tolm", name="Tolm", lat=11, lon=20)),
        (Road.model_validate({"id": "way", "from": "varn", "to": "tolm"}),),
        (Crossing(id="x", name="X", side_a="varn", side_b="tolm"),),
    ),
)


def disagreed(folder, *told, words="It was {} on Monday."):
    """Return what sources disagree on by what each told on a day."""
    ledger = Ledger.create(folder / "ledger.db")
    for content, days, voice in told:
        text = words.format(content.text)
        report = report_of(f"{voice}: {text}", DAY + dt.timedelta(days=days), publisher=voice)
        start = report.text.index(content.text)
        span = TextSpan(report=report.id, start=start, end=start + len(content.text))
        claim = replace(claim_of(report, content, valid_from=report.published), source=span)
        ledger.append(report, reading_of(report), [claim], received_at=NOW)
    situation = assess(CRISIS, ledger.as_of(DAY), on=DAY, as_of=DAY)
    return {matter.subject for matter in situation.disagreements}


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


def turned(answer, voice, days):
    return said(answer, voice, days, is_turn=True, is_dated=True)


def test_a_reopening_on_a_later_day_is_news_to_who_told_of_an_earlier_one():
    assert answers(said("no", "herald"), turned("yes", "gazette", 2)) == []


def test_who_tells_of_the_day_of_a_reopening_or_of_a_later_one_denies_it():
    assert answers(said("no", "herald", 2), turned("yes", "gazette", 2)) == ["no", "yes"]
    assert answers(said("no", "herald", 0, fresh_until=DAY + dt.timedelta(days=3)), turned("yes", "gazette", 2)) == [
        "no",
        "yes",
    ]


def test_a_cut_overtakes_the_reopening_before_it():
    assert answers(turned("yes", "herald", 1), turned("no", "gazette", 2)) == []


def test_a_change_of_which_no_day_is_told_overtakes_nothing():
    undated = said("yes", "gazette", 2, is_turn=True)
    assert answers(said("no", "herald"), undated) == ["no", "yes"]


@pytest.mark.parametrize(
    ("before", "change", "subject"),
    [
        (
            event("siege", ("varn",), text="besieged"),
            event("siege_lifted", ("varn",), text="lifted", when=WHEN),
            "varn",
        ),
        (event("road_cut", ("way",), text="shut"), event("road_opened", ("way",), text="reopened", when=WHEN), "way"),
        (event("road_opened", ("way",), text="open"), event("road_cut", ("way",), text="cut", when=WHEN), "way"),
        (
            event("crossing_opened", ("x",), text="open"),
            event("crossing_closed", ("x",), text="closed", when=WHEN),
            "x",
        ),
    ],
)
def test_a_dated_change_in_a_report_overtakes_what_another_told_the_day_before(tmp_path, before, change, subject):
    assert subject not in disagreed(tmp_path, (before, -1, "herald"), (change, 0, "gazette"))


@pytest.mark.parametrize(
    ("before", "state", "subject"),
    [
        (event("road_cut", ("way",), text="shut"), event("road_opened", ("way",), text="open", when=WHEN), "way"),
        (event("crossing_opened", ("x",), text="open"), event("crossing_closed", ("x",), text="shut", when=WHEN), "x"),
    ],
)
def test_a_state_that_is_told_of_a_day_denies_what_another_told_the_day_before(tmp_path, before, state, subject):
    assert subject in disagreed(tmp_path, (before, -1, "herald"), (state, 0, "gazette"), words="It is still {}.")


def test_a_claim_and_its_denial_by_another_voice_disagree():
    denial = said("unknown", "b", 1, left_by="rebels", is_denial=True)
    assert answers(said("rebels", "a"), denial) == ["not rebels", "rebels"]
    assert answers(said("rebels", "a"), said("unknown", "a", 0, left_by="rebels", is_denial=True)) == []
    assert answers(said("army", "a"), denial) == []
    assert answers(said("rebels", "a"), said("unknown", "b", 1, left_by="rebels")) == []
    assert answers(said("rebels", "a"), said("army", "b", 1, left_by="rebels", is_denial=True), denial) == [
        "army", "rebels"
    ]  # fmt: skip
