"""People are conserved and counts are never negative, in any small world, in both engines."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.ensemble.model import GivenWorlds, TidingsModel
from tidings.ensemble.run import simulate
from tidings.flow import engine, reference
from tidings.flow.parameters import load_parameters, parameter_table

KINDS = ("city", "town", "village", "camp", "area")
TABLE = parameter_table()
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        name: st.integers(1, 3) if name == "awareness_hops" else st.floats(*TABLE[name].plausible)
        for name in ("awareness_hops", "onward_rate_settlement", "leaving_rate_per_event", "return_rate", "speed_motor")
    },
)


@st.composite
def countries(draw, most=40):
    """A scenario and two worlds of it, with everything that can be there."""
    names = [f"p{number}" for number in range(draw(st.integers(1, 5)))]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda pair: pair[0] != pair[1])
    several = st.lists(pairs, max_size=6) if len(names) > 1 else st.just([])
    roads = [(a, b, draw(st.floats(0.1, 900))) for a, b in sorted({tuple(sorted(p)) for p in draw(several)})]
    gates = [(f"g{number}", a, b) for number, (a, b) in enumerate(draw(several)[:2])]
    kinds = {name: draw(st.sampled_from(KINDS)) for name in names}
    country, people = geography(kinds, roads, gates), st.integers(0, most)
    at_home = {name: draw(people) for name in names}
    most_there = {name: 0.0 if kinds[name] == "camp" else float(at_home[name]) for name in names}
    setting = scenario(
        country,
        at_home,
        days=draw(st.integers(1, 9)),
        displaced={(draw(st.sampled_from(names)), name): draw(people) for name in names},
        waiting={(draw(st.sampled_from(names)), gate): draw(people) for gate, _, _ in gates},
        capacity={name: most_there[name] + draw(st.sampled_from([0.0, 10.0, np.inf])) for name in names},
        per_day={gate: draw(st.sampled_from([0.0, 0.5, 7.0, np.inf])) for gate, _, _ in gates},
    )
    setting = replace(setting, unreached=tuple(names))
    return setting, [world(*(draw(snapshots(country)) for _ in range(3)), after=3) for _ in range(2)]


@st.composite
def snapshots(draw, country):
    names = [place.id for place in country.places]
    return snapshot(
        country,
        violence={name: draw(st.sampled_from([0.0, 0.01, 2.0, 500.0])) for name in names},
        besieged=draw(st.sets(st.sampled_from(names), max_size=2)),
        cut=draw(
            st.sets(st.sampled_from([(road.from_, road.to) for road in country.roads]))
            if country.roads
            else st.just(set())
        ),
        policy={gate.id: draw(st.integers(0, 2)) for gate in country.crossings},
        holder={name: draw(st.integers(-1, 1)) for name in names},
    )


def is_conserved(ensemble, setting):
    everybody = setting.at_home.sum() + setting.displaced.sum() + setting.waiting.sum()
    total = ensemble["people"].sum("place") + ensemble["waiting"].sum("crossing") + ensemble["on_road"].sum("group")
    change = ensemble["people"].diff("day")
    flows = ensemble["arrivals"] + ensemble["returned"] - ensemble["departures"]
    return (
        bool((total == everybody).all())
        and all(int(ensemble[name].min()) >= 0 for name in ensemble if ensemble[name].size)
        and np.array_equal(change, flows.isel(day=slice(1, None)))
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(countries(most=2_000), PARAMETERS)
def test_no_more_people_are_at_home_than_were_on_the_first_morning(country, changes):
    setting, worlds = country
    parameters = load_parameters(changes | {"return_rate": 5.0, "calm_days": 1})
    run = engine.Run(setting, worlds, 3, range(2), [parameters] * 2)
    for day in range(setting.days):
        run.one_day(day)
        assert (run.state.away >= 0).all()
        coming = run.state.homeward.sum(axis=1)
        assert np.array_equal(run.state.home + coming + run.state.away, np.broadcast_to(setting.at_home, coming.shape))


def simulated(simulate, setting, worlds, parameters, **settings_):
    return simulate(setting, worlds, seed=3, members=range(len(worlds)), parameters=parameters, **settings_)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(countries(most=10**9), PARAMETERS)
def test_the_engine_conserves_people(country, changes):
    setting, worlds = country
    assert is_conserved(simulated(engine.simulate, setting, worlds, load_parameters(changes)), setting)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(countries(), PARAMETERS)
def test_the_reference_engine_conserves_people(country, changes):
    setting, worlds = country
    assert is_conserved(simulated(reference.simulate, setting, worlds, load_parameters(changes)), setting)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(countries(), PARAMETERS)
def test_the_counter_of_people_on_the_road_is_the_sum_of_the_roads(country, changes):
    setting, worlds = country
    run = engine.Run(setting, worlds, 3, range(2), [load_parameters(changes)] * 2)
    for day in range(setting.days):
        run.one_day(day)
        state, groups = run.state, len(setting.groups)
        by_group = state.road.sum(axis=(1, 2))
        for place, group in enumerate(run.layout.group_of_place):
            by_group[:, group] += state.homeward[:, :, place].sum(axis=1)
        assert np.array_equal(by_group, state.on_road)
        assert by_group.shape == (2, groups)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(countries(most=10**6), PARAMETERS)
def test_members_do_not_depend_on_those_that_are_simulated_with_them(country, changes):
    setting, worlds = country
    model = TidingsModel(setting, GivenWorlds(tuple(worlds)), load_parameters(changes))
    together = simulated(engine.simulate, setting, worlds, load_parameters(changes))
    for member in range(len(worlds)):
        alone = simulate(model, members=[member], seed=3)
        assert alone[list(together)].equals(together.isel(member=[member]))
