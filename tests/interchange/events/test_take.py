"""Contract: a table is taken in whole or not at all, once, and each claim leads back to its row."""

import codecs
import csv
import datetime as dt
import json

import pytest
from click.testing import CliRunner

from tests.evidence.making import claim_of, event, reading_of, report_of
from tests.interchange.events.tables import acled_csv, acled_rows, ucdp_csv, ucdp_geojson
from tests.test_schemas import check
from tidings.cli import cli
from tidings.core.errors import InputError
from tidings.crisis.load import load_crisis
from tidings.crisis.save import add_places
from tidings.evidence.intake import LEDGER_FILE
from tidings.evidence.ledger import Ledger
from tidings.evidence.tabling import own_tables
from tidings.geography.places import Place
from tidings.interchange.events.rows import EventFile
from tidings.release.claims import list_claims
from tidings.release.folder import Opened, assess_folder, release_folder, reports_amiss

NOW = dt.datetime(2031, 12, 1, tzinfo=dt.UTC)
ROWS = ({}, {"location": "Brusk", "latitude": "46"}, {"event_date": "2031-02-03", "fatalities": "4"})


def files_of(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_file_twice_changes_nothing(importing, folder):
    first = importing("acled", acled_csv(*ROWS))
    before = files_of(folder)
    again = importing("acled", acled_csv(*ROWS))
    assert (first.is_new, again.is_new, again.n_claims) == (True, False, 0)
    assert again.counts == first.counts
    assert files_of(folder) == before


def test_the_same_file_of_another_day_is_refused(importing):
    importing("ucdp", ucdp_csv({}))
    with pytest.raises(InputError, match="the ledger holds this table as published on 2031-06-01, not on 2031-07-01"):
        importing("ucdp", ucdp_csv({}), published=dt.date(2031, 7, 1))


def test_a_later_file_adds_the_events_that_are_new_and_none_twice(importing, claims):
    importing("acled", acled_csv(*ROWS[:2]))
    later = importing("acled", acled_csv(*ROWS), name="later.csv")
    assert later.n_claims == 2
    assert (len(claims("event")), len(claims("figure"))) == (3, 3)


def test_a_place_that_a_person_adds_between_two_files_doubles_no_event(importing, claims, folder):
    importing("acled", acled_csv(*ROWS[:2]))
    add_places(folder, [Place(id="brusk", name="Brusk", country="XVA", lat=46.0, lon=20.0)])
    assert importing("acled", acled_csv(*ROWS), name="later.csv").n_claims == 2


def test_a_row_that_was_revised_adds_what_is_new_beside_what_was_said(importing, claims):
    importing("acled", acled_csv({}))
    assert importing("acled", acled_csv({"fatalities": "5"}), name="later.csv").n_claims == 1
    assert [claim.content.value for claim in claims("figure")] == [3, 5]


def test_all_problems_are_told_at_once_and_nothing_is_written(importing, folder):
    before = files_of(folder)
    with pytest.raises(InputError) as raised:
        importing("acled", acled_csv({"location": ""}, {}, {"fatalities": "x", "geo_precision": "8"}))
    assert [problem.where for problem in raised.value.problems] == ["events.csv:2", "events.csv:4", "events.csv:4"]
    assert files_of(folder) == before


def test_counts_are_those_of_the_file_by_type_and_year(importing):
    done = importing("acled", acled_csv(*ROWS))
    assert [(c.type, c.words, c.year, c.events, c.killed) for c in done.counts] == [
        ("clash", "Armed clash", 2031, 3, 10)
    ]


def test_a_claim_leads_back_to_its_row_without_the_notes(importing, folder):
    importing("acled", acled_csv(*ROWS))
    opened = Opened.folder(folder)
    listed = list_claims(opened.crisis, opened.ledger.as_of()).claims
    words = {claim.words for claim in listed}
    assert (
        "XVA1,Armed clash,2031-03-02,2031-03-02,Dorvik,point,XVA,Valdrian Army | River Front,,3,,,A newspaper; A radio"
        in words
    )
    assert len(words) == len(ROWS)
    assert "stay in the file" not in str(words)


def test_the_ledger_keeps_no_persons_of_a_ucdp_row(importing, folder):
    importing("ucdp", ucdp_csv({}))
    text = Ledger.open(folder / LEDGER_FILE).as_of().reports()[0].text
    assert "private person" not in text
    assert "near a house" not in text
    assert "A newspaper" in text


def test_the_file_is_kept_as_received(importing, folder):
    importing("acled", acled_csv(*ROWS))
    assert (folder / "reports" / "events.csv").read_bytes() == acled_csv(*ROWS).encode()
    importing("acled", acled_csv(*ROWS[:1]))
    assert len(list((folder / "reports").iterdir())) == 2
    assert reports_amiss(folder) == ()


def test_places_and_parties_of_a_table_read_no_other_report(importing, folder):
    importing("acled", acled_csv(*ROWS))
    crisis = load_crisis(folder)
    assert "brusk-46.000-20.000" in crisis.geography.place_by_id
    own = own_tables(crisis)
    assert [place.id for place in own.geography.places] == ["dorvik"]
    assert [party.id for party in own.parties] == ["front"]


def test_a_file_in_an_old_encoding_is_read_and_told(importing, claims, folder):
    done = importing("acled", acled_csv({"location": "Öster", "latitude": "46"}).encode("cp1252"))
    assert done.warnings == ("the file is not UTF-8: it was read as cp1252",)
    assert "Öster" in (folder / "places.csv").read_text()


def test_a_byte_order_mark_is_no_part_of_the_first_column(importing):
    assert importing("acled", "\ufeff" + acled_csv(*ROWS)).n_events == 3


def test_a_cell_of_several_lines_moves_no_later_row(importing, claims, folder):
    importing("acled", acled_csv({"source": "A\nB"}, {"event_date": "2031-02-03"}))
    opened = Opened.folder(folder)
    words = [claim.words for claim in list_claims(opened.crisis, opened.ledger.as_of()).claims]
    assert {word.split(",")[0] for word in words} == {"XVA1", "XVA2"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the table has no rows"), (b"PK\x03\x04", "a spreadsheet"),
        (acled_csv({}).encode() + b'"open', "no row of CSV"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(importing, content, message):
    with pytest.raises(InputError, match=message):
        importing("acled", content)


def test_a_file_is_looked_at_a_piece_at_a_time(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + "é".encode() * (1 << 20))
    assert EventFile.at(path).encoding == "utf-8-sig"
    with pytest.raises(InputError, match="there is no such file"):
        EventFile.at(tmp_path / "none.csv")


def test_a_situation_is_assessed_from_a_table_alone(importing, folder):
    importing("acled", acled_csv(*ROWS))
    situation = assess_folder(Opened.folder(folder)).situation
    assert {place.id for place in situation.places} >= {"dorvik"}


def test_rows_that_were_public_before_the_last_row_of_their_table_count_from_their_own_day(importing, folder):
    late = {"event_date": "2031-04-20", "timestamp": "1935000000"}
    importing("acled", acled_csv({}, late))
    importing("ucdp", ucdp_csv({}), name="earlier.csv", published=dt.date(2031, 3, 5))
    opened, between = Opened.folder(folder), dt.date(2031, 3, 25)
    listed = list_claims(opened.crisis, opened.ledger.as_of(between)).claims
    assert {claim.extractor for claim in listed} == {"acled@1", "ucdp@1"}
    assert assess_folder(opened, as_of=between).situation.as_of == between
    assert release_folder(folder, "restricted", now=dt.datetime(2031, 6, 1, tzinfo=dt.UTC), with_forecast=False)


def test_a_table_that_fails_midway_leaves_the_ledger_as_it_was(importing, claims, monkeypatch):
    from tidings.interchange.events import take

    importing("acled", acled_csv(*ROWS[:1]))
    before = claims("event")

    def failing(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(take, "claims_of_row", failing)
    with pytest.raises(KeyboardInterrupt):
        importing("acled", acled_csv(*ROWS), name="later.csv")
    monkeypatch.undo()
    assert claims("event") == before
    assert importing("acled", acled_csv(*ROWS), name="later.csv").n_claims == 4


@pytest.mark.parametrize(
    ("arguments", "content"),
    [(("import", "acled"), acled_csv(*ROWS)), (("import", "ucdp"), ucdp_csv({}))],
    ids=["acled", "ucdp"],
)
def test_the_command_prints_its_document_or_its_counts(tmp_path, folder, arguments, content):
    (tmp_path / "file.csv").write_text(content)
    command = [*arguments, str(tmp_path / "file.csv"), str(folder), "--published", "2031-07-01"]
    printed = CliRunner().invoke(cli, [*command, "--json"])
    assert printed.exit_code == 0, printed.output
    check(json.loads(printed.stdout))
    again = CliRunner().invoke(cli, command)
    assert "already in the ledger" in again.stdout


def test_a_wrong_file_ends_with_1_and_a_wrong_command_line_with_2(tmp_path, folder):
    (tmp_path / "file.csv").write_text("a,b\n")
    wrong = CliRunner().invoke(cli, ["import", "ucdp", str(tmp_path / "file.csv"), str(folder), "--json"])
    assert wrong.exit_code == 1
    check(json.loads(wrong.stdout))
    assert CliRunner().invoke(cli, ["import", "acled", str(tmp_path / "file.csv")]).exit_code == 2


def test_reading_a_table_leaves_the_bound_of_csv_as_it_was(tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("id,note\n1,ok\n", encoding="utf-8")
    before = csv.field_size_limit()
    assert len(list(EventFile.at(path).records())) == 2
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_text_that_a_spreadsheet_saves_as_unicode_is_read_and_told(importing, folder, encoding):
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    table = acled_csv({"location": "Öster", "latitude": "46"}, delimiter="\t")
    done = importing("acled", mark + table.encode(encoding))
    assert done.warnings == ("the file is not UTF-8: it was read as utf-16",)
    assert "Öster" in (folder / "places.csv").read_text()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04", r"zip file, not a table of events.*Unpack it and give the CSV file in it"),
        (b"%PDF-1.7", r"this is a PDF file, not a table of events.*tidings add DIR FILE"),
        (b"\x89PNG\x00\x01", r"this is a picture, not a table of events.*save it as 'CSV UTF-8'"),
        (b"\x00\x01\x02", r"this is a binary file, not a table of events"),
        ("event_id_cnty,event_date".encode("utf-16-le"), r"this is text in UTF-16 without its mark.*'CSV UTF-8'"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_what_makes_a_table_of_it(importing, content, message):
    with pytest.raises(InputError, match=message):
        importing("ucdp", content)


def test_a_table_of_another_kind_is_named_with_the_command_that_takes_it_in(importing, folder):
    with pytest.raises(InputError, match=r"of ACLED, not of UCDP GED.*tidings import acled FILE DIR"):
        importing("ucdp", acled_csv({}))
    with pytest.raises(InputError, match=r"of UCDP GED, not of ACLED.*tidings import ucdp FILE DIR"):
        importing("acled", ucdp_csv({}))
    with pytest.raises(InputError, match=r"this is JSON, not CSV.*tidings import ucdp FILE DIR"):
        importing("acled", ucdp_geojson({}))
    with pytest.raises(InputError, match=r"feature 1: these are the columns of ACLED"):
        importing("ucdp", json.dumps({"features": [{"properties": acled_rows({})[0]}]}))
    assert not (folder / "ledger.db").exists()


def test_a_party_that_a_table_calls_by_a_short_and_a_full_name_is_one_party(importing, claims, folder):
    names = ("NBF: Northern Bank Front", "Northern Bank Front", "RF: Front of the River", "HTS: Hayat Tahrir al Sham")
    importing("acled", acled_csv(*({"actor1": name, "actor2": ""} for name in names)))
    (first, second, own, press) = (claim.content.actors for claim in claims("event"))
    assert first == second == ("northern-bank-front",)
    assert (own, press) == (("front",), ("hayat-tahrir-al-sham",))
    rows = (folder / "parties.csv").read_text()
    assert "NBF:" not in rows
    assert rows.count("Northern Bank Front") == 1


@pytest.mark.parametrize(("kind", "table"), [("ucdp", ucdp_csv), ("acled", acled_csv)])
def test_the_day_that_is_asked_about_by_default_is_that_of_the_last_event_not_of_its_publication(
    importing, folder, kind, table
):
    importing(kind, table({}))
    situation = assess_folder(Opened.folder(folder)).situation
    assert situation.on == dt.date(2031, 3, 2)
    assert situation.as_of > situation.on
    assert assess_folder(Opened.folder(folder), as_of=situation.as_of).situation.on == situation.as_of


def test_the_day_of_a_report_is_asked_about_where_it_is_later_than_the_last_event(importing, folder):
    importing("ucdp", ucdp_csv({}))
    report = report_of("Somebody met on 3 April.", dt.date(2031, 4, 5))
    told = claim_of(report, event("talks"), valid_from=dt.date(2031, 4, 3))
    Ledger.open(folder / LEDGER_FILE).append(report, reading_of(report), [told], received_at=NOW)
    assert assess_folder(Opened.folder(folder)).situation.on == dt.date(2031, 4, 5)
