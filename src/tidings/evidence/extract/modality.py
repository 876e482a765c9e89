"""How certain words are: stated, claimed, projected, conditional, demanded or denied, and on whose word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from tidings.evidence.extract.claims_of_others import answering
from tidings.evidence.extract.clauses import is_mark, is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.negations import (
    came_late,
    comes_late,
    fell_short,
    inverted_negation,
    is_aside,
    is_of_the_past,
    negation,
    supposed_otherwise,
    tells_more,
)
from tidings.evidence.extract.negative_subjects import negative_subject
from tidings.evidence.extract.phrases import Line, Phrases, line_at
from tidings.evidence.extract.retractions import retraction
from tidings.evidence.extract.trail import Because, Why, quoted
from tidings.evidence.extract.untruths import inverted_condition, untruth
from tidings.evidence.extract.unverified import unverified
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Attribution, Span
from tidings.evidence.vocabulary import Certainty

REACH = 24
"""Words looked at on either side for what governs a word."""
SHORT_QUESTION = 10
"""Words of a question without a verb before its subject: 'Still held by rebels?'."""
NESTED = 24
"""Speeches looked at for those that hold an offset: contents begin in order and nest little."""
RANKS: tuple[Certainty, ...] = ("denied", "demanded", "conditional", "projected", "claimed", "stated")
MODALS = frozenset(
    ["could", "may", "might", "will", "shall", "would", "should", "must", "won't", "wouldn't", "'ll", "'d"]
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How certain words are; `attribution` is the id of the innermost speech that holds them."""

    certainty: Certainty
    attribution: str | None = None
    condition: Span | None = None
    why: Because | None = field(default=None, compare=False)
    """What made it other than stated."""


@dataclass(frozen=True, slots=True)
class _Marker:
    certainty: Certainty
    crosses_that: bool
    section: str
    """Where it stands in the lexicon."""


INFERRED = _Marker("claimed", True, "inferred")

Found = Mapping[Certainty, Because]
"""What the words around others make of them, each with what gave it: the first in the order of looking."""


def judge(document: Document, start: int, end: int, attributions: tuple[Attribution, ...]) -> Judgement:
    """Judge the words text[start:end].

    Parameters
    ----------
    document
        The report cut into sentences.
    start, end
        The words; for a figure its number and the words that tell its status.
    attributions
        What `find_attributions` returned for this document, in its order.

    Returns
    -------
    Judgement
        Where several apply, in this order: denied, demanded, conditional, projected, claimed, stated.
        `condition` is the span of the words on which a conditional hangs, where they are in its sentence.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> text = "The army could take the town. It took the village."
    >>> document = Document(Report(id="r", name="-", text=text))
    >>> judge(document, 15, 19, ()).certainty, judge(document, 33, 37, ()).certainty
    ('projected', 'stated')
    """
    line = line_at(document, start)
    first, last = line.cover(start, end)
    speech = speech_at(attributions, start, end)
    speech = (speech and answering(document, attributions, speech)) or speech
    found = _governing(line, first, last)
    condition = _condition(line, first, last)
    if condition and (condition[0] <= first < condition[1] or not {"projected", "conditional"}.isdisjoint(found)):
        found = _supposed(line, first, last, condition, found, is_spoken=speech is not None)
    elif "conditional" in found and _is_shifted(document, line, first, last, speech, found):
        found = _without_conditional(found)
    if label := unverified(line, last):
        found = {"claimed": label, **found}
    untrue = untruth(line, first, last)
    if (speech or "claimed" in found) and (taken_back := retraction(document, line, speech)):
        found, speech = {**found, "denied": taken_back}, None
    if untrue:
        found, speech = {**found, "denied": untrue}, _who_denies(attributions, speech, untrue)
    found = {**_from_speech(document, line, first, speech), **found} if speech else found
    if is_question(line):
        found = {"projected": Because("modality: a question tells nothing", *line.span(0, len(line.words))), **found}
    certainty = next(rank for rank in RANKS if rank == "stated" or rank in found)
    hangs_on = (condition or _subject_condition(line, first)) if certainty == "conditional" else None
    span = line.span(*hangs_on) if hangs_on else None
    return Judgement(certainty, speech.id if speech else None, span, found.get(certainty))


def _supposed(line: Line, first: int, last: int, condition: Tokens, found: Found, *, is_spoken: bool) -> Found:
    """Return what a condition makes of words: in it a negation denies nothing, and "had they not" tells that they had.

    What is said of a "will" of the past, by a speaker, stays a condition: "it would leave if it had not".
    """
    is_inside = condition[0] <= first < condition[1]
    if is_inside and (negation(line, first, last) or negative_subject(line, first)):
        found = {name: why for name, why in found.items() if name != "denied"}
        if supposed_otherwise(line, condition, is_spoken=is_spoken):
            return found
    return {**found, "conditional": _by_condition(line, condition)}


def _is_shifted(
    document: Document, line: Line, first: int, last: int, speech: Attribution | None, found: Found
) -> bool:
    """Whether "would" is a "will" of the past: reported by a speaker, or "feared that the army would"."""
    if "projected" in found and not _subject_condition(line, first) and not _is_nominal(line, first, last):
        return True
    return speech is not None and _is_future_in_past(document, line, first, last, speech)


def _who_denies(attributions: tuple[Attribution, ...], speech: Attribution | None, why: Because) -> Attribution | None:
    """Return the speech that says that words are untrue: "rebels said the army's claim that it took X was a lie"."""
    denying = speech_at(attributions, why.start, why.end)
    return denying or (None if why.rule.startswith("modality.yaml false_predicates") else speech)


def judged(judgement: Judgement, attributions: tuple[Attribution, ...]) -> Iterator[Why]:
    """Yield what made words other than stated, and whose words they are."""
    if judgement.why:
        yield "certainty", judgement.why
    speech = next((said for said in attributions if said.id == judgement.attribution), None)
    if speech:
        rule = f"attributions: they stand inside what is said in {speech.id}"
        yield "attribution", Because(rule, *(speech.cue_span or speech.content[0]))


def is_question(line: Line) -> bool:
    """Whether a sentence asks whether something is so: "Has the army taken the town?", "Held by rebels?"."""
    is_asked = line.words[0] in word_set("grammar", "auxiliaries") or len(line.words) <= SHORT_QUESTION
    return line.words[-1] == "?" and is_asked and line.words[0] not in word_set("modality", "asking_words")


def speech_at(attributions: tuple[Attribution, ...], start: int, end: int) -> Attribution | None:
    """Return the innermost speech that holds the words text[start:end]."""
    last = bisect_right(attributions, start, key=lambda attribution: attribution.content[0][0])
    holding = [
        (b - a, attribution)
        for attribution in attributions[max(0, last - NESTED) : last]
        for a, b in attribution.content
        if a <= start < b and min(end, b) - start >= (end - start) / 2
    ]
    return min(holding, key=lambda pair: pair[0])[1] if holding else None


def _from_speech(document: Document, line: Line, first: int, speech: Attribution) -> Found:
    """Return what the verb of a speech makes of its words: a demand, a denial, a claim.

    What is told in passing within a demand or a denial is claimed: "denied the attack, which killed nine people".
    """
    opening, words = line.index(speech.content[0][0]), speech.cue_span or speech.content[0]
    found: dict[Certainty, Because] = {
        "claimed": Because(f"modality: on the word of who speaks in {speech.id}", *words)
    }
    if any(word in ("which", "who", "where", "whose") for word in line.words[opening:first]):
        return found
    cue = document.body[speech.cue_span[0] : speech.cue_span[1]].lower() if speech.cue_span else ""
    verb = cue.split()[0] if cue.split() else ""
    verbs = lexicon("attributions")["verbs"]
    if verb in verbs["demand"] and not (verb.startswith("call") and len(cue.split()) == 1):
        found["demanded"] = Because(f"attributions.yaml verbs demand: '{verb}'", *words)
    if verb in verbs["deny"] and not _is_undone(line, line.index(words[0])):
        found["denied"] = Because(f"attributions.yaml verbs deny: '{verb}'", *words)
    return found


@cache
def _markers() -> Phrases[_Marker]:
    book = lexicon("modality")
    rows = [
        (phrase, _Marker(name, key == "complement", f"{key} {name}"))
        for key in ("clause", "complement")
        for name, phrases in book[key].items()
        for phrase in phrases
    ]
    return Phrases.of([*rows, *((phrase, _Marker("claimed", True, "hearsay")) for phrase in book["hearsay"])])


@cache
def _inferring() -> Phrases[str]:
    return Phrases.of([(phrase, phrase) for phrase in lexicon("modality")["inferred"]])


def _marked(line: Line, first: int, last: int, marker: _Marker, where: str) -> Because:
    return Because(
        f"modality.yaml {marker.section}: {quoted(line.words[first:last])}, {where}", *line.span(first, last)
    )


def _by_condition(line: Line, condition: Tokens) -> Because:
    return Because(f"modality.yaml conditions: '{line.words[condition[0]]}'", *line.span(*condition))


def _without_conditional(found: Found) -> Found:
    """Return what is found with "would" read as a "will" that its speaker's verb shifted to the past."""
    why = found["conditional"]
    plain: dict[Certainty, Because] = {name: reason for name, reason in found.items() if name != "conditional"}
    plain.setdefault("projected", why._replace(rule=f"{why.rule}: a 'will' in reported speech"))
    return plain


def _governing(line: Line, first: int, last: int) -> Found:
    found = {**_to_the_left(line, first), **_inside(line, first, last)}
    if _is_nominal(line, first, last):
        found = {**_of_predicate(line, last), **found}
    elif last < len(line.words) and line.words[last] in word_set("grammar", "be"):
        found = {**_due(line, last), **found}
    negated = _denying(line, first, last)
    if negated is None and "denied" in found and comes_late(line, first, last, found["denied"]):
        found.pop("denied")
    return {"denied": negated, **found} if negated else found


def _denying(line: Line, first: int, last: int) -> Because | None:
    """Return the negation of words, where it is they that it denies."""
    negated = negation(line, first, last)
    if negated is not None:
        is_over = is_of_the_past(line, first)
        return None if is_over and (came_late(line, first, last) or is_aside(line, first, last)) else negated
    if short := fell_short(line, first):
        return short
    subject = negative_subject(line, first)
    return subject if subject and not came_late(line, first, last) else None


def _inside(line: Line, first: int, last: int) -> Found:
    found: dict[Certainty, Because] = {}
    is_act = last - first > 1 and is_verb_like(line.words[first])  # "denied planned aid": denied it is
    for index in range(first, last):
        marker = _inferring_at(line, index) or _markers().at(line.words, index)
        if _is_name(line, index):
            continue
        if is_act and index > first and (marker is None or marker[1].certainty != "claimed"):
            continue
        if marker and marker[0] <= last + 2 and (not marker[1].crosses_that or marker[1].certainty == "claimed"):
            found.setdefault(marker[1].certainty, _marked(line, index, marker[0], marker[1], "in the words themselves"))
    return found


def _to_the_left(line: Line, first: int) -> Found:
    """Collect the markers before the words, up to where their clause begins."""
    found: dict[Certainty, Because] = {}
    only_complements, index = _is_finite_past(line, first), first
    in_chain = False
    while index > max(0, first - REACH):
        word = line.words[index - 1]
        marker = _inferred(line, index, first) or _markers().before(line.words, index)
        if marker and (marker[1].crosses_that or not only_complements) and not _is_name(line, index - 1):
            if marker[1].certainty == "denied" and _is_undone(line, marker[0]):
                break  # "no one denies that": nothing is denied
            found.setdefault(marker[1].certainty, _marked(line, marker[0], index, marker[1], "before the words"))
            index, in_chain = marker[0], True
            continue
        if _closes(line, index - 1, first):
            break
        is_auxiliary = word in word_set("grammar", "auxiliaries") and word not in MODALS
        if in_chain and not is_auxiliary and word not in word_set("grammar", "adverbs"):
            only_complements = True
        in_chain = in_chain or is_auxiliary
        index -= 1
    return found


def _is_undone(line: Line, first: int) -> bool:
    """Whether a denial is itself denied: "no one denies", "did not deny"."""
    return not word_set("modality", "negations").isdisjoint(line.words[max(0, first - 2) : first])


def _inferred(line: Line, index: int, first: int) -> tuple[int, _Marker] | None:
    """Return the marker right before a past that tells what the writer infers: 'likely captured', and no 'will'."""
    found = _inferring().before(line.words, index) if index == first and _is_past(line.words[first]) else None
    return (found[0], INFERRED) if found else None


def _inferring_at(line: Line, index: int) -> tuple[int, _Marker] | None:
    found = _inferring().at(line.words, index)
    is_followed = found is not None and found[0] < len(line.words) and _is_past(line.words[found[0]])
    return (found[0], INFERRED) if found and is_followed else None


def _is_past(word: str) -> bool:
    return (is_verb_like(word) or word.endswith("en")) and word not in word_set("grammar", "auxiliaries")


def _is_name(line: Line, index: int) -> bool:
    """Whether a marker is the month, or part of a name: "in May", "Doctors Without Borders"."""
    return line.words[index] in ("may", "will", "without") and index > 0 and line.texts[index][0].isupper()


def _is_finite_past(line: Line, first: int) -> bool:
    """Whether the words begin with a past that no auxiliary or "to" governs: no modal of before reaches it."""
    word = line.words[first]
    before = line.words[first - 1] if first else ""
    if word in word_set("grammar", "auxiliaries") or not is_verb_like(word):
        return False
    return before != "to" and before not in word_set("grammar", "auxiliaries", "adverbs")


def _closes(line: Line, index: int, first: int) -> bool:
    """Whether a token ends the clause, read to the left."""
    word = line.words[index]
    if word in (";", ":", "(", ")", "—", "–") or is_mark(word):
        return True
    if word == ",":
        return (not line.words[index + 1].endswith("ing") and line.words[index + 1] not in ("and", "or")) or (
            line.words[index + 1] in ("and", "or") and any(map(is_verb_like, line.words[index + 2 : first + 1]))
        )
    if word in ("and", "but") and is_verb_like(line.words[first]) and index + 1 < first:
        return True
    if word == "that":
        return not (index and _markers().before(line.words, index))
    return word in ("which", "who", "whose", "where", "while", "when", "because", "after", "before", "despite", "amid")


def _of_predicate(line: Line, last: int) -> Found:
    """Return what the verb of a nominal subject makes of it: "the loss of X would", "an attack could"."""
    for index in range(last, min(len(line.words), last + REACH)):
        word = line.words[index]
        if word in MODALS and not _is_name(line, index):
            marker = _markers().at(line.words, index)
            where = "verb of which the words are the subject"
            return {marker[1].certainty: _marked(line, index, marker[0], marker[1], where)} if marker else {}
        if word in word_set("grammar", "be") and line.words[index + 1 : index + 2]:
            return _due(line, index)
        if word in (";", "—", "but") or word in word_set("grammar", "relatives") or is_verb_like(word):
            return {}
    return {}


def _due(line: Line, verb: int) -> Found:
    """Return what "is due to begin", "are to resume" make of their subject: something still to come."""
    words = line.words[verb + 1 : verb + 4]
    if not words or words[0] not in word_set("modality", "due"):
        return {}
    to = 0 if words[0] == "to" else 1
    if words[to : to + 1] != ("to",) or not word_set("modality", "coming").intersection(words[to + 1 : to + 2]):
        return {}
    rule = f"modality.yaml due: {quoted(words[: to + 2])}, said of what the words tell"
    return {"projected": Because(rule, *line.span(verb, verb + to + 3))}


def _is_nominal(line: Line, first: int, last: int) -> bool:
    """Whether the words are a noun phrase: "the capture of", "a two-week ceasefire"."""
    if last < len(line.words) and line.words[last] == "of":
        return True
    before = line.words[first - 1] if first else ""
    two_before = line.words[first - 2] if first > 1 else ""
    is_described = two_before in ("a", "an", "the") and before not in word_set("grammar", "adverbs")
    determiners = word_set("grammar", "determiners")
    if _is_bare_subject(line, first, last):
        return True
    return is_described or before in determiners or line.words[first] in determiners


def _is_bare_subject(line: Line, first: int, last: int) -> bool:
    """Whether a noun of what happens opens a clause as its subject: "Fighting might", "Air strikes on X could"."""
    before = line.words[first - 1] if first else ""
    opens = not before or is_mark(before) or before in (";", ":", "that")
    if not opens or is_verb_like(line.words[first]):
        return False
    return last < len(line.words) and (
        line.words[last] in MODALS or line.words[last] in word_set("modality", "bare_links")
    )


def _condition(line: Line, first: int, last: int) -> Tokens | None:
    """Return the if-clause of the sentence or quotation that the words are in."""
    conditions = word_set("modality", "conditions")
    if conditions.isdisjoint(line.words):
        return inverted_condition(line) or inverted_negation(line)
    for index, word in enumerate(line.words[: last + REACH]):
        if word not in conditions or abs(index - first) > 60:
            continue
        if (index and line.words[index - 1] in word_set("modality", "no_condition_before")) or tells_more(line, index):
            continue
        return index, _condition_end(line, index)
    return None


def _condition_end(line: Line, index: int) -> int:
    ends = (",", "then", ";", ".", "—", "–")
    return next((i for i in range(index + 1, len(line.words)) if line.words[i] in ends), len(line.words))


def _is_future_in_past(document: Document, line: Line, first: int, last: int, speech: Attribution) -> bool:
    """Whether "would" only shifts a speaker's "will" to the past: "he said the convoy would leave"."""
    if _subject_condition(line, first) or _is_nominal(line, first, last) or speech.kind == "direct":
        return False
    cue = document.body[speech.cue_span[0] : speech.cue_span[1]].lower() if speech.cue_span else ""
    return cue.endswith("ed") or cue in ("said", "told")


def _subject_condition(line: Line, first: int) -> Tokens | None:
    """Return the nominal subject on which a "would" hangs: "The capture of the town would ..."."""
    reach = range(first, max(-1, first - REACH), -1)
    modal = next((i for i in reach if i < len(line.words) and line.words[i] in ("would", "'d")), None)
    if modal is None:
        return None
    start = modal
    while start and line.words[start - 1] not in (";", ".") and not is_mark(line.words[start - 1]):
        if line.words[start - 1] == "that" and line.words[start - 2] != "of":
            break
        start -= 1
        if modal - start >= REACH:
            break
    return (start, modal) if "of" in line.words[start:modal] else None


Tokens = tuple[int, int]
