"""Contract: an empty desk has room for whatever a day of one member can bring, and nothing lies on it."""

import numpy as np

from tests.flow.flee_days import laid_out
from tests.flow.flee_worlds import CAMP, CONFLICT, instance, place, settings
from tidings.flow.flee_desk import CROWD, PHASES, empty_desk

COUNTRY = instance(
    [place("Ansa", CONFLICT, 900), place("Brel"), place("Esk", CAMP)],
    [("Ansa", "Brel", 40, {"walk_probability": 0.5}), ("Brel", "Esk", 400)],
    conflicts={"Ansa": [1] * 8},
)
RUN = laid_out(COUNTRY, settings(awareness_level=2))
N_STATES, N_NODES = len(RUN.chain.states.few), len(RUN.chain.nodes.station)
N_STATIONS, N_EDGES = len(RUN.ways.stations.place), len(RUN.ways.options.leg) * 2
DESK = empty_desk(RUN.chain, 3, N_EDGES)


NOT_EMPTY = ("p_leave", "until", "all_nodes", "all_states")


def arrays(desk):
    """All of its arrays by name."""
    nested = {f"{name}.{part}": array for name in ("now", "first")
              for part, array in getattr(desk, name)._asdict().items()}  # fmt: skip
    return {**{name: part for name, part in desk._asdict().items() if isinstance(part, np.ndarray)}, **nested}


def test_nobody_is_on_it():
    assert [name for name, part in arrays(DESK).items() if part.any()] == [
        name for name in arrays(DESK) if name in NOT_EMPTY
    ]


def test_who_is_on_a_route_goes_on_for_certain():
    assert DESK.p_leave.shape == (N_STATIONS, 2)
    assert (DESK.p_leave == 1.0).all()


def test_there_is_a_row_for_every_state_place_station_and_edge():
    by_state = (DESK.after, DESK.leaving, DESK.lately, DESK.active, DESK.ends, DESK.share)
    assert {part.shape for part in by_state} == {(N_STATES,)}
    by_place = (DESK.fresh, DESK.people, DESK.capacity, DESK.expected, DESK.came, *DESK.now)
    assert {part.shape for part in by_place} == {(3,)}
    assert DESK.first.share.shape == (N_EDGES,)
    assert DESK.first.going.shape == (N_STATIONS,)
    assert DESK.mass.shape == (N_NODES + N_STATES,)


def test_each_phase_has_choices_of_its_own():
    assert DESK.on_way_share.shape == (PHASES, N_EDGES)
    assert DESK.on_way_going.shape == (PHASES, N_STATIONS)
    assert DESK.until.tolist() == [1.0] * PHASES


def test_there_is_room_for_a_crowd_of_all_who_are_few_and_the_few_besides():
    assert len(DESK.order) == (CROWD + 1) * RUN.chain.states.few.sum()


def test_all_nodes_and_states_are_listed_in_the_order_of_the_day():
    assert DESK.all_nodes.tolist() == list(range(N_NODES))
    assert DESK.all_states.tolist() == list(range(N_STATES))


def test_no_two_parts_of_it_are_the_same_room():
    parts = list(arrays(DESK).values())
    assert len(parts) > 20
    assert not any(np.shares_memory(one, other) for one in parts for other in parts if one is not other)


def test_a_run_has_a_desk_of_its_own_size():
    assert RUN.desk.first.share.shape == (N_EDGES,)
    assert not np.shares_memory(RUN.desk.after, DESK.after)
