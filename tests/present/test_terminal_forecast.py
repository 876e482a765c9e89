"""A forecast on the terminal has a table for each scenario, one for its difference, and none that is empty."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tidings.crisis.crisis import Crisis, Settings
from tidings.forecast.document import QUANTILES, CountTold, Difference, Forecast, LastReport, Sensitivity, Target
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place
from tidings.present.terminal_forecast import MOST_INPUTS, NOTHING, render_forecast
from tidings.release.tellings import Telling

DAY = dt.date(2031, 3, 7)
PLACES = (Place(id="kett", name="Kett"), Place(id="dorn", name="Dorvik"), Place(id="dorw", name="Dorvik"))
GATE = Crossing(id="gate", name="Gate", side_a="kett", side_b="dorn")
CRISIS = Crisis(Path("."), Settings(title="Case", countries=("XVA",)), Geography(PLACES, (), (GATE,)))


def row(location, people, quantity="arrivals", **fields):
    common = {
        "location": location, "quantity": quantity, "period_days": 1, "day": DAY, "mean": people,
        "quantiles": {str(level): people * (0.5 + level) for level in QUANTILES},
        "location_kind": "crossing" if location == "gate" else "place",
    }  # fmt: skip
    if "against" in fields:
        return Difference.model_validate({**common, **fields})
    return Target.model_validate({"scenario": "base", **common, **fields})


def text_of(*rows, scenarios=("base",), last=()):
    document = Forecast(
        issued=dt.datetime(2031, 3, 7, tzinfo=dt.UTC), as_of=DAY, days=1, members=2, seed=1, scenarios=scenarios,
        targets=tuple(each for each in rows if isinstance(each, Target)),
        differences=tuple(each for each in rows if isinstance(each, Difference)), **{"from": DAY},
        last_reports=last,
    )  # fmt: skip
    return render_forecast(document, crisis=CRISIS)


def tables_of(text):
    """Return the rows under each heading, cut into words."""
    parts = [part.splitlines() for part in text.split("\n\n")[1:]]
    return {lines[0]: [line.split() for line in lines[2:] if line.startswith("  ")] for lines in parts}


def test_without_a_scenario_the_base_has_no_label_and_the_largest_comes_first():
    tables = tables_of(text_of(row("dorn", 10), row("kett", 2000)))
    assert list(tables) == [f"Arrivals up to {DAY} (people)"]
    ((_, rows),) = tables.items()
    assert rows[0] == ["Kett", "2,000", "1,500–2,500", "1,100–2,900"]
    assert rows[1][:2] == ["Dorvik", "(dorn)"]


def test_each_scenario_has_a_table_in_the_order_of_its_medians_and_one_of_its_difference():
    shut = {"scenario": "gate_shut"}
    rows = (
        row("kett", 100), row("dorn", 900), row("kett", 1400, **shut), row("dorn", 0, **shut),
        row("kett", 1300, against="base", **shut), row("dorn", -900, against="base", **shut),
    )  # fmt: skip
    tables = tables_of(text_of(*rows, scenarios=("base", "gate_shut")))
    title = f"Arrivals up to {DAY} (people)"
    assert list(tables) == [f"{title}, base", f"{title}, gate_shut", f"{title}, gate_shut less base"]
    base_first, shut_first, changed_most = (table[0][0] for table in tables.values())
    assert (base_first, shut_first, changed_most) == ("Dorvik", "Kett", "Kett")
    assert tables[f"{title}, gate_shut"][1][2] == "0"
    less = tables[f"{title}, gate_shut less base"]
    assert less[0][1:5] == ["+1,300", "+975", "to", "+1,625"]
    assert less[1][2] == "-900"


def test_of_equal_medians_the_one_that_may_be_larger_comes_first_and_a_difference_counts_by_its_size():
    low, high = row("kett", 0), row("dorn", 0)
    high = high.model_copy(update={"quantiles": high.quantiles | {"0.95": 50.0}})
    ((_, rows),) = tables_of(text_of(low, high)).items()
    assert [line[0] for line in rows] == ["Dorvik", "Kett"]
    less = [row("kett", 5, against="base", scenario="shut"), row("dorn", -70, against="base", scenario="shut")]
    rows = tables_of(text_of(low, row("dorn", 1, scenario="shut"), *less, scenarios=("base", "shut")))
    assert [line[0] for line in rows[f"Arrivals up to {DAY} (people), shut less base"]] == ["Dorvik", "Kett"]


def last_report(location, people, rests_on, **fields):
    return LastReport(
        location=location, day=dt.date(2031, 3, 1), people=people, present_rests_on=rests_on, **fields
    )  # fmt: skip


def test_people_present_come_first_beside_the_last_report_of_each_place_and_what_the_row_rests_on():
    present = [row(place, people, "present", period_days=0) for place, people in (("kett", 9000), ("dorn", 100))]
    elsewhere = row("dorw", 50, "present", period_days=0)
    town = last_report("kett", 40, "simulation", is_beside_residents=True)
    tables = tables_of(text_of(row("kett", 5), *present, elsewhere, last=(last_report("dorn", 90, "reports"), town)))
    assert list(tables) == [f"People present on {DAY}", f"Arrivals up to {DAY} (people)"]
    camp, kett, other = tables[f"People present on {DAY}"]
    assert camp[:3] == ["Dorvik", "(dorn)", "100"]
    assert camp[-3:] == ["90", "(2031-03-01)", "reports"]
    assert " ".join(kett[-6:]) == "40 (2031-03-01) simulation, which adds residents"
    assert other[-2:] == ["–", "simulation"]
    told = last_report("kett", 40, "reports", is_beside_residents=True)
    (kett,) = tables_of(text_of(present[0], last=(told,)))[f"People present on {DAY}"]
    assert " ".join(kett[-6:]) == "(2031-03-01) reports, residents on the simulation"


def test_arrivals_that_rest_on_reports_are_said_to_be_net_beside_those_that_are_all_who_come():
    arrivals = row("kett", 5), row("dorn", 3)
    table = tables_of(text_of(*arrivals, last=(last_report("dorn", 90, "reports"),)))[f"Arrivals up to {DAY} (people)"]
    assert [" ".join(line[-4:]) for line in table if line[0] == "Dorvik"] == ["net, by its reports"]
    assert "net," not in table[0]
    assert "net," not in text_of(*arrivals, last=(last_report("dorn", 90, "simulation"),))


def test_the_source_of_a_last_report_is_named_and_of_sources_that_are_apart_each_ones_number_stands():
    present = [row(place, people, "present", period_days=0) for place, people in (("kett", 9000), ("dorn", 100))]
    apart = tuple(CountTold(source=s, day=DAY, people=n, chance=0.5) for s, n in (("UNHCR", 90), (None, 180)))
    lasts = (last_report("dorn", 90, "reports", apart=apart), last_report("kett", 40, "simulation", source="Herald"))
    text = text_of(*present, last=lasts)
    assert f"  90 (UNHCR) or 180 (nobody named), {DAY}  reports" in text
    assert " 40 (2031-03-01, Herald)  simulation" in text
    heads = [line.index("rests on") for line in text.splitlines() if "rests on" in line]
    assert heads == [line.index("reports") for line in text.splitlines() if line.endswith("  reports")]


def test_nobody_who_arrives_or_waits_is_said_so_though_people_are_present():
    text = text_of(row("kett", 9, "present", period_days=0))
    assert NOTHING in text
    assert "People present" in text


def test_nobody_at_a_crossing_is_no_heading_and_somebody_stands_once_in_each_scenario():
    assert "Waiting" not in text_of(row("kett", 5))
    both = (row("gate", 5, "waiting", period_days=0), row("gate", 0, "waiting", period_days=0, scenario="shut"))
    tables = tables_of(text_of(*both, scenarios=("base", "shut")))
    title = f"Waiting at crossings on {DAY} (people)"
    assert {heading: len(rows) for heading, rows in tables.items()} == {
        f"{title}, base": 1, f"{title}, shut": 1, f"{title}, shut less base": 0,
    }  # fmt: skip


def test_who_passes_crossings_stands_apart_from_who_arrives_at_places_and_so_does_what_a_scenario_changes():
    shut = {"scenario": "shut"}
    rows = (row("dorn", 900), row("gate", 800), row("dorn", 100, **shut), row("gate", 0, **shut),
            row("dorn", -800, against="base", **shut), row("gate", -700, against="base", **shut))  # fmt: skip
    tables = tables_of(text_of(*rows, scenarios=("base", "shut")))
    arrivals, through = f"Arrivals up to {DAY} (people)", f"Through crossings up to {DAY} (people)"
    assert {heading: [line[0] for line in rows] for heading, rows in tables.items()} == {
        f"{title}, {which}": [name]
        for title, name in ((arrivals, "Dorvik"), (through, "Gate"))
        for which in ("base", "shut", "shut less base")
    }
    assert tables[f"{through}, shut"][0][1] == "0"
    assert tables[f"{through}, shut less base"][0][1] == "-700"


def test_a_crossing_that_nobody_passes_is_told_and_so_is_that_nobody_comes():
    text = text_of(row("gate", 0))
    assert NOTHING in text
    assert tables_of(text)[f"Through crossings up to {DAY} (people)"] == [["Gate", "0", "0–0", "0–0"]]


def test_a_scenario_that_changes_nothing_says_so():
    text = text_of(row("kett", 5), row("kett", 5, scenario="same"), scenarios=("base", "same"))
    assert text.endswith(f"Arrivals up to {DAY} (people), same less base\n  no difference")


def test_a_forecast_of_nobody_says_so_in_place_of_empty_tables():
    text = text_of()
    assert NOTHING in text
    assert "Arrivals" not in text


def tornado_of(*found, **told):
    document = Forecast(
        issued=dt.datetime(2031, 3, 7, tzinfo=dt.UTC), as_of=DAY, days=1, members=2, seed=1, sensitivity=found,
        **{"from": DAY},
    )  # fmt: skip
    return render_forecast(document, crisis=CRISIS, **told).partition("at its ends\n")[2].splitlines()


def entry(kind, subject, **fields):
    ends = {"low": 0, "high": 1, "effect_low": -40, "effect_high": 0}
    return Sensitivity.model_validate({"input": "x", "kind": kind, "subject": subject, **ends, **fields})


def test_an_input_stands_by_name_with_its_ends_and_the_claims_to_verify_newest_first():
    tellings = {"c1": Telling("Herald", DAY), "c2": Telling("Envoy", DAY - dt.timedelta(days=2))}
    gate = entry("crossing", "gate", ends=("closed", "open"), claims=("c2", "c1"))
    head, ends, verify = tornado_of(gate, tellings=tellings)
    assert head == "  Crossing at Gate"
    assert ends.split() == ["closed:", "-40", "open:", "0", "#" * 20]
    assert verify == "    to verify: Herald 2031-03-07: c1; Envoy 2031-03-05: c2"


@pytest.mark.parametrize(
    ("one", "head", "ends", "why"),
    [
        (entry("siege", "kett", ends=("not besieged", "besieged")), "Siege of Kett", "not besieged: -40",
         "nobody has told: any report of it helps"),
        (entry("parameter", "speed_foot", low=15, high=40), "Distance on foot in a day", "15 km per day: -40",
         "assumed by the model: no report tells it"),
        (entry("residents", "kett", low=1000, high=9000), "Residents of Kett", "1,000 people: -40",
         "as the crisis's own tables have it"),
        (entry("report", "kett", low=3000, high=9000, source="UNHCR", day=DAY), "Last count at Kett by UNHCR",
         "3,000 people: -40", f"to verify: the bulletin of UNHCR of {DAY}"),
        (entry("source", "kett", day=DAY, ends=("left out", "alone")), "Reports of an unnamed source at Kett",
         "left out: -40", f"to verify: the bulletins of an unnamed source, the last of {DAY}"),
        (entry("growth", "kett", ends=("it stops", "it goes on undiminished")), "Growth at Kett", "it stops: -40",
         "nobody knows it: watch for the next counts"),
    ],
)  # fmt: skip
def test_an_input_without_claims_says_why_it_has_none(one, head, ends, why):
    rows = [row.strip() for row in tornado_of(one)]
    assert (rows[0], rows[2]) == (head, why)
    assert rows[1].startswith(ends)


def test_inputs_beyond_those_shown_are_counted():
    rows = tornado_of(*(entry("siege", "kett") for _ in range(MOST_INPUTS + 3)))
    assert rows[-1] == "  and 3 more that move it less"
