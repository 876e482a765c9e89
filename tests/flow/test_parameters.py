"""Parameters come from one YAML file; an unknown name or a value out of range is refused, all problems at once."""

from pathlib import Path

import pytest

from tidings.core.errors import InputError
from tidings.flow.parameters import (
    BEGIN,
    END,
    load_parameters,
    main,
    parameter_table,
    render_parameter_table,
    with_parameter_table,
)

PAGE = Path(__file__).parents[2] / "docs" / "model.md"
TABLE = parameter_table()


@pytest.mark.parametrize("name", TABLE)
def test_a_default_lies_in_its_range_and_its_plausible_range(name):
    entry = TABLE[name]
    assert entry.range[0] <= entry.plausible[0] <= entry.plausible[1] <= entry.range[1]
    assert entry.plausible[0] <= entry.default <= entry.plausible[1]


@pytest.mark.parametrize("name", TABLE)
def test_a_parameter_names_a_rule_that_is_written_down(name):
    assert f"**{TABLE[name].rule}**" in PAGE.read_text(encoding="utf-8")


def test_the_table_in_the_documentation_is_current():
    page = PAGE.read_text(encoding="utf-8")
    assert with_parameter_table(page) == page, "run python -m tidings.flow.parameters docs/model.md"


def test_a_page_without_the_marks_is_refused():
    with pytest.raises(InputError, match="marks of the table are missing"):
        with_parameter_table("# A page")


def test_writing_the_table_replaces_what_stood_between_the_marks(tmp_path):
    page = tmp_path / "model.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    main(page)
    assert page.read_text() == f"before\n{BEGIN}\n{render_parameter_table()}\n{END}\nafter\n"


def test_overrides_change_nothing_else():
    changed = load_parameters({"speed_foot": 20})
    assert changed["speed_foot"] == 20.0
    assert {name for name in TABLE if changed[name] != TABLE[name].default} == {"speed_foot"}
    assert repr(changed) == "Parameters(speed_foot=20)"


def test_the_same_values_are_the_same_parameters():
    assert load_parameters({"speed_foot": 20}) == load_parameters({"speed_foot": 20.0})
    assert hash(load_parameters()) == hash(load_parameters({}))


def test_an_unknown_name_is_refused_with_the_nearest_one():
    with pytest.raises(InputError, match=r"crisis\.yaml: parameters\.sped_foot.*Did you mean speed_foot"):
        load_parameters({"sped_foot": 30}, where="crisis.yaml: parameters")


def test_a_name_like_no_other_is_refused_too():
    with pytest.raises(InputError, match=r"no parameter of this name\. The names are listed"):
        load_parameters({"xyzzy": 1})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("speed_foot", -1, "-1 is out of range. Write a number from 1 to 100"),
        ("speed_foot", float("nan"), "nan is not a number"),
        ("speed_foot", float("inf"), "inf is out of range"),
        ("speed_foot", "20", "'20' is not a number"),
        ("speed_foot", True, "True is not a number"),
        ("speed_foot", None, "None is not a number"),
        ("awareness_hops", 1.5, "1.5 is not a whole number"),
        ("awareness_hops", 4, "4 is out of range"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name, value, message):
    with pytest.raises(InputError, match=message):
        load_parameters({name: value})


def test_all_problems_are_told_at_once():
    with pytest.raises(InputError) as caught:
        load_parameters({"speed_foot": -1, "sped_motor": 3, "return_rate": 99})
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("end", [0, 1])
def test_both_ends_of_a_range_are_allowed(name, end):
    assert load_parameters({name: TABLE[name].range[end]})[name] == TABLE[name].range[end]
