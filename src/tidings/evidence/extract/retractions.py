"""What the writer takes back or calls untrue: 'Correction: an earlier update stated …', '… . This was incorrect.'"""

from __future__ import annotations

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line, line_at
from tidings.evidence.extract.trail import Because, quoted
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution

SHORT = 8
"""Words of a sentence that only says that the one before is not so: 'This was later found to be incorrect.'"""
SHORT_NOT = 5
"""Words of one that only says 'It has not.'"""
LABEL_REACH = 3
"""Words in which a label of a correction stands at the head of a line: 'Editor's correction:'."""


def retraction(document: Document, line: Line, speech: Attribution | None) -> Because | None:
    """Return what makes a claim something that the writer says is not so.

    Parameters
    ----------
    document
        The report.
    line
        The sentence of the claim.
    speech
        The speech in which it stands, if any.
    """
    if speech is not None and (wrongly := _said_wrongly(document, line, speech) or _corrected(line, speech)):
        return wrongly
    number = line.sentence.number + 1
    if number >= len(document.sentences) or document.sentences[number].paragraph != line.sentence.paragraph:
        return None
    return _taken_back(line_at(document, document.sentences[number].start))


def _said_wrongly(document: Document, line: Line, speech: Attribution) -> Because | None:
    """'X falsely claimed that', 'an earlier version wrongly said that': who writes this says that it is not so."""
    if speech.cue_span is None or line.sentence is not document.sentence_at(speech.cue_span[0]):
        return None
    first, last = line.cover(*speech.cue_span)
    wrongly = word_set("modality", "wrongly")
    at = next((at for at in (first - 1, last) if 0 <= at < len(line.words) and line.words[at] in wrongly), None)
    return _because(line, "wrongly", at, at + 1) if at is not None else None


def _corrected(line: Line, speech: Attribution) -> Because | None:
    """'Correction: an earlier update stated that': its own words of before are what is corrected."""
    label = next((at for at in range(min(LABEL_REACH, len(line.words))) if _is_label(line, at)), None)
    if label is None or speech.speaker_span is None:
        return None
    first, last = line.cover(*speech.speaker_span)
    is_own = not word_set("modality", "earlier").isdisjoint(line.words[first:last])
    return _because(line, "corrections", label, label + 1) if is_own else None


def _is_label(line: Line, at: int) -> bool:
    is_word = line.words[at] in word_set("modality", "corrections")
    return is_word and line.words[at + 1 : at + 2] in ((":",), ("–",), ("—",), ("-",))


def _taken_back(line: Line) -> Because | None:
    """'This was incorrect.', 'It has not.', 'The claim was false.': a sentence that only takes the one before back."""
    words = [word for word in line.words if word[0].isalnum() or word[0] == "'"]
    if not words or line.words[-1] == "?" or len(words) > SHORT:
        return None
    tellings = word_set("modality", "tellings")
    first = words[0] in word_set("grammar", "determiners") and any(word in tellings for word in words[1:2])
    if not first and words[0] not in word_set("modality", "what_is_told"):
        return None
    behind = words[1 + first :]
    if not behind or not is_verb_like(behind[0]):
        return None
    is_bare = len(words) <= SHORT_NOT and behind[-1] in word_set("modality", "negations")
    negated = [word for word in behind if word in word_set("modality", "negations")]
    is_false = not negated and behind[-1] in word_set("modality", "false_predicates")
    is_untrue = len(negated) == 1 and behind[-1] in word_set("modality", "true_predicates")
    if not (is_bare or is_false or is_untrue):
        return None
    section = "false_predicates" if is_false else "true_predicates" if is_untrue else "negations"
    return _because(line, section, 0, len(line.words))


def _because(line: Line, section: str, first: int, last: int) -> Because:
    return Because(f"modality.yaml {section}: {quoted(line.words[first:last])}", *line.span(first, last))
