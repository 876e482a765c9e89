"""Denials added to a clause that stays as it is told: 'X took Y, which Z denied', '…, a claim Z rejects', '… by Z'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line, lines
from tidings.evidence.extract.speech_cues import Cue
from tidings.evidence.extract.speech_place import Speech, SpeechPlace, made, speaker_end
from tidings.evidence.extract.words import Document

REACH = 14
"""Words between the comma before what is added and its verb."""
RULE = "added_denials: behind a comma, a relative or a word for a claim and who denies it"


def with_added_denials(document: Document, found: Sequence[Speech]) -> list[Speech]:
    """Return speeches with what is added to a clause as a speech of who denies, and none that takes the clause for it.

    What is said in it is the word for what the clause tells: "which", "a claim".

    Parameters
    ----------
    document
        The report.
    found
        Its speeches so far.
    """
    verbs = frozenset(lexicon("attributions")["verbs"]["deny"])
    added = [speech for line in lines(document) if not line.bag.isdisjoint(verbs) for speech in _added(line, verbs)]
    cues = {speech.cue for speech in added}
    return [*(speech for speech in found if speech.cue not in cues), *(speech for speech in added if speech.speaker)]


def _added(line: Line, verbs: frozenset[str]) -> Iterator[Speech]:
    """Yield each added denial; without a speaker where nobody denies: "a claim that nobody denied"."""
    for at, word in enumerate(line.words):
        told = _told(line, at) if word in verbs else None
        if told is None:
            continue
        first, last = told
        is_undone = not word_set("modality", "negations").isdisjoint(line.words[last:at])
        speaker = None if is_undone else _speaker(line, last, at)
        if speaker or is_undone:
            place = SpeechPlace(line, Cue(at, at + 1, "deny"), speaker, len(line.words), ())
            yield made(place, line.span(*speaker) if speaker else None, [line.span(first, last)], rule=RULE)


def _told(line: Line, verb: int) -> tuple[int, int] | None:
    """Return the words behind the last comma before a verb that stand for the clause: 'which', 'a claim'."""
    near = range(verb - 1, max(0, verb - REACH), -1)
    comma = next((n for n in near if line.words[n] in (",", "–", "—", "-")), None)
    if comma is None:
        return None
    if line.words[comma + 1] == "which":
        return comma + 1, comma + 2
    plain = word_set("grammar", "determiners") | word_set("attributions", "before_tellings")
    noun = comma + 1
    while noun < verb and line.words[noun] in plain:
        noun += 1
    return (comma + 1, noun + 1) if line.words[noun] in word_set("modality", "tellings") and noun < verb else None


def _speaker(line: Line, first: int, verb: int) -> tuple[int, int] | None:
    """Return who denies: between the word for the clause and the verb, or behind 'by'; None where more is denied."""
    if line.words[first] in ("that", "which"):
        first += 1
    helped = word_set("grammar", "auxiliaries") | word_set("grammar", "adverbs")
    last = verb
    while last > first and line.words[last - 1] in helped:
        last -= 1
    if line.words[verb + 1 : verb + 2] == ("by",):
        end = speaker_end(line, verb + 2)
        return (verb + 2, end) if last == first and end > verb + 2 else None
    is_clear = last > first and not any(is_verb_like(word) for word in line.words[first:last])
    return (first, last) if is_clear and _is_over(line, verb + 1) else None


def _is_over(line: Line, at: int) -> bool:
    """Whether nothing that is denied follows: the sentence ends, or how and when it is denied is told."""
    ends = word_set("modality", "denial_tails")
    return at >= len(line.words) or not line.words[at][0].isalnum() or line.words[at] in ends
