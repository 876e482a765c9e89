"""Claims that somebody else answers: 'X dismissed Y's claim that it took Z', 'X confirmed Y's claim to have taken Z'.

Who answers a claim speaks of it, and who made it is who acts: Y is said to have taken Z, and X says that it did not.
"""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import Attribution

OPENING = 5
"""Characters that may stand before who made a claim within what is answered: 'the '."""
BY_REACH = 8
"""Words between the 'by' of 'claims by Y to have' and the verb."""


def answering(document: Document, attributions: Sequence[Attribution], speech: Attribution) -> Attribution | None:
    """Return the speech that denies or confirms the claim that a speech is: that of X in "X denied Y's claim that".

    Parameters
    ----------
    document
        The report.
    attributions
        All its speeches.
    speech
        The claim.
    """
    if speech.speaker_span is None or speech.cue_span is None:
        return None
    if document.body[slice(*speech.cue_span)].lower() not in word_set("modality", "tellings"):
        return None
    start, end = speech.speaker_span[0], speech.content[-1][1]
    for outer in attributions:
        opening, last = outer.content[0]
        if outer is not speech and 0 <= start - opening <= OPENING and end <= last and _answers(document, outer):
            return outer
    return None


def _answers(document: Document, speech: Attribution) -> bool:
    verb = document.body[slice(*speech.cue_span)].lower() if speech.cue_span else ""
    return verb in word_set("attributions", "answers")


def claimant(line: Line, verb: int) -> list[Mention] | None:
    """Return who made the claim to have done what a verb tells: Y of "X dismissed Y's claims to have taken Z".

    Nobody where an unknown name did; None where a verb is of no such claim, or nobody is named to have made it.
    """
    words = line.words
    joint = next((at for at in range(verb - 1, max(-1, verb - 4), -1) if words[at].key in ("to", "of")), None)
    if joint is None or [word.key for word in words[joint + 1 : verb]] not in (["have"], ["having"], []):
        return None
    by = next((at for at in range(joint - 1, max(0, joint - BY_REACH), -1) if words[at].key == "by"), None)
    if by is not None and words[by - 1].key in word_set("modality", "tellings"):
        named = line.party_in(by + 1, joint)
        return named[-1:] if named and named[-1].end == words[joint - 1].end else None
    if words[joint - 1].key not in word_set("modality", "tellings") or joint < 2:
        return None
    named = [party for party in line.parties if party.end == words[joint - 2].end]
    return named or ([] if _is_unknown(words, joint - 2) else None)


def _is_unknown(words: Sequence[Word], at: int) -> bool:
    """Whether an unknown name stands right before a claim, and somebody answers it: "dismissed Russian claims"."""
    answers = word_set("attributions", "answers")
    return at > 0 and words[at].is_capital and any(word.key in answers for word in words[:at])
