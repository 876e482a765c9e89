"""Contract: claims that disagree give probabilities that sum to one, whatever the order in which they came."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assess.one_question import reconcile
from tidings.assess.reconcile import UNKNOWN, Evidence

DAY = dt.date(2031, 3, 1)
HALF_LIFE = 100.0


def said(answer, days=0, reliability=0.8, claim="c1", voices=("monitor",)):
    return Evidence("varn", "held_by", answer, DAY + dt.timedelta(days=days), reliability, claim, voices)


pieces = st.builds(
    said,
    st.sampled_from(["army", "rebels", UNKNOWN]),
    st.integers(0, 30),
    st.floats(0.05, 0.97),
    st.sampled_from(["c1", "c2", "c3", "c4"]),
    st.sampled_from([("monitor",), ("army",), ("ministry",)]),
)


@given(st.lists(pieces, max_size=8), st.integers(0, 60))
def test_probabilities_sum_to_one_and_lie_between_zero_and_one(evidence, days):
    odds = reconcile(evidence, DAY + dt.timedelta(days=days), HALF_LIFE).odds
    assert sum(odds.values()) == pytest.approx(1.0, abs=1e-5)
    assert all(-1e-6 <= p <= 1 + 1e-6 for p in odds.values())


@given(st.lists(pieces, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_adding_is_irrelevant(evidence, random):
    shuffled = random.sample(evidence, len(evidence))
    on = DAY + dt.timedelta(days=30)
    assert reconcile(evidence, on, HALF_LIFE) == reconcile(shuffled, on, HALF_LIFE)


@given(pieces)
def test_a_copy_changes_no_probability(piece):
    on = DAY + dt.timedelta(days=30)
    assert reconcile([piece, piece], on, HALF_LIFE).odds == reconcile([piece], on, HALF_LIFE).odds


@given(st.lists(pieces, max_size=5), st.lists(pieces, max_size=3))
def test_what_holds_from_a_later_day_does_not_change_an_earlier_one(evidence, later):
    on = DAY + dt.timedelta(days=30)
    after = [said(p.answer, 31 + k, p.reliability) for k, p in enumerate(later)]
    assert reconcile(evidence, on, HALF_LIFE) == reconcile([*evidence, *after], on, HALF_LIFE)


def test_no_claim_is_unknown_never_a_default():
    assert reconcile([], DAY, HALF_LIFE).odds == {UNKNOWN: 1.0}


def test_a_second_independent_voice_makes_an_answer_surer():
    one = reconcile([said("army")], DAY, HALF_LIFE).odds["army"]
    two = reconcile([said("army"), said("army", claim="c2", voices=("ministry",))], DAY, HALF_LIFE).odds["army"]
    assert two > one


def test_a_voice_that_repeats_itself_is_fresher_and_not_surer():
    daily = [said("army", days=k, claim=f"c{k}") for k in range(20)]
    on = DAY + dt.timedelta(days=19)
    assert reconcile(daily, on, HALF_LIFE).odds["army"] == pytest.approx(0.8, abs=1e-6)
    assert reconcile(daily, on, HALF_LIFE).since == DAY


def test_a_voice_that_changes_its_mind_no_longer_speaks_for_what_it_said():
    opinion = reconcile([said("army"), said("rebels", days=1, claim="c2")], DAY + dt.timedelta(days=1), HALF_LIFE)
    assert opinion.odds["rebels"] == pytest.approx(0.8)
    assert "army" not in opinion.odds


def test_a_newer_claim_outweighs_an_older_one():
    opinion = reconcile([said("army"), said("rebels", days=3, claim="c2")], DAY + dt.timedelta(days=3), HALF_LIFE)
    assert opinion.likeliest == "rebels"
    assert opinion.since == DAY + dt.timedelta(days=3)
    assert opinion.claims == ("c1", "c2")


def test_two_equal_voices_of_one_day_share_the_probability():
    odds = reconcile([said("army"), said("rebels", claim="c2", voices=("ministry",))], DAY, HALF_LIFE).odds
    assert odds["army"] == pytest.approx(odds["rebels"])


def test_an_opinion_that_nobody_renews_fades_to_unknown_with_its_half_life():
    odds = reconcile([said("army", reliability=0.8)], DAY + dt.timedelta(days=100), HALF_LIFE).odds
    assert odds["army"] == pytest.approx(0.4)
