"""The brief is one safe, self-contained page in which every number leads to where it comes from."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Literal

import pytest
from lxml import html

from tidings.forecast.document import LastReport
from tidings.present.brief import CONTENTS, render_brief
from tidings.release.released import Released
from tidings.situation.situation import Situation

NOT_FIGURES = frozenset({
    "svg", "time", "th", "caption", "h1", "h2", "h3", "h4", "style", "title", "blockquote", "code", "dt", "nav",
    "figcaption",
})  # fmt: skip
TOLD_ELSEWHERE = ("claims", "sources", "methods")
"""Sections that are themselves where numbers come from."""


@pytest.fixture
def page(released: Released) -> str:
    return render_brief(released)


def texts(element: html.HtmlElement, *, linked: bool = False) -> Iterator[tuple[str, bool]]:
    """Walk the text of a page with, for each piece, whether it stands in a link."""
    if not isinstance(element.tag, str) or (element.tag in NOT_FIGURES and not is_a_figure(element)):
        return
    if element.get("id") in TOLD_ELSEWHERE or element.get("class") == "warnings":
        return
    inside = linked or (element.tag == "a" and element.get("href", "").startswith("#"))
    yield element.text or "", inside
    for child in element:
        yield from texts(child, linked=inside)
        yield child.tail or "", inside


def test_every_number_is_a_link(page: str) -> None:
    body = html.fromstring(page).find("body/main")
    loose = [text.strip() for text, linked in texts(body) if re.search(r"\d", text) and not linked]
    assert [text for text in loose if not is_of_the_forecasts_account(text)] == []


def is_a_figure(element: html.HtmlElement) -> bool:
    return element.tag == "th" and element.find(".//a") is not None


def is_of_the_forecasts_account(text: str) -> bool:
    return text.startswith(("200 times", "vidra 2031", "leave_rate"))


def test_every_link_leads_to_an_anchor_of_the_page(page: str) -> None:
    tree = html.fromstring(page)
    anchors = set(tree.xpath("//@id"))
    targets = {href.removeprefix("#") for href in tree.xpath("//@href")}
    assert targets - anchors == set()


def test_no_id_is_given_twice(page: str) -> None:
    ids = html.fromstring(page).xpath("//@id")
    assert sorted(ids) == sorted(set(ids))


def test_nothing_is_fetched_and_nothing_runs(page: str) -> None:
    tree = html.fromstring(page)
    assert all(value.startswith("#") for value in tree.xpath("//@href | //@src | //@data | //@action"))
    assert not tree.xpath("//script | //link | //iframe | //img | //object | //form")
    assert not re.search(r"https?://|url\((?!#)|@import", page)


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 3_000_000


def test_it_says_not_for_release_on_screen_and_on_every_printed_page(page: str) -> None:
    assert page.count("RESTRICTED — not for release") >= 4
    assert re.search(r"\.strip \{ display: block; position: fixed", page)


def test_sections_are_in_order_and_headed(page: str) -> None:
    tree = html.fromstring(page)
    assert [section.get("id") for section in tree.xpath("//main/section")] == [anchor for anchor, _ in CONTENTS]
    assert all(section.find("h2") is not None for section in tree.xpath("//main/section"))
    assert tree.get("lang") == "en"
    assert not tree.xpath("//thead//th[not(@scope)] | //tbody//th[not(@scope)]")
    assert all(tree.xpath("//figure//svg/@aria-label"))


def test_a_claim_is_quoted_with_its_own_words_marked(page: str) -> None:
    marks = [mark.text for mark in html.fromstring(page).xpath("//section[@id='claims']//mark")]
    assert "Some 41,500" in marks
    assert "took Pellan" in marks


def test_a_projection_stands_apart_and_is_called_no_observation(page: str) -> None:
    tree = html.fromstring(page)
    (box,) = tree.xpath("//section[@id='figures']//div[@class='box']")
    assert "300,000" in box.text_content()
    assert "not an observation" in box.text_content()
    tables = tree.xpath("//section[@id='figures']/div[@class='wide']")
    assert not any("300,000" in table.text_content() for table in tables)


def test_stocks_and_flows_are_in_different_tables(page: str) -> None:
    stocks, flows = html.fromstring(page).xpath("//section[@id='figures']/div[@class='wide']/table")
    assert "41,500" in stocks.text_content()
    assert "20,000–99,999" not in stocks.text_content()
    assert "20,000–99,999" in flows.text_content()


def test_what_is_supposed_is_not_told_as_happened(page: str) -> None:
    events = html.fromstring(page).xpath("//section[@id='events']")[0]
    happened, supposed = events.find("div/table"), events.find("div[@class='box']")
    assert "Ostry" not in happened.text_content()
    assert "Ostry" in supposed.text_content()


def test_key_points_name_who_says_it_and_only_a_speakers_latest_figure(page: str) -> None:
    text = html.fromstring(page).xpath("//section[@id='key-points']")[0].text_content()
    assert "About 41,500 displaced people in camps at Vidra — the relief office" in text
    assert "38,000" not in text
    assert "Pellan: held by Northern army, before: held by River league" in text


def test_without_a_told_change_the_latest_telling_events_stand_for_it(released: Released) -> None:
    situation = released.situation.model_copy(update={"changes": ()})
    page = render_brief(dataclasses.replace(released, situation=situation))
    text = html.fromstring(page).xpath("//section[@id='key-points']")[0].text_content()
    assert "8 May 2031: Northern army captured Pellan — the interior ministry" in text


def test_the_forecast_is_headed_illustration_not_validated(page: str) -> None:
    (head,) = html.fromstring(page).xpath("//section[@id='forecast']/h2/text()")
    assert head == "Forecast: illustration, not validated"


def test_where_arrivals_are_net_the_table_names_the_places(released: Released) -> None:
    def captions(rests_on: Literal["reports", "simulation"]) -> list[str]:
        assert released.forecast is not None
        last = LastReport(location="vidra", day=released.situation.on, people=900, present_rests_on=rests_on)
        told = released.forecast.model_copy(update={"last_reports": (last,)})
        page = render_brief(dataclasses.replace(released, forecast=told))
        return [text for text in html.fromstring(page).xpath("//caption/text()") if text.startswith("Arrivals")]

    assert captions("reports") == ["Arrivals, summed from the first day; net, as reports foretell, at Vidra (persons)"]
    assert captions("simulation") == ["Arrivals, summed from the first day (persons)"]


def test_a_brief_without_forecast_names_the_file_to_fill(released_without_forecast: Released) -> None:
    text = html.fromstring(render_brief(released_without_forecast)).xpath("//section[@id='forecast']")[0].text_content()
    assert "roads.csv" in text
    assert "Write the roads between places into roads.csv." in text


def test_text_of_reports_never_becomes_markup(released: Released) -> None:
    hostile = "<script>alert(1)</script>"
    reports = tuple(
        dataclasses.replace(report, title=hostile, text=report.text.replace("the relief office", hostile))
        for report in released.reports
    )
    readings = tuple(
        reading.model_copy(update={"parties": tuple(p.model_copy(update={"name": hostile}) for p in reading.parties)})
        for reading in released.readings
    )
    page = render_brief(dataclasses.replace(released, reports=reports, readings=readings, title=hostile))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_names_on_map_and_plots_never_become_markup(released: Released) -> None:
    hostile = '"><script>alert(1)</script>'
    places = tuple(state.model_copy(update={"name": hostile}) for state in released.situation.places)
    geography = dataclasses.replace(
        released.geography, places=tuple(p.model_copy(update={"name": hostile}) for p in released.geography.places)
    )
    situation = released.situation.model_copy(update={"places": places})
    page = render_brief(dataclasses.replace(released, situation=situation, geography=geography))
    assert "<script" not in page


def test_rendering_twice_gives_the_same_bytes(released: Released, page: str) -> None:
    assert render_brief(released).encode() == page.encode()


def test_an_empty_crisis_still_gives_a_page_that_says_what_lacks(released_without_forecast: Released) -> None:
    day = released_without_forecast.situation.on
    empty = {"situation": Situation(on=day, as_of=day), "reports": (), "readings": (), "claims": ()}
    page = render_brief(dataclasses.replace(released_without_forecast, **empty))
    for words in (
        "There are no claims yet",
        "No place has coordinates",
        "The reports tell of no event",
        "No report was read",
    ):
        assert words in page


def test_a_report_without_title_or_publisher_is_named_by_its_file(released: Released) -> None:
    untold = {"title": None, "publisher": None}
    bare = tuple(dataclasses.replace(report, **untold) for report in released.reports)
    assert "army-nears-the-river.txt" in render_brief(dataclasses.replace(released, reports=bare))


def test_of_very_many_claims_those_that_the_page_leads_to_are_kept(released: Released) -> None:
    first, *others = released.claims
    many = tuple(dataclasses.replace(others[0], id=f"extra{number}") for number in range(2500))
    page = render_brief(dataclasses.replace(released, claims=(first, *others, *many)))
    tree = html.fromstring(page)
    anchors = set(tree.xpath("//@id"))
    assert {href.removeprefix("#") for href in tree.xpath("//@href")} <= anchors
    assert f"claim-{released.claims[4].id}" in anchors
    assert "more claims are in the ledger" in page
    assert len(page.encode()) < 3_000_000


def test_openstreetmap_is_credited_only_where_a_road_of_it_shows(released: Released, page: str) -> None:
    assert "OpenStreetMap" not in page
    mapped = released.geography.roads[0].model_copy(update={"source": "OpenStreetMap, as of 2026-01-02, sha256 0"})
    geography = dataclasses.replace(released.geography, roads=(mapped, *released.geography.roads[1:]))
    shown = render_brief(dataclasses.replace(released, geography=geography))
    assert "OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright), where roads.csv names it" in shown
