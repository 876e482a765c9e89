"""Contract: what a page does not show is skipped; all that is read is told by offsets of the text as received."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.evidence.extract.hard_texts import ODD, read_soundly, report_of
from tidings.evidence.extract.cleaning import clean
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.readers import read_pasted
from tidings.evidence.readers.encoding import mangled_passages
from tidings.evidence.reading import Reading
from tidings.geography.gazetteer import Gazetteer

OFFSETS = {"start", "end"}
OTHER_NUMBERS = {"characters", "geonames_id"}
"""Fields of a reading that are numbers and no offsets."""


@pytest.mark.parametrize(
    "number",
    [
        "250,000", "250,\u200b000", "250\u00a0000", "250\u202f000", "250\u2009000", "250\u2007000",
        "250'000", "250’000",
        "\u0662\u0665\u0660\u066c\u0660\u0660\u0660", "２５０，０００", "2\u00ad50,000",
        "\u2066250,000\u2069",
    ],
)  # fmt: skip
def test_a_number_is_one_however_its_digits_are_set_apart(number: str, gazetteer: Gazetteer) -> None:
    text = f"About {number} people fled to Aleppo."
    (figure,) = read_soundly(text, gazetteer).figures
    assert figure.value == 250_000
    assert figure.text == text[figure.start : figure.end]
    assert figure.text.strip("\u2066\u2069") == number.strip("\u2066\u2069")


DASHES = ("-", "–", "—", "\u2010", "\u2011", "\u2012", "\u2212", "\u200b–\u200b", " – ", "\u00a0–\u00a0")


@pytest.mark.parametrize("dash", DASHES)
def test_a_range_is_one_whatever_its_dash(dash: str, gazetteer: Gazetteer) -> None:
    (figure,) = read_soundly(f"10,000{dash}15,000 people fled.", gazetteer).figures
    assert (figure.low, figure.high) == (10_000, 15_000)


@pytest.mark.parametrize("name", ["Al\u00adeppo", "\u202aAleppo\u202c", "Ale\u200dppo", "Aleppo\ufe0f", "Ａｌｅｐｐｏ"])
def test_a_name_is_found_with_what_does_not_show_in_it(name: str, gazetteer: Gazetteer) -> None:
    text = f"About 500 people fled to {name}, in Syria."
    found = read_soundly(text, gazetteer)
    (place,) = (place for place in found.places if place.name == "Aleppo")
    ((start, end),) = place.mentions
    assert clean(report_of(text[start:end])).report.text == "Aleppo"


def test_a_plain_text_decoded_wrongly_before_stays_as_it_is_and_is_read_as_it_was_meant(gazetteer: Gazetteer) -> None:
    meant = "About 3,000 people – families with children – fled to Öncüpınar, the mayor’s office said."
    content = meant.encode().decode("cp1252").encode()
    (report,) = read_pasted(content)
    assert report.text == content.decode()
    reading = read_report(report, gazetteer, countries=("TUR",))
    (figure,) = (figure for figure in reading.figures if figure.value == 3000)
    assert (figure.status, figure.certainty) == ("fled", "claimed")
    assert report.text[figure.start : figure.end] == figure.text == "3,000"
    assert "mended_characters" in [warning.code for warning in reading.warnings]


def test_accents_join_their_letters_and_ligatures_come_apart() -> None:
    cleaned = clean(report_of("Öncu\u0308pınar: 5 ﬂed."))
    assert cleaned.report.text == "Öncüpınar: 5 fled."
    assert cleaned.original.text[slice(*cleaned.offsets.span(0, 9))] == "Öncu\u0308pınar"
    assert cleaned.original.text[slice(*cleaned.offsets.span(13, 17))] == "ﬂed"


def test_control_characters_are_blanks_or_ends_of_lines() -> None:
    assert clean(report_of("a\x00b\x0bc\x0cd\x85e\u2028f\rg\r\nh")).report.text == "a b\nc\nd\ne\nf\ng\r\nh"


def test_what_steers_a_terminal_is_skipped(gazetteer: Gazetteer) -> None:
    found = read_soundly("The mayor of \x1b[31mAleppo\x1b[0m said 500 people fled.", gazetteer)
    assert [place.name for place in found.places] == ["Aleppo"]


def test_a_warning_says_what_was_skipped(gazetteer: Gazetteer) -> None:
    warnings = {w.code: w.message for w in read_soundly("5\u200b00 people\x07 fled Al\u00adeppo.", gazetteer).warnings}
    assert "1 × U+200B zero width space" in warnings["skipped_characters"]
    assert "1 × U+00AD soft hyphen" in warnings["skipped_characters"]
    assert "U+0007" in warnings["control_characters"]


def test_a_plain_text_is_left_as_it_is() -> None:
    report = report_of("About 4,000 people “fled” – to Öncüpınar,\n\n\tthe mayor said…")
    assert clean(report).report is report


def test_furniture_stays_where_it_was(gazetteer: Gazetteer) -> None:
    text = "\u200b5 people fled Aleppo.\u200b\n\nSha\u00adre this: 9 people fled."
    found = read_soundly(text, gazetteer, furniture=((23, len(text)),))
    assert [figure.value for figure in found.figures] == [5]


def test_the_title_is_told_as_a_page_shows_it(gazetteer: Gazetteer) -> None:
    found = read_soundly("\u200b5 people fled.", gazetteer, title="Al\u00adeppo \x1b[31mtoday")
    assert found.report.title == "Aleppo today"


PARTS = st.one_of(st.sampled_from([*ODD, "a", "e", " ", "5"]), st.text(max_size=2))
ODD_TEXTS = st.lists(PARTS, max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(ODD_TEXTS)
@example("Î\xad\u200b")
@example("aÂ\xad b")
def test_every_character_that_is_read_stands_in_the_original_in_the_same_order(text: str) -> None:
    cleaned = clean(report_of(text))
    spans = [cleaned.offsets.span(at, at + 1) for at in range(len(cleaned.report.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one == two or one[1] <= two[0] for one, two in pairwise(spans))
    is_cleaned_once = "\x1b" in text or mangled_passages(cleaned.report.text) != []
    assert clean(cleaned.report).report.text == cleaned.report.text or is_cleaned_once
    for at, (start, end) in enumerate(spans):
        assert cleaned.offsets.cleaned(start) <= at < max(at + 1, cleaned.offsets.cleaned(end))


def test_no_offset_of_a_reading_is_forgotten() -> None:
    schema = Reading.model_json_schema()
    for record in (schema, *schema["$defs"].values()):
        for name, told in record["properties"].items():
            kinds = {part.get("type") for part in (told, *told.get("anyOf", ()))}
            assert "integer" not in kinds or name in OFFSETS | OTHER_NUMBERS, f"cleaning.py: is {name} an offset?"
