"""Contract: a denial that is added to a clause is of who denies; the clause stays as told or claimed by its speaker."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


def captures(found: Read) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """Return actors, certainty and speakers of each capture."""
    speakers = {said.id: said.speakers for said in found.reading.attributions}
    told = found.events("capture")
    assert all(event.places == (AZAZ,) for event in told)
    return [(event.actors, event.certainty, speakers.get(event.attribution or "", ())) for event in told]


@pytest.mark.parametrize(
    "added",
    ["which the YPG denied", "which the YPG has denied", "a claim the YPG denied", "a claim that the YPG denies",
     "a claim denied by the YPG", "a claim rejected by the YPG", "claims which were dismissed by the YPG",
     "an assertion later disputed by the YPG", "which was denied by the YPG", "which the YPG denied on Monday"],
)  # fmt: skip
def test_a_clause_stays_as_told_and_is_denied_by_who_denies_it(added: str, gazetteer: Gazetteer) -> None:
    assert captures(read(f"The army captured Azaz, {added}.", gazetteer)) == [
        (("syrian-army",), "stated", ()),
        (("syrian-army",), "denied", ("ypg",)),
    ]


@pytest.mark.parametrize("added", ["which the YPG denied", "a claim the YPG denied", "a claim rejected by the YPG"])
def test_a_claim_stays_its_speakers_and_is_denied_by_who_denies_it(added: str, gazetteer: Gazetteer) -> None:
    assert captures(read(f"The army said it had captured Azaz, {added}.", gazetteer)) == [
        (("syrian-army",), "claimed", ("syrian-army",)),
        (("syrian-army",), "denied", ("ypg",)),
    ]


@pytest.mark.parametrize(
    "added",
    ["which the YPG had denied wanting", "a claim nobody denied", "a claim the YPG did not deny",
     "which the YPG denied access to", "as the YPG denied any losses"],
)  # fmt: skip
def test_what_denies_something_else_or_nothing_denies_no_clause(added: str, gazetteer: Gazetteer) -> None:
    told = captures(read(f"The army captured Azaz, {added}.", gazetteer))
    assert ("syrian-army",) in [actors for actors, certainty, _ in told if certainty == "stated"]
    assert not [certainty for _, certainty, _ in told if certainty == "denied"]


def test_a_denial_of_another_clause_does_not_reach_back_to_the_sentence_before(gazetteer: Gazetteer) -> None:
    text = "The army captured Azaz. It also killed nine people, a claim the YPG denied."
    assert captures(read(text, gazetteer)) == [(("syrian-army",), "stated", ())]
