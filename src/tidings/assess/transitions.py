"""Events that change who holds a place: their order, what a withdrawal leaves, and how long they hold (CONTROL-1)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from tidings.assess.reconcile import UNKNOWN, Evidence, replace
from tidings.assess.sides import Sides
from tidings.core.dates import day_known
from tidings.evidence.claim import Claim, TableRow, TextSpan
from tidings.evidence.reading import Event

GAINS = frozenset({"capture", "hold", "territory_transferred", "siege_lifted"})
"""Events after which the actor's side holds the place: who relieves a besieged town relieves its own."""
LOSSES = frozenset({"loss", "retreat"})
"""Events after which the actor's side holds it no more."""
CHANGES_HANDS = frozenset({"capture", "territory_transferred"}) | LOSSES
"""Events after which another side than before holds the place."""
CHANGES = (GAINS - {"hold"}) | LOSSES
"""Events that decide who holds a place from their day on, until another one decides otherwise."""

Piece = tuple[Claim, Evidence]


def without_ended(pieces: Iterable[Piece], sentence_of: Callable[[Claim], str]) -> list[Piece]:
    """Leave out a siege that a report names only to tell its end: "the siege of X was lifted on Monday".

    It is of the day and the voice of the end, and of its sentence or one before it; a siege that is laid again is told
    later.
    """
    told = list(pieces)
    ends: dict[tuple[str, str, dt.date, tuple[str, ...]], list[Claim]] = defaultdict(list)
    for claim, piece in told:
        if (piece.predicate, piece.answer) == ("besieged", "no"):
            ends[report_of(claim), piece.subject, piece.day, piece.voices].append(claim)

    def is_ended(claim: Claim, piece: Evidence) -> bool:
        if (piece.predicate, piece.answer) != ("besieged", "yes") or piece.is_former:
            return False
        return any(
            position(claim) < position(end) or sentence_of(claim) == sentence_of(end)
            for end in ends.get((report_of(claim), piece.subject, piece.day, piece.voices), ())
        )

    return [(claim, piece) for claim, piece in told if not is_ended(claim, piece)]


def is_change(told: Piece) -> bool:
    """Whether a piece of evidence tells an event that decides who holds a place."""
    claim, piece = told
    return (
        piece.predicate == "held_by"
        and not piece.is_former
        and isinstance(claim.content, Event)
        and claim.content.type in CHANGES
        and claim.certainty != "denied"
    )


def is_held(claim: Claim, piece: Evidence) -> bool:
    """Whether a piece tells that a place was held against an attack: who held it then holds it on."""
    return piece.predicate == "held_by" and isinstance(claim.content, Event) and claim.content.type == "hold"


def in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Put the changes that one report tells of a place in order: what is told later, of a day that may be, came later.

    Of two on one day by one voice the later told stands, unless it only says who lost what the earlier says was gained.
    """
    by_report: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    kept: list[Piece] = []
    for told in pieces:
        if is_change(told):
            by_report[report_of(told[0]), told[1].subject].append(told)
        else:
            kept.append(told)
    for group in by_report.values():
        kept += _chronicle(sorted(group, key=lambda told: (position(told[0]), told[0].id)))
    return kept


def _chronicle(group: Sequence[Piece]) -> list[Piece]:
    if len(group) == 1:
        return [*group]
    told: list[Piece] = []
    for claim, piece in group:
        newest = max((earlier.day for _, earlier in told), default=piece.day)
        later = replace(piece, day=newest) if piece.day < newest and _may_be_on(claim, newest) else piece
        same = [each for each in told if (each[1].day, each[1].voices) == (later.day, later.voices)]
        if any(_took_it_from(earlier, later) for _, earlier in same):
            continue
        told = [each for each in told if each not in same]
        told.append((claim, later))
    return told


def _may_be_on(claim: Claim, day: dt.date) -> bool:
    return day in claim.valid


def _took_it_from(gain: Evidence, loss: Evidence) -> bool:
    return loss.answer == UNKNOWN and gain.answer not in (UNKNOWN, loss.left_by)


def with_heirs(
    pieces: Sequence[Piece],
    sides: Sides,
    share: float,
    comer_of: Callable[[Evidence], str | None] = lambda _piece: None,
) -> list[Piece]:
    """Say to whom a withdrawal leaves a place: to its last other holder that faces who left, or to the only enemy.

    Where nobody is told to have held it before, who came into it in those days (`comer_of`) goes before the only enemy.
    The heir gets a share of the evidence, *unknown* the rest; where there is no heir all of it is unknown. All of it is
    the last holder's where it tells that his enemy did not take the place: that leaves nothing open. Reliability
    :math:`r` is split so that both together move as much as it alone would: :math:`1 - (1 - r)^s` for a share s.
    """
    held: dict[str, set[tuple[dt.date, str]]] = defaultdict(set)
    for _, piece in pieces:
        if piece.predicate == "held_by" and piece.answer != UNKNOWN:
            held[piece.subject].add((piece.day, piece.answer))
    in_time = {place: sorted(told) for place, told in held.items()}
    armed = sorted(sides.armed)
    return [
        split
        for told in pieces
        for split in _inherited(told, in_time.get(told[1].subject, ()), sides, armed, share, comer_of)
    ]


def _inherited(
    told: Piece,
    held: Sequence[tuple[dt.date, str]],
    sides: Sides,
    armed: Sequence[str],
    share: float,
    comer_of: Callable[[Evidence], str | None],
) -> Iterator[Piece]:
    """Yield a piece, or what it is split in; who held the place is in order."""
    claim, piece = told
    left_by = piece.left_by
    if left_by is None:
        yield told
        return
    earlier = reversed(held[: bisect_right(held, piece.day, key=itemgetter(0))])
    before = next((side for _, side in earlier if sides.face(side, left_by)), None)
    heir = before or _come(comer_of(piece), left_by, sides) or _only_enemy(left_by, sides, armed)
    if heir is None:
        yield told
        return
    if before is not None and (piece.is_denial or _has_been_taken(piece, before, left_by, held)):
        yield claim, replace(piece, answer=heir)
        return
    yield claim, replace(piece, answer=heir, reliability=shared(piece.reliability, share))
    yield claim, replace(piece, reliability=shared(piece.reliability, 1 - share))


def _has_been_taken(loss: Evidence, taker: str, left_by: str, held: Sequence[tuple[dt.date, str]]) -> bool:
    """Whether who left a place is told to have lost it by then: that it left it, then, leaves nothing open."""
    told = held[: bisect_right(held, loss.day, key=itemgetter(0))]
    taken = max(day for day, side in told if side == taker)
    return all(day < taken for day, side in told if side == left_by)


def _come(side: str | None, left_by: str, sides: Sides) -> str | None:
    return side if side is not None and sides.face(side, left_by) else None


def _only_enemy(side: str, sides: Sides, armed: Iterable[str]) -> str | None:
    enemies = [other for other in armed if sides.face(other, side)]
    return enemies[0] if len(enemies) == 1 else None


def shared(reliability: float, share: float) -> float:
    """Return the reliability of one of several answers that one piece of evidence is divided among.

    Examples
    --------
    >>> a, b = shared(0.9, 0.6), shared(0.9, 0.4)
    >>> round(1 - (1 - a) * (1 - b), 12)
    0.9
    """
    return float(1 - (1 - reliability) ** share)


def vouched(pieces: Sequence[Piece]) -> Iterator[Evidence]:
    """Let what is told of an earlier day vouch for the days until it is told.

    A state told to have begun earlier, with no end, vouches until the same report tells a later answer: besieged since
    July, relieved on Wednesday. An event that decides who holds a place vouches until the next one that anybody tells
    to have ended it: to recount an older event undoes no later one.
    """
    of_report: dict[tuple[str, str, str], list[dt.date]] = defaultdict(list)
    of_place: dict[str, list[Evidence]] = defaultdict(list)
    for claim, piece in pieces:
        of_report[report_of(claim), piece.subject, piece.predicate].append(piece.day)
        if is_change((claim, piece)):
            of_place[piece.subject].append(piece)
    for claim, piece in pieces:
        known = day_known(claim.known_at)
        if piece.is_former:
            yield piece
        elif is_change((claim, piece)):
            yield _until(piece, (each.day for each in of_place[piece.subject] if _ends(each, piece)), known)
        elif claim.valid.until is None:
            yield _until(piece, of_report[report_of(claim), piece.subject, piece.predicate], known)
        elif is_held(claim, piece):
            ended = (each.day for each in of_place[piece.subject] if _ends(each, piece))
            yield _until(piece, (*ended, *of_report[report_of(claim), piece.subject, piece.predicate]), known)
        else:
            yield piece


def _ends(later: Evidence, piece: Evidence) -> bool:
    """Whether an event, if it came later, ended what another one began: it is of another answer, or its holder left."""
    if later.left_by is not None:
        return later.left_by == piece.answer
    return later.answer != piece.answer


def _until(piece: Evidence, days: Iterable[dt.date], known: dt.date) -> Evidence:
    if piece.day >= known:
        return piece
    after = (day - dt.timedelta(days=1) for day in days if day > piece.day)
    return replace(piece, fresh_until=min((*after, known)))


def report_of(claim: Claim) -> str:
    """Return the id of the report or table of a claim; empty for a reviewer's act."""
    return claim.source.report if isinstance(claim.source, TextSpan | TableRow) else ""


def position(claim: Claim) -> int:
    """Return where in its report or table a claim stands."""
    source = claim.source
    if isinstance(source, TextSpan):
        return source.start
    return source.row if isinstance(source, TableRow) else 0
