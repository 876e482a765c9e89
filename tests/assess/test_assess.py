"""Contract: the situation follows from what is stated or claimed, with its claims; what nobody told is unknown."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, controls, event, figure, reading_of, relation, report_of, state
from tidings.assess.assess import assess
from tidings.assess.evidence import OWN_SIEGE
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.core.dates import DateSpan
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

DAY = dt.date(2031, 3, 10)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
PLACES = ("capital", "varn", "tolm", "gate", "far-gate")


@pytest.fixture
def crisis():
    places = tuple(
        Place(id=id_, name=id_.title(), lat=10 + k / 10, lon=20, country="XAA" if k < 4 else "XBB", population=pop)
        for k, (id_, pop) in enumerate(zip(PLACES, (100_000, 9_000, None, 0, None), strict=True))
    )
    ends = pairwise(PLACES)
    roads = tuple(Road.model_validate({"id": f"r{k}", "from": a, "to": b}) for k, (a, b) in enumerate(ends, 1))
    crossing = Crossing(id="the-gate", name="The gate", side_a="gate", side_b="far-gate")
    parties = (
        Party(id="government", name="Government", kind="government"),
        Party(id="army", name="Army", kind="state_military", parent="government"),
        Party(id="rebels", name="Rebels", kind="armed_group"),
    )
    settings = Settings(title="Test", countries=("XAA", "XBB"))
    return Crisis(Path("."), settings, Geography(places, roads, (crossing,)), parties)


@pytest.fixture
def told(tmp_path, crisis):
    """Put contents of one report a day into a ledger and assess it."""
    ledger = Ledger.create(tmp_path / "ledger.db")

    def of(report, *claims, on=DAY, as_of=DAY):
        ledger.append(report, reading_of(report), claims, received_at=NOW)
        return assess(crisis, ledger.as_of(as_of), on=on, as_of=as_of)

    def tell(*contents, on=DAY, as_of=DAY, published=DAY, text="Something was told today.", since=None, **fields):
        report = report_of(f"{text} {published}", published)
        claims = [claim_of(report, content, start=k, **fields) for k, content in enumerate(contents)]
        ledger.append(report, reading_of(report), claims, received_at=NOW)
        return assess(tell.crisis, ledger.as_of(as_of), on=on, as_of=as_of, changes_since=since)

    tell.of, tell.crisis = of, crisis
    return tell


def place(situation, id_):
    return next(place for place in situation.places if place.id == id_)


def road(situation, id_):
    return next(road for road in situation.roads if road.id == id_)


def test_a_capture_gives_the_place_to_the_side_of_who_took_it(told):
    varn = place(told(event("capture", ("varn",), ("army",))), "varn")
    assert (varn.state, varn.held_by, varn.since) == ("held", "government", DAY)
    assert len(varn.claims) == 1
    assert sum(varn.control.values()) + varn.unknown == pytest.approx(1)


@pytest.mark.parametrize("certainty", ["projected", "conditional", "demanded"])
def test_what_is_only_feared_planned_or_demanded_changes_nothing(told, certainty):
    situation = told(event("capture", ("varn",), ("army",)), certainty=certainty)
    assert place(situation, "varn").state == "unknown"
    assert place(situation, "varn").claims == ()


def test_towns_taken_in_one_sentence_are_told_by_it_together(told):
    taken = told(event("capture", ("varn",), ("army",)), event("capture", ("tolm",), ("army",)))
    (varn, tolm) = (place(taken, town) for town in ("varn", "tolm"))
    assert varn.claims != tolm.claims
    assert varn.held_by_telling == tolm.held_by_telling
    assert varn.held_by_telling is not None
    assert varn.besieged_telling is None


def test_without_claims_everything_is_unknown(told):
    situation = told()
    assert {p.state for p in situation.places} == {"unknown"}
    assert {r.passable.unknown for r in situation.roads} == {1.0}
    assert situation.crossings[0].policy.likeliest == "unknown"
    asked = {(u.subject, u.predicate) for u in situation.unknown}
    assert {("varn", "held_by"), ("tolm", "population"), ("r1", "passable"), ("the-gate", "policy")} <= asked


def test_a_population_that_nobody_tells_is_unknown_and_zero_is_zero(told):
    situation = told()
    assert place(situation, "tolm").population.value is None
    assert place(situation, "gate").population.value == 0


def test_a_population_that_a_report_tells_comes_before_the_table_with_its_claim(told):
    situation = told(figure("population", 7_000, ("varn",)))
    assert place(situation, "varn").population.value == 7_000
    assert place(situation, "varn").population.source.startswith("c")


def test_a_party_is_believed_less_about_its_own_success(told, tmp_path, crisis):
    own = place(told(event("capture", ("varn",), ("army",)), certainty="claimed", speakers=("army",)), "varn")
    other = place(
        told(event("capture", ("tolm",), ("army",)), certainty="claimed", speakers=("rebels",), text="b"), "tolm"
    )
    assert own.control["government"] < other.control["government"]


def test_a_side_among_independent_voices_is_believed_as_they_are(told):
    varn = place(told(controls("rebels", "varn"), certainty="claimed", speakers=("rebels", "monitors")), "varn")
    assert varn.held_by == "rebels"


def test_a_state_that_began_long_ago_and_still_holds_is_as_fresh_as_the_day_it_is_told(told):
    began = DAY - dt.timedelta(days=1500)
    assert place(told(controls("rebels", "varn"), valid_from=began), "varn").control["rebels"] > 0.8
    early = told(on=began, text="nothing")
    assert place(early, "varn").held_by == "rebels"


def test_a_siege_told_with_its_end_in_one_report_is_over(told):
    report, began = report_of("Besieged since long, relieved today.", DAY), DAY - dt.timedelta(days=900)
    siege = claim_of(report, event("siege", ("varn",)), valid_from=began)
    relief = claim_of(report, event("siege_lifted", ("varn",), ("army",)), start=3)
    assert place(told.of(report, siege, relief), "varn").besieged.no > 0.7
    the_day_before = told.of(report, siege, relief, on=DAY - dt.timedelta(days=1))
    assert place(the_day_before, "varn").besieged.yes > 0.7


@pytest.mark.parametrize("extent", ["part", "around"])
def test_the_people_of_a_part_of_a_place_or_around_it_are_not_its_population(told, extent):
    situation = told(figure("population", 7_000, ("varn",), extent=extent))
    assert place(situation, "varn").population.value != 7_000


def test_a_population_of_the_past_is_not_that_of_today(told):
    report = report_of("There were 40,000 before.", DAY)
    ended = replace(claim_of(report, figure("population", 40_000, ("varn",))), valid=DateSpan.of(None, DAY))
    assert place(told.of(report, ended), "varn").population.value == 9_000


def test_a_road_between_two_sides_is_not_passable(told):
    situation = told(controls("rebels", "varn"), controls("army", "tolm"), relation("rebels", "fights", "army"))
    assert road(situation, "r2").passable.no > 0.6
    assert "front line" in road(situation, "r2").why
    assert road(situation, "r2").claims


def test_a_road_between_allies_is_no_front(told):
    situation = told(controls("rebels", "varn"), controls("army", "tolm"), relation("rebels", "ally_of", "government"))
    assert road(situation, "r2").passable.no == 0


def test_a_road_within_one_side_is_likely_passable(told):
    situation = told(controls("army", "varn"), controls("army", "tolm"))
    assert road(situation, "r2").passable.yes > 0.5


def test_a_cut_told_by_its_two_ends_cuts_the_road_between_them(told):
    situation = told(event("road_cut", ("varn", "tolm")))
    assert road(situation, "r2").passable.no > 0.7
    assert road(situation, "r1").passable.unknown == 1.0


def test_of_a_long_way_that_is_cut_the_stretch_on_the_front_line_is_meant(told):
    situation = told(controls("rebels", "varn"), controls("army", "tolm"), event("road_cut", ("capital", "gate")))
    assert road(situation, "r2").passable.no > 0.8
    assert road(situation, "r1").passable.no < 0.2


def test_a_reopened_road_is_open_from_its_day(told):
    told(event("road_cut", ("varn", "tolm")), published=DAY - dt.timedelta(days=5))
    situation = told(event("road_opened", ("varn", "tolm")))
    assert road(situation, "r2").passable.yes > 0.7


def test_a_siege_lasts_until_it_is_lifted(told):
    start = DAY - dt.timedelta(days=30)
    assert place(told(event("siege", ("varn",)), published=start), "varn").besieged.yes > 0.7
    after = told(event("siege_lifted", ("varn",), ("army",)))
    assert place(after, "varn").besieged.no > 0.7
    before = told(on=DAY - dt.timedelta(days=1), text="nothing")
    assert place(before, "varn").besieged.yes > 0.7


def test_a_crossing_closed_to_all_is_closed(told):
    assert told(event("crossing_closed", ("the-gate",))).crossings[0].policy.closed > 0.7


def test_a_crossing_closed_to_most_may_be_restricted(told):
    text = "The border stayed closed to most people."
    policy = told(event("crossing_closed", ("gate",)), text=text).crossings[0].policy
    assert policy.closed > policy.restricted > 0.2


def test_control_given_to_two_sides_by_one_report_is_divided(told):
    capital = place(told(controls("army", "capital"), controls("rebels", "capital")), "capital")
    assert (capital.state, capital.held_by) == ("divided", None)


def test_a_recent_clash_leaves_a_place_contested(told):
    varn = place(told(controls("army", "varn"), event("clash", ("varn",))), "varn")
    assert varn.state == "contested"
    assert varn.violence > 0


def test_violence_is_as_likely_as_that_not_all_who_tell_of_it_are_wrong(told):
    strike = event("shelling", ("varn",))
    once = place(told(strike, certainty="claimed", speakers=("army",)), "varn").violence_p
    again = place(told(strike, certainty="claimed", speakers=("army",), text="again"), "varn").violence_p
    others = told(strike, certainty="claimed", speakers=("rebels",), text="b")
    assert 0 < once < 1
    assert again == once
    assert place(others, "varn").violence_p == pytest.approx(1 - (1 - once) ** 2)
    assert place(others, "tolm").violence_p == 0.0


def test_violence_told_twice_counts_once_and_fades(told):
    strike = event("air_strike", ("varn",))
    once = place(told(strike), "varn").violence
    twice = place(told(strike, text="Another wrote of the same."), "varn").violence
    later = place(told(on=DAY + dt.timedelta(days=7), text="x"), "varn").violence
    assert once == twice
    assert later == pytest.approx(once / 2.718281828)


def test_one_voice_does_not_disagree_with_itself(told):
    assert told(event("siege", ("varn",)), event("siege_lifted", ("varn",), ("army",))).disagreements == ()
    assert told(controls("army", "tolm"), controls("rebels", "tolm"), text="b").disagreements == ()


def test_of_populations_that_differ_on_one_day_only_the_range_is_known(told):
    population = place(told(figure("population", 7_000, ("varn",)), figure("population", 9_000, ("varn",))), "varn")
    assert (population.population.value, population.population.low, population.population.high) == (None, 7_000, 9_000)


def test_who_relieves_a_besieged_town_holds_it(told):
    assert place(told(event("siege_lifted", ("varn",), ("army",))), "varn").held_by == "government"


def test_sources_that_disagree_are_kept_apart(told):
    told(controls("army", "varn"), certainty="claimed", speakers=("army",), text="a")
    situation = told(controls("rebels", "varn"), certainty="claimed", speakers=("rebels",), text="b")
    (matter,) = situation.disagreements
    assert (matter.subject, matter.predicate) == ("varn", "held_by")
    assert [(p.value, p.speakers) for p in matter.positions] == [("government", ("army",)), ("rebels", ("rebels",))]


def test_two_counts_of_the_same_people_disagree(told):
    told(figure("in_camp", 20_000, ("gate",)), text="a")
    situation = told(figure("in_camp", 30_000, ("gate",)), text="b")
    assert [p.value for p in situation.disagreements[0].positions] == ["20,000", "30,000"]


def test_a_claim_published_later_never_changes_an_earlier_as_of(told):
    before = told(controls("army", "varn"))
    later = DAY + dt.timedelta(days=3)
    again = told(event("capture", ("varn",), ("rebels",)), published=later, as_of=DAY)
    assert again == before


def test_changes_say_what_was_and_what_is(told):
    told(controls("army", "varn"), published=DAY - dt.timedelta(days=5))
    situation = told(event("capture", ("varn",), ("rebels",)), since=DAY - dt.timedelta(days=1))
    change = next(c for c in situation.changes if (c.subject, c.predicate) == ("varn", "held_by"))
    assert (change.before, change.after, change.day) == ("government", "rebels", DAY)


def test_a_place_is_cut_off_when_no_road_is_left_even_with_luck(told):
    situation = told(state("r2", "passable", "no"), state("r3", "passable", "yes"))
    access = {a.place: a for a in situation.access}
    assert access["varn"].cut_off.yes > 0.7
    assert access["tolm"].cut_off.no > 0.7
    assert access["tolm"].reachable_from == ("gate",)
    assert sum(access["varn"].cut_off.model_dump().values()) == pytest.approx(1)


def test_two_speakers_quoted_in_one_report_disagree_and_divide_nothing(told):
    report = report_of("The army says it took Varn; the rebels say they hold it.", DAY)
    gained = claim_of(report, event("capture", ("varn",), ("army",)), certainty="claimed", speakers=("army",))
    kept = claim_of(report, controls("rebels", "varn"), certainty="claimed", speakers=("rebels",), start=20)
    situation = told.of(report, gained, kept)
    assert place(situation, "varn").state == "contested"
    assert [m.subject for m in situation.disagreements] == ["varn"]


def test_allies_in_one_place_hold_it_together(told):
    both = (controls("army", "varn"), controls("militia", "varn"), relation("militia", "ally_of", "army"))
    varn = place(told(*both), "varn")
    assert varn.state == "held"
    assert varn.held_by in ("government", "militia")


def test_a_besieger_who_lifts_his_siege_does_not_hold_the_place(told):
    told(event("siege", ("varn",), ("rebels",)), published=DAY - dt.timedelta(days=5))
    varn = place(told(event("siege_lifted", ("varn",), ("rebels",))), "varn")
    assert varn.besieged.no > 0.7
    assert varn.control == {}


@pytest.mark.parametrize(
    "words", ["lifted the siege", "ended the siege", "called off the blockade", "easing the siege"]
)
def test_who_may_have_laid_the_siege_that_he_lifts_does_not_hold_the_place(told, words):
    varn = place(told(event("siege_lifted", ("varn",), ("army",), text=words)), "varn")
    assert varn.besieged.no > 0.7
    assert varn.control == {}


@pytest.mark.parametrize("words", ["broke the siege", "relieved the siege", "broke through", "reached"])
def test_who_broke_a_siege_relieved_the_place(told, words):
    assert place(told(event("siege_lifted", ("varn",), ("army",), text=words)), "varn").held_by == "government"


def test_who_lifts_the_siege_of_others_holds_the_place(told):
    told(event("siege", ("varn",), ("rebels",)), published=DAY - dt.timedelta(days=5))
    varn = place(told(event("siege_lifted", ("varn",), ("army",), text="lifted the siege")), "varn")
    assert varn.held_by == "government"


@pytest.mark.parametrize("words", ["lifted their siege", "ended its siege", "abandoned their siege"])
def test_words_of_ones_own_siege_tell_who_laid_it(words):
    assert OWN_SIEGE.search(words)
    assert not OWN_SIEGE.search("broke their siege")
    assert not OWN_SIEGE.search("lifted the siege")


def test_membership_that_is_told_counts_from_the_day_it_is_public(told):
    told(event("capture", ("varn",), ("brigade",)), published=DAY - dt.timedelta(days=5))
    joined = told(relation("brigade", "part_of", "rebels"))
    assert place(joined, "varn").held_by == "rebels"
    before = told(text="x", as_of=DAY - dt.timedelta(days=1), on=DAY - dt.timedelta(days=1))
    assert place(before, "varn").held_by == "brigade"


def test_a_state_that_has_ended_by_its_own_words_holds_no_more(told):
    report = report_of("Held for three days.", DAY)
    span = DateSpan.of(DAY, DAY + dt.timedelta(days=3))
    held = replace(claim_of(report, state("varn", "held_by", "rebels")), valid=span)
    assert place(told.of(report, held, on=DAY + dt.timedelta(days=2)), "varn").held_by == "rebels"
    assert place(told.of(report, held, on=DAY + dt.timedelta(days=3)), "varn").state == "unknown"


def test_a_state_of_a_table_is_read_by_sides_and_tells_populations(told):
    situation = told(state("varn", "held_by", "army"), state("tolm", "population", "4200"))
    assert place(situation, "varn").held_by == "government"
    assert place(situation, "tolm").population.value == 4200


def test_violence_is_felt_around_the_place_struck_less_with_distance(told, crisis):
    near = crisis.geography.place_by_id["varn"].model_copy(update={"id": "near", "lat": 10.11})
    geography = replace(crisis.geography, places=(*crisis.geography.places, near))
    told.crisis = replace(crisis, geography=geography)
    situation = told(event("shelling", ("varn",)))
    assert place(situation, "varn").violence == 1.0
    assert 0.7 < place(situation, "near").violence < 0.9
    assert place(situation, "tolm").violence < 0.2
    assert place(situation, "near").violence_claims == place(situation, "varn").violence_claims
    assert place(situation, "varn").violence_told == place(situation, "varn").violence_claims
    assert place(situation, "near").violence_told == ()


def test_much_news_of_one_shelling_is_no_more_shelling(told):
    for days in range(10):
        told(event("shelling", ("varn",)), published=DAY - dt.timedelta(days=days))
    assert place(told(text="x"), "varn").violence == 1.0


def test_a_change_carries_the_day_and_the_claims_that_made_it(told):
    told(event("siege", ("varn",)), published=DAY - dt.timedelta(days=9))
    relief = told(event("siege_lifted", ("varn",), ("army",)), published=DAY - dt.timedelta(days=3), as_of=DAY)
    situation = told(text="x", since=DAY - dt.timedelta(days=5))
    (change,) = [c for c in situation.changes if (c.subject, c.predicate) == ("varn", "besieged")]
    assert (change.before, change.after, change.day) == ("yes", "no", DAY - dt.timedelta(days=3))
    assert set(change.claims) <= set(place(relief, "varn").claims)


def test_a_closed_border_closes_every_crossing_of_it(told):
    policy = told(event("crossing_closed", ("border-xaa-xbb",))).crossings[0].policy
    assert policy.closed > 0.7


def test_some_people_who_wait_at_a_closed_crossing_do_not_open_it(told):
    text = "The crossing was closed, where some thousands wait."
    assert told(event("crossing_closed", ("the-gate",)), text=text).crossings[0].policy.restricted == 0


@pytest.fixture
def graded(crisis):
    def grade(source, letter, interest=None):
        entry = {"grade": letter, "interest": interest}
        settings = Settings.model_validate({"title": "T", "countries": ["XAA"], "sources": {source: entry}})
        return SourceBook.of(replace(crisis, settings=settings), Sides.of(crisis.parties, ()))

    return grade


def test_a_grade_reaches_a_speaker_by_name_by_id_and_through_its_side(graded):
    assert graded("Army", "E").grade("army") == "E"
    assert graded("Government", "C").grade("army") == "C"
    assert graded("A desk", "B").grade("A desk") == "B"
    assert graded("A desk", "B").grade("rebels") is None


def test_a_source_is_interested_in_its_own_side_and_in_what_the_crisis_says(graded):
    assert graded("Army", "B", "rebels").interests("army") == {"government", "rebels"}


def test_a_siege_that_is_named_only_to_tell_that_it_was_lifted_does_not_stand_on_that_day(told):
    report = report_of("The siege of Varn was lifted on Monday. It was laid again that night.", DAY)
    named = claim_of(report, event("siege", ("varn",)), start=4)
    lifted = claim_of(report, event("siege_lifted", ("varn",)), start=22)
    varn = place(told.of(report, named, lifted), "varn")
    assert varn.besieged.no > 0.9
    assert varn.besieged.yes < 0.05


def test_a_siege_that_is_laid_again_on_the_day_of_its_end_stands(told):
    report = report_of("The siege of Varn was lifted on Monday. The army besieged it again that night.", DAY)
    lifted = claim_of(report, event("siege_lifted", ("varn",)), start=22)
    again = claim_of(report, event("siege", ("varn",), ("army",)), start=49)
    assert place(told.of(report, lifted, again), "varn").besieged.yes > 0.4
