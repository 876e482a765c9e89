"""Speeches that contradict one another over two sentences: other answers to one question, and denials of a claim."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import line_at
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, Event

NEAR = 2
"""Sentences from a speech to the one that contradicts it."""
LEAST_OVERLAP = 0.3
"""Least part of the shorter speech's content words in the other one, for both to be on one question."""
SHORTEST_WORD = 4
"""Letters below which a word is no content word."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two speeches on one question; `topic` is what both are about, empty where no word is shared."""

    first: Attribution
    second: Attribution
    topic: str
    is_denial: bool = False


def contradictions(
    document: Document, attributions: Sequence[Attribution], events: Sequence[Event]
) -> Iterator[Contradiction]:
    """Find speeches that are set against the speech before them.

    Two speakers in neighbouring sentences of a paragraph contradict one another where they speak of the same thing
    (they share a content word) and the text marks the contrast: by "but" or "however" before the second, by a word
    that narrows what is said ("mainly", "only", "instead"), by a "not" in one of them alone, or by an announcement
    ("accounts differ"). A denial contradicts the claim before it where both speak of one thing or of one kind of
    event.
    """
    spoken = [speech for speech in attributions if speech.content]
    events = sorted(events, key=lambda event: event.start)
    for first, second in pairwise(spoken):
        if not _are_neighbours(document, first, second):
            continue
        shared = _shared(document, first, second)
        if _is_denial(document, second):
            if shared or _tells_of_claim(document, second) or _is_one_family(document, first, second, events):
                yield Contradiction(first, second, _topic(document, first, shared), is_denial=True)
        elif shared and _is_set_against(document, first, second, _overlap(document, first, second)):
            yield Contradiction(first, second, _topic(document, first, shared))


def _are_neighbours(document: Document, first: Attribution, second: Attribution) -> bool:
    """Whether two speeches are of one paragraph, in different sentences no farther apart than `NEAR`."""
    one, two = (document.sentence_at(speech.content[0][0]) for speech in (first, second))
    return one.paragraph == two.paragraph and 0 < two.number - one.number <= NEAR


def _words(document: Document, speech: Attribution) -> list[tuple[str, int, int]]:
    """Return the words said, each with its offsets."""
    found: list[tuple[str, int, int]] = []
    for start, end in speech.content:
        line = line_at(document, start)
        first, last = line.cover(start, min(end, line.sentence.end))
        found += [(line.words[i], line.tokens[i].start, line.tokens[i].end) for i in range(first, last)]
    return found


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_WORD:
            return word[: -len(ending)]
    return word


def _content_stems(document: Document, speech: Attribution) -> frozenset[str]:
    """Return the content words of a speech; names are left out: to speak of one place is not to answer one question."""
    text = document.report.text
    told = (word for word, start, _ in _words(document, speech) if text[start].islower() and len(word) >= SHORTEST_WORD)
    return frozenset(_stem(word) for word in told if word not in _function_words())


@cache
def _function_words() -> frozenset[str]:
    classes = ("auxiliaries", "prepositions", "determiners", "adverbs", "pronouns")
    return word_set("contrasts", "empty").union(*(word_set("grammar", name) for name in classes))


def _shared(document: Document, first: Attribution, second: Attribution) -> frozenset[str]:
    return _content_stems(document, first) & _content_stems(document, second)


def _topic(document: Document, speech: Attribution, shared: frozenset[str]) -> str:
    """Return the first run of words of a speech that the other one shares, as written."""
    told = _words(document, speech)
    first = next((i for i, (word, _, _) in enumerate(told) if _stem(word) in shared), None)
    if first is None:
        return ""
    last = first
    while last + 1 < len(told) and _stem(told[last + 1][0]) in shared:
        last += 1
    before = told[first - 1][0] if first else ""
    first -= before.isalpha() and before not in _function_words()
    return document.report.text[told[first][1] : told[last][2]]


def _overlap(document: Document, first: Attribution, second: Attribution) -> float:
    """Return which part of the content words of the shorter speech the other one shares."""
    said = [_content_stems(document, speech) for speech in (first, second)]
    return len(said[0] & said[1]) / max(1, min(map(len, said)))


def _is_set_against(document: Document, first: Attribution, second: Attribution, overlap: float) -> bool:
    line = line_at(document, second.content[0][0])
    if line.words[0] in word_set("contrasts", "openers") or _is_announced(document, first):
        return True
    narrowing = word_set("contrasts", "narrowing")
    said = [{word for word, _, _ in _words(document, speech)} for speech in (first, second)]
    if said[0] & narrowing or said[1] & narrowing:
        return overlap >= LEAST_OVERLAP and not said[1] & word_set("contrasts", "agreeing")
    negations = word_set("modality", "negations")
    return overlap > 2 * LEAST_OVERLAP and bool(said[0] & negations) != bool(said[1] & negations)


def _is_announced(document: Document, first: Attribution) -> bool:
    """Whether the sentence before says that accounts differ."""
    number = document.sentence_at(first.content[0][0]).number
    if number == 0:
        return False
    before = document.sentences[number - 1]
    words = set(line_at(document, before.start).words)
    return bool(words & word_set("contrasts", "accounts")) and bool(words & word_set("contrasts", "differing"))


def _is_denial(document: Document, speech: Attribution) -> bool:
    if speech.cue_span is None:
        return False
    start, end = speech.cue_span
    return document.body[start:end].lower().split()[:1] in [[verb] for verb in lexicon("attributions")["verbs"]["deny"]]


def _tells_of_claim(document: Document, speech: Attribution) -> bool:
    """Whether what is denied is a claim by name: "denied the charge", "dismissed this"."""
    words = [word for word, _, _ in _words(document, speech)]
    return len(words) <= SHORTEST_WORD and any(word in word_set("contrasts", "claims") for word in words)


def _is_one_family(document: Document, first: Attribution, second: Attribution, events: Sequence[Event]) -> bool:
    return not _families(document, first, events).isdisjoint(_families(document, second, events))


def _families(document: Document, speech: Attribution, events: Sequence[Event]) -> frozenset[str]:
    """Return the kinds of question that a speech answers: "taken" and "lost" answer one."""
    families: dict[str, str] = lexicon("contrasts")["families"]
    inside = (event for start, end in speech.content for event in _within(events, start, end))
    told = {family for word, _, _ in _words(document, speech) if (family := _family_words().get(word))}
    return frozenset(told | {families.get(event.type, event.type) for event in inside})


def _within(events: Sequence[Event], start: int, end: int) -> Sequence[Event]:
    first, last = (bisect_left(events, offset, key=lambda event: event.start) for offset in (start, end))
    return events[first:last]


@cache
def _family_words() -> dict[str, str]:
    table: dict[str, list[str]] = lexicon("contrasts")["family_words"]
    return {word: family for family, words in table.items() for word in words}
