"""Our own rules are the equations of docs/model.md, the same for one member and for arrays of them."""

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest

from tests.flow.worlds import geography, seen
from tidings.flow.parameters import load_parameters, parameter_table
from tidings.flow.rules import DECISIONS, Chosen, Columns, Rules
from tidings.flow.seen import CLOSED, OPEN, RESTRICTED
from tidings.situation.afterwards import ASSUMED_AFTERWARDS

COUNTRY = geography(
    {"city": "city", "town": "town", "village": "village", "camp": "camp", "farms": "area"},
    [("city", "town", 40)],
    [("gate", "town", "camp"), ("ford", "village", "farms")],
)
WAYS = [("city", "town", 0), ("city", "village", 10), ("city", "gate", 30)]
EVERYTHING = {
    "violence": [[0.0, 0.01, 1.0, 5.0, 0.5]],
    "besieged": [[False, True, False, False, True]],
    "holder": [[0, 1, 0, -1, 1]],
    "policy": [[OPEN, RESTRICTED]],
    "people": [[900, 0, 50, 120, 7]],
    "population": [[900_000, 0, 80, 0, 12]],
    "waiting": [[5, 0]],
    "quiet_days": [[3, 14, 0, 0, 400]],
    "onset_days": [[np.inf, np.inf, 0.0, 90.0, 3000.0]],
}
LIMITS = {"capacity": {"camp": 100.0, "village": 0.0}, "per_day": {"gate": 500.0}}


def given(decision, *, ways=WAYS, parameters=None, **told):
    """The values of one decision for one member."""
    return Rules.of(load_parameters(parameters or {})).ask(decision, seen(COUNTRY, ways=ways, **LIMITS, **told))[0]


def test_every_decision_has_a_rule_of_ours_and_every_rule_a_field_for_it():
    assert [field.name for field in fields(Rules)] == list(DECISIONS)


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_rule_is_frozen(decision):
    rule = getattr(Rules.of(load_parameters()), decision)
    with pytest.raises(FrozenInstanceError):
        setattr(rule, fields(rule)[0].name, 1.0)


@pytest.mark.parametrize("decision", DECISIONS)
def test_many_members_get_what_each_would_get_alone(decision):
    table = parameter_table()
    sets = [load_parameters({name: table[name].plausible[end] for name in table}) for end in (0, 1)]
    day = {name: [rows[0], rows[0][::-1]] for name, rows in EVERYTHING.items()}
    together = Rules.of(sets).ask(decision, seen(COUNTRY, n_members=2, ways=WAYS, **LIMITS, **day))
    alone = [
        Rules.of(each).ask(
            decision, seen(COUNTRY, ways=WAYS, **LIMITS, **{name: rows[row] for name, rows in day.items()})
        )[0]
        for row, each in enumerate(sets)
    ]
    assert np.array_equal(together, np.stack(alone))


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("end", [0, 1])
def test_the_ends_of_all_ranges_give_numbers(decision, end):
    table = parameter_table()
    extremes = {name: entry.range[end] for name, entry in table.items()}
    assert given(decision, parameters=extremes, **EVERYTHING).dtype in (np.float64, np.bool_)


def test_residents_leave_for_violence_and_a_little_without_it():
    changes = {"base_leaving_rate": 0.001, "leaving_rate_per_event": 0.02}
    rates = given("leave", parameters=changes, violence=[0.0, 1.0, 5.0, 0.0, 0.0], onset_days=0.0)
    assert rates == pytest.approx([0.001, 0.021, 0.101, 0.001, 0.001])


def test_the_rate_of_leaving_for_violence_fades_to_a_share_after_its_onset():
    changes = {"base_leaving_rate": 0.0, "leaving_rate_per_event": 0.1, "leaving_late_share": 0.25}
    days = [0.0, 90.0, 180.0, 1e9, np.inf]
    rates = given("leave", parameters=changes, violence=1.0, onset_days=days)
    fading = 0.25 + 0.75 * np.exp([0.0, -1.0, -2.0, -np.inf, 0.0])
    assert rates == pytest.approx(0.1 * fading)


def test_the_calm_rate_of_leaving_does_not_fade():
    assert given("leave", violence=0.0, onset_days=1000.0) == pytest.approx(load_parameters()["base_leaving_rate"])


def test_more_or_fewer_leave_large_places_as_the_exponent_says():
    changes = {"base_leaving_rate": 0.01, "leaving_population_exponent": 0.5}
    rates = given("leave", parameters=changes, population=[1_000_000, 10_000, 100, 1, 0])
    assert rates == pytest.approx([0.1, 0.01, 0.001, 0.0001, 0.0001])


def test_the_size_of_a_place_plays_no_part_by_default():
    assert len(set(given("leave", population=[1_000_000, 10_000, 100, 1, 0]))) == 1


def test_a_siege_holds_all_but_a_share():
    share = load_parameters()["besieged_escape_probability"]
    assert given("escape", besieged=[True, False, False, True, False]).tolist() == [share, 1.0, 1.0, share, 1.0]


def test_displaced_people_move_on_sooner_from_a_town_than_from_a_camp_and_from_violence():
    rates = given("move_on", violence=[0.0, 2.0, 0.0, 0.0, 0.0], people=1)
    defaults = load_parameters()
    town, camp = defaults["onward_rate_settlement"], defaults["onward_rate_camp"]
    violent = town + 2 * defaults["leaving_rate_per_event"]
    crowded = town + defaults["crowding_rate"]  # in a village whose capacity is nobody
    assert rates == pytest.approx([town, violent, crowded, camp, town])


def test_crowding_grows_with_the_share_beyond_the_capacity():
    defaults = load_parameters()
    beyond = [given("move_on", people=people)[3] - defaults["onward_rate_camp"] for people in (99, 100, 200, 400)]
    assert beyond == pytest.approx(np.array([0.0, 0.0, 0.5, 0.75]) * defaults["crowding_rate"])


def test_nearness_falls_with_distance_and_is_one_where_one_stands():
    assert given("near", parameters={"distance_scale": 10, "distance_exponent": 2}) == pytest.approx([1, 1 / 4, 1 / 16])


@pytest.mark.parametrize(
    ("held", "share"), [((0, 1), 0.1), ((0, 0), 1.0), ((-1, 1), 1.0), ((0, -1), 1.0)], ids=str
)  # fmt: skip
def test_a_place_of_the_other_side_weighs_less_where_both_holders_are_known(held, share):
    assert given("side", holder=[held[0], held[1], -1, -1, -1])[0] == pytest.approx(share)


def test_neither_a_crossing_nor_another_country_is_of_the_other_side():
    abroad = geography({"here": "town", "there": "town"}, [("here", "there", 9)], [("gate", "here", "there")])
    places = tuple(
        place.model_copy(update={"country": code}) for place, code in zip(abroad.places, ("XVA", "XKE"), strict=True)
    )
    day = seen(type(abroad)(places, abroad.roads, abroad.crossings), ways=[("here", "there", 9), ("here", "gate", 0)],
               holder=[0, 1])  # fmt: skip
    assert Rules.of(load_parameters({"other_side_weight": 0})).ask("side", day).tolist() == [[1.0, 1.0]]


def test_places_attract_by_their_kind_and_crossings_by_what_is_behind_them():
    weights = {"city": 3, "town": 5, "village": 7, "camp": 11, "other": 13, "crossing": 17}
    changes = {f"weight_{kind}": weight for kind, weight in weights.items()}
    assert given("attract", parameters=changes).tolist() == [3, 5, 7, 11, 13, 17, 17]


def test_violence_deters_from_a_place_and_from_a_crossing_to_it():
    calm, violent = given("attract"), given("attract", violence=[0.0, 0.0, 0.0, 1.0, 0.0])
    assert (violent / calm)[[3, 5]] == pytest.approx(0.25, abs=1e-3)  # one event a day, as in Flee
    assert np.array_equal(violent[[0, 1, 2, 4, 6]], calm[[0, 1, 2, 4, 6]])


def test_nobody_is_drawn_into_a_siege_nor_over_a_crossing_into_one():
    pull = given("attract", besieged=[False, False, False, True, False])
    assert (pull > 0).tolist() == [True, True, True, False, True, False, True]


def test_a_closed_crossing_attracts_nobody_and_a_restricted_one_less():
    weight = load_parameters()["weight_crossing"]
    assert given("attract", policy=[CLOSED, RESTRICTED])[5:].tolist() == [0.0, weight / 2]


def test_room_falls_from_the_buffer_to_the_capacity():
    room = [given("room", parameters={"capacity_buffer": 0.5}, people=people)[3] for people in (0, 50, 75, 100, 300)]
    assert room == pytest.approx([1.0, 1.0, 0.5, 0.0, 0.0])


def test_an_empty_place_without_capacity_has_no_room_and_one_without_limit_always():
    assert given("room")[[0, 2]].tolist() == [1.0, 0.0]
    assert given("room", people=10**9)[0] == 1.0


def test_an_open_crossing_lets_through_what_it_can_a_restricted_one_a_share_a_closed_one_nobody():
    passing = [given("let_through", policy=policy).tolist() for policy in (OPEN, RESTRICTED, CLOSED)]
    defaults = load_parameters()
    assert passing == [[500.0, np.inf], [pytest.approx(50.0), defaults["restricted_limit"]], [0.0, 0.0]]


@pytest.mark.parametrize(
    ("decision", "parameter"), [("settle_near", "settle_near_rate"), ("turn_back", "turn_back_rate")]
)
def test_who_waits_gives_up_at_a_rate_of_its_own(decision, parameter):
    assert given(decision).tolist() == [load_parameters()[parameter]] * 2


def test_a_besieged_place_is_not_quiet_however_few_events_there_are():
    quiet = given("quiet", violence=[0.0, 0.02, 0.021, 0.0, 0.0], besieged=[False, False, False, True, False])
    assert quiet.tolist() == [True, True, False, False, True]


def test_a_home_is_calm_after_so_many_quiet_days():
    assert given("calm", quiet_days=[0, 13, 14, 15, 365]).tolist() == [False, False, True, True, True]


def test_displaced_people_set_out_for_a_calm_home_at_the_rate_of_returning():
    assert given("go_home").tolist() == [load_parameters()["return_rate"]] * 5


UNKNOWN = ("road_passable", "place_besieged", "crossing_open", "crossing_restricted")


def test_every_parameter_is_used_by_a_rule_a_way_or_a_world():
    used = {field.name for decision in DECISIONS.values() for field in fields(decision.rule)}
    ways = {"awareness_hops", "speed_motor", "speed_foot", "speed_water"}
    worlds = {name for name in parameter_table() if name.startswith("unknown_")}
    assert worlds == {f"unknown_{name}" for name in UNKNOWN}
    assert used | ways | worlds | set(ASSUMED_AFTERWARDS) == set(parameter_table())


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_rule_of_ours_is_made_of_parameters_alone(decision):
    ours = DECISIONS[decision].rule
    assert Chosen(ours, {}).problems(decision) == []
    assert type(Chosen(ours, {}).made(Columns(load_parameters()))) is ours
