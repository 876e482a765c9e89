"""Speech in the passive and at second hand: "announced by X that", "accused by X of", "quoted by X as saying"."""

from __future__ import annotations

from dataclasses import replace

from tidings.evidence.extract.passives import charge_at, is_quoted, quoted_by, quoting, told_at
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.speech_place import Speech, SpeechPlace, made, quote_opening_at, speaker_end, words_of
from tidings.evidence.reading import Span


def by_agent(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read "it was announced by X that ...", "Y was accused by X of ...", "the capture was denied by X"."""
    line, cue = place.line, place.cue
    if not cue.is_passive and not (cue.kind == "according" and line.words[cue.last - 1] == "by"):
        return None
    if cue.kind == "accuse":
        charge = charge_at(line, cue.last, place.stop)
        last, content = charge or cue.last, words_of(line, charge + 1, place.stop) if charge else []
    else:
        last = speaker_end(line, cue.last)
        told = told_at(line, last, place.stop)
        if told is None and not cue.is_passive:
            return None
        subject = [line.span(*place.speaker)] if place.speaker and line.words[place.speaker[0]] != "it" else []
        is_that = told is not None and line.words[told] == "that"
        content = words_of(line, told + is_that, place.stop) if told is not None else []
        content = content if is_that else [*subject, *content]
    return made(place, line.span(cue.last, last) if last > cue.last else None, content)


def fronted(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read 'Said one farmer in Zeta: "..."'."""
    if place.cue.first or place.cue.kind != "clause" or ":" not in place.line.words:
        return None
    colon = place.line.words.index(":")
    quote = quote_opening_at(place, colon)
    return made(place, place.line.span(1, colon), [quote] if quote else [], is_quoted=True)


def with_quoting(place: SpeechPlace, speech: Speech) -> Speech:
    """Tell who quotes from who is quoted: "X quoted Y as saying", "Y was quoted by X as saying"."""
    line, cue = place.line, place.cue
    joints = quoting(line, cue.first, cue.last)
    if joints is None:
        return speech
    joint, by = joints
    if is_quoted(line, cue.first):
        quoted, quoter = speech.speaker, (by + 1, speaker_end(line, by + 1))
        return replace(speech, speaker=line.span(*quoter), cited=quoted) if 0 < quoter[0] < quoter[1] else speech
    last = min(joint, speaker_end(line, cue.first + 1))
    return replace(speech, cited=line.span(cue.first + 1, last)) if last > cue.first + 1 else speech


def with_relayers(line: Line, found: list[Speech]) -> list[Speech]:
    """Join "quoted by X" to the speech of the speaker right before it: X relays it."""
    for first in quoted_by(line):
        last, edge = speaker_end(line, first), line.starts[first]
        near = [s for s in found if s.speaker and s.cited is None and 0 < edge - s.speaker[1] < 20]
        if near and last > first:
            at = found.index(near[-1])
            content = tuple(part for span in near[-1].content for part in _without_opening(line, span, first, last))
            relayed = replace(near[-1], speaker=line.span(first, last), cited=near[-1].speaker, content=content)
            found = [*found[:at], *([relayed] if content else []), *found[at + 1 :]]
    return found


def _without_opening(line: Line, span: Span, first: int, last: int) -> list[Span]:
    """Leave out "as quoted by X" where what is said seems to begin with it."""
    opening, end = line.cover(*span)
    opens = first - 3 <= opening < last
    return words_of(line, last, end) if opens else [span]
