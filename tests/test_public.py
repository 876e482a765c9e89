"""The contract of `import tidings`: its names are enough to go from a report to a brief, without the command line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import tidings
from tidings.assess.assess import assess
from tidings.forecast.start import scenario_of
from tidings.release.folder import Opened, assess_folder, assess_for_forecast, first_day, forecast_folder
from tidings.situation.sample import Sampler

NOON = dt.datetime(2031, 3, 7, 12, tzinfo=dt.UTC)
DAY = dt.date(2031, 3, 6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the invented country, with its reports in the ledger."""
    folder: Path = tidings.copy_example("valdria", tmp_path_factory.mktemp("public") / "valdria")
    ledger, gazetteer = tidings.Ledger.create(folder / "ledger.db"), tidings.open_gazetteer()
    for path in sorted((folder / "reports").iterdir()):
        for report in tidings.read_file(path):
            crisis = tidings.load_crisis(folder)
            tidings.take_in(crisis, ledger, gazetteer, report, path.read_bytes(), received_at=NOON)
    return folder


def test_a_report_is_read_and_its_claims_made_without_a_ledger(folder: Path) -> None:
    (report,) = tidings.read_file(sorted((folder / "reports").iterdir())[0])
    reading = tidings.read_report(report, tidings.open_gazetteer(), crisis=tidings.load_crisis(folder))
    claims = tidings.claims_of(reading, report, known_at=NOON)
    assert isinstance(reading, tidings.Reading)
    assert claims
    assert all(isinstance(claim, tidings.Claim) for claim in claims)


def test_what_is_gathered_for_a_profile_becomes_a_brief_and_a_trace(folder: Path) -> None:
    crisis = tidings.load_crisis(folder)
    view = tidings.Ledger.open(folder / "ledger.db").as_of(DAY)
    situation = assess(crisis, view, on=DAY, as_of=DAY)
    released = tidings.gather(
        crisis, view, situation, None, (), profile="restricted", generated=NOON, code="tidings of a test"
    )
    assert "</html>" in tidings.render_brief(released)
    assert tidings.trace(released, view.claims()[0].id).claims


def test_an_ensemble_is_run_over_worlds_sampled_from_a_situation(folder: Path, tmp_path: Path) -> None:
    crisis = tidings.load_crisis(folder)
    situation = assess(crisis, tidings.Ledger.open(folder / "ledger.db").as_of(DAY), on=DAY, as_of=DAY)
    scenario, _, _ = scenario_of(crisis, situation, crisis.bulletins, from_=DAY, days=3)
    sampler = Sampler.of(situation, crisis.geography)
    model = tidings.TidingsModel(scenario, sampler, vary=("return_rate",))
    path = tmp_path / "people.nc"
    tidings.simulate(model, members=2, path=path).close()
    world = tidings.sample(situation, crisis.geography, seed=1, member=0)
    assert isinstance(scenario, tidings.Scenario)
    assert isinstance(world, tidings.World)
    with tidings.open_ensemble(path) as ensemble:
        assert dict(ensemble["people"].sizes) == {"member": 2, "day": 3, "place": len(crisis.geography.places)}
        assert tidings.load_summary(path).identical(tidings.summarise(ensemble))
        tidings.save_ensemble(ensemble, tmp_path / "copy.nc")
    assert (tmp_path / "copy.nc").read_bytes() == path.read_bytes()


def test_the_model_of_a_folder_is_what_a_forecast_simulates(folder: Path) -> None:
    assessed = assess_for_forecast(Opened.folder(folder))
    run = tidings.Run(from_=first_day(assessed.situation), days=3, members=4, seed=1)
    _, ensembles = forecast_folder(assessed, run, issued=NOON)
    assert tidings.simulate(tidings.load_model(folder, days=3), members=4, seed=1).identical(ensembles["base"])
    with pytest.raises(tidings.InputError, match="scenarios: xyzzy: there is no such scenario"):
        tidings.load_model(folder, scenario="xyzzy")


def test_a_forecast_read_back_from_its_own_json_is_the_same(folder: Path) -> None:
    run = tidings.Run(from_=DAY, days=3, members=2, seed=1)
    document, _ = forecast_folder(assess_folder(Opened.folder(folder), as_of=DAY), run, issued=NOON)
    assert tidings.Forecast.model_validate_json(document.model_dump_json(by_alias=True)) == document
    assert document.validated is False


def test_every_error_that_a_user_can_mend_is_one_tree() -> None:
    assert issubclass(tidings.InputError, tidings.TidingsError)
    assert issubclass(tidings.EnvironmentError_, tidings.TidingsError)


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = tidings.nothing
    assert set(dir(tidings)) >= set(tidings.__all__)
