"""The nearest of many spellings to one that is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

BITS = 64


class Near(NamedTuple):
    """A name and how alike its spelling is, 0 to 100."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Spellings:
    """Spellings of names with what rules most of them out before they are compared letter by letter."""

    names: dict[str, str]
    """By spelling."""
    keys: tuple[str, ...]
    lengths: NDArray[np.int64]
    letters: NDArray[np.uint64]
    """A bit for each letter that a spelling has; letters that share one rule out less, never more."""

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> Spellings:
        """Take pairs of a spelling and a name; of one spelling the last name counts, an empty one is left out."""
        names = {spelling: name for spelling, name in rows if spelling}
        lengths = np.fromiter(map(len, names), np.int64, len(names))
        return cls(names, tuple(names), lengths, _letters(names, lengths))

    def nearest(self, key: str, cutoff: float) -> Near | None:
        """Find the spelling most like another, the first of equal ones; None where none reaches the cutoff.

        Likeness is rapidfuzz's `ratio`: 100 (1 - d / n), d letters put in or left out of n in both. A letter that only
        one of two has costs one at least, and so does each letter by which one is longer.
        """
        if not key or not self.keys:
            return None
        most = (1 - cutoff / 100) * (self.lengths + len(key))
        apart = np.maximum(
            np.bitwise_count(self.letters ^ _letters([key], np.array([len(key)]))), np.abs(self.lengths - len(key))
        )
        likely = [self.keys[at] for at in np.flatnonzero(apart <= most + 1e-9)]
        best = process.extractOne(key, likely, scorer=fuzz.ratio, score_cutoff=cutoff)
        return Near(self.names[best[0]], best[1]) if best else None


def _letters(keys: Collection[str], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    if not keys:
        return np.zeros(0, np.uint64)
    codes = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = np.left_shift(np.uint64(1), codes.astype(np.uint64) % np.uint64(BITS))
    return np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)
