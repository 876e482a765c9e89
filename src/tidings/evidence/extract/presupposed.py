"""What is taken for granted: a 'besieged' town, and 'the siege' whose end is demanded, supposed or denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.modality import Judgement
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import Certainty

OPEN: frozenset[Certainty] = frozenset(["demanded", "projected", "conditional", "denied"])
"""What is not said to be so."""
KNOWN = frozenset(["the", "its", "their"])
"""What stands before a siege that is taken for granted."""
LIFTED_REACH = 12
"""Words behind 'the siege' within which it is lifted."""
REACH = 6
"""Words behind 'lift' within which the siege is named."""


def as_given(judgement: Judgement, how: str) -> Judgement:
    """Return how certain words are that are taken for granted: as their speaker has it, else as the writer does.

    Who denies something about a besieged town does not say that it is besieged: that is the writer's word. Who
    denies that 'the siege' was lifted says that it lasts: that is his own.
    """
    if judgement.certainty == "denied" and how == "adjective":
        return Judgement("stated")
    if judgement.certainty not in OPEN:
        return replace(judgement, condition=None)
    return replace(judgement, certainty="claimed" if judgement.attribution else "stated", condition=None)


def is_given(words: Sequence[Word], first: int, type_: str, how: str, certainty: Certainty) -> bool:
    """Whether an event's words take it for granted: 'the besieged town', 'called for the siege to be lifted'."""
    if how == "adjective":
        return True
    is_known = first > 0 and words[first - 1].key in KNOWN
    if type_ != "siege" or how != "noun" or certainty not in OPEN or not is_known:
        return False
    lifted = event_words("lifted")
    return certainty == "demanded" or any(word.key in lifted for word in words[first : first + LIFTED_REACH])


def sieges_to_be_lifted(document: Document, made: Sequence[Made]) -> Iterator[Made]:
    """Yield the sieges whose lifting is only demanded, supposed or denied, where nothing else tells of them."""
    told = {(place, document.sentence_at(m.event.start).number) for m in made if m.event.type == "siege"
            for place in m.event.places}  # fmt: skip
    for each in made:
        event = each.event
        sentence = document.sentence_at(event.start).number
        if event.type != "siege_lifted" or event.certainty not in OPEN or not event.places:
            continue
        span = _siege_in(document.words[sentence], event)
        if span is None or any((place, sentence) in told for place in event.places):
            continue
        siege = Event(
            id="", type="siege", start=span[0], end=span[1], text=document.report.text[slice(*span)],
            places=event.places, certainty="claimed" if event.attribution else "stated", attribution=event.attribution,
        )  # fmt: skip
        because = Because("presupposed: what is to be lifted is there", *span)
        fields = ("type", "certainty", "places", *(["attribution"] if event.attribution else []))
        yield Made(siege, tuple((field, because) for field in fields))


def _siege_in(words: Sequence[Word], event: Event) -> tuple[int, int] | None:
    for at, word in enumerate(words):
        if word.start < event.start - 60 or word.start > event.end + 60:
            continue
        found = listed("sieges").at(words, at)
        if found and (event.start <= word.start < event.end or _near(words, at, event)):
            return word.start, words[found[0] - 1].end
    return None


def _near(words: Sequence[Word], at: int, event: Event) -> bool:
    between = [w for w in words if min(event.start, words[at].start) <= w.start < max(event.start, words[at].start)]
    return len(between) <= REACH + len(event.text.split())
