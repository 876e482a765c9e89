"""crisis.yaml is read with the line of every problem, and nothing in it is taken for what it is not."""

from __future__ import annotations

import datetime as dt

import pytest

from tidings.core.errors import InputError
from tidings.crisis.settings import read_settings
from tidings.flow.parameters import load_parameters

HEAD = "title: Case\ncountries: [XVA]\n"


def test_a_start_may_be_written_in_quotes() -> None:
    settings, problems = read_settings((HEAD + "start: '2031-03-01'\n").encode())
    assert problems == ()
    assert settings is not None
    assert settings.start == dt.date(2031, 3, 1)


@pytest.mark.parametrize("start", ["2031", "2031-03-01 10:00:00", "soon", "[2031]", "true"])
def test_a_start_that_is_no_day_is_refused(start: str) -> None:
    _, problems = read_settings((HEAD + f"start: {start}\n").encode())
    assert [str(problem.where) for problem in problems] == ["crisis.yaml:3"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("parameters: {leave: often}", "parameters.leave 'often'"),
        ("parameters: 5", "parameters '5'"),
        ("sources: [Radio]", "sources"),
        ("scenarios: {closed: 1}", "scenarios.closed '1'"),
        ("notes: [1]", "notes"),
        ("rules: leave", "rules 'leave'"),
        ("rules: {leave: 5}", "rules.leave '5' names no rule"),
        ("rules: {leave: rules.py}", "rules.leave.rule 'rules.py' names no rule"),
        ("rules: {leave: 'rules.py:'}", "rules.leave.rule 'rules.py:' names no rule"),
        ("rules: {leave: {share: 0.4}}", "key 'rule' is missing"),
        ("rules: {leave: {rule: Mine, share: [1]}}", "rules.leave.share 'a list' is no value of a field"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_line(line: str, message: str) -> None:
    _, problems = read_settings((HEAD + line + "\n").encode())
    assert problems[0].where == "crisis.yaml:3"
    assert message in problems[0].met


def test_several_problems_come_together() -> None:
    _, problems = read_settings(b"countries: [SYR, Turkey]\ntitel: x\nstart: never\n")
    assert len(problems) == 3


def test_aliases_within_aliases_do_not_hang() -> None:
    bomb = "".join(f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    settings, problems = read_settings((HEAD + "scenarios:\n s:\n  a0: &a0 [x]\n" + bomb).encode())
    assert settings is not None
    assert problems == ()


@pytest.mark.parametrize("problem", ["rules: {leave: 5}", "rules: {leave: {rule: Mine, share: [1]}}"])
def test_one_wrong_rule_is_one_problem(problem: str) -> None:
    assert len(read_settings((HEAD + problem + "\n").encode())[1]) == 1


def test_a_rule_is_named_by_its_file_and_class_and_may_have_values_beside_it() -> None:
    text = (
        HEAD
        + "rules:\n  leave: {rule: own/rules.py:Leave, share: 0.4, days: 3, at: kett, early: true}\n"
        + "  calm: CalmForDays\n"
    )
    settings, problems = read_settings(text.encode())
    assert problems == ()
    assert settings is not None
    leave, calm = settings.rules["leave"], settings.rules["calm"]
    assert (leave.file, leave.name) == ("own/rules.py", "Leave")
    assert leave.given == {"share": 0.4, "days": 3, "at": "kett", "early": True}
    assert type(leave.given["days"]) is int
    assert (calm.file, calm.name, calm.given) == ("", "CalmForDays", {})


@pytest.mark.parametrize("value", [".nan", ".inf"])
def test_a_parameter_that_is_no_number_does_not_hide_what_the_model_says_of_the_others(value: str) -> None:
    settings, problems = read_settings((HEAD + f"parameters: {{base_leaving_rate: {value}, other: -1}}\n").encode())
    assert problems == ()  # refused with the others, where parameters are known
    assert settings is not None
    with pytest.raises(InputError) as refused:
        load_parameters(settings.parameters, "crisis.yaml: parameters")
    assert [problem.where for problem in refused.value.problems] == [
        "crisis.yaml: parameters.base_leaving_rate",
        "crisis.yaml: parameters.other",
    ]
