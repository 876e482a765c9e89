"""One speech, where its cue stands in a sentence, and the words beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tidings.evidence.extract.clauses import has_verb, is_abbreviation, is_mark, is_verb_like
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.speech_cues import Cue
from tidings.evidence.extract.times import time_at
from tidings.evidence.reading import Span

Tokens = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """One speech as found, its speaker not yet resolved."""

    sentence: int
    paragraph: int
    cue: Span
    kind: str
    """How the cue takes its words: clause, demand, deny, view …"""
    speaker: Span | None
    content: tuple[Span, ...]
    is_quoted: bool = False
    """Whether the content is a quotation from end to end."""
    cited: Span | None = None
    """Whose words a speaker passes on: "citing an official"."""
    rule: str = ""
    """How its cue, its speaker and its words stand to one another."""


@dataclass(frozen=True, slots=True)
class SpeechPlace:
    """Where a cue stands among its speaker and what is said."""

    line: Line
    cue: Cue
    speaker: Tokens | None
    stop: int
    """Token where the words of this cue must end: those of the next one begin."""
    quotes: tuple[Span, ...]


def made(place: SpeechPlace, speaker: Span | None, content: list[Span], **more: object) -> Speech:
    line = place.line
    speech = Speech(
        sentence=line.sentence.number, paragraph=line.sentence.paragraph,
        cue=line.span(place.cue.first, place.cue.last), kind=place.cue.kind, speaker=speaker,
        content=tuple(_trimmed(line, span) for span in content if span[0] < span[1]),
    )  # fmt: skip
    return replace(speech, **more) if more else speech  # type: ignore[arg-type]


def _trimmed(line: Line, span: Span) -> Span:
    """Leave out the comma before a closing mark: it belongs to the sentence around the quotation."""
    last = line.index(span[1] - 1)
    return (span[0], span[1] - 1) if line.words[last] == "," and line.tokens[last].end == span[1] else span


def words_of(line: Line, first: int, last: int) -> list[Span]:
    """Return the span of the tokens first..last without the marks and joints at its edges."""
    edge = (",", ";", ":", "-", "–", "—", "and", "but")
    while first < last and line.words[first] in edge:
        first += 1
    while first < last and line.words[last - 1] in edge:
        last -= 1
    return [line.span(first, last)] if first < last else []


def speaker_end(line: Line, first: int) -> int:
    """Return where a speaker's name and description end, read to the right."""
    last, ends = first, word_set("attributions", "speaker_ends")
    while last < min(len(line.words), first + 20):
        word = line.words[last]
        if word == "." and is_abbreviation(line, last):
            last += 1
            continue
        if word in (",", ";", ":", ".", "(", ")", "—", "–") or is_mark(word):
            break
        if is_verb_like(word) and not _describes(line, first, last):
            break
        is_joint = word == "and" and line.words[last + 1 : last + 2] != () and not has_verb(line, last, last + 5)
        is_description = word == "in" and last > first
        if word in ends and not is_joint and not (is_description and time_at(line, last, None) is None):
            break
        last += 1
    return last


def _describes(line: Line, first: int, at: int) -> bool:
    """Whether a participle only describes who speaks: that of 'according to unverified reports', 'to the displaced'."""
    is_first = at == first or (at == first + 1 and line.words[first] in word_set("grammar", "determiners"))
    return is_first and line.words[at].endswith("ed")


def quote_opening_at(place: SpeechPlace, token: int) -> Span | None:
    words = place.line.words
    while token < len(words) and words[token] in (",", ":", "that"):
        token += 1
    if token >= len(words) or not is_mark(words[token]):
        return None
    opening = place.line.tokens[token].end
    return next((span for span in place.quotes if span[0] == opening), None)
