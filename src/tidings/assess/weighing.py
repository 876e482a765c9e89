"""How much one claim is worth as evidence: from its certainty, its source's grade and whose success it tells of.

All is done on odds: a reliability :math:`r` is odds :math:`r / (1 - r)`, and each thing that speaks for or against
the claim multiplies them (WEIGH-1 in docs/assess.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from tidings.assess.reconcile import UNKNOWN
from tidings.assess.settings import AssessSettings
from tidings.assess.sides import Sides
from tidings.assess.sources import SourceBook
from tidings.evidence.claim import Claim
from tidings.evidence.voices import Voice, Voices

NOBODY = ("the writer",)
"""The voice of a report whose publisher is not known."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim answers, as far as it matters who says it."""

    predicate: str
    answer: str
    leaver: str | None = None
    """The side that is told to hold it no more."""
    factor: float = 1.0
    """What else multiplies the odds: that only a part is told of, or only what lies around."""
    is_own_word: bool = False
    """Whether, by its words, it is the holder who claims it, though nobody is named as a speaker."""


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs the claims of one crisis."""

    settings: AssessSettings
    sides: Sides
    sources: SourceBook
    voices: Voices
    first_of: Mapping[str, Claim]
    """By the id of a claim that repeats a voice: what that voice told first."""
    twins: Mapping[str, tuple[Claim, ...]]
    """By the id of a claim: its copies of the same day, any of which may have been the first."""
    _grades: dict[Voice, float] = field(default_factory=dict)
    """By who tells it: the factor of the grade."""
    _successes: dict[tuple[Voice, str, str | None], bool] = field(default_factory=dict)
    """By who tells what of whom: whether all of them gain by it."""
    _failures: dict[tuple[Voice, str, str | None], bool] = field(default_factory=dict)

    def voice(self, claim: Claim) -> Voice:
        """Return who answers for a claim; for a repeat, whoever told it first."""
        return self.voices(self.first_of.get(claim.id, claim)) or NOBODY

    def weigh(self, claim: Claim, told: Told) -> float:
        """Return the reliability of a claim; one that rests on the voice of another is worth no more than that."""
        first, weight = self.first_of.get(claim.id, claim), self._alone(claim, told)
        for twin in self.twins.get(claim.id, ()):
            weight = max(weight, self._alone(twin, told))
        if first is claim or self.voices(first) == self.voices(claim):
            return weight
        return min(weight, self._alone(first, told))

    def _alone(self, claim: Claim, told: Told) -> float:
        rule = self.settings
        is_first_hand = claim.certainty == "stated" or (claim.certainty == "denied" and not claim.speakers)
        base = rule.stated if is_first_hand else rule.claimed
        odds = base / (1 - base) * self._grade(claim) * self._stake(claim, told) * told.factor
        return min(odds / (1 + odds), rule.ceiling)

    def _grade(self, claim: Claim) -> float:
        relayed = (claim.relayed_by,) if claim.relayed_by else ()
        names = (*claim.speakers, *relayed, *self.voices.publisher(claim))
        if names not in self._grades:
            grade = next((grade for name in names if (grade := self.sources.grade(name))), None)
            self._grades[names] = 1.0 if grade is None else grade_factor(grade, self.settings)
        return self._grades[names]

    def _stake(self, claim: Claim, told: Told) -> float:
        """Return the factor for what all who say it would gain or lose by its being so."""
        if told.predicate != "held_by":
            return 1.0
        if self.is_own_success(claim, told):
            return self.settings.own_success
        return self.settings.against_interest if self._is_own_failure(claim, told) else 1.0

    def is_own_success(self, claim: Claim, told: Told) -> bool:
        """Whether all who say it would gain by its being so."""
        if told.is_own_word:
            return True
        asked = (self.voice(claim), told.answer, told.leaver)
        if asked not in self._successes:
            self._successes[asked] = all(self._gains(voice, told) for voice in asked[0])
        return self._successes[asked]

    def _is_own_failure(self, claim: Claim, told: Told) -> bool:
        """Whether all who say it would lose by its being so."""
        asked = (self.voice(claim), told.answer, told.leaver)
        if asked not in self._failures:
            self._failures[asked] = all(self._loses(voice, told) for voice in asked[0])
        return self._failures[asked]

    def _gains(self, voice: str, told: Told) -> bool:
        interests = self.sources.interests(voice)
        return told.answer in interests or (told.leaver is not None and self._fights(interests, told.leaver))

    def _loses(self, voice: str, told: Told) -> bool:
        interests = self.sources.interests(voice)
        if told.leaver is not None:
            return told.leaver in interests
        return told.answer != UNKNOWN and self._fights(interests, told.answer)

    def _fights(self, sides: frozenset[str], other: str) -> bool:
        return any(self.sides.face(side, other) for side in sides & self.sides.armed)


def grade_factor(grade: str, settings: AssessSettings) -> float:
    """Return the odds factor of an Admiralty grade: with a number, the geometric mean of the letter's and its own.

    Examples
    --------
    >>> from tidings.assess.settings import load_settings
    >>> grade_factor("A", load_settings()), grade_factor("C3", load_settings())
    (2.0, 1.0)
    """
    letters, digits = dict(settings.letters), dict(settings.digits)
    parts = [float(letters[grade[0]])] + [float(digits[digit]) for digit in grade[1:]]  # type: ignore[index]
    return math.prod(parts) ** (1 / len(parts))
