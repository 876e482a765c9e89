"""Days are dates, instants are UTC-aware, spans are half-open."""

from __future__ import annotations

import contextlib
import datetime as dt

from pydantic import Field

from tidings.core.errors import InputError
from tidings.core.schema import Schema

Day = dt.date
"""A day of the calendar: a `datetime.date`, and no `datetime.datetime`."""


def day_given(value: object, where: str) -> Day:
    """Return a day that somebody gives, be it as the ISO text YYYY-MM-DD.

    Raises
    ------
    InputError
        If it is no day.

    Examples
    --------
    >>> day_given("2016-02-08", "start")
    datetime.date(2016, 2, 8)
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(value)
    fix = "Give a datetime.date, or a text of the form YYYY-MM-DD."
    raise InputError(where=where, met=f"{value!r} is no day", fix=fix)


class DateSpan(Schema):
    """Days from `from` up to, not including, `until`; null is an open end.

    Examples
    --------
    >>> span = DateSpan.of(dt.date(2016, 2, 1), dt.date(2016, 2, 8))
    >>> dt.date(2016, 2, 7) in span, dt.date(2016, 2, 8) in span
    (True, False)
    """

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None

    @classmethod
    def of(cls, from_: Day | None = None, until: Day | None = None) -> DateSpan:
        """Make a span; either end may be open."""
        return cls.model_validate({"from": from_, "until": until})

    @classmethod
    def on(cls, day: Day) -> DateSpan:
        """Make the span of one day."""
        return cls.of(day, day + dt.timedelta(days=1))

    def __contains__(self, day: Day) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)


def end_of_day(day: Day) -> dt.datetime:
    """Return 24:00 UTC of a day: when a date without a time counts as known.

    Examples
    --------
    >>> end_of_day(dt.date(2016, 2, 8)).isoformat()
    '2016-02-09T00:00:00+00:00'
    """
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=dt.UTC)


def day_known(instant: dt.datetime) -> Day:
    """Return the day by whose end something was known: 24:00 UTC still belongs to the day that ends.

    Examples
    --------
    >>> day_known(end_of_day(dt.date(2016, 2, 8))).isoformat()
    '2016-02-08'
    """
    return (instant - dt.timedelta(microseconds=1)).date()


def parse_day(text: str, where: str) -> Day:
    """Read an ISO day (2016-02-08).

    Raises
    ------
    InputError
        If the text is not an ISO day of the calendar.
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            where=where, met=f"'{text}' is not a day", fix="Write the day as YYYY-MM-DD, for example 2016-02-08."
        ) from None
