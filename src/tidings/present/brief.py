"""The brief: one HTML page that opens offline, prints on A4, and leads every number to the words behind it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tidings.present import brief_situation as situation
from tidings.present.brief_disputes import disputes
from tidings.present.brief_events import happenings, timeline
from tidings.present.brief_figures import figure_tables
from tidings.present.brief_forecast import forecast_section
from tidings.present.brief_key import key_points
from tidings.present.brief_parts import Dated, Desk, Linked, dated
from tidings.present.brief_sources import (
    InputRow,
    claim_groups,
    credit_lines,
    input_rows,
    instant_words,
    source_rows,
)
from tidings.present.brief_tornado import Tornado
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
    desk = Desk.of(released)
    template, page = _environment().get_template("brief.html.jinja"), _page(desk)
    kept = None
    if len(released.claims) > MOST_CLAIMS:
        kept = _most_needed(desk, template.render({**page, "claims": (), "n_shown": 0}))
    n_shown = len(released.claims) if kept is None else len(kept)
    return template.render({**page, "claims": claim_groups(desk, kept), "n_shown": n_shown})


def _most_needed(desk: Desk, draft: str) -> frozenset[str]:
    """Return the anchors of the claims that the rest of the page leads to, and of the newest."""
    known = [f"claim-{claim.id}" for claim in desk.released.claims]
    used = set(re.findall(r'href="#(claim-[^"]+)"', draft))
    return frozenset((*known[-(MOST_CLAIMS // 2) :], *used.intersection(known)))


def _page(desk: Desk) -> dict[str, Any]:
    released = desk.released
    generated, geography, forecast = released.generated, _geography(desk), forecast_section(desk)
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
        "has_bulletins": bool(released.forecast and released.forecast.made_from.bulletins),
        "forecast": forecast,
        "timeline": timeline(desk),
        **geography,
        **_evidence(desk),
        "inputs": _inputs_shown(desk, geography, forecast.changes),
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


def _inputs_shown(desk: Desk, geography: dict[str, Any], changes: Tornado | None) -> tuple[InputRow, ...]:
    """Return the inputs that the tables show: nobody needs those of ten thousand places."""
    tables = (geography[name] for name in ("holders", "roads", "crossings", "access"))
    parts = [part for table in tables for row in table.shown for cell in row.cells for part in cell]
    parts += changes.parts if changes else ()
    shown = {part.href for part in parts if isinstance(part, Linked)}
    return tuple(row for row in input_rows(desk) if f"#{row.anchor}" in shown)


def _evidence(desk: Desk) -> dict[str, Any]:
    return {
        "disputes": disputes(desk),
        "unknowns": situation.unknowns(desk),
        "unplaced": situation.unplaced(desk),
        "cautions": situation.cautions(desk),
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
