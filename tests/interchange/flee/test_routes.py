"""Contract: routes.csv gives each road with both ends known; copies are kept as in Flee and told, loops are refused."""

import pytest

from tests.interchange.flee.folders import flee_folder, reading
from tidings.core.errors import InputError
from tidings.interchange.flee.read import read_flee

HEADER = "#name1,name2,distance,forced_redirection"


def refusal(tmp_path, *changes):
    with pytest.raises(InputError) as caught:
        read_flee(flee_folder(tmp_path, *changes))
    return [str(problem) for problem in caught.value.problems]


def test_without_a_header_the_first_row_is_a_road(tmp_path):
    instance, oddities = reading(tmp_path, ("routes.csv", HEADER + "\n", ""))
    assert len(instance.routes) == 4
    assert oddities == [
        "routes.csv:1: there is no header. Its first row is read as a road, as in Flee; cells are read by position."
    ]


def test_a_header_without_its_mark_is_not_a_road(tmp_path):
    instance, oddities = reading(tmp_path, ("routes.csv", HEADER, HEADER[1:]))
    assert len(instance.routes) == 4
    assert oddities[0].startswith("routes.csv:1: the row of column names does not start with '#'.")


def test_a_misspelt_column_is_told_and_read_by_position(tmp_path):
    _, oddities = reading(tmp_path, ("routes.csv", "forced_redirection", "forced_rediretion"))
    assert oddities[0].startswith("routes.csv:1: column 4 is called 'forced_rediretion', not forced_redirection.")


def test_rows_of_three_cells_among_rows_of_four_are_survived(tmp_path):
    instance, oddities = reading(tmp_path, ("routes.csv", "50,0", "50"), ("routes.csv", "70,0", "70"))
    assert [route.forced_redirection for route in instance.routes] == [0, 0, 0, 0]
    assert oddities == [
        "routes.csv:2: the row has no cell for forced_redirection (the like on lines 4). It is taken as 0."
    ]


@pytest.mark.parametrize(("cell", "value"), [("", 0), ("0", 0), ("1", 1), ("2", 2)])
def test_forced_redirection_is_kept_and_empty_is_none(tmp_path, cell, value):
    instance, oddities = reading(tmp_path, ("routes.csv", "50,0", f"50,{cell}"))
    assert instance.routes[0].forced_redirection == value
    assert oddities == []


def test_named_extra_columns_are_attributes_and_rows_may_lack_them(tmp_path):
    instance, oddities = reading(
        tmp_path,
        ("routes.csv", HEADER, HEADER + ",max_move_speed,link_type"),
        ("routes.csv", "50,0", "50,0,100,dirt"),
        ("routes.csv", "60,0", "60,0,,dirt"),
    )
    assert [dict(route.attributes) for route in instance.routes[:3]] == [
        {"max_move_speed": "100", "link_type": "dirt"}, {"link_type": "dirt"}, {},
    ]  # fmt: skip
    assert oddities == []


def test_two_columns_of_one_name_are_refused(tmp_path):
    said = refusal(tmp_path, ("routes.csv", HEADER, HEADER + ",max_move_speed,max_move_speed"))
    assert said == ["routes.csv:1: column 'max_move_speed' is there 2 times. Keep one of them."]


def test_cells_beyond_the_columns_are_told(tmp_path):
    _, oddities = reading(tmp_path, ("routes.csv", "50,0", "50,0,dirt"))
    assert oddities == ["routes.csv:2: 'dirt' stands in no named column. It is passed over."]


@pytest.mark.parametrize("copy", ["Aldra,Beska,55,0", "Beska,Aldra,50,0"])
def test_a_road_that_is_there_twice_is_kept_twice_as_in_flee_and_told(tmp_path, copy):
    instance, oddities = reading(tmp_path, ("routes.csv", "Beska,Elvik,80,0", f"Beska,Elvik,80,0\n{copy}"))
    assert len(instance.routes) == 5
    assert len(oddities) == 1
    assert "routes.csv:6: the road" in oddities[0]
    assert "is there already, on line 2. Under rules flee each copy is a way of its own" in oddities[0]


def test_a_road_of_no_length_is_told(tmp_path):
    instance, oddities = reading(tmp_path, ("routes.csv", "50,0", "0,0"))
    assert instance.routes[0].km == 0
    assert oddities == ["routes.csv:2: the distance is 0 km. It is taken as it is; under our own rules as 0.1 km."]


def test_a_place_that_no_road_leads_to_is_told(tmp_path):
    instance, oddities = reading(tmp_path, ("routes.csv", "Beska,Elvik,80,0\n", ""))
    assert len(instance.locations) == 5
    assert oddities == ["locations.csv:6: no road leads to 'Elvik'. It is kept: who is there stays, and nobody comes."]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Aldra,Beska", "Aldra,Aldra", "routes.csv:2: both ends are 'Aldra'. Name two different places, or remove"),
        ("Aldra,Beska", "Aldra,Besca", "routes.csv:2: the road ends at 'Besca', which is not a place. Did you mean "
                                       "'Beska'? Add the place to locations.csv or correct the name."),
        ("Aldra,Beska", "Fassala-Mbera,Beska", "the road ends at 'Fassala-Mbera', which is not a place."),
        ("Aldra,Beska", "Aldra,", "routes.csv:2: an end of the road is empty."),
        ("Aldra,Beska", ",Beska", "routes.csv:2: an end of the road is empty."),
        ("50,0", "near,0", "routes.csv:2: distance 'near' is not a number from 0 to 40000."),
        ("50,0", "nan,0", "routes.csv:2: distance 'nan' is not a number from 0 to 40000."),
        ("50,0", "50000,0", "routes.csv:2: distance '50000' is not a number from 0 to 40000."),
        ("50,0", "-50,0", "routes.csv:2: distance '-50' is not a number from 0 to 40000."),
        ("50,0", ",0", "routes.csv:2: distance '' is not a number from 0 to 40000."),
        ("50,0", "50,3", "routes.csv:2: forced_redirection '3' is not known. Write 0, 1 or 2, or leave it empty."),
        ("Aldra,Beska,50,0", "Aldra;Beska;50", "routes.csv:2: the row has 1 cells. Write: name1, name2, distance"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_road_is_refused(tmp_path, old, new, said):
    assert any(said in problem for problem in refusal(tmp_path, ("routes.csv", old, new)))


@pytest.mark.parametrize("name", ["max_move_speed", "walk_probability"])
def test_a_speed_that_is_no_number_is_refused(tmp_path, name):
    said = refusal(tmp_path, ("routes.csv", HEADER, f"{HEADER},{name}"), ("routes.csv", "50,0", "50,0,fast"))
    assert f"routes.csv:2: {name} 'fast' is not a number from 0 to 1e+12." in said[0]
