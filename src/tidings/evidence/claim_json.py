"""Claims as JSON: what the ledger stores and the documents show."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from pydantic import TypeAdapter

from tidings.core.dates import DateSpan
from tidings.core.ids import ClaimId, PartyId
from tidings.evidence.claim import Claim, Content, Review, Reviewer, State, TableRow, TextSpan
from tidings.evidence.reading import Event, Figure, RelationRecord

_SOURCE: TypeAdapter[TextSpan | TableRow | Reviewer] = TypeAdapter(TextSpan | TableRow | Reviewer)
_CONTENT: dict[str, type[Content]] = {
    "figure": Figure, "event": Event, "relation": RelationRecord, "state": State, "review": Review
}  # fmt: skip


def dump_claim(claim: Claim) -> str:
    """Return a claim as canonical JSON."""
    record = claim_record(claim)
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def claim_record(claim: Claim) -> dict[str, Any]:
    """Return a claim as plain JSON values."""
    return {
        "id": claim.id,
        "kind": claim.kind,
        "predicate": claim.predicate,
        "content": claim.content.model_dump(mode="json", by_alias=True),
        "certainty": claim.certainty,
        "speakers": list(claim.speakers),
        "relayed_by": claim.relayed_by,
        "source": claim.source.model_dump(mode="json"),
        "valid": claim.valid.model_dump(mode="json", by_alias=True),
        "known_at": claim.known_at.isoformat(),
        "extractor": claim.extractor,
    }


def load_claim(text: str) -> Claim:
    """Read a claim from its JSON."""
    record = json.loads(text)
    return Claim(
        id=ClaimId(record["id"]),
        content=_CONTENT[record["kind"]].model_validate(record["content"]),
        certainty=record["certainty"],
        speakers=tuple(PartyId(speaker) for speaker in record["speakers"]),
        relayed_by=record["relayed_by"],
        source=_SOURCE.validate_python(record["source"]),
        valid=DateSpan.model_validate(record["valid"]),
        known_at=dt.datetime.fromisoformat(record["known_at"]),
        extractor=record["extractor"],
    )
