"""Contract: "nobody told" is said only where nobody did; what moves nothing, and who wrote what, is named."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, event, figure, reading_of, report_of
from tidings.assess.assess import assess
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
PLACES = tuple(Place(id=id_, name=id_.title()) for id_ in ("varn", "tolm", "quint", "gate", "far-gate"))
ROADS = (Road.model_validate({"id": "varn--tolm", "from": "varn", "to": "tolm", "length_km": 9}),)
GATE = Crossing(id="x", name="The gate", side_a="gate", side_b="far-gate")
PARTIES = (Party(id="army", name="Army", kind="government"), Party(id="rebels", name="Rebels", kind="armed_group"))


@pytest.fixture
def told(tmp_path):
    areas = (Place(id="valley", name="Valley", kind="area"), Place(id="land", name="Land", kind="country"))
    ledger = Ledger.create(tmp_path / "ledger.db")

    def tell(*contents, on=0, publisher=None, title=None, parties=PARTIES, text=None, **fields):
        words = text or f"It was told {contents} {fields}. " * 5
        report = report_of(words, DAY, publisher=publisher, title=title)
        claims = [claim_of(report, content, start=k, **fields) for k, content in enumerate(contents)]
        ledger.append(report, reading_of(report), claims, received_at=NOW)
        day = DAY + dt.timedelta(days=on)
        geography = Geography((*PLACES, *areas), ROADS, (GATE,))
        crisis = Crisis(Path("."), Settings(title="T", countries=("XAA",)), geography, parties)
        return assess(crisis, ledger.as_of(max(day, DAY)), on=day, as_of=max(day, DAY))

    return tell


def asked(situation, subject, predicate="held_by"):
    return next((e for e in situation.unknown if (e.subject, e.predicate) == (subject, predicate)), None)


def test_where_nobody_told_it_is_said_without_claims(told):
    open_ = asked(told(), "varn")
    assert (open_.why, open_.claims, open_.told) == ("no report tells who holds it", (), None)


def test_what_was_told_long_ago_is_told_with_its_day_its_answer_and_its_claims(told):
    open_ = asked(told(controls("army", "varn"), on=400), "varn")
    assert open_.why == "told last on 2031-03-10, 400 days before: too old to say"
    assert (open_.told, open_.answer, len(open_.claims)) == (DAY, "army", 1)
    assert 0 < open_.p < 0.5


def test_what_was_told_so_long_ago_that_nothing_is_left_keeps_its_claims(told):
    open_ = asked(told(event("crossing_closed", ("x",)), on=4000), "x", "policy")
    assert "too old to say" in open_.why
    assert (open_.answer, open_.p, len(open_.claims)) == (None, None, 1)


def test_what_was_told_weakly_is_not_called_old(told):
    boast = event("capture", ("varn",), ("army",))
    open_ = asked(told(boast, certainty="claimed", speakers=("army",), parties=PARTIES[:1]), "varn")
    assert open_.why == "told last on 2031-03-10, too weakly to say"
    assert (open_.answer, len(open_.claims)) == ("army", 1)


def test_a_siege_is_asked_only_where_somebody_told_of_one(told):
    situation = told(event("siege", ("tolm",)), on=400)
    assert "too old to say" in asked(situation, "tolm", "besieged").why
    assert asked(situation, "varn", "besieged") is None
    lifted = told(event("siege_lifted", ("quint",)), on=400)
    assert asked(lifted, "quint", "besieged") is None


def test_what_was_told_only_of_later_days_is_no_silence(told):
    open_ = asked(told(controls("army", "varn"), on=-5), "varn")
    assert open_.why == "told only of later days, from 2031-03-10 on"
    assert len(open_.claims) == 1


def test_a_road_and_a_crossing_that_were_told_of_long_ago_are_not_untold(told):
    situation = told(event("road_cut", ("varn--tolm",), text="cut"), event("crossing_closed", ("x",)), on=300)
    assert "too old to say" in asked(situation, "varn--tolm", "passable").why
    assert "too old to say" in asked(situation, "x", "policy").why


@pytest.mark.parametrize(
    ("type_", "places", "message"),
    [
        (
            "road_cut",
            ("quint",),
            "a road is cut (Quint), and no row of roads.csv is it: add the road that ends at Quint",
        ),
        ("road_opened", ("quint", "unresolved-low-pass"), "add the road between Quint and low pass"),
        ("road_cut", (), "told that a road is cut, and not where: name its place"),
        ("crossing_closed", ("quint",), "no row of crossings.csv is it: add it, or add 'Quint' to the other_names"),
    ],
)
def test_what_no_row_of_roads_or_crossings_is_is_named_with_what_to_add(told, type_, places, message):
    (warning,) = told(event(type_, places, text="cut")).warnings
    assert message in warning.message
    assert len(warning.claims) == 1
    assert warning.code == ("road_not_in_table" if type_.startswith("road") else "crossing_not_in_table")


@pytest.mark.parametrize(
    ("type_", "places", "message"),
    [
        ("siege", ("unresolved-old-mill",), "a place is besieged (old mill), and no row of places.csv is it: add it"),
        ("siege_lifted", ("gn17",), "told that a siege is lifted (gn17), and no row of places.csv is it"),
        ("siege_lifted", (), "told that a siege is lifted, and not where: name its place"),
    ],
)
def test_a_siege_of_a_place_that_has_no_row_is_named(told, type_, places, message):
    (warning,) = told(event(type_, places, text="siege")).warnings
    assert message in warning.message
    assert warning.code == "place_not_in_table"


def test_an_area_can_be_besieged_as_a_whole_and_a_country_can_not(told):
    situation = told(event("siege", ("valley",)), event("siege", ("land",)))
    besieged = {place.id: place.besieged.yes for place in situation.places}
    assert besieged["valley"] > 0.5
    assert besieged["land"] == 0
    (warning,) = situation.warnings
    assert "(Land)" in warning.message


def test_a_crossing_closed_to_some_is_open_to_others(told):
    situation = told(event("crossing_closed", ("x",), text="The"), text="The gate is closed to pedestrians.")
    (gate,) = situation.crossings
    assert gate.terms == ("closed to pedestrians",)
    assert gate.policy.restricted > gate.policy.closed


def test_what_a_row_is_or_is_only_feared_warns_of_nothing(told):
    told(event("road_cut", ("varn", "tolm"), text="cut"), event("crossing_closed", ("gate",)))
    assert told(event("road_cut", ("quint",), text="cut"), certainty="projected").warnings == ()


def test_who_disagrees_is_the_outlet_or_the_report_and_not_the_writer(told):
    told(controls("army", "varn"), publisher="The Courier")
    situation = told(controls("rebels", "varn"), title="A town holds out")
    (matter,) = [matter for matter in situation.disagreements if matter.predicate == "held_by"]
    assert {p.value: p.speakers for p in matter.positions} == {
        "army": ("The Courier",),
        "rebels": ("A town holds out",),
    }


def test_who_counts_otherwise_is_the_outlet_too(told):
    told(figure("sheltered", 100, ("gate",)), publisher="The Courier")
    situation = told(figure("sheltered", 900, ("gate",)), speakers=("army",), certainty="claimed")
    (matter,) = situation.disagreements
    assert [p.speakers for p in matter.positions] == [("The Courier",), ("army",)]
