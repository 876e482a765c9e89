"""Who is present stands beside the last report of the place, who told it, and what the row rests on."""

from __future__ import annotations

import dataclasses
import datetime as dt

from lxml import html

from tests.present.conftest import DAY, FIGURE, make_target
from tidings.forecast.document import CountTold, LastReport
from tidings.geography.graph import Geography
from tidings.present.brief import render_brief
from tidings.release.released import Released

PRESENT = {"quantity": "present", "period_days": 0}


def table_of(released: Released, *lasts: LastReport, quantity: str = "present") -> list[list[str]]:
    """Return the rows of the table of who is present, its head first."""
    kinds = {place.id: place.model_copy(update={"kind": "camp"}) for place in released.geography.places}
    geography = Geography(tuple(kinds.values()), released.geography.roads, released.geography.crossings)
    present = tuple(make_target("vidra", "place", lead, 900.0).model_copy(update=PRESENT) for lead in (6, 14))
    assert released.forecast is not None
    targets = (*present, *released.forecast.targets)
    forecast = released.forecast.model_copy(update={"targets": targets, "last_reports": lasts})
    page = html.fromstring(render_brief(dataclasses.replace(released, forecast=forecast, geography=geography)))
    caption = {"present": "People in camps", "arrivals": "Arrivals"}[quantity]
    (table,) = page.xpath(f"//section[@id='forecast']//table[starts-with(caption, '{caption}')]")
    return [[" ".join(cell.text_content().split()) for cell in row.iterchildren()] for row in table.iter("tr")]


def last(**fields: object) -> LastReport:
    told = {"location": "vidra", "day": DAY, "people": 8300, "source": "UNHCR", "present_rests_on": "reports"}
    return LastReport.model_validate(told | fields)


def test_the_last_report_its_source_and_what_the_row_rests_on_stand_in_each_row(released: Released) -> None:
    head, first, second = table_of(released, last())
    assert head[-2:] == ["Last report", "Rests on"]
    assert first[-2:] == second[-2:] == ["8,300 (9 May 2031, UNHCR)", "reports"]


def test_of_sources_that_are_apart_each_number_stands_with_its_source(released: Released) -> None:
    apart = (
        CountTold(source="UNHCR", day=DAY, people=8300, chance=0.5),
        CountTold(day=DAY - dt.timedelta(days=1), people=16_600, chance=0.5, claims=(FIGURE,)),
    )
    _, first, _ = table_of(released, last(apart=apart))
    assert first[-2] == "8,300 (9 May 2031, UNHCR) or 16,600 (8 May 2031, nobody named)"


def test_a_place_without_a_report_rests_on_the_simulation_and_other_tables_have_no_such_columns(
    released: Released,
) -> None:
    assert table_of(released)[1][-2:] == ["–", "simulation"]
    assert table_of(released, quantity="arrivals")[0][-1] == "90 % band"
