"""What a report tells again is one happening: it stands with its first telling, and both are cited."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from lxml import html

from tidings.evidence.claim import Claim
from tidings.present.brief import render_brief
from tidings.present.mentions import told_once
from tidings.release.released import Released


@pytest.fixture
def capture(released: Released) -> Claim:
    return next(claim for claim in released.claims if claim.predicate == "capture" and claim.certainty == "claimed")


def again(claim: Claim, number: int, **changes: Any) -> Claim:
    """Return another mention of what a claim tells, later in the same report."""
    fields = {"id": f"again{number}", "same_as": getattr(claim.content, "id", None), **changes}
    content = claim.content.model_copy(update=fields)
    certainty = changes.get("certainty", claim.certainty)
    return dataclasses.replace(claim, id=f"{claim.id}{number}", content=content, certainty=certainty)


def predicate(claim: Claim) -> str:
    return claim.predicate


def test_a_mention_stands_with_its_first_telling_even_by_way_of_another(capture: Claim) -> None:
    second = again(capture, 2, places=())
    third = again(second, 3, places=())
    (group,) = told_once((third, second, capture), lambda claim: getattr(claim.content, "places", None))
    assert {claim.id for claim in group} == {capture.id, second.id, third.id}
    assert group[-1] == capture


def test_a_denial_is_not_folded_into_what_it_denies(capture: Claim) -> None:
    denied = again(capture, 2, certainty="denied")
    assert len(told_once((capture, denied), lambda claim: claim.certainty)) == 2


def test_mentions_that_point_at_one_another_are_still_told(capture: Claim) -> None:
    ring = again(capture, 2, id="x", same_as="y"), again(capture, 3, id="y", same_as="x")
    assert sum(map(len, told_once(ring, predicate))) == 2


def test_a_mention_whose_first_telling_is_not_released_stands_for_itself(capture: Claim) -> None:
    assert told_once((again(capture, 2),), predicate) == [(again(capture, 2),)]


def test_a_capture_of_headline_and_body_is_one_row_that_cites_both(released: Released, capture: Claim) -> None:
    twice = dataclasses.replace(released, claims=(*released.claims, again(capture, 2)))
    tree = html.fromstring(render_brief(twice))
    rows = [row for row in tree.xpath("//section[@id='events']//tr") if "Capture" in row.text_content()]
    assert [("Pellan" in row.text_content()) for row in rows] == [True, False]
    assert {f"#claim-{capture.id}", f"#claim-{capture.id}2"} <= set(rows[0].xpath(".//a[@class='r']/@href"))
    assert tree.xpath("//section[@id='timeline']")[0].text_content().count("Capture: Pellan") == 1
