"""Contract: whose word a capture is and whether a part is meant is looked for beside the claim, not anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.assess import wording
from tidings.assess.turns import is_turn
from tidings.assess.wording import Wording, is_of_a_part, is_of_some, is_own_word, is_rumour, one_line


def cut(sentence):
    """Cut 'a sentence with [its claim] marked'."""
    before, _, rest = sentence.lower().partition("[")
    told, _, behind = rest.partition("]")
    return Wording(before, told, behind)


@pytest.mark.parametrize(
    "sentence",
    ["Claimed [recaptured] by rebels.", "Varn was claimed to have been [captured] on 3 March by the army.",
     "The [capture] of Varn claimed by the army.", "[Recapture] on 3 March was claimed by the rebels.",
     "[Control claimed by rebels].", "Claimed to be [retaken] by the army.",
     "[Captured] by the army (claimed).", "[Claimed by rebels]."],
)  # fmt: skip
def test_claimed_between_what_is_done_and_who_did_it_makes_it_his_word(sentence):
    assert is_own_word(cut(sentence))


@pytest.mark.parametrize(
    "sentence",
    ["Reportedly [captured] by the army, a victory claimed by its leader.",
     "The army reportedly [captured] Varn after an attack claimed by rebels.",
     "After a bombing claimed by rebels, Varn was reportedly [captured] by the army.",
     "The army's [capture] of Varn claimed by its leader.",
     "Varn, claimed by rebels for years, was reportedly [taken] by the army.", "Reportedly [captured] by rebels."],
)  # fmt: skip
def test_claimed_of_something_else_in_the_sentence_does_not(sentence):
    assert not is_own_word(cut(sentence))


def test_a_share_is_looked_for_in_and_right_before_the_claim():
    assert is_of_a_part(cut("The army [controls most of the town]."))
    assert is_of_a_part(cut("Most of [varn is held by rebels]."))
    assert is_of_a_part(cut("Most of the northern town of [varn is held by rebels]."))
    assert not is_of_a_part(cut("[Varn is held by rebels]; most of tolm is in ruins."))
    assert not is_of_a_part(cut("Having lost most of tolm, the army [controls varn]."))
    assert not is_of_a_part(cut("Most of the rebels left and the army [controls varn]."))
    assert not is_of_a_part(cut("Home to most of the displaced, [varn is held by the army]."))


@pytest.mark.parametrize(
    "sentence",
    ["The army was still [holding out in varn].", "Rebels [hold parts of varn].",
     "Rebels [hold half of varn].",
     "Rebels [captured a third of varn].",
     "The army [controls positions in varn].", "The army [held the airport] on Monday.",
     "Rebels [control the north-western districts of varn].", "Rebels [hold the south of varn].",
     "Rebels [clung on in the town]."],
)  # fmt: skip
def test_a_site_or_some_part_of_a_place_is_told_of(sentence):
    assert is_of_some(cut(sentence))


@pytest.mark.parametrize(
    "sentence",
    ["The army [controls varn].", "Rebels [hold more than half of varn].", "Rebels [hold most of the town of varn].",
     "[Varn, north of tolm, is held by rebels].", "[Varn in the west of the country was captured by rebels].",
     "Rebels [control tolm, north of quint, and varn].", "Rebels [hold the greater part of varn].",
     "Rebels [hold eastern varn].", "Rebels [hold three quarters of varn].",
     "The army [held on to varn].", "The army [controls the port of varn].",
     "After the battle for the north of tolm, the army [controls varn], in the west of the country.",
     "The army [controls the northern town of varn]."],
)  # fmt: skip
def test_the_whole_or_most_of_a_place_is_no_mere_part_of_it(sentence):
    assert not is_of_some(cut(sentence))


def test_words_that_nobody_vouches_for_are_rumours_and_others_are_none():
    rumours = (
        Wording("rumours that azaz had ", "fallen to", " rebels spread."),
        Wording("rebels allegedly ", "captured", " azaz."),
        Wording("(unconfirmed) rebels ", "captured", " azaz."),
        Wording("rebels ", "captured", " azaz, according to unconfirmed reports."),
        Wording("rebels ", "captured", " azaz, but this could not be independently verified."),
    )
    plain = (
        Wording("rebels ", "captured", " azaz, and unverified videos show looting."),
        Wording("amid rumours of a mutiny, rebels ", "captured", " azaz."),
        Wording("reportedly, rebels ", "captured", " azaz."),
        Wording("rebels ", "captured", " azaz, the governor confirmed."),
    )
    assert [is_rumour(each, is_spoken=False) for each in (*rumours, *plain)] == [True] * 5 + [False] * 4


def test_a_partys_claim_that_could_not_be_verified_is_no_rumour_but_its_claim():
    claim = Wording("the army's claim that it ", "captured", " azaz could not be verified.")
    assert is_rumour(claim, is_spoken=False)
    assert not is_rumour(claim, is_spoken=True)


@pytest.mark.parametrize(
    ("type_", "words", "sentence", "turned"),
    [
        ("crossing_closed", "closed", "the crossing has been closed since march.", False),
        ("road_cut", "blocked", "snow has blocked the road since december.", False),
        ("road_cut", "closed", "the road was closed for three months.", False),
        ("road_opened", "opened", "the road has been opened since.", True),
        ("crossing_closed", "closed", "turkey, which is in nato, closed the crossing.", True),
        ("crossing_closed", "closed", "turkey closed the crossing for three days.", True),
        ("crossing_closed", "closed", "the crossing is still closed.", False),
        ("road_cut", "was\nclosed", "the road was closed on monday.", True),
        ("crossing_closed", "closed", "the crossing was closed on monday, and nobody came since.", True),
    ],
)
def test_what_has_been_so_for_long_or_since_a_day_is_no_turn(type_, words, sentence, turned):
    assert is_turn(type_, words, lambda: sentence) == turned


def test_a_break_of_line_is_a_blank():
    assert one_line("Most\nof  Azaz\u00a0is") == "most of azaz is"


@pytest.mark.parametrize(
    ("test", "looked_for"),
    [(wording.OF_A_PART, wording.PARTLY), (wording.OF_A_SHARE, wording.SHARE), (wording.OF_A_CLAIM, wording.CLAIMED_BY),
     (wording.OF_A_CLAIM, wording.DISPUTED), (wording.OF_A_RUMOUR, wording.RUMOUR_INSIDE),
     (wording.OF_A_RUMOUR, wording.RUMOUR_BEHIND), (wording.OF_A_RUMOUR, wording.NOT_VOUCHED)],
)  # fmt: skip
@given(data=st.data())
def test_a_report_is_never_passed_over_whose_sentence_has_what_is_looked_for(test, looked_for, data):
    assert test(data.draw(st.from_regex(looked_for)).lower())
