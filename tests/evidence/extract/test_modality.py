"""Contract: words are stated only where the writer tells them as fact; claims and suppositions are marked as such."""

from __future__ import annotations

import pytest

from tests.evidence.extract.reading_aids import document_of
from tests.evidence.extract.readings import read
from tidings.evidence.extract.attributions import find_attributions
from tidings.evidence.extract.modality import Judgement, judge
from tidings.geography.gazetteer import Gazetteer


def judged(text: str, words: str) -> Judgement:
    document = document_of(text)
    start = text.index(words)
    return judge(document, start, start + len(words), find_attributions(document, ()))


@pytest.mark.parametrize(
    ("text", "words", "certainty"),
    [
        ("The rebels took Zeta.", "took", "stated"),
        ("The storm prompted many to flee.", "flee", "stated"),
        ("The capture of Zeta has opened the road.", "capture", "stated"),
        ("The rebels took Zeta, the mayor said.", "took", "claimed"),
        ("The rebels reportedly took Zeta.", "took", "claimed"),
        ("Zeta could soon fall.", "fall", "projected"),
        ("The rebels plan to take Zeta.", "take", "projected"),
        ("The closure risked a repeat of the famine.", "repeat", "projected"),
        ("Residents feared that Zeta had fallen.", "fallen", "projected"),
        ("The ferry may not be able to sail.", "sail", "projected"),
        ("The mayor said the convoy would leave.", "leave", "projected"),
        ("The capture of Zeta would leave only Orlo.", "leave", "conditional"),
        ("The loss of Zeta, a day from here, would end the war.", "loss", "conditional"),
        ("If the rebels take Zeta, the road will close.", "take", "conditional"),
        ("Unless help comes, you will see Zeta starving.", "starving", "conditional"),
        ("The mayor urged that the raids on Zeta should stop.", "stop", "demanded"),
        ("The mayor called for new sanctions on Zeta.", "sanctions", "demanded"),
        ("The army denied that it had shelled Zeta.", "shelled", "denied"),
        ("The rebels did not take Zeta.", "take", "denied"),
        ("The rebels failed to take Zeta.", "take", "denied"),
        ("It is unclear whether rebels took Zeta.", "took", "projected"),
        ("Asked whether rebels took Zeta, the mayor said no.", "took", "denied"),
        ("Asked whether rebels took Zeta, the mayor shrugged.", "took", "projected"),
        ("Rumours that Zeta had fallen were false.", "fallen", "denied"),
        ("Rumours that Zeta had fallen were not false.", "fallen", "claimed"),
        ("Rumours that Zeta had fallen spread.", "fallen", "claimed"),
        ("An attempt by rebels to take Zeta failed.", "take", "denied"),
        ("A bid to take Zeta was repelled.", "take", "denied"),
        ("An attempt by rebels to take Zeta began.", "take", "projected"),
        ("Had the rebels taken Zeta, the road would have closed.", "taken", "conditional"),
        ("The alleged raid on Zeta killed nine.", "raid", "claimed"),
        ("Farmers prevented the rebels from taking Zeta.", "taking", "denied"),
        ("It is not true that rebels took Zeta.", "took", "denied"),
        ("Residents feared that the rebels would take Zeta.", "take", "projected"),
        ("Officials believe the rebels have taken Zeta.", "taken", "claimed"),
    ],
)
def test_what_governs_words_makes_their_certainty(text: str, words: str, certainty: str) -> None:
    assert judged(text, words).certainty == certainty


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor feared the worst. The rebels took Zeta.", "took"),
        ("They could flee to the hills that rebels took in May.", "took"),
        ("The rebels wanted peace but took Zeta.", "took"),
        ("In May the rebels took Zeta.", "took"),
        ("The rebels not only took Zeta.", "took"),
    ],
)
def test_what_stands_in_another_clause_governs_nothing(text: str, words: str) -> None:
    assert judged(text, words).certainty == "stated"


def test_a_demand_that_somebody_voices_keeps_its_speaker() -> None:
    found = judged("The raids should stop, the mayor said.", "stop")
    assert (found.certainty, found.attribution) == ("demanded", "a1")


def test_what_is_told_in_passing_within_a_denial_is_claimed() -> None:
    assert judged("Rebels denied the raid, which killed nine people.", "killed").certainty == "claimed"


def test_who_calls_a_claim_a_lie_denies_it_and_not_who_made_it() -> None:
    text = "Rebels said the army's claim that it took Zeta was a lie."
    found = judged(text, "took")
    speech = next(s for s in find_attributions(document_of(text), ()) if s.id == found.attribution)
    assert (found.certainty, speech.speaker_text) == ("denied", "Rebels")


def test_a_conditional_points_at_what_it_hangs_on() -> None:
    text = "If the dam breaks, the valley will flood."
    found = judged(text, "flood")
    assert found.condition is not None
    assert text[found.condition[0] : found.condition[1]] == "If the dam breaks"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Has the army captured Azaz? Nobody can say.", "projected"),
        ("The army could not confirm that rebels had captured Azaz.", "projected"),
        ("Reports that rebels seized Azaz could not be verified.", "claimed"),
        ("Rumours spread that Azaz had fallen to rebels.", "claimed"),
        ("The army repelled a rebel attempt to capture Azaz.", "denied"),
    ],
)  # fmt: skip
def test_a_question_a_doubt_a_rumour_and_a_foiled_attempt_are_no_fact(
    text: str, certainty: str, gazetteer: Gazetteer
) -> None:
    assert {event.certainty for event in read(text, gazetteer).events("capture")} == {certainty}


def test_people_who_are_expected_or_due_to_leave_have_not_left(gazetteer: Gazetteer) -> None:
    for text in ("9,000 people are expected to leave Azaz.", "Some 9,000 people were due to leave Azaz on Friday."):
        assert [figure.certainty for figure in read(text, gazetteer).reading.figures] == ["projected"]


def test_what_will_not_happen_or_does_not_happen_any_more_is_denied(gazetteer: Gazetteer) -> None:
    for text in ("Turkey will not open the border.", "The army no longer shells Azaz."):
        assert {event.certainty for event in read(text, gazetteer).reading.events} == {"denied"}
