"""Contract: one record a place under all its spellings; what does not resolve stays unresolved and is listed."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import crisis_of, read
from tidings.crisis.crisis import Crisis
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.places import Crossing, Place, Road

AZAZ, TALL_RIFAT, ALEPPO = "gn172082", "gn163476", "gn170063"


def test_two_spellings_are_one_place(gazetteer: Gazetteer) -> None:
    told = read("They came to the town of Tal Rafaat. By night Tell Rifaat was quiet.", gazetteer)
    assert told.words(told.place(TALL_RIFAT)) == ["Tal Rafaat", "Tell Rifaat"]
    assert told.place(TALL_RIFAT).country == "SYR"


def test_an_unknown_town_stays_unresolved_and_is_listed(gazetteer: Gazetteer) -> None:
    told = read("They came to the village of Qwaresh near Azaz.", gazetteer)
    place = told.place("unresolved-qwaresh")
    assert (place.lat, place.lon, place.p, place.kind) == (None, None, 0.0, "village")
    assert [warning.code for warning in told.reading.warnings] == ["unresolved_place"]


def test_a_namesake_far_away_is_not_taken(gazetteer: Gazetteer) -> None:
    told = read("They came to the towns of Azaz and Mayer.", gazetteer)
    assert told.places() == {AZAZ, "unresolved-mayer"}


def test_a_capital_abroad_resolves(gazetteer: Gazetteer) -> None:
    told = read("The talks were held in Vienna.", gazetteer)
    assert [place.country for place in told.reading.places] == ["AUT"]


def test_where_no_country_is_given_those_of_the_report_count(gazetteer: Gazetteer) -> None:
    told = read("Syrian families left the town of Azaz in Syria.", gazetteer, countries=())
    assert AZAZ in told.places()


@pytest.mark.parametrize(
    "sentence",
    [
        "They stopped near the Turkish border.",
        "They stopped at Turkey's border.",
        "They stopped on the Syrian-Turkish border.",
        "They stopped on the border between Syria and Turkey.",
        "They stopped on Syria's border with Turkey.",
    ],
)
def test_a_border_has_one_id_however_it_is_told(sentence: str, gazetteer: Gazetteer) -> None:
    assert "border-syr-tur" in read(sentence, gazetteer).places()


def test_a_border_crossing_is_a_crossing_and_no_border(gazetteer: Gazetteer) -> None:
    told = read("Trucks wait at the Zarqan border crossing.", gazetteer)
    assert told.place("unresolved-zarqan").kind == "crossing"
    assert told.words(told.place("unresolved-zarqan")) == ["Zarqan border crossing"]


def test_a_province_is_not_its_capital(gazetteer: Gazetteer) -> None:
    told = read("Rain fell in Idlib and Aleppo provinces and in Aleppo.", gazetteer)
    assert {"unresolved-idlib-province", "unresolved-aleppo-province", ALEPPO} == told.places()
    assert told.place("unresolved-idlib-province").kind == "admin1"


@pytest.mark.parametrize(
    ("sentence", "km", "bearing"),
    [
        ("They came to the village of Qwaresh, 12 km from Azaz.", 12.0, None),
        ("They came to the village of Qwaresh, just north of Azaz.", None, "north"),
        ("They came to the village of Qwaresh, 10 miles southwest of Azaz.", 16.1, "southwest"),
    ],
)
def test_an_unresolved_place_is_told_from_a_resolved_one(
    sentence: str, km: float | None, bearing: str | None, gazetteer: Gazetteer
) -> None:
    relative = read(sentence, gazetteer).place("unresolved-qwaresh").relative_to
    assert relative is not None
    assert (relative.place, relative.km, relative.bearing) == (AZAZ, km, bearing)


def test_a_list_told_before_it_is_named_is_the_named_places(gazetteer: Gazetteer) -> None:
    told = read("Relief reached two hungry towns. The hungry towns of Azaz and Qwaresh had waited long.", gazetteer)
    assert told.words(told.place(AZAZ)) == ["two hungry towns", "Azaz"]


@pytest.mark.parametrize(
    "sentence",
    [
        "President Idlib Stuv spoke.",
        "The shells hit Azaz Hospital.",
        "On Monday in March they left.",
        "(Reporting by a writer in Azaz; editing by another in Aleppo)",
    ],
)
def test_names_of_people_sites_days_and_credits_are_no_places(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).places() == set()


def test_the_crisis_places_and_crossings_come_first(gazetteer: Gazetteer) -> None:
    crisis = crisis_of(
        places=(
            Place(id="my-azaz", name="Azaz", country="SYR", lat=36.0, lon=37.0),
            Place(id="east-side", name="Eastern Azaz", other_names=("the eastern part of Azaz",), lat=36.0, lon=37.1),
        ),
        crossings=(Crossing(id="gate", name="Zarqan", side_a="my-azaz", side_b="east-side"),),
    )
    told = read("From A'zaz to the Zarqan crossing and the eastern part of Azaz.", gazetteer, crisis=crisis)
    assert told.places() == {"my-azaz", "gate", "east-side"}
    assert told.place("gate").kind == "crossing"
    assert told.words(told.place("east-side")) == ["the eastern part of Azaz"]


def test_every_mention_is_where_it_says(gazetteer: Gazetteer) -> None:
    told = read("Azaz’s people left for Aleppo’s countryside.", gazetteer)
    assert told.words(told.place(AZAZ)) == ["Azaz"]
    assert told.words(told.place(ALEPPO)) == ["Aleppo"]


def own_geography() -> Crisis:
    places = (
        Place(id="karsin", name="Karsin", lat=36.2, lon=37.1),
        Place(id="upper-karsin", name="Upper Karsin", other_names=("the upper part of Karsin",), lat=36.3, lon=37.1),
        Place(id="tolvek", name="Tolvek", lat=36.4, lon=37.2),
    )
    crossings = (Crossing(id="grey-bridge", name="Grey Bridge", side_a="karsin", side_b="tolvek"),)
    roads = (
        Road.model_validate({"id": "ring-of-tolvek-road", "from": "tolvek", "to": "karsin"}),
        Road.model_validate({"id": "m12", "from": "tolvek", "to": "upper-karsin"}),
        Road.model_validate({"id": "karsin--tolvek", "from": "karsin", "to": "tolvek"}),
    )
    return crisis_of(places, crossings, (), roads)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Bread is scarce in upper Karsin.", "upper-karsin"),
        ("Upper Karsin has no bread.", "upper-karsin"),
        ("Families left the upper part of Karsin.", "upper-karsin"),
        ("Bread is scarce in Karsin.", "karsin"),
        ("Hundreds wait at the Grey Bridge crossing.", "grey-bridge"),
        ("Nobody passed Grey Bridge.", "grey-bridge"),
        ("The ring of Tolvek road is mined.", "ring-of-tolvek-road"),
        ("Shells hit the M12 at dawn.", "m12"),
    ],
)
def test_the_longest_of_a_crisis_own_names_wins(sentence: str, place: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer, crisis=own_geography())
    assert told.places() == {place}
    assert len(told.place(place).mentions) == 1


def test_a_province_of_the_same_name_is_not_the_crisis_town(gazetteer: Gazetteer) -> None:
    told = read("Roads in Upper Karsin province are mined.", gazetteer, crisis=own_geography())
    assert "upper-karsin" not in told.places()


def test_a_named_road_is_a_road_and_has_no_point(gazetteer: Gazetteer) -> None:
    record = read("Shells hit the M12.", gazetteer, crisis=own_geography()).place("m12")
    assert (record.kind, record.lat, record.p) == ("road", None, 1.0)


@pytest.mark.parametrize(
    "sentence",
    [
        "Three films in Bloody Fight order were shown.",
        "The two sides met in Grand Format.",
        "He spoke in Brotherly Tones on Monday.",
    ],
)
def test_capitals_after_in_alone_are_no_place(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).places() == set()


@pytest.mark.parametrize(
    "sentence",
    ["Thousands of people live in Velgrund.", "Shells fell near Velgrund.", "Two villagers were killed in Velgrund."],
)
def test_an_unknown_name_where_something_happens_is_an_unresolved_place(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).places() == {"unresolved-velgrund"}


@pytest.mark.parametrize(
    ("sentence", "place", "words"),
    [
        ("The United Kingdom agreed.", "country-gbr", ["United Kingdom"]),
        ("They moved to Camp Zarqan.", "unresolved-camp-zarqan", ["Camp Zarqan"]),
        ("Shells hit the Zarqan Dam.", "unresolved-zarqan-dam", ["Zarqan Dam"]),
        ("They came to Azaz. The town is full.", AZAZ, ["Azaz", "The town"]),
        ("They came to Azaz. The town council met.", AZAZ, ["Azaz"]),
        ("They came to Azaz. The town of Qwaresh is full.", AZAZ, ["Azaz"]),
        ("The towns of Azaz and Afrin are full. Shells hit the town.", AZAZ, ["Azaz"]),
    ],
)
def test_a_place_is_known_by_its_whole_name_and_later_by_its_kind(
    sentence: str, place: str, words: list[str], gazetteer: Gazetteer
) -> None:
    told = read(sentence, gazetteer)
    assert told.words(told.place(place)) == words


@pytest.mark.parametrize("sentence", ["It rained on Jan. 8 in the hills.", "Tents for Justice were sent.",
                                      "Reports of U.S., Kenyan and Malian ships came."])  # fmt: skip
def test_months_virtues_and_adjectives_are_no_places(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).places() == set()


def test_what_is_taken_or_left_is_a_place_though_nobody_knows_it(gazetteer: Gazetteer) -> None:
    told = read("The army captured Abcdefi on Monday. Rebels withdrew from Ghijkel, killing 12 people.", gazetteer)
    assert {"Abcdefi", "Ghijkel"} <= {place.name for place in told.reading.places}


def test_a_crossing_is_named_by_the_place_that_it_is_at(gazetteer: Gazetteer) -> None:
    told = read("The crossing at Bab al-Abcdef remains closed.", gazetteer)
    assert [(place.name, place.kind) for place in told.reading.places] == [("Bab al-Abcdef", "crossing")]


def test_a_name_told_by_its_distance_is_a_place(gazetteer: Gazetteer) -> None:
    told = read("The army entered Abcdefi, 10 km north of Azaz.", gazetteer)
    (unknown,) = (place for place in told.reading.places if place.name == "Abcdefi")
    assert unknown.relative_to is not None
    assert (told.names((unknown.relative_to.place,)), unknown.relative_to.km) == (["Azaz"], 10)


def test_names_in_a_list_with_a_known_place_are_places(gazetteer: Gazetteer) -> None:
    told = read("The trucks reached Azaz, Abcdefi and Ghijkel on Monday.", gazetteer)
    assert {"Azaz", "Abcdefi", "Ghijkel"} == {place.name for place in told.reading.places}


def test_what_falls_to_somebody_is_a_place_and_a_number_is_none(gazetteer: Gazetteer) -> None:
    told = read("Abcdefi had fallen to rebels. Twelve camps are full.", gazetteer)
    assert {place.name for place in told.reading.places} == {"Abcdefi"}


def test_what_is_not_placed_says_which_row_would_place_it(gazetteer: Gazetteer) -> None:
    told = read("Bab al-Test crossing was closed. Rebels captured the village of Testabad.", gazetteer)
    messages = [w.message for w in told.reading.warnings if w.code == "unresolved_place"]
    assert len(messages) == 2
    assert any("give unresolved-bab-al-test a row in crossings.csv, and none in places.csv" in m for m in messages)
    assert any("give unresolved-testabad coordinates in places.csv" in m for m in messages)


@pytest.mark.parametrize(
    "text",
    ["Mare' and Tal Rifaat were captured by rebels.", "Rebels captured Mare', Tal Rifaat and Azaz.",
     "Mare’ and Tal Rifaat were captured by rebels.", "Rebels captured Tal Rifaat and Mare'."],
)  # fmt: skip
def test_a_name_may_end_in_an_apostrophe(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    taken = {name.rstrip("'’") for event in told.events("capture") for name in told.names(event.places)}
    assert taken >= {"Mare", "Tal Rifaat"}


@pytest.mark.parametrize("names", [("El Fasher", "Zalingei"), ("Zalingei", "El Fasher"), ("El Fasher", "Babanusa")])
def test_the_only_place_of_an_exact_name_may_lie_far_from_the_others(
    names: tuple[str, str], gazetteer: Gazetteer
) -> None:
    told = read(f"{names[0]} was captured by rebels. {names[1]} was captured by rebels.", gazetteer, ("SDN",))
    assert [told.names(event.places) for event in told.events("capture")] == [[name] for name in names]
