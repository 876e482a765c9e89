"""Contract: a reported place in a forecast: its numbers add up, its residents are added, and scenarios are bounded."""

import datetime as dt

import numpy as np
import pytest

from tests.forecast.test_forecast import DAY, FIRST, places_of, run_of, valdria, without_residents  # noqa: F401
from tidings.crisis.crisis import Bulletin
from tidings.crisis.load import load_crisis


def on_days(document, location, quantity, scenario="base", kind="place"):
    """Return the mean on each day, and the quantiles of the last."""
    key = (location, quantity, scenario, kind)
    told = [t for t in document.targets if (t.location, t.quantity, t.scenario, t.location_kind) == key]
    return np.array([t.mean for t in told]), told[-1].quantiles


@pytest.mark.parametrize("scenario", ["base", "bridge_opens", "bridge_shut"])
def test_at_a_reported_camp_who_is_present_arrives_and_departs_adds_up_from_the_last_report(valdria, scenario):  # noqa: F811
    camp, members = "lindra-camp", {"days": 12, "members": 40, "scenarios": ("bridge_opens", "bridge_shut")}
    counted = Bulletin(place=camp, day=DAY, measure="stock", people=6800)
    told = [*(b for b in load_crisis(valdria).bulletins if b.day < DAY), counted]
    document, _ = run_of(valdria, bulletins=told, **members)
    present, came, left = (on_days(document, camp, name, scenario)[0] for name in ("present", "arrivals", "departures"))
    assert present == pytest.approx(6800 + came - left, abs=0.16)
    assert (np.diff(came) >= 0).all()
    assert (np.diff(left) >= 0).all()
    assert came[-1] > 0


def test_in_a_town_with_residents_people_from_elsewhere_are_carried_on_by_their_reports_and_residents_added(valdria):  # noqa: F811
    town = places_of(valdria)[0]
    told = [Bulletin(place=town, day=DAY - dt.timedelta(days=7 * n), measure="stock", people=5100 - 300 * n)
            for n in range(8)]  # fmt: skip
    document, ensembles = run_of(valdria, bulletins=told, days=30)
    base = ensembles["base"].sel(place=town)
    residents = (base["people"] - base["displaced"]).mean("member").to_numpy()
    present, _ = on_days(document, town, "present")
    alone, _ = run_of(valdria, bulletins=told, days=30, change=without_residents(town))
    assert present - residents == pytest.approx(on_days(alone, town, "present")[0], abs=0.1)
    assert (present - residents)[-1] > 5100
    came, left = (on_days(document, town, name)[0] for name in ("arrivals", "departures"))
    home_again = base["returned"].mean("member").to_numpy().cumsum()
    assert np.diff(present) == pytest.approx(np.diff(came + home_again - left), abs=0.31)


def test_a_reported_place_behind_a_border_has_arrivals_through_its_crossing_and_none_once_that_is_shut(valdria):  # noqa: F811
    behind = "ketterby"
    told = [Bulletin(place=behind, day=DAY - dt.timedelta(days=7 * n), measure="stock", people=16_000 - 1000 * n)
            for n in range(8)]  # fmt: skip
    document, _ = run_of(valdria, bulletins=told, days=30, scenarios=("bridge_opens", "bridge_shut"))
    opened, _ = on_days(document, behind, "arrivals", "bridge_opens")
    through, _ = on_days(document, "orlest-bridge", "arrivals", "bridge_opens", "crossing")
    assert opened[-1] > 1000
    assert 0 < through[-1] <= opened[-1] + 0.1
    base, shut = (on_days(document, behind, "arrivals", name)[0] for name in ("base", "bridge_shut"))
    assert base[-1] > 1000
    assert not shut.any()
    residents = load_crisis(valdria).geography.place_by_id[behind].population
    _, last = on_days(document, behind, "present", "bridge_shut")
    assert last["0.5"] == pytest.approx(residents + 16_000, rel=0.02)
    (difference,) = [d for d in document.differences
                     if (d.location, d.quantity, d.day, d.scenario)
                     == (behind, "arrivals", FIRST + dt.timedelta(days=29), "bridge_shut")]  # fmt: skip
    assert difference.mean == pytest.approx(-base[-1], abs=0.2)


def test_what_would_change_who_is_present_at_a_reported_place_counts_from_what_its_reports_foretell(valdria):  # noqa: F811
    told = [Bulletin(place="ketterby", day=DAY - dt.timedelta(days=7 * n), measure="stock", people=16_000 - 1000 * n)
            for n in range(8)]  # fmt: skip
    document, _ = run_of(valdria, bulletins=told, days=4, members=8, sensitivity="ketterby")
    assert document.sensitivity_quantity == "present"
    assert document.sensitivity_mean == on_days(document, "ketterby", "present")[0][-1]
    assert all(-document.sensitivity_mean <= one.effect_low + 0.1 for one in document.sensitivity)
