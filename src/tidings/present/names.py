"""Names of whatever a claim or a state is about, so that no reader meets an id where a name exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tidings.geography.places import MAPPED
from tidings.present.words import EN_DASH, POLICY_WORDS, listed
from tidings.release.released import Released

ANSWERS = {"yes": "yes", "no": "no", **POLICY_WORDS}


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id: the crisis's own first, then those that reports use."""

    by_id: dict[str, str]

    @classmethod
    def of(cls, released: Released) -> Names:
        """Collect the names of all places, roads, crossings and parties."""
        by_id: dict[str, str] = {}
        for key, name in _pairs(released):
            by_id.setdefault(key, name)
        ends = [(road.id, road.from_, road.to) for road in released.geography.roads]
        ends += [(state.id, state.from_, state.to) for state in released.situation.roads]
        for road, start, end in ends:
            by_id.setdefault(road, f"{by_id.get(start, start)}{EN_DASH}{by_id.get(end, end)} road")
        return cls(by_id)

    def __getitem__(self, key: str) -> str:
        return self.by_id.get(key) or key.removeprefix("unresolved-").replace("-", " ").strip() or key

    def listed(self, keys: Iterable[str]) -> str:
        """Name several things as in a sentence."""
        return listed(list(dict.fromkeys(self[key] for key in keys)))

    def answer(self, value: str) -> str:
        """Say the value of a state: a party's name, yes or no, a crossing's policy."""
        if value.startswith("not ") and (side := value.removeprefix("not ")) in self.by_id:
            return f"not {self.by_id[side]}"
        return self.by_id.get(value) or ANSWERS.get(value, value)


def _pairs(released: Released) -> Iterator[tuple[str, str]]:
    yield from ((place.id, place.name) for place in released.geography.places)
    yield from ((crossing.id, crossing.name) for crossing in released.geography.crossings)
    yield from ((party.id, party.name) for party in released.parties)
    yield from ((state.id, state.name) for state in released.situation.places)
    yield from ((state.id, state.name) for state in released.situation.crossings)
    for reading in released.readings:
        yield from ((place.id, place.name) for place in reading.places)
        yield from ((party.id, party.name) for party in reading.parties)


def shows_geonames(released: Released) -> bool:
    """Whether places found in GeoNames are shown: read with its help, or noted in places.csv as coming from it."""
    found = any(place.geonames_id for reading in released.readings for place in reading.places)
    return found or any("geonames" in (place.note or "").casefold() for place in released.geography.places)


def shows_openstreetmap(released: Released) -> bool:
    """Whether a road that was taken from OpenStreetMap is shown."""
    return any((road.source or "").startswith(MAPPED) for road in released.geography.roads)
