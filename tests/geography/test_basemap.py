"""The packaged base map gives countries, borders drawn once and coast, cut to any box, without a network."""

from __future__ import annotations

import gzip
from importlib.resources import files

import pytest
import shapely

from tidings.geography.basemap import load_basemap


def test_a_box_over_a_border_gives_both_countries_and_the_border_between_them() -> None:
    near = load_basemap().clip((36.6, 36.2, 37.3, 36.9))
    assert [(country.name, country.iso3) for country in near.countries] == [("Syria", "SYR"), ("Turkey", "TUR")]
    assert near.borders.length > 0.5
    assert near.coast.is_empty


def test_nothing_of_the_cut_map_lies_outside_the_box() -> None:
    box = (35.0, 33.0, 36.5, 35.0)
    near = load_basemap().clip(box)
    shapes = [near.borders, near.coast, *(country.land for country in near.countries)]
    assert all(shapely.box(*box).buffer(1e-9).covers(shape) for shape in shapes)


def test_the_land_of_neighbours_meets_without_overlap() -> None:
    box = (36.6, 36.2, 37.3, 36.9)
    syria, turkey = (country.land for country in load_basemap().clip(box).countries)
    assert syria.intersection(turkey).area < 1e-6
    assert syria.union(turkey).area == pytest.approx(shapely.box(*box).area, rel=1e-6)


def test_a_border_is_no_coast() -> None:
    world = load_basemap()
    near = world.clip((35.5, 33.0, 37.0, 35.5))
    assert near.borders.intersection(near.coast).length < 1e-6


def test_the_open_sea_is_empty() -> None:
    assert load_basemap().clip((-131.0, -21.0, -129.0, -19.0)).countries == ()


def test_a_box_across_the_date_line_shows_both_sides() -> None:
    near = load_basemap().clip((176.0, -20.0, 186.0, -12.0))
    bounds = [country.land.bounds for country in near.countries if country.name == "Fiji"]
    assert min(bound[0] for bound in bounds) < 180 < max(bound[2] for bound in bounds)


@pytest.mark.parametrize("box", [(2.0, 1.0, 1.0, 2.0), (1.0, 2.0, 2.0, 1.0), (1.0, 1.0, 1.0, 2.0)])
def test_a_box_that_is_empty_or_turned_round_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="west must be under east"):
        load_basemap().clip(box)


def test_the_packaged_file_is_small_names_its_source_and_holds_every_coded_country() -> None:
    packed = files("tidings.geography.base").joinpath("world.json.gz").read_bytes()
    assert len(packed) < 3_000_000
    assert b"Natural Earth" in gzip.decompress(packed)[:200]
    codes = {country.iso3 for country in load_basemap().countries}
    assert {"SYR", "TUR", "UKR", "CAF", "SSD", "MLI", "BDI", "ETH", "XKX"} <= codes


def test_the_source_file_names_version_and_licences() -> None:
    text = files("tidings.geography.base").joinpath("SOURCE.md").read_text(encoding="utf-8")
    assert all(word in text for word in ("2.0.2", "ISC", "public domain", "Permission to use, copy"))
