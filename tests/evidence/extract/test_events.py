"""Contract: what happened, who did it, where and when; what is only supposed is never told as stated."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from tests.evidence.extract.readings import crisis_of, read
from tidings.crisis.crisis import Crisis, Party
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.places import Crossing, Place, Road

AZAZ, TALL_RIFAT, ALEPPO, AFRIN = "gn172082", "gn163476", "gn170063", "gn174186"


def test_active_and_passive_tell_the_same_capture(gazetteer: Gazetteer) -> None:
    for sentence in ("Rebels captured Azaz on Monday.", "Azaz was captured by rebels on Monday."):
        (event,) = read(sentence, gazetteer).events("capture")
        assert (event.actors, event.places, event.certainty) == (("rebels",), (AZAZ,), "stated")
        assert event.when is not None
        assert event.when.from_ == dt.date(2031, 3, 3)


def test_two_captures_from_one_noun_are_two_events(gazetteer: Gazetteer) -> None:
    told = read("The capture of the towns of Azaz and then Afrin surprised many.", gazetteer)
    assert [event.places for event in told.events("capture")] == [(AZAZ,), (AFRIN,)]


def test_a_town_that_fell_is_captured_by_whom_it_fell_to(gazetteer: Gazetteer) -> None:
    (event,) = read("Azaz fell to the rebels.", gazetteer).events("capture")
    assert (event.actors, event.places) == (("rebels",), (AZAZ,))


def test_a_town_falling_into_trouble_is_not_captured(gazetteer: Gazetteer) -> None:
    assert read("Azaz fell into poverty.", gazetteer).events("capture") == []


def test_seizing_weapons_in_a_town_is_no_capture_of_it(gazetteer: Gazetteer) -> None:
    assert read("Rebels seized weapons in Azaz.", gazetteer).events("capture") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels could capture Azaz.",
        "The loss of Azaz would hurt the rebels.",
        "If rebels capture Azaz, people will flee.",
        "Rebels plan to capture Azaz.",
        "The army denied that rebels had captured Azaz.",
        "Residents fear that rebels will capture Azaz.",
    ],
)
def test_a_supposed_event_is_never_stated(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    events = [event for event in told.reading.events if event.places == (AZAZ,)]
    assert events
    assert all(event.certainty not in ("stated", "claimed") for event in events)


def test_that_stands_for_the_place_told_last(gazetteer: Gazetteer) -> None:
    told = read("The road leads to Azaz. The capture of that would cut the border.", gazetteer)
    assert [event.places for event in told.events("capture")] == [(AZAZ,)]


def test_a_road_is_cut_by_verb_noun_or_state(gazetteer: Gazetteer) -> None:
    for sentence in (
        "The army cut the highway that joins the countryside with Aleppo.",
        "The closure of the highway to Aleppo is total.",
        "The road to Aleppo is entirely closed.",
    ):
        (event,) = read(sentence, gazetteer).events("road_cut")
        assert event.places == (ALEPPO,)


def test_a_way_to_a_besieged_town_lifts_its_siege_and_to_another_opens_a_road(gazetteer: Gazetteer) -> None:
    (event,) = read("The army opened a route to the besieged town of Azaz.", gazetteer).events("siege_lifted")
    assert event.places == (AZAZ,)
    (event,) = read("The army opened a route to the town of Azaz.", gazetteer).events("road_opened")
    assert event.places == (AZAZ,)


def test_breaking_through_enemy_lines_to_a_town_relieves_it(gazetteer: Gazetteer) -> None:
    told = read("Government troops broke through rebel lines to reach Azaz.", gazetteer)
    (event,) = told.events("siege_lifted")
    assert (event.actors, event.targets, event.places) == (("syrian-army",), ("rebels",), (AZAZ,))


def test_who_besieges_stands_in_the_relative_clause(gazetteer: Gazetteer) -> None:
    told = read("The army lifted the siege of Azaz, which rebels had besieged since July 2029.", gazetteer)
    assert [event.places for event in told.events("siege_lifted")] == [(AZAZ,)]
    (siege,) = told.events("siege")
    assert (siege.actors, siege.places) == (("rebels",), (AZAZ,))


def test_an_unnamed_crossing_is_the_only_one_told_of(gazetteer: Gazetteer) -> None:
    crisis = crisis_of(
        places=(Place(id="a", name="Azaz", lat=36.0, lon=37.0), Place(id="b", name="Kilis", lat=36.7, lon=37.1)),
        crossings=(Crossing(id="gate", name="Zarqan", side_a="a", side_b="b"),),
    )
    text = "People wait at Zarqan. For weeks Turkey has kept the crossing there shut to nearly everybody."
    (event,) = read(text, gazetteer, crisis=crisis).events("crossing_closed")
    assert (event.actors, event.places, event.certainty) == (("turkey",), ("gate",), "stated")


def test_strikes_have_their_owner_and_leave_out_the_place_told_from(gazetteer: Gazetteer) -> None:
    told = read("Russian bombardment of towns west of Aleppo, Azaz and Afrin, went on from warplanes.", gazetteer)
    (event,) = told.events("shelling")
    assert (event.actors, event.places) == (("russia",), (AZAZ, AFRIN))


def test_bombing_by_those_who_strike_from_the_air_is_an_air_strike(gazetteer: Gazetteer) -> None:
    told = read("Russian air strikes went on. Russian bombing hit Azaz.", gazetteer)
    assert len(told.events("air_strike")) == 2


def test_the_same_capture_told_again_points_at_the_first(gazetteer: Gazetteer) -> None:
    told = read("Rebels captured Azaz on Monday. The capture of Azaz by rebels was a surprise.", gazetteer)
    first, second = told.events("capture")
    assert (first.same_as, second.same_as) == (None, first.id)
    assert second.when == first.when


def test_people_flee_and_the_army_does_not_by_standing_near(gazetteer: Gazetteer) -> None:
    (event,) = read("Civilians fled Azaz as the army advanced.", gazetteer).events("flight")
    assert (event.actors, event.places) == (("civilians",), (AZAZ,))


def test_they_is_the_armed_party_told_last(gazetteer: Gazetteer) -> None:
    told = read("The army was helped by YPG fighters. They captured Azaz.", gazetteer)
    assert [event.actors for event in told.events("capture")] == [("ypg",)]


def test_where_forces_stand_is_a_position(gazetteer: Gazetteer) -> None:
    (event,) = read("The army was just five km (3 miles) from Azaz.", gazetteer).events("position")
    assert (event.text, event.actors, event.places) == ("five km", ("syrian-army",), (AZAZ,))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Police clashed with gunmen.", "clash"),
        ("A suicide bomber struck a market.", "suicide_bombing"),
        ("A roadside bomb went off.", "explosive_device"),
        ("Gunmen kidnapped three drivers.", "abduction"),
        ("Thousands of demonstrators marched.", "protest"),
        ("An earthquake shook the coast.", "natural_disaster"),
        ("Sarin was used.", "chemical_attack"),
        ("The two sides agreed on a ceasefire.", "ceasefire"),
        ("Peace talks collapsed last week.", "talks_collapsed"),
        ("Aid trucks were turned away and people starved.", "famine"),
        ("Rioters hurled stones.", "riot"),
        ("Police arrested two men.", "arrest"),
    ],
)
def test_each_type_has_its_words(sentence: str, kind: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).events(kind)


def test_the_toll_of_a_war_is_no_attack(gazetteer: Gazetteer) -> None:
    assert read("The war has killed 20,000 people.", gazetteer).events("attack_on_civilians") == []


def test_the_text_of_an_event_is_exactly_its_slice(gazetteer: Gazetteer) -> None:
    told = read("Rebels captured Azaz – and “cut the road” to Aleppo; Russia’s air strikes went on.", gazetteer)
    assert told.reading.events
    assert all(told.text[event.start : event.end] == event.text for event in told.reading.events)


def own_crisis() -> Crisis:
    """Three towns, a crossing called a bridge and a road with a name."""
    places = tuple(
        Place(id=name.lower(), name=name, country="SYR", lat=36.2 + number / 10, lon=37.1)
        for number, name in enumerate(("Karsin", "Tolvek", "Brennad"))
    )
    crossing = Crossing(id="grey-bridge", name="Grey Bridge", side_a="karsin", side_b="tolvek")
    road = Road.model_validate({"id": "salt-road", "from": "karsin", "to": "brennad"})
    parties = (Party(id="ridge-front", name="Ridge Front"), Party(id="coast-army", name="Coast Army"))
    return crisis_of(places, (crossing,), parties, (road,))


@pytest.mark.parametrize(
    ("sentence", "kind", "places"),
    [
        ("The road from Grey Bridge to Karsin has been cut.", "road_cut", ("grey-bridge", "karsin")),
        ("Fighters cut the highway between Tolvek and Karsin.", "road_cut", ("tolvek", "karsin")),
        ("Fighters from Brennad cut the highway to Karsin.", "road_cut", ("karsin",)),
        ("Soldiers blocked the way from Tolvek to Karsin.", "road_cut", ("tolvek", "karsin")),
        ("The road from Tolvek to Karsin reopened on Tuesday.", "road_opened", ("tolvek", "karsin")),
        ("The road from Tolvek to Karsin has reopened.", "road_opened", ("tolvek", "karsin")),
        ("The highway has been cut between Tolvek and Karsin.", "road_cut", ("tolvek", "karsin")),
        ("The Salt road to Karsin is open.", "road_opened", ("salt-road",)),
        ("Rebels cut the Salt road near Tolvek.", "road_cut", ("salt-road",)),
        ("The Pepper road to Karsin is open.", "road_opened", ("karsin",)),
    ],
)
def test_a_road_is_told_by_its_name_or_by_its_ends(
    sentence: str, kind: str, places: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    (event,) = read(sentence, gazetteer, crisis=own_crisis()).events(kind)
    assert event.places == places


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Turkey closed the Grey Bridge crossing to most traders.", "crossing_closed"),
        ("The Grey Bridge crossing remains closed to most families.", "crossing_closed"),
        ("Turkey keeps the Grey Bridge crossing closed.", "crossing_closed"),
        ("Turkey keeps the Grey Bridge crossing, called the Old Gate by traders, closed to most.", "crossing_closed"),
        ("The Grey Bridge crossing into Turkey is open.", "crossing_opened"),
        ("The Grey Bridge crossing reopened on Monday.", "crossing_opened"),
        ("Turkey shut Grey Bridge on Monday.", "crossing_closed"),
    ],
)
def test_a_crossing_called_a_bridge_is_closed_and_opened_as_a_crossing(
    sentence: str, kind: str, gazetteer: Gazetteer
) -> None:
    told = read(sentence, gazetteer, crisis=own_crisis())
    assert [(event.type, event.places) for event in told.reading.events] == [(kind, ("grey-bridge",))]


@pytest.mark.parametrize(
    "sentence",
    ["Soldiers stood close to the highway.", "They live close to the border.", "A shell fell close to a road."],
)
def test_close_to_a_road_closes_nothing(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert not told.events("road_cut")
    assert not told.events("crossing_closed")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ridge Front fighters, who control Karsin, have taken a number of villages.",
        "Ridge Front fighters, who control Karsin, seized several villages.",
        "The Ridge Front, an enemy of the Coast Army in Karsin, has captured two hamlets and some villages.",
        "The Ridge Front captured the hills south of Karsin.",
        "The Ridge Front captured on Monday a key neighbourhood in the plain.",
        "The Ridge Front has taken over four localities.",
    ],
)
def test_villages_without_names_are_taken_and_no_town_that_stands_near(sentence: str, gazetteer: Gazetteer) -> None:
    (event,) = read(sentence, gazetteer, crisis=own_crisis()).events("capture")
    assert (event.actors, event.places) == (("ridge-front",), ())


def test_who_takes_people_to_villages_captures_nothing(gazetteer: Gazetteer) -> None:
    assert read("Rebels took the wounded to nearby villages.", gazetteer).events("capture") == []


def test_the_accused_is_the_actor_and_the_accuser_the_voice(gazetteer: Gazetteer) -> None:
    told = read(
        "The Coast Army accused the Ridge Front of repeatedly hitting aid trucks.", gazetteer, crisis=own_crisis()
    )
    (event,) = told.events("attack_on_aid")
    assert event.actors == ("ridge-front",)
    (accusation,) = told.events("accusation")
    assert (accusation.actors, accusation.targets) == (("coast-army",), ("ridge-front",))
    assert event.certainty == "claimed"


def test_who_covers_an_advance_is_not_its_target(gazetteer: Gazetteer) -> None:
    told = read("The Coast Army advanced under cover of Russian air strikes.", gazetteer, crisis=own_crisis())
    (event,) = told.events("advance")
    assert (event.actors, event.targets) == (("coast-army",), ())
    assert told.events("air_strike")[0].actors == ("russia",)


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks between the Coast Army and the Ridge Front collapsed.",
        "Talks between the Coast Army and the Ridge Front were held.",
        "A truce between the Coast Army and the Ridge Front began.",
    ],
)
def test_both_sides_of_talks_are_actors(sentence: str, gazetteer: Gazetteer) -> None:
    events = read(sentence, gazetteer, crisis=own_crisis()).reading.events
    assert events
    assert {(event.actors, event.targets) for event in events} == {(("coast-army", "ridge-front"), ())}


@pytest.mark.parametrize(
    "sentence",
    [
        "The Coast Army broke through Ridge Front lines to reach Karsin and Tolvek.",
        "The Coast Army broke through rebel defences and linked up with Karsin and Tolvek.",
        "The Coast Army reached Karsin and Tolvek, ending the siege.",
        "The Coast Army ended the isolation of Karsin and Tolvek.",
        "The Coast Army reached the besieged towns of Karsin and Tolvek.",
    ],
)
def test_reaching_towns_behind_enemy_lines_relieves_them(sentence: str, gazetteer: Gazetteer) -> None:
    relief = read(sentence, gazetteer, crisis=own_crisis()).events("siege_lifted")
    assert {(event.actors, event.places, event.certainty) for event in relief} == {
        (("coast-army",), ("karsin", "tolvek"), "stated")
    }


def test_the_besieger_who_enters_a_town_does_not_relieve_it(gazetteer: Gazetteer) -> None:
    told = read("The Coast Army besieged Karsin. It later entered Karsin.", gazetteer, crisis=own_crisis())
    assert told.events("siege_lifted") == []


def test_the_fuller_telling_of_an_event_is_the_one_pointed_at(gazetteer: Gazetteer) -> None:
    told = read("Karsin is captured\n\nThe Coast Army captured Karsin on Tuesday.", gazetteer, crisis=own_crisis())
    headline, body = told.events("capture")
    assert (headline.same_as, body.same_as) == (body.id, None)
    assert (body.actors, body.when is not None) == (("coast-army",), True)


def test_what_only_one_telling_knows_is_kept_in_the_one_pointed_at(gazetteer: Gazetteer) -> None:
    text = "Karsin was captured on Tuesday. The Coast Army captured Karsin from the Ridge Front."
    first, second = read(text, gazetteer, crisis=own_crisis()).events("capture")
    kept = next(event for event in (first, second) if event.same_as is None)
    assert {first.same_as, second.same_as} == {None, kept.id}
    assert kept.actors == ("coast-army",)
    assert kept.when is not None
    assert kept.when.from_ == dt.date(2031, 3, 4)


def test_withdrawing_to_a_town_is_no_retreat_from_it(gazetteer: Gazetteer) -> None:
    (event,) = read("The Coast Army withdrew to Karsin.", gazetteer, crisis=own_crisis()).events("retreat")
    assert event.places == ()
    (event,) = read("The Coast Army withdrew from Karsin to Tolvek.", gazetteer, crisis=own_crisis()).events("retreat")
    assert event.places == ("karsin",)


def test_what_comes_next_has_not_come(gazetteer: Gazetteer) -> None:
    text = "The Coast Army captured Karsin, opening the way to Tolvek, the next target of the army offensive."
    (advance,) = read(text, gazetteer, crisis=own_crisis()).events("advance")
    assert (advance.places, advance.certainty) == (("tolvek",), "projected")


def test_control_of_no_place_named_is_that_of_the_place_that_the_sentence_before_is_about(gazetteer: Gazetteer) -> None:
    text = "Karsin was split in two in May. The Coast Army plans to seize full control, and the fighting goes on."
    (capture,) = read(text, gazetteer, crisis=own_crisis()).events("capture")
    assert (capture.actors, capture.places, capture.certainty) == (("coast-army",), ("karsin",), "projected")


def test_control_of_something_near_a_place_is_not_that_of_the_place(gazetteer: Gazetteer) -> None:
    text = "The Coast Army stormed a base near Karsin. It took control after an hour."
    captures = read(text, gazetteer, crisis=own_crisis()).events("capture")
    assert [capture.places for capture in captures if capture.places] == []


@pytest.mark.parametrize(
    ("text", "kind", "places", "certainty"),
    [
        ("The road to Karsin is cut. Unless it is reopened, people will starve.", "road_opened", ("karsin",),
         "conditional"),
        ("The road from Tolvek to Karsin was shelled. It was closed on Tuesday.", "road_cut", ("karsin",), "stated"),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_the_road_of_the_sentence_before(
    text: str, kind: str, places: tuple[str, ...], certainty: str, gazetteer: Gazetteer
) -> None:
    (event,) = read(text, gazetteer, crisis=own_crisis()).events(kind)
    assert (set(places) <= set(event.places), event.certainty) == (True, certainty)


def test_a_pronoun_stands_for_no_road_where_none_is_told_before(gazetteer: Gazetteer) -> None:
    text = "A clinic in Karsin was shelled. It was reopened on Tuesday."
    assert read(text, gazetteer, crisis=own_crisis()).events("road_opened") == []


def test_places_behind_adjectives_of_direction_are_one_list(gazetteer: Gazetteer) -> None:
    text = "The Coast Army bombed the Ridge Front in eastern Karsin and northern Tolvek."
    (event,) = read(text, gazetteer, crisis=own_crisis()).events("bombing")
    assert event.places == ("karsin", "tolvek")


def test_sentences_that_were_joined_are_two(gazetteer: Gazetteer) -> None:
    told = read("The army captured Azaz on Monday.Rebels withdrew from Idlib.", gazetteer)
    assert [(e.type, told.names(e.actors)) for e in told.reading.events] == [
        ("capture", ["Syrian army"]),
        ("retreat", ["rebels"]),
    ]


def test_an_it_that_is_accused_is_who_was_told_of_before_the_accuser(gazetteer: Gazetteer) -> None:
    told = read("Damascus denied the attack, while Ankara accused it of killing 30 civilians in Idlib.", gazetteer)
    (accusation,) = (e for e in told.reading.events if e.type == "accusation")
    (killing,) = (e for e in told.reading.events if e.type == "attack_on_civilians")
    assert told.names(accusation.targets) == told.names(killing.actors) == ["Syrian government"]


def test_towns_that_are_taken_beside_a_base_are_captures_each(gazetteer: Gazetteer) -> None:
    told = read("The army seized the Abcde air base and the villages of Azaz and Afrin.", gazetteer)
    assert [told.names(e.places) for e in told.reading.events if e.type == "capture"] == [["Azaz"], ["Afrin"]]


def test_an_air_force_is_who_bombs(gazetteer: Gazetteer) -> None:
    told = read("The regime's air force bombed Idlib.", gazetteer)
    assert [told.names(e.actors) for e in told.reading.events] == [["Syrian government"]]


def test_a_region_of_the_world_is_no_crossing(gazetteer: Gazetteer) -> None:
    told = read("Turkey threatened to open the border and to send refugees to Europe.", gazetteer)
    (opening,) = (e for e in told.reading.events if e.type == "crossing_opened")
    assert (opening.certainty, opening.places) == ("projected", ())


def test_what_was_recaptured_is_what_was_taken_before(gazetteer: Gazetteer) -> None:
    told = read("Rebels took Azaz, 90 km north of Homs, hours after the army recaptured it.", gazetteer)
    assert [told.names(e.places) for e in told.events("capture")] == [["Azaz"], ["Azaz"]]


def test_a_report_that_is_denied_is_denied(gazetteer: Gazetteer) -> None:
    told = read("The local council denied reports that Azaz had fallen to rebels.", gazetteer)
    assert [e.certainty for e in told.events("capture")] == ["denied"]


def test_government_warplanes_are_the_states(gazetteer: Gazetteer) -> None:
    told = read("Government warplanes struck Azaz.", gazetteer)
    assert [told.names(e.actors) for e in told.events("air_strike")] == [["Syrian army"]]


def test_who_agrees_to_a_ceasefire_is_a_side_of_it(gazetteer: Gazetteer) -> None:
    told = read("Russia and the United States have agreed to a ceasefire.", gazetteer)
    assert [told.names(e.actors) for e in told.events("ceasefire")] == [["Russian government", "American government"]]


def test_a_capital_that_is_called_on_is_its_government(gazetteer: Gazetteer) -> None:
    told = read("Ankara called on Moscow to stop the bombing of civilians.", gazetteer)
    assert [told.names(e.targets) for e in told.events("appeal")] == [["Russian government"]]


def test_who_opens_an_if_clause_is_not_the_target_of_the_main_clause(gazetteer: Gazetteer) -> None:
    told = read("If the army cuts the road, Azaz will be besieged.", gazetteer)
    assert [(e.targets, e.certainty) for e in told.events("siege")] == [((), "conditional")]


def test_wounded_people_are_a_figure_and_no_event(gazetteer: Gazetteer) -> None:
    assert read("The hospital admitted 13 wounded people.", gazetteer).reading.events == ()


def test_text_wrapped_at_a_width_reads_as_one_line(gazetteer: Gazetteer) -> None:
    line = (
        "Some 3,000 people fled Aleppo after the weekend and reached Kilis on Monday, said the governor. "
        "The army captured Azaz on Tuesday, after three days of clashes with rebels, and cut the road to Aleppo."
    )
    whole, wrapped = (read(text, gazetteer).reading for text in (line, textwrap.fill(line, 60)))
    for event, again in zip(whole.events, wrapped.events, strict=True):
        assert (event.type, event.actors, event.places) == (again.type, again.actors, again.places)
    for figure, again_told in zip(whole.figures, wrapped.figures, strict=True):
        assert (figure.value, figure.origin, figure.certainty) == (
            again_told.value, again_told.origin, again_told.certainty,
        )  # fmt: skip


def test_lines_of_a_list_are_not_joined(gazetteer: Gazetteer) -> None:
    told = read("Azaz 3,000 displaced\nAfrin 500 displaced\nIdlib 900 displaced", gazetteer)
    assert len({f.start for f in told.reading.figures}) == len(told.reading.figures)


def test_tell_in_the_name_of_a_town_is_no_verb(gazetteer: Gazetteer) -> None:
    told = read("Clashes near Tell Rifaat killed 12 people.", gazetteer)
    assert told.reading.attributions == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Rebels captured a hill overlooking Azaz.",
        "The army captured Azaz's grain silos.",
        "Rebels captured the northern countryside of Azaz.",
        "Azaz's bakery was captured by the army.",
        "A village 3 km east of Azaz was captured by rebels.",
        "The outskirts of Azaz were captured by rebels.",
    ],
)
def test_what_lies_beside_a_town_or_in_it_is_not_the_town(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert all(AZAZ not in event.places for event in told.reading.events)
    assert not told.ties("controls") & {("rebels", AZAZ), ("syrian-army", AZAZ)}


def test_who_acts_is_told_behind_a_day_without_a_comma(gazetteer: Gazetteer) -> None:
    told = read("On Tuesday the army retook Azaz.", gazetteer)
    assert [told.names(e.actors) for e in told.events("capture")] == [["Syrian army"]]


def test_who_is_backed_acts_and_who_speaks_or_is_told_suffers_nothing(gazetteer: Gazetteer) -> None:
    told = read("Rebels backed by Turkey entered Azaz. A resident told Reuters 25 people were killed.", gazetteer)
    (advance,) = told.events("advance")
    (killing,) = told.events("attack_on_civilians")
    assert (told.names(advance.actors), killing.targets) == (["rebels"], ())


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Pro-government forces took the villages of Mayer and Kafin.", ["Mayer", "Kafin"]),
        ("Rebels seized several towns, including Azaz.", ["Azaz"]),
        ("Rebels took two villages near Azaz.", []),
    ],
)
def test_villages_taken_are_those_named_and_none_that_they_lie_near(
    text: str, taken: list[str], gazetteer: Gazetteer
) -> None:
    told = read(text, gazetteer)
    captures = [event for event in told.reading.events if event.type == "capture"]
    assert [name for event in captures for name in told.names(event.places)] == taken


@pytest.mark.parametrize(
    ("sentence", "kind", "actors"),
    [
        ("Azaz residents flee shelling", "shelling", []),
        ("Civilians fled air strikes on Azaz.", "air_strike", []),
        ("Residents reported shelling in Azaz.", "shelling", []),
        ("The UN condemned bombing in Azaz.", "bombing", []),
        ("Rebels resumed shelling of Azaz.", "shelling", ["rebels"]),
        ("The army's renewed shelling of Azaz killed ten people.", "shelling", ["Syrian army"]),
        ("Turkey intensified air strikes on Azaz.", "air_strike", ["Turkish government"]),
    ],
)
def test_who_flees_condemns_or_reports_violence_does_not_do_it(
    sentence: str, kind: str, actors: list[str], gazetteer: Gazetteer
) -> None:
    told = read(sentence, gazetteer)
    (event,) = told.events(kind)
    assert told.names(event.actors) == actors


@pytest.mark.parametrize(
    ("sentence", "kind", "certainty"),
    [
        ("No aid convoy has reached Azaz since January.", "aid_delivery", "denied"),
        ("The convoy was not allowed to enter Azaz.", "aid_delivery", "denied"),
        ("The rebels deny that the army captured Azaz.", "capture", "denied"),
        ("No one denies that the army captured Azaz.", "capture", "claimed"),
        ("The rebels did not deny that the army captured Azaz.", "capture", "stated"),
        ("Neither the hospital nor the market in Azaz was looted.", "attack_on_aid", "denied"),
        ("None of the families fled Azaz.", "flight", "denied"),
        ("No fewer than 300 families fled Azaz.", "flight", "stated"),
        ("Fighting might spread to Azaz.", "clash", "projected"),
        ("Air strikes on Azaz could resume.", "air_strike", "projected"),
        ("Turkey ordered people to evacuate from Azaz.", "evacuation", "demanded"),
        ("The patients could not be evacuated from Azaz.", "evacuation", "denied"),
        ("The patients may not be evacuated from Azaz.", "evacuation", "projected"),
        ("Unconfirmed: Azaz captured by rebels.", "capture", "claimed"),
    ],
)
def test_what_is_denied_feared_ordered_or_unconfirmed_is_not_stated(
    sentence: str, kind: str, certainty: str, gazetteer: Gazetteer
) -> None:
    (event,) = read(sentence, gazetteer).events(kind)
    assert event.certainty == certainty


@pytest.mark.parametrize(
    "sentence",
    [
        "Arrivals in Azaz fell to 300 a day from 1,000.",
        "Arrivals in Azaz fell to the lowest level since May.",
        "Aid to Azaz fell on Sunday.",
    ],
)
def test_what_falls_in_a_town_is_not_the_town(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).events("capture") == []


def test_a_noun_behind_a_demand_is_not_the_doing_of_who_demands(gazetteer: Gazetteer) -> None:
    told = read("UNHCR demands an immediate halt to attacks on civilians in Azaz.", gazetteer)
    (event,) = told.events("attack_on_civilians")
    assert (event.actors, event.certainty) == ((), "demanded")


def test_no_event_goes_across_cells(gazetteer: Gazetteer) -> None:
    assert read("680 wounded | 60,500 refugees in Turkey", gazetteer).reading.events == ()


@pytest.mark.parametrize(("label", "places"), [("Sakeville", ()), ("Jarablus", ("Jarablus",))])
def test_the_town_of_a_labelled_line_is_that_of_its_label(
    label: str, places: tuple[str, ...], gazetteer: Gazetteer
) -> None:
    told = read(f"* Azaz: rebels entered the town.\n* {label}: the town fell to the army on 23 January.", gazetteer)
    (capture,) = told.events("capture")
    assert tuple(told.names(capture.places)) == places
