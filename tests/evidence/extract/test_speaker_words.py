"""Contract: who speaks for an office or an organisation keeps the name; a private person is told by role and place."""

from __future__ import annotations

import pytest

from tests.evidence.extract.reading_aids import document_of, party
from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.extract.speaker_words import NO_OFFICE
from tidings.evidence.reading import PartyRecord


def speakers(text: str, *parties: PartyRecord) -> list[str | None]:
    return [speech.speaker_text for speech in find_attributions(document_of(text), parties)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The mill is shut, said Abc Defg, a baker from Peska.", "a baker from Peska"),
        ("The mill is shut, said Abc Defg, 34, a baker from Peska.", "a baker from Peska"),
        ("Abc Defg, a baker from Peska, said the mill was shut.", "a baker from Peska"),
        ("Abc, a mother of three, said the mill was shut.", "a mother of three"),
        ("Local resident Abc Defg said the mill was shut.", "Local resident"),
        ("The mill is shut, according to Abc Defg, a witness.", "a witness"),
        ("The mill is shut, said Abc Defg from Peska.", "a person from Peska"),
        ("Abc Defg, who lost a shop, said the mill was shut.", NO_OFFICE),
        ("Abc Defg said the mill was shut.", NO_OFFICE),
        ('"The mill is shut," Abc said.', NO_OFFICE),
        ("Abc told reporters the mill was shut.", NO_OFFICE),
        ("Zainab said the mill was shut.", NO_OFFICE),
        ("A miller identified only as Zainab said the mill was shut.", "A miller"),
        ("The mill is shut, Abc Defg and Hij Klmn said.", f"{NO_OFFICE} and {NO_OFFICE}"),
    ],
)
def test_a_private_person_is_never_told_by_name(text: str, told: str) -> None:
    assert speakers(text) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The mill is shut, said Abc Defg, head of the clinic.", "Abc Defg"),
        ("Abc Defg, the mayor of Peska, said the mill was shut.", "Abc Defg"),
        ("President Abc Defg said the mill was shut.", "President Abc Defg"),
        ("The mill is shut, said Abc Defg of the River Board.", "Abc Defg of the River Board"),
        ("The Peska Media Centre said the mill was shut.", "The Peska Media Centre"),
        ("Residents said the mill was shut.", "Residents"),
        ("Zetaland said the mill was shut.", "Zetaland"),
        ("The mill is shut, Unicef said.", "Unicef"),
        ("The mill is shut, according to Zetawatch.", "Zetawatch"),
        ("People who fled Tell Peska said the mill was shut.", "People who fled Tell Peska"),
        ("A resident of Peska said the mill was shut.", "A resident of Peska"),
    ],
)
def test_offices_organisations_and_roles_are_told_as_they_stand(text: str, told: str) -> None:
    assert speakers(text) == [told]


def test_a_person_known_by_office_keeps_the_name_later() -> None:
    text = "President Abc Defg said the mill was shut. Defg said it would open."
    assert speakers(text, party(text, "Defg", "person")) == ["President Abc Defg", "Defg"]


def test_later_mentions_of_a_private_person_are_told_as_the_first() -> None:
    text = '"The mill is shut," said Abc Defg, a baker from Peska. Defg said that the river rose.'
    assert speakers(text) == ["a baker from Peska", "a baker from Peska"]


def test_a_body_that_somebody_speaks_for_is_no_place() -> None:
    text = "The mill is shut, said Abc Defg from Hill Guild."
    assert speakers(text, party(text, "Hill Guild")) == ["Abc Defg from Hill Guild"]


def test_the_words_and_their_offsets_agree_where_the_text_has_them() -> None:
    text = "The mill is shut, said Abc Defg, a baker from Peska."
    (speech,) = find_attributions(document_of(text), ())
    assert speech.speaker_span is not None
    assert text[slice(*speech.speaker_span)] == speech.speaker_text
