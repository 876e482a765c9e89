"""The country that people flee from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee_instance import Location


def home_country(locations: Sequence[Location], conflicts: NDArray[np.float64]) -> str:
    """Return the country with most days of conflict; without conflict, that of the first place.

    Flee takes the country of the first place, which in several of its instances is where people flee to.

    Parameters
    ----------
    conflicts
        Shape (day, location): intensity.
    """
    days: dict[str, int] = {place.country: 0 for place in locations}
    for place, n_days in zip(locations, (conflicts > 0).sum(axis=0), strict=True):
        days[place.country] += int(n_days)
    return max(days, key=lambda country: days[country], default="")
