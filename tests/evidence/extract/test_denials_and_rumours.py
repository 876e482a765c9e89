"""Contract: what is denied, taken back or merely rumoured is no claim of who denies, retracts or relays it."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.geography.gazetteer import Gazetteer

NUSRA, AHRAR = "nusra-front", "ahrar-al-sham"


def speakers(found: Read, attribution: str | None) -> tuple[str, ...]:
    return next((said.speakers for said in found.reading.attributions if said.id == attribution), ())


@pytest.mark.parametrize(
    "text",
    [
        "Ahrar al-Sham rejected the Nusra Front's claim that it had captured Azaz.",
        "Ahrar al-Sham denied a Nusra Front claim that its fighters had captured Azaz.",
        "Ahrar al-Sham refuted claims by the Nusra Front to have taken Azaz.",
        "Ahrar al-Sham dismissed Nusra Front claims to have captured Azaz.",
        "The Nusra Front's claim to have captured Azaz was dismissed by Ahrar al-Sham.",
    ],
)
def test_a_claim_that_is_dismissed_is_its_claimants_and_denied_by_who_dismisses_it(
    text: str, gazetteer: Gazetteer
) -> None:
    found = read(text, gazetteer)
    (event,) = found.events("capture")
    assert (event.actors, event.certainty) == ((NUSRA,), "denied")
    assert speakers(found, event.attribution) == (AHRAR,)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters could not verify the Nusra Front's claim that it had captured Azaz.",
        "The UN was unable to confirm the Nusra Front's claim that it had captured Azaz.",
        "The Nusra Front's claim that it had captured Azaz could not be verified.",
    ],
)
def test_a_claim_that_somebody_cannot_verify_is_its_claimants_alone(text: str, gazetteer: Gazetteer) -> None:
    found = read(text, gazetteer)
    (event,) = found.events("capture")
    assert (event.actors, event.certainty) == ((NUSRA,), "claimed")
    assert speakers(found, event.attribution) == (NUSRA,)


def test_who_confirms_a_claim_speaks_and_who_made_it_acts(gazetteer: Gazetteer) -> None:
    found = read("Ahrar al-Sham confirmed the Nusra Front's claim that it had captured Azaz.", gazetteer)
    (event,) = found.events("capture")
    assert (event.actors, event.certainty, speakers(found, event.attribution)) == ((NUSRA,), "claimed", (AHRAR,))


def test_claims_of_a_government_are_told_by_its_name_or_its_adjective(gazetteer: Gazetteer) -> None:
    for claim in ("Turkey's claim that it had captured Azaz", "Turkish claims to have captured Azaz"):
        (event,) = read(f"Ahrar al-Sham dismissed {claim}.", gazetteer).events("capture")
        assert (event.actors, event.certainty) == (("turkey",), "denied")


@pytest.mark.parametrize(
    "text",
    [
        "False reports that Azaz had been captured by the Nusra Front spread on social media.",
        "False reports of the capture of Azaz by the Nusra Front spread on Sunday.",
        "Rumours that the Nusra Front had taken Azaz were debunked.",
        "Azaz was almost captured by the Nusra Front.",
        "Azaz has almost been captured by the Nusra Front.",
        "Correction: an earlier update stated that the Nusra Front took Azaz on 29 January.",
        "An earlier version said that Azaz had fallen to the Nusra Front. It has not.",
        "An earlier version of this report wrongly said that Azaz had fallen to the Nusra Front.",
        "The Nusra Front falsely claimed that it had captured Azaz.",
        "The Nusra Front said it had captured Azaz. That was not true.",
        "The Nusra Front said it had captured Azaz. The claim was false.",
    ],
)
def test_what_the_writer_calls_untrue_is_denied_and_nobody_is_told_to_hold_it(text: str, gazetteer: Gazetteer) -> None:
    found = read(text, gazetteer)
    (event,) = found.events("capture")
    assert (event.actors, event.certainty, event.attribution) == ((NUSRA,), "denied", None)
    assert all(tie.certainty == "denied" for tie in found.reading.relations if tie.relation == "controls")


@pytest.mark.parametrize(
    "text",
    [
        "The Nusra Front captured Azaz despite false reports that it had been beaten.",
        "The Nusra Front captured Azaz, but could not hold it.",
        "Azaz, almost destroyed in the war, was captured by the Nusra Front.",
        "The Nusra Front captured Azaz. This was a surprise.",
    ],
)
def test_a_capture_beside_an_untruth_stays_stated(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).events("capture")[0].certainty == "stated"


def test_a_claim_stays_one_where_the_next_sentence_only_says_more_of_it(gazetteer: Gazetteer) -> None:
    for more in ("That was in January.", "It was not the first time.", "It has not left since."):
        found = read(f"The Nusra Front said it had captured Azaz. {more}", gazetteer)
        assert found.events("capture")[0].certainty == "claimed"


@pytest.mark.parametrize(
    "text",
    [
        "According to unverified reports, the Nusra Front captured Azaz.",
        "The Nusra Front captured Azaz, according to unconfirmed reports.",
        "The Nusra Front captured Azaz, but this could not be independently verified.",
    ],
)
def test_what_nobody_vouches_for_is_claimed_at_most(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).events("capture")[0].certainty == "claimed"


@pytest.mark.parametrize(
    "denial",
    [
        "Ahrar al-Sham denied it, saying its troops still held the town.",
        "Ahrar al-Sham denied the claim and said its fighters were still in the town.",
        "Ahrar al-Sham dismissed the claim as propaganda.",
        "Ahrar al-Sham rejected the reports.",
        "The claim was denied by Ahrar al-Sham.",
    ],
)
def test_a_denial_that_names_nothing_denies_the_event_told_last(denial: str, gazetteer: Gazetteer) -> None:
    found = read(f"The Nusra Front said it had captured Azaz. {denial}", gazetteer)
    claimed, denied = found.events("capture")
    assert (claimed.certainty, denied.certainty) == ("claimed", "denied")
    assert (denied.actors, denied.places) == (claimed.actors, claimed.places)
    assert speakers(found, denied.attribution) == (AHRAR,)
    assert found.text[denied.start : denied.end] == denied.text


def test_a_denial_of_something_else_or_none_at_all_denies_no_capture(gazetteer: Gazetteer) -> None:
    for more in ("Ahrar al-Sham did not deny it.", "Ahrar al-Sham denied killing civilians."):
        found = read(f"The Nusra Front said it had captured Azaz. {more}", gazetteer)
        assert [event.certainty for event in found.events("capture")] == ["claimed"]


@pytest.mark.parametrize(
    "text",
    [
        "Ahrar al-Sham chief Hassan Soufan confirmed on Monday that his troops had withdrawn from Azaz.",
        "Ahrar al-Sham leader Hassan Soufan said his fighters had withdrawn from Azaz.",
        "Hassan Soufan, the commander of Ahrar al-Sham, said his men had withdrawn from Azaz.",
    ],
)
def test_the_troops_of_an_official_are_those_of_his_side(text: str, gazetteer: Gazetteer) -> None:
    (event,) = read(text, gazetteer).events("retreat")
    assert event.actors == (AHRAR,)


def test_an_army_chief_is_the_armys(gazetteer: Gazetteer) -> None:
    found = read("Army chief Hassan Soufan said his troops had withdrawn from Azaz.", gazetteer)
    assert found.events("retreat")[0].actors == ("syrian-army",)
    assert ("hassan-soufan", "syrian-army") in found.ties("official_of")
