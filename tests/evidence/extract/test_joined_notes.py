"""Contract: notes of what was done to a town are read one by one where the ends of their lines were lost."""

import pytest

from tests.evidence.making import report_of
from tidings.evidence.extract.headings import is_reference
from tidings.evidence.extract.words import Document

JOINED = {
    "a name and a note": ("See Battle of QuintCaptured by rebels.", ["See Battle of Quint", "Captured by rebels."]),
    "a reference and a note": ("See Battle of Quint Taken by rebels.", ["See Battle of Quint ", "Taken by rebels."]),
    "a year and a note": ("Captured by X in 2031Recaptured by Y.", ["Captured by X in 2031", "Recaptured by Y."]),
    "a year, a blank and a note": (
        "Captured by X 3 May 2031 Retaken by Y.",
        ["Captured by X 3 May 2031 ", "Retaken by Y."],
    ),
    "brackets and a part": ("Attack (2031)Partially captured by X.", ["Attack (2031)", "Partially captured by X."]),
    "a word and a reference": (
        "No changes of statusSee also Siege of Varn.",
        ["No changes of status", "See also Siege of Varn."],
    ),
    "a name and another note": ("See Siege of QuintAwarded a medal.", ["See Siege of Quint", "Awarded a medal."]),
}
WHOLE = (
    "Quint Captured by Rebels",
    "The McDonald farm was taken by rebels.",
    "The office of RebelsSee was closed.",
    "The MacTaken brothers left DeHeld.",
    "In 2031 Rebels were ousted by the army.",
)


@pytest.mark.parametrize(("text", "parts"), JOINED.values(), ids=JOINED)
def test_a_note_that_was_joined_to_what_stood_before_it_is_a_sentence(text, parts):
    assert [text[each.start : each.end] for each in Document(report_of(text)).sentences] == parts


@pytest.mark.parametrize("text", WHOLE)
def test_a_headline_and_a_name_with_a_capital_inside_are_not_cut(text):
    assert len(Document(report_of(text)).sentences) == 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("See Battle of Quint (2031)", True), ("See also Siege of Varn.", True), ("See how they fled.", False)],
)
def test_a_sentence_that_sends_the_reader_elsewhere_is_a_reference(text, is_one):
    assert is_reference(Document(report_of(text)).words[0]) is is_one
