"""Times in a report: which days its words tell, and which of them govern a figure or an event."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tidings.evidence.extract.anchored_times import anchored_at
from tidings.evidence.extract.calendar_words import DAY, Point, day_number, month_at, point_at
from tidings.evidence.extract.carried_years import carried, has_year
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.day_ranges import behind_part, day_range_at
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.negations import is_late, is_put_right
from tidings.evidence.extract.own_clauses import is_now, is_of_another_clause
from tidings.evidence.extract.phrases import Line, line_at, lines
from tidings.evidence.extract.relative_times import HEDGES, is_ahead, relative_at
from tidings.evidence.extract.time_lists import listed_points
from tidings.evidence.extract.words import Document
from tidings.evidence.extract.year_parts import year_part_at
from tidings.evidence.reading import When

ANCHOR_REACH = 4
"""Sentences over which "the following day" points back."""
SINCE_REACH = 12
"""Words between "since" and the day of the turn: 'since the start of the government's new offensive in'."""
SPEECH_REACH = 3
"""Words between a verb of speech and the time of the speech: 'said late on Monday'."""


LONGEST_OPENING = 7
"""Words before the one that makes a time: 'over about the last two or three weeks'."""


class TimeSpan(NamedTuple):
    """A time told by the tokens first..last of a sentence."""

    first: int
    last: int
    from_: dt.date | None
    until: dt.date | None
    since: int | None = None
    """Token of the "since" whose clause tells the day: "since the war began in May"."""


def find_times(document: Document, published: dt.date | None) -> tuple[When, ...]:
    """Find every time expression, resolved against the day of publication.

    Parameters
    ----------
    document
        The report cut into sentences.
    published
        Day of publication. Without it, relative times have neither `from` nor `until`, only their words.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> document = Document(Report(id="r", name="-", text="The town fell on Friday, after a siege since May 2015."))
    >>> [(w.text, str(w.from_), str(w.until)) for w in find_times(document, dt.date(2016, 2, 8))]
    [('on Friday', '2016-02-05', '2016-02-06'), ('since May 2015', '2015-05-01', 'None')]
    """
    return tuple(
        _when(document, line, time) for line in lines(document) for time in times_in(document, line, published)
    )


def when_of(document: Document, start: int, end: int, published: dt.date | None) -> When | None:
    """Return the time that governs the words text[start:end]: of their clause first, then of their sentence.

    The time of a speech ("..., he said on Monday") governs the speaking, not what is said.
    """
    line = line_at(document, start)
    first, last = line.cover(start, end)
    times = [t for t in times_in(document, line, published) if _governs(line, t, first, last)]
    if not times:
        return None
    time = min(times, key=lambda time: _distance(line, time, first, last))
    if is_late(line, time.first, first, last):
        time = time_at(line, time.first + 1, published, is_ahead(line)) or time
    is_outside = time.since is not None and (last <= time.since or first >= time.last)
    return _when(document, line, _since(time) if is_outside else time)


def _since(time: TimeSpan) -> TimeSpan:
    """Return the open time that a "since" makes of the day of a turn, for all but the turn itself."""
    return TimeSpan(time.since if time.since is not None else time.first, time.last, time.from_, None)


def times_in(document: Document, line: Line, published: dt.date | None) -> tuple[TimeSpan, ...]:
    """Return the times of one sentence, in order."""
    return _all_times(document, published)[line.sentence.number]


@lru_cache(maxsize=2)
def _all_times(document: Document, published: dt.date | None) -> tuple[tuple[TimeSpan, ...], ...]:
    found: list[tuple[TimeSpan, ...]] = []
    for line in lines(document):
        found.append(_scan(line, published, found[-ANCHOR_REACH:]))
    return tuple(found)


def _day_in(told: Sequence[Sequence[TimeSpan]]) -> dt.date | None:
    """Return the last single day of the sentences before, from which "the following day" is told."""
    days = (time.from_ for times in told for time in times if _is_one_day(time))
    return max(enumerate(days), default=(0, None), key=lambda item: item[0])[1]


def _is_one_day(time: TimeSpan) -> bool:
    return time.from_ is not None and time.until is not None and time.until - time.from_ == DAY


def _scan(line: Line, published: dt.date | None, before: Sequence[Sequence[TimeSpan]]) -> tuple[TimeSpan, ...]:
    cores = [index for index, word in enumerate(line.words) if _is_core(word)]
    if not cores:
        return ()
    found: list[TimeSpan] = []
    ahead, anchor = is_ahead(line), _day_in(before)
    for core in cores:
        index = max(found[-1].last if found else 0, core - LONGEST_OPENING)
        while index <= core:
            if not _may_start(line.words[index]):
                index += 1
                continue
            time = _anchored(line, index, _day_in([found]) or anchor) or time_at(line, index, published, ahead)
            if time:
                time = _in_told_year(line, time, found, published)
                found.append(time._replace(since=_since_before(line, time)))
            index = time.last if time else index + 1
    return tuple(found)


def _in_told_year(line: Line, time: TimeSpan, found: Sequence[TimeSpan], published: dt.date | None) -> TimeSpan:
    """Give a month without a year that of the times before it in its sentence, where the sentence goes on from them."""
    at = next((n for n in range(len(found) - 1, -1, -1) if has_year(line, found[n])), None)
    if at is None:
        return time

    def again(day: dt.date, is_on: bool) -> TimeSpan | None:
        return time_at(line, time.first, day, is_on)

    return carried(line, time, found[-1], published, again) or time


def _anchored(line: Line, index: int, anchor: dt.date | None) -> TimeSpan | None:
    point = anchored_at(line, index, anchor)
    return TimeSpan(index, point.end, point.from_, point.until) if point else None


def _since_before(line: Line, time: TimeSpan) -> int | None:
    """Return the "since" that opens the clause in which a day is told: "since the war began in May"."""
    edges = word_set("times", "since_edges")
    for index in range(time.first - 1, max(-1, time.first - SINCE_REACH), -1):
        word = line.words[index]
        if word == "since":
            is_later = index > 0 and line.words[index - 1] in word_set("grammar", "auxiliaries")
            return None if is_later or index == time.first - 1 else index
        if word in edges or word[0].isdecimal():
            return None
    return None


@lru_cache(maxsize=1 << 14)
def _is_core(word: str) -> bool:
    """Whether a word may make a time: a month, a weekday, a unit, a year, a date, "mid-May"."""
    if word[0].isdecimal():
        return len(word) == 4 or word.count(".") == 2 or word in _core_words()
    return word in _core_words() or word.rpartition("-")[2] in _core_words()


@cache
def _core_words() -> frozenset[str]:
    book = lexicon("times")
    named = [*book["months"], *book["weekdays"], *book["units"], *book["single_days"]]
    plain = [*named, *book["now_words"], "weekend", "morning", "afternoon", "evening"]
    return frozenset([*plain, *(f"{word}'s" for word in plain)])


def _may_start(word: str) -> bool:
    """Whether a time may begin with a word: most words before a month or a unit need no closer look."""
    return word[0].isdecimal() or word in _starters() or "-" in word


@cache
def _starters() -> frozenset[str]:
    book = lexicon("times")
    lists = ("span_openers", "point_openers", "past_words", "coming_words", "seasons")
    plain = [word for name in lists for word in book[name]]
    counts = [*book["counts"], *lexicon("numbers")["small"], *HEDGES]
    return _core_words() | frozenset([*plain, *counts, "between", "the", "this", "recent", "that", "earlier"])


def time_at(line: Line, index: int, published: dt.date | None, ahead: bool = False) -> TimeSpan | None:
    """Return the time expression that starts at a token, or None."""
    word = line.words[index]
    told = (
        day_range_at(line, index, published, ahead)
        or year_part_at(line, index, published)
        or relative_at(line, index, published)
    )
    if told:
        return TimeSpan(index, told.end, told.from_, told.until)
    if word in ("between", "from"):
        return _between(line, index, published, ahead)
    opening = index
    while opening < min(index + LONGEST_OPENING, len(line.words)) and _opens_point(line, opening):
        opening += 1
    opening = behind_part(line, opening).first
    point = point_at(line, opening, published, ahead)
    if point is None:
        return None
    return _prefixed(line, index, opening, listed_points(line, opening, point, published, ahead))


def _opens_point(line: Line, index: int) -> bool:
    """Whether a word may stand before a point in time: "by the end of" too."""
    parts = lexicon("times")["point_parts"]
    is_part = line.words[index] in parts and line.words[index + 1 : index + 2] == ("of",)
    is_article = line.words[index] == "the" and line.words[index + 1 : index + 2] and line.words[index + 1] in parts
    return line.words[index] in word_set("times", "point_openers") or is_part or bool(is_article)


def _between(line: Line, index: int, published: dt.date | None, ahead: bool) -> TimeSpan | None:
    """Read "between 17 October and 23 March" and "from 5 to 9 May": the first end may lack month and year."""
    for joint in range(index + 2, min(index + 8, len(line.words) - 1)):
        if line.words[joint] not in ("and", "to", "until", "till", "-", "–", "—"):
            continue
        second = point_at(line, _skip_parts(line, joint + 1), published, ahead)
        if second:
            first = _first_end(line, _skip_parts(line, index + 1), joint, second)
            return TimeSpan(index, second.end, first, second.until) if first or second.until is None else None
    if line.words[index] == "from":
        point = point_at(line, index + 1, published, ahead)
        is_owner = point is not None and line.words[point.end - 1].endswith("'s")  # "from Friday's attack"
        return TimeSpan(index, point.end, point.from_, point.until if is_owner else None) if point else None
    return None


def _skip_parts(line: Line, index: int) -> int:
    return index + 1 if index < len(line.words) and line.words[index] in ("early", "late", "mid", "the") else index


def _first_end(line: Line, index: int, joint: int, second: Point) -> dt.date | None:
    """Return the first day of the first end, at or before the second end."""
    if second.from_ is None:
        return None
    day = day_number(line.words[index])
    if day and joint == index + 1:
        return second.from_.replace(day=day) if day <= second.from_.day else None
    point = point_at(line, index, second.from_)
    return point.from_ if point and point.end <= joint else None


def _prefixed(line: Line, index: int, opening: int, point: Point) -> TimeSpan:
    opener = line.words[index]
    part = _part_word(line, index, opening, point)
    first, last = _part(point, part)
    if opener in ("since", "after"):
        return TimeSpan(index, point.end, last if opener == "after" else first, None)
    if opener in ("until", "till", "before"):
        return TimeSpan(index, point.end, None, last if part == "end" else first)
    if opener == "by":
        return TimeSpan(index, point.end, None, last)
    return TimeSpan(index, point.end, first, last)


def _part_word(line: Line, index: int, opening: int, point: Point) -> str:
    """Return which part of a month or a year is told: "mid-May", "late in May", "the end of May"."""
    named = max(0, point.end - (2 if point.has_year else 1))
    glued = line.words[named].partition("-")[0] if month_at(line, named) else ""
    before = line.words[named - 1] if named else ""
    known = ("mid", "early", "late", "end")
    plain = next((word for word in (glued, before) if word in known), "")
    parts = lexicon("times")["point_parts"]
    return plain or next((parts[word] for word in line.words[index:opening] if word in parts), "")


def _part(point: Point, word: str) -> tuple[dt.date | None, dt.date | None]:
    """Cut a month or a year down to its early, middle or late part."""
    if not (point.from_ and point.until) or not word:
        return point.from_, point.until
    third = (point.until - point.from_) / 3
    if word == "early":
        return point.from_, point.from_ + third
    return (point.from_ + third, point.until - third) if word == "mid" else (point.until - third, point.until)


def _when(document: Document, line: Line, time: TimeSpan) -> When:
    start, end = line.span(time.first, time.last)
    return When(from_=time.from_, until=time.until, text=document.report.text[start:end], span=(start, end))


def _governs(line: Line, time: TimeSpan, first: int, last: int) -> bool:
    is_compared = time.first > 0 and line.words[time.first - 1] == "than"  # "50 more than on Friday"
    is_of_noun = line.words[time.first] == "of" and "still" in line.words[first:last]  # "the gains of May"
    if is_put_right(line, time.first, first, last) or _is_later(line, time, first):
        return False
    if is_of_another_clause(line, (time.first, time.last), (first, last)):
        return False
    if time.until is not None and is_now(line.words[time.last : last]):
        return False
    if is_compared or is_of_noun or _tells_speech(line, time, first, last) or _came_before(line, time, last):
        return False
    between = _without_aside(line.words[last : time.first]) if time.first >= last else ()
    if not word_set("times", "state_participles").isdisjoint(between):
        return False
    comma = between.index(",") if "," in between else len(between)
    return word_set("grammar", "auxiliaries").isdisjoint(between[comma:])


def _is_later(line: Line, time: TimeSpan, first: int) -> bool:
    """Whether words tell what came after a time: the second capture of 'captured in April, before recaptured by'."""
    if time.last > first or not any(map(is_verb_like, line.words[: time.first])):
        return False
    between = line.words[time.last : first]
    opens = line.words[0] in word_set("times", "befores") and "," not in line.words[: time.first]
    if opens and between[:1] == (",",):
        return True  # "After the army took X on Monday, it took Y"
    later = word_set("times", "followers") - {"then", "only"}
    for at, word in enumerate(between):
        opened = between[max(0, at - 1)]
        if word in word_set("times", "followers") and (word in ("before", "until") or opened == ","):
            return True
        if word in later and opened in word_set("times", "before_later"):
            return True
    return False


def _came_before(line: Line, time: TimeSpan, last: int) -> bool:
    """Whether words stand in an opening "After ...," and the time behind its comma."""
    if line.words[0] not in word_set("times", "befores") or "," not in line.words[last : time.first]:
        return False
    return "," not in line.words[:last]


def _without_aside(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what stands between a pair of commas: "lifted the siege, which had lasted since May, on Sunday"."""
    return words[: words.index(",")] if words[-1:] == (",",) and "," in words[:-1] else words


def _tells_speech(line: Line, time: TimeSpan, first: int, last: int) -> bool:
    speech = word_set("attributions", "past_speech")
    near = range(max(0, time.first - SPEECH_REACH), time.first)
    verb = next((index for index in reversed(near) if line.words[index] in speech), None)
    return verb is not None and not first <= verb < last


def _distance(line: Line, time: TimeSpan, first: int, last: int) -> float:
    """Words between a time and what it may govern; edges of clauses weigh more, opening a sentence weighs nothing."""
    if time.first <= 1 and last > time.last:
        return min(4.0, first - time.last + _edges(line, time.last, first) * 6.0)
    if time.first >= last:
        return time.first - last + _edges(line, last, time.first) * 6.0
    if time.last <= first:
        return first - time.last + _edges(line, time.last, first) * 6.0 + 1.0
    return -1.0


def _edges(line: Line, first: int, last: int) -> int:
    return bisect_left(line.edges, last) - bisect_left(line.edges, first)
