"""Contract: what is seen at an origin is what was published by it, and nothing of what came later shows in it."""

import numpy as np
import pytest

from tests.forecast.records import record, reports
from tidings.forecast.methods import methods_for


def test_a_report_is_seen_from_its_publication_on_and_not_from_the_day_that_it_counts():
    late = record(reports("near", {10: 700}, published=25))
    assert not len(late.seen(24).series[0].days)
    assert late.seen(25).series[0].people.tolist() == [700]


def test_of_one_day_the_number_published_last_by_the_origin_counts():
    told = (*reports("near", {10: 700}, published=30), *reports("near", {10: 500}, published=12))
    assert record(told).seen(29).series[0].people.tolist() == [500]
    assert record(told).seen(30).series[0].people.tolist() == [700]


def test_every_destination_is_there_though_nothing_is_reported_of_it():
    seen = record(reports("far", {90: 1})).seen(14)
    assert [(series.place, len(series.days)) for series in seen.series] == [("near", 0), ("far", 0)]


def test_a_zone_is_seen_once_conflict_has_begun_there():
    assert [zone.place for zone in record().seen(49).conflict] == ["Varn"]
    varn, orle = record().seen(60).conflict
    assert (varn.began, orle.began, orle.days.tolist()) == (0, 50, list(range(50, 61)))
    assert (orle.population, orle.km.tolist()) == (3000, [70, 20])


def test_a_closure_is_seen_from_its_start_and_its_end_only_when_it_has_come():
    assert record().seen(19).closures == ()
    assert [closure.end for closure in record().seen(89).closures] == [None]
    assert [closure.end for closure in record().seen(90).closures] == [90]


def test_a_closed_border_makes_no_way_until_it_opens():
    assert record().seen(30).conflict[0].open_km.tolist() == [np.inf, 40]
    assert record().seen(90).conflict[0].open_km.tolist() == [10, 40]


def test_a_correction_is_seen_from_its_day_on():
    assert record().seen(69).corrections == ()
    assert [one.place for one in record().seen(70).corrections] == ["near"]


def test_a_correction_changes_no_forecast_as_the_warning_says():
    def told(**fields):
        made = record(**fields)
        return [{key: row.tobytes() for key, row in method(made.seen(150), (30, 90)).items()}
                for method in methods_for(made, members=4, seed=1)]  # fmt: skip

    assert told() == told(corrections=())


def test_conflict_is_unknown_and_not_none_after_the_days_that_are_told():
    assert record().seen(150).conflict_until == 150
    assert record().seen(500).conflict_until == 199


def test_the_total_is_cut_at_the_origin_too():
    assert record().seen(99).totals.people.tolist() == [5000]
    assert record(totals=()).seen(99).totals is None


def test_no_method_can_change_what_another_sees():
    with pytest.raises(ValueError, match="read-only"):
        record().seen(30).series[0].people[0] = 1
