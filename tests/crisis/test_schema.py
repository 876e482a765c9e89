"""The schema of crisis.yaml that editors use is that of the types, and knows every parameter, rule and what-if."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tidings.flow.parameters import parameter_table
from tidings.flow.rules import DECISIONS
from tools.write_schemas import crisis_schema_text

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "reference" / "crisis.schema.json").read_text(encoding="utf-8"))
HEAD = {"title": "Case", "countries": ["XVA"]}


def errors(settings: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    return [error.message for error in validator.iter_errors({**HEAD, **settings})]


def test_the_committed_schema_is_that_of_the_types() -> None:
    committed = (ROOT / "docs" / "reference" / "crisis.schema.json").read_text(encoding="utf-8")
    assert committed == crisis_schema_text(), "run 'make docs'"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("example", ["aleppo-2016", "valdria"])
def test_the_examples_are_valid(example: str) -> None:
    text = (ROOT / "src" / "tidings" / "examples" / example / "crisis.yaml").read_text(encoding="utf-8")
    assert errors(json.loads(json.dumps(yaml.safe_load(text), default=str))) == []


@pytest.mark.parametrize("name", parameter_table())
def test_a_parameter_is_known_with_its_range(name: str) -> None:
    low, high = parameter_table()[name].range
    assert errors({"parameters": {name: low}}) == errors({"parameters": {name: high}}) == []
    assert errors({"parameters": {name: high + 1}}) != []
    assert errors({"scenarios": {"s": {"parameters": {name: low - 1}}}}) != []


@pytest.mark.parametrize(
    "settings",
    [
        {"parameters": {"sped_foot": 20}},
        {"parameters": {"calm_days": 2.5}},
        {"rules": {"leaf": "rules.py:Mine"}},
        {"rules": {"leave": 5}},
        {"rules": {"leave": {"share": 3}}},
        {"scenarios": {"s": {"crosings": {}}}},
        {"scenarios": {"s": {"roads": {"r": "shut"}}}},
        {"start": "soon"},
        {"strat": "2031-03-01"},
    ],
    ids=str,
)
def test_what_would_be_refused_is_marked(settings: dict[str, Any]) -> None:
    assert errors(settings) != []


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_may_be_given_to_a_rule(decision: str) -> None:
    assert errors({"rules": {decision: "rules.py:Mine"}}) == []
    assert errors({"rules": {decision: {"rule": "rules.py:Mine", "share": 0.4, "place": "kett"}}}) == []
