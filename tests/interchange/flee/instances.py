"""Strategies for made-up Flee instances of a few places, and what makes two of them the same."""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from tidings.flow.flee_instance import Closure, FleeInstance, Location, Registered, Route

WORDS = st.text(string.ascii_letters + string.digits + " ,'-\"éÖß_", min_size=1, max_size=12)
NAMES = WORDS.map(str.strip).filter(lambda name: name and name.casefold() not in ("name", "name1", "from", "total"))
COUNTRIES = ("Norland", "Southmark", "Westia")
KINDS = ("conflict_zone", "town", "camp", "idpcamp", "forwarding_hub", "marker")
PEOPLE = st.integers(0, 10**7)


@st.composite
def _locations(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    coordinates = st.one_of(st.none(), st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
    places = []
    for name in names:
        lat, lon = draw(coordinates) or (None, None)
        attributes = {"hdi": "0.5"} if draw(st.booleans()) else {}
        places.append(
            Location(
                name=name,
                region=draw(st.sampled_from(("", "North", "South"))),
                country=draw(st.sampled_from(COUNTRIES)),
                lat=lat,
                lon=lon,
                kind=draw(st.sampled_from(KINDS)),
                conflict_date=draw(st.one_of(st.none(), st.integers(-5, 500))),
                people=draw(st.one_of(st.none(), PEOPLE)),
                attributes=attributes,
            )
        )
    return tuple(places)


@st.composite
def _routes(draw, n_places):
    if n_places < 2:
        return ()
    pairs = st.tuples(st.integers(0, n_places - 1), st.integers(0, n_places - 1)).filter(
        lambda ends: ends[0] != ends[1]
    )
    return tuple(
        Route(
            one=one,
            other=other,
            km=draw(st.floats(0, 5000)),
            forced_redirection=draw(st.integers(0, 2)),
            attributes={"max_move_speed": "120"} if draw(st.booleans()) else {},
        )
        for one, other in draw(st.lists(pairs, max_size=8))
    )


@st.composite
def _closures(draw, places):
    days = st.tuples(st.integers(0, 40), st.integers(-1, 40))
    closed = draw(st.lists(st.tuples(st.sampled_from([place.name for place in places]), days), max_size=3))
    return tuple(Closure(kind="location", one=name, other="", start=start, end=end) for name, (start, end) in closed)


@st.composite
def registered(draw, name):
    """Draw counts of one name."""
    days = sorted(draw(st.sets(st.integers(-30, 60), min_size=1, max_size=5)))
    people = [draw(PEOPLE) for _ in days]
    return Registered(name=name, days=np.array(days, float), people=np.array(people, float))


@st.composite
def instances(draw):
    """Draw an instance; all its counts are whole persons."""
    places = draw(_locations())
    days = draw(st.integers(1, 12))
    intensity = st.sampled_from((0.0, 0.0, 1.0, 0.25, 2.0))
    rows = draw(st.lists(st.lists(intensity, min_size=len(places), max_size=len(places)), min_size=days, max_size=days))
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    return FleeInstance(
        name="made-up",
        start=draw(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))),
        days=days,
        locations=places,
        routes=draw(_routes(len(places))),
        closures=draw(_closures(places)),
        conflicts=np.array(rows, np.float64),
        total=draw(st.one_of(st.none(), registered("total"))),
        registered=tuple(draw(registered(name)) for name in names),
    )


def plain(instance):
    """Return an instance as plain values, without the lines on which they stand."""
    rows = (*instance.locations, *instance.routes, *instance.closures)
    counted = ((instance.total,) if instance.total else ()) + instance.registered
    return (
        instance.name,
        instance.start,
        instance.days,
        [replace(row, where="") for row in rows],
        instance.conflicts.tolist(),
        [(row.name, row.days.tolist(), row.people.tolist()) for row in counted],
    )
