"""What an uncertain input of a forecast is called, wherever it is shown, and what may be said of one without claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tidings.flow.parameters import parameter_table
from tidings.forecast.document import Sensitivity
from tidings.present.words import day_words, sentence_case

ASSUMED = ("parameter", "violence_ahead", "growth")
"""Kinds of input that no report tells today."""
NOBODY_TOLD = "nobody has told: any report of it helps"
_WHY_ASSUMED = {
    "parameter": "assumed by the model: no report tells it",
    "violence_ahead": "nobody knows it: watch for new reports of violence",
    "growth": "nobody knows it: watch for the next counts",
}


def input_head(one: Sensitivity, name: Callable[[str], str], from_: dt.date) -> str:
    """Name an input in words.

    Parameters
    ----------
    name
        From the id of a place, road or crossing to its name.
    from_
        The first day of the forecast.

    Examples
    --------
    >>> gate = Sensitivity(input="", kind="crossing", subject="g", low=0, high=1, effect_low=0, effect_high=0)
    >>> input_head(gate, {"g": "North Gate"}.__getitem__, dt.date(2031, 3, 7))
    'Crossing at North Gate'
    """
    subject = one.subject or ""
    if one.kind == "parameter":
        return parameter_table()[subject].means.partition(";")[0].rstrip(".")
    if one.kind == "violence_ahead":
        return f"Violence from {day_words(from_)} on"
    named, by = name(subject), one.source or "an unnamed source"
    return {
        "road": sentence_case(named), "crossing": f"Crossing at {named}", "siege": f"Siege of {named}",
        "holder": f"Who holds {named}", "residents": f"Residents of {named}", "violence": f"Violence told of {named}",
        "report": f"Last count at {named} by {by}", "source": f"Reports of {by} at {named}",
        "growth": f"Growth at {named}",
    }[one.kind]  # fmt: skip


def why_assumed(one: Sensitivity) -> str:
    """Say why no claim settles an input; empty where claims may."""
    return _WHY_ASSUMED.get(one.kind, "")


def bulletin_words(one: Sensitivity) -> str:
    """Name the bulletin that an input rests on, but for its day, which follows; empty where it rests on none.

    Examples
    --------
    >>> bulletin_words(Sensitivity(input="", kind="report", source="UNHCR", day=dt.date(2031, 3, 7), low=0, high=1,
    ...     effect_low=0, effect_high=0))
    'the bulletin of UNHCR of '
    """
    if one.day is None:
        return ""
    by = one.source or "an unnamed source"
    return f"the bulletin of {by} of " if one.kind == "report" else f"the bulletins of {by}, the last of "


def unit_words(one: Sensitivity) -> str:
    """Return the unit of an input's ends, with a blank before it; empty where it has none.

    Examples
    --------
    >>> unit_words(Sensitivity(
    ...     input="", kind="parameter", subject="speed_foot", low=15, high=40, effect_low=0, effect_high=0))
    ' km per day'
    """
    unit = parameter_table()[one.subject or ""].unit if one.kind == "parameter" else "1"
    return "" if unit == "1" else f" {unit}"
