"""Contract: of a way that is cut the likeliest stretch is meant; a cut tells that it was open until then."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, event, reading_of, relation, report_of, state
from tidings.assess.assess import assess
from tidings.assess.roads_told import tells_all
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
PLACES = tuple(
    Place(id=name, name=name.title(), lat=lat, lon=lon, country="XAA")
    for name, lat, lon in (
        ("gate", 11.0, 20.0), ("varn", 10.5, 20.0), ("tolm", 10.0, 20.0), ("quint", 9.5, 20.0),
        ("east", 10.2, 23.0), ("west", 10.1, 17.0), ("far-gate", 11.2, 20.1),
    )
)  # fmt: skip
ROADS = tuple(
    Road.model_validate({"id": id_, "from": a, "to": b})
    for id_, a, b in (
        ("first", "gate", "varn"), ("second", "varn", "tolm"), ("third", "tolm", "quint"),
        ("to-east", "quint", "east"), ("to-west", "quint", "west"),
    )
)  # fmt: skip
CRISIS = Crisis(
    Path("."),
    Settings(title="T", countries=("XAA",)),
    Geography(PLACES, ROADS, (Crossing(id="x", name="X", other_names=("Y",), side_a="gate", side_b="far-gate"),)),
    (Party(id="army", name="Army"), Party(id="rebels", name="Rebels")),
)


@pytest.fixture
def told(tmp_path):
    ledger = Ledger.create(tmp_path / "ledger.db")

    def tell(*contents, days=0, on=0, as_of=None, since=None, words="The road has been cut.", at=0, **fields):
        report = report_of(f"{words} {days} {fields}", DAY + dt.timedelta(days=days))
        claims = [claim_of(report, content, start=at + k, **fields) for k, content in enumerate(contents)]
        ledger.append(report, reading_of(report), claims, received_at=NOW)
        day, known = DAY + dt.timedelta(days=on), DAY + dt.timedelta(days=on if as_of is None else as_of)
        changed = None if since is None else DAY + dt.timedelta(days=since)
        return assess(CRISIS, ledger.as_of(known), on=day, as_of=known, changes_since=changed)

    return tell


def road(situation, id_):
    return next(road.passable for road in situation.roads if road.id == id_)


def place(situation, id_):
    return next(place for place in situation.places if place.id == id_)


def access(situation, id_):
    return next(access for access in situation.access if access.place == id_)


AT_QUINT = ("third", "to-east", "to-west")
CUT = event("road_cut", ("gate", "quint"), text="cut")


def test_a_road_that_was_cut_was_open_until_then(told):
    told(event("road_cut", ("varn", "tolm"), text="cut"))
    assert road(told(words="x", on=-1, as_of=0), "second").yes > 0.8
    assert road(told(words="y"), "second").no > 0.8


def test_as_known_before_the_cut_nothing_was_known(told):
    told(CUT)
    assert road(told(words="x", on=-1), "second").unknown == 1.0


def test_a_road_that_is_still_cut_was_not_open_the_day_before(told):
    told(event("road_cut", ("varn", "tolm"), text="cut"), words="The road is still cut.")
    assert road(told(words="x", on=-1, as_of=0), "second").unknown == 1.0


def test_what_somebody_told_of_the_days_before_stands_against_what_a_cut_says_of_them(told):
    told(event("road_cut", ("varn", "tolm"), text="shut"), days=-5, words="The road is shut.")
    told(event("road_cut", ("varn", "tolm"), text="cut"))
    assert road(told(words="x", on=-1, as_of=0), "second").no > 0.7


def test_stretches_of_a_cut_way_that_are_not_meant_stay_open(told):
    fight = relation("army", "fights", "rebels")
    situation = told(CUT, controls("army", "varn"), controls("rebels", "tolm"), fight)
    assert road(situation, "second").no > 0.9
    assert why(situation, "second").startswith("inferred from who holds its ends: a front line crosses it; ")
    assert road(situation, "first").yes > 0.5
    assert road(situation, "third").yes > road(situation, "third").no


def test_a_cut_that_is_told_of_one_stretch_is_the_cut_of_the_way(told):
    told(event("road_cut", ("tolm", "quint"), text="cut"))
    situation = told(CUT, words="The whole way has been cut.")
    assert road(situation, "third").no > 0.9
    assert road(situation, "first").no < 0.2


def test_a_way_that_is_open_is_open_on_all_stretches(told):
    situation = told(event("road_opened", ("gate", "quint"), text="open"), words="The road is open.")
    assert min(road(situation, id_).yes for id_ in ("first", "second", "third")) > 0.8


def test_a_place_is_cut_off_from_each_hub_by_itself(told):
    situation = told(state("second", "passable", "no"), state("third", "passable", "yes"))
    assert access(situation, "tolm").cut_off_from["gate"].yes > 0.8
    assert access(situation, "varn").cut_off_from["gate"].yes < 0.1
    assert access(situation, "gate").cut_off_from["gate"].no == 1.0


def test_a_place_all_of_whose_roads_are_shut_is_encircled_without_a_word_of_a_siege(told):
    situation = told(state("second", "passable", "no"), state("third", "passable", "no"))
    tolm = place(situation, "tolm")
    assert tolm.encircled.yes > 0.7
    assert tolm.besieged.unknown == 1.0


def test_a_place_from_which_one_can_drive_to_a_crossing_is_not_encircled(told):
    situation = told(state("second", "passable", "yes"), state("first", "passable", "yes"))
    assert place(situation, "tolm").encircled.no > 0.7


def test_of_a_place_at_the_edge_of_the_map_the_roads_do_not_tell(told):
    situation = told(*(state(id_, "passable", "no") for id_ in ("third", "to-east", "to-west")))
    assert place(situation, "east").encircled.unknown == 1.0
    assert place(situation, "quint").encircled.unknown == 1.0


def test_a_change_of_access_names_the_hub_the_day_and_the_claims(told):
    told(event("road_cut", ("varn", "tolm"), text="cut"))
    told(event("road_opened", ("gate", "quint"), text="open"), days=-9, words="The road is open.")
    situation = told(words="x", on=1, since=-1)
    change = next(c for c in situation.changes if (c.subject, c.predicate) == ("tolm", "cut_off"))
    assert (change.hub, change.before, change.after, change.day) == ("gate", "no", "yes", DAY)
    (of_road,) = [c for c in situation.changes if c.subject == "second"]
    assert change.claims == of_road.claims
    assert change.why == "roads between them changed"


def test_a_change_carries_the_claims_that_made_it_and_no_older_ones(told):
    told(event("crossing_closed", ("x",)), days=-9, words="The crossing is closed.")
    situation = told(event("crossing_opened", ("x",)), words="The crossing is open.", since=-1)
    (change,) = [c for c in situation.changes if c.predicate == "policy"]
    assert (change.before, change.after, change.why) == ("closed", "open", "news")
    assert len(change.claims) == 1
    assert change.claims[0] in situation.crossings[0].claims
    assert len(situation.crossings[0].claims) == 2


def test_a_state_that_fades_says_so_and_keeps_its_claims(told):
    told(event("crossing_closed", ("x",)), words="The crossing is closed.", certainty="claimed", speakers=("army",))
    situation = told(words="y", on=120, since=1)
    (change,) = [c for c in situation.changes if c.predicate == "policy"]
    assert (change.after, change.day) == ("unknown", DAY + dt.timedelta(days=120))
    assert "faded" in change.why
    assert change.claims


@pytest.mark.parametrize("named", ["x", "gate", "far-gate", "border-xaa-xbb"])
def test_a_crossing_is_meant_by_its_name_and_by_the_place_on_either_side(told, named, monkeypatch):
    if named.startswith("border"):
        other = PLACES[-1].model_copy(update={"country": "XBB"})
        geography = Geography((*PLACES[:-1], other), ROADS, CRISIS.geography.crossings)
        monkeypatch.setitem(globals(), "CRISIS", Crisis(Path("."), CRISIS.settings, geography, CRISIS.parties))
    situation = told(event("crossing_closed", (named,)), words="It was closed.")
    assert situation.crossings[0].policy.closed > 0.8
    assert situation.crossings[0].sides == ("gate", "far-gate")


def test_a_crossing_tells_for_whom_it_is_closed_in_the_words_of_the_newest_report(told):
    told(event("crossing_closed", ("x",)), days=-3, words="The crossing is closed to all but the wounded.")
    crossing = told(event("crossing_closed", ("x",)), words="The crossing stays closed to most refugees.").crossings[0]
    assert crossing.terms == ("closed to most refugees",)
    assert crossing.policy.closed > crossing.policy.restricted > 0.2


def test_a_crossing_that_opens_to_few_is_restricted(told):
    crossing = told(event("crossing_opened", ("x",)), words="The crossing opened only for the wounded.").crossings[0]
    assert crossing.policy.likeliest == "restricted"
    assert crossing.terms == ("opened only for the wounded",)


def test_throughput_is_what_the_table_gives_and_unknown_without_it(told):
    situation = told()
    assert situation.crossings[0].per_day is None
    assert ("x", "per_day") in {(u.subject, u.predicate) for u in situation.unknown}


@pytest.mark.parametrize(
    ("type_", "words", "terms"),
    [
        (
            "crossing_closed",
            "The crossing is closed to travellers without visas.",
            "closed to travellers without visas",
        ),
        ("crossing_opened", "The crossing is open only to medical cases.", "open only to medical cases"),
        ("crossing_opened", "It is open to people with permits.", "open to people with permits"),
    ],
)
def test_a_crossing_for_some_alone_is_likely_restricted_and_tells_for_whom(told, type_, words, terms):
    crossing = told(event(type_, ("x",)), words=words).crossings[0]
    assert crossing.policy.restricted > 0.2
    assert [each.startswith(terms) for each in crossing.terms] == [True]


def test_opening_hours_are_terms_and_no_restriction_of_who_may_pass(told):
    crossing = told(
        event("crossing_opened", ("x",)), words="The crossing is open from 9 a.m. to 4 p.m. daily."
    ).crossings[0]
    assert crossing.policy.open > 0.8
    assert crossing.terms == ("from 9 a.m. to 4 p.m.",)


def test_throughput_that_reports_tell_stands_where_the_table_gives_none(told):
    told(event("crossing_opened", ("x",)), days=-5, words="The crossing lets 900 people a day through.")
    crossing = told(event("crossing_opened", ("x",)), words="The crossing lets 1,300 people a day through.").crossings[
        0
    ]
    assert (crossing.per_day, len(crossing.per_day_claims)) == (1300, 1)
    assert set(crossing.per_day_claims) <= set(crossing.claims)
    before = told(on=-4, words="nothing").crossings[0]
    assert before.per_day == 900


def test_the_table_s_throughput_comes_before_what_reports_tell(told, monkeypatch):
    given = CRISIS.geography.crossings[0].model_copy(update={"per_day": 50.0})
    geography = Geography(PLACES, ROADS, (given,))
    monkeypatch.setitem(globals(), "CRISIS", Crisis(Path("."), CRISIS.settings, geography, CRISIS.parties))
    crossing = told(event("crossing_opened", ("x",)), words="The crossing lets 900 people a day through.").crossings[0]
    assert (crossing.per_day, crossing.per_day_claims) == (50, ())


@pytest.mark.parametrize("words", ["It lets 300 trucks a day through.", "It let 300 people through.", "It opened."])
def test_trucks_and_numbers_of_no_day_are_no_throughput(told, words):
    assert told(event("crossing_opened", ("x",)), words=words).crossings[0].per_day is None


def why(situation, id_):
    return next(road.why for road in situation.roads if road.id == id_)


def test_what_follows_from_a_cut_for_the_days_before_is_inferred_and_not_said(told):
    told(event("road_cut", ("varn", "tolm"), text="cut"))
    assert (
        why(told(words="x", on=-1, as_of=0), "second") == "inferred: told to be cut on 2031-03-10, so open until then"
    )
    assert why(told(words="y"), "second") == "said to be cut"


def test_a_stretch_that_a_cut_way_likely_is_not_cut_on_is_inferred_to_be_open(told):
    told(event("road_cut", ("varn", "tolm"), text="cut"), words="The road is still cut.", days=-1)
    situation = told(CUT)
    assert road(situation, "first").yes > road(situation, "first").no
    assert why(situation, "first") == "inferred: open until a way over it was cut on 2031-03-10, likely elsewhere"


def test_of_a_road_that_is_said_to_be_open_long_ago_nobody_says_that_it_is_cut(told):
    told(event("road_opened", ("varn", "tolm"), text="open"), words="It is open.", certainty="claimed", speakers=("a",))
    assert why(told(words="x", on=120), "second") == "said to be open, perhaps"


def test_a_road_that_may_be_meant_by_the_one_place_that_a_cut_names_is_not_said_to_be_cut_itself(told):
    situation = told(event("road_cut", ("quint",)), words="The road to Quint is still cut.")
    assert why(situation, "third").startswith("of a way or a place on it: said to be cut")


@pytest.mark.parametrize(
    ("words", "text"),
    [("All roads into Quint have been cut by the army.", "cut"),
     ("Every supply route to Quint is closed.", "closed"),
     ("No road into Quint is open.", "open"),
     ("Quint is cut off from the outside world.", "cut off")],
)  # fmt: skip
def test_where_all_roads_of_a_place_are_meant_each_is_cut(told, words, text):
    situation = told(event("road_cut", ("quint",), text=text), words=words, at=words.index(text))
    assert all(road(situation, each).no > 0.5 for each in AT_QUINT)


@pytest.mark.parametrize(
    ("words", "excepted"),
    [("All roads to Quint are cut except the road to Tolm.", "except"),
     ("All roads to Quint but that to Tolm are cut.", "but"),
     ("Apart from the road to Tolm, all roads to Quint are cut.", "apart from")],
)  # fmt: skip
def test_where_all_roads_of_a_place_but_one_are_meant_that_one_is_open_and_each_other_cut(told, words, excepted):
    apart = event("road_opened", ("quint", "tolm"), text=words[words.lower().index(excepted) :])
    situation = told(event("road_cut", ("quint",), text="cut"), apart, words=words, at=words.index("cut"))
    assert road(situation, "third").yes > 0.9
    assert all(road(situation, each).no > 0.9 for each in AT_QUINT if each != "third")


def test_all_roads_may_stand_in_the_words_of_the_cut_themselves():
    assert tells_all("the army surrounded quint and ", "cut off all supply routes", " into it.")
    assert not tells_all("the army ", "closed all roads", " to quint except that to tolm.")


@pytest.mark.parametrize(
    "words",
    ["The road to Quint is cut.", "Not all roads to Quint have been cut.", "All roads to Quint but one were cut.",
     "All day long the road to Quint was cut.", "There is no doubt that the road to Quint is cut.",
     "All roads to Tolm are open, but the road to Quint is cut.", "Almost all roads to Quint are cut."],
)  # fmt: skip
def test_of_several_roads_of_a_place_one_that_is_cut_makes_none_open_and_none_surely_cut(told, words):
    situation = told(event("road_cut", ("quint",), text="cut"), words=words, at=words.index("cut"))
    for each in AT_QUINT:
        odds = road(situation, each)
        assert odds.unknown > max(odds.yes, odds.no)


def test_a_road_that_is_told_to_be_open_stays_so_where_one_of_several_is_cut(told):
    opened = event("road_opened", ("tolm", "quint"), text="open")
    told(opened, words="The road to Quint is open.", certainty="claimed", speakers=("a",), days=-1)
    situation = told(event("road_cut", ("quint",), text="cut"), words="The road to Quint is cut.")
    assert road(situation, "third").yes > road(situation, "third").no


def test_a_road_that_was_briefly_closed_is_told_of_no_more_behind_that_day(told):
    words = "The road to Tolm was briefly closed on Sunday."
    closed = event("road_cut", ("varn", "tolm"), text="closed")
    situation = told(closed, words=words, at=words.index("closed"), days=-2, valid_from=DAY - dt.timedelta(days=3))
    assert road(situation, "second").unknown > 0.9


@pytest.mark.parametrize(
    ("words", "is_meant"), [("Residents of Gate said it was closed.", True), ("It closed.", False)]
)
def test_a_crossing_that_is_not_named_is_the_only_one_at_a_place_of_its_sentence(told, words, is_meant):
    situation = told(event("crossing_closed", ()), words=words)
    assert (situation.crossings[0].policy.closed > 0.8) == is_meant
    assert bool(situation.warnings) != is_meant
