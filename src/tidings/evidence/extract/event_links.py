"""One event told twice: the later mention points at the earlier; a condition points at the event it hangs on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tidings.evidence.reading import Condition, Event

TOLD_AS_FACT = frozenset(["stated", "claimed"])
CONDITION_EVENTS = 20
"""Events looked at inside the words of a condition."""
RELATED = {"siege_lifted": "road_opened"}
"""Types that are one for the purpose of pointing back: relief of a town is told as the opening of its road."""
ONCE = frozenset(
    ["capture", "loss", "siege_lifted", "road_opened", "road_cut", "crossing_closed", "crossing_opened",
     "talks_collapsed", "territory_transferred", "siege"]
)  # fmt: skip
"""Types that happen once at a place until undone; of others (clashes, air strikes) a second is a second."""


def link_same(events: Sequence[Event]) -> tuple[Event, ...]:
    """Point later mentions at the first mention of the same event, and conditions at the events that they name.

    Parameters
    ----------
    events
        Events in order of the text, with their ids.
    """
    linked: list[Event] = []
    told: dict[tuple[str, frozenset[str]], list[Event]] = {}
    for event in events:
        alike = told.setdefault((RELATED.get(event.type, event.type), frozenset(event.places)), [])
        first = next((earlier for earlier in alike if _is_same(earlier, event)), None)
        if first:
            event = event.model_copy(update={"same_as": first.same_as or first.id, "when": event.when or first.when})
        linked.append(event)
        alike.append(event)
    return tuple(_with_condition(event, linked) for event in linked)


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


def _with_condition(event: Event, events: Sequence[Event]) -> Event:
    """Name the event that lies inside the words of a condition."""
    if event.condition is None:
        return event
    start, end = event.condition.span
    first = bisect_left(events, start, key=lambda other: other.start)
    near = events[first : first + CONDITION_EVENTS]
    inside = next((e.id for e in near if e.id != event.id and start <= e.start and e.end <= end), None)
    return event.model_copy(update={"condition": Condition(span=event.condition.span, event=inside)})
