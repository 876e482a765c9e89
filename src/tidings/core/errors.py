"""The tree of errors: every one says where, what was met and what to do, and carries all problems at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where it was met, what was met, and how to mend it."""

    where: str
    met: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.met}. {self.fix}"


class TidingsError(Exception):
    """Base of all errors that a user can mend.

    Examples
    --------
    >>> print(InputError(where="roads.csv:118", met="road R-118 ends at 'UA9999', which is not a place",
    ...                  fix="Add the place to places.csv or correct the id."))
    roads.csv:118: road R-118 ends at 'UA9999', which is not a place. Add the place to places.csv or correct the id.
    """

    exit_status = 1

    def __init__(self, *, where: str = "", met: str = "", fix: str = "", problems: Iterable[Problem] = ()) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems) or (Problem(where, met, fix),)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[object, ...]:
        """Tell pickle how to make it anew: errors come back from worker processes."""
        return _made_anew, (type(self), self.problems)


def _made_anew(kind: type[TidingsError], problems: tuple[Problem, ...]) -> TidingsError:
    return kind(problems=problems)


class InputError(TidingsError):
    """What was handed in is wrong (exit status 1)."""


class EnvironmentError_(TidingsError):
    """The machine is wrong: no disk, no server, no browser (exit status 3)."""

    exit_status = 3


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise one `InputError` for all problems at once; do nothing when there are none.

    Examples
    --------
    >>> raise_all([])
    """
    found = tuple(problems)
    if found:
        raise InputError(problems=found)
