"""A check tells every problem, what deserves a look, and which file a forecast lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tidings.core.errors import Problem
from tidings.crisis.check import check_folder, missing_for_forecast, warnings_of
from tidings.crisis.crisis import Bulletin, Crisis, Settings
from tidings.crisis.load import load_crisis
from tidings.examples import copy_example
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

ALTA = Place(id="alta", name="Alta", country="XVA", lat=1, lon=1, population=100, population_source="census")
KETT = Place(id="kett", name="Kett", country="XKE", lat=1, lon=2)
ROAD = Road.model_validate({"id": "r", "from": "alta", "to": "kett"})
BRIDGE = Crossing(id="bridge", name="Bridge", side_a="alta", side_b="kett")


def crisis_of(**parts: tuple) -> Crisis:
    return Crisis(Path("."), Settings(title="Case", countries=("XVA", "XKE")), Geography(**parts))


def test_a_sound_folder_has_no_problems_and_lacks_nothing(tmp_path: Path) -> None:
    folder = copy_example("valdria", tmp_path / "valdria")
    assert check_folder(folder) == ()
    assert missing_for_forecast(load_crisis(folder)) == ()


def test_a_folder_that_is_none_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    assert "no such folder" in check_folder(tmp_path / "nowhere")[0].met


def test_without_places_roads_and_crossings_all_three_files_are_named() -> None:
    assert [p.where for p in missing_for_forecast(crisis_of())] == ["places.csv", "roads.csv", "crossings.csv"]


def test_without_a_population_the_forecast_has_nobody_to_count() -> None:
    missing = missing_for_forecast(crisis_of(places=(KETT,), roads=(ROAD,), crossings=(BRIDGE,)))
    assert [(p.where, p.met) for p in missing] == [("places.csv", "no place has a population")]


def test_a_population_far_from_every_road_is_not_enough() -> None:
    far = ALTA.model_copy(update={"id": "far"})
    near = ALTA.model_copy(update={"population": None})
    missing = missing_for_forecast(crisis_of(places=(far, near, KETT), roads=(ROAD,), crossings=(BRIDGE,)))
    assert [p.met for p in missing] == ["no place on a road has a population"]


def test_within_one_country_no_crossing_is_needed() -> None:
    berg = KETT.model_copy(update={"country": "XVA"})
    assert missing_for_forecast(crisis_of(places=(ALTA, berg), roads=(ROAD,))) == ()


def test_people_whom_no_road_reaches_deserve_a_look() -> None:
    alone = ALTA.model_copy(update={"id": "dorn", "name": "Dorn"})
    nobody = KETT.model_copy(update={"id": "isle", "name": "Isle", "population": 0, "population_source": "census"})
    met = [p.met for p in warnings_of(crisis_of(places=(ALTA, KETT, alone, nobody), roads=(ROAD,)))]
    assert "no road or crossing leads to Dorn (dorn), where people live" in met
    assert "no road or crossing leads to Isle (isle)" in met
    assert not [one for one in met if "leads to Alta" in one]


def test_towns_joined_only_to_one_another_deserve_a_look_and_so_does_a_camp_that_nothing_leads_to() -> None:
    tarn, ulm = (ALTA.model_copy(update={"id": key, "name": key.title()}) for key in ("tarn", "ulm"))
    camp = Place(id="camp", name="Camp", lat=1, lon=1, kind="camp")
    third = Place(id="berg", name="Berg", lat=1, lon=1)
    roads = (
        ROAD,
        *(Road.model_validate({"id": a, "from": a, "to": b}) for a, b in (("tarn", "ulm"), ("berg", "kett"))),
    )
    crisis = crisis_of(places=(ALTA, KETT, third, tarn, ulm, camp), roads=roads)
    told = {p.met: str(p) for p in warnings_of(crisis) if p.where == "roads.csv"}
    assert list(told) == [
        "no road or crossing leads to Camp (camp)",
        "no road or crossing joins Tarn (tarn), Ulm (ulm) to the other places",
    ]
    assert all("Add a road" in one for one in told.values())
    counted = Bulletin.model_validate({"place": "camp", "day": "2031-03-01", "measure": "stock", "people": 5})
    met = [p.met for p in warnings_of(replace(crisis, bulletins=(counted,)))]
    assert "no road or crossing leads to Camp (camp), where people were counted" in met


def test_a_crossing_with_swapped_sides_deserves_a_look_and_a_second_row_is_the_way_out() -> None:
    back = BRIDGE.model_copy(update={"id": "back", "side_a": "kett", "side_b": "alta"})
    (told,) = [p for p in warnings_of(crisis_of(places=(ALTA, KETT), crossings=(back,))) if p.where == "crossings.csv"]
    assert told.met.startswith(
        "Bridge (back) leads from Kett (kett) to Alta (alta), but no people are known at Kett (kett)"
    )
    assert told.fix.startswith("If people flee the other way, swap the sides; for both ways write a second row")
    for sound in ((BRIDGE,), (BRIDGE, back)):
        warned = warnings_of(crisis_of(places=(ALTA, KETT), crossings=sound))
        assert "crossings.csv" not in {p.where for p in warned}


def counted_on(day: int, people: int | None, **fields: object) -> Bulletin:
    written = {"place": "camp", "day": f"2031-03-{day:02}", "measure": "stock", "people": people, **fields}
    return Bulletin.model_validate(written)


def test_a_camp_over_its_capacity_by_its_latest_count_deserves_a_look() -> None:
    camp = Place(id="camp", name="Camp", lat=1, lon=1, kind="camp", capacity=500)
    crisis = crisis_of(places=(ALTA, KETT, camp), roads=(ROAD,), crossings=(BRIDGE,))

    def told(*bulletins: Bulletin) -> list[str]:
        return [p.met for p in warnings_of(replace(crisis, bulletins=bulletins)) if p.where == "bulletins.csv"]

    assert told(counted_on(2, 700), counted_on(1, 5)) == [
        "Camp (camp) had 700 people on 2031-03-02 and has a capacity of 500"
    ]
    assert told(counted_on(1, 700), counted_on(2, 500)) == []
    assert told(counted_on(1, 9_000, measure="flow")) == []
    assert len(told(counted_on(1, 101, unit="household", household_size=5))) == 1
    assert told(counted_on(1, 100, unit="household", household_size=5)) == []


def test_a_town_has_room_for_its_residents_and_those_who_were_counted_there() -> None:
    town = ALTA.model_copy(update={"capacity": 120})
    crisis = crisis_of(places=(town, KETT), roads=(ROAD,), crossings=(BRIDGE,))
    for people, is_told in ((20, False), (21, True)):
        met = [p.met for p in warnings_of(replace(crisis, bulletins=(counted_on(1, people, place="alta"),)))]
        said = "Alta (alta) had 21 people on 2031-03-01 beside 100 residents and has a capacity of 120"
        assert (said in met) is is_told


def test_a_town_with_less_capacity_than_residents_deserves_a_look_and_a_full_camp_does_not() -> None:
    town, fits = (ALTA.model_copy(update={"capacity": capacity}) for capacity in (99, 100))
    camp = ALTA.model_copy(update={"id": "camp", "name": "Camp", "kind": "camp", "capacity": 5})
    for place, told in ((town, True), (fits, False), (camp, False)):
        met = [p.met for p in warnings_of(crisis_of(places=(place, KETT), roads=(ROAD,)))]
        assert any("has 100 residents and a capacity of 99" in one for one in met) is told


def test_python_in_a_folder_deserves_a_look() -> None:
    met = [p.met for p in warnings_of(replace(crisis_of(), rule_files={"rules.py": "x = 1"}))]
    assert met[0] == "rules.py holds rules of this crisis; whoever simulates it runs them"


def test_a_number_that_its_source_published_again_corrected_stays_beside_the_first() -> None:
    first, corrected = counted_on(8, 400, source="AFAD"), counted_on(8, 500, source="AFAD", published="2031-03-25")

    camp = Place(id="camp", name="Camp", lat=1, lon=1, kind="camp")

    def told(*bulletins: Bulletin) -> list[Problem]:
        crisis = replace(crisis_of(places=(ALTA, KETT, camp), roads=(ROAD,)), bulletins=bulletins)
        return [p for p in warnings_of(crisis) if "AFAD give" in p.met]

    assert told(first, corrected) == []
    (twice,) = told(first, first, corrected)
    assert twice.met == "2 bulletins of AFAD give the stock at 'camp' on 2031-03-08"
    assert "of a number corrected later keep both" in twice.fix


def test_what_deserves_a_look_in_bulletins_is_told_with_its_lines(tmp_path: Path) -> None:
    folder = copy_example("valdria", tmp_path / "valdria")
    table = folder / "bulletins.csv"
    head = "place,day,measure,people,low,high,unit,household_size,source,published,note\n"
    row = "lindra-camp,2031-03-0{},stock,{},,,{},{},X,,\n"
    doubled = (row.format(1, 5, "person", ""), row.format(2, 7, "household", 50), row.format(1, 6, "person", ""))
    table.write_text(head + "".join(doubled))
    told = {p.where: p.met for p in warnings_of(load_crisis(folder)) if p.where.startswith("bulletins.csv")}
    assert told["bulletins.csv:2"] == "2 bulletins of X give the stock at 'lindra-camp' on 2031-03-01 (lines 2, 4)"
    assert told["bulletins.csv:3"] == "household_size 50 at 'lindra-camp' is not between 2 and 10"


def test_a_full_camp_is_told_with_the_line_of_its_count() -> None:
    camp = Place(id="camp", name="Camp", lat=1, lon=1, kind="camp", capacity=500)
    crisis = crisis_of(places=(ALTA, KETT, camp), roads=(ROAD,), crossings=(BRIDGE,))
    lines = replace(crisis, bulletins=(counted_on(1, 5), counted_on(2, 700)), bulletin_lines=(2, 5))
    assert "bulletins.csv:5" in [p.where for p in warnings_of(lines)]


def test_gaps_and_doubles_deserve_a_look() -> None:
    unlocated = Place(id="dorn", name="Alta", population=5)
    bulletin = Bulletin.model_validate({"place": "alta", "day": "2031-03-01", "measure": "stock", "people": 5})
    crisis = crisis_of(places=(ALTA, KETT, unlocated), roads=(ROAD,), crossings=(BRIDGE,))
    met = [problem.met for problem in warnings_of(replace(crisis, bulletins=(bulletin, bulletin)))]
    assert met == [
        "the population of Kett (kett) is unknown",
        "Alta (dorn) has no coordinates",
        "the population of Alta (dorn) has no source",
        "no road or crossing leads to Alta (dorn), where people live",
        "the name 'alta' belongs to 'alta', 'dorn'",
        "2 bulletins of an unnamed source give the stock at 'alta' on 2031-03-01",
    ]
