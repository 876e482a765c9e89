"""Contract: the ledger only grows; the same report twice changes nothing; `as_of` never sees what came later."""

import datetime as dt
import multiprocessing
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from tests.evidence.making import claim_of, reading_of, report_of, state
from tidings.core.dates import DateSpan
from tidings.core.errors import EnvironmentError_, InputError
from tidings.evidence import ledger_tables
from tidings.evidence.claim import TableRow
from tidings.evidence.claim_json import dump_claim, load_claim
from tidings.evidence.ledger import Added, Ledger
from tidings.evidence.reading import ReadingWarning
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


def test_all_claims_of_a_view_are_read_once_until_something_is_added(ledger):
    add(ledger, "one", FIRST)
    view = ledger.as_of()
    assert view.claims() is view.claims()
    assert view.reports() is view.reports()
    add(ledger, "two", LATER)
    assert len(view.claims()) == len(view.reports()) == 2


def test_the_last_day_of_a_table_is_that_of_its_rows_unless_one_lasts_and_a_text_has_none(ledger):
    ends = {"over": LATER, "lasting": None, "text": LATER}
    days = {}
    for name, until in ends.items():
        report = report_of(name, LATER)
        row = {} if name == "text" else {"source": TableRow(report=report.id, row=1)}
        claims = [
            replace(claim_of(report, state(place, "held_by", "army")), valid=DateSpan.of(FIRST, end), **row)
            for place, end in (("varn", LATER - dt.timedelta(days=2)), ("osk", until))
        ]
        add(ledger, name, LATER, *claims)
        days[name] = ledger.as_of().last_day_of_table(report.id)
    assert days == {"over": LATER - dt.timedelta(days=1), "lasting": None, "text": None}


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


def read(ledger, version, *claims, text="one"):
    report = report_of(text, FIRST)
    reading = reading_of(report, warnings=(ReadingWarning(code="test", message=f"version {version}"),))
    return ledger.append(report, reading, claims, received_at=NOW, extractor=f"tidings@{version}")


def held(place, side="army", **fields):
    return claim_of(report_of("one", FIRST), state(place, "held_by", side), **fields)


@pytest.mark.parametrize("extractor", ["tidings", None], ids=["a pipeline", "by hand"])
def test_a_claim_that_a_newer_version_reads_again_stays_and_one_that_it_does_not_goes(ledger, extractor):
    report, (a, b, c) = report_of("one", FIRST), (state(place, "held_by", "army") for place in "abc")
    for version, contents in ((1, (a, b)), (2, (a, c))):
        again = [made_by(claim_of(report, content), f"states@{version}") for content in contents]
        by = f"{extractor}@{version}" if extractor else None
        ledger.append(report, reading_of(report), again, received_at=NOW, extractor=by)
    assert {claim.content.subject for claim in ledger.as_of().claims()} == {"a", "c"}
    assert {claim.content.subject for claim in ledger.as_of(FIRST).claims()} == {"a", "c"}
    assert [claim.content.subject for claim in ledger.as_of().claims(subject="a")] == ["a"]


def made_by(claim, extractor):
    return replace(claim, extractor=extractor)


def test_a_newer_reading_that_finds_nothing_is_preferred_too(ledger):
    read(ledger, 1, held("varn"))
    read(ledger, 2)
    assert ledger.as_of().claims() == ()
    assert ledger.as_of().claim(held("varn").id) == held("varn")


def test_what_a_newer_version_tells_better_about_the_same_words_is_preferred(ledger):
    read(ledger, 1, held("varn"))
    better = replace(held("varn"), speakers=("mayor",))
    assert read(ledger, 2, better).n_claims == 0
    assert ledger.as_of().claims() == (better,)
    assert ledger.as_of().claim(better.id) == better


def test_a_review_stays_when_its_claim_is_read_again(ledger):
    read(ledger, 1, held("varn"), held("osk"))
    ledger.append_claims([review_of(ledger.as_of(), held("varn").id, "reject", "officer", None, known_at=NOW)])
    read(ledger, 2, held("varn"), held("osk"))
    assert [claim.content.subject for claim in ledger.as_of().claims(kind="state")] == ["osk"]


def test_every_version_of_the_pipeline_keeps_its_reading_and_the_newest_is_shown(ledger):
    for version in (1, 10, 2):
        read(ledger, version, held("varn"))
    (shown,) = ledger.as_of().readings()
    assert shown.warnings[0].message == "version 10"
    report = report_of("one", FIRST)
    assert ledger.as_of().reading_by(report.id, "tidings@3") == shown
    assert ledger.as_of().reading_by(report.id, "tidings@11") is None
    assert ledger.as_of().reading_by(report.id, "tables@1") is None


def test_the_same_version_twice_changes_nothing_even_with_other_claims(ledger):
    read(ledger, 1, held("varn"))
    assert read(ledger, 1, held("varn"), held("osk")) == Added(0, 0)
    assert ledger.as_of().claims() == (held("varn"),)


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


def test_a_ledger_of_older_tables_says_to_add_the_reports_again(tmp_path, ledger):
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '1'")
    with pytest.raises(InputError, match=r"has schema 1, this Tidings knows 2\. Move it aside and add the files of"):
        Ledger.open(tmp_path / "ledger.db")


def test_a_newer_ledger_is_refused(tmp_path, ledger):
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99'")
    with pytest.raises(InputError, match=r"has schema 99, this Tidings knows 2\. Update Tidings"):
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


NO_ROOM = """
import resource, sys
from pathlib import Path
from tidings.core.errors import EnvironmentError_
from tidings.evidence import ledger_tables
from tidings.evidence.ledger import Added, Ledger
from tidings.evidence.reading import ReadingWarning
resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
try:
    Ledger.create(Path(sys.argv[1]))
except EnvironmentError_ as error:
    sys.exit(str(error))
"""


def test_a_ledger_for_which_there_is_no_room_leaves_no_file_and_is_made_later(tmp_path):
    path = tmp_path / "ledger.db"
    done = subprocess.run([sys.executable, "-c", NO_ROOM, path], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ledger.db: disk I/O error. Check that the disk works and has space" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert Ledger.create(path).as_of().reports() == ()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_full_file_system_leaves_no_ledger_and_is_named(tmp_path):
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", tmp_path], check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    try:
        with pytest.raises(EnvironmentError_, match=r"full\. Free some space"):
            Ledger.create(tmp_path / "ledger.db")
        assert list(tmp_path.iterdir()) == []
        subprocess.run(["mount", "-o", "remount,size=4m", tmp_path], check=True)
        assert add(Ledger.create(tmp_path / "ledger.db"), "one", FIRST).n_claims == 1
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_two_processes_that_both_make_the_ledger_lose_nothing(tmp_path):
    path = str(tmp_path / "ledger.db")
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_add_many, args=(path, worker)) for worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=120)
        assert worker.exitcode == 0
    assert len(Ledger.open(Path(path)).as_of().reports()) == 30
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_tables_and_questions_can_be_written_for_postgresql():
    written = [
        str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for table in ledger_tables.metadata.tables.values()
    ]
    assert all("CREATE TABLE" in statement for statement in written)
    assert "EXISTS" in str(ledger_tables.superseded("9999").compile(dialect=postgresql.dialect()))


def add_table(ledger, text, published, claims):
    report = report_of(text, published)
    return ledger.append_table(report, reading_of(report), claims, received_at=NOW, extractor="rows@1")


def rows_of(text, n_rows):
    report = report_of(text, FIRST)
    return (claim_of(report, state(f"place-{number}", "besieged", "yes")) for number in range(n_rows))


def test_the_claims_of_a_table_are_added_as_they_come_and_once(ledger):
    assert add_table(ledger, "table", FIRST, rows_of("table", 2500)) == Added(1, 2500)
    asked_for = iter(rows_of("table", 2500))
    assert add_table(ledger, "table", FIRST, asked_for) == Added(0, 0)
    assert next(asked_for, None) is not None
    assert len(ledger.as_of().claims()) == 2500
    assert len(ledger.as_of().claims(subject="place-7")) == 1


def test_a_claim_that_is_there_stays_when_another_table_tells_it_too(ledger):
    add_table(ledger, "table", FIRST, rows_of("table", 3))
    before = ledger.as_of().claims()
    assert add_table(ledger, "longer", LATER, rows_of("table", 5)) == Added(1, 2)
    assert set(before) < set(ledger.as_of().claims())


def test_a_table_that_breaks_off_adds_nothing(ledger):
    def breaking():
        yield from rows_of("table", 1500)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_table(ledger, "table", FIRST, breaking())
    assert (ledger.as_of().claims(), ledger.as_of().reports()) == ((), ())


def test_a_table_without_a_day_of_publication_is_refused(ledger):
    with pytest.raises(InputError, match="the table has no date of publication"):
        add_table(ledger, "table", None, rows_of("table", 1))
