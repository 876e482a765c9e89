"""Ways that are told to stay as they are: 'will remain open for three months' tells that it is open now."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tidings.evidence.extract.event_told import WAY_TYPES
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.words import Document

_STAYS = re.compile(
    r"\b(?:will|would|shall|(?:is|are|was|were) (?:likely|expected|set|due|scheduled|to)(?: to)?)"
    r"(?: \w+ly)?(?: still)? (?:remain|stay|continue to (?:be|stay|remain)|be kept)(?: \w+){1,2}$",
    re.IGNORECASE,
)
"""Up to the word for open or closed."""
_NOT_YET = re.compile(r"\b(?:once|when|if|unless|after|should|not|never|no longer)\b", re.IGNORECASE)
"""Before it, these tell of a time or a case to come in which it would be so, or that it would not."""


def with_lasting(document: Document, made: Iterable[Made]) -> list[Made]:
    """Return the events with each way that is told to stay open, or closed, as one that is so by then."""
    return [_as_now(document, each) for each in made]


def _as_now(document: Document, made: Made) -> Made:
    event = made.event
    if event.type not in WAY_TYPES or event.certainty != "projected":
        return made
    opening = document.sentence_at(event.start).start
    told = document.body[opening : event.end]
    stays = _STAYS.search(told)
    if stays is None or _NOT_YET.search(told):
        return made
    certainty = "claimed" if event.attribution else "stated"
    because = Because("ways_lasting: what will stay so is so", opening + stays.start(), event.end)
    kept = (why for why in made.why if why[0] != "certainty")
    return Made(event.model_copy(update={"certainty": certainty}), (("certainty", because), *kept))
