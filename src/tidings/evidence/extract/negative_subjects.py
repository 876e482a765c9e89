"""Subjects that deny their verb: 'no convoy has reached X', 'neither the hospital nor the market was'."""

from __future__ import annotations

from tidings.evidence.extract.clauses import is_mark, is_verb_like
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.trail import Because

SUBJECT_REACH = 12
"""Words before a verb in which its negative subject opens: "neither the hospital nor the market was"."""


def negative_subject(line: Line, first: int) -> Because | None:
    """Return the word that opens a subject of which the words are denied: "no convoy has reached", "none of the"."""
    negative = word_set("modality", "negative_subjects")
    for index in range(first - 1, max(-1, first - SUBJECT_REACH), -1):
        word = line.words[index]
        if word in negative and (opening := _opens_subject(line, index, first)):
            return opening
        if is_mark(word) or word in (",", ";", ":") or word in word_set("grammar", "relatives"):
            return None
    return None


def _opens_subject(line: Line, index: int, first: int) -> Because | None:
    before = line.words[index - 1] if index else ""
    opens = not before or not before[0].isalpha() or before in word_set("modality", "before_subjects")
    behind = line.words[index + 1 : first]
    auxiliaries = word_set("grammar", "auxiliaries", "adverbs") | {"to", "yet"}
    noun_end = len(behind)
    while noun_end and behind[noun_end - 1] in auxiliaries:
        noun_end -= 1
    is_verb = noun_end < len(behind) or is_verb_like(line.words[first])
    if not opens or not is_verb or any(map(is_verb_like, behind[:noun_end])):
        return None
    if not word_set("modality", "additive").isdisjoint(behind[:1]):
        return None
    return Because(f"modality.yaml negative_subjects: '{line.words[index]}'", *line.span(index, index + 1))
