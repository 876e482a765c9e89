"""Corrections: a reviewed claim as the reviewer reads it, and what of a claim may be corrected at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from tidings.core.dates import day_known
from tidings.core.errors import InputError, Problem, raise_all
from tidings.crisis.crisis import Crisis
from tidings.crisis.suggest import near
from tidings.evidence.claim import Claim, Content, Review, State
from tidings.evidence.claims import valid_span
from tidings.evidence.reading import Event, Figure, RelationRecord
from tidings.evidence.vocabulary import state_problem
from tidings.geography.places import Crossing, Place, Road

FIXED = frozenset({"id", "start", "end", "text", "attribution", "same_as"})
"""What a claim was read in, and its numbering in the reading: not for a reviewer to change."""
PLACES = frozenset({"at", "origin", "destination", "places"})
PARTIES = frozenset({"actors", "targets"})


def corrected(claim: Claim, review: Review | None) -> Claim:
    """Return a claim as its latest review reads it; the days on which it holds follow a corrected date."""
    if review is None or review.verdict != "correct" or review.correction is None:
        return claim
    content = type(claim.content).model_validate_json(review.correction)
    certainty = getattr(content, "certainty", claim.certainty)
    return _dated(replace(claim, content=content, certainty=certainty), claim.content)


def _dated(claim: Claim, before: Content) -> Claim:
    after, told = claim.content, (Figure, Event, RelationRecord)
    if not isinstance(after, told) or not isinstance(before, told):
        return claim
    known = (day_known(claim.known_at), claim.known_at)
    now = valid_span(after, *known)
    # a row of a table has its day in a column of its own: only a correction that moves the days moves them
    return claim if now == valid_span(before, *known) else replace(claim, valid=now)


def correction_of(claim: Claim, correction: str | None, crisis: Crisis | None = None) -> str:
    """Return the whole content of a claim, as JSON, with the fields that a reviewer changes.

    Parameters
    ----------
    correction
        A JSON object of the fields that change. A new `value` of a figure alone makes it exact.
    crisis
        Whose places and parties may be named; without it ids are not checked.

    Raises
    ------
    InputError
        With everything that does not fit.
    """
    where = f"--to for claim {claim.id}"
    changes = _changes(claim, correction, where)
    changes = {**_bounds_of(claim.content, changes), **changes}
    before = claim.content.model_dump(mode="json", by_alias=True)
    try:
        content = type(claim.content).model_validate({**before, **changes})
    except ValidationError as error:
        met = "; ".join(f"{'.'.join(str(part) for part in e['loc'])}: {e['msg'].lower()}" for e in error.errors())
        raise InputError(where=where, met=met, fix=_open_fields(claim)) from None
    raise_all(_wrong_ids(content, claim.content, crisis, where) if crisis else ())
    if isinstance(content, State):
        raise_all(state_problem(content.predicate, content.value, where))
    return content.model_dump_json(by_alias=True)


def _open_fields(claim: Claim) -> str:
    names = {field.alias or name for name, field in type(claim.content).model_fields.items()} - FIXED
    return f"What can be corrected: {', '.join(sorted(names))}."


def _bounds_of(content: Content, changes: dict[str, Any]) -> dict[str, Any]:
    """Return the bounds that go with a corrected number: none of the old ones, unless they are given as well."""
    is_new = isinstance(content, Figure) and changes.get("value") is not None
    return {"low": None, "high": None, "quantifier": "exact"} if is_new else {}


def _changes(claim: Claim, correction: str | None, where: str) -> dict[str, Any]:
    if isinstance(claim.content, Review):
        fix = "Review the claim that it is about once more: the latest review counts."
        raise InputError(where=where, met="this is a review, not a claim of a report", fix=fix)
    try:
        changes = json.loads(correction or "")
    except json.JSONDecodeError:
        changes = None
    if not isinstance(changes, dict) or not changes:
        fix = """Give the fields to change: '{"value": 70000}'."""
        raise InputError(where=where, met=f"'{correction or ''}' is no JSON object", fix=fix)
    if fixed := sorted(FIXED & changes.keys()):
        met = f"{', '.join(fixed)} cannot be corrected: they tell where in the report the claim was read"
        raise InputError(where=where, met=met, fix=_open_fields(claim))
    return changes


@dataclass(frozen=True, slots=True)
class _Named:
    """Ids of one kind that a content names."""

    noun: str
    file: str
    ids: frozenset[str]


def _named(content: Content) -> tuple[_Named, _Named]:
    fields = content.model_dump(mode="json")
    places = {one for name in PLACES & fields.keys() for one in fields[name]}
    parties = {one for name in PARTIES & fields.keys() for one in fields[name]}
    if isinstance(content, RelationRecord):
        parties.add(content.subject)
        (places if content.relation == "controls" else parties).add(content.object)
    if isinstance(content, State):
        places.add(content.subject)
        parties |= {content.value} if content.predicate == "held_by" else set()
    return _Named("place", "places.csv", frozenset(places)), _Named("party", "parties.csv", frozenset(parties))


def _wrong_ids(after: Content, before: Content, crisis: Crisis, where: str) -> Iterator[Problem]:
    """Tell the ids that neither the crisis has nor the claim had: a report may name a country or a person untabled."""
    geography = crisis.geography
    rows: tuple[Place | Road | Crossing, ...] = (*geography.places, *geography.roads, *geography.crossings)
    places = {row.id for row in rows}
    known = (places, {party.id for party in crisis.parties})
    for new, old, ids in zip(_named(after), _named(before), known, strict=True):
        for wrong in sorted(new.ids - old.ids - ids):
            fix = f"{near(wrong, ids)}Add the {new.noun} to {new.file} or correct the id."
            yield Problem(where, f"'{wrong}' is not a {new.noun} of the crisis", fix)
