"""Sieges that are told to be over, or never to have closed: 'the siege of X has ended', 'surrounded on three sides'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.modality import MODALS
from tidings.evidence.extract.presupposed import LIFTED_REACH, OPEN
from tidings.evidence.extract.relation_lexicon import relation_words
from tidings.evidence.extract.sieges_unreal import is_far_off, is_of_nobody
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import Event, Span

_WAY_FROM = re.compile(r"\b(\w+) from (?:the )?(?:(?:town|city|village) of )?$", re.IGNORECASE)
NO_LONGER = ("no", "longer")
_MORE = re.compile(r"\bno longer\b|\bany ?more\b|\bany longer\b", re.IGNORECASE)
_SIDES = re.compile(
    r"\b(?:on|from|at) (?:\w+ )?(?:one|two|three|[123]|most|several|some|(?:almost|nearly) all)(?: of (?:its|the))?"
    r"(?: \w+)? (?:sides|directions|flanks)\b|\bon one side\b",
    re.IGNORECASE,
)
"""Behind a word for a siege: a ring that is open on a side."""
_TIMES = frozenset(["yesterday", "today", "last", "this", "early", "late", "when", "as", "and", "but", "again"])
_HOPED = frozenset(["hope", "hopes", "hoped", "hoping", "once", "soon", "false", "untrue", "pray", "prayed", "expect"])
_PARTLY = frozenset(["partly", "partially", "half", "nearly", "almost", "virtually", "practically", "semi"])


def told_from(document: Document, place: int, reach: int) -> int:
    """Return from where words can call a place besieged: the X of 'ending a siege, and opened the road from X' is none.

    Of where a road begins only what stands behind it tells.
    """
    way = _WAY_FROM.search(document.body[max(0, place - reach) : place])
    return place if way and way[1].lower() in relation_words("ways") else place - reach


def is_no_more(words: Sequence[Word], at: int) -> bool:
    """Whether 'no longer' stands right before a word."""
    return at > 1 and (words[at - 2].key, words[at - 1].key) == NO_LONGER


def with_ends(document: Document, made: Sequence[Made]) -> list[Made]:
    """Return the events with each siege that is over told as lifted, and each that never closed as positions.

    Who besieged is not who lifted it: such an end has no actor.
    """
    lifted = {(document.sentence_at(each.event.start).number, place) for each in made
              if each.event.type == "siege_lifted" and each.event.certainty not in OPEN
              for place in each.event.places}  # fmt: skip
    return [one for each in made if (one := _with_end(document, each, lifted)) is not None]


def _with_end(document: Document, made: Made, lifted: set[tuple[int, str]]) -> Made | None:
    event = made.event
    if event.type not in ("siege", "siege_lifted"):
        return made
    sentence = document.sentence_at(event.start)
    words = document.words[sentence.number]
    at = next((n for n, word in enumerate(words) if word.start >= event.start), 0)
    if event.type == "siege_lifted":
        is_going_on = (at and words[at - 1].key in _PARTLY) or is_far_off(words, event)  # "partly lifted": it goes on
        return None if is_going_on else made
    if is_of_nobody(words, at, event):
        return None
    if ring := _open_ring(document, words, at, event):
        return _as_position(document, made, ring, words[:at])
    if not (_is_told_over(words, at, event) or _is_ended(words, at, event)):
        return made
    if any((sentence.number, place) in lifted for place in event.places):
        return None
    certainty = "claimed" if event.attribution else "stated"
    over = event.model_copy(update={"type": "siege_lifted", "actors": (), "targets": (), "certainty": certainty})
    because = Because("sieges_over: the siege is told to be over", event.start, event.end)
    kept = tuple(why for why in made.why if why[0] not in ("type", "actors", "targets", "certainty"))
    return Made(over, (("type", because), *kept))


def _open_ring(document: Document, words: Sequence[Word], at: int, event: Event) -> Span | None:
    """Return the words that tell of a ring that is open: 'surrounded on three sides', 'partly encircled'."""
    partly = next((n for n in (at - 1, at - 2) if n >= 0 and words[n].key in _PARTLY), None)
    if partly == at - 2 and not words[at - 1].key.endswith("ly"):  # "almost completely surrounded"
        partly = None
    behind = re.split(r"[,;]", document.body[event.end : words[-1].end])[0]
    sides = _SIDES.search(behind)
    if partly is None and sides is None:
        return None
    return event.start if partly is None else words[partly].start, event.end + (sides.end() if sides else 0)


def _as_position(document: Document, made: Made, ring: Span, before: Sequence[Word]) -> Made:
    """Return a siege whose ring is open as positions around a place, in all its words: a way out is left.

    'Nearly surrounded' denies the siege, and not that it is nearly closed.
    """
    event = made.event
    is_nearly = event.certainty == "denied" and not is_put_otherwise(before)
    is_nearly = is_nearly and not _PARTLY.isdisjoint(word.key for word in before[-2:])
    certainty = ("claimed" if event.attribution else "stated") if is_nearly else event.certainty
    changes = {
        "type": "position", "start": ring[0], "end": ring[1], "text": document.report.text[slice(*ring)],
        "certainty": certainty,
    }  # fmt: skip
    because = Because("sieges_over: the ring is open on a side, so that it is no siege", *ring)
    kept = (why for why in made.why if why[0] not in ("type", "certainty"))
    return Made(event.model_copy(update=changes), (("type", because), *kept))


def _is_told_over(words: Sequence[Word], at: int, event: Event) -> bool:
    """Whether a siege that is denied was there: 'X is no longer besieged', 'is not under siege any more'."""
    if event.certainty != "denied":
        return False
    if not {"only", "but"}.isdisjoint(word.key for word in words[at + 1 : at + LIFTED_REACH]):
        return False  # "no longer besieged by the army but by rebels"
    return is_told_no_more(words, at) and not is_put_otherwise(words[: at + 1])


def is_told_no_more(words: Sequence[Word], at: int) -> bool:
    """Whether 'no longer' or 'any more' stands beside a word."""
    near = words[max(0, at - 4) : at + LIFTED_REACH]
    return _MORE.search(" ".join(word.text for word in near)) is not None


def _is_ended(words: Sequence[Word], at: int, event: Event) -> bool:
    """Whether what stands behind 'the siege of X' ends it: 'has ended', 'is over', 'was broken', 'came to an end'."""
    if event.certainty in OPEN or listed("sieges").at(words, at) is None or is_put_otherwise(words[:at]):
        return False
    return is_ended_behind(words, at)


def is_ended_behind(words: Sequence[Word], at: int) -> bool:
    """Whether what stands behind the siege at a word says that it has ended."""
    open_words = MODALS | word_set("modality", "negations") | _PARTLY | event_words("bounds") | {";"}
    for n in range(at + 1, min(at + LIFTED_REACH, len(words))):
        key = words[n].key
        if key in open_words or (key == "to" and words[n + 1 : n + 2] and words[n + 1].key != "an"):
            return False
        if key in event_words("lifted") and _is_of_siege(words, at, n):
            return True
    return False


def _is_of_siege(words: Sequence[Word], at: int, n: int) -> bool:
    """Whether it is the siege at a word that ends by another: nothing but helpers stands between its place and that."""
    helpers = event_words("verb_openers") | event_words("between")
    start = n
    while start > at + 1 and words[start - 1].key in helpers:
        start -= 1
    key, behind = words[n].key, words[n + 1].key if n + 1 < len(words) else "."
    if key == "end":
        verbs = [word.key for word in words[max(at, n - 4) : n]]
        if verbs[-2:] != ["to", "an"] or verbs[-3:-2] not in (["came"], ["come"]):
            return False
        start = n - 3
        while start > at + 1 and words[start - 1].key in helpers:
            start -= 1
    elif key == "ended":
        if behind[0].isalnum() and behind not in word_set("grammar", "prepositions") | _TIMES:
            return False  # "ended the lives of hundreds"
    elif start == n or key == "lift":
        return False
    near = range(start - 1, max(at, start - 6), -1)
    by = next((m for m in near if words[m].key in ("by", ",")), start)
    by = by if words[by].key == "by" else start
    before = words[by - 1]
    return before.text[0].isupper() or before.key == "," or by - 1 == at or before.key in event_words("left_towns")


def is_put_otherwise(words: Sequence[Word]) -> bool:
    """Whether words before an end deny it, ask for it, or hang it on something: 'denied that', 'if', 'demanded'."""
    verbs = lexicon("attributions")["verbs"]
    other = (
        {*verbs["deny"], *verbs["demand"]} | MODALS | word_set("modality", "conditions") | {"until", "whether"} | _HOPED
    )
    return any(word.key in other for word in words)
