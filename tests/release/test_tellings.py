"""Contract: who told a claim is found for the claims that are asked for, by the report and the reading of each."""

import datetime as dt
from pathlib import Path

from tests.evidence.making import claim_of, reading_of, report_of, state
from tidings.crisis.crisis import Crisis
from tidings.crisis.settings import Settings
from tidings.evidence.ledger import Ledger
from tidings.geography.graph import Geography
from tidings.release.tellings import Tellings, told_words

CRISIS = Crisis(
    folder=Path("."),
    settings=Settings.model_validate({"title": "Valdria", "countries": ("XVA",)}),
    geography=Geography(),
    parties=(),
    bulletins=(),
)
NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)


def test_only_the_reports_of_the_claims_that_are_named_are_read(tmp_path, monkeypatch):
    ledger, claims = Ledger.create(tmp_path / "other.db"), []
    for number in range(3):
        report = report_of(f"told {number}", dt.date(2031, 3, 1 + number))
        claims.append(claim_of(report, state("varn", "held_by", "army")))
        ledger.append(report, reading_of(report), claims[-1:], received_at=NOW)
    view = ledger.as_of()
    asked, read = [], type(view).report
    monkeypatch.setattr(type(view), "report", lambda view, report: asked.append(report) or read(view, report))
    tellings = Tellings(CRISIS, view)
    assert "2031-03-03" in told_words([claim.id for claim in claims], tellings, most=1)
    assert asked == [claims[2].source.report]
    assert len(tellings) == 3
    assert "c0" not in tellings
