"""What would change the answer: each uncertain input held at its low and at its high, all else as in the forecast.

Members keep their luck, so that a difference is the input's own. One input at a time: what two do together is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import xarray as xr

from tidings.core.errors import InputError
from tidings.crisis.suggest import near
from tidings.ensemble.model import TidingsModel
from tidings.flow.parameters import parameter_table
from tidings.forecast.document import Sensitivity
from tidings.forecast.whatif import Layer, PlaceOverride
from tidings.geography.graph import Geography
from tidings.situation.situation import Situation

ALL = "all"
"""Asks for all who are away from home, wherever they are."""
MOST_MEMBERS = 50
SURE = 0.95
"""An answer that is more likely than this is no uncertain input."""

Modelled = Callable[[Situation, Layer], TidingsModel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """An uncertain input, and the forecast with it at its ends."""

    name: str
    low: float
    high: float
    at_low: Layer = field(default_factory=Layer)
    at_high: Layer = field(default_factory=Layer)
    claims: tuple[str, ...] = ()
    place: str | None = None
    """Whose residents are the input: `low` and `high` are then persons."""

    def situation(self, situation: Situation, value: float) -> Situation:
        """Return the situation with so many residents, where the input is of residents."""
        if self.place is None:
            return situation
        of = {"value": value, "low": value, "high": value}
        places = (
            place.model_copy(update={"population": place.population.model_copy(update=of)})
            if place.id == self.place
            else place
            for place in situation.places
        )
        return situation.model_copy(update={"places": tuple(places)})


def sensitivity_of(
    answer: str, base: xr.Dataset, inputs: Iterable[Varied], situation: Situation, model: Modelled, *, seed: int
) -> tuple[Sensitivity, ...]:
    """Return how far each input moves the mean of an answer on the last day, the one that moves it most first.

    Parameters
    ----------
    answer
        Of a place its arrivals up to the last day, of a crossing who waits then, of `ALL` who is away from home.
    base
        The forecast's ensemble; its first `MOST_MEMBERS` members are simulated again with each input at its ends.
    model
        Makes the model of a situation with a layer laid over it.
    """
    members = [int(member) for member in base["member"].to_numpy()[:MOST_MEMBERS]]
    mark = _answer(base.isel(member=slice(len(members))), answer)

    def effect(varied: Varied, layer: Layer, value: float) -> float:
        told = model(varied.situation(situation, value), layer).run(seed=seed, members=members)
        return round(_answer(told, answer) - mark, 1)

    found = [
        Sensitivity(
            input=varied.name, low=varied.low, high=varied.high, claims=varied.claims,
            effect_low=effect(varied, varied.at_low, varied.low),
            effect_high=effect(varied, varied.at_high, varied.high),
        )
        for varied in inputs
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: -_swing(one)))


def _swing(one: Sensitivity) -> float:
    ends = (one.effect_low, one.effect_high, 0.0)
    return max(ends) - min(ends)


def check_answer(answer: str | None, geography: Geography) -> None:
    """Refuse what is neither a place nor a crossing.

    Raises
    ------
    InputError
        If it is neither, nor `ALL`, nor nothing.
    """
    known = {place.id for place in geography.places} | {crossing.id for crossing in geography.crossings}
    if answer is not None and answer != ALL and answer not in known:
        fix = f"{near(answer, known)}Give an id of places.csv or crossings.csv, or {ALL}."
        raise InputError(where="--sensitivity", met=f"'{answer}' is no place or crossing of the crisis", fix=fix)


def _answer(ensemble: xr.Dataset, answer: str) -> float:
    """Return the mean over members."""
    if answer == ALL:
        counts = ensemble["displaced_from"].isel(day=-1).sum("group")
    elif answer in ensemble["place"].to_numpy():
        counts = ensemble["arrivals"].sel(place=answer).sum("day")
    else:
        counts = ensemble["waiting"].sel(crossing=answer).isel(day=-1)
    return float(np.mean(counts.to_numpy()))


def inputs_of(situation: Situation, varied: Iterable[str]) -> Iterator[Varied]:
    """Yield what is uncertain: roads, crossings, sieges, holders, residents, and parameters that members draw.

    Parameters
    ----------
    varied
        Names of the parameters; their ends are those of their plausible ranges.
    """
    yield from _roads(situation)
    yield from _crossings(situation)
    yield from _places(situation)
    for name in varied:
        low, high = parameter_table()[name].plausible
        at_low, at_high = (Layer(parameters={name: value}) for value in (low, high))
        yield Varied(name=f"parameter {name}", low=low, high=high, at_low=at_low, at_high=at_high)


def _roads(situation: Situation) -> Iterator[Varied]:
    for road in situation.roads:
        if max(road.passable.yes, road.passable.no) <= SURE:
            yield Varied(
                name=f"road {road.id} passable", low=0, high=1, claims=road.claims,
                at_low=Layer(roads={road.id: "cut"}), at_high=Layer(roads={road.id: "open"}),
            )  # fmt: skip


def _crossings(situation: Situation) -> Iterator[Varied]:
    for crossing in situation.crossings:
        odds = crossing.policy
        if max(odds.open, odds.restricted, odds.closed) <= SURE:
            yield Varied(
                name=f"crossing {crossing.id} open", low=0, high=1, claims=crossing.claims,
                at_low=Layer(crossings={crossing.id: "closed"}), at_high=Layer(crossings={crossing.id: "open"}),
            )  # fmt: skip


def _places(situation: Situation) -> Iterator[Varied]:
    for place in situation.places:
        if 1 - SURE <= place.besieged.yes <= SURE:
            at_low, at_high = (Layer(places={place.id: PlaceOverride(besieged=so)}) for so in (False, True))
            yield Varied(name=f"place {place.id} besieged", low=0, high=1, claims=place.claims, at_low=at_low,
                         at_high=at_high)  # fmt: skip
        first, second = [*sorted(place.control, key=lambda side: -place.control[side]), "", ""][:2]
        if second and place.control[second] >= 1 - SURE:
            at_low, at_high = (Layer(places={place.id: PlaceOverride(held_by=side)}) for side in (second, first))
            yield Varied(name=f"place {place.id} held by {first} and not {second}", low=0, high=1, claims=place.claims,
                         at_low=at_low, at_high=at_high)  # fmt: skip
        low, high = place.population.low, place.population.high
        if low is not None and high is not None and low < high:
            yield Varied(name=f"residents of {place.id}", low=low, high=high, place=place.id)
