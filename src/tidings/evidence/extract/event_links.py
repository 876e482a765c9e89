"""One event told twice: the others point at the fullest telling; a condition points at the event it hangs on."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tidings.evidence.extract.headlines import NO_HEADLINE, Headline
from tidings.evidence.extract.trail import Because, Trail
from tidings.evidence.reading import Condition, Event, When

TOLD_AS_FACT = frozenset(["stated", "claimed"])
CONDITION_EVENTS = 20
"""Events looked at inside the words of a condition."""
ONE_TIME = frozenset(["siege_lifted", "road_opened", "advance"])
"""A town's relief, the opening of its road and the march to it are told of one and the same day."""
ONCE = frozenset(
    ["capture", "loss", "siege_lifted", "road_opened", "road_cut", "crossing_closed", "crossing_opened",
     "talks_collapsed", "territory_transferred", "siege"]
)  # fmt: skip
"""Types that happen once at a place until undone; of others (clashes, air strikes) a second is a second."""


def link_same(
    events: Sequence[Event],
    trail: Trail | None = None,
    headline: Headline = NO_HEADLINE,
    anew: Collection[str] = (),
) -> tuple[Event, ...]:
    """Point the tellings of one event at the fullest of them, and conditions at the events that they name.

    What only another telling knows (who, when) is added to the one that is pointed at, so that nothing is lost where
    the others are left out.

    Parameters
    ----------
    events
        Events in order of the text, with their ids.
    trail
        Where it is noted what one telling takes over from another.
    headline
        Where the headline and its story end: what it tells is told once more right below, of whatever type.
    anew
        Ids of events that came after another one of their type and place.
    """
    linked = {event.id: event for event in events}
    for alike in _groups(events, headline, anew):
        kept = _completed(max(alike, key=_fullness), alike, trail)
        linked |= {event.id: _pointed(event, kept, trail) for event in alike if event.id != kept.id}
        linked[kept.id] = kept
    dated = _dated(list(linked.values()), trail)
    return tuple(_with_condition(event, dated) for event in dated)


@dataclass(slots=True)
class _Tellings:
    """Tellings of one event, and what another one has to agree with."""

    events: list[Event] = field(default_factory=list)
    actors: set[frozenset[str]] = field(default_factory=set)
    latest_from: dt.date = dt.date.min
    earliest_until: dt.date = dt.date.max

    def agree_with(self, event: Event) -> bool:
        """Whether another telling contradicts none of them in who and when."""
        from_, until = _days(event)
        return (
            self.latest_from < until and from_ < self.earliest_until
            and (not event.actors or all(known.intersection(event.actors) for known in self.actors))
        )  # fmt: skip

    def add(self, event: Event) -> None:
        from_, until = _days(event)
        self.events.append(event)
        self.latest_from, self.earliest_until = max(self.latest_from, from_), min(self.earliest_until, until)
        if event.actors:
            self.actors.add(frozenset(event.actors))


def _days(event: Event) -> tuple[dt.date, dt.date]:
    when = event.when or When()
    return when.from_ or dt.date.min, when.until or dt.date.max


def _groups(events: Sequence[Event], headline: Headline, anew: Collection[str]) -> list[list[Event]]:
    """Return the events that are told more than once, all tellings of one together."""
    groups: dict[tuple[str, frozenset[str]], list[_Tellings]] = {}
    for event in events:
        if not event.places or event.certainty not in TOLD_AS_FACT:
            continue
        known = groups.setdefault((event.type, frozenset(event.places)), [])
        if event.type not in ONCE and not _is_of_headline(event, known, headline):
            continue
        alike = (each for each in known if each.agree_with(event))
        tellings = None if event.id in anew else next(alike, None)
        if tellings is None:
            tellings = _Tellings()
            known.append(tellings)
        tellings.add(event)
    return [each.events for known in groups.values() for each in known if len(each.events) > 1]


def _is_of_headline(event: Event, known: Sequence[_Tellings], headline: Headline) -> bool:
    """Whether an event stands in the headline, or is the first of its story that the headline tells too."""
    if headline.holds(event.start):
        return not known
    return bool(known) and headline.is_over(event.start) and len(known[0].events) == 1


def _fullness(event: Event) -> tuple[int, int]:
    """How much a telling knows; of equal ones the earlier counts."""
    return bool(event.actors) + bool(event.targets) + 2 * (event.when is not None), -event.start


def _completed(kept: Event, alike: Sequence[Event], trail: Trail | None) -> Event:
    """Add to a telling what it lacks and another one knows."""
    lacking = [name for name in ("actors", "targets", "when") if not getattr(kept, name)]
    knowing = {name: next((event for event in alike if getattr(event, name)), None) for name in lacking}
    for name, event in knowing.items():
        if event and trail is not None:
            trail.take_over(kept.id, name, event.id, "another telling of the same event")
    return kept.model_copy(update={name: getattr(event, name) for name, event in knowing.items() if event})


def _pointed(event: Event, kept: Event, trail: Trail | None) -> Event:
    """Point a telling at the fullest one of its event, and give it its time."""
    if trail is not None:
        rule = f"event_links: the same type and place, told more fully in {kept.id}"
        trail.note(event.id, "same_as", Because(rule, event.start, event.end))
        if event.when is None and kept.when:
            trail.take_over(event.id, "when", kept.id, "the fullest telling of the same event")
    return event.model_copy(update={"same_as": kept.id, "when": event.when or kept.when})


def _dated(events: Sequence[Event], trail: Trail | None) -> list[Event]:
    """Give the opening of a road to a place the day of the place's relief where only that is told."""
    reliefs = {
        (actor, place): event for event in events if event.type == "siege_lifted" and event.when
        for actor in event.actors for place in event.places
    }  # fmt: skip
    return [_on_relief(event, reliefs, trail) for event in events]


def _on_relief(event: Event, reliefs: Mapping[tuple[str, str], Event], trail: Trail | None) -> Event:
    if event.when is not None or event.type not in ONE_TIME or event.certainty not in TOLD_AS_FACT:
        return event
    relief = next((reliefs[tie] for tie in _ties(event) if tie in reliefs), None)
    if relief and trail is not None:
        trail.take_over(event.id, "when", relief.id, "the relief of the place on the same day")
    return event.model_copy(update={"when": relief.when}) if relief else event


def _ties(event: Event) -> list[tuple[str, str]]:
    return [(actor, place) for actor in event.actors for place in event.places]


def _with_condition(event: Event, events: Sequence[Event]) -> Event:
    """Name the event that lies inside the words of a condition."""
    if event.condition is None:
        return event
    start, end = event.condition.span
    first = bisect_left(events, start, key=lambda other: other.start)
    near = events[first : first + CONDITION_EVENTS]
    inside = next((e.id for e in near if e.id != event.id and start <= e.start and e.end <= end), None)
    return event.model_copy(update={"condition": Condition(span=event.condition.span, event=inside)})
