"""Contract: who is captured, who only helps and when another place fell tell nothing of who took a town, or when."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"
MARE = "gn167245"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [("Rebels captured Azaz officials said.", "officials"),
     ("Rebels have seized Azaz residents said on Monday.", "residents"),
     ("Rebels captured Azaz the army said.", "Syrian army"), ("Rebels overran Azaz a monitor said.", "monitors")],
)  # fmt: skip
def test_who_speaks_right_behind_a_town_without_a_comma_is_not_taken(
    text: str, speaker: str, gazetteer: Gazetteer
) -> None:
    reading = read(text, gazetteer)
    (capture,) = reading.events("capture")
    (said,) = reading.reading.attributions
    assert (reading.names(capture.actors), capture.places, capture.certainty) == (["rebels"], (AZAZ,), "claimed")
    assert (capture.attribution, reading.names(said.speakers)) == (said.id, [speaker])


@pytest.mark.parametrize(
    "text",
    ["Rebels captured Azaz officials.", "Rebels captured Azaz officials said to be spies.",
     "The army captured the governor of Azaz.", "The army seized the head of the Azaz council."],
)  # fmt: skip
def test_people_of_a_town_are_taken_without_it(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).events("capture") == []


@pytest.mark.parametrize("text", ["Residents trapped in Azaz said on Monday.", "Those driven out by Azaz rebels said."])
def test_a_speaker_of_whom_something_is_told_says_nothing_of_it(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).events("capture") == []


@pytest.mark.parametrize(
    "text",
    ["The army seized the head of the valley and Azaz.", "The army took the head of the pass and the town of Azaz."],
)  # fmt: skip
def test_what_is_taken_beside_the_head_of_something_is_taken(text: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(text, gazetteer).events("capture")
    assert capture.places == (AZAZ,)


@pytest.mark.parametrize(
    "text",
    ["The army occupied Azaz mayor's office.", "The army took Azaz governor's house.",
     "The army occupied Azaz university.", "The army seized Azaz hospital.", "The army controls Azaz hospital.",
     "The army occupied Azaz police station.", "The army holds Azaz town hall."],
)  # fmt: skip
def test_a_building_in_a_town_is_not_the_town(text: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer)
    assert reading.ties("controls") == set()
    assert [event for event in reading.events("capture") if event.places] == []


@pytest.mark.parametrize(
    "text",
    ["The army took over Azaz from rebels.", "The army took Azaz over from rebels.",
     "The army has taken over the town of Azaz from the rebels."],
)  # fmt: skip
def test_who_takes_a_town_over_from_another_need_not_fight_him(text: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer)
    (capture,) = reading.events("capture")
    assert (reading.names(capture.actors), capture.targets, capture.places) == (["Syrian army"], (), (AZAZ,))
    assert reading.ties("fights") == set()


def test_who_captures_a_town_from_another_fights_him(gazetteer: Gazetteer) -> None:
    assert read("The army captured Azaz from rebels.", gazetteer).ties("fights") == {("syrian-army", "rebels")}


@pytest.mark.parametrize(
    ("text", "actors"),
    [("Fighters trained by Turkey took Azaz.", []), ("Men armed and paid by Turkey seized Azaz.", []),
     ("Azaz was taken by fighters trained by Turkey.", []), ("Azaz was seized by men whom Turkey had trained.", []),
     ("Rebels trained and equipped by Turkey overran Azaz.", ["rebels"]),
     ("Rebels trained by Turkey and the YPG took Azaz.", ["rebels"]),
     ("Rebels backed by Turkey took Azaz.", ["rebels"]), ("Turkey-backed rebels took Azaz.", ["rebels"]),
     ("Forces led by the YPG took Azaz.", ["YPG"]), ("Azaz was shelled and taken by Turkey.", ["Turkish government"])],
)  # fmt: skip
def test_who_only_trains_or_arms_others_takes_nothing(text: str, actors: list[str], gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer)
    (capture,) = reading.events("capture")
    assert (reading.names(capture.actors), capture.places) == (actors, (AZAZ,))
    assert reading.ties("controls") == set()


@pytest.mark.parametrize(
    "opening",
    ["In April 2016", "In 2016", "On 3 February", "In early February", "At dawn", "In the early hours of Monday",
     "On the night of 3 February", "In northern Syria", "Near Mare", "In mid-April 2016"],
)  # fmt: skip
def test_a_time_or_place_before_the_subject_hides_it_not(opening: str, gazetteer: Gazetteer) -> None:
    reading = read(f"{opening} the army captured Azaz.", gazetteer)
    (capture,) = reading.events("capture")
    assert (reading.names(capture.actors), capture.places) == (["Syrian army"], (AZAZ,))


def test_whoever_stands_in_the_opening_is_no_subject(gazetteer: Gazetteer) -> None:
    (capture,) = read("In rebel areas gunmen captured Azaz.", gazetteer).events("capture")
    assert capture.actors == ()


@pytest.mark.parametrize(
    ("text", "months"),
    [("In April 2016 the army captured Azaz, before rebels recaptured it in May.", [(2016, 4), (2016, 5)]),
     ("The army captured Azaz in November 2015, but rebels retook it in March.", [(2015, 11), (2016, 3)]),
     ("Azaz was captured by the army in April 2016 and recaptured by rebels on 5 May.", [(2016, 4), (2016, 5)]),
     ("The army retook Azaz in January 2016 after rebels had seized it in December.", [(2016, 1), (2015, 12)]),
     ("Azaz, which rebels took in July 2012 and rebuilt, was captured by the army on 3 February.",
      [(2012, 7), (2031, 2)]),
     ("The army retook Azaz in May 2031, but rebels captured it in February.", [(2031, 5), (2031, 2)])],
)  # fmt: skip
def test_a_month_goes_on_in_the_year_that_its_sentence_told(
    text: str, months: list[tuple[int, int]], gazetteer: Gazetteer
) -> None:
    days = [event.when.from_ for event in read(text, gazetteer).events("capture") if event.when]
    assert [(day.year, day.month) for day in days if day] == months


@pytest.mark.parametrize(
    "text",
    ["After the army captured Mare on Monday, it later captured Azaz.",
     "After the army captured Mare on Monday, Azaz was seized by rebels.",
     "The army captured Mare on Monday and later captured Azaz.",
     "The army captured Mare on Monday, but it subsequently captured Azaz."],
)  # fmt: skip
def test_what_came_after_a_dated_capture_has_not_its_day(text: str, gazetteer: Gazetteer) -> None:
    first, second = read(text, gazetteer).events("capture")
    assert first.when is not None
    assert (first.places, first.when.from_) == ((MARE,), dt.date(2031, 3, 3))
    assert (second.places, second.when) == ((AZAZ,), None)


def test_what_came_after_it_keeps_its_own_day(gazetteer: Gazetteer) -> None:
    _, second = read("After the army captured Mare on Monday, it took Azaz on Tuesday.", gazetteer).events("capture")
    assert second.when is not None
    assert second.when.from_ == dt.date(2031, 3, 4)


def test_a_participle_behind_the_day_of_a_capture_keeps_it(gazetteer: Gazetteer) -> None:
    text = "After weeks of heavy strikes, the army captured Mare on Monday, cutting the road to Azaz."
    (cut,) = read(text, gazetteer).events("road_cut")
    assert cut.when is not None
    assert cut.when.from_ == dt.date(2031, 3, 3)
