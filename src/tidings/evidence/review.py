"""A reviewer accepts, rejects or corrects a claim by adding one; the claim reviewed stays as it was."""

from __future__ import annotations

import datetime as dt
import json
from typing import cast

from pydantic import ValidationError

from tidings.core.dates import DateSpan
from tidings.core.errors import InputError
from tidings.core.ids import ClaimId, content_id
from tidings.evidence.claim import Claim, Review, Reviewer
from tidings.evidence.ledger import View

EXTRACTOR = "review@1"


def review_of(
    view: View, claim_id: str, verdict: str, reviewer: str, correction: str | None, *, known_at: dt.datetime
) -> Claim:
    """Return the claim that a reviewer's act is.

    Parameters
    ----------
    correction
        With `correct`: a JSON object of the fields of the content that change.

    Raises
    ------
    InputError
        If there is no such claim, or the correction does not fit its content.
    """
    claim = view.claim(claim_id)
    if claim is None:
        raise InputError(where=f"claim {claim_id}", met="there is no such claim", fix="List them: tidings claims DIR.")
    corrected = _corrected(claim, correction) if verdict == "correct" else None
    content = Review.model_validate({"about": claim_id, "verdict": verdict, "correction": corrected})
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


def _corrected(claim: Claim, correction: str | None) -> str:
    where = f"--to for claim {claim.id}"
    try:
        changes = json.loads(correction or "")
    except json.JSONDecodeError:
        changes = None
    if not isinstance(changes, dict) or not changes:
        raise InputError(
            where=where,
            met=f"'{correction or ''}' is no JSON object",
            fix="""Give the fields to change: '{"value": 70000}'.""",
        )
    before = claim.content.model_dump(mode="json", by_alias=True)
    try:
        return (
            type(claim.content)
            .model_validate({**before, **cast("dict[str, object]", changes)})
            .model_dump_json(by_alias=True)
        )
    except ValidationError as error:
        met = "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg'].lower()}" for e in error.errors())
        raise InputError(where=where, met=met, fix="Correct the fields.") from None
