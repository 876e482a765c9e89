"""An ensemble is the same bytes for any number of workers and chunks, and refuses what cannot be run."""

from dataclasses import replace

import numpy as np
import pytest

from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.core.errors import InputError
from tidings.ensemble import run as ensemble_run
from tidings.ensemble.design import draw_parameters
from tidings.ensemble.run import chunk_size, chunks_of, run_ensemble
from tidings.flow.engine import simulate
from tidings.flow.parameters import load_parameters

COUNTRY = geography(
    {"home": "city", "village": "village", "gateside": "town", "abroad": "camp"},
    [("home", "village", 31.7), ("home", "gateside", 213.3), ("village", "gateside", 18.9)],
    [("gate", "gateside", "abroad")],
)
SETTING = scenario(COUNTRY, {"home": 90_000, "village": 700}, days=12, per_day={"gate": 120.5})
WAR, CUT = snapshot(COUNTRY, violence={"home": 7.3}), snapshot(COUNTRY, cut=[("home", "village")])
N_MEMBERS = 21
WORLDS = [world(WAR, CUT, after=number % 5 + 1) for number in range(N_MEMBERS)]
SETS = draw_parameters(load_parameters(), members=range(N_MEMBERS), seed=8)


def run(members=range(N_MEMBERS), **settings):
    given = {"parameters": [SETS[member] for member in members], "seed": 4, **settings}
    return run_ensemble(SETTING, [WORLDS[member] for member in members], members=members, **given)


WHOLE = run()


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("chunk", [1, 2, 8, 64])
def test_the_result_does_not_depend_on_workers_or_chunks(monkeypatch, workers, chunk):
    monkeypatch.setattr(ensemble_run, "CHUNK", chunk)
    assert run(workers=workers).identical(WHOLE)


def test_members_do_not_depend_on_the_others_or_on_their_order():
    some = [7, 3, 20]
    assert run(some).identical(WHOLE.sel(member=some))


def test_members_added_later_do_not_change_the_earlier_ones():
    assert run(range(6)).identical(WHOLE.isel(member=slice(6)))


def test_an_ensemble_is_what_the_engine_gives():
    assert simulate(SETTING, WORLDS, seed=4, members=range(N_MEMBERS), parameters=SETS).identical(WHOLE)


def test_another_seed_gives_another_ensemble():
    assert not run(seed=5)["people"].equals(WHOLE["people"])


@pytest.mark.parametrize("workers", [1, 3])
def test_progress_counts_members_up_to_all(workers):
    told = []
    run(workers=workers, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (N_MEMBERS, N_MEMBERS)


def test_chunks_cover_all_members_once():
    spans = chunks_of(23, 5)
    assert [member for a, b in spans for member in range(a, b)] == list(range(23))


def test_every_worker_gets_a_chunk():
    assert chunk_size(SETTING, 10, 2) == 5


def test_no_workers_are_refused():
    with pytest.raises(InputError, match="workers: 0 is less than 1"):
        run(workers=0)


def test_no_members_are_refused():
    with pytest.raises(InputError, match="members: there are none"):
        run([])


def test_a_set_of_parameters_too_few_is_refused():
    with pytest.raises(InputError, match="parameters: there are 2 sets for 21 members"):
        run(parameters=SETS[:2])


def test_what_fails_in_a_worker_is_raised_here(monkeypatch):
    def fail(*_, **__):
        raise MemoryError("no memory")

    monkeypatch.setattr(ensemble_run, "count_people", fail)
    with pytest.raises(MemoryError, match="no memory"):
        run(workers=2, progress=lambda *_: None)


def test_what_ifs_share_their_luck():
    richer = world(WAR, CUT, after=12)
    base, other = (
        run_ensemble(SETTING, [each] * 9, members=range(9), seed=4) for each in (world(WAR, CUT, after=6), richer)
    )
    assert np.array_equal(base["people"].isel(day=slice(6)), other["people"].isel(day=slice(6)))


@pytest.mark.parametrize("chunk", [1, 4])
def test_members_with_residents_of_their_own_keep_them_in_any_chunk(monkeypatch, chunk):
    at_home = np.arange(N_MEMBERS)[:, None] + np.array([[500, 60, 7, 0]])
    own = replace(SETTING, at_home=at_home)
    whole = run_ensemble(own, WORLDS, members=range(N_MEMBERS), seed=4)
    monkeypatch.setattr(ensemble_run, "CHUNK", chunk)
    assert run_ensemble(own, WORLDS, members=range(N_MEMBERS), seed=4).identical(whole)


def test_a_chunk_counts_the_ways_home_of_a_network_a_member():
    many = geography({f"p{number}": "town" for number in range(10_000)})
    assert chunk_size(scenario(many, {}, groups={f"p{n}": "all" for n in range(10_000)}), 64, 1) == 1
