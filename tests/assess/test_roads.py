"""Contract: what is told of a road itself counts more than who holds its ends, unless an end changed hands since."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.making import claim_of, controls, event, reading_of, relation, report_of
from tidings.assess.assess import assess
from tidings.assess.roads import passable_odds
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Place, Road
from tidings.situation.situation import YesNo

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2032, 4, 1, tzinfo=dt.UTC)
PLACES = (Place(id="varn", name="Varn", lat=10, lon=20), Place(id="tolm", name="Tolm", lat=11, lon=21))
ROADS = (Road.model_validate({"id": "way", "from": "varn", "to": "tolm"}),)
PARTIES = (Party(id="army", name="Army"), Party(id="rebels", name="Rebels"))
CRISIS = Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography(PLACES, ROADS), PARTIES)
HELD = (controls("rebels", "varn"), controls("army", "tolm"))
FIGHT = relation("army", "fights", "rebels")
OPEN, CUT = event("road_opened", ("varn", "tolm"), text="open"), event("road_cut", ("varn", "tolm"), text="shut")


@pytest.fixture
def way(tmp_path):
    """Put what is told on days into a ledger; return the road between the two towns on a day."""
    ledger = Ledger.create(tmp_path / "ledger.db")

    def of(*told, on=0):
        for number, (days, *contents) in enumerate(told):
            report = report_of(f"Report {number} of {days}.", DAY + dt.timedelta(days=days))
            claims = [claim_of(report, content, start=k) for k, content in enumerate(contents)]
            ledger.append(report, reading_of(report), claims, received_at=NOW)
        day = DAY + dt.timedelta(days=on)
        return assess(CRISIS, ledger.as_of(day), on=day, as_of=day).roads[0]

    return of


def test_a_road_that_is_said_to_be_open_is_open_though_a_front_line_crosses_it(way):
    road = way((0, *HELD, FIGHT, OPEN))
    assert road.passable.yes > 0.9
    assert road.passable.no < 0.1
    assert road.why.startswith("said to be open, which counts more than")


def test_what_is_said_of_a_road_fades_and_then_the_front_line_counts(way):
    road = way((0, *HELD, FIGHT, OPEN), on=120)
    assert road.passable.no > road.passable.yes > 0.2
    assert road.why.startswith("no report of a cut: inferred from who holds its ends")
    assert road.why.endswith("said to be open, too long ago")


def test_a_front_line_that_came_after_the_word_of_an_open_road_closes_it_and_says_since_when(way):
    road = way((0, *HELD, FIGHT, OPEN), (5, event("capture", ("varn",), ("army",))), on=5)
    assert road.passable.no < 0.1  # one side holds both ends now: no front line
    road = way((6, event("capture", ("varn",), ("rebels",))), on=6)
    assert road.passable.no > 0.8
    assert "a front line crosses it since 2031-03-16; before, said to be open" in road.why


def test_a_road_that_is_told_to_be_open_after_the_capture_is_open_again(way):
    taken = event("capture", ("varn",), ("rebels",))
    assert way((0, *HELD, FIGHT), (1, taken), (1, OPEN), on=1).passable.yes > 0.9


def test_a_road_that_is_cut_by_inference_alone_says_that_no_cut_is_reported(way):
    road = way((0, *HELD, FIGHT))
    assert road.passable.no > 0.8
    assert road.why == "no report of a cut: inferred from who holds its ends, a front line crosses it"


def test_a_road_that_is_said_to_be_cut_says_so_and_the_front_line_confirms_it(way):
    alone, confirmed = way((0, CUT)).passable, way((0, *HELD, FIGHT))
    assert confirmed.passable.no > alone.no
    assert confirmed.why == "said to be cut; a front line crosses it"


def test_between_sides_of_whom_nobody_told_that_they_fight_a_road_is_unknown(way):
    road = way((0, *HELD))
    assert road.passable.unknown == 1.0
    assert road.why == "nobody tells whether the sides at its ends fight each other"
    assert len(road.claims) == 2


SHARES = st.floats(0, 1)


@given(SHARES, SHARES, SHARES, SHARES, SHARES, st.booleans())
def test_the_odds_of_a_road_sum_to_one_and_none_is_negative(said, yes, known, front, trust, is_newer):
    told = YesNo(yes=said * yes, no=said * (1 - yes), unknown=max(0.0, 1 - said))
    odds = passable_odds(told, known * front, known * (1 - front), trust, is_front_newer=is_newer)
    assert min(odds.yes, odds.no, odds.unknown) >= 0
    assert odds.yes + odds.no + odds.unknown == pytest.approx(1, abs=1e-8)


@given(SHARES, SHARES, SHARES)
def test_what_is_told_after_the_front_line_came_stands_whole(said, yes, front):
    told = YesNo(yes=said * yes, no=said * (1 - yes), unknown=max(0.0, 1 - said))
    odds = passable_odds(told, front, 0.0, 0.8, is_front_newer=False)
    assert odds.yes == pytest.approx(told.yes)
    assert odds.no >= told.no
