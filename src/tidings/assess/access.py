"""Access: from which crossings and hubs a place can be reached by passable road.

A place is surely cut off in a world where no way is left even if every road of which nothing is known were open; it is
surely reachable where a way of roads known to be passable remains; the rest is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

import rustworkx as rx

from tidings.core.schema import Range
from tidings.core.streams import uniform
from tidings.geography.graph import Geography
from tidings.situation.sample import road_luck
from tidings.situation.situation import Access, PlaceState, RoadState, YesNo

N_WORLDS = 200
"""Sampled worlds; a probability of 0.5 is then known to within 0.07 (two standard errors)."""


def access(
    geography: Geography,
    places: Iterable[PlaceState],
    roads: tuple[RoadState, ...],
    hubs: tuple[str, ...],
    *,
    seed: int,
) -> tuple[Access, ...]:
    """Return the access of every place that has a road, from the given hubs, over sampled worlds."""
    index = geography.index
    hub_set = [index[hub] for hub in hubs if hub in index]
    tally: dict[str, list[int]] = {place.id: [0, 0] for place in geography.places}
    reached: dict[tuple[str, str], int] = {}
    for member in range(N_WORLDS):
        luck = {road.id: uniform(seed, member, 0, "passable", road_luck(road)) for road in roads}
        hopeful = _components(geography, (road for road in roads if luck[road.id] >= road.passable.no))
        known = _components(geography, (road for road in roads if luck[road.id] >= 1.0 - road.passable.yes))
        for place, number in index.items():
            tally[place][0] += all(hopeful[hub] != hopeful[number] for hub in hub_set)
            tally[place][1] += any(known[hub] == known[number] for hub in hub_set)
            for hub in hub_set:
                key = (place, geography.places[hub].id)
                reached[key] = reached.get(key, 0) + (known[hub] == known[number])
    with_roads = {end for road in roads for end in (road.from_, road.to)}
    make = partial(_access, tally=tally, reached=reached, hubs=hubs)
    return tuple(make(place) for place in places if place.id in with_roads and hub_set)


def _components(geography: Geography, roads: Iterable[RoadState]) -> list[int]:
    graph = rx.PyGraph()
    graph.add_nodes_from(range(len(geography.places)))
    graph.add_edges_from([(geography.index[road.from_], geography.index[road.to], None) for road in roads])
    label = [0] * len(geography.places)
    for number, component in enumerate(rx.connected_components(graph)):
        for node in component:
            label[node] = number
    return label


def _access(
    place: PlaceState, *, tally: Mapping[str, list[int]], reached: Mapping[tuple[str, str], int], hubs: tuple[str, ...]
) -> Access:
    cut, way = (count / N_WORLDS for count in tally[place.id])
    return Access(
        place=place.id,
        reachable_from=tuple(hub for hub in hubs if reached.get((place.id, hub), 0) > N_WORLDS / 2),
        cut_off=YesNo(yes=cut, no=way, unknown=round(max(0.0, 1.0 - cut - way), 6)),
        people=Range(value=place.population.value, low=place.population.low, high=place.population.high),
    )
