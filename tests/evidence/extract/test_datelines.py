"""Contract: the agency of a dateline only reports: it takes, holds and strikes nothing, in whatever form it stands."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"
DATELINES = (
    "June 5 (Reuters) - ", "June 5 (Reuters) – ", "5 June (AFP) -- ", "Monday, June 5 (Reuters) - ",
    "BEIRUT, June 5 (Reuters) - ", "Beirut, 5 June 2030 (AFP) — ", "BEIRUT/ANKARA, June 5 (Reuters) - ",
    "(Reuters) - ", "(AFP) ", "BEIRUT (AFP) — ", "Beirut (Reuters) - ", "BEIRUT, Lebanon (AFP) — ",
    "Reuters - ", "AFP — ", "Feb. 5 (Reuters) - ", "(Valley News) - ", "BEIRUT, June 5 (Valley News Agency) - ",
)  # fmt: skip


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize("who", ["Soldiers", "The Turkish army"])
def test_the_agency_of_a_dateline_takes_no_town(dateline: str, who: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(f"{dateline}{who} recaptured Azaz on Wednesday.", gazetteer).events("capture")
    expected = () if who == "Soldiers" else ("turkish-army",)
    assert (capture.actors, capture.places) == (expected, (AZAZ,))


@pytest.mark.parametrize("dateline", DATELINES)
def test_nobody_takes_a_town_from_the_agency_of_a_dateline(dateline: str, gazetteer: Gazetteer) -> None:
    told = read(f"{dateline}Azaz was captured on Wednesday.", gazetteer)
    assert [(event.actors, event.targets) for event in told.events("capture")] == [((), ())]
    assert told.reading.relations == ()


def test_a_dateline_further_down_is_none_of_the_actors_either(gazetteer: Gazetteer) -> None:
    text = "The road is open.\n\nJune 5 (Reuters) - Soldiers took Azaz.\n\nBEIRUT, June 6 (AFP) - Soldiers left Azaz."
    assert [event.actors for event in read(text, gazetteer).reading.events if event.actors] == []


@pytest.mark.parametrize(
    "sentence",
    ["The Turkish army (TSK) - with its allies - took Azaz.", "Turkey - Nato's second army - took Azaz."],
)  # fmt: skip
def test_a_party_before_a_bracket_or_an_aside_still_acts(sentence: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(sentence, gazetteer).events("capture")
    assert capture.actors != ()


def test_what_an_agency_says_in_its_sentence_stays_its_word(gazetteer: Gazetteer) -> None:
    told = read("Soldiers took Azaz, Reuters reported on Monday.", gazetteer)
    assert "reuters" in told.parties()
