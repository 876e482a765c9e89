"""An event as a sentence tells it, and the sentence with what is known of its places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tidings.evidence.extract.clause_parts import Line, is_apart
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.ways import CROSSING_TYPES, ROAD_TYPES, last_object
from tidings.evidence.extract.ways_aside import is_aside, own_object

WAY_TYPES = ROAD_TYPES | CROSSING_TYPES
AREA_TYPES = frozenset(["capture", "loss", "siege", "territory_transferred"])
"""Types whose place is what is taken: a whole country or border is not."""


DENYING = frozenset(["no", "longer", "cannot", "can't", "never"])
"""What may stand, beside helpers, between a pronoun and what is told of it: 'it can no longer be used'."""
How = Literal["noun", "adjective", "active", "passive", "itself", "ended"]
"""How words stand to their arguments; `ended`: they end what the words before tell."""
Argument = Literal["actors", "targets", "places"]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a sentence tells it: words[first:last], mentions of its arguments."""

    sense: TriggerSense
    first: int
    last: int
    actors: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    place_word: int | None = None
    """A word that stands for a place or a way told before, or asks for it: 'the capture of that'."""
    headed: bool = False
    """It names no place, and tells of the one that the heading above it names."""
    how: How = "noun"
    """How its words stand to their arguments."""
    lent: tuple[tuple[Argument, str], ...] = ()
    """Arguments that another telling lent, each with why."""


@dataclass(frozen=True)
class Reading:
    """A sentence and what is known of its places."""

    line: Line
    kind_of: Callable[[str], str | None]
    """Kind of a place by its id."""
    armed: frozenset[str] = frozenset()
    """Parties that fight."""
    before: Line | None = None
    """The sentence before, for what a pronoun stands for."""

    def is_area(self, mention: Mention) -> bool:
        """Whether a place can be captured or held, and is not only where another is told from."""
        return self.is_held(mention) and not is_apart(self.line, mention)

    def is_held(self, mention: Mention) -> bool:
        """Whether a place is of a kind that can be captured or held."""
        return self.kind_of(mention.id) not in ("country", "region", "border", "crossing", "road")

    def object_in(self, name: str, first: int, last: int) -> tuple[int, int] | None:
        """Return where the first thing of a list stands in words[first:last]; a way that is only beside it is none."""
        return own_object(self.line, self.kind_of, name, first, last)

    def way_before(self, sense: TriggerSense, first: int) -> int | None:
        """Return the pronoun before a verb that stands for a way told before: 'unless it is reopened'."""
        name = sense.object or sense.subject
        if sense.type not in WAY_TYPES or name is None:
            return None
        words, passable = self.line.words, event_words("be", "between", "verb_openers") | DENYING
        at = next((n for n in range(first - 1, -1, -1) if words[n].key not in passable), None)
        if at is None or words[at].key not in event_words("generic_places"):
            return None
        told = last_object(self.line, self.kind_of, name, 0, at)
        if told is not None:
            return None if is_aside(self.line, told[0], -1) else at
        return at if self.before and own_object(self.before, self.kind_of, name, -1, len(self.before.words)) else None
