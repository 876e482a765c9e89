"""Both engines give what can be worked out on paper: geometric leaving, a chain, shares by weight, a queue, a capacity.

Every statistical test is made at `ALARM`: the chance that it fails though the engine is right. Seeds are fixed.
"""

import numpy as np
import pytest
from scipy import stats

from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.flow import engine, reference
from tidings.flow.parameters import load_parameters
from tidings.flow.run import Run

ALARM = 1e-5
MEMBERS = 150
STILL = {
    "base_leaving_rate": 0.0,
    "leaving_rate_per_event": 0.1,
    "leaving_late_share": 1.0,
    "leaving_population_exponent": 0.0,
    "onward_rate_settlement": 0.0,
    "onward_rate_camp": 0.0,
    "crowding_rate": 0.0,
    "settle_near_rate": 0.0,
    "turn_back_rate": 0.0,
    "return_rate": 0.0,
    "awareness_hops": 1,
}
"""Nothing happens but what a test asks for; people leave at 0.1 a day for each event a day, however long it lasts and
however many they are."""
ENGINES = pytest.mark.parametrize("simulate", [engine.simulate, reference.simulate], ids=["engine", "reference"])


def run(simulate, setting, weather, **changes):
    return simulate(
        setting,
        [world(weather)] * MEMBERS,
        seed=5,
        members=range(MEMBERS),
        parameters=load_parameters({**STILL, **changes}),
    )


def follows(values, distribution):
    """Whether counts of independent members follow a distribution: a chi-square test over about ten cells."""
    edges = np.unique(distribution.ppf(np.linspace(0, 1, 11)[1:-1]))
    expected = np.diff(np.concatenate([[0.0], distribution.cdf(edges), [1.0]])) * len(values)
    observed = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(expected))
    used = expected > 1e-9
    if used.sum() == 1:  # certain
        return observed[used][0] == len(values)
    return stats.chisquare(observed[used], expected[used]).pvalue > ALARM


@ENGINES
def test_residents_leave_geometrically(simulate):
    country = geography({"home": "town", "away": "town"}, [("home", "away", 50)])
    people = 120
    ensemble = run(simulate, scenario(country, {"home": people}, days=6), snapshot(country, violence={"home": 2.0}))
    for day in range(6):
        staying = np.exp(-0.1 * 2.0 * (day + 1))
        assert follows(ensemble["people"].sel(place="home", day=day).to_numpy(), stats.binom(people, staying))


FADING = {"leaving_late_share": 0.2, "leaving_fade_days": 2.0}


def stays(days_since_onset, events):
    """The share that stays over days on which the rate of leaving fades from 0.1 an event, as FADING tells."""
    rates = [0.1 * events * (0.2 + 0.8 * np.exp(-since / 2.0)) for since in days_since_onset]
    return np.exp(-sum(rates))


@ENGINES
def test_residents_leave_ever_more_slowly_after_the_onset_of_violence(simulate):
    country = geography({"home": "town", "away": "town"}, [("home", "away", 50)])
    weather = snapshot(country, violence={"home": 4.0})
    ensemble = run(simulate, scenario(country, {"home": 130}, days=7), weather, **FADING)
    for day in range(7):
        staying = stays(range(day + 1), 4.0)
        assert follows(ensemble["people"].sel(place="home", day=day).to_numpy(), stats.binom(130, staying))


@ENGINES
def test_a_calm_lets_the_count_from_the_onset_begin_anew(simulate):
    country = geography({"home": "town", "away": "town"}, [("home", "away", 50)])
    war, lull = snapshot(country, violence={"home": 4.0}), snapshot(country)
    setting = scenario(country, {"home": 140}, days=6)
    for calm_days, since in ((2, (0, 1, 0, 1)), (3, (0, 1, 4, 5))):
        ensemble = simulate(
            setting,
            [world(war, lull, war, after=2)] * MEMBERS,
            seed=5,
            members=range(MEMBERS),
            parameters=load_parameters({**STILL, **FADING, "calm_days": calm_days}),
        )
        for day, n_days in ((1, 2), (3, 2), (4, 3), (5, 4)):
            staying = stays(since[:n_days], 4.0)
            assert follows(ensemble["people"].sel(place="home", day=day).to_numpy(), stats.binom(140, staying))


@ENGINES
def test_the_size_of_a_place_scales_the_rate_of_leaving_as_its_exponent_says(simulate):
    country = geography(
        {"small": "town", "large": "town", "away": "camp"}, [("small", "away", 9), ("large", "away", 9)]
    )
    weather = snapshot(country, violence={"small": 9.0, "large": 9.0})
    setting = scenario(country, {"small": 25, "large": 144}, days=1)
    ensemble = run(simulate, setting, weather, leaving_population_exponent=-0.5, leaving_rate_per_event=0.002)
    for place, people in (("small", 25), ("large", 144)):
        rate = 0.002 * 9.0 * np.sqrt(10_000 / people)
        left = ensemble["departures"].sel(place=place, day=0).to_numpy()
        assert follows(left, stats.binom(people, 1 - np.exp(-rate)))


@ENGINES
def test_of_those_who_would_leave_a_siege_a_share_gets_out(simulate):
    country = geography({"home": "town", "away": "town"}, [("home", "away", 50)])
    weather = snapshot(country, violence={"home": 5.0}, besieged=["home"])
    setting = scenario(country, {"home": 90}, days=1, displaced={("away", "home"): 60})
    changes = {"besieged_escape_probability": 0.3, "onward_rate_settlement": 0.4}
    left = run(simulate, setting, weather, **changes)["departures"].sel(place="home", day=0).to_numpy()
    shares = [0.3 * (1 - np.exp(-rate)) for rate in (0.5, 0.9)]
    pmf = np.convolve(*(stats.binom(n, p).pmf(range(n + 1)) for n, p in zip((90, 60), shares, strict=True)))
    assert follows(left, stats.rv_discrete(values=(range(151), pmf)))


@ENGINES
def test_arrivals_down_a_road_are_the_departures_of_so_many_days_before(simulate):
    country = geography({"home": "town", "away": "town"}, [("home", "away", 500)])
    weather = snapshot(country, violence={"home": 3.0})
    ensemble = run(simulate, scenario(country, {"home": 90}, days=9), weather, speed_motor=200)
    left = ensemble["departures"].sel(place="home").to_numpy()
    came = ensemble["arrivals"].sel(place="away").to_numpy()
    assert np.array_equal(came[:, 3:], left[:, :-3])  # 500 km at 200 km a day: three days
    assert not came[:, :3].any()


@ENGINES
def test_a_chain_of_two_roads_is_a_sum_of_two_waiting_times(simulate):
    country = geography(
        {"home": "town", "middle": "town", "camp": "camp"}, [("home", "middle", 9), ("middle", "camp", 9)]
    )
    weather = snapshot(country, violence={"home": 4.0})
    rates = {"onward_rate_settlement": 0.5, "violence_avoidance": 100.0}  # nobody goes back into the violence
    people, days = 100, 7
    ensemble = run(simulate, scenario(country, {"home": people}, days=days), weather, **rates)
    leave, move_on = 1 - np.exp(-0.4), 1 - np.exp(-0.5)
    for day in range(days):
        # departs on day a, is in the middle on the morning a + 1, departs from there on day b > a, in the camp on b + 1
        p = sum(
            leave * (1 - leave) ** a * move_on * (1 - move_on) ** (b - a - 1)
            for a in range(day)
            for b in range(a + 1, day)
        )
        assert follows(ensemble["people"].sel(place="camp", day=day).to_numpy(), stats.binom(people, p))


@ENGINES
def test_destinations_share_the_leavers_by_weight(simulate):
    places = {"home": "town", "near": "town", "far": "camp", "hamlet": "village"}
    country = geography(places, [("home", "near", 10), ("home", "far", 90), ("home", "hamlet", 10)])
    weather = snapshot(country, violence={"home": 50.0, "near": 0.5})
    changes = {"distance_scale": 10, "distance_exponent": 1.5, "violence_avoidance": 2.0}
    people = 150
    ensemble = run(simulate, scenario(country, {"home": people}, days=2), weather, **changes)
    weights = {"near": 2**-1.5 * np.exp(-1.0), "far": 2.0 * 10**-1.5, "hamlet": 0.5 * 2**-1.5}
    left = ensemble["departures"].sel(place="home", day=0).sum()
    came = [int(ensemble["arrivals"].sel(place=name, day=1).sum()) for name in weights]
    expected = [float(left) * weight / sum(weights.values()) for weight in weights.values()]
    assert sum(came) == left
    assert stats.chisquare(came, expected).pvalue > ALARM


@ENGINES
def test_a_queue_shrinks_by_the_throughput(simulate):
    country = geography({"side": "town", "abroad": "camp"}, [], [("gate", "side", "abroad")])
    setting = scenario(
        country, {}, days=6, waiting={("side", "gate"): 100, ("abroad", "gate"): 10}, per_day={"gate": 25}
    )
    ensemble = run(simulate, setting, snapshot(country))
    assert (ensemble["waiting"].sel(crossing="gate") == [85, 60, 35, 10, 0, 0]).all()
    assert (ensemble["people"].sel(place="abroad") == [25, 50, 75, 100, 110, 110]).all()


def test_the_queue_is_served_at_random():
    country = geography({"side": "town", "abroad": "camp"}, [], [("gate", "side", "abroad")])
    queue = {("side", "gate"): 60, ("abroad", "gate"): 40}
    setting = scenario(country, {}, days=1, waiting=queue, per_day={"gate": 30})
    members = range(1000)
    state = Run(setting, [world(snapshot(country))] * 1000, 5, members, [load_parameters(STILL)] * 1000)
    state.one_day(0)
    crossed = state.state.displaced[:, 1]  # by origin group, which the output does not tell
    assert (crossed.sum(axis=1) == 30).all()
    assert follows(crossed[:, state.layout.groups.tolist().index(0)], stats.hypergeom(100, 60, 30))


@ENGINES
def test_people_who_wait_at_a_closed_crossing_give_up_geometrically(simulate):
    country = geography({"side": "town", "abroad": "camp"}, [], [("gate", "side", "abroad")])
    setting = scenario(country, {}, days=5, waiting={("side", "gate"): 130})
    weather = snapshot(country, policy={"gate": 2})
    ensemble = run(simulate, setting, weather, settle_near_rate=0.1, turn_back_rate=0.15)
    for day in range(5):
        staying = np.exp(-0.25 * (day + 1))
        assert follows(ensemble["waiting"].sel(crossing="gate", day=day).to_numpy(), stats.binom(130, staying))
    # without a road there is nowhere to turn back to
    assert (ensemble["people"].sel(place="side", day=4) + ensemble["waiting"].sel(crossing="gate", day=4) == 130).all()


@ENGINES
def test_of_those_who_give_up_some_settle_and_the_others_turn_back_as_their_rates_compete(simulate):
    country = geography({"side": "town", "abroad": "camp", "inland": "town"}, [("side", "inland", 500)],
                        [("gate", "side", "abroad")])  # fmt: skip
    setting = scenario(country, {}, days=1, waiting={("side", "gate"): 140})
    weather = snapshot(country, policy={"gate": 2})
    ensemble = run(simulate, setting, weather, settle_near_rate=0.2, turn_back_rate=0.3).sel(day=0)
    gives_up = 1 - np.exp(-0.5)
    assert follows(ensemble["arrivals"].sel(place="side").to_numpy(), stats.binom(140, gives_up * 0.4))
    assert follows(ensemble["on_road"].sel(group="side").to_numpy(), stats.binom(140, gives_up * 0.6))


@ENGINES
def test_a_restricted_crossing_keeps_the_mean_of_a_fraction_of_a_person(simulate):
    country = geography({"side": "town", "abroad": "camp"}, [], [("gate", "side", "abroad")])
    setting = scenario(country, {}, days=20, waiting={("side", "gate"): 100}, per_day={"gate": 25})
    ensemble = run(simulate, setting, snapshot(country, policy={"gate": 1}), restricted_share=0.05)
    crossed = ensemble["crossed"].sel(crossing="gate").to_numpy()
    assert set(np.unique(crossed)) == {1, 2}
    assert stats.binomtest(int((crossed == 2).sum()), crossed.size, 0.25).pvalue > ALARM


@ENGINES
def test_a_camp_between_its_buffer_and_its_capacity_gets_a_smaller_share(simulate):
    country = geography({"home": "town", "filling": "camp", "empty": "camp", "full": "camp"},
                        [("home", "filling", 20), ("home", "empty", 20), ("home", "full", 20)])  # fmt: skip
    setting = scenario(
        country,
        {"home": 100},
        days=2,
        displaced={("home", "filling"): 80, ("home", "full"): 50},
        capacity={"filling": 100, "full": 50},
    )
    weather = snapshot(country, violence={"home": 3.0})
    ensemble = run(simulate, setting, weather, capacity_buffer=0.5)
    came = ensemble["arrivals"].sel(day=1)
    n = int(came.sum())
    share = 0.4 / 1.4  # (1 - 0.8) / (1 - 0.5) beside 1
    assert (came.sel(place="full") == 0).all()
    assert stats.binomtest(int(came.sel(place="filling").sum()), n, share).pvalue > ALARM


@ENGINES
def test_crowding_beyond_the_capacity_drives_people_on(simulate):
    country = geography({"camp": "camp", "town": "town"}, [("camp", "town", 20)])
    setting = scenario(country, {}, days=1, displaced={("town", "camp"): 120}, capacity={"camp": 40})
    ensemble = run(simulate, setting, snapshot(country), crowding_rate=0.6)
    left = ensemble["departures"].sel(place="camp", day=0).to_numpy()
    assert follows(left, stats.binom(120, 1 - np.exp(-0.6 * (1 - 40 / 120))))


@ENGINES
def test_people_return_geometrically_once_their_home_is_calm(simulate):
    country = geography({"home": "town", "away": "town"}, [("home", "away", 20)])
    war, peace = snapshot(country, violence={"home": 60.0}), snapshot(country)
    setting = scenario(country, {"home": 140}, days=8)
    ensemble = simulate(
        setting,
        [world(war, peace, after=2)] * MEMBERS,
        seed=5,
        members=range(MEMBERS),
        parameters=load_parameters({**STILL, "return_rate": 0.3, "calm_days": 2, "leaving_rate_per_event": 10.0}),
    )
    away = ensemble["people"].sel(place="away").to_numpy()
    assert (away[:, 2] == 140).all()  # all have left on the first day; day 2 is the first of two calm days
    for day in range(3, 8):
        assert follows(away[:, day], stats.binom(140, np.exp(-0.3 * (day - 2))))
    # who sets out at the end of a day is on the road on the next and at home on the morning after
    left = ensemble["departures"].sel(place="away").to_numpy()
    assert np.array_equal(ensemble["returned"].sel(place="home").to_numpy()[:, 5:], left[:, 3:-2])


@ENGINES
def test_of_several_calm_homes_each_is_taken_in_proportion_to_who_is_away_from_it(simulate):
    country = geography({"one": "town", "two": "town", "away": "town"}, [("one", "away", 20), ("two", "away", 20)])
    war, peace = snapshot(country, violence={"one": 60.0, "two": 60.0}), snapshot(country)
    setting = scenario(country, {"one": 80, "two": 40}, days=5, groups=dict.fromkeys(("one", "two", "away"), "all"))
    ensemble = simulate(
        setting,
        [world(war, peace, after=2)] * MEMBERS,
        seed=5,
        members=range(MEMBERS),
        parameters=load_parameters({**STILL, "return_rate": 0.8, "calm_days": 1, "leaving_rate_per_event": 10.0}),
    )
    back = ensemble["returned"].sel(day=4)  # who set out at the end of day 2, the first calm one
    n = int(back.sum())
    assert n > 0.4 * 120 * MEMBERS
    assert stats.binomtest(int(back.sel(place="one").sum()), n, 2 / 3).pvalue > ALARM


@ENGINES
def test_a_journey_home_takes_the_days_to_the_nearest_place_of_the_group(simulate):
    country = geography({"near": "town", "far": "town", "other": "town", "camp": "camp"},
                        [("near", "camp", 300), ("far", "camp", 900), ("other", "camp", 700)])  # fmt: skip
    groups = {"near": "one", "far": "one", "other": "two", "camp": "three"}
    war, peace = snapshot(country, violence={"far": 60.0, "other": 60.0}), snapshot(country)
    ensemble = simulate(
        scenario(country, {"far": 60, "other": 60}, days=18, groups=groups),
        [world(war, peace, after=9)] * 3,
        seed=5,
        members=range(3),
        parameters=load_parameters({**STILL, "return_rate": 3.0, "calm_days": 1, "leaving_rate_per_event": 10.0}),
    )
    assert (ensemble["people"].sel(place="camp", day=8) == 120).all()
    # 300 km to the nearer place of their group: two days for those who set out at the end of day 9; 700 km: four
    for home, first in (("far", 12), ("other", 14)):
        back = ensemble["returned"].sel(place=home)
        assert (back.sel(day=slice(0, first - 1)) == 0).all()
        assert (back.sel(day=first) > 40).all()
