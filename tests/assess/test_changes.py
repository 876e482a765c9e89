"""Contract: a change is of a day of the period that is asked about, and says by what it came: news, a word, or age."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, event, reading_of, relation, report_of
from tidings.assess.assess import assess
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Place, Road

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
PLACES = tuple(Place(id=id_, name=id_.title()) for id_ in ("varn", "tolm", "quint"))
ROADS = tuple(
    Road.model_validate({"id": f"{a}--{b}", "from": a, "to": b, "length_km": 9})
    for a, b in (("varn", "tolm"), ("tolm", "quint"))
)
PARTIES = (
    Party(id="army", name="Army", kind="government"),
    Party(id="corps", name="Corps", kind="armed_group", parent="army"),
    Party(id="rebels", name="Rebels", kind="armed_group"),
)


def day(number):
    return DAY + dt.timedelta(days=number)


@pytest.fixture
def told(tmp_path):
    """Tell one content a report; then list the changes since a day, as known now and then."""
    ledger = Ledger.create(tmp_path / "ledger.db")

    def tell(content, published, text="", **fields):
        report = report_of(f"It was told {text or content.type} {published} {fields}. " * 9, day(published))
        ledger.append(report, reading_of(report), [claim_of(report, content, **fields)], received_at=NOW)

    def changes(since, on, parties=PARTIES):
        crisis = Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography(PLACES, ROADS), parties)
        view, then = ledger.as_of(day(on)), ledger.as_of(day(since))
        return assess(crisis, view, on=day(on), as_of=day(on), changes_since=day(since), view_then=then).changes

    tell.changes = changes
    return tell


def taken(place, actor):
    return event("capture", (place,), (actor,))


def boast(told, published, actor="army", **fields):
    told(taken("varn", actor), published, certainty="claimed", speakers=(actor,), **fields)


def test_no_change_is_of_a_day_before_the_period_where_what_came_in_it_makes_the_answer_doubtful(told):
    told(controls("rebels", "varn"), -10, text="held")
    boast(told, 0)
    (change,) = told.changes(since=-5, on=2)
    assert (change.before, change.after, change.day) == ("rebels", "contested", DAY)


def test_a_road_that_somebody_cut_did_not_fade(told):
    told(event("road_cut", ("varn--tolm",), text="cut"), 0)
    (change,) = [change for change in told.changes(since=-5, on=2) if change.predicate == "passable"]
    assert (change.before, change.after, change.day, change.why) == ("yes", "no", DAY, "news")
    assert len(change.claims) == 1


def test_a_siege_that_was_lifted_without_an_earlier_word_of_it_is_news(told):
    told(event("siege_lifted", ("varn",), ("army",)), 0)
    (change,) = [change for change in told.changes(since=-5, on=2) if change.predicate == "besieged"]
    assert (change.before, change.after, change.day, change.why) == ("yes", "no", DAY, "news")


@pytest.mark.parametrize("valid_from", [None, DAY])
def test_what_a_party_told_of_itself_is_listed_when_others_confirm_it(told, valid_from):
    boast(told, 0)
    told(taken("varn", "army"), 4, valid_from=valid_from)
    (change,) = told.changes(since=3, on=5)
    assert (change.before, change.after) == ("contested", "army")
    assert len(change.claims) == 1


def test_what_is_believed_of_a_party_that_told_it_alone_is_listed_when_others_confirm_it(told):
    for actor in ("army", "corps"):
        boast(told, 0, actor=actor, text=actor)
    assert [c.after for c in told.changes(since=-5, on=3, parties=PARTIES[:2])] == ["army"]
    told(controls("army", "varn"), 4, text="holds")
    (change,) = told.changes(since=3, on=5, parties=PARTIES[:2])
    assert (change.before, change.after, change.day) == ("army", "army", day(4))
    assert "confirmed by others" in change.why
    assert len(change.claims) == 1
    told(controls("army", "varn"), 8, text="holds still")
    assert told.changes(since=6, on=9, parties=PARTIES[:2]) == ()


def test_a_road_is_cut_from_the_day_on_which_its_ends_holders_are_told_to_fight(told):
    told(controls("rebels", "varn"), -10, text="held")
    told(controls("army", "tolm"), -10, text="held too")
    told(relation("army", "fights", "rebels"), 0, text="they fight")
    (change,) = told.changes(since=-2, on=3)
    assert (change.subject, change.before, change.after, change.day) == ("varn--tolm", "unknown", "no", DAY)
    assert change.why == "inferred: that the holders of its ends fight each other was told"
    assert len(change.claims) == 1


def test_a_road_that_is_told_to_be_cut_is_cut_since_then_whoever_takes_its_ends_later(told):
    told(event("road_cut", ("varn--tolm",), text="cut"), 0)
    told(taken("varn", "army"), 2, text="taken")
    told(taken("tolm", "army"), 3, text="taken too")
    (change,) = [change for change in told.changes(since=-5, on=4) if change.predicate == "passable"]
    assert (change.subject, change.after, change.day) == ("varn--tolm", "no", DAY)
