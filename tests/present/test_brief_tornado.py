"""What would change the forecast stands in the brief where it was asked for: largest first, with claims to verify."""

from __future__ import annotations

import dataclasses
import re

import pytest
from lxml import html

from tests.present.test_brief import texts
from tidings.flow.parameters import parameter_table
from tidings.forecast.document import Sensitivity
from tidings.present.brief import render_brief
from tidings.present.brief_parts import Desk
from tidings.present.brief_tornado import HALF, MOST_ASSUMED, MOST_VERIFIABLE, tornado
from tidings.release.released import Released

NAME = "leaving_rate_per_event"


def asked(released: Released, *found: Sensitivity, of: str = "all") -> Released:
    fields = {"sensitivity": found, "sensitivity_of": of, "sensitivity_mean": 12_345.0}
    assert released.forecast is not None
    return dataclasses.replace(released, forecast=released.forecast.model_copy(update=fields))


def entry(kind: str, subject: str | None, less: float, more: float, **fields: object) -> Sensitivity:
    ends = {"low": 0, "high": 1, "effect_low": less, "effect_high": more}
    return Sensitivity.model_validate(
        {"input": f"{kind} {subject}", "kind": kind, "subject": subject, **ends, **fields}
    )


@pytest.fixture
def road(released: Released) -> Sensitivity:
    state = next(road for road in released.situation.roads if road.claims)
    return entry("road", state.id, -900, 40, ends=("cut", "passable"), claims=state.claims)


def test_a_brief_that_was_not_asked_has_no_such_section(released: Released) -> None:
    assert "What would change" not in render_brief(released)


def test_an_input_stands_by_name_at_both_ends_and_leads_to_the_claims_to_verify(
    released: Released, road: Sensitivity
) -> None:
    page = render_brief(asked(released, road))
    table = html.fromstring(page).find(".//table[@class='tornado']")
    (row,) = table.xpath(".//tr[th[@scope='row']]")
    assert [" ".join(cell.text_content().split()) for cell in row][:2] == ["Pellan–Kelmar road", "cut−900"]
    assert "passable+40" in row.text_content()
    links = row.xpath(".//a/@href")
    assert links
    assert {link.removeprefix("#claim-") for link in links} <= set(road.claims)


def test_every_number_of_it_is_a_link_and_every_link_leads_somewhere(released: Released, road: Sensitivity) -> None:
    found = (
        entry("residents", "kelmar", -5, 5000, low=1000, high=9000),
        entry("parameter", NAME, -700, 800, low=0.003, high=0.03),
        entry("violence_ahead", None, -300, 600, ends=("it dies down", "it escalates")),
        entry("report", "kelmar", -3000, 6000, low=3000, high=9000, source="UNHCR", day="2031-03-07"),
        entry("source", "kelmar", -300, 600, ends=("left out", "alone"), source="UNHCR", day="2031-03-07"),
        entry("growth", "kelmar", -300, 600, ends=("it stops", "it goes on undiminished")),
        road,
    )
    tree = html.fromstring(render_brief(asked(released, *found)))
    table = tree.find(".//table[@class='tornado']")
    assert [text for text, linked in texts(table) if re.search(r"\d", text) and not linked] == []
    anchors = set(tree.xpath("//@id"))
    assert {href.removeprefix("#") for href in table.xpath(".//@href")} <= anchors


def test_what_reports_can_settle_stands_apart_from_what_nobody_can_tell_today(
    released: Released, road: Sensitivity
) -> None:
    assumed = entry("parameter", NAME, -700, 800)
    desk = Desk.of(asked(released, assumed, road))
    changes = tornado(desk, desk.released.forecast)
    assert [row.head for row in changes.assumed] == [parameter_table()[NAME].means.rstrip(".")]
    assert [row.head for row in changes.verifiable] == ["Pellan–Kelmar road"]
    assert "no report tells it" in str(changes.assumed[0].verify)


@pytest.mark.parametrize(
    ("kind", "subject", "head", "words"),
    [
        ("holder", "pellan", "Who holds Pellan", "Northern army"),
        ("siege", "quint", "Siege of Quint", "besieged"),
        ("violence", "ostry", "Violence told of Ostry", "it was so"),
        ("crossing", "sorrel", "Crossing at Sorrel Bridge", "open"),
    ],
)
def test_each_kind_of_input_has_its_words(released: Released, kind: str, subject: str, head: str, words: str) -> None:
    ends = ("league", "army") if kind == "holder" else ("", words)
    desk = Desk.of(asked(released, entry(kind, subject, 1, 2, ends=ends)))
    (row,) = tornado(desk, desk.released.forecast).verifiable
    assert row.head == head
    assert row.verify == ("nobody has told: any report of it helps",)
    assert row.high.words[0].casefold() == words.casefold()


def test_the_largest_effect_fills_half_of_the_bars_and_fewer_people_are_to_the_left(released: Released) -> None:
    desk = Desk.of(asked(released, entry("siege", "quint", -50, 100), entry("siege", "ostry", 25, 0.1)))
    first, second = tornado(desk, desk.released.forecast).verifiable
    assert (first.low.bar.x, first.low.bar.width) == (HALF / 2, HALF / 2)
    assert (first.high.bar.x, first.high.bar.width) == (HALF, HALF)
    assert second.low.bar.x == HALF
    assert second.high.effect.text == "no change"


def test_only_the_largest_few_are_shown_and_the_others_counted(released: Released) -> None:
    found = [entry("siege", f"p{n}", 0, 1000 - n) for n in range(9)] + [entry("parameter", NAME, 0, 900)] * 6
    desk = Desk.of(asked(released, *found, entry("siege", "small", 0, 3), entry("siege", "none", 0, 0)))
    changes = tornado(desk, desk.released.forecast)
    assert (len(changes.verifiable), len(changes.assumed)) == (MOST_VERIFIABLE, MOST_ASSUMED)
    assert changes.n_left == 16 - MOST_VERIFIABLE - MOST_ASSUMED


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ("all", "People away from home on"),
        ("vidra", "Arrivals at Vidra up to"),
        ("sorrel", "People waiting at Sorrel Bridge on"),
    ],
)
def test_the_lead_says_what_was_asked_and_of_how_many(released: Released, of: str, words: str) -> None:
    (lead,) = (
        p.text_content()
        for p in html.fromstring(render_brief(asked(released, of=of))).xpath(
            "//h3[@id='what-would-change']/following::p[1]"
        )
    )
    assert lead.startswith(words)
    assert "12,300 on average" in lead
    assert "Nothing that is not sure changes it." in lead


def test_a_place_that_rests_on_reports_is_told_by_who_is_present_and_the_bulletin_to_verify(released: Released) -> None:
    count = entry("report", "kelmar", -3000, 6000, low=3000, high=9000, source="UNHCR", day="2031-03-07")
    told = asked(released, count, of="kelmar")
    assert told.forecast is not None
    present = told.forecast.model_copy(update={"sensitivity_quantity": "present"})
    text = html.fromstring(render_brief(dataclasses.replace(told, forecast=present))).text_content()
    assert "People present at Kelmar on " in text
    assert "the bulletin of UNHCR of 7 March 2031" in text
