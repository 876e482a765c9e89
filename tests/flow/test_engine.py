"""The engine moves people by the rules of docs/model.md; the same address gives the same bytes."""

import datetime as dt
import logging
from dataclasses import replace

import numpy as np
import pytest

from tests.flow.worlds import START, geography, scenario, snapshot, world
from tidings.core.errors import InputError
from tidings.flow import compiled, reference
from tidings.flow.engine import parameters_of, simulate
from tidings.flow.parameters import load_parameters
from tidings.geography.graph import Geography

FLEE = {"leaving_rate_per_event": 10.0, "base_leaving_rate": 0.0}
"""Everybody leaves a place with violence."""
ENGINES = pytest.mark.parametrize("engine", [simulate, reference.simulate], ids=["engine", "reference"])


def run(engine, setting, *snapshots, members=4, seed=1, after=10, **parameters):
    sampled = [world(*snapshots, after=after)] * members
    return engine(
        setting, sampled, seed=seed, members=range(members), parameters=load_parameters({**FLEE, **parameters})
    )


def total(ensemble):
    return ensemble["people"].sum("place") + ensemble["waiting"].sum("crossing") + ensemble["on_road"].sum("group")


BORDER = geography(
    {"home": "town", "side": "town", "abroad": "camp"}, [("home", "side", 30)], [("gate", "side", "abroad")]
)
WAR = {"violence": {"home": 9.0}}


@ENGINES
def test_a_place_without_a_passable_road_keeps_its_people(engine):
    cut = snapshot(BORDER, cut=[("home", "side")], **WAR)
    ensemble = run(engine, scenario(BORDER, {"home": 80}), cut)
    assert (ensemble["people"].sel(place="home") == 80).all()


@ENGINES
def test_a_besieged_place_keeps_its_people_and_counts_them_as_trapped(engine):
    siege = snapshot(BORDER, besieged=["home"], **WAR)
    setting = scenario(BORDER, {"home": 80}, displaced={("side", "home"): 20})
    ensemble = run(engine, setting, siege, besieged_escape_probability=0.0)
    assert (ensemble["trapped"].sel(place="home") == 100).all()
    assert (ensemble["trapped"].drop_sel(place="home") == 0).all()


@ENGINES
def test_a_closed_crossing_carries_nobody(engine):
    ensemble = run(
        engine,
        scenario(BORDER, {"home": 80}, waiting={("home", "gate"): 30}),
        snapshot(BORDER, policy={"gate": 2}, **WAR),
    )
    assert (ensemble["crossed"] == 0).all()
    assert (ensemble["people"].sel(place="abroad") == 0).all()


@ENGINES
def test_nobody_passes_an_open_crossing_faster_than_its_throughput(engine):
    ensemble = run(engine, scenario(BORDER, {"home": 90}, per_day={"gate": 7}), snapshot(BORDER, **WAR))
    assert ensemble["crossed"].max() == 7
    assert np.array_equal(ensemble["crossed"].sel(crossing="gate"), ensemble["arrivals"].sel(place="abroad"))


@ENGINES
def test_who_was_on_the_road_when_a_crossing_closed_waits_at_it(engine):
    far = geography(
        {"home": "town", "side": "town", "abroad": "camp"}, [("home", "side", 500)], [("gate", "side", "abroad")]
    )
    shut = snapshot(far, policy={"gate": 2}, **WAR)
    patient = {"settle_near_rate": 0, "turn_back_rate": 0, "onward_rate_settlement": 0}
    ensemble = run(engine, scenario(far, {"home": 80}), snapshot(far, **WAR), shut, after=1, **patient)
    waiting = ensemble["waiting"].sel(crossing="gate")
    assert (waiting.isel(day=slice(3, None)) > 0).all()
    assert (waiting.isel(day=-1) == waiting.isel(day=3)).all()


@ENGINES
def test_everybody_is_somewhere_on_every_day(engine):
    setting = scenario(BORDER, {"home": 60, "side": 9}, per_day={"gate": 3}, waiting={("home", "gate"): 5})
    assert (total(run(engine, setting, snapshot(BORDER, **WAR))) == 74).all()


@ENGINES
def test_the_balance_of_a_place_is_that_of_its_flows(engine):
    setting = scenario(BORDER, {"home": 90, "side": 9}, days=14)
    changes = {"return_rate": 0.5, "calm_days": 1}
    ensemble = run(engine, setting, snapshot(BORDER, **WAR), snapshot(BORDER), after=4, **changes)
    change = ensemble["people"].diff("day")
    flows = ensemble["arrivals"] + ensemble["returned"] - ensemble["departures"]
    assert np.array_equal(change, flows.isel(day=slice(1, None)))
    assert ensemble["returned"].sum() > 0


@ENGINES
def test_people_avoid_the_other_side_of_the_front(engine):
    country = geography(
        {"home": "town", "ours": "town", "theirs": "town"}, [("home", "ours", 20), ("home", "theirs", 20)]
    )
    held = snapshot(country, holder={"home": 0, "ours": 0, "theirs": 1}, **WAR)
    ensemble = run(engine, scenario(country, {"home": 90}, days=2), held, other_side_weight=0.0)
    assert (ensemble["people"].sel(place="theirs") == 0).all()
    assert (ensemble["people"].sel(place="ours", day=1) > 0).all()


@ENGINES
def test_a_place_that_nobody_is_known_to_hold_is_on_no_other_side(engine):
    country = geography({"home": "town", "away": "town"}, [("home", "away", 20)])
    held = snapshot(country, holder={"home": 0}, **WAR)
    ensemble = run(engine, scenario(country, {"home": 90}, days=2), held, other_side_weight=0.0)
    assert (ensemble["people"].sel(place="away", day=1) > 0).all()


@ENGINES
def test_nobody_is_nobody(engine):
    ensemble = run(engine, scenario(BORDER, {}), snapshot(BORDER, **WAR))
    assert all((ensemble[name] == 0).all() for name in ensemble)


def test_a_country_without_roads_or_crossings_stands_still():
    country = geography({"home": "town"})
    accepted = replace(scenario(country, {"home": 80}), unreached=("home",))
    ensemble = run(simulate, accepted, snapshot(country, **WAR))
    assert (ensemble["people"] == 80).all()
    assert ensemble["waiting"].shape == (4, 10, 0)


def test_journeys_longer_than_the_run_stay_on_the_road():
    country = geography({"home": "town", "far": "town"}, [("home", "far", 9000)])
    ensemble = run(simulate, scenario(country, {"home": 80}, days=5), snapshot(country, **WAR))
    assert (ensemble["on_road"].sel(group="home", day=4) == 80).all()


def test_millions_move_as_hundreds_do():
    setting = scenario(BORDER, {"home": 3_000_000_000})
    ensemble = run(simulate, setting, snapshot(BORDER, **WAR))
    assert (total(ensemble) == 3_000_000_000).all()
    assert (ensemble["people"] >= 0).all()


def test_the_order_of_rows_in_the_tables_is_irrelevant():
    turned = Geography(BORDER.places[::-1], BORDER.roads[::-1], BORDER.crossings[::-1])
    groups = {"home": "inland", "side": "border", "abroad": "border"}
    people = {
        "days": 9,
        "per_day": {"gate": 40},
        "waiting": {("inland", "gate"): 70, ("border", "gate"): 60},
        "groups": groups,
    }
    here, there = (
        run(simulate, scenario(country, {"home": 900, "side": 40}, **people), snapshot(country, **WAR))
        for country in (BORDER, turned)
    )
    assert here["people"].equals(there["people"].sel(place=here["place"]))
    assert here["on_road"].equals(there["on_road"].sel(group=here["group"]))


def test_a_place_added_far_away_changes_nothing_here():
    more = Geography((*BORDER.places, *geography({"island": "town"}).places), BORDER.roads, BORDER.crossings)
    here, there = (
        run(simulate, scenario(country, {"home": 900}), snapshot(country, **WAR)) for country in (BORDER, more)
    )
    assert here["people"].equals(there["people"].drop_sel(place="island"))


def test_a_day_has_the_same_luck_whenever_the_run_began():
    sampled = world(snapshot(BORDER), snapshot(BORDER, violence={"home": 0.5}), after=1)
    setting = scenario(BORDER, {"home": 10**6}, days=2)
    later = replace(setting, start=START + dt.timedelta(days=1), days=1)
    still = load_parameters({"base_leaving_rate": 0.0})
    early, late = (simulate(each, [sampled], seed=1, members=[0], parameters=still) for each in (setting, later))
    assert early["departures"].sum() > 0
    assert np.array_equal(early["departures"].sel(day=1), late["departures"].sel(day=0))


def test_days_have_numbers_and_dates():
    ensemble = run(simulate, scenario(BORDER, {"home": 1}, days=3), snapshot(BORDER))
    assert list(ensemble["day"]) == [0, 1, 2]
    assert str(ensemble["date"].to_numpy()[0]).startswith(START.isoformat())
    assert list(ensemble["place_name"].to_numpy()) == ["Home", "Side", "Abroad"]
    assert ensemble["people"].attrs["units"] == "persons"


def test_progress_counts_days():
    told = []
    simulate(
        scenario(BORDER, {}, days=3), [world(snapshot(BORDER))], seed=1, members=[0],
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_scenarios_own_parameters_are_used_where_none_are_given():
    setting = scenario(BORDER, {"home": 1})
    setting.parameters["speed_foot"] = 20.0
    assert parameters_of(setting, None, 1)[0]["speed_foot"] == 20.0
    assert parameters_of(setting, load_parameters(), 1)[0]["speed_foot"] == 35.0


def test_a_wrong_parameter_of_a_scenario_is_refused():
    setting = scenario(BORDER, {"home": 1})
    setting.parameters["speed_foot"] = -20.0
    with pytest.raises(InputError, match=r"scenario\.parameters\.speed_foot: -20 is out of range"):
        simulate(setting, [world(snapshot(BORDER))], seed=1, members=[0])


def test_the_first_compilation_is_announced(caplog, monkeypatch, tmp_path):
    monkeypatch.setattr(compiled, "kernel_folder", lambda: tmp_path)
    compiled.announce_first_compilation.cache_clear()
    with caplog.at_level(logging.WARNING):
        compiled.announce_first_compilation()
        compiled.announce_first_compilation()
    assert [record.getMessage() for record in caplog.records] == [
        "first run of this version: compiling the simulation, about 20 seconds, once"
    ]


@ENGINES
def test_fewer_leave_as_violence_fades(engine):
    war = snapshot(BORDER, violence={"home": 1.0})
    fading = replace(world(war), memory_days=np.array([2.0, np.inf, np.inf]))
    setting = scenario(BORDER, {"home": 3000}, days=8)
    parameters = load_parameters({"leaving_rate_per_event": 0.1, "base_leaving_rate": 0.0})
    lasting, faded = (
        engine(setting, [path] * 4, seed=1, members=range(4), parameters=parameters)["departures"].sel(place="home")
        for path in (world(war), fading)
    )
    assert (faded.isel(day=0) == lasting.isel(day=0)).all()  # the world begins on the first day
    assert faded.isel(day=7).mean() < 0.2 * lasting.isel(day=7).mean()


@ENGINES
def test_members_may_start_with_residents_of_their_own(engine):
    setting = replace(scenario(BORDER, {}, days=2), at_home=np.array([[10, 0, 0], [70, 0, 5]]))
    quiet = [world(snapshot(BORDER))] * 2
    ensemble = engine(setting, quiet, seed=1, members=range(2), parameters=load_parameters({"base_leaving_rate": 0}))
    assert ensemble["people"].isel(day=1).to_numpy().tolist() == [[10, 0, 0], [70, 0, 5]]


def test_residents_for_too_few_members_are_refused():
    setting = replace(scenario(BORDER, {}, days=2), at_home=np.array([[10, 0, 0]]))
    with pytest.raises(InputError, match=r"scenario\.at_home: its shape is \(1, 3\)\. Make it \(2, 3\)"):
        simulate(setting, [world(snapshot(BORDER))] * 2, seed=1, members=range(2))
