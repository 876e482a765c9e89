"""All opinions on one day, from one view of the ledger."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from tidings.assess.control import front_probabilities, same_side_probabilities
from tidings.assess.evidence import Reader
from tidings.assess.reconcile import NOTHING, Evidence, Opinion, reconcile
from tidings.assess.settings import AssessSettings, load_settings
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.assess.violence import VIOLENT
from tidings.assess.weighing import Weigher
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.extract.words import Document
from tidings.evidence.lineage import Lineage
from tidings.evidence.quoting import quotation_of
from tidings.evidence.report import Report

Question = tuple[str, str]
"""Subject and predicate."""


@dataclass(frozen=True)
class Opinions:
    """The opinions on one day, and what they were made of."""

    crisis: Crisis
    settings: AssessSettings
    on: dt.date
    claims: tuple[Claim, ...]
    """Without copies."""
    lineage: Lineage
    sides: Sides
    evidence: tuple[Evidence, ...]
    strikes: tuple[Evidence, ...]
    """What tells of violence: `violence.violence_by_place` weighs it."""
    by_question: Mapping[Question, Opinion]
    p_front: Mapping[str, float]
    """By road id: the probability that a front line crosses it."""
    p_same: Mapping[str, float]
    """By road id: the probability that sides that do not face each other hold both ends."""
    sentence_of: Callable[[str], str]
    """From the id of a claim to its sentence (report and offset), or to the claim where it has none."""

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
        """Form all opinions: on control first, for the front line tells which stretch of a cut way is meant.

        Copies are left out.
        """
        twins, claims = lineage.twins(claims), lineage.own(claims)
        sides = Sides.of(crisis.parties, claims)
        documents = {str(report.id): Document(report) for report in reports}
        settings = settings or load_settings()
        sources = SourceBook.of(crisis, sides)
        weigher = Weigher(settings, sides, sources, lineage.voices, lineage.first_tellings(claims), twins)
        reader = Reader(crisis, sides, settings, weigher, lambda claim: _sentence(documents, claim))
        first_read = reader.read(claims)
        of_control = (piece for piece in first_read if piece.predicate == "held_by")
        control = {place: opinion for (place, _), opinion in _reconciled(of_control, on, settings).items()}
        p_front = front_probabilities(crisis.geography, control, sides)
        p_same = same_side_probabilities(crisis.geography, control, sides)
        evidence = replace(reader, p_shut=_shut(first_read, p_front, on, settings)).read(claims)
        by_id = {str(claim.id): claim for claim in claims}
        return cls(
            crisis, settings, on, claims, lineage, sides, evidence, reader.strikes(claims, VIOLENT),
            _reconciled(evidence, on, settings), p_front, p_same,
            lambda claim_id: _sentence_id(documents, by_id[claim_id]),
        )  # fmt: skip

    def __call__(self, subject: str, predicate: str) -> Opinion:
        """Return the opinion on a question; nothing known where nobody answered it."""
        return self.by_question.get((subject, predicate), NOTHING)

    def telling(self, opinion: Opinion) -> str | None:
        """Return the sentence that an opinion rests on last: what it tells of several places stands or falls as one."""
        return self.sentence_of(opinion.claims[-1]) if opinion.claims else None


def _shut(
    evidence: Iterable[Evidence], p_front: Mapping[str, float], on: dt.date, settings: AssessSettings
) -> dict[str, float]:
    """Return for each road how likely it is shut by its front line and by what is told of it, not of a way."""
    of_roads = (piece for piece in evidence if piece.predicate == "passable" and not piece.is_partial)
    told = {road: opinion.odds for (road, _), opinion in _reconciled(of_roads, on, settings).items()}
    return {
        road: (1 - (1 - p) * (1 - told.get(road, {}).get("no", 0.0))) * (1 - told.get(road, {}).get("yes", 0.0))
        for road, p in p_front.items()
    }


def _sentence_id(documents: Mapping[str, Document], claim: Claim) -> str:
    source = claim.source
    if not isinstance(source, TextSpan) or source.report not in documents:
        return claim.id
    return f"{source.report}:{documents[source.report].sentence_at(source.start).start}"


def _sentence(documents: Mapping[str, Document], claim: Claim) -> str:
    quotation = quotation_of(claim, documents)
    return quotation.around.lower() if quotation else ""


def _reconciled(evidence: Iterable[Evidence], on: dt.date, settings: AssessSettings) -> dict[Question, Opinion]:
    by_question: dict[Question, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        by_question[piece.subject, piece.predicate].append(piece)
    half_life_days = settings.half_life_days
    return {
        question: reconcile(pieces, on, half_life_days[question[1]])
        for question, pieces in by_question.items()
        if question[1] in half_life_days
    }
