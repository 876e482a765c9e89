"""Make a new crisis of a user's report, and its brief: what `make demo REPORT=path` runs.

    python tools/brief_of_report.py REPORT [--published DAY] [--countries SYR,TUR] [--into FOLDER]

It only calls the `tidings` commands, and shows each, so that the user can go on from there. Without --countries they
are those that the towns named in the report lie in.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

TIDINGS = str(Path(sys.executable).parent / "tidings")
WIDE_KINDS = frozenset({"country", "region"})
"""A report names many countries; only those where its towns lie are the crisis's."""
LEAST_SHARE = 0.15


def countries_of(reading: dict[str, list[dict[str, object]]]) -> tuple[str, ...]:
    """Return the countries where most of the towns that a reading names lie, most named first."""
    named: Counter[str] = Counter()
    for place in reading["places"]:
        mentions = place["mentions"]
        if place["country"] and place["kind"] not in WIDE_KINDS and isinstance(mentions, list):
            named[str(place["country"])] += len(mentions)
    return tuple(country for country, n in named.most_common() if n >= LEAST_SHARE * named.total())


def run_tidings(arguments: Sequence[str], advice: str = "") -> None:
    """Run one command where the user sees it; stop with its exit status, and advice, when it fails."""
    print(f"$ tidings {shlex.join(arguments)}", file=sys.stderr, flush=True)
    status = subprocess.run([TIDINGS, *arguments], check=False).returncode
    if status:
        print(advice, end="", file=sys.stderr)
        sys.exit(status)


def read_countries(report: str, dated: Sequence[str]) -> str:
    """Read a report for the countries of its towns; stop with advice when it names none."""
    done = subprocess.run([TIDINGS, "read", report, *dated, "--json"], capture_output=True, text=True, check=False)
    if done.returncode:
        run_tidings(["read", report, *dated])
    document = json.loads(done.stdout)
    if found := countries_of(document):
        codes = ",".join(found)
        print(f"countries, by the towns that the report names: {codes} (COUNTRIES=… names others)", file=sys.stderr)
        return codes
    print(
        f"{report}: no town of a known country is named. Name the countries by their ISO codes: "
        f"make demo REPORT={shlex.quote(report)} COUNTRIES=SYR,TUR",
        file=sys.stderr,
    )
    return sys.exit(1)


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; an empty option is one that was not given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("report")
    parser.add_argument("--published", default="")
    parser.add_argument("--countries", default="")
    parser.add_argument("--into", default="demo-output", type=Path)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> None:
    """Make the crisis unless it is there, add the report, write the brief."""
    given = parse_arguments(arguments)
    folder = str(given.into / (Path(given.report).stem or "report"))
    dated = ["--published", given.published] if given.published else []
    if Path(folder, "crisis.yaml").exists():
        print(f"{folder} is there already and is added to; remove it to start anew", file=sys.stderr)
    else:
        countries = given.countries or read_countries(given.report, dated)
        run_tidings(["new", folder, "--countries", countries])
    undated = (
        f"with make, the day of publication is: make demo REPORT={shlex.quote(given.report)} PUBLISHED=YYYY-MM-DD\n"
    )
    run_tidings(["add", folder, given.report, *dated], advice="" if dated else undated)
    run_tidings(["brief", folder])


if __name__ == "__main__":
    main(sys.argv[1:])
