"""Contract: every word list is loaded once, by one function, and a word such as "no" or "on" in it stays a word."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrasebook import load_lexicon

NAMES = ["attributions", "contrasts", "figures", "grammar", "modality", "numbers", "protected", "times", "words"]


def leaves(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in (key, *leaves(inner))]
    return [leaf for inner in value for leaf in leaves(inner)] if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", NAMES)
def test_no_entry_was_taken_for_something_else_than_a_word(name: str) -> None:
    odd = [leaf for leaf in leaves(lexicon(name)) if isinstance(leaf, bool) or leaf == ""]
    assert odd == []


def test_a_list_is_loaded_once() -> None:
    assert lexicon("numbers") is lexicon("numbers")
    assert word_set("words", "compound_ends") is word_set("words", "compound_ends")


def test_there_is_one_loader() -> None:
    assert load_lexicon is lexicon


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match="nothing"):
        lexicon("nothing")


def test_cutting_words_loads_no_list_before_the_first_report() -> None:
    code = "import sys, tidings.evidence.extract.words; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
