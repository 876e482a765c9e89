r"""How evidence on one question is weighed, day by day (RECONCILE-1 in docs/assess.md): the one rule for one and many.

On a day a voice counts by its newest answers; all voices of a day are pooled. With reliability :math:`r_i` they move a
share :math:`R = 1 - \prod_i (1 - r_i)` of the mass to the answers, shared in proportion to :math:`-\log(1 - r_i)`; what
remains keeps its earlier opinion. Between days opinions fade towards unknown with a half-life.

What is told of many questions lies in columns, and only whole numbers and sums, products and quotients of floats are
worked with: powers and logarithms are looked up. So the same lines run as Python over lists, for few questions, and
compiled over arrays, for many, to the same last bit (`fold_of`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any, NamedTuple, cast

NEVER = 3652059
"""The last day there is, as its ordinal: of what does not end."""
_DAYS, _TOLD, _GROUPS = 0, 1, 2
"""Positions in `Heard.counts`."""
_NEW = -1.0
"""Share that stays of a day that is yet to be weighed."""


class Tellings(NamedTuple):
    """What is told of many questions, a telling a row; days are ordinals."""

    first: list[int]
    """Where the rows of each question begin, and, one further, end. Shape (question + 1,)."""
    day: list[int]
    """From which it holds."""
    until: list[int]
    """For which it vouches last: `day` or a later one."""
    ends: list[int]
    """On which it holds no more."""
    voice: list[int]
    """Among the voices of its question in their order."""
    answer: list[int]
    """Among all answers in their order, *unknown* among them."""
    strength: list[int]
    """Position in `Scales`; the greater, the more reliable."""
    changed_by: list[int]
    """Of an event by which a place changes hands: the last day on which it may have happened; else 0."""
    is_dated: list[int]
    """Whether its words tell on which day, as 1 or 0."""


class Scales(NamedTuple):
    """What is looked up."""

    doubt: list[float]
    """By strength: one less the reliability."""
    weight: list[float]
    """By strength: the negative logarithm of that."""
    kept: list[float]
    """By number of days: the share of an opinion that has not faded."""


class Heard(NamedTuple):
    """What is heard of one question: days in order, each a group of voices; written over by the next question."""

    counts: list[int]
    """Of the days that stand, of the voices told, of all groups."""
    group_of: list[int]
    """By voice: the group of its newest answers, or -1."""
    before: list[int]
    """By voice: the group of its answers before those."""
    heard_in: list[int]
    """By voice and answer: the last group in which it was told."""
    strength: list[int]
    """By voice and answer: of the strongest telling since the voice last said otherwise."""
    voices: list[int]
    """The voices of each group, one group after the other."""
    start: list[int]
    """By group: where its voices begin in `voices`."""
    n_left: list[int]
    """By group: how many of its voices have not spoken again."""
    day: list[int]
    """By group."""
    stays: list[float]
    """By group: the share of the earlier opinion that stays, or that it is to be weighed."""
    moved: list[float]
    """By group and answer: what the answer gets of the rest."""
    where: list[int]
    """By group: its position among the days."""
    order: list[int]
    """The groups of which a voice is left, by position."""
    odds: list[float]
    """By position and answer: the opinion after that day."""


class Found(NamedTuple):
    """What the evidence on each question stands for on a day."""

    odds: list[float]
    """By question and answer, as on the last day on which anything was told."""
    last: list[int]
    """That day; 0 where nothing is told."""
    since: list[int]
    """The day since which the likeliest answer is the likeliest; 0 where it was so before anything was told."""
    until: list[int]
    """The first day on which it may stand for something else."""
    shown: list[int]
    """The last day of which anybody told that the likeliest answer but *unknown* holds, or came to hold; or 0."""
    changed: list[int]
    """The day on which a place came into the hands of that answer; 0 where nobody told of it."""
    change: list[int]
    """The row, in the tellings by voice, that tells of that day; -1 where nobody did."""


class Asked(NamedTuple):
    """What is asked: one question on one day."""

    question: int
    on: int
    number: int
    """Of the question among those asked."""
    unknown: int
    """The number of the answer *unknown*."""
    n_answers: int


Fold = Callable[[Tellings, Tellings, Scales, Heard, int, list[int], int, Found], None]


def _fold(
    told: Tellings, pieces: Tellings, scales: Scales, heard: Heard, unknown: int, questions: list[int], on: int,
    found: Found,
) -> None:  # fmt: skip
    """Find what the evidence on questions stands for on a day.

    Parameters
    ----------
    told
        By question, day, voice and answer: all pieces, and once more those that vouch for longer than a day, on the
        last day for which they do.
    pieces
        By question, voice and answer.
    heard
        To write in: as long as the largest question needs.
    unknown
        The number of the answer *unknown*.
    """
    n_answers = len(found.odds) // max(len(questions), 1)
    for number in range(len(questions)):
        asked = Asked(questions[number], on, number, unknown, n_answers)
        _forget(heard, pieces, asked)
        found.last[number] = found.since[number] = 0
        top = _earlier_days(told, scales, heard, found, asked)
        _this_day(pieces, scales, heard, found, asked, top)
        found.until[number] = stands_until(
            pieces.day, pieces.until, pieces.ends, pieces.first[asked.question], pieces.first[asked.question + 1], on
        )
        last = heard.counts[_DAYS] - 1
        _find_shown(pieces, heard, found, asked, last)
        for answer in range(n_answers):
            found.odds[number * n_answers + answer] = heard.odds[last * n_answers + answer] if last >= 0 else 0.0


def _forget(heard: Heard, pieces: Tellings, asked: Asked) -> None:
    heard.counts[_DAYS] = heard.counts[_TOLD] = heard.counts[_GROUPS] = 0
    end = pieces.first[asked.question + 1]
    n_voices = pieces.voice[end - 1] + 1 if end > pieces.first[asked.question] else 0
    for voice in range(n_voices):
        heard.group_of[voice] = -1
    for at in range(n_voices * asked.n_answers):
        heard.heard_in[at] = -1


def _earlier_days(told: Tellings, scales: Scales, heard: Heard, found: Found, asked: Asked) -> int:
    """Hear all days before one in their order; return the likeliest answer then."""
    row, end, top = told.first[asked.question], told.first[asked.question + 1], asked.unknown
    while row < end and told.day[row] < asked.on:
        day = told.day[row]
        changed = _open(heard, day)
        while row < end and told.day[row] == day:
            if asked.on < told.ends[row]:
                changed = min(changed, _hear(heard, told, row, asked.n_answers))
            row += 1
        top = _close(heard, scales, found, asked, changed, top)
    return top


def _this_day(pieces: Tellings, scales: Scales, heard: Heard, found: Found, asked: Asked, top: int) -> None:
    """Hear what begins on a day and what was told before and vouches for it."""
    changed = _open(heard, asked.on)
    for row in range(pieces.first[asked.question], pieces.first[asked.question + 1]):
        if pieces.day[row] <= asked.on <= pieces.until[row] and asked.on < pieces.ends[row]:
            changed = min(changed, _hear(heard, pieces, row, asked.n_answers))
    _close(heard, scales, found, asked, changed, top)


def _open(heard: Heard, day: int) -> int:
    """Begin the group of a day; return the position from which on opinions are to be formed."""
    group = heard.counts[_GROUPS]
    heard.day[group], heard.n_left[group], heard.stays[group] = day, 0, _NEW
    heard.start[group] = heard.counts[_TOLD]
    return heard.counts[_DAYS]


def _hear(heard: Heard, told: Tellings, row: int, n_answers: int) -> int:
    """Hear one telling of the group that is open, later than all before, voice by voice.

    Who speaks again takes back what he said before: return the position of the first day that is otherwise.
    """
    group, changed = heard.counts[_GROUPS], heard.counts[_DAYS]
    voice, strength = told.voice[row], told.strength[row]
    if heard.group_of[voice] != group:
        before = heard.before[voice] = heard.group_of[voice]
        if before >= 0:
            heard.n_left[before] -= 1
            heard.stays[before] = _NEW
            changed = heard.where[before]
        heard.group_of[voice] = group
        heard.n_left[group] += 1
        heard.voices[heard.counts[_TOLD]] = voice
        heard.counts[_TOLD] += 1
    at = voice * n_answers + told.answer[row]
    heard_in = heard.heard_in[at]
    is_said_on = heard_in >= 0 and (heard_in == group or heard_in == heard.before[voice])
    heard.strength[at] = max(heard.strength[at], strength) if is_said_on else strength
    heard.heard_in[at] = group
    return changed


def _close(heard: Heard, scales: Scales, found: Found, asked: Asked, changed: int, top: int) -> int:
    """Form the opinion anew for the days from a position on, with the group that is open; return the likeliest."""
    group, days, standing = heard.counts[_GROUPS], heard.counts[_DAYS], changed
    n_left, order, where, stays = heard.n_left, heard.order, heard.where, heard.stays
    day, moved, odds, kept = heard.day, heard.moved, heard.odds, scales.kept
    if not n_left[group]:
        return top
    heard.counts[_GROUPS] += 1
    heard.start[group + 1] = heard.counts[_TOLD]
    for position in range(changed, days + 1):
        each = order[position] if position < days else group
        if n_left[each]:
            if stays[each] == _NEW:
                _weigh(heard, scales, each, asked.n_answers)
            gap = day[each] - day[order[standing - 1]] if standing else 0
            order[standing], where[each] = each, standing
            _move(odds, standing, kept[gap], stays[each], moved, each, asked)
            standing += 1
    heard.counts[_DAYS] = standing
    found.last[asked.number] = day[group]
    newest = _likeliest(odds, standing - 1, asked.n_answers)
    if newest != top:
        found.since[asked.number] = day[group]
    return newest


def _move(
    odds: list[float], position: int, kept: float, stays: float, moved: list[float], group: int, asked: Asked
) -> None:
    """Form the opinion after a day from the one before, of which so much is kept until then."""
    n_answers, unknown = asked.n_answers, asked.unknown
    here, to, known = position * n_answers, group * n_answers, 0.0
    for answer in range(n_answers):
        if answer != unknown:
            left = odds[here - n_answers + answer] * kept if position else 0.0
            known += left
            odds[here + answer] = left * stays + moved[to + answer]
    odds[here + unknown] = (1.0 - known) * stays + moved[to + unknown]


def _weigh(heard: Heard, scales: Scales, group: int, n_answers: int) -> None:
    """Find what the voices of a day that have not spoken again move."""
    moved, voices, group_of = heard.moved, heard.voices, heard.group_of
    heard_in, strength, doubts, weight = heard.heard_in, heard.strength, scales.doubt, scales.weight
    to, doubt, total = group * n_answers, 1.0, 0.0
    for answer in range(n_answers):
        moved[to + answer] = 0.0
    for told in range(heard.start[group], heard.start[group + 1]):
        if group_of[voices[told]] == group:
            at = voices[told] * n_answers
            for answer in range(n_answers):
                if heard_in[at + answer] == group:
                    doubt *= doubts[strength[at + answer]]
                    moved[to + answer] += weight[strength[at + answer]]
    for answer in range(n_answers):
        total += moved[to + answer]
    heard.stays[group] = doubt
    if total > 0.0:
        for answer in range(n_answers):
            moved[to + answer] = (1.0 - doubt) * moved[to + answer] / total


def _likeliest(odds: list[float], position: int, n_answers: int) -> int:
    """Return the answer with the highest probability, the first of several."""
    here, best = position * n_answers, 0
    for answer in range(1, n_answers):
        if odds[here + answer] > odds[here + best]:
            best = answer
    return best


def _find_shown(pieces: Tellings, heard: Heard, found: Found, asked: Asked, last: int) -> None:
    """Find of which day the likeliest answer was told last, and when a place came into its hands.

    A place is taken once until it is lost: who tells of it again without a day tells of the same. Who tells it of a
    later day tells that it was taken back, though nobody told of its loss.
    """
    number, since, shown, change = asked.number, found.since[asked.number], 0, -1
    likeliest = _likeliest_known(heard.odds, last, asked) if last >= 0 else -1
    for row in range(pieces.first[asked.question], pieces.first[asked.question + 1]):
        if pieces.answer[row] == likeliest and pieces.day[row] <= asked.on < pieces.ends[row]:
            if not pieces.changed_by[row]:
                shown = max(shown, min(pieces.until[row], asked.on))
            elif pieces.day[row] >= since and (change < 0 or _tells_better(pieces, row, change)):
                change = row
    found.change[number] = change
    found.changed[number] = pieces.day[change] if change >= 0 else 0
    if change >= 0:
        shown = max(shown, pieces.changed_by[change])
    found.shown[number] = shown if shown else since


def _tells_better(pieces: Tellings, row: int, than: int) -> bool:
    """Return whether a row tells better than another when a place was last taken."""
    if pieces.is_dated[row] != pieces.is_dated[than]:
        return pieces.is_dated[row] > pieces.is_dated[than]
    if pieces.day[row] != pieces.day[than]:
        return (pieces.day[row] > pieces.day[than]) == (pieces.is_dated[row] > 0)
    return pieces.changed_by[row] < pieces.changed_by[than]


def _likeliest_known(odds: list[float], position: int, asked: Asked) -> int:
    """Return the answer with the highest probability, *unknown* only where there is no other."""
    best, highest = asked.unknown, 0.0
    for answer in range(asked.n_answers):
        probability = odds[position * asked.n_answers + answer]
        if answer != asked.unknown and probability > highest:
            best, highest = answer, probability
    return best


def stands_until(day: list[int], until: list[int], ends: list[int], start: int, end: int, on: int) -> int:
    """Return the first day after one on which some pieces of evidence may stand for something else.

    Parameters
    ----------
    day, until, ends
        As in `Tellings`, of the rows from `start` to before `end`.
    """
    first = NEVER
    for row in range(start, end):
        if day[row] > on:
            first = min(first, day[row])
        elif until[row] > on:
            first = on + 1  # it vouches for each day anew
        if ends[row] > on:
            first = min(first, ends[row])
    return first


_PARTS = (
    _forget,
    _open,
    _hear,
    _weigh,
    _move,
    _likeliest,
    _close,
    _earlier_days,
    _this_day,
    _likeliest_known,
    _tells_better,
    _find_shown,
    stands_until,
    _fold,
)
"""Each after those that it calls."""


def fold_of(*, is_compiled: bool) -> Fold:
    """Return the rule: over lists, or compiled over arrays, of the same columns."""
    return _compiled() if is_compiled else _fold


@cache
def _compiled() -> Fold:
    """Compile the lines above as they stand, each with those that it calls.

    They are laid into one, and make no arrays: so nobody need count who uses each of the thirty columns, which numba
    does at every look at one, and which takes five times as long as all the rest.
    """
    import numba  # few questions need not wait for it

    space: dict[str, Any] = dict(globals())
    for part in _PARTS:
        options: dict[str, Any] = {"inline": "never" if part is _fold else "always", "_nrt": False}
        compiled = numba.njit(cache=True, error_model="numpy", **options)
        space[part.__name__] = compiled(FunctionType(part.__code__, space, part.__name__))
    return cast("Fold", space[_fold.__name__])
