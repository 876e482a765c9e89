"""Contract: locations.csv is read by position; what can be survived is told, the rest is refused."""

import pytest

from tests.interchange.flee.folders import flee_folder, reading
from tidings.core.errors import InputError
from tidings.interchange.flee.read import read_flee

HEADER = "#name,region,country,lat,lon,location_type,conflict_date,population"


def refusal(tmp_path, *changes, **whole):
    with pytest.raises(InputError) as caught:
        read_flee(flee_folder(tmp_path, *changes, **whole))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "header",
    [
        '"#name","region","country","latitude","longitude","location_type","conflict_date","population"',
        '#"name","region","country",lat,lon,"location_type","conflict_date","pop/cap"',
        '"#""name""",region,country,Lat,Lon,location_type,conflict_date,capacity',
    ],
)
def test_usual_names_of_columns_are_taken_without_a_word(tmp_path, header):
    instance, oddities = reading(tmp_path, ("locations.csv", HEADER, header))
    assert len(instance.locations) == 5
    assert oddities == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("conflict_date", "conflict_period", "column 7 is called 'conflict_period', not conflict_date"),
        ("conflict_date", "flood_time", "column 7 is called 'flood_time', not conflict_date"),
        ("#name,region", "#name,#name", "column 2 is called 'name', not region"),
    ],
)
def test_unusual_names_of_columns_are_told_and_read_by_position(tmp_path, old, new, said):
    instance, oddities = reading(tmp_path, ("locations.csv", old, new))
    assert instance.locations[2].conflict_date == 2
    assert oddities == [f"locations.csv:1: {said}. Columns are read by their position, as Flee reads them."]


def test_columns_in_another_order_are_refused_since_they_are_read_by_position(tmp_path):
    (said,) = refusal(tmp_path, ("locations.csv", "region,country", "country,region"))[:1]
    assert said.startswith("locations.csv:1: column 2 is 'country', and is read as region. Order the columns: name, ")


def test_a_file_without_a_header_is_read_and_told(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", HEADER + "\n", ""))
    assert len(instance.locations) == 5
    assert oddities == ["locations.csv:1: there is no header. Cells are read by position; extra ones are not."]


def test_a_header_without_its_mark_is_told(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", HEADER, HEADER[1:]))
    assert len(instance.locations) == 5
    assert oddities[0].startswith("locations.csv:1: the row of column names does not start with '#'.")


def test_extra_columns_become_attributes_and_a_nameless_one_is_told(tmp_path):
    instance, oddities = reading(
        tmp_path,
        ("locations.csv", HEADER, HEADER + ",hdi,initial_idps,"),
        ("locations.csv", "town,,3000", "town,,3000,0.4,,left"),
    )
    assert instance.locations[1].attributes == {"hdi": "0.4"}
    assert instance.locations[0].attributes == {}
    assert oddities == ["locations.csv:3: 'left' stands in a column without a name. It is passed over."]


def test_a_trailing_empty_column_holds_nothing_and_is_passed_over(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", HEADER, HEADER + ","), ("locations.csv", "4000", "4000,"))
    assert instance.locations[3].people == 4000
    assert oddities == []


@pytest.mark.parametrize("name", ["initial_idps", "conflict_intensity", "capacity_per_day"])
def test_an_extra_column_that_is_read_as_a_number_must_hold_numbers(tmp_path, name):
    said = refusal(
        tmp_path, ("locations.csv", HEADER, f"{HEADER},{name}"), ("locations.csv", "town,,3000", "town,,3000,nan")
    )
    assert said == [f"locations.csv:3: {name} 'nan' is not a number from 0 to 1e+12. Write it in digits, with a point "
                    "before decimals."]  # fmt: skip


def test_a_row_that_is_too_short_at_its_end_is_filled_up_and_told(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", "20.0,camp,,", "20.0,camp"))
    assert instance.locations[4].people is None
    assert oddities == [
        "locations.csv:6: the row has 6 cells, not 8. The cells that lack at its end are taken as empty; Flee stops "
        "at it."
    ]


def test_cells_beyond_the_columns_are_told(tmp_path):
    _, oddities = reading(tmp_path, ("locations.csv", "town,,3000", "town,,3000,more"))
    assert oddities == ["locations.csv:3: 'more' stands in no named column. It is passed over."]


@pytest.mark.parametrize("kind", ["conflict", "town", "Camp", "idpcamp", "forward", "forwarding_hub", "marker"])
def test_every_kind_of_flee_is_taken_as_written(tmp_path, kind):
    instance, _ = reading(tmp_path, ("locations.csv", "21.0,town", f"21.0,{kind}"))
    assert instance.locations[1].kind == kind


def test_a_flood_zone_is_taken_as_a_town_and_told(tmp_path):
    _, oddities = reading(tmp_path, ("locations.csv", "21.0,town", "21.0,flood_zone"))
    assert oddities == ["locations.csv:3: 'Beska' is a flood zone. It is taken as a town: floods are not in the model."]


def test_a_population_with_a_thousands_comma_is_read_and_told(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", "town,,3000", 'town,,"22,849"'))
    assert instance.locations[1].people == 22849
    assert oddities == [
        "locations.csv:3: population '22,849' is read as 22849. What is meant is sure; Flee stops at it."
    ]


def test_an_empty_population_or_capacity_is_unknown_not_zero(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", "town,,3000", "town,,"))
    assert [place.people for place in instance.locations] == [5000, None, 2000, 4000, None]
    assert oddities == []


def test_empty_coordinates_are_survived(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", "10.0,21.0", ","))
    assert (instance.locations[1].lat, instance.locations[1].lon) == (None, None)
    assert oddities[0].startswith("locations.csv:3: 'Beska' has no coordinates. They stay unknown")


def test_a_capacity_of_zero_is_unlimited_and_told(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", "camp,,4000", "camp,,0"))
    assert instance.locations[3].people == 0
    assert oddities == ["locations.csv:5: 'Dunmere' has a capacity of 0. It is taken as unlimited, as in Flee."]


def test_two_columns_of_one_name_are_refused(tmp_path):
    said = refusal(tmp_path, ("locations.csv", HEADER, HEADER + ",hdi,hdi,,"))
    assert said == ["locations.csv:1: column 'hdi' is there 2 times. Keep one of them."]


def test_names_with_blanks_inside_are_names(tmp_path):
    instance, oddities = reading(
        tmp_path, ("locations.csv", "Beska", "Beska North"), ("routes.csv", "Beska", "Beska North")
    )
    assert instance.locations[1].name == "Beska North"
    assert oddities == []


def test_a_name_that_ends_in_blanks_meets_its_roads(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", "Beska,", "Beska ,"))
    assert instance.locations[1].name == "Beska"
    assert oddities == ["locations.csv:3: 'Beska ' ends in blanks. Blanks at the edges of cells are cut off."]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Beska,North", "Aldra,North", "locations.csv:3: the name 'Aldra' is there already, on line 2. Give each"),
        ("Elvik,Hills", ",Hills", "locations.csv:6: the row has no name. Fill in the name, or remove the row."),
        ("Norland,10.0", ",10.0", "locations.csv:3: 'Beska' has no country. Fill it in"),
        ("21.0,town", "21.0,twon", "locations.csv:3: location_type 'twon' is not known. Did you mean 'town'? Use one"),
        ("town,,3000", "town,,-3000", "locations.csv:3: population '-3000' is not a whole number from 0 to 10^12."),
        ("town,,3000", "town,,nan", "population 'nan' is not a whole number from 0 to 10^12."),
        ("town,,3000", "town,,3000.5", "population '3000.5' is not a whole number from 0 to 10^12."),
        ("town,,3000", "town,soon,3000", "locations.csv:3: conflict_date 'soon' is not a whole number up to 10^12."),
        ("10.0,21.0", "10.0,", "locations.csv:3: only one of lat and lon is given. Give both, or leave both empty."),
        ("10.0,21.0", "100.0,21.0", "locations.csv:3: lat 100.0 is out of range. Write degrees; latitude comes"),
        ("10.0,21.0", "10.0,--21", "locations.csv:3: lon '-21' is not a number"),
        ("Beska,North,Norland,10.0,21.0,town,,3000", "Beska;North;Norland", "locations.csv:3: the row has 1 cells."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_place_is_refused(tmp_path, old, new, said):
    assert any(said in problem for problem in refusal(tmp_path, ("locations.csv", old, new)))


def test_a_broken_place_does_not_make_its_roads_unknown(tmp_path):
    assert len(refusal(tmp_path, ("locations.csv", "town,,3000", "town,,-3000"))) == 1


def test_a_file_without_places_is_refused(tmp_path):
    assert "locations.csv: it holds no places. Add the places, one a row." in refusal(
        tmp_path, locations=HEADER + "\n", routes="", conflicts="#Day,\n" + "".join(f"{n},\n" for n in range(5))
    )
