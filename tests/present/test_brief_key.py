"""Key points come in the order in which a planner needs them, each once, and nothing supposed among what happened."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from tidings.core.dates import DateSpan
from tidings.core.ids import PartyId
from tidings.evidence.claim import Claim
from tidings.evidence.reading import When
from tidings.present.brief import render_brief
from tidings.release.released import Released

DAY = dt.date(2031, 5, 9)
Points = Callable[..., list[str]]


@pytest.fixture
def points(released: Released) -> Points:
    def render(heading: str, *extra: Claim) -> list[str]:
        situation = released.situation.model_copy(update={"changes": ()})
        told = dataclasses.replace(released, situation=situation, claims=(*released.claims, *extra))
        section = html.fromstring(render_brief(told)).xpath("//section[@id='key-points']")[0]
        lists = section.xpath(f".//h3[text()='{heading}']/following-sibling::ul[1]/li")
        return [point.text_content().replace("\u00a0", " ") for point in lists]

    return render


@pytest.fixture
def variant(released: Released) -> Callable[..., Claim]:
    def make(predicate: str, day: dt.date = DAY, speakers: tuple[str, ...] = (), **changes: Any) -> Claim:
        claim = next(c for c in released.claims if c.predicate == predicate)
        content = claim.content.model_copy(update={"id": f"v{len(str(changes))}", **changes})
        return dataclasses.replace(
            claim, id=f"{predicate}{day}{sorted(changes.items())}", content=content, valid=DateSpan.on(day),
            certainty=changes.get("certainty", claim.certainty), speakers=tuple(map(PartyId, speakers)),
        )  # fmt: skip

    return make


def test_people_in_camps_come_before_those_of_a_place_and_those_before_a_whole_country(
    points: Points, variant: Callable[..., Claim]
) -> None:
    war = variant("fled", value=9_000_000, status="displaced", measure="stock", origin=(), certainty="stated")
    people = points("People", war)
    assert ["41,500" in people[0], "20,000–99,999" in people[1], "9 million" in people[2]] == [True, True, True]


def test_how_many_lived_there_before_the_war_is_no_key_point(points: Points, variant: Callable[..., Claim]) -> None:
    told = {"value": 5_000_000, "status": "population", "measure": "stock", "origin": (), "at": ("kelmar",)}
    assert any("5 million" in point for point in points("People", variant("fled", **told)))
    bygone = variant("fled", **told, period=When(until=DAY))
    assert not any("5 million" in point for point in points("People", bygone))


def test_what_is_only_feared_stands_apart(points: Points) -> None:
    assert any("300,000" in point for point in points("Feared, not observed"))
    assert not any("300,000" in point for point in points("People"))


def test_control_comes_before_roads_and_roads_before_crossings(points: Points) -> None:
    told = points("What changed")
    assert [words in point for words, point in zip(("captured Pellan", "Cut:", "closed"), told, strict=False)] == [
        True, True, True,
    ]  # fmt: skip


def test_two_captures_of_one_day_by_one_army_are_one_line(points: Points, variant: Callable[..., Claim]) -> None:
    other = variant("capture", DAY - dt.timedelta(days=1), ("ministry",), places=("quint",))
    assert any(
        "Northern army captured Pellan and Quint — the interior ministry" in p for p in points("What changed", other)
    )


def test_a_closure_told_twice_is_one_line_with_every_speaker(points: Points, variant: Callable[..., Claim]) -> None:
    other = variant("crossing_closed", DAY - dt.timedelta(days=2), ("relief",), actors=("league",))
    (closed,) = [point for point in points("What changed", other) if "closed" in point]
    assert closed.startswith("9 May 2031: Sorrel Bridge closed by River league — ")
    assert "the relief office" in closed


@pytest.mark.parametrize("certainty", ["conditional", "denied", "demanded", "projected"])
def test_what_did_not_happen_is_not_among_what_changed(
    points: Points, variant: Callable[..., Claim], certainty: str
) -> None:
    supposed = variant("capture", places=("ostry",), certainty=certainty)
    assert not any("Ostry" in point for point in points("What changed", supposed))


def test_a_siege_that_a_report_merely_mentions_is_a_state_and_no_change(
    points: Points, variant: Callable[..., Claim]
) -> None:
    siege = dataclasses.replace(variant("siege", places=("tamsin",)), valid=DateSpan.of(DAY, None))
    assert not any("Tamsin" in point for point in points("What changed", siege))


def test_a_capture_that_names_no_place_is_told_in_the_reports_words(
    points: Points, variant: Callable[..., Claim]
) -> None:
    vague = variant("capture", places=(), text="seized a few hamlets", when=When(text="lately"))
    told = points("What changed", vague)
    assert any(point.startswith("Northern army: seized a few hamlets") for point in told)


def test_roads_said_to_be_cut_stand_apart_from_those_between_opposed_holders(points: Points) -> None:
    assert any(point.startswith("Roads said to be cut: Pellan–Kelmar") for point in points("Ways in and out"))
