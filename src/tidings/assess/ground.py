"""What opinions rest on, prepared once for all days: the evidence that the claims of one view give, by question.

Between the days on which something is told, or ends, an opinion only fades: what it stands for is found once and kept
(docs/assess.md, "Many days").
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from tidings.assess.access import Levels, drawn_luck
from tidings.assess.disagreements import Matter, figures_by_matter
from tidings.assess.evidence import Reader
from tidings.assess.fights import with_fights
from tidings.assess.nearby import Bools, Nearby
from tidings.assess.populations import tells_population
from tidings.assess.reconcile import Evidence, stands_until
from tidings.assess.roads_told import Openings
from tidings.assess.settings import AssessSettings, load_settings
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.assess.standings import Faded, Kept, Pieces, Standings
from tidings.assess.transitions import report_of
from tidings.assess.violence import VIOLENT
from tidings.assess.weighing import Weigher
from tidings.assess.wording import Test, Wording, one_line
from tidings.core.memory import uncollected
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.extract.words import Document
from tidings.evidence.lineage import Lineage
from tidings.evidence.quoting import quotation_of
from tidings.evidence.report import Report

Question = tuple[str, str]
"""Subject and predicate."""
Value = TypeVar("Value")
LIKELY = 0.5
"""A siege that is surer than this keeps a place from being taken for fallen."""


@dataclass
class Luck:
    """The luck of all roads as it was drawn last: only roads that rest on other claims since draw again."""

    settings: AssessSettings
    _kept: Kept = field(default_factory=Kept)
    _drawn: Levels | None = None

    def of(self, keys: NDArray[np.int64], addresses: Callable[[list[int]], list[str]]) -> Levels:
        """Return the luck of roads, in the same order each time; the next call changes it. Shape (world, road).

        Parameters
        ----------
        keys
            What tells whether a road rests on other claims than on the day before. Shape (road, key).
        addresses
            From the numbers of roads to the addresses of their luck.
        """
        changed = self._kept.changed(keys).tolist()
        drawn = drawn_luck(self.settings.seed, self.settings.n_worlds, addresses(changed))
        if self._drawn is None or self._drawn.shape[1] != len(keys):
            self._drawn = np.ascontiguousarray(drawn)
        elif changed:
            self._drawn[:, changed] = drawn
        return self._drawn


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
    report_names: Mapping[str, str] = field(default_factory=dict)
    """By the id of a report: its title, else its file."""
    _standings: dict[tuple[str, str], Standings] = field(default_factory=dict)
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
        sides = with_fights(Sides.of(crisis.parties, claims), claims)
        documents = {str(report.id): Document(report) for report in reports}
        settings = settings or load_settings()
        sources = SourceBook.of(crisis, sides)
        weigher = Weigher(settings, sides, sources, lineage.voices, lineage.first_tellings(claims), twins)
        reader = Reader(
            crisis, sides, settings, weigher, lambda claim: _wording(documents, claim), _Texts(documents).may_tell
        )
        by_id = {str(claim.id): claim for claim in claims}
        names = {report: each.report.title or each.report.name for report, each in documents.items()}
        return cls(
            crisis, settings, claims, lineage, sides, reader, lambda claim: _sentence_id(documents, by_id[claim]), names
        )

    def prepare(self) -> None:
        """Read the evidence of all claims now, not when a day is first asked for."""
        with uncollected():
            _ = self.evidence, self.strikes, self.road_fights_by_day, self.figures, self.populations

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
    def road_fights(self) -> Mapping[str, Pieces]:
        """What tells of fighting along roads, by the road."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for fight in self.reader.road_fights(self.claims):
            found[fight.subject].append(fight)
        return {road: tuple(pieces) for road, pieces in found.items()}

    @cached_property
    def road_fights_by_day(self) -> Mapping[dt.date, Pieces]:
        """The same by day: a day looks at the last few alone."""
        found: dict[dt.date, list[Evidence]] = defaultdict(list)
        for pieces in self.road_fights.values():
            for piece in pieces:
                found[piece.day].append(piece)
        return {day: tuple(told) for day, told in found.items()}

    @cached_property
    def road_numbers(self) -> Mapping[str, int]:
        """The number of each road, by its id."""
        return {road: number for number, road in enumerate(self.crisis.geography.road_order)}

    @cached_property
    def populations(self) -> tuple[Claim, ...]:
        """The claims that tell how many people live somewhere."""
        return tuple(claim for claim in self.claims if tells_population(claim))

    @cached_property
    def openings(self) -> Openings:
        """Who told that which road is open, and of which days."""
        return Openings.of(self.evidence, self.crisis.geography.road_order)

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

    @cached_property
    def lengths(self) -> tuple[tuple[float, bool], ...]:
        """Of each road: its length in km, rounded as it is shown, and whether it is assumed."""
        told = (self.crisis.geography.length_km(road) for road in self.crisis.geography.roads)
        return tuple((round(length_km, 1), is_assumed) for length_km, is_assumed in told)

    def place_rows(self, opinions: Faded) -> NDArray[np.int64]:
        """Return the row of each place among opinions. Shape (place,)."""
        return self.rows("held_by", opinions, lambda: [place.id for place in self.crisis.geography.places])

    def rows(self, predicate: str, opinions: Faded, subjects: Callable[[], Sequence[str]]) -> NDArray[np.int64]:
        """Return the rows of all places, or of all roads, among opinions of a predicate; found once."""
        return self.recall(("rows", predicate), (opinions.row_of,), lambda: opinions.rows(subjects()))

    def shared_evidence(self, p_shut: Callable[[], Mapping[str, float]]) -> Mapping[Question, Pieces]:
        """Return the evidence on what may mean one of several roads, shared by how likely each of them is shut."""
        if not self._shared:
            return {}
        read = replace(self.reader, p_shut=p_shut()).read(self._claims_of_shared)
        return {question: pieces for question, pieces in _by_question(read).items() if question in self._shared}

    def faded(
        self, predicate: str, on: dt.date, others: Mapping[Question, Pieces] | None = None, *, is_of_whole: bool = False
    ) -> Faded:
        """Return the opinions on all questions of a predicate on a day, each as `reconcile` forms it.

        Parameters
        ----------
        others
            Evidence that is another than that of all days.
        is_of_whole
            Of roads: whether what may mean several of them is left out.
        """
        use = "whole" if is_of_whole else ""
        stood = self._standings.get((predicate, use))
        if stood is None:
            told = self.of_whole_roads if is_of_whole else self.evidence
            of_predicate = {subject: pieces for (subject, about), pieces in told.items() if about == predicate}
            stood = self._standings[predicate, use] = Standings.of(
                of_predicate, self.settings.half_life_days[predicate]
            )
        changed = {subject: pieces for (subject, about), pieces in (others or {}).items() if about == predicate}
        return stood.on(on, changed)

    def control(self, on: dt.date) -> Faded:
        """Return the opinions on who holds each place, each with what changed hands near it (NEARBY-1)."""
        own, rule = self.faded("held_by", on), self.settings
        near = self.recall("nearby", (own.row_of,), lambda: Nearby.of(self.crisis.geography, own, rule))
        return near.weigh(own, self.sides, self.besieged(own, on))

    def besieged(self, control: Faded, on: dt.date) -> Bools:
        """Return of which places, in the rows of opinions on who holds them, it is likely that they are besieged."""
        sieges = self.faded("besieged", on)
        rows = self.recall("sieges", (control.row_of, sieges.row_of), lambda: sieges.rows(control.row_of))
        return np.asarray(sieges.column("yes")[rows] > LIKELY, np.bool_)

    def while_stands(
        self, use: str, question: Question, pieces: Pieces, on: dt.date, make: Callable[[], Value]
    ) -> Value:
        """Return what is made of a question's evidence on a day; it is made anew only when that stands otherwise."""
        if question in self._shared:  # its evidence is another every day
            return make()
        return self.until((use, question), on, partial(self._stands_until, question, pieces, on), make)

    def _stands_until(self, question: Question, pieces: Pieces, on: dt.date) -> dt.date:
        stood = self._standings.get((question[1], ""))
        found = stood.stands_until(question[0], on) if stood else None
        return found or stands_until(pieces, on)

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


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of reports, in which words are looked for once a report before they are in a claim's sentence."""

    documents: Mapping[str, Document]
    _found: dict[tuple[str, Test], bool] = field(default_factory=dict)
    _last: dict[str, str] = field(default_factory=dict)

    def _text_of(self, report: str, document: Document) -> str:
        """Return the text of a report in lower case; that of the last one is at hand, as claims come by report."""
        if report not in self._last:
            self._last.clear()
            self._last[report] = document.report.text.lower()
        return self._last[report]

    def may_tell(self, claim: Claim, test: Test) -> bool:
        report = report_of(claim)
        found = self._found.get((report, test))
        if found is None:
            document = self.documents.get(report)
            found = self._found[report, test] = document is not None and bool(test(self._text_of(report, document)))
        return found


def _by_question(evidence: Iterable[Evidence]) -> dict[Question, Pieces]:
    found: dict[Question, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        found[piece.subject, piece.predicate].append(piece)
    return {question: tuple(pieces) for question, pieces in found.items()}


def _sentence_id(documents: Mapping[str, Document], claim: Claim) -> str:
    source = claim.source
    if not isinstance(source, TextSpan) or source.report not in documents:
        return claim.id
    return f"{source.report}:{documents[source.report].span_at(source.start)[0]}"


def _wording(documents: Mapping[str, Document], claim: Claim) -> Wording:
    quotation = quotation_of(claim, documents)
    if quotation is None:
        return Wording("", "", "")
    first, last = quotation.start - quotation.around_start, quotation.end - quotation.around_start
    around = quotation.around
    return Wording(one_line(around[:first]), one_line(around[first:last]), one_line(around[last:]))
