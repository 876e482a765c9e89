"""What opinions rest on, prepared once for all days: the evidence that the claims of one view give, by question.

Between the days on which something is told, or ends, an opinion only fades: what it stands for is found once and kept
(docs/assess.md, "Many days").
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from tidings.assess.access import drawn_luck
from tidings.assess.disagreements import Matter, figures_by_matter
from tidings.assess.evidence import Reader
from tidings.assess.populations import tells_population
from tidings.assess.reconcile import Evidence, Opinion, Standing, standing, stands_until
from tidings.assess.settings import AssessSettings, load_settings
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.assess.violence import VIOLENT
from tidings.assess.weighing import Weigher
from tidings.core.memory import uncollected
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.extract.words import Document
from tidings.evidence.lineage import Lineage
from tidings.evidence.quoting import quotation_of
from tidings.evidence.report import Report

Question = tuple[str, str]
"""Subject and predicate."""
Pieces = tuple[Evidence, ...]
Value = TypeVar("Value")


@dataclass(slots=True)
class _Stood:
    """What evidence stood for on a day, and until which it does."""

    pieces: Pieces
    on: dt.date
    until: dt.date
    standing: Standing


@dataclass
class Luck:
    """The luck of all roads as it was drawn last: only roads that rest on other claims since draw again."""

    settings: AssessSettings
    _addresses: list[str] = field(default_factory=list)
    _drawn: NDArray[np.float64] | None = None

    def of(self, addresses: list[str]) -> NDArray[np.float64]:
        """Return the luck at addresses, in the same order of roads each time. Shape (world, road)."""
        rule, drawn = self.settings, self._drawn
        new = [n for n, (now, was) in enumerate(zip(addresses, self._addresses, strict=False)) if now is not was]
        if drawn is None or drawn.shape[1] != len(addresses):
            drawn = drawn_luck(rule.seed, rule.n_worlds, addresses)
        elif new:
            drawn = drawn.copy()
            drawn[:, new] = drawn_luck(rule.seed, rule.n_worlds, [addresses[n] for n in new])
        self._addresses, self._drawn = addresses, drawn
        return drawn


@dataclass(frozen=True)
class Ground:
    """The evidence of one view of the ledger; what is kept between days changes no answer, it is only found sooner."""

    crisis: Crisis
    settings: AssessSettings
    claims: tuple[Claim, ...]
    """Without copies."""
    lineage: Lineage
    sides: Sides
    reader: Reader
    sentence_of: Callable[[str], str]
    """From the id of a claim to its sentence (report and offset), or to the claim where it has none."""
    _stood: dict[tuple[str, str, str], _Stood] = field(default_factory=dict)
    _made: dict[object, tuple[dt.date, dt.date, object]] = field(default_factory=dict)
    _recalled: dict[object, tuple[tuple[object, ...], object]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        crisis: Crisis,
        claims: tuple[Claim, ...],
        reports: Iterable[Report],
        lineage: Lineage,
        settings: AssessSettings | None = None,
    ) -> Ground:
        """Prepare the evidence of all claims that are no copies."""
        twins, claims = lineage.twins(claims), lineage.own(claims)
        sides = Sides.of(crisis.parties, claims)
        documents = {str(report.id): Document(report) for report in reports}
        settings = settings or load_settings()
        sources = SourceBook.of(crisis, sides)
        weigher = Weigher(settings, sides, sources, lineage.voices, lineage.first_tellings(claims), twins)
        reader = Reader(crisis, sides, settings, weigher, lambda claim: _sentence(documents, claim))
        by_id = {str(claim.id): claim for claim in claims}
        return cls(
            crisis, settings, claims, lineage, sides, reader, lambda claim: _sentence_id(documents, by_id[claim])
        )

    def prepare(self) -> None:
        """Read the evidence of all claims now, not when a day is first asked for."""
        with uncollected():
            _ = self.evidence, self.strikes, self.figures, self.of_whole_roads

    @cached_property
    def evidence(self) -> Mapping[Question, Pieces]:
        """By question, with no knowledge of which roads are shut."""
        return _by_question(self.reader.read(self.claims))

    @cached_property
    def of_whole_roads(self) -> Mapping[Question, Pieces]:
        """What tells of roads and not of a way that several make."""
        told = ((q, pieces) for q, pieces in self.evidence.items() if q[1] == "passable")
        return {question: tuple(piece for piece in pieces if not piece.is_partial) for question, pieces in told}

    @cached_property
    def strikes(self) -> Mapping[str, Pieces]:
        """What tells of violence, by the place that is struck."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for strike in self.reader.strikes(self.claims, VIOLENT):
            found[strike.subject].append(strike)
        return {place: tuple(pieces) for place, pieces in found.items()}

    @cached_property
    def populations(self) -> tuple[Claim, ...]:
        """The claims that tell how many people live somewhere."""
        return tuple(claim for claim in self.claims if tells_population(claim))

    @cached_property
    def luck(self) -> Luck:
        """The luck of the roads."""
        return Luck(self.settings)

    @cached_property
    def first_of(self) -> Mapping[str, Claim]:
        """By the id of a claim that repeats a voice: what that voice told first."""
        return self.lineage.first_tellings(self.claims)

    @cached_property
    def figures(self) -> Mapping[Matter, tuple[Claim, ...]]:
        """The figures that may disagree, by what they count."""
        return figures_by_matter(self.claims)

    def evidence_with(self, p_shut: Mapping[str, float]) -> Mapping[Question, Pieces]:
        """Return the evidence by question: what may mean one of several roads is shared by how likely each is shut."""
        read = replace(self.reader, p_shut=p_shut).read(self._claims_of_shared)
        shared = {question: pieces for question, pieces in _by_question(read).items() if question in self._shared}
        return {**self.evidence, **shared}

    def opinions(
        self, evidence: Mapping[Question, Pieces], predicates: Iterable[str], on: dt.date, use: str = ""
    ) -> dict[Question, Opinion]:
        """Return the opinion on each question of some predicates, as `reconcile` does.

        Parameters
        ----------
        use
            Tells apart evidence of which different parts are weighed on one day.
        """
        lives = {predicate: self.settings.half_life_days[predicate] for predicate in predicates}
        return {
            question: self._stand((*question, use), pieces, on, lives[question[1]]).faded(on, lives[question[1]])
            for question, pieces in evidence.items()
            if question[1] in lives
        }

    def _stand(self, key: tuple[str, str, str], pieces: Pieces, on: dt.date, half_life_days: float) -> Standing:
        stood = self._stood.get(key)
        if stood is None or stood.pieces is not pieces or not stood.on <= on < stood.until:
            stands = standing(pieces, on, half_life_days)
            stood = self._stood[key] = _Stood(pieces, on, stands_until(pieces, on), stands)
        return stood.standing

    def while_stands(
        self, use: str, question: Question, pieces: Pieces, on: dt.date, make: Callable[[], Value]
    ) -> Value:
        """Return what is made of a question's evidence on a day; it is made anew only when that stands otherwise."""
        if question in self._shared:  # its evidence is another every day
            return make()
        return self.until((use, question), on, partial(stands_until, pieces, on), make)

    def until(self, key: object, on: dt.date, last: Callable[[], dt.date], make: Callable[[], Value]) -> Value:
        """Return what was made for a key on an earlier day, up to the day when it may be otherwise; else make it."""
        held = self._made.get(key)
        if held is None or not held[0] <= on < held[1]:
            held = self._made[key] = (on, last(), make())
        return cast("Value", held[2])

    def recall(self, key: object, inputs: tuple[object, ...], make: Callable[[], Value]) -> Value:
        """Return what was made last time for a key, if it was made of the very same objects; else make it."""
        held = self._recalled.get(key)
        if held is None or not all(a is b for a, b in zip(held[0], inputs, strict=True)):
            held = self._recalled[key] = (inputs, make())
        return cast("Value", held[1])

    @cached_property
    def _shared(self) -> frozenset[Question]:
        """Questions of roads with evidence that may mean another road."""
        return frozenset(
            question
            for question, pieces in self.evidence.items()
            if question[1] == "passable" and any(piece.is_partial for piece in pieces)
        )

    @cached_property
    def _claims_of_shared(self) -> tuple[Claim, ...]:
        """The claims on which those rest."""
        told = {piece.claim for question in self._shared for piece in self.evidence[question]}
        return tuple(claim for claim in self.claims if claim.id in told)


def _by_question(evidence: Iterable[Evidence]) -> dict[Question, Pieces]:
    found: dict[Question, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        found[piece.subject, piece.predicate].append(piece)
    return {question: tuple(pieces) for question, pieces in found.items()}


def _sentence_id(documents: Mapping[str, Document], claim: Claim) -> str:
    source = claim.source
    if not isinstance(source, TextSpan) or source.report not in documents:
        return claim.id
    return f"{source.report}:{documents[source.report].sentence_at(source.start).start}"


def _sentence(documents: Mapping[str, Document], claim: Claim) -> str:
    quotation = quotation_of(claim, documents)
    return quotation.around.lower() if quotation else ""
