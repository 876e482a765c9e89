"""What changed between two days, as known on one, why, and which claims tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tidings.assess.evidence import day_of
from tidings.assess.opinions import Opinions
from tidings.assess.roads import front_line, road_since
from tidings.assess.standings import Pieces
from tidings.core.dates import day_known
from tidings.situation.situation import Access, Change, Situation, YesNo

NEWS = ("somebody told it", "news")
"""Why a state is another than before, where claims made it so."""
INFERRED = "inferred: who holds its ends was told"
"""The same of a road of which nobody told."""
FOUGHT = "inferred: that the holders of its ends fight each other was told"
"""The same where it is the front line that is new, not who holds its ends."""
TOLD_LATE = "so before that day, told only since"
CONFIRMED = "confirmed by others: until then there was only the word of who holds it"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is likeliest on one question, since when, and the claims that it rests on."""

    subject: str
    predicate: str
    answer: str
    since: dt.date | None
    claims: tuple[str, ...]
    told: Pieces
    """The evidence on the question and on those that it follows from."""
    fight: tuple[str, ...] = ()
    """Of a road that a front line crosses: the claims that tell that its two ends' holders fight each other."""


@dataclass(frozen=True, slots=True)
class _Period:
    """The days from one, left out, to another; where both are one day, that day as it was known at two times."""

    before: Opinions
    after: Opinions

    @property
    def is_one_day(self) -> bool:
        return self.before.on == self.after.on

    def __contains__(self, day: dt.date) -> bool:
        return day <= self.after.on and (self.is_one_day or day > self.before.on)

    def news(self, old: _Answer | None, now: _Answer) -> tuple[str, ...]:
        """Return the claims that came in between: those on which nothing rested before, and those of what happened.

        What tells that a road was cut tells of the days before too that it was open: it is news all the same.
        """
        rested_on = frozenset(old.claims) if old else frozenset()
        if not self.is_one_day:
            rested_on -= {piece.claim for piece in now.told if not piece.is_former and piece.day in self}
        return tuple(claim for claim in now.claims if claim not in rested_on)

    def day(self, now: _Answer, news: tuple[str, ...]) -> dt.date:
        """Return the day of the news: that since which it is so, else that of the newest claim."""
        if not news or (now.since and now.since in self):
            return now.since if news and now.since else self.after.on
        days = (day_of(claim) for claim in map(self.after.claim, news) if claim)
        return max((day for day in days if day in self), default=self.after.on)

    def inferred(self, now: _Answer, news: tuple[str, ...]) -> str | None:
        """Say from what a road's state is inferred where none of the news is of the road itself."""
        fights = self.after.ground.road_fights.get(now.subject, ())
        told = {piece.claim for piece in (*self.after.told(now.subject, "passable"), *fights)}
        if not news or now.predicate != "passable" or not told.isdisjoint(news):
            return None
        return FOUGHT if set(news) <= set(now.fight) else INFERRED


def changes(
    before: Situation, before_opinions: Opinions, after: Situation, after_opinions: Opinions
) -> tuple[Change, ...]:
    """Return every state that is not what it was, with the claims that came in between: they made the change.

    Where none came in between, what was told has faded or ended, and the claims are those that it still rests on. What
    only its holder had told, and others confirm, is listed too, though it is what it was.
    """
    old = {(known.subject, known.predicate): known for known in _answers(before, before_opinions)}
    period = _Period(before_opinions, after_opinions)
    told = [
        change
        for now in _answers(after, after_opinions)
        if (change := _change(old.get((now.subject, now.predicate)), now, period))
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
    late = (change for change in changes(*then, *now) if change.why in (*NEWS, INFERRED, FOUGHT, CONFIRMED))
    return tuple(
        change if change.why == CONFIRMED else change.model_copy(update={"why": TOLD_LATE})
        for change in late
        if (change.subject, change.predicate, change.hub) not in seen
    )


def _change(old: _Answer | None, now: _Answer, period: _Period) -> Change | None:
    if old and old.answer == now.answer:
        return _confirmation(old, now, period)
    news = period.news(old, now)
    return Change(
        subject=now.subject,
        predicate=now.predicate,
        before=old.answer if old else None,
        after=now.answer,
        day=period.day(now, news),
        why=period.inferred(now, news) or _why(old, now, is_news=bool(news)),
        claims=news or now.claims,
    )


def _confirmation(old: _Answer, now: _Answer, period: _Period) -> Change | None:
    """Return that others tell who holds a place, where before only those told it who would tell it anyhow."""
    if now.predicate != "held_by":
        return None
    sources = period.after.ground.reader.weigher.sources

    def told_by(known: _Answer, on: dt.date) -> dict[str, bool]:
        pieces = (p for p in known.told if p.answer == now.answer and p.day <= on and not p.is_former)
        return {p.claim: all(now.answer in sources.interests(voice) for voice in p.voices) for p in pieces}

    was, is_own = told_by(old, period.before.on), told_by(now, period.after.on)
    others = tuple(claim for claim in now.claims if claim in is_own and not is_own[claim])
    if not was or not all(was.values()) or not others:
        return None
    known = (day_known(claim.known_at) for claim in map(period.after.claim, others) if claim)
    return Change(
        subject=now.subject, predicate=now.predicate, before=old.answer, after=now.answer,
        day=max(known, default=period.after.on), why=CONFIRMED, claims=others,
    )  # fmt: skip


def _why(old: _Answer | None, now: _Answer, *, is_news: bool) -> str:
    if is_news:
        return NEWS[0] if old is None or old.answer == "unknown" else NEWS[1]
    return f"what was told{'' if now.answer == 'unknown' else ' against it'} has faded or ended"


def _answers(situation: Situation, opinions: Opinions) -> Iterator[_Answer]:
    def answer(subject: str, predicate: str, likeliest: str) -> _Answer:
        held = opinions(subject, predicate)
        return _Answer(subject, predicate, likeliest, held.since, held.claims, opinions.told(subject, predicate))

    for place in situation.places:
        holder = place.held_by if place.state == "held" else place.state
        yield answer(place.id, "held_by", holder or "unknown")
        yield answer(place.id, "besieged", _likeliest(place.besieged))
    for number, (state, road) in enumerate(zip(situation.roads, opinions.crisis.geography.roads, strict=True)):
        held = (piece for end in (road.from_, road.to) for piece in opinions.told(end, "held_by"))
        told = (*opinions.told(road.id, "passable"), *held)
        likeliest, fight = _likeliest(state.passable), front_line(opinions, number)
        claims = tuple(dict.fromkeys((*state.claims, *(fight.claims if fight else ()))))
        since = road_since(opinions, road, fight, is_cut=likeliest == "no")
        yield _Answer(road.id, "passable", likeliest, since, claims, told, fight.claims if fight else ())
    for crossing in situation.crossings:
        yield answer(crossing.id, "policy", crossing.policy.likeliest)


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
