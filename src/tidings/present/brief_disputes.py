"""What sources disagree on: what they say of one place, and what a report itself sets side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tidings.core.ids import ClaimId
from tidings.evidence.reading import Attribution, Reading
from tidings.evidence.reading import Position as ReadingPosition
from tidings.evidence.vocabulary import Status
from tidings.forecast.document import CountTold
from tidings.present.brief_parts import FORECAST_ANCHOR, Desk, Line, dated, report_anchor
from tidings.present.forecast_words import UNNAMED
from tidings.present.quotes import report_name
from tidings.present.words import PREDICATE_WORDS, STATUS_WORDS, count_words, sentence_case, speaker_words
from tidings.situation.situation import Disagreement, SituationPosition


@dataclass(frozen=True)
class Dispute:
    """One question and the answers that sources give to it."""

    question: str
    answers: tuple[Line, ...]


@dataclass(frozen=True)
class Disputes:
    """Disagreements by what they are about: the situation's own, by place; those that a report tells, by topic."""

    by_place: tuple[Dispute, ...]
    by_topic: tuple[Dispute, ...]

    def __bool__(self) -> bool:
        return bool(self.by_place or self.by_topic)


def disputes(desk: Desk) -> Disputes:
    """Return what sources disagree on: states and figures of a place, then what a report itself sets side by side."""
    ranked = sorted(desk.released.situation.disagreements, key=lambda entry: desk.names[entry.subject])
    by_place = (*(_dispute(desk, entry) for entry in ranked), *_counts(desk))
    return Disputes(
        by_place, tuple(told for reading in desk.released.readings for told in _disputes_told(desk, reading))
    )


def _dispute(desk: Desk, entry: Disagreement) -> Dispute:
    what = PREDICATE_WORDS.get(entry.predicate) or f"how many people are {_status_words(entry.predicate)}"
    return Dispute(
        f"{desk.names[entry.subject]}: {what}", tuple(_position(desk, position) for position in entry.positions)
    )


def _counts(desk: Desk) -> Iterable[Dispute]:
    """Yield the places at which sources of the forecast's bulletins differ by more than noise explains."""
    reported = desk.released.forecast.last_reports if desk.released.forecast else ()
    for last in sorted((one for one in reported if one.apart), key=lambda one: desk.names[one.location]):
        yield Dispute(
            f"{desk.names[last.location]}: how many people are there", tuple(_count(desk, one) for one in last.apart)
        )


def _count(desk: Desk, told: CountTold) -> Line:
    number = desk.number(count_words(told.people), told.claims, f"#{FORECAST_ANCHOR}")
    said = f" — {told.source or UNNAMED}, right with a chance of {told.chance:.0%}\u00a0"
    return number, " on ", dated(told.day), said, *desk.references(told.claims)


def _status_words(predicate: str | Status) -> str:
    return STATUS_WORDS.get(predicate, predicate.replace("_", " "))


def _position(desk: Desk, position: SituationPosition) -> Line:
    value = desk.names.answer(position.value)
    is_number = any(character.isdigit() for character in value)
    said: Line = (desk.number(_grouped(value), position.claims, "#claims"),) if is_number else (value,)
    speakers = desk.speakers(position.claims) or desk.names.listed(position.speakers)
    return (*said, f" — {speakers}\u00a0", *desk.references(position.claims))


def _grouped(value: str) -> str:
    return count_words(float(value)) if value.replace(".", "", 1).isdigit() else value


def _disputes_told(desk: Desk, reading: Reading) -> Iterable[Dispute]:
    said = {attribution.id: attribution for attribution in reading.attributions}
    report = next((r for r in desk.released.reports if r.id == reading.report.id), None)
    title = f" (in: {report_name(report)})" if report and len(desk.released.reports) > 1 else ""
    for entry in reading.disagreements:
        answers = tuple(_told(desk, reading, position, said) for position in entry.positions)
        yield Dispute(f"{sentence_case(entry.topic)}{title}", answers)


def _told(desk: Desk, reading: Reading, position: ReadingPosition, said: dict[str, Attribution]) -> Line:
    """Write one position of a report: its words lead to the claim that tells it, or else to the report."""
    attributions = [said[key] for key in position.attributions if key in said]
    claims = _claims_of(desk, reading.report.id, position)
    named = [speaker for attribution in attributions for speaker in attribution.speakers]
    untold = [speaker_words(told) for each in attributions if (told := each.speaker_text)]
    speakers = desk.names.listed(named) or ", ".join(untold) or "the report"
    words = desk.number(f"“{position.says}”", claims, f"#{report_anchor(reading.report.id)}")
    return words, f" — {speakers}\u00a0", *desk.references(claims)


def _claims_of(desk: Desk, report: str, position: ReadingPosition) -> list[ClaimId]:
    """Return the claims of a position; where it has none, those of the sentence that holds its words."""
    of_report = [cited for cited in desk.citations.by_id.values() if cited.report == report]
    own = [c.claim.id for c in of_report if getattr(c.claim.content, "attribution", None) in position.attributions]
    return own or [c.claim.id for c in of_report if " ".join(position.says.split()) in str(c.quote)]
