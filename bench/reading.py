"""How well reports are read, against labels that others made: `python -m bench.reading [--data FOLDER] [--show]`.

FOLDER holds `figures`, `events` and `re3d`. Rules were made on the first part of each file only (of documents: every
second one); the second part is the measure. No text is printed, with `--show` only kinds of error and numbers of rows.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.reading_entities import print_entities
from bench.reading_events import print_events
from bench.reading_figures import print_figures

DATA = Path(__file__).parents[2] / "shared" / "data"


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(prog="bench.reading", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--show", action="store_true", help="also the rows that are read wrongly, by kind")
    given = parser.parse_args()
    print_figures(given.data / "figures", show=given.show)
    print_events(given.data / "events", show=given.show)
    print_entities(given.data / "re3d")


if __name__ == "__main__":
    main()
