"""Reports with claims in their sentences, made by hand for tests: what is read hangs on the words alone."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

from tests.evidence.making import DAY, claim_of, controls, event, figure, report_of
from tidings.core.ids import ReportId, sha256_of
from tidings.evidence.claim import Claim, Content
from tidings.evidence.report import Report

TOLD: dict[str, tuple[str, Content]] = {
    "capture": (
        "Soldiers of the army captured the old market town of Varn on Monday after two days of heavy shelling.",
        event("capture", ("varn",), ("army",)),
    ),
    "siege": (
        "The northern town of Tolm has been besieged for three weeks and its mills have run out of flour.",
        event("siege", ("tolm",)),
    ),
    "road": (
        "Engineers blew up the only bridge between Varn and Tolm before dawn, so that no vehicle can pass.",
        event("road_cut", ("varn", "tolm")),
    ),
    "camp": (
        "Some 12,345 people are sheltering in tents beside the gate, most of them women and small children.",
        figure("sheltered", 12_345, ("gate",)),
    ),
    "hold": ("The rebels still hold Tolm.", controls("rebels", "tolm")),
    "lives": (
        "Before the harvest about 9,000 people lived in the market town and in the farms that lie around it.",
        figure("population", 9_000, ("varn",)),
    ),
}
"""Sentences and what is read in them: where the first four words of one stand in a text, the rest says the same."""
SENTENCES = [sentence for sentence, _ in TOLD.values()]
STORY = "\n\n".join(" ".join(sentence for sentence, _ in list(TOLD.values())[k : k + 2]) for k in (0, 2, 4))


def article(
    text: str = STORY, published: dt.date = DAY, *, title: str = "News of the day", publisher: str | None = "Post"
) -> Report:
    report = report_of(f"{title}\n\n{text}", published, title=title, publisher=publisher)
    return replace(report, id=ReportId(sha256_of(f"{report.text} {published} {publisher}".encode())))


def read(report: Report, speakers: tuple[str, ...] = ()) -> tuple[Claim, ...]:
    """Return the claims of the known sentences that a report holds, or begins."""
    found = ((_start(report, sentence), content) for sentence, content in TOLD.values())
    return tuple(claim_of(report, content, start=at, speakers=speakers) for at, content in found if at is not None)


def said(report: Report, content: Content, words: str, **fields: Any) -> Claim:
    """Return a claim that is read at some words of a report."""
    return claim_of(report, content, start=report.text.index(words), **fields)


def _start(report: Report, sentence: str) -> int | None:
    words = (re.escape(word) for word in sentence.split()[:4])
    found = re.search(r"\s+".join(words), report.text)
    return found.start() if found else None
