"""What says of a whole clause that it is not so: 'rumours that … were false', 'kept from …', 'a bid to … failed'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line, Phrases
from tidings.evidence.extract.trail import Because, quoted

REACH = 24
"""Words looked at on either side."""
NEAR = 8
"""Words between a verb of keeping and its 'from'."""
SHORT = 6
"""Words between a form of 'be' and what is said of a telling."""
CLAUSE_ENDS = frozenset([";", ":", ".", "—", "–", "(", ")"])
OPENERS = frozenset([",", "and", "but", "or", *CLAUSE_ENDS])


def untruth(line: Line, first: int, last: int) -> Because | None:
    """Return what makes the words first..last of a sentence something that is not so.

    Parameters
    ----------
    line
        The sentence.
    first, last
        The tokens that are judged.
    """
    for found in (
        _nearly(line, first),
        _kept_from(line, first),
        _false_telling(line, first, last),
        _failed(line, first, last),
    ):
        if found:
            return found
    return _answered(line, first)


def _nearly(line: Line, first: int) -> Because | None:
    """'nearly captured X', 'has all but taken X': of a verb, never of a number."""
    if not is_verb_like(line.words[first]) or line.words[first] in word_set("grammar", "auxiliaries"):
        return None
    last = first - (line.words[first - 1 : first] == ("been",))  # "has almost been captured"
    for phrase in lexicon("modality")["nearly"]:
        words = tuple(phrase.split())
        if line.words[max(0, last - len(words)) : last] == words:
            return _because(line, "nearly", last - len(words), last)
    return None


def _kept_from(line: Line, first: int) -> Because | None:
    """'prevented the army from taking': what is kept from happening."""
    at = first - 1
    while at > 0 and line.words[at] in word_set("grammar", "adverbs"):
        at -= 1
    if at <= 0 or line.words[at] != "from" or not line.words[first].endswith("ing"):
        return None
    near = range(at - 1, max(-1, at - NEAR), -1)
    verb = next((n for n in near if line.words[n] in word_set("modality", "preventing")), None)
    return _because(line, "preventing", verb, at + 1) if verb is not None else None


def _false_telling(line: Line, first: int, last: int) -> Because | None:
    """'rumours that X has fallen were false', 'the claim of X was a lie', 'false reports that X had fallen'."""
    if line.bag.isdisjoint(word_set("modality", "tellings")):
        return None
    near = range(first - 1, max(-1, first - REACH), -1)
    telling = next((n for n in _before_end(line, near) if line.words[n] in word_set("modality", "tellings")), None)
    if telling is None or line.words[telling + 1] not in ("that", "of", "about", "to"):
        return None
    if telling and line.words[telling - 1] in word_set("modality", "untrue_tellings"):
        return _because(line, "untrue_tellings", telling - 1, telling)
    false = called_false(line, last)
    return _because(line, "false_predicates", false[0], false[1]) if false else None


def _failed(line: Line, first: int, last: int) -> Because | None:
    """'an attempt by the army to take X failed', 'a bid to take X was repelled'."""
    if line.bag.isdisjoint(word_set("modality", "attempts")):
        return None
    before = range(first - 1, max(-1, first - NEAR), -1)
    to = next((n for n in before if line.words[n] == "to"), None)
    if to is None or any(is_verb_like(word) for word in line.words[to + 1 : first]):
        return None
    near = range(to - 1, max(-1, to - NEAR), -1)
    attempt = next((n for n in _before_end(line, near) if line.words[n] in word_set("modality", "attempts")), None)
    if attempt is None or any(is_verb_like(word) for word in line.words[attempt:to]):
        return None
    near = range(attempt - 1, max(-1, attempt - SHORT), -1)
    foiled = next((n for n in near if line.words[n] in word_set("modality", "failures")), None)
    if foiled is not None and foiled > 0:
        return _because(line, "failures", foiled, foiled + 1)
    failed = _said_behind(line, last, "failures", None)
    return _because(line, "failures", failed[0], failed[1]) if failed else None


def called_false(line: Line, last: int) -> tuple[int, int] | None:
    """Return the tokens behind words that call them false: "was a lie"."""
    return _said_behind(line, last, "false_predicates", word_set("modality", "proving"))


def _said_behind(line: Line, last: int, section: str, be: frozenset[str] | None) -> tuple[int, int] | None:
    """Return the predicate behind words that holds one of a list, before the clause ends."""
    for at in range(last, min(len(line.words), last + REACH)):
        if line.words[at] in CLAUSE_ENDS or line.words[at] in ("but", "which", "who"):
            return None
        if line.words[at] not in word_set("modality", section):
            continue
        if be is None:
            return at, at + 1
        before = range(at - 1, max(last - 1, at - SHORT), -1)
        verb = next((n for n in before if line.words[n] in be), None)
        if verb is not None and not word_set("modality", "negations").intersection(line.words[verb:at]):
            return verb, at + 1
    return None


def _before_end(line: Line, near: range) -> Iterator[int]:
    for at in near:
        if line.words[at] in CLAUSE_ENDS:
            return
        yield at


def _answered(line: Line, first: int) -> Because | None:
    """'Asked whether the army took X, the minister said no.'"""
    if line.words[0] not in ("asked", "questioned") or "," not in line.words[first:]:
        return None
    comma = line.words.index(",", first)
    for at in range(comma, len(line.words)):
        found = _answers().at(line.words, at)
        if found and (found[0] == len(line.words) or not line.words[found[0]][0].isalnum()):
            return _because(line, "answers_no", at, found[0])
    return None


@cache
def _answers() -> Phrases[str]:
    return Phrases.of([(phrase, phrase) for phrase in lexicon("modality")["answers_no"]])


def _because(line: Line, section: str, first: int, last: int) -> Because:
    return Because(f"modality.yaml {section}: {quoted(line.words[first:last])}", *line.span(first, last))


def inverted_condition(line: Line) -> tuple[int, int] | None:
    """Return the tokens of a condition told by its order: 'Had the army come, the town would have fallen'."""
    if not line.words or line.words[0] not in word_set("modality", "inverted") or "," not in line.words:
        return None
    comma = line.words.index(",")
    follows = line.words[comma : comma + REACH]
    is_one = comma > 2 and line.words[-1] != "?" and not word_set("modality", "consequences").isdisjoint(follows)
    return (0, comma) if is_one else None
