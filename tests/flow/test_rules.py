"""A rule is the equation of docs/model.md, the same for one person and for arrays of members, and never draws."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import numpy as np
import pytest

from tidings.flow.engine import Run
from tidings.flow.parameters import load_parameters, parameter_table
from tidings.flow.reference import Member
from tidings.flow.rules import CLOSED, DAY, OPEN, RESTRICTED, Columns, LeaveByViolence, Rules, p_within_a_day

RULES = Rules.of(load_parameters())
MODEL = Path(__file__).parents[2] / "docs" / "model.md"


def test_both_engines_have_every_step_of_the_day():
    assert all(callable(getattr(engine, step)) for engine in (Run, Member) for step in DAY)


def test_the_day_is_printed_in_the_documentation():
    assert f"`DAY = {DAY}`".replace("'", '"') in MODEL.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", [field.name for field in fields(Rules)])
def test_a_rule_is_frozen(rule):
    part = getattr(RULES, rule)
    with pytest.raises(FrozenInstanceError):
        setattr(part, fields(part)[0].name, 1.0)


def test_many_members_get_what_each_would_get_alone():
    sets = [load_parameters({"leaving_rate_per_event": rate}) for rate in (0.01, 0.2)]
    violence = np.array([[0.0, 1.0, 5.0], [0.0, 1.0, 5.0]])
    together = LeaveByViolence.of(Columns(sets)).p_leave(violence, violence > 3)
    alone = [LeaveByViolence.of(Columns(each)).p_leave(violence[0], violence[0] > 3) for each in sets]
    assert np.array_equal(together, np.stack(alone))


def test_a_small_rate_keeps_its_digits():
    assert p_within_a_day(1e-18) == 1e-18


def test_violence_makes_people_leave_and_a_siege_holds_them():
    quiet, violent, besieged = (RULES.leave.p_leave(*given) for given in ((0.0, False), (5.0, False), (5.0, True)))
    assert quiet < violent
    assert besieged == pytest.approx(violent * load_parameters()["besieged_escape_probability"])


def test_camps_hold_people_longer_than_towns():
    town, camp = (float(RULES.move_on.p_leave(0.0, False, is_camp, 10, np.inf)) for is_camp in (False, True))
    assert camp < town


def test_nobody_is_crowded_below_the_capacity():
    below, at = (float(RULES.move_on.p_leave(0.0, False, True, people, 100.0)) for people in (3, 100))
    assert below == at < float(RULES.move_on.p_leave(0.0, False, True, 101, 100.0))


def test_an_empty_place_without_capacity_is_no_division_by_zero():
    assert float(RULES.move_on.p_leave(0.0, False, True, 0, 0.0)) >= 0
    assert float(RULES.room.share(0, 0.0)) == 0.0


def test_nearness_falls_with_distance_and_is_one_where_one_stands():
    assert RULES.choose.nearness(0.0) == 1.0
    assert RULES.choose.nearness(10.0) > RULES.choose.nearness(20.0) > 0


def test_nobody_is_drawn_into_a_siege():
    assert RULES.choose.pull(1.0, 0.0, True) == 0.0


def test_one_event_a_day_makes_a_place_weigh_a_quarter():
    assert float(RULES.choose.pull(1.0, 1.0, False)) == pytest.approx(0.25, abs=1e-3)


def test_a_closed_crossing_attracts_and_carries_nobody():
    assert RULES.choose.passage(CLOSED) == 0.0
    assert RULES.crossing.limit(CLOSED, np.inf) == 0.0


def test_an_open_crossing_carries_what_it_can_and_a_restricted_one_a_share():
    assert RULES.crossing.limit(OPEN, 500.0) == 500.0
    assert RULES.crossing.limit(RESTRICTED, 500.0) == pytest.approx(50.0)
    assert RULES.crossing.limit(RESTRICTED, np.inf) == load_parameters()["restricted_limit"]


def test_nobody_gives_up_where_the_rates_are_nothing():
    never = Rules.of(load_parameters({"settle_near_rate": 0, "turn_back_rate": 0})).give_up
    assert never.p_give_up() == 0.0
    assert never.p_settle() == 0.0


def test_a_besieged_place_is_not_calm_however_quiet():
    assert RULES.go_home.is_quiet(0.0, False)
    assert not RULES.go_home.is_quiet(0.0, True)
    assert not RULES.go_home.is_quiet(1.0, False)


def test_a_home_is_calm_after_so_many_quiet_days():
    days = int(load_parameters()["calm_days"])
    assert list(RULES.go_home.is_calm(np.array([days - 1, days]))) == [False, True]


def test_the_share_of_calm_homes_scales_the_return():
    assert RULES.go_home.p_return(0.5, False) == RULES.go_home.p_return(1.0, False) / 2
    assert RULES.go_home.p_return(1.0, True) < RULES.go_home.p_return(1.0, False)


def test_every_parameter_is_used_by_a_rule_or_a_way():
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "src/tidings/flow").glob("*.py")
    )
    speeds = {"speed_motor", "speed_foot", "speed_water"}  # by the road's mode
    assert [name for name in parameter_table() if f'"{name}"' not in sources and name not in speeds] == []
