"""Who passes each crossing is told as arrivals are, adds up to them, and is unknown where no way leads."""

import itertools

import numpy as np
import pytest

from tests.forecast.test_forecast import FIRST, run_of, valdria  # noqa: F401
from tidings.crisis.load import load_crisis
from tidings.forecast.document import QUANTILES
from tidings.forecast.targets import Told, targets_of
from tidings.forecast.through import through_warnings
from tidings.geography.graph import Geography
from tidings.geography.places import Road
from tidings.situation.situation import PolicyOdds

GATE, BEHIND, DAYS = "orlest-bridge", "ketterby", 6
AT_ONCE = {"scenarios": ("bridge_opens", "bridge_shut"), "days": DAYS}


@pytest.fixture(scope="module")
def told(valdria):  # noqa: F811
    return run_of(valdria, **AT_ONCE)


def through(document, scenario="base", location=GATE):
    return [t for t in document.targets
            if (t.scenario, t.location, t.quantity) == (scenario, location, "arrivals")]  # fmt: skip


def test_who_passes_a_crossing_is_a_flow_summed_from_the_first_day_up_to_each_day_of_the_forecast(told):
    rows = through(told[0])
    assert {row.location_kind for row in rows} == {"crossing"}
    assert [row.period_days for row in rows] == list(range(1, DAYS + 1))
    assert [(row.day - FIRST).days + 1 for row in rows] == list(range(1, DAYS + 1))
    for one, other in itertools.pairwise(rows):
        assert all(one.quantiles[str(q)] <= other.quantiles[str(q)] for q in QUANTILES)
        assert sorted(one.quantiles.values()) == [one.quantiles[str(q)] for q in QUANTILES]


@pytest.mark.parametrize("scenario", ["base", "bridge_opens", "bridge_shut"])
def test_where_only_crossings_lead_to_a_place_its_arrivals_are_who_passes_them_in_every_member(told, scenario):
    document, ensembles = told
    ensemble = ensembles[scenario]
    assert np.array_equal(ensemble["crossed"].sel(crossing=GATE), ensemble["arrivals"].sel(place=BEHIND))
    pairs = zip(through(document, scenario), through(document, scenario, BEHIND), strict=True)
    assert all((ours.mean, ours.quantiles) == (theirs.mean, theirs.quantiles) for ours, theirs in pairs)


def test_a_crossing_that_is_closed_in_all_members_is_told_and_nobody_passes_it(told):
    rows = through(told[0], "bridge_shut")
    assert len(rows) == DAYS
    assert {value for row in rows for value in (row.mean, *row.quantiles.values())} == {0.0}


def test_a_closed_crossing_is_told_as_zero_where_no_scenario_opens_it(valdria):  # noqa: F811
    def shut(state):
        closed = tuple(c.model_copy(update={"policy": PolicyOdds(closed=1.0, unknown=0.0)}) for c in state.crossings)
        return state.model_copy(update={"crossings": closed})

    document, _ = run_of(valdria, change=shut, bulletins=())
    assert {row.mean for row in through(document)} == {0.0}
    assert through(document, location=BEHIND) == []


def test_where_it_is_unknown_whether_a_crossing_is_open_people_pass_it_in_some_members_alone(valdria):  # noqa: F811
    def unknown(state):
        odds = tuple(c.model_copy(update={"policy": PolicyOdds(unknown=1.0)}) for c in state.crossings)
        return state.model_copy(update={"crossings": odds})

    _, ensembles = run_of(valdria, change=unknown, members=60)
    passed = ensembles["base"]["crossed"].sel(crossing=GATE).sum("day").to_numpy()
    assert 0 < (passed == 0).sum() < 60


def test_a_scenario_tells_its_difference_at_the_crossing_as_behind_it(told):
    last = FIRST.fromordinal(FIRST.toordinal() + DAYS - 1)
    found = {(d.location_kind, d.location): d for d in told[0].differences
             if (d.scenario, d.quantity, d.day) == ("bridge_opens", "arrivals", last)}  # fmt: skip
    gate, behind = found["crossing", GATE], found["place", BEHIND]
    assert gate.mean == behind.mean > 0
    assert gate.quantiles == behind.quantiles


def test_the_seed_alone_decides_who_passes_and_not_how_many_work_on_it(valdria, told):  # noqa: F811
    assert through(run_of(valdria, workers=2)[0]) == through(run_of(valdria)[0]) == through(told[0])
    one, other = (through(run_of(valdria, seed=seed, bulletins=())[0]) for seed in (1, 2))
    assert one != other


def test_of_a_crossing_that_nothing_leads_to_nothing_is_told_and_a_warning_says_that_it_is_unknown(told, valdria):  # noqa: F811
    document, ensembles = told
    assert "crossing_unknown" not in {warning.code for warning in document.warnings}
    kinds = [t for t in targets_of(ensembles, Told(start=FIRST)) if t.location_kind == "crossing"]
    assert {t.quantity for t in kinds} <= {"waiting"}
    geography = load_crisis(valdria).geography
    apart = Geography(geography.places, (), geography.crossings)
    (warning,) = through_warnings(apart, {"velmora"})
    assert warning.code == "crossing_unknown"
    assert warning.message == (
        "No way leads to Orlest Bridge from where people are known: how many pass there is unknown, not nobody."
    )
    assert list(through_warnings(geography, {"velmora"})) == []


def test_a_road_abroad_that_is_no_crossing_is_warned_of(valdria):  # noqa: F811
    geography = load_crisis(valdria).geography
    track = Road.model_validate({"id": "track", "from": "orlest", "to": BEHIND, "length_km": 9})
    hill = Road.model_validate({"id": "hill", "from": "brusk", "to": BEHIND, "length_km": 9})
    (warning,) = through_warnings(
        Geography(geography.places, (*geography.roads, track, hill), geography.crossings), {"velmora"}
    )
    assert warning.code == "border_without_crossing"
    assert "(Brusk – Ketterby)" in warning.message
    assert not list(through_warnings(Geography(geography.places, (hill,)), {"velmora"}))
