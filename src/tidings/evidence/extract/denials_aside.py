"""Denials by the way: 'X, which denies besieging Y, said', 'X took Y, denying it had lost Z' are what X says."""

from __future__ import annotations

from tidings.evidence.extract.clauses import has_verb, is_verb_like, subject_before
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.speech_place import Speech, SpeechPlace, Tokens, made, words_of

RELATIVES = ("which", "who")
HELPERS = frozenset(["has", "have", "had", "also", "still", "repeatedly", "always", "later"])
"""Words between a relative and its 'denied'."""


def denied_aside(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read a denial whose speaker is the subject that it is an aside of."""
    line, cue = place.line, place.cue
    if cue.kind != "deny":
        return None
    is_participle = line.words[cue.first].endswith("ing") and line.words[cue.first - 1] == ","
    speaker = _opening_subject(line, cue.first) if is_participle else _antecedent(line, cue.first)
    if speaker is None:
        return None
    first = cue.last + (line.words[cue.last : cue.last + 1] == ("that",))
    stop = next((at for at in range(first, len(line.words)) if line.words[at] in (",", ";", ".")), len(line.words))
    return made(place, line.span(*speaker), words_of(line, first, stop)) if first < stop else None


def _opening_subject(line: Line, before: int) -> Tokens | None:
    """Return the subject of the first verb of a sentence."""
    verb = next((at for at in range(1, before) if is_verb_like(line.words[at])), None)
    found = subject_before(line, verb) if verb else None
    return found if found and found[0] == 0 else None


def _antecedent(line: Line, verb: int) -> Tokens | None:
    """Return what opens a sentence before ', which denies'."""
    at = verb - 1
    while at > 0 and line.words[at] in HELPERS:
        at -= 1
    if at < 2 or line.words[at] not in RELATIVES or line.words[at - 1] != ",":
        return None
    is_subject = not has_verb(line, 0, at - 1) and "," not in line.words[: at - 1]
    return (0, at - 1) if is_subject else None
