"""The contract of `import tidings`: its names are enough to go from a report to a brief, without the command line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import tidings
from tidings.assess.assess import assess
from tidings.forecast.start import scenario_of
from tidings.release.folder import Opened, assess_folder, forecast_folder

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


def test_an_ensemble_is_run_over_worlds_sampled_from_a_situation(folder: Path) -> None:
    crisis = tidings.load_crisis(folder)
    situation = assess(crisis, tidings.Ledger.open(folder / "ledger.db").as_of(DAY), on=DAY, as_of=DAY)
    scenario, _, _ = scenario_of(crisis, situation, crisis.bulletins, from_=DAY, days=3)
    worlds = [tidings.sample(situation, crisis.geography, seed=1, member=member) for member in range(2)]
    ensemble = tidings.run_ensemble(scenario, worlds, members=range(2), seed=1)
    assert isinstance(scenario, tidings.Scenario)
    assert all(isinstance(world, tidings.World) for world in worlds)
    assert dict(ensemble["people"].sizes) == {"member": 2, "day": 3, "place": len(crisis.geography.places)}


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
