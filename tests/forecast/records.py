"""Records for tests: two camps and a town of conflict, with numbers that are easy to follow."""

import datetime as dt

import numpy as np

from tidings.forecast.record import Fought, Record, Report
from tidings.forecast.series import Closed, Correction
from tidings.forecast.ways import Ways

START = dt.date(2031, 1, 1)
ROADS = (("Varn", "near", 10.0), ("Varn", "far", 40.0), ("Orle", "far", 20.0))


def reports(place, numbers, published=None):
    """Reports by day: {day: people}."""
    return tuple(
        Report(place=place, day=day, people=float(people), published=day if published is None else published)
        for day, people in numbers.items()
    )


def fought(days=200, varn_from=0, orle_from=50):
    """Conflict in Varn (1,000 people) and Orle (3,000) from a day on."""
    days_of = np.arange(days)
    intensity = np.stack([days_of >= varn_from, days_of >= orle_from], axis=1).astype(float)
    return Fought(places=("Varn", "Orle"), population=(1000.0, 3000.0), intensity=intensity)


def record(told=None, **fields):
    """A record of camps `near` and `far`, each reported every ten days."""
    days = range(0, 200, 10)
    steady = (*reports("near", {day: 1000 + 10 * day for day in days}), *reports("far", dict.fromkeys(days, 500)))
    given = {
        "name": "valdria", "start": START, "places": ("near", "far"), "reports": told or steady, "fought": fought(),
        "ways": Ways(roads=ROADS, country={"Varn": "A", "Orle": "A", "near": "B", "far": "C"}),
        "closures": (Closed(kind="country", one="A", other="B", start=20, end=90),),
        "are_places_listed": True, "corrections": (Correction(place="near", day=70),),
        "totals": reports("total", {0: 5000, 100: 9000}),
    }  # fmt: skip
    return Record(**(given | fields))
