"""Numbers in a report: digits, words, ranges and vague quantities, with what hedges them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line, Phrases, lines
from tidings.evidence.extract.words import Document
from tidings.evidence.vocabulary import Quantifier

COMMA_GROUPS = re.compile(r"\d{1,3}(?:(?:,\d{2,3}){1,5}|(?:'\d{3}){1,5})(?:\.\d{1,3})?\Z")
DOT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3}){1,4}\Z")
PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,3})?\Z")
SPACES = frozenset(" \u00a0\u2009\u202f")
DASHES = frozenset("-–—‑")
WHOLE_REACH = 9
"""Words between a share and the whole: 'half of the pre-war population of'."""
NumberRule = Literal["digits", "scales", "small", "vague", "fixed", "range", "parts"]
"""How a number was read: by its digits, by a list of the lexicon "numbers", or as two numbers joined."""


class NumberSpan(NamedTuple):
    """A number told at text[start:end]; token indices count within its sentence."""

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    quantifier: Quantifier = "exact"
    sentence: int = 0
    opening: int = 0
    """Token where the words that belong to the number begin: its quantifier's first word."""
    first: int = 0
    """Token of its first number word."""
    last: int = 0
    """Token after its last number word."""
    after: int = 0
    """Token after the words that belong to it: behind "or more"."""
    share: Literal["none", "part", "whole"] = "none"
    """Whether it is a part told of a whole ("half of the 40,000"), or the whole told in it."""
    rule: NumberRule = "digits"
    """How its words were read."""


class _Amount(NamedTuple):
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    is_scaled: bool = True
    whole: int | None = None
    """Token of the whole of which this is a part."""
    rule: NumberRule = "digits"


def find_numbers(document: Document) -> tuple[NumberSpan, ...]:
    """Find every number that a report tells, in order.

    Parameters
    ----------
    document
        The report cut into sentences.

    Returns
    -------
    tuple of NumberSpan
        `value` is None where the words give only a range; `low` and `high` are None where they set no bound.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> report = Report(id="r", name="-", text="More than 2.5 million people; tens of thousands left.")
    >>> [(n.value, n.low, n.high, n.quantifier) for n in find_numbers(Document(report))]
    [(2500000.0, 2500000.0, None, 'more_than'), (None, 20000.0, 99999.0, 'between')]
    """
    return _numbers(document)


@lru_cache(maxsize=2)
def _numbers(document: Document) -> tuple[NumberSpan, ...]:
    return tuple(number for line in lines(document) for number in _in_line(line))


def _in_line(line: Line) -> list[NumberSpan]:
    found: list[NumberSpan] = []
    end = 0
    for index in [number for number, word in enumerate(line.words) if _may_start(word)]:
        if index < end:
            continue
        amount = _part_at(line, index) or _range_at(line, index) or _amount_at(line, index)
        if amount is not None and not _is_identifier(line, index, amount.end):
            found += _told_by(line, index, amount)
            end = amount.end
    return _paired(line, found)


def _paired(line: Line, found: list[NumberSpan]) -> list[NumberSpan]:
    """Mark "45 of the 60" as a part and its whole; the words that follow belong to both."""
    for position in range(len(found) - 1):
        part, whole = found[position : position + 2]
        is_of = line.words[part.after : part.after + 1] == ("of",) and _is_owned(line, part.after + 1, whole.opening)
        if part.share == whole.share == "none" and is_of:
            found[position] = part._replace(share="part", after=whole.after)
            found[position + 1] = whole._replace(share="whole")
    return found


def _is_owned(line: Line, first: int, last: int) -> bool:
    """Whether words tell whose number follows, if any do: "its", "the town's", "Zeta's"."""
    if last - first > WHOLE_REACH:
        return False
    return all(
        line.words[at] in word_set("numbers", "between_parts")
        or line.words[at].endswith("'s")
        or line.texts[at][0].isupper()
        for at in range(first, last)
    )


@lru_cache(maxsize=1 << 14)
def _may_start(word: str) -> bool:
    """Whether a number may start with a word: one that tells numbers, digits, or a compound with such a first part."""
    return word[0].isdecimal() or word.partition("-")[0] in _starters() or word in _starters()


def _told_by(line: Line, index: int, amount: _Amount) -> list[NumberSpan]:
    """Return the number, and for a part of another number also the whole."""
    number = _hedged(line, index, amount)
    if amount.whole is None:
        return [number]
    whole = _amount_at(line, amount.whole)
    known = [_hedged(line, amount.whole, whole)] if whole else []
    return [number._replace(share="part"), *(span._replace(share="whole") for span in known)]


@cache
def _starters() -> frozenset[str]:
    book = lexicon("numbers")
    phrases = [*book["fixed"], *book["vague"], *book["parts"]]
    return frozenset(book["small"]) | {phrase.split()[0] for phrase in phrases}


def _is_identifier(line: Line, first: int, last: int) -> bool:
    """Whether the digits are part of a name, a time of day or an amount of money."""
    if not first or not line.words[first][0].isdecimal():
        return False
    before, is_glued = line.texts[first - 1], line.is_glued(first)
    if _is_numbered(line, first):
        return True
    if before in word_set("numbers", "currencies") or line.words[first - 1] in word_set("numbers", "currencies"):
        return True
    if is_glued and (before[-1].isalpha() or before in ":#/_"):
        return True
    if is_glued and before in DASHES and first > 1 and line.is_glued(first - 1):
        return True
    is_rate = last + 1 < len(line.words) and line.words[last + 1] in lexicon("times")["units"]
    return last < len(line.words) and line.texts[last] in ":/" and line.is_glued(last) and not is_rate


def _is_numbered(line: Line, first: int) -> bool:
    """Whether the digits are those of a text, a road or a unit: "Resolution 2254", "Brigade 47", "on page 45"."""
    label, digits = line.words[first - 1], line.words[first]
    if not digits.isdecimal() or len(digits) > 4:
        return False
    if line.texts[first - 1][0].isupper() and label in word_set("numbers", "numbered_names"):
        return True
    is_owned = first > 1 and line.words[first - 2] in word_set("grammar", "determiners")
    return label in word_set("numbers", "numbered") and (not is_owned or line.words[first - 2] in ("its", "their"))


def _amount_at(line: Line, index: int) -> _Amount | None:
    for rule, table in _tables():
        found = table.at(line.words, index)
        if found:
            low, high = found[1]
            return _Amount(found[0], low if low == high else None, None if low == high else low,
                           None if low == high else high, rule=rule)  # fmt: skip
    return _digits_at(line, index) if line.words[index][0].isdecimal() else _spoken_at(line.words, index)


def _part_at(line: Line, index: int) -> _Amount | None:
    """Read a part of a number: "half of the town's 40,000", "15 per cent of its 300,000", "two thirds of a million"."""
    found = _parts().at(line.words, index) or _percentage(line, index)
    if not found:
        return None
    if scaled := _of_scale(line, *found):
        return scaled
    for first in range(found[0], min(found[0] + WHOLE_REACH, len(line.words))):
        word = line.words[first]
        if word[0].isdecimal():
            whole = _amount_at(line, first)
            if whole is None or not whole.value or _percentage(line, first):
                return None
            return _Amount(whole.end, round(whole.value * found[1]), whole=first, rule="parts")
        if not (word in word_set("numbers", "between_parts") or word.endswith("'s")):
            named = line.texts[first][0].isupper()
            if not named:
                return None
    return None


def _percentage(line: Line, index: int) -> tuple[int, float] | None:
    """Read "15 per cent" and "15%" as a share, and the token behind it."""
    value = _digits(line.words[index]) if line.words[index][0].isdecimal() else _small(line.words[index])
    mark = _percents().at(line.words, index + 1) if index + 1 < len(line.words) else None
    return (mark[0], value / 100) if mark and value and value < 100 else None


@cache
def _percents() -> Phrases[bool]:
    return Phrases.of([(phrase, True) for phrase in lexicon("numbers")["percents"]])


def _of_scale(line: Line, index: int, share: float) -> _Amount | None:
    """Read "of a million" behind a share: it is the share of a word of scale, and no whole is told."""
    words = line.words[index : index + 3]
    if words[:2] not in (("of", "a"), ("of", "one")) or len(words) < 3 or words[2] not in lexicon("numbers")["scales"]:
        return None
    return _Amount(index + 3, round(share * lexicon("numbers")["scales"][words[2]]), rule="parts")


@cache
def _parts() -> Phrases[float]:
    return Phrases.of([(phrase, float(share)) for phrase, share in lexicon("numbers")["parts"].items()])


@cache
def _tables() -> tuple[tuple[NumberRule, Phrases[tuple[float, float]]], ...]:
    return ("vague", _vague()), ("fixed", _fixed())


@cache
def _vague() -> Phrases[tuple[float, float]]:
    return Phrases.of([(p, (float(low), float(high))) for p, (low, high) in lexicon("numbers")["vague"].items()])


@cache
def _fixed() -> Phrases[tuple[float, float]]:
    return Phrases.of([(p, (float(value), float(value))) for p, value in lexicon("numbers")["fixed"].items()])


def _digits_at(line: Line, index: int) -> _Amount | None:
    value, end = _grouped_by_spaces(line, index)
    if value is None:
        value, end = _digits(line.words[index]), index + 1
    if value is None:
        return None
    if end < len(line.words):
        scale = _suffix(line, end) or lexicon("numbers")["scales"].get(line.words[end])
        if scale:
            return _Amount(end + 1, round(value * scale, 3), rule="scales")
    if DOT_GROUPS.match(line.words[index]):
        value = float(line.words[index].replace(".", ""))
    return _Amount(end, value, is_scaled=False)


def _digits(word: str) -> float | None:
    if COMMA_GROUPS.match(word):
        return float(word.replace(",", "").replace("'", ""))
    return float(word) if PLAIN.match(word) else None


def _grouped_by_spaces(line: Line, index: int) -> tuple[float | None, int]:
    """Read "9 300" and "1 250 000": groups of three digits set apart by one space each."""
    digits, end = line.words[index], index + 1
    if not (digits.isdecimal() and len(digits) <= 3 and digits[0] != "0"):
        return None, end
    while end < len(line.words) and len(digits) < 12 and _is_group(line, end):
        digits += line.words[end]
        end += 1
    return (float(digits), end) if end > index + 1 else (None, end)


def _is_group(line: Line, index: int) -> bool:
    word = line.words[index]
    return len(word) == 3 and word.isdecimal() and line.starts[index] - line.span(index - 1, index)[1] == 1


def _suffix(line: Line, index: int) -> float | None:
    """Return the scale of a suffix set directly behind the digits (2.5m), unless it makes a length."""
    if not line.is_glued(index):
        return None
    following = line.words[index + 1] if index + 1 < len(line.words) else ""
    if following in word_set("numbers", "length_words"):
        return None
    scale = lexicon("numbers")["suffixes"].get(line.words[index])
    return float(scale) if scale else None


def _spoken_at(words: Sequence[str], index: int) -> _Amount | None:
    total, current, end = 0.0, 0.0, index
    scales = lexicon("numbers")["scales"]
    while end < len(words):
        small = _small(words[end])
        if small and (current == 0 or (current % 100 == 0 and small < 100)):
            current += small
        elif words[end] in scales and current and scales[words[end]] in (12, 100):
            current *= scales[words[end]]
        elif words[end] in scales and current:
            total, current = total + current * scales[words[end]], 0.0
        elif not (words[end] == "and" and _joins(words, end, total, current)):
            break
        end += 1
    told = total + current
    return _Amount(end, told, is_scaled=told >= 100, rule="small") if told else None


def _joins(words: Sequence[str], index: int, total: float, current: float) -> bool:
    """Whether this "and" is inside a number: "four hundred and twelve"."""
    follows_scale = (current >= 100 and current % 100 == 0) or (total > 0 and current == 0)
    return follows_scale and index + 1 < len(words) and bool(_small(words[index + 1]))


def _small(word: str) -> int:
    table = lexicon("numbers")["small"]
    if word in table:
        return int(table[word])
    tens, _, ones = word.partition("-")
    if tens in table and ones in table and table[tens] >= 20 and table[ones] < 10:
        return int(table[tens] + table[ones])
    return 0


def _range_at(line: Line, index: int) -> _Amount | None:
    """Read two numbers joined as a range: "5,000 to 7,000", "10,000-15,000", "between 5 and 7 million"."""
    lower = _amount_at(line, index)
    if lower is None or lower.value is None or lower.end + 1 >= len(line.words):
        return None
    joint, previous = line.words[lower.end], line.words[index - 1] if index else ""
    if not (joint in DASHES or joint in ("to", "or") or (joint == "and" and previous == "between")):
        return None
    if joint == "to" and previous in ("from", "by"):  # "rose by 5,000 to 45,000": two numbers
        return None
    upper = _amount_at(line, lower.end + 1)
    return _joined(line, index, lower, upper) if upper and upper.value else None


def _joined(line: Line, index: int, lower: _Amount, upper: _Amount) -> _Amount | None:
    low, high = lower.value or 0.0, upper.value or 0.0
    if not lower.is_scaled and upper.is_scaled and low < high / 100:
        low *= _scale_of(line.words[upper.end - 1])
    elif line.words[lower.end] in DASHES and low < 1000 <= high and high % 1000 == 0 and low < high / 1000:
        low *= 1000
    is_pair_of_years = 1900 <= low <= 2100 and high <= 2100 and "," not in line.words[index]
    if low >= high or is_pair_of_years:
        return None
    return _Amount(upper.end, None, low, high, rule="range")


def _scale_of(word: str) -> float:
    return float(lexicon("numbers")["scales"].get(word, lexicon("numbers")["suffixes"].get(word, 1)))


def _hedged(line: Line, first: int, amount: _Amount) -> NumberSpan:
    start, end = line.span(first, amount.end)
    opening, before = _opening(line, first)
    after, behind = _closing(line, amount.end)
    hedge = before or behind or ("approximately" if amount.rule == "parts" else None)
    quantifier, low, high = _bounded(amount, hedge)
    return NumberSpan(
        start, end, amount.value, low, high, quantifier, line.sentence.number, opening, first, amount.end, after,
        rule=amount.rule,
    )  # fmt: skip


def _opening(line: Line, first: int) -> tuple[int, Quantifier | None]:
    """Walk left over the words that hedge a number; the one farthest left that bounds it decides."""
    opening, decided = first, None
    for _ in range(3):
        found = _quantifiers().before(line.words, opening)
        if not found:
            break
        opening = found[0]
        if decided in (None, "exact", "approximately"):
            decided = found[1]
    if opening == first and opening and line.words[opening - 1] == "between":
        opening -= 1
    return opening, decided


@cache
def _quantifiers() -> Phrases[Quantifier]:
    table: dict[Quantifier, list[str]] = lexicon("numbers")["quantifiers"]
    return Phrases.of([(phrase, name) for name, phrases in table.items() for phrase in phrases])


def _closing(line: Line, last: int) -> tuple[int, Quantifier | None]:
    found = _behind().at(line.words, last) if last < len(line.words) else None
    return found if found else (last, None)


@cache
def _behind() -> Phrases[Quantifier]:
    table: dict[Quantifier, list[str]] = lexicon("numbers")["behind"]
    return Phrases.of([(phrase, name) for name, phrases in table.items() for phrase in phrases])


def _bounded(amount: _Amount, hedge: Quantifier | None) -> tuple[Quantifier, float | None, float | None]:
    """Apply a hedge: "at least" sets the low bound, "up to" the high one; a range keeps its own bounds."""
    if amount.value is None:
        return "between", amount.low, amount.high
    if hedge == "more_than":
        return hedge, amount.value, amount.high
    if hedge == "less_than":
        return hedge, amount.low, amount.value
    return hedge or "exact", amount.low, amount.high
