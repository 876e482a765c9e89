"""How opinions fade towards unknown, over whole columns of questions at once: the one rule for one and for many."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Days = NDArray[np.int64]

DIGITS = 6
"""Decimals of a probability that is shown."""
LEAST = 5e-4
"""A probability that has faded below this is none."""
_NEAR_TIE = 1e-4
"""Share of the last decimal: so near the middle of two numbers, they are told apart digit by digit."""


def faded(odds: Floats, days: Days, half_life_days: float) -> tuple[Floats, Floats]:
    """Return what odds have faded to some days later, rounded, and the unknown beside them; they sum to one.

    Parameters
    ----------
    odds
        Of each question by answer, *unknown* left out; 0 where an answer was not given. Shape (question, answer).
    days
        Since they stood so. Shape (question,).

    Examples
    --------
    >>> odds, unknown = faded(np.array([[0.8, 0.0], [0.0, 0.0]]), np.array([10, 3]), half_life_days=10)
    >>> odds.tolist(), unknown.tolist()
    ([[0.4, 0.0], [0.0, 0.0]], [0.6, 1.0])
    """
    left = odds * _kept(days, half_life_days)[:, None]
    shown = rounded(np.where(left >= LEAST, left, 0.0), DIGITS)
    known = np.zeros(len(shown))
    for answer in range(shown.shape[1]):  # one after another: a sum of floats depends on the order
        known = known + shown[:, answer]
    return shown, rounded(1.0 - known, DIGITS)


def rounded(values: Floats, digits: int) -> Floats:
    """Return numbers between 0 and 1 rounded as `round` does, to the last bit.

    Examples
    --------
    >>> rounded(np.array([0.12345650000000001, 2 / 3]), 6).tolist() == [round(0.12345650000000001, 6), round(2 / 3, 6)]
    True
    """
    scaled = values * 10.0**digits
    nearest = np.rint(scaled) / 10.0**digits
    is_near_tie = np.abs(np.abs(scaled - np.floor(scaled)) - 0.5) < _NEAR_TIE
    for at in zip(*np.nonzero(is_near_tie), strict=True):
        nearest[at] = round(float(values[at]), digits)
    return np.asarray(nearest, np.float64)


def _kept(days: Days, half_life_days: float) -> Floats:
    """Return the share that is left after days, none of them below zero."""
    return _powers(half_life_days, 1 << int(days.max(initial=0)).bit_length())[days]


@lru_cache(maxsize=64)
def _powers(half_life_days: float, n_days: int) -> Floats:
    """Return it for each number of days, by powers of Python's: numpy's own differ in the last bit between machines."""
    return np.array([0.5 ** (n / half_life_days) for n in range(n_days)], np.float64)
