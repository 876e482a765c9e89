"""Contract: what one voice says is one telling, in however many reports and words; two voices stay two."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from tests.evidence.articles import article
from tests.evidence.making import DAY, claim_of, event, figure
from tidings.core.dates import DateSpan
from tidings.core.ids import PartyId
from tidings.crisis.crisis import Party
from tidings.evidence.reading import When
from tidings.evidence.repeats import repeats_of
from tidings.evidence.successions import successors_of
from tidings.evidence.voices import Voices

PARTIES = (Party(id="post", name="The Post", kind="media"),)


@pytest.fixture
def desk():
    """Collect claims, each in a report of its own."""

    class Desk:
        def __init__(self):
            self.reports, self.claims = [], []

        def tells(self, content, *, by="Post", says=(), citing=None, days=0, valid=None):
            day = DAY + dt.timedelta(days=days)
            report = article(f"Report {len(self.reports)} of {by}.", day, publisher=by)
            claim = claim_of(report, content, speakers=says, valid_from=None)
            claim = replace(claim, relayed_by=PartyId(citing) if citing else None)
            self.reports.append(report)
            self.claims.append(replace(claim, valid=valid) if valid else claim)
            return claim.id

        def repeats(self, claims=None):
            claims = claims or self.claims
            voices = Voices.of(PARTIES, self.reports, claims)
            return repeats_of(claims, voices, successors_of(claims, voices))

    return Desk()


CAMP = figure("sheltered", 5_000, ("varn",))
EXACT = figure("sheltered", 77_312, ("varn",))
FALLS = event("capture", ("varn",), ("army",))


@pytest.mark.parametrize("content", [CAMP, FALLS], ids=["figure", "event"])
def test_what_one_speaker_says_in_two_reports_is_one_voice(desk, content):
    first = desk.tells(content, says=("ministry",))
    second = desk.tells(content, by="Courier", says=("ministry",), days=1)
    assert desk.repeats() == {second: first}


@pytest.mark.parametrize("content", [CAMP, EXACT, FALLS], ids=["figure", "unrounded figure", "event"])
def test_two_speakers_with_the_same_answer_are_two_voices(desk, content):
    desk.tells(content, says=("ministry",))
    desk.tells(content, by="Courier", says=("monitor",))
    assert desk.repeats() == {}


def test_who_names_the_publisher_as_the_source_repeats_the_report(desk):
    first = desk.tells(CAMP, by="The Post")
    second = desk.tells(CAMP, by="Courier", says=("post",), days=1)
    third = desk.tells(CAMP, by="Herald", says=("officials",), citing="post", days=2)
    assert desk.repeats() == {second: first, third: first}


def test_who_cites_a_publisher_repeats_whom_it_quotes(desk):
    first = desk.tells(FALLS, by="The Post", says=("ministry",))
    second = desk.tells(FALLS, by="Courier", citing="post")
    assert desk.repeats() == {second: first}


def test_a_publisher_s_own_words_do_not_repeat_whom_it_quoted(desk):
    desk.tells(FALLS, says=("army",))
    desk.tells(FALLS, days=1)
    assert desk.repeats() == {}


def test_of_one_day_the_cited_report_is_the_first_whatever_its_id(desk):
    second = desk.tells(FALLS, by="Courier", citing="post")
    first = desk.tells(FALLS, by="The Post")
    assert desk.repeats() == {second: first}


def test_an_unrounded_number_without_a_speaker_has_one_source(desk):
    first = desk.tells(EXACT)
    second = desk.tells(EXACT, by="Courier", days=2)
    third = desk.tells(EXACT, by="Herald", says=("ministry",), days=3)
    assert desk.repeats() == {second: first, third: first}


def test_an_unrounded_number_that_nobody_is_named_for_belongs_to_one_speaker_only(desk):
    first = desk.tells(EXACT)
    second = desk.tells(EXACT, by="Courier", says=("ministry",))
    desk.tells(EXACT, by="Herald", says=("monitor",), days=1)
    assert desk.repeats() == {second: first}


def test_a_round_number_of_two_publishers_stays_two_voices(desk):
    desk.tells(CAMP)
    desk.tells(CAMP, by="Courier")
    assert desk.repeats() == {}


@pytest.mark.parametrize(
    "other",
    [
        figure("sheltered", 5_000, ("tolm",)), figure("in_camp", 5_000, ("varn",)),
        figure("sheltered", 5_001, ("varn",)),
        figure("sheltered", 5_000, ("varn",), unit="household"), figure("sheltered", 5_000, ("varn",), high=6_000),
    ],
    ids=["place", "status", "value", "unit", "range"],
)  # fmt: skip
def test_another_place_status_number_or_unit_is_another_figure(desk, other):
    desk.tells(CAMP, says=("ministry",))
    desk.tells(other, says=("ministry",), by="Courier")
    assert desk.repeats() == {}


def test_figures_of_places_that_overlap_are_one(desk):
    first = desk.tells(figure("sheltered", 5_000, ("varn", "tolm")), says=("ministry",))
    second = desk.tells(CAMP, says=("ministry",), by="Courier", days=1)
    assert desk.repeats() == {second: first}


def test_flows_of_different_periods_are_two(desk):
    def arrived(day):
        span = {"from": DAY + dt.timedelta(days=day), "until": DAY + dt.timedelta(days=day + 1)}
        return figure("arrived", 500, ("varn",), measure="flow", period=When.model_validate(span))

    desk.tells(arrived(0), says=("ministry",))
    desk.tells(arrived(1), says=("ministry",), by="Courier", days=1)
    assert desk.repeats() == {}


@pytest.mark.parametrize(("content", "days"), [(CAMP, 15), (FALLS, 4)], ids=["figure", "event"])
def test_the_same_told_much_later_is_told_anew(desk, content, days):
    desk.tells(content, says=("ministry",), valid=DateSpan.on(DAY))
    later = DAY + dt.timedelta(days=days)
    desk.tells(content, says=("ministry",), by="Courier", days=days, valid=DateSpan.on(later))
    assert desk.repeats() == {}


def test_a_number_that_its_voice_had_replaced_is_a_new_count(desk):
    desk.tells(CAMP, says=("ministry",))
    desk.tells(figure("sheltered", 6_000, ("varn",)), says=("ministry",), days=1)
    desk.tells(CAMP, says=("ministry",), by="Courier", days=2)
    assert desk.repeats() == {}


def test_a_fear_does_not_repeat_an_observation(desk):
    desk.tells(CAMP, says=("ministry",))
    feared = desk.claims[-1]
    desk.tells(CAMP, says=("ministry",), by="Courier")
    desk.claims[-1] = replace(desk.claims[-1], certainty="projected")
    assert feared.certainty == "stated"
    assert desk.repeats() == {}


def test_events_of_other_actors_are_two(desk):
    desk.tells(FALLS, says=("monitor",))
    desk.tells(event("capture", ("varn",), ("rebels",)), says=("monitor",), by="Courier")
    assert desk.repeats() == {}


def test_the_order_in_which_claims_are_given_is_irrelevant(desk):
    desk.tells(EXACT)
    desk.tells(EXACT, by="Courier", says=("ministry",))
    desk.tells(EXACT, by="Herald", says=("monitor",), citing="post")
    desk.tells(EXACT, by="Sun", days=1)
    told = {frozenset(desk.repeats(order).items()) for order in permutations(desk.claims)}
    assert len(told) == 1
    assert next(iter(told))
