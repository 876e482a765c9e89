"""A claim is cited with its sentence, its own words marked, and whoever says it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from tidings.core.dates import day_known, end_of_day
from tidings.evidence.claim import Claim, Review, Reviewer
from tidings.evidence.extract.words import Document
from tidings.evidence.report import Report
from tidings.present.names import Names
from tidings.present.quotes import Citations, quote_around, report_name
from tidings.release.released import Released

Cite = Callable[[str], str]


@pytest.fixture
def speaker(released: Released) -> Cite:
    citations = Citations.of(released, Names.of(released))
    return lambda words: next(c.speaker for c in citations.by_id.values() if words in c.quote.marked)


def test_the_marked_words_are_the_claims_and_the_rest_is_its_sentence(released: Released) -> None:
    citations = Citations.of(released, Names.of(released))
    quote = next(c.quote for c in citations.by_id.values() if "41,500" in c.quote.marked)
    assert quote.marked == "Some 41,500"
    assert str(quote) == "Some 41,500 people are sheltering in camps at Vidra, the relief office said."


def test_speakers_are_named_by_party_then_by_the_reports_words_then_by_publisher(speaker: Cite) -> None:
    assert speaker("41,500") == "the relief office"
    assert speaker("is cut") == "a monitor"
    assert speaker("Tens of thousands") == "Meridian Wire"


def test_a_claim_over_two_sentences_is_quoted_whole() -> None:
    report = Report(id="0", name="a.txt", text="They left Oder. They came to Ude. All rest.")  # type: ignore[arg-type]
    quote = quote_around(Document(report), 5, 22)
    assert str(quote) == "They left Oder. They came to Ude."
    assert quote.marked == "left Oder. They c"


def test_furniture_is_not_quoted() -> None:
    text = "They left Share this. Oder."
    report = Report(id="0", name="a.txt", text=text, furniture=((10, 21),))  # type: ignore[arg-type]
    assert "Share" not in str(quote_around(Document(report), 0, 4))


def test_a_reviewers_act_is_said_by_the_reviewer(released: Released) -> None:
    about = released.claims[0]
    review = Claim(
        id="c0", content=Review(about=about.id, verdict="accept"), certainty="stated", source=Reviewer(name="desk two"),
        valid=about.valid, known_at=about.known_at, extractor="review@1",
    )  # type: ignore[arg-type]  # fmt: skip
    changed = dataclasses.replace(released, claims=(*released.claims, review))
    cited = Citations.of(changed, Names.of(changed))["c0"]
    assert cited.speaker == "desk two (reviewer)"
    assert cited.report is None


def test_midnight_belongs_to_the_day_that_ends() -> None:
    assert day_known(end_of_day(dt.date(2031, 5, 9))) == dt.date(2031, 5, 9)
    assert day_known(dt.datetime(2031, 5, 9, 12, tzinfo=dt.UTC)) == dt.date(2031, 5, 9)


def test_a_report_without_a_title_is_called_by_its_file() -> None:
    assert report_name(Report(id="0", name="a.txt", text="")) == "a.txt"  # type: ignore[arg-type]


def test_a_pronoun_that_is_nobody_known_is_told_as_unnamed_and_one_that_is_by_the_name(
    released: Released,
) -> None:
    readings = tuple(
        reading.model_copy(
            update={
                "attributions": tuple(
                    each.model_copy(update={"speaker_text": each.speaker_text and "He"})
                    for each in reading.attributions
                )
            }
        )
        for reading in released.readings
    )
    pronouns = dataclasses.replace(released, readings=readings)
    citations = Citations.of(pronouns, Names.of(pronouns)).by_id.values()
    assert next(c.speaker for c in citations if "is cut" in c.quote.marked) == "unnamed (“He”)"
    assert next(c.speaker for c in citations if "41,500" in c.quote.marked) == "the relief office"
