"""What may be known at an origin: the one thing that a method of forecasting is handed, and what it hands back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.parameters import FittedSets

if TYPE_CHECKING:
    from tidings.forecast.ways import Ways

Forecasts: TypeAlias = Mapping[tuple[str, int], NDArray[np.float64]]
"""By place and horizon in days: people at the nine levels of `document.QUANTILES`, rising. Shape (level,)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """Stocks reported at one place, as known at the origin: uncorrected, of a day each source's published last."""

    place: str
    days: NDArray[np.int64]
    """Shape (report,): days since the conflict's start, rising, each once, none after the origin."""
    people: NDArray[np.float64]
    """Shape (report,): persons."""
    noise: NDArray[np.float64] | None = None
    """Shape (report,): variance of the logarithm beyond that of the best source's settled numbers; None where
    there is none."""
    doubt: NDArray[np.float64] | None = None
    """Shape (report,): variance of the logarithm that sources tell themselves, by a low and a high; None where none
    does."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Otherwise:
    """What the reports of a place say if a number that looks like a slip of a digit is none, or if another of the
    sources that are apart is right."""

    series: Series
    p: float
    """That it is so."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Zone:
    """A place of conflict that has begun by the origin."""

    place: str
    began: int
    """Day on which conflict was first seen there."""
    days: NDArray[np.int64]
    """Shape (spell day,): the days with conflict up to the origin."""
    population: float
    """Persons before the conflict; NaN where nobody tells."""
    km: NDArray[np.float64]
    """Shape (series,): by road to the place of each series, as if nothing were closed; infinite where no road leads."""
    open_km: NDArray[np.float64]
    """Shape (series,): the same by the roads that are open on the day of the origin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closure that had begun by the origin."""

    kind: str
    one: str
    other: str
    start: int
    end: int | None
    """Day of opening, where it had opened by the origin; else nobody knows yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A registration was gone through at a place: its count of that day is of another kind than those before.

    No method here uses it: taking each for a change of level made forecasts slightly worse (decision 0035).
    """

    place: str
    day: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """All that may be known at an origin. Nothing in it depends on what was published later."""

    origin: int
    """Day since the conflict's start; what was published on it is known."""
    series: tuple[Series, ...]
    """Every destination, in one order for all origins; those without a report yet hold empty arrays, and are asked
    about because they are reported of later: how many there are may show in no forecast (`is_heard_of`)."""
    expected: tuple[Series, ...] | None = None
    """The same as they are expected to stand once corrected, slips of a digit put right, on the level of the likeliest
    of sources that are apart; None where no source ever corrected a number, no digit slipped and none are apart."""
    otherwise: Mapping[str, Sequence[Otherwise]] = field(default_factory=dict)
    """By place, its other series: where its last number, which `expected` takes for a slip of a digit, stands as told,
    and where another source is right. With that of `expected` the chances add up to 1."""
    totals: Series | None
    """People who fled altogether, as published by then; None where nobody publishes it. No method here reads it: it
    is for methods that are handed to `run_hindcast` from outside."""
    conflict: tuple[Zone, ...] = ()
    conflict_until: int = -1
    """Last day up to the origin for which days of conflict are told at all: after it they are unknown, not none."""
    closures: tuple[Closed, ...] = ()
    corrections: tuple[Correction, ...] = ()
    ways: Ways | None = None
    """The roads of the map, open or not; None where there is none."""
    are_places_listed: bool = False
    """Whether the list of places was public from the start; else each is heard of with its first report."""

    @property
    def is_heard_of(self) -> NDArray[np.bool_]:
        """Which places were heard of by the origin: those that people can be divided over. Shape (series,)."""
        return np.array([self.are_places_listed or len(one.days) > 0 for one in self.series], np.bool_)


class Method(Protocol):
    """A way of forecasting."""

    @property
    def name(self) -> str:
        """Its name in the scorecard."""

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast the stock of every place.

        Parameters
        ----------
        horizons
            Days after the origin, each at least 1, in no special grid: a report of day t is forecast for day t.

        Returns
        -------
        Forecasts
            One of each place of `seen.series` and each horizon; what is left out counts as a failure.
        """


class Maker(Protocol):
    """Makes a method for one conflict."""

    def __call__(self, *, without: str, members: int, seed: int, sets: FittedSets | None = None) -> Method:
        """Make it.

        Parameters
        ----------
        without
            The conflict that is scored: nothing may be learnt from it.
        members
            Members of an ensemble, where the method runs one.
        sets
            Fitted parameters to choose from; those that come with the package where none are given.
        """
