"""Contract: Flee's files are cut into rows with their lines, as spreadsheets and hands have left them."""

import datetime as dt

import pytest

from tidings.core.errors import InputError
from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.rows import day, read_sheet, real, whole


def sheet_of(tmp_path, content, **options):
    path = tmp_path / "routes.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = Findings()
    return read_sheet(path, found, **options), found


def test_comments_blank_rows_and_rows_of_empty_cells_are_passed_over_and_lines_are_those_of_the_file(tmp_path):
    sheet, found = sheet_of(tmp_path, "# made by hand\n#name1,name2\n\nA,B\n# a remark\n,,\nC,D\n")
    assert sheet.header is not None
    assert sheet.names(0) == ("name1", "name2")
    assert [(row.line, row.cells) for row in sheet.rows] == [(4, ("A", "B")), (7, ("C", "D"))]
    assert found == Findings()


@pytest.mark.parametrize("first", ["#name1,name2", '"#name1","name2"', '#"name1","name2"', '"#""name1""",name2'])
def test_a_header_may_be_quoted_in_any_way(tmp_path, first):
    sheet, _ = sheet_of(tmp_path, f"{first}\nA,B\n")
    assert sheet.names(0) == ("name1", "name2")


def test_line_ends_of_windows_and_a_missing_last_one_make_no_difference(tmp_path):
    sheet, found = sheet_of(tmp_path, "#name1,name2\r\nA,B\r\n\r\nC,D")
    assert [(row.line, row.cells) for row in sheet.rows] == [(2, ("A", "B")), (4, ("C", "D"))]
    assert found.oddities == []


def test_a_byte_order_mark_is_survived(tmp_path):
    sheet, found = sheet_of(tmp_path, b"\xef\xbb\xbf#name1,name2\nA,B\n")
    assert sheet.names(0) == ("name1", "name2")
    assert str(found.oddities[0]).startswith("routes.csv:1: the file starts with a byte order mark. It is passed over")


def test_a_name_that_ends_in_blanks_is_told_and_other_blanks_are_not(tmp_path):
    sheet, found = sheet_of(tmp_path, "Karak  , B,5 \n")
    assert sheet.rows[0].cells == ("Karak", "B", "5")
    assert [str(o) for o in found.oddities] == [
        "routes.csv:1: 'Karak  ' ends in blanks. Blanks at the edges of cells are cut off."
    ]


def test_a_header_without_its_mark_is_known_by_its_first_name(tmp_path):
    sheet, found = sheet_of(tmp_path, "Name1,name2\nA,B\n", names=frozenset({"name1"}))
    assert len(sheet.rows) == 1
    assert "the row of column names does not start with '#'" in found.oddities[0].met


def test_an_open_quotation_mark_is_refused_on_its_line(tmp_path):
    _, found = sheet_of(tmp_path, 'A,B\n"C,D\nE,F\n')
    assert str(found.problems[0]) == "routes.csv:2: a quotation mark is not closed on its line. Close or remove it."


def test_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path):
    _, found = sheet_of(tmp_path, "A,B\nÉ,C\n".encode("latin-1"))
    assert str(found.problems[0]) == "routes.csv:2: the file is not UTF-8 text. Save it again as 'CSV UTF-8'."


def test_a_cell_too_long_for_csv_is_refused(tmp_path):
    _, found = sheet_of(tmp_path, f"A,{'x' * 200_000}\n")
    assert "the row cannot be read as CSV" in found.problems[0].met


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_sheet(tmp_path / "none.csv", Findings())


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("22849", 22849), ("22,849", 22849), ("12.0", 12), ("1e3", 1000)]
)
def test_a_whole_number_is_read_and_told_where_flee_would_stop(text, number):
    found = Findings()
    assert whole(text, "a.csv:1", "population", found) == number
    assert found.problems == []
    assert len(found.oddities) == (0 if text.isdigit() else 1)


@pytest.mark.parametrize("text", ["12.5", "-1", "nan", "inf", "1e999", "many", "1,2", "9999999999999", "--1", "٣x"])
def test_what_is_no_whole_number_is_refused(text):
    found = Findings()
    assert whole(text, "a.csv:1", "population", found) is None
    assert f"population '{text}' is not a whole number from 0 to 10^12" in str(found.problems[0])


def test_a_negative_number_is_one_where_it_may_be():
    assert whole("-1", "a.csv:1", "day", Findings(), least=None) == -1


@pytest.mark.parametrize("text", ["nan", "inf", "-0.5", "", "x"])
def test_what_is_no_number_is_refused(text):
    found = Findings()
    assert real(text, "a.csv:1", "distance", found) is None
    assert f"a.csv:1: distance '{text}' is not a number from 0 to 1e+12" in str(found.problems[0])


@pytest.mark.parametrize("text", ["2031-02-30", "2031/03/01", "1.3.2031", "2031-03-01 00:00", ""])
def test_what_is_no_day_is_none(text):
    assert day(text) is None
    assert day("2031-3-1") == dt.date(2031, 3, 1)
