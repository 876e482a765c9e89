"""What a run of Flee's rules gives: people by member, day and place, and on the road as one total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee_instance import FleeInstance
from tidings.flow.flee_sites import kind_of

if TYPE_CHECKING:
    import xarray

MEANINGS = {
    "people": "displaced people at the place at the end of the day",
    "on_road": "displaced people on any road at the end of the day",
}


def flee_dataset(
    people: NDArray[np.int64], on_road: NDArray[np.int64], instance: FleeInstance, members: Sequence[int], seed: int
) -> xarray.Dataset:
    """Give counts their names, days, units and meanings; who is at a marker is on the road, and only counted in all.

    Parameters
    ----------
    people, on_road
        Persons. Shapes (member, day, location) and (member, day).
    """
    import xarray

    is_marker = np.array([kind_of(location) == "marker" for location in instance.locations], np.bool_)
    on_road, people = on_road + people[..., is_marker].sum(axis=-1), people[..., ~is_marker]
    names = np.array([location.name for location in instance.locations], dtype=object)[~is_marker]
    dates = np.array([instance.start + dt.timedelta(days=day) for day in range(instance.days)], "datetime64[ns]")
    values = {
        "people": (("member", "day", "place"), people),
        "on_road": (("member", "day", "group"), on_road[..., None]),
    }
    return xarray.Dataset(
        {
            name: (axes, counts, {"units": "persons", "long_name": MEANINGS[name]})
            for name, (axes, counts) in values.items()
        },
        coords={
            "member": np.asarray(members, np.int64),
            "day": ("day", np.arange(instance.days), {"long_name": "number of the day; the state is that of its end"}),
            "date": ("day", dates),
            "place": names,
            "place_name": ("place", names),
            "group": np.array(["all"], dtype=object),
        },
        attrs={"start": instance.start.isoformat(), "seed": str(seed), "rules": "flee"},
    )
