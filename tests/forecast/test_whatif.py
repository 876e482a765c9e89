"""Contract: a scenario is a named layer of crisis.yaml; what it names becomes certain, all else stays."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from tidings.assess.roads import passable_odds
from tidings.core.errors import InputError
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.flow.parameters import load_parameters
from tidings.forecast.whatif import layer_named, overlaid
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.sample import Sampler
from tidings.situation.situation import CrossingState, PlaceState, RoadState, Situation, YesNo

DAY = dt.date(2031, 3, 10)


PARTIES = (
    Party(id="government", name="Government"),
    Party(id="army", name="Army", parent="government"),
    Party(id="league", name="League"),
)


def crisis(**scenarios):
    places = tuple(Place(id=i, name=i, lat=0, lon=k) for k, i in enumerate("ab"))
    road = Road.model_validate({"id": "r", "from": "a", "to": "b"})
    geography = Geography(places, (road,), (Crossing(id="x", name="X", side_a="a", side_b="b"),))
    return Crisis(Path("."), Settings(title="T", countries=("XAA",), scenarios=scenarios), geography, PARTIES)


def situation():
    return Situation(
        on=DAY,
        as_of=DAY,
        places=(PlaceState(id="a", name="a", violence=0.5), PlaceState(id="b", name="b")),
        roads=(RoadState.model_validate({"id": "r", "from": "a", "to": "b", "length_km": 9}),),
        crossings=(CrossingState(id="x", name="X", sides=("a", "b")),),
    )


def test_what_a_layer_names_becomes_certain():
    told = crisis(
        s={"crossings": {"x": "open"}, "roads": {"r": "cut"}, "places": {"a": {"held_by": "army", "besieged": True}}}
    )
    after = overlaid(situation(), layer_named(told, "s"), PARTIES)
    assert after.crossings[0].policy.open == 1
    assert after.roads[0].passable.no == 1
    assert (after.places[0].held_by, after.places[0].besieged.yes, after.places[0].violence) == ("government", 1, 0.5)


def test_what_a_layer_does_not_name_stays():
    after = overlaid(situation(), layer_named(crisis(s={"places": {"a": {"violence": 0}}}), "s"))
    assert after.places[0].violence == 0
    assert after.places[0].is_violence_lasting
    assert after.places[1] == situation().places[1]
    assert after.roads == situation().roads


def test_an_unknown_scenario_lists_the_known_ones():
    with pytest.raises(InputError, match=r"there is no such scenario\. Defined are: border_opens"):
        layer_named(crisis(border_opens={}), "border_closes")


def test_a_misspelt_key_is_refused():
    with pytest.raises(InputError, match=r"scenarios: s: crosings: extra inputs"):
        layer_named(crisis(s={"crosings": {"x": "open"}}), "s")


def test_the_closure_of_an_unknown_road_is_refused_and_the_nearest_is_suggested():
    with pytest.raises(InputError, match=r"scenarios: s: roads: 'rr' is not in roads\.csv\. Did you mean 'r'\?"):
        layer_named(crisis(s={"roads": {"rr": "cut"}}), "s")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"sped_foot": 20}, r"s: parameters\.sped_foot: there is no parameter of this name\. Did you mean speed_foot"),
        ({"speed_foot": -1}, r"s: parameters\.speed_foot: -1 is out of range"),
    ],
)
def test_an_unknown_parameter_and_one_out_of_range_are_refused(parameters, message):
    with pytest.raises(InputError, match=message):
        layer_named(crisis(s={"parameters": parameters}), "s")


def test_all_strangers_are_named_at_once():
    with pytest.raises(InputError, match=r"'q' is not in places\.csv(.|\n)*'z' is not in crossings\.csv"):
        layer_named(crisis(s={"places": {"q": {}}, "crossings": {"z": "open"}}), "s")


def test_who_holds_a_place_must_be_a_party_and_the_nearest_is_suggested():
    with pytest.raises(InputError, match=r"places: a: held_by: 'leage' is not in parties\.csv\. Did you mean 'league'"):
        layer_named(crisis(s={"places": {"a": {"held_by": "leage"}}}), "s")


def front(*, a, b):
    """Two towns with a road between them of which nobody told anything; two sides face each other."""
    places = (
        PlaceState(id="a", name="a", control={a: 1.0}, unknown=0.0),
        PlaceState(id="b", name="b", control={b: 1.0}, unknown=0.0),
    )
    p_front = float(a != b)
    road = RoadState.model_validate(
        {
            "id": "r",
            "from": "a",
            "to": "b",
            "length_km": 9,
            "passable": passable_odds(YesNo(), p_front, 1 - p_front, 0.8),
        }
    )
    return situation().model_copy(update={"places": places, "roads": (road,), "facing": (("government", "league"),)})


def p_passable(state, *layers):
    for layer in layers:
        state = overlaid(state, layer_named(crisis(s=layer), "s"), PARTIES)
    sampler, parameters = Sampler.of(state, crisis().geography), load_parameters()
    return np.mean([sampler.world(1, member, parameters).on(DAY).passable[0] for member in range(300)]), state


def test_where_nobody_tells_that_two_sides_fight_a_road_between_them_is_unknown_in_a_scenario_too():
    untold = {"facing": (), "facing_untold": (("government", "league"),)}
    state = front(a="government", b="government").model_copy(update=untold)
    _, after = p_passable(state, {"places": {"b": {"held_by": "league"}}})
    assert after.roads[0].passable == YesNo(yes=0.0, no=0.0, unknown=1.0)


def test_the_front_moves_with_a_place_that_changes_hands():
    taken = {"places": {"b": {"held_by": "army"}}}
    assert p_passable(front(a="government", b="league"))[0] == 0
    share, after = p_passable(front(a="government", b="league"), taken)
    assert share > 0.85
    assert after.roads[0].passable.no == 0
    lost = {"places": {"b": {"held_by": "league"}}}
    share, after = p_passable(front(a="government", b="government"), lost)
    assert share == 0
    assert after.roads[0].passable.no == 1


def test_a_road_that_the_scenario_opens_is_open_across_a_front():
    layer = {"places": {"b": {"held_by": "league"}}, "roads": {"r": "open"}}
    assert p_passable(front(a="government", b="government"), layer)[0] == 1


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (
            {"parameters": {"return_rate": True}},
            r"crisis\.yaml: scenarios: s: parameters\.return_rate true is not a number",
        ),
        ({"places": {"a": {"violence": True}}}, r"places\.a\.violence true is not a number\. Write a number"),
    ],
)
def test_a_yes_in_place_of_a_number_is_refused(layer, message):
    with pytest.raises(InputError, match=message):
        layer_named(crisis(s=layer), "s")
