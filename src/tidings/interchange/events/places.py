"""Places of event tables: the crisis's own, those of the gazetteer, or new ones, and none finer than the row knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis
from tidings.evidence.reading import PlaceRecord
from tidings.evidence.tabling import IN_EVENT_TABLE, own_tables
from tidings.geography.countries import iso3_of
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.names import fold
from tidings.geography.places import Place, PlaceKind, great_circle_km
from tidings.interchange.events.rows import PlaceTold, codes

SAME_NAME_KM = 15.0
"""Up to this distance, a point of a name and a place of that name are one."""
SAME_POINT_KM = 1.0
"""Up to this distance, a point and a place of the crisis are one, whatever they are called."""
CELL_DEGREES = 0.25


class EventPlaces:
    """Finds the place of each row; the same place told twice is found once."""

    def __init__(self, crisis: Crisis, gazetteer: Gazetteer) -> None:
        self._own = own_tables(crisis).geography.places
        self._gazetteer = gazetteer
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        self._by_cell: dict[tuple[int, int], list[Place]] = defaultdict(list)
        for place in self._own:
            for name in (place.name, *place.other_names):
                self._by_name[fold(name)].append(place)
            if place.lat is not None and place.lon is not None:
                self._by_cell[_cell(place.lat, place.lon)].append(place)
        self._found: dict[PlaceTold, PlaceRecord] = {}

    def of(self, told: PlaceTold) -> PlaceRecord:
        """Return the place that a row tells."""
        found = self._found.get(told)
        if found is None:
            found = self._found[told] = self._find(told)
        return found

    @property
    def records(self) -> tuple[PlaceRecord, ...]:
        """All places found, each once."""
        return tuple({record.id: record for record in self._found.values()}.values())

    def _find(self, told: PlaceTold) -> PlaceRecord:
        iso3 = country_code(told.country)
        if told.precision == "country":
            country = iso3.lower() if iso3 else slug(told.country)
            return PlaceRecord(id=f"country-{country}", name=told.country, kind="country", country=iso3, p=1.0)
        if told.precision in ("admin1", "admin2", "area") or told.lat is None or told.lon is None:
            return self._area(told, iso3)
        point = self._point(told, told.lat, told.lon, iso3)
        if told.precision == "point":
            return point
        # somewhere about the point: a place of its own, which nobody holds and which no map draws as a dot
        return PlaceRecord(id=f"around-{point.id}", name=f"around {point.name}", kind="area", country=iso3, p=1.0)

    def _area(self, told: PlaceTold, iso3: str | None) -> PlaceRecord:
        kind: PlaceKind = "admin1" if told.precision == "admin1" else "admin2" if told.precision == "admin2" else "area"
        own = [place for place in self._by_name.get(fold(told.name), ()) if place.kind == kind]
        if len(own) == 1:
            return _record(own[0])
        an_id = f"{kind}-{(iso3 or slug(told.country)).lower()}-{slug(told.name)}"
        return PlaceRecord(id=an_id, name=told.name, kind=kind, country=iso3, p=0.9)

    def _point(self, told: PlaceTold, lat: float, lon: float, iso3: str | None) -> PlaceRecord:
        name, kind = place_words(told.name)
        own = self._own_at(name, lat, lon, iso3)
        if own:
            return _record(own)
        fitting = [
            (great_circle_km(lat, lon, entry.lat, entry.lon), entry)
            for entry in self._gazetteer.lookup(name, (iso3,) if iso3 else ())
            if iso3 and entry.country == iso3
        ]
        km, entry = min(fitting, key=lambda each: each[0], default=(0.0, None))
        if entry and km <= SAME_NAME_KM:
            return PlaceRecord(
                id=f"gn{entry.geonames_id}", name=entry.name, kind=kind, country=entry.country, lat=entry.lat,
                lon=entry.lon, geonames_id=entry.geonames_id, p=1.0,
            )  # fmt: skip
        an_id = f"{slug(name) or 'place'}-{lat:.3f}-{lon:.3f}"
        return PlaceRecord(id=an_id, name=name, kind=kind, country=iso3, lat=lat, lon=lon, p=1.0)

    def _own_at(self, name: str, lat: float, lon: float, iso3: str | None) -> Place | None:
        same_name = self._by_name.get(fold(name), ())
        near = [(_km(place, lat, lon), place) for place in same_name if place.is_located]
        km, place = min(near, key=lambda each: each[0], default=(SAME_NAME_KM + 1, None))
        if place and km <= SAME_NAME_KM:
            return place
        unlocated = [place for place in same_name if not place.is_located and place.country in (None, iso3)]
        if not near and len(unlocated) == 1:
            return unlocated[0]
        row, column = _cell(lat, lon)
        cells = ((r, c) for r in (row - 1, row, row + 1) for c in (column - 1, column, column + 1))
        close = [(_km(place, lat, lon), place) for cell in cells for place in self._by_cell.get(cell, ())]
        km, place = min(close, key=lambda each: each[0], default=(SAME_POINT_KM + 1, None))
        return place if km <= SAME_POINT_KM else None


def rows_to_add(records: Iterable[PlaceRecord], crisis: Crisis) -> tuple[Place, ...]:
    """Return the rows that places.csv lacks: points only; provinces and surroundings live in the reading alone."""
    known = set(crisis.geography.place_by_id)
    return tuple(
        Place(
            id=record.id, name=record.name, kind=record.kind or "town", country=record.country, lat=record.lat,
            lon=record.lon, note=f"GeoNames {record.geonames_id}" if record.geonames_id else IN_EVENT_TABLE,
        )
        for record in records
        if record.lat is not None and record.id not in known
    )  # fmt: skip


def place_words(told: str) -> tuple[str, PlaceKind]:
    """Return the name and kind of a place as a table describes it.

    Examples
    --------
    >>> place_words("Mboki village"), place_words("Bria")
    (('Mboki', 'village'), ('Bria', 'town'))
    """
    for word, kind in sorted(codes()["place_words"].items(), key=lambda each: -len(each[0])):
        name = re.sub(rf"\s+{word}$", "", told, flags=re.IGNORECASE)
        if name != told:
            return (told if kind == "camp" else name), kind
    return told, "town"


def country_code(written: str) -> str | None:
    """Return the ISO3 code of a country as a table writes it.

    Examples
    --------
    >>> country_code("Myanmar (Burma)"), country_code("DR Congo (Zaire)"), country_code("Atlantis")
    ('MMR', 'COD', None)
    """
    special: dict[str, str] = codes()["countries"]
    if written in special:
        return special[written]
    parts = (written, *re.split(r"\s*[()]\s*", written))
    return next((iso3_of()[part] for part in parts if part in iso3_of()), None)


def _record(place: Place) -> PlaceRecord:
    return PlaceRecord(
        id=place.id, name=place.name, kind=place.kind, country=place.country, lat=place.lat, lon=place.lon,
        pcode=place.pcode, p=1.0,
    )  # fmt: skip


def _km(place: Place, lat: float, lon: float) -> float:
    assert place.lat is not None
    assert place.lon is not None
    return great_circle_km(place.lat, place.lon, lat, lon)


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return round(lat / CELL_DEGREES), round(lon / CELL_DEGREES)
