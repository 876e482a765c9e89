"""Contract: every number of the assessment is a frozen setting that a file gives with its reason."""

import pytest
from pydantic import ValidationError

from tidings.assess.settings import AssessSettings, entries, load_settings


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
