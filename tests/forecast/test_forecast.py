"""Contract: a forecast is the same for the same seed; a scenario differs from the base only by its own doing."""

import datetime as dt
import shutil

import pytest

from tidings.assess.assess import assess
from tidings.core.errors import InputError
from tidings.crisis.load import load_crisis
from tidings.evidence.ledger import Ledger
from tidings.examples import copy_example
from tidings.forecast.document import QUANTILES
from tidings.forecast.forecast import Run, forecast
from tidings.forecast.hubverse import COLUMNS, render_hubverse

DAY = dt.date(2031, 3, 6)
ISSUED = dt.datetime(2031, 3, 7, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def valdria(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crisis") / "valdria"
    copy_example("valdria", folder)
    settings = folder / "crisis.yaml"
    scenarios = "\nscenarios:\n  bridge_opens:\n    crossings: {orlest-bridge: open}\n  nothing_changes: {}\n"
    settings.write_text(settings.read_text() + scenarios)
    yield folder
    shutil.rmtree(folder)


def run_of(folder, *, days=6, members=24, seed=1, scenarios=(), workers=1):
    crisis = load_crisis(folder)
    ledger = Ledger.create(folder / "ledger.db")
    state = assess(crisis, ledger.as_of(), on=DAY, as_of=DAY)
    run = Run(from_=DAY, days=days, members=members, seed=seed, scenarios=scenarios, workers=workers)
    return forecast(crisis, state, crisis.bulletins, run, issued=ISSUED, code="tidings test")


def test_the_same_seed_gives_the_same_forecast_and_another_seed_another(valdria):
    assert run_of(valdria)[0] == run_of(valdria)[0]
    assert run_of(valdria)[0].targets != run_of(valdria, seed=2)[0].targets


def test_the_number_of_workers_changes_nothing(valdria):
    assert run_of(valdria)[0].targets == run_of(valdria, workers=2)[0].targets


def test_quantiles_are_ordered_and_not_negative(valdria):
    targets = run_of(valdria)[0].targets
    assert targets
    for target in targets:
        levels = [target.quantiles[str(q)] for q in QUANTILES]
        assert levels == sorted(levels)
        assert levels[0] >= 0


def test_a_stock_has_no_period_and_a_flow_is_summed_from_the_first_day(valdria):
    targets = run_of(valdria)[0].targets
    assert {t.period_days for t in targets if t.quantity in ("present", "waiting", "trapped")} == {0}
    arrivals = [t for t in targets if t.quantity == "arrivals"]
    assert all(t.period_days == (t.day - DAY).days + 1 for t in arrivals)


def test_a_scenario_that_changes_nothing_has_no_difference(valdria):
    document, _ = run_of(valdria, scenarios=("nothing_changes",))
    assert document.scenarios == ("base", "nothing_changes")
    assert document.differences == ()


def test_an_open_bridge_lets_more_people_reach_the_other_side(valdria):
    document, _ = run_of(valdria, scenarios=("bridge_opens",))
    last = max(d.day for d in document.differences)
    (across,) = [d for d in document.differences if (d.location, d.quantity, d.day) == ("ketterby", "arrivals", last)]
    assert across.mean > 0
    assert across.against == "base"


def test_a_forecast_is_never_called_validated_here(valdria):
    document, _ = run_of(valdria)
    assert document.validated is False
    assert "not_validated" in {w.code for w in document.warnings}


def test_what_cannot_be_run_is_refused_all_at_once(valdria):
    with pytest.raises(InputError, match=r"--days: 0 is too few(.|\n)*--members: 1 is too few"):
        run_of(valdria, days=0, members=1)


def test_the_hubverse_table_has_the_hubs_columns_and_a_row_a_quantile(valdria):
    document, _ = run_of(valdria)
    header, *rows = render_hubverse(document).splitlines()
    assert tuple(header.split(",")) == COLUMNS
    assert len(rows) == len(document.targets) * len(QUANTILES)
