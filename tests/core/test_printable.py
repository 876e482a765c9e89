"""Contract: no word of a report and no name of a file steers the terminal that it is printed on."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tidings.cli.commands import cli
from tidings.core.printable import printable, printable_json

STEERING = ("\x1b[31m", "\x07", "\x9b", "\x00", "\x7f", "\r", "\u202e", "\u2066", "\ud800")


@pytest.mark.parametrize("steering", STEERING)
def test_what_steers_is_shown_as_a_replacement(steering: str) -> None:
    assert printable(f"a{steering}b") == "a\ufffd" + steering[1:] + "b"


def test_other_text_is_printed_as_it_is() -> None:
    text = "Öncüpınar “crossing”,\n\topen – 4 000 \u200f\U0001f600"
    assert printable(text) == text


@pytest.mark.parametrize("steering", STEERING)
def test_a_json_document_keeps_its_content(steering: str) -> None:
    document = json.dumps({"text": f"a{steering}b"}, ensure_ascii=False)
    assert json.loads(printable_json(document)) == {"text": f"a{steering}b"}
    assert printable_json(document).isprintable()


@pytest.mark.parametrize("how", [[], ["--explain"], ["--json"]])
def test_reading_prints_nothing_that_steers(how: list[str], tmp_path: Path) -> None:
    file = tmp_path / ("note.txt" if sys.platform == "win32" else "no\x1b[31mte.txt")
    file.write_text("About 500 people\x9b31m fled to \u202eAleppo\x1b]0;title\x07, officials said.\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["read", str(file), "--published", "2016-02-08", *how])
    assert done.exit_code == 0
    assert printable(done.output) == done.output


@pytest.mark.parametrize("how", [[], ["--json"]])
def test_a_name_that_is_no_text_is_refused_in_words(how: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["read", str(tmp_path / "none\udcff\x1b.txt"), *how])
    assert done.exit_code == 1
    assert "there is no such file" in done.output
