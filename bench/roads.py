"""Roads from an invented map: `python -m bench.roads [--sides N,…] [--places N]`.

A square of streets, a junction every kilometre and nine nodes between two junctions, with places strewn over it:
seconds of the CPU on one core to read the map and to find the roads, and the peak of the process's memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tidings.crisis.crisis import Crisis, Settings
from tidings.crisis.save import save_crisis
from tidings.geography.graph import Geography
from tidings.geography.places import Place
from tidings.interchange.osm.roads import import_osm

DEGREES_A_KM = 1 / 111.1949
BETWEEN = 10
"""Stretches of a street between two junctions."""
CLASSES = ("primary", "secondary", "tertiary", "unclassified")


def write_square(path: Path, side: int) -> int:
    """Write a map of `side` streets either way; return how many nodes it has."""
    import osmium

    long = (side - 1) * BETWEEN + 1
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", f"{dt.date(2026, 1, 2)}T00:00:00Z")
    n_nodes = 0
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for ref, lon, lat in _nodes(side, long):
            writer.add_node(osmium.osm.mutable.Node(id=ref, location=(lon, lat)))
            n_nodes += 1
        for number in range(side):
            across = [number * BETWEEN * long + step + 1 for step in range(long)]
            up = [step * long + number * BETWEEN + 1 for step in range(long)]
            for turn, refs in enumerate((across, up)):
                tags = {"highway": CLASSES[number % len(CLASSES)]}
                writer.add_way(osmium.osm.mutable.Way(id=2 * number + turn + 1, nodes=refs, tags=tags))
    return n_nodes


def _nodes(side: int, long: int) -> Iterator[tuple[int, float, float]]:
    step = DEGREES_A_KM / BETWEEN
    for row in range(long):
        for column in range(long):
            if row % BETWEEN == 0 or column % BETWEEN == 0:
                yield row * long + column + 1, column * step, row * step


def measure(side: int, n_places: int) -> None:
    """Print what one map takes, in this process."""
    draw, far = random.Random(1), (side - 1) * DEGREES_A_KM
    places = tuple(
        Place(id=f"p{number}", name=f"P{number}", lat=draw.uniform(0, far), lon=draw.uniform(0, far))
        for number in range(n_places)
    )
    with tempfile.TemporaryDirectory() as work:
        folder, path = Path(work) / "crisis", Path(work) / "map.osm.pbf"
        save_crisis(Crisis(folder, Settings(title="Square", countries=("XVA",)), Geography(places)), folder)
        n_nodes = write_square(path, side)
        start = time.process_time()
        done = import_osm(path, folder)
        seconds = time.process_time() - start
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n_nodes:>9}{side * side:>11}{n_places:>8}{done.n_roads:>8}{seconds:>9.1f}{memory_mb:>10.0f}", flush=True)


def main(arguments: Sequence[str]) -> int:
    """Measure each size in a process of its own."""
    parser = argparse.ArgumentParser(prog="bench.roads", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sides", default="50,150", help="streets either way, joined by commas")
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--raw", action="store_true", help="measure the first size here, without a heading")
    given = parser.parse_args(arguments)
    sides = [int(side) for side in given.sides.split(",")]
    if given.raw:
        measure(sides[0], given.places)
        return 0
    print(f"{'nodes':>9}{'junctions':>11}{'places':>8}{'roads':>8}{'CPU s':>9}{'peak MB':>10}", flush=True)
    for side in sides:
        command = [sys.executable, "-m", "bench.roads", "--sides", str(side), "--places", str(given.places), "--raw"]
        subprocess.run(command, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
