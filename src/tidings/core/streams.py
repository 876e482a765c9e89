"""Random streams by address: what is drawn at (seed, member, day, process, key) does not depend on the order of work.

The generator is counter-based: an address is hashed to 64 bits with the finaliser of SplitMix64, and the n-th number of
its stream is the n-th output of SplitMix64 started there (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
number generators", OOPSLA). Two what-ifs that ask at the same address share their luck.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
MIX_A = 0xBF58476D1CE4E5B9
MIX_B = 0x94D049BB133111EB
UNIT = 2.0**-53

Address = int | str | dt.date
"""One part of an address: a number, a name or a day."""


def mix(state: int) -> int:
    """Return the SplitMix64 finaliser of 64 bits.

    Examples
    --------
    >>> hex(mix(GAMMA))
    '0xe220a8397b1dcdaf'
    """
    state = ((state ^ (state >> 30)) * MIX_A) & MASK
    state = ((state ^ (state >> 27)) * MIX_B) & MASK
    return state ^ (state >> 31)


@lru_cache(maxsize=65536)
def name_key(name: str) -> int:
    """Return 64 bits that depend on a name alone, the same on every machine.

    Examples
    --------
    >>> name_key("azaz") == name_key("azaz"), name_key("azaz") == name_key("kilis")
    (True, False)
    """
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def _bits(part: Address) -> int:
    if isinstance(part, str):
        return name_key(part)
    return (part.toordinal() if isinstance(part, dt.date) else int(part)) & MASK


def joined(state: int, part: Address) -> int:
    """Return the 64 bits of an address that is longer by one part."""
    return mix(((state ^ _bits(part)) + GAMMA) & MASK)


def address(*parts: Address) -> int:
    """Return the 64 bits at which the stream of an address starts.

    Examples
    --------
    >>> address(1, 0, 3, "leave", "azaz") == address(1, 0, 3, "leave", "azaz")
    True
    >>> address(1, 0) == address(0, 1)
    False
    """
    state = 0
    for part in parts:
        state = joined(state, part)
    return state


class Stream:
    """Numbers drawn one after the other at one address.

    Examples
    --------
    >>> stream = Stream(address(7, 0, 1, "choose", "azaz"))
    >>> stream.uniform() == uniform(7, 0, 1, "choose", "azaz")
    True
    >>> all(0 <= stream.below(6) < 6 for _ in range(100))
    True
    """

    __slots__ = ("_state",)

    def __init__(self, state: int) -> None:
        self._state = state & MASK

    def bits(self) -> int:
        """Draw 64 random bits."""
        self._state = (self._state + GAMMA) & MASK
        return mix(self._state)

    def uniform(self) -> float:
        """Draw a number in [0, 1), a multiple of 2⁻⁵³."""
        return (self.bits() >> 11) * UNIT

    def below(self, bound: int) -> int:
        """Draw a whole number from 0 up to, not including, a bound (at most 2⁶⁴), without bias."""
        limit = MASK - (MASK + 1) % bound
        while (drawn := self.bits()) > limit:
            pass
        return drawn % bound


def stream(seed: int, member: int, day: Address, process: Address, key: Address) -> Stream:
    """Return the stream at an address.

    Examples
    --------
    >>> stream(1, 0, dt.date(2016, 2, 8), "passable", "road-1").uniform() < 1
    True
    """
    return Stream(address(seed, member, day, process, key))


def uniform(seed: int, member: int, day: Address, process: Address, key: Address) -> float:
    """Draw the number in [0, 1) at an address: the first of its stream.

    Parameters
    ----------
    seed, member
        Of the run; whole numbers.
    day
        A day, or its number in the run.
    process
        What is decided ("leave", "passable" …), by name or number.
    key
        What it is decided about: the id of a place, a road, a crossing, or a number.

    Examples
    --------
    >>> 0 <= uniform(1, 2, 3, "leave", "azaz") < 1
    True
    """
    return stream(seed, member, day, process, key).uniform()


def uniforms(seed: int, members: int, day: Address, process: Address, keys: Sequence[str]) -> NDArray[np.float64]:
    """Draw the numbers of `uniform` for members 0 … n − 1 and many keys at once.

    Returns
    -------
    NDArray[np.float64]
        Shape (member, key), each equal to `uniform(seed, member, day, process, key)`.

    Examples
    --------
    >>> bool(uniforms(1, 3, 0, "passable", ["a", "b"])[2, 1] == uniform(1, 2, 0, "passable", "b"))
    True
    """
    state = np.array([address(seed, member, day, process) for member in range(members)], dtype=np.uint64)
    bits = np.array([name_key(key) for key in keys], dtype=np.uint64)
    joint = _mix_all((state[:, None] ^ bits[None, :]) + np.uint64(GAMMA))
    return (_mix_all(joint + np.uint64(GAMMA)) >> np.uint64(11)).astype(np.float64) * UNIT


def _mix_all(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Finalise many 64-bit numbers; they wrap, as `mix` masks."""
    state = (state ^ (state >> np.uint64(30))) * np.uint64(MIX_A)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(MIX_B)
    return state ^ (state >> np.uint64(31))
