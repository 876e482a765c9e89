"""Contract: a forecast starts from the newest stock of each place; what is unknown sends nobody and is warned of."""

import datetime as dt
from pathlib import Path

from tidings.crisis.crisis import Bulletin, Crisis, Settings
from tidings.forecast.start import UNKNOWN_ORIGIN, latest_stocks, persons_of, scenario_of
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.situation import PlaceState, Situation, SourcedRange

DAY = dt.date(2031, 3, 10)


def bulletin(people, days=0, place="camp", **fields):
    return Bulletin(place=place, day=DAY + dt.timedelta(days=days), measure="stock", people=people, **fields)


def crisis():
    places = (
        Place(id="varn", name="Varn", lat=0, lon=0, country="XAA"),
        Place(id="camp", name="Camp", lat=0, lon=1, kind="camp", capacity=500, group="north"),
    )
    road = Road.model_validate({"id": "r", "from": "varn", "to": "camp"})
    crossing = Crossing(id="x", name="X", side_a="varn", side_b="camp")
    return Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography(places, (road,), (crossing,)))


def situation(population):
    varn = PlaceState(id="varn", name="Varn", population=SourcedRange(value=population))
    return Situation(on=DAY, as_of=DAY, places=(varn, PlaceState(id="camp", name="Camp")))


def test_the_newest_stock_of_a_place_is_where_it_starts():
    stocks = latest_stocks([bulletin(200), bulletin(100, days=-3), bulletin(900, days=2)], DAY)
    assert {place: b.people for place, b in stocks.items()} == {"camp": 200}


def test_of_two_stocks_of_one_day_the_one_published_last_counts():
    first, last = (bulletin(n, published=DAY + dt.timedelta(days=d)) for n, d in ((100, 1), (200, 2)))
    assert latest_stocks([last, first], DAY)["camp"].people == 200


def test_a_flow_is_no_stock():
    flow = Bulletin(place="camp", day=DAY, measure="flow", people=50)
    assert latest_stocks([flow], DAY) == {}


def test_households_count_by_their_size():
    assert persons_of(bulletin(10, unit="household", household_size=5.5)) == 55


def test_people_counted_without_an_origin_are_kept_in_a_group_of_their_own():
    scenario, used, _ = scenario_of(crisis(), situation(1000), [bulletin(200)], from_=DAY, days=5)
    group = scenario.groups.index(UNKNOWN_ORIGIN)
    assert scenario.displaced[group].tolist() == [0, 200]
    assert scenario.displaced.sum() == 200
    assert [b.people for b in used] == [200]


def test_residents_capacities_and_throughputs_come_from_the_tables():
    scenario, _, _ = scenario_of(crisis(), situation(1000), [], from_=DAY, days=5)
    assert scenario.at_home.tolist() == [1000, 0]
    assert scenario.capacity.tolist() == [float("inf"), 500]
    assert scenario.per_day.tolist() == [float("inf")]


def test_an_unknown_population_is_warned_of():
    _, _, warnings = scenario_of(crisis(), situation(None), [], from_=DAY, days=5)
    told = {w.code: w.message for w in warnings}
    assert "Varn" in told["population_unknown"]
    assert "X" in told["throughput_unknown"]
