"""Contract: every error says where, what was met and what to do, and one error carries all problems at once."""

import pickle

import pytest

from tidings.core.errors import EnvironmentError_, InputError, Problem, raise_all


def test_an_error_says_where_what_and_what_to_do():
    error = InputError(where="roads.csv:3", met="no such place: 'x'", fix="Correct it.")
    assert str(error) == "roads.csv:3: no such place: 'x'. Correct it."


def test_all_problems_are_told_at_once():
    problems = [Problem("a.csv:1", "one", "Mend."), Problem("b.csv:2", "two", "Mend.")]
    with pytest.raises(InputError, match=r"a\.csv:1: one(.|\n)*b\.csv:2: two") as met:
        raise_all(problems)
    assert met.value.problems == tuple(problems)


def test_no_problem_raises_nothing():
    raise_all([])
    assert InputError.exit_status == 1


def test_a_wrong_machine_has_an_exit_status_of_its_own():
    assert EnvironmentError_.exit_status == 3


@pytest.mark.parametrize("kind", [InputError, EnvironmentError_])
def test_an_error_comes_back_from_another_process_as_it_was(kind):
    error = kind(problems=[Problem("a.csv:1", "one", "Mend."), Problem("b.csv:2", "two", "Mend.")])
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.problems, str(again)) == (error.problems, str(error))
