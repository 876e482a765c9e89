"""One event told twice: the others point at the fullest telling; a condition points at the event it hangs on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tidings.evidence.reading import Condition, Event

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


def link_same(events: Sequence[Event]) -> tuple[Event, ...]:
    """Point the tellings of one event at the fullest of them, and conditions at the events that they name.

    What only another telling knows (who, when) is added to the one that is pointed at, so that nothing is lost where
    the others are left out.

    Parameters
    ----------
    events
        Events in order of the text, with their ids.
    """
    linked = {event.id: event for event in events}
    for alike in _groups(events):
        kept = _completed(max(alike, key=_fullness), alike)
        linked |= {event.id: event.model_copy(update={"same_as": kept.id, "when": event.when or kept.when})
                   for event in alike if event.id != kept.id}  # fmt: skip
        linked[kept.id] = kept
    dated = _dated(list(linked.values()))
    return tuple(_with_condition(event, dated) for event in dated)


def _groups(events: Sequence[Event]) -> list[list[Event]]:
    """Return the events that are told more than once, all tellings of one together."""
    groups: dict[tuple[str, frozenset[str]], list[list[Event]]] = {}
    for event in events:
        alike = groups.setdefault((event.type, frozenset(event.places)), [])
        group = next((group for group in alike if all(_is_same(earlier, event) for earlier in group)), None)
        if group is None:
            alike.append([event])
        else:
            group.append(event)
    return [group for alike in groups.values() for group in alike if len(group) > 1]


def _is_same(earlier: Event, later: Event) -> bool:
    if later.type not in ONCE or not {earlier.certainty, later.certainty} <= TOLD_AS_FACT:
        return False
    actors_agree = not earlier.actors or not later.actors or bool(set(earlier.actors) & set(later.actors))
    return bool(later.places) and actors_agree and _times_agree(earlier, later)


def _times_agree(earlier: Event, later: Event) -> bool:
    if earlier.when is None or later.when is None:
        return True
    one, other = earlier.when, later.when
    starts_before = one.from_ is None or other.until is None or one.from_ < other.until
    ends_after = one.until is None or other.from_ is None or other.from_ < one.until
    return starts_before and ends_after


def _fullness(event: Event) -> tuple[int, int]:
    """How much a telling knows; of equal ones the earlier counts."""
    return bool(event.actors) + bool(event.targets) + 2 * (event.when is not None), -event.start


def _completed(kept: Event, alike: Sequence[Event]) -> Event:
    """Add to a telling what it lacks and another one knows."""
    lacking = [name for name in ("actors", "targets", "when") if not getattr(kept, name)]
    known = {name: next((getattr(event, name) for event in alike if getattr(event, name)), None) for name in lacking}
    return kept.model_copy(update={name: value for name, value in known.items() if value})


def _dated(events: Sequence[Event]) -> list[Event]:
    """Give the opening of a road to a place the day of the place's relief where only that is told."""
    days = {
        (actor, place): event.when for event in events if event.type == "siege_lifted" and event.when
        for actor in event.actors for place in event.places
    }  # fmt: skip
    return [
        event.model_copy(update={"when": next((days[k] for k in _ties(event) if k in days), None)})
        if event.when is None and event.type in ONE_TIME and event.certainty in TOLD_AS_FACT
        else event
        for event in events
    ]


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
