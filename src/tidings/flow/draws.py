"""Exact draws of counts, compiled: uniform, binomial, hypergeometric, and the rounding of a limit.

A stream is an array of one 64-bit state, started by `start` at the address that `core.streams` hashes to the same bits.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import compiled

State = NDArray[np.uint64]
"""Shape (1,): the state of a stream; drawing changes it."""

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53
SMALL = 10.0
"""Below this mean a binomial is drawn by inversion, from it on by rejection."""


@compiled
def mix(state: np.uint64) -> np.uint64:
    """Return the SplitMix64 finaliser, as `core.streams.mix`."""
    state = (state ^ (state >> _30)) * _MIX_A
    state = (state ^ (state >> _27)) * _MIX_B
    return state ^ (state >> _31)


@compiled
def joined(state: np.uint64, part: np.uint64) -> np.uint64:
    """Return the bits of an address that is longer by one part, as `core.streams.joined`."""
    return mix((state ^ part) + _GAMMA)


@compiled
def uniform(stream: State) -> float:
    """Draw a number in [0, 1), as `core.streams.Stream.uniform`."""
    stream[0] += _GAMMA
    return float(mix(stream[0]) >> _11) * _UNIT


@compiled
def binomial(stream: State, n: int, p: float) -> int:
    """Draw how many of n people do what each does with probability p, independently.

    Exact for all n: inversion where n·p < 10, else the transformed rejection BTRS of Hörmann (1993), "The generation of
    binomial random variates", Journal of Statistical Computation and Simulation 46.
    """
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    if p > 0.5:
        return n - _lower_binomial(stream, n, 1.0 - p)
    return _lower_binomial(stream, n, p)


@compiled
def _lower_binomial(stream: State, n: int, p: float) -> int:
    if n * p < SMALL:
        return _binomial_by_inversion(stream, n, p)
    return _binomial_by_rejection(stream, n, p)


@compiled
def _binomial_by_inversion(stream: State, n: int, p: float) -> int:
    odds = p / (1.0 - p)
    none = math.exp(n * math.log1p(-p))
    # ten standard deviations: beyond, only rounding errors of the sum are left, and the number is drawn again
    last = min(n, int(n * p + 10.0 * math.sqrt(n * p + 1.0)))
    while True:
        left, mass = uniform(stream), none
        for count in range(last + 1):
            if left < mass:
                return count
            left -= mass
            mass *= odds * (n - count) / (count + 1.0)


@compiled
def _stirling_tail(k: float) -> float:
    """Return log k! less Stirling's approximation of it at k + 1."""
    if k > 9.0:
        square = (k + 1.0) * (k + 1.0)
        return (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / (k + 1.0)
    return math.lgamma(k + 1.0) - 0.5 * math.log(2.0 * math.pi) - (k + 0.5) * math.log(k + 1.0) + k + 1.0


@compiled
def _binomial_by_rejection(stream: State, n: int, p: float) -> int:
    sd = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * sd
    a = -0.0873 + 0.0248 * b + 0.01 * p
    while True:
        u, v = uniform(stream) - 0.5, uniform(stream)
        side = 0.5 - abs(u)
        if side <= 0.0:
            continue
        count = np.floor((2.0 * a / side + b) * u + n * p + 0.5)
        if count < 0.0 or count > n:
            continue
        if side >= 0.07 and v <= 0.92 - 4.2 / b:
            return int(count)
        height = math.log(v * (2.83 + 5.1 / b) * sd / (a / (side * side) + b))
        if height <= _log_over_mode(float(count), float(n), p):
            return int(count)


@compiled
def _log_over_mode(k: float, n: float, p: float) -> float:
    """Return the log of the binomial probability of k over that of the mode, without cancellation at large n."""
    odds, mode = p / (1.0 - p), float(np.floor((n + 1.0) * p))
    return (
        (mode + 0.5) * math.log((mode + 1.0) / (odds * (n - mode + 1.0)))
        + (n + 1.0) * math.log((n - mode + 1.0) / (n - k + 1.0))
        + (k + 0.5) * math.log(odds * (n - k + 1.0) / (k + 1.0))
        + _stirling_tail(mode)
        + _stirling_tail(n - mode)
        - _stirling_tail(k)
        - _stirling_tail(n - k)
    )


@compiled
def _log_choose(n: float, k: float) -> float:
    return math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0)


@compiled
def hypergeometric(stream: State, inside: int, outside: int, taken: int) -> int:
    """Draw how many of the people inside a group are among those taken, at random, from it and from outside it.

    Inversion from the mode outwards: the time grows with the standard deviation. The probability of the mode comes from
    log-gamma, which at 10⁹ people leaves a relative error near 10⁻⁵ in the far tails and less everywhere else.
    """
    total = inside + outside
    low, high = max(0, taken - outside), min(inside, taken)
    if low >= high:
        return low
    mode = min(high, max(low, int((taken + 1.0) * (inside + 1.0) / (total + 2.0))))
    log_mass = _log_choose(inside, mode) + _log_choose(outside, taken - mode) - _log_choose(total, taken)
    while True:
        drawn = _outwards(uniform(stream), math.exp(log_mass), mode, low, high, inside, outside, taken)
        if drawn >= 0:
            return drawn


@compiled
def _outwards(left: float, mass: float, mode: int, low: int, high: int, inside: int, outside: int, taken: int) -> int:
    """Return the count at which the mass summed up from the mode outwards exceeds `left`; -1 where rounding eats it."""
    up, down, above, below = mass, mass, mode, mode
    left -= mass
    while left >= 0.0:
        if max(up, down) < 1e-18 or (above >= high and below <= low):
            return -1
        up *= (inside - above) * float(taken - above) / ((above + 1.0) * (outside - taken + above + 1.0))
        above += 1
        left -= up
        if left < 0.0 or below <= low:
            continue
        down *= below * float(outside - taken + below) / ((inside - below + 1.0) * (taken - below + 1.0))
        below -= 1
        left -= down
        if left < 0.0:
            return below
    return above


@compiled
def whole(stream: State, limit: float) -> int:
    """Round a limit up or down at random so that its mean is kept: 0.5 persons a day is one every other day."""
    below = np.floor(limit)
    return int(below) + (1 if uniform(stream) < limit - below else 0)
