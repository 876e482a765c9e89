"""Contract: one question that two speakers answer differently is one disagreement with both positions."""

from __future__ import annotations

from tests.evidence.extract.reading_aids import article, document_of, party
from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.extract.disagreements import find_disagreements
from tidings.evidence.extract.figures import find_figures
from tidings.evidence.reading import Event, ReadingDisagreement


def found_in(text: str, *events: Event) -> list[ReadingDisagreement]:
    document = document_of(text)
    attributions = find_attributions(document, ())
    figures = find_figures(document, (), (), attributions, None)
    return list(find_disagreements(document, attributions, figures, events, ()))


def test_two_relative_clauses_set_against_each_other_are_two_positions() -> None:
    (found,) = found_in("The fleet fired rockets that it says hit depots, but which farmers say hit barns.")
    assert found.topic == "rockets"
    assert [position.says for position in found.positions] == ["hit depots", "hit barns"]


def test_two_figures_for_one_question_by_two_speakers_disagree() -> None:
    text = "The raid killed 12 people, the mayor said. Activists said at least 60 people were killed."
    (found,) = found_in(text)
    assert [(position.says, position.attributions) for position in found.positions] == [
        ("12", ("a1",)),
        ("60", ("a2",)),
    ]


def test_figures_that_one_number_fits_do_not_disagree() -> None:
    assert found_in("More than 50 people were killed, the mayor said. Activists said 60 people were killed.") == []


def test_one_speaker_alone_does_not_disagree() -> None:
    assert found_in("The mayor said 12 people were killed and that 60 soldiers were killed.") == []


def test_a_claim_and_its_denial_disagree() -> None:
    text = "Farmers said the fleet shelled Zeta. The fleet denied that it had shelled Zeta."
    first, second = text.index("shelled"), text.rindex("shelled")
    told = Event(id="e1", type="shelling", start=first, end=first + 7, text="shelled", places=("zeta",),
                 certainty="claimed", attribution="a1")  # fmt: skip
    denied = Event(id="e2", type="shelling", start=second, end=second + 7, text="shelled", places=("zeta",),
                   certainty="denied", attribution="a2")  # fmt: skip
    (found,) = found_in(text, told, denied)
    assert found.topic == "shelling"
    assert [position.attributions for position in found.positions] == [("a1",), ("a2",)]


def test_in_the_article_the_sides_disagree_on_what_the_air_strikes_aim_at() -> None:
    text = article()
    document = document_of(text)
    attributions = find_attributions(document, (party(text, "Russia", "government"),))
    (found,) = find_disagreements(document, attributions, (), (), ())
    assert found.topic == "air strikes"
    assert len(found.positions) == 2


def test_numbers_that_two_speakers_put_on_the_dead_disagree() -> None:
    (found,) = found_in("The mayor put the dead at 40, the army at 60.")
    assert [(position.says, position.attributions) for position in found.positions] == [
        ("40", ("a1",)),
        ("60", ("a2",)),
    ]


def test_two_sentences_by_two_speakers_on_one_question_disagree() -> None:
    (found,) = found_in("Zetaland says that its boats guard the bay. Orlonia says that they guard mainly the oil.")
    assert [position.says for position in found.positions] == ["its boats guard the bay", "they guard mainly the oil"]


def test_a_claim_and_a_denial_over_two_sentences_disagree_once() -> None:
    (found,) = found_in("The Guard said that its men had taken the ridge. The mayor denied that a farm had been lost.")
    assert found.positions[1].says == "denied: a farm had been lost"
