"""Events stand under the day that their words tell, or under the days among which these put them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from lxml import html

from tidings.evidence.reading import When
from tidings.present.brief import render_brief
from tidings.release.released import Released

SECTION = "//section[@id='events']//th[@scope='rowgroup']"


def test_what_happened_in_a_span_of_days_is_not_put_on_its_first(released: Released) -> None:
    claim = next(claim for claim in released.claims if claim.predicate == "road_cut")
    last_year = When.model_validate({"from": dt.date(2030, 1, 1), "until": dt.date(2031, 1, 1), "text": "last year"})
    content = claim.content.model_copy(update={"when": last_year, "id": "long-ago"})
    told = dataclasses.replace(claim, id="claim-of-last-year", content=content)
    page = html.fromstring(render_brief(dataclasses.replace(released, claims=(*released.claims, told))))
    heads = [head.text_content() for head in page.xpath(SECTION)]
    assert "1 January 2030 to 31 December 2030" in heads
    assert heads.index("9 May 2031") < heads.index("1 January 2030 to 31 December 2030")
