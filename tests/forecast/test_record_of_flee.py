"""Contract: of a Flee folder a record takes what was published when, and nothing that was known only later."""

import pytest

from tests.interchange.flee.folders import flee_folder
from tidings.forecast.record_of_flee import record_of_flee
from tidings.interchange.flee.read import read_flee


@pytest.fixture
def told(tmp_path):
    def read(*changes, **whole):
        return record_of_flee(read_flee(flee_folder(tmp_path / "instance", *changes, **whole))[0])

    return read


def counts(record, place, origin=1000):
    series = next(series for series in record.seen(origin).series if series.place == place)
    return dict(zip(series.days.tolist(), series.people.tolist(), strict=True))


def codes(record):
    return {warning.code: warning.message for warning in record.warnings}


def test_a_count_is_known_on_its_day(told):
    assert counts(told(), "Dunmere", 3) == {0: 200, 2: 400}
    assert told().seen(3).totals.people.tolist() == [300]


def test_a_correction_changes_no_count_before_it(told):
    corrected = told(registration_corrections="Dunmere,2031-03-03\n")
    assert counts(corrected, "Dunmere") == {0: 200, 2: 400, 4: 500}
    assert [(one.place, one.day) for one in corrected.corrections] == [("Dunmere", 2)]
    assert (
        "Dunmere (day 2): this changes no earlier report and no forecast" in codes(corrected)["registration_corrected"]
    )


def test_two_files_of_a_camp_are_added_up_without_a_look_ahead(told):
    layout = "total,refugees.csv\nDunmere,dunmere.csv,elvik.csv\n"
    assert counts(told(data_layout=layout), "Dunmere") == {0: 300, 2: 500, 4: 700}


def test_the_capacity_of_a_camp_is_no_population_and_is_not_seen(told):
    record = told()
    assert [zone.population for zone in record.seen(4).conflict] == [5000, 2000]
    assert "capacity_not_used" in codes(record)


def test_places_whose_reports_are_all_the_same_are_left_out(told):
    layout = "total,refugees.csv\nDunmere,dunmere.csv\nElvik,elvik.csv\nOther,elvik.csv\n"
    record = told(data_layout=layout)
    assert record.places == ("Dunmere",)
    assert "Elvik, Other" in codes(record)["copies_left_out"]


def test_conflict_after_the_last_day_that_is_told_is_unknown(told):
    record = told(elvik="2031-03-01,100\n2031-06-01,200\n")
    assert "after it conflict is unknown" in codes(record)["conflict_unknown"]
    assert record.seen(80).conflict_until == 4


def test_a_first_count_of_nobody_stays_in_and_is_told(told):
    record = told(elvik="2031-03-01,0\n2031-03-05,5000\n")
    assert counts(record, "Elvik") == {0: 0, 4: 5000}
    assert "Elvik" in codes(record)["first_report_of_nobody"]


def test_a_leap_is_flagged_and_never_dropped(told):
    record = told(elvik="2031-03-01,5000\n2031-03-03,19784\n2031-03-05,5100\n")
    assert counts(record, "Elvik") == {0: 5000, 2: 19784, 4: 5100}
    assert "Elvik (2031-03-03: 5,000 to 19,784)" in codes(record)["implausible_jump"]


def test_rows_out_of_order_are_sorted_and_of_a_day_the_last_one_counts(told):
    assert counts(told(elvik="2031-03-05,200\n2031-03-01,90\n2031-03-01,100\n"), "Elvik") == {0: 100, 4: 200}


def test_a_country_that_closes_its_border_cuts_its_ways(told):
    record = told(closures="country,Norland,Southmark,1,3\n")
    assert record.seen(0).conflict[0].open_km.tolist() == [180, 130]
    assert record.seen(1).conflict[0].open_km.tolist() == [float("inf"), 130]
    assert record.seen(3).conflict[0].open_km.tolist() == [180, 130]
