"""Who is said to have said what: direct, indirect and mixed speech, with the speaker's words and what is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from tidings.evidence.extract.added_denials import with_added_denials
from tidings.evidence.extract.bracketed_sources import bracketed_sources
from tidings.evidence.extract.phrases import lines
from tidings.evidence.extract.quotations import quoted_spans
from tidings.evidence.extract.speaker_words import SpeakerWords
from tidings.evidence.extract.speakers import SpeakerFinder
from tidings.evidence.extract.speech import speeches_in
from tidings.evidence.extract.speech_cues import entry_of
from tidings.evidence.extract.speech_place import Speech
from tidings.evidence.extract.trail import Because, Trail, Why
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, PartyRecord, Span
from tidings.evidence.vocabulary import AttributionKind

SHORTEST_QUOTATION = 20
"""Characters below which quoted words without a speaker are a name or a scare quote."""


def find_attributions(document: Document, parties: tuple[PartyRecord, ...]) -> tuple[Attribution, ...]:
    """Find every speech of a report.

    Parameters
    ----------
    document
        The report cut into sentences.
    parties
        The parties that it names. Speakers are those whose mentions overlap the words that name the speaker.

    Returns
    -------
    tuple of Attribution
        In the order of their first word said, which `modality.judge` relies on. `content` leaves out the
        words that name the speaker. A pronoun's speakers are those of its last eligible antecedent. A private
        person is told by role and place, never by name: `speaker_text` and `speaker_span` are those words.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> text = "The road is closed, the mayor of Zeta said on Monday."
    >>> (found,) = find_attributions(Document(Report(id="r", name="-", text=text)), ())
    >>> found.speaker_text, [text[a:b] for a, b in found.content], found.kind
    ('the mayor of Zeta', ['The road is closed'], 'indirect')
    """
    return find_speakers(document, parties)[0]


def find_speakers(
    document: Document, parties: tuple[PartyRecord, ...], trail: Trail | None = None
) -> tuple[tuple[Attribution, ...], tuple[Span, ...]]:
    """Find every speech of a report, and where the names of speakers stand that are private persons'.

    What fired, and on which words, is noted in `trail` by the ids of the speeches.
    """
    found = [speech for line in lines(document) for speech in speeches_in(document, line)]
    found = with_added_denials(document, found)
    speeches = [*_with_continued(document, found), *bracketed_sources(document, parties, found)]
    finder, told = SpeakerFinder(document, parties), SpeakerWords(document, parties)
    resolved = [_attributed(document, finder, told, speech) for speech in speeches]
    ordered = _with_media(sorted(resolved, key=lambda item: item[0].content[0]), parties)
    if trail is not None:
        for number, (_, whys) in enumerate(ordered, 1):
            trail.note_all(f"a{number}", whys)
    numbered = tuple(item.model_copy(update={"id": f"a{number}"}) for number, (item, _) in enumerate(ordered, 1))
    return numbered, tuple(told.withheld)


def _with_media(
    said: list[tuple[Attribution, tuple[Why, ...]]], parties: tuple[PartyRecord, ...]
) -> list[tuple[Attribution, tuple[Why, ...]]]:
    """Let a medium relay what it reports that somebody says: "..., according to X, the Daily reported"."""
    media = {party.id for party in parties if party.kind == "media"}
    outer = [one for one, _ in said if len(one.speakers) == 1 and one.speakers[0] in media]
    found = []
    for one, whys in said:
        relayer = next((each for each in outer if each is not one and _holds(each, one)), None)
        if relayer and relayer.speaker_span and one.relayed_by is None and one.speakers != relayer.speakers:
            because = Because("attributions: a medium reports that they say so", *relayer.speaker_span)
            one = one.model_copy(update={"relayed_by": relayer.speakers[0]})
            whys = (*whys, ("relayed_by", because))
        found.append((one, whys))
    return found


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether all of a speech, its cue included, stands inside what another one says."""
    spans = [*inner.content, *([inner.cue_span] if inner.cue_span else [])]
    return all(any(a <= start and end <= b for a, b in outer.content) for start, end in spans)


def _attributed(
    document: Document, finder: SpeakerFinder, told: SpeakerWords, speech: Speech
) -> tuple[Attribution, tuple[Why, ...]]:
    """Return a speech with the parties that speak, and what gave its fields."""
    speaker, cited = (span and told.whole(span) for span in (speech.speaker, speech.cited))
    speech = replace(speech, speaker=speaker, cited=cited)
    own = finder.of(speech.speaker, speech)
    own_rule = finder.rule
    others = finder.of(speech.cited, speech) if speech.cited else ()
    span = speech.cited or speech.speaker
    text, span = told.of(span) if span else (None, None)
    attribution = Attribution(
        id="",
        speakers=others if speech.cited else own,
        speaker_text=text,
        speaker_span=span,
        cue_span=speech.cue,
        content=speech.content,
        kind=_kind(document, speech),
        relayed_by=own[0] if speech.cited and own else None,
    )
    return attribution, tuple(_whys(document, attribution, speech, own_rule, finder.rule))


def _whys(document: Document, said: Attribution, speech: Speech, own_rule: str, rule: str) -> Iterator[Why]:
    """Yield what gave a speech its cue, its speakers and who relays it, and its kind."""
    cue = " ".join(document.body[slice(*speech.cue)].lower().split())
    yield "cue_span", Because(f"{entry_of(speech.kind, cue)}; {speech.rule}", *speech.cue)
    if said.speakers and said.speaker_span:
        yield "speakers", Because(rule if speech.cited else own_rule, *said.speaker_span)
    if said.relayed_by and speech.speaker:
        yield "relayed_by", Because(f"{own_rule}; they cite somebody else", *speech.speaker)
    if said.kind != "indirect":
        quote = next((span for span in said.content if _overlapping(quoted_spans(document), span)), said.content[0])
        yield "kind", Because("quotations: marks around what is said, or around some of it", *quote)


def _kind(document: Document, speech: Speech) -> AttributionKind:
    quotes = quoted_spans(document)
    inside = [any(True for _ in _overlapping(quotes, span)) for span in speech.content]
    whole = [any(start <= span[0] and span[1] <= end for start, end in _overlapping(quotes, span))
             for span in speech.content]  # fmt: skip
    if all(whole):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def _overlapping(quotes: tuple[Span, ...], span: Span) -> list[Span]:
    first = bisect_left(quotes, (span[0], span[0]))
    last = bisect_left(quotes, (span[1], span[1]))
    return [quote for quote in quotes[max(0, first - 1) : last] if quote[1] > span[0]]


def _with_continued(document: Document, speeches: list[Speech]) -> list[Speech]:
    """Give a quotation that no cue introduces to the speaker of the quotation before it."""
    found = list(speeches)
    taken = sorted(span for speech in found for span in speech.content)
    by_paragraph: dict[int, list[int]] = {}
    for position, speech in enumerate(found):
        by_paragraph.setdefault(speech.paragraph, []).append(position)
    for quote in quoted_spans(document):
        if quote[1] - quote[0] < SHORTEST_QUOTATION or _is_taken(taken, quote):
            continue
        number = _speaker_of(document, found, by_paragraph, quote)
        if number is not None:
            found[number] = replace(found[number], content=(*found[number].content, quote))
    return [replace(speech, content=tuple(sorted(speech.content))) for speech in found]


def _is_taken(taken: list[Span], quote: Span) -> bool:
    first = bisect_left(taken, (quote[1], quote[1]))
    return any(end > quote[0] for _, end in taken[max(0, first - 12) : first])


def _speaker_of(document: Document, found: list[Speech], by_paragraph: dict[int, list[int]], quote: Span) -> int | None:
    """Return the speech that a stray quotation goes on with: in its paragraph before it, else the one it follows."""
    paragraph = document.sentence_at(quote[0]).paragraph
    here = [n for n in by_paragraph.get(paragraph, []) if found[n].cue[0] < quote[0]]
    if here:
        return here[-1]
    opens_paragraph = document.sentence_at(quote[0]).start >= quote[0] - 1
    before = by_paragraph.get(paragraph - 1, [])
    if opens_paragraph and before and found[before[-1]].is_quoted:
        by_paragraph.setdefault(paragraph, []).append(before[-1])
        return before[-1]
    return None
