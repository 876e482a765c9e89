"""What each claim answers: from claims to evidence on who holds a place, sieges, roads and crossings.

What is stated or claimed counts, and that a change of hands is denied; projections, conditions and demands never
change a state.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from tidings.assess.comers import Comers, besiegers_told, comers, last_taker, only_comer, relieved_told, takers_told
from tidings.assess.crossings_told import crossing_words, own_words
from tidings.assess.footholds import as_foothold
from tidings.assess.held_before import OF_A_LASTING, OF_A_NEIGHBOURHOOD, is_near, lasts, tells_of_another
from tidings.assess.periods import with_days_of_periods
from tidings.assess.reconcile import UNKNOWN, Evidence, replace
from tidings.assess.road_fights import ROAD, roads_fought_over
from tidings.assess.roads_told import (
    OF_EACH,
    ROAD_EVENTS,
    ends_told,
    former,
    former_stretch,
    roads_apart,
    roads_meant,
    tells_all,
    tells_anew,
    without_refuted,
)
from tidings.assess.settings import AssessSettings
from tidings.assess.sides import Sides
from tidings.assess.sieges_ended import with_sieges_ended
from tidings.assess.subjects import NEVER_BESIEGED, NO_POINTS, crossings_meant, places_within
from tidings.assess.transitions import (
    CHANGES_HANDS,
    GAINS,
    LOSSES,
    in_order,
    report_of,
    shared,
    vouched,
    with_heirs,
    without_ended,
)
from tidings.assess.turns import BRIEFLY, is_turn, was_brief
from tidings.assess.violence import FOUGHT
from tidings.assess.weighing import Told, Weigher
from tidings.assess.wording import (
    OF_A_CLAIM,
    OF_A_PART,
    OF_A_RUMOUR,
    OF_A_SHARE,
    OF_ITS_SITES,
    PARTLY,
    Test,
    Wording,
    each_of_itself,
    is_of_a_part,
    is_of_some,
    is_own_word,
    is_rumour,
)
from tidings.core.dates import day_known
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, State, TextSpan
from tidings.evidence.reading import Event, RelationRecord
from tidings.evidence.vocabulary import BELIEVABLE

GAINS_OR_LOSSES = GAINS | LOSSES
Apart = Mapping[tuple[str, str], frozenset[str]]
"""By report and sentence: the roads that are told apart from all others."""
OWN_SIEGE = re.compile(r"^(?:lift|end|eas|abandon|rais|call)\w*\b.*\b(?:its|their|own)\b", re.IGNORECASE | re.DOTALL)
"""The words of a siege's end by which it is its besieger who gives it up."""
GIVEN_UP = re.compile(r"^(?:lift|end|eas|abandon|rais|call)\w*\b", re.IGNORECASE)
"""The words of a siege's end that tell a besieger's act as well as a relief: nobody 'breaks' his own siege."""
DENIED_SIEGES = {"siege": "no", "siege_lifted": "yes"}
"""Whether a place is besieged, by what is denied of it."""


class _Others(NamedTuple):
    """What other claims tell on which the meaning of one hangs."""

    besiegers: Mapping[str, frozenset[str]]
    """By place: who is told to besiege it."""
    relieved: Mapping[str, list[tuple[dt.date, str]]]
    """By place: whose siege of it is told to have been broken, and when."""
    comers: Comers
    apart: Apart


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns claims into evidence for one crisis."""

    crisis: Crisis
    sides: Sides
    settings: AssessSettings
    weigher: Weigher
    wording_of: Callable[[Claim], Wording]
    """The sentence of a claim and where its own words stand in it."""
    may_tell: Callable[[Claim, Test], bool] = lambda _claim, _test: True
    """Whether words may stand in the sentence of a claim: where they do not, it need not be found."""
    p_shut: Mapping[str, float] = field(default_factory=dict)
    """Probability by road id that it is cut or a front line crosses it, as far as that is known apart from its way."""

    def read(self, claims: Sequence[Claim]) -> tuple[Evidence, ...]:
        """Return all the evidence that claims give."""
        believable = tuple(claim for claim in claims if claim.certainty in BELIEVABLE)
        takers = takers_told(believable, self.sides, day_of)
        others = _Others(
            besiegers_told(believable, self.sides),
            relieved_told(believable, self.sides, day_of),
            comers(believable, self.sides, day_of),
            roads_apart(believable, self.crisis.geography, self._sentence),
        )
        pieces = [(claim, piece) for claim in believable for piece in self._answers(claim, others)]
        denied = (claim for claim in claims if claim.certainty == "denied")
        pieces += [(claim, piece) for claim in denied for piece in self._denied(claim, takers, others)]
        standing = without_ended(without_refuted(pieces), self._sentence)
        ordered = with_days_of_periods(in_order(self._as_one(standing)))
        comer_of = partial(self._comer, others.comers)
        inherited = with_heirs(
            ordered, self.sides, self.settings.left_to_heir, lambda piece: comer_of(piece.subject, piece.day)
        )
        return tuple(vouched(with_sieges_ended(inherited, self.sides, self._is_of_whole, self._sentence)))

    def strikes(self, claims: Iterable[Claim], types: frozenset[str]) -> tuple[Evidence, ...]:
        """Return a piece for each place that a claim tells violence of; its answer is the type of the event."""
        pieces = [
            (claim, self._piece(claim, place, Told("violence", claim.content.type)))
            for claim in claims
            if isinstance(claim.content, Event) and claim.content.type in types and claim.certainty in BELIEVABLE
            for place in claim.content.places
        ]
        return tuple(piece for _, piece in self._as_one(pieces))

    def road_fights(self, claims: Iterable[Claim]) -> tuple[Evidence, ...]:
        """Return a piece for each road along which a claim tells of violence; its answer is the type of the event."""
        geography = self.crisis.geography
        pieces = [
            (claim, self._piece(claim, road, Told("violence", claim.content.type)))
            for claim in claims
            if isinstance(claim.content, Event) and claim.content.type in FOUGHT and claim.certainty in BELIEVABLE
            and (self.may_tell(claim, ROAD) or geography.road_ids & set(claim.content.places))
            for road in roads_fought_over(geography, claim.content, self.wording_of(claim))
        ]  # fmt: skip
        return tuple(piece for _, piece in self._as_one(pieces))

    def _as_one(self, pieces: list[tuple[Claim, Evidence]]) -> list[tuple[Claim, Evidence]]:
        """Let publishers of one text of one day answer with one voice: who had it from whom, the day does not tell."""
        first = {
            (piece.subject, piece.predicate, piece.answer, self.weigher.voice(twin)): piece.voices
            for claim, piece in pieces
            for twin in self.weigher.twins.get(claim.id, ())
        }
        if not first:
            return pieces
        keyed = (
            (claim, piece, (piece.subject, piece.predicate, piece.answer, piece.voices)) for claim, piece in pieces
        )
        return [(claim, replace(piece, voices=first[key]) if key in first else piece) for claim, piece, key in keyed]

    def _answers(self, claim: Claim, others: _Others) -> Iterator[Evidence]:
        content = claim.content
        if isinstance(content, State):
            is_party = content.predicate == "held_by"
            answer = self.sides.side(content.value) if is_party else content.value
            yield self._piece(claim, content.subject, Told(content.predicate, answer))
        elif isinstance(content, RelationRecord) and content.relation == "controls":
            is_part = self.may_tell(claim, OF_A_SHARE) and is_of_a_part(self.wording_of(claim))
            factor = self.settings.partial if is_part else 1.0
            holder, is_own_word = self.sides.side(content.subject), self._is_own_word(claim)
            told = Told("held_by", holder, factor=factor, is_own_word=is_own_word)
            piece = self._piece(claim, content.object, told)
            is_some = self._is_of_some(claim)
            yield as_foothold(piece, self.settings.foothold) if is_some else piece
            yield from () if is_some else self._presupposed(claim, content.object, told)
        elif isinstance(content, Event):
            yield from self._control(claim, content, others)
            yield from self._siege(claim, content, others)
            yield from self._roads(claim, content, others.apart)
            yield from self._crossings(claim, content)

    def _comer(self, told: Comers, place: str, day: dt.date) -> str | None:
        return only_comer(told.get(place, ()), day, self.settings.before_days)

    def _control(self, claim: Claim, event: Event, others: _Others) -> Iterator[Evidence]:
        if event.type not in GAINS_OR_LOSSES:
            return
        named = next((side for side in map(self.sides.side, event.actors) if side not in self.sides.unarmed), None)
        is_gain = event.type in GAINS
        if named is None and is_gain and (event.type != "capture" or event.actors):
            return
        is_part = is_gain and self.may_tell(claim, OF_A_PART) and PARTLY.search(self._sentence(claim))
        of_a_part = self.settings.partial if is_part else 1.0
        of_around = self.settings.in_area if self._is_around(claim, event) else 1.0
        for place, reached in self._reached(event):
            factor = min(reached, of_around)
            actor = named or (self._comer(others.comers, place, day_of(claim)) if is_gain else None)
            if is_gain and actor is None:
                continue
            if event.type == "siege_lifted" and _may_be_own_siege(
                event, actor, others.besiegers.get(place, frozenset())
            ):
                continue  # a besieger who lifts his own siege does not hold the place for that, nor does who may be one
            answer, leaver = (actor or UNKNOWN, None) if is_gain else (UNKNOWN, actor)
            told = Told("held_by", answer, leaver, factor * of_a_part, is_own_word=is_gain and self._is_own_word(claim))
            yield self._piece(
                claim,
                place,
                told,
                is_partial=factor < 1.0,
                changed_by=_changed_by(claim, event) if factor == 1.0 else None,
                is_dated=event.when is not None and event.when.from_ is not None,
            )
            yield from self._presupposed(claim, place, told)

    def _denied(
        self, claim: Claim, takers: Mapping[str, list[tuple[dt.date, str]]], others: _Others
    ) -> Iterator[Evidence]:
        """Yield what a denied change of hands tells: who did not take a place lacks it, who did not lose it has it.

        So does a denied siege, or a denied end of one. Where nobody is named, it is who was last told to have taken it.
        """
        event = claim.content
        if not isinstance(event, Event):
            return
        if event.type in DENIED_SIEGES:
            for place in self._ringed(event):
                factor = self._own_denial(claim, event, others.besiegers.get(place, frozenset()))
                factor = min(factor, self._own_lasting(claim, place, others))
                yield self._piece(claim, place, Told("besieged", DENIED_SIEGES[event.type], factor=factor))
        if event.type not in CHANGES_HANDS:
            return
        named = next((side for side in map(self.sides.side, event.actors) if side not in self.sides.unarmed), None)
        is_gain = event.type in GAINS
        for place in self._points(event):
            actor = named or (last_taker(takers.get(place, ()), day_of(claim)) if is_gain else None)
            if actor is not None:
                told = Told("held_by", UNKNOWN, actor) if is_gain else Told("held_by", actor)
                yield replace(self._piece(claim, place, told), is_denial=is_gain)

    def _own_denial(self, claim: Claim, event: Event, told: frozenset[str]) -> float:
        """Return the factor of a siege that is denied by those who are told to lay it: they gain by that.

        Where the denied siege names nobody, those are who other claims tell to besiege the place.
        """
        besieging = {self.sides.side(actor) for actor in event.actors} or told
        denying = {self.sides.side(speaker) for speaker in claim.speakers}
        is_own = event.type == "siege" and bool(denying) and denying <= besieging
        return self.settings.own_success if is_own else 1.0

    def _own_lasting(self, claim: Claim, place: str, others: _Others) -> float:
        """Return the factor of a siege that lasts on the word of those alone whose siege is told to be broken."""
        broken = {
            side
            for day, side in others.relieved.get(place, ())
            if abs((day_of(claim) - day).days) <= self.settings.before_days
        }
        speakers = {self.sides.side(speaker) for speaker in claim.speakers}
        return self.settings.own_success if speakers and speakers <= broken else 1.0

    def _is_own_word(self, claim: Claim) -> bool:
        if claim.certainty != "claimed":
            return False
        if len(claim.speakers) > 1 and each_of_itself(self.wording_of(claim)):
            return True
        return self.may_tell(claim, OF_A_CLAIM) and is_own_word(self.wording_of(claim))

    def _doubted(self, claim: Claim, told: Told) -> Told:
        """Let what nobody vouches for count for little, whatever it tells of."""
        may_be = claim.certainty == "claimed" and self.may_tell(claim, OF_A_RUMOUR)
        is_one = may_be and is_rumour(self.wording_of(claim), is_spoken=bool(claim.speakers))
        return dataclasses.replace(told, factor=told.factor * self.settings.rumour) if is_one else told

    def _is_of_whole(self, claim: Claim) -> bool:
        is_part = self.may_tell(claim, OF_A_PART) and PARTLY.search(self._sentence(claim))
        is_share = self.may_tell(claim, OF_A_SHARE) and is_of_a_part(self.wording_of(claim))
        return not (is_part or is_share or self._is_of_some(claim))

    def _is_of_some(self, claim: Claim) -> bool:
        return self.may_tell(claim, OF_ITS_SITES) and is_of_some(self.wording_of(claim))

    def _is_around(self, claim: Claim, event: Event) -> bool:
        is_asked = event.type == "hold" and self.may_tell(claim, OF_A_NEIGHBOURHOOD)
        return is_asked and is_near(self.wording_of(claim))

    def _sentence(self, claim: Claim) -> str:
        return self.wording_of(claim).sentence

    def _presupposed(self, claim: Claim, place: str, told: Told) -> Iterator[Evidence]:
        """Yield that another side held a place until the day on which one says that it took it, or that it is left."""
        if claim.certainty != "claimed" or not self.weigher.is_own_success(claim, told):
            return
        if len(claim.speakers) > 1 and told.is_own_word:  # both claim to hold it: each tells of itself alone
            return
        if not tells_of_another(claim) or (self.may_tell(claim, OF_A_LASTING) and lasts(self.wording_of(claim))):
            return
        if told.leaver is not None:
            yield former(
                self._piece(claim, place, Told("held_by", told.leaver)), told.leaver, self.settings.before_days
            )
        else:
            lost = replace(self._piece(claim, place, Told("held_by", UNKNOWN)), left_by=told.answer)
            yield former(lost, UNKNOWN, self.settings.before_days)

    def _reached(self, event: Event) -> Iterator[tuple[str, float]]:
        """Yield the places that an event tells of; where it tells of areas and roads alone, those in and on them."""
        points = self._points(event)
        yield from ((place, 1.0) for place in points)
        if not points:
            within = (p for named in event.places for p in places_within(self.crisis.geography, named))
            yield from ((place, self.settings.in_area) for place in dict.fromkeys(within))

    def _siege(self, claim: Claim, event: Event, others: _Others) -> Iterator[Evidence]:
        answer = {"siege": "yes", "siege_lifted": "no"}.get(event.type)
        if answer:
            for place in self._ringed(event):
                factor = self._own_lasting(claim, place, others) if answer == "yes" else 1.0
                piece = self._piece(claim, place, Told("besieged", answer, factor=factor))
                yield self._turned(piece, claim, event)
                if answer == "no":
                    yield former(piece, "yes", self.settings.before_days)

    def _roads(self, claim: Claim, event: Event, apart: Apart) -> Iterator[Evidence]:
        answer = ROAD_EVENTS.get(event.type)
        if answer is None:
            return
        shut, floor = self.p_shut, self.settings.stretch_floor
        is_anew = answer == "no" and tells_anew(event.text, partial(self._sentence, claim))
        graph = self.crisis.geography
        one_place = len(ends_told(graph, event.places)) == 1
        others = (
            apart.get((report_of(claim), self._sentence(claim)), frozenset()) if apart and one_place else frozenset()
        )
        is_all = self.may_tell(claim, OF_EACH) and tells_all(*self.wording_of(claim), is_told_apart=bool(others))
        is_one_of_several = not is_all and one_place
        for road, share in roads_meant(graph, event.places, shut, floor, is_whole=answer == "yes", is_all=is_all):
            if road in others:
                continue
            piece = self._turned(self._piece(claim, road, Told("passable", answer)), claim, event)
            part = replace(piece, reliability=piece.reliability * share, is_partial=True) if share < 1.0 else piece
            yield part
            if is_anew:
                told = part if is_one_of_several else piece
                yield former_stretch(told, self.settings.before_days, is_one_of_several=is_one_of_several)

    def _crossings(self, claim: Claim, event: Event) -> Iterator[Evidence]:
        if event.type not in ("crossing_closed", "crossing_opened"):
            return
        is_opening = event.type == "crossing_opened"
        told = crossing_words(own_words(*self.wording_of(claim), is_opening=is_opening), is_opening=is_opening)
        is_mostly_open = is_opening or told.is_of_some
        share = 1 - self.settings.closed_to_most if is_mostly_open else self.settings.closed_to_most
        whole = "open" if is_opening else "closed"
        policies = {whole: share, "restricted": 1 - share} if told.is_in_part else {whole: 1.0}
        for crossing in crossings_meant(self.crisis, event.places, partial(self._sentence, claim)):
            for policy, part in policies.items():
                piece = self._turned(self._piece(claim, crossing, Told("policy", policy)), claim, event)
                reliability = shared(piece.reliability, part)
                yield replace(piece, reliability=reliability, terms=told.terms, per_day=told.per_day)

    def _turned(self, piece: Evidence, claim: Claim, event: Event) -> Evidence:
        """Mark what tells that a siege, a road or a crossing is another than before, and whether it tells the day."""
        is_dated = event.when is not None and event.when.from_ is not None
        if self.may_tell(claim, BRIEFLY) and was_brief(self.wording_of(claim).before, self.wording_of(claim).behind):
            piece = replace(piece, ends=claim.valid.until or piece.day + dt.timedelta(days=1))
        return replace(
            piece, is_dated=is_dated, is_turn=is_turn(event.type, event.text, partial(self._sentence, claim))
        )

    def _points(self, event: Event) -> tuple[str, ...]:
        return self._not_of(NO_POINTS, event)

    def _ringed(self, event: Event) -> tuple[str, ...]:
        return self._not_of(NEVER_BESIEGED, event)

    def _not_of(self, kinds: frozenset[str], event: Event) -> tuple[str, ...]:
        by_id = self.crisis.geography.place_by_id
        named = (place for place in event.places if place not in self.crisis.geography.road_ids)
        return tuple(place for place in named if place not in by_id or by_id[place].kind not in kinds)

    def _piece(
        self,
        claim: Claim,
        subject: str,
        told: Told,
        *,
        is_partial: bool = False,
        changed_by: dt.date | None = None,
        is_dated: bool = False,
    ) -> Evidence:
        return Evidence(
            subject,
            told.predicate,
            told.answer,
            day_of(claim),
            self.weigher.weigh(claim, self._doubted(claim, told)),
            claim.id,
            (told.answer,) if told.is_own_word else self.weigher.voice(claim),
            ends=claim.valid.until if _is_lasting(claim) else None,
            is_partial=is_partial,
            left_by=told.leaver,
            changed_by=changed_by,
            is_dated=is_dated,
            told_in=claim.source.report if isinstance(claim.source, TextSpan) else claim.id,
        )


def _changed_by(claim: Claim, event: Event) -> dt.date | None:
    """Return the last day on which an event may have changed who holds a place; None where it is no such event."""
    if event.type not in CHANGES_HANDS:
        return None
    known = day_known(claim.known_at)
    return min(known, claim.valid.until - dt.timedelta(days=1)) if claim.valid.until else known


def _is_lasting(claim: Claim) -> bool:
    """Whether a claim tells a state with a beginning and an end, not a happening of a day."""
    content = claim.content
    return not isinstance(content, Event) or content.type in ("siege", "position")


def _may_be_own_siege(event: Event, actor: str | None, besiegers: frozenset[str]) -> bool:
    """Whether who lifts a siege laid it, or may have: 'lifted their siege', 'lifted the siege' of who knows whom.

    Where others are told to besiege the place, who lifts the siege relieves it.
    """
    if actor in besiegers or OWN_SIEGE.search(event.text) is not None:
        return True
    return not besiegers and GIVEN_UP.search(event.text) is not None


def day_of(claim: Claim) -> dt.date:
    """Return the day from which a claim holds: where it tells only an end before it became known, the last before that.

    "Retaken by 2 April": on that day, at the latest, it was. Where it tells no day, the day it became known.
    """
    known = day_known(claim.known_at)
    ended = claim.valid.until - dt.timedelta(days=1) if claim.valid.until else known
    return claim.valid.from_ or min(known, ended)
