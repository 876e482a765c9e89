"""Contract: every number of the assessment is a frozen setting that a file gives with its reason."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from tidings.assess.settings import AssessSettings, entries, load_settings, with_numbers


def test_every_setting_stands_in_one_file_with_its_reason():
    assert set(entries()) == set(AssessSettings.model_fields)
    assert all(entry.keys() == {"value", "why"} and entry["why"] for entry in entries().values())


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().stated = 0.5


def test_a_name_that_is_no_setting_is_refused():
    with pytest.raises(ValidationError, match="memory_day\n"):
        AssessSettings(**{**load_settings().model_dump(), "memory_day": 7.0})


def test_a_certain_claim_is_refused():
    with pytest.raises(ValidationError, match="stated"):
        AssessSettings(**{**load_settings().model_dump(), "stated": 1.0})


def test_the_page_shows_every_number_as_it_is():
    page = (Path(__file__).parents[2] / "docs" / "assess.md").read_text(encoding="utf-8")
    assert with_numbers(page) == page
    assert all(f"`{name}`" in page for name in entries())
