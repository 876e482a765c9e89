"""The Scenario: all that a simulation needs beside the worlds. It names no claim and no report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tidings.core.dates import day_given
from tidings.core.errors import Problem, raise_all
from tidings.flow.named_rules import NamedRule
from tidings.geography.graph import Geography


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Where people are on the first morning, and where they can go. Counts are persons.

    Arrays follow the order of `geography.places` and `geography.crossings`; origin groups that of `groups`.
    """

    geography: Geography
    start: dt.date
    """The first day; the ISO text YYYY-MM-DD is taken too."""
    days: int
    groups: tuple[str, ...]
    """Origin groups: admin 1 by default."""
    group_of_place: NDArray[np.int64]
    """Shape (place,): position in `groups`."""
    at_home: NDArray[np.int64]
    """Shape (place,), or (member, place) where members differ, in the order of a run's members: residents who have not
    left. Unknown populations are settled before this point."""
    displaced: NDArray[np.int64]
    """Shape (group, place): people who have come from elsewhere and stay there on the first morning."""
    waiting: NDArray[np.int64]
    """Shape (group, crossing): people in the queue on the first morning, on side a."""
    capacity: NDArray[np.float64]
    """Shape (place,): persons for whom there is room at the place, residents and displaced; inf is unlimited."""
    per_day: NDArray[np.float64]
    """Shape (crossing,): persons a day that an open crossing lets through; inf is unlimited."""
    parameters: dict[str, float] = field(default_factory=dict)
    """Overrides of parameters.yaml by name."""
    rules: Mapping[str, NamedRule] = field(default_factory=dict)
    """By decision, the rules that take it in place of our own (docs/rules.md)."""
    unreached: tuple[str, ...] = ()
    """Ids of places with people that no road or crossing leads to, accepted as they are: nobody leaves them or comes.
    Any other place of the kind is refused."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", day_given(self.start, "scenario.start"))
        raise_all(_of_rules(self.rules))

    def of_members(self, start: int, end: int) -> Scenario:
        """Return the scenario for some members of a run, in a half-open span of their order."""
        return self if self.at_home.ndim == 1 else replace(self, at_home=self.at_home[start:end])


def _of_rules(rules: object) -> Iterator[Problem]:
    fix = "Give {decision: NamedRule}, as `rules_named` makes it."
    if not isinstance(rules, Mapping):
        yield Problem("scenario.rules", f"it is a {type(rules).__name__}", fix)
        return
    for decision, rule in rules.items():
        if not isinstance(rule, NamedRule):
            yield Problem(f"scenario.rules: {decision}", f"{rule!r} is a {type(rule).__name__}", fix)
