"""Sieges that end because who besieges a place comes to hold it (SIEGE-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from tidings.assess.reconcile import UNKNOWN, Evidence, replace
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
    sieges: dict[str, list[_Siege]] = defaultdict(list)
    held: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for told in pieces:
        if _is_siege(told):
            sieges[told[1].subject].append(_Siege.of(told, sides))
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
class _Siege:
    """A siege that is told of, and what is asked of it for everything that is told of who holds the place."""

    claim: Claim
    piece: Evidence
    report: str
    besiegers: frozenset[str]
    """The sides that lay it; none where nobody tells."""
    last: dt.date
    """The last day of which it is told."""

    @classmethod
    def of(cls, told: Piece, sides: Sides) -> _Siege:
        besiegers = frozenset(sides.side(party) for party in _actors(told[0]))
        return cls(*told, report_of(told[0]), besiegers, _told_of(told))


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which sieges are over because a side holds the place."""

    sieges: Mapping[str, Sequence[_Siege]]
    held: Mapping[str, Sequence[tuple[dt.date, str]]]
    """By place: who is told to hold it, in the order of days."""
    sides: Sides
    sentence_of: Callable[[Claim], str]

    def ended(self, told: Piece) -> list[_Siege]:
        """Return the sieges that are over by what is told of who holds the place; none if one is told of later days."""
        report = report_of(told[0])
        over = [siege for siege in self.sieges[told[1].subject] if self._ends(siege, told, report)]
        return over if all(siege.last <= told[1].day for siege in over if siege.report != report) else []

    def named_only(self, told: Piece, over: Sequence[_Siege]) -> Iterator[Claim]:
        """Yield the sieges of no earlier day that the same report names before it tells their end, or with it."""
        report = report_of(told[0])
        return (siege.claim for siege in over if siege.piece.day >= told[1].day and siege.report == report)

    def _ends(self, siege: _Siege, told: Piece, report: str) -> bool:
        is_earlier = siege.piece.day <= told[1].day or (siege.report == report and self._is_on_the_way(siege, told[0]))
        return is_earlier and self._is_by(siege.besiegers, told)

    def _is_on_the_way(self, siege: _Siege, end: Claim) -> bool:
        if siege.piece.is_dated:
            return False
        is_before = position(siege.claim) < position(end)
        return is_before or self.sentence_of(siege.claim) == self.sentence_of(end)

    def _is_by(self, besiegers: frozenset[str], told: Piece) -> bool:
        """Whether who holds the place besieged it, or, where nobody is named, took it from whom it was held by."""
        holder = told[1].answer
        if besiegers:
            return any(not self.sides.face(holder, side) for side in besiegers)
        if not is_change(told):
            return False
        held = self.held[told[1].subject]
        before = bisect_left(held, told[1].day, key=itemgetter(0))
        return self.sides.face(holder, held[before - 1][1]) if before else told[1].is_dated


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
