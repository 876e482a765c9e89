"""Repeats: what one voice says, told in several reports in words of their own (docs/lineage.md: REPEAT-1)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tidings.core.dates import day_known
from tidings.evidence.claim import Claim, Reviewer
from tidings.evidence.reading import Event, Figure
from tidings.evidence.successions import Successor
from tidings.evidence.tellings import are_of_one_time, claim_start, day_told, sureness
from tidings.evidence.voices import Voices, is_named

KEPT = 8
"""Earlier tellings of one matter by one voice that a later one is held against."""
UNROUNDED_DIGITS = 4
"""Digits before the closing zeros by which two numbers are hardly the same by chance: 77,312, not 77,300."""

Matter = tuple[object, ...]
"""What is told, at one place."""
Key = tuple[int, str, tuple[str, ...]]
"""The number of a matter; voice, publisher or number; and who."""


def repeats_of(claims: Iterable[Claim], voices: Voices, successors: Mapping[str, Successor]) -> dict[str, str]:
    """Return, for every claim that another report told before by the same voice, the first that did.

    Parameters
    ----------
    claims
        Without copies.
    successors
        A number that its voice has replaced and tells again is a new count.

    Notes
    -----
    Rule REPEAT-1 in docs/lineage.md. The earlier known is the first; of one day, what a report says in its own words
    goes before what it has from others, then the smaller id of the report: the order of adding plays no part.
    """
    heard, found = _Heard(voices, successors), dict[str, str]()
    numbers: dict[Matter, int] = {}
    for claim in sorted(claims, key=_order):
        matters = tuple(numbers.setdefault(matter, len(numbers)) for matter in _matters(claim))
        first = heard.first(claim, matters)
        if first is not None and _report(first) != _report(claim):
            found[claim.id] = first.id
        heard.add(claim, first or claim, matters)
    return found


def _order(claim: Claim) -> tuple[object, ...]:
    has_from_others = (bool(claim.relayed_by), is_named(claim))
    return day_known(claim.known_at), *has_from_others, _report(claim), claim_start(claim), claim.id


def _report(claim: Claim) -> str:
    return "" if isinstance(claim.source, Reviewer) else claim.source.report


def _matters(claim: Claim) -> Iterator[Matter]:
    """Yield what a figure or an event tells of each of its places: what several places share, one suffices to find."""
    content = claim.content
    if isinstance(content, Figure):
        number = (content.value, content.low, content.high)
        for place in {*content.at, *content.origin, *content.destination} or {""}:
            yield sureness(claim), content.status, content.unit, content.measure, *number, place
    elif isinstance(content, Event):
        for place in sorted(set(content.places)):
            yield sureness(claim), content.type, place


@dataclass(slots=True)
class _Telling:
    """A claim, and the first of those that it repeats; itself, if none."""

    claim: Claim
    first: Claim
    named: tuple[str, ...] = ()
    """Who is named as the speaker of an unrounded figure, here or in a repeat."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What has been told so far."""

    voices: Voices
    successors: Mapping[str, Successor]
    tellings: dict[Key, deque[_Telling]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=KEPT)))
    """By matter and voice, by matter and publisher, and by matter alone for unrounded figures."""

    def add(self, claim: Claim, first: Claim, matters: Iterable[int]) -> None:
        for matter in matters:
            telling = _Telling(claim, first)
            self.tellings[matter, "voice", self.voices(claim)].append(telling)
            self.tellings[matter, "publisher", self.voices.publisher(claim)].append(telling)
            if first is claim and _is_unrounded(claim):
                telling.named = self.voices(claim) if is_named(claim) else ()
                self.tellings[matter, "number", ()].append(telling)

    def first(self, claim: Claim, matters: Iterable[int]) -> Claim | None:
        """Return the first telling that a claim repeats, if any."""
        for matter in matters:
            for key in self._keys(claim, matter):
                for telling in self.tellings.get(key, ()):
                    if self._is_same(claim, telling.claim):
                        return telling.first
        return self._same_number(claim, matters) if _is_unrounded(claim) else None

    def _keys(self, claim: Claim, matter: int) -> Iterator[Key]:
        """Yield where a telling would be that a claim repeats: by its voice, or by the publisher whom it names."""
        named = (claim.relayed_by,) if claim.relayed_by else ()
        for voice in dict.fromkeys((self.voices(claim), named)):
            if voice:
                yield matter, "voice", voice
            if voice and is_named(claim):
                yield matter, "publisher", voice

    def _is_same(self, claim: Claim, earlier: Claim) -> bool:
        successor = self.successors.get(earlier.id)
        is_replaced = successor is not None and successor.day <= day_told(claim)
        return not is_replaced and are_of_one_time(claim, earlier) and _have_one_actor(claim, earlier)

    def _same_number(self, claim: Claim, matters: Iterable[int]) -> Claim | None:
        """Return the first telling of an unrounded number: one of the two names nobody, or it is the same voice."""
        for matter in matters:
            for telling in self.tellings.get((matter, "number", ()), ()):
                if (is_named(claim) and telling.named) or not self._is_same(claim, telling.claim):
                    continue
                telling.named = telling.named or (self.voices(claim) if is_named(claim) else ())
                return telling.first
        return None


def _is_unrounded(claim: Claim) -> bool:
    value = claim.content.value if isinstance(claim.content, Figure) else None
    return value is not None and len(f"{value:.0f}".rstrip("0")) >= UNROUNDED_DIGITS


def _have_one_actor(claim: Claim, earlier: Claim) -> bool:
    a, b = (set(each.content.actors) if isinstance(each.content, Event) else set() for each in (claim, earlier))
    return not (a and b) or bool(a & b)
