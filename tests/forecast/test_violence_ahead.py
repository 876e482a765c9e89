"""Contract: what becomes of violence after the eve is told as an assumption, can be set, and makes no jump."""

import numpy as np
import pytest

from tests.forecast.test_forecast import DAY, run_of, valdria  # noqa: F401
from tidings.core.errors import InputError
from tidings.crisis.load import load_crisis
from tidings.flow.parameters import load_parameters
from tidings.forecast.violence_ahead import ViolenceAhead, is_open
from tidings.forecast.whatif import OF_VIOLENCE, layer_named
from tidings.situation.afterwards import COURSES, draw_afterwards

ALL = tuple(OF_VIOLENCE)


def fighting(state):
    struck = {"violence": 1.0, "violence_from": {"hallenz": 1.0}, "violence_p": 1.0}
    places = (place.model_copy(update=struck) if place.id == "hallenz" else place for place in state.places)
    return state.model_copy(update={"places": tuple(places)})


def run(folder, **how):
    return run_of(folder, **({"days": 20, "members": 60, "change": fighting} | how))


@pytest.fixture(scope="module")
def told(valdria):  # noqa: F811
    return run(valdria, scenarios=ALL)


def warned(document):
    return {warning.code: warning.message for warning in document.warnings}


def away(ensembles, scenario, day):
    return ensembles[scenario]["displaced_from"].isel(day=day).sum("group").to_numpy()


def test_a_forecast_says_that_nobody_knows_and_what_was_taken_with_its_chances(told):
    message = warned(told[0])["violence_unknown"]
    assert f"after {DAY} is not known, and no attack is predicted" in message
    assert (
        "to die down, to persist and to grow to 2 times (in members 1.5 to 3) with a chance of a third each" in message
    )
    assert "e-folding time of 7 days (in members 3 to 21)" in message
    assumed = told[0].made_from.assumptions
    assert [assumed[f"p_violence_{course}"] for course in COURSES] == [0.333, 0.3335, 0.3335]
    assert told[0].made_from.parameter_ranges["violence_escalation"] == (1.5, 3.0)


def test_every_crisis_has_the_three_courses_as_scenarios_and_each_ends_with_more_people_away(told):
    assert told[0].scenarios == ("base", *ALL)
    means = [away(told[1], scenario, -1).mean() for scenario in ALL]
    assert means[0] < means[1] < means[2]
    assert means[0] < away(told[1], "base", -1).mean() < means[2]


def test_a_member_of_the_base_is_that_of_the_scenario_of_its_own_course(told):
    parameters = load_parameters()
    for member in range(60):
        course = draw_afterwards(1, member, parameters).course
        own = told[1][f"violence_{course}"]["people"].sel(member=member)
        assert np.array_equal(told[1]["base"]["people"].sel(member=member), own)


def test_nobody_jumps_on_the_first_day_the_courses_part_later(told):
    ends = (ALL[0], ALL[2])
    first, last = ([away(told[1], scenario, day).sum() for scenario in ends] for day in (0, -1))
    assert first[0] > 0.7 * first[1]
    assert last[0] < 0.65 * last[1]


def test_people_are_conserved_in_every_member_of_every_course(told):
    for scenario in ALL:
        ensemble = told[1][scenario]
        moves = (ensemble["people"] + 0).diff("day")
        flows = ensemble["arrivals"] + ensemble["returned"] - ensemble["departures"]
        assert np.array_equal(moves, flows.isel(day=slice(1, None)).transpose(*moves.dims))
        everybody = (
            ensemble["people"].sum("place") + ensemble["on_road"].sum("group") + ensemble["waiting"].sum("crossing")
        )
        assert (everybody == everybody.isel(day=0)).all()


def test_the_number_of_workers_changes_no_course(valdria, told):  # noqa: F811
    again = run(valdria, scenarios=ALL, workers=2)[0]
    assert again.targets == told[0].targets


def test_crisis_yaml_fixes_the_course_and_the_forecast_says_so(valdria):  # noqa: F811
    document, _ = run(valdria, settings={"parameters": {"violence_lasts": 0.0}}, scenarios=(ALL[0],))
    assert "is taken to die down in all members" in warned(document)["violence_unknown"]
    assert document.differences == ()
    assert not is_open(["violence_escalates"])


def test_where_no_violence_is_told_nothing_is_said_of_it(valdria):  # noqa: F811
    assert "violence_unknown" not in warned(run(valdria, days=1, change=None)[0])


def scenario(folder, **layer):
    crisis = load_crisis(folder)
    settings = crisis.settings.model_copy(update={"scenarios": {"s": layer, ALL[0]: {"note": "ours"}}})
    crisis = type(crisis)(crisis.folder, settings, crisis.geography, crisis.parties)
    return layer_named(crisis, "s"), layer_named(crisis, ALL[0])


def test_a_scenario_of_crisis_yaml_names_a_course_beside_other_things_and_goes_before_a_ready_one(valdria):  # noqa: F811
    layer, ready = scenario(valdria, violence="persists", crossings={"orlest-bridge": "open"})
    assert layer.fixed == {"violence_lasts": 1.0, "violence_escalates": 0.0}
    assert ready.note == "ours"
    assert ready.violence is None


def test_a_course_that_there_is_not_and_one_that_is_set_twice_are_refused(valdria):  # noqa: F811
    with pytest.raises(InputError, match=r"scenarios: s: violence: input should be 'dies_down', 'persists' or 'escal"):
        scenario(valdria, violence="stops")
    message = r"s: parameters: violence_lasts is set, and by violence: escalates too\. Leave out one of the two"
    with pytest.raises(InputError, match=message):
        scenario(valdria, violence="escalates", parameters={"violence_lasts": 0.5})


def test_the_course_that_members_have_is_in_words_whatever_is_left_of_it():
    def words(**parameters):
        return ViolenceAhead.of(load_parameters(parameters), varied=()).told()

    assert words(violence_lasts=1, violence_escalates=0) == "to persist in all members"
    assert words(violence_lasts=1) == "to persist with a chance of 50 % and to grow to 2 times with 50 %"
