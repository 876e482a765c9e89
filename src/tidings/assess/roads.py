"""Roads: what is told of them, and what follows from who holds their ends (ROAD-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tidings.assess.opinions import Opinions
from tidings.assess.reconcile import Opinion
from tidings.core.schema import unchecked
from tidings.geography.places import Road
from tidings.situation.situation import RoadState, YesNo


def road_state(opinions: Opinions, road: Road) -> RoadState:
    """Return what is known of a road: it is not passable where it is cut or a front line crosses it."""
    told = opinions(road.id, "passable")
    p_front, p_same = opinions.p_front[road.id], opinions.p_same[road.id]
    words = yes_no(told.odds)
    length_km, is_assumed = opinions.ground.recall(
        ("km", road.id), (road,), lambda: opinions.crisis.geography.length_km(road)
    )
    return unchecked(
        RoadState,
        id=road.id,
        from_=road.from_,
        to=road.to,
        length_km=round(length_km, 1),
        assumed=is_assumed,
        passable=passable_odds(words, p_front, p_same, opinions.settings.same_side_trust),
        why=_why(told, p_front, p_same),
        told=words,
        claims=_claims(opinions, road, told),
    )


def passable_odds(told: YesNo, p_front: float, p_same: float, same_side_trust: float) -> YesNo:
    """Return the chance that a road is passable, from what is told of it and from who holds its ends (ROAD-1).

    Examples
    --------
    >>> passable_odds(YesNo(), p_front=0.5, p_same=0.0, same_side_trust=0.8)
    YesNo(yes=0.0, no=0.5, unknown=0.5)
    """
    p_no = p_front + (1 - p_front) * told.no
    p_held_by_one = max(told.yes, same_side_trust * (1 - told.no))
    p_yes = p_same * p_held_by_one + max(0.0, 1 - p_front - p_same) * told.yes
    return unchecked(YesNo, yes=p_yes, no=p_no, unknown=round(max(0.0, 1 - p_yes - p_no), 9))


def yes_no(odds: Mapping[str, float]) -> YesNo:
    """Return the odds of an opinion on a question of yes or no.

    Examples
    --------
    >>> yes_no({"no": 0.75, "unknown": 0.25})
    YesNo(yes=0.0, no=0.75, unknown=0.25)
    """
    return unchecked(YesNo, yes=odds.get("yes", 0.0), no=odds.get("no", 0.0), unknown=odds["unknown"])


def road_since(opinions: Opinions, road: Road) -> dt.date | None:
    """Return the day of the newest opinion that the state of a road rests on."""
    resting = [opinions(road.id, "passable"), *(opinions(end, "held_by") for end in (road.from_, road.to))]
    return max((opinion.since for opinion in resting if opinion.since), default=None)


def _claims(opinions: Opinions, road: Road, told: Opinion) -> tuple[str, ...]:
    if told.claims or max(opinions.p_front[road.id], opinions.p_same[road.id]) == 0:
        return told.claims
    ends = tuple(opinions(end, "held_by").claims for end in (road.from_, road.to))
    return opinions.ground.recall(
        ("ends", road.id), ends, lambda: tuple(dict.fromkeys(claim for claims in ends for claim in claims))
    )


def _why(told: Opinion, p_front: float, p_same: float) -> str | None:
    said = {"yes": "said to be open", "no": "said to be cut"}.get(told.likeliest, "said to be cut, perhaps")
    reasons = [said] if told.claims else []
    if p_front >= 0.5:
        reasons.append("a front line crosses it")
    elif p_same >= 0.5:
        reasons.append("both ends are held by one side")
    return "; ".join(reasons) or None
