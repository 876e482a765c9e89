"""One figure told twice in a report: in the headline and in its story, or a large number told again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tidings.evidence.extract.figure_reading import FigureRead
from tidings.evidence.extract.headlines import Headline
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.trail import Because, Trail
from tidings.evidence.reading import Attribution, Figure

MOST_GROUPS = 40
"""Groups of people with one number, and ways to tell of one group, that a report is looked through for."""
LEAST_BY_ITSELF = 1000
"""A number from here on that is told again of the same people in one report is hardly another count."""
OBSERVED = frozenset(["stated", "claimed"])
ROLES = ("at", "origin", "destination")


def link_repeated(
    figures: Sequence[Figure],
    reads: Sequence[FigureRead],
    headline: Headline,
    speeches: Mapping[str, Attribution],
    trail: Trail | None = None,
) -> tuple[Figure, ...]:
    """Point the tellings of one figure at the fullest of them, the earliest of equal ones, with `same_as`.

    Two are one figure where number, unit, status and measure are the same and place, time, group and speaker do not
    contradict one another; and one of them stands in the headline of the other, or the number is large. One that is
    told as "another" so many is none.

    Parameters
    ----------
    figures, reads
        The figures of a report in the order of its text, and how each was read.
    headline
        Where the headline and its story end.
    speeches
        Attributions by id.
    trail
        Where it is noted what was pointed where.
    """
    groups: dict[tuple[object, ...], list[_Group]] = {}
    for figure, read in zip(figures, reads, strict=True):
        if figure.certainty not in OBSERVED or figure.same_as or (figure.value, figure.low, figure.high) == (None,) * 3:
            continue
        if _is_further(read):
            continue
        known = groups.setdefault(_matter(figure), [])
        group = next((each for each in known[-MOST_GROUPS:] if each.takes(figure, headline, speeches)), None)
        if group is None:
            known.append(group := _Group())
        group.add(figure, speeches)
    again = {figure.id: kept for known in groups.values() for group in known for figure, kept in group.pointed()}
    return tuple(_linked(figure, again.get(figure.id), trail) for figure in figures)


def _matter(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, figure.unit, figure.status, figure.measure


def _is_further(read: FigureRead) -> bool:
    """Whether so many more are told: "another 3,000", "3,000 more"."""
    number, further = read.number, word_set("figures", "further")
    words = read.line.words
    near = [*range(max(0, number.opening - 1), number.first), *range(number.last, min(number.last + 1, len(words)))]
    return any(words[at] in further and words[at + 1 : at + 2] != ("than",) for at in near)


class _Told(NamedTuple):
    """What two tellings of one figure may not contradict one another in."""

    roles: tuple[frozenset[str], ...]
    group: str
    days: tuple[dt.date, dt.date]
    speakers: tuple[str, ...]

    @classmethod
    def of(cls, figure: Figure, speeches: Mapping[str, Attribution]) -> _Told:
        period, said = figure.period, speeches.get(figure.attribution or "")
        return cls(
            tuple(frozenset(getattr(figure, role)) for role in ROLES),
            figure.group,
            ((period and period.from_) or dt.date.min, (period and period.until) or dt.date.max),
            (said.speakers or (said.speaker_text or "",)) if said else (),
        )

    def agrees(self, other: _Told) -> bool:
        """Whether nothing that both tell is told differently."""
        if any(one and two and one.isdisjoint(two) for one, two in zip(self.roles, other.roles, strict=True)):
            return False
        if "unknown" not in (self.group, other.group) and self.group != other.group:
            return False
        (start, end), (start_, end_) = self.days, other.days
        is_one_speaker = not self.speakers or not other.speakers or self.speakers == other.speakers
        return start < end_ and start_ < end and is_one_speaker


@dataclass
class _Group:
    """The tellings of one figure, and the different ways in which it was told: a few, however often it was."""

    figures: list[Figure] = field(default_factory=list)
    ways: dict[_Told, None] = field(default_factory=dict)

    def add(self, figure: Figure, speeches: Mapping[str, Attribution]) -> None:
        self.figures.append(figure)
        self.ways[_Told.of(figure, speeches)] = None

    def takes(self, figure: Figure, headline: Headline, speeches: Mapping[str, Attribution]) -> bool:
        """Whether a figure is the one of this group told again."""
        is_large = (figure.value or 0) >= LEAST_BY_ITSELF
        is_story = len(self.figures) == 1 and headline.holds(self.figures[0].start) and headline.is_over(figure.start)
        told = _Told.of(figure, speeches)
        return (is_large or is_story) and len(self.ways) <= MOST_GROUPS and all(way.agrees(told) for way in self.ways)

    def pointed(self) -> list[tuple[Figure, Figure]]:
        """Pair the other tellings with the fullest."""
        kept = max(self.figures, key=_fullness)
        return [(figure, kept) for figure in self.figures if figure is not kept]


def _fullness(figure: Figure) -> tuple[int, int]:
    places = any(getattr(figure, role) for role in ROLES)
    return 2 * places + (figure.period is not None) + 2 * (figure.attribution is not None), -figure.start


def _linked(figure: Figure, kept: Figure | None, trail: Trail | None) -> Figure:
    if kept is None:
        return figure
    if trail is not None:
        rule = f"figure_links: the same number, status and people, told more fully in {kept.id}"
        trail.note(figure.id, "same_as", Because(rule, figure.start, figure.end))
    return figure.model_copy(update={"same_as": kept.id})
