"""Contract: a crisis becomes a Flee instance with its places, ways, conflict and counts, and what is lost is told."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from tidings.crisis.crisis import Bulletin, Crisis, Settings
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.interchange.flee.crisis_instance import flee_of_crisis
from tidings.interchange.flee.read import read_flee
from tidings.interchange.flee.write import write_flee
from tidings.situation.situation import (
    CrossingState,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    SourcedRange,
    YesNo,
)

DAYS = tuple(dt.date(2031, 3, 1) + dt.timedelta(days=number) for number in range(3))
PLACES = (
    Place(id="across", name="Across", kind="town", country="XKE", population=900),
    Place(id="home", name="Home", kind="town", country="XVA", lat=1.0, lon=2.0, population=500, group="North"),
    Place(id="gate-side", name="Gateside", kind="town", country="XVA", lat=1.1, lon=2.1),
    Place(id="tents", name="Tents", kind="camp", country="XVA", capacity=400),
    Place(id="island", name="Island", kind="town", country="XVA", population=5),
)
R1 = {"id": "r1", "from": "home", "to": "gate-side", "length_km": 30}
R2 = {"id": "r2", "from": "home", "to": "tents", "length_km": 12}
ROADS = (
    Road.model_validate(R1),
    Road.model_validate({**R2, "mode": "foot"}),
)
CROSSINGS = (Crossing(id="gate", name="Gate", side_a="gate-side", side_b="across", per_day=50),)
OPEN, CUT, UNSURE = YesNo(yes=1, unknown=0), YesNo(no=1, unknown=0), YesNo()


def situations(*, violence=(0.0, 0.0, 0.0), roads=(OPEN, OPEN, OPEN), policy=("open", "open", "open"), besieged=()):
    return tuple(
        Situation(
            on=day,
            as_of=DAYS[-1],
            places=tuple(
                PlaceState(
                    id=place.id,
                    name=place.name,
                    population=SourcedRange(value=place.population),
                    violence=events if place.id == "home" else 0.0,
                    besieged=YesNo(yes=1, unknown=0) if place.id in besieged else YesNo(),
                )
                for place in PLACES
            ),
            roads=(
                RoadState.model_validate({**R1, "passable": road}),
                RoadState.model_validate({**R2, "passable": OPEN}),
            ),
            crossings=(
                CrossingState(
                    id="gate", name="Gate", sides=("gate-side", "across"), policy=PolicyOdds(**{"unknown": 0, rule: 1}),
                    per_day=50,
                ),
            ),
        )
        for day, events, road, rule in zip(DAYS, violence, roads, policy, strict=True)
    )  # fmt: skip


def stock(place, day, people=None, **more):
    return Bulletin(place=place, day=DAYS[0] + dt.timedelta(days=day), measure="stock", people=people, **more)


def made(*, bulletins=(), violence=(1.0, 1.0, 1.0), crossings=CROSSINGS, **changes):
    crisis = Crisis(Path("."), Settings(title="Made up", countries=("XVA", "XKE")), Geography(PLACES, ROADS, crossings))
    told = situations(violence=violence, **changes)
    if not crossings:
        told = tuple(situation.model_copy(update={"crossings": ()}) for situation in told)
    instance, oddities = flee_of_crisis(crisis, told, bulletins, name="made-up")
    return instance, [str(oddity) for oddity in oddities]


def named(instance):
    return {place.name: place for place in instance.locations}


def ways(instance):
    names = [place.name for place in instance.locations]
    return {(names[route.one], names[route.other]): route for route in instance.routes}


def test_the_first_country_comes_first_and_crossings_come_last():
    instance, _ = made()
    assert [place.name for place in instance.locations] == ["Home", "Gateside", "Tents", "Across", "Gate"]
    assert (instance.start, instance.days) == (DAYS[0], 3)


def test_a_place_that_no_road_leads_to_is_left_out_and_told():
    instance, oddities = made()
    assert "Island" not in named(instance)
    assert "places.csv: no road leads to Island. They are left out." in oddities


def test_towns_have_their_population_camps_their_capacity_and_unknown_is_empty():
    instance, oddities = made()
    assert {name: place.people for name, place in named(instance).items()} == {
        "Home": 500, "Gateside": None, "Tents": 400, "Across": 900, "Gate": None,
    }  # fmt: skip
    assert {name: place.kind for name, place in named(instance).items()} == {
        "Home": "conflict_zone", "Gateside": "town", "Tents": "camp", "Across": "town", "Gate": "marker",
    }  # fmt: skip
    assert "places.csv: no population is known of Gateside. It is left empty: in Flee nobody lives there." in oddities


def test_violence_makes_a_conflict_zone_from_its_first_day_and_calm_is_none():
    instance, oddities = made(violence=(0.3, 1.5, 0.5))
    np.testing.assert_array_equal(instance.conflicts[:, 0], [0.3, 1.5, 0.5])
    assert not instance.conflicts[:, 1:].any()
    assert (named(instance)["Home"].kind, named(instance)["Home"].conflict_date) == ("conflict_zone", 0)
    assert not any(oddity.startswith("violence") for oddity in oddities)


def test_the_run_begins_with_the_first_conflict_since_flee_stops_without():
    instance, oddities = made(violence=(0.01, 1.5, 0.5), bulletins=(stock("tents", 0, 100), stock("tents", 2, 300)))
    assert (instance.start, instance.days) == (DAYS[1], 2)
    np.testing.assert_array_equal(instance.conflicts[:, 0], [1.5, 0.5])
    assert instance.registered[0].days.tolist() == [-1, 1]
    assert (
        "violence: none is told from 2031-03-01 on. The run begins on 2031-03-02: Flee stops on a day without conflict."
        in oddities
    )


def test_on_a_day_without_conflict_that_of_the_day_before_is_kept_and_told():
    instance, oddities = made(violence=(0.0, 1.5, 0.0))
    np.testing.assert_array_equal(instance.conflicts[:, 0], [1.5, 1.5])
    assert any(oddity.startswith("violence: none is told on 2031-03-03. That of the day before") for oddity in oddities)


def test_without_any_conflict_nothing_is_made_up_and_that_is_told():
    instance, oddities = made(violence=(0, 0, 0))
    assert (instance.days, named(instance)["Home"].kind) == (3, "town")
    assert any("none is told on any day. Flee stops on the first day" in oddity for oddity in oddities)


def test_a_crossing_is_a_marker_between_its_sides():
    instance, oddities = made()
    assert ways(instance)["Gateside", "Gate"].km == ways(instance)["Across", "Gate"].km == 0.5
    assert instance.closures == ()
    assert (
        "crossings.csv: a number of people a day is let through: Gate. Flee has no such limit and no queue"
        in "".join(oddities)
    )


def test_a_crossing_is_closed_on_the_days_on_which_it_is():
    instance, _ = made(policy=("open", "closed", "open"))
    (closure,) = instance.closures
    assert (closure.kind, closure.one, closure.start, closure.end) == ("location", "Gate", 1, 2)
    assert [(c.start, c.end) for c in made(policy=("closed", "closed", "closed"))[0].closures] == [(0, -1)]


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("restricted", "crossings.csv: restricted: Gate. In Flee a crossing is open or closed: written as open."),
        ("unknown", "crossings.csv: unknown whether it can be crossed: Gate. Written as open."),
    ],
)
def test_a_crossing_that_is_not_known_to_be_closed_is_open_and_told(policy, said):
    instance, oddities = made(policy=(policy,) * 3)
    assert instance.closures == ()
    assert said in oddities


def test_a_road_that_is_cut_on_a_day_has_a_marker_that_closes():
    instance, _ = made(roads=(OPEN, CUT, CUT))
    assert named(instance)["r1"].kind == "marker"
    assert ("Home", "Gateside") not in ways(instance)
    assert ways(instance)["Home", "r1"].km == ways(instance)["Gateside", "r1"].km == 15
    assert [(c.one, c.start, c.end) for c in instance.closures] == [("r1", 1, -1)]


def test_a_road_of_which_nothing_is_known_is_open_and_told():
    instance, oddities = made(roads=(UNSURE,) * 3)
    assert ways(instance)["Home", "Gateside"].km == 30
    assert "roads.csv: unknown whether it can be passed: Home – Gateside. Written as open." in oddities


def test_a_way_on_foot_is_walked_in_flee_too():
    assert ways(made()[0])["Home", "Tents"].attributes == {"walk_probability": "1"}


def test_stocks_are_counts_with_a_total_and_the_last_published_of_a_day_counts():
    instance, oddities = made(
        bulletins=(
            stock("tents", 0, 100),
            stock("tents", 2, 290, published=DAYS[2]),
            stock("tents", 2, 300, published=DAYS[2] + dt.timedelta(days=1)),
            stock("across", 2, low=10, high=30),
        )
    )
    assert [(row.name, row.days.tolist(), row.people.tolist()) for row in instance.registered] == [
        ("Tents", [0, 2], [100, 300]), ("Across", [2], [20]),
    ]  # fmt: skip
    assert instance.total is not None
    assert (instance.total.days.tolist(), instance.total.people.tolist()) == ([0, 2], [120, 320])
    for said in (
        "bulletins: only a low and a high are told of Across. The middle is written.",
        "bulletins: several numbers of one day are told of Tents. The one published last is written",
        "bulletins: the first count is later than the first day at Across. Flee takes it for all days before, too.",
        "bulletins: people are counted in towns: Across. Flee counts them as arrivals; only what",
    ):
        assert any(oddity.startswith(said) for oddity in oddities), said


def test_households_count_times_their_size_and_what_is_no_stock_of_persons_is_left_out_and_told():
    instance, oddities = made(
        bulletins=(
            stock("tents", 0, 20, unit="household", household_size=5),
            stock("tents", 1, 20, unit="household"),
            stock("island", 1, 7),
            Bulletin(place="tents", day=DAYS[1], measure="flow", people=9),
        )
    )
    assert [row.people.tolist() for row in instance.registered] == [[100]]
    left_out = next(oddity for oddity in oddities if "They are left out: Flee's data are people there" in oddity)
    assert left_out.startswith("bulletins: people who came in a period are told of tents")
    assert "(and 2 more like it)" in left_out


def test_without_a_stock_nobody_arrives_and_that_is_told():
    instance, oddities = made()
    assert instance.registered == ()
    assert instance.total is None
    assert any("no stock of people can be written. Nobody arrives in Flee" in oddity for oddity in oddities)
    assert any("no count is known of Tents. Flee stops at a camp without data" in oddity for oddity in oddities)


def test_a_camp_that_is_full_on_the_first_day_is_written_without_its_capacity():
    instance, oddities = made(bulletins=(stock("tents", 0, 600),))
    assert named(instance)["Tents"].people is None
    assert any("It is written without a capacity." in oddity for oddity in oddities)


def test_sieges_and_control_have_no_word_in_flee_and_that_is_told():
    _, oddities = made(besieged=("home",))
    assert "besieged: Home. Flee has no word for it" in "".join(oddities)
    assert any(oddity.startswith("situation of 2031-03-03: who holds which place") for oddity in oddities)


def test_a_crossing_with_the_name_of_a_place_has_a_name_of_its_own():
    twins = (Crossing(id="gate", name="Home", side_a="gate-side", side_b="across", per_day=50),)
    instance, _ = made(crossings=twins)
    assert [place.name for place in instance.locations] == ["home", "Gateside", "Tents", "Across", "crossing gate"]


def test_the_instance_is_written_and_read_again(tmp_path):
    instance, _ = made(violence=(1, 0.5, 1), roads=(OPEN, CUT, OPEN), policy=("open", "closed", "closed"),
                       bulletins=(stock("tents", 0, 100), stock("tents", 2, 300)))  # fmt: skip
    write_flee(instance, None, tmp_path / "made-up")
    again, _ = read_flee(tmp_path / "made-up")
    assert [place.name for place in again.locations] == [place.name for place in instance.locations]
    assert [(closure.one, closure.start, closure.end) for closure in again.closures] == [("Gate", 1, -1), ("r1", 1, 2)]
    np.testing.assert_array_equal(again.conflicts, instance.conflicts)
