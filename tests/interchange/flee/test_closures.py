"""Contract: closures.csv names countries, places and roads that there are, with days; without effect is told."""

import pytest

from tests.interchange.flee.folders import flee_folder, reading
from tidings.core.errors import InputError
from tidings.flow.flee_instance import Closure
from tidings.interchange.flee.read import read_flee

HEADER = "#closure_type,name1,name2,closure_start,closure_end\n"


def closing(tmp_path, row):
    return reading(tmp_path, closures=HEADER + row + "\n")


@pytest.mark.parametrize("text", ["", "\n\n", HEADER, HEADER.replace("\n", "\r\n") + "\r\n"])
def test_an_empty_file_blank_rows_and_a_header_alone_close_nothing(tmp_path, text):
    instance, oddities = reading(tmp_path, closures=text)
    assert instance.closures == ()
    assert oddities == []


@pytest.mark.parametrize(
    "row",
    [
        "country,Norland,Southmark,0,3",
        "location,Aldra,,1,-1",
        "camp,Dunmere,,1,3",
        "remove_forced_redirection,Aldra,Beska,1,99",
    ],
)
def test_each_kind_is_read_without_a_word(tmp_path, row):
    instance, oddities = closing(tmp_path, row)
    (closure,) = instance.closures
    kind, one, other, start, end = row.split(",")
    assert closure == Closure(kind=kind, one=one, other=other, start=int(start), end=int(end), where="closures.csv:2")
    assert oddities == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("location,Aldra,Southmark,0,3", "a closure of kind location names 'Southmark' too. The second name is passed"),
        ("location,Aldra,,5,9", "it begins on day 5 of a run of 5. It has no effect."),
        ("location,Aldra,,2,2", "it ends on day 2, on which it begins. It is undone on that day, as in Flee"),
        ("location,Aldra,,3,1", "it ends on day 1, before it begins (day 3). It is never undone, as in Flee; write -1"),
        ("remove_forced_redirection,Aldra,Beska,3,0", "it ends on day 0, before it begins (day 3). Nothing comes"),
        ("country,Southmark,Westia,0,3", "no road joins 'Southmark' and 'Westia'. The closure has no effect."),
    ],
)  # fmt: skip
def test_what_has_no_effect_or_another_one_than_it_seems_is_told(tmp_path, row, said):
    instance, oddities = closing(tmp_path, row)
    assert len(instance.closures) == 1
    assert len(oddities) == 1
    assert oddities[0].startswith(f"closures.csv:2: {said}")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("link,Aldra,Dunmere,0,3", "closures.csv:2: no road joins 'Aldra' and 'Dunmere'. Add the road to routes.csv"),
        ("remove_forced_redirection,Aldra,Dunmere,0,3", "closures.csv:2: no road joins 'Aldra' and 'Dunmere'."),
        ("location,Aldro,,0,3", "the closure names 'Aldro', which is no place of locations.csv. Did you mean 'Aldra'?"),
        ("camp,Dunmeer,,0,3", "the closure names 'Dunmeer', which is no place of locations.csv. Did you mean"),
        ("country,Norland,Southmarch,0,3", "which is no country of locations.csv. Did you mean 'Southmark'?"),
        ("country,Norland,,0,3", "closures.csv:2: a country lacks."),
        ("road,Aldra,Beska,0,3", "closure type 'road' is not known. Use one of: country, location"),
        ("location,Aldra,,soon,3", "closures.csv:2: first day 'soon' is not a whole number from 0 to 10^12."),
        ("location,Aldra,,-2,3", "first day '-2' is not a whole number from 0 to 10^12."),
        ("location,Aldra,,0,never", "day of opening 'never' is not a whole number up to"),
        ("location,Aldra,,0,", "day of opening '' is not a whole number up to"),
        ("location,Aldra,0,3", "closures.csv:2: the row has 4 cells, not 5. Write: type, name1, name2, first day"),
        ("location,Aldra,,0,3,x", "closures.csv:2: the row has 6 cells, not 5."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_closure_is_refused(tmp_path, row, said):
    with pytest.raises(InputError) as caught:
        read_flee(flee_folder(tmp_path, closures=HEADER + row + "\n"))
    assert any(said in str(problem) for problem in caught.value.problems)


def test_a_closed_link_is_told_once(tmp_path):
    instance, oddities = closing(tmp_path, "link,Aldra,Beska,1,3")
    assert instance.closures[0].kind == "link"
    where = [each for each in oddities if each.startswith("closures.csv:2: Flee heeds no closure of a link")]
    assert len(where) == 1
    assert "Under rules flee the road stays open; our own rules close it." in where[0]
