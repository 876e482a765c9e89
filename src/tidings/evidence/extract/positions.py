"""Where forces stand: 'the army was 5 km from X'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.modality import judge, judged
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.times import when_of
from tidings.evidence.extract.trail import Because, Why, timed
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import Attribution, Event

NUMBERS = frozenset(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty"])
REACH = 8
"""Words behind 'from' within which the place must begin."""


def find_positions(
    document: Document,
    places: Mentions,
    parties: Mentions,
    armed: frozenset[str],
    attributions: tuple[Attribution, ...],
    published: dt.date | None,
) -> list[Made]:
    """Find the sentences that tell how far an armed party is from a place."""
    found = []
    for words in document.words:
        actors = [mention.id for mention in parties.within(words[0].start, words[-1].end) if mention.id in armed]
        for first, last, place in _first_of_each(_distances(words, places)):
            before = [m for m in parties.within(words[0].start, words[first].start) if m.id in armed]
            if actors and before:
                start, end = words[first].start, words[last].end
                judgement = judge(document, start, end, attributions)
                when = when_of(document, start, end, published)
                event = Event(
                    id="", type="position", start=start, end=end, text=document.report.text[start:end],
                    actors=(before[0].id,), places=(place.id,), when=when,
                    certainty=judgement.certainty, attribution=judgement.attribution,
                )  # fmt: skip
                told = _why(words[first : last + 1], before[0], place)
                found.append(Made(event, (*told, *judged(judgement, attributions), *timed("when", when))))
    return found


def _why(distance: Sequence[Word], actor: Mention, place: Mention) -> tuple[Why, ...]:
    """Return what gave a position its fields."""
    rule = f"places.yaml lengths_km: '{distance[-1].key}' behind a number, and a verb of being or coming before it"
    return (
        ("type", Because(rule, distance[0].start, distance[-1].end)),
        ("actors", Because("positions: the first armed party before the distance", actor.start, actor.end)),
        ("places", Because("positions: behind 'from' or 'of'", place.start, place.end)),
    )


def _first_of_each(found: Iterable[tuple[int, int, Mention]]) -> list[tuple[int, int, Mention]]:
    """Keep one distance a place: '8 km (5 miles) from X' is told twice."""
    kept: dict[str, tuple[int, int, Mention]] = {}
    for distance in found:
        kept.setdefault(distance[2].id, distance)
    return list(kept.values())


def _distances(words: Sequence[Word], places: Mentions) -> Iterator[tuple[int, int, Mention]]:
    """Yield first and last word and the place of each '5 km from …' with a verb of being or bringing before it."""
    lengths = load_lexicon("places")["lengths_km"]
    for at in range(1, len(words) - 1):
        if words[at].key not in lengths or not _is_number(words[at - 1]):
            continue
        origin = next((n for n in range(at + 1, min(at + 9, len(words))) if words[n].key in ("from", "of")), None)
        if origin is None or not _stands(words, at):
            continue
        near = places.within(words[origin].end, words[min(origin + REACH, len(words) - 1)].end)
        if near:
            yield at - 1, at, near[0]


def _is_number(word: Word) -> bool:
    return word.text[0].isdecimal() or word.key in NUMBERS


def _stands(words: Sequence[Word], at: int) -> bool:
    verbs = ("is", "are", "was", "were", "brought", "bring", "brings", "within", "reached", "stood", "stand", "came")
    return any(word.key in verbs for word in words[max(0, at - 7) : at])
