"""Contract: a ledger of no report is read as any other, holds nothing, and leaves no file."""

from tidings.evidence.empty_ledger import empty_ledger


def test_an_empty_ledger_holds_nothing_and_leaves_no_file(tmp_path):
    ledger = empty_ledger(tmp_path / "ledger.db")
    view = ledger.as_of()
    assert (view.claims(), view.reports(), view.readings(), view.n_claims()) == ((), (), (), 0)
    assert not view.is_current
    assert ledger.where.endswith("ledger.db")
    assert list(tmp_path.iterdir()) == []
