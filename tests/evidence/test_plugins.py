"""Contract: readers and extractors of installed packages are found, used and checked; a broken one loses nobody else's.

The pages docs/readers.md and docs/extractors.md are run as they stand: their packages are installed for one process.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tidings.core.errors import InputError
from tidings.evidence import extractors as found_extractors
from tidings.evidence.extractors import extractor_of, extractors, languages_read, read_by, record_of
from tidings.evidence.readers import Format, Received, formats, make_report, read_pasted
from tidings.evidence.readers import formats as known_formats
from tidings.evidence.readers.formats import format_problem, plugins
from tidings.evidence.reading import Event, Figure, Reading
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer
from tidings.testing import check_extractor, check_reader

DOCS = Path(__file__).parents[2] / "docs"
TIDINGS = Path(sys.executable).parent / "tidings"
FRENCH = "Selon le maire, environ 4 000 personnes ont fui Azaz depuis lundi, et la route de la ville est fermée à tous."
NOTES = (
    "NOTE Dorvik 2031-03-05\nThe road to Brusk is cut, and about 400 people fled Dorvik on Wednesday.\n"
    "NOTE Brusk 2031-03-06\nThe hospital was evacuated at night, said a nurse.\n"
)


def install(folder: Path, name: str, modules: dict[str, str], entries: str) -> None:
    """Install a package into a folder as pip does: its modules, and what it declares."""
    for module, text in modules.items():
        (folder / module).write_text(text, encoding="utf-8")
    about = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(entries, encoding="utf-8")


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command with the packages of a folder installed."""
    surroundings = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, env=surroundings, cwd=folder, capture_output=True, text=True, check=False)


def installed_from(page: str, folder: Path) -> Path:
    """Install the package that a page of the docs shows, with its test beside it."""
    text = (DOCS / page).read_text(encoding="utf-8")
    modules = {
        name: block
        for block in re.findall(r"^```python\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
        for name in re.findall(r"\A# (\w+\.py)\n", block)
    }
    (declared,) = re.findall(r"^```toml\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    (name,) = re.findall(r'^name = "(.*)"', declared, flags=re.MULTILINE)
    group, key, value = re.findall(r'entry-points\."(.*)"\]\n(\w+) = "(.*)"', declared)[0]
    install(folder, name, modules, f"[{group}]\n{key} = {value}\n")
    return folder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return installed_from("readers.md", tmp_path)


@pytest.fixture
def french(tmp_path: Path) -> Path:
    folder = installed_from("extractors.md", tmp_path)
    (folder / "report.txt").write_text(FRENCH, encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", ["readers.md", "extractors.md"])
def test_the_example_of_a_page_passes_its_own_test(page: str, tmp_path: Path) -> None:
    folder = installed_from(page, tmp_path)
    (test,) = folder.glob("test_*.py")
    done = run(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test.name)
    assert "1 passed" in done.stdout, done.stdout


def test_the_table_of_formats_on_the_page_is_that_of_the_code() -> None:
    page = (DOCS / "readers.md").read_text(encoding="utf-8")
    for known in (plugin.value for plugin in plugins() if plugin.is_ours):
        (row,) = re.findall(rf"^\| {known.name} \|.*$", page, flags=re.MULTILINE)
        assert all(f"`{suffix}`" in row for suffix in known.suffixes)


def test_the_files_of_an_installed_reader_are_read_and_added_by_the_command_line(notes: Path) -> None:
    (notes / "north.note").write_text(NOTES, encoding="utf-8")
    done = run(notes, TIDINGS, "read", "north.note")
    assert re.search(r"^north\.note#\w{8}: Dorvik \(2031-03-05\)", done.stdout, flags=re.MULTILINE), done.stderr
    assert "Brusk (2031-03-06)" in done.stdout
    run(notes, TIDINGS, "new", "crisis", "--countries", "SYR")
    done = run(notes, TIDINGS, "add", "crisis", "north.note")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (notes / "crisis" / "reports").iterdir()] == ["north.note"]
    (notes / "north.note").write_text(f"NOTE Azaz 2031-03-07\nAbout 300 people fled Azaz.\n{NOTES}", encoding="utf-8")
    done = run(notes, TIDINGS, "add", "crisis", "north.note")
    told = [line for line in done.stdout.splitlines() if line.startswith("north.note#")]
    assert [("new claims" in line, "already in the ledger" in line) for line in told] == [
        (True, False), (False, True), (False, True),
    ]  # fmt: skip
    assert len(list((notes / "crisis" / "reports").iterdir())) == 2


def test_a_report_in_the_language_of_an_installed_extractor_is_read_and_added(french: Path) -> None:
    done = run(french, TIDINGS, "read", "report.txt", "--published", "2031-03-05", "--countries", "SYR")
    assert "fled" in done.stdout, done.stdout + done.stderr
    assert "warning" not in done.stdout
    run(french, TIDINGS, "new", "crisis", "--countries", "SYR")
    for told in ("1 new claim (", "already in the ledger"):
        done = run(french, TIDINGS, "add", "crisis", "report.txt", "--published", "2031-03-05")
        assert told in done.stdout, done.stdout + done.stderr


def test_without_it_such_a_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(FRENCH, encoding="utf-8")
    run(tmp_path, TIDINGS, "new", "crisis", "--countries", "SYR")
    done = run(tmp_path, TIDINGS, "add", "crisis", "report.txt", "--published", "2031-03-05")
    assert done.returncode == 1
    assert "the report is written in 'fr', and only English can be read" in done.stderr


def test_a_broken_reader_is_told_and_reading_goes_on(tmp_path: Path) -> None:
    install(
        tmp_path, "tidings-broken", {"broken.py": "raise SystemExit(3)\n"}, "[tidings.readers]\nx = broken:FORMAT\n"
    )
    (tmp_path / "report.txt").write_text("The road to the town has been open again since Monday.", encoding="utf-8")
    done = run(tmp_path, TIDINGS, "read", "report.txt")
    assert done.returncode == 0
    assert "report.txt: no title" in done.stdout
    assert "plug-in 'x' (broken:FORMAT) of tidings-broken is left out: it cannot be loaded" in done.stderr
    assert "Update tidings-broken, or uninstall it." in done.stderr


def read_nothing(received: Received) -> tuple[Report, ...]:
    raise InputError(where=received.name, met="nothing is in it", fix="Hand in another one.")


NONE = Format("none", (), lambda content: False, read_nothing)


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return what installs a package with values of this process as its plug-ins."""

    def install_values(group: str, **values: Any) -> None:
        module = type(sys)("values_of_a_test")
        vars(module).update(values)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        entries = "".join(f"{name} = {module.__name__}:{name}\n" for name in values)
        install(tmp_path, "tidings-test", {}, f"[{group}]\n{entries}")
        monkeypatch.syspath_prepend(tmp_path)
        forget()

    def forget() -> None:
        known_formats_module = sys.modules[known_formats.__module__]
        known_formats_module.plugins.cache_clear()  # type: ignore[attr-defined]
        found_extractors.extractors.cache_clear()

    yield install_values
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("text", "it is no Format, but str"),
        (replace(NONE, name=" "), "it has no name"),
        (replace(NONE, suffixes=[".a"]), "its suffixes ['.a'] are no tuple"),
        (replace(NONE, suffixes=("A",)), "its suffixes ('A',) are no tuple of such as '.txt', in lower case"),
        (replace(NONE, reader=None), "its reader cannot be called"),
        (replace(NONE, name="html"), "the name 'html' is taken by tidings"),
    ],
)
def test_what_is_no_format_is_left_out_and_told(
    value: Any, problem: str, declare: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        declare("tidings.readers", wrong=value, right=replace(NONE, name="right"))
        names = [known.name for known in formats()]
    assert "right" in names
    assert len(names) == 8
    assert f"plug-in 'wrong' (values_of_a_test:wrong) of tidings-test is left out: {problem}" in caplog.text


def test_of_two_plug_ins_with_one_name_the_first_stays(declare: Any, caplog: pytest.LogCaptureFixture) -> None:
    declare("tidings.readers", a=replace(NONE, suffixes=(".a",)), b=replace(NONE, suffixes=(".b",)))
    assert [known.suffixes for known in formats() if known.name == "none"] == [(".a",)]
    assert "plug-in 'b' (values_of_a_test:b) of tidings-test is left out: the name 'none' is taken" in caplog.text


def failing(received: Received) -> tuple[Report, ...]:
    raise KeyError("text")


def outside(received: Received) -> tuple[Report, ...]:
    return (replace(make_report(received, "Some text.", ()), furniture=((5, 99),)),)


@pytest.mark.parametrize(
    ("reader", "problem"),
    [
        (failing, r"failed on it \(KeyError: 'text'\)\. Update tidings-test"),
        (outside, "gave a report with furniture outside its text"),
        (lambda received: (), "gave no report"),
        (lambda received: ("text",), "gave str for a report"),
        (read_nothing, "nothing is in it"),
    ],
)
def test_a_reader_that_fails_on_a_file_refuses_that_file_by_its_name(reader: Any, problem: str, declare: Any) -> None:
    declare("tidings.readers", x=Format("x", (), lambda content: content.startswith(b"XX"), reader))
    with pytest.raises(InputError, match=problem):
        read_pasted("XX and more")
    assert read_pasted("The road is open.")[0].text == "The road is open."


def test_a_plug_in_is_asked_before_ours_and_one_that_cannot_tell_counts_as_no(
    declare: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def read_special(received: Received) -> tuple[Report, ...]:
        return (make_report(received, "special", ()),)

    def broken(content: bytes) -> bool:
        raise ValueError("what?")

    special = Format("special", (), lambda content: b"special" in content, read_special)
    declare("tidings.readers", special=special, broken=replace(NONE, is_known_by=broken))
    assert read_pasted("<html><p>special page</p></html>")[0].text == "special"
    assert read_pasted("<html><p>The road is open.</p></html>")[0].text == "The road is open."
    assert "reader 'none' of tidings-test was not asked: its is_known_by failed (ValueError: what?)" in caplog.text


@dataclass
class Extracting:
    """An extractor of a test: what it gives is told to it."""

    name: str = "test"
    version: int = 1
    languages: frozenset[str] = frozenset({"fr"})
    given: dict[str, Any] = field(default_factory=dict)

    def read(self, report: Report, gazetteer: Any, *, countries: tuple[str, ...], crisis: Any) -> Reading:
        return Reading(report=record_of(report), **self.given)


FIGURE = Figure(id="f1", start=24, end=29, text="4 000", value=4000, status="fled", measure="flow")
EVENT = Event(id="e1", type="flight", start=40, end=47, text=FRENCH[40:47])


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("text", "it lacks languages, name, read, version"),
        (Extracting(name="a b"), "its name 'a b' is no word of letters, digits and hyphens"),
        (Extracting(version=0), "its version 0 is no number from 1 on"),
        (Extracting(languages=frozenset({"fra"})), "its languages frozenset({'fra'}) are no frozenset of ISO 639-1"),
        (Extracting(languages=frozenset({"en"})), "'en' is read by Tidings itself already"),
        (Extracting(name="Tidings"), "the name 'Tidings' is taken by Tidings itself"),
        (Extracting(languages=frozenset({"it"})), "'it' is read by good already"),
    ],
)
def test_what_is_no_extractor_is_left_out_and_told(
    value: Any, problem: str, declare: Any, caplog: pytest.LogCaptureFixture
) -> None:
    declare("tidings.extractors", wrong=value, good=Extracting(name="good", languages=frozenset({"it"})))
    assert [each.name for each in extractors()] == ["good"]
    assert languages_read() == {"en", "it"}
    assert f"plug-in 'wrong' (values_of_a_test:wrong) of tidings-test is left out: {problem}" in caplog.text


def test_an_extractor_is_asked_for_its_languages_only(declare: Any) -> None:
    declare("tidings.extractors", good=Extracting())
    assert extractor_of("fr") is not None
    assert [extractor_of(language) for language in ("en", "de", None)] == [None, None, None]
    assert read_pasted(FRENCH)[0].warnings == ()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (
            {"figures": (FIGURE.model_copy(update={"end": 999}),)},
            "the span 24–999 is outside the text of 109 characters",
        ),
        ({"figures": (FIGURE.model_copy(update={"text": "5 000"}),)}, "at 24–29 the text is '4 000', not '5 000'"),
        ({"figures": (FIGURE.model_copy(update={"at": ("gn1",)}),)}, "there is no place 'gn1' in the reading"),
        ({"events": (EVENT.model_copy(update={"actors": ("x",)}),)}, "there is no party 'x' in the reading"),
        ({"events": (EVENT.model_copy(update={"attribution": "a9"}),)}, "there is no attribution 'a9' in the reading"),
        ({"withheld": ((5, 5),)}, "the span 5–5 is outside the text"),
        ({"colour": "red"}, "it failed .ValidationError"),
    ],
)
def test_a_reading_that_is_none_of_the_report_is_refused(given: dict[str, Any], problem: str) -> None:
    (report,) = read_pasted(FRENCH)
    with pytest.raises(InputError, match=f"extractor 'test': {problem}"):
        read_by(Extracting(given=given), report, None)  # type: ignore[arg-type]


def test_what_the_reader_of_the_file_met_is_told_with_what_an_extractor_read() -> None:
    report = replace(read_pasted(FRENCH)[0], warnings=("pictures were not read (1)",))
    reading = read_by(Extracting(given={"figures": (FIGURE,), "events": (EVENT,)}), report, None)  # type: ignore[arg-type]
    assert [warning.message for warning in reading.warnings] == ["pictures were not read (1)"]


def test_the_contract_test_passes_a_good_extractor_and_says_what_a_bad_one_does(gazetteer: Gazetteer) -> None:
    (report,) = read_pasted(FRENCH)

    class Good(Extracting):
        def read(self, report: Report, *given: Any, **more: Any) -> Reading:
            found = (FIGURE,) if len(report.text) > 30 else ()
            return Reading(report=record_of(report), figures=found)

    class Failing(Extracting):
        def read(self, report: Report, *given: Any, **more: Any) -> Reading:
            return Reading(report=record_of(report), figures=(FIGURE,))

    class Drawing(Extracting):
        def read(self, report: Report, *given: Any, **more: Any) -> Reading:
            import random

            random.random()
            return Reading(report=record_of(report))

    check_extractor(Good(), [report], gazetteer)
    bad = [
        (Failing(), [report], r"\(0 characters, .*\): the span 24–29 is outside the text"),
        (Drawing(), [report], "it draws random numbers"),
        (Extracting(), [report], "it reads nothing in 1 report"),
        (Good(languages=frozenset({"de"})), [report], "the report is in 'fr', none of its languages"),
        (Good(languages=frozenset({"en"})), [report], "English is read by Tidings itself"),
        (Good(name="tables"), [report], "the name is taken"),
        (Good(), [replace(report, furniture=((20, 40),))], "'4 000' stands in furniture"),
    ]
    for extractor, reports, message in bad:
        with pytest.raises(AssertionError, match=message):
            check_extractor(extractor, reports, gazetteer)


def test_the_contract_test_passes_all_of_our_readers() -> None:
    from tests.evidence.readers.docxs import docx, p
    from tests.evidence.readers.pdfs import paragraph, pdf

    text = "The road to the town has been open again since Monday."
    feed = f"<rss version='2.0'><channel><item><description>{text}</description></item></channel></rss>"
    message = f"Message-ID: <1@b.example>\nSubject: Road\n\n{text}\n"
    samples = {
        "DOCX": docx(p(text)), "PDF": pdf(paragraph(50, 700, text)), "feed": feed, "HTML": f"<html><p>{text}",
        "e-mail": message, "mailbox": f"From a@b.example Tue Jun  4 10:12:00 2030\n{message}", "text": text,
    }  # fmt: skip
    ours = [plugin.value for plugin in plugins() if plugin.is_ours]
    assert {known.name for known in ours} == samples.keys()
    for known in ours:
        sample = samples[known.name]
        check_reader(known, {f"a{known.suffixes[0]}": sample if isinstance(sample, bytes) else sample.encode()})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"suffixes": ["a"]}, "format: its suffixes"),
        ({"is_known_by": lambda content: True}, "is_known_by claims b''. Look for what only files"),
        ({"reader": lambda received: [make_report(received, "text", ())]}, "the reader gave list. Return a tuple"),
        ({"reader": failing}, "KeyError"),
        (
            {"reader": lambda received: (make_report(Received("b", received.content), "text", ()),)},
            "the id of a report",
        ),
        (
            {"reader": lambda received: (make_report(Received("a.x", b"b"), "text", ()),)},
            "the id of a report is the hash",
        ),
        ({"reader": lambda received: (make_report(received, received.content[:9].decode(), ()),)}, "Raise InputError"),
    ],
)
def test_the_contract_test_says_what_a_bad_reader_does(changed: dict[str, Any], message: str) -> None:
    def read_x(received: Received) -> tuple[Report, ...]:
        if not received.content.startswith(b"XX"):
            raise InputError(where=received.name, met="no X", fix="Write some.")
        return (make_report(received, received.content.decode(errors="replace"), ()),)

    good = Format("x", (".x",), lambda content: content.startswith(b"XX"), read_x)
    check_reader(good, {"a.x": b"XX and more"})
    assert format_problem(good) is None
    with pytest.raises(AssertionError, match=re.escape(message)):
        check_reader(replace(good, **changed), {"a.x": b"XX and more"})
