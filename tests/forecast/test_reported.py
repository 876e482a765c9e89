"""Contract: where there are reports they say how many are present, as hindcasts do; the simulation says the rest."""

import datetime as dt

import numpy as np
import pytest

from tidings.crisis.crisis import Bulletin
from tidings.forecast.document import QUANTILES
from tidings.forecast.own import make_tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.reported import reported_of
from tidings.forecast.series import Seen, Series, Zone
from tidings.situation.situation import PlaceState, Situation, SourcedRange

DAY = dt.date(2031, 3, 10)
FITTED = packaged_parameters().without(None)


def bulletin(people, before, place="camp", **fields):
    day = DAY - dt.timedelta(days=before)
    return Bulletin(place=place, day=day, people=people, **({"measure": "stock"} | fields))


SERIES = (bulletin(1000, 40), bulletin(1200, 25), bulletin(1300, 10))


def reported(*bulletins, days=5, residents=None, violence_p=0.0):
    town = PlaceState(id="town", name="Town", population=SourcedRange(value=residents), violence_p=violence_p)
    state = Situation(on=DAY, as_of=DAY, places=(PlaceState(id="camp", name="Camp"), town))
    return reported_of(state, bulletins, FITTED, from_=DAY, days=days)


def codes(told):
    return {warning.code: warning.message for warning in told.warnings}


def test_a_camp_with_three_reports_is_forecast_by_them_and_a_warning_says_so():
    told = reported(*SERIES)
    assert told.levels["camp"].shape == (1 + 5, len(QUANTILES))
    assert (np.diff(told.levels["camp"], axis=1) >= 0).all()
    assert 1000 < told.levels["camp"][0, 4] < 1600
    assert "Camp rests on their reports, by a mixture that was tested in hindcasts" in codes(told)["from_reports"]
    assert not codes(told).keys() & {"reports_few", "reports_of_nobody", "reports_beside_residents"}
    assert "arrivals and departures there are net" in codes(told)["from_reports"]
    assert told.bulletins == SERIES


def test_on_the_eve_there_are_as_many_as_a_report_of_that_day_counts_and_else_as_many_as_are_foretold():
    of_the_eve = reported(*SERIES, bulletin(1400, 1)).levels["camp"]
    assert set(of_the_eve[0]) == {1400}
    doubted = reported(*SERIES, bulletin(1400, 1, low=700, high=2800)).levels["camp"]
    for foretold in (reported(*SERIES).levels["camp"], doubted):
        assert np.isfinite(foretold).all()
        assert 0 < foretold[0, 0] < foretold[0, 4] < foretold[0, 8]
        assert foretold[0, 4] == pytest.approx(foretold[1, 4], rel=0.02)


def as_hindcast(days, people, zones=()):
    """Levels by the method that hindcasts score, of the five days from `DAY`."""
    series = Series(place="camp", days=np.array(days), people=np.array(people, float))
    seen = Seen(origin=days[0] + 39, series=(series,), totals=None, conflict=zones)
    told = make_tidings(without="nowhere", members=2, seed=1)(seen, (1, 2, 3, 4, 5))
    return np.stack([told["camp", lead] for lead in (1, 2, 3, 4, 5)])


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_place_is_forecast_from_its_first_report_on_by_the_method_that_hindcasts_score(n):
    days, people = [0, 15, 30][:n], [1000, 1200, 1300][:n]
    assert np.array_equal(reported(*SERIES[:n]).levels["camp"][1:], as_hindcast(days, people))


@pytest.mark.parametrize(
    "bulletins",
    [SERIES[:2], (*SERIES[:2], bulletin(1500, 0)), (*SERIES[:2], bulletin(50, 5, measure="flow")),
     (*SERIES[:2], bulletin(1250, 25, published=DAY))],
    ids=["two", "one not before the first day", "a flow", "a day twice"],
)  # fmt: skip
def test_that_there_are_fewer_than_three_days_is_told(bulletins):
    told = reported(*bulletins)
    assert told.levels.keys() == {"camp"}
    assert codes(told).keys() >= {"from_reports", "reports_few"}
    assert codes(told)["reports_few"].startswith("There are reports of fewer than 3 days of Camp: in hindcasts")


def test_without_reports_nothing_rests_on_them():
    assert (reported().levels, reported().warnings) == ({}, ())


NOBODY = bulletin(0, 40), bulletin(0, 30), bulletin(0, 20), bulletin(0, 10)


@pytest.mark.parametrize("n", [1, 2, 4])
def test_a_place_where_nobody_was_counted_is_a_newcomer_where_something_says_how_many_may_come(n):
    told = reported(*NOBODY[:n], residents=50_000, violence_p=0.5)
    none = np.zeros(0)
    zone = Zone(place="town", began=0, days=none.astype(int), population=50_000, km=none, open_km=none)
    assert np.array_equal(told.levels["camp"][1:], as_hindcast([0, 10, 20, 30][:n], [0.0] * n, (zone,)))
    assert told.levels["camp"][5, 8] > 500


def test_a_place_where_nobody_was_counted_is_left_to_the_simulation_where_nothing_says_how_many_may_come():
    told = reported(*NOBODY, residents=50_000)
    assert told.levels == {}
    assert "from_reports" not in codes(told)
    assert codes(told)["reports_of_nobody"].startswith("All reports of Camp are of nobody, and nothing says how many")
    assert told.last[0].present_rests_on == "simulation"


def test_what_is_odd_is_told_from_the_second_report_on():
    twice = bulletin(9000, 25, published=DAY)
    households = bulletin(20, 9, "town", unit="household", household_size=5)
    zero_first = bulletin(0, 30, "town"), bulletin(3000, 20, "town")
    told = reported(*SERIES[:1], bulletin(4000, 25), twice, *zero_first, households, residents=5000)
    assert told.levels.keys() == {"camp", "town"}
    odd = {"repeated_day", "implausible_jump", "first_report_of_nobody", "units_mixed", "stock_falls"}
    assert odd <= codes(told).keys()
    assert "Camp (2031-02-13: 1,000 to 9,000)" in codes(told)["implausible_jump"]
    assert "Town" in codes(told)["first_report_of_nobody"]


def test_the_last_report_of_each_place_is_told_with_what_present_rests_on():
    in_households = bulletin(20, 9, "town", unit="household", household_size=5, low=10, high=30, source=" Radio ")
    by_place = {last.location: last for last in reported(*SERIES, bulletin(7, 0), in_households, residents=5000).last}
    camp, town = by_place["camp"], by_place["town"]
    assert (camp.people, camp.day, camp.present_rests_on, camp.source) == (1300, SERIES[2].day, "reports", None)
    assert (town.people, town.low, town.high, town.source) == (100, 50, 150, "Radio")
    assert town.is_beside_residents
    assert (camp.is_beside_residents, town.present_rests_on) == (False, "reports")
    assert camp.on_eve == pytest.approx(reported(*SERIES).levels["camp"][0, 4], abs=0.1)


def test_people_from_elsewhere_in_a_town_whose_residents_are_known_are_carried_on_as_if_none_were():
    of_town = tuple(bulletin(n, before, "town") for n, before in ((10, 30), (20, 20), (30, 9)))
    told, without = reported(*SERIES, *of_town, residents=5000), reported(*SERIES, *of_town)
    assert set(told.levels) == {"camp", "town"}
    assert np.array_equal(told.levels["town"], without.levels["town"])
    beside = codes(told)["reports_beside_residents"]
    assert beside.startswith("Residents are known at Town, and a count there is of people from elsewhere")
    assert "residents are added as simulated" in beside
    assert "reports_beside_residents" not in codes(without)
    (town,) = (last for last in told.last if last.location == "town")
    assert (town.is_beside_residents, town.present_rests_on) == (True, "reports")


def test_a_jump_is_told_by_name_and_stays_in():
    told = reported(*SERIES, bulletin(9000, 2))
    assert "Camp" in codes(told)["implausible_jump"]
    assert told.levels["camp"][0, 4] > 2000


def test_a_best_value_goes_before_a_bare_range_of_its_day():
    ranged = bulletin(None, 10, low=1, high=3, published=DAY)
    assert np.array_equal(reported(*SERIES, ranged).levels["camp"], reported(*SERIES).levels["camp"])
