"""Contract: shares, parts, tolls and comparisons: what the words around a number make of it."""

from __future__ import annotations

import pytest

from tests.evidence.extract.reading_aids import document_of, place
from tests.evidence.extract.test_figures import PUBLISHED, figures
from tidings.evidence.extract.figures import figures_without_status


@pytest.mark.parametrize("text", ["The 2027 treaty protects refugees.", "The agency's 2027 refugees report came out."])
def test_the_year_in_a_name_counts_nobody(text: str) -> None:
    assert figures(text) == []


def test_a_share_of_those_who_live_in_a_place_left_it() -> None:
    text = "Two-thirds of Orlo's 90,000 inhabitants have left."
    (figure,) = figures(text, place(text, "Orlo"))
    assert (figure.value, figure.status, figure.origin, figure.at) == (60_000, "fled", ("orlo",), ())


def test_what_is_past_of_a_whole_is_not_past_of_its_part() -> None:
    part, whole = figures("More than half of Ostria's pre-war population of 2.4 million has been displaced.")
    assert (part.low, part.status, part.period) == (1_200_000, "displaced", None)
    assert (whole.value, whole.status) == (2_400_000, "population")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("At least 42 people, including 11 children, were killed.", [(42, "killed"), (11, "killed")]),
        ("Some 42 people, including 11 children and 5 women, died.", [(42, "killed"), (11, "killed"), (5, "killed")]),
        ("The barn, built for 5,000, now shelters 12,000.", [(12_000, "sheltered")]),
        ("The town's population has doubled to 24,000.", [(24_000, "population")]),
        ("The population of Orlo has risen from 9,000 to 24,000.", [(24_000, "population")]),
        ("Two thirds of the 24 million Turks need aid.", [(16_000_000, "in_need")]),
        ("The number of refugees in Orlo has passed 110,000.", [(110_000, "displaced")]),
        ("The number of people at the border crossing has passed 35,000.", [(35_000, "displaced")]),
        ("Some 300 Turks need help.", [(300, "in_need")]),
        ("Some 300 shopkeepers fled Orlo.", [(300, "fled")]),
        ("5,000 Turkmen crossed into Ostria, 2,000 of whom were sent back.", [(5_000, "fled"), (2_000, "returned")]),
        ("Doctors treated 45 of the 60 wounded.", [(45, "injured"), (60, "injured")]),
        ("Of the 2,000 who fled, 300 have returned.", [(2_000, "fled"), (300, "returned")]),
        ("Shells killed 3 people, wounded 12 and a further five are missing.",
         [(3, "killed"), (12, "injured"), (5, "missing")]),
        ("Some 35,000 are stranded at the gate, 5,000 more than on Friday.", [(35_000, "stranded")]),
        ("Some 70,000 people were moving to Ostria. He said 10,000 were at the border.",
         [(70_000, "fled"), (10_000, "displaced")]),
        ("Some 700 soldiers were moving to Ostria.", []),
    ],
)  # fmt: skip
def test_parts_and_totals_have_the_status_that_their_words_tell(text: str, told: list[tuple[int, str]]) -> None:
    assert [(figure.value, figure.status) for figure in figures(text)] == told


def test_a_toll_counts_killed_people_where_deaths_are_told_before_it() -> None:
    assert [f.status for f in figures("Shells killed many people in Orlo. The toll has risen to 65.")] == ["killed"]


def test_a_toll_of_which_nothing_tells_what_it_counts_is_left_out_with_a_warning() -> None:
    document = document_of("The toll rose to 65.")
    assert figures("The toll rose to 65.") == []
    assert [warning.code for warning in figures_without_status(document, PUBLISHED)] == ["figure_without_status"]


def test_the_day_that_a_number_is_compared_with_is_not_its_own() -> None:
    (figure,) = figures("Some 35,000 are stranded at the gate, 5,000 more than on Friday.")
    assert figure.period is None


def test_a_place_behind_a_condition_is_not_where_people_go() -> None:
    text = "Some 70,000 people may flee to Ostria if the siege of Orlo begins."
    (figure,) = figures(text, place(text, "Ostria", "country"), place(text, "Orlo"))
    assert figure.destination == ("ostria",)


@pytest.mark.parametrize("words", ["At the end of 2029", "By the end of 2029"])
def test_a_stock_at_an_end_is_that_of_the_last_day(words: str) -> None:
    (figure,) = figures(f"{words} some 900 people were trapped in Orlo.")
    assert figure.period is not None
    assert (str(figure.period.from_), str(figure.period.until)) == ("2029-12-31", "2030-01-01")


def test_the_population_of_a_place_is_there() -> None:
    text = "The population of Orlo has risen from 9,000 to 24,000."
    (figure,) = figures(text, place(text, "Orlo"))
    assert figure.at == ("orlo",)


@pytest.mark.parametrize(
    "text",
    [
        "31 people were killed, not 56 as earlier reported.",
        "31 people were killed rather than 56.",
        "The storm killed 31 people, not 56 people.",
        "The ministry corrected its toll of those killed to 31, not 56.",
        "Floods killed 31 people instead of 56.",
    ],
)
def test_a_number_in_whose_place_another_is_put_is_denied(text: str) -> None:
    told, other = figures(text)
    assert (told.value, told.status, told.certainty) == (31, "killed", "stated")
    assert (other.value, other.status, other.certainty, other.measure) == (56, "killed", "denied", "flow")


@pytest.mark.parametrize(
    "text", ["31 people were killed, not one of them a soldier.", "31 people were killed, not 3 km from the camp."]
)
def test_what_is_no_other_number_of_people_is_not_denied(text: str) -> None:
    assert [figure.certainty for figure in figures(text)] == ["stated"]


@pytest.mark.parametrize(
    ("sentence", "status", "value"),
    [
        ("1,200 of the 5,000 who had fled Azaz returned.", "returned", 1200),
        ("Half of the 5,000 who fled Azaz have returned to the town.", "returned", 2500),
        ("Some 900 people who fled Azaz arrived in Kilis.", "arrived", 900),
        ("Some 900 people who fled Azaz and arrived in Kilis are safe.", "fled", 900),
    ],
)
def test_the_verb_of_the_main_clause_governs_a_number_and_not_that_of_who(
    sentence: str, status: str, value: int
) -> None:
    (figure,) = figures(sentence)
    assert (figure.status, figure.value) == (status, value)


@pytest.mark.parametrize("opening", ["Almost all of", "Nearly all of", "Virtually all of"])
def test_almost_all_of_a_number_is_about_as_many(opening: str) -> None:
    text = f"{opening} the camp's 45,000 residents fled."
    (figure,) = figures(text)
    assert (figure.value, figure.quantifier) == (45_000, "approximately")
    assert figures_without_status(document_of(text), PUBLISHED) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Shelling killed and wounded 40 civilians.", [(40, "affected")]),
        ("At least 40 civilians were killed or injured.", [(40, "affected")]),
        ("Forty people were injured and killed.", [(40, "affected")]),
        ("Shelling killed 12 and wounded 40 civilians.", [(12, "killed"), (40, "injured")]),
        ("Twelve people were killed and 40 wounded.", [(12, "killed"), (40, "injured")]),
    ],
)
def test_one_number_of_killed_and_injured_is_neither_and_still_counts_a_period(
    text: str, told: list[tuple[int, str]]
) -> None:
    assert [(figure.value, figure.status) for figure in figures(text)] == told
    assert {figure.measure for figure in figures(text)} == {"flow"}


@pytest.mark.parametrize(
    "text",
    [
        "Around 100,000 of Orlo's 170,000 residents have left.",
        "Around 100,000 of the 170,000 residents of Orlo have left.",
        "Around 100,000 of the town's estimated 170,000 residents have left.",
    ],
)
def test_of_a_part_and_its_whole_the_part_moves(text: str) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.status) == (100_000, "fled")


def test_a_place_that_labels_a_number_is_where_its_people_are() -> None:
    text = "- Orlo: 12,300 IDPs (2,050 households), Zeta: 26,000 IDPs"
    told = figures(text, place(text, "Orlo"), place(text, "Zeta"))
    assert [(figure.value, figure.at) for figure in told] == [
        (12_300, ("orlo",)), (2_050, ("orlo",)), (26_000, ("zeta",)),
    ]  # fmt: skip


def test_a_label_is_where_people_fled_from_unless_a_place_is_told() -> None:
    text = "Orlo: 300 families fled."
    (figure,) = figures(text, place(text, "Orlo"))
    assert (figure.origin, figure.at) == (("orlo",), ())
    text = "Orlo: 300 families fled to Zeta."
    (figure,) = figures(text, place(text, "Orlo"), place(text, "Zeta"))
    assert (figure.origin, figure.destination) == ((), ("zeta",))


def test_a_question_counts_nobody() -> None:
    assert figures("Did 5,000 people arrive in Orlo as the radio said?") == []


def test_new_arrivals_that_are_registered_are_a_flow_and_a_total_a_stock() -> None:
    new, total = figures("Some 3,200 new arrivals were registered on 13 June; the total since April is 98,400.")
    assert (new.measure, total.measure) == ("flow", "stock")


@pytest.mark.parametrize(
    ("text", "status", "measure"),
    [
        ("Deaths in Orlo reached 300.", "killed", "flow"),
        ("The number of IDPs in Orlo reached 3,000.", "displaced", "stock"),
        ("Some 300 people reached Orlo.", "arrived", "flow"),
    ],
)
def test_what_a_count_reached_did_not_arrive(text: str, status: str, measure: str) -> None:
    (figure,) = figures(text, place(text, "Orlo"))
    assert (figure.status, figure.measure) == (status, measure)


def test_the_dead_and_the_wounded_of_one_scene_share_its_place() -> None:
    text = "At least 40 people were killed and more than 120 wounded in Orlo."
    assert [figure.at for figure in figures(text, place(text, "Orlo"))] == [("orlo",), ("orlo",)]
    text = "Shelling killed 12 people in Orlo and wounded 40 in Zeta."
    told = figures(text, place(text, "Orlo"), place(text, "Zeta"))
    assert [figure.at for figure in told] == [("orlo",), ("zeta",)]
    text = "Some 12 people died; 40 were hurt in Orlo."
    assert [figure.at for figure in figures(text, place(text, "Orlo"))] == [(), ("orlo",)]


def test_who_remains_of_those_who_lived_there_before_is_there_now():
    left, before = figures("Fewer than 900 of the 4,000 people who lived in Zeta before the war remain there.")
    assert left.period is None
    assert before.period is not None
    assert before.period.text == "before the war"
