"""Contract: each uncertain input is held at its ends alone, with the forecast's luck; what moves most is first."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pytest
import xarray as xr

from tests.forecast.test_forecast import run_of, valdria  # noqa: F401
from tidings.core.errors import InputError
from tidings.flow.parameters import parameter_table
from tidings.forecast.sensitivity import ALL, Varied, inputs_of, moves, quantity_of, sensitivity_of
from tidings.situation.situation import (
    CrossingState,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    SourcedRange,
    Unknown,
    YesNo,
)

DAY = dt.date(2031, 3, 10)


SURE = YesNo(yes=1, no=0, unknown=0), PolicyOdds(open=1, unknown=0)
OPEN_QUESTION = YesNo(yes=0.5, no=0.2, unknown=0.3), PolicyOdds()


def situation(road=OPEN_QUESTION[0], policy=OPEN_QUESTION[1], **place):
    place = {"besieged": YesNo(no=1, unknown=0)} | place
    return Situation(
        on=DAY,
        as_of=DAY,
        places=(PlaceState(id="a", name="A", claims=("c1",), **place),),
        roads=(RoadState.model_validate(
            {"id": "r", "from": "a", "to": "b", "length_km": 9, "passable": road, "claims": ("c2",)}),),
        crossings=(CrossingState(id="x", name="X", sides=("a", "b"), policy=policy, claims=("c3",)),),
    )  # fmt: skip


def names(*told, **place):
    return [one.name for one in inputs_of(situation(*told, **place), ())]


def test_roads_crossings_and_sieges_that_are_open_questions_are_inputs_and_name_their_claims():
    found = list(inputs_of(situation(besieged=YesNo(yes=0.6, no=0.4, unknown=0)), ()))
    assert [one.name for one in found] == ["road r passable", "crossing x open", "place a besieged"]
    assert [one.claims for one in found] == [("c2",), ("c3",), ("c1",)]


def test_what_is_all_but_certain_is_no_input():
    assert names(YesNo(yes=0.97, no=0, unknown=0.03), PolicyOdds(closed=1, unknown=0)) == []


def test_a_siege_is_an_input_wherever_no_answer_is_all_but_certain_as_a_road_is():
    def of(**odds):
        return names(*SURE, besieged=YesNo(**odds))

    assert of(yes=0, no=0, unknown=1) == of(yes=0.02, no=0.9, unknown=0.08) == ["place a besieged"]
    assert of(yes=0, no=0.96, unknown=0.04) == of(yes=0.96, no=0, unknown=0.04) == []


def test_a_siege_of_which_nobody_told_names_no_claim_and_one_told_too_weakly_its_own():
    unknown, weak = YesNo(), Unknown(subject="a", predicate="besieged", why="too old", claims=("c8",))
    (untold,) = inputs_of(situation(*SURE, besieged=unknown), ())
    told = situation(*SURE, besieged=unknown).model_copy(update={"unknown": (weak,)})
    assert (untold.claims, next(inputs_of(told, ())).claims) == ((), ("c8",))


def test_who_holds_a_place_is_an_input_where_two_may():
    sure = SURE
    assert names(*sure, control={"army": 0.7, "league": 0.3}, unknown=0.0) == ["place a held by army and not league"]
    assert names(*sure, control={"army": 0.99, "league": 0.01}, unknown=0.0) == []


def test_residents_known_as_a_range_are_an_input_in_persons():
    (one,) = (i for i in inputs_of(situation(population=SourcedRange(low=100, high=900)), ()) if i.kind == "residents")
    assert (one.low, one.high) == (100, 900)
    assert one.situation(situation(), 900).places[0].population.value == 900


def test_parameters_have_their_plausible_ranges():
    (one,) = (i for i in inputs_of(situation(), ["return_rate"]) if i.name.startswith("parameter"))
    assert (one.low, one.high) == parameter_table()["return_rate"].plausible
    assert one.at_low.parameters == {"return_rate": one.low}


@pytest.fixture(scope="module")
def told(valdria):  # noqa: F811
    return run_of(valdria, members=8, sensitivity="ketterby", scenarios=("bridge_opens",))[0]


def test_a_forecast_tells_which_input_moves_a_place_most(told):
    swings = [max(s.effect_low, s.effect_high, 0) - min(s.effect_low, s.effect_high, 0) for s in told.sensitivity]
    assert swings == sorted(swings, reverse=True)
    (bridge,) = (s for s in told.sensitivity if s.input == "crossing orlest-bridge open")
    assert bridge.effect_low <= 0 < bridge.effect_high


def test_an_input_at_its_end_is_the_scenario_that_says_so(told):
    (bridge,) = (s for s in told.sensitivity if s.input == "crossing orlest-bridge open")
    last = max(d.day for d in told.differences)
    (found,) = (d for d in told.differences if (d.location, d.quantity, d.day) == ("ketterby", "arrivals", last))
    assert bridge.effect_high == found.mean


def ensemble(waiting, away):
    """Two members, two days, one place, crossing and group; counts of the last day."""
    counts = {"arrivals": ("place", 0), "waiting": ("crossing", waiting), "displaced_from": ("group", away)}
    return xr.Dataset(
        {name: (("member", "day", axis), np.array([[[0], [n]]] * 2)) for name, (axis, n) in counts.items()},
        coords={"member": [0, 1], "place": ["a"], "crossing": ["x"], "group": ["g"]},
    )


@dataclass
class Always:
    told: xr.Dataset

    def run(self, *, seed, members):
        return self.told


@pytest.mark.parametrize(("answer", "effect"), [("x", 7.0), (ALL, -20.0), ("a", 0.0)])
def test_who_waits_at_a_crossing_and_who_is_away_from_home_can_be_asked_about(answer, effect):
    inputs = [Varied(name="one", kind="road", low=0, high=1)]
    found = sensitivity_of(answer, ensemble(3, 100), inputs, situation(), lambda *_: Always(ensemble(10, 80)), seed=1)
    assert (found[0].effect_low, found[0].effect_high) == (effect, effect)


def test_a_forecast_that_is_not_asked_tells_none(valdria):  # noqa: F811
    assert run_of(valdria)[0].sensitivity == ()


def test_an_answer_that_is_no_place_is_refused(valdria):  # noqa: F811
    with pytest.raises(InputError, match=r"'keterby' is no place or crossing of the crisis.*ketterby"):
        run_of(valdria, sensitivity="keterby")


def of_violence(**place):
    told = {"violence": 1.0, "violence_from": {"a": 1.0}, "violence_told": ("c9",)} | place
    return situation(*SURE, **told)


def test_violence_that_may_not_have_been_is_an_input_with_its_own_claims():
    (one,) = inputs_of(of_violence(violence_p=0.7), ())
    assert (one.name, one.kind, one.claims) == ("violence told of a", "violence", ("c9",))
    assert [one.situation(of_violence(violence_p=0.7), end).places[0].violence_p for end in (0, 1)] == [0, 1]
    assert list(inputs_of(of_violence(violence_p=0.97), ())) == []


def test_what_becomes_of_violence_is_an_input_where_there_is_any_and_crisis_yaml_leaves_it_open():
    open_ = ("violence_lasts", "violence_escalates")
    (one,) = inputs_of(of_violence(violence_p=1.0), open_)
    assert (one.kind, one.at_low.violence, one.at_high.violence) == ("violence_ahead", "dies_down", "escalates")
    assert list(inputs_of(of_violence(violence_p=1.0), open_[1:])) == []
    assert list(inputs_of(of_violence(violence=0.0), open_)) == []
    assert list(inputs_of(of_violence(is_violence_lasting=True), open_)) == []


def test_a_parameter_with_one_plausible_value_is_no_input():
    assert list(inputs_of(of_violence(violence=0.0), ["unknown_place_besieged", "weight_town"])) == []


def test_a_forecast_says_what_was_asked_and_from_which_mean_the_effects_count(told):
    assert told.sensitivity_of == "ketterby"
    last = max(t.day for t in told.targets)
    (found,) = (t for t in told.targets if (t.scenario, t.location, t.quantity, t.day)
                == ("base", "ketterby", told.sensitivity_quantity, last))  # fmt: skip
    assert told.sensitivity_quantity == "present"  # the place rests on a report
    assert told.sensitivity_mean == found.mean


def test_where_reports_tell_who_is_present_only_what_a_scenario_could_set_moves_it():
    inputs = list(inputs_of(of_violence(violence_p=0.7), ("violence_lasts", "violence_escalates", "speed_foot")))
    kinds = {one.kind: moves("present", one) for one in inputs}
    assert kinds == {"violence": False, "violence_ahead": True, "parameter": False}
    assert all(moves("arrivals", one) for one in inputs)


def test_at_a_place_that_rests_on_reports_the_answer_is_who_is_present():
    assert quantity_of("a", ensemble(3, 100), ("a",)) == "present"
    assert [quantity_of(answer, ensemble(3, 100)) for answer in ("a", "x", ALL)] == [
        "arrivals", "waiting", "displaced_from"
    ]  # fmt: skip
