"""Print the CPU time of a member beside Flee's own: `python -m bench.flee --data FOLDER [--members M]`.

FOLDER holds `flee/<conflict>` (the instances), `flee_reference/speed.csv` (what Flee took) and, for the settings, the
files of `bench.flee_reference`. Times are CPU seconds on one core after compilation; medians of three. Under Flee's
rules a unit is `hasten` people; our own rules are always person for person. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.flee_reference import SETTINGS
from tidings.ensemble.model import Model, TidingsModel
from tidings.flow.flee import FleeModel
from tidings.flow.flee_instance import FleeInstance
from tidings.flow.flee_settings import FleeSettings, Optimisations
from tidings.flow.parameters import load_parameters, parameter_table
from tidings.interchange.flee.model import tidings_model_of
from tidings.interchange.flee.read import read_flee
from tidings.interchange.flee.settings import load_flee_settings

REPEATS = 3
OWN_AWARENESS = 2


def member_seconds(model: Model, n_members: int) -> float:
    """Return the CPU seconds of a member: the median of three runs, after one of two members that compiles."""
    model.run(seed=1, members=range(2))
    spent = []
    for _ in range(REPEATS):
        start = time.process_time()
        model.run(seed=1, members=range(n_members))
        spent.append((time.process_time() - start) / n_members)
    return statistics.median(spent)


def settings_by_name(data: Path) -> dict[str, FleeSettings]:
    """Return the settings that Flee was run under: any conflict's, for they differ in `hasten` alone."""
    folders = [path for path in sorted((data / "flee_reference").iterdir()) if path.is_dir()]
    each = [{name: load_flee_settings(path / name / "simsetting.yml") for name in SETTINGS} for path in folders]
    assert all(_but_hasten(one) == _but_hasten(each[0]) for one in each), "the settings of the conflicts differ"
    return each[0]


def _but_hasten(settings: dict[str, FleeSettings]) -> dict[str, FleeSettings]:
    return {
        name: one.model_copy(update={"optimisations": one.optimisations.model_copy(update={"hasten": 1})})
        for name, one in settings.items()
    }


def times_people(instance: FleeInstance, factor: int) -> FleeInstance:
    """Return an instance with so many times the people: registered, resident and sheltered."""
    return replace(
        instance,
        locations=tuple(replace(place, people=place.people and place.people * factor) for place in instance.locations),
        registered=tuple(replace(row, people=row.people * factor) for row in instance.registered),
        total=instance.total and replace(instance.total, people=instance.total.people * factor),
    )


def own_rules(instance: FleeInstance, factor: int = 1, *, varied: bool = False) -> TidingsModel:
    """Return the instance under our own rules, with so many times the people; with parameters drawn or not."""
    model, _ = tidings_model_of(times_people(instance, factor))
    if varied:
        return replace(model, vary=tuple(parameter_table()))
    return replace(model, parameters=load_parameters({"awareness_hops": OWN_AWARENESS}))


def flee_rules(instance: FleeInstance, settings: FleeSettings, hasten: int, factor: int = 1) -> FleeModel:
    """Return the instance under Flee's rules, in units of so many people."""
    scaled = settings.model_copy(update={"optimisations": Optimisations(hasten=hasten)})
    return FleeModel(instance=times_people(instance, factor), settings=scaled)


def flee_seconds(data: Path) -> Iterator[tuple[str, int, float]]:
    """Yield conflict, hasten and CPU seconds of Flee itself."""
    with (data / "flee_reference" / "speed.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["conflict"], int(row["hasten"]), float(row["cpu_s"])


def print_beside_flee(data: Path, n_members: int) -> None:
    """Print each conflict and scale that Flee was timed at."""
    plain = settings_by_name(data)["plain"]
    print(f"\nRules flee, plain, beside Flee\n{'conflict':<14} {'hasten':>7} {'ours ms':>9} {'Flee s':>8} {'ratio':>9}")
    for conflict, hasten, theirs in flee_seconds(data):
        instance, _ = read_flee(data / "flee" / conflict / "input_csv")
        ours = member_seconds(flee_rules(instance, plain, hasten), n_members)
        print(f"{conflict:<14} {hasten:>7} {1000 * ours:>9.1f} {theirs:>8.1f} {theirs / ours:>8,.0f}×", flush=True)


def print_person_for_person(data: Path, n_members: int) -> None:
    """Print each conflict at 1:1 under Flee's settings and our own rules, and with ten times the people."""
    settings = settings_by_name(data)
    print(f"\nPerson for person, ms a member of {n_members} (and with ten times the people, over that)")
    names = [*(f"flee {name}" for name in settings), "tidings", "drawn"]
    print(f"{'conflict':<14} {'days':>5}" + "".join(f"{name:>18}" for name in names))
    for conflict in sorted(path.name for path in (data / "flee").iterdir()):
        instance, _ = read_flee(data / "flee" / conflict / "input_csv")
        cells = [
            cell([flee_rules(instance, each, 1, factor) for factor in (1, 10)], n_members) for each in settings.values()
        ]
        cells += [
            cell([own_rules(instance, factor, varied=is_drawn) for factor in (1, 10)], n_members)
            for is_drawn in (False, True)
        ]
        print(f"{conflict:<14} {instance.days:>5}" + "".join(f"{each:>18}" for each in cells), flush=True)


def cell(models: Sequence[Model], n_members: int) -> str:
    """Return the milliseconds of a member of the first model, and how many times as many of the second."""
    once, more = (member_seconds(model, n_members) for model in models)
    return f"{1000 * once:.1f} ({more / once:.2f}×)"


def print_aims(data: Path, n_members: int) -> None:
    """Print the figures that were asked for."""
    settings = settings_by_name(data)
    instance, _ = read_flee(data / "flee" / "syria2013" / "input_csv")
    rows = (
        ("tidings, awareness 2, 1:1", own_rules(instance), "40, aim 20"),
        ("flee, plain, 1:1", flee_rules(instance, settings["plain"], 1), "100, aim 40"),
        ("flee, aware, hasten 100", flee_rules(instance, settings["aware"], 100), "200"),
    )
    print(f"Syria 2013, ms a member of {n_members}\n{'rules':<28} {'ms':>8} {'at most':>12}")
    for name, model, at_most in rows:
        print(f"{name:<28} {1000 * member_seconds(model, n_members):>8.1f} {at_most:>12}", flush=True)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(prog="bench.flee", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--aims", action="store_true", help="only the figures that were asked for")
    given = parser.parse_args()
    print_aims(given.data, given.members)
    if not given.aims:
        print_beside_flee(given.data, given.members)
        print_person_for_person(given.data, given.members)


if __name__ == "__main__":
    main()
