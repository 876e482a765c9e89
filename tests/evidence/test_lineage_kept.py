"""Contract: lineage that is kept beside the ledger is used only where it is surely that of the ledger as it is now."""

import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.articles import TOLD, article, read
from tests.evidence.making import DAY, reading_of
from tests.evidence.test_lineage import COPY, COUNTED, CRISIS, NEXT, NOW
from tidings.crisis.crisis import Party
from tidings.evidence import lineage, lineage_kept
from tidings.evidence.ledger import Ledger
from tidings.evidence.lineage import lineage_of
from tidings.evidence.review import review_of

LATER = article(TOLD["camp"][0], NEXT + dt.timedelta(days=1), publisher="Herald")


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    """Keep the lineage of small ledgers too, and count how often it is found anew."""
    found = []
    monkeypatch.setattr(lineage, "LEAST_CLAIMS", 0)
    find = lineage._lineage
    monkeypatch.setattr(lineage, "_lineage", lambda *given: found.append(1) or find(*given))
    return found


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger.create(tmp_path / "ledger.db")
    for report in (COUNTED, COPY):
        ledger.append(report, reading_of(report), read(report), received_at=NOW)
    return ledger


def files(ledger):
    return sorted(lineage_kept.folder_of(_path(ledger)).glob("*.json"))


def _path(ledger):
    return Path(ledger.where)


def alone(ledger, crisis=CRISIS, day=None):
    """Return the lineage, found with nothing kept."""
    shutil.rmtree(lineage_kept.folder_of(_path(ledger)), ignore_errors=True)
    found = lineage_of(crisis, ledger.as_of(day))
    shutil.rmtree(lineage_kept.folder_of(_path(ledger)), ignore_errors=True)
    return found


def test_it_is_found_once_and_then_kept_to_the_last_entry(ledger, counted):
    first = lineage_of(CRISIS, ledger.as_of())
    assert lineage_of(CRISIS, ledger.as_of()) == first
    assert list(lineage_of(CRISIS, Ledger.open(_path(ledger)).as_of()).copy_of.items()) == list(first.copy_of.items())
    assert len(counted) == 1


def test_each_day_as_of_which_it_is_asked_has_its_own(ledger, counted):
    for _ in range(2):
        assert lineage_of(CRISIS, ledger.as_of(DAY)).copy_of == {}
        assert lineage_of(CRISIS, ledger.as_of(NEXT)).copy_of == {read(COPY)[0].id: read(COUNTED)[0].id}
    assert len(counted) == 2
    assert lineage_of(CRISIS, ledger.as_of(NEXT + dt.timedelta(days=9))) == lineage_of(CRISIS, ledger.as_of(NEXT))
    assert len(counted) == 2, "days after the last news are one view"


def test_deleting_what_is_kept_changes_nothing(ledger, counted):
    first = lineage_of(CRISIS, ledger.as_of())
    for file in files(ledger):
        file.unlink()
    assert lineage_of(CRISIS, ledger.as_of()) == first
    assert len(counted) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b'"copy_of"', b'"copy_0f"'),
        lambda content: b"",
        lambda content: b"\x00\xff" * 200,
        lambda content: content + b" ",
    ],
    ids=["cut short", "changed", "empty", "no text", "longer"],
)
def test_a_damaged_file_is_never_used(ledger, counted, damage):
    first = lineage_of(CRISIS, ledger.as_of())
    (file,) = files(ledger)
    file.write_bytes(damage(file.read_bytes()))
    assert lineage_of(CRISIS, ledger.as_of()) == first
    assert len(counted) == 2
    assert lineage_of(CRISIS, ledger.as_of()) == first
    assert len(counted) == 2, "it was kept anew"


def test_what_is_added_is_compared_and_a_view_from_before_is_found_anew(ledger, counted):
    before = ledger.as_of()
    lineage_of(CRISIS, before)
    ledger.append(LATER, reading_of(LATER), read(LATER), received_at=NOW)
    assert lineage_of(CRISIS, ledger.as_of()) == alone(ledger)
    assert set(lineage_of(CRISIS, ledger.as_of()).copy_of) == {read(COPY)[0].id, read(LATER)[0].id}
    n_found = len(counted)
    lineage_of(CRISIS, before)
    lineage_of(CRISIS, before)
    assert len(counted) == n_found + 2, "who knows what a view from before holds: nothing of it is kept or used"


def test_a_review_changes_what_is_kept(ledger):
    _first, copy = ledger.as_of().claims()
    lineage_of(CRISIS, ledger.as_of())
    ledger.append_claims([review_of(ledger.as_of(), copy.id, "accept", "Duty officer", None, known_at=NOW)])
    assert lineage_of(CRISIS, ledger.as_of()) == alone(ledger)
    assert lineage_of(CRISIS, ledger.as_of()).copy_of == {}


def test_what_another_program_changes_in_the_ledger_is_seen(ledger, counted):
    lineage_of(CRISIS, ledger.as_of())
    times = os.stat(ledger.where)
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
    change = f"DELETE FROM claims WHERE report = '{COPY.id}'"
    subprocess.run([sys.executable, "-c", code, ledger.where, change], check=True)
    os.utime(ledger.where, ns=(times.st_atime_ns, times.st_mtime_ns))  # as if the clock had stood still
    assert lineage_of(CRISIS, ledger.as_of()).copy_of == {}
    assert len(counted) == 2


def test_what_is_added_while_it_is_found_is_not_missed(ledger, counted, monkeypatch):
    find = lineage._lineage

    def disturbed(*given):
        ledger.append(LATER, reading_of(LATER), read(LATER), received_at=NOW)
        return find(*given)

    monkeypatch.setattr(lineage, "_lineage", disturbed)
    lineage_of(CRISIS, ledger.as_of())
    assert files(ledger) == []


def test_a_ledger_whose_changes_stand_in_a_log_beside_it_keeps_none(ledger, counted):
    with sqlite3.connect(ledger.where) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    assert ledger.state() is None
    lineage_of(CRISIS, ledger.as_of())
    lineage_of(CRISIS, ledger.as_of())
    assert len(counted) == 2
    assert files(ledger) == []


def test_other_parties_and_other_code_find_it_anew(ledger, counted, monkeypatch):
    lineage_of(CRISIS, ledger.as_of())
    named = replace(CRISIS, parties=(Party(id="courier", name="Courier"),))
    assert lineage_of(named, ledger.as_of()) == alone(ledger, named)
    lineage_of(CRISIS, ledger.as_of())
    n_found = len(counted)
    monkeypatch.setattr(lineage_kept, "_code", lambda: "another")
    lineage_of(CRISIS, ledger.as_of())
    assert len(counted) == n_found + 1


def test_where_nothing_can_be_written_it_is_found_each_time(ledger, counted):
    folder = lineage_kept.folder_of(_path(ledger))
    folder.write_text("a file of this name stands in the way")
    assert lineage_of(CRISIS, ledger.as_of()) == lineage_of(CRISIS, ledger.as_of())
    assert len(counted) == 2


def test_only_the_last_few_views_are_kept(ledger):
    for n in range(lineage_kept.KEPT + 2):
        lineage_kept.save_kept(lineage_kept.folder_of(_path(ledger)), f"k{n}", {})
    assert len(files(ledger)) == lineage_kept.KEPT


def test_a_small_ledger_has_nothing_beside_it(ledger, monkeypatch):
    monkeypatch.setattr(lineage, "LEAST_CLAIMS", lineage_kept.LEAST_CLAIMS)
    lineage_of(CRISIS, ledger.as_of())
    assert not lineage_kept.folder_of(_path(ledger)).exists()


def test_what_is_kept_is_plain_text(ledger):
    lineage_of(CRISIS, ledger.as_of())
    (file,) = files(ledger)
    _, _, body = file.read_bytes().partition(b"\n")
    assert set(json.loads(body)) == {"copy_of", "repeats", "successors", "publishers"}
