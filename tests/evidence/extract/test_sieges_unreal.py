"""Contract: sieges of things, sieges that never came and ends that are not in sight change no town's siege."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


def sieges(text: str, gazetteer: Gazetteer) -> list[str]:
    return [e.type for e in read(text, gazetteer).reading.events if e.type.startswith("siege")]


@pytest.mark.parametrize(
    "behind",
    ["The siege of a hotel in Aleppo ended on Monday.", "The siege of the embassy is over.",
     "Police in Turkey said the siege was over.", "Police in Aleppo said the siege had ended.",
     "The end of the siege is not in sight.", "The lifting of the siege is nowhere in sight.",
     "The end of the siege is far off."],
)  # fmt: skip
def test_what_is_told_of_another_siege_or_of_no_end_yet_lifts_none(behind: str, gazetteer: Gazetteer) -> None:
    assert sieges(f"Azaz is besieged. {behind}", gazetteer) == ["siege"]


@pytest.mark.parametrize(
    "behind",
    ["The siege is over, the army said.", "The siege ended on Monday.", "The siege of the town is over.",
     "The army said the siege was over.", "The end of the siege is a relief."],
)  # fmt: skip
def test_the_siege_of_the_town_told_before_is_lifted(behind: str, gazetteer: Gazetteer) -> None:
    assert sieges(f"Azaz is besieged. {behind}", gazetteer) == ["siege", "siege_lifted"]


@pytest.mark.parametrize(
    "text",
    ["Azaz's siege mentality is old.", "Azaz is surrounded by mountains.", "Azaz, surrounded by olive groves, is old.",
     "A siege of Azaz was averted.", "The UN averted a siege of Azaz."],
)  # fmt: skip
def test_what_is_no_siege_is_read_as_none(text: str, gazetteer: Gazetteer) -> None:
    assert sieges(text, gazetteer) == []


@pytest.mark.parametrize(
    "text",
    ["Azaz is surrounded by rebels.", "Azaz is surrounded by government troops.", "Azaz's siege has lasted a month.",
     "Azaz is surrounded.", "The siege of Azaz goes on."],
)  # fmt: skip
def test_a_plain_siege_stays_one(text: str, gazetteer: Gazetteer) -> None:
    assert sieges(text, gazetteer) == ["siege"]
