"""Small countries for the tests of the flow: places in a few lines."""

import datetime as dt

import numpy as np

from tidings.flow.scenario import Scenario
from tidings.flow.seen import Seen, SeenWays
from tidings.flow.state import map_of
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.world import Snapshot, World

START = dt.date(2031, 3, 1)


def geography(places, roads=(), crossings=()):
    """Build from {"home": "town"}, [("home", "camp", 40)] and [("gate", "camp", "abroad")]."""
    return Geography(
        tuple(Place(id=name, name=name.title(), kind=kind) for name, kind in places.items()),
        tuple(
            Road.model_validate({"id": f"{a}-{b}-{number}", "from": a, "to": b, "length_km": km})
            for number, (a, b, km) in enumerate(roads)
        ),
        tuple(Crossing(id=name, name=name.title(), side_a=a, side_b=b) for name, a, b in crossings),
    )


def scenario(country, at_home, *, days=10, displaced=None, waiting=None, capacity=None, per_day=None, groups=None):
    """People by place name; one origin group a place unless told otherwise."""
    names = [place.id for place in country.places]
    gates = [crossing.id for crossing in country.crossings]
    groups = groups or dict(zip(names, names, strict=True))
    group_names = tuple(dict.fromkeys(groups.values()))
    stays = np.zeros((len(group_names), len(names)), np.int64)
    for (group, place), people in (displaced or {}).items():
        stays[group_names.index(group), names.index(place)] = people
    queues = np.zeros((len(group_names), len(gates)), np.int64)
    for (group, gate), people in (waiting or {}).items():
        queues[group_names.index(group), gates.index(gate)] = people
    return Scenario(
        geography=country,
        start=START,
        days=days,
        groups=group_names,
        group_of_place=np.array([group_names.index(groups[name]) for name in names]),
        at_home=np.array([at_home.get(name, 0) for name in names]),
        displaced=stays,
        waiting=queues,
        capacity=np.array([(capacity or {}).get(name, np.inf) for name in names], float),
        per_day=np.array([(per_day or {}).get(gate, np.inf) for gate in gates], float),
    )


def snapshot(country, *, violence=None, besieged=(), cut=(), policy=None, holder=None):
    """Quiet, passable and open unless told otherwise; `cut` holds pairs of places."""
    names = [place.id for place in country.places]
    return Snapshot(
        holder=np.array([(holder or {}).get(name, -1) for name in names], np.int16),
        besieged=np.array([name in besieged for name in names], bool),
        violence=np.array([(violence or {}).get(name, 0.0) for name in names], float),
        passable=np.array([(road.from_, road.to) not in cut for road in country.roads], bool),
        policy=np.array([(policy or {}).get(gate.id, 0) for gate in country.crossings], np.int8),
    )


def world(*snapshots, after=10):
    """The first snapshot holds from the start, each next one `after` days later; two parties."""
    days = [START + dt.timedelta(days=after * number) for number in range(len(snapshots))]
    return World(("north", "south"), tuple(zip(days, snapshots, strict=True)))


def seen(country, *, n_members=1, ways=None, capacity=None, per_day=None, date=START, **told):
    """What rules see of a country: quiet, empty and open unless told otherwise, as rows that members may share.

    Ways are [("home", "camp", 40)], a way's end the name of a place or a crossing.
    """
    at = map_of(scenario(country, {}, capacity=capacity, per_day=per_day))
    quiet = {
        "violence": 0.0, "besieged": False, "holder": np.int16(-1), "policy": np.int8(0), "people": 0,
        "population": 10_000, "waiting": 0, "quiet_days": 0, "onset_days": np.inf,
    }  # fmt: skip
    sizes = {"policy": len(at.crossing), "waiting": len(at.crossing)}
    arrays = {
        name: np.broadcast_to(
            np.asarray(told.get(name, value), np.asarray(value).dtype), (n_members, sizes.get(name, len(at.place)))
        ).copy()
        for name, value in quiet.items()
    }
    assert not told.keys() - quiet.keys()
    names = [*at.place, *at.crossing]
    routes = ways and SeenWays(
        origin=np.array([names.index(origin) for origin, _, _ in ways]),
        target=np.array([names.index(target) for _, target, _ in ways]),
        km=np.array([float(km) for _, _, km in ways]),
    )
    return Seen(map=at, date=date, ways=routes, **arrays)
