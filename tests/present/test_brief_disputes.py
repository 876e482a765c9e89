"""Both kinds of disagreement are shown, each position with who holds it and a link to the words."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from lxml import html

from tidings.evidence.reading import Attribution, Position, ReadingDisagreement
from tidings.forecast.document import CountTold, LastReport
from tidings.present.brief import render_brief
from tidings.release.released import Released


def section_of(released: Released) -> html.HtmlElement:
    return html.fromstring(render_brief(released)).xpath("//section[@id='disagreements']")[0]


@pytest.fixture
def told(released: Released) -> Released:
    """Return a release in which a report sets two positions side by side, the second of which gave no claim."""
    sides = (
        Position(attributions=("a3",), says="The road from Pellan to Kelmar is cut"),
        Position(attributions=("a9",), says="the crossing at Sorrel is closed to most"),
    )
    first, second = released.readings
    reading = second.model_copy(
        update={
            "attributions": (*second.attributions, Attribution(id="a9", speakers=("relief",))),
            "disagreements": (ReadingDisagreement(topic="ways out", positions=sides),),
        }
    )
    return dataclasses.replace(released, readings=(first, reading))


def test_disagreements_of_a_place_and_those_that_a_report_tells_stand_under_their_own_headings(told: Released) -> None:
    section = section_of(told)
    assert section.xpath(".//h3/text()") == ["Of one place", "Set side by side in a report"]
    places, topics = section.findall("dl")
    assert "Vidra: how many people are in camps" in places.text_content()
    assert "41,500 — the relief office" in places.text_content()
    assert "Ways out (in: Army nears the river)" in topics.text_content()


def test_a_position_names_its_speaker_and_leads_to_its_claim(told: Released) -> None:
    position = section_of(told).findall("dl")[1].xpath(".//p")[0]
    cut = next(claim.id for claim in told.claims if claim.predicate == "road_cut")
    assert "a monitor" in position.text_content()
    assert set(position.xpath(".//a/@href")) == {f"#claim-{cut}"}


def test_a_position_without_a_claim_of_its_own_leads_to_the_claims_of_its_sentence(told: Released) -> None:
    position = section_of(told).findall("dl")[1].xpath(".//p")[1]
    closed = next(claim.id for claim in told.claims if claim.predicate == "crossing_closed")
    assert "the relief office" in position.text_content()
    assert f"#claim-{closed}" in position.xpath(".//a/@href")


def test_sources_of_bulletins_that_are_apart_are_a_disagreement_on_how_many_are_there(told: Released) -> None:
    day = dt.date(2031, 5, 8)
    apart = (
        CountTold(source="UNHCR", day=day, people=8300, chance=0.5),
        CountTold(day=day, people=16_600, chance=0.5),
    )
    last = LastReport(location="vidra", day=day, people=8300, source="UNHCR", present_rests_on="reports", apart=apart)
    assert told.forecast is not None
    forecast = told.forecast.model_copy(update={"last_reports": (last,)})
    section = section_of(dataclasses.replace(told, forecast=forecast))
    text = " ".join(section.findall("dl")[0].text_content().split())
    assert "Vidra: how many people are there" in text
    assert "8,300 on 8 May 2031 — UNHCR, right with a chance of 50%" in text
    assert "16,600 on 8 May 2031 — nobody named, right with a chance of 50%" in text
