"""Contract: a scenario is a named layer of crisis.yaml; what it names becomes certain, all else stays."""

import datetime as dt
from pathlib import Path

import pytest

from tidings.core.errors import InputError
from tidings.crisis.crisis import Crisis, Settings
from tidings.forecast.whatif import layer_named, overlaid
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.situation import CrossingState, PlaceState, RoadState, Situation

DAY = dt.date(2031, 3, 10)


def crisis(**scenarios):
    places = tuple(Place(id=i, name=i, lat=0, lon=k) for k, i in enumerate("ab"))
    road = Road.model_validate({"id": "r", "from": "a", "to": "b"})
    geography = Geography(places, (road,), (Crossing(id="x", name="X", side_a="a", side_b="b"),))
    return Crisis(Path("."), Settings(title="T", countries=("XAA",), scenarios=scenarios), geography)


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
    after = overlaid(situation(), layer_named(told, "s"))
    assert after.crossings[0].policy.open == 1
    assert after.roads[0].passable.no == 1
    assert (after.places[0].held_by, after.places[0].besieged.yes, after.places[0].violence) == ("army", 1, 0.5)


def test_what_a_layer_does_not_name_stays():
    after = overlaid(situation(), layer_named(crisis(s={"places": {"a": {"violence": 0}}}), "s"))
    assert after.places[0].violence == 0
    assert after.places[1] == situation().places[1]
    assert after.roads == situation().roads


def test_an_unknown_scenario_lists_the_known_ones():
    with pytest.raises(InputError, match=r"there is no such scenario\. Defined are: border_opens"):
        layer_named(crisis(border_opens={}), "border_closes")


def test_a_misspelt_key_is_refused():
    with pytest.raises(InputError, match=r"scenarios: s: crosings: extra inputs"):
        layer_named(crisis(s={"crosings": {"x": "open"}}), "s")


def test_all_strangers_are_named_at_once():
    with pytest.raises(InputError, match=r"'q' is not in places\.csv(.|\n)*'z' is not in crossings\.csv"):
        layer_named(crisis(s={"places": {"q": {}}, "crossings": {"z": "open"}}), "s")
