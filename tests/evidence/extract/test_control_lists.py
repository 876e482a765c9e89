"""Contract: a list below a word for control tells who holds each of its places, as of the list's day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"
DAY = (dt.date(2022, 5, 3), dt.date(2022, 5, 4))


@pytest.mark.parametrize(
    "text",
    ["Control as of 3 May 2022: Azaz: Syrian army; Afrin: YPG",
     "Control on 3 May 2022: Azaz: Syrian army, Afrin: the YPG.",
     "Who holds what on 3 May 2022: Azaz – Syrian army; Afrin – YPG",
     "Control as of 3 May 2022\nAzaz: Syrian army\nAfrin: YPG\n",
     "Control of towns as of 3 May 2022:\n\n- Azaz: Syrian army\n- Afrin: YPG\n"],
)  # fmt: skip
def test_each_place_of_a_list_of_control_is_held_on_its_day(text: str, gazetteer: Gazetteer) -> None:
    ties = [tie for tie in read(text, gazetteer).reading.relations if tie.relation == "controls"]
    assert {(tie.subject, tie.object) for tie in ties} == {("syrian-army", AZAZ), ("ypg", AFRIN)}
    assert {(tie.when.from_, tie.when.until) for tie in ties if tie.when} == {DAY}


@pytest.mark.parametrize(
    "text",
    ["Losses as of 3 May 2022: Azaz: Syrian army; Afrin: YPG", "Azaz: army; Afrin: YPG",
     "Control as of 3 May 2022.\nSources were the following.\nAzaz: Syrian army",
     "Control as of 3 May 2022: Azaz: Syrian army denies losses; Afrin: YPG says it is calm",
     "Passport control opened on Monday.\nThe army said so in Azaz: Syrian army officers were there."],
)  # fmt: skip
def test_other_lists_tell_nothing_of_who_holds_a_place(text: str, gazetteer: Gazetteer) -> None:
    assert not read(text, gazetteer).ties("controls")
