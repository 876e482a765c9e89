"""Contract: how far each source is off is learnt as-of; a worse one counts less; one source alone changes nothing."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.records import record, reports
from tests.forecast.test_no_leak import methods_told
from tidings.crisis.crisis import Bulletin
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.history import history_of
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.record import series_of
from tidings.forecast.reports_told import report_of
from tidings.forecast.sources import PRIOR_COUNT, SourceError, source_errors, source_warnings, weighed
from tidings.forecast.state_space import state_space_quantiles
from tidings.forecast.trend import trend_quantiles

FITTED = packaged_parameters().without(None)
HORIZONS = (1, 30, 60)
WRONG = (1.0, 1.6, 0.7, 1.4, 0.6, 1.5, 0.8)


def of(source, told):
    return tuple(replace(report, source=source) for report in told)


def good(place="near", until=200):
    return of("good", reports(place, {day: 1000 + 5 * day for day in range(0, until, 10)}))


def bad(place="near", start=5, until=200, late=0):
    days = range(start, until, 10)
    told = {day: round((1000 + 5 * day) * WRONG[n % len(WRONG)]) for n, day in enumerate(days)}
    return tuple(replace(r, published=r.day + late) for r in of("bad", reports(place, told)))


def foretold(told, origin=199):
    made = record(told, corrections=())
    return Tidings(CarriedSeries(FITTED))(made.seen(origin), HORIZONS)


def as_bytes(told, origin=199):
    return {key: row.tobytes() for key, row in foretold(told, origin).items()}


def width(quantiles):
    return quantiles[6] - quantiles[2]


def test_the_source_that_jumps_about_has_the_larger_error():
    errors = source_errors([*good(), *bad()])
    assert 2 * errors["good"].share < errors["bad"].share


def test_a_bias_against_the_steadier_source_is_an_error():
    steady = of("biased", reports("near", {day: 1.5 * (1000 + 5 * day) for day in range(5, 190, 10)}))
    errors = source_errors([*good(), *steady, *bad("far"), *good("far")])
    n = errors["biased"].n_compared
    assert errors["biased"].share == pytest.approx(np.log(1.5) * np.sqrt(n / (n + PRIOR_COUNT)), rel=0.05)


STEP = {day: 5000.0 if day < 62 else 15000.0 for day in range(96)}


@pytest.mark.parametrize("origin", [67, 75, 95])
def test_two_sources_that_tell_of_one_sudden_rise_are_no_worse_for_it(origin):
    monthly = reports("near", {day: STEP[day] for day in range(0, 96, 30)})
    weekly = reports("near", {day: STEP[day] for day in range(3, 96, 7)})
    apart = foretold((*of("a", monthly), *of("b", weekly)), origin)
    together = foretold((*of("a", monthly), *of("a", weekly)), origin)
    for key, levels in together.items():
        assert apart[key] == pytest.approx(levels, rel=0.01)


def test_a_source_that_tells_of_nobody_at_a_place_is_compared_with_nothing_there():
    nobody = of("none", reports("near", dict.fromkeys(range(0, 40, 10), 0)))
    for told in (good() + nobody, of("a", nobody) + of("b", good())):
        assert all(error.n_compared == 0 for error in source_errors(told).values())


def test_naming_the_source_of_another_place_changes_nothing():
    here = of("b", reports("near", {day: STEP[day] for day in range(0, 80, 7)}))
    flat = reports("far", dict.fromkeys(range(0, 80, 7), 900))
    apart, together = foretold((*here, *of("a", flat)), 79), foretold((*here, *of("b", flat)), 79)
    for key, levels in together.items():
        np.testing.assert_array_equal(apart[key], levels)


def test_with_few_reports_a_source_is_drawn_towards_the_pooled_error():
    few = source_errors([*good(), *bad(until=26)])["bad"]
    many = source_errors([*good(), *bad()])["bad"]
    assert few.variance < many.variance
    assert few.n_compared < many.n_compared


def test_the_shrinkage_is_that_of_a_scaled_inverse_chi_square_prior():
    flat = of("flat", reports("near", dict.fromkeys(range(0, 90, 10), 900)))
    none = of("none", reports("far", {0: 900}))
    errors = source_errors([*flat, *none, *bad("other")])
    squares = errors["bad"].variance * (PRIOR_COUNT + errors["bad"].n_compared)
    pooled = errors["none"].variance
    n = errors["bad"].n_compared
    assert errors["none"].n_compared == 0
    assert squares - PRIOR_COUNT * pooled == pytest.approx(pooled * (n + errors["flat"].n_compared))


def test_the_delay_of_a_source_is_the_median_from_the_day_counted():
    errors = source_errors([*good(), *bad(late=12)])
    assert (errors["good"].delay_days, errors["bad"].delay_days) == (0, 12)
    (warning,) = source_warnings(errors)
    assert "bad is off by" in warning.message
    assert "published 12 days after the day counted" in warning.message


def test_a_late_report_is_used_as_of_the_day_that_it_counts():
    late = tuple(replace(report, published=report.day + 9) for report in good())
    assert as_bytes(late, 199) == as_bytes(good(until=191), 199)


def test_one_source_is_forecast_to_the_byte_as_reports_without_any():
    unnamed = tuple(replace(report, source="") for report in good())
    assert source_errors(good()) == {}
    assert record(good()).seen(199).series[0].noise is None
    assert as_bytes(good()) == as_bytes(unnamed)


def test_histories_without_noise_are_forecast_to_the_byte_as_those_with_none():
    days, people = np.arange(0, 100, 10), np.linspace(900, 4000, 10)
    plain, quiet = history_of(days, people, 100), history_of(days, people, 100, np.zeros(10))
    leads = np.array([30.0])
    for part, fitted in ((trend_quantiles, FITTED.trend), (state_space_quantiles, FITTED.state_space)):
        assert part([plain], leads, fitted).tobytes() == part([quiet], leads, fitted).tobytes()


@pytest.mark.parametrize("part", ["trend", "state_space"])
def test_a_last_report_of_a_worse_source_moves_a_forecast_less_and_leaves_it_wider(part):
    quantiles = {"trend": trend_quantiles, "state_space": state_space_quantiles}[part]
    days, people = np.arange(0, 110, 10), np.array([1000.0] * 10 + [1500.0])
    noise = np.array([0.0] * 10 + [0.16])
    lead, fitted = np.array([30.0]), getattr(FITTED, part)
    before, trusted = (
        quantiles([history_of(*told, 100)], lead, fitted)[0] for told in ((days[:10], people[:10]), (days, people))
    )
    doubted = quantiles([history_of(days, people, 100, noise)], lead, fitted)[0]
    assert before[4] <= doubted[4] < trusted[4]
    assert width(doubted) / doubted[4] > width(before) / before[4]


def test_a_worse_source_moves_the_forecast_less_than_if_it_were_trusted():
    told = (*good(until=190), *bad(until=190), *of("bad", reports("near", {198: 4000})))
    trusted = tuple(replace(report, source="") for report in told)
    assert foretold(told)["near", 30][4] < 0.8 * foretold(trusted)["near", 30][4]


def test_two_sources_of_one_day_are_both_used():
    errors = {"a": SourceError(variance=0.01, n_compared=9, delay_days=0.0),
              "b": SourceError(variance=0.03, n_compared=9, delay_days=0.0)}  # fmt: skip
    told = (*of("a", reports("near", {0: 100})), *of("b", reports("near", {0: 200}, published=3)))
    assert series_of("near", told, errors).people.tolist() == [125]
    assert weighed({"b": (200.0, 0.0)}, errors) == (200, pytest.approx(0.02))


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_bulletins_is_irrelevant(random):
    told = [*good(), *bad(late=9), *good("far"), *bad("far", start=0)]
    mixed = random.sample(told, len(told))
    assert as_bytes(tuple(mixed)) == as_bytes(tuple(told))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 38))
def test_a_bulletin_told_twice_by_its_source_changes_nothing(number):
    told = (*good(), *bad())
    assert as_bytes((*told, told[number])) == as_bytes(told)


@settings(max_examples=60, deadline=None)
@given(
    gaps=st.lists(st.integers(1, 60), min_size=2, max_size=12),
    noise=st.lists(st.floats(0, 0.5), min_size=13, max_size=13),
    more=st.lists(st.floats(0, 0.5), min_size=13, max_size=13),
    people=st.integers(0, 100_000),
)
def test_more_noise_never_narrows_the_forecast_of_a_level_series(gaps, noise, more, people):
    days = np.cumsum([0, *gaps])
    both = [np.array(noise[: len(days)]), np.array(noise[: len(days)]) + np.array(more[: len(days)])]
    histories = [history_of(days, np.full(len(days), float(people)), int(days[-1]), one) for one in both]
    for part, fitted in ((trend_quantiles, FITTED.trend), (state_space_quantiles, FITTED.state_space)):
        less, much = part(histories, np.array([30.0, 30.0]), fitted)
        assert much[6] >= less[6] * (1 - 1e-9) - 1e-6
        assert much[2] <= less[2] * (1 + 1e-9) + 1e-6


@pytest.mark.parametrize("origin", [14, 98, 150])
def test_no_forecast_knows_what_sources_publish_later(origin):
    told = record((*good(), *bad(late=20), *good("far"), *bad("far", late=3)))
    later = replace(
        told,
        reports=tuple(replace(r, people=7 * r.people + 1, source="new" if r.day % 3 else r.source)
                      if r.published > origin else r for r in told.reports),
    )  # fmt: skip
    for method in methods_told(told):
        before, after = (method(one.seen(origin), HORIZONS) for one in (told, later))
        assert {key: row.tobytes() for key, row in before.items()} == {key: row.tobytes() for key, row in after.items()}


def test_past_errors_are_remembered_by_the_noise_they_were_made_with():
    carried = CarriedSeries(FITTED)
    alone, beside = record((*good(), *good("far"))), record((*good(), *bad("far")))
    Tidings(carried)(alone.seen(199), HORIZONS)
    remembered = Tidings(carried)(beside.seen(199), HORIZONS)
    fresh = Tidings(CarriedSeries(FITTED))(beside.seen(199), HORIZONS)
    assert {key: row.tobytes() for key, row in remembered.items()} == {k: row.tobytes() for k, row in fresh.items()}


def test_the_source_of_a_number_from_a_claim_is_its_outlet():
    day = dt.date(2031, 1, 5)
    told = Bulletin(place="near", day=day, measure="stock", people=7, source="c1", published=day + dt.timedelta(days=3))
    made = report_of(told, day - dt.timedelta(days=4), {"c1": "a registry"})
    assert (made.source, made.day, made.published) == ("a registry", 4, 7)
    assert report_of(told, day, {}).source == "c1"


def test_of_many_sources_the_worst_are_named():
    many = [*good(), *bad(), *(r for n in range(20) for r in of(f"row {n}", reports("far", {n: 900.0})))]
    (warning,) = source_warnings(source_errors(many))
    assert "bad is off by" in warning.message
    assert "row 18 and 9 more" in warning.message
