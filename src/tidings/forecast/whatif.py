"""What-ifs: a named layer of overrides from crisis.yaml, laid over a situation. The user sets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.schema import Schema
from tidings.crisis.crisis import Crisis
from tidings.situation.situation import PolicyOdds, Situation, YesNo


class PlaceOverride(Schema):
    """What a scenario says of a place."""

    held_by: str | None = None
    besieged: bool | None = None
    violence: float | None = Field(default=None, ge=0)
    """Violent events a day."""


class Layer(Schema):
    """One entry under `scenarios:` in crisis.yaml."""

    places: dict[str, PlaceOverride] = Field(default_factory=dict)
    roads: dict[str, Literal["open", "cut"]] = Field(default_factory=dict)
    crossings: dict[str, Literal["open", "restricted", "closed"]] = Field(default_factory=dict)
    parameters: dict[str, float] = Field(default_factory=dict)
    note: str | None = None


def layer_named(crisis: Crisis, name: str) -> Layer:
    """Return a scenario of crisis.yaml, checked against the crisis's places, roads and crossings.

    Raises
    ------
    InputError
        If there is no such scenario, a key is unknown, or it names what is not in the tables.
    """
    where = f"crisis.yaml: scenarios: {name}"
    if name not in crisis.settings.scenarios:
        known = ", ".join(sorted(crisis.settings.scenarios)) or "none"
        raise InputError(where=where, met="there is no such scenario", fix=f"Defined are: {known}.")
    try:
        layer = Layer.model_validate(crisis.settings.scenarios[name])
    except ValidationError as error:
        raise InputError(
            problems=(
                Problem(f"{where}: {'.'.join(str(part) for part in e['loc'])}", e["msg"].lower(), "Correct the entry.")
                for e in error.errors()
            )
        ) from None
    raise_all(_strangers(crisis, layer, where))
    return layer


def overlaid(situation: Situation, layer: Layer) -> Situation:
    """Return the situation as the scenario has it: what it names is certain, all else is as it was."""
    changed: Mapping[str, Any] = {
        "places": tuple(_place(place, layer.places.get(place.id)) for place in situation.places),
        "roads": tuple(
            road.model_copy(update={"passable": _sure(layer.roads[road.id] == "open")})
            if road.id in layer.roads
            else road
            for road in situation.roads
        ),
        "crossings": tuple(
            crossing.model_copy(update={"policy": PolicyOdds(**{"unknown": 0.0, layer.crossings[crossing.id]: 1.0})})
            if crossing.id in layer.crossings
            else crossing
            for crossing in situation.crossings
        ),
    }
    return situation.model_copy(update=dict(changed))


def _place(place: Any, override: PlaceOverride | None) -> Any:
    if override is None:
        return place
    update: dict[str, Any] = {}
    if override.held_by is not None:
        update |= {"state": "held", "held_by": override.held_by, "control": {override.held_by: 1.0}, "unknown": 0.0}
    if override.besieged is not None:
        update["besieged"] = _sure(override.besieged)
    if override.violence is not None:
        update["violence"] = override.violence
    return place.model_copy(update=update)


def _sure(is_yes: bool) -> YesNo:
    return YesNo(yes=float(is_yes), no=float(not is_yes), unknown=0.0)


def _strangers(crisis: Crisis, layer: Layer, where: str) -> list[Problem]:
    tables: dict[str, tuple[Iterable[str], set[str]]] = {
        "places": (layer.places, {place.id for place in crisis.geography.places}),
        "roads": (layer.roads, {road.id for road in crisis.geography.roads}),
        "crossings": (layer.crossings, {crossing.id for crossing in crisis.geography.crossings}),
    }
    return [
        Problem(f"{where}: {table}", f"'{name}' is not in {table}.csv", "Use an id from that file.")
        for table, (named, known) in tables.items()
        for name in sorted(set(named) - known)
    ]
