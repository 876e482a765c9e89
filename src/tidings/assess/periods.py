"""Changes of hands told of a period, not of a day: "captured last month" (CONTROL-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tidings.assess.reconcile import Evidence, replace
from tidings.assess.transitions import Piece, is_change

ONE_DAY = dt.timedelta(days=1)


def with_days_of_periods(pieces: Sequence[Piece]) -> list[Piece]:
    """Put what is told of a period on the day that another telling of it names.

    Where none does, or the place came to others within the period too, it stays on its first day.
    """
    changes: dict[str, list[Piece]] = defaultdict(list)
    for told in pieces:
        if is_change(told):
            changes[told[1].subject].append(told)
    return [(told[0], _on_its_day(told, changes)) if is_change(told) else told for told in pieces]


def _on_its_day(told: Piece, changes: Mapping[str, Sequence[Piece]]) -> Evidence:
    claim, piece = told
    first, until = claim.valid.from_, claim.valid.until
    if first is None or until is None or until - first <= ONE_DAY or piece.day != first:
        return piece
    within = [each for each in changes[piece.subject] if first <= each[1].day < until]
    if any((each.answer, each.left_by) != (piece.answer, piece.left_by) for _, each in within):
        return piece
    named = [each.day for other, each in within if _is_of_a_day(other.valid.from_, other.valid.until)]
    return replace(piece, day=min(named, default=first))


def _is_of_a_day(first: dt.date | None, until: dt.date | None) -> bool:
    return first is not None and until is not None and until - first <= ONE_DAY
