"""A model is loaded from a crisis folder; wrong arguments are refused at once, and edits of it are heard."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

import tidings
from tidings.core.errors import InputError
from tidings.evidence.intake import LEDGER_FILE
from tidings.examples import copy_example


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the invented country with its reports read."""
    from click.testing import CliRunner

    from tidings.cli import cli

    folder = tmp_path_factory.mktemp("crisis") / "valdria"
    copy_example("valdria", folder)
    done = CliRunner().invoke(cli, ["add", str(folder), *map(str, sorted((folder / "reports").iterdir()))])
    assert done.exit_code == 0, done.output
    assert (folder / LEDGER_FILE).exists()
    return folder


def test_days_may_be_iso_texts(folder):
    first = tidings.load_model(folder, days=3).scenario.start
    text = tidings.load_model(folder, days=3, from_=first.isoformat(), as_of=first.isoformat())
    day = tidings.load_model(folder, days=3, from_=first, as_of=first)
    assert text.scenario.start == day.scenario.start == first


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"from_": "8 February"}, "from_: '8 February' is no day. Give a datetime.date, or a text"),
        ({"as_of": dt.datetime(2031, 3, 1, tzinfo=dt.UTC)}, r"as_of: datetime.datetime\(.*\) is no day"),
        ({"days": -3}, "days: -3 is less than one day"),
        ({"days": 0}, "days: 0 is less than one day"),
        ({"days": "14"}, "days: '14' is a str. Give a whole number"),
        ({"days": True}, "days: True is a bool"),
        ({"days": 10**9}, "the calendar ends before the last day"),
    ],
)
def test_a_wrong_argument_is_refused_at_once(folder, wrong, message):
    with pytest.raises(InputError, match=message):
        tidings.load_model(folder, **wrong)


def test_all_wrong_arguments_are_told_together(folder):
    with pytest.raises(InputError) as refused:
        tidings.load_model(folder, days=0, from_=1, as_of="x")
    assert [problem.where for problem in refused.value.problems] == ["days", "from_", "as_of"]


def test_an_edit_of_who_is_at_home_is_heard(folder):
    model = tidings.load_model(folder, days=3)
    assert model.residents is None, "no population of the example is a range"
    empty = replace(model, scenario=replace(model.scenario, at_home=np.zeros_like(model.scenario.at_home)))
    one, other = (tidings.simulate(each, members=2) for each in (model, empty))
    assert int(other["people"].sum()) < int(one["people"].sum())


def test_a_model_tells_its_folder_and_scenario(folder):
    told = tidings.simulate(tidings.load_model(folder, days=3), members=1).attrs
    assert (told["source"], told["scenario"]) == ("valdria", "base")
