"""Access: from which crossings and hubs a place can be reached by passable road.

A place is surely cut off in a world where no way is left even if every road of which nothing is known were open; it is
surely reachable where a way of roads known to be passable remains; the rest is unknown.
"""

from __future__ import annotations

from itertools import compress

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from tidings.core.schema import Range
from tidings.core.streams import uniforms
from tidings.geography.graph import Geography
from tidings.situation.sample import road_luck
from tidings.situation.situation import Access, PlaceState, RoadState, YesNo

N_WORLDS = 200
"""Sampled worlds; a probability of 0.5 is then known to within 0.07 (two standard errors)."""


def access(
    geography: Geography,
    places: tuple[PlaceState, ...],
    roads: tuple[RoadState, ...],
    hubs: tuple[str, ...],
    *,
    seed: int,
) -> tuple[Access, ...]:
    """Return the access of every place that has a road, from the given hubs, over sampled worlds.

    Parameters
    ----------
    places
        In the order of the geography.
    hubs
        Ids of the places from which access is asked.
    """
    if not hubs or not roads:
        return ()
    luck = uniforms(seed, N_WORLDS, 0, "passable", [road_luck(road) for road in roads])
    hopeful = luck >= [road.passable.no for road in roads]
    known = luck >= [1.0 - road.passable.yes for road in roads]
    p_hopeful, _ = _reached(geography, roads, hubs, hopeful)
    p_way, p_by_hub = _reached(geography, roads, hubs, known)
    p_cut, near = 1.0 - p_hopeful, p_by_hub > 0.5
    with_roads = {end for road in roads for end in (road.from_, road.to)}
    return tuple(
        Access(
            place=place.id,
            reachable_from=tuple(compress(hubs, near[k])),
            cut_off=YesNo(
                yes=float(p_cut[k]), no=float(p_way[k]), unknown=round(max(0.0, 1.0 - p_cut[k] - p_way[k]), 9)
            ),
            people=Range(value=place.population.value, low=place.population.low, high=place.population.high),
        )
        for k, place in enumerate(places)
        if place.id in with_roads
    )


def _reached(
    geography: Geography, roads: tuple[RoadState, ...], hubs: tuple[str, ...], is_open: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the share of worlds in which any hub is reached, shape (place,), and each hub, shape (place, hub)."""
    ends = [(geography.index[road.from_], geography.index[road.to], None) for road in roads]
    hub_numbers = [geography.index[hub] for hub in hubs]
    any_hub, by_hub = np.zeros(len(geography.places)), np.zeros((len(geography.places), len(hubs)))
    for passable in is_open:
        label = _components(len(geography.places), list(compress(ends, passable)))
        joined = label[:, None] == label[hub_numbers][None, :]
        any_hub += joined.any(axis=1)
        by_hub += joined
    return any_hub / len(is_open), by_hub / len(is_open)


def _components(n_places: int, ends: list[tuple[int, int, None]]) -> NDArray[np.int64]:
    graph = rx.PyGraph()
    graph.add_nodes_from(range(n_places))
    graph.add_edges_from(ends)
    label = np.zeros(n_places, dtype=np.int64)
    for number, component in enumerate(rx.connected_components(graph)):
        label[list(component)] = number
    return label
