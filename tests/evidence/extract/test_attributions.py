"""Contract: every speech is found with its speaker's words, its cue and exactly the words that are said."""

from __future__ import annotations

import pytest

from tests.evidence.extract.reading_aids import article, document_of, party
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
        ("The mayor said the well was dry.", "The mayor", "the well was dry"),
        ("The mayor said on Monday that the well was dry.", "The mayor", "the well was dry"),
        ("The well was dry, the mayor said on Monday.", "the mayor", "The well was dry"),
        ("The well was dry, said the mayor of Zeta.", "the mayor of Zeta", "The well was dry"),
        ("The well was dry, according to a farmer in Zeta.", "a farmer in Zeta", "The well was dry"),
        ("According to the mayor, the well was dry.", "the mayor", "the well was dry"),
        ("Abc Orlo, head of the clinic, told reporters in Zeta that beds ran out.", "Abc Orlo", "beds ran out"),
        ("The mayor was quoted on Monday as saying the well was dry.", "The mayor", "the well was dry"),
        ("The well was dry, the mayor, the farmers and a nurse said.", "the mayor, the farmers and a nurse",
         "The well was dry"),
        ("The well was dry, the U.N. said.", "the U.N.", "The well was dry"),
        ("They dug wells that farmers say now feed the valley.", "farmers", "now feed the valley"),
        ("They began what farmers call a slow theft that nobody stops.", "farmers", "a slow theft"),
    ],
)  # fmt: skip
def test_indirect_speech_has_its_speaker_and_leaves_the_speaker_out_of_what_is_said(
    text: str, speaker: str, content: str
) -> None:
    (speech,) = speeches(text)
    assert (speech.speaker_text, said(text, speech), speech.kind) == (speaker, [content], "indirect")


def test_a_quotation_goes_on_over_sentences_by_the_same_speaker() -> None:
    text = '"We have no water. We have no bread," said Abc Orlo from the clinic. "Nobody came to help us."'
    (speech,) = speeches(text)
    assert speech.kind == "direct"
    assert said(text, speech) == ["We have no water. We have no bread", "Nobody came to help us."]


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = '"We have no water at all in Zeta," Abc Orlo said.\n"Nobody has come to help us here."\nThe end came.'
    (speech,) = speeches(text)
    assert said(text, speech)[-1] == "Nobody has come to help us here."


def test_indirect_speech_with_quoted_words_is_mixed() -> None:
    (speech,) = speeches('The mayor said the well was "as dry as a bone" by May.')
    assert speech.kind == "mixed"


def test_quoted_words_that_nobody_speaks_are_no_speech() -> None:
    assert speeches('They called it the "long night" and went home.') == []


def test_a_pronoun_speaks_for_the_last_person_who_spoke() -> None:
    text = "The well was dry, Abc Orlo said. She added that the river was low."
    speaker = party(text, "Abc Orlo", "person")
    assert [speech.speakers for speech in speeches(text, speaker)] == [("abc-orlo",), ("abc-orlo",)]


def test_it_speaks_for_the_first_party_of_its_sentence() -> None:
    text = "Zetaland sent boats that it says carry grain, but which Orlonia says carry guns."
    records = (party(text, "Zetaland", "government"), party(text, "Orlonia", "government"))
    first, second = speeches(text, *records)
    assert (first.speakers, said(text, first)) == (("zetaland",), ["carry grain"])
    assert (second.speakers, said(text, second)) == (("orlonia",), ["carry guns"])


def test_several_parties_may_speak_together() -> None:
    text = "The well was dry, the farmers and the Guard said."
    (speech,) = speeches(text, party(text, "farmers", "civilians"), party(text, "Guard"))
    assert speech.speakers == ("farmers", "guard")


def test_a_person_speaks_and_not_the_country_in_the_title() -> None:
    text = "The well was dry, Zetan President Abc Orlo said."
    (speech,) = speeches(text, party(text, "Zetan", "government"), party(text, "Abc Orlo", "person"))
    assert speech.speakers == ("abc-orlo",)


def test_who_is_cited_speaks_and_who_cites_relays() -> None:
    text = "The Daily, citing the mayor, said the well was dry."
    (speech,) = speeches(text, party(text, "Daily", "media"), party(text, "mayor", "person"))
    assert (speech.speakers, speech.relayed_by) == (("mayor",), "daily")


def test_a_coordinated_clause_that_breaks_the_sequence_of_tenses_is_the_writers() -> None:
    text = "The mayor said the well was dry, and the Guard has kept the gate shut."
    (speech,) = speeches(text)
    assert said(text, speech) == ["the well was dry"]


def test_two_verbs_of_one_speaker_are_two_speeches() -> None:
    text = "The mayor said the well was dry and also urged the Guard to open the gate."
    first, second = speeches(text)
    assert said(text, first) == ["the well was dry"]
    assert (second.speaker_text, said(text, second)) == ("The mayor", ["the Guard to open the gate"])


@pytest.mark.parametrize(
    "text",
    [
        "The report of the year was long.",
        "It was said to be dry.",
        "The mayor did not say why.",
        "Additional reporting by Abc Orlo in Zeta.",
        "The claims of the farmers were heard.",
        "They see the hills as far as Orlo.",
    ],
)
def test_nouns_negations_and_passives_without_speaker_are_no_speech(text: str) -> None:
    assert speeches(text) == []


def test_speeches_come_in_the_order_of_their_words() -> None:
    starts = [speech.content[0] for speech in speeches(article())]
    assert starts == sorted(starts)


def test_in_the_article_the_minister_speaks_of_the_camps_and_of_the_worst_case() -> None:
    text = article()
    minister = party(text, "Numan Kurtulmus", "person")
    spoken = [words for speech in speeches(text, minister) if speech.speakers == ("numan-kurtulmus",)
              for words in said(text, speech)]  # fmt: skip
    assert any("77,000" in words for words in spoken)
    assert any("600,000" in words for words in spoken)


def test_who_puts_a_number_on_something_says_so_and_another_may_without_the_verb() -> None:
    text = "The mayor put the dead at 40, the army at 60."
    first, second = speeches(text)
    assert (first.speaker_text, said(text, first)) == ("The mayor", ["the dead at 40"])
    assert (second.speaker_text, said(text, second)) == ("the army", ["60"])


@pytest.mark.parametrize("text", ["The army put its tents at 20 gates.", "Rescuers put out the fire at 4 a.m."])
def test_putting_things_somewhere_is_no_speech(text: str) -> None:
    assert speeches(text) == []


def test_a_noun_in_a_name_is_no_verb_of_speech() -> None:
    text = "Envoys called for new talks with two groups, Coastal State and the Ridge Front, accusing both of theft."
    demand, charge = speeches(text)
    assert said(text, demand) == ["new talks with two groups, Coastal State and the Ridge Front"]
    assert said(text, charge) == ["both of theft"]


def test_who_is_told_something_is_not_the_speaker(gazetteer: Gazetteer) -> None:
    told = read('"The market is closed," Xaver, 29, told AFP from a tent.', gazetteer)
    (said,) = told.reading.attributions
    assert "afp" not in said.speakers
    assert said.kind == "direct"
