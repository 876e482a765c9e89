"""Which words a negation denies: not what only came late, in company, or is taken for granted by "had they not".

'did not leave X until Friday' tells that it was left on Friday; 'not captured alone', that it was captured.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tidings.evidence.extract.clauses import is_mark, is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.negative_subjects import negative_subject
from tidings.evidence.extract.phrases import Line, Phrases
from tidings.evidence.extract.trail import Because

REACH = 14
"""Words behind those that are negated within which the negation's focus may stand."""
NEAR = 4
"""Words between a negation and what it negates."""
SHORT_REACH = 8
"""Words before a verb within which it is said how far it was: 'within three kilometres of'."""
LATE_REACH = 6
"""Words between a "not until …" that opens a clause and its verb."""
SUBJECT_WORDS = 6
"""Words of a subject between "had" and "not": 'had the rebels of the north not'."""
OPEN_MODALS = frozenset(["may", "might", "should", "must", "won't", "wouldn't", "'ll", "'d"])
"""With "not" these leave open what the others deny: "may not", but "could not be evacuated"."""
UNTIL = frozenset(["until", "till"])
CLAUSE_ENDS = frozenset([";", ":", ".", "?", "!", "—", "–", "(", ")", "that", "which", "who", "although", "though"])


def negation(line: Line, first: int, last: int) -> Because | None:
    """Return the word that negates the words first..last of a sentence, or None."""
    at = negation_at(line, first, last)
    return Because(f"modality.yaml negations: '{line.words[at]}'", *line.span(at, at + 1)) if at is not None else None


def negation_at(line: Line, first: int, last: int) -> int | None:
    """Return the token of the word that negates the words first..last of a sentence, or None."""
    negations, additive = word_set("modality", "negations"), word_set("modality", "additive")
    for index in range(max(0, first - NEAR), min(last, len(line.words))):
        if line.words[index] not in negations or not additive.isdisjoint(line.words[index + 1 : index + 2]):
            continue
        if index and tells_more(line, index - 1):
            continue
        if any(word in OPEN_MODALS for word in line.words[max(0, index - 2) : index]):
            continue
        between = line.words[index + 1 : first]
        plain = word_set("grammar", "auxiliaries", "adverbs")
        linked = word_set("modality", "linked", *(["partitive"] if line.words[index] == "none" else []))
        if all(word in plain or word in linked for word in between):
            return index
    return None


def tells_more(line: Line, at: int) -> bool:
    """Whether an "if not" at a word only says that it may be more: 'controls most, if not all, of X'."""
    is_if_not = line.words[at : at + 2] == ("if", "not") and at + 2 < len(line.words)
    return is_if_not and line.words[at + 2] in word_set("modality", "degrees")


def fell_short(line: Line, first: int) -> Because | None:
    """Return the words before a verb by which it did not come about: 'close to taking', 'within 3 km of taking'."""
    before = line.words[max(0, first - SHORT_REACH) : first]
    said = " ".join(before)
    is_short = any(said.endswith(f" {phrase}") for phrase in lexicon("modality")["fallen_short"])
    if not is_short and not (before[-1:] == ("of",) and "within" in before):
        return None
    return Because("modality.yaml fallen_short: it did not come about", *line.span(first - 1, first))


def came_late(line: Line, first: int, last: int) -> bool:
    """Whether what is negated came after all: 'did not leave X until Friday', but not 'has not left until now'."""
    if not word_set("modality", "perfects").isdisjoint(line.words[max(0, first - NEAR) : first]):
        return False
    at = next((n for n in _behind(line, last) if line.words[n] in UNTIL), None)
    open_ends = word_set("modality", "open_ends")
    return at is not None and at + 1 < len(line.words) and line.words[at + 1] not in open_ends


def comes_late(line: Line, first: int, last: int, why: Because) -> bool:
    """Whether what somebody failed to do was done after all: "failed to take the town until Friday"."""
    failing = any(f"'{verb} to'" in why.rule for verb in word_set("modality", "failing"))
    return failing and came_late(line, first, last)


def is_of_the_past(line: Line, first: int) -> bool:
    """Whether what is negated before a token did not happen, not does not: 'did not leave', not 'is not leaving'."""
    return not word_set("modality", "pasts").isdisjoint(line.words[max(0, first - NEAR) : first])


def is_aside(line: Line, first: int, last: int) -> bool:
    """Whether a negation falls on how something was done, and not on that it was: 'not captured alone'."""
    chain = line.words[max(0, first - NEAR) : first]
    if not word_set("modality", "abilities").isdisjoint(chain):
        return False  # "could not take it without help"
    return any(_is_focus(line, at) or _is_corrected(line, at) for at in _behind(line, last))


def _behind(line: Line, last: int) -> Sequence[int]:
    """Return the tokens of the clause behind words, up to REACH of them."""
    end = last
    while end < min(len(line.words), last + REACH) and not (line.words[end] in CLAUSE_ENDS or is_mark(line.words[end])):
        if line.words[end] == "," or (line.words[end] == "and" and any(map(is_verb_like, line.words[end : end + 6]))):
            break
        end += 1
    return range(last, end)


def _is_focus(line: Line, at: int) -> bool:
    found = _focuses().at(line.words, at)
    if found is None:
        return False
    is_open = found[1] == "open"  # "without help": what is missing follows
    if line.words[at] == "without" and word_set("modality", "means").isdisjoint(line.words[at + 1 : at + 5]):
        return False  # "without conditions"
    follows = line.words[found[0]] if found[0] < len(line.words) else "."
    return is_open or not follows[0].isalnum() or follows in word_set("modality", "behind_focus")


@cache
def _focuses() -> Phrases[str]:
    book = lexicon("modality")
    rows = [(phrase, "closed") for phrase in book["focused"]]
    return Phrases.of([*rows, *((phrase, "open") for phrase in book["focus_openers"])])


def _is_corrected(line: Line, at: int) -> bool:
    """Whether "not" falls on what "but" puts right: 'not with its allies but with', 'not on Friday but on Saturday'."""
    word = line.words[at]
    is_day = word in word_set("times", "span_openers") and is_day_behind(line, at)
    if not is_day and word not in word_set("modality", "corrected"):
        return False
    near = range(at + 2, min(len(line.words) - 1, at + REACH))
    but = next((n for n in near if line.words[n] == "but" and line.words[n + 1] == word), None)
    return but is not None and (not is_day or is_day_behind(line, but + 1))


def is_day_behind(line: Line, at: int) -> bool:
    """Whether a day or a month follows a word: the "Friday" of 'on Friday', the "3 March" of 'on 3 March'."""
    days = word_set("times", "weekdays", "months")
    return any(word in days for word in line.words[at + 1 : at + 3])


def is_late(line: Line, at: int, first: int, last: int) -> bool:
    """Whether the "until" at a token tells when something came about: its negation stands before it or before that."""
    if line.words[at] not in UNTIL:
        return False
    if at > 0 and line.words[at - 1] == "not":
        return at < first  # "not until Friday did the army"
    is_negated = negation_at(line, first, last) is not None or negative_subject(line, first) or _failing(line, first)
    return at >= last and bool(is_negated) and came_late(line, first, last)


def is_put_right(line: Line, at: int, first: int, last: int) -> bool:
    """Whether the time at a token is the one that was not so: the Monday of 'not on Monday but on Tuesday'."""
    return at >= last and _is_corrected(line, at) and negation_at(line, first, last) is not None


def _failing(line: Line, first: int) -> bool:
    return first > 1 and line.words[first - 1] == "to" and line.words[first - 2] in word_set("modality", "failing")


def supposed_otherwise(line: Line, condition: tuple[int, int], *, is_spoken: bool) -> bool:
    """Whether a condition supposes that what was so had not been: 'if they had not captured X, … would'.

    A speaker's "would" may be a "will" of the past: "said it would leave if it had not"; "would have" is none.
    """
    first, last = condition
    words = line.words[first:last]
    negations = word_set("modality", "negations")
    is_past = "hadn't" in words or ("had" in words and not negations.isdisjoint(words[words.index("had") :]))
    if not is_past or any(line.words[n] == "by" and is_day_behind(line, n) for n in range(first, last)):
        return False  # "if it had not left by Friday" leaves it open
    modals = word_set("modality", "consequences")
    would = [n for n, word in enumerate(line.words) if word in modals and not first <= n < last]
    return any(not is_spoken or "have" in line.words[n : n + 4] for n in would)


def inverted_negation(line: Line) -> tuple[int, int] | None:
    """Return the tokens of a condition beside or behind what hangs on it: '…, had the rebels not captured X'."""
    for at in (n for n, word in enumerate(line.words) if n and word == "had"):
        near = range(at + 2, min(at + 2 + SUBJECT_WORDS, len(line.words)))
        negated = next((n for n in near if line.words[n] == "not"), None)
        if negated is None or any(map(is_verb_like, line.words[at + 1 : negated])):
            continue
        ends = (n for n in range(negated, len(line.words)) if line.words[n] in (",", ";", "."))
        end = next(ends, len(line.words))
        if not word_set("modality", "consequences").isdisjoint((*line.words[:at], *line.words[end:])):
            return at, end
    return None
