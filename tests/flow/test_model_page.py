"""What docs/model.md says is held to the code: every rule, its decision, its parameters and the tests that it names."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tidings.flow.parameters import parameter_table
from tidings.flow.rules import DAY, DECISIONS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
RULES = dict(re.findall(r"^\*\*([A-Z]+-\d+)\*\* (.*?)(?=^\*\*[A-Z]+-\d+\*\*|^#)", PAGE, flags=re.DOTALL | re.MULTILINE))
"""The text of each rule by its number."""
NAMED_TEST = re.compile(r"`((?:tests|verification)/[\w/]+\.py)::(\w+)`")


@cache
def names_in(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_page_names_many_tests_and_each_is_there() -> None:
    named = NAMED_TEST.findall(PAGE)
    assert len(named) > 60
    assert not [f"{file}::{name}" for file, name in named if name not in names_in(file)]


def test_no_test_is_named_otherwise() -> None:
    assert not re.findall(r"`(?:tests|verification)/[^`]+\.py[^`]*`", NAMED_TEST.sub("", PAGE))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_names_the_tests_that_hold_it(rule: str) -> None:
    assert NAMED_TEST.search(RULES[rule])


FLOW = [rule for rule in RULES if rule.partition("-")[0] not in ("WORLD", "START")]


@pytest.mark.parametrize("rule", FLOW)
def test_a_rule_of_a_day_has_a_source(rule: str) -> None:
    assert "Source: " in RULES[rule]


@pytest.mark.parametrize("name", parameter_table())
def test_a_parameter_stands_in_the_text_of_its_rule(name: str) -> None:
    assert f"`{name}`" in RULES[parameter_table()[name].rule]


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_named_by_a_rule_that_its_class_names(name: str) -> None:
    numbers = re.findall(r"[A-Z]+-\d", DECISIONS[name].rule.__doc__ or "")
    assert numbers
    named = [rule for rule in FLOW if f"`{name}`" in RULES[rule].partition(")")[0]]
    assert set(named) <= set(numbers)
    assert named


@pytest.mark.parametrize("step", DAY)
def test_a_step_of_the_day_has_its_rules(step: str) -> None:
    heading = {"return_home": "Return"}.get(step, step.capitalize())
    assert f"### {heading}\n" in PAGE
    assert any(rule.startswith(f"{heading.upper()}-") for rule in RULES)


def test_rules_are_numbered_without_gaps() -> None:
    for kind in {rule.partition("-")[0] for rule in RULES}:
        numbers = [int(rule.partition("-")[2]) for rule in RULES if rule.startswith(f"{kind}-")]
        assert numbers == list(range(1, len(numbers) + 1))
