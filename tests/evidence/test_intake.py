"""Contract: what a report adds to parties.csv stands on its side, and every parent has a row."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.core.ids import ReportId, sha256_of
from tidings.crisis.crisis import Party
from tidings.crisis.load import load_crisis
from tidings.crisis.save import new_crisis
from tidings.evidence.intake import LEDGER_FILE, take_in
from tidings.evidence.ledger import Ledger
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

SENTENCES = (
    "The Syrian army captured Azaz.",
    "Turkish police arrested ten men.",
    "Turkish President Orhan Selvik spoke.",
    "The Karvel Brigade, part of the Sunrise Coalition, holds Azaz.",
    "The Sunrise Coalition, part of the Karvel Brigade, holds Afrin.",
    "Orhan Selvik, head of the Karvel Relief Fund, spoke.",
    "Ankara said that the Russian air force had bombed Afrin.",
)


def parties_after(texts: list[str], gazetteer: Gazetteer) -> dict[str, Party]:
    """Return the parties of a new crisis that has taken in one report for each text."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "crisis"
        new_crisis(folder, ["SYR", "TUR"])
        ledger = Ledger.create(folder / LEDGER_FILE)
        for number, text in enumerate(texts):
            content = f"{text}\n".encode()
            report = Report(
                id=ReportId(sha256_of(content)), name=f"{number}.txt", text=text, published=dt.date(2031, 3, 6)
            )
            now = dt.datetime(2031, 3, 7, tzinfo=dt.UTC)
            take_in(load_crisis(folder), ledger, gazetteer, report, content, received_at=now)
        return {party.id: party for party in load_crisis(folder).parties}


def test_an_army_is_tabled_with_the_government_that_no_report_names(gazetteer: Gazetteer) -> None:
    parties = parties_after(["The Syrian army captured Azaz."], gazetteer)
    assert parties["syrian-army"].parent == "syria"
    assert (parties["syria"].name, parties["syria"].kind) == ("Syrian government", "government")


@settings(max_examples=12, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), max_size=3))
def test_no_parent_is_missing_or_circular(texts: list[str], gazetteer: Gazetteer) -> None:
    parties = parties_after(texts, gazetteer)
    for party in parties.values():
        seen, above = {party.id}, party.parent
        while above is not None:
            assert above in parties
            assert above not in seen
            seen.add(above)
            above = parties[above].parent
