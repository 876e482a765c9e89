"""Contract: a folder is forecast from the day after what is known; a hindcast sees nothing that came later."""

import datetime as dt

import pytest
from click.testing import CliRunner

from tidings.cli import cli
from tidings.core.errors import InputError
from tidings.examples import copy_example
from tidings.forecast.forecast import Run
from tidings.release.folder import Opened, assess_folder, assess_for_forecast, first_day, forecast_folder

ISSUED = dt.datetime(2031, 3, 9, tzinfo=dt.UTC)
EARLIER = dt.date(2031, 3, 3)


@pytest.fixture(scope="module")
def valdria(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crisis") / "valdria"
    copy_example("valdria", folder)
    reports = [str(path) for path in sorted((folder / "reports").iterdir())]
    assert CliRunner().invoke(cli, ["add", str(folder), *reports]).exit_code == 0
    return Opened.folder(folder)


def made(assessed):
    run = Run(from_=first_day(assessed.situation), days=2, members=4)
    return forecast_folder(assessed, run, issued=ISSUED)[0]


def test_the_first_simulated_day_is_the_one_after_the_last_report(valdria):
    assessed = assess_for_forecast(valdria)
    assert assessed.situation == assess_folder(valdria).situation
    assert first_day(assessed.situation) == max(r.published for r in assessed.view.reports()) + dt.timedelta(days=1)


def test_a_hindcast_sees_nothing_that_became_public_after_its_first_day(valdria):
    past = assess_for_forecast(valdria, from_=EARLIER)
    eve = EARLIER - dt.timedelta(days=1)
    assert (past.situation.on, past.situation.as_of, first_day(past.situation)) == (eve, EARLIER, EARLIER)
    assert all(report.published <= EARLIER for report in past.view.reports())
    document = made(past)
    assert (document.from_, document.as_of, document.targets[0].day) == (EARLIER, EARLIER, EARLIER)
    late = {c.id for c in valdria.ledger.as_of().claims()} - {c.id for c in past.view.claims()}
    assert late
    assert not late & set(document.made_from.claims)


def test_a_forecast_of_the_past_may_be_told_what_became_public_later(valdria):
    told = assess_for_forecast(valdria, from_=EARLIER, as_of=dt.date(2031, 3, 9))
    assert told.situation.on == EARLIER - dt.timedelta(days=1)
    assert len(told.view.claims()) > len(assess_for_forecast(valdria, from_=EARLIER).view.claims())


@pytest.mark.parametrize(
    ("published", "first"),
    [("2031-04-20", "2031-04-21"), ("2031-04-21", "2031-04-21"), ("2031-04-25", "2031-04-25"),
     ("2031-05-21", "2031-05-21"), ("2031-05-22", "2031-04-21")],
    ids=["at once", "the day after", "late", "a month late", "long after"],
)  # fmt: skip
def test_a_forecast_begins_when_its_late_bulletins_were_public(tmp_path, published, first):
    folder = copy_example("valdria", tmp_path / "valdria")
    table = folder / "bulletins.csv"
    head = table.read_text().splitlines()[0]
    table.write_text(f"{head}\nlindra-camp,2031-04-20,stock,500,,,person,,X,{published},\n")
    assessed = assess_for_forecast(Opened.for_forecast(folder))
    assert first_day(assessed.situation) == dt.date.fromisoformat(first)
    run = Run(from_=first_day(assessed.situation), days=2, members=4)
    document, _ = forecast_folder(assessed, run, issued=dt.datetime(2031, 6, 1, tzinfo=dt.UTC))
    told = {warning.code for warning in document.warnings}
    assert ("known_later" in told) is (published == "2031-05-22")


def test_the_ends_of_the_calendar_are_refused(valdria):
    with pytest.raises(InputError, match="there is no day before 0001-01-01"):
        assess_for_forecast(valdria, from_=dt.date.min)
    last = assess_folder(valdria).situation.model_copy(update={"on": dt.date.max})
    with pytest.raises(InputError, match="there is no day after 9999-12-31"):
        first_day(last)
