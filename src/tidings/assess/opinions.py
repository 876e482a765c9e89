"""All opinions on one day, from one view of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tidings.assess.control import front_probabilities, same_side_probabilities
from tidings.assess.ground import Ground, Pieces, Question
from tidings.assess.reconcile import NOTHING, Opinion
from tidings.assess.settings import AssessSettings
from tidings.assess.sides import Sides
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim
from tidings.evidence.lineage import Lineage
from tidings.evidence.report import Report


@dataclass(frozen=True)
class Opinions:
    """The opinions on one day, and what they were made of."""

    ground: Ground
    on: dt.date
    evidence: Mapping[Question, Pieces]
    by_question: Mapping[Question, Opinion]
    p_front: Mapping[str, float]
    """By road id: the probability that a front line crosses it."""
    p_same: Mapping[str, float]
    """By road id: the probability that sides that do not face each other hold both ends."""

    @classmethod
    def of(
        cls,
        crisis: Crisis,
        claims: tuple[Claim, ...],
        reports: tuple[Report, ...],
        on: dt.date,
        lineage: Lineage,
        settings: AssessSettings | None = None,
    ) -> Opinions:
        """Form all opinions of one day from claims; copies are left out."""
        return cls.from_ground(Ground.of(crisis, claims, reports, lineage, settings), on)

    @classmethod
    def from_ground(cls, ground: Ground, on: dt.date) -> Opinions:
        """Form all opinions: on control first, for the front line tells which stretch of a cut way is meant."""
        control = ground.opinions(ground.evidence, ["held_by"], on)
        holders = {place: opinion for (place, _), opinion in control.items()}
        p_front = front_probabilities(ground.crisis.geography, holders, ground.sides)
        p_same = same_side_probabilities(ground.crisis.geography, holders, p_front)
        evidence = ground.evidence_with(_shut(ground, p_front, on))
        others = ground.opinions(evidence, ground.settings.half_life_days.keys() - {"held_by"}, on)
        return cls(ground, on, evidence, control | others, p_front, p_same)

    @property
    def crisis(self) -> Crisis:
        """The crisis that they are of."""
        return self.ground.crisis

    @property
    def settings(self) -> AssessSettings:
        """The numbers with which they were formed."""
        return self.ground.settings

    @property
    def sides(self) -> Sides:
        """Who stands with whom."""
        return self.ground.sides

    @property
    def lineage(self) -> Lineage:
        """How the claims hang together."""
        return self.ground.lineage

    def sentence_of(self, claim: str) -> str:
        """Return the sentence of a claim, by its id."""
        return self.ground.sentence_of(claim)

    def __call__(self, subject: str, predicate: str) -> Opinion:
        """Return the opinion on a question; nothing known where nobody answered it."""
        return self.by_question.get((subject, predicate), NOTHING)

    def told(self, subject: str, predicate: str) -> Pieces:
        """Return the evidence on a question."""
        return self.evidence.get((subject, predicate), ())

    def telling(self, opinion: Opinion) -> str | None:
        """Return the sentence that an opinion rests on last: what it tells of several places stands or falls as one."""
        return self.sentence_of(opinion.claims[-1]) if opinion.claims else None


def _shut(ground: Ground, p_front: Mapping[str, float], on: dt.date) -> dict[str, float]:
    """Return for each road how likely it is shut by its front line and by what is told of it, not of a way."""
    of_roads = ground.opinions(ground.of_whole_roads, ["passable"], on, use="whole")
    told = {road: opinion.odds for (road, _), opinion in of_roads.items()}
    return {
        road: (1 - (1 - p) * (1 - told.get(road, {}).get("no", 0.0))) * (1 - told.get(road, {}).get("yes", 0.0))
        for road, p in p_front.items()
    }
