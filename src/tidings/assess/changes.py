"""What changed between two days, as known on one, why, and which claims tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tidings.assess.opinions import Opinions
from tidings.assess.roads import road_since
from tidings.situation.situation import Access, Change, Situation, YesNo

NEWS = ("somebody told it", "news")
"""Why a state is another than before, where claims made it so."""
TOLD_LATE = "so before that day, told only since"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is likeliest on one question, since when, and the claims that it rests on."""

    subject: str
    predicate: str
    answer: str
    since: dt.date | None
    claims: tuple[str, ...]


def changes(
    before: Situation, before_opinions: Opinions, after: Situation, after_opinions: Opinions
) -> tuple[Change, ...]:
    """Return every state that is not what it was, with the claims that came in between: they made the change.

    Where none came in between, what was told has faded or ended, and the claims are those that it still rests on.
    """
    old = {(known.subject, known.predicate): known for known in _answers(before, before_opinions)}
    told = [
        _change(old.get((now.subject, now.predicate)), now, after.on)
        for now in _answers(after, after_opinions)
        if (now.subject, now.predicate) not in old or old[now.subject, now.predicate].answer != now.answer
    ]
    return (*told, *_access_changes(before, after, told, after_opinions))


def told_since(
    then: tuple[Situation, Opinions], now: tuple[Situation, Opinions], listed: Iterable[Change]
) -> tuple[Change, ...]:
    """Return what was so on a day already, but was only told later: states that were not known to be so by then.

    Parameters
    ----------
    then, now
        The day, as it was known then and as it is known now.
    listed
        Changes since that day: what has changed again is not told twice.
    """
    seen = {(change.subject, change.predicate, change.hub) for change in listed}
    late = (change for change in changes(*then, *now) if change.why in NEWS)
    return tuple(
        change.model_copy(update={"why": TOLD_LATE})
        for change in late
        if (change.subject, change.predicate, change.hub) not in seen
    )


def _change(old: _Answer | None, now: _Answer, on: dt.date) -> Change:
    rested_on = frozenset(old.claims) if old else frozenset()
    new = tuple(claim for claim in now.claims if claim not in rested_on)
    return Change(
        subject=now.subject,
        predicate=now.predicate,
        before=old.answer if old else None,
        after=now.answer,
        day=(now.since or on) if new else on,
        why=_why(old, now, is_news=bool(new)),
        claims=new or now.claims,
    )


def _why(old: _Answer | None, now: _Answer, *, is_news: bool) -> str:
    if is_news:
        return NEWS[0] if old is None or old.answer == "unknown" else NEWS[1]
    return f"what was told{'' if now.answer == 'unknown' else ' against it'} has faded or ended"


def _answers(situation: Situation, opinions: Opinions) -> Iterator[_Answer]:
    for place in situation.places:
        held, siege = opinions(place.id, "held_by"), opinions(place.id, "besieged")
        holder = place.held_by if place.state == "held" else place.state
        yield _Answer(place.id, "held_by", holder or "unknown", held.since, held.claims)
        yield _Answer(place.id, "besieged", _likeliest(place.besieged), siege.since, siege.claims)
    for state, road in zip(situation.roads, opinions.crisis.geography.roads, strict=True):
        yield _Answer(road.id, "passable", _likeliest(state.passable), road_since(opinions, road), state.claims)
    for crossing in situation.crossings:
        policy = opinions(crossing.id, "policy")
        yield _Answer(crossing.id, "policy", crossing.policy.likeliest, policy.since, policy.claims)


def _access_changes(before: Situation, after: Situation, told: list[Change], opinions: Opinions) -> Iterator[Change]:
    """Yield the places that a hub is cut off from, or reached from, as it was not: the roads between them changed."""
    old = {entry.place: entry for entry in before.access}
    roads = {change.subject: change for change in told if change.predicate == "passable"}
    for entry in after.access:
        for hub, odds in entry.cut_off_from.items():
            was, is_ = _cut_off(old.get(entry.place), hub), _likeliest(odds)
            if was == is_:
                continue
            way = opinions.crisis.geography.shortest_way(hub, entry.place)
            changed = [roads[road] for road in way if road in roads and roads[road].after != roads[road].before]
            if changed:
                claims = dict.fromkeys(claim for change in changed for claim in change.claims)
                yield Change(
                    subject=entry.place, predicate="cut_off", hub=hub, before=was, after=is_,
                    day=max(change.day for change in changed), why="roads between them changed", claims=tuple(claims),
                )  # fmt: skip


def _cut_off(entry: Access | None, hub: str) -> str:
    return _likeliest(entry.cut_off_from[hub]) if entry and hub in entry.cut_off_from else "unknown"


def _likeliest(odds: YesNo) -> str:
    return max(("unknown", "no", "yes"), key=lambda answer: getattr(odds, answer))
