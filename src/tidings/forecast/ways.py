"""How far it is by road from places of conflict to destinations, with some ways closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from tidings.forecast.series import Closed

OF_ONE_PLACE = frozenset({"location", "camp", "idpcamp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The roads of a conflict, and the country of each place that they join."""

    roads: tuple[tuple[str, str, float], ...]
    """Two places and the km between them."""
    country: Mapping[str, str] = field(default_factory=dict)

    def km(self, starts: Sequence[str], ends: Sequence[str], closed: Sequence[Closed] = ()) -> NDArray[np.float64]:
        """Return the length of the shortest way. Shape (start, end); infinite where none is open.

        Examples
        --------
        >>> ways = Ways(roads=(("town", "camp", 30.0), ("town", "far", 90.0)), country={"town": "A", "camp": "B"})
        >>> ways.km(("town",), ("camp", "far"), (Closed(kind="country", one="A", other="B", start=0, end=None),))
        array([[inf, 90.]])
        """
        graph: rx.PyGraph[str, float] = rx.PyGraph()
        names = dict.fromkeys(name for road in self.roads for name in road[:2])
        number = dict(zip(names, graph.add_nodes_from(list(names)), strict=True))
        shut = [closure for closure in closed if closure.end is None]
        graph.add_edges_from([(number[a], number[b], km) for a, b, km in self.roads if not self.is_shut(a, b, shut)])
        table = np.full((len(starts), len(ends)), np.inf)
        for row, start in enumerate(starts):
            lengths = rx.dijkstra_shortest_path_lengths(graph, number[start], float) if start in number else {}
            table[row] = [0.0 if end == start else _length(lengths, number.get(end)) for end in ends]
        return table

    def is_shut(self, a: str, b: str, shut: Sequence[Closed]) -> bool:
        """Return whether any of some closures that hold shuts the road between two places."""
        ends, countries = {a, b}, {self.country.get(a, a), self.country.get(b, b)}
        return any(
            closure.one in ends
            if closure.kind in OF_ONE_PLACE
            else {closure.one, closure.other} == (countries if closure.kind == "country" else ends)
            for closure in shut
            if closure.kind in (*OF_ONE_PLACE, "country", "link")
        )


def _length(lengths: Mapping[int, float], end: int | None) -> float:
    return float(lengths[end]) if end is not None and end in lengths else np.inf
