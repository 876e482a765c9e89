"""What a simulation gives: counts by member, day and place in one Dataset; nothing says where on a road people are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tidings.flow.scenario import Scenario

if TYPE_CHECKING:
    import xarray

PLACE_COUNTS = {
    "people": "people at the place at the end of the day: residents and displaced",
    "displaced": "displaced people at the place at the end of the day, from wherever they came",
    "arrivals": "people who came from elsewhere to stay during the day, those who crossed a border to it included",
    "departures": "people who left during the day",
    "returned": "residents who came home during the day",
    "trapped": "people at a besieged place at the end of the day",
}
CROSSING_COUNTS = {
    "waiting": "people in the queue at the end of the day, on side a",
    "crossed": "people let through during the day",
}
GROUP_COUNTS = {
    "on_road": "people of the origin group on any road at the end of the day",
    "displaced_from": "people of the origin group away from home at the end of the day, wherever they are",
}
AXES = {
    **dict.fromkeys(PLACE_COUNTS, "place"),
    **dict.fromkeys(CROSSING_COUNTS, "crossing"),
    **dict.fromkeys(GROUP_COUNTS, "group"),
}
MEANINGS = {**PLACE_COUNTS, **CROSSING_COUNTS, **GROUP_COUNTS}

Counts = dict[str, NDArray[np.int64]]
"""By name, shape (member, day, place or crossing or group)."""


def no_counts(scenario: Scenario, n_members: int) -> Counts:
    """Return zeros of the shapes of a result, to be filled."""
    sizes = {
        "place": len(scenario.geography.places),
        "crossing": len(scenario.geography.crossings),
        "group": len(scenario.groups),
    }
    return {name: np.zeros((n_members, scenario.days, sizes[axis]), np.int64) for name, axis in AXES.items()}


def dataset_of(counts: Counts, scenario: Scenario, members: Sequence[int], seed: int) -> xarray.Dataset:
    """Give counts their names, days, units and meanings."""
    import xarray

    geography = scenario.geography
    dates = np.array([scenario.start + dt.timedelta(days=day) for day in range(scenario.days)], "datetime64[ns]")
    return xarray.Dataset(
        {
            name: (("member", "day", AXES[name]), values, {"units": "persons", "long_name": MEANINGS[name]})
            for name, values in counts.items()
        },
        coords={
            "member": np.asarray(members, np.int64),
            "day": ("day", np.arange(scenario.days), {"long_name": "number of the day; the state is that of its end"}),
            "date": ("day", dates),
            "place": np.array([place.id for place in geography.places], dtype=object),
            "place_name": ("place", np.array([place.name for place in geography.places], dtype=object)),
            "crossing": np.array([crossing.id for crossing in geography.crossings], dtype=object),
            "crossing_name": ("crossing", np.array([crossing.name for crossing in geography.crossings], dtype=object)),
            "group": np.array(scenario.groups, dtype=object),
        },
        attrs={"start": scenario.start.isoformat(), "seed": str(seed)},
    )
