"""Contract: what is published after an origin changes no forecast of that origin, byte for byte, by any method."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.forecast.records import ROADS, record, reports
from tests.interchange.flee.folders import flee_folder
from tidings.flow.flee_instance import FleeInstance
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.methods import methods_for
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.record_of_flee import record_of_flee
from tidings.forecast.scoring import TOLD_TOTAL
from tidings.forecast.ways import Ways
from tidings.forecast.weights import WeightLearning
from tidings.interchange.flee.read import read_flee

CONFLICTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "flee"
HORIZONS = (1, 30, 31, 60, 90)
TIMES = 7.0


def altered(instance: FleeInstance, after: int) -> FleeInstance:
    """Multiply every count and conflict day after an origin; move every closure and correction after it."""

    def counts(row):
        times = np.where(row.days > after, TIMES, 1.0)
        published = row.people if row.published is None else row.published
        return replace(
            row, people=row.people * TIMES, published=published * times
        )  # corrected counts are all later truth

    def closed(closure):
        later = {name: getattr(closure, name) for name in ("start", "end") if getattr(closure, name) > after}
        return replace(closure, **{name: round(day * TIMES) for name, day in later.items()})

    fought = instance.conflicts.copy()
    fought[after + 1 :] *= TIMES
    fought[after + 1 :, 0] = TIMES
    return replace(
        instance,
        registered=tuple(counts(row) for row in instance.registered),
        total=counts(instance.total) if instance.total else None,
        conflicts=fought,
        closures=tuple(closed(closure) for closure in instance.closures),
        corrections=tuple((name, round(day * TIMES) if day > after else day) for name, day in instance.corrections),
        locations=tuple(replace(place, people=place.people and place.people * 7) if "camp" in place.kind else place
                        for place in instance.locations),
    )  # fmt: skip


def methods_told(told, **asked):
    """Every method but those that are given the true total; also ours with weights learnt from past scores."""
    fitted = packaged_parameters().without(told.name)
    learnt = Tidings(CarriedSeries(fitted, WeightLearning(prior_count=3, rate=4)), "learnt_weights")
    return [learnt, *(m for m in methods_for(told, members=8, seed=1, **asked) if m.name not in TOLD_TOTAL)]


def forecasts_of(instance, origin, **asked):
    told = record_of_flee(instance)
    return {
        m.name: {key: row.tobytes() for key, row in sorted(m(told.seen(origin), HORIZONS).items())}
        for m in methods_told(told, **asked)
    }


def test_no_forecast_of_a_folder_knows_what_came_after_its_origin(tmp_path):
    instance, _ = read_flee(flee_folder(tmp_path / "instance"))
    for origin in range(5):
        both = (forecasts_of(one, origin, with_simulation=True) for one in (instance, altered(instance, origin)))
        assert next(both) == next(both)


def test_the_alteration_changes_later_forecasts(tmp_path):
    instance, _ = read_flee(flee_folder(tmp_path / "instance"))
    assert forecasts_of(instance, 4)["last_report"] != forecasts_of(altered(instance, 1), 4)["last_report"]


@pytest.mark.skipif(not CONFLICTS.is_dir(), reason="the conflicts stand in ../shared/data/flee, which is not here")
@pytest.mark.parametrize("conflict", ["burundi2015", "car2013", "mali2012", "ssudan2014"])
@pytest.mark.parametrize("origin", [0, 70, 210])
def test_no_forecast_of_a_real_conflict_knows_what_came_after_its_origin(conflict, origin):
    instance, _ = read_flee(CONFLICTS / conflict)
    assert forecasts_of(instance, origin) == forecasts_of(altered(instance, origin), origin)


@pytest.mark.parametrize("origin", [0, 14, 98])
def test_no_forecast_of_a_record_knows_a_later_publication_of_an_earlier_day(origin):
    told = record()
    later = tuple(replace(r, people=r.people * TIMES, published=origin + 1) for r in told.reports if r.day <= origin)
    for method in methods_told(told, with_simulation=True):
        before = method(told.seen(origin), HORIZONS)
        after = method(replace(told, reports=(*told.reports, *later)).seen(origin), HORIZONS)
        assert {key: row.tobytes() for key, row in before.items()} == {key: row.tobytes() for key, row in after.items()}


@pytest.mark.parametrize("origin", [0, 14, 98])
def test_no_forecast_of_a_record_knows_a_later_flow_or_a_later_publication_of_an_earlier_one(origin):
    told = replace(record(), flows=reports("near", dict.fromkeys(range(3, 200, 7), 90)))
    later = tuple(
        replace(f, people=f.people * TIMES, published=max(f.published, origin + 1))
        if f.day > origin
        else replace(f, people=f.people * TIMES, day=f.day - 1, published=origin + 1)
        for f in told.flows
    )
    known = tuple(flow for flow in told.flows if flow.published <= origin)
    for method in methods_told(told, with_simulation=True):
        before = method(told.seen(origin), HORIZONS)
        after = method(replace(told, flows=(*later, *known)).seen(origin), HORIZONS)
        assert {key: row.tobytes() for key, row in before.items()} == {key: row.tobytes() for key, row in after.items()}


def test_flows_move_our_own_forecast_and_no_baseline():
    told = record()
    moved = replace(told, flows=reports("near", {97: 5000}))
    names = {
        method.name
        for method in methods_told(told)
        if method(told.seen(98), (30,))["near", 30].tobytes() != method(moved.seen(98), (30,))["near", 30].tobytes()
    }
    assert names == {"tidings", "learnt_weights"}


def bytes_of(told, origin, places):
    """Every method's forecasts of some places; of those that are told the total alone none."""
    by_method = {m.name: m(told.seen(origin), HORIZONS) for m in methods_told(told, with_simulation=True)}
    return {(name, key): row.tobytes() for name, rows in by_method.items() for key, row in rows.items()
            if key[0] in places}  # fmt: skip


@pytest.mark.parametrize("origin", [0, 14, 98])
def test_no_forecast_knows_how_many_places_will_be_heard_of_later(origin):
    ways = Ways(roads=(*ROADS, ("Varn", "late", 5.0), ("Orle", "later", 30.0)))
    early = (*reports("near", {0: 300, 50: 900, 70: 950}), *reports("far", {10: 100, 40: 0, 80: 200}))
    late = (*reports("late", {99: 9000}), *reports("later", {150: 50}))
    few = record(early, ways=ways, are_places_listed=False)
    many = replace(few, places=("late", "near", "later", "far"), reports=(*late, *early))
    assert bytes_of(few, origin, ("near", "far")) == bytes_of(many, origin, ("near", "far"))


def test_a_place_that_is_not_heard_of_yet_is_forecast_as_one_of_those_beside_it():
    late = record((*reports("near", {0: 900}), *reports("far", {99: 9000})), are_places_listed=False)
    told = {m.name: m(late.seen(14), (30,)) for m in methods_told(late)}
    assert told["equal_split"]["far", 30][4] == told["equal_split"]["near", 30][4] == 900
    assert told["tidings"]["far", 30][4] > 0


@pytest.mark.skipif(not CONFLICTS.is_dir(), reason="the conflicts stand in ../shared/data/flee, which is not here")
@pytest.mark.parametrize(("conflict", "origin"), [("burundi2015", 112), ("ssudan2014", 84)])
def test_no_simulation_of_a_real_conflict_knows_what_came_after_its_origin(conflict, origin):
    instance, _ = read_flee(CONFLICTS / conflict)
    both = (forecasts_of(one, origin, with_simulation=True) for one in (instance, altered(instance, origin)))
    assert next(both) == next(both)
