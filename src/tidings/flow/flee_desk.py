"""What the days of a run (`@compiled`) work on: the plan that all members share, addresses of draws, room for a day."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee_chain import Chain
from tidings.flow.flee_choice import Attraction, Choice, Weighing
from tidings.flow.flee_ways import Ways

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

PHASES = 8
"""Into how many phases a day's travel is cut at most."""
CROWD = 2
"""People who travel are few when they are at most so many times what is few in their states."""
DATA, CONSTANT, SHARE, POISSON = 0, 1, 2, 3
"""How the number of newcomers is found."""


class Plan(NamedTuple):
    """What is the same for all members, beside the conditions of the day."""

    newcomers: Ints
    """Shape (day,): units that set out by the data."""
    mode: int
    """`DATA`, `CONSTANT`, `SHARE` or `POISSON`."""
    rate: float
    """Units, or the share of the population, that a conflict of intensity 1 drives out a day."""
    takes: bool
    """Whether newcomers are taken from the population."""
    capacity: Floats
    """Shape (place,): units, before day 0."""
    capacity_per_day: Floats


class Luck(NamedTuple):
    """The parts of addresses, hashed."""

    member: Keys
    """Shape (member,), with the seed in it."""
    place: Keys
    """Shape (place,)."""
    newcomer: Ints
    """Shape (place,): the state in which people set out."""
    spawning: np.uint64
    leaving: np.uint64
    travelling: np.uint64
    walking: np.uint64
    lining_up: np.uint64


class Setup(NamedTuple):
    """What is the same on all days."""

    chain: Chain
    ways: Ways
    weighing: Weighing
    plan: Plan
    luck: Luck


class Desk(NamedTuple):
    """Room for one member's day."""

    after: Ints
    """Shape (state,): at the end of the day; zero before it."""
    leaving: Ints
    """Shape (state,): those who travel."""
    lately: Ints
    """Shape (state,): those of them who set out today for the first time; they travel last."""
    active: Ints
    """The states from which somebody travels."""
    order: Ints
    """The states of people who are moved one by one, in their order."""
    fresh: Ints
    """Shape (place,): those who set out today."""
    people: Floats
    """Shape (place,): who is there now, in whole units."""
    capacity: Floats
    """Shape (place,): below 1 is unlimited."""
    expected: Floats
    """Shape (place,): how many would come in a whole day, on the mean."""
    came: Floats
    """Shape (place,): how many have come in the phases before, on the mean."""
    p_leave: Floats
    """Shape (station, 2): chance of leaving a station during the day, and where people do not stop in towns."""
    now: Attraction
    mass: Floats
    """Shape (target,): shares of people on their way; zero between two uses."""
    ends: Ints
    """The states in which shares end, one after the other."""
    share: Floats
    """What ends there."""
    all_nodes: Shorts
    all_states: Shorts
    first: Choice
    """What people choose before they set out."""
    on_way_share: Floats
    """Shape (phase, edge of a station): what they choose on their way, as `Choice.share`."""
    on_way_going: Floats
    """Shape (phase, station): as `Choice.going`."""
    until: Floats
    """Shape (phase,): the part of the day's travel that is done at its end."""


def empty_desk(chain: Chain, n_places: int, n_edges: int) -> Desk:
    """Return room for a day; `n_edges` are those of all stations."""
    n_states, n_nodes, n_stations = len(chain.states.few), len(chain.nodes.station), chain.shape.n_stations
    after, leaving, lately, active, ends = np.zeros((5, n_states), np.int64)
    people, capacity, expected, came, score, room, pull = np.zeros((7, n_places))
    return Desk(
        after=after, leaving=leaving, lately=lately, active=active,
        order=np.zeros((CROWD + 1) * int(chain.states.few.sum()), np.int64),
        fresh=np.zeros(n_places, np.int64), people=people, capacity=capacity, expected=expected, came=came,
        p_leave=np.ones((n_stations, 2)), now=Attraction(score, room, pull),
        mass=np.zeros(n_nodes + n_states), ends=ends, share=np.zeros(n_states),
        all_nodes=np.arange(n_nodes, dtype=np.int32), all_states=np.arange(n_states, dtype=np.int32),
        first=Choice(np.zeros(n_edges), np.zeros(n_stations)),
        on_way_share=np.zeros((PHASES, n_edges)), on_way_going=np.zeros((PHASES, n_stations)), until=np.ones(PHASES),
    )  # fmt: skip
