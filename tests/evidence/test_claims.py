"""Contract: one claim for each record, with its words, speakers and days; ids do not depend on numbering."""

from __future__ import annotations

import datetime as dt

from tests.evidence.making import event, figure, reading_of, relation, report_of
from tidings.core.dates import DateSpan
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.claims import claim_id, claims_of
from tidings.evidence.reading import Attribution, When

REPORT = report_of("one two three", published=dt.date(2031, 3, 1))
KNOWN = dt.datetime(2031, 3, 2, tzinfo=dt.UTC)
SINCE = When.model_validate({"from": "2029-01-01", "until": None})
ON = When.model_validate({"from": "2031-02-25", "until": "2031-02-26"})


def claims(**records: object) -> tuple[Claim, ...]:
    return claims_of(reading_of(REPORT, **records), REPORT, known_at=KNOWN)


def test_each_record_becomes_one_claim_with_its_words() -> None:
    made = claims(
        figures=(figure("displaced", 5.0),), events=(event("clash"),), relations=(relation("a", "supports", "b"),)
    )
    assert [claim.extractor for claim in made] == ["figures@1", "events@1", "relations@1"]
    assert all(claim.source == TextSpan(report=REPORT.id, start=0, end=3) for claim in made)
    assert all(claim.known_at == KNOWN for claim in made)


def test_the_id_does_not_depend_on_numbering_inside_the_reading() -> None:
    one = event("clash", id="e1", attribution="a1", same_as=None)
    other = event("clash", id="e7", attribution="a2", same_as="e1")
    assert claim_id(one, REPORT.id) == claim_id(other, REPORT.id)


def test_the_id_depends_on_what_is_said_and_where() -> None:
    ids = {
        claim_id(event("clash"), REPORT.id),
        claim_id(event("capture"), REPORT.id),
        claim_id(event("clash", start=1, end=4), REPORT.id),
        claim_id(event("clash"), report_of("other").id),
    }
    assert len(ids) == 4


def test_speakers_and_relayer_come_from_the_attribution() -> None:
    voice = Attribution(id="a1", speakers=("mayor",), relayed_by="radio")
    (claim,) = claims(attributions=(voice,), events=(event("clash", attribution="a1", certainty="claimed"),))
    assert (claim.speakers, claim.relayed_by, claim.certainty) == (("mayor",), "radio", "claimed")
    (claim,) = claims(attributions=(voice,), events=(event("clash"),))
    assert (claim.speakers, claim.relayed_by) == ((), None)


def test_an_event_holds_on_its_days_and_else_on_the_day_of_publication() -> None:
    assert claims(events=(event("clash", when=ON),))[0].valid == DateSpan.on(dt.date(2031, 2, 25))
    assert claims(events=(event("clash"),))[0].valid == DateSpan.on(dt.date(2031, 3, 1))


def test_a_stock_a_relation_and_a_siege_hold_from_their_day_on() -> None:
    assert claims(figures=(figure("displaced", 5.0, period=ON),))[0].valid == DateSpan.of(dt.date(2031, 2, 25))
    assert claims(relations=(relation("a", "supports", "b"),))[0].valid == DateSpan.of(dt.date(2031, 3, 1))
    assert claims(events=(event("siege", when=SINCE),))[0].valid == DateSpan.of(dt.date(2029, 1, 1))


def test_without_a_day_of_publication_the_last_day_before_it_became_known_counts() -> None:
    report = report_of("one two three", published=None)
    (claim,) = claims_of(reading_of(report, events=(event("clash"),)), report, known_at=KNOWN)
    assert claim.valid == DateSpan.on(dt.date(2031, 3, 1))


def test_a_stock_of_a_time_that_is_over_does_not_hold_today() -> None:
    before = When.model_validate({"from": None, "until": "2031-03-01", "text": "before the war"})
    (claim,) = claims(figures=(figure("population", 9_000.0, period=before),))
    assert claim.valid == DateSpan.of(None, dt.date(2031, 3, 1))
    assert REPORT.published not in claim.valid
