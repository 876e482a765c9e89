"""Bulletins as Flee's registration data: who was counted where, over time, and the sum of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tidings.crisis.crisis import Bulletin
from tidings.flow.flee_instance import Registered
from tidings.forecast.start import persons_of
from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.layout import TOTAL

BULLETINS = "bulletins"


def registered_of(
    bulletins: Iterable[Bulletin], names: Mapping[str, str], start: dt.date, days: int, found: Findings
) -> tuple[tuple[Registered, ...], Registered | None]:
    """Return the stocks of each place as rows of data_layout.csv, and their sum as the row `total`.

    Of several stocks of one place and day, one with a best value goes before a bare range, and then the one published
    last.

    Parameters
    ----------
    names
        From the ids of the places that are in the instance to their names there.
    """
    told = sorted(bulletins, key=lambda b: (b.day, b.people is not None, b.published or b.day))
    usable = [b for b in told if b.measure == "stock" and persons_of(b) is not None]
    last = start + dt.timedelta(days=days - 1)
    written = [b for b in usable if b.place in names and b.day <= last]
    _tell_left_out(told, usable, written, found)
    _tell_changed(written, names, found)
    by_place: dict[str, dict[dt.date, int]] = {}
    for bulletin in written:
        by_place.setdefault(bulletin.place, {})[bulletin.day] = round(persons_of(bulletin) or 0.0)
    rows = tuple(_row(names[place], stocks, start) for place, stocks in by_place.items())
    return rows, _total(rows)


def _row(name: str, stocks: Mapping[dt.date, int], start: dt.date) -> Registered:
    days = sorted(stocks)
    return Registered(
        name=name,
        days=np.array([(day - start).days for day in days], np.float64),
        people=np.array([stocks[day] for day in days], np.float64),
    )


def _total(rows: Sequence[Registered]) -> Registered | None:
    """Return the sum of all rows on every day of any, linear between two days of one; Flee wants such a row first."""
    if not rows:
        return None
    days = np.unique(np.concatenate([row.days for row in rows]))
    people = sum((np.interp(days, row.days, row.people) for row in rows), np.zeros(len(days)))
    return Registered(name=TOTAL, days=days, people=np.rint(people))


def _tell_left_out(
    told: Sequence[Bulletin], usable: Sequence[Bulletin], written: Sequence[Bulletin], found: Findings
) -> None:
    flows = [b.place for b in told if b.measure == "flow"]
    sizes = [b.place for b in told if b.measure == "stock" and persons_of(b) is None]
    elsewhere = [b.place for b in usable if b not in written]
    for places, met in (
        (flows, "people who came in a period are told of"),
        (sizes, "households without their size are told of"),
        (elsewhere, "people are counted where no road leads, or after the last day:"),
    ):
        if places:
            done = "They are left out: Flee's data are people there on a day."
            found.survive(BULLETINS, f"{met} {', '.join(dict.fromkeys(places))}", done)
    if not written:
        done = "Nobody arrives in Flee, unless people are made to leave by conflict_driven_spawning in simsetting.yml."
        found.survive(BULLETINS, "no stock of people can be written", done)


def _tell_changed(written: Sequence[Bulletin], names: Mapping[str, str], found: Findings) -> None:
    if ranges := [names[b.place] for b in written if b.people is None]:
        met = f"only a low and a high are told of {', '.join(dict.fromkeys(ranges))}"
        found.survive(BULLETINS, met, "The middle is written.")
    times = [(b.place, b.day) for b in written]
    if twice := [names[place] for place, day in dict.fromkeys(times) if times.count((place, day)) > 1]:
        met = f"several numbers of one day are told of {', '.join(dict.fromkeys(twice))}"
        found.survive(BULLETINS, met, "The one published last is written, a best value before a bare range.")
