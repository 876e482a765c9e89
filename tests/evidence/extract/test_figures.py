"""Contract: a figure counts people or households, has the status that its verb tells, and is exactly its words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.evidence.extract.reading_aids import article, document_of, party, place
from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.extract.figures import figures_without_status, find_figures
from tidings.evidence.reading import Figure, PlaceRecord
from tidings.evidence.vocabulary import FLOW_STATUSES

PUBLISHED = dt.date(2031, 3, 12)


def figures(text: str, *places: PlaceRecord) -> list[Figure]:
    document = document_of(text)
    return list(find_figures(document, places, (), find_attributions(document, ()), PUBLISHED))


@pytest.mark.parametrize(
    ("text", "status", "unit"),
    [
        ("Some 800 people fled Zeta.", "fled", "person"),
        ("The storm forced 800 people to flee.", "fled", "person"),
        ("The storm drove 800 people from their homes.", "displaced", "person"),
        ("About 800 displaced families came by.", "displaced", "household"),
        ("The raid led to the displacement of 800 people.", "displaced", "person"),
        ("The number of displaced people has risen to 800.", "displaced", "person"),
        ("The fire led to the evacuation of 800 residents.", "evacuated", "person"),
        ("Some 800 people were relocated to Orlo.", "relocated", "person"),
        ("Zeta shelters 800 refugees in barns.", "sheltered", "person"),
        ("Zeta is sheltering 800 refugees.", "sheltered", "person"),
        ("Some 800 people take part; 900 people are taking shelter in camps.", "in_camp", "person"),
        ("About 800 people remained in collective centres.", "sheltered", "person"),
        ("Some 800 people were left homeless.", "homeless", "person"),
        ("The storm destroyed 800 houses.", "housing_destroyed", "household"),
        ("Some 800 homes were damaged.", "housing_damaged", "household"),
        ("Some 800 people are trapped in Zeta.", "trapped", "person"),
        ("The raid killed at least 800 people.", "killed", "person"),
        ("The raid left 800 wounded.", "injured", "person"),
        ("Some 800 people are missing.", "missing", "person"),
        ("The Guard detained 800 students.", "detained", "person"),
        ("Some 800 people need humanitarian aid.", "in_need", "person"),
        ("Some 800 families were affected by the storm.", "affected", "household"),
        ("The valley is home to 800 people.", "population", "person"),
        ("Some 800 people returned home.", "returned", "person"),
        ("Some 800 refugees arrived in Orlo.", "arrived", "person"),
    ],
)
def test_the_governing_words_give_the_status(text: str, status: str, unit: str) -> None:
    figure = figures(text)[-1]
    assert (figure.status, figure.unit) == (status, unit)
    assert figure.measure == ("flow" if status in FLOW_STATUSES else "stock")


@pytest.mark.parametrize(
    "text",
    [
        "The road is 25 km (16 miles) long.",
        "It happened in 2029 and again in 2030.",
        "They paid $5 million for 30 trucks.",
        "The army took two towns and hit 14 villages.",
        "After 24 hrs and three weeks they left.",
        "The 45-year-old fled.",
        "Three groups fled on 4 March.",
        "Four months of air strikes killed nobody.",
        "Some 63 per cent of the people fled.",
        "Four out of five residents fled.",
        "Twelve tanks were destroyed.",
        "A group of 300 people sang.",
    ],
)
def test_counts_of_things_times_money_and_shares_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_two_statuses_of_one_sentence_are_two_figures_though_the_second_has_no_noun() -> None:
    first, second = figures("The war has killed at least 3,000 people and driven 90,000 from their homes.")
    assert (first.status, first.quantifier, first.low, first.measure) == ("killed", "more_than", 3000, "flow")
    assert (second.status, second.value, second.measure) == ("displaced", 90_000, "stock")


def test_the_same_people_in_another_unit_point_at_the_first_figure() -> None:
    first, second = figures("About 240 households (roughly 1,150 people) fled Zeta.")
    assert (second.unit, second.status, second.same_as) == ("person", "fled", first.id)


def test_a_list_shares_its_verb() -> None:
    found = figures("Two soldiers and five farmers were killed, and 12 people were injured.")
    assert [(f.value, f.status, f.group) for f in found] == [
        (2, "killed", "combatant"), (5, "killed", "unknown"), (12, "injured", "unknown"),
    ]  # fmt: skip


def test_more_points_back_at_the_people_spoken_of_before() -> None:
    text = "The raid prompted thousands to flee to Orlo. New raids brought several hundred more."
    _, figure = figures(text, place(text, "Orlo"))
    assert (figure.status, figure.low, figure.destination) == ("fled", 300, ("orlo",))


def test_a_supposed_number_is_projected_whatever_its_status() -> None:
    text = "There are 700 refugees in camps. A worst case could see as many as 9,000 at the border."
    now, supposed = figures(text)
    assert (now.certainty, supposed.certainty, supposed.quantifier) == ("stated", "projected", "less_than")
    assert supposed.group == "refugee"


def test_a_claimed_number_points_at_who_claims_it() -> None:
    (figure,) = figures("Some 800 people fled, the mayor said.")
    assert (figure.certainty, figure.attribution) == ("claimed", "a1")


def test_places_are_origin_destination_or_whereabouts_by_their_prepositions() -> None:
    text = "Some 800 people fled from Zeta and Orlo to Camp Lune, while 90 people are trapped in Ruma."
    records = [place(text, name) for name in ("Zeta", "Orlo", "Lune", "Ruma")]
    fled, trapped = figures(text, *records)
    assert (fled.origin, fled.destination, fled.at) == (("zeta", "orlo"), ("lune",), ())
    assert (trapped.at, trapped.origin) == (("ruma",), ())


def test_a_place_that_hosts_is_where_the_people_are() -> None:
    text = "They walked towards Zetaland, already sheltering more than 5,000 Orlonians."
    (figure,) = figures(text, place(text, "Zetaland", "country"))
    assert (figure.at, figure.group, figure.status) == (("zetaland",), "refugee", "sheltered")


def test_the_speakers_place_is_not_the_figures_place() -> None:
    text = "Some 800 people fled, according to a farmer in Zeta."
    (figure,) = figures(text, place(text, "Zeta"))
    assert (figure.at, figure.origin, figure.destination) == ((), (), ())


def test_the_period_is_that_of_the_clause() -> None:
    first, second = figures("At least 15 people were killed on Saturday and 20 on Sunday.")
    assert first.period is not None
    assert second.period is not None
    assert (first.period.from_, second.period.from_) == (dt.date(2031, 3, 8), dt.date(2031, 3, 9))


def test_people_displaced_within_a_closed_period_are_a_flow() -> None:
    (figure,) = figures("Some 800 people were displaced between 3 and 9 March.")
    assert figure.measure == "flow"


@pytest.mark.parametrize(
    ("text", "category", "term"),
    [
        ("Some 800 people fled.", "People", "Forced to Flee"),
        ("Some 800 families were evacuated.", "Households", "Evacuated"),
        ("The storm left 800 homes uninhabitable.", "Households", "Uninhabitable Housing"),
    ],
)
def test_idmcs_terms_are_told_where_the_status_has_one(text: str, category: str, term: str) -> None:
    (figure,) = figures(text)
    assert figure.helix is not None
    assert (figure.helix.category, figure.helix.term) == (category, term)


def test_statuses_without_a_term_of_idmc_have_none() -> None:
    (figure,) = figures("The raid killed 800 people.")
    assert figure.helix is None


def of_article() -> dict[str, Figure]:
    text = article()
    document = document_of(text)
    minister = party(text, "Numan Kurtulmus", "person")
    attributions = find_attributions(document, (minister,))
    found = find_figures(document, (place(text, "Turkey", "country"),), (minister,), attributions, dt.date(2016, 2, 8))
    assert all(figure.text == text[figure.start : figure.end] for figure in found)
    return {figure.text: figure for figure in found}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("77,000", {"value": 77_000, "status": "in_camp", "group": "refugee", "certainty": "claimed"}),
        ("600,000", {"value": 600_000, "certainty": "projected", "quantifier": "less_than"}),
        ("2.5 million", {"value": 2_500_000, "status": "sheltered", "quantifier": "more_than", "at": ("turkey",)}),
        ("250,000", {"value": 250_000, "status": "killed", "quantifier": "more_than", "certainty": "stated"}),
        ("11 million", {"value": 11_000_000, "status": "displaced", "measure": "stock", "certainty": "stated"}),
        ("350,000", {"value": 350_000, "status": "population", "certainty": "stated"}),
        ("2 million", {"value": 2_000_000, "status": "population"}),
        ("tens of thousands", {"value": None, "status": "fled", "certainty": "stated", "destination": ("turkey",)}),
        ("several thousand", {"value": None, "status": "fled", "certainty": "claimed"}),
    ],
)
def test_the_figures_of_the_article_are_read_as_they_are_told(words: str, expected: dict[str, Any]) -> None:
    figure = of_article()[words]
    assert {name: getattr(figure, name) for name in expected} == expected


def test_the_article_tells_no_other_figures_of_people() -> None:
    assert len(of_article()) == 9


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("Ostria already shelters more than 700,000 Valdrians.", 700_000, "sheltered"),
        ("Peska camp shelters 4,300 people.", 4_300, "sheltered"),
        ("By noon more than 700 people were waiting in Peska.", 700, "stranded"),
        ("Nearly 900 people have gathered on the far side of the frontier.", 900, "stranded"),
        ("Some 900 people massed at the crossing.", 900, "stranded"),
        ("The number of people at the frontier could grow to 45,000.", 45_000, "displaced"),
        ("The number of people in the camps has risen to 45,000.", 45_000, "in_camp"),
        ("Some 600 families are staying in the camps near Peska.", 600, "in_camp"),
        ("Peska had 40,000 inhabitants.", 40_000, "population"),
    ],
)
def test_people_who_are_somewhere_on_a_day_are_a_stock(text: str, value: float, status: str) -> None:
    (figure,) = figures(text, place(text, "Peska"))
    assert (figure.value, figure.status, figure.measure) == (value, status, "stock")


def test_a_number_that_could_be_reached_at_a_border_is_projected() -> None:
    text = "The number of people at the Ostrian border could grow to 45,000."
    (figure,) = figures(text, place(text, "Ostrian border", "border"))
    assert (figure.certainty, figure.at, figure.destination) == ("projected", ("ostrian border",), ())


@pytest.mark.parametrize("text", ["Some 900 people gathered in the square.", "Some 900 troops massed at the border."])
def test_crowds_and_troops_are_not_stranded(text: str) -> None:
    assert figures(text) == []


def test_an_estimate_is_on_the_word_of_who_made_it_and_counts_the_place_before_where() -> None:
    text = "The guards hold Peska, where about 80,000 people live by an estimate of the Red Cross."
    document = document_of(text)
    attributions = find_attributions(document, ())
    (figure,) = find_figures(document, (place(text, "Peska"),), (), attributions, PUBLISHED)
    assert (figure.status, figure.certainty, figure.at) == ("population", "claimed", ("peska",))
    assert [attribution.speaker_text for attribution in attributions] == ["the Red Cross"]
    assert [text[a:b] for a, b in attributions[0].content] == ["about 80,000 people live"]


def test_the_country_that_holds_a_finer_place_is_not_listed_beside_it() -> None:
    text = "Some 6,000 people are sheltering in camps at Peska, on the Ostrian side of the frontier with Valdria."
    records = (place(text, "Peska"), place(text, "Ostria", "country"), place(text, "Valdria", "country"))
    (figure,) = figures(text, *records)
    assert figure.at == ("peska",)


def test_a_country_that_is_another_ones_than_the_finer_place_stays() -> None:
    text = "Some 6,000 people are sheltering in Peska and in Valdria."
    peska = place(text, "Peska").model_copy(update={"country": "OST"})
    valdria = place(text, "Valdria", "country").model_copy(update={"country": "VAL"})
    (figure,) = figures(text, peska, valdria)
    assert figure.at == ("peska", "valdria")


def test_people_whom_strikes_drive_out_come_from_the_places_struck() -> None:
    text = (
        "The raid prompted thousands to flee to Valdria. "
        "Heavier shelling of villages south of Orlo, Peska and Lindo, brought several hundred more."
    )
    names = [place(text, name) for name in ("Valdria", "Orlo", "Peska", "Lindo")]
    _, figure = figures(text, *names)
    assert (figure.origin, figure.destination, figure.at) == (("peska", "lindo"), ("valdria",), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Orlo, a port before the war with 300,000 people, is half empty.", "before the war"),
        ("Orlo had 40,000 inhabitants before the fighting.", "before the fighting"),
        ("The town of Orlo, with a pre-war population of 40,000, is empty.", "pre-war"),
        ("Orlo, once home to 40,000 people, lies in ruins.", "once"),
    ],
)
def test_a_population_of_before_a_turn_has_ended_by_the_day_of_publication(text: str, words: str) -> None:
    (figure,) = figures(text, place(text, "Orlo"))
    assert figure.period is not None
    assert (figure.period.text, figure.period.from_, figure.period.until) == (words, None, PUBLISHED)
    assert (figure.status, figure.at) == ("population", ("orlo",))


def test_a_stock_told_by_a_day_was_there_on_that_day() -> None:
    (figure,) = figures("By Sunday some 700 people were waiting at the crossing.")
    assert figure.period is not None
    assert (figure.period.from_, figure.period.until) == (dt.date(2031, 3, 9), dt.date(2031, 3, 10))


def test_a_number_put_on_people_told_of_before_counts_them() -> None:
    text = "The mayor put the number of people killed in Peska at 40, and the army put it at more than 60."
    first, second = figures(text, place(text, "Peska"))
    assert (first.value, first.status, first.at, first.certainty) == (40, "killed", ("peska",), "claimed")
    assert (second.value, second.status, second.at, second.quantifier) == (60, "killed", ("peska",), "more_than")
    assert first.attribution != second.attribution


def test_a_count_of_people_without_a_status_is_told_as_left_out() -> None:
    text = "A choir of 300 people sang. Some 20 people fled. It cost 90 crowns."
    (warning,) = figures_without_status(document_of(text), PUBLISHED)
    assert warning.code == "figure_without_status"
    assert warning.start is not None
    assert text[warning.start : warning.end] == "300 people"


@pytest.mark.parametrize(
    ("text", "value", "quantifier", "status"),
    [
        ("Up to 800 people could cross into Kadu.", 800, "less_than", "fled"),
        ("~ 800 people coming in from Zeta.", 800, "approximately", "arrived"),
        ("~800 people came in.", 800, "approximately", "arrived"),
        ("People keep arriving in Orlo, abt 800 a day.", 800, "approximately", "arrived"),
        ("Arrivals in Orlo: abt. 800 a day.", 800, "approximately", "arrived"),
        ("Families are fleeing Zeta, c. 800 per day.", 800, "approximately", "fled"),
        ("Hundreds have crossed into Kadu. Now it is about 800 a day.", 800, "approximately", "fled"),
        ("He said that “at least 800” people fled Zeta.", 800, "more_than", "fled"),
        ("“At least 800” fled Zeta.", 800, "more_than", "fled"),
        ('He said that "some 800" villagers were displaced.', 800, "approximately", "displaced"),
        ("- 800 people registered in Orlo", 800, "exact", "registered"),
        ("• 800 households displaced", 800, "exact", "displaced"),
        ("– 800 families arrived in Zeta", 800, "exact", "arrived"),
    ],
)
def test_hurried_notes_and_quoted_numbers_are_read(text: str, value: float, quantifier: str, status: str) -> None:
    figure = figures(text)[-1]
    assert (figure.value, figure.quantifier, figure.status) == (value, quantifier, status)
    assert figure.measure == "flow" or "a day" not in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("IDPs: 800", [(800, "displaced", "person")]),
        ("New arrivals in Orlo: 800", [(800, "arrived", "person")]),
        ("KILLED: 12, INJURED: 30", [(12, "killed", "person"), (30, "injured", "person")]),
        ("DISPLACED FROM ZETA: 4,500 PEOPLE", [(4500, "displaced", "person")]),
        ("Families displaced: 800", [(800, "displaced", "household")]),
        ("- Displaced in Orlo: 300 households", [(300, "displaced", "household")]),
    ],
)
def test_a_heading_before_a_number_gives_its_status(text: str, told: list[tuple[float, str, str]]) -> None:
    assert [(figure.value, figure.status, figure.unit) for figure in figures(text)] == told


@pytest.mark.parametrize("text", ["Households: 120", "People in Orlo: 4,500"])
def test_a_number_under_a_heading_of_people_without_a_status_is_told(text: str) -> None:
    assert figures(text) == []
    (warning,) = figures_without_status(document_of(text), None)
    assert warning.code == "figure_without_status"
    assert warning.start is not None


def test_a_number_a_day_goes_where_the_people_before_it_go() -> None:
    text = "People keep arriving in Orlo, about 800 a day."
    (figure,) = figures(text, place(text, "Orlo"))
    assert (figure.measure, figure.destination, figure.unit) == ("flow", ("orlo",), "person")


@pytest.mark.parametrize(
    "text", ["They earn 800 a day.", "The mill grinds 30 a day.", "Guests pay $800 a day and came in by bus."]
)
def test_a_rate_of_things_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_who_may_cross_is_projected_and_has_a_destination() -> None:
    text = "The agency warned that up to 800 people could cross into Kadu."
    (figure,) = figures(text, place(text, "Kadu", "country"))
    assert (figure.certainty, figure.destination, figure.high) == ("projected", ("kadu",), 800)


@pytest.mark.parametrize(
    "text", ["The army may attack and 800 people could flee.", "Aid groups fear that the siege could take 800 lives."]
)
def test_what_may_happen_stays_projected(text: str) -> None:
    assert [figure.certainty for figure in figures(text)] == ["projected"]


@pytest.mark.parametrize(
    "text",
    [
        "Thousands fled towards Orlo.",
        "Thousands of people poured toward Orlo.",
        "Thousands of people were moving towards Orlo.",
        "Thousands of people are on their way to Orlo.",
        "Thousands of people came towards Orlo.",
        "Thousands of people headed for Orlo.",
    ],
)
def test_a_direction_is_no_arrival(text: str) -> None:
    (figure,) = figures(text, place(text, "Orlo"))
    assert (figure.status, figure.destination) == ("fled", ("orlo",))


def test_people_who_wait_to_cross_are_stranded_and_those_who_pour_out_fled() -> None:
    waiting, pouring = figures("Some 800 people are waiting to cross into Kadu. Some 900 people poured out of Zeta.")
    assert (waiting.status, pouring.status) == ("stranded", "fled")


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("Zeta is home to 800 people.", "whole"),
        ("About 800 people live in the town of Zeta.", "whole"),
        ("About 800 people live in the district of Zeta.", "whole"),
        ("Rebel-held Zeta is home to 800 people.", "whole"),
        ("Rebel-held areas in Zeta are home to 800 people.", "part"),
        ("Opposition-held parts of Zeta are home to 800 people.", "part"),
        ("Some 800 people live in the besieged quarter of Zeta.", "part"),
        ("Some 800 people live in eastern Zeta.", "part"),
        ("Some 800 people live in Zeta's northern districts.", "part"),
        ("Some 800 people live in the two southern neighbourhoods of Zeta.", "part"),
        ("The half of Zeta that the rebels hold has a population of 800.", "part"),
        ("Rebel-held areas in and around Zeta are home to 800 people.", "around"),
        ("Some 800 people live in Zeta and its surroundings.", "around"),
        ("Some 800 people live in and around Zeta.", "around"),
        ("Some 800 people live in Zeta and nearby villages.", "around"),
        ("Some 800 people live near Zeta.", "around"),
        ("Some 800 people live in villages west of Zeta.", "around"),
        ("Some 800 people live in the Zeta area.", "around"),
        ("Some 800 people live on the outskirts of Zeta.", "around"),
        ("Some 800 people live in the countryside of Zeta.", "around"),
    ],
)
def test_a_part_of_a_place_and_its_surroundings_are_not_the_place(text: str, extent: str) -> None:
    (figure,) = figures(text, place(text, "Zeta"))
    assert (figure.at, figure.extent) == (("zeta",), extent)


@pytest.mark.parametrize(
    "since",
    [
        "since the war began in April 2030",
        "since fighting broke out in April 2030",
        "since the start of the war in April 2030",
        "ever since the government fell in April 2030",
    ],
)
def test_since_a_turn_of_a_day_the_period_is_open(since: str) -> None:
    (figure,) = figures(f"More than 800 people have fled {since}.")
    assert figure.period is not None
    assert (figure.period.from_, figure.period.until) == (dt.date(2030, 4, 1), None)
    assert figure.period.text == since.removeprefix("ever ")


def test_a_since_that_means_later_opens_nothing() -> None:
    (figure,) = figures("Some 800 people have since fled in April 2030.")
    assert figure.period is not None
    assert figure.period.until == dt.date(2030, 5, 1)


@pytest.mark.parametrize("aside", ["(families with children)", "– families with children –", "— most from Azaz —"])
def test_an_aside_in_brackets_or_dashes_does_not_part_people_from_their_verb(aside: str) -> None:
    (figure,) = figures(f"About 3,000 people {aside} fled the town.")
    assert (figure.value, figure.status) == (3000, "fled")


def test_the_children_of_somebody_are_no_figure() -> None:
    assert figures("A mother of four who fled the town said the road was open.") == []


def test_households_or_so_many_people_are_the_same_people() -> None:
    text = "No fewer than 300 families, or about 1,800 individuals, returned to Azaz."
    first, again = figures(text, place(text, "Azaz"))
    assert (first.unit, again.unit, again.same_as) == ("household", "person", first.id)
    assert first.destination == again.destination != ()


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("Azaz (pop. 60,000) is surrounded.", 60_000, "population"),
        ("About 300 families left Azaz on Thursday.", 300, "fled"),
        ("About 300 people have left their homes.", 300, "fled"),
        ("Some 900 people, possibly as many as 1,500, are stranded at the border.", 900, "stranded"),
    ],
)  # fmt: skip
def test_more_words_that_tell_a_status(text: str, value: float, status: str) -> None:
    first = figures(text)[0]
    assert (first.value, first.status) == (value, status)


@pytest.mark.parametrize("text", ["The blast left 12 people homeless on Monday.", "12 workers left for work."])
def test_leaving_of_other_kinds_is_no_flight(text: str) -> None:
    assert "fled" not in {figure.status for figure in figures(text)}
