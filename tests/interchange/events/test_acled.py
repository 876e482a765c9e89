"""Contract: each row of ACLED's table is an event and a number killed, known from the row's timestamp on."""

import datetime as dt

import pytest

from tests.interchange.events.tables import PUBLISHED, acled_csv
from tidings.core.errors import InputError
from tidings.evidence.vocabulary import EventType
from tidings.interchange.events.rows import codes


def test_a_row_becomes_an_event_and_a_number_killed(importing, claims):
    done = importing("acled", acled_csv({}))
    (event,), (killed,) = claims("event"), claims("figure")
    assert (done.n_events, done.n_claims, done.n_placed) == (1, 2, 1)
    assert (event.content.type, event.content.text, event.certainty) == ("clash", "Armed clash", "claimed")
    assert event.content.actors == ("valdrian-army", "front")
    assert event.content.places == killed.content.at == ("dorvik",)
    assert (killed.content.value, killed.content.low, killed.content.high) == (3, None, None)
    assert (killed.content.status, killed.content.measure, killed.content.unit) == ("killed", "flow", "person")
    assert (event.valid.from_, event.valid.until) == (dt.date(2031, 3, 2), dt.date(2031, 3, 3))


def test_a_row_is_known_from_its_timestamp_on_and_not_from_its_day(importing, claims):
    importing("acled", acled_csv({}))
    (event,) = claims("event")
    assert event.known_at == PUBLISHED
    assert PUBLISHED.date() > dt.date(2031, 3, 2)
    assert claims("event", as_of=PUBLISHED.date()) == (event,)
    assert claims("event", as_of=PUBLISHED.date() - dt.timedelta(days=1)) == ()


def test_without_timestamps_the_day_of_publication_has_to_be_given(importing, claims):
    with pytest.raises(InputError, match=r"does not tell when it was published \(events.csv:2 is .*--published"):
        importing("acled", acled_csv({"timestamp": ""}))
    importing("acled", acled_csv({"timestamp": ""}), published=dt.date(2031, 4, 1))
    assert claims("event")[0].known_at == dt.datetime(2031, 4, 2, tzinfo=dt.UTC)


def test_no_reported_deaths_are_not_told_as_none(importing, claims):
    importing("acled", acled_csv({"fatalities": "0"}, {"fatalities": ""}))
    assert (len(claims("event")), claims("figure")) == (2, ())


def test_the_side_that_does_it_and_the_side_that_it_is_done_to_are_told_apart(importing, claims):
    importing("acled", acled_csv({"sub_event_type": "Attack", "actor2": "Civilians (Valdria)", "inter2": "Civilians"}))
    (event,) = claims("event")
    assert (event.content.type, event.content.actors) == ("attack_on_civilians", ("valdrian-army",))
    assert event.content.targets == ("civilians-valdria",)


@pytest.mark.parametrize(
    ("precision", "first", "until"),
    [("1", "2031-03-02", "2031-03-03"), ("2", "2031-02-24", "2031-03-09"), ("3", "2031-03-01", "2031-04-01")],
)
def test_a_day_that_is_not_sure_is_a_span(importing, claims, precision, first, until):
    importing("acled", acled_csv({"time_precision": precision}))
    valid = claims("event")[0].valid
    assert (valid.from_.isoformat(), valid.until.isoformat()) == (first, until)


@pytest.mark.parametrize(
    ("precision", "place", "extent"),
    [("1", "dorvik", "whole"), ("2", "around-dorvik", "around"), ("3", "admin1-xva-north", "whole")],
)
def test_a_coarse_position_is_not_placed_finely(importing, claims, folder, precision, place, extent):
    importing("acled", acled_csv({"geo_precision": precision}))
    (killed,) = claims("figure")
    assert (killed.content.at, killed.content.extent) == ((place,), extent)
    assert "around" not in (folder / "places.csv").read_text()


@pytest.mark.parametrize("written", ["2031-03-02", "02 March 2031", "02 Mar 2031"])
def test_days_are_read_in_each_form_that_its_exports_have(importing, claims, written):
    importing("acled", acled_csv({"event_date": written}))
    assert claims("event")[0].valid.from_ == dt.date(2031, 3, 2)


@pytest.mark.parametrize("code", ["3", "Political militia"])
def test_the_kind_of_an_actor_is_its_code_or_its_words(importing, folder, code):
    importing("acled", acled_csv({"actor2": "Hill Band", "inter2": code}))
    assert "hill-band,Hill Band,,militia" in (folder / "parties.csv").read_text()


def test_every_sub_type_has_a_type_of_the_contract():
    known = set(EventType.__args__)
    assert set(codes()["acled_types"].values()) <= known
    assert {entry["type"] for entry in codes()["ucdp_types"].values()} <= known


@pytest.mark.parametrize("column", ["event_id_cnty", "sub_event_type", "location", "geo_precision", "event_date"])
def test_an_empty_cell_that_is_needed_is_told_with_its_line(importing, column):
    with pytest.raises(InputError, match=rf"events.csv:3: {column} is empty"):
        importing("acled", acled_csv({}, {column: ""}))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"event_date": "yesterday"}, "event_date 'yesterday' is not a day"),
        ({"event_date": "02/03/2031"}, "event_date '02/03/2031' is not a day"),
        ({"time_precision": "9"}, "time_precision '9' is not known"),
        ({"sub_event_type": "Weather"}, "sub_event_type 'Weather' is not known"),
        ({"geo_precision": "7"}, "geo_precision '7' is not known"),
        ({"latitude": "95"}, "latitude '95' is no number from -90 to 90"),
        ({"longitude": "nan"}, "longitude 'nan' is no number from -180 to 180"),
        ({"fatalities": "-3"}, "fatalities '-3' is not a number of people"),
        ({"timestamp": "soon"}, "timestamp 'soon' is no instant"),
        ({"event_date": "2032-01-01"}, "the event of 2032-01-01 was published before it happened"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line_and_what_was_met(importing, folder, cells, message):
    with pytest.raises(InputError, match=f"events.csv:3: {message}"):
        importing("acled", acled_csv({}, cells))
    assert not (folder / "ledger.db").exists()


def test_a_table_without_the_columns_is_refused(importing):
    with pytest.raises(InputError, match=r"events.csv:1: columns are missing: event_id_cnty"):
        importing("acled", "a,b\n1,2\n")
