"""Contract: copies count for nothing, a voice that is relayed counts once, and a replaced figure stands no more."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.articles import TOLD, article, read, said
from tests.evidence.making import DAY, claim_of, event, figure, reading_of
from tidings.assess.assess import assess
from tidings.assess.bulletins import bulletins_of
from tidings.assess.settings import load_settings
from tidings.assess.weighing import grade_factor
from tidings.core.ids import PartyId
from tidings.crisis.crisis import Crisis, Party, Settings, Source
from tidings.evidence.ledger import Ledger
from tidings.evidence.lineage import lineage_of
from tidings.evidence.review import review_of
from tidings.geography.graph import Geography
from tidings.geography.places import Place

NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
PLACES = tuple(Place(id=name, name=name.title(), lat=k, lon=0) for k, name in enumerate(("varn", "tolm", "gate")))
CRISIS = Crisis(
    Path("."),
    Settings(title="T", countries=("XAA",), sources={"Post": Source(grade="B2")}),
    Geography(PLACES),
    (Party(id="army", name="Army"), Party(id="rebels", name="Rebels"), Party(id="post", name="Post", kind="media")),
)
FALLS = event("capture", ("varn",), ("army",))


def day(number):
    return DAY + dt.timedelta(days=number)


@pytest.fixture
def ledger(tmp_path):
    return Ledger.create(tmp_path / "ledger.db")


@pytest.fixture
def told(ledger):
    """Add reports with their claims, and assess the third day after."""

    def tell(*pairs, on=3, as_of=3):
        for report, claims in pairs:
            ledger.append(report, reading_of(report), claims, received_at=NOW)
        return assess(CRISIS, ledger.as_of(day(as_of)), on=day(on), as_of=day(as_of))

    return tell


def story(days=0, **fields):
    report = article(published=day(days), **fields)
    return report, read(report)


def tells(text, content, *, days=0, by="Post", says=(), citing=None):
    report = article(text, day(days), publisher=by)
    claim = claim_of(report, content, speakers=says)
    return report, (replace(claim, relayed_by=PartyId(citing) if citing else None),)


def place(situation, name="varn"):
    return next(place for place in situation.places if place.id == name)


def test_a_copy_makes_an_answer_neither_surer_nor_fresher(told):
    assert told(story()) == told(story(days=2, publisher="Courier", title="Market town falls"))


def test_two_publishers_in_words_of_their_own_are_two_voices(told):
    one = place(told(tells("The army is in Varn.", FALLS))).control["army"]
    assert place(told(tells("Varn has fallen, we saw it.", FALLS, by="Courier"))).control["army"] > one


def test_who_names_another_publisher_as_the_source_adds_no_voice(told):
    one = told(tells("The army is in Varn.", FALLS))
    cited = told(tells("Varn fell, Post reported.", FALLS, by="Courier", says=("post",)))
    assert place(cited).control == place(one).control


def test_who_relays_an_official_through_a_publisher_weighs_no_more_than_that_publisher(told):
    one = told(tells("Varn fell, the army said.", FALLS, says=("army",)))
    cited = told(tells("Varn fell, Post cites officials.", FALLS, by="Courier", says=("officials",), citing="post"))
    assert place(cited).control == place(one).control


def test_a_speaker_in_two_reports_is_one_voice(told):
    one = told(tells("Varn fell, a monitor said.", FALLS, says=("monitor",)))
    assert place(told(tells("It fell, said the monitor.", FALLS, by="Courier", says=("monitor",)))).control == (
        place(one).control
    )


def test_publishers_of_one_text_of_one_day_are_one_voice_whoever_was_first(told):
    later = tells("The army is still in Varn.", FALLS, days=2)
    one = told(story(), later)
    both = told(story(publisher="Courier"))
    assert place(both).control == place(one).control


def test_a_publisher_that_is_a_party_has_its_grade(told):
    post = place(told(tells("The army is in Varn.", FALLS))).control["army"]
    numbers = load_settings()
    odds = numbers.stated / (1 - numbers.stated) * grade_factor("B2", numbers)
    surely = min(odds / (1 + odds), numbers.ceiling)
    assert post == pytest.approx(surely * 0.5 ** (3 / numbers.control_half_life_days), abs=1e-3)


def test_the_copy_of_a_rejected_claim_counts_for_nothing_either(told, ledger):
    told(story(), story(days=1, publisher="Courier"))
    first = next(claim for claim in ledger.as_of().claims() if claim.predicate == "capture")
    review = review_of(ledger.as_of(), first.id, "reject", "Duty officer", None, known_at=NOW - dt.timedelta(days=29))
    ledger.append_claims([review])
    assert place(told()).state == "unknown"


def test_a_copy_that_a_reviewer_accepts_makes_an_answer_fresher_and_no_surer(told, ledger):
    at_once = place(told(story(), on=0, as_of=0)).control["army"]
    once = place(told(story(days=3, publisher="Courier", title="Market town falls"))).control["army"]
    copy = next(claim for claim in ledger.as_of().claims() if claim.predicate == "capture" and claim.known_at.day > 2)
    at = NOW - dt.timedelta(days=29)
    ledger.append_claims([review_of(ledger.as_of(), copy.id, "accept", "Duty officer", None, known_at=at)])
    assert once < place(told()).control["army"] <= at_once


def test_a_copy_that_a_reviewer_corrects_counts_as_corrected(told, ledger):
    told(story(), story(days=1, publisher="Courier"))
    copy = next(
        claim for claim in ledger.as_of().claims() if claim.predicate == "population" and claim.known_at.day > 2
    )
    at = NOW - dt.timedelta(days=29)
    correction = '{"value": 9500}'
    ledger.append_claims([review_of(ledger.as_of(), copy.id, "correct", "Duty officer", correction, known_at=at)])
    assert place(told()).population.value == 9_500


def test_a_denial_swallows_no_later_capture_in_nearly_the_same_words(told):
    words = "Soldiers of the army {} captured the old market town of Varn from the rebels after two days of shelling."
    denial = article(words.format("have not"), DAY, publisher="Herald")
    capture = article(words.format("have"), day(1), publisher="Courier")
    state = told(
        (denial, (said(denial, FALLS, "captured", certainty="denied"),)), (capture, (said(capture, FALLS, "captured"),))
    )
    assert place(state).held_by == "army"


def test_a_copy_does_not_become_the_newest_population(told):
    told(story(), tells("In Varn live 8,000.", figure("population", 8_000, ("varn",)), days=1, by="Herald"))
    assert place(told(story(days=2, publisher="Courier"))).population.value == 8_000


def test_a_corrected_population_stands_alone_and_only_from_its_day_on(told):
    wrong = tells("In Varn live 90,000.", figure("population", 90_000, ("varn",)))
    _, (claim,) = right = tells("In Varn live 9,000.", figure("population", 9_000, ("varn",)), days=1)
    same_day = (right[0], (replace(claim, valid=wrong[1][0].valid),))
    assert place(told(wrong, same_day)).population.value == 9_000
    assert place(told(as_of=0)).population.value == 90_000


def test_a_later_figure_is_not_yet_there_on_an_earlier_day(told):
    told(tells("In Varn live 90,000.", figure("population", 90_000, ("varn",))))
    told(tells("In Varn live 9,000.", figure("population", 9_000, ("varn",)), days=2))
    assert place(told(on=1)).population.value == 90_000
    assert place(told(on=2)).population.value == 9_000


def test_copies_and_replaced_figures_take_no_part_in_a_disagreement(told):
    newer = figure("sheltered", 20_000, ("gate",))
    told(story(), story(days=1, publisher="Courier"))
    (other,) = told(
        tells("At the gate are 30,000.", figure("sheltered", 30_000, ("gate",)), days=1, by="Herald")
    ).disagreements
    assert [(position.value, len(position.claims)) for position in other.positions] == [("12,345", 1), ("30,000", 1)]
    (after,) = told(tells("At the gate are 20,000.", newer, days=2)).disagreements
    assert [position.value for position in after.positions] == ["20,000", "30,000"]


def test_one_publisher_s_numbers_are_no_disagreement_of_sources(told):
    killed = [figure("killed", n, ("varn",), measure="flow") for n in (5, 12)]
    situation = told(*(tells(f"{each.value} died.", each) for each in killed))
    assert situation.disagreements == ()


def test_a_copy_gives_no_bulletin_and_of_a_corrected_count_only_the_correction_does(told, ledger):
    counted = article(TOLD["camp"][0])
    first = said(counted, TOLD["camp"][1], "Some")
    told((counted, (first,)), story(days=1, publisher="Courier"))
    report, (claim,) = tells("There are 11,000.", figure("sheltered", 11_000, ("gate",)), days=2)
    told((report, (replace(claim, valid=first.valid),)))
    view = ledger.as_of()
    found = bulletins_of(view.claims(), CRISIS.geography, lineage_of(CRISIS, view))
    assert [(bulletin.people, bulletin.day) for bulletin in found] == [(11_000, DAY)]
