"""On a real Dask cluster an ensemble is the same bytes as on one core, whatever happens to its workers."""

import os
import signal
import socket
import sys
import threading
import time

import pytest

from tests.ensemble.models import MODEL, N_MEMBERS, SETTING, Watched, begun
from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble import cluster as ensemble_cluster
from tidings.ensemble.model import GivenWorlds, TidingsModel
from tidings.ensemble.run import simulate


@pytest.fixture(scope="module")
def scheduler():
    """Return the address of a cluster of two worker processes."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs="CRITICAL") as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def whole():
    return simulate(MODEL, members=N_MEMBERS, seed=4)


def test_an_ensemble_of_a_cluster_is_that_of_one_core(tmp_path, scheduler, whole):
    told = []
    ensemble = simulate(
        Watched(MODEL, str(tmp_path / "log")),
        members=N_MEMBERS,
        seed=4,
        cluster=scheduler,
        progress=lambda done, of: told.append((done, of)),
    )
    assert ensemble.identical(whole)
    assert told[-1] == (N_MEMBERS, N_MEMBERS)
    assert os.getpid() not in {process for process, _ in begun(tmp_path / "log")}


def kill_first(log, killed):
    while len(begun(log)) < 3:
        time.sleep(0.01)
    killed.append(begun(log)[-1][0])
    os.kill(killed[0], signal.SIGKILL)


def test_a_worker_that_is_killed_in_the_midst_changes_nothing(tmp_path, scheduler, whole):
    model, killed = Watched(MODEL, str(tmp_path / "log"), nap_seconds=0.2), []
    killer = threading.Thread(target=kill_first, args=(tmp_path / "log", killed))
    killer.start()
    simulate(model, members=N_MEMBERS, seed=4, cluster=scheduler, path=tmp_path / "cluster.nc").close()
    killer.join()
    assert len(begun(tmp_path / "log")) > 7, "what the dead worker was doing is done again"
    assert {process for process, _ in begun(tmp_path / "log")[4:]} != {killed[0]}
    simulate(Watched(MODEL, str(tmp_path / "log")), members=N_MEMBERS, seed=4, path=tmp_path / "alone.nc").close()
    assert (tmp_path / "cluster.nc").read_bytes() == (tmp_path / "alone.nc").read_bytes()


def test_what_fails_on_a_worker_is_raised_here(scheduler):
    with pytest.raises(InputError, match="worlds: there is none for member 0"):
        simulate(TidingsModel(SETTING, GivenWorlds(())), members=4, cluster=scheduler)


def test_other_code_on_a_worker_is_refused(scheduler, monkeypatch):
    monkeypatch.setattr(ensemble_cluster, "code_digest", lambda: "tidings 0.0 of a test")
    with pytest.raises(EnvironmentError_, match=r"a worker has tidings .*, and we have tidings 0\.0 of a test"):
        simulate(MODEL, members=4, cluster=scheduler)


def test_a_scheduler_without_workers_is_said(monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(ensemble_cluster, "SECONDS", 0.5)
    with (
        LocalCluster(n_workers=0, dashboard_address=":0", silence_logs="CRITICAL") as empty,
        pytest.raises(EnvironmentError_, match="it has no workers"),
    ):
        simulate(MODEL, members=4, cluster=empty.scheduler_address)


def test_a_scheduler_that_does_not_answer_is_said_within_seconds():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(EnvironmentError_, match=rf"cluster {address}: no scheduler answers") as refused:
        simulate(MODEL, members=4, cluster=address)
    assert refused.value.exit_status == 3


@pytest.mark.parametrize("address", ["", "here", "tcp://127.0.0.1", "tcp://127.0.0.1:port"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(InputError, match=f"cluster: '{address}' is no address of a scheduler"):
        simulate(MODEL, members=4, cluster=address)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EnvironmentError_, match=r"pip install 'tidings\[cluster\]'"):
        simulate(MODEL, members=4, cluster="tcp://127.0.0.1:1")
