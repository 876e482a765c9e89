"""Stocks of people as bulletins tell them: in persons, the newest of each place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from tidings.crisis.crisis import Bulletin

LIKELY_HOUSEHOLD = (2, 10)
"""Persons a household between which a size is no surprise: countries have about 2 to 9 on average (UN DESA, Household
Size and Composition Around the World 2017)."""


def is_household_odd(bulletin: Bulletin) -> bool:
    """Whether a bulletin counts households of a size that is hardly one: a digit too many, or people for households.

    Examples
    --------
    >>> told = Bulletin(place="camp", day=dt.date(2031, 3, 1), measure="stock", people=9, unit="household")
    >>> [is_household_odd(told.model_copy(update={"household_size": size})) for size in (1.5, 2, 10, 50, None)]
    [True, False, False, True, False]
    """
    size = bulletin.household_size if bulletin.unit == "household" else None
    return size is not None and not LIKELY_HOUSEHOLD[0] <= size <= LIKELY_HOUSEHOLD[1]


def latest_stocks(bulletins: Iterable[Bulletin], last: dt.date = dt.date.max) -> dict[str, Bulletin]:
    """Return the newest stock of each place up to a day, a stock of nobody included.

    Of those of one day, one with a best value goes before a bare range, then the one published last, and of several
    published at once the largest: nobody may be missing. The order of rows is irrelevant.
    """
    stocks = [b for b in bulletins if b.measure == "stock" and b.day <= last and persons_of(b) is not None]
    ranked = sorted(stocks, key=_rank)
    return {b.place: b for b in ranked}


def _rank(bulletin: Bulletin) -> tuple[dt.date, bool, dt.date, float]:
    published = bulletin.published or bulletin.day
    return bulletin.day, bulletin.people is not None, published, persons_of(bulletin) or 0.0


def places_of_mixed_units(bulletins: Iterable[Bulletin]) -> tuple[str, ...]:
    """Return the places whose stocks are told in persons and in households, in the order of bulletins.

    Examples
    --------
    >>> camp = Bulletin(place="camp", day=dt.date(2031, 3, 1), measure="stock", people=100)
    >>> places_of_mixed_units([camp, camp.model_copy(update={"unit": "household"})])
    ('camp',)
    """
    units: dict[str, set[str]] = {}
    for bulletin in bulletins:
        if bulletin.measure == "stock":
            units.setdefault(bulletin.place, set()).add(bulletin.unit)
    return tuple(place for place, met in units.items() if len(met) > 1)


def persons_of(bulletin: Bulletin) -> float | None:
    """Return the persons of a bulletin: households times their size; the middle of a bare range; None where not told.

    Examples
    --------
    >>> day = dt.date(2031, 3, 1)
    >>> persons_of(Bulletin(place="camp", day=day, measure="stock", low=100, high=300))
    200.0
    >>> persons_of(Bulletin(place="camp", day=day, measure="stock", people=100, unit="household")) is None
    True
    """
    size = bulletin.household_size if bulletin.unit == "household" else 1.0
    number = bulletin.people
    if number is None and bulletin.low is not None and bulletin.high is not None:
        number = (bulletin.low + bulletin.high) / 2
    return None if size is None or number is None else number * size
