"""Small invented event tables with the columns of the real ones."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

from tidings.interchange.events.ucdp import COLUMNS

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_ACLED_ROW = {
    "event_id_cnty": "XVA1", "event_date": "2031-03-02", "year": "2031", "time_precision": "1",
    "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "Valdrian Army", "inter1": "State forces",
    "actor2": "River Front", "inter2": "Rebel group", "country": "XVA", "admin1": "North", "location": "Dorvik",
    "latitude": "45.0", "longitude": "20.0", "geo_precision": "1", "source": "A newspaper; A radio",
    "notes": "Words that stay in the file.", "fatalities": "3", "timestamp": "1931940000",
}  # fmt: skip
_UCDP_ROW = {
    "id": "1", "year": "2031", "type_of_violence": "1", "side_a": "Government of Valdria", "side_b": "River Front",
    "source_office": "A newspaper", "source_original": "A private person", "where_prec": "1",
    "where_coordinates": "Dorvik town", "where_description": "near a house", "adm_1": "North province",
    "adm_2": "Dorvik district", "latitude": "45.0", "longitude": "20.0", "country": "XVA", "event_clarity": "1",
    "date_prec": "1", "date_start": "2031-03-02 00:00:00.000", "date_end": "2031-03-02 00:00:00.000",
    "best": "3", "high": "5", "low": "2",
}  # fmt: skip
PUBLISHED = dt.datetime.fromtimestamp(int(_ACLED_ROW["timestamp"]), tz=dt.UTC)


def _csv(columns, rows, header=True, delimiter=","):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator="\r\n", extrasaction="ignore")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def acled_rows(*changes):
    """Return a row for each set of changed cells, each with an id of its own."""
    return [_ACLED_ROW | {"event_id_cnty": f"XVA{number}"} | cells for number, cells in enumerate(changes, start=1)]


def acled_csv(*changes, **form):
    """Return an ACLED table."""
    return _csv(ACLED, acled_rows(*changes), **form)


def ucdp_rows(*changes):
    """Return a row for each set of changed cells, each with an id of its own."""
    return [_UCDP_ROW | {"id": str(number)} | cells for number, cells in enumerate(changes, start=1)]


def ucdp_csv(*changes, **form):
    """Return a UCDP table."""
    return _csv(COLUMNS, ucdp_rows(*changes), **form)


def ucdp_geojson(*changes):
    """Return a UCDP table as GeoJSON: the point in the geometry, no latitude among the properties."""
    features = []
    for row in ucdp_rows(*changes):
        told = {name: row.get(name, "") for name in COLUMNS if name not in ("latitude", "longitude", "geom_wkt")}
        point = [float(row["longitude"]), float(row["latitude"])]
        numbers = {name: int(told[name]) for name in ("type_of_violence", "where_prec", "best", "high", "low")}
        features.append(
            {"type": "Feature", "properties": told | numbers, "geometry": {"type": "Point", "coordinates": point}}
        )
    return json.dumps({"type": "FeatureCollection", "features": features})
