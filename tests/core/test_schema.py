"""Contract: where a number is meant, true and false are refused, however deep; text that is a number is one."""

from __future__ import annotations

from typing import Annotated

import pytest
import yaml
from pydantic import Field, TypeAdapter, ValidationError

from tidings.core.errors import InputError
from tidings.core.schema import NOT_A_NUMBER, Range, Schema
from tidings.flow.flee_settings import FleeSettings


class Camp(Schema):
    n_tents: int = 0
    share: float | None = None
    is_full: bool = False
    per_day: Annotated[float, Field(ge=0, allow_inf_nan=True)] = 0.0
    by_name: dict[str, float] = Field(default_factory=dict)
    several: tuple[int, ...] = ()
    pair: tuple[float, float] = (0.0, 1.0)
    either: int | float | bool | str = 0
    inner: Range | None = None


@pytest.mark.parametrize(
    "fields",
    [
        {"n_tents": True}, {"share": False}, {"per_day": True}, {"by_name": {"a": True}}, {"several": [1, True]},
        {"pair": (True, 1)}, {"inner": {"low": True}},
    ],
    ids=str,
)  # fmt: skip
def test_true_and_false_are_no_numbers(fields):
    with pytest.raises(ValidationError, match="Input should be a number, not true or false") as refused:
        Camp.model_validate(fields)
    assert NOT_A_NUMBER in {error["type"] for error in refused.value.errors()}


@pytest.mark.parametrize(("fields", "text"), [({"share": True}, '{"share": true}'), ({"n_tents": 3}, '{"n_tents": 3}')])
def test_json_is_read_by_the_same_rule(fields, text):
    for given, read in ((fields, Camp.model_validate), (text, Camp.model_validate_json)):
        if "share" in fields:
            with pytest.raises(ValidationError, match="not true or false"):
                read(given)
        else:
            assert read(given).n_tents == 3


@pytest.mark.parametrize("text", ["optimisations: {hasten: true}", "move_rules: {foreign_weight: yes}"])
def test_settings_of_flee_are_read_by_the_same_rule(text):
    with pytest.raises(InputError, match=r"True does not fit: it should be a number, not true or false\. Correct"):
        FleeSettings.of(yaml.safe_load(text), "simsetting.yml")


def test_numbers_text_that_is_one_and_truth_where_it_is_meant_are_taken():
    camp = Camp.model_validate(
        {"n_tents": 3.0, "share": "1e-3", "is_full": True, "per_day": float("inf"), "pair": (1, 2)}
    )
    assert (camp.n_tents, camp.share, camp.is_full, camp.per_day) == (3, 0.001, True, float("inf"))
    for value in (True, 1, 1.5, "1", "x"):
        kept = Camp(either=value).either
        assert (kept, type(kept)) == (value, type(value))


def test_the_json_schema_is_that_of_a_number():
    assert Camp.model_json_schema()["properties"]["n_tents"] == {"default": 0, "title": "N Tents", "type": "integer"}


def test_a_value_in_another_model_is_checked_once_and_a_list_of_values_is_too():
    with pytest.raises(ValidationError, match="1 validation error"):
        TypeAdapter(list[Range]).validate_python([{"value": True}])
