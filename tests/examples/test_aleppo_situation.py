"""Contract: what the example's reports tell of northern Aleppo is what was known on 8 February 2016, from claims alone.

Facts: the siege of Nubul and Zahraa from July 2012 to 3 February 2016; the northern supply road cut (UN OCHA, flash
updates of 4 and 8 February 2016); eastern Aleppo open to the west.
"""

import datetime as dt

import pytest

import tidings
from tidings.core.errors import InputError
from tidings.release.folder import assess_folder
from tools.write_golden import _with_reports

KNOWN = dt.date(2016, 2, 8)
BEFORE = dt.date(2016, 2, 1)
GATE, WESTERN_GATE = "bab-al-salama-camps", "bab-al-hawa-side"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return _with_reports(tidings.copy_example("aleppo-2016", tmp_path_factory.mktemp("aleppo") / "aleppo-2016"))


@pytest.fixture(scope="module")
def now(opened):
    return assess_folder(opened, on=KNOWN, as_of=KNOWN, changes_since=BEFORE).situation


@pytest.fixture(scope="module")
def before(opened):
    return assess_folder(opened, on=BEFORE, as_of=KNOWN).situation


def place(situation, id_):
    return next(place for place in situation.places if place.id == id_)


def road(situation, id_):
    return next(road for road in situation.roads if road.id == id_)


def access(situation, id_):
    return next(access for access in situation.access if access.place == id_)


def test_the_example_itself_holds_no_state(opened):
    assert {claim.kind for claim in opened.ledger.as_of().claims()} == {"figure", "event", "relation"}
    assert opened.crisis.settings.scenarios == {}


@pytest.mark.parametrize(
    ("town", "holder"),
    [
        ("tal-rifaat", "syrian-opposition"), ("azaz", "syrian-opposition"), ("eastern-aleppo", "syrian-opposition"),
        ("mayer", "syrian-government"), ("kafin", "syrian-government"), ("nubul", "syrian-government"),
        ("zahraa", "syrian-government"), ("western-aleppo", "syrian-government"), ("afrin", "ypg"),
    ],
)  # fmt: skip
def test_who_holds_what(now, town, holder):
    state = place(now, town)
    assert (state.state, state.held_by) == ("held", holder)
    assert state.control[holder] > 0.9
    assert state.claims


@pytest.mark.parametrize("town", ["nubul", "zahraa"])
def test_nubul_and_zahraa_were_besieged_until_3_february(now, before, opened, town):
    assert place(before, town).besieged.yes > 0.9
    assert place(now, town).besieged.no > 0.9
    change = next(c for c in now.changes if (c.subject, c.predicate) == (town, "besieged"))
    assert (change.before, change.after, change.day) == ("yes", "no", dt.date(2016, 2, 3))
    told = {claim.id: claim for claim in opened.ledger.as_of().claims()}
    assert {told[claim].predicate for claim in change.claims} == {"siege_lifted"}


def test_the_northern_road_was_open_on_1_february(before, opened):
    way = opened.crisis.geography.shortest_way(GATE, "eastern-aleppo")
    assert min(road(before, stretch).passable.yes for stretch in way) > 0.7
    assert GATE in access(before, "eastern-aleppo").reachable_from


def test_eastern_aleppo_is_cut_off_from_bab_al_salama_since_about_3_february(now):
    assert access(now, "eastern-aleppo").cut_off_from[GATE].yes > 0.9
    change = next(c for c in now.changes if (c.subject, c.hub) == ("eastern-aleppo", GATE))
    assert (change.before, change.after) == ("no", "yes")
    assert dt.date(2016, 2, 3) <= change.day <= dt.date(2016, 2, 4)
    assert change.claims


def test_eastern_aleppo_is_reachable_from_the_west_and_only_from_there(now):
    shut = {stretch.id for stretch in now.roads if stretch.passable.no > 0.9}
    assert {"mayer--haritan", "tal-rifaat--haritan", "eastern-aleppo--western-aleppo"} <= shut
    assert (
        road(now, "darat-izza--afrin").passable.no > 0.85
    )  # if the government has come there, nobody tells of a fight
    for stretch in ("castello-road", "haritan--anadan", "anadan--darat-izza"):
        assert road(now, stretch).passable.yes > 0.7
    assert access(now, "eastern-aleppo").cut_off_from[WESTERN_GATE].yes < 0.1
    eastern = place(now, "eastern-aleppo")
    assert eastern.besieged.yes == 0
    assert eastern.encircled.yes < 0.1


def test_the_crossing_is_closed_to_most(now, before):
    gate = next(crossing for crossing in now.crossings if crossing.id == "bab-al-salama")
    assert gate.policy.likeliest == "closed"
    assert gate.policy.restricted > 0.2
    assert gate.terms == ("closed to most refugees",)
    assert gate.sides == (GATE, "oncupinar")
    gate_before = next(crossing for crossing in before.crossings if crossing.id == "bab-al-salama")
    assert gate_before.policy.likeliest == "unknown"


def test_what_was_known_on_1_february_was_nothing(opened):
    with pytest.raises(tidings.InputError, match="no report was public by then"):
        assess_folder(opened, on=BEFORE, as_of=BEFORE)


def test_who_faces_whom_names_fighting_sides_only(now, opened):
    sides = {side for pair in now.facing for side in pair}
    kinds = {party.id: party.kind for party in opened.crisis.parties}
    assert ("syrian-government", "syrian-opposition") in now.facing
    assert not {kinds[side] for side in sides} & {"civilians", "humanitarian", "media", "monitor", "person"}
    assert ("russia", "syrian-government") not in now.facing
    assert ("iran", "russia") not in now.facing


def test_changes_since_a_day_after_the_one_asked_about_are_refused(opened):
    with pytest.raises(InputError, match=r"2016-02-08 is after 2016-02-01, the day that is asked about"):
        assess_folder(opened, on=BEFORE, as_of=KNOWN, changes_since=KNOWN)


def test_a_road_of_which_nobody_told_changes_by_inference(opened):
    changes = assess_folder(opened, on=KNOWN, as_of=KNOWN, changes_since=dt.date(2016, 2, 4)).situation.changes
    (road,) = (change for change in changes if change.subject == "kafin--mayer")
    assert (road.before, road.after) == ("unknown", "yes")
    assert road.why.startswith("inferred")


def test_between_the_government_and_the_ypg_nobody_tells_of_a_fight_and_the_road_is_unknown(now):
    between = road(now, "nubul--afrin")
    assert between.passable.unknown > 0.9
    assert between.why == "nobody tells whether the sides at its ends fight each other"
    assert ("syrian-opposition", "ypg") in now.facing
    assert ("syrian-government", "ypg") in now.facing_untold


def test_what_is_cut_by_inference_alone_is_told_apart_from_what_is_reported_cut(now):
    assert road(now, "azaz--afrin").why.startswith("no report of a cut: inferred")
    assert road(now, "mayer--haritan").why.startswith("said to be cut")
