"""The packaged example gives exactly what the golden files say; whoever changes that says so in the changelog."""

from __future__ import annotations

import json
import re

import pytest

from tidings.core.provenance import code_version
from tools.write_golden import FOLDER, golden_texts

NAMES = ("claims.json", "forecast.json", "situation.json")
ADVICE = (
    "The example's {name} changed. If that is meant: add an entry tagged **Changes results** to CHANGELOG.md "
    "(which results, by how much, why), then run python tools/write_golden.py --update"
)


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """Return what the example gives now."""
    return golden_texts()


@pytest.mark.parametrize("name", NAMES)
def test_the_example_gives_what_it_gave(made: dict[str, str], name: str) -> None:
    kept = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert json.loads(made[name]) == kept, ADVICE.format(name=name)


def test_no_golden_file_is_left_over() -> None:
    assert sorted(path.name for path in FOLDER.glob("*")) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_file_holds_no_hash_and_no_instant_of_its_making(made: dict[str, str], name: str) -> None:
    assert not re.search(r"\bc[0-9a-f]{16}\b|\b[0-9a-f]{64}\b|T\d\d:\d\d:\d\d", made[name])
    assert code_version() not in made[name]
