"""An ensemble is the same for any number of workers, goes on where it was interrupted, and says what it cannot."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from tests.ensemble.models import CUT, MODEL, N_MEMBERS, SETTING, WAR, WORLDS, Growing, Watched, begun
from tests.flow.worlds import world
from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble import run as ensemble_run
from tidings.ensemble.design import draw_parameters
from tidings.ensemble.model import GivenWorlds, OneWorld, TidingsModel
from tidings.ensemble.run import chunks_of, simulate
from tidings.ensemble.save import load_ensemble, load_summary
from tidings.ensemble.summaries import summarise
from tidings.flow import engine
from tidings.flow.parameters import load_parameters

WHOLE = simulate(MODEL, members=N_MEMBERS, seed=4)
ENDLESS = """
import sys
from tests.ensemble.models import MODEL, Watched
from tidings.ensemble.run import simulate
if __name__ == "__main__":
    log, path, workers, nap = sys.argv[1:]
    model = Watched(MODEL, log, nap_seconds=float(nap))
    simulate(model, members=21, seed=4, workers=int(workers), path=path)
"""


def watched(tmp_path, **settings):
    return Watched(MODEL, str(tmp_path / "log"), **settings)


@pytest.mark.parametrize("chunk", [1, 2, 8, 64])
def test_the_result_does_not_depend_on_chunks(tmp_path, chunk):
    assert simulate(watched(tmp_path, members_a_chunk=chunk), members=N_MEMBERS, seed=4).identical(WHOLE)
    assert len(begun(tmp_path / "log")) == -(-N_MEMBERS // chunk)


def test_the_result_does_not_depend_on_workers(tmp_path):
    told = []
    ensemble = simulate(
        watched(tmp_path), members=N_MEMBERS, seed=4, workers=2, progress=lambda done, of: told.append((done, of))
    )
    assert ensemble.identical(WHOLE)
    assert {process for process, _ in begun(tmp_path / "log")}.isdisjoint({os.getpid()})
    assert told == [(done, N_MEMBERS) for done in range(3, N_MEMBERS + 1, 3)]


def test_members_do_not_depend_on_the_others_or_on_their_order():
    some = [7, 3, 20]
    assert simulate(MODEL, members=some, seed=4).identical(WHOLE.sel(member=some))


def test_members_added_later_do_not_change_the_earlier_ones():
    assert simulate(MODEL, members=6, seed=4).identical(WHOLE.isel(member=slice(6)))


def test_an_ensemble_is_what_the_engine_gives():
    worlds = [MODEL.worlds.world(4, member) for member in range(N_MEMBERS)]
    sets = draw_parameters(load_parameters(), members=range(N_MEMBERS), seed=4, vary=MODEL.vary)
    assert engine.simulate(SETTING, worlds, seed=4, members=range(N_MEMBERS), parameters=sets).equals(
        WHOLE.drop_vars("parameters").drop_vars("parameter")
    )


def test_an_ensemble_holds_the_parameters_of_its_members():
    told = WHOLE["parameters"].sel(parameter="speed_foot").to_numpy()
    sets = draw_parameters(load_parameters(), members=range(N_MEMBERS), seed=4, vary=MODEL.vary)
    assert told.tolist() == [each["speed_foot"] for each in sets]
    assert len(set(told)) == N_MEMBERS


def test_another_seed_gives_another_ensemble():
    assert not simulate(MODEL, members=N_MEMBERS, seed=5)["people"].equals(WHOLE["people"])


def test_what_ifs_share_their_luck():
    base, other = (
        simulate(TidingsModel(SETTING, OneWorld(world(WAR, CUT, after=days))), members=9, seed=4) for days in (6, 12)
    )
    assert np.array_equal(base["people"].isel(day=slice(6)), other["people"].isel(day=slice(6)))


def test_members_with_residents_of_their_own_keep_them_in_any_chunk(tmp_path):
    own = replace(MODEL, residents=Growing())
    whole = simulate(own, members=N_MEMBERS, seed=4)
    cut = simulate(Watched(own, str(tmp_path / "log"), members_a_chunk=4), members=N_MEMBERS, seed=4)
    assert cut.identical(whole)
    assert simulate(own, members=[20, 5], seed=4).identical(whole.sel(member=[20, 5]))


def test_progress_counts_members_up_to_all(tmp_path):
    told = []
    simulate(watched(tmp_path), members=N_MEMBERS, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert len(told) > N_MEMBERS / 3
    assert told[-1] == (N_MEMBERS, N_MEMBERS)


def test_chunks_cover_all_members_once():
    assert [member for chunk in chunks_of(range(23), 5) for member in chunk] == list(range(23))


def test_what_fails_in_a_worker_is_raised_here_and_says_the_same():
    unready = replace(MODEL, worlds=GivenWorlds(WORLDS.worlds[:3]))
    with pytest.raises(InputError, match="worlds: there is none for member 3") as alone:
        simulate(unready, members=5)
    with pytest.raises(InputError) as apart:
        simulate(unready, members=5, workers=2)
    assert str(apart.value) in str(alone.value)


def test_a_model_that_cannot_be_simulated_is_refused_before_it_runs(tmp_path):
    model = replace(watched(tmp_path), inner=replace(MODEL, scenario=replace(SETTING, days=0)))
    with pytest.raises(InputError, match=r"scenario\.days: 0 is less than one day"):
        simulate(model, members=2)
    assert not begun(tmp_path / "log")


def test_more_than_the_memory_takes_is_refused_without_a_path(tmp_path, monkeypatch):
    monkeypatch.setattr(ensemble_run, "IN_MEMORY_BYTES", 2**14)
    with pytest.raises(InputError, match=r"members: 21 would take .* GiB in memory. Give a path"):
        simulate(watched(tmp_path), members=N_MEMBERS)
    assert len(begun(tmp_path / "log")) == 1


@pytest.mark.parametrize("name", ["people.nc", "people.zarr"])
def test_a_file_holds_the_members_and_their_summary(tmp_path, name):
    path = tmp_path / name
    with simulate(watched(tmp_path), members=N_MEMBERS, seed=4, path=path) as opened:
        assert opened.identical(WHOLE)
    assert load_ensemble(path).identical(WHOLE)
    assert load_summary(path).identical(summarise(WHOLE))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log", name]


def bytes_of(path):
    files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
    return {str(each.relative_to(path)): each.read_bytes() for each in files}


@pytest.mark.parametrize(("end", "workers"), [(".nc", 2), (".zarr", 1)])
def test_a_file_is_the_same_bytes_for_any_number_of_workers_and_at_any_time(tmp_path, end, workers):
    model, one, two = watched(tmp_path), tmp_path / f"one{end}", tmp_path / f"two{end}"
    simulate(model, members=N_MEMBERS, seed=4, path=one).close()
    time.sleep(1.1)  # a time stamp in the file would tell
    simulate(model, members=N_MEMBERS, seed=4, path=two, workers=workers).close()
    assert bytes_of(one) == bytes_of(two)


def started(tmp_path, *, workers=1, nap_seconds=0.0):
    arguments = [tmp_path / "log", tmp_path / "people.nc", workers, nap_seconds]
    (tmp_path / "endless.py").write_text(ENDLESS)
    return subprocess.Popen(
        [sys.executable, tmp_path / "endless.py", *map(str, arguments)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def wait_for_parts(tmp_path, number):
    ends = time.monotonic() + 60
    while len(parts_in(tmp_path)) < number:
        assert time.monotonic() < ends
        time.sleep(0.02)


def parts_in(tmp_path):
    return sorted((tmp_path / "people.nc.parts").glob("*.part"))


@pytest.mark.parametrize(("workers", "sent", "status"), [(2, signal.SIGINT, -signal.SIGINT), (1, signal.SIGTERM, 143)])
def test_an_interrupted_run_keeps_what_is_finished_and_a_rerun_goes_on(tmp_path, workers, sent, status):
    run = started(tmp_path, workers=workers, nap_seconds=0.2)
    wait_for_parts(tmp_path, 2)
    os.killpg(run.pid, sent) if sent == signal.SIGINT else run.send_signal(sent)  # Ctrl-C goes to a whole group
    _, told = run.communicate(timeout=60)
    kept = parts_in(tmp_path)
    assert run.returncode == status, told
    assert told.count("Traceback") <= 1, "that of the process that was called"
    assert f"not finished: {len(kept)} of 7 parts are kept in" in told
    assert 2 <= len(kept) < 7
    assert not (tmp_path / "people.nc").exists()

    (tmp_path / "log").unlink()
    model = Watched(MODEL, str(tmp_path / "log"), nap_seconds=0.2)
    progress = []
    simulate(
        model, members=N_MEMBERS, seed=4, path=tmp_path / "people.nc", progress=lambda done, _: progress.append(done)
    ).close()
    assert len(begun(tmp_path / "log")) == 7 - len(kept)
    assert progress[0] == 3 * len(kept)
    simulate(watched(tmp_path), members=N_MEMBERS, seed=4, path=tmp_path / "whole.nc").close()
    assert (tmp_path / "people.nc").read_bytes() == (tmp_path / "whole.nc").read_bytes()
    assert not parts_in(tmp_path)


class Fails(Exception):
    """Raised by a test in the midst of a run."""


def interrupted(tmp_path, after, **asked):
    def fail(done, _):
        if done >= after:
            raise Fails

    with pytest.raises(Fails):
        simulate(watched(tmp_path), seed=4, path=tmp_path / "people.nc", progress=fail, **asked)


def test_more_members_than_an_interrupted_run_had_use_what_it_finished(tmp_path):
    interrupted(tmp_path, after=9, members=12)
    (tmp_path / "log").unlink()
    simulate(watched(tmp_path), members=N_MEMBERS, seed=4, path=tmp_path / "people.nc").close()
    assert begun(tmp_path / "log")[0][1] == 9
    assert load_ensemble(tmp_path / "people.nc").identical(WHOLE)


@pytest.mark.parametrize("change", [{"seed": 5}, {"model": {"nap_seconds": 0.01}}])
def test_parts_of_another_model_or_seed_are_never_mixed_in(tmp_path, change):
    interrupted(tmp_path, after=9, members=N_MEMBERS)
    model = watched(tmp_path, **change.get("model", {}))
    with pytest.raises(InputError, match=r"people\.nc\.parts: it holds finished parts of another model, seed"):
        simulate(model, members=N_MEMBERS, seed=change.get("seed", 4), path=tmp_path / "people.nc")


def test_a_run_without_a_finished_part_leaves_nothing(tmp_path, caplog):
    model = replace(watched(tmp_path), inner=replace(MODEL, worlds=OneWorld(replace(world(WAR), path=()))))
    with pytest.raises(InputError, match="its path is empty"):
        simulate(model, members=4, path=tmp_path / "people.nc")
    assert [each.name for each in tmp_path.iterdir()] == ["log"]
    assert not caplog.records


@pytest.mark.parametrize(("stop", "told"), [(KeyboardInterrupt, ["nothing was finished yet"]), (Fails, [])])
def test_a_run_that_is_stopped_before_anything_was_finished_says_so(tmp_path, caplog, stop, told):
    def progress(*_):
        raise stop

    with pytest.raises(stop):
        simulate(watched(tmp_path), members=4, path=tmp_path / "people.nc", progress=progress)
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == told
    assert not list(tmp_path.glob("people*"))


def test_a_broken_part_is_made_again(tmp_path):
    interrupted(tmp_path, after=9, members=N_MEMBERS)
    broken = parts_in(tmp_path)[1]
    broken.write_bytes(broken.read_bytes()[:-1])
    simulate(watched(tmp_path), members=N_MEMBERS, seed=4, path=tmp_path / "people.nc").close()
    assert load_ensemble(tmp_path / "people.nc").identical(WHOLE)


@pytest.fixture
def disk(tmp_path):
    """Return a file system of 1 MiB."""
    (tmp_path / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path / "disk")]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system of our own cannot be mounted here")
    yield tmp_path / "disk"
    subprocess.run(["umount", str(tmp_path / "disk")], check=True)


@pytest.mark.parametrize(("free_kb", "n_kept"), [(36, 3), (64, 7)], ids=["in the midst", "at the end"])
def test_a_full_disk_is_said_keeps_the_parts_and_leaves_no_half_file(tmp_path, disk, caplog, free_kb, n_kept):
    (disk / "filling").write_bytes(b"x" * (1024 - free_kb) * 1024)
    with pytest.raises(EnvironmentError_, match="the disk is full") as full:
        simulate(watched(tmp_path), members=N_MEMBERS, seed=4, path=disk / "people.nc")
    assert full.value.exit_status == 3
    assert f"{n_kept} of 7 parts are kept in" in caplog.text
    assert sorted(each.name for each in disk.iterdir()) == ["filling", "people.nc.parts"]
    (disk / "filling").unlink()
    (tmp_path / "log").unlink()
    simulate(watched(tmp_path), members=N_MEMBERS, seed=4, path=disk / "people.nc").close()
    assert load_ensemble(disk / "people.nc").identical(WHOLE)
    assert len(begun(tmp_path / "log")) == 7 - n_kept
