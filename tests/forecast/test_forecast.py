"""Contract: a forecast is the same for the same seed; a scenario differs from the base only by its own doing."""

import datetime as dt
import shutil
from dataclasses import replace

import numpy as np
import pytest

from tidings.assess.assess import assess
from tidings.core.errors import EnvironmentError_, InputError
from tidings.crisis.crisis import Bulletin
from tidings.crisis.load import load_crisis
from tidings.ensemble.design import draw_parameters
from tidings.ensemble.save import load_ensemble
from tidings.evidence.ledger import Ledger
from tidings.examples import copy_example
from tidings.flow.parameters import parameter_table
from tidings.forecast.document import QUANTILES
from tidings.forecast.forecast import Run, forecast, model_of
from tidings.forecast.hubverse import COLUMNS, render_hubverse
from tidings.forecast.start import UNKNOWN_ORIGIN, scenario_of
from tidings.forecast.whatif import Layer
from tidings.situation.situation import SourcedRange

DAY = dt.date(2031, 3, 6)
FIRST = DAY + dt.timedelta(days=1)
CLAIM, OTHER = "c0123456789abcdef", "cfedcba9876543210"
ISSUED = dt.datetime(2031, 3, 7, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def valdria(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crisis") / "valdria"
    copy_example("valdria", folder)
    settings = folder / "crisis.yaml"
    scenarios = "\nscenarios:\n  bridge_opens:\n    crossings: {orlest-bridge: open}\n"
    scenarios += "  bridge_shut:\n    crossings: {orlest-bridge: closed}\n  nothing_changes: {}\n"
    settings.write_text(settings.read_text() + scenarios)
    yield folder
    shutil.rmtree(folder)


def run_of(
    folder,
    *,
    days=6,
    members=24,
    seed=1,
    change=None,
    bulletins=None,
    settings=None,
    progress=None,
    last_report=None,
    **run,
):
    crisis = load_crisis(folder)
    if settings:
        crisis = replace(crisis, settings=crisis.settings.model_copy(update=settings))
    ledger = Ledger.create(folder / "ledger.db")
    state = assess(crisis, ledger.as_of(), on=DAY, as_of=DAY)
    state = change(state) if change else state
    asked = Run(from_=FIRST, days=days, members=members, seed=seed, **run)
    told = crisis.bulletins if bulletins is None else bulletins
    return forecast(
        crisis, state, told, asked, issued=ISSUED, code="tidings test", last_report=last_report, progress=progress
    )


def test_the_same_seed_gives_the_same_forecast_and_another_seed_another(valdria):
    assert run_of(valdria)[0] == run_of(valdria)[0]
    assert run_of(valdria)[0].targets != run_of(valdria, seed=2)[0].targets


def test_the_number_of_workers_changes_nothing(valdria):
    assert run_of(valdria)[0].targets == run_of(valdria, workers=2)[0].targets


def test_quantiles_are_ordered_and_not_negative(valdria):
    targets = run_of(valdria)[0].targets
    assert targets
    for target in targets:
        levels = [target.quantiles[str(q)] for q in QUANTILES]
        assert levels == sorted(levels)
        assert levels[0] >= 0


def test_a_stock_has_no_period_and_a_flow_is_summed_from_the_first_day(valdria):
    targets = run_of(valdria)[0].targets
    assert {t.period_days for t in targets if t.quantity in ("present", "waiting", "trapped")} == {0}
    arrivals = [t for t in targets if t.quantity == "arrivals"]
    assert all(t.period_days == (t.day - FIRST).days + 1 for t in arrivals)


def test_a_scenario_that_changes_nothing_has_no_difference(valdria):
    document, _ = run_of(valdria, scenarios=("nothing_changes",))
    assert document.scenarios == ("base", "nothing_changes")
    assert document.differences == ()


def test_an_open_bridge_lets_more_people_reach_the_other_side(valdria):
    document, _ = run_of(valdria, scenarios=("bridge_opens",))
    last = max(d.day for d in document.differences)
    (across,) = [d for d in document.differences if (d.location, d.quantity, d.day) == ("ketterby", "arrivals", last)]
    assert across.mean > 0
    assert across.against == "base"


def test_the_base_and_a_scenario_have_the_same_targets_with_zeros_where_nobody_comes(valdria):
    document, _ = run_of(valdria, scenarios=("bridge_shut", "bridge_opens"))
    keys = {
        name: {(t.location, t.quantity, t.period_days, t.day) for t in document.targets if t.scenario == name}
        for name in document.scenarios
    }
    assert keys["base"] == keys["bridge_shut"] == keys["bridge_opens"]
    assert len(document.targets) == 3 * len(keys["base"])
    last = max(t.day for t in document.targets)
    across = {
        t.scenario: t for t in document.targets if (t.location, t.quantity, t.day) == ("ketterby", "arrivals", last)
    }
    assert across["bridge_shut"].mean == 0
    assert set(across["bridge_shut"].quantiles.values()) == {0.0}
    assert across["bridge_opens"].mean > 0


def test_a_forecast_is_never_called_validated_here(valdria):
    document, _ = run_of(valdria)
    assert document.validated is False
    assert "not_validated" in {w.code for w in document.warnings}


def test_what_cannot_be_run_is_refused_all_at_once(valdria):
    with pytest.raises(InputError, match=r"--days: 0 is too few(.|\n)*--members: 1 is too few"):
        run_of(valdria, days=0, members=1)


def test_the_hubverse_table_has_the_hubs_columns_and_a_row_a_quantile(valdria):
    document, _ = run_of(valdria)
    header, *rows = render_hubverse(document).splitlines()
    assert tuple(header.split(",")) == COLUMNS
    assert len(rows) == len(document.targets) * len(QUANTILES)


def test_the_tables_reference_is_the_last_day_known_and_its_horizon_begins_at_one(valdria):
    _, first, *_ = render_hubverse(run_of(valdria)[0]).splitlines()
    assert first.split(",")[:3] == [str(DAY), str(FIRST), "1"]


def without_residents(*places):
    def change(state):
        altered = (
            place.model_copy(update={"population": SourcedRange()}) if place.id in places else place
            for place in state.places
        )
        return state.model_copy(update={"places": tuple(altered)})

    return change


def told_of(document, place):
    return {t.quantity for t in document.targets if (t.location, t.location_kind) == (place, "place")}


def test_a_place_whose_residents_are_unknown_has_no_number_of_people_there(valdria):
    town, camp = places_of(valdria)
    known, _ = run_of(valdria, bulletins=())
    unknown, _ = run_of(valdria, bulletins=(), change=without_residents(town))
    assert "present" in told_of(known, town)
    assert told_of(unknown, town) <= {"arrivals"}
    counted = Bulletin(place=town, day=DAY, measure="stock", people=300)
    assert "present" in told_of(run_of(valdria, bulletins=(counted,), change=without_residents(town))[0], town)
    assert "present" in told_of(run_of(valdria, change=without_residents(camp))[0], camp)


def places_of(folder):
    places = load_crisis(folder).geography.places
    return next(p.id for p in places if p.population), next(p.id for p in places if p.kind == "camp")


def test_people_away_from_home_are_told_by_origin(valdria):
    document, ensembles = run_of(valdria)
    away = [t for t in document.targets if t.quantity == "displaced_from"]
    assert {(t.location_kind, t.period_days) for t in away} == {("area", 0)}
    assert UNKNOWN_ORIGIN not in {t.location for t in away}
    last = next(t for t in away if t.day == FIRST + dt.timedelta(days=5))
    expected = ensembles["base"]["displaced_from"].sel(group=last.location).isel(day=5).mean()
    assert abs(last.mean - float(expected)) < 0.06


def test_a_forecast_leads_to_the_claims_of_its_populations_and_bulletins(valdria):
    town, camp = places_of(valdria)

    def change(state):
        claimed = SourcedRange(value=9_000, source=CLAIM)
        altered = (p.model_copy(update={"population": claimed}) if p.id == town else p for p in state.places)
        return state.model_copy(update={"places": tuple(altered)})

    counted = Bulletin(place=camp, day=DAY, measure="stock", people=1_300, source=OTHER)
    made = run_of(valdria, change=change, bulletins=(counted,))[0].made_from
    assert {CLAIM, OTHER} <= set(made.claims)
    assert made.bulletins == (f"{camp} {DAY}: 1,300 ({OTHER})",)


def test_the_bulletins_that_were_used_are_told_in_the_order_of_days_each_once(valdria):
    _, camp = places_of(valdria)
    days = [DAY - dt.timedelta(days=before) for before in (20, 10, 0)]
    told = tuple(Bulletin(place=camp, day=day, measure="stock", people=1_300, source="Registry") for day in days)
    made = run_of(valdria, bulletins=told[::-1])[0].made_from
    assert made.bulletins == tuple(f"{camp} {day}: 1,300 (Registry)" for day in days)


def test_parameters_that_the_crisis_names_stay_even_at_their_default_and_the_others_are_told_as_ranges(valdria):
    made = run_of(valdria, settings={"parameters": {"speed_foot": 35.0}})[0].made_from
    assert made.parameters["speed_foot"] == 35.0
    assert "speed_foot" not in made.parameter_ranges
    assert made.parameter_ranges["return_rate"] == (0.0005, 0.02)
    assert "speed_foot" in run_of(valdria)[0].made_from.parameter_ranges


def test_every_assumption_in_place_of_knowledge_is_named_with_its_chance(valdria):
    document, _ = run_of(valdria)
    told = " ".join(w.message for w in document.warnings if w.code == "assumed_for_unknown")
    crisis = load_crisis(valdria)
    assert crisis.geography.crossings[0].name in told
    assert "passable with a chance of 0.7 (in members 0.4 to 0.95)" in told
    assert "open 0.4 (in members 0.2 to 0.6), restricted 0.3 (in members 0.12 to 0.56)" in told
    assumed = document.made_from.assumptions
    assert assumed["p_crossing_open_where_unknown"] == 0.4
    assert assumed["p_crossing_closed_where_unknown_in_members"] == "0.12 to 0.56"
    assert assumed["crossing_per_day_where_unknown"] == "unlimited"


FIXED = {
    "unknown_road_passable": 0.9,
    "unknown_place_besieged": 0.0,
    "unknown_crossing_open": 0.1,
    "unknown_crossing_restricted": 0.2,
}


def test_chances_that_the_crisis_names_are_told_as_they_are_and_without_a_range(valdria):
    document, _ = run_of(valdria, settings={"parameters": FIXED})
    told = " ".join(w.message for w in document.warnings if w.code == "assumed_for_unknown")
    assert "passable with a chance of 0.9." in told
    assert "open 0.1, restricted 0.18, closed 0.72, though" in told
    assert "it is taken that none is" in told
    assumed = document.made_from.assumptions
    assert assumed["p_road_passable_where_unknown"] == 0.9
    assert not [name for name in assumed if name.endswith("_in_members")]


def roads_passable(folder):
    """Return the share of roads, of which nothing is known, that are passable in members, and the chances drawn."""
    crisis = load_crisis(folder)
    state = assess(crisis, Ledger.create(folder / "ledger.db").as_of(), on=DAY, as_of=DAY)
    assert {road.passable.unknown for road in state.roads} == {1.0}
    scenario, _, _ = scenario_of(crisis, state, (), from_=FIRST, days=1)
    model = model_of(crisis, state, scenario, Layer())
    sets = draw_parameters(model.parameters, members=range(300), seed=1, vary=model.vary)
    drawn = [model.worlds.world(1, member, each).on(FIRST).passable for member, each in enumerate(sets)]
    return np.mean(drawn), {each["unknown_road_passable"] for each in sets}


def test_a_road_of_which_nothing_is_known_is_passable_in_members_as_often_as_crisis_yaml_says(valdria, tmp_path):
    folder = tmp_path / "valdria"
    shutil.copytree(valdria, folder)
    low, high = parameter_table()["unknown_road_passable"].plausible
    share, drawn = roads_passable(folder)
    assert abs(share - (low + high) / 2) < 0.05
    assert low <= min(drawn) < 0.45
    assert 0.9 < max(drawn) <= high
    with (folder / "crisis.yaml").open("a") as settings:
        settings.write("parameters:\n  unknown_road_passable: 0.1\n")
    share, drawn = roads_passable(folder)
    assert abs(share - 0.1) < 0.05
    assert drawn == {0.1}


def test_a_chance_over_one_is_refused_with_its_file(valdria):
    with pytest.raises(InputError, match=r"crisis\.yaml: parameters\.unknown_road_passable: 1\.2 is out of range"):
        run_of(valdria, settings={"parameters": {"unknown_road_passable": 1.2}})


def test_residents_known_as_a_range_widen_the_bands(valdria):
    town, _ = places_of(valdria)

    def change(state):
        wide = SourcedRange(low=1_000, high=100_000)
        altered = (p.model_copy(update={"population": wide}) if p.id == town else p for p in state.places)
        return state.model_copy(update={"places": tuple(altered)})

    document, _ = run_of(valdria, change=change)
    first = next(t for t in document.targets if (t.location, t.quantity, t.day) == (town, "present", FIRST))
    assert first.quantiles["0.95"] > 5 * first.quantiles["0.05"]


class Stopped(Exception):
    """Raised by a test in the midst of a forecast."""


def test_with_a_path_the_same_forecast_is_made_and_each_scenario_has_its_file(valdria, tmp_path):
    whole, ensembles = run_of(valdria, scenarios=("bridge_opens",))
    written, opened = run_of(valdria, scenarios=("bridge_opens",), path=tmp_path / "people.nc")
    for ensemble in opened.values():
        ensemble.close()
    assert written == whole
    assert sorted(each.name for each in tmp_path.iterdir()) == ["people.bridge_opens.nc", "people.nc"]
    assert load_ensemble(tmp_path / "people.nc").identical(ensembles["base"])
    assert load_ensemble(tmp_path / "people.bridge_opens.nc").identical(ensembles["bridge_opens"])


def test_an_interrupted_forecast_goes_on_from_the_members_that_were_written(valdria, tmp_path):
    path, told = tmp_path / "people.nc", []

    def stop(done, _):
        if done >= 64:
            raise Stopped

    with pytest.raises(Stopped):
        run_of(valdria, days=2, members=70, path=path, progress=stop)
    _, opened = run_of(valdria, days=2, members=70, path=path, progress=lambda done, _: told.append(done))
    opened["base"].close()
    assert told[0] == 64
    assert [each.name for each in tmp_path.iterdir()] == ["people.nc"]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("nowhere/people.nc", EnvironmentError_, "its folder does not exist"),
        ("", InputError, "this is a folder"),
        ("people.txt", InputError, r"its name ends in '\.txt'"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_simulated(valdria, tmp_path, name, error, message):
    told = []
    with pytest.raises(error, match=message):
        run_of(valdria, path=tmp_path / name, progress=lambda done, _: told.append(done))
    assert not told


def test_a_file_of_a_scenario_that_cannot_be_written_is_refused_before_the_base_is_simulated(valdria, tmp_path):
    (tmp_path / "people.bridge_opens.nc").mkdir()
    with pytest.raises(InputError, match=r"people\.bridge_opens\.nc: this is a folder"):
        run_of(valdria, scenarios=("bridge_opens",), path=tmp_path / "people.nc")
    assert not (tmp_path / "people.nc").exists()


def test_a_last_report_of_long_before_the_first_day_is_warned_of_with_both_days(valdria):
    def warned(days):
        document, _ = run_of(valdria, days=1, members=2, last_report=FIRST - dt.timedelta(days=days))
        return {w.code: w.message for w in document.warnings}

    assert "evidence_old" not in warned(30)
    assert (
        f"last report is of {FIRST - dt.timedelta(days=31)} and the forecast begins on {FIRST}, 31"
        in warned(31)["evidence_old"]
    )


def test_over_a_second_row_with_the_sides_swapped_people_flee_the_other_way(valdria, tmp_path):
    folder = tmp_path / "valdria"
    shutil.copytree(valdria, folder)
    one_row = (folder / "crossings.csv").read_text().rstrip()
    second = "bridge-back,Bridge back,,ketterby,orlest,2500,"

    def fled_from_ketterby(rows, gates):
        (folder / "crossings.csv").write_text(f"{rows}\n")
        open_ = {"open": {"crossings": dict.fromkeys(gates, "open")}}
        settings = {"parameters": {"base_leaving_rate": 0.05}, "scenarios": open_}
        document, ensembles = run_of(folder, settings=settings, scenarios=("open",))
        assert "crossing_direction" not in {w.code for w in document.warnings}
        return int(ensembles["open"]["displaced_from"].sel(group="Ketterby").isel(day=-1).sum())

    assert fled_from_ketterby(one_row, ["orlest-bridge"]) == 0
    assert fled_from_ketterby(f"{one_row}\n{second}", ["orlest-bridge", "bridge-back"]) > 1000


def test_a_wrong_parameter_of_the_crisis_is_refused_with_its_file(valdria):
    with pytest.raises(InputError, match=r"crisis\.yaml: parameters\.speed_fot: there is no parameter"):
        run_of(valdria, settings={"parameters": {"speed_fot": 35.0}})


def test_a_camp_with_three_reports_is_present_as_they_say_in_every_scenario(valdria):
    document, _ = run_of(valdria, scenarios=("nothing_changes",))
    there = [t for t in document.targets if (t.location, t.quantity) == ("lindra-camp", "present")]
    assert {t.scenario for t in there} == {"base", "nothing_changes"}
    assert len({(t.day, t.mean) for t in there}) == 6
    assert [w for w in document.warnings if w.code == "from_reports"]
    assert sum(told.startswith("lindra-camp") for told in document.made_from.bulletins) == 3
    assert not document.validated


def test_fewer_reports_say_how_many_are_present_too_and_a_warning_tells_how_few_they_are(valdria):
    told = [b for b in load_crisis(valdria).bulletins if b.day > dt.date(2031, 3, 1)]
    document, ensembles = run_of(valdria, bulletins=told)
    there = next(t for t in document.targets if (t.location, t.quantity) == ("lindra-camp", "present"))
    counts = ensembles["base"]["people"].sel(place="lindra-camp").isel(day=0)
    assert there.mean != pytest.approx(float(counts.mean()), abs=0.1)
    assert {"from_reports", "reports_few"} <= {w.code for w in document.warnings}
