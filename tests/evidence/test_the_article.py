"""Contract: of a real news report, what it says is read, by whom, and what it only supposes is not told as a fact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tidings.core.ids import ReportId
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.reading import Event, Figure, Reading
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

ARTICLES = sorted((Path(__file__).parents[3] / "shared" / "report").glob("*.txt"))
PUBLISHED = dt.date(2016, 2, 8)

pytestmark = pytest.mark.skipif(not ARTICLES, reason="the news report is not beside this repository")


@pytest.fixture(scope="module")
def article(gazetteer: Gazetteer) -> Reading:
    text = ARTICLES[0].read_text(encoding="utf-8")
    report = Report(id=ReportId("article"), name=ARTICLES[0].name, text=text, published=PUBLISHED, language="en")
    return read_report(report, gazetteer, countries=("SYR", "TUR"))


def place(article: Reading, name: str) -> str:
    return next(record.id for record in article.places if record.name == name)


def party(article: Reading, name: str) -> str:
    return next(record.id for record in article.parties if record.name == name)


def events(article: Reading, kind: str, name: str) -> list[Event]:
    return [event for event in article.events if event.type == kind and place(article, name) in event.places]


def figure(article: Reading, value: float) -> Figure:
    (found,) = [figure for figure in article.figures if figure.value == value]
    return found


def speakers(article: Reading, attribution: str | None) -> tuple[str, ...]:
    return next((voice.speakers for voice in article.attributions if voice.id == attribution), ())


def test_nubul_and_zahraa_were_relieved_on_the_wednesday_before(article: Reading) -> None:
    for name in ("Nubul", "Zahraa"):
        relief = [event for event in events(article, "siege_lifted", name) if event.same_as is None]
        assert [(event.certainty, event.actors) for event in relief] == [("stated", (party(article, "Syrian army"),))]
        (opening,) = events(article, "road_opened", name)
        assert {event.when.from_ for event in (*relief, opening) if event.when} == {dt.date(2016, 2, 3)}


def test_mayer_and_kafin_were_captured_within_a_day(article: Reading) -> None:
    for name in ("Mayer", "Kafin"):
        (capture,) = events(article, "capture", name)
        assert (capture.certainty, len(capture.places)) == ("stated", 1)
        assert capture.when is not None
        assert capture.when.from_ in (dt.date(2016, 2, 7), PUBLISHED)


def test_tal_rifaat_and_azaz_were_not_captured(article: Reading) -> None:
    for kind in ("capture", "loss"):
        for name in ("Tal Rafaat", "Azaz"):
            assert {event.certainty for event in events(article, kind, name)} <= {"conditional", "projected"}
    assert events(article, "capture", "Tal Rafaat")
    assert events(article, "loss", "Azaz")


def test_the_road_to_aleppo_is_cut_and_the_crossing_closed_to_most(article: Reading) -> None:
    assert "stated" in {event.certainty for event in events(article, "road_cut", "Aleppo")}
    assert "stated" in {event.certainty for event in article.events if event.type == "crossing_closed"}


def test_who_holds_what(article: Reading) -> None:
    held = {(tie.subject, tie.object) for tie in article.relations if tie.relation == "controls"}
    rebels, government = party(article, "rebels"), party(article, "Syrian government")
    assert (rebels, place(article, "Tal Rafaat")) in held
    assert (party(article, "YPG"), place(article, "Afrin")) in held
    assert {(rebels, place(article, "Aleppo")), (government, place(article, "Aleppo"))} <= held


def test_the_parties_stand_on_their_sides(article: Reading) -> None:
    parents = {record.name: record.parent for record in article.parties}
    assert parents["Syrian army"] == party(article, "Syrian government")
    assert parents["Numan Kurtulmus"] == party(article, "Turkish government")
    assert parents["Kerem Kinik"] == party(article, "Turkish Red Crescent")


def test_who_supports_and_opposes_whom(article: Reading) -> None:
    ties = {(tie.subject, tie.relation, tie.object) for tie in article.relations}
    army, russia = party(article, "Syrian army"), party(article, "Russian government")
    assert (russia, "supports", army) in ties
    assert (party(article, "Iranian government"), "supports", army) in ties
    assert (party(article, "Hezbollah"), "ally_of", army) in ties
    turkey, kurds = party(article, "Turkish government"), party(article, "Kurds")
    assert {(turkey, "supports", party(article, "rebels")), (turkey, "hostile_to", kurds)} <= ties


def test_the_two_towns_told_before_they_are_named_are_those_relieved(article: Reading) -> None:
    spans = [set(record.mentions) for record in article.places if record.name in ("Nubul", "Zahraa")]
    assert spans[0] & spans[1]


def test_villages_without_names_are_taken_by_the_ypg_and_not_its_city(article: Reading) -> None:
    seized = [event for event in article.events if event.type == "capture" and event.actors == (party(article, "YPG"),)]
    assert [(event.places, event.certainty) for event in seized] == [((), "claimed")]


def test_the_strikes_are_russian(article: Reading) -> None:
    russia = party(article, "Russian government")
    for name in ("Anadan", "Haritan"):
        assert [event.actors for event in events(article, "air_strike", name)] == [(russia,)]


def test_two_sides_of_a_crossing_stay_two_places(article: Reading) -> None:
    crossings = {record.name for record in article.places if record.kind == "crossing"}
    assert crossings == {"Oncupinar", "Bab al Salama"}


def test_two_spellings_are_one_town_and_no_place_is_far_away(article: Reading) -> None:
    rifaat = next(record for record in article.places if record.name == "Tal Rafaat")
    assert len(rifaat.mentions) == 2
    assert {record.p for record in article.places if record.name in ("Mayer", "Kafin", "Zahraa")} == {0.0}
    assert {record.country for record in article.places if record.geonames_id} == {"SYR", "TUR"}


def test_the_camps_and_the_worst_case_are_said_by_the_minister(article: Reading) -> None:
    minister = party(article, "Numan Kurtulmus")
    camps, worst = figure(article, 77_000), figure(article, 600_000)
    assert (camps.status, camps.certainty, worst.certainty) == ("in_camp", "claimed", "projected")
    assert speakers(article, camps.attribution) == speakers(article, worst.attribution) == (minister,)


@pytest.mark.parametrize(
    ("value", "status", "quantifier"),
    [
        (250_000, "killed", "more_than"),
        (11_000_000, "displaced", "exact"),
        (350_000, "population", "exact"),
        (2_500_000, "sheltered", "more_than"),
    ],
)
def test_the_other_figures(article: Reading, value: float, status: str, quantifier: str) -> None:
    found = figure(article, value)
    assert (found.status, found.quantifier) == (status, quantifier)
