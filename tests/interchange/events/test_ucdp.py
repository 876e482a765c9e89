"""Contract: each row of UCDP's table is an event and a range of people killed, known from its release on."""

import datetime as dt
import re

import pytest

from tests.interchange.events.conftest import RELEASED
from tests.interchange.events.tables import ucdp_csv, ucdp_geojson
from tidings.core.errors import InputError
from tidings.interchange.events.places import country_code, place_words


def contents(claims):
    return [(c.content.model_dump(exclude={"id"}), c.valid) for kind in ("event", "figure") for c in claims(kind)]


def test_a_row_becomes_an_event_and_a_range_killed(importing, claims):
    done = importing("ucdp", ucdp_csv({}))
    (event,), (killed,) = claims("event"), claims("figure")
    assert (done.n_events, done.n_claims) == (1, 2)
    assert (event.content.type, event.content.text) == ("clash", "state-based violence")
    assert event.content.actors == ("government-of-valdria", "front")
    assert event.content.places == ("dorvik",)
    assert (killed.content.value, killed.content.low, killed.content.high) == (3, 2, 5)
    assert killed.content.quantifier == "between"


def test_one_sided_violence_is_done_by_one_side_to_civilians(importing, claims):
    importing("ucdp", ucdp_csv({"type_of_violence": "3", "side_b": "Civilians"}))
    (event,) = claims("event")
    assert (event.content.type, event.content.targets) == ("attack_on_civilians", ("civilians",))
    assert event.content.actors == ("government-of-valdria",)


def test_allies_that_a_side_joins_by_commas_are_parties_of_their_own(importing, claims):
    importing("ucdp", ucdp_csv({"side_a": "River Front, Hill Band"}))
    assert claims("event")[0].content.actors == ("front", "hill-band")


@pytest.mark.parametrize("form", ["csv", "older", "no header", "semicolons", "byte-order mark", "geojson"])
def test_all_forms_of_the_table_give_the_same_claims(importing, claims, tmp_path, form):
    rows = ({}, {"id": "7", "type_of_violence": "3", "side_b": "Civilians", "where_prec": "2"})
    older = re.sub(r"\bbest,high,low\b", "best_est,high_est,low_est", ucdp_csv(*rows))
    contents_of_form = {
        "csv": ucdp_csv(*rows), "older": older, "no header": ucdp_csv(*rows, header=False),
        "semicolons": ucdp_csv(*rows, delimiter=";"), "byte-order mark": "\ufeff" + ucdp_csv(*rows),
        "geojson": ucdp_geojson(*rows),
    }  # fmt: skip
    importing("ucdp", contents_of_form[form], name="table")
    found = contents(claims)
    assert len(found) == 4
    added = importing("ucdp", ucdp_csv(*rows), name="again.csv")
    assert added.n_claims == 0  # the ids hang on what is told, not on the form of the file
    assert contents(claims) == found


def test_a_release_is_known_from_its_day_on_which_has_to_be_given(importing, claims, tmp_path):
    importing("ucdp", ucdp_csv({}))
    assert claims("event", as_of=RELEASED - dt.timedelta(days=1)) == ()
    assert len(claims("event", as_of=RELEASED)) == 1


def test_an_event_after_its_release_is_refused(importing):
    with pytest.raises(InputError, match="the event of 2031-03-02 was published before it happened"):
        importing("ucdp", ucdp_csv({}), published=dt.date(2031, 3, 1))


@pytest.mark.parametrize(
    ("precision", "place"),
    [
        ("1", "dorvik"), ("2", "around-dorvik"), ("3", "admin2-xva-dorvik-district"),
        ("4", "admin1-xva-north-province"),
        ("5", "area-xva-dorvik-town"), ("6", "country-xva"), ("7", "area-xva-dorvik-town"),
    ],
)  # fmt: skip
def test_a_coarse_position_is_not_placed_finely(importing, claims, folder, precision, place):
    before = (folder / "places.csv").read_bytes()
    importing("ucdp", ucdp_csv({"where_prec": precision}))
    assert claims("event")[0].content.places == (place,)
    assert (folder / "places.csv").read_bytes() == before


def test_a_point_that_nothing_knows_becomes_a_row_of_places(importing, claims, folder):
    importing("ucdp", ucdp_csv({"where_coordinates": "Brusk village", "latitude": "46.5"}))
    assert claims("event")[0].content.places == ("brusk-46.500-20.000",)
    assert "brusk-46.500-20.000,Brusk,,village,,46.5,20," in (folder / "places.csv").read_text()


def test_a_point_of_a_known_name_far_away_is_another_place(importing, claims):
    importing("ucdp", ucdp_csv({"latitude": "47"}))
    assert claims("event")[0].content.places == ("dorvik-47.000-20.000",)


def test_a_point_at_a_known_place_is_that_place_whatever_it_is_called(importing, claims):
    importing("ucdp", ucdp_csv({"where_coordinates": "The old market", "latitude": "45.012"}))
    assert claims("event")[0].content.places == ("dorvik",)


def test_a_place_of_the_gazetteer_has_the_id_that_reports_give_it(importing, claims):
    bria = {"where_coordinates": "Bria town", "latitude": "6.54", "longitude": "21.99",
            "country": "Central African Republic"}  # fmt: skip
    importing("ucdp", ucdp_csv(bria))
    assert claims("event")[0].content.places[0].startswith("gn")


def test_days_of_an_event_are_a_span(importing, claims):
    importing("ucdp", ucdp_csv({"date_prec": "4", "date_end": "2031-03-31"}))
    valid = claims("event")[0].valid
    assert (valid.from_, valid.until) == (dt.date(2031, 3, 2), dt.date(2031, 4, 1))


def test_estimates_that_cross_are_widened_and_told(importing, claims):
    done = importing("ucdp", ucdp_csv({"best": "7", "low": "7", "high": "6"}))
    (killed,) = claims("figure")
    assert (killed.content.value, killed.content.low, killed.content.high) == (7, 6, 7)
    assert "1 row has estimates that cross" in done.warnings[0]


@pytest.mark.parametrize("column", ["id", "type_of_violence", "side_a", "where_prec", "country", "date_start"])
def test_an_empty_cell_that_is_needed_is_told_with_its_line(importing, column):
    with pytest.raises(InputError, match=rf"events.csv:3: {column} is empty"):
        importing("ucdp", ucdp_csv({}, {column: ""}))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"type_of_violence": "9"}, "type_of_violence '9' is not known"),
        ({"where_prec": "0"}, "where_prec '0' is not known"),
        ({"latitude": ""}, "where_prec 1 without coordinates"),
        ({"where_coordinates": ""}, "where_coordinates is empty"),
        ({"date_start": "2031-13-01"}, "date_start '2031-13-01' is not a day"),
        ({"date_end": "2031-02-01"}, "date_end 2031-02-01 is before date_start"),
        ({"best": "many"}, "best 'many' is not a number of people"),
        ({"id": "1"}, "event 1 stands twice, first at events.csv:2"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_what_was_met(importing, cells, message):
    with pytest.raises(InputError, match=f"events.csv:3: {message}"):
        importing("ucdp", ucdp_csv({}, cells))


def test_a_feature_that_is_wrong_is_told_by_its_number(importing):
    with pytest.raises(InputError, match=r"table\.geojson:feature 2: type_of_violence '9' is not known"):
        importing("ucdp", ucdp_geojson({}, {"type_of_violence": "9"}), name="table.geojson")


@pytest.mark.parametrize("content", ['{"type": "Feature"}', '{"features": 3}', '{"features": ['])
def test_json_that_is_no_geojson_is_refused(importing, content):
    with pytest.raises(InputError, match="this is no GeoJSON with features"):
        importing("ucdp", content)


def test_a_table_of_other_columns_is_refused(importing):
    with pytest.raises(InputError, match="there is no header, and 2 cells where a table of UCDP GED has 49"):
        importing("ucdp", "1,2\n")
    with pytest.raises(InputError, match="columns are missing: side_a"):
        importing("ucdp", "id,type_of_violence\n1,2\n")


def test_countries_and_places_are_read_as_the_table_writes_them():
    assert [country_code(name) for name in ("Russia (Soviet Union)", "Yemen (North Yemen)")] == ["RUS", "YEM"]
    assert place_words("Zaatari refugee camp") == ("Zaatari refugee camp", "camp")
