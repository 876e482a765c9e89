"""The rules of a day: rates, shares and weights over arrays of members; a rule never draws.

A rule is a frozen dataclass with one method, `values`; its fields are parameters of the same names. Numbers and
equations are those of docs/model.md; docs/rules.md tells how to write one; our own are in `behaviour`.
"""

from __future__ import annotations

import difflib
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Protocol, get_type_hints

import numpy as np

from tidings.core.errors import InputError, Problem, raise_all
from tidings.flow import behaviour
from tidings.flow.behaviour import Numbers
from tidings.flow.parameters import Parameters, parameter_problems, parameter_table
from tidings.flow.seen import Seen

DAY = ("arrive", "leave", "choose", "travel", "queue", "settle", "return_home")
"""What happens on a day, in this order; both engines run through this very tuple."""


class Rule(Protocol):
    """What decides one thing for all members at once."""

    def values(self, seen: Seen) -> Numbers:
        """Return rates, shares or weights for what is seen; never draw."""


class Columns:
    """Parameters by name: numbers for one member, columns of shape (member, 1) for many.

    Examples
    --------
    >>> from tidings.flow.parameters import load_parameters
    >>> Columns(load_parameters())["speed_foot"]
    35.0
    >>> Columns([load_parameters(), load_parameters()])["speed_foot"].shape
    (2, 1)
    """

    def __init__(self, parameters: Parameters | Sequence[Parameters]) -> None:
        self._of_one = parameters if isinstance(parameters, Parameters) else None
        self._of_many = () if isinstance(parameters, Parameters) else tuple(parameters)

    def __getitem__(self, name: str) -> Numbers:
        if self._of_one is not None:
            return self._of_one[name]
        return np.array([[each[name]] for each in self._of_many])


def p_within_a_day(rate_per_day: Numbers) -> Numbers:
    """Return the probability that something with a rate happens within a day.

    Examples
    --------
    >>> float(p_within_a_day(0.0)), round(float(p_within_a_day(1.0)), 3)
    (0.0, 0.632)
    """
    return -np.expm1(-rate_per_day)  # exact for small rates


@dataclass(frozen=True, slots=True)
class Rules:
    """One rule for each decision of a day. What a decision's values mean, and their shape, stands in `DECISIONS`."""

    leave: Rule
    move_on: Rule
    escape: Rule
    near: Rule
    side: Rule
    attract: Rule
    room: Rule
    let_through: Rule
    settle_near: Rule
    turn_back: Rule
    quiet: Rule
    calm: Rule
    go_home: Rule

    @classmethod
    def of(cls, parameters: Parameters | Sequence[Parameters], chosen: Mapping[str, Chosen] | None = None) -> Rules:
        """Make the rules of one member, or those of many at once; our own where no other is chosen.

        Raises
        ------
        InputError
            If a decision is unknown, or a chosen rule cannot be made; all problems at once.
        """
        columns, chosen = Columns(parameters), chosen or {}
        raise_all(problem for name, each in chosen.items() for problem in each.problems(name))
        of = {name: chosen.get(name, Chosen(decision.rule, {})) for name, decision in DECISIONS.items()}
        return cls(**{name: each.made(columns) for name, each in of.items()})

    def ask(self, decision: str, seen: Seen) -> Any:
        """Return a decision's values for all members, as a contiguous array of the decision's shape.

        Raises
        ------
        InputError
            If the rule gives NaN, a negative number, one too large, an array of another shape or kind; or if somebody's
            own rule fails.
        """
        rule, wanted = getattr(self, decision), DECISIONS[decision]
        where = f"rules.{decision} ({type(rule).__name__}) on {seen.date}"
        given = rule.values(seen) if _is_ours(type(rule)) else _asked(rule, seen, where)
        values = _as_array(given, wanted, (len(seen.violence), wanted.size(seen)), where)
        if wanted.most is not None and not (values.size == 0 or (values.min() >= 0 and values.max() <= wanted.most)):
            bad = values[~((values >= 0) & (values <= wanted.most))]
            fix = f"Give numbers from 0 to {wanted.most:g}: {wanted.means}."
            raise InputError(where=where, met=f"it gives {bad[0]:g}", fix=fix)
        return values


def _as_array(given: object, wanted: Decision, shape: tuple[int, int], where: str) -> Any:
    kinds, kind = ("b", bool) if wanted.most is None else ("buif", float)
    try:
        array = np.asarray(given)
        values = np.ascontiguousarray(np.broadcast_to(array, shape), kind if array.dtype.kind in kinds else None)
    except ValueError:
        met = f"its values have the shape {np.shape(np.asarray(given, object))}"
        raise InputError(where=where, met=met, fix=f"Return {shape}: {wanted.means}.") from None
    if array.dtype.kind not in kinds:
        fix = f"Return {'true or false' if wanted.most is None else 'numbers'}: {wanted.means}."
        raise InputError(where=where, met=f"its values are of the kind {array.dtype}", fix=fix)
    return values


def _asked(rule: Rule, seen: Seen, where: str) -> object:
    """Ask somebody's own rule, which may fail and must change nothing of what it sees."""
    try:
        return rule.values(seen.read_only())
    except Exception as error:  # somebody else's code may fail in any way
        met = f"it fails ({type(error).__name__}: {error})"
        raise InputError(where=where, met=met, fix=f"Mend it {_line_of(error, type(rule))}.") from error


def _line_of(error: Exception, rule: type) -> str:
    """Return the file and line of a rule's own code that failed, not that of a library it calls."""
    frames, module = traceback.extract_tb(error.__traceback__)[1:], sys.modules.get(rule.__module__)
    own = [frame for frame in frames if frame.filename == getattr(module, "__file__", None)] or frames
    return f"in {own[-1].filename}, line {own[-1].lineno}" if own else "so that it takes what a rule sees"


def _is_ours(rule: type) -> bool:
    return rule.__module__ == behaviour.__name__


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rule by its class, and the fields that are set for it.

    The other fields are parameters of the same names, our own rules where the field's type is one, or have a default.
    """

    rule: type
    given: Mapping[str, Any]

    def problems(self, decision: str) -> list[Problem]:
        """Return all that keeps the rule from being made for a decision."""
        where = f"rules.{decision} ({self.rule.__name__})"
        if decision not in DECISIONS:
            return [unknown_decision(decision, f"rules.{decision}")]
        if problem := _no_rule(self.rule, where):
            return [problem]
        own = {field.name: field for field in fields(self.rule) if field.init}
        ranged = {name: value for name, value in self.given.items() if name in own and name in parameter_table()}
        return [
            *(unknown_field(f"{where}.{name}", name, own) for name in self.given if name not in own),
            *(missing_field(where, name) for name, field in own.items() if not self._has(name, field)),
            *parameter_problems(ranged, where),
        ]

    def made(self, parameters: Columns) -> Any:
        """Make the rule, of which there must be no `problems`.

        Raises
        ------
        InputError
            If its class refuses the values.
        """
        wanted = [field.name for field in fields(self.rule) if field.init and field.name not in self.given]
        parts = {name: Chosen(part, {}).made(parameters) for name, part in _parts(self.rule).items() if name in wanted}
        values = {name: parameters[name] for name in wanted if name in parameter_table()}
        try:
            return self.rule(**values, **parts, **self.given)
        except Exception as error:  # somebody else's code may fail in any way
            met = f"its values are refused ({type(error).__name__}: {error})"
            fix = f"Correct them in crisis.yaml, or mend the class {_line_of(error, self.rule)}."
            raise InputError(where=f"rules: {self.rule.__name__}", met=met, fix=fix) from error

    def _has(self, name: str, field: Field[Any]) -> bool:
        has_default = field.default is not MISSING or field.default_factory is not MISSING
        return name in self.given or name in parameter_table() or name in _parts(self.rule) or has_default


@cache
def _parts(rule: type) -> dict[str, type]:
    """Return the fields of a rule that hold one of our own rules, which it wraps."""
    try:
        hints = get_type_hints(rule)
    except (NameError, AttributeError, TypeError, SyntaxError):  # what is no type says nothing
        return {}
    return {name: kind for name, kind in hints.items() if isinstance(kind, type) and _is_ours(kind)}


def _no_rule(rule: type, where: str) -> Problem | None:
    if not is_dataclass(rule) or not rule.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return Problem(where, "it is no frozen dataclass", "Write @dataclass(frozen=True) above the class.")
    if not callable(getattr(rule, "values", None)):
        return Problem(where, "it has no method 'values'", "Write def values(self, seen): … in the class.")
    return None


def unknown_decision(name: str, where: str) -> Problem:
    """Return the problem of a rule for what nobody decides."""
    near = difflib.get_close_matches(name, DECISIONS, n=1)
    fix = f"Did you mean {near[0]}? " if near else ""
    return Problem(where, f"there is no decision '{name}'", f"{fix}The decisions are: {', '.join(DECISIONS)}.")


def unknown_field(where: str, name: str, own: Iterable[str]) -> Problem:
    """Return the problem of a value for a field that a rule does not have."""
    near, names = difflib.get_close_matches(name, own, n=1), ", ".join(own)
    fix = f"Did you mean {near[0]}?" if near else f"Its fields are: {names or 'none'}."
    return Problem(where, "the rule has no field of this name", fix)


def missing_field(where: str, name: str) -> Problem:
    """Return the problem of a field of a rule that nobody gives a value."""
    fix = f"Give '{name}' in crisis.yaml beside the rule, or a default in the class."
    return Problem(where, f"its field '{name}' has no value and is no parameter", fix)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule decides."""

    rule: type
    """Our own."""
    size: Callable[[Seen], int]
    """The second axis of its values, after the member."""
    most: float | None
    """The largest value; None for yes or no."""
    means: str


def _places(seen: Seen) -> int:
    return int(seen.violence.shape[1])


def _crossings(seen: Seen) -> int:
    return int(seen.policy.shape[1])


def _targets(seen: Seen) -> int:
    return _places(seen) + _crossings(seen)


def _ways(seen: Seen) -> int:
    assert seen.ways is not None
    return len(seen.ways.km)


LARGEST = 1e60
"""The largest rate or weight: the product of four of them, summed over all ways, is still a number."""
DECISIONS = {
    "leave": Decision(behaviour.LeaveByViolence, _places, LARGEST, "rate at which residents leave a place, per day"),
    "move_on": Decision(
        behaviour.MoveOn, _places, LARGEST, "rate at which displaced people move on from a place, per day"
    ),
    "escape": Decision(behaviour.EscapeFromSiege, _places, 1.0, "share of those who would leave a place that can"),
    "near": Decision(behaviour.NearFirst, _ways, LARGEST, "factor of a way's weight from the way itself"),
    "side": Decision(behaviour.OwnSideFirst, _ways, LARGEST, "factor of a way's weight from who holds its ends"),
    "attract": Decision(behaviour.AttractByKind, _targets, LARGEST, "factor of a way's weight from its end"),
    "room": Decision(behaviour.RoomLeft, _places, LARGEST, "factor of a way's weight from the room left at its end"),
    "let_through": Decision(
        behaviour.PassCrossing, _crossings, np.inf, "the most that a crossing lets through, persons a day"
    ),
    "settle_near": Decision(
        behaviour.SettleNear, _crossings, LARGEST, "rate at which people who wait settle near, per day"
    ),
    "turn_back": Decision(behaviour.TurnBack, _crossings, LARGEST, "rate at which people who wait turn back, per day"),
    "quiet": Decision(behaviour.QuietPlace, _places, None, "whether a place is quiet today"),
    "calm": Decision(behaviour.CalmForDays, _places, None, "whether people return to a place"),
    "go_home": Decision(
        behaviour.ReturnWhenCalm, _places, LARGEST, "rate of setting out for a calm home from a place, per day"
    ),
}
"""Every decision of a day that is a rule, in the order in which a day meets them; the names are those of `rules:`."""
