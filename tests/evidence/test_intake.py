"""Contract: the same report twice changes nothing, and the order in which reports are added changes nothing either.

What a report adds to parties.csv has a parent only by its name, and every parent has a row.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.assess.assess import assess
from tidings.core.errors import InputError
from tidings.core.ids import ReportId, sha256_of
from tidings.crisis.crisis import Crisis, Party
from tidings.crisis.load import load_crisis
from tidings.crisis.save import new_crisis
from tidings.evidence.extract import pipeline
from tidings.evidence.intake import LEDGER_FILE, Intake, read_prose, take_in, take_in_files
from tidings.evidence.ledger import Ledger, View
from tidings.evidence.readers.received import Received
from tidings.evidence.report import Report
from tidings.examples import copy_example
from tidings.geography.gazetteer import Gazetteer

NOW = dt.datetime(2031, 3, 7, tzinfo=dt.UTC)

SENTENCES = (
    "The Syrian army captured Azaz.",
    "Turkish police arrested ten men.",
    "Turkish President Abc Defg spoke.",
    "The Karvel Brigade, part of the Sunrise Coalition, holds Azaz.",
    "The Sunrise Coalition, part of the Karvel Brigade, holds Afrin.",
    "Abc Defg, head of the Karvel Relief Fund, spoke.",
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


TOLD = (
    (
        dt.date(2031, 3, 1),
        "The Syrian army captured the town of Azaz on Saturday. The Karvel Brigade, part of the Sunrise Coalition, "
        "holds the village of Orvanta. About 900 people fled Orvanta to Afrin.",
    ),
    (
        dt.date(2031, 3, 3),
        "The Syrian government said that its forces had taken the village of Orvanta from the Karvel Brigade. The road "
        "between Azaz and Afrin is cut. Damascus denied shelling Afrin.",
    ),
    (
        dt.date(2031, 3, 5),
        "Fighters of the Sunrise Coalition hold Azaz, and Orvanta is besieged by the Syrian army. The army bombed "
        "Afrin, and the Karvel Brigade captured the village of Tellmar.",
    ),
)


def crisis_after(home: Path, reports: Sequence[tuple[dt.date, str]], gazetteer: Gazetteer) -> tuple[Crisis, Ledger]:
    """Return a new crisis that has taken in reports, in the order given."""
    new_crisis(home, ["SYR", "TUR"], title="A test")
    ledger = Ledger.create(home / LEDGER_FILE)
    for day, text in reports:
        content = f"{text}\n".encode()
        report = Report(id=ReportId(sha256_of(content)), name=f"{day}.txt", text=text, published=day)
        take_in(load_crisis(home), ledger, gazetteer, report, content, received_at=NOW)
    return load_crisis(home), ledger


def situation_of(crisis: Crisis, view: View, day: dt.date) -> dict[str, list[str]]:
    """Return what is told of a day, each list in an order of its own: rows stand in the order of the tables."""
    told = assess(crisis, view, on=day, as_of=day).model_dump(mode="json")
    return {
        name: sorted(json.dumps(row, sort_keys=True) for row in rows) if isinstance(rows, list) else [str(rows)]
        for name, rows in told.items()
    }


def test_the_order_in_which_reports_are_added_changes_nothing(tmp_path: Path, gazetteer: Gazetteer) -> None:
    seen = []
    for number, order in enumerate(itertools.permutations(TOLD)):
        crisis, ledger = crisis_after(tmp_path / str(number), order, gazetteer)
        situations = [situation_of(crisis, ledger.as_of(day), day) for day, _ in TOLD]
        rows = (sorted(map(repr, crisis.geography.places)), sorted(map(repr, crisis.parties)))
        seen.append((ledger.as_of().claims(), situations, rows))
    assert all(other == seen[0] for other in seen[1:])
    assert len(seen[0][0]) > 8


def test_a_crisis_without_tables_of_its_own_reads_the_same_reports_once(tmp_path: Path, gazetteer: Gazetteer) -> None:
    new_crisis(tmp_path / "bare", ["SYR", "TUR"])
    packaged = copy_example("aleppo-2016", tmp_path / "aleppo") / "reports"
    files = [Received(path.name, path.read_bytes()) for path in sorted(packaged.iterdir())]
    add(tmp_path / "bare", gazetteer, *files)
    before = everything(tmp_path / "bare")
    assert [taken.n_claims for taken in add(tmp_path / "bare", gazetteer, *reversed(files))] == [0] * len(files)
    assert everything(tmp_path / "bare") == before


def test_what_is_told_later_changes_nothing_that_was_known_before(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (day, _), *_ = TOLD
    alone, first = crisis_after(tmp_path / "alone", TOLD[:1], gazetteer)
    crisis, ledger = crisis_after(tmp_path / "all", TOLD[::-1], gazetteer)
    assert ledger.as_of(day).claims() == first.as_of(day).claims()
    before = {place.id: place for place in assess(alone, first.as_of(day), on=day, as_of=day).places}
    after = {place.id: place for place in assess(crisis, ledger.as_of(day), on=day, as_of=day).places}
    assert {name: after[name] for name in before} == before
    assert {after[name].state for name in after.keys() - before.keys()} <= {"unknown"}


def test_membership_that_a_report_tells_is_a_claim_and_no_row(tmp_path: Path, gazetteer: Gazetteer) -> None:
    crisis, ledger = crisis_after(tmp_path / "crisis", TOLD, gazetteer)
    assert {party.id: party.parent for party in crisis.parties if party.parent} == {"syrian-army": "syria"}
    (told,) = ledger.as_of().claims(kind="relation", predicate="part_of")
    assert told.subjects == ("karvel-brigade", "sunrise-coalition")


@pytest.fixture
def valdria(tmp_path: Path) -> Path:
    """Return the invented country before any report."""
    return copy_example("valdria", tmp_path / "valdria")


def add(folder: Path, gazetteer: Gazetteer, *files: Received, published: dt.date | None = None) -> tuple[Intake, ...]:
    """Take files in."""
    return take_in_files(
        folder, files, gazetteer, published=published, publisher=None, now=NOW, progress=lambda done, total: None
    ).reports


def received(folder: Path) -> list[Received]:
    """Return the example's reports, and one that names places and parties that the tables lack."""
    told = b"The Orlan Militia captured the village of Tessmark near Dorvik. Troops of the Orlan Militia hold Dorvik."
    packaged = [Received(path.name, path.read_bytes()) for path in sorted((folder / "reports").iterdir())]
    return [*packaged, Received("new.txt", b"Published: 2031-03-05\n\n" + told)]


def everything(folder: Path) -> tuple[object, ...]:
    """Return all that a folder holds."""
    view = Ledger.open(folder / LEDGER_FILE).as_of()
    tables = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    return tables, view.claims(reviewed=False), view.reports(), view.readings(), sorted((folder / "reports").iterdir())


def test_reports_added_again_change_nothing_though_the_tables_have_grown(valdria: Path, gazetteer: Gazetteer) -> None:
    files = received(valdria)
    first, before = add(valdria, gazetteer, *files), everything(valdria)
    assert first[-1].places_added == ("Tessmark",)
    with (valdria / "places.csv").open("a") as places:
        places.write("thursby,Thursday,,town,XVA,-37.1,-19.1,,,,,,a name that the reports hold as a word\n")
    grown = everything(valdria)
    again = add(valdria, gazetteer, *files)
    assert everything(valdria) == grown
    assert before[1:] == grown[1:]
    assert [(r.is_new, r.n_claims, r.places_added) for r in again] == [(False, 0, ())] * 4
    assert [(r.n_figures, r.n_events, r.n_relations) for r in again] == [
        (r.n_figures, r.n_events, r.n_relations) for r in first
    ]


def test_the_same_bytes_under_another_day_are_refused_and_both_days_are_named(
    valdria: Path, gazetteer: Gazetteer
) -> None:
    add(valdria, gazetteer, *received(valdria))
    before = everything(valdria)
    with pytest.raises(InputError, match=r"published on 2031-03-05, not on 2031-03-09\. (.*)--published 2031-03-05"):
        add(valdria, gazetteer, received(valdria)[-1], published=dt.date(2031, 3, 9))
    assert everything(valdria) == before


def test_a_newer_version_of_the_extractors_reads_the_report_again(
    valdria: Path, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(valdria, gazetteer, *received(valdria))
    monkeypatch.setattr(pipeline, "EXTRACTOR", "tidings@99")
    read = pipeline.read_report
    monkeypatch.setattr(
        pipeline, "read_report", lambda *args, **given: read(*args, **given).model_copy(update={"events": ()})
    )
    (again,) = add(valdria, gazetteer, received(valdria)[0])
    assert (again.is_new, again.n_claims, again.n_events) == (False, 0, 0)
    view = Ledger.open(valdria / LEDGER_FILE).as_of()
    of_first = [c for c in view.claims() if not hasattr(c.source, "name") and c.source.report == again.report]
    assert {claim.kind for claim in of_first} == {"figure", "relation"}
    assert len(view.readings()) == 4


TABLE = b"subject,predicate,value,from\nDorvik,besieged,yes,2031-03-02\n"


def test_of_several_files_every_bad_one_is_named_and_none_is_added(valdria: Path, gazetteer: Gazetteer) -> None:
    bad = (
        Received("empty.txt", b""),
        Received("undated.txt", b"Fighters captured the town of Dorvik on Saturday, and many people fled."),
        Received("states.csv", TABLE.replace(b"Dorvik", b"Nowhere") + b"Brusk,besieged,perhaps,\n"),
        Received("columns.csv", b"subject,predicate,colour\nDorvik,besieged,red\n"),
        Received("binary.txt", b"\x00\x01\x02" * 50),
    )
    before = sorted(path.name for path in valdria.rglob("*"))
    with pytest.raises(InputError) as refused:
        add(valdria, gazetteer, received(valdria)[-1], *bad, Received("good.csv", TABLE))
    undated = {"undated.txt", "states.csv", "columns.csv", "good.csv"}
    where = {problem.where.partition(":")[0] for problem in refused.value.problems}
    assert where == {"empty.txt", "binary.txt", "add", *undated}
    assert "nothing was added" in str(refused.value)
    with pytest.raises(InputError, match=r"Nowhere(.|\n)*perhaps(.|\n)*colour"):
        add(valdria, gazetteer, received(valdria)[-1], *bad[2:4], published=dt.date(2031, 3, 5))
    assert sorted(path.name for path in valdria.rglob("*")) == before


def test_a_table_twice_changes_nothing(valdria: Path, gazetteer: Gazetteer) -> None:
    day = dt.date(2031, 3, 5)
    (first,) = add(valdria, gazetteer, Received("states.csv", TABLE), published=day)
    before = everything(valdria)
    (again,) = add(valdria, gazetteer, Received("states.csv", TABLE), published=day)
    assert (first.n_claims, again.n_claims, again.is_new) == (1, 0, False)
    assert everything(valdria) == before


def test_a_table_is_not_read_as_prose(gazetteer: Gazetteer) -> None:
    received = [Received("states.csv", TABLE), Received("a.txt", b"Ten men fled Azaz.")]
    read, (problem,) = read_prose(received, gazetteer)
    assert [report.name for report, _ in read] == ["a.txt"]
    assert (problem.where, problem.met) == ("states.csv", "this is a table, not a report in prose")
    assert "tidings add DIR FILE" in problem.fix


def test_a_place_of_unknown_kind_is_tabled_too_and_listed_as_unresolved(tmp_path: Path, gazetteer: Gazetteer) -> None:
    folder = tmp_path / "crisis"
    new_crisis(folder, ("SYR",))
    content = b"Two villagers were killed in Velgrund, north of Azaz."
    report = Report(id=ReportId(sha256_of(content)), name="a.txt", text=content.decode(), published=NOW.date())
    ledger = Ledger.create(folder / LEDGER_FILE)
    intake = take_in(load_crisis(folder), ledger, gazetteer, report, content, received_at=NOW)
    assert "Velgrund" in intake.unresolved
    assert "Velgrund" in {place.name for place in load_crisis(folder).geography.places}


def feed(*texts: str) -> bytes:
    """Return a feed with an entry for each text, all of one day."""
    items = "".join(f"<item><pubDate>2031-03-05</pubDate><description>{text}</description></item>" for text in texts)
    return f'<rss version="2.0"><channel><title>Valley Radio</title>{items}</channel></rss>'.encode()


FLED, CUT = "Some 300 people fled Dorvik on Tuesday.", "The road between Dorvik and Hallenz is cut, the mayor said."
FRENCH = "L'armée a fermé la route de la ville et personne ne peut plus en sortir depuis lundi."


def test_a_feed_that_has_grown_adds_its_new_entries_alone_and_each_of_its_states_is_kept_once(
    valdria: Path, gazetteer: Gazetteer
) -> None:
    kept = {path.name for path in (valdria / "reports").iterdir()}
    (first,) = add(valdria, gazetteer, Received("news.xml", feed(FLED)))
    new, again = add(valdria, gazetteer, Received("news.xml", feed(CUT, FLED)))
    assert (first.is_new, new.is_new, again.is_new) == (True, True, False)
    assert again.report == first.report
    files = {path.name: path.read_bytes() for path in (valdria / "reports").iterdir() if path.name not in kept}
    assert sorted(files.values()) == sorted([feed(FLED), feed(CUT, FLED)])
    before = everything(valdria)
    add(valdria, gazetteer, Received("news.xml", feed(CUT, FLED)))
    assert everything(valdria) == before


def test_a_day_that_is_given_dates_only_the_entries_without_one(valdria: Path, gazetteer: Gazetteer) -> None:
    undated = feed(CUT, FLED).replace(b"<pubDate>2031-03-05</pubDate>", b"", 1)
    with pytest.raises(InputError, match=r"news\.xml#\w{8}: the report has no date of publication"):
        add(valdria, gazetteer, Received("news.xml", undated))
    taken = add(valdria, gazetteer, Received("news.xml", undated), published=dt.date(2031, 3, 4))
    view = Ledger.open(valdria / LEDGER_FILE).as_of()
    days = {report.published for each in taken if (report := view.report(each.report))}
    assert days == {dt.date(2031, 3, 4), dt.date(2031, 3, 5)}


def test_an_entry_in_a_language_that_nobody_reads_loses_no_other_one(
    valdria: Path, gazetteer: Gazetteer, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(add(valdria, gazetteer, Received("news.xml", feed(FRENCH, FLED)))) == 1
    assert "was left out: it is in 'fr', which cannot be read" in caplog.text
    with pytest.raises(InputError, match=r"the report is written in 'fr', and only English can be read"):
        add(valdria, gazetteer, Received("other.xml", feed(FRENCH)))


def test_what_the_reader_of_a_file_left_out_is_told_once(valdria: Path, gazetteer: Gazetteer) -> None:
    file = Received("news.xml", feed("", FLED))
    assert add(valdria, gazetteer, file)[0].warnings == ("part 1 was left out: it holds no text",)
    assert add(valdria, gazetteer, file)[0].warnings == ()
