"""Import event tables whole, and time it: `python -m bench.imports [--data FOLDER] [--rows N,…]`.

With --data every table of UCDP GED in a folder (GeoJSON or CSV, packed by gzip or not) is imported into an empty
crisis, and the events and people killed that the ledger then tells are set beside the file's own, by type and year.
With --rows, invented tables in the columns of ACLED are imported: CPU seconds on one core, rows a second and memory.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tidings.crisis.save import new_crisis
from tidings.evidence.intake import LEDGER_FILE
from tidings.evidence.ledger import Ledger
from tidings.evidence.reading import Event, Figure
from tidings.geography.gazetteer import open_gazetteer
from tidings.interchange.events.acled import ACLED, NEEDED
from tidings.interchange.events.rows import Foreign
from tidings.interchange.events.take import import_events
from tidings.interchange.events.ucdp import UCDP

PUBLISHED = dt.date(2023, 6, 30)
"""A day after every event of release 23.1, which holds those to the end of 2022."""
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
TYPES = {"1": "state-based violence", "2": "non-state violence", "3": "one-sided violence"}
Counts = Counter[tuple[str, int]]


def counts_of_file(path: Path) -> tuple[Counts, Counts]:
    """Return events and people killed (best estimates) by type and year, read by nothing of the import's."""
    text = path.read_text(encoding="utf-8-sig")
    is_json = text.lstrip().startswith("{")
    features = json.loads(text)["features"] if is_json else ()
    rows = [each["properties"] for each in features] if is_json else csv.DictReader(io.StringIO(text, newline=""))
    events, killed = Counts(), Counts()
    for row in rows:
        key = TYPES[str(row["type_of_violence"])], int(row["year"])
        events[key] += 1
        killed[key] += int(row["best"])
    return events, killed


def counts_of_ledger(folder: Path) -> tuple[Counts, Counts]:
    """Return the same of the claims in a crisis's ledger."""
    view = Ledger.open(folder / LEDGER_FILE).as_of()
    events, killed, key_of = Counts(), Counts(), {}
    for claim in view.claims(kind="event"):
        if isinstance(claim.content, Event) and claim.valid.from_:
            key_of[claim.source] = claim.content.text, claim.valid.from_.year
            events[key_of[claim.source]] += 1
    for claim in view.claims(kind="figure"):
        if isinstance(claim.content, Figure) and claim.content.value is not None:
            killed[key_of[claim.source]] += int(claim.content.value)
    return events, killed


def imported(table: Foreign, path: Path, folder: Path) -> float:
    """Import a table into a new crisis; return the seconds of the CPU that it took."""
    new_crisis(folder, ["XVA"])
    gazetteer, start = open_gazetteer(), time.process_time()
    import_events(table, path, folder, gazetteer, published=PUBLISHED, now=NOW, progress=lambda done, total: None)
    return time.process_time() - start


def compare(path: Path, work: Path) -> bool:
    """Print a table's counts and the ledger's; return whether they are the same."""
    seconds = imported(UCDP, path, work / "crisis")
    (events, killed), (found, told) = counts_of_file(path), counts_of_ledger(work / "crisis")
    print(f"{path.name}: {events.total()} events in the file, {found.total()} in the ledger, {seconds:.1f} CPU s")
    print(f"{'type':<22}{'year':>6}{'file':>8}{'ledger':>8}{'killed':>9}{'ledger':>9}")
    for key in sorted(events | found):
        print(f"{key[0]:<22}{key[1]:>6}{events[key]:>8}{found[key]:>8}{killed[key]:>9}{told[key]:>9}")
    is_same = events == found and +killed == +told
    print("the same" if is_same else "NOT the same")
    return is_same


def tables_in(folder: Path, work: Path) -> Iterator[Path]:
    """Yield the tables in a folder, unpacked."""
    for packed in sorted(folder.iterdir()):
        if packed.suffix == ".gz":
            target = work / packed.stem
            target.write_bytes(gzip.decompress(packed.read_bytes()))
            yield target
        elif packed.suffix.casefold() in (".csv", ".geojson", ".json"):
            yield packed


def write_rows(path: Path, n_rows: int) -> None:
    """Write an invented table: a thousand points, a hundred actors, ten years."""
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow((*NEEDED, "actor2", "source", "notes", "timestamp"))
        for number in range(n_rows):
            day = dt.date(2012, 1, 1) + dt.timedelta(days=number % 3650)
            point, actor = number * 7919 % 1000, number * 104729 % 100
            lat, lon = 5 + point % 40 / 10, 20 + point // 40 / 10
            writer.writerow((
                f"XVA{number}", day, 1, "Battles", "Armed clash", f"Front {actor}", "Central African Republic",
                f"Point {point}", lat, lon, 1, number % 9, f"Front {actor + 1}", "A newspaper",
                "Invented words as long as those that such tables hold. " * 5, 1_680_000_000,
            ))  # fmt: skip


def measure(n_rows: int) -> None:
    """Print what importing so many rows takes, in this process."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "rows.csv"
        write_rows(path, n_rows)
        seconds = imported(ACLED, path, Path(work) / "crisis")
        size_mb = (Path(work) / "crisis" / LEDGER_FILE).stat().st_size / 1e6
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n_rows:>9}{seconds:>9.1f}{n_rows / seconds:>13.0f}{memory_mb:>10.0f}{size_mb:>11.0f}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Do what is asked; return 1 where a table's counts differ."""
    parser = argparse.ArgumentParser(prog="bench.imports", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with tables of UCDP GED")
    parser.add_argument("--rows", default="", help="numbers of invented rows, joined by commas")
    parser.add_argument("--raw", action="store_true", help="measure here, without a heading")
    given = parser.parse_args(arguments)
    sizes = [int(size) for size in given.rows.split(",") if size]
    if given.raw:
        measure(sizes[0])
        return 0
    is_same = True
    if given.data:
        with tempfile.TemporaryDirectory() as work:
            for path in tables_in(given.data, Path(work)):
                with tempfile.TemporaryDirectory() as own:
                    is_same &= compare(path, Path(own))
    if sizes:
        print(f"{'rows':>9}{'CPU s':>9}{'rows a second':>13}{'peak MB':>10}{'ledger MB':>11}", flush=True)
    for size in sizes:
        subprocess.run([sys.executable, "-m", "bench.imports", "--rows", str(size), "--raw"], check=True)
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
