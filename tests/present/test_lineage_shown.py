"""Contract: claims and traces show what is a copy, what repeats a voice, and what a later figure has replaced."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.articles import TOLD, article, read
from tests.evidence.making import DAY, claim_of, controls, event, figure, reading_of
from tidings.assess.assess import assess
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Place
from tidings.present.terminal import render_claims, render_trace
from tidings.present.trace import trace
from tidings.release.claims import list_claims
from tidings.release.gather import gather

NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
CRISIS = Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography((Place(id="gate", name="Gate"),)))


@pytest.fixture
def view(tmp_path):
    """Return a ledger of a count, its copy, the same count in other words, and a later count."""
    ledger = Ledger.create(tmp_path / "ledger.db")
    days = [DAY + dt.timedelta(days=k) for k in range(4)]
    told = [article(TOLD["camp"][0], days[0]), article(TOLD["camp"][0], days[1], publisher="Courier")]
    claims = [(report, read(report, ("ministry",))) for report in told]
    for day, publisher, count in ((days[2], "Herald", 12_345), (days[3], "Post", 14_000)):
        report = article(f"The ministry counts {count} people at the gate.", day, publisher=publisher)
        claims.append((report, (claim_of(report, figure("sheltered", count, ("gate",)), speakers=("ministry",)),)))
    for report, found in claims:
        ledger.append(report, reading_of(report), found, received_at=NOW)
    return ledger.as_of()


def test_the_list_of_claims_tells_what_each_hangs_on(view):
    first, copy, repeat, later = list_claims(CRISIS, view).claims
    assert (copy.copy_of, repeat.repeats, first.superseded_by) == (first.id, first.id, later.id)
    assert {first.copy_of, first.repeats, later.superseded_by, copy.repeats, copy.superseded_by} == {None}
    assert repeat.superseded_by == later.id


def test_all_claims_stay_in_the_list_and_its_lines_say_why_one_does_not_count(view):
    listed = list_claims(CRISIS, view)
    first, copy, repeat, _ = (line for line in render_claims(listed).splitlines()[:4])
    assert f"(a copy of {listed.claims[0].id})" in copy
    assert f"(repeats {listed.claims[0].id})" in repeat
    assert f"(superseded by {listed.claims[3].id})" in first


def test_what_is_asked_for_is_compared_with_all_that_is_known(view):
    (only,) = list_claims(CRISIS, view, only=view.claims()[1].id).claims
    assert only.copy_of == view.claims()[0].id


def test_a_trace_of_a_copy_leads_to_the_first(view):
    day = DAY + dt.timedelta(days=3)
    situation = assess(CRISIS, view, on=day, as_of=day)
    released = gather(CRISIS, view, situation, None, (), profile="restricted", generated=NOW, code="test")
    first, copy, *_ = view.claims()
    found = trace(released, copy.id)
    assert [(claim.id, claim.copy_of) for claim in found.claims] == [(copy.id, first.id), (first.id, None)]
    assert f"(a copy of {first.id})" in render_trace(found)


def test_a_trace_marks_what_is_told_of_another_place_near_it(tmp_path):
    ledger = Ledger.create(tmp_path / "near.db")
    places = (Place(id="gate", name="Gate", lat=45.0, lon=20.0), Place(id="hill", name="Hill", lat=45.02, lon=20.0))
    crisis = Crisis(
        Path("."), Settings(title="T", countries=("XAA",)), Geography(places),
        (Party(id="army", name="Army"), Party(id="rebels", name="Rebels")),
    )  # fmt: skip
    told = ((0, controls("army", "gate")), (9, event("capture", ("hill",), ("rebels",))))
    for days, content in told:
        report = article(f"It was told {days} days later.", DAY + dt.timedelta(days=days))
        ledger.append(report, reading_of(report), [claim_of(report, content)], received_at=NOW)
    view, day = ledger.as_of(), DAY + dt.timedelta(days=9)
    released = gather(
        crisis, view, assess(crisis, view, on=day, as_of=day), None, (), profile="restricted", generated=NOW, code="x"
    )
    traced = trace(released, "gate")
    assert [(claim.predicate, claim.is_nearby) for claim in traced.claims] == [("controls", False), ("capture", True)]
    assert "nearby: capture" in render_trace(traced)
