"""Contract: who answers for a claim has one name, whether he speaks, is relayed, or publishes."""

from dataclasses import replace

from tests.evidence.articles import article
from tests.evidence.making import claim_of, event
from tidings.core.ids import PartyId
from tidings.crisis.crisis import Party
from tidings.evidence.voices import Voices, is_named

REPORT = article(publisher="The Varn Post")
OTHER = article(publisher="Courier")
CONTENT = event("capture", ("varn",), ("army",))


def test_the_speakers_answer_before_who_is_relayed_and_the_publisher_last():
    own = claim_of(REPORT, CONTENT)
    voices = Voices.of((), (REPORT,), (own,))
    relayed = replace(own, relayed_by=PartyId("agency"))
    assert [is_named(claim) for claim in (own, relayed)] == [False, True]
    assert voices(own) == ("The Varn Post",)
    assert voices(relayed) == ("agency",)
    assert voices(replace(relayed, speakers=(PartyId("b"), PartyId("a")))) == ("a", "b")


def test_a_publisher_goes_by_the_id_of_the_party_that_it_is():
    own = claim_of(REPORT, CONTENT)
    party = Party(id="vp", name="Varn Post", other_names=("The Varn Post",), kind="media")
    assert Voices.of((party,), (REPORT,), (own,))(own) == ("vp",)


def test_a_publisher_whom_another_report_quotes_goes_by_the_speaker_s_id():
    own, quoting = claim_of(REPORT, CONTENT), claim_of(OTHER, CONTENT, speakers=("the-varn-post",))
    voices = Voices.of((), (REPORT, OTHER), (own, quoting))
    assert voices(own) == voices(quoting) == ("the-varn-post",)
    assert voices.publisher(quoting) == ("Courier",)


def test_without_a_publisher_nobody_answers():
    report = article(publisher=None)
    assert Voices.of((), (report,), ())(claim_of(report, CONTENT)) == ()
