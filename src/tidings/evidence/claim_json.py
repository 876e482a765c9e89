"""Claims as JSON: what the ledger stores and the documents show."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic_core import from_json

from tidings.core.dates import DateSpan
from tidings.evidence.claim import Claim, Content, Review, Reviewer, State, TableRow, TextSpan
from tidings.evidence.reading import Event, Figure, RelationRecord

_KINDS: Mapping[str, type[Content]] = {
    "figure": Figure, "event": Event, "relation": RelationRecord, "state": State, "review": Review
}  # fmt: skip
_CONTENT = {kind: model.__pydantic_validator__.validate_python for kind, model in _KINDS.items()}
_SPAN, _ROW, _REVIEWER = (model.__pydantic_validator__.validate_python for model in (TextSpan, TableRow, Reviewer))
MOST_KEPT = 65_536
"""Days and instants that are read once: a million claims have few."""


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
    """Read a claim from its JSON.

    Raises
    ------
    ValueError
        If it is no claim.
    """
    record = from_json(text)
    source, valid = record["source"], record["valid"]
    return Claim(
        id=record["id"],
        content=_CONTENT[record["kind"]](record["content"]),
        certainty=record["certainty"],
        speakers=tuple(record["speakers"]),
        relayed_by=record["relayed_by"],
        source=(_SPAN if "start" in source else _ROW if "row" in source else _REVIEWER)(source),
        valid=_span(valid["from"], valid["until"]),
        known_at=_instant(record["known_at"]),
        extractor=record["extractor"],
    )


@lru_cache(maxsize=MOST_KEPT)
def _span(from_: str | None, until: str | None) -> DateSpan:
    return DateSpan.model_validate({"from": from_, "until": until})


@lru_cache(maxsize=MOST_KEPT)
def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
