"""What is found while a foreign folder is read: problems that refuse it, and oddities that are survived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tidings.core.errors import Problem, raise_all

MOST_LINES = 8
"""Lines that a message names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd that was survived: where, what was met, and what was done about it."""

    where: str
    met: str
    done: str

    def __str__(self) -> str:
        return f"{self.where}: {self.met}. {self.done}"


@dataclass(slots=True)
class Findings:
    """Collects problems and oddities while the files of a folder are read."""

    problems: list[Problem] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)

    def refuse(self, where: str, met: str, fix: str) -> None:
        """Note what the folder is refused for, and how to mend it."""
        self.problems.append(Problem(where, met, fix))

    def survive(self, where: str, met: str, done: str) -> None:
        """Note what is odd, and what is done about it."""
        self.oddities.append(Oddity(where, met, done))

    def checked(self) -> tuple[Oddity, ...]:
        """Return the oddities, those of one kind in one; raise what the folder is refused for.

        Raises
        ------
        InputError
            With every problem at once.
        """
        raise_all(_few(self.problems))
        return gathered(self.oddities)


def gathered(oddities: Iterable[Oddity]) -> tuple[Oddity, ...]:
    """Return one oddity for all of one file that were met with in the same way: the first, with the others' lines.

    Examples
    --------
    >>> for oddity in gathered(Oddity(f"routes.csv:{n}", f"road {n} is there twice", "Both count.") for n in (3, 4, 9)):
    ...     print(oddity)
    routes.csv:3: road 3 is there twice (the like on lines 4, 9). Both count.
    """
    alike: dict[tuple[str, str], list[Oddity]] = {}
    for oddity in oddities:
        alike.setdefault((_file(oddity), oddity.done), []).append(oddity)
    return tuple(Oddity(same[0].where, _with_lines(same), same[0].done) for same in alike.values())


def _few(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems; very many that are alike as one."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((_file(problem), problem.fix), []).append(problem)
    for same in alike.values():
        few = len(same) <= MOST_LINES
        yield from same if few else [Problem(same[0].where, _with_lines(same), same[0].fix)]


def _file(finding: Problem | Oddity) -> str:
    return finding.where.partition(":")[0]


def _with_lines(same: Sequence[Problem] | Sequence[Oddity]) -> str:
    lines = list(dict.fromkeys(line for finding in same if (line := finding.where.partition(":")[2])))[1:]
    if len(same) == 1:
        return same[0].met
    if not lines:
        return f"{same[0].met} (and {len(same) - 1} more like it)"
    more = f", and {len(lines) - MOST_LINES} more" if len(lines) > MOST_LINES else ""
    return f"{same[0].met} (the like on lines {', '.join(lines[:MOST_LINES])}{more})"
