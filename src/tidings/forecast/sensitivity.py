"""What would change the answer: each uncertain input held at its low and at its high, all else as in the forecast.

Members keep their luck, so that a difference is the input's own. One input at a time: what two do together is not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import xarray as xr

from tidings.core.errors import InputError
from tidings.core.ids import is_content_id
from tidings.crisis.suggest import near
from tidings.ensemble.model import TidingsModel
from tidings.flow.parameters import parameter_table
from tidings.forecast.document import InputKind, Quantity, Sensitivity
from tidings.forecast.violence_ahead import is_open, is_violent
from tidings.forecast.whatif import Layer, PlaceOverride
from tidings.geography.graph import Geography
from tidings.situation.situation import PlaceState, Situation

ALL = "all"
"""Asks for all who are away from home, wherever they are."""
MOST_MEMBERS = 50
SURE = 0.95
"""An answer that is more likely than this is no uncertain input."""

AS_A_SCENARIO = frozenset({"road", "crossing", "siege", "holder", "violence_ahead"})
"""Kinds of input that a scenario could set."""

Modelled = Callable[[Situation, Layer], TidingsModel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """An uncertain input, and the forecast with it at its ends."""

    name: str
    kind: InputKind
    subject: str | None = None
    low: float
    high: float
    ends: tuple[str, str] = ("", "")
    at_low: Layer = field(default_factory=Layer)
    at_high: Layer = field(default_factory=Layer)
    claims: tuple[str, ...] = ()

    def situation(self, situation: Situation, value: float) -> Situation:
        """Return the situation with so many residents, or with violence that was so or not, as the input is."""
        if self.kind not in ("residents", "violence"):
            return situation
        places = (self._place(place, value) if place.id == self.subject else place for place in situation.places)
        return situation.model_copy(update={"places": tuple(places)})

    def _place(self, place: PlaceState, value: float) -> PlaceState:
        if self.kind == "violence":
            return place.model_copy(update={"violence_p": value})
        residents = place.population.model_copy(update={"value": value, "low": value, "high": value})
        return place.model_copy(update={"population": residents})


def quantity_of(answer: str, base: xr.Dataset, reported: Collection[str] = ()) -> Quantity:
    """Return of which quantity an answer is, by the places whose people present rest on reports."""
    if answer == ALL:
        return "displaced_from"
    if answer in reported:
        return "present"
    return "arrivals" if answer in base["place"].to_numpy() else "waiting"


def sensitivity_of(
    answer: str,
    base: xr.Dataset,
    inputs: Iterable[Varied],
    situation: Situation,
    model: Modelled,
    *,
    seed: int,
    reported: Collection[str] = (),
    told: Iterable[Sensitivity] = (),
) -> tuple[Sensitivity, ...]:
    """Return how far each input moves the mean of an answer on the last day, the one that moves it most first.

    Parameters
    ----------
    answer
        Of a place its arrivals up to the last day, or who is present then where that rests on reports; of a crossing
        who waits then, of `ALL` who is away from home.
    reported
        Places whose people present rest on reports: an input moves them as a scenario does.
    told
        Inputs that reports tell, worked out already.
    base
        The forecast's ensemble; its first `MOST_MEMBERS` members are simulated again with each input at its ends.
    model
        Makes the model of a situation with a layer laid over it.
    """
    members = [int(member) for member in base["member"].to_numpy()[:MOST_MEMBERS]]
    quantity = quantity_of(answer, base, reported)
    mark = mean_of(base, answer, quantity)

    def effect(varied: Varied, layer: Layer, value: float) -> float:
        held = model(varied.situation(situation, value), layer).run(seed=seed, members=members)
        return round(mean_of(held, answer, quantity) - mark, 1)

    found = [
        Sensitivity(
            input=varied.name, kind=varied.kind, subject=varied.subject,
            low=varied.low, high=varied.high, ends=varied.ends, claims=varied.claims,
            effect_low=effect(varied, varied.at_low, varied.low),
            effect_high=effect(varied, varied.at_high, varied.high),
        )
        for varied in inputs
    ]  # fmt: skip
    return tuple(sorted((*told, *found), key=lambda one: -_swing(one)))


def _swing(one: Sensitivity) -> float:
    ends = (one.effect_low, one.effect_high, 0.0)
    return max(ends) - min(ends)


def moves(quantity: Quantity, varied: Varied) -> bool:
    """Whether an input can move an answer.

    Who is present where that rests on reports is moved as by a scenario. What only changes how all are simulated
    (parameters, residents, whether violence told was so) leaves the reports' quantiles as they are.
    """
    return quantity != "present" or varied.kind in AS_A_SCENARIO


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


def mean_of(ensemble: xr.Dataset, answer: str, quantity: Quantity) -> float:
    """Return the mean of an answer over the first members, as many as are simulated again."""
    ensemble = ensemble.isel(member=slice(MOST_MEMBERS))
    if quantity == "displaced_from":
        counts = ensemble["displaced_from"].isel(day=-1).sum("group")
    elif quantity == "present":
        counts = ensemble["people"].sel(place=answer).isel(day=-1)
    elif quantity == "arrivals":
        counts = ensemble["arrivals"].sel(place=answer).sum("day")
    else:
        counts = ensemble["waiting"].sel(crossing=answer).isel(day=-1)
    return float(np.mean(counts.to_numpy()))


def inputs_of(situation: Situation, varied: Iterable[str]) -> Iterator[Varied]:
    """Yield what is uncertain: roads, crossings, places, violence after the eve, and parameters that members draw.

    Parameters
    ----------
    varied
        Names of the parameters; their ends are those of their plausible ranges.
    """
    names = tuple(varied)
    yield from _roads(situation)
    yield from _crossings(situation)
    told = {question.subject: question.claims for question in situation.unknown if question.predicate == "besieged"}
    for place in situation.places:
        yield from _siege(place, told.get(place.id, ()))
        yield from _place(place)
    if is_open(names) and is_violent(situation):
        yield _violence_ahead()
    for name in names:
        low, high = parameter_table()[name].plausible
        if low < high:
            yield Varied(
                name=f"parameter {name}", kind="parameter", subject=name, low=low, high=high,
                at_low=Layer(parameters={name: low}), at_high=Layer(parameters={name: high}),
            )  # fmt: skip


def _roads(situation: Situation) -> Iterator[Varied]:
    for road in situation.roads:
        if max(road.passable.yes, road.passable.no) <= SURE:
            yield Varied(
                name=f"road {road.id} passable", kind="road", subject=road.id, low=0, high=1, ends=("cut", "passable"),
                at_low=Layer(roads={road.id: "cut"}), at_high=Layer(roads={road.id: "open"}), claims=road.claims,
            )  # fmt: skip


def _crossings(situation: Situation) -> Iterator[Varied]:
    for crossing in situation.crossings:
        odds, name = crossing.policy, crossing.id
        if max(odds.open, odds.restricted, odds.closed) <= SURE:
            yield Varied(
                name=f"crossing {name} open", kind="crossing", subject=name, low=0, high=1, ends=("closed", "open"),
                at_low=Layer(crossings={name: "closed"}), at_high=Layer(crossings={name: "open"}),
                claims=crossing.claims,
            )  # fmt: skip


def _siege(place: PlaceState, told_too_weakly: tuple[str, ...]) -> Iterator[Varied]:
    """Yield a siege that is no settled matter; where nobody told of one, without the claims of who holds the place."""
    is_told = place.besieged.yes > 0 or place.besieged.no > 0
    if max(place.besieged.yes, place.besieged.no) <= SURE:
        yield _held_at(
            place, "siege", f"place {place.id} besieged", ("not besieged", "besieged"),
            PlaceOverride(besieged=False), PlaceOverride(besieged=True),
            told_too_weakly or (place.claims if is_told else ()),
        )  # fmt: skip


def _place(place: PlaceState) -> Iterator[Varied]:
    first, second = [*sorted(place.control, key=lambda side: -place.control[side]), "", ""][:2]
    if second and place.control[second] >= 1 - SURE:
        yield _held_at(
            place, "holder", f"place {place.id} held by {first} and not {second}", (second, first),
            PlaceOverride(held_by=second), PlaceOverride(held_by=first), place.claims,
        )  # fmt: skip
    low, high = place.population.low, place.population.high
    if low is not None and high is not None and low < high:
        yield Varied(
            name=f"residents of {place.id}", kind="residents", subject=place.id, low=low, high=high,
            claims=tuple(filter(_is_claim, [place.population.source or ""])),
        )  # fmt: skip
    if 1 - SURE <= place.violence_p <= SURE:
        yield Varied(
            name=f"violence told of {place.id}", kind="violence", subject=place.id, low=0, high=1,
            ends=("it was not so", "it was so"), claims=place.violence_told,
        )  # fmt: skip


def _held_at(
    place: PlaceState, kind: InputKind, name: str, ends: tuple[str, str],
    low: PlaceOverride, high: PlaceOverride, claims: tuple[str, ...],
) -> Varied:  # fmt: skip
    return Varied(
        name=name, kind=kind, subject=place.id, low=0, high=1, ends=ends, claims=claims,
        at_low=Layer(places={place.id: low}), at_high=Layer(places={place.id: high}),
    )  # fmt: skip


def _violence_ahead() -> Varied:
    return Varied(
        name="violence after the eve", kind="violence_ahead", low=0, high=1, ends=("it dies down", "it escalates"),
        at_low=Layer(violence="dies_down"), at_high=Layer(violence="escalates"),
    )  # fmt: skip


def _is_claim(source: str) -> bool:
    return is_content_id("c", source)
