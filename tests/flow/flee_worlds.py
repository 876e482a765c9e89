"""Small invented Flee instances for tests: places in a line each."""

import datetime as dt

import numpy as np

from tidings.flow.flee_instance import Closure, FleeInstance, Location, Registered, Route
from tidings.flow.flee_settings import FleeSettings

START = dt.date(2031, 3, 1)
CONFLICT, TOWN, CAMP, IDP_CAMP = "conflict_zone", "town", "camp", "idpcamp"
HUB, MARKER = "forwarding_hub", "marker"


def place(name, kind=TOWN, people=None, country="Norland", conflict_date=None, **attributes):
    """A row of locations.csv; a conflict zone is one from the start unless told otherwise."""
    return Location(
        name=name, region="", country=country, lat=None, lon=None, kind=kind, conflict_date=conflict_date,
        people=people,
        attributes={key: str(value) for key, value in attributes.items()}, where=f"locations.csv: {name}",
    )  # fmt: skip


def instance(places, roads=(), *, days=8, arrivals=None, conflicts=None, closures=(), total=None):
    """Build from places, [("a", "b", 120)], {"camp": [registered by day …]} and {"a": [intensity by day …]}."""
    names = [each.name for each in places]
    table = np.zeros((days, len(places)))
    for name, column in (conflicts or {}).items():
        table[: len(column), names.index(name)] = column[:days]
    return FleeInstance(
        name="invented", start=START, days=days, locations=tuple(places),
        routes=tuple(
            Route(one=names.index(one), other=names.index(other), km=km, where=f"routes.csv: {one}-{other}",
                  attributes={key: str(value) for key, value in (more[0] if more else {}).items()})
            for one, other, km, *more in roads
        ),
        closures=tuple(
            Closure(kind=kind, one=one, other=other, start=start, end=end, where=f"closures.csv: {one}")
            for kind, one, other, start, end in closures
        ),
        conflicts=table, total=registered("total", total) if total else None,
        registered=tuple(registered(name, counts) for name, counts in (arrivals or {}).items()),
    )  # fmt: skip


def registered(name, counts, days=None):
    """A row of data_layout.csv, with a count a day unless told otherwise."""
    days = np.arange(len(counts)) if days is None else np.array(days)
    return Registered(name=name, days=days.astype(float), people=np.array(counts, float), where=f"{name}.csv")


def settings(hasten=1, spawn=None, **move_rules):
    """Flee's defaults but for some."""
    sections = {"spawn_rules": spawn or {}, "move_rules": move_rules, "optimisations": {"hasten": hasten}}
    return FleeSettings.of(sections, "settings")
