"""The grades of crisis.yaml as odds: of two sources that are apart, how much likelier one is to be right."""

from __future__ import annotations

from collections.abc import Iterable

from tidings.assess.settings import load_settings
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.assess.weighing import grade_factor
from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis
from tidings.forecast.levels import Odds


def odds_by_grade(crisis: Crisis, sources: Iterable[str]) -> Odds:
    """Return by source the odds factor of its grade, as in `assess`; sources without one are left out.

    Parameters
    ----------
    sources
        By the one name that each goes by (`reports_told.source_of`).
    """
    parties = {slug(name): party.id for party in crisis.parties for name in (party.name, *party.other_names)}
    book, settings = SourceBook.of(crisis, Sides.of(crisis.parties, ())), load_settings()
    grades = {source: book.grade(parties.get(slug(source), source)) for source in sources if source}
    return {source: grade_factor(grade, settings) for source, grade in grades.items() if grade}
