"""Contract: a siege is over when who besieges a place comes to hold it, and by nothing less."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, event, reading_of, report_of
from tidings.assess.assess import assess
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Place

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 6, 1, tzinfo=dt.UTC)
PARTIES = (
    Party(id="army", name="Army", kind="government"),
    Party(id="corps", name="Corps", kind="armed_group", interest="army"),
    Party(id="rebels", name="Rebels", kind="armed_group"),
)
CRISIS = Crisis(
    Path("."), Settings(title="T", countries=("XAA",)), Geography((Place(id="varn", name="Varn"),)), PARTIES
)


def day(number):
    return DAY + dt.timedelta(days=number)


def besieged(*actors):
    return event("siege", ("varn",), actors)


def taken(*actors):
    return event("capture", ("varn",), actors)


@pytest.fixture
def siege(tmp_path):
    """Tell reports of a day (contents, from when they hold, their words) in an order; ask whether besieged."""

    def ask(*told, on, as_of=None):
        ledger = Ledger.create(tmp_path / f"{len(list(tmp_path.iterdir()))}.db")
        for number, (published, contents, fields) in enumerate(told):
            words = f"It was told {published} {contents}. " * 9
            report = report_of(fields.get("words", words), day(published), publisher=f"Paper {published} {number}")
            of_claims = {name: value for name, value in fields.items() if name != "words"}
            claims = [claim_of(report, content, start=k, **of_claims) for k, content in enumerate(contents)]
            ledger.append(report, reading_of(report), claims, received_at=NOW)
        known = day(on if as_of is None else as_of)
        (place,) = assess(CRISIS, ledger.as_of(known), on=day(on), as_of=known).places
        return place.besieged

    return ask


def tells(published, *contents, **fields):
    return published, contents, fields


@pytest.mark.parametrize(
    ("besieger", "holder"),
    [
        (("army",), taken("army")),
        (("army",), controls("army", "varn")),
        (("army",), event("territory_transferred", ("varn",), ("army",))),
        (("army",), taken("corps")),
        (("army", "corps"), taken("corps")),
    ],
)
def test_a_besieger_who_comes_to_hold_the_place_besieges_it_no_more(siege, besieger, holder):
    told = tells(0, besieged(*besieger), valid_from=day(-60)), tells(5, holder)
    assert siege(*told, on=4).yes > 0.9
    assert siege(*told, on=5).no > 0.9
    assert siege(*reversed(told), on=5) == siege(*told, on=5)


def test_a_siege_ends_when_its_defenders_lose_the_place_to_who_besieges_it(siege):
    told = tells(-9, controls("rebels", "varn")), tells(-9, controls("army", "varn"), valid_from=day(-99))
    lost = event("loss", ("varn",), ("rebels",))
    assert siege(*told, tells(0, besieged("army")), tells(5, lost), on=5).no > 0.5


def test_of_a_siege_by_nobody_knows_whom_the_end_is_that_an_enemy_takes_the_place(siege):
    told = tells(-9, controls("rebels", "varn")), tells(0, besieged())
    assert siege(*told, tells(5, taken("army")), on=5).no > 0.9
    assert siege(*told, tells(5, taken("rebels")), on=5).yes > 0.9
    assert siege(*told, tells(5, controls("army", "varn")), on=5).yes > 0.9


@pytest.mark.parametrize(
    "held",
    [
        tells(5, taken("rebels")),
        tells(5, controls("rebels", "varn")),
        tells(5, taken("army"), words="The army captured half of Varn. " * 9),
        tells(5, taken("army"), certainty="projected"),
        tells(5, taken("army"), certainty="denied"),
        tells(9, taken("army"), valid_from=day(-5)),
    ],
)
def test_who_does_not_hold_all_of_it_since_then_besieges_it_on(siege, held):
    assert siege(tells(0, besieged("army")), held, on=9).yes > 0.9


def test_a_siege_that_is_told_of_later_days_is_not_over(siege):
    told = tells(0, besieged("army")), tells(5, taken("army"))
    since_long = tells(9, besieged("army"), valid_from=day(-30))
    assert siege(*told, since_long, on=9).yes > 0.9
    assert siege(*told, tells(9, besieged("army")), on=9).yes > 0.9
    assert siege(*told, since_long, on=8, as_of=8).no > 0.9


def test_a_siege_that_is_named_with_its_end_is_over(siege):
    report = tells(5, taken("army"), besieged("army"), words="The army captured the besieged town of Varn. " * 9)
    assert siege(report, on=5).no > 0.9
    assert siege(tells(0, besieged("army")), report, on=5).no > 0.9


def test_a_besieger_who_denies_a_siege_that_others_tell_of_counts_for_less_than_who_lays_none(siege):
    def denied_by(party):
        return siege(tells(0, besieged("rebels")), tells(0, besieged(), certainty="denied", speakers=(party,)), on=0)

    assert denied_by("rebels").yes > denied_by("army").yes + 0.1
    assert denied_by("rebels").no > 0


def test_who_alone_says_that_his_broken_siege_lasts_does_not_restore_it(siege):
    broken = tells(0, event("siege_lifted", ("varn",), ("army",), targets=("rebels",)))
    lasting = besieged(), event("siege_lifted", ("varn",))
    told = broken, tells(1, lasting[0], speakers=("rebels",), certainty="claimed")
    told = *told, tells(1, lasting[1], speakers=("rebels",), certainty="denied")
    assert siege(*told, on=1).no > siege(*told, on=1).yes > 0
