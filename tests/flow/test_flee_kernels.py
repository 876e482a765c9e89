"""Contract: each day newcomers set out from conflict, all decide by the chance of their place, and none is lost."""

import numpy as np
import pytest
from scipy import stats

from tests.flow.flee_days import KEY, conditions, laid_out, put
from tests.flow.flee_worlds import CAMP, CONFLICT, IDP_CAMP, instance, place, settings
from tests.flow.test_draws import ALARM, fits
from tidings.core.streams import address
from tidings.flow.flee_chain import at_position, at_station
from tidings.flow.flee_desk import CONSTANT, DATA, POISSON, SHARE
from tidings.flow.flee_kernels import NOWHERE, decide, run_days, size_up, spawn

ANSA, BREL, CORT, ESK = range(4)
PLACES = [place("Ansa", CONFLICT, 900), place("Brel", CONFLICT, 300), place("Cort", people=5000), place("Esk", CAMP)]
ROADS = [("Ansa", "Brel", 60), ("Brel", "Cort", 90), ("Cort", "Esk", 500)]
WARS = {"Ansa": [1] * 8, "Brel": [2] * 8}
COUNTRY = instance(PLACES, ROADS, conflicts=WARS, arrivals={"Esk": [0, 10**6]})
RUN = laid_out(COUNTRY)


def newcomers(n_people=0, *, key=KEY, population=(900, 300, 5000, 0), spawning=None, intensity=(0.0,) * 4, **plan):
    """Let newcomers set out; return what spawn says, how many by place, and the population."""
    today, population = conditions(RUN), np.array(population, np.int64)
    spawning = today.spawning if spawning is None else np.array(spawning)
    today = today._replace(intensity=np.array(intensity), spawning=spawning)
    plan = RUN.setup.plan._replace(newcomers=np.array([n_people]), **plan)
    here = np.zeros(RUN.now.shape[1], np.int64)
    said = spawn(0, np.uint64(key), plan, RUN.setup.luck, today, here, population, RUN.desk)
    if said != NOWHERE:
        assert here[RUN.setup.luck.newcomer].tolist() == RUN.desk.fresh.tolist()
    return said, RUN.desk.fresh.tolist(), population.tolist()


def test_newcomers_begin_by_population_times_intensity():
    said, fresh, _ = newcomers(10**6)
    assert said == 0
    assert sum(fresh) == 10**6
    assert fresh[CORT] == fresh[ESK] == 0
    assert abs(fresh[ANSA] - 600_000) < 5 * np.sqrt(10**6 * 0.6 * 0.4)


def test_each_newcomer_is_drawn_apart():
    drawn = np.array([newcomers(20, key=address(1, day))[1][ANSA] for day in range(2000)])
    assert fits(drawn, stats.binom(20, 0.6)) > ALARM


def test_newcomers_with_nowhere_to_begin_are_refused_and_nobody_needs_nowhere():
    assert newcomers(5, spawning=(0.0,) * 4)[0] == NOWHERE
    assert newcomers(5, population=(0, -3, 5000, 0))[0] == NOWHERE
    assert newcomers(0, spawning=(0.0,) * 4)[:2] == (0, [0, 0, 0, 0])


def test_who_is_gone_drives_nobody_out_elsewhere():
    assert newcomers(50, population=(-7, 300, 0, 0))[1] == [0, 50, 0, 0]


def test_who_sets_out_is_taken_from_the_population_where_that_is_asked_for():
    _, fresh, population = newcomers(100, takes=True)
    assert population == [900 - fresh[ANSA], 300 - fresh[BREL], 5000, 0]
    assert newcomers(100, takes=False)[2] == [900, 300, 5000, 0]


def test_a_constant_number_is_cut_to_whole_units():
    assert newcomers(mode=CONSTANT, rate=12.95, intensity=(2.0, 0.05, 0.0, 0.0))[1] == [25, 0, 0, 0]


def test_a_share_is_that_of_the_population_now_and_of_nobody_it_is_nobody():
    share = {"mode": SHARE, "rate": 0.25, "intensity": (1.0, 2.0, 0.0, 0.0)}
    assert newcomers(**share, population=(903, -2, 9, 0))[1] == [225, 0, 0, 0]


def test_a_share_is_multiplied_in_the_order_of_flee():
    intensity = (3.0, 0.0, 0.0, 0.0)
    assert newcomers(mode=SHARE, rate=0.3, intensity=intensity, population=(50, 0, 0, 0))[1] == [45, 0, 0, 0]


def test_a_poisson_number_is_one():
    poisson = {"mode": POISSON, "rate": 1.75, "intensity": (2.0, 0.0, 0.0, 0.0)}
    drawn = [newcomers(**poisson, key=address(2, day))[1] for day in range(2000)]
    assert fits(np.array(drawn)[:, ANSA], stats.poisson(3.5)) > ALARM
    assert not np.array(drawn)[:, BREL:].any()


def sized(day=0, rules=None, population=(900, 300, 5000, 0), places=PLACES, **changes):
    run = laid_out(instance(places, ROADS, conflicts=WARS, **changes), rules)
    size_up(day, run.setup, conditions(run), np.array(population, np.int64), run.desk)
    return run.desk


def test_a_capacity_is_lowered_by_the_people_of_day_0_grows_by_the_day_and_is_scaled():
    camps = [*PLACES[:3], place("Esk", CAMP, 100, capacity_per_day=5)]
    assert sized(0, places=camps).capacity[ESK] == 105
    assert sized(3, places=camps, arrivals={"Esk": [30]}).capacity[ESK] == 100 - 30 + 4 * 5
    assert sized(3, settings(capacity_scaling=0.5), places=camps).capacity[ESK] == 60


def test_an_unlimited_capacity_stays_so_whoever_is_registered():
    assert sized(0, arrivals={"Esk": [30]}).capacity[ESK] == 0


def test_the_chance_of_leaving_is_that_of_the_place_and_of_towns_that_do_not_hold_people_up_one():
    assert sized().p_leave[:4].tolist() == [[1.0, 1.0], [1.0, 1.0], [0.3, 1.0], [0.001, 0.001]]


def test_the_larger_of_population_and_capacity_changes_the_chance_of_leaving():
    rules = settings(movechance_pop_base=1000, movechance_pop_scale_factor=0.5)
    camps = [*PLACES[:3], place("Esk", CAMP, 4000)]
    found = sized(0, rules, places=camps, population=(250, 16_000, 4000, 0)).p_leave[:4, 0]
    assert found == pytest.approx([0.5, 1.0, 0.3 * 2, 0.001 * 2])


def test_nobody_leaves_an_empty_place_where_population_counts():
    rules = settings(movechance_pop_base=1000, movechance_pop_scale_factor=0.5)
    assert sized(0, rules, population=(0, -5, 4000, 0)).p_leave[:4, 0].tolist()[:2] == [0.0, 0.0]


def test_the_score_of_a_place_that_is_no_camp_grows_with_its_population_where_that_is_asked_for():
    rules = settings(use_pop_for_loc_weight=True, pop_power_for_loc_weight=0.5, camp_weight=3.0)
    found = sized(0, rules, population=(900, 0, 4900, 10_000)).now.score
    assert found == pytest.approx([0.25 * 30, 0.0625, 70.0, 3.0])
    assert sized().now.score.tolist() == [0.25, 0.0625, 1.0, 1.0]


def decided(people, *, key=KEY, room=None, fresh=(), run=RUN):
    """Let people decide; return who leaves and who stays, by state."""
    here = put(run, people)
    run.desk.after[:] = run.desk.leaving[:] = run.desk.lately[:] = 0
    run.desk.fresh[:] = [dict(fresh).get(at, 0) for at in range(len(run.desk.fresh))]
    today = conditions(run)
    size_up(0, run.setup, today, run.population[0], run.desk)
    n_active = decide(np.uint64(key), run.setup, today, here, run.desk)
    assert (run.desk.leaving[np.setdiff1d(np.arange(len(here)), run.desk.active[:n_active])] == 0).all()
    return run.desk.leaving.copy(), run.desk.after.copy()


def test_everybody_leaves_a_conflict_and_others_by_the_chance_of_their_place():
    leaving, staying = decided({ANSA: 70, CORT: 10**6})
    assert leaving[ANSA] == 70
    assert leaving[CORT] + staying[CORT] == 10**6
    assert abs(leaving[CORT] - 300_000) < 5 * np.sqrt(10**6 * 0.3 * 0.7)
    assert leaving.sum() + staying.sum() == 70 + 10**6


def test_each_decides_apart():
    drawn = np.array([decided({CORT: 20}, key=address(3, day))[0][CORT] for day in range(2000)])
    assert fits(drawn, stats.binom(20, 0.3)) > ALARM


def test_who_is_on_the_road_goes_on():
    run = laid_out(COUNTRY, settings(max_move_speed=50))
    state = at_position(run.chain.shape, 1, 0)
    put(run, {})[state] = 40
    size_up(0, run.setup, conditions(run), run.population[0], run.desk)
    assert decide(KEY, run.setup, conditions(run), run.now[0], run.desk) == 1
    assert (run.desk.active[0], run.desk.leaving[state]) == (state, 40)


def test_those_who_leave_are_no_longer_counted_at_their_place():
    leaving, _ = decided({CORT: 1000})
    assert RUN.desk.people.tolist() == [0, 0, 1000 - leaving[CORT], 0]


def test_of_those_who_leave_as_many_are_newcomers_as_of_those_who_are_there():
    decided({ANSA: 80}, fresh={ANSA: 20})
    assert RUN.desk.lately[ANSA] == 20
    decided({ANSA: 80})
    assert RUN.desk.lately[ANSA] == 0


FULL = instance(
    [place("Ansa", CONFLICT, 900), place("Gard", IDP_CAMP, 100), place("Esk", CAMP, 100)],
    [("Ansa", "Gard", 60), ("Gard", "Esk", 70)],
    conflicts={"Ansa": [1] * 8},
)


def test_people_leave_full_camps_first_and_make_room_for_those_who_then_decide():
    run = laid_out(FULL, settings(idpcamp_movechance=1.0))
    leaving, staying = decided({0: 50, 1: 100}, run=run)  # Gard is full, until all have left for Ansa or Esk
    assert leaving.sum() == 150
    assert not staying.any()


def test_people_do_not_set_out_for_a_camp_that_stays_full():
    run = laid_out(FULL, settings(idpcamp_movechance=0.0))
    leaving, staying = decided({0: 50, 1: 100}, run=run)
    assert leaving.sum() == 0
    assert staying.sum() == 150


def lived(country, rules=None, n_days=8, n_members=2, seed=5):
    run = laid_out(country, rules, n_members, seed)
    begun = run.now.sum(axis=1)
    said = run_days(0, n_days, run.setup, conditions(run), run.now, run.population, run.desk, run.people, run.on_road)
    return run, begun, said


def test_everybody_is_counted_on_every_day_and_nobody_is_lost():
    run, begun, said = lived(instance(PLACES, ROADS, conflicts=WARS, arrivals={"Esk": [40, 50, 90, 70, 120]}))
    assert said == -1
    assert begun.tolist() == [40, 40]
    expected = 40 + np.cumsum(run.setup.plan.newcomers)
    assert (run.people.sum(axis=2) + run.on_road == expected).all()
    assert (run.now.sum(axis=1) == expected[-1]).all()
    assert not run.desk.after.any()
    assert not run.desk.mass.any()


def test_where_newcomers_have_nowhere_to_begin_the_day_is_told():
    country = instance([place("Ansa", CONFLICT, 25), *PLACES[2:]], ROADS[2:],
                       conflicts={"Ansa": [1] * 8}, arrivals={"Esk": [0, 10, 30, 30, 30, 31]})  # fmt: skip
    rules = settings(spawn={"take_from_population": True})
    assert lived(country)[2] == -1
    assert lived(country, rules)[2] == 5  # 30 of 25 have gone by day 2


def test_who_is_in_a_state_of_a_place_is_counted_there_and_all_others_on_the_road():
    run = laid_out(COUNTRY, settings(max_move_speed=50, conflict_movechance=0.0, default_movechance=0.0))
    put(run, {CORT: 12, ESK: 0})[at_position(run.chain.shape, 0, 0)] = 5
    run_days(0, 1, run.setup, conditions(run), run.now, run.population, run.desk, run.people, run.on_road)
    assert run.people[0, 0].tolist() == [0, 0, 12, 0]
    assert run.on_road[0, 0] == 5
    assert run.now[0, at_position(run.chain.shape, 1, 0)] == 5


def test_members_have_luck_of_their_own_whoever_else_is_run():
    country = instance(PLACES, ROADS, conflicts=WARS, arrivals={"Esk": [0, 1000]})
    two, alone = lived(country)[0], lived(country, n_members=1)[0]
    assert two.people[0].tolist() == alone.people[0].tolist()
    assert two.people[0].tolist() != two.people[1].tolist()
    assert lived(country, n_members=1, seed=6)[0].people.tolist() != alone.people.tolist()


def test_a_first_journey_is_on_foot_where_that_is_asked_for():
    rules = settings(start_on_foot=True, conflict_weight=0.0, max_walk_speed=35)
    run, *_ = lived(instance(PLACES[:1] + PLACES[2:], [("Ansa", "Esk", 80)], conflicts={"Ansa": [1] * 8},
                             arrivals={"Esk": [0, 9]}), rules)  # fmt: skip
    assert run.setup.luck.newcomer.tolist() == [at_station(run.chain.shape, at, 1, 0) for at in range(3)]
    assert run.on_road[0].tolist()[:4] == [0, 9, 9, 0]
    assert run.people[0, 3, 2] == 9
    assert run.setup.plan.mode == DATA
