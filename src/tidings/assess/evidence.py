"""What each claim answers: from claims to evidence on who holds a place, sieges, roads and crossings.

Only what is stated or claimed counts; projections, conditions, demands and denials never change a state.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tidings.assess.reconcile import UNKNOWN, Evidence, Reliability
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.core.dates import day_known
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, State, TableRow, TextSpan
from tidings.evidence.reading import Event, RelationRecord
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.evidence.voices import Voices
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing

GAINS = frozenset({"capture", "hold", "territory_transferred", "siege_lifted"})
"""Events after which the actor's side holds the place: who relieves a besieged town relieves its own."""
LOSSES = frozenset({"loss", "retreat"})
EXCEPTED = re.compile(r"\b(?:to|for|on) (?:most|many|some|all but)\b|\bpart(?:ly|ially)\b|\bexcept\b")
"""Words in the telling of a closure by which it is not for all."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns claims into evidence for one crisis."""

    crisis: Crisis
    sides: Sides
    sources: SourceBook
    reliability: Reliability
    voices: Voices
    """Who answers for a claim."""
    first_of: Mapping[str, Claim]
    """By the id of a claim that repeats a voice: what that voice told first."""
    twins: Mapping[str, tuple[Claim, ...]]
    """By the id of a claim: its copies of the same day, any of which may have been the first."""
    words_around: Callable[[Claim], str]
    """The sentence of a claim, in lower case."""
    p_front: Mapping[str, float] = field(default_factory=dict)
    """Probability by road id that a front line crosses it."""

    def read(self, claims: Iterable[Claim]) -> tuple[Evidence, ...]:
        """Return all the evidence that claims give."""
        believable = tuple(claim for claim in claims if claim.certainty in BELIEVABLE)
        besiegers = _besiegers(believable, self.sides)
        pieces = [(claim, piece) for claim in believable for piece in self._answers(claim, besiegers)]
        return tuple(_vouched(self._as_one(pieces)))

    def strikes(self, claims: Iterable[Claim], types: frozenset[str]) -> tuple[Evidence, ...]:
        """Return a piece for each place that a claim tells violence of; its answer is the type of the event."""
        pieces = [
            (claim, self._piece(claim, place, "violence", claim.content.type))
            for claim in claims
            if isinstance(claim.content, Event) and claim.content.type in types and claim.certainty in BELIEVABLE
            for place in claim.content.places
        ]
        return tuple(piece for _, piece in self._as_one(pieces))

    def _as_one(self, pieces: list[tuple[Claim, Evidence]]) -> list[tuple[Claim, Evidence]]:
        """Let publishers of one text of one day answer with one voice: who had it from whom, the day does not tell."""
        first = {
            (piece.subject, piece.predicate, piece.answer, self._voices(twin)): piece.voices
            for claim, piece in pieces
            for twin in self.twins.get(claim.id, ())
        }
        if not first:
            return pieces
        keyed = (
            (claim, piece, (piece.subject, piece.predicate, piece.answer, piece.voices)) for claim, piece in pieces
        )
        return [(claim, replace(piece, voices=first.get(key, piece.voices))) for claim, piece, key in keyed]

    def _answers(self, claim: Claim, besiegers: Mapping[str, frozenset[str]]) -> Iterator[Evidence]:
        content = claim.content
        if isinstance(content, State):
            is_party = content.predicate == "held_by"
            answer = self.sides.side(content.value) if is_party else content.value
            yield self._piece(claim, content.subject, content.predicate, answer)
        elif isinstance(content, RelationRecord) and content.relation == "controls":
            yield self._piece(claim, content.object, "held_by", self.sides.side(content.subject))
        elif isinstance(content, Event):
            yield from self._control(claim, content, besiegers)
            yield from self._siege(claim, content)
            yield from self._roads(claim, content)
            yield from self._crossings(claim, content)

    def _control(self, claim: Claim, event: Event, besiegers: Mapping[str, frozenset[str]]) -> Iterator[Evidence]:
        places = self._points(event)
        if event.type in GAINS and event.actors:
            holder = self.sides.side(event.actors[0])
            for place in places:  # a besieger who lifts his own siege does not hold the place for that
                if event.type != "siege_lifted" or holder not in besiegers.get(place, frozenset()):
                    yield self._piece(claim, place, "held_by", holder)
        elif event.type in LOSSES:
            for place in places:
                yield self._piece(claim, place, "held_by", UNKNOWN)

    def _siege(self, claim: Claim, event: Event) -> Iterator[Evidence]:
        answer = {"siege": "yes", "siege_lifted": "no"}.get(event.type)
        if answer:
            for place in self._points(event):
                yield self._piece(claim, place, "besieged", answer)

    def _roads(self, claim: Claim, event: Event) -> Iterator[Evidence]:
        answer = {"road_cut": "no", "road_opened": "yes"}.get(event.type)
        if answer:
            for road, factor in roads_meant(self.crisis.geography, event.places, self.p_front):
                yield self._piece(claim, road, "passable", answer, factor)

    def _crossings(self, claim: Claim, event: Event) -> Iterator[Evidence]:
        if event.type not in ("crossing_closed", "crossing_opened"):
            return
        policies = {"open": 1.0} if event.type == "crossing_opened" else {"closed": 1.0}
        if event.type == "crossing_closed" and EXCEPTED.search(self.words_around(claim)):
            policies = {"closed": 0.6, "restricted": 0.4}
        for crossing in crossings_meant(self.crisis, event.places):
            for policy, share in policies.items():
                yield self._piece(claim, crossing, "policy", policy, share)

    def _points(self, event: Event) -> tuple[str, ...]:
        areas = {"country", "border", "road", "region", "admin1", "admin2", "crossing"}
        by_id = self.crisis.geography.place_by_id
        return tuple(place for place in event.places if place not in by_id or by_id[place].kind not in areas)

    def _piece(self, claim: Claim, subject: str, predicate: str, answer: str, factor: float = 1.0) -> Evidence:
        return Evidence(
            subject,
            predicate,
            answer,
            day_of(claim),
            self._weigh(claim, answer) * factor,
            claim.id,
            self._voices(claim),
            ends=claim.valid.until if _is_lasting(claim) else None,
            is_partial=predicate == "passable" and factor < 1.0,
        )

    def _voices(self, claim: Claim) -> tuple[str, ...]:
        return self.voices(self.first_of.get(claim.id, claim)) or ("the writer",)

    def _weigh(self, claim: Claim, answer: str) -> float:
        """Weigh a claim; one that rests on the voice of another claim weighs no more than that."""
        first = self.first_of.get(claim.id, claim)
        weight = max(self._weigh_alone(each, answer) for each in (claim, *self.twins.get(claim.id, ())))
        return weight if self.voices(first) == self.voices(claim) else min(weight, self._weigh_alone(first, answer))

    def _weigh_alone(self, claim: Claim, answer: str) -> float:
        rule = self.reliability
        weight = rule.stated if claim.certainty == "stated" else rule.claimed
        grade = self._grade(claim)
        weight *= rule.grades[grade] if grade else rule.ungraded
        if all(answer in self.sources.interests(voice) for voice in self._voices(claim)):
            weight *= rule.own_success
        return min(weight, rule.ceiling)

    def _grade(self, claim: Claim) -> str | None:
        names = (*claim.speakers, *filter(None, [claim.relayed_by]), *self.voices.publisher(claim))
        return next((grade for name in names if (grade := self.sources.grade(name))), None)


def _is_lasting(claim: Claim) -> bool:
    """Whether a claim tells a state with a beginning and an end, not a happening of a day."""
    content = claim.content
    return not isinstance(content, Event) or content.type in ("siege", "hold", "position")


def _besiegers(claims: Iterable[Claim], sides: Sides) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type == "siege":
            for place in claim.content.places:
                found[place].update(sides.side(actor) for actor in claim.content.actors)
    return {place: frozenset(besieging) for place, besieging in found.items()}


def _vouched(pieces: list[tuple[Claim, Evidence]]) -> Iterator[Evidence]:
    """Let a state told to have begun earlier, with no end, vouch for every day until it is told.

    Where the same report tells a later answer, it vouches until the day before: besieged since July, relieved on
    Wednesday.
    """
    later: dict[tuple[str, str, str], list[dt.date]] = defaultdict(list)
    for claim, piece in pieces:
        later[report_of(claim), piece.subject, piece.predicate].append(piece.day)
    for claim, piece in pieces:
        known = day_known(claim.known_at)
        if claim.valid.until is None and piece.day < known:
            after = (day for day in later[report_of(claim), piece.subject, piece.predicate] if day > piece.day)
            yield replace(piece, fresh_until=min((day - dt.timedelta(days=1) for day in after), default=known))
        else:
            yield piece


def report_of(claim: Claim) -> str:
    """Return the id of the report or table of a claim; empty for a reviewer's act."""
    return claim.source.report if isinstance(claim.source, TextSpan | TableRow) else ""


def day_of(claim: Claim) -> dt.date:
    """Return the day from which a claim holds (the day it became known where it tells none)."""
    return claim.valid.from_ or day_known(claim.known_at)


def roads_meant(
    geography: Geography, places: Iterable[str], p_front: Mapping[str, float]
) -> Iterator[tuple[str, float]]:
    """Return the roads that an event about a road and its places means, each with a factor for how surely.

    A road by its id; with two places or more, the shortest way between each pair in turn; with one place, one of the
    roads that end there. Where several stretches may be meant, the words do not tell which: they share the evidence
    in proportion to the probability that a front line crosses them.
    """
    roads = {road.id for road in geography.roads}
    named = [place for place in places if place in roads]
    yield from ((road, 1.0) for road in named)
    near_side = {crossing.id: crossing.side_a for crossing in geography.crossings}
    told = (near_side.get(place, place) for place in places)
    ends = [place for place in dict.fromkeys(told) if place in geography.place_by_id]
    ways = [geography.shortest_way(a, b) for a, b in itertools.pairwise(ends)]
    if len(ends) == 1:
        ways = [geography.roads_at(ends[0])]
    for way in () if named else ways:
        weight = {road: p_front.get(road, 0.0) + 0.05 for road in way}
        yield from ((road, share / sum(weight.values())) for road, share in weight.items())


def crossings_meant(crisis: Crisis, places: Iterable[str]) -> tuple[str, ...]:
    """Return the crossings that an event means: by id or by the place on a side; else those of the border it names."""
    wanted = set(places)
    crossings = crisis.geography.crossings
    named = tuple(c.id for c in crossings if wanted & {c.id, c.side_a, c.side_b})
    return named or tuple(c.id for c in crossings if f"border-{'-'.join(_countries(crisis, c))}" in wanted)


def _countries(crisis: Crisis, crossing: Crossing) -> tuple[str, ...]:
    sides = (crisis.geography.place_by_id[side].country for side in (crossing.side_a, crossing.side_b))
    return tuple(sorted(country.lower() for country in sides if country))
