"""Contract: the ledger only grows; the same report twice changes nothing; `as_of` never sees what came later."""

import datetime as dt
import multiprocessing
import os
from pathlib import Path

import pytest

from tests.evidence.making import claim_of, reading_of, report_of, state
from tidings.core.errors import EnvironmentError_, InputError
from tidings.evidence.ledger import Ledger, dump_claim, load_claim
from tidings.evidence.review import review_of

NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
FIRST, LATER = dt.date(2031, 3, 1), dt.date(2031, 3, 9)


@pytest.fixture
def ledger(tmp_path):
    return Ledger.create(tmp_path / "ledger.db")


def add(ledger, text, published, *claims):
    report = report_of(text, published)
    claims = claims or (claim_of(report, state("varn", "held_by", "army")),)
    return ledger.append(report, reading_of(report), claims, received_at=NOW)


def test_the_same_report_twice_changes_nothing(ledger):
    assert add(ledger, "one", FIRST).n_claims == 1
    before = (ledger.as_of().claims(), ledger.as_of().reports(), ledger.as_of().readings())
    again = add(ledger, "one", FIRST)
    assert (again.n_reports, again.n_claims) == (0, 0)
    assert (ledger.as_of().claims(), ledger.as_of().reports(), ledger.as_of().readings()) == before


def test_as_of_includes_the_day_and_nothing_later(ledger):
    add(ledger, "one", FIRST)
    add(ledger, "two", LATER)
    assert len(ledger.as_of(FIRST).claims()) == len(ledger.as_of(FIRST).reports()) == 1
    assert len(ledger.as_of(FIRST - dt.timedelta(days=1)).claims()) == 0
    assert len(ledger.as_of(LATER).claims()) == len(ledger.as_of().claims()) == 2


def test_a_view_is_asked_by_subject_kind_predicate_and_day(ledger):
    report = report_of("one", FIRST)
    held = claim_of(report, state("varn", "held_by", "army"), valid_from=FIRST)
    cut = claim_of(report, state("r1", "passable", "no"), valid_from=LATER)
    add(ledger, "one", FIRST, held, cut)
    view = ledger.as_of()
    assert view.claims(subject="varn") == (held,)
    assert view.claims(predicate="passable") == (cut,)
    assert view.claims(on=FIRST) == (held,)
    assert view.claims(kind="figure") == ()


def test_of_two_versions_of_an_extractor_views_prefer_the_newer_and_both_stay(ledger):
    report = report_of("one", FIRST)
    old = claim_of(report, state("varn", "held_by", "army"), extractor="states@1")
    new = claim_of(report, state("varn", "held_by", "rebels"), extractor="states@2")
    add(ledger, "one", FIRST, old)
    add(ledger, "one", FIRST, new)
    assert ledger.as_of().claims() == (new,)
    assert ledger.as_of().claim(old.id) == old


def test_a_rejected_claim_leaves_the_view_from_the_day_of_the_review(ledger):
    add(ledger, "one", FIRST)
    (claim,) = ledger.as_of().claims()
    review = review_of(ledger.as_of(), claim.id, "reject", "duty officer", None, known_at=NOW)
    ledger.append_claims([review])
    assert claim not in ledger.as_of().claims()
    assert claim in ledger.as_of().claims(reviewed=False)
    assert ledger.as_of(LATER).claims() == (claim,)


def test_a_corrected_claim_reads_as_corrected_and_stays_as_it_was_made(ledger):
    add(ledger, "one", FIRST)
    (claim,) = ledger.as_of().claims()
    correction = '{"value": "rebels"}'
    ledger.append_claims([review_of(ledger.as_of(), claim.id, "correct", "officer", correction, known_at=NOW)])
    assert ledger.as_of().claims(subject="varn")[0].content.value == "rebels"
    assert ledger.as_of().claim(claim.id) == claim


@pytest.mark.parametrize(
    ("verdict", "correction", "message"),
    [("correct", "not json", "no JSON object"), ("correct", '{"colour": 1}', "colour: extra inputs")],
)
def test_a_correction_that_does_not_fit_is_refused(ledger, verdict, correction, message):
    add(ledger, "one", FIRST)
    (claim,) = ledger.as_of().claims()
    with pytest.raises(InputError, match=message):
        review_of(ledger.as_of(), claim.id, verdict, "officer", correction, known_at=NOW)


def test_a_review_of_nothing_is_refused(ledger):
    with pytest.raises(InputError, match="there is no such claim"):
        review_of(ledger.as_of(), "c0", "accept", "officer", None, known_at=NOW)


def test_a_report_without_a_date_is_refused(ledger):
    with pytest.raises(InputError, match="no date of publication"):
        add(ledger, "one", None)


def test_a_claim_survives_its_json(ledger):
    claim = claim_of(report_of("one", FIRST), state("varn", "held_by", "army"), valid_from=FIRST)
    assert load_claim(dump_claim(claim)) == claim


def _add_many(path: str, worker: int) -> None:
    ledger = Ledger.create(Path(path))
    for number in range(10):
        add(ledger, f"worker {worker} report {number}", FIRST)


def test_two_processes_adding_at_once_lose_nothing(tmp_path):
    path = str(tmp_path / "ledger.db")
    Ledger.create(Path(path))
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_add_many, args=(path, worker)) for worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=120)
        assert worker.exitcode == 0
    assert len(Ledger.open(Path(path)).as_of().reports()) == 20


@pytest.mark.parametrize("kept", [0, 100, 5000, 20000])
def test_a_truncated_ledger_is_refused_and_the_message_tells_how_to_rebuild_it(tmp_path, ledger, kept):
    for number in range(20):
        add(ledger, f"report {number}", FIRST)
    path = tmp_path / "ledger.db"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(InputError, match=r"the ledger is damaged(.|\n)*reports/ again"):
        Ledger.open(path).check()


def test_an_emptied_ledger_is_not_taken_for_a_new_one(tmp_path, ledger):
    add(ledger, "one", FIRST)
    (tmp_path / "ledger.db").write_bytes(b"")
    with pytest.raises(InputError, match="empty or cut short"):
        Ledger.create(tmp_path / "ledger.db")


def test_a_missing_ledger_says_to_add_a_report(tmp_path):
    with pytest.raises(InputError, match=r"there is no ledger\. Add a report first"):
        Ledger.open(tmp_path / "ledger.db")


def test_a_newer_ledger_is_refused(tmp_path, ledger):
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99'")
    with pytest.raises(InputError, match=r"has schema 99, this Tidings knows 1\. Update Tidings"):
        Ledger.open(tmp_path / "ledger.db")


def test_a_ledger_that_cannot_be_made_names_the_folder(tmp_path):
    with pytest.raises(EnvironmentError_, match="unable to open"):
        Ledger.create(tmp_path / "nowhere" / "ledger.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_ledger_says_so(tmp_path, ledger):
    (tmp_path / "ledger.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(EnvironmentError_, match="readonly"):
            add(ledger, "one", FIRST)
    finally:
        tmp_path.chmod(0o755)


def test_a_full_disk_leaves_the_ledger_as_it_was(ledger, tmp_path):
    add(ledger, "one", FIRST)
    full = Ledger.open(tmp_path / "ledger.db")

    import sqlalchemy as sa

    @sa.event.listens_for(full.engine, "connect")
    def _no_room(connection, _record):
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0]}")

    with pytest.raises(EnvironmentError_, match=r"full\. Free some space"):
        add(full, "long " * 20_000, LATER)
    assert len(ledger.as_of().reports()) == 1
    assert len(ledger.as_of().claims()) == 1
