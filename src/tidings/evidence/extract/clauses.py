"""Where noun phrases and clauses begin and end, told from closed word classes; no statistical model."""

from __future__ import annotations

from functools import lru_cache

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line

REACH = 30
"""Words looked at to the left of a verb for its subject."""
RELATIVE_REACH = 12
"""Words from "who" to the verb of speech behind its clause: "a nurse who asked not to be named said"."""
LIST_ITEM_WORDS = 4
"""Longest item of a list of speakers: "the farmers, two nurses and a driver"."""

BRACKET_REACH = 12
"""Words of a bracket behind a subject."""


@lru_cache(maxsize=1 << 14)
def is_verb_like(word: str) -> bool:
    """Whether a word shows that a clause has its verb: an auxiliary, a past in -ed, an irregular past."""
    if word in word_set("grammar", "auxiliaries", "irregular_pasts"):
        return True
    is_past = len(word) > 4 and word.endswith("ed") and "-" not in word
    return is_past and word not in word_set("grammar", "not_verbs")


def has_verb(line: Line, first: int, last: int) -> bool:
    """Whether the tokens first..last hold a verb."""
    return any(map(is_verb_like, line.words[first:last]))


def is_abbreviation(line: Line, dot: int) -> bool:
    """Whether a full stop belongs to initials: "the U.N.", "J. Smith"."""
    before = line.tokens[dot - 1] if dot else None
    return (
        before is not None and len(before.text) == 1 and before.text.isupper() and before.end == line.tokens[dot].start
    )


def is_mark(word: str) -> bool:
    """Whether a token is a quotation mark."""
    return word in word_set("grammar", "quotation_marks")


def subject_before(line: Line, verb: int) -> tuple[int, int] | None:
    """Return the noun phrase that is the subject of a verb: the tokens first..last before it.

    Lists are followed ("the farmers, nurses and a driver said"), appositions are skipped
    ("Orlo, a nurse from Zeta, said"); None where the verb has no subject of its own ("and also urged").
    """
    last = _before_bracket(line, _without_adverbs(line, verb))
    if last == 0 or line.words[last - 1] in (",", "and", "but", "or"):
        return _behind_apposition(line, last) if last and line.words[last - 1] == "," else None
    first = _phrase_start(line, last)
    return (first, last) if first < last else None


def _before_bracket(line: Line, last: int) -> int:
    """Return where a bracket opens that closes right before a token: that of "the Relief Fund (RF) said"."""
    if not last or line.words[last - 1] != ")":
        return last
    near = range(last - 2, max(-1, last - BRACKET_REACH), -1)
    return next((number for number in near if line.words[number] == "("), last)


def before_relative(line: Line, verb: int) -> tuple[int, int] | None:
    """Return who a relative clause right before a verb tells of: "a nurse" of "a nurse who left Zeta told"."""
    near = range(verb - 2, max(0, verb - RELATIVE_REACH), -1)
    who = next((n for n in near if line.words[n] == "who"), None)
    if who is None or not has_verb(line, who + 1, verb) or any(w in (",", ";", ":") for w in line.words[who:verb]):
        return None
    first = _phrase_start(line, who)
    return (first, who) if first < who and line.words[who - 1] != "," else None


def _without_adverbs(line: Line, verb: int) -> int:
    last = verb
    while last and verb - last < 5 and _is_adverbial(line.words[last - 1]):
        last -= 1
    return last


def _is_adverbial(word: str) -> bool:
    return word in word_set("grammar", "auxiliaries", "adverbs")


def _behind_apposition(line: Line, last: int) -> tuple[int, int] | None:
    """Return the phrase before a pair of commas: "Orlo" of "Orlo, a nurse from Zeta, said"."""
    for comma in range(last - 2, max(-1, last - REACH), -1):
        if line.words[comma] != ",":
            continue
        first = _phrase_start(line, comma)
        is_phrase = first < comma and not has_verb(line, first, comma) and not is_mark(line.words[first])
        return (first, comma) if is_phrase and comma - first <= 12 else None
    return None


def _phrase_start(line: Line, last: int) -> int:
    first, is_list = last, False
    while first > max(0, last - REACH):
        word = line.words[first - 1]
        if word == "," and (is_list or "and" in line.words[first:last]) and _is_item(line, first - 1):
            is_list = True
        elif word == "," or _ends_phrase(line, first - 1):
            break
        first -= 1
    return first


def _ends_phrase(line: Line, index: int) -> bool:
    word = line.words[index]
    if word == "." and is_abbreviation(line, index):
        return False
    if word in (";", ":", "—", "–", "(", ")", ".", "?", "!") or is_mark(word):
        return True
    if word in ("and", "or"):
        return not _is_joined(line, index)
    if word in word_set("grammar", "relatives", "subordinators", "auxiliaries"):
        return True
    return word in word_set("attributions", "past_speech")


def _segment_start(line: Line, last: int) -> int:
    first = last
    while first > max(0, last - REACH) and line.words[first - 1] != "," and not _ends_phrase(line, first - 1):
        first -= 1
    return first


def _is_item(line: Line, comma: int) -> bool:
    """Whether the words before a comma are one short item of a list of names."""
    first = _segment_start(line, comma)
    words = line.words[first:comma]
    if first and is_verb_like(line.words[first - 1]):
        return False
    if not 0 < len(words) <= LIST_ITEM_WORDS or words[0] in word_set("grammar", "discourse"):
        return False
    plain = word_set("grammar", "prepositions")
    return not any(word in plain or word[0].isdecimal() or is_verb_like(word) for word in words)


def _is_joined(line: Line, conjunction: int) -> bool:
    """Whether "and" joins two noun phrases here, and not two clauses."""
    first = _segment_start(line, conjunction)
    return first < conjunction and not has_verb(line, first, conjunction)
