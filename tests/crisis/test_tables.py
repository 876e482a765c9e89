"""Tables hold exactly the columns that are promised, and cells are read as people write them."""

from __future__ import annotations

import pytest

from tidings.crisis.tables import (
    BULLETINS,
    CROSSINGS,
    PARTIES,
    PLACES,
    ROADS,
    Row,
    Table,
    delimiter_of,
    format_rows,
    read_sheet,
    to_model,
    to_number,
)
from tidings.geography.places import Place

PROMISED = {
    PLACES: "id, name, other_names, kind, country, lat, lon, pcode, population, population_source, capacity, "
    "group, note",
    ROADS: "id, from, to, length_km, mode, speed_km_per_day, source, note",
    CROSSINGS: "id, name, other_names, side_a, side_b, per_day, note",
    PARTIES: "id, name, other_names, kind, parent, interest, note",
    BULLETINS: "place, day, measure, people, low, high, unit, household_size, source, published, note",
}


@pytest.mark.parametrize(("table", "columns"), PROMISED.items(), ids=lambda entry: getattr(entry, "file", ""))
def test_the_columns_are_those_of_the_contract(table: Table, columns: str) -> None:
    assert ", ".join(table.columns) == columns


def test_a_road_needs_no_id_of_its_own() -> None:
    assert ROADS.required == ("from", "to")


def test_a_row_is_known_by_the_line_on_which_it_starts() -> None:
    sheet = read_sheet(b'id,note\na,"two\nlines"\n\nb,one\n', "places.csv", ("id", "note"), ("id",))
    assert [row.where for row in sheet.rows] == ["places.csv:2", "places.csv:5"]


def test_an_empty_file_is_an_empty_table() -> None:
    assert read_sheet(b"", "roads.csv", ROADS.columns, ROADS.required).rows == ()


def test_a_file_that_is_not_utf_8_is_refused_with_the_line() -> None:
    sheet = read_sheet("id,name\na,Öncüpınar\n".encode("cp1254"), "places.csv", PLACES.columns, PLACES.required)
    assert str(sheet.problems[0]).startswith("places.csv:2: the file is not UTF-8 text")


@pytest.mark.parametrize("text", ["0x10", "1_000", "nan", "inf", "1,2", "12 34", "--1", "1.2.3", "5k", "", "1,2345"])
def test_what_is_not_a_number_is_none(text: str) -> None:
    assert to_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("-7", -7), ("1e3", 1000.0), ("1,234,567.5", 1234567.5), (".5", 0.5), ("1'000", 1000)],
)
def test_numbers_are_read_with_thousands_separators(text: str, number: float) -> None:
    assert to_number(text) == number


def test_the_delimiter_is_the_one_that_the_header_has() -> None:
    assert delimiter_of("id\tname") == "\t"


def test_an_empty_cell_is_unknown_and_not_zero() -> None:
    place, problems = to_model(Row("places.csv", 2, {"id": "a", "name": "Alta"}), PLACES)
    assert problems == ()
    assert place == Place(id="a", name="Alta")
    assert place.population is None


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    cells = {"id": "a", "name": "Alta", "lat": "x", "lon": "999", "population": "-1", "kind": "hamlet"}
    place, problems = to_model(Row("places.csv", 2, cells), PLACES)
    assert place is None
    assert len(problems) == 4


def test_rows_are_written_with_empty_cells_for_what_is_unknown() -> None:
    rows = (Place(id="a", name="Alta, Old", other_names=("A", "B"), population=5),)
    assert format_rows(rows, ("id", "name", "other_names", "population", "lat")) == 'a,"Alta, Old",A|B,5,\n'
