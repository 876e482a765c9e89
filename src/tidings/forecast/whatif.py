"""What-ifs: a named layer of overrides, laid over a situation: the user's in crisis.yaml, and courses of violence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from tidings.assess.roads import passable_odds
from tidings.assess.settings import load_settings
from tidings.assess.sides import Sides
from tidings.core.counting import agreed
from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.schema import NOT_A_NUMBER, Schema
from tidings.crisis.crisis import Crisis, Party
from tidings.crisis.suggest import near
from tidings.crisis.tables import problem_of
from tidings.flow.parameters import parameter_problems
from tidings.forecast.document import ForecastWarning
from tidings.geography.places import names_listed
from tidings.situation.afterwards import COURSES, Course
from tidings.situation.situation import PlaceState, PolicyOdds, RoadState, Situation, YesNo


class PlaceOverride(Schema):
    """What a scenario says of a place."""

    held_by: str | None = None
    """A party of parties.csv: its side holds the place."""
    besieged: bool | None = None
    violence: float | None = Field(default=None, ge=0)
    """Violent events a day, on every day of the forecast."""


class Layer(Schema):
    """One entry under `scenarios:` in crisis.yaml."""

    places: dict[str, PlaceOverride] = Field(default_factory=dict)
    roads: dict[str, Literal["open", "cut"]] = Field(default_factory=dict)
    crossings: dict[str, Literal["open", "restricted", "closed"]] = Field(default_factory=dict)
    violence: Course | None = None
    """What becomes, in all members, of the violence known on the eve; what `places` sets of it stays as set."""
    parameters: dict[str, float] = Field(default_factory=dict)
    note: str | None = None

    @property
    def fixed(self) -> dict[str, float]:
        """The parameters that all members have: those named, and those of the course of violence."""
        return {**(COURSES[self.violence] if self.violence else {}), **self.parameters}


OF_VIOLENCE: Mapping[str, Layer] = MappingProxyType({f"violence_{name}": Layer(violence=name) for name in COURSES})
"""Scenarios that every crisis has, without a line in crisis.yaml; one of the same name there goes before."""


def layer_named(crisis: Crisis, name: str) -> Layer:
    """Return a scenario of crisis.yaml, checked against the crisis's places, roads and crossings, or a ready one.

    Raises
    ------
    InputError
        If there is no such scenario, a key is unknown, it names what is not in the tables, parties included, or a
        parameter is unknown, out of its range, or set by its course of violence too.
    """
    where = f"crisis.yaml: scenarios: {name}"
    if name not in crisis.settings.scenarios:
        if name in OF_VIOLENCE:
            return OF_VIOLENCE[name]
        known = ", ".join(sorted({*crisis.settings.scenarios, *OF_VIOLENCE}))
        raise InputError(where=where, met="there is no such scenario", fix=f"Defined are: {known}.")
    try:
        layer = Layer.model_validate(crisis.settings.scenarios[name])
    except ValidationError as error:
        raise InputError(problems=(_problem(found, where) for found in error.errors())) from None
    raise_all([*_strangers(crisis, layer, where), *parameter_problems(layer.parameters, f"{where}: parameters")])
    return layer


def _problem(found: ErrorDetails, where: str) -> Problem:
    if found["type"] == NOT_A_NUMBER:
        return problem_of(found, where)
    at = ".".join(str(part) for part in found["loc"])
    return Problem(f"{where}: {at}", found["msg"].lower(), "Correct the entry.")


def overlaid(situation: Situation, layer: Layer, parties: Iterable[Party] = ()) -> Situation:
    """Return the situation as the scenario has it: what it names is certain, all else is as it was.

    The front moves with a place that changes hands: the roads at it are weighed anew.

    Parameters
    ----------
    parties
        Those of the crisis, which tell the side of a party.
    """
    sides = Sides.of(parties, ())
    places = {place.id: _place(place, layer.places.get(place.id), sides) for place in situation.places}
    changed: Mapping[str, Any] = {
        "places": tuple(places.values()),
        "roads": tuple(_road(road, layer, places, situation) for road in situation.roads),
        "crossings": tuple(
            crossing.model_copy(update={"policy": PolicyOdds(**{"unknown": 0.0, layer.crossings[crossing.id]: 1.0})})
            if crossing.id in layer.crossings
            else crossing
            for crossing in situation.crossings
        ),
    }
    return situation.model_copy(update=dict(changed))


def _place(place: PlaceState, override: PlaceOverride | None, sides: Sides) -> PlaceState:
    if override is None:
        return place
    update: dict[str, Any] = {}
    if override.held_by is not None:
        side = sides.side(override.held_by)
        update |= {"state": "held", "held_by": side, "control": {side: 1.0}, "unknown": 0.0}
    if override.besieged is not None:
        update["besieged"] = _sure(override.besieged)
    if override.violence is not None:
        update |= {"violence": override.violence, "violence_from": {}, "is_violence_lasting": True}
    return place.model_copy(update=update)


def _road(road: RoadState, layer: Layer, places: Mapping[str, PlaceState], situation: Situation) -> RoadState:
    if road.id in layer.roads:
        return road.model_copy(update={"passable": _sure(layer.roads[road.id] == "open")})
    held_anew = {name for name, override in layer.places.items() if override.held_by is not None}
    if not held_anew & {road.from_, road.to}:
        return road
    a, b = places[road.from_], places[road.to]
    p_front, p_untold = (_p_between(a, b, pairs) for pairs in (situation.facing, situation.facing_untold))
    p_same = max(0.0, (1 - a.unknown) * (1 - b.unknown) - p_front - p_untold)
    trust = load_settings().same_side_trust
    return road.model_copy(update={"passable": passable_odds(road.told, p_front, p_same, trust)})


def held_anew_warnings(layers: Mapping[str, Layer], names: Mapping[str, str]) -> Iterator[ForecastWarning]:
    """Yield, of scenarios in which a place changes hands, that it has done so when the forecast begins.

    Parameters
    ----------
    layers
        By the name of the scenario.
    names
        By place, its name to be shown.
    """
    for scenario, layer in layers.items():
        places = [names.get(place, place) for place, override in layer.places.items() if override.held_by is not None]
        if places:
            change = agreed(len(places), "changes hands", "change hands")
            met = f"In {scenario} {names_listed(places)} {change} before the first day"
            message = (
                f"{met}: who leaves there goes by the roads that are passable behind the new front, rather to places of"
                " the new holder's side. Who flees before a fall, or from it, is in a scenario of violence alone."
            )
            yield ForecastWarning(code="held_from_first_day", message=message)


def _p_between(a: PlaceState, b: PlaceState, pairs: Iterable[tuple[str, str]]) -> float:
    """Return the probability that two places are held by one of some pairs of sides."""
    either_way = {pair for x, y in pairs for pair in ((x, y), (y, x))}
    return sum(p * q for x, p in a.control.items() for y, q in b.control.items() if (x, y) in either_way)


def _sure(is_yes: bool) -> YesNo:
    return YesNo(yes=float(is_yes), no=float(not is_yes), unknown=0.0)


def _strangers(crisis: Crisis, layer: Layer, where: str) -> list[Problem]:
    tables: dict[str, tuple[Iterable[str], set[str]]] = {
        "places": (layer.places, {place.id for place in crisis.geography.places}),
        "roads": (layer.roads, {road.id for road in crisis.geography.roads}),
        "crossings": (layer.crossings, {crossing.id for crossing in crisis.geography.crossings}),
    }
    strangers = [
        Problem(f"{where}: {table}", f"'{name}' is not in {table}.csv", f"{near(name, known)}Use an id from that file.")
        for table, (named, known) in tables.items()
        for name in sorted(set(named) - known)
    ]
    return [*strangers, *_unknown_holders(crisis, layer, where), *_set_twice(layer, where)]


def _set_twice(layer: Layer, where: str) -> Iterator[Problem]:
    for name in sorted(COURSES[layer.violence].keys() & layer.parameters.keys()) if layer.violence else ():
        met = f"{name} is set, and by violence: {layer.violence} too"
        yield Problem(f"{where}: parameters", met, "Leave out one of the two.")


def _unknown_holders(crisis: Crisis, layer: Layer, where: str) -> Iterator[Problem]:
    known = {party.id for party in crisis.parties}
    for place, override in layer.places.items():
        if override.held_by is not None and override.held_by not in known:
            met = f"'{override.held_by}' is not in parties.csv"
            fix = f"{near(override.held_by, known)}Use an id from that file, or add the party to it."
            yield Problem(f"{where}: places: {place}: held_by", met, fix)
