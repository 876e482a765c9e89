"""Numbers that tell a level: 'rose to 45,000 from 30,000 a week earlier' is two counts at two times, and no flow."""

from __future__ import annotations

from tidings.evidence.extract.figure_reading import FigureRead
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line
from tidings.evidence.reading import When
from tidings.evidence.vocabulary import FLOW_STATUSES

REACH = 5
"""Words before a number among which a verb of change may stand: 'has risen slightly to'."""
FORMER_REACH = 4
"""Words between a number and the "from" of the one that was there before."""


def is_level(read: FigureRead) -> bool:
    """Whether a number of people who are somewhere is what a count came to: "rose to", "fell from 12,000 to"."""
    first = read.number.opening
    joint = read.line.words[first - 1] if first else ""
    near = read.line.words[max(0, first - REACH) : first]
    is_changed = joint in ("to", "at", "from") and any(word in word_set("figures", "level_verbs") for word in near)
    return is_changed and read.status not in FLOW_STATUSES


def is_change(read: FigureRead) -> bool:
    """Whether a number is by how much a count changed: "rose by 120,000"."""
    first = read.number.opening
    near = read.line.words[max(0, first - REACH) : first]
    return near[-1:] == ("by",) and any(word in word_set("figures", "level_verbs") for word in near)


def is_comparison(line: Line, after: int) -> bool:
    """Whether a span of time only tells how long ago: "a week earlier"."""
    return line.words[after : after + 1] in (("earlier",), ("ago",), ("before",), ("later",), ("previously",))


def time_of_count(read: FigureRead, told: When | None) -> When | None:
    """Return the time of a number, but for that of the number it is compared with: "from 30,000 a week earlier"."""
    if told is None or told.span is None or told.span[0] < read.number.end:
        return told
    words, last = read.line.words, read.line.index(read.number.end - 1) + 1
    reach = range(last, min(last + FORMER_REACH, len(words) - 1))
    former = next((i for i in reach if words[i] == "from" and words[i + 1][0].isdecimal()), None)
    is_its_time = former is not None and read.line.starts[former] < told.span[0]
    return None if is_its_time and is_comparison(read.line, read.line.index(told.span[1] - 1)) else told
