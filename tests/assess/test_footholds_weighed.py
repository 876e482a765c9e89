"""Contract: who is told to hold a site or some part of a place holds it in part, beside whoever is told to hold it."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.evidence.making import claim_of, controls, reading_of, report_of
from tidings.assess.assess import assess
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.claim import TextSpan
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Place

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
PARTIES = (Party(id="army", name="Army", kind="state_military"), Party(id="rebels", name="Rebels"))


@pytest.fixture
def control(tmp_path):
    """Tell who holds Varn, from sentences 'Party [its claim]' of one day after another."""
    geography = Geography((Place(id="varn", name="Varn", lat=10, lon=20, country="XAA"),), ())
    crisis = Crisis(tmp_path, Settings(title="T", countries=("XAA",)), geography, PARTIES)
    ledger = Ledger.create(tmp_path / "ledger.db")

    def tell(*sentences):
        for number, sentence in enumerate(sentences):
            party, told = sentence.split(" ", 1)
            report = report_of(f"The {sentence}.", DAY + dt.timedelta(days=number))
            start = report.text.index(told)
            words = TextSpan(report=report.id, start=start, end=start + len(told))
            claim = replace(claim_of(report, controls(party, "varn")), source=words)
            ledger.append(report, reading_of(report), [claim], received_at=NOW)
        day = DAY + dt.timedelta(days=len(sentences))
        return assess(crisis, ledger.as_of(day), on=day, as_of=day).places[0]

    return tell


@pytest.mark.parametrize(
    "told", ["still holds parts of Varn", "holds out in Varn", "controls positions in Varn", "holds the west of Varn"]
)
def test_a_part_alone_leaves_the_rest_unknown(control, told):
    assert control(f"army {told}").control == {"army": pytest.approx(0.48, abs=0.02)}


def test_the_whole_is_as_sure_as_ever(control):
    assert control("army holds Varn").control["army"] > 0.9


def test_who_keeps_a_part_of_what_others_hold_leaves_it_contested(control):
    varn = control("rebels control Varn", "army holds positions in Varn")
    assert varn.state == "contested"


def test_who_holds_the_whole_does_not_lose_it_by_holding_a_site_of_it(control):
    assert control("army controls Varn", "army holds the airport in Varn").control["army"] > 0.9
