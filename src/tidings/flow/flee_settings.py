"""Flee's settings file (simsetting.yml) as a schema: each key with its unit, its range and Flee's default.

What is not simulated is accepted where it is off and refused where it is on, so that no feature is silently missing.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from tidings.core.errors import Problem, raise_all
from tidings.core.schema import Schema

Share = Annotated[float, Field(ge=0, le=1)]
NotNegative = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]


def _no_section_is_an_empty_one(value: object) -> object:
    return {} if value is None else value


def _refuse_on(value: object) -> object:
    if value in (None, False, 0, (), {}, []):
        return False
    raise PydanticCustomError("not_simulated", "this part of Flee is not simulated")


Off = Annotated[Literal[False], BeforeValidator(_refuse_on)]
"""A switch of Flee that has to stay off here."""


class LogLevels(Schema):
    """Which logs Flee writes; nothing here depends on it."""

    agent: int = 0
    camp: int = 0
    conflict: int = 0
    init: int = 0
    link: int = 0
    idp_totals: int = 0
    granularity: str = "location"


class ConflictDrivenSpawning(Schema):
    """People set out because of conflict, in place of the numbers in the registration data."""

    spawn_mode: Literal["constant", "pop_ratio", "poisson"] = "pop_ratio"
    """constant: the rate in units (`hasten` people) a day; pop_ratio: that share of the place's population a day;
    poisson: as constant, drawn. Each times the intensity of the conflict, rounded down."""
    displaced_per_conflict_day: NotNegative = 0.01
    """The rate: units a day, or a share of the population a day."""


class SpawnRules(Schema):
    """Where and how many people set out."""

    take_from_population: bool = False
    """Whether who sets out is taken from the population of the place."""
    insert_day0: bool = True
    """Whether the people registered in a camp on day 0 are there from the start."""
    empty_camps_on_day0: bool = False
    """Whether camps start empty, and the data are taken from their value on day 0."""
    sum_from_camps: bool = True
    """Whether arrivals are those of all camps in the data; otherwise those of the row `total`."""
    conflict_spawn_decay: tuple[NotNegative, ...] | None = None
    """Factors of a conflict's weight, an interval after the other since its start; the last one stays."""
    conflict_spawn_decay_interval: Positive = 30
    """Days of an interval."""
    conflict_driven_spawning: ConflictDrivenSpawning | None = None
    """Where given, people set out by this rule and not by the data."""
    average_social_connectivity: NotNegative = 3.0
    """Read by Flee without any effect on movement."""
    starvation_driven: Off = False
    flood_driven_spawning: Off = False
    read_from_agents_csv_file: Off = False
    camps_are_sinks: Off = False


class MoveRules(Schema):
    """When, where to and how fast people move."""

    max_move_speed: Positive = 360.0
    """By vehicle; km a day."""
    max_walk_speed: Positive = 35.0
    """On foot; km a day."""
    max_crossing_speed: Positive = 20.0
    """Read by Flee and never used."""
    camp_movechance: Share = 0.001
    """Chance that a person leaves a camp; per day."""
    idpcamp_movechance: Share = 0.1
    """Chance that a person leaves a camp of type idpcamp; per day."""
    conflict_movechance: Share = 1.0
    """Chance that a person leaves a place in conflict; per decision."""
    default_movechance: Share = 0.3
    """Chance that a person leaves any other place; per decision."""
    movechance_pop_base: Positive = 10000.0
    """Population (in units) at which `movechance_pop_scale_factor` changes nothing."""
    movechance_pop_scale_factor: float = 0.0
    """Exponent of population / `movechance_pop_base` in the chance of leaving."""
    awareness_level: Annotated[int, Field(ge=1, le=3)] = 1
    """How many places deep people know the paths before them; markers do not count."""
    camp_weight: NotNegative = 1.0
    """Score of a camp beside that of a town."""
    conflict_weight: NotNegative = 0.25
    """Score of a place in conflict beside that of a town."""
    foreign_weight: NotNegative = 1.0
    """Score of a place abroad: in another country than the first row of locations.csv."""
    use_pop_for_loc_weight: bool = False
    """Whether the score of a place other than a camp grows with its population."""
    pop_power_for_loc_weight: float = 0.1
    """Exponent of the population (in units) in the score."""
    softening: NotNegative = 10.0
    """Added to each distance in the weight of a path; km."""
    distance_power: float = 1.0
    """Exponent of the distance in the weight of a path."""
    weight_softening: NotNegative = 0.0
    """Added to each score in the weight of a path."""
    weight_power: NotNegative = 1.0
    """Exponent of the weight of a path as a whole."""
    pruning_threshold: NotNegative = 1.0
    """Paths that weigh less than the heaviest divided by this are not taken; up to 1, all are."""
    capacity_buffer: Annotated[float, Field(ge=0, lt=1)] = 0.9
    """Share of a capacity that fills before a place becomes less attractive."""
    capacity_scaling: NotNegative = 1.0
    """Factor of every capacity."""
    avoid_short_stints: bool = False
    """Whether people who travelled little of late do not stop in towns on their way."""
    start_on_foot: bool = False
    """Whether the first journey is made on foot."""
    home_distance_power: float = 0.5
    """Read by Flee for `stay_close_to_home`."""
    stay_close_to_home: Off = False
    fixed_routes: Off = False
    flood_rules: Off = False
    flee_when_starving: Off = False
    avoid_food_deprived: Off = False
    economic_pull: Off = False
    children_avoid_hazards: Off = False
    elderly_avoid_hazards: Off = False
    women_avoid_hazards: Off = False
    boys_take_risk: Off = False
    match_camp_religion: Off = False
    match_camp_ethnicity: Off = False
    match_town_ethnicity: Off = False
    match_conflict_ethnicity: Off = False
    two_system_decision_making: Off = False


class Optimisations(Schema):
    """The scale of the run."""

    hasten: Annotated[int, Field(ge=1)] = 1
    """How many people one unit stands for."""


class FleeSettings(Schema):
    """All settings; `FleeSettings()` has Flee's defaults, person for person.

    Examples
    --------
    >>> FleeSettings().move_rules.default_movechance
    0.3
    >>> FleeSettings.of({"optimisations": {"hasten": 100}}, "simsetting.yml").optimisations.hasten
    100
    """

    log_levels: Annotated[LogLevels, BeforeValidator(_no_section_is_an_empty_one)] = LogLevels()
    spawn_rules: Annotated[SpawnRules, BeforeValidator(_no_section_is_an_empty_one)] = SpawnRules()
    move_rules: Annotated[MoveRules, BeforeValidator(_no_section_is_an_empty_one)] = MoveRules()
    optimisations: Annotated[Optimisations, BeforeValidator(_no_section_is_an_empty_one)] = Optimisations()

    @classmethod
    def of(cls, document: object, where: str) -> FleeSettings:
        """Return the settings that a parsed simsetting.yml holds.

        Parameters
        ----------
        document
            The file as YAML gives it: a mapping of sections, or None where it is empty.
        where
            The file, for messages.

        Raises
        ------
        InputError
            If a key is unknown, a value is out of its range, or a part of Flee that is not simulated is switched on;
            all problems at once.

        Examples
        --------
        >>> FleeSettings.of({"move_rules": {"camp_wieght": 2}}, "simsetting.yml")
        Traceback (most recent call last):
            ...
        tidings.core.errors.InputError: simsetting.yml: move_rules.camp_wieght: there is no such key. Did you mean
        camp_weight?
        """
        sections = {} if document is None else document
        if not isinstance(sections, Mapping):
            fix = "Write sections such as move_rules: and optimisations:, each with its keys."
            raise_all([Problem(where, "it holds no sections", fix)])
        try:
            return cls.model_validate(sections)
        except ValidationError as error:
            raise_all(_problems(error, where))
            raise


KNOWN_ODDITIES = {
    "camps_are_sicks": "Flee reads this key for camps_are_sinks, which is not simulated: remove it.",
    "flood_spawn_mode": "Flee reads spawn_mode; people driven by floods are not simulated: remove it.",
    "sum_from_camp": "The key is sum_from_camps.",
}
"""What to do about keys that are about in settings files and do not mean what they seem to."""


def _problems(error: ValidationError, where: str) -> Iterator[Problem]:
    for found in error.errors():
        path = ".".join(str(part) for part in found["loc"])
        yield Problem(f"{where}: {path}" if path else where, *_said(found))


def _said(found: ErrorDetails) -> tuple[str, str]:
    """Return what was met and what to do."""
    name, value = str(found["loc"][-1]) if found["loc"] else "", found["input"]
    if found["type"] == "extra_forbidden":
        return "there is no such key", KNOWN_ODDITIES.get(name) or _near(name, _keys(found["loc"][:-1]))
    if found["type"] == "not_simulated":
        return "this part of Flee is not simulated (docs/flee.md)", "Switch it off, or remove the key."
    if name == "awareness_level" and value == 0:
        return "nobody ever moves in Flee at level 0", "Write 1, 2 or 3."
    said = found["msg"].replace("Input should be", "it should be").rstrip(".")
    fix = "Correct the value; docs/reference/simsetting.schema.json lists keys with units and ranges."
    return f"{value!r} does not fit: {said}", fix


def _keys(loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys of the section at an address."""
    schema: Any = FleeSettings
    for part in loc:
        kinds = (schema.model_fields[str(part)].annotation,)
        kinds = getattr(kinds[0], "__args__", None) or kinds
        schema = next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel))
    return tuple(schema.model_fields)


def _near(name: str, keys: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name.casefold(), keys, n=1, cutoff=0.6)
    return f"Did you mean {near[0]}?" if near else f"The keys here are: {', '.join(keys)}."
