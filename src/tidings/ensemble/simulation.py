"""The document of `tidings simulate`: who is where on the last day, over all members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from tidings.core.schema import Schema

if TYPE_CHECKING:
    import xarray


class PlacePeople(Schema):
    """People at one place on the last day; persons."""

    place: str
    mean: float
    sd: float | None
    """Standard deviation over members; null with one member."""


class Simulation(Schema):
    """What a simulation gave (`tidings/simulation@1`)."""

    schema_: Literal["tidings/simulation@1"] = Field(default="tidings/simulation@1", alias="schema")
    days: int
    members: int
    rules: Literal["flee", "tidings"]
    seed: int
    validated: bool = False
    """Whether docs/validation.md covers the case; of none it does so far."""
    people: float
    """Mean over members of all people on the last day, wherever they are; persons. Under rules flee displaced people
    alone, under rules tidings residents too."""
    places: tuple[PlacePeople, ...]


def simulation_of(ensemble: xarray.Dataset, *, rules: Literal["flee", "tidings"], seed: int) -> Simulation:
    """Sum up an ensemble: people by place on its last day, and all people, on the road and in queues too."""
    last = ensemble.isel(day=-1)
    people = last["people"].to_numpy()
    n_members = len(people)
    n_people = sum(int(last[name].sum()) for name in ("people", "on_road", "waiting") if name in last)
    means, spread = people.mean(axis=0), people.std(axis=0, ddof=1) if n_members > 1 else None
    names = last["place_name"].to_numpy() if "place_name" in last.coords else last["place"].to_numpy()
    return Simulation(
        days=ensemble.sizes["day"],
        members=n_members,
        rules=rules,
        seed=seed,
        people=n_people / n_members,
        places=tuple(
            PlacePeople(place=str(name), mean=float(mean), sd=None if spread is None else float(spread[number]))
            for number, (name, mean) in enumerate(zip(names, means, strict=True))
        ),
    )
