"""Contract: what changed hands near a place makes older news of who holds it doubtful, and no newer news (NEARBY-1)."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.making import claim_of, controls, event, reading_of, report_of
from tidings.assess.assess import Assessor, assess
from tidings.assess.settings import load_settings
from tidings.core.dates import DateSpan
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.evidence.reading import When
from tidings.geography.graph import Geography
from tidings.geography.places import Place

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2032, 1, 1, tzinfo=dt.UTC)
PLACES = (
    Place(id="varn", name="Varn", lat=10, lon=20, country="XAA"),
    Place(id="north", name="North", kind="admin1", country="XAA", pcode="XA01"),
    Place(id="tolm", name="Tolm", lat=10.02, lon=20, country="XAA", pcode="XA0101"),
    Place(id="sela", name="Sela", lat=10.04, lon=20.01, country="XAA"),
    Place(id="quint", name="Quint", lat=12, lon=20, country="XAA"),
    Place(id="bare", name="Bare", lat=10.01, lon=20, country="XAA"),
)
PARTIES = (Party(id="army", name="Army", kind="state_military"), Party(id="rebels", name="Rebels", kind="armed_group"))
RULE = load_settings().model_copy(update={"nearby": 0.5, "nearby_km": 10.0})


def crisis(parties=PARTIES, places=PLACES):
    return Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography(places), parties)


def happened(kind, place, who, first, last=None):
    """An event of some days, counted from the day of the tests."""
    start, end = DAY + dt.timedelta(days=first), DAY + dt.timedelta(days=(first if last is None else last) + 1)
    return event(kind, (place,), (who,), when=When.model_validate({"from": start, "until": end, "text": "then"}))


def taken(place, who, first, last=None):
    return happened("capture", place, who, first, last)


def ledger_of(folder, *reports, outlets=None):
    """Reports of a day each, `(days, content, ...)`, by publishers of their own, or by the outlet of that day."""
    ledger = Ledger.create(folder / "ledger.db")
    for days, *contents in reports:
        published = DAY + dt.timedelta(days=days)
        text = f"It was told on {published}: {contents}. " + "It was told. " * 9
        report = report_of(text, published, publisher=(outlets or {}).get(days))
        claims = [claim_of(report, content, start=10 * k) for k, content in enumerate(contents)]
        dated = [
            replace(claim, valid=DateSpan.of(c.when.from_, c.when.until)) if (c := claim.content).when else claim
            for claim in claims
        ]
        ledger.append(report, reading_of(report), dated, received_at=NOW)
    return ledger


@pytest.fixture
def told(tmp_path):
    """Tell of reports, and who holds each place on a day."""

    def tell(*reports, on=30, parties=PARTIES, places=PLACES, rule=RULE, outlets=None):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        ledger, day = ledger_of(folder, *reports, outlets=outlets), DAY + dt.timedelta(days=on)
        found = assess(crisis(parties, places), ledger.as_of(day), on=day, as_of=day, settings=rule)
        return {place.id: place for place in found.places}

    return tell


def alone(told, *reports, place="varn"):
    return told(*reports, rule=RULE.model_copy(update={"nearby": 0.0}))[place].control


def test_a_town_that_fell_near_a_place_since_it_was_told_of_makes_its_holder_doubtful(told):
    old, news = (0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20))
    held = told(old, news)["varn"].control
    assert held["rebels"] > 0.3
    assert held["army"] < 0.7


def test_what_is_told_of_the_place_itself_since_then_stands(told):
    reports = (0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20)), (21, controls("army", "varn"))
    assert told(*reports)["varn"].control.get("rebels", 0.0) == 0.0


@pytest.mark.parametrize(
    ("why", "first", "then"),
    [
        ("it is far away", taken("varn", "army", 0), taken("quint", "rebels", 20)),
        ("the same side took it", taken("varn", "army", 0), taken("tolm", "army", 20)),
        ("it fell before", taken("varn", "army", 10), taken("tolm", "rebels", 5)),
        (
            "it is held as ever, and nothing is told to have changed",
            taken("varn", "army", 0),
            controls("rebels", "tolm"),
        ),
        ("it may have fallen before", taken("varn", "army", 0, 12), taken("tolm", "rebels", 5, 15)),
    ],
)
def test_nothing_is_doubted_where(why, first, then, told):
    assert told((13, first), (20, then))["varn"].control.get("rebels", 0.0) == 0.0, why


def test_what_is_told_of_an_area_moves_no_place_beside_it(told):
    places = told((0, taken("varn", "army", 0)), (20, taken("north", "rebels", 20)))
    assert places["tolm"].control.get("rebels", 0.0) > 0.5
    assert places["varn"].control.get("rebels", 0.0) == 0.0


def test_who_is_besieged_is_not_taken_for_fallen(told):
    reports = (0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20))
    siege = (10, event("siege", ("varn",), ("rebels",)))
    assert told(*reports, siege)["varn"].control.get("rebels", 0.0) == 0.0


def test_allies_do_not_take_from_each_other(told):
    allied = (PARTIES[0], PARTIES[1].model_copy(update={"parent": "army"}))
    reports = (0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20))
    assert set(told(*reports, parties=allied)["varn"].control) == {"army"}


def test_a_place_of_which_nobody_told_stays_unknown(told):
    assert told((20, taken("tolm", "rebels", 20)))["bare"].unknown == 1.0


def test_the_same_capture_told_again_without_its_day_is_no_newer_one(told):
    old, news = (6, taken("varn", "army", 5)), (7, taken("tolm", "rebels", 2))
    again = (20, event("capture", ("tolm",), ("rebels",)))
    assert told(old, news, again)["varn"].control.get("rebels", 0.0) == 0.0


def test_more_towns_that_fell_around_a_place_leave_it_more_doubtful_until_the_other_side_is_likelier(told):
    old = (0, taken("varn", "army", 0))
    falls = [(20, taken("tolm", "rebels", 20)), (21, taken("sela", "rebels", 21))]
    one, two = told(old, falls[0])["varn"], told(old, *falls)["varn"]
    assert one.control["rebels"] < one.control["army"] < two.control["rebels"]
    assert (one.state, two.state) == ("contested", "contested")


def test_towns_that_fell_by_one_report_move_a_place_as_the_nearest_of_them_does(told):
    old = (0, taken("varn", "army", 0))
    fell = taken("tolm", "rebels", 20), taken("sela", "rebels", 20)
    assert told(old, (20, *fell))["varn"].control == told(old, (20, fell[0]))["varn"].control


@pytest.mark.parametrize("outlet", ["Aaa", "Zed"])
def test_who_repeats_one_of_two_falls_that_one_report_told_changes_nothing_whatever_their_name(outlet, told):
    old, mid = (0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20), taken("sela", "rebels", 20))
    again = (21, taken("sela", "rebels", 20))
    before = told(old, mid)["varn"].control
    after = told(old, mid, again, outlets={20: "Mid", 21: outlet})["varn"].control
    assert after == pytest.approx(before, abs=0.02)


def test_however_many_towns_fell_around_a_place_it_is_moved_by_no_more_than_by_being_told_of(told):
    around = tuple(Place(id=f"v{k}", name=f"Vill{k}", lat=10.01, lon=20 + 0.001 * k, country="XAA") for k in range(12))
    falls = [(20 + k, taken(place.id, "rebels", 20 + k)) for k, place in enumerate(around)]
    rule = RULE.model_copy(update={"nearby": 0.9})
    place = told((0, taken("varn", "army", 0)), *falls, on=40, places=(PLACES[0], *around), rule=rule)["varn"]
    assert place.control["rebels"] == pytest.approx(rule.ceiling, abs=1e-4)


def test_who_tells_that_it_was_taken_back_on_a_later_day_tells_of_the_place_itself(told):
    old, news = (0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20))
    back = (26, taken("varn", "army", 25))
    assert set(told(old, news, back)["varn"].control) == {"army"}


def test_a_town_that_was_taken_again_on_a_later_day_moves_what_was_told_since_it_fell_first(told):
    fell, told_of = (0, taken("tolm", "rebels", 0)), (10, taken("varn", "army", 10))
    assert told(fell, told_of, (20, taken("tolm", "rebels", 20)))["varn"].control["rebels"] > 0.3


def test_what_moved_an_opinion_is_what_told_of_the_fall_not_what_is_told_of_the_place_since(told):
    reports = (0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20)), (22, controls("rebels", "tolm"))
    assert len(told(*reports)["varn"].claims) == 2


def test_what_moved_an_opinion_is_among_its_claims(told):
    place = told((0, taken("varn", "army", 0)), (20, taken("tolm", "rebels", 20)))
    assert set(place["tolm"].claims) < set(place["varn"].claims)


def test_without_news_from_near_opinions_are_those_of_each_place_alone(told):
    reports = [(0, taken("varn", "army", 0)), (3, taken("tolm", "army", 3))]
    assert told(*reports)["varn"].control == alone(told, *reports)


days = st.integers(0, 25)
events = st.tuples(days, st.sampled_from(["varn", "tolm", "sela", "quint"]), st.sampled_from(["army", "rebels"]), days)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(events, max_size=6), asked=st.lists(days, min_size=2, max_size=4))
def test_days_asked_one_after_another_are_those_asked_alone_and_each_sums_to_one(told, asked, tmp_path_factory):
    reports = [(max(day, of), taken(place, who, of)) for day, place, who, of in told]
    ledger = ledger_of(tmp_path_factory.mktemp("nearby"), *dict.fromkeys(reports))
    view = ledger.as_of(DAY + dt.timedelta(days=60))
    assessor = Assessor.of(crisis(), view, settings=RULE)
    for day in (DAY + dt.timedelta(days=n) for n in asked):
        situation = assessor.on(day, as_of=day)
        assert situation.places == assess(crisis(), view, on=day, as_of=day, settings=RULE).places
        for place in situation.places:
            assert sum(place.control.values()) + place.unknown == pytest.approx(1.0, abs=2e-6)
