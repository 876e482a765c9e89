"""Contract: opinions on many questions at once are those on each alone, to the last bit, whatever was asked before."""

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assess.one_question import reconcile
from tidings.assess.fading import faded, rounded
from tidings.assess.reconcile import NOTHING, Evidence, stands_until
from tidings.assess.standings import Kept, Standings

DAY = dt.date(2031, 3, 1)
HALF_LIFE = 60.5
SUBJECTS = ("azaz", "mayer", "nubul")
odds = st.floats(0, 1, allow_nan=False)
days = st.integers(-3, 40).map(lambda n: DAY + dt.timedelta(days=n))


@st.composite
def pieces(draw, subject):
    day = draw(days)
    return Evidence(
        subject, "held_by", draw(st.sampled_from(["army", "rebels", "ypg", "unknown"])), day,
        draw(st.floats(0.01, 0.97)), f"c{draw(st.integers(0, 30))}", tuple(draw(st.sets(st.sampled_from("xyz")))),
        fresh_until=draw(st.none() | days), ends=draw(st.none() | days), changed_by=draw(st.none() | days),
        is_dated=draw(st.booleans()), told_in=draw(st.sampled_from("uvw")),
    )  # fmt: skip


told = st.fixed_dictionaries({subject: st.lists(pieces(subject), max_size=7).map(tuple) for subject in SUBJECTS})


@settings(max_examples=150, deadline=None)
@given(told, st.lists(days, min_size=1, max_size=5))
def test_every_opinion_is_that_of_its_question_alone_in_whatever_order_days_are_asked(evidence, asked):
    standings = Standings.of(evidence, HALF_LIFE)
    for day in asked:
        opinions = standings.on(day)
        for subject in SUBJECTS:
            assert opinions(subject) == reconcile(evidence[subject], day, HALF_LIFE)


@settings(max_examples=50, deadline=None)
@given(told, told, days, days)
def test_evidence_that_is_another_on_a_day_is_weighed_anew(evidence, others, first, second):
    standings = Standings.of(evidence, HALF_LIFE)
    standings.on(first)
    opinions = standings.on(second, {"azaz": others["azaz"]})
    assert opinions("azaz") == reconcile(others["azaz"], second, HALF_LIFE)
    assert opinions("mayer") == reconcile(evidence["mayer"], second, HALF_LIFE)


@settings(max_examples=50, deadline=None)
@given(told, days, days)
def test_how_long_a_question_stands_is_at_hand_where_it_was_asked_of_a_day_since_which_it_stands(evidence, first, day):
    standings = Standings.of(evidence, HALF_LIFE)
    standings.on(first)
    for subject in SUBJECTS:
        expected = stands_until(evidence[subject], day)
        is_at_hand = first <= day < stands_until(evidence[subject], first)
        assert standings.stands_until(subject, day) == (expected if is_at_hand else None)


@settings(max_examples=50, deadline=None)
@given(told, days, days)
def test_a_day_that_was_asked_stays_what_it_was_when_others_are_asked(evidence, first, second):
    standings = Standings.of(evidence, HALF_LIFE)
    opinions = standings.on(first)
    before = {subject: opinions(subject) for subject in SUBJECTS}
    standings.on(second)
    assert {subject: opinions(subject) for subject in SUBJECTS} == before


def test_of_a_subject_that_nobody_told_of_nothing_is_known():
    said = Evidence("azaz", "held_by", "rebels", DAY, 0.9, "c1")
    opinions = Standings.of({"azaz": (said,)}, HALF_LIFE).on(DAY)
    assert opinions("idlib") == NOTHING
    rows = opinions.rows(["idlib", "azaz"])
    assert opinions.unknown[rows].tolist() == [1.0, 0.1]
    assert opinions.column("rebels")[rows].tolist() == [0.0, 0.9]
    assert opinions.column("army")[rows].tolist() == [0.0, 0.0]


def test_other_claims_have_another_version_and_no_claims_none():
    pieces = tuple(
        Evidence("azaz", "held_by", "rebels", DAY + dt.timedelta(days=n), 0.9, f"c{n}", (f"v{n}",)) for n in (0, 5)
    )
    standings = Standings.of({"azaz": pieces}, HALF_LIFE)
    versions = [int(standings.on(DAY + dt.timedelta(days=n)).versions[0]) for n in (-1, 0, 3, 5, -1)]
    assert versions[0] == versions[-1] == 0
    assert versions[1] == versions[2]
    assert len({0, *versions[2:4]}) == 3


@given(st.lists(odds, min_size=1), st.integers(1, 9))
def test_many_numbers_are_rounded_as_one_is(values, digits):
    assert rounded(np.array(values), digits).tolist() == [round(value, digits) for value in values]


@given(st.integers(0, 10**6), st.sampled_from([-1e-16, 0.0, 1e-16]))
def test_numbers_in_the_middle_of_two_are_rounded_as_one_is(number, off):
    value = (number + 0.5) / 10**6 + off
    assert rounded(np.array([value]), 6).tolist() == [round(value, 6)]


@given(st.lists(st.lists(odds, min_size=2, max_size=2), min_size=1, max_size=5), st.integers(0, 4_000))
def test_faded_odds_and_the_unknown_sum_to_one_and_what_is_nearly_gone_is_gone(rows, n_days):
    shares = np.array(rows) / 2
    left, unknown = faded(shares, np.full(len(rows), n_days), HALF_LIFE)
    assert np.allclose(left.sum(axis=1) + unknown, 1.0)
    assert ((left == 0) | (left >= 4.99e-4)).all()


def test_only_rows_with_other_keys_have_changed():
    kept = Kept()
    assert kept.changed(np.array([[1, 0], [2, 0]])).tolist() == [0, 1]
    assert kept.changed(np.array([[1, 0], [2, 5]])).tolist() == [1]
    assert kept.changed(np.array([[1, 0]])).tolist() == [0], "other rows altogether"
