"""Many members to a file, and what they took: `python -m bench.members [--members N] [--workers N] [--flee FOLDER]`.

The model is Flee's or ours of a Flee folder, such as that of Syria 2013, else ours of a made-up country of 18 places
over 1,095 days. Printed are wall time, CPU time and peak memory of this process and all that it started, beside what
was aimed at, and how long it takes to read the file; nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.cases import situation_of
from bench.country import START, country
from tidings.ensemble.model import Model, TidingsModel
from tidings.ensemble.run import simulate
from tidings.ensemble.save import load_summary, open_ensemble
from tidings.flow.parameters import load_parameters
from tidings.forecast.start import scenario_of
from tidings.situation.sample import Sampler

AIM = "under 8 minutes and under 2 GB on 2 cores for 10,000 members"
PLACES, DAYS = 18, 1_095


@dataclass(slots=True)
class Peak:
    """The most memory of this process and its descendants, looked at ten times a second."""

    bytes_: int = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look until the block ends."""
        over = threading.Event()
        watcher = threading.Thread(target=self._look, args=(over,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _look(self, over: threading.Event) -> None:
        while not over.wait(0.1):
            self.bytes_ = max(self.bytes_, sum(resident_bytes(process) for process in family(os.getpid())))


def family(process: int) -> Iterator[int]:
    """Yield a process and its descendants, as Linux tells them."""
    yield process
    try:
        children = [path.read_text().split() for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return
    for child in (int(number) for numbers in children for number in numbers):
        yield from family(child)


def resident_bytes(process: int) -> int:
    """Return the memory of a process; pages that it shares with others count in each."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def made_up() -> Model:
    """Return our own rules on a made-up country, in worlds that differ in roads and crossings, parameters the same."""
    crisis = country(PLACES)
    state = situation_of(crisis)
    scenario, _, _ = scenario_of(crisis, state, (), from_=START, days=DAYS)
    return TidingsModel(scenario, Sampler.of(state, crisis.geography), load_parameters())


def of_folder(folder: Path, rules: str, hasten: int) -> Model:
    """Return a model of a Flee folder, by Flee's rules or by ours."""
    from tidings.interchange.flee.model import tidings_model_of
    from tidings.interchange.flee.read import read_flee

    instance, _ = read_flee(folder)
    if rules == "tidings":
        return tidings_model_of(instance)[0]

    from tidings.flow.flee import FleeModel
    from tidings.flow.flee_settings import FleeSettings, Optimisations

    return FleeModel(instance=instance, settings=FleeSettings(optimisations=Optimisations(hasten=hasten)))


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(model: Model, members: int, workers: int, path: Path) -> None:
    """Simulate, and print what it took."""
    peak, start, spent = Peak(), time.perf_counter(), cpu_seconds()
    with peak.watched():
        simulate(model, members=members, seed=1, workers=workers, path=path).close()
    wall, spent = time.perf_counter() - start, cpu_seconds() - spent
    print(f"{members:,} members over {model.n_days:,} days, {workers} workers: {wall / 60:.1f} min of wall time, "
          f"{spent / 60:.1f} min of CPU, {1000 * spent / members:.1f} ms a member, at most {peak.bytes_ / 1e9:.2f} GB, "
          f"{path.stat().st_size / 1e6:,.0f} MB on the disk (aim: {AIM})")  # fmt: skip


def look(path: Path) -> None:
    """Print how long an interval of each day takes from the summary, and from the members."""
    start = time.perf_counter()
    load_summary(path)
    summed = time.perf_counter() - start
    with open_ensemble(path) as ensemble:
        start = time.perf_counter()
        ensemble["people"].isel(place=0).quantile(0.95, "member")
        print(f"the summary is read in {summed:.2f} s; all members of one place in {time.perf_counter() - start:.1f} s")


def main() -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(prog="bench.members", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--flee", type=Path, help="a folder with locations.csv")
    parser.add_argument("--rules", choices=("flee", "tidings"), default="flee")
    parser.add_argument("--hasten", type=int, default=1, help="people in a unit of Flee's rules")
    given = parser.parse_args()
    model = of_folder(given.flee, given.rules, given.hasten) if given.flee else made_up()
    with tempfile.TemporaryDirectory(prefix="tidings-bench-", dir=Path.cwd()) as folder:
        path = Path(folder) / "members.nc"
        measure(model, given.members, given.workers, path)
        look(path)


if __name__ == "__main__":
    main()
