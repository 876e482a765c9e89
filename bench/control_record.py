"""A record of who held the towns of a war, day by day, as reports to read and labels to compare with.

In the folder are `ukraine_towns_2022.csv.gz`, a row for each day on which what is recorded of a town is not as before,
with the text of that day, and `ukraine_towns_places.csv`, coordinates. A row with text becomes a report of its day
about its town; its label is never read into the ledger. Texts are read at run time and never printed.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tidings.core.ids import ReportId, slug
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.report import Report
from tidings.geography.graph import Geography
from tidings.geography.places import Place

ROWS, PLACES = "ukraine_towns_2022.csv.gz", "ukraine_towns_places.csv"
PARTIES = (
    Party(id="ukraine", name="Ukraine", kind="government"),
    Party(id="russia", name="Russia", kind="government"),
    Party(id="donetsk-pr", name="Donetsk PR", other_names=("DPR", "Donetsk People's Republic"), parent="russia"),
    Party(id="luhansk-pr", name="Luhansk PR", other_names=("LPR", "Luhansk People's Republic"), parent="russia"),
)
SIDES = ("ukraine", "russia")
PUBLISHER = "The chronicle of towns"
"""All rows are of one publisher, who repeats himself from day to day: he counts once."""
SIDE_OF = {"Ukraine": "ukraine", "Russia": "russia", "Donetsk PR": "russia", "Luhansk PR": "russia", "DPR": "russia"}
"""The side of a label; other labels (contested, truce, uncontrolled) are of no one side."""
PARTS = ("first half", "third quarter", "last quarter")
"""Parts of the towns: two that are open to whoever writes rules, and the one that measures."""
_PARTY = r"(Ukrain\w*|Russia\w*|Donetsk P\w*|Luhansk P\w*|DPR|LPR)"
_TAKING = r"(?:re)?(?:captur|tak|took|seiz|occup|liberat|conquer|hold|held|gain|control)\w*"
_BY = re.compile(rf"{_TAKING}\W?(?: \w+){{0,8}}? by(?: the)? {_PARTY}", re.IGNORECASE)
_WHO = re.compile(rf"{_PARTY}(?:'s)?(?: \w+){{0,5}}? (?:to )?{_TAKING}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One change of the record."""

    number: int
    """Position in the file, from 0."""
    day: dt.date
    town: str
    text: str
    label: str

    @property
    def holder(self) -> str | None:
        """The side that the record says held it; None where it was no one side."""
        return SIDE_OF.get(self.label)

    @property
    def part(self) -> str:
        """The part of the towns in which it is, one of `PARTS`, by a hash of the town's name.

        Rules were written with the first half in sight. The third quarter was of the unread second half until
        29 November 2026, and is open since; no text of the last quarter was ever read.
        """
        digest = int(hashlib.sha256(self.town.encode()).hexdigest(), 16)
        return PARTS[0] if digest % 2 == 0 else PARTS[1 + digest // 2 % 2]

    @property
    def is_scored(self) -> bool:
        """Whether its text names a holder, and its recorded holder is one side."""
        return self.holder is not None and names_a_holder(self.text)

    @property
    def report(self) -> Report:
        """The row as a report of its day."""
        text = f"{self.town}\n\n{self.text}\n"
        id_ = ReportId(hashlib.sha256(f"{self.number} {text}".encode()).hexdigest())
        return Report(
            id=id_,
            name=f"{self.number}.txt",
            text=text,
            title=self.town,
            published=self.day,
            publisher=PUBLISHER,
            language="en",
        )


def read_changes(folder: Path) -> tuple[Row, ...]:
    """Return all rows, with a text or without, in the order of days."""
    with gzip.open(folder / ROWS, "rt", encoding="utf-8", newline="") as file:
        rows = [
            Row(
                number, dt.date.fromisoformat(row["snapshot_date"]), row["name"], row["more_information"],
                row["held_by"],
            )
            for number, row in enumerate(csv.DictReader(file))
        ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.day, row.number)))


def read_record(folder: Path) -> tuple[Row, ...]:
    """Return the rows that have a text, in the order of days."""
    return tuple(row for row in read_changes(folder) if row.text.strip())


def town_id(town: str) -> str:
    """Return the id of a town's place."""
    return slug(town)


def crisis_of(rows: Iterable[Row], folder: Path) -> Crisis:
    """Return a crisis of all towns in the rows, without roads."""
    with (folder / PLACES).open(encoding="utf-8", newline="") as file:
        at = {row["name"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file) if row["lat"]}
    places = {}
    for town in sorted({row.town for row in rows}):
        lat, lon = at.get(town, (None, None))
        places[town_id(town)] = Place(id=town_id(town), name=town, kind="town", country="UKR", lat=lat, lon=lon)
    settings = Settings(title="A record of control", countries=("UKR",))
    return Crisis(Path("."), settings, Geography(tuple(places.values())), PARTIES)


def names_a_holder(text: str) -> bool:
    """Whether a text says of a party that it took or holds something: by word, not by what our reader makes of it.

    A word of taking or holding must stand before "by" and a party, or up to six words behind one. That somebody left,
    besieges or shells a place names no holder.

    Examples
    --------
    >>> names_a_holder("Recaptured by Ukraine 1 June 2022."), names_a_holder("Ukraine claims to control the town.")
    (True, True)
    >>> names_a_holder("Surrounded by Russian forces"), names_a_holder("See Battle of Sumy")
    (False, False)
    """
    return bool(_BY.search(text) or _WHO.search(text))


def last_named(text: str) -> str | None:
    """Return the side that the last "taken by" of a text names: what is easily had without this project.

    Examples
    --------
    >>> last_named("Captured by Donetsk PR in 2014. Recaptured by Ukraine 5 July 2014.")
    'ukraine'
    """
    found = [*_BY.finditer(text)] or [*_WHO.finditer(text)]
    return None if not found else "ukraine" if found[-1][1].lower().startswith("ukrain") else "russia"
