"""How many people live in a place: the newest figure or table row that tells it, else places.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tidings.assess.evidence import day_of
from tidings.evidence.claim import Claim, State
from tidings.evidence.lineage import ALONE, Lineage
from tidings.evidence.reading import Figure
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.geography.places import Place
from tidings.situation.situation import SourcedRange


@dataclass(frozen=True, slots=True)
class _Told:
    day: dt.date
    claim: str
    people: tuple[float | None, float | None, float | None]
    """Best value, low, high."""


def populations(
    places: Iterable[Place], claims: Iterable[Claim], on: dt.date, lineage: Lineage = ALONE
) -> dict[str, SourcedRange]:
    """Return the population of every place; unknown where nobody tells it, never zero.

    Copies, and figures in whose place a later one stands on the day, tell none.
    """
    told: dict[str, list[_Told]] = {}
    for claim in lineage.own(claims):
        if lineage.is_replaced(claim, on):
            continue
        if claim.certainty in BELIEVABLE and on in claim.valid and day_of(claim) <= on:
            for place, entry in _entries(claim):
                told.setdefault(place, []).append(entry)
    return {place.id: _newest(told[place.id]) if place.id in told else _tabled(place) for place in places}


def tells_population(claim: Claim) -> bool:
    """Whether a claim tells how many people live somewhere."""
    return claim.certainty in BELIEVABLE and any(_entries(claim))


def _entries(claim: Claim) -> Iterator[tuple[str, _Told]]:
    content = claim.content
    if isinstance(content, Figure) and (content.status, content.unit) == ("population", "person"):
        if len(content.at) == 1 and content.extent == "whole":
            people = (content.value, content.low, content.high)
            yield content.at[0], _Told(day_of(claim), claim.id, people)
    elif isinstance(content, State) and content.predicate == "population":
        yield content.subject, _Told(day_of(claim), claim.id, (float(content.value), None, None))


def _tabled(place: Place) -> SourcedRange:
    if place.population is None:
        return SourcedRange()
    return SourcedRange(value=place.population, source=place.population_source or "places.csv")


def _newest(told: list[_Told]) -> SourcedRange:
    """Take the newest; where those of one day differ none is better, and only their range is known."""
    newest = max(entry.day for entry in told)
    of_day = sorted((entry for entry in told if entry.day == newest), key=lambda entry: entry.claim)
    value, low, high = of_day[0].people
    if len({entry.people[0] for entry in of_day}) > 1:
        all_people = [n for entry in of_day for n in entry.people if n is not None]
        value, low, high = None, min(all_people), max(all_people)
    return SourcedRange(value=value, low=low, high=high, source=of_day[0].claim)
