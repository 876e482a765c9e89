"""Successions: a later count of the same thing by the same voice takes the place of the earlier (LATER-1)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tidings.evidence.claim import Claim
from tidings.evidence.reading import Figure
from tidings.evidence.tellings import claim_start, day_told
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.evidence.voices import Voices


@dataclass(frozen=True, slots=True)
class Successor:
    """The figure that took another's place, and the day of which it tells."""

    claim: str
    day: dt.date


def successors_of(claims: Iterable[Claim], voices: Voices) -> dict[str, Successor]:
    """Return, for every figure in whose place a later one stands, that later one.

    Parameters
    ----------
    claims
        Without copies: a copy tells nothing later.

    Notes
    -----
    Rule LATER-1 in docs/lineage.md: of stocks only, told as so, by a voice that is known, of the same places, status,
    group, unit and extent. Later is the day of which a figure tells, then the day on which it became known. Two figures
    of the same days stand side by side, and so does the same number told again.
    """
    by_question: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if (question := _question(claim, voices)) is not None:
            by_question[question].append(claim)
    found: dict[str, Successor] = {}
    for told in by_question.values():
        if len(told) > 1:
            found |= _succeeded(told)
    return found


def _question(claim: Claim, voices: Voices) -> tuple[object, ...] | None:
    figure = claim.content
    if not isinstance(figure, Figure) or figure.measure != "stock" or claim.certainty not in BELIEVABLE:
        return None
    where = (frozenset(figure.at), frozenset(figure.origin), frozenset(figure.destination))
    voice = voices(claim)
    if not voice or not any(where):
        return None
    return where, figure.status, figure.group, figure.unit, figure.extent, voice


def _succeeded(told: Iterable[Claim]) -> dict[str, Successor]:
    found: dict[str, Successor] = {}
    standing: list[Claim] = []
    for claim in sorted(told, key=lambda each: (*_days(each), str(each.source), claim_start(each), each.id)):
        if standing and _number(claim) not in map(_number, standing) and _days(claim) > _days(standing[-1]):
            found |= {earlier.id: Successor(claim.id, day_told(claim)) for earlier in standing}
            standing = []
        standing.append(claim)
    return found


def _days(claim: Claim) -> tuple[dt.date, dt.datetime]:
    return day_told(claim), claim.known_at


def _number(claim: Claim) -> tuple[float | None, float | None, float | None]:
    figure = claim.content
    return (figure.value, figure.low, figure.high) if isinstance(figure, Figure) else (None, None, None)
