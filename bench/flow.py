"""Print the CPU time of a member in both engines on a made-up country: `python -m bench.flow [--days N] [--members M]`.

Figures are printed side by side with their ratios; nothing here passes or fails. The reference engine moves person by
person and is run on some of the people; its time for all of them is drawn on in a straight line.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bench.cases import situation_of
from bench.country import START, country
from tidings.ensemble.design import draw_parameters
from tidings.flow import draws, engine, reference
from tidings.flow.compiled import compiled
from tidings.flow.parameters import Parameters, load_parameters
from tidings.flow.scenario import Scenario
from tidings.forecast.start import scenario_of
from tidings.situation.sample import sample
from tidings.situation.world import World

SIZES = (100, 1_000)
REFERENCE_PEOPLE = (1_000, 11_000)
REFERENCE_DAYS = 5
GROWTH_SIZES, GROWTH_DAYS, GROWTH_PEOPLE = (100, 1_000, 10_000), 365, 50_000_000
DRAWS = 1_000_000


def prepared(n_places: int, n_days: int, n_members: int) -> tuple[Scenario, list[World]]:
    """Return the scenario and the worlds: violence in a tenth of the places, every twentieth road cut."""
    crisis = country(n_places)
    state = situation_of(crisis)
    scenario, _, _ = scenario_of(crisis, state, (), from_=START, days=n_days)
    return scenario, [sample(state, crisis.geography, seed=1, member=member) for member in range(n_members)]


def cpu_seconds(call: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def member_seconds(scenario: Scenario, worlds: list[World], parameters: Parameters | Sequence[Parameters]) -> float:
    """Return the CPU seconds of a member in the fast engine, compiled code and all networks counted in."""
    members = range(len(worlds))

    def run() -> object:
        return engine.simulate(scenario, worlds, seed=1, members=members, parameters=parameters)

    run()
    return min(cpu_seconds(run) for _ in range(3)) / len(worlds)


def reference_seconds(scenario: Scenario, worlds: list[World], parameters: Parameters) -> float:
    """Return the CPU seconds of a member in the reference engine: a line through two numbers of people, drawn on."""

    def spent(people: int) -> float:
        home = np.round(scenario.at_home * (people / scenario.at_home.sum())).astype(np.int64)
        few = replace(scenario, at_home=home, days=REFERENCE_DAYS)
        return cpu_seconds(lambda: reference.simulate(few, worlds[:1], seed=1, members=[0], parameters=parameters))

    few, many = REFERENCE_PEOPLE
    a_person = (spent(many) - spent(few)) / (many - few)
    return (spent(few) + a_person * (float(scenario.at_home.sum()) - few)) * scenario.days / REFERENCE_DAYS


def members_with_parameters_of_their_own(scenario: Scenario, worlds: list[World]) -> None:
    """Print the line of an ensemble as a forecast runs it: parameters, and so a network, of its own for each member."""
    sets = draw_parameters(load_parameters(), members=range(len(worlds)), seed=1)
    seconds = member_seconds(scenario, worlds, sets)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    n_places = len(scenario.geography.places)
    people = scenario.at_home.sum()
    print(f"{n_places:>7} {'drawn':>9} {people:>12,} {seconds:>9.5f}   peak memory so far {peak_mb:,.0f} MB")


def print_growth() -> None:
    """Print a member over a year at each size: 50 million people at the largest, conflict in a tenth of the places."""
    print(f"\n{GROWTH_DAYS} days, one member, networks and all; CPU s\n{'places':>7} {'roads':>7} {'people':>12}"
          f" {'awareness 1':>12} {'awareness 2':>12}")  # fmt: skip
    for n_places in GROWTH_SIZES:
        scenario, worlds = prepared(n_places, GROWTH_DAYS, 1)
        crowd = round(GROWTH_PEOPLE * n_places / GROWTH_SIZES[-1])
        full = replace(scenario, at_home=np.rint(scenario.at_home * (crowd / scenario.at_home.sum())).astype(np.int64))
        spent = [member_seconds(full, worlds, load_parameters({"awareness_hops": hops})) for hops in (1, 2)]
        print(f"{n_places:>7,} {len(scenario.geography.roads):>7,} {full.at_home.sum():>12,}"
              f" {spent[0]:>12.2f} {spent[1]:>12.2f}", flush=True)  # fmt: skip


def print_draws() -> None:
    """Print what a draw takes: of our generator, and of a binomial by its mean."""
    stream, times = np.zeros(1, np.uint64), DRAWS
    sum_of_uniforms(stream, 1)
    print(f"\na draw, ns: uniform {1e9 * cpu_seconds(lambda: sum_of_uniforms(stream, times)) / times:.1f}", end="")
    for n, p in ((10, 0.1), (1_000, 0.005), (1_000, 0.3), (10**6, 0.3), (3 * 10**9, 0.3)):
        sum_of_binomials(stream, 1, n, p)
        spent = cpu_seconds(lambda n=n, p=p: sum_of_binomials(stream, times, n, p))  # type: ignore[misc]
        print(f", binomial({n:,}, {p:g}) {1e9 * spent / times:.0f}", end="")
    print()


@compiled
def sum_of_uniforms(stream: draws.State, times: int) -> float:
    """Draw so many numbers in [0, 1)."""
    total = 0.0
    for _ in range(times):
        total += draws.uniform(stream)
    return total


@compiled
def sum_of_binomials(stream: draws.State, times: int, n: int, p: float) -> int:
    """Draw so many binomials."""
    total = 0
    for _ in range(times):
        total += draws.binomial(stream, n, p)
    return total


def start_seconds() -> float:
    """Return the wall seconds of a new process that imports the engine and runs one day from the cache."""
    program = "from bench.flow import *; member_seconds(*prepared(100, 1, 1), load_parameters())"
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=os.environ)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="bench.flow", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--members", type=int, default=64)
    given = parser.parse_args()
    print(f"{given.days} days, {given.members} members; CPU s a member, one core, after compilation")
    print(
        f"{'places':>7} {'awareness':>9} {'people':>12} {'engine':>9} {'×10 people':>10} {'reference':>10} {'ratio':>9}"
    )
    for n_places in SIZES:
        scenario, worlds = prepared(n_places, given.days, given.members)
        for hops in (1, 2, 3):
            parameters = load_parameters({"awareness_hops": hops})
            fast = member_seconds(scenario, worlds, parameters)
            more = member_seconds(replace(scenario, at_home=scenario.at_home * 10), worlds, parameters)
            slow = reference_seconds(scenario, worlds, parameters) if n_places == SIZES[0] and hops == 1 else None
            print(
                f"{n_places:>7} {hops:>9} {scenario.at_home.sum():>12,} {fast:>9.5f} {more / fast:>9.2f}× "
                + (f"{slow:>10.1f} {slow / fast:>8,.0f}×" if slow else ""),
                flush=True,
            )
        members_with_parameters_of_their_own(scenario, worlds)
    print_growth()
    print_draws()
    start_seconds()
    print(f"a later process, imports and one day from the cache: {start_seconds():.2f} s of wall time")


if __name__ == "__main__":
    main()
