"""Denials that name nothing: 'Rebels said they had taken X. The army denied it' denies that X was taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line, line_at
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, Span
from tidings.evidence.vocabulary import BELIEVABLE

DENIABLE = frozenset(["capture", "loss", "retreat", "territory_transferred", "siege", "siege_lifted"])
"""Types of what is denied so: who took, lost or left what, and whom somebody besieges."""
NEAR = 1
"""Sentences from a claim to its denial."""
CLAIM_WORDS = 3
"""Words of what is denied: 'it', 'the claim', 'the latest reports'."""


def bare_denials(document: Document, made: Sequence[Made], attributions: Sequence[Attribution]) -> Iterator[Made]:
    """Yield, for each denial that names nothing, the event told last before it as denied by who denies it.

    Parameters
    ----------
    document
        The report.
    made
        The events that it tells.
    attributions
        Its speeches.
    """
    told = sorted((each for each in made if each.event.type in DENIABLE and each.event.places), key=_start)
    if not told:
        return
    by_id = {speech.id: speech for speech in attributions}
    for speech in attributions:
        cue = speech.cue_span
        if cue is None or not speech.speakers or not _names_nothing(document, speech, cue):
            continue
        before = [each for each in told if _start(each) < cue[0]]
        last = before[-1] if before else None
        if last is None or last.event.certainty not in BELIEVABLE or not _is_near(document, _start(last), speech):
            continue
        if _is_added(document, speech, cue) and _start(last) < document.sentence_at(cue[0]).start:
            continue
        teller = by_id.get(last.event.attribution or "")
        if teller is None or set(teller.speakers) != set(speech.speakers):
            yield _denied(document, last, speech, cue)


def _start(made: Made) -> int:
    return made.event.start


def _is_added(document: Document, speech: Attribution, cue: Span) -> bool:
    """Whether a denial is of the clause before it in its sentence: that of 'X took Y, which Z denied'."""
    line = line_at(document, cue[0])
    first = line.index(speech.content[0][0])
    return first > 0 and speech.content[0][0] < cue[0] and not line.words[first - 1][0].isalnum()


def _is_near(document: Document, start: int, speech: Attribution) -> bool:
    one, two = document.sentence_at(start), document.sentence_at(speech.content[0][0])
    return one.paragraph == two.paragraph and 0 <= two.number - one.number <= NEAR


def _names_nothing(document: Document, speech: Attribution, cue_span: Span) -> bool:
    """Whether a speech denies 'it', 'this' or 'the claim' and says no more of what."""
    cue = document.body[slice(*cue_span)].lower().split()
    if cue[:1] not in [[verb] for verb in lexicon("attributions")["verbs"]["deny"]]:
        return False
    line = line_at(document, cue_span[0])
    return _is_claim(line, *_object(line, speech))


def _object(line: Line, speech: Attribution) -> tuple[int, int]:
    """Return the tokens of what is denied, without what is added to it: the 'it' of 'it, saying', 'it as a lie'."""
    first, last = line.cover(*speech.content[0])
    ends = word_set("modality", "denial_tails")
    return first, next((at for at in range(first, last) if line.words[at] in ends), last)


def _is_claim(line: Line, first: int, last: int) -> bool:
    words = line.words[first:last]
    if not 0 < len(words) <= CLAIM_WORDS:
        return False
    tellings = word_set("modality", "tellings")
    if len(words) == 1:
        return words[0] in word_set("modality", "what_is_told")
    plain = word_set("grammar", "determiners") | word_set("attributions", "before_tellings")
    return words[-1] in tellings and all(word in plain for word in words[:-1])


def _denied(document: Document, told: Made, speech: Attribution, cue: Span) -> Made:
    line = line_at(document, cue[0])
    first, last = line.span(*_object(line, speech))
    start, end = min(first, cue[0]), max(last, cue[1])
    event = told.event.model_copy(
        update={
            "start": start, "end": end, "text": document.report.text[start:end], "certainty": "denied",
            "attribution": speech.id, "condition": None, "same_as": None,
        }
    )  # fmt: skip
    whole = Because("bare_denials: what is denied is the event told last before", start, end)
    spoken = Because(f"attributions: it is what is said in {speech.id}", *cue)
    return Made(event, (("type", whole), ("certainty", whole), ("attribution", spoken)))
