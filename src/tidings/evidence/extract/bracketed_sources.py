"""A source alone in brackets at the end of a sentence: '300 families fled Zeta (Relief Fund, 5 May).'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.phrases import Line, lines
from tidings.evidence.extract.speech_cues import Cue
from tidings.evidence.extract.speech_place import Speech, SpeechPlace, made, words_of
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import PartyRecord

SPEAKING = frozenset(["media", "monitor", "international_organisation", "humanitarian"])
"""Kinds of parties that count and report: fighters and governments in brackets are more often told about."""
LONGEST = 14
"""Words of such a bracket."""


def bracketed_sources(
    document: Document, parties: Sequence[PartyRecord], speeches: Iterable[Speech]
) -> Iterator[Speech]:
    """Yield what sentences without a speaker say on the word of a source that ends them in brackets.

    Parameters
    ----------
    document, parties
        The report and the parties that it names.
    speeches
        What was found so far: a sentence with a speech of its own is left alone.
    """
    kinds = {party.id: party.kind for party in parties}
    speaking = Mentions.of([party for party in parties if kinds[party.id] in SPEAKING])
    told = {speech.sentence for speech in speeches}
    for line in lines(document) if speaking.all else ():
        opening = _opening(line)
        if opening is None or line.sentence.number in told:
            continue
        source = _source(line, opening, speaking)
        content = words_of(line, 0, opening)
        if source and content and not _is_spelt_out(line, opening, source, speaking):
            place = SpeechPlace(line, Cue(opening, opening + 1, "bracket"), None, len(line.words), ())
            rule = "bracketed_sources: a party that reports, alone in brackets at the end"
            yield made(place, (source.start, source.end), content, rule=rule)


def _opening(line: Line) -> int | None:
    """Return the bracket that closes at the end of a sentence."""
    last = len(line.words) - 1
    while last >= 0 and line.words[last] in (".", "!"):
        last -= 1
    if last < 0 or line.words[last] != ")":
        return None
    return next((n for n in range(last - 1, max(-1, last - LONGEST), -1) if line.words[n] == "("), None)


def _source(line: Line, opening: int, speaking: Mentions) -> Mention | None:
    """Return the party that a bracket names first, with nothing behind it but a comma and a day."""
    first = opening + 1
    while first < len(line.words) and line.words[first] in word_set("attributions", "bracket_openers"):
        first += 1
    if first >= len(line.words):
        return None
    start = line.starts[first]
    named = next((each for each in speaking.within(start, line.sentence.end) if each.start == start), None)
    behind = line.index(named.end - 1) + 1 if named else len(line.words)
    return named if behind < len(line.words) and line.words[behind] in (")", ",") else None


def _is_spelt_out(line: Line, opening: int, source: Mention, speaking: Mentions) -> bool:
    """Whether a bracket only gives the letters of the name before it: 'the Relief Fund (RF)'."""
    if not opening:
        return True
    end = line.starts[opening - 1] + len(line.texts[opening - 1])
    if any(each.id == source.id and each.end == end for each in speaking.within(line.sentence.start, end)):
        return True
    letters = line.sentence.texts[line.index(source.start)]
    before = [text[0] for text in line.texts[:opening] if text[0].isupper()]
    return letters.isupper() and len(letters) > 1 and "".join(before).endswith(letters)
