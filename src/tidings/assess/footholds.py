"""What tells that a party stands in a place, or holds a site or some part of it (CONTROL-1 in docs/assess.md)."""

from __future__ import annotations

from tidings.assess.reconcile import Evidence, replace

IN_PART = "of a part"
"""What is added to the voice of a foothold."""


def as_foothold(piece: Evidence, share: float) -> Evidence:
    """Return what tells who holds a place as telling of a part of it: its voice's word on the whole stands beside it.

    Examples
    --------
    >>> import datetime as dt
    >>> told = as_foothold(Evidence("azaz", "held_by", "army", dt.date(2016, 2, 8), 0.9, "c1", ("monitor",)), 0.5)
    >>> told.reliability, told.voices
    (0.45, ('monitor', 'of a part'))
    """
    return replace(piece, reliability=piece.reliability * share, voices=(*piece.voices, IN_PART), is_partial=True)
