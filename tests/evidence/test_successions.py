"""Contract: a later count of the same thing by the same voice stands in the place of the earlier; both stay."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from tests.evidence.articles import article
from tests.evidence.making import DAY, claim_of, figure
from tidings.core.dates import DateSpan
from tidings.evidence.successions import successors_of
from tidings.evidence.voices import Voices


def day(number):
    return DAY + dt.timedelta(days=number)


def told(value, *, days=0, of=None, by="Post", says=("ministry",), certainty="claimed", at=("varn",), **fields):
    """Return a figure published on a day, of a day."""
    report = article(f"{value} {fields} {at}", day(days), publisher=by)
    claim = claim_of(
        report, figure("sheltered", value, at, **fields), speakers=says, certainty=certainty, valid_from=day(of or days)
    )
    return report, claim


def succeeded(*pairs):
    claims = [claim for _, claim in pairs]
    found = successors_of(claims, Voices.of((), [report for report, _ in pairs], claims))
    names = {claim.id: number for number, claim in enumerate(claims)}
    return {names[earlier]: names[later.claim] for earlier, later in found.items()}


def test_a_later_figure_of_the_same_voice_stands_in_the_place_of_the_earlier():
    assert succeeded(told(100), told(120, days=1), told(90, days=2)) == {0: 1, 1: 2}


def test_later_is_the_day_of_which_it_tells_and_then_the_day_of_publication():
    late_report_of_an_early_day = told(100, days=5, of=1)
    assert succeeded(told(120, days=3), late_report_of_an_early_day) == {1: 0}
    assert succeeded(told(120, days=3), told(130, days=4, of=3)) == {0: 1}


def test_a_correction_of_the_same_day_takes_the_place_of_what_it_corrects():
    assert succeeded(told(1_000, days=1), told(100, days=2, of=1)) == {0: 1}


def test_two_figures_of_the_same_days_stand_side_by_side():
    assert succeeded(told(100), told(120)) == {}


def test_the_same_number_told_again_replaces_nothing_and_goes_with_it():
    assert succeeded(told(100), told(100, days=1, by="Courier")) == {}
    assert succeeded(told(100), told(100, days=1, by="Courier"), told(120, days=2)) == {0: 2, 1: 2}


def test_a_publisher_s_own_figures_follow_one_another_and_nobody_s_do_not():
    assert succeeded(told(100, says=()), told(120, says=(), days=1)) == {0: 1}
    assert succeeded(told(100, says=(), by=None), told(120, says=(), by=None, days=1)) == {}


@pytest.mark.parametrize(
    "other",
    [
        {"says": ("monitor",)}, {"at": ("tolm",)}, {"at": ("varn", "tolm")}, {"at": ()}, {"unit": "household"},
        {"group": "refugee"}, {"extent": "part"}, {"measure": "flow"}, {"certainty": "projected"},
        {"certainty": "denied"}, {"origin": ("tolm",)},
    ],
    ids=str,
)  # fmt: skip
def test_a_figure_of_another_thing_or_voice_takes_nothing_s_place(other):
    assert succeeded(told(100), told(120, days=1, **other)) == {}


def test_flows_do_not_replace_one_another():
    assert succeeded(told(100, measure="flow"), told(120, days=1, measure="flow")) == {}


def test_a_figure_of_a_time_that_is_over_does_not_replace_one_of_today():
    (report, before), now = told(30_000, days=1), told(2_000)
    before = replace(before, valid=DateSpan.of(None, day(-100)))
    assert succeeded((report, before), now) == {0: 1}


def test_the_order_in_which_figures_are_given_is_irrelevant():
    figures = [told(100), told(120, days=1), told(120, days=2, by="Courier"), told(90, days=2, of=1)]
    claims = [claim for _, claim in figures]
    voices = Voices.of((), [report for report, _ in figures], claims)
    assert len({str(sorted(successors_of(order, voices).items())) for order in permutations(claims)}) == 1
