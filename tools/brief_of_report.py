"""Make a new crisis of a user's report, and its brief: what `make demo REPORT=path` runs.

    python tools/brief_of_report.py REPORT [--published DAY] [--countries SYR,TUR] [--into FOLDER]

It only calls the `tidings` commands, and shows each, so that the user can go on from there. Without --countries they
are those that the towns named in the report lie in, and neighbours that it often names.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tidings.geography.countries import country as country_of

TIDINGS = str(Path(sys.executable).parent / "tidings")
WIDE_KINDS = frozenset({"country", "region"})
"""A report names many countries; those where its towns lie are the crisis's, and neighbours that it often names."""
LEAST_SHARE = 0.15
OFTEN = 3
"""Mentions by which a country across the border of the towns' country belongs to the crisis."""


def countries_of(reading: dict[str, list[dict[str, object]]]) -> tuple[str, ...]:
    """Return the countries where most of the towns of a reading lie, then those across a border that it often names."""
    towns = _mentions(reading, lambda kind: kind not in WIDE_KINDS)
    anywhere = _mentions(reading, lambda kind: True)
    homes = tuple(country for country, n in towns.most_common() if n >= LEAST_SHARE * towns.total())
    across = {other for home in homes for other in country_of(home).neighbours} - set(homes)
    often = (country for country, n in anywhere.most_common() if n >= OFTEN and country in across)
    return (*homes, *often)


def _mentions(reading: dict[str, list[dict[str, object]]], is_wanted: Callable[[object], bool]) -> Counter[str]:
    named: Counter[str] = Counter()
    for place in reading["places"]:
        mentions = place["mentions"]
        if place["country"] and is_wanted(place["kind"]) and isinstance(mentions, list):
            named[str(place["country"])] += len(mentions)
    return named


def run_tidings(arguments: Sequence[str]) -> None:
    """Run one command where the user sees it; stop with its exit status when it fails."""
    print(f"$ tidings {shlex.join(arguments)}", file=sys.stderr, flush=True)
    status = subprocess.run([TIDINGS, *arguments], check=False).returncode
    if status:
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


def published_of(report: str, given: str) -> tuple[str, str]:
    """Return the day of publication to give and what the brief's title must say of it.

    A report that tells no day is dated by its file, loudly: the page says so at its top.
    """
    if given:
        return given, ""
    told = subprocess.run([TIDINGS, "read", report, "--json"], capture_output=True, text=True, check=False)
    if told.returncode or json.loads(told.stdout)["report"]["published"]:
        return "", ""
    saved = dt.datetime.fromtimestamp(Path(report).stat().st_mtime, tz=dt.UTC).date().isoformat()
    print(
        f"WARNING: {report} tells no day of publication; taken as the day when the file was saved, {saved}. "
        f"If that is wrong: make demo REPORT={shlex.quote(report)} PUBLISHED=YYYY-MM-DD",
        file=sys.stderr,
    )
    return saved, f" (day of publication not told: assumed {saved}, when the file was saved)"


def title_of(report: str, countries: str, published: str) -> str:
    """Title a crisis by its report or, where that has no title, by its countries and the month of the report."""
    told = subprocess.run([TIDINGS, "read", report, "--json"], capture_output=True, text=True, check=False)
    record = json.loads(told.stdout)["report"] if told.returncode == 0 else {}
    if record.get("title"):
        return str(record["title"])
    names = [country_of(code).name for code in countries.split(",") if code.strip()]
    day = published or record.get("published")
    return " and ".join(names) + (f", {dt.date.fromisoformat(day):%B %Y}" if day else "")


def main(arguments: Sequence[str]) -> None:
    """Make the crisis unless it is there, add the report, write the brief."""
    given = parse_arguments(arguments)
    name = Path(given.report).stem or "report"
    folder = str(given.into / name)
    published, caveat = published_of(given.report, given.published)
    dated = ["--published", published] if published else []
    if Path(folder, "crisis.yaml").exists():
        print(f"{folder} is there already and is added to; remove it to start anew", file=sys.stderr)
    else:
        countries = given.countries or read_countries(given.report, dated)
        title = f"{title_of(given.report, countries, published)}{caveat}"
        run_tidings(["new", folder, "--countries", countries, "--title", title])
    run_tidings(["add", folder, given.report, *dated])
    run_tidings(["brief", folder])


if __name__ == "__main__":
    main(sys.argv[1:])
