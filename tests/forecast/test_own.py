"""The forecast of `tidings`: every place and lead, from nothing that came after the origin."""

import numpy as np
import pytest

from tests.forecast.records import record, reports
from tidings.forecast.carried import is_moving, nearest_horizon
from tidings.forecast.document import QUANTILES
from tidings.forecast.history import history_of
from tidings.forecast.mixture import parts_quantiles
from tidings.forecast.newcomers import is_empty, is_newcomer, newcomer_quantiles, p_opens, scale_of
from tidings.forecast.own import make_tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.series import Series
from tidings.forecast.trend import trend_quantiles

LEADS = (1, 30, 47, 90)


def tidings(without="nowhere"):
    return make_tidings(without=without, members=2, seed=1)


@pytest.mark.parametrize("origin", [0, 14, 70, 196])
def test_every_place_and_lead_gets_nine_rising_numbers(origin):
    told = tidings()(record().seen(origin), LEADS)
    assert set(told) == {(place, lead) for place in ("near", "far") for lead in LEADS}
    for people in told.values():
        assert people.shape == (len(QUANTILES),)
        assert (np.diff(people) >= 0).all()
        assert people[0] >= 0


def test_asking_about_earlier_origins_first_changes_nothing():
    asked_often = tidings()
    for origin in (42, 98, 126):
        asked_often(record().seen(origin), LEADS)
    late = record().seen(154)
    fresh = tidings()(late, LEADS)
    assert all(np.array_equal(people, fresh[key]) for key, people in asked_often(late, LEADS).items())


def test_the_order_of_places_is_irrelevant():
    told = tidings()(record().seen(150), LEADS)
    turned = tidings()(record(places=("far", "near")).seen(150), LEADS)
    assert all(np.array_equal(people, turned[key]) for key, people in told.items())


def test_a_place_where_nobody_was_counted_gets_a_part_of_the_people_and_not_zero():
    told = (*reports("near", {0: 9000, 10: 9100, 20: 9200}), *reports("far", {0: 0}))
    people = tidings()(record(told).seen(20), (30,))["far", 30]
    assert people[4] > 0
    assert people[6] > 3 * people[4] / 2


def test_three_zeros_are_believed():
    few = Series(place="far", days=np.array([0, 10]), people=np.zeros(2))
    many = Series(place="far", days=np.array([0, 10, 20]), people=np.zeros(3))
    assert (is_newcomer(few), is_empty(few)) == (True, False)
    assert (is_newcomer(many), is_empty(many)) == (False, True)


def test_an_empty_place_may_open_the_less_the_longer_it_was_empty():
    lead = np.array([30.0])
    chances = [
        p_opens(Series(place="far", days=np.array([0, days]), people=np.zeros(2)), days, lead)[0]
        for days in (0, 14, 77, 365)
    ]
    assert chances == pytest.approx([1, 0.436, 0.151, 0.039], abs=0.001)


def test_where_it_opens_as_many_come_as_to_a_newcomer():
    thousands = reports("near", {0: 9000, 10: 9100, 20: 9200})
    told = {}
    for n in (2, 3, 9):
        empty = reports("far", dict.fromkeys(range(20 - 2 * n + 2, 21, 2), 0))
        told[n] = tidings()(record((*thousands, *empty)).seen(20), (30,))["far", 30]
    newcomer, young, old = told.values()
    assert newcomer[4] > young[4] >= old[4]
    assert newcomer[8] > young[8] > old[8] > 500


def test_a_newcomer_goes_by_those_counted_and_those_who_may_yet_flee():
    seen = record().seen(0)
    assert scale_of(seen, np.array([30.0]), 0.4)[0] == (1000 + 500 + 0.4 * 1000) / 2
    fitted = packaged_parameters().without(None).newcomers
    month, season = newcomer_quantiles(seen, np.array([30.0, 120.0]), fitted)
    assert season == pytest.approx(2 * month)


def test_a_newcomer_is_a_quarter_less_sure_than_the_fit():
    seen = record().seen(0)
    fitted = packaged_parameters().without(None).newcomers
    scale = scale_of(seen, np.array([30.0]), fitted.of_population)[0]
    people, parts = newcomer_quantiles(seen, np.array([30.0]), fitted)[0] / scale, np.array(fitted.parts)
    assert people[4:] - people[4] == pytest.approx(1.25 * (parts[4:] - parts[4]))
    assert (people[:4] <= parts[:4]).all()
    assert people[0] == 0


def test_a_place_counted_for_the_first_time_reaches_farther_up_than_one_known_for_long():
    first, known = (history_of(np.array([day]), np.array([5000.0]), 100) for day in (100, 0))
    fitted = packaged_parameters().without(None)
    for lead in (30.0, 90.0):
        plain = trend_quantiles([first], np.array([lead]), fitted.trend)[0]
        reach = parts_quantiles([first, known], np.array([lead, lead]), fitted)[0][0]
        assert reach[5:] - reach[4] == pytest.approx(2 * (plain[5:] - plain[4]))
        assert np.array_equal(reach[:5], plain[:5])
    long_ago = trend_quantiles([known], np.array([30.0]), fitted.trend)
    assert parts_quantiles([known], np.array([30.0]), fitted)[0] == pytest.approx(long_ago, rel=0.002)


def test_a_forecast_is_checked_at_the_horizon_that_is_nearest():
    assert [nearest_horizon(lead) for lead in LEADS] == [30, 30, 60, 90]


def test_a_place_moves_when_it_changed_by_over_5_percent_in_30_days():
    days = np.array([0, 30])
    assert is_moving(history_of(days, np.array([1000.0, 1060.0]), 30))
    assert not is_moving(history_of(days, np.array([1000.0, 1040.0]), 30))


def test_a_conflict_that_was_fitted_on_is_scored_with_a_set_that_never_saw_it():
    sets = packaged_parameters()
    for fitted in sets.sets:
        assert fitted.left_out not in fitted.provenance.conflicts
        assert sets.without(fitted.left_out) is fitted
    assert sets.without("unheard of").left_out is None
