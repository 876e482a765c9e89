"""Contract: a line is a front line between sides that somebody told to fight; of others nobody knows."""

import datetime as dt

import pytest

from tests.evidence.making import claim_of, controls, event, relation, report_of
from tidings.assess.fights import with_fights
from tidings.assess.sides import Sides
from tidings.crisis.crisis import Party

DAY = dt.date(2031, 3, 10)
PARTIES = (
    Party(id="government", name="Government", kind="government"),
    Party(id="army", name="Army", kind="state_military", parent="government"),
    Party(id="rebels", name="Rebels", kind="armed_group"),
    Party(id="guards", name="Guards", kind="militia"),
    Party(id="patron", name="Patron", kind="government", interest="government"),
    Party(id="villagers", name="Villagers", kind="civilians"),
)


def sides(*contents, days=0, **fields):
    told = [
        claim_of(report_of("Something.", DAY + dt.timedelta(days=days + n)), content, start=n, **fields)
        for n, content in enumerate(contents)
    ]
    return with_fights(Sides.of(PARTIES, told), told)


def test_of_two_sides_of_whom_nobody_told_it_is_not_known_whether_they_fight():
    nothing = sides(controls("rebels", "varn"), controls("army", "tolm"))
    assert not nothing.fight("rebels", "government")
    assert nothing.face("rebels", "government")


@pytest.mark.parametrize(
    "told",
    [
        (relation("army", "fights", "rebels"),),
        (relation("rebels", "hostile_to", "government"),),
        (event("clash", ("varn",), ("army", "rebels")),),
        (event("shelling", ("varn",), ("army",), targets=("rebels",)),),
        (controls("rebels", "varn"), event("capture", ("varn",), ("army",))),
        (controls("rebels", "varn"), event("air_strike", ("varn",), ("army",))),
        (event("capture", ("varn",), ("rebels",)), event("capture", ("varn",), ("army",))),
        (event("siege", ("varn",), ("rebels",)), event("siege_lifted", ("varn",), ("army",))),
    ],
)
def test_sides_fight_where_one_is_told_to_attack_the_other_or_what_it_holds(told):
    assert sides(*told).fight("government", "rebels")
    assert sides(*told).fight("rebels", "government")
    assert not sides(*told).fight("guards", "rebels")


def test_who_was_last_told_to_hold_a_place_is_who_is_attacked_there():
    told = sides(controls("guards", "varn"), controls("rebels", "varn"), event("shelling", ("varn",), ("army",)))
    assert told.fight("government", "rebels")
    assert not told.fight("government", "guards")


def test_a_friend_of_who_fights_stands_with_it():
    told = sides(relation("army", "fights", "rebels"))
    assert told.fight("patron", "rebels")
    assert not told.fight("patron", "government")


def test_friends_of_both_sides_may_stand_aside():
    told = sides(relation("army", "fights", "rebels"), relation("guards", "ally_of", "rebels"))
    assert told.fight("guards", "government")
    assert not told.fight("guards", "patron")


def test_allies_do_not_fight_each_other_even_where_a_clash_is_told():
    told = sides(relation("rebels", "ally_of", "army"), event("clash", ("varn",), ("army", "rebels")))
    assert not told.fight("rebels", "government")


def test_who_shells_civilians_has_no_front_line_with_them():
    assert not sides(event("shelling", ("varn",), ("army",), targets=("villagers",))).fight("government", "villagers")


@pytest.mark.parametrize("certainty", ["denied", "projected", "conditional", "demanded"])
def test_what_is_denied_feared_or_planned_tells_of_no_fight(certainty):
    assert not sides(relation("army", "fights", "rebels"), certainty=certainty).fight("government", "rebels")


def test_who_takes_back_a_siege_of_its_own_fights_not_itself():
    told = sides(event("siege", ("varn",), ("army",)), event("siege_lifted", ("varn",), ("army",)))
    assert not told.fights


def sides_of(*told):
    """Sides by what was told on days after `DAY`."""
    claims = [
        claim_of(report_of("Something.", DAY + dt.timedelta(days=n)), content, start=number)
        for number, (n, content) in enumerate(told)
    ]
    return with_fights(Sides.of(PARTIES, claims), claims)


@pytest.mark.parametrize("type_", ["shelling", "air_strike", "bombing", "siege"])
def test_who_attacks_others_in_a_place_makes_no_enemy_of_its_holder(type_):
    told = sides(controls("rebels", "varn"), event(type_, ("varn",), ("army",), targets=("guards",)))
    assert told.fight("government", "guards")
    assert not told.fight("government", "rebels")


def test_who_strikes_civilians_of_a_place_strikes_its_holder():
    told = sides(controls("rebels", "varn"), event("shelling", ("varn",), ("army",), targets=("villagers",)))
    assert told.fight("government", "rebels")


def test_who_takes_a_place_from_others_took_it_from_its_holder_too():
    told = sides(controls("rebels", "varn"), event("capture", ("varn",), ("army",), targets=("guards",)))
    assert told.fight("government", "rebels")
    assert told.fight("government", "guards")


def test_who_advances_on_a_place_may_come_to_help():
    assert not sides(controls("rebels", "varn"), event("advance", ("varn",), ("guards",))).fight("guards", "rebels")
    told = sides(controls("rebels", "varn"), event("advance", ("varn",), ("guards",), targets=("rebels",)))
    assert told.fight("guards", "rebels")


def test_of_several_who_were_told_of_one_day_to_hold_a_place_all_are_attacked():
    told = sides_of((0, controls("guards", "varn")), (0, controls("rebels", "varn")),
                    (3, event("shelling", ("varn",), ("army",))))  # fmt: skip
    assert told.fight("government", "rebels")
    assert told.fight("government", "guards")


@pytest.mark.parametrize(
    ("told", "begins"),
    [
        (((5, relation("army", "fights", "rebels")), (2, event("clash", (), ("army", "rebels")))), 2),
        (((0, event("siege", ("varn",), ("rebels",))), (4, event("siege_lifted", ("varn",), ("army",)))), 4),
    ],
)
def test_sides_fight_from_the_first_day_of_which_it_is_told(told, begins):
    fight = sides_of(*told).fight
    day = DAY + dt.timedelta(days=begins)
    assert fight("government", "rebels", day)
    assert fight("patron", "rebels", day)
    assert not fight("government", "rebels", day - dt.timedelta(days=1))
    assert not fight("patron", "rebels", day - dt.timedelta(days=1))


@pytest.mark.parametrize(("left", "is_fight"), [((), True), (("varn",), True), (("tolm",), False)])
def test_who_withdraws_as_another_takes_the_place_fights_him(left, is_fight):
    report = report_of("Rebels captured Varn. The army withdrew.", DAY)
    taken = claim_of(report, event("capture", ("varn",), ("rebels",)), start=0)
    told = [taken, claim_of(report, event("retreat", left, ("army",)), start=20)]
    assert with_fights(Sides.of(PARTIES, told), told).fight("rebels", "government") is is_fight


def test_a_withdrawal_told_in_another_report_is_of_nobody_in_particular():
    assert not sides(event("capture", ("varn",), ("rebels",)), event("retreat", (), ("army",))).fight("rebels", "army")
