"""Contract: a day in a clause of its own is of that clause alone, and what is so now is of the report's day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"


def starts(text: str, gazetteer: Gazetteer) -> dict[tuple[str, str], dt.date | None]:
    """Return the first day of each event, by its type and place."""
    events = read(text, gazetteer).reading.events
    return {(event.type, event.places[0]): event.when.from_ if event.when else None for event in events if event.places}


def test_a_day_in_a_relative_clause_is_not_of_the_main_verb(gazetteer: Gazetteer) -> None:
    told = starts("The army, which lost Afrin in 2023, has retaken Azaz.", gazetteer)
    assert told == {("loss", AFRIN): dt.date(2023, 1, 1), ("capture", AZAZ): None}


def test_a_main_verb_keeps_a_day_of_its_own(gazetteer: Gazetteer) -> None:
    told = starts("The army, which lost Afrin in 2023, has retaken Azaz on Sunday.", gazetteer)
    assert told == {("loss", AFRIN): dt.date(2023, 1, 1), ("capture", AZAZ): dt.date(2031, 3, 2)}


def test_each_verb_keeps_the_day_of_its_clause(gazetteer: Gazetteer) -> None:
    text = "Rebels captured Azaz on Tuesday after losing Afrin to the army in February."
    told = starts(text, gazetteer)
    assert (told["capture", AZAZ], told["loss", AFRIN]) == (dt.date(2031, 3, 4), dt.date(2031, 2, 1))


@pytest.mark.parametrize("what", ["losing Afrin to the army", "losing the town of Afrin"])
def test_the_day_of_what_came_before_is_not_of_what_came_after(what: str, gazetteer: Gazetteer) -> None:
    told = starts(f"Rebels captured Azaz after {what} in February.", gazetteer)
    assert (told["capture", AZAZ], told["loss", AFRIN]) == (None, dt.date(2031, 2, 1))


def test_the_day_of_fighting_is_that_of_the_capture_behind_it(gazetteer: Gazetteer) -> None:
    assert starts("Rebels captured Azaz after heavy fighting on Monday.", gazetteer)["capture", AZAZ] == dt.date(
        2031, 3, 3
    )


def test_what_is_so_now_has_no_day_told_before(gazetteer: Gazetteer) -> None:
    text = "Azaz has changed hands twice this month and is now back under army control."
    (tie,) = read(text, gazetteer).reading.relations
    (plain,) = read("Azaz is now back under army control.", gazetteer).reading.relations
    assert (tie.subject, tie.object) == ("syrian-army", AZAZ)
    assert tie.when is not None
    assert plain.when is not None
    assert (tie.when.text, tie.when.from_) == ("now", plain.when.from_)
