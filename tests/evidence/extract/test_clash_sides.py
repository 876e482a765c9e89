"""Contract: those with whom one clashes fight that one and not each other, and take no town with him."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"
ALLIES = {("hezbollah", "syrian-army"), ("hezbollah", "ypg")}


@pytest.mark.parametrize(
    "sentence",
    ["Hezbollah captured Azaz after clashes with the Syrian army and YPG militias.",
     "Hezbollah took Azaz on Monday after heavy fighting with the Syrian army and the YPG.",
     "Hezbollah has seized Azaz following clashes with the Syrian army and the YPG.",
     "Azaz was captured by Hezbollah after clashes with the Syrian army and the YPG.",
     "After clashes with the Syrian army and the YPG, Hezbollah captured Azaz.",
     "Hezbollah is locked in battles with the Syrian army and the YPG in Azaz."],
)  # fmt: skip
def test_two_with_whom_one_clashes_fight_that_one(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert told.ties("fights") == ALLIES
    assert [event.actors for event in told.events("capture")] in ([], [("hezbollah",)])


@pytest.mark.parametrize(
    "sentence",
    ["Clashes with the Syrian army and the YPG were reported in Azaz.",
     "Residents fled Azaz amid clashes with the Syrian army and the YPG."],
)  # fmt: skip
def test_with_nobody_else_named_allies_do_not_fight_each_other(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert told.ties("fights") == set()
    assert [event.actors for event in told.events("clash")] == [("syrian-army", "ypg")]


@pytest.mark.parametrize(
    "sentence",
    ["Clashes between the Syrian army and the YPG erupted in Azaz.",
     "The Syrian army withdrew from Azaz after clashes with the YPG.",
     "The Syrian army said it left Azaz after clashes with the YPG."],
)  # fmt: skip
def test_two_sides_of_a_clash_fight_each_other(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).ties("fights") == {("syrian-army", "ypg")}


@pytest.mark.parametrize(
    ("sentence", "takers"),
    [("After clashes with Hezbollah, the Syrian army and the YPG captured Azaz.", ("syrian-army", "ypg")),
     ("After talks with Hezbollah and the YPG, the Syrian army captured Azaz.", ("syrian-army",)),
     ("After a week, the Syrian army, the YPG and Hezbollah captured Azaz.", ("syrian-army", "ypg", "hezbollah")),
     ("The Syrian army, the YPG and Hezbollah captured Azaz.", ("syrian-army", "ypg", "hezbollah"))],
)  # fmt: skip
def test_who_stands_in_the_opening_phrase_takes_nothing(
    sentence: str, takers: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    assert [event.actors for event in read(sentence, gazetteer).events("capture")] == [takers]
