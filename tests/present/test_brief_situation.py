"""A population leads to whatever tells it: the claim, or the row of the crisis's own tables in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from lxml import html

from tidings.present.brief import render_brief
from tidings.release.released import Released
from tidings.situation.situation import Access, SourcedRange

Populated = Callable[..., html.HtmlElement]


@pytest.fixture
def brief_with(released: Released) -> Populated:
    def render(**people: object) -> html.HtmlElement:
        situation = released.situation
        population = SourcedRange.model_validate(people)
        places = tuple(
            state.model_copy(update={"population": population}) if state.id == "pellan" else state
            for state in situation.places
        )
        cut = Access.model_validate(
            {
                "place": "pellan",
                "cut_off": {"yes": 0.9, "unknown": 0.1},
                "people": population.model_dump(exclude={"source"}),
            }
        )
        changed = situation.model_copy(update={"places": places, "access": (cut,)})
        return html.fromstring(render_brief(dataclasses.replace(released, situation=changed)))

    return render


def link_of(page: html.HtmlElement, section: str, text: str) -> str:
    """Return where a number of a section leads."""
    (target,) = page.xpath(f"//section[@id='{section}']//tbody//a[text()='{text}']/@href")
    return str(target)


def test_a_population_told_by_a_claim_leads_to_that_claim_and_not_to_the_newest_on_control(
    brief_with: Populated, released: Released
) -> None:
    claim = next(claim for claim in released.claims if claim.predicate == "fled").id
    page = brief_with(value=30_500, source=claim)
    assert link_of(page, "holders", "30,500") == f"#claim-{claim}"
    assert link_of(page, "roads", "30,500") == f"#claim-{claim}"


def test_a_population_of_a_table_leads_to_its_row_with_its_source_in_words(brief_with: Populated) -> None:
    page = brief_with(value=31_000, source="census 2025")
    assert link_of(page, "holders", "31,000") == "#input-pellan"
    (row,) = page.xpath("//tr[@id='input-pellan']")
    assert "census 2025" in row.text_content()


def test_no_input_names_a_claim_by_its_bare_id(brief_with: Populated, released: Released) -> None:
    claim = released.claims[0].id
    page = brief_with(value=30_500, source=claim)
    assert not any(claim in row.text_content() for row in page.xpath("//tr[starts-with(@id, 'input-')]"))


def test_a_population_without_a_best_value_is_shown_as_its_range(brief_with: Populated) -> None:
    page = brief_with(low=20_000, high=40_000, source="two censuses")
    assert link_of(page, "holders", "20,000–40,000") == "#input-pellan"
