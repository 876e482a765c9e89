"""A decision is taken by one rule; whoever wrote it, only numbers that can be drawn from come out."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from tests.flow.worlds import START, geography, seen
from tidings.core.errors import InputError
from tidings.flow.behaviour import CalmForDays, LeaveByViolence
from tidings.flow.engine import Run
from tidings.flow.parameters import load_parameters
from tidings.flow.reference import Member
from tidings.flow.rules import DAY, DECISIONS, LARGEST, Chosen, Columns, Rules, p_within_a_day

MODEL = Path(__file__).parents[2] / "docs" / "model.md"
COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 40)], [("gate", "camp", "home")])
SIGHT = seen(COUNTRY, n_members=2, ways=[("home", "camp", 40), ("home", "gate", 0), ("camp", "home", 40)])


@dataclass(frozen=True)
class Gives:
    """A rule that gives what a test tells it to."""

    what: object

    def values(self, _seen):
        return self.what


@dataclass(frozen=True)
class Fails:
    def values(self, seen):
        return 1 / len(seen.map.place[2:])


@dataclass(frozen=True)
class Meddles:
    def values(self, seen):
        seen.violence[:] = 0.0
        return seen.violence


@dataclass(frozen=True)
class HalfAsMany:
    """A rule that wraps one of ours."""

    ours: LeaveByViolence
    share: float = 0.5

    def values(self, seen):
        return self.ours.values(seen) * self.share


def rules_with(decision, rule, **given):
    return Rules.of(load_parameters(), {decision: Chosen(rule, given)})


def answer(decision, what):
    return rules_with(decision, Gives, what=what).ask(decision, SIGHT)


def test_both_engines_have_every_step_of_the_day():
    assert all(callable(getattr(engine, step)) for engine in (Run, Member) for step in DAY)


def test_the_day_is_printed_in_the_documentation():
    assert f"`DAY = {DAY}`".replace("'", '"') in MODEL.read_text(encoding="utf-8")


def test_a_small_rate_keeps_its_digits():
    assert p_within_a_day(1e-18) == 1e-18


SHAPES = {
    **dict.fromkeys(DECISIONS, (2, 2)),
    **dict.fromkeys(("near", "side", "attract"), (2, 3)),
    **dict.fromkeys(("let_through", "settle_near", "turn_back"), (2, 1)),
}
TRUTHS = {"quiet", "calm"}


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_number_holds_for_all_members_and_places(decision):
    values = answer(decision, decision in TRUTHS or 1.0)
    assert values.shape == SHAPES[decision]
    assert values.flags.c_contiguous
    assert values.dtype == (bool if decision in TRUTHS else float)
    assert values.all()


@pytest.mark.parametrize("decision", DECISIONS)
def test_values_of_another_shape_are_refused(decision):
    message = rf"rules\.{decision} \(Gives\) on {START}: its values have the shape \(7,\)\. Return \(2, "
    with pytest.raises(InputError, match=message):
        answer(decision, np.ones(7, bool))


def test_lists_of_unequal_length_are_refused():
    with pytest.raises(InputError, match="its values have the shape"):
        answer("leave", [[1.0], [1.0, 2.0]])


@pytest.mark.parametrize("decision", sorted(DECISIONS.keys() - TRUTHS))
@pytest.mark.parametrize("number", [np.nan, -1e-9, -np.inf])
def test_numbers_that_are_none_or_negative_are_refused(decision, number):
    values = np.full(SHAPES[decision], 0.5)
    values[1, -1] = number
    with pytest.raises(
        InputError, match=rf"rules\.{decision} \(Gives\) on .*: it gives {number:g}\. Give numbers from 0"
    ):
        answer(decision, values)


@pytest.mark.parametrize("decision", sorted(DECISIONS.keys() - TRUTHS))
def test_numbers_above_the_most_are_refused(decision):
    most = DECISIONS[decision].most
    assert answer(decision, most).max() == most
    if most < np.inf:
        with pytest.raises(InputError, match=rf"it gives .*\. Give numbers from 0 to {most:g}".replace("+", r"\+")):
            answer(decision, most * 1.001)


def test_the_largest_weights_together_are_a_number():
    assert np.isfinite(LARGEST**4 * 1e9)


@pytest.mark.parametrize("what", ["many", None, 1j, [[1, "two"], [3, 4]], object()])
def test_what_is_no_number_is_refused(what):
    with pytest.raises(
        InputError, match=r"its values are of the kind .*\. Return numbers: rate at which residents leave"
    ):
        answer("leave", what)


@pytest.mark.parametrize("what", [0.0, np.nan, 1, "yes"])
def test_what_is_neither_true_nor_false_is_refused(what):
    with pytest.raises(
        InputError, match=r"its values are of the kind .*\. Return true or false: whether a place is quiet"
    ):
        answer("quiet", what)


def test_whole_numbers_and_truths_are_numbers():
    assert answer("leave", np.array([[0, 3], [1, 1]])).tolist() == [[0.0, 3.0], [1.0, 1.0]]
    assert answer("escape", np.array([True, False])).tolist() == [[1.0, 0.0], [1.0, 0.0]]


def test_a_decision_about_nothing_is_an_empty_array():
    country = geography({"home": "town"})
    assert Rules.of(load_parameters()).ask("let_through", seen(country)).shape == (1, 0)


def test_where_somebodys_rule_fails_is_told_with_file_and_line():
    message = (
        r"rules\.leave \(Fails\) on .*: it fails \(ZeroDivisionError: .*\)\. Mend it in .*test_rules\.py, line \d+"
    )
    with pytest.raises(InputError, match=message) as caught:
        rules_with("leave", Fails).ask("leave", SIGHT)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_rule_that_writes_into_what_it_sees_is_refused():
    before = SIGHT.violence.copy()
    with pytest.raises(InputError, match=r"it fails \(ValueError: .*read-only\)"):
        rules_with("leave", Meddles).ask("leave", SIGHT)
    assert np.array_equal(SIGHT.violence, before)


def test_a_rule_wraps_one_of_ours_by_the_type_of_a_field():
    ours = Rules.of(load_parameters()).ask("leave", SIGHT)
    assert np.array_equal(rules_with("leave", HalfAsMany).ask("leave", SIGHT), ours / 2)
    assert np.array_equal(rules_with("leave", HalfAsMany, share=0.25).ask("leave", SIGHT), ours / 4)


def test_a_wrapped_rule_has_the_parameters_of_each_member():
    sets = [load_parameters({"base_leaving_rate": rate}) for rate in (0.1, 0.2)]
    rates = Rules.of(sets, {"leave": Chosen(HalfAsMany, {})}).ask("leave", SIGHT)
    assert rates == pytest.approx(np.array([[0.05, 0.05], [0.1, 0.1]]))


def test_a_field_is_a_parameter_unless_it_is_given():
    made = Chosen(CalmForDays, {}).made(Columns(load_parameters({"calm_days": 3})))
    assert made == CalmForDays(3.0)
    assert Chosen(CalmForDays, {"calm_days": 9}).made(Columns(load_parameters())) == CalmForDays(9)


class NoDataclass:
    def values(self, seen):
        return 0.0


@dataclass
class Thawed:
    def values(self, seen):
        return 0.0


@dataclass(frozen=True)
class Silent:
    share: float = 0.5


@dataclass(frozen=True)
class Wanting:
    winter_share: float
    base_leaving_rate: float
    note: str = ""
    months: tuple[int, ...] = field(default_factory=tuple)

    def values(self, seen):
        return self.winter_share


@dataclass(frozen=True)
class Choosy:
    share: float
    half: float = field(init=False, default=0.5)
    odd: "nothing that is imported" = None  # noqa: F722

    def __post_init__(self):
        if self.share > 1:
            raise ValueError("a share is at most 1")

    def values(self, seen):
        return self.share * self.half


def test_a_rule_may_have_fields_that_nobody_gives_and_types_that_nobody_knows():
    assert (rules_with("escape", Choosy, share=0.5).ask("escape", SIGHT) == 0.25).all()


def test_values_that_a_class_refuses_are_told_with_its_line():
    message = (
        r"rules: Choosy: its values are refused \(ValueError: a share is at most 1\)\. Correct .*test_rules\.py, line"
    )
    with pytest.raises(InputError, match=message):
        rules_with("escape", Choosy, share=5)


@pytest.mark.parametrize(
    ("decision", "rule", "given", "message"),
    [
        (
            "leaf",
            Fails,
            {},
            r"rules\.leaf: there is no decision 'leaf'\. Did you mean leave\? The decisions are: leave, ",
        ),
        ("xyzzy", Fails, {}, r"there is no decision 'xyzzy'\. The decisions are: leave, move_on, escape"),
        (
            "leave",
            NoDataclass,
            {},
            r"rules\.leave \(NoDataclass\): it is no frozen dataclass\. Write @dataclass\(frozen",
        ),
        ("leave", Thawed, {}, r"rules\.leave \(Thawed\): it is no frozen dataclass"),
        ("leave", Silent, {}, r"rules\.leave \(Silent\): it has no method 'values'\. Write def values"),
        ("leave", Wanting, {}, r"rules\.leave \(Wanting\): its field 'winter_share' has no value and is no parameter"),
        (
            "leave",
            Wanting,
            {"winter_shar": 1, "winter_share": 1},
            r"leave \(Wanting\)\.winter_shar: .* mean winter_share\?",
        ),
        (
            "leave",
            Wanting,
            {"xyzzy": 1, "winter_share": 1},
            r"xyzzy: .*Its fields are: winter_share, base_leaving_rate, ",
        ),
        ("leave", Fails, {"share": 1}, r"\.share: the rule has no field of this name\. Its fields are: none"),
        ("calm", CalmForDays, {"calm_days": -4}, r"rules\.calm \(CalmForDays\)\.calm_days: -4 is out of range"),
        ("calm", CalmForDays, {"calm_days": "ten"}, r"calm_days: 'ten' is not a number"),
    ],
)
def test_a_rule_that_cannot_be_made_is_refused(decision, rule, given, message):
    with pytest.raises(InputError, match=message):
        rules_with(decision, rule, **given)


def test_all_problems_of_all_rules_are_told_at_once():
    chosen = {"leaf": Chosen(Fails, {}), "leave": Chosen(Wanting, {"a": 1, "b": 2}), "calm": Chosen(Thawed, {})}
    with pytest.raises(InputError) as caught:
        Rules.of(load_parameters(), chosen)
    assert len(caught.value.problems) == 5
    assert all(problem.where and problem.met and problem.fix for problem in caught.value.problems)
