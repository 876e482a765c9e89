"""Random streams inside compiled code, and draws from them: uniform, binomial, hypergeometric, whole.

A stream is an array of one 64-bit state, started by `start` at the address that `core.streams` hashes to the same bits.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import inlined, inner

Counts = NDArray[np.int64]
State = NDArray[np.uint64]
"""Shape (1,): the state of a stream; drawing changes it."""

GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_A = np.uint64(0xBF58476D1CE4E5B9)
_MIX_B = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11, _12 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11), np.uint64(12)
_UNIT = 2.0**-53
CENTRE = 0.499
"""Within so much of one half, the normal quantile is a ratio of two polynomials."""
OPEN = -1
"""Not decided by the expansion of a quantile."""


@inner
def mix(state: np.uint64) -> np.uint64:
    """Return the SplitMix64 finaliser, as `core.streams.mix`."""
    state = (state ^ (state >> _30)) * _MIX_A
    state = (state ^ (state >> _27)) * _MIX_B
    return state ^ (state >> _31)


@inner
def joined(state: np.uint64, part: np.uint64) -> np.uint64:
    """Return the bits of an address that is longer by one part, as `core.streams.joined`."""
    return mix((state ^ part) + GAMMA)


@inner
def uniform(stream: State) -> float:
    """Draw a number in [0, 1), as `core.streams.Stream.uniform`."""
    stream[0] += GAMMA
    return float(mix(stream[0]) >> _11) * _UNIT


@inner
def below(stream: State, bound: int) -> int:
    """Draw a whole number from 0 up to, not including, a bound; of 3 × 10⁹ none is favoured by more than 10⁻⁶."""
    return int(uniform(stream) * bound)


@inner
def binomial(stream: State, n: int, p: float) -> int:
    """Draw how many of n people do what each does with probability p, independently; exact from one person to billions.

    The draw is the quantile of one uniform number: the smallest count up to which the distribution function is at least
    that number. So what-ifs that differ a little draw counts that differ a little.
    """
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    stream[0] += GAMMA
    number = unit_number(stream[0])
    if p > 0.5:
        return n - quantile(number, n, 1.0 - p)
    return quantile(number, n, p)


@inner
def unit_number(state: np.uint64) -> float:
    """Return the uniform number of a state: the middle of one of 2⁵² parts of (0, 1)."""
    return (float(np.int64(mix(state) >> _12)) + 0.5) * (2.0 * _UNIT)


@inlined
def central_quantile(off: float) -> float:
    """Return the normal quantile at 1/2 + `off`, |off| ≤ `CENTRE`; fitted, with a relative error of 1.3 × 10⁻¹⁰."""
    r = math.sqrt((0.5 - off) * (0.5 + off))
    above = 9.769093884147118 + r * (2531.701551749949 + r * (114044.33598497212 + r * (1354761.4554201912 + r * (
        4398136.211410675 + r * (2672089.944809985 + r * 46454.26158501856)))))  # fmt: skip
    under = 1.0 + r * (328.688628150593 + r * (18463.591183640732 + r * (289710.41373602016 + r * (
        1470258.3493054449 + r * (2401160.549681788 + r * 946220.7681466612)))))  # fmt: skip
    return off * above / under


@inner
def _lower_tail(number: float) -> float:
    """Return the normal quantile at a number up to 1/2 - `CENTRE`; fitted, with a relative error of 1.7 × 10⁻¹²."""
    r = math.sqrt(-math.log(number))
    above = 2.9299133962363464 + r * (5.854154675206109 + r * (-5.417805237881512 + r * (
        -6.277963678843585 + r * -0.8892772691644077)))  # fmt: skip
    under = 1.0 + r * (5.175694073488045 + r * (4.456769283256611 + r * (
        0.6284136114127553 + r * 6.1386888872093215e-06)))  # fmt: skip
    return above / under


@inner
def normal_quantile(number: float) -> float:
    """Return where the standard normal distribution function takes a value in (0, 1)."""
    if abs(number - 0.5) <= CENTRE:
        return central_quantile(number - 0.5)
    return _lower_tail(number) if number < 0.5 else -_lower_tail(1.0 - number)


@inlined
def expanded(w: float, n: float, p: float) -> float:
    """Return the quantile of the binomial where the normal one is w, or `OPEN` where it may be one of two counts.

    The expansion is that of Cornish and Fisher (1938), "Moments and cumulants in the specification of distributions",
    Revue de l'Institut International de Statistique 5, as Giles (2016), "Approximation of the inverse Poisson
    cumulative distribution function", ACM Transactions on Mathematical Software 42, takes it for the Poisson
    distribution. Its error is below (0.045 + 0.001 w⁶) / (n p q)^(3/2) for |w| ≤ 6, as a test shows; 10⁻⁹ standard
    deviations are for the error of w.
    """
    m = p * (1.0 - p)
    variance = n * m
    sd, per_variance, w2 = math.sqrt(variance), 1.0 / variance, w * w
    x = n * p + 0.5 + sd * w + (1.0 - 2.0 * p) * (w2 - 1.0) * (1.0 / 6.0)
    x -= w * ((1.0 + 2.0 * m) * w2 + (2.0 - 14.0 * m)) * (per_variance * sd) * (1.0 / 72.0)
    x += (1.0 - 2.0 * p) * (2.0 + m) * (1.0 / 1620.0) * ((3.0 * w2 + 7.0) * w2 - 16.0) * per_variance
    count = np.floor(x)
    apart = 0.5 - abs(x - count - 0.5)
    is_sure = (apart * variance * sd > 0.045 + 0.001 * w2 * w2 * w2 + 1e-9 * variance * variance) & (w2 <= 36.0)
    return count if is_sure & (count >= 0.0) & (count <= n) else float(OPEN)


@inner
def quantile(number: float, n: int, p: float) -> int:
    """Return the smallest count up to which the distribution function is at least a number in (0, 1); p up to 1/2."""
    if number <= 1.0 - n * p:  # nobody: at least as likely, by Bernoulli's inequality
        return 0
    if n * p * (1.0 - p) < 0.3:
        return _from_nobody(number, n, p)
    w = normal_quantile(number)
    count = expanded(w, float(n), p)
    if count >= 0.0:
        return int(count)
    if n * p < 20.0:
        return _from_nobody(number, n, p)
    guess = int(n * p + math.sqrt(n * p * (1.0 - p)) * w)
    if number <= 0.5:
        return _from_below(number, n, p, min(n, max(0, guess)))
    return _from_above(1.0 - number, n, p, min(n, max(0, guess)))


@inner
def _from_nobody(number: float, n: int, p: float) -> int:
    """Sum up the distribution from 0 on, until only rounding errors are left."""
    odds, mass, mean = p / (1.0 - p), math.exp(n * math.log1p(-p)), n * p
    count = 0
    while number > mass and count < n and (mass > 1e-18 or count < mean):
        number -= mass
        mass *= odds * (n - count) / (count + 1.0)
        count += 1
    return count


@inner
def _mass(k: int, n: int, p: float) -> float:
    return math.exp(log_choose(float(n), float(k)) + k * math.log(p) + (n - k) * math.log1p(-p))


@inner
def _from_below(number: float, n: int, p: float, k: int) -> int:
    """Search from a guess k, with what lies at k and below."""
    odds, mass = p / (1.0 - p), _mass(k, n, p)
    up_to, term, at = mass, mass, k
    while at > 0 and term > 1e-17 * up_to:
        term *= at / (odds * (n - at + 1.0))
        up_to += term
        at -= 1
    while k < n and up_to < number:
        mass *= odds * (n - k) / (k + 1.0)
        k += 1
        up_to += mass
    while k > 0 and up_to - mass >= number:
        up_to -= mass
        mass *= k / (odds * (n - k + 1.0))
        k -= 1
    return k


@inner
def _from_above(beyond: float, n: int, p: float, k: int) -> int:
    """Search from a guess k, with what lies above k: the smallest count above which at most `beyond` lies."""
    odds, mass = p / (1.0 - p), _mass(k, n, p)
    above, term, at = 0.0, mass, k
    while at < n and (at == k or term > 1e-17 * above):
        term *= odds * (n - at) / (at + 1.0)
        above += term
        at += 1
    while k < n and above > beyond:
        mass *= odds * (n - k) / (k + 1.0)
        k += 1
        above -= mass
    while k > 0 and above + mass <= beyond:
        above += mass
        mass *= k / (odds * (n - k + 1.0))
        k -= 1
    return k


@inner
def log_choose(n: float, k: float) -> float:
    """Return the log of the number of ways to choose k of n."""
    return math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0)


@inner
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
    log_mass = log_choose(inside, mode) + log_choose(outside, taken - mode) - log_choose(total, taken)
    while True:
        drawn = _outwards(uniform(stream), math.exp(log_mass), mode, low, high, inside, outside, taken)
        if drawn >= 0:
            return drawn


@inner
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


@inner
def whole(stream: State, limit: float) -> int:
    """Round a limit up or down at random so that its mean is kept: 0.5 persons a day is one every other day."""
    below = np.floor(limit)
    return int(below) + (1 if uniform(stream) < limit - below else 0)
