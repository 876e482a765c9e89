"""Contract: a day's travel leads many by their shares and few one by one to the same ends, newcomers last."""

import numpy as np
import pytest
from scipy import stats

from tests.flow.flee_days import KEY, after, conditions, laid_out, put
from tests.flow.flee_worlds import CAMP, CONFLICT, instance, place, settings
from tests.flow.test_draws import ALARM, fits, started
from tidings.core.streams import address
from tidings.flow.flee_chain import at_position
from tidings.flow.flee_kernels import decide, size_up
from tidings.flow.flee_moves import (
    done_by,
    draw_ends,
    gather,
    is_noticed,
    line_up,
    pass_on,
    pick,
    set_out,
    travel,
    walk,
)
from tidings.flow.flee_phases import phases_of

ANSA, BREL, ESK = range(3)
RULES = {"conflict_weight": 0.0, "camp_movechance": 0.0}
"""Nobody goes back to Ansa, and nobody leaves Esk."""
COUNTRY = instance([place("Ansa", CONFLICT, 900), place("Brel"), place("Esk", CAMP)],
                   [("Ansa", "Brel", 40), ("Brel", "Esk", 200)], conflicts={"Ansa": [1] * 8})  # fmt: skip


def morning(people, country=COUNTRY, *, key=KEY, fresh=(), **rules):
    """A run whose people have decided; how many states they leave."""
    run = laid_out(country, settings(**{**RULES, **rules}))
    run.desk = run.desk._replace(order=np.zeros(1000, np.int64))  # so that more than few can be moved one by one
    return run, again(run, people, key=key, fresh=fresh)


def again(run, people, *, key=KEY, fresh=()):
    here, today = put(run, people), conditions(run)
    run.desk.after[:] = run.desk.leaving[:] = 0
    run.desk.fresh[:] = [dict(fresh).get(at, 0) for at in range(len(run.desk.fresh))]
    size_up(0, run.setup, today, run.population[0], run.desk)
    return decide(np.uint64(key), run.setup, today, here, run.desk)


def by_shares(run, n_active, key=KEY):
    n_phases = phases_of(n_active, run.setup, conditions(run), run.desk)
    n_few = travel(np.uint64(key), n_phases, n_active, run.setup, run.desk)
    return n_phases, n_few


def one_by_one(run, n_active, key=KEY, *, is_crowded=True):
    phases_of(n_active, run.setup, conditions(run), run.desk)
    n_people = line_up(np.uint64(key), n_active, run.desk)
    walk(np.uint64(key), n_people, 0 if is_crowded else 1, is_crowded, run.setup, conditions(run), run.desk)


def test_who_leaves_a_place_is_shared_out_by_their_choice():
    run, n_active = morning({BREL: 100}, conflict_weight=1.0)
    assert n_active == 1
    mass = np.zeros_like(run.desk.mass)
    set_out(BREL, 70.0, run.chain.states, run.ways.stations.options, run.desk.first, 1, mass)
    weight = np.array([1 / 50, 1 / 210])  # to Ansa, to Esk
    assert np.sort(mass[mass > 0]) == pytest.approx(np.sort(70 * weight / weight.sum()))


def test_who_is_on_a_road_that_may_be_walked_is_shared_out_by_that_chance():
    country = instance(COUNTRY.locations, [("Ansa", "Brel", 500, {"walk_probability": 0.25}), ("Brel", "Esk", 200)],
                       conflicts={"Ansa": [1] * 8})  # fmt: skip
    run = laid_out(country, settings(max_walk_speed=10))
    mass = np.zeros_like(run.desk.mass)
    state = at_position(run.chain.shape, int(run.ways.legs.first[run.ways.options.leg[0], 0]), 0)
    set_out(state, 40.0, run.chain.states, run.ways.stations.options, run.desk.first, 2, mass)
    assert sorted(mass[mass > 0]) == [10.0, 30.0]


def passed_on(share_leaving):
    """All of one share leave Ansa; what comes to the states of the day."""
    run, _ = morning({ANSA: 100}, default_movechance=share_leaving)
    desk, chain, starts = run.desk, run.chain, run.ways.stations.options
    set_out(ANSA, 1.0, chain.states, starts, desk.first, 1, desk.mass)
    begin, end, first, last = chain.states.ahead[ANSA]
    pass_on(begin, end, chain.states.nodes, chain.nodes, starts, desk.p_leave, desk.first.share, desk.first.going, 1,
            desk.mass)  # fmt: skip
    n_ends = gather(first, last, chain.states.ends, len(chain.nodes.station), desk.mass, desk.ends, desk.share)
    assert not desk.mass.any()
    places = chain.states.place[desk.ends[:n_ends]].tolist()
    assert len(places) == len(set(places))
    return dict(zip(places, desk.share[:n_ends].tolist(), strict=True))


def test_who_comes_to_a_place_on_their_way_decides_there_once_more():
    assert passed_on(0.3) == pytest.approx({BREL: 0.7, ESK: 0.3})
    assert passed_on(1.0) == pytest.approx({ESK: 1.0})


def test_left_overs_of_rounding_end_nowhere():
    assert set(passed_on(1.0)) == {ESK}


def test_ends_are_drawn_together_as_a_multinomial():
    ends, share, found = np.array([4, 0, 2]), np.array([0.2, 0.5, 0.3]), []
    for number in range(3000):
        counts = np.zeros(5, np.int64)
        draw_ends(started(7, number), 30, 3, ends, share, counts)
        assert counts.sum() == 30
        found.append(counts)
    drawn = np.array(found)
    for end, chance in ((4, 0.2), (0, 0.5), (2, 0.3)):
        assert fits(drawn[:, end], stats.binom(30, chance)) > ALARM
    assert not drawn[:, [1, 3]].any()


def test_the_last_end_takes_all_who_are_left():
    counts = np.zeros(3, np.int64)
    draw_ends(started(1), 1000, 2, np.array([0, 2]), np.array([0.0, 1e-9]), counts)
    assert counts.tolist() == [0, 0, 1000]


def test_many_end_their_day_by_the_shares_of_its_paths():
    run, n_active = morning({ANSA: 10**6})
    assert by_shares(run, n_active) == (1, 0)
    found = after(run)
    assert found[BREL] + found[ESK] == 10**6
    assert abs(found[ESK] - 300_000) < 5 * np.sqrt(10**6 * 0.3 * 0.7)


@pytest.mark.parametrize("is_crowded", [True, False])
def test_few_end_theirs_by_the_same_shares(is_crowded):
    run, _ = morning({ANSA: 20})
    drawn = []
    for day in range(600):
        one_by_one(run, again(run, {ANSA: 20}), address(day), is_crowded=is_crowded)
        drawn.append(after(run).get(ESK, 0))
        assert run.desk.after.sum() == 20
    assert fits(np.array(drawn), stats.binom(20, 0.3)) > ALARM


@pytest.mark.parametrize("move", [by_shares, one_by_one])
def test_a_town_does_not_hold_up_those_who_travelled_little_of_late(move):
    run, n_active = morning({ANSA: 200}, default_movechance=0.005, avoid_short_stints=True)
    move(run, n_active)
    assert after(run) == {ESK: 200}


def test_who_is_few_at_a_place_is_left_to_be_moved_one_by_one():
    run, n_active = morning({ANSA: 10**6, BREL: 5}, default_movechance=1.0)
    _, n_few = by_shares(run, n_active)
    assert run.desk.order[:n_few].tolist() == [BREL] * 5
    assert run.desk.after.sum() == 10**6


def test_who_is_on_a_road_that_all_drive_comes_to_its_end_for_certain():
    run = laid_out(instance(COUNTRY.locations, [("Ansa", "Brel", 500), ("Brel", "Esk", 200)],
                            conflicts={"Ansa": [1] * 8}), settings(**RULES, default_movechance=0.005))  # fmt: skip
    here, today = put(run, {}), conditions(run)
    here[at_position(run.chain.shape, int(run.ways.legs.first[run.ways.options.leg[0], 0]) + 1, 0)] = 30
    size_up(0, run.setup, today, run.population[0], run.desk)
    n_active = decide(KEY, run.setup, today, here, run.desk)
    one_by_one(run, n_active)
    assert sum(after(run).get(at, 0) for at in (BREL, ESK)) == 30


FILLING = instance([place("Ansa", CONFLICT, 900), place("Brel"), place("Esk", CAMP, 100)],
                   [("Ansa", "Brel", 40), ("Brel", "Esk", 200)], conflicts={"Ansa": [1] * 8})  # fmt: skip


def test_one_by_one_a_camp_fills_until_it_keeps_less_than_half_its_attraction():
    run, n_active = morning({ANSA: 200}, FILLING, default_movechance=1.0, capacity_buffer=0.75)
    one_by_one(run, n_active)
    assert after(run) == {BREL: 112, ESK: 88}  # with 88 of 100 its room is 0.48; with 87 it was 0.52


def test_all_come_to_a_camp_that_the_last_of_them_closes():
    run, n_active = morning({ANSA: 88}, FILLING, default_movechance=1.0, capacity_buffer=0.75)
    one_by_one(run, n_active)
    assert after(run) == {ESK: 88}


def test_many_fill_a_camp_up_to_there_on_the_mean():
    country = instance([*COUNTRY.locations[:2], place("Esk", CAMP, 100_000)],
                       [("Ansa", "Brel", 40), ("Brel", "Esk", 200)], conflicts={"Ansa": [1] * 8})  # fmt: skip
    run, n_active = morning({ANSA: 200_000}, country, default_movechance=1.0)
    n_phases, n_few = by_shares(run, n_active)
    assert n_phases > 1
    assert n_few == 0
    assert abs(after(run)[ESK] - 95_001) < 5 * np.sqrt(200_000 * 0.475 * 0.525)


def test_newcomers_travel_last():
    assert done_by(0.5, 60.0, 60.0, 10, 0) == 1.0
    assert done_by(0.5, 60.0, 60.0, 10, 10) == 0.0
    assert done_by(0.5, 60.0, 60.0, 10, 5) == 0.5
    assert done_by(0.75, 60.0, 60.0, 10, 10) == 0.5
    assert done_by(0.25, 60.0, 60.0, 10, 0) == 0.5
    assert done_by(0.25, 80.0, 0.0, 10, 0) == 0.25
    assert done_by(0.25, 0.0, 80.0, 10, 10) == 0.25
    assert done_by(1.0, 60.0, 60.0, 10, 5) == 1.0


def lined_up(key):
    run, n_active = morning({ANSA: 12, BREL: 4}, fresh={ANSA: 9}, default_movechance=1.0)
    n_people = line_up(np.uint64(key), n_active, run.desk)
    return run.desk.order[:n_people].tolist()


def test_everybody_stands_in_line_once_and_newcomers_at_its_end():
    order = lined_up(KEY)
    assert len(order) == 16
    assert order[7:] == [ANSA] * 9
    assert sorted(order[:7]) == [ANSA] * 3 + [BREL] * 4


def test_the_line_is_in_any_order():
    run, n_active = morning({ANSA: 1, BREL: 3}, default_movechance=1.0)
    at = []
    for number in range(4000):
        line_up(np.uint64(address(number)), n_active, run.desk)
        at.append(run.desk.order[:4].tolist().index(ANSA))
    counts = np.bincount(at, minlength=4)
    assert stats.chisquare(counts).pvalue > ALARM


def test_newcomers_find_the_room_that_those_who_set_out_before_have_left():
    run, n_active = morning({ANSA: 50, BREL: 80}, FILLING, fresh={ANSA: 50}, default_movechance=1.0,
                            capacity_buffer=0.75)  # fmt: skip
    one_by_one(run, n_active)
    assert after(run) == {BREL: 42, ESK: 88}
    n_active = again(run, {ANSA: 50, BREL: 80})  # those of Brel come, too, however many are there before them
    one_by_one(run, n_active)
    assert after(run)[ESK] > 88


@pytest.mark.parametrize(
    ("luck", "at"), [(0.0, 3), (0.19, 3), (0.2, 5), (0.69, 5), (0.71, 6), (0.99999, 6), (1.0, 6), (1.5, 6)]
)
def test_luck_picks_by_share_and_never_what_has_none(luck, at):
    share = np.array([9.0, 9.0, 0.0, 0.2, 0.0, 0.5, 0.3, 0.0, 9.0])
    assert pick(luck, 2, 8, share) == at


def test_people_notice_a_change_of_more_than_a_fiftieth_and_that_a_camp_closes_or_opens():
    assert is_noticed(1.0, 0.97)
    assert not is_noticed(1.0, 0.985)
    assert is_noticed(0.5, 0.499)
    assert is_noticed(0.499, 0.5)
    assert not is_noticed(0.499, 0.49)
