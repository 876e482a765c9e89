"""The contract test of a rule passes what both engines can use, and says in words what they cannot."""

import random
from dataclasses import dataclass
from typing import ClassVar
from unittest import mock

import numpy as np
import pytest

from tidings.core.errors import InputError
from tidings.flow.rules import DECISIONS
from tidings.flow.seen import OF_MEMBERS
from tidings.testing import MEMBERS, check_rule, days_seen


@dataclass(frozen=True)
class Drawing:
    def values(self, seen):
        return np.random.default_rng().random(seen.violence.shape)


@dataclass(frozen=True)
class DrawingInPassing:
    """What is drawn here has no effect, but the stream of somebody else moves on."""

    kind: str

    def values(self, seen):
        random.random() if self.kind == "python" else np.random.rand()  # noqa: NPY002
        return 0.5


@dataclass(frozen=True)
class OfAllMembers:
    def values(self, seen):
        return seen.people / np.maximum(1, seen.people.sum())


@dataclass(frozen=True)
class RoundedByCompany:
    """As NumPy's x**y, whose last digit depends on the shape of y."""

    def values(self, seen):
        return 0.5 if len(seen.violence) == 1 else np.nextafter(0.5, 1.0)


@dataclass(frozen=True)
class OfThePlaces:
    asked: ClassVar[set[int]] = set()
    """Of how many members it was asked at once."""

    def values(self, seen):
        self.asked.add(len(seen.people))
        return seen.people / np.maximum(1, seen.people.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class PerResident:
    def values(self, seen):
        with np.errstate(all="ignore"):
            return seen.people / seen.population


@dataclass
class Thawed:
    def values(self, seen):
        return 0.0


@pytest.mark.parametrize("decision", DECISIONS)
def test_our_own_rules_pass(decision):
    rule = DECISIONS[decision].rule
    with mock.patch.object(rule, "values", autospec=True, side_effect=rule.values) as asked:
        check_rule(decision, rule)
    assert asked.call_count >= len(list(days_seen()))


def test_a_rule_may_compare_places_within_a_member():
    check_rule("leave", OfThePlaces)
    assert OfThePlaces.asked == {1, MEMBERS}


@pytest.mark.parametrize(
    ("rule", "given", "message"),
    [
        (Drawing, {}, r"rules\.leave \(Drawing\) on 2031-01-15: asked twice about one day, it gives other values"),
        (DrawingInPassing, {"kind": "python"}, r"\(DrawingInPassing\) on 2031-01-15: it draws random numbers"),
        (DrawingInPassing, {"kind": "numpy"}, "it draws random numbers. Give rates or weights: the engines draw"),
        (OfAllMembers, {}, r"\(OfAllMembers\) on 2031-01-15: a member's values depend on the other members\. Keep the"),
        (RoundedByCompany, {}, r"a member's values are rounded otherwise beside other members\. Write powers with np"),
    ],
)
def test_a_rule_that_no_engine_can_use_fails(rule, given, message):
    with pytest.raises(AssertionError, match=message):
        check_rule("leave", rule, **given)


@pytest.mark.parametrize(
    ("decision", "rule", "given", "message"),
    [
        ("leave", PerResident, {}, r"rules\.leave \(PerResident\) on .*: it gives (nan|inf)\. Give numbers from 0"),
        ("quiet", OfThePlaces, {}, r"rules\.quiet \(OfThePlaces\) on .*: its values are of the kind float64"),
        ("let_through", OfThePlaces, {}, r"its values have the shape \(3, 6\)\. Return \(3, 2\): the most that a"),
        ("leave", Thawed, {}, "it is no frozen dataclass"),
        ("leave", OfThePlaces, {"share": 1}, "the rule has no field of this name"),
        ("leaf", OfThePlaces, {}, "there is no decision 'leaf'"),
    ],
)
def test_a_rule_that_gives_no_numbers_to_draw_from_is_refused(decision, rule, given, message):
    with pytest.raises(InputError, match=message):
        check_rule(decision, rule, **given)


def test_the_days_are_of_all_kinds_and_the_same_for_everybody():
    days, again = list(days_seen()), list(days_seen())
    assert {day.date.month for day in days} == set(range(1, 13))
    for name in OF_MEMBERS:
        values = np.stack([getattr(day, name) for day in days])
        assert len(np.unique(values)) > 1
        assert np.array_equal(values, np.stack([getattr(day, name) for day in again]))
