"""Contract: a road is not passable while fighting told along it is fresh; fighting at its ends closes nothing."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, event, reading_of, report_of
from tidings.assess.assess import assess
from tidings.assess.road_fights import roads_fought_over
from tidings.assess.wording import Wording
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Place, Road

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 6, 1, tzinfo=dt.UTC)
ENDS = ("varn", "tolm")
ROAD = Road.model_validate({"id": "r1", "from": "varn", "to": "tolm", "length_km": 9})
GEOGRAPHY = Geography(tuple(Place(id=name, name=name.title()) for name in ENDS), (ROAD,))
PARTIES = (Party(id="army", name="Army", kind="government"), Party(id="rebels", name="Rebels", kind="armed_group"))
CRISIS = Crisis(Path("."), Settings(title="T", countries=("XAA",)), GEOGRAPHY, PARTIES)


@pytest.fixture
def road(tmp_path):
    """Tell contents, each in a report of its day and words, beside that rebels hold both ends; ask for the road."""
    ledger = Ledger.create(tmp_path / "ledger.db")

    def ask(*told, on=0):
        held = ((controls("rebels", place), -9, f"{place} is held. ") for place in ENDS)
        for content, days, words in (*held, *told):
            report = report_of(words * 9, DAY + dt.timedelta(days=days), publisher="Post")
            claim = claim_of(report, content, start=max(0, words.find("lashes")))
            ledger.append(report, reading_of(report), [claim], received_at=NOW)
        day = DAY + dt.timedelta(days=on)
        (state,) = assess(CRISIS, ledger.as_of(day), on=day, as_of=day).roads
        return state

    return ask


CLASHES = event("clash", ENDS, ("army", "rebels"))


def test_fighting_told_of_a_road_closes_it_and_why_says_so(road):
    state = road((event("clash", ("r1",), ("army", "rebels")), 0, "Clashes there. "))
    assert state.passable.no > 0.9
    assert state.why == "fighting along it was told of 2031-03-10; both ends are held by one side"
    assert len(state.claims) == 3


@pytest.mark.parametrize("days", [-7, -30])
def test_fighting_of_long_ago_closes_no_road(road, days):
    state = road((event("shelling", ("r1",), ("army",)), days, "Shells there. "))
    assert state.passable.yes > 0.7
    assert "fighting" not in state.why


def test_who_saw_the_road_open_since_counts_more(road):
    told = (event("clash", ("r1",)), -2, "Clashes there. "), (event("road_opened", ("r1",)), 0, "It is open. ")
    assert road(*told).passable.yes > 0.9


def test_fighting_at_the_ends_of_a_road_is_not_along_it(road):
    assert road((CLASHES, 0, "Clashes in Varn and Tolm. ")).passable.yes > 0.7


@pytest.mark.parametrize(
    ("before", "told", "behind", "is_along"),
    [
        ("heavy ", "clashes", " took place on the road between varn and tolm.", True),
        ("rebels and the army ", "clashed", " along the main road linking varn and tolm.", True),
        ("jets ", "bombed", " the road between varn and tolm.", True),
        ("the road between varn and tolm was ", "shelled", " all day.", True),
        ("the highway from varn to tolm came under ", "shelling", ".", True),
        ("", "clashes", " in varn and tolm closed the road between them.", False),
        ("", "clashes", " in varn closed the road between varn and tolm.", False),
    ],
)
def test_it_is_the_words_that_put_a_fight_on_a_road(before, told, behind, is_along):
    found = roads_fought_over(GEOGRAPHY, CLASHES, Wording(before, told, behind))
    assert found == (("r1",) if is_along else ())


@pytest.mark.parametrize(
    "wording",
    [Wording("the varn–tolm road was ", "shelled", "."), Wording("the army ", "shelled", " the varn-tolm highway."),
     Wording("the varn-tolm road came under ", "shelling", " on monday.")],
)  # fmt: skip
def test_a_road_told_by_its_two_ends_and_a_dash_is_fought_over(wording):
    assert roads_fought_over(GEOGRAPHY, event("shelling", ENDS), wording) == ("r1",)


def test_a_dash_between_other_words_names_no_road():
    wording = Wording("", "clashes", " in varn and tolm, a two-hour walk away, went on.")
    assert roads_fought_over(GEOGRAPHY, event("clash", ENDS), wording) == ()
