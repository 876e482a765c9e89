"""Contract: who is told to have held a place until somebody took it held it before the report, and no longer."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import PUBLISHED, read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"
Held = dict[tuple[str, str], tuple[dt.date | None, dt.date | None]]


def held(text: str, gazetteer: Gazetteer) -> Held:
    """Return from when until when each party is told to hold a place."""
    ties = read(text, gazetteer).reading.relations
    return {
        (tie.subject, tie.object): (tie.when.from_, tie.when.until) if tie.when else (None, None)
        for tie in ties
        if tie.relation == "controls"
    }


@pytest.mark.parametrize(
    "text",
    ["Rebels held Azaz until it was captured.", "Rebels held Azaz until the army captured it.",
     "Rebels controlled the town of Azaz until they were driven out by the army.",
     "Azaz was held by rebels until the army took the town.", "Rebels held Azaz before the army captured the town.",
     "Rebels held Azaz until they withdrew."],
)  # fmt: skip
def test_what_was_held_until_it_was_taken_ended_before_the_report(text: str, gazetteer: Gazetteer) -> None:
    assert held(text, gazetteer)["rebels", AZAZ] == (None, PUBLISHED)


@pytest.mark.parametrize(
    "text",
    ["Rebels held Azaz until it was captured by the army.", "Rebels had held Azaz till it was taken by the army."],
)
def test_who_took_what_was_held_until_then_holds_it(text: str, gazetteer: Gazetteer) -> None:
    told = held(text, gazetteer)
    assert told == {("rebels", AZAZ): (None, PUBLISHED), ("syrian-army", AZAZ): (None, None)}


@pytest.mark.parametrize(
    "text",
    ["Rebels held Azaz until they captured the airport.", "Rebels held Azaz before the army captured Afrin.",
     "Rebels hold Azaz.", "Rebels held Azaz until reinforcements came."],
)  # fmt: skip
def test_what_ends_something_else_ends_no_hold(text: str, gazetteer: Gazetteer) -> None:
    assert held(text, gazetteer)["rebels", AZAZ] == (None, None)


def test_a_day_that_is_told_stays_the_end(gazetteer: Gazetteer) -> None:
    assert held("Rebels controlled Azaz until 2013.", gazetteer)["rebels", AZAZ] == (None, dt.date(2013, 1, 1))
