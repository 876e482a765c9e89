"""Sieges that end because who besieges a place comes to hold it (SIEGE-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidings.assess.reconcile import UNKNOWN, replace
from tidings.assess.sides import Sides
from tidings.assess.transitions import Piece, is_change, position, report_of
from tidings.core.dates import day_known
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event


def with_sieges_ended(
    pieces: Sequence[Piece],
    sides: Sides,
    is_of_whole: Callable[[Claim], bool],
    sentence_of: Callable[[Claim], str],
) -> list[Piece]:
    """Add to what is told that a place besieged by a side, which later holds it, is besieged no more.

    What tells who holds it is, with the same reliability, evidence against the siege, from its day on. A siege that a
    report names on the way to its end ("captured the besieged town") is left out.

    Parameters
    ----------
    is_of_whole
        Whether a claim tells of the whole of a place: who takes a part of it besieges the rest.
    sentence_of
        The sentence of a claim.
    """
    sieges: dict[str, list[Piece]] = defaultdict(list)
    held: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for told in pieces:
        if _is_siege(told):
            sieges[told[1].subject].append(told)
        elif _is_holding(told):
            held[told[1].subject].append((told[1].day, told[1].answer))
    if not sieges:
        return [*pieces]
    rule = _Rule(sieges, {place: sorted(held[place]) for place in sieges}, sides, sentence_of)
    ends = [(told, rule.ended(told)) for told in pieces if told[1].subject in sieges and _is_holding(told)]
    found = [(told, over) for told, over in ends if over and is_of_whole(told[0])]
    left_out = {siege.id for told, over in found for siege in rule.named_only(told, over)}
    kept = [told for told in pieces if not (told[0].id in left_out and _is_siege(told))]
    return [*kept, *(_against(told) for told, _ in found)]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which sieges are over because a side holds the place."""

    sieges: Mapping[str, Sequence[Piece]]
    held: Mapping[str, Sequence[tuple[dt.date, str]]]
    """By place: who is told to hold it, in the order of days."""
    sides: Sides
    sentence_of: Callable[[Claim], str]

    def ended(self, told: Piece) -> list[Piece]:
        """Return the sieges that are over by what is told of who holds the place; none if one is told of later days."""
        over = [siege for siege in self.sieges[told[1].subject] if self._ends(siege, told)]
        lasting = (siege for siege in over if report_of(siege[0]) != report_of(told[0]))
        return over if all(_told_of(siege) <= told[1].day for siege in lasting) else []

    def named_only(self, told: Piece, over: Sequence[Piece]) -> Iterator[Claim]:
        """Yield the sieges of no earlier day that the same report names before it tells their end, or with it."""
        for claim, siege in over:
            if siege.day >= told[1].day and report_of(claim) == report_of(told[0]):
                yield claim

    def _ends(self, siege: Piece, told: Piece) -> bool:
        is_earlier = siege[1].day <= told[1].day or self._is_on_the_way(siege, told)
        return is_earlier and self._is_by(siege[0], told)

    def _is_on_the_way(self, siege: Piece, told: Piece) -> bool:
        if siege[1].is_dated or report_of(siege[0]) != report_of(told[0]):
            return False
        is_before = position(siege[0]) < position(told[0])
        return is_before or self.sentence_of(siege[0]) == self.sentence_of(told[0])

    def _is_by(self, siege: Claim, told: Piece) -> bool:
        """Whether who holds the place besieged it, or, where nobody is named, took it from whom it was held by."""
        holder = told[1].answer
        besiegers = {self.sides.side(party) for party in _actors(siege)}
        if besiegers:
            return any(not self.sides.face(holder, side) for side in besiegers)
        before = [side for day, side in self.held[told[1].subject] if day < told[1].day]
        is_taken = self.sides.face(holder, before[-1]) if before else told[1].is_dated
        return is_taken and is_change(told)


def _is_siege(told: Piece) -> bool:
    content, piece = told[0].content, told[1]
    is_laid = isinstance(content, Event) and content.type == "siege"
    return is_laid and (piece.predicate, piece.answer) == ("besieged", "yes") and not piece.is_former


def _is_holding(told: Piece) -> bool:
    piece = told[1]
    is_told = piece.predicate == "held_by" and piece.answer != UNKNOWN
    return is_told and not (piece.is_partial or piece.is_former or piece.is_denial)


def _actors(claim: Claim) -> tuple[str, ...]:
    return claim.content.actors if isinstance(claim.content, Event) else ()


def _told_of(siege: Piece) -> dt.date:
    """Return the last day of which a siege is told."""
    claim, piece = siege
    known = day_known(claim.known_at)
    ended = claim.valid.until - dt.timedelta(days=1) if claim.valid.until else known
    return max(piece.day, min(known, ended))


def _against(told: Piece) -> Piece:
    claim, piece = told
    return claim, replace(piece, predicate="besieged", answer="no", left_by=None, changed_by=None, is_turn=True)
