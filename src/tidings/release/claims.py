"""The list of claims that is shown: each with its words and its sentence (`tidings/claims@1`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from tidings.core.dates import DateSpan, Day
from tidings.core.errors import InputError
from tidings.core.schema import Schema
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, Review
from tidings.evidence.claim_json import claim_record
from tidings.evidence.extract.words import Document
from tidings.evidence.ledger import View
from tidings.evidence.lineage import Lineage, lineage_of
from tidings.evidence.quotable import quotable_reports
from tidings.evidence.quoting import quotation_of, speaker_told, speakers_told
from tidings.geography.places import Crossing, Place


class ListedClaim(Schema):
    """One claim, with the words that it was read in."""

    id: str
    kind: str
    predicate: str
    certainty: str
    speakers: tuple[str, ...]
    """Party ids; empty where `said_by` tells who speaks, else the writer's own words."""
    said_by: str | None = None
    """Who says it in the report's words, where no party is known: "the mayor"; of a review, the reviewer."""
    relayed_by: str | None
    source: dict[str, Any]
    valid: DateSpan
    known_at: str
    extractor: str
    content: dict[str, Any]
    words: str | None
    """Exactly text[start:end] of the report."""
    sentence: str | None
    report_name: str | None
    review: str | None
    """accept, reject or correct, where somebody reviewed it."""
    corrected: dict[str, Any] | None = None
    """The content as the latest review reads it, where that corrects it; `content` is as the report was read."""
    copy_of: str | None = None
    """The claim in an earlier report of which it is a copy: it counts for nothing."""
    repeats: str | None = None
    """The first claim by the same voice, in another report: together they are one voice."""
    superseded_by: str | None = None
    """The later figure by the same voice that stands in its place."""


class ClaimList(Schema):
    """Claims by day known, report and position (`tidings/claims@1`)."""

    schema_: Literal["tidings/claims@1"] = Field(default="tidings/claims@1", alias="schema")
    claims: tuple[ListedClaim, ...]


def list_claims(
    crisis: Crisis,
    view: View,
    *,
    place: str | None = None,
    predicate: str | None = None,
    on: Day | None = None,
    only: str | None = None,
) -> ClaimList:
    """Return claims as they were made, rejected ones too, each with its latest review.

    Raises
    ------
    InputError
        If no place, road or crossing has the id or name asked for.
    """
    subject = _subject(crisis, place) if place else None
    found = view.claims(subject=subject, predicate=predicate, on=on, reviewed=False)
    reviews = {c.content.about: c.content for c in view.claims(kind="review") if isinstance(c.content, Review)}
    reports = quotable_reports(crisis, view.reports(), view.readings())
    documents = {str(report.id): Document(report) for report in reports}
    wanted = (claim for claim in found if only is None or only == claim.id or _is_about(claim, only))
    lineage, told = lineage_of(crisis, view), speakers_told(view.readings())
    return ClaimList(
        claims=tuple(
            _listed(claim, documents, reviews.get(claim.id), lineage).model_copy(
                update={"said_by": speaker_told(claim, told)}
            )
            for claim in wanted
        )
    )


def _is_about(claim: Claim, claim_id: str) -> bool:
    return isinstance(claim.content, Review) and claim.content.about == claim_id


def _subject(crisis: Crisis, wanted: str) -> str:
    named: tuple[Place | Crossing, ...] = (*crisis.geography.places, *crisis.geography.crossings)
    ids = {entry.id for entry in named} | {road.id for road in crisis.geography.roads}
    if wanted in ids:
        return wanted
    by_name = [e.id for e in named if wanted.casefold() in {n.casefold() for n in (e.name, *e.other_names)}]
    if len(by_name) != 1:
        met = (
            f"{len(by_name)} places have the name '{wanted}'" if by_name else f"no place has the id or name '{wanted}'"
        )
        raise InputError(where="--place", met=met, fix="Use an id from places.csv, roads.csv or crossings.csv.")
    return by_name[0]


def _listed(claim: Claim, documents: Mapping[str, Document], review: Review | None, lineage: Lineage) -> ListedClaim:
    quotation = quotation_of(claim, documents)
    return ListedClaim.model_validate(
        {
            **claim_record(claim),
            "words": quotation.words if quotation else None,
            "sentence": quotation.around if quotation else None,
            "report_name": quotation.document.report.name if quotation else None,
            "review": review.verdict if review else None,
            "corrected": json.loads(review.correction) if review and review.correction else None,
            "copy_of": lineage.copy_of.get(claim.id),
            "repeats": lineage.repeats.get(claim.id),
            "superseded_by": lineage.superseded_by(claim.id),
        }
    )
