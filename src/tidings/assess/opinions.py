"""All opinions on one day, from one view of the ledger."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from tidings.assess.control import Ends
from tidings.assess.fading import Floats
from tidings.assess.ground import Ground, Question
from tidings.assess.reconcile import Opinion
from tidings.assess.settings import AssessSettings
from tidings.assess.sides import Sides
from tidings.assess.standings import Faded, Pieces
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
    faded: Mapping[str, Faded]
    """By predicate."""
    ends: Ends
    """Who holds the two ends of each road."""

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
        control, geography = ground.control(on), ground.crisis.geography
        rows = ground.place_rows(control)
        ends = Ends.of(geography, control, rows, ground.sides, on)
        shared = ground.shared_evidence(lambda: _shut(ground, ends.p_face, on))
        others = {
            predicate: ground.faded(predicate, on, shared)
            for predicate in sorted(ground.settings.half_life_days.keys() - {"held_by"})
        }
        evidence = {**ground.evidence, **shared} if shared else ground.evidence
        return cls(ground, on, evidence, {"held_by": control, **others}, ends)

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

    def claim(self, claim_id: str) -> Claim | None:
        """Return a claim by its id; None for a copy."""
        claims = self.ground.claims
        by_id = self.ground.recall("claims by id", (claims,), lambda: {str(claim.id): claim for claim in claims})
        return by_id.get(claim_id)

    def __call__(self, subject: str, predicate: str) -> Opinion:
        """Return the opinion on a question; nothing known where nobody answered it."""
        return self.faded[predicate](subject)

    def claims(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return the claims that the opinion on a question rests on: the same value while they are the same."""
        faded = self.faded[predicate]
        row = faded.row_of.get(subject)
        return () if row is None else faded.claims[row]

    def told(self, subject: str, predicate: str) -> Pieces:
        """Return the evidence on a question."""
        return self.evidence.get((subject, predicate), ())

    def newest_told(self, subject: str, predicate: str, *, having: str = "day") -> Pieces:
        """Return the evidence on a question of the newest day by now, of that which has a detail."""
        pieces, day = self.told(subject, predicate), attrgetter("day")

        def by_day() -> Pieces:
            return tuple(sorted((piece for piece in pieces if getattr(piece, having) is not None), key=day))

        ordered = self.ground.recall(("by day", subject, predicate, having), (pieces,), by_day)
        end = bisect_right(ordered, self.on, key=day)
        return ordered[bisect_left(ordered, ordered[end - 1].day, key=day) : end] if end else ()

    def telling(self, opinion: Opinion) -> str | None:
        """Return the sentence that an opinion rests on last: what it tells of several places stands or falls as one."""
        return self.sentence_of(opinion.claims[-1]) if opinion.claims else None


def _shut(ground: Ground, p_face: Floats, on: dt.date) -> dict[str, float]:
    """Return for each road how likely it is shut by the sides at its ends and by what is told of it, not of a way.

    That a way is cut somewhere is told: between sides that may fight each other is where to look first.
    """
    of_roads, roads = ground.faded("passable", on, is_of_whole=True), ground.crisis.geography.road_order
    rows = of_roads.rows(roads)
    is_told, is_refuted = of_roads.column("no")[rows], of_roads.column("yes")[rows]
    shut = (1 - (1 - p_face) * (1 - is_told)) * (1 - is_refuted)
    return dict(zip(roads, shut.tolist(), strict=True))
