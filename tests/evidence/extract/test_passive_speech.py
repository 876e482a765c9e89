"""Contract: who says and who passes on is told apart in passives, in quotations at second hand and in asides."""

from __future__ import annotations

import pytest

from tests.evidence.extract.reading_aids import document_of, party
from tests.evidence.extract.readings import read
from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.reading import Attribution, PartyRecord
from tidings.geography.gazetteer import Gazetteer


def speeches(text: str, *parties: PartyRecord) -> list[Attribution]:
    return list(find_attributions(document_of(text), parties))


def said(text: str, speech: Attribution) -> list[str]:
    return [text[start:end] for start, end in speech.content]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("It was announced by the Guard that the well was dry.", "the Guard", ["the well was dry"]),
        ("It was announced on Monday by the Guard that the well was dry.", "the Guard", ["the well was dry"]),
        ("It has been confirmed by the Guard that the well was dry.", "the Guard", ["the well was dry"]),
        ("The farmers were said by the Guard to have fled.", "the Guard", ["The farmers", "to have fled"]),
        ("The capture of Zeta was announced by the Guard on Monday.", "the Guard", ["The capture of Zeta"]),
        ("The Guard was accused by farmers of shelling Zeta.", "farmers", ["shelling Zeta"]),
        ("The Guard was blamed on Monday by farmers for bombing Zeta.", "farmers", ["bombing Zeta"]),
        ("The Guard has been accused by the Office of Farmers of shelling Zeta.", "the Office of Farmers",
         ["shelling Zeta"]),
    ],
)  # fmt: skip
def test_the_agent_of_a_passive_verb_of_speech_is_the_speaker(text: str, speaker: str, content: list[str]) -> None:
    (speech,) = speeches(text)
    assert (speech.speaker_text, said(text, speech)) == (speaker, content)


@pytest.mark.parametrize(
    "text",
    [
        "The Daily quoted the mayor as saying that the well was dry.",
        "The Daily quoted the mayor on Monday as saying that the well was dry.",
        "The mayor was quoted by the Daily as saying that the well was dry.",
        "The mayor was quoted as saying by the Daily that the well was dry.",
        '"The well was dry," the mayor was quoted as saying by the Daily.',
        "The mayor, quoted by the Daily, said the well was dry.",
        "According to the mayor, as quoted by the Daily, the well was dry.",
    ],
)
def test_who_is_quoted_speaks_and_who_quotes_relays(text: str) -> None:
    (speech,) = speeches(text, party(text, "Daily", "media"), party(text, "mayor", "person"))
    assert (speech.speakers, speech.relayed_by) == (("mayor",), "daily")
    assert (speech.speaker_text or "").lower() == "the mayor"
    assert [words.lower() for words in said(text, speech)] == ["the well was dry"]


def test_a_verb_that_opens_a_sentence_may_be_followed_by_its_speaker() -> None:
    text = 'Said one farmer in Zeta: "We are running out of bread."'
    (speech,) = speeches(text)
    assert (speech.speaker_text, said(text, speech)) == ("one farmer in Zeta", ["We are running out of bread."])


def test_a_verb_that_opens_a_sentence_without_a_quotation_tells_no_speech() -> None:
    assert speeches("Said Orlo left the town of Zeta.") == []


def test_two_speakers_joined_by_a_semicolon_say_each_their_own() -> None:
    text = "Farmers say they hold Zeta; the Guard says it took the town."
    assert [said(text, speech) for speech in speeches(text)] == [["they hold Zeta"], ["it took the town"]]


def test_a_speaker_goes_on_behind_a_semicolon_while_nobody_else_speaks() -> None:
    text = "Farmers said the well was dry; the river was low."
    (speech,) = speeches(text)
    assert said(text, speech) == ["the well was dry; the river was low"]


def test_a_time_before_the_verb_is_no_part_of_the_speaker(gazetteer: Gazetteer) -> None:
    told = read("The Zetan Red Crescent on Tuesday put the toll at 45 dead.", gazetteer)
    reading = told.reading
    assert [(a.speaker_text) for a in reading.attributions] == ["The Zetan Red Crescent"]
    assert [party.name for party in reading.parties] == ["Zetan Red Crescent"]


def test_who_is_accused_acts_in_what_others_accuse_them_of(gazetteer: Gazetteer) -> None:
    told = read("The army was accused by activists of shelling Azaz.", gazetteer)
    reading = told.reading
    (shelling,) = [event for event in reading.events if event.type == "shelling"]
    names = {party.id: party.name for party in reading.parties}
    (speech,) = reading.attributions
    assert (shelling.certainty, shelling.attribution) == ("claimed", speech.id)
    assert ["army" in names[actor] for actor in shelling.actors] == [True]
    assert [names[speaker] for speaker in speech.speakers] == ["activists"]


def test_who_reports_in_an_aside_acts_in_nothing(gazetteer: Gazetteer) -> None:
    told = read("The army, state news agency SANA reported, captured Azaz on Monday.", gazetteer)
    reading = told.reading
    (capture,) = [event for event in reading.events if event.type == "capture"]
    names = {party.id: party.name for party in reading.parties}
    assert ["army" in names[actor] for actor in capture.actors] == [True]
    assert [names[speaker] for speaker in reading.attributions[0].speakers] == ["SANA"]


def test_who_believes_it_does_not_do_it(gazetteer: Gazetteer) -> None:
    told = read("US officials believe Russia has killed 1,000 civilians in Azaz.", gazetteer)
    reading = told.reading
    (attack,) = [event for event in reading.events if event.type == "attack_on_civilians"]
    names = {party.id: party.name for party in reading.parties}
    assert ["Russia" in names[actor] for actor in attack.actors] == [True]


def test_who_is_told_is_no_party_to_what_is_told(gazetteer: Gazetteer) -> None:
    told = read("The UN envoy told the Security Council that talks had been suspended.", gazetteer)
    reading = told.reading
    assert [event.actors for event in reading.events if event.type in ("talks", "talks_collapsed")] in ([()], [(), ()])


def test_a_medium_relays_what_it_reports_that_others_say() -> None:
    for text in (
        "The well was dry, according to the mayor, the Daily reported.",
        "The Daily reported that the mayor said the well was dry.",
    ):
        inner = next(a for a in speeches(text, party(text, "Daily", "media"), party(text, "mayor", "person"))
                     if a.speakers == ("mayor",))  # fmt: skip
        assert inner.relayed_by == "daily"


def test_two_speakers_who_give_a_town_to_two_parties_disagree(gazetteer: Gazetteer) -> None:
    told = read("Rebels say they hold Azaz; the army says it controls the town.", gazetteer)
    (found,) = told.reading.disagreements
    assert (found.topic, len(found.positions)) == ("who holds it", 2)


def test_a_later_capture_is_no_disagreement(gazetteer: Gazetteer) -> None:
    told = read("The army said it captured Azaz on Monday. Rebels said they captured Azaz on Wednesday.", gazetteer)
    assert told.reading.disagreements == ()


def test_a_name_with_without_in_it_denies_nothing(gazetteer: Gazetteer) -> None:
    told = read("Doctors Without Borders said seven people were killed in Azaz.", gazetteer)
    assert [figure.certainty for figure in told.reading.figures] == ["claimed"]


def test_figures_say_what_they_show(gazetteer: Gazetteer) -> None:
    told = read("OCHA's figures show that 31,000 people have fled Aleppo.", gazetteer)
    (figure,) = told.reading.figures
    (speech,) = told.reading.attributions
    assert (figure.certainty, figure.attribution, told.names(speech.speakers)) == ("claimed", speech.id, ["OCHA"])


def test_a_show_of_arms_says_nothing() -> None:
    assert speeches("The mayor wanted to show farmers the gate.") == []


def test_unconfirmed_reports_are_nobodys_words(gazetteer: Gazetteer) -> None:
    told = read("There were unconfirmed reports that the army had captured Azaz.", gazetteer)
    assert told.reading.attributions == ()
    assert [event.certainty for event in told.reading.events] == ["claimed"]


def test_a_participle_behind_a_comma_is_the_same_speakers() -> None:
    text = "As many as 70 farmers could flee to Zeta, the mayor said in Orlo, adding that 10 had come."
    assert [speech.speaker_text for speech in speeches(text)] == ["the mayor", "the mayor"]


def test_a_capital_speaks_for_its_government_around_an_aside(gazetteer: Gazetteer) -> None:
    told = read("Ankara, for its part, says the crossing remains open for aid.", gazetteer)
    assert told.names(told.reading.attributions[0].speakers) == ["Turkish government"]


def test_its_strikes_are_those_of_the_only_party_named_before(gazetteer: Gazetteer) -> None:
    told = read("Russia says that its air strikes hit no homes.", gazetteer)
    assert told.names(told.reading.events[0].actors) == ["Russian government"]
    told = read("Russia told Turkey that its air strikes hit no homes.", gazetteer)
    assert told.reading.events[0].actors == ()


def test_a_speaker_may_have_a_relative_clause() -> None:
    text = "The well was dry, a farmer who asked not to be named told the Daily."
    (speech,) = speeches(text, party(text, "Daily", "media"))
    assert (speech.speaker_text, said(text, speech)) == ("a farmer", ["The well was dry"])


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Russia's defence ministry said its troops had left Azaz.", "Russian government"),
        ("Turkey's Foreign Ministry said the crossing was open.", "Turkish government"),
        ("Turkey's prime minister said the crossing was open.", "Turkish government"),
        ("Turkey's Prime Minister Ahmet Davutoglu said the crossing was open.", "Ahmet Davutoglu"),
    ],
)
def test_a_countrys_ministry_speaks_for_its_government(text: str, speaker: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert [told.names(said.speakers) for said in told.reading.attributions] == [[speaker]]
    assert "Foreign Ministry" not in [party.name for party in told.reading.parties]


@pytest.mark.parametrize("text", ["The Guard said, quoted by the Daily.", "The mayor said, quoted by the Daily."])
def test_a_quotation_that_quotes_nothing_is_no_speech(text: str) -> None:
    assert speeches(text) == []


def test_what_is_told_of_an_agent_between_commas_does_not_hide_what_it_says() -> None:
    text = "It was said by the Guard, a group from Zeta, that the well was dry."
    (speech,) = speeches(text)
    assert said(text, speech) == ["the well was dry"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Relief Fund (RF) said the well was dry.", "The Relief Fund"),
        ("The well was dry, the Relief Fund (RF) said.", "the Relief Fund"),
        ("The Relief Fund (RF) on Monday said the well was dry.", "The Relief Fund"),
        ("The well was dry, according to WHO.", "WHO"),
        ("WHO said the well was dry.", "WHO"),
        ("The well was dry, per the Relief Fund.", "the Relief Fund"),
        ("The Relief Fund documented the deaths of 12 people.", "The Relief Fund"),
    ],
)
def test_brackets_and_capitals_do_not_hide_who_speaks(text: str, speaker: str) -> None:
    (speech,) = speeches(text)
    assert speech.speaker_text == speaker


@pytest.mark.parametrize(
    "text", ["Deaths documented in Zeta rose.", "Twelve people a day came, 4 per tent.", "People WHO left came back."]
)
def test_what_is_documented_somewhere_or_told_per_day_says_nothing(text: str) -> None:
    assert speeches(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The Guard retook Zeta yesterday, says a resident.", "The Guard retook Zeta yesterday"),
        ("The Guard took Zeta, says the mayor; we could not confirm this.", "The Guard took Zeta"),
    ],
)
def test_who_speaks_behind_a_verb_of_the_present_is_found(text: str, content: str) -> None:
    (speech,) = speeches(text)
    assert said(text, speech) == [content]


def test_what_a_toll_is_up_from_says_nothing() -> None:
    assert speeches("The toll rose to 40, up from 25 dead reported on Friday.") == []
