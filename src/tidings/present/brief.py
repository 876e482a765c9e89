"""The brief: one HTML page that opens offline, prints on A4, and leads every number to the words behind it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tidings.present import brief_situation as situation
from tidings.present.brief_events import happenings, timeline
from tidings.present.brief_figures import figure_tables
from tidings.present.brief_forecast import forecast_section
from tidings.present.brief_key import key_points
from tidings.present.brief_parts import Dated, Desk, Linked, dated
from tidings.present.brief_sources import (
    ClaimRow,
    InputRow,
    claim_rows,
    credit_lines,
    input_rows,
    instant_words,
    source_rows,
)
from tidings.present.map import HEIGHT_TO_WIDTH, render_map
from tidings.present.map_extent import find_extent, outside_map
from tidings.present.svg import inline
from tidings.present.words import listed
from tidings.release.released import Released

MOST_CLAIMS = 2000
CONTENTS = (
    ("key-points", "Key points"), ("events", "What happened"), ("map", "Map"), ("holders", "Who holds what"),
    ("roads", "Roads, crossings, access"), ("figures", "Figures of people"), ("forecast", "Forecast"),
    ("timeline", "Timeline"), ("disagreements", "Disagreements"), ("unknown", "Not known"), ("claims", "Claims"),
    ("sources", "Sources"), ("methods", "Methods and credits"),
)  # fmt: skip


def render_brief(released: Released) -> str:
    """Return the brief as one self-contained HTML page.

    It fetches nothing and runs nothing; the same released value gives the same text. Every figure, state and forecast
    number is a link to the claim (`#claim-…`), the input or the account of the forecast that it comes from.
    """
    template = _environment().get_template("brief.html.jinja")
    page = _page(released)
    if len(page["claims"]) > MOST_CLAIMS:
        draft = template.render({**page, "claims": ()})
        page["claims"] = _most_needed(page["claims"], draft)
    return template.render(page)


def _most_needed(rows: tuple[ClaimRow, ...], draft: str) -> tuple[ClaimRow, ...]:
    """Return the claims that the rest of the page leads to, and the newest: all would make it too heavy to send."""
    used = set(re.findall(r'href="#(claim-[^"]+)"', draft))
    newest = {row.anchor for row in rows[-(MOST_CLAIMS // 2) :]}
    return tuple(row for row in rows if row.anchor in used or row.anchor in newest)


def _page(released: Released) -> dict[str, Any]:
    desk = Desk.of(released)
    generated, geography = released.generated, _geography(desk)
    return {
        "title": released.title,
        "profile": released.profile,
        "code": _code_name(released.code),
        "on": dated(released.situation.on),
        "as_of": dated(released.situation.as_of),
        "generated": Dated(dated(generated.date()).text, generated.isoformat()),
        "made_at": instant_words(generated),
        "contents": CONTENTS,
        "key": key_points(desk),
        "events": happenings(desk),
        "figures": figure_tables(desk),
        "forecast": forecast_section(desk),
        "timeline": timeline(desk),
        **geography,
        **_evidence(desk),
        "inputs": _inputs_shown(desk, geography),
    }


def _geography(desk: Desk) -> dict[str, Any]:
    extent = find_extent(desk.released, HEIGHT_TO_WIDTH)
    beyond = outside_map(desk.released, extent) if extent else ()
    return {
        "map": inline(render_map(desk.released)) if extent else "",
        "outside": listed(sorted({state.name for state in beyond})),
        "holders": situation.holders(desk),
        "roads": situation.roads(desk),
        "crossings": situation.crossings(desk),
        "access": situation.access(desk),
    }


def _inputs_shown(desk: Desk, geography: dict[str, Any]) -> tuple[InputRow, ...]:
    """Return the inputs that the tables show: nobody needs those of ten thousand places."""
    tables = (geography[name] for name in ("holders", "roads", "crossings", "access"))
    parts = (part for table in tables for row in table.shown for cell in row.cells for part in cell)
    shown = {part.href for part in parts if isinstance(part, Linked)}
    return tuple(row for row in input_rows(desk) if f"#{row.anchor}" in shown)


def _evidence(desk: Desk) -> dict[str, Any]:
    return {
        "disputes": situation.disputes(desk),
        "unknowns": situation.unknowns(desk),
        "unplaced": situation.unplaced(desk),
        "cautions": situation.cautions(desk),
        "claims": claim_rows(desk),
        "n_claims": len(desk.released.claims),
        "sources": source_rows(desk),
        "credits": credit_lines(desk),
    }


def _code_name(code: str) -> str:
    return code.replace("tidings", "Tidings", 1) if code.startswith("tidings") else f"Tidings {code}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("tidings.present", "templates"),
        autoescape=True,  # reports are strangers' text: nothing of them may become markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
