"""The files of rules are read as text from within the crisis folder, and nothing of them is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.core.errors import InputError
from tidings.crisis.load import load_crisis
from tidings.crisis.save import save_crisis

EXPLOSIVE = "raise SystemExit('this was run')\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "crisis"
    made.mkdir()
    return made


def written(folder: Path, *rules: str) -> Path:
    lines = "".join(f"  {rule}\n" for rule in rules)
    (folder / "crisis.yaml").write_text(f"title: Case\ncountries: [XVA]\nrules:\n{lines}", encoding="utf-8")
    return folder


def refused(folder: Path, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        load_crisis(folder)
    assert len(caught.value.problems) == 1


def test_loading_reads_a_file_once_and_runs_nothing(folder: Path) -> None:
    (folder / "rules.py").write_text(EXPLOSIVE, encoding="utf-8")
    crisis = load_crisis(written(folder, "leave: rules.py:A", "calm: rules.py:B", "quiet: QuietPlace"))
    assert crisis.rule_files == {"rules.py": EXPLOSIVE}


def test_a_file_may_lie_in_a_folder_of_the_crisis(folder: Path) -> None:
    (folder / "own").mkdir()
    (folder / "own" / "rules.py").write_text("é = 1\n", encoding="utf-8-sig")
    assert load_crisis(written(folder, "leave: own/rules.py:A")).rule_files == {"own/rules.py": "é = 1\n"}


def test_a_saved_crisis_has_its_rules_again(folder: Path, tmp_path: Path) -> None:
    (folder / "rules.py").write_text(EXPLOSIVE, encoding="utf-8")
    crisis = load_crisis(written(folder, "leave: {rule: rules.py:A, share: 0.4, days: 3}"))
    save_crisis(crisis, tmp_path / "copy")
    again = load_crisis(tmp_path / "copy")
    assert (again.rule_files, again.settings) == (crisis.rule_files, crisis.settings)


def test_a_file_that_is_not_there_is_refused(folder: Path) -> None:
    refused(
        written(folder, "leave: rules.py:A"), r"crisis\.yaml: rules\.leave: there is no file 'rules\.py'\. Write it"
    )


def test_a_folder_is_no_file(folder: Path) -> None:
    (folder / "rules.py").mkdir()
    refused(written(folder, "leave: rules.py:A"), "there is no file 'rules.py'")


@pytest.mark.parametrize("name", ["../rules.py", "own/../../rules.py", "{outside}/rules.py", "own\\rules.py"])
def test_a_file_outside_the_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "rules.py").write_text("", encoding="utf-8")
    rule = name.format(outside=tmp_path)
    refused(
        written(folder, f"leave: '{rule}:A'"),
        r"is no file of this folder\. Copy it into the folder beside crisis\.yaml",
    )


def test_a_link_that_leads_outside_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.py").write_text("", encoding="utf-8")
    (folder / "rules.py").symlink_to(tmp_path / "elsewhere.py")
    refused(written(folder, "leave: rules.py:A"), "'rules.py' is no file of this folder")


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "rules.py").write_bytes(b"\xff\xfe")
    refused(written(folder, "leave: rules.py:A"), r"rules\.py: the file is not UTF-8 text\. Save it again as UTF-8")
