"""Contract: on a terminal each value of a situation leads to its claims, and a silence is told from a weak word."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner

from tidings.cli import cli
from tidings.crisis.crisis import Crisis
from tidings.crisis.settings import Settings
from tidings.present.terminal_situation import render_situation
from tidings.release.tellings import Telling
from tidings.situation.situation import Change, PlaceState, SituationWarning, Unknown, YesNo

DAY = dt.date(2031, 3, 9)
TELLINGS = {"c1": Telling("Desk", DAY), "c2": Telling("Army, in Desk", DAY)}
OLD = Unknown(
    subject="p1", predicate="held_by", why="told last on 2031-01-09, 59 days before: too old to say",
    claims=("c2",), told=dt.date(2031, 1, 9), answer="army", p=0.31,
)  # fmt: skip


@pytest.fixture
def rows(released):
    def of(**fields):
        settings = Settings.model_validate({"title": released.title, "countries": released.countries})
        crisis = Crisis(
            folder=Path("."), settings=settings, geography=released.geography, parties=released.parties, bulletins=()
        )
        nothing = {"places": (), "roads": (), "disagreements": (), "unknown": (), "changes": (), "warnings": ()}
        situation = released.situation.model_copy(update={**nothing, **fields})
        return render_situation(situation, crisis=crisis, tellings=TELLINGS).splitlines()

    return of


def below(rows, words):
    return rows[next(n for n, row in enumerate(rows) if words in row) + 1]


def test_a_value_leads_to_who_told_it_the_day_and_the_claim(rows):
    place = PlaceState(id="p1", name="Place", besieged=YesNo(yes=0.9, unknown=0.1), claims=("c1", "c2"))
    assert below(rows(places=(place,)), "besieged 0.90").strip() == "Desk 2031-03-09: c1; Army, in Desk 2031-03-09: c2"


def test_what_was_told_long_ago_is_shown_with_why_it_does_not_count(rows):
    told = rows(places=(PlaceState(id="p1", name="Place", control={"army": 0.31}, unknown=0.69),), unknown=(OLD,))
    assert "59 days before: too old to say" in below(told, "Who holds what")
    assert "army 0.31" in below(told, "Who holds what")
    assert "c2" in below(told, "too old to say")
    assert not any("nobody has told" in row and "of any" not in row for row in told)


def test_nobody_has_told_only_where_there_is_no_claim(rows):
    place = PlaceState(id="p1", name="Place")
    assert "  nobody has told" in rows(places=(place,))
    later = Unknown(subject="p1", predicate="held_by", why="told only of later days", claims=("c1",))
    told = rows(places=(place,), unknown=(later,))
    assert "  nobody has told of this day or one before it" in told
    assert "  who holds (told only of later days): p1" in told


def test_places_that_are_cut_off_from_one_hub_are_told_together(rows):
    cut = {"predicate": "cut_off", "hub": "gate", "before": "no", "after": "yes", "day": DAY, "why": "roads"}
    told = rows(changes=tuple(Change(subject=name, claims=("c1",), **cut) for name in ("x", "y", "z")))
    assert "  2031-03-09 x, y and z are cut off from gate (roads)" in told


def test_warnings_are_counted_at_the_top_with_what_they_are_about(rows):
    road = SituationWarning(code="road_not_in_table", message="of a road", claims=("c1",))
    crossing = SituationWarning(code="crossing_not_in_table", message="of a crossing", claims=("c1",))
    end = "moves nothing here (see at the end)"
    assert rows(warnings=(road,))[1] == f"1 warning: what is told of 1 road {end}"
    assert rows(warnings=(road, road, crossing))[1] == f"3 warnings: what is told of 2 roads and 1 crossing {end}"
    place = SituationWarning(code="place_not_in_table", message="of a place", claims=("c1",))
    assert rows(warnings=(place,))[1] == f"1 warning: what is told of 1 besieged place {end}"
    assert "warning" not in " ".join(rows())


def test_what_moves_nothing_is_warned_of(rows):
    warning = SituationWarning(code="road_not_in_table", message="told, and no row is it", claims=("c1",))
    assert below(rows(warnings=(warning,)), "told, and no row").strip() == "Desk 2031-03-09: c1"


def test_the_command_names_the_sources(tmp_path):
    folder, report = tmp_path / "crisis", tmp_path / "report.txt"
    report.write_text("Varn\nPublished: 2016-03-01\nPublisher: A desk\n\nRebels hold the town of Azaz.\n")
    for words in (["new", str(folder), "--countries", "SYR"], ["add", str(folder), str(report)]):
        assert CliRunner().invoke(cli, words).exit_code == 0
    told = CliRunner().invoke(cli, ["situation", str(folder)]).stdout
    assert "A desk 2016-03-01: c" in told
    late = CliRunner().invoke(cli, ["situation", str(folder), "--on", "2020-03-01"]).stdout
    assert "too old to say" in late
    assert "nobody has told\n" not in late


def test_a_place_of_which_only_the_siege_is_told_to_be_over_is_shown(rows):
    place = PlaceState(id="p1", name="Place", besieged=YesNo(no=0.96, unknown=0.04), claims=("c1",))
    (row,) = (row for row in rows(places=(place,)) if "p1" in row or "Place" in row)
    assert row.endswith("holder unknown, not besieged 0.96")


def test_since_when_a_place_is_held_and_that_a_holder_is_inferred_is_shown(rows):
    held = {"id": "p1", "name": "Place", "state": "held", "held_by": "army", "control": {"army": 0.7}, "unknown": 0.3}
    place = PlaceState(**held, since=DAY, inferred={"army": "inferred: rebels are told to have left it"})
    row = below(rows(places=(place,)), "Who holds what")
    assert "army 0.70 [inferred: rebels are told to have left it]" in row
    assert row.endswith(f"since {DAY}")


def test_a_place_that_is_fought_over_is_listed_though_nobody_told_who_holds_it(rows):
    told = rows(places=(PlaceState(id="p1", name="Place", contested=0.97),))
    assert below(told, "Who holds what").endswith("holder unknown, fought over 0.97")
