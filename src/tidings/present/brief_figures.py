"""Figures of people: people there on a day and people who moved never share a table, nor do projections."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tidings.core.dates import day_known
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Figure
from tidings.present.brief_parts import Desk, Line, Linked, Rows, dated, span
from tidings.present.mentions import OBSERVED, told_once
from tidings.present.words import (
    CERTAINTY_WORDS,
    counted_words,
    figure_words,
    sentence_case,
    status_words,
)

MOST_ROWS = 60
NEEDS = (
    "in_camp", "sheltered", "stranded", "trapped", "besieged", "arrived", "fled", "displaced", "evacuated", "relocated",
    "in_need", "killed", "injured", "returned", "registered", "homeless", "population",
)  # fmt: skip
"""Statuses in the order in which a reader who must act needs them."""


@dataclass(frozen=True)
class FigureRow:
    """One figure, with all the claims that give it: several reports may relay one voice."""

    figure: Figure
    claims: tuple[Claim, ...]
    number: Linked
    what: str
    where: str
    when: Line
    speakers: str
    certainty: str
    references: Line

    @property
    def day(self) -> dt.date:
        """The day on which it became known last."""
        return max(day_known(claim.known_at) for claim in self.claims)


@dataclass(frozen=True)
class FigureTables:
    """The figures, apart by what may be compared."""

    stocks: Rows[FigureRow]
    flows: Rows[FigureRow]
    projections: Rows[FigureRow]
    denied: Rows[FigureRow]


def figure_tables(desk: Desk) -> FigureTables:
    """Return all figures of people in tables that never mix what must not be added."""
    rows = figure_rows(desk)
    seen = [row for row in rows if row.figure.certainty in OBSERVED]
    return FigureTables(
        stocks=Rows.of((row for row in seen if row.figure.measure == "stock"), MOST_ROWS),
        flows=Rows.of((row for row in seen if row.figure.measure == "flow"), MOST_ROWS),
        projections=Rows.of((r for r in rows if r.figure.certainty not in (*OBSERVED, "denied")), MOST_ROWS),
        denied=Rows.of((row for row in rows if row.figure.certainty == "denied"), MOST_ROWS),
    )


def figure_rows(desk: Desk) -> list[FigureRow]:
    """Return one row for each different figure, the most needed first; one that a report repeats stands once."""
    told = (claim for claim in desk.released.claims if isinstance(claim.content, Figure))
    groups = told_once(told, lambda claim: _key(claim, desk.citations[claim.id].speaker))
    return sorted((_row(desk, claims) for claims in groups), key=_rank)


def figure_phrase(row: FigureRow) -> Line:
    """Write a figure as words: 'about 41,500 displaced people in camps at Vidra'."""
    what, where = row.what, row.where
    if what.endswith(" in camps") and where.endswith((" camp", " camps")):
        what, where = what.removesuffix(" in camps"), where.replace("at ", "in ", 1)
    return row.number, " " + " ".join(part for part in (what, where) if part)


def is_bygone(row: FigureRow, on: dt.date) -> bool:
    """Whether a stock is told to have ended by a day: how many lived there before the war."""
    period = row.figure.period
    ended = bool(period and period.from_ is None and period.until and period.until <= on)
    return row.figure.measure == "stock" and ended


def _row(desk: Desk, claims: tuple[Claim, ...]) -> FigureRow:
    figure = claims[-1].content
    assert isinstance(figure, Figure)
    ids = [claim.id for claim in claims]
    words = figure_words(figure) if figure.value is not None else f"“{figure.text}” ({figure_words(figure)})"
    return FigureRow(
        figure=figure,
        claims=claims,
        number=desk.number(words, ids, "#claims"),
        what=f"{counted_words(figure)} {status_words(figure)}",
        where=_where(desk, figure),
        when=_when(claims[-1], figure),
        speakers=desk.speakers(ids),
        certainty=sentence_case(CERTAINTY_WORDS[figure.certainty]),
        references=desk.references(ids),
    )


def _at(desk: Desk, figure: Figure) -> str:
    """Say where people are; of a figure that counts a part of a place, or its surroundings too, say so."""
    if not figure.at or figure.extent == "whole":
        return desk.located(figure.at)
    return f"{'in a part of' if figure.extent == 'part' else 'in and around'} {desk.names.listed(figure.at)}"


def _where(desk: Desk, figure: Figure) -> str:
    origin = f"from {desk.names.listed(figure.origin)}" if figure.origin else ""
    there = desk.located(figure.destination) if figure.status == "arrived" else ""
    way = "towards" if figure.status == "fled" else "to"
    destination = there or (f"{way} {desk.names.listed(figure.destination)}" if figure.destination else "")
    parts = (_at(desk, figure), origin, destination)
    return " ".join(part for part in parts if part)


def _when(claim: Claim, figure: Figure) -> Line:
    told = span(figure.period.from_, figure.period.until) if figure.period else ()
    return told or ("as known on ", dated(day_known(claim.known_at)))


def _key(claim: Claim, speaker: str) -> tuple[object, ...]:
    figure = claim.content
    assert isinstance(figure, Figure)
    numbers = (figure.value, figure.low, figure.high, figure.unit, figure.quantifier)
    return (*numbers, figure.status, figure.certainty, figure.at, figure.origin, figure.destination, speaker)


def _rank(row: FigureRow) -> tuple[int, float, str]:
    need = NEEDS.index(row.figure.status) if row.figure.status in NEEDS else len(NEEDS)
    return need, -(row.figure.value or row.figure.high or row.figure.low or 0.0), row.claims[0].id
