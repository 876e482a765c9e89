"""crisis.yaml is read with the line of every problem, and nothing in it is taken for what it is not."""

from __future__ import annotations

import datetime as dt

import pytest

from tidings.crisis.settings import read_settings

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
    settings, problems = read_settings((HEAD + "rules:\n  a0: &a0 [x]\n" + bomb).encode())
    assert settings is not None
    assert problems == ()
