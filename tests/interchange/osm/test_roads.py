"""Contract: roads.csv of a crisis from an OpenStreetMap extract, with what it comes from, and no row lost silently."""

import datetime as dt
import json
import sys

import pytest
from click.testing import CliRunner

from tests.interchange.osm.maps import at, write_map
from tests.test_schemas import check
from tidings.cli import cli
from tidings.core.errors import EnvironmentError_, InputError
from tidings.crisis.load import load_crisis
from tidings.crisis.save import add_places, new_crisis
from tidings.geography.places import Place
from tidings.interchange.osm.roads import import_osm, is_from_osm
from tidings.interchange.osm.ways import speeds

PRIMARY = {"highway": "primary"}
NODES = {1: (0, 0), 2: (10, 0), 3: (20, 0), 4: (30, 0), 5: (20, 10), 6: (200, 0), 7: (210, 0)}
LINE = [((1, 2, 3, 4), PRIMARY)]


def place(an_id, km_east, km_north=0.0, **more):
    lon, lat = at(km_east, km_north)
    return Place(id=an_id, name=an_id.capitalize(), country="XVA", lat=lat, lon=lon, **more)


@pytest.fixture
def folder(tmp_path):
    """Three places on one line, ten km from one another."""
    new_crisis(tmp_path / "crisis", ["XVA"])
    add_places(tmp_path / "crisis", [place("alta", 0), place("brusk", 10.2), place("cerno", 20)])
    return tmp_path / "crisis"


@pytest.fixture
def line(tmp_path):
    return write_map(tmp_path / "map.osm.pbf", NODES, LINE)


def roads(folder):
    return {road.id: road for road in load_crisis(folder).geography.roads}


def test_places_are_joined_along_the_roads_and_no_road_passes_a_third_place(folder, line):
    import_osm(line, folder)
    found = roads(folder)
    assert set(found) == {"alta--brusk", "brusk--cerno"}
    assert [road.length_km for road in found.values()] == [10.0, 10.0]


def test_a_road_tells_the_map_its_day_and_its_hash_and_that_its_speed_is_assumed(folder, line):
    done = import_osm(line, folder)
    road = roads(folder)["alta--brusk"]
    assert done.map_day == dt.date(2026, 1, 2)
    assert road.source == f"OpenStreetMap, as of 2026-01-02, sha256 {done.sha256[:12]}"
    assert (road.speed_km_per_day, road.note) == (speeds()["primary"], "speed assumed by class of road")
    assert is_from_osm(road)


def test_a_map_without_a_day_says_so(folder, tmp_path):
    done = import_osm(write_map(tmp_path / "map.osm.pbf", NODES, LINE, day=None), folder)
    assert done.map_day is None
    assert "day not told" in roads(folder)["alta--brusk"].source


def test_the_quicker_way_is_taken_and_its_own_length_told(folder, tmp_path):
    nodes = {**NODES, 10: (5, 3)}
    ways = [((1, 2), {"highway": "residential"}), ((1, 10, 2), {"highway": "motorway"}), ((2, 3), PRIMARY)]
    import_osm(write_map(tmp_path / "map.osm.pbf", nodes, ways), folder)
    road = roads(folder)["alta--brusk"]
    assert road.length_km == pytest.approx(2 * (25 + 9) ** 0.5, abs=0.06)
    assert road.speed_km_per_day == speeds()["motorway"]


@pytest.mark.parametrize(
    ("tags", "is_open"),
    [
        ({"highway": "primary", "access": "no"}, False),
        ({"highway": "primary", "access": "private"}, False),
        ({"highway": "primary", "access": "no", "motor_vehicle": "yes"}, True),
        ({"highway": "primary", "motorcar": "no"}, False),
        ({"highway": "primary", "route": "ferry"}, False),
        ({"route": "ferry"}, False),
        ({"highway": "construction"}, False),
        ({"highway": "footway"}, False),
        ({"highway": "track"}, False),
        ({"highway": "primary", "oneway": "yes"}, True),
    ],
)
def test_ferries_and_ways_closed_to_vehicles_are_left_out(folder, tmp_path, tags, is_open):
    ways = [((1, 2), tags), ((2, 3), PRIMARY)]
    import_osm(write_map(tmp_path / "map.osm.pbf", NODES, ways), folder)
    assert ("alta--brusk" in roads(folder)) is is_open


def test_tracks_are_roads_only_where_they_are_asked_for(folder, tmp_path):
    ways = [((1, 2), {"highway": "track"}), ((2, 3), PRIMARY)]
    import_osm(write_map(tmp_path / "map.osm.pbf", NODES, ways), folder, tracks=True)
    assert roads(folder)["alta--brusk"].speed_km_per_day == speeds()["track"]


def test_places_far_from_any_road_and_places_on_a_road_to_nowhere_are_told(folder, tmp_path):
    add_places(folder, [place("dorvik", 20, 10), place("edna", 200)])
    ways = [*LINE, ((6, 7), PRIMARY)]
    done = import_osm(write_map(tmp_path / "map.osm.pbf", NODES, ways), folder)
    assert (done.far, done.apart) == (("Dorvik",), ("Edna",))
    assert set(roads(folder)) == {"alta--brusk", "brusk--cerno"}


def test_areas_and_places_without_coordinates_are_joined_to_nothing(folder, line):
    add_places(folder, [place("plain", 20, kind="area"), Place(id="nowhere", name="Nowhere", country="XVA")])
    done = import_osm(line, folder)
    assert (done.n_roads, done.far, done.apart) == (2, (), ())


def test_two_places_near_one_another_do_not_lose_each_other_a_far_third(folder, line):
    add_places(folder, [place("aside", 0.4)])
    import_osm(line, folder, within_km=1)
    joined = {frozenset((road.from_, road.to)) for road in roads(folder).values()}
    assert joined == {frozenset(p) for p in (("alta", "aside"), ("alta", "brusk"), ("brusk", "cerno"))}


def test_the_same_map_again_changes_nothing(folder, line):
    assert import_osm(line, folder).is_changed
    before = (folder / "roads.csv").read_bytes()
    assert not import_osm(line, folder).is_changed
    assert (folder / "roads.csv").read_bytes() == before


def test_roads_of_an_earlier_map_are_replaced(folder, line, tmp_path):
    import_osm(line, folder)
    newer = write_map(tmp_path / "new.osm.pbf", NODES, [((1, 2), PRIMARY)], day="2026-02-03T00:00:00Z")
    assert import_osm(newer, folder).n_removed == 1
    assert {road.source.split(",")[1] for road in roads(folder).values()} == {" as of 2026-02-03"}


WRITTEN = "id,from,to,length_km,mode,speed_km_per_day,source,note\nold,alta,brusk,12,motor,,a driver,\n"


def test_rows_that_a_person_wrote_are_never_overwritten_without_a_word(folder, line):
    (folder / "roads.csv").write_text(WRITTEN)
    with pytest.raises(InputError, match=r"roads.csv: the table has 1 row that a person wrote.*--keep"):
        import_osm(line, folder)
    assert (folder / "roads.csv").read_text() == WRITTEN


def test_rows_that_a_person_wrote_are_kept_where_asked_and_no_road_stands_beside_them(folder, line):
    (folder / "roads.csv").write_text(WRITTEN)
    done = import_osm(line, folder, existing="keep")
    assert (done.n_kept, done.n_roads) == (1, 1)
    assert {an_id: road.source[:9] for an_id, road in roads(folder).items()} == {
        "old": "a driver", "brusk--cerno": "OpenStree",
    }  # fmt: skip


def test_rows_that_a_person_wrote_are_lost_where_asked(folder, line):
    (folder / "roads.csv").write_text(WRITTEN)
    done = import_osm(line, folder, existing="replace")
    assert (done.n_kept, done.n_removed) == (0, 1)
    assert set(roads(folder)) == {"alta--brusk", "brusk--cerno"}


def test_a_file_that_is_no_map_is_refused(folder, tmp_path):
    (tmp_path / "map.osm.pbf").write_text("no map")
    with pytest.raises(InputError, match="cannot be read as OpenStreetMap"):
        import_osm(tmp_path / "map.osm.pbf", folder)
    with pytest.raises(InputError, match="there is no such file"):
        import_osm(tmp_path / "none.osm.pbf", folder)


def test_a_map_without_roads_is_refused(folder, tmp_path):
    empty = write_map(tmp_path / "map.osm.pbf", NODES, [((1, 2), {"waterway": "river"})])
    with pytest.raises(InputError, match="holds no road that a vehicle may use"):
        import_osm(empty, folder)


def test_a_crisis_without_places_is_told_what_to_fill(tmp_path, line):
    new_crisis(tmp_path / "empty", ["XVA"])
    with pytest.raises(InputError, match=r"places.csv: 0 of its places have coordinates"):
        import_osm(line, tmp_path / "empty")


def test_without_the_package_the_command_names_it(folder, line, monkeypatch):
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(EnvironmentError_, match=r"pip install 'tidings\[osm\]'"):
        import_osm(line, folder)


def test_the_command_prints_its_document_or_a_line_with_the_credit(folder, line):
    printed = CliRunner().invoke(cli, ["import", "osm", str(line), str(folder), "--json"])
    assert printed.exit_code == 0, printed.output
    document = json.loads(printed.stdout)
    check(document)
    assert document["n_roads"] == 2
    again = CliRunner().invoke(cli, ["import", "osm", str(line), str(folder)])
    assert "2 roads; roads.csv is as it was" in again.stdout
    assert "© OpenStreetMap contributors, ODbL" in again.stdout
    (folder / "roads.csv").write_text(WRITTEN)
    assert CliRunner().invoke(cli, ["import", "osm", str(line), str(folder)]).exit_code == 1


def test_without_a_map_a_length_is_the_great_circle_by_the_detour_factor_marked_as_assumed(folder):
    (folder / "roads.csv").write_text("id,from,to\n,alta,brusk\n")
    geography = load_crisis(folder).geography
    km, is_assumed = geography.length_km(geography.roads[0])
    assert (round(km, 2), is_assumed) == (round(1.3 * 10.2, 2), True)
