"""Contract: a run from an origin starts at the last reports, and knows nothing but what was seen by then."""

from dataclasses import replace

import numpy as np
import pytest

from tests.forecast.records import fought, record, reports
from tidings.forecast.record import Fought
from tidings.forecast.series import Closed
from tidings.forecast.simulated import geography_of, key_of, passable_on, seen_earlier, simulate_on, violence_on
from tidings.forecast.ways import Ways


def run(seen, **asked):
    return simulate_on(seen, **{"days": 40, "members": 6, "seed": 1, **asked})


def test_members_start_from_the_last_report_and_are_never_below_nobody():
    seen = record().seen(100)
    told = run(seen)
    assert told.people.shape == (6, 2, 41)
    assert np.array_equal(told.on(0, 0), np.full(6, seen.series[0].people[-1]))
    assert (told.people >= 0).all()


def test_members_differ_and_the_same_seed_gives_the_same():
    seen = record().seen(60)
    assert len(set(run(seen).on(1, 40))) > 1
    assert np.array_equal(run(seen).people, run(seen).people)
    assert not np.array_equal(run(seen).people, run(seen, seed=2).people)


def test_a_member_does_not_depend_on_how_many_there_are():
    seen = record().seen(60)
    assert np.array_equal(run(seen, members=3).people, run(seen).people[:3])


def test_a_day_does_not_depend_on_how_long_the_run_is():
    seen = record().seen(60)
    assert np.array_equal(run(seen, days=20).people, run(seen).people[:, :, :21])


@pytest.mark.parametrize("told", [record(fought=Fought()), record(ways=Ways(roads=()))])
def test_without_conflict_or_roads_nothing_is_added(told):
    seen = told.seen(60)
    assert np.array_equal(run(seen).people[:, :, -1], run(seen).people[:, :, 0])


def test_where_conflict_ends_fewer_come_than_where_it_escalates():
    seen = record(told=(*reports("near", {0: 10}), *reports("far", {0: 10}))).seen(60)
    by_world = run(seen, members=60).people[:, :, -1].sum(axis=1)
    assert by_world[0::3].mean() < by_world[2::3].mean()


def test_an_earlier_view_is_what_was_seen_then():
    told = record()
    for origin in (0, 14, 42, 98):
        assert key_of(seen_earlier(told.seen(150), origin)) == key_of(told.seen(origin))


def test_conflict_of_a_day_is_at_the_zones_that_had_it():
    seen = record(fought=fought(orle_from=50)).seen(60)
    geography = geography_of(seen, seen.ways)
    at = {place.id: number for number, place in enumerate(geography.places)}
    assert violence_on(seen, geography, (49,))[at["Orle"]] == 0
    assert violence_on(seen, geography, (49, 50))[at["Orle"]] == 1


def test_a_closure_shuts_its_roads_while_it_lasts_and_beyond_the_origin_where_no_end_is_known():
    told = record(closures=(Closed(kind="link", one="Varn", other="near", start=20, end=90),))
    early, late = told.seen(60), told.seen(100)
    geography = geography_of(early, early.ways)
    road = [{r.from_, r.to} for r in geography.roads].index({"Varn", "near"})
    assert [bool(passable_on(early, geography, day)[road]) for day in (19, 20, 95)] == [True, False, False]
    assert passable_on(late, geography, 95)[road]


def test_the_shorter_of_two_roads_counts_and_camps_are_the_destinations():
    seen = record().seen(60)
    ways = replace(seen.ways, roads=(*seen.ways.roads, ("near", "Varn", 4.0), ("Varn", "Varn", 1.0)))
    geography = geography_of(seen, ways)
    assert {(road.from_, road.to): road.length_km for road in geography.roads}["Varn", "near"] == 4.0
    assert {place.id for place in geography.places if place.kind == "camp"} == {"near", "far"}
