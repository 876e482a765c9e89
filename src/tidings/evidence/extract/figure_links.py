"""One figure told twice in a report: in the headline and in its story, or a large number told again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from tidings.evidence.extract.figure_reading import FigureRead
from tidings.evidence.extract.headlines import Headline
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.trail import Because, Trail
from tidings.evidence.reading import Attribution, Figure

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
    groups: dict[tuple[object, ...], list[list[Figure]]] = {}
    for figure, read in zip(figures, reads, strict=True):
        if figure.certainty not in OBSERVED or figure.same_as or (figure.value, figure.low, figure.high) == (None,) * 3:
            continue
        known = groups.setdefault(_matter(figure), [])
        group = None if _is_further(read) else next((g for g in known if _joins(g, figure, headline, speeches)), None)
        if group is None:
            known.append([figure])
        else:
            group.append(figure)
    again = {figure.id: kept for known in groups.values() for g in known for figure, kept in _pointed(g)}
    return tuple(_linked(figure, again.get(figure.id), trail) for figure in figures)


def _matter(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, figure.unit, figure.status, figure.measure


def _is_further(read: FigureRead) -> bool:
    """Whether so many more are told: "another 3,000", "3,000 more"."""
    number, further = read.number, word_set("figures", "further")
    words = read.line.words
    near = [*range(max(0, number.opening - 1), number.first), *range(number.last, min(number.last + 1, len(words)))]
    return any(words[at] in further and words[at + 1 : at + 2] != ("than",) for at in near)


def _joins(group: Sequence[Figure], figure: Figure, headline: Headline, speeches: Mapping[str, Attribution]) -> bool:
    is_large = (figure.value or 0) >= LEAST_BY_ITSELF
    is_story = len(group) == 1 and headline.holds(group[0].start) and headline.is_over(figure.start)
    return (is_large or is_story) and all(_agree(each, figure, speeches) for each in group)


def _agree(one: Figure, other: Figure, speeches: Mapping[str, Attribution]) -> bool:
    """Whether nothing that both tell is told differently."""
    for role in ROLES:
        places: tuple[set[str], set[str]] = set(getattr(one, role)), set(getattr(other, role))
        if all(places) and places[0].isdisjoint(places[1]):
            return False
    if "unknown" not in (one.group, other.group) and one.group != other.group:
        return False
    (start, end), (start_, end_) = _days(one), _days(other)
    speakers = _speakers(one, speeches), _speakers(other, speeches)
    return start < end_ and start_ < end and (not all(speakers) or speakers[0] == speakers[1])


def _days(figure: Figure) -> tuple[dt.date, dt.date]:
    period = figure.period
    return (period and period.from_) or dt.date.min, (period and period.until) or dt.date.max


def _speakers(figure: Figure, speeches: Mapping[str, Attribution]) -> tuple[str, ...]:
    said = speeches.get(figure.attribution or "")
    return (said.speakers or (said.speaker_text or "",)) if said else ()


def _pointed(group: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pair the other tellings with the fullest."""
    kept = max(group, key=_fullness)
    return [(figure, kept) for figure in group if figure is not kept]


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
