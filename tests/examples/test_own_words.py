"""No text of the project repeats eight words in a row of the material that lies beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
OWN_FOLDERS = ("src", "tests", "docs", "bench", "verification", "tools")
OWN_KINDS = frozenset({".py", ".md", ".yaml", ".yml", ".txt", ".csv", ".html", ".json", ".toml", ".jinja", ".tsv"})
OTHER_KINDS = frozenset({".txt", ".csv", ".md", ".json", ".jsonl", ".tsv"})
LENGTH = 8
LEAST_PLAIN = 2
SHORT = 3
"""Eight words with fewer plain ones longer than this are a list of names or numbers, which nobody wrote."""
Run = tuple[str, ...]


def runs(text: str) -> Iterator[Run]:
    """Return all eight words in a row of a text, without addresses, lists of names and numbers."""
    words = re.findall(r"[^\W_]+", re.sub(r"https?://\S+", " ", text))
    plain = [word.islower() and word.isalpha() and len(word) > SHORT for word in words]
    folded = [word.lower() for word in words]
    for start in range(len(words) - LENGTH + 1):
        if sum(plain[start : start + LENGTH]) >= LEAST_PLAIN:
            yield tuple(folded[start : start + LENGTH])


def texts_below(folder: Path, kinds: frozenset[str]) -> Iterator[Path]:
    """Return the text files of a folder, in order."""
    yield from (path for path in sorted(folder.rglob("*")) if path.suffix in kinds and path.is_file())


def copied(own: Iterable[Path], others: Iterable[Path]) -> list[str]:
    """Return what own files have in common with others, with both files named."""
    where: dict[Run, Path] = {}
    for path in own:
        where |= dict.fromkeys(runs(path.read_text(encoding="utf-8", errors="replace")), path)
    found = []
    for path in others:
        same = where.keys() & set(runs(_without_headings(path)))
        found += [f"{where[run]}: {' '.join(run)} (as in {path.name})" for run in sorted(same)]
    return found


def _without_headings(path: Path) -> str:
    """Return a text; of a table, without the names of its columns: they are the format, which its readers share."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return text.partition("\n")[2] if path.suffix == ".csv" else text


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "theirs.txt"
    path.write_text("Late in the evening the river ferry carried its last passengers across to Ostry.\n")
    return path


def test_eight_words_in_a_row_are_found_across_lines_and_marks(tmp_path: Path, theirs: Path) -> None:
    ours = tmp_path / "ours.py"
    ours.write_text('"""In the evening,\nthe river ferry carried its\npassengers."""\n')
    assert [line.split(": ")[1] for line in copied([ours], [theirs])] == [
        "in the evening the river ferry carried its (as in theirs.txt)"
    ]


def test_the_columns_of_a_table_are_a_format_and_nobodys_words(tmp_path: Path) -> None:
    columns = "closure_type,name1,name2,closure_start,closure_end,closed_by\n"
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    for path in (ours, theirs):
        path.write_text(columns)
    assert copied([ours], [theirs]) == []


def test_lists_of_names_numbers_and_addresses_are_nobodys_words(tmp_path: Path) -> None:
    text = "Kelmar Pellan Ostry Quint Vidra Tamsin Farrow Sorrel 1 2 3 4 5 6 7 8 https://a.org/this-is-one-long-way-to-a-page"
    path = tmp_path / "names.txt"
    path.write_text(text)
    assert copied([path], [path]) == []


def test_no_eight_words_in_a_row_are_copied_from_the_material_beside_the_project() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared material is not there")
    own = [path for name in OWN_FOLDERS for path in texts_below(ROOT / name, OWN_KINDS)]
    own += sorted(ROOT.glob("*.md"))
    others = [path for name in ("report", "data") for path in texts_below(SHARED / name, OTHER_KINDS)]
    assert copied(own, others) == []
