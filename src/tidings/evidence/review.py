"""A reviewer accepts, rejects or corrects a claim by adding one; the claim reviewed stays as it was."""

from __future__ import annotations

import datetime as dt

from tidings.core.dates import DateSpan
from tidings.core.errors import InputError
from tidings.core.ids import ClaimId, content_id
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, Review, Reviewer
from tidings.evidence.corrections import correction_of
from tidings.evidence.ledger import View

EXTRACTOR = "review@1"


def review_of(
    view: View,
    claim_id: str,
    verdict: str,
    reviewer: str,
    correction: str | None,
    *,
    known_at: dt.datetime,
    crisis: Crisis | None = None,
) -> Claim:
    """Return the claim that a reviewer's act is.

    Parameters
    ----------
    correction
        With `correct`: a JSON object of the fields of the content that change.
    known_at
        When the review is made; a second review at the same instant counts as made after the first.
    crisis
        With `correct`: whose places and parties may be named; without it ids are not checked.

    Raises
    ------
    InputError
        If there is no such claim, or the correction does not fit its content.
    """
    claim = view.claim(claim_id)
    if claim is None:
        raise InputError(where=f"claim {claim_id}", met="there is no such claim", fix="List them: tidings claims DIR.")
    whole = correction_of(claim, correction, crisis) if verdict == "correct" else None
    content = Review.model_validate({"about": claim_id, "verdict": verdict, "correction": whole})
    known_at = max((known_at, *_just_after(view, claim_id)))
    identity = [content.model_dump(mode="json"), reviewer, known_at.isoformat()]
    return Claim(
        id=ClaimId(content_id("c", identity)),
        content=content,
        certainty="stated",
        source=Reviewer(name=reviewer),
        valid=DateSpan.of(known_at.date()),
        known_at=known_at,
        extractor=EXTRACTOR,
    )


def _just_after(view: View, claim_id: str) -> list[dt.datetime]:
    earlier = view.claims(kind="review", subject=claim_id)
    return [review.known_at + dt.timedelta(microseconds=1) for review in earlier]
