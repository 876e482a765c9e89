"""Invariants of ledger and situation: order and repetition are irrelevant; later claims change nothing earlier."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.making import claim_of, controls, event, reading_of, report_of
from tidings.assess.assess import assess
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.evidence.review import review_of
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

DAY = dt.date(2031, 3, 1)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
IDS = ("north", "middle", "south")
CRISIS = Crisis(
    Path("."),
    Settings(title="T", countries=("XAA",)),
    Geography(
        tuple(Place(id=i, name=i, lat=k, lon=0) for k, i in enumerate(IDS)),
        tuple(Road.model_validate({"id": f"r{k}", "from": IDS[k], "to": IDS[k + 1]}) for k in range(2)),
        (Crossing(id="x", name="X", side_a="north", side_b="south"),),
    ),
    (Party(id="army", name="Army"), Party(id="rebels", name="Rebels")),
)

places = st.sampled_from(IDS)
sides = st.sampled_from(["army", "rebels"])
contents = st.one_of(
    st.builds(controls, sides, places),
    st.builds(lambda p, s: event("capture", (p,), (s,)), places, sides),
    st.builds(lambda kind, p, s: event(kind, (p,), (s,)), st.sampled_from(["retreat", "loss", "hold"]), places, sides),
    st.builds(lambda kind, p: event(kind, (p,)), st.sampled_from(["siege", "siege_lifted", "clash"]), places),
    st.builds(lambda kind, a, b: event(kind, (a, b)), st.sampled_from(["road_cut", "road_opened"]), places, places),
    st.just(event("crossing_closed", ("x",))),
)
reports = st.lists(st.tuples(st.integers(0, 9), st.lists(contents, min_size=1, max_size=3)), min_size=1, max_size=4)


def ledger_of(told):
    ledger = Ledger.create(Path(tempfile.mkdtemp()) / "ledger.db")
    for number, (days, listed) in told:
        report = report_of(f"report {number}", DAY + dt.timedelta(days=days))
        claims = [claim_of(report, content, start=k) for k, content in enumerate(listed)]
        ledger.append(report, reading_of(report), claims, received_at=NOW)
    return ledger


def situation(ledger, as_of=DAY + dt.timedelta(days=9)):
    return assess(CRISIS, ledger.as_of(as_of), on=as_of, as_of=as_of)


slow = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(reports, st.randoms(use_true_random=False))
def test_the_order_in_which_reports_are_added_is_irrelevant(told, random):
    numbered = list(enumerate(told))
    assert situation(ledger_of(numbered)) == situation(ledger_of(random.sample(numbered, len(numbered))))


@slow
@given(reports)
def test_adding_every_report_twice_is_adding_it_once(told):
    numbered = list(enumerate(told))
    once, twice = ledger_of(numbered), ledger_of([*numbered, *numbered])
    assert once.as_of().claims() == twice.as_of().claims()
    assert situation(once) == situation(twice)


@slow
@given(reports, reports, st.integers(0, 9))
def test_a_claim_published_later_never_changes_an_earlier_as_of(told, more, days):
    as_of = DAY + dt.timedelta(days=days)
    numbered = list(enumerate(told))
    later = [(100 + k, (days + 1 + n, listed)) for k, (n, listed) in enumerate(more)]
    assert situation(ledger_of(numbered), as_of) == situation(ledger_of([*numbered, *later]), as_of)


@slow
@given(reports)
def test_the_answers_to_every_question_sum_to_one(told):
    state = situation(ledger_of(list(enumerate(told))))
    for place in state.places:
        assert abs(sum(place.control.values()) + place.unknown - 1) < 1e-5
    for odds in (*(p.besieged for p in state.places), *(r.passable for r in state.roads)):
        assert abs(odds.yes + odds.no + odds.unknown - 1) < 1e-5
        assert min(odds.yes, odds.no, odds.unknown) >= -1e-9
    for crossing in state.crossings:
        assert abs(sum(crossing.policy.model_dump().values()) - 1) < 1e-5


@slow
@given(reports)
def test_where_every_claim_is_rejected_all_is_unknown(told):
    ledger = ledger_of(list(enumerate(told)))
    view = ledger.as_of()
    reviews = [review_of(view, claim.id, "reject", "Duty officer", None, known_at=NOW) for claim in view.claims()]
    ledger.append_claims(reviews)
    state = situation(ledger, NOW.date())
    assert all((place.state, place.control, place.unknown) == ("unknown", {}, 1.0) for place in state.places)
    assert all(place.besieged.unknown == 1.0 for place in state.places)
    assert all(road.passable.unknown == 1.0 for road in state.roads)
    assert {crossing.policy.unknown for crossing in state.crossings} == {1.0}
