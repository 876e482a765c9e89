"""Contract: how the claims of one view hang together; nothing is stored, and all claims stay as they are."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.articles import TOLD, article, read
from tests.evidence.making import DAY, claim_of, figure, reading_of
from tidings.crisis.crisis import Crisis, Settings
from tidings.evidence.ledger import Ledger
from tidings.evidence.lineage import ALONE, lineage_of
from tidings.evidence.review import review_of
from tidings.geography.graph import Geography

NEXT = DAY + dt.timedelta(days=1)
NOW = dt.datetime(2031, 3, 3, tzinfo=dt.UTC)
CRISIS = Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography())
COUNTED = article(TOLD["camp"][0])
COPY = article(TOLD["camp"][0], NEXT, publisher="Courier")


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger.create(tmp_path / "ledger.db")
    for report in (COUNTED, COPY):
        ledger.append(report, reading_of(report), read(report), received_at=NOW)
    return ledger


def test_only_what_was_public_by_then_is_compared(ledger):
    assert lineage_of(CRISIS, ledger.as_of(DAY)).copy_of == {}
    assert lineage_of(CRISIS, ledger.as_of(NEXT)).copy_of == {read(COPY)[0].id: read(COUNTED)[0].id}


def test_finding_copies_changes_no_claim(ledger):
    before = ledger.as_of().claims()
    lineage = lineage_of(CRISIS, ledger.as_of())
    assert ledger.as_of().claims() == before
    assert lineage.own(before) == before[:1]


@pytest.mark.parametrize(
    ("verdict", "change"), [("reject", None), ("correct", '{"value": 12354}')], ids=["rejected", "corrected"]
)
def test_the_copy_of_a_reviewed_claim_is_a_copy_still(ledger, verdict, change):
    first, copy = ledger.as_of().claims()
    ledger.append_claims([review_of(ledger.as_of(), first.id, verdict, "Duty officer", change, known_at=NOW)])
    assert [claim.id for claim in ledger.as_of().as_read()] == [first.id]
    assert lineage_of(CRISIS, ledger.as_of()).copy_of == {copy.id: first.id}


@pytest.mark.parametrize(
    ("verdict", "change", "is_told_anew"),
    [("accept", None, False), ("correct", '{"extent": "part"}', False), ("correct", '{"value": 12354}', True)],
    ids=["accepted", "corrected", "corrected to another number"],
)
def test_a_copy_that_a_reviewer_accepts_or_corrects_stands_on_its_own_and_never_surer(
    ledger, verdict, change, is_told_anew
):
    first, copy = ledger.as_of().claims()
    ledger.append_claims([review_of(ledger.as_of(), copy.id, verdict, "Duty officer", change, known_at=NOW)])
    lineage = lineage_of(CRISIS, ledger.as_of())
    assert lineage.copy_of == {}
    assert lineage.repeats == ({} if is_told_anew else {copy.id: first.id})


def test_the_latest_review_of_a_copy_counts(ledger):
    first, copy = ledger.as_of().claims()
    for days, verdict in enumerate(("accept", "reject"), start=1):
        at = NOW + dt.timedelta(days=days)
        ledger.append_claims([review_of(ledger.as_of(), copy.id, verdict, "Duty officer", None, known_at=at)])
    is_copy = [
        lineage_of(CRISIS, ledger.as_of(NEXT + dt.timedelta(days=days))).copy_of == {copy.id: first.id}
        for days in range(3)
    ]
    assert is_copy == [True, False, True]


def test_copies_of_an_accepted_copy_are_copies_of_the_first_still(ledger):
    first, copy = ledger.as_of().claims()
    third = article(TOLD["camp"][0], NEXT, publisher="Herald", title="Camp grows")
    ledger.append(third, reading_of(third), read(third), received_at=NOW)
    ledger.append_claims([review_of(ledger.as_of(), copy.id, "accept", "Duty officer", None, known_at=NOW)])
    assert lineage_of(CRISIS, ledger.as_of()).copy_of == {read(third)[0].id: first.id}


def test_copies_of_one_day_are_twins_and_later_ones_are_not(ledger):
    twin = article(TOLD["camp"][0], DAY, publisher="Herald", title="Camp grows")
    ledger.append(twin, reading_of(twin), read(twin), received_at=NOW)
    claims = ledger.as_of().claims()
    ((first, twins),) = lineage_of(CRISIS, ledger.as_of()).twins(claims).items()
    assert {first, *(each.id for each in twins)} == {read(twin)[0].id, read(COUNTED)[0].id}


def test_a_figure_is_replaced_from_the_later_one_s_day_on(ledger):
    later = article("The gate has 14,000.", NEXT)
    told = claim_of(later, figure("sheltered", 14_000, ("gate",)))
    ledger.append(later, reading_of(later), [told], received_at=NOW)
    first, *_ = ledger.as_of().claims()
    lineage = lineage_of(CRISIS, ledger.as_of())
    assert lineage.superseded_by(first.id) == told.id
    assert [lineage.is_replaced(first, day) for day in (DAY, NEXT)] == [False, True]
    assert not ALONE.is_replaced(first, NEXT)
