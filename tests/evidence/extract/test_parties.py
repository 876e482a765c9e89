"""Contract: parties are known by name, adjective, office or role; a private person is never named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.extract.readings import crisis_of, read
from tidings.crisis.crisis import Crisis, Party
from tidings.evidence.extract.party_sides import with_parents
from tidings.evidence.reading import PartyRecord, RelationRecord
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("sentence", "party", "kind"),
    [
        ("The Syrian army moved on.", "syrian-army", "state_military"),
        ("Malian troops moved on.", "malian-army", "state_military"),
        ("The Syrian government spoke.", "syria", "government"),
        ("Insurgents moved on.", "rebels", "armed_group"),
        ("Fighters of the Northern Storm Brigade moved on.", "northern-storm-brigade", "armed_group"),
        ("He joined Ansar al-Wadi, an insurgent group.", "ansar-al-wadi", "armed_group"),
        ("The Kenyan Red Crescent sent tents.", "kenyan-red-crescent", "humanitarian"),
        ("UNHCR sent tents.", "unhcr", "international_organisation"),
        ("The Norwegian Refugee Council sent tents.", "norwegian-refugee-council", "humanitarian"),
        ("The U.S.-led coalition struck.", "u-s-led-coalition", "coalition"),
        ("Tuareg rebels moved on.", "tuareg-rebels", "armed_group"),
        ("Malian Arab forces moved on.", "malian-arab-forces", "armed_group"),
        ("The World Bank lent money.", "world-bank", "international_organisation"),
        ("Lessons of the Abcd regime's fall.", "syria", "government"),
    ],
)
def test_a_party_is_found_with_its_kind(sentence: str, party: str, kind: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).party(party).kind == kind


def test_the_army_is_that_of_the_country_told_of_last(gazetteer: Gazetteer) -> None:
    told = read("Turkish troops crossed. The army then stopped.", gazetteer)
    assert told.words(told.party("turkish-army")) == ["Turkish troops", "army"]


def test_an_adjective_before_jets_is_the_country_as_actor(gazetteer: Gazetteer) -> None:
    told = read("Russian jets flew over. Moscow denied it.", gazetteer)
    assert told.words(told.party("russia")) == ["Russian", "Moscow"]


def test_a_capital_is_a_party_where_it_acts_and_a_place_where_people_are(gazetteer: Gazetteer) -> None:
    told = read("Ankara has so far refused. Speaking in Ankara, an envoy said that talks go on.", gazetteer)
    assert told.words(told.party("turkey")) == ["Ankara"]
    assert [mention[0] > 20 for mention in told.place("gn323786").mentions] == [True]


def test_a_person_is_known_by_office_before_or_behind_the_name(gazetteer: Gazetteer) -> None:
    told = read(
        "Turkish Deputy Interior Minister Hij Klmn spoke. Lina Farah, head of the Kenyan Red Crescent, agreed. "
        "Klmn left.",
        gazetteer,
    )
    assert told.party("hij-klmn").kind == "person"
    assert len(told.party("hij-klmn").mentions) == 2
    assert {("hij-klmn", "turkey"), ("lina-farah", "kenyan-red-crescent")} <= told.ties("official_of")


def test_one_who_speaks_for_a_group_keeps_the_name(gazetteer: Gazetteer) -> None:
    told = read('"We hold on," said Opq Rstu from Ansar al-Wadi, an insurgent group.', gazetteer)
    assert ("opq-rstu", "ansar-al-wadi") in told.ties("member_of")


def test_a_resident_is_known_by_place_and_never_by_name(gazetteer: Gazetteer) -> None:
    told = read("Shells fell at night, a resident in the town of Azaz said.", gazetteer)
    assert told.party("resident-azaz").kind == "civilians"


@pytest.mark.parametrize(
    "sentence",
    ["We ran at dawn, said Vwx Yzab, a farmer.", "Vwx Yzab said that they ran at dawn."],
)
def test_one_without_office_is_kept_by_role_or_not_named_at_all(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert told.reading.parties
    assert "Yzab" not in told.reading.model_dump_json(include={"parties"})


def test_an_acronym_in_brackets_names_the_same_party_later(gazetteer: Gazetteer) -> None:
    told = read("The Coast Liberation Front (CLF) moved on. The CLF stopped.", gazetteer)
    assert told.words(told.party("coast-liberation-front")) == ["Coast Liberation Front", "CLF", "CLF"]


def test_a_word_in_small_letters_is_not_an_acronym(gazetteer: Gazetteer) -> None:
    assert "world-health-organization" not in read("Those who left came back in the west.", gazetteer).parties()
    assert "west" not in read("The front is in the west of the country.", gazetteer).parties()


def test_the_crisis_names_come_first_with_their_ids(gazetteer: Gazetteer) -> None:
    party = Party(id="home-guard", name="Home Guard", other_names=("Syrian army", "the guard"), kind="militia")
    told = read("The Syrian army and the Home Guard moved on.", gazetteer, crisis=crisis_of(parties=(party,)))
    assert len(told.party("home-guard").mentions) == 2
    assert told.party("home-guard").kind == "militia"


def test_a_general_word_is_the_crisis_party_that_goes_by_it(gazetteer: Gazetteer) -> None:
    party = Party(id="northern-alliance", name="Northern Alliance", other_names=("rebels",))
    told = read("Insurgents held on.", gazetteer, crisis=crisis_of(parties=(party,)))
    assert told.parties() == {"northern-alliance"}


@pytest.mark.parametrize(
    ("sentence", "party", "parent"),
    [
        ("The Syrian army fired.", "syrian-army", "syria"),
        ("The Turkish air force fired.", "turkish-air-force", "turkey"),
        ("Turkish police arrested ten men.", "turkish-police", "turkey"),
        ("Turkish President Abc Defg spoke.", "abc-defg", "turkey"),
        ("Abc Defg, head of the Karvel Relief Fund, spoke.", "abc-defg", "karvel-relief-fund"),
        ("The Karvel Brigade, part of the Sunrise Coalition, spoke.", "karvel-brigade", "sunrise-coalition"),
        ("Men of the Karvel Brigade of the Sunrise Coalition spoke.", "karvel-brigade", "sunrise-coalition"),
        ("The Karvel Brigade spoke.", "karvel-brigade", None),
    ],
)
def test_a_party_belongs_to_its_side(sentence: str, party: str, parent: str | None, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).party(party).parent == parent


@pytest.mark.parametrize("who", ["Fighters of", "Members of", "Troops of", "Commanders from"])
def test_the_members_of_a_group_are_the_group(who: str, gazetteer: Gazetteer) -> None:
    assert read(f"{who} the Karvel Front left on Monday.", gazetteer).parties() == {"karvel-front"}


def test_a_country_that_acts_is_named_as_its_government(gazetteer: Gazetteer) -> None:
    told = read("Ankara closed its schools. The Guamanian sea is blue.", gazetteer)
    assert told.party("turkey").name == "Turkish government"


def test_the_army_that_opens_a_headline_is_that_of_the_crisis(gazetteer: Gazetteer) -> None:
    assert read("Army captures Azaz", gazetteer).parties() == {"syrian-army"}
    assert read("Army bases are far away", gazetteer).parties() == set()


def invented() -> Crisis:
    parties = (
        Party(id="ostmark", name="Government of Ostmark", other_names=("Ostmark",), kind="government"),
        Party(id="karvia", name="Government of Karvia", other_names=("Karvian government",), kind="government"),
        Party(id="karvian-army", name="Karvian army", kind="state_military", parent="karvia"),
    )
    return crisis_of(parties=parties, countries=("XKA", "XOS"))


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("The government spoke.", {"karvia"}),
        ("The army spoke.", {"karvian-army"}),
        ("Ostmark closed its schools.", {"ostmark"}),
        ("They went to Ostmark.", set()),
    ],
)
def test_an_invented_country_has_its_own_government_and_army(
    sentence: str, parties: set[str], gazetteer: Gazetteer
) -> None:
    assert read(sentence, gazetteer, ("XKA", "XOS"), invented()).parties() == parties


NAMES = st.sampled_from(["a", "b", "c", "d", "e"])


@given(
    st.dictionaries(NAMES, st.none() | NAMES, min_size=1),
    st.lists(st.tuples(NAMES, st.sampled_from(["member_of", "part_of", "official_of", "supports"]), NAMES)),
)
def test_no_party_is_ever_its_own_parent(known: dict[str, str | None], ties: list[tuple[str, str, str]]) -> None:
    parties = tuple(PartyRecord(id=name, name=name) for name in known)
    relations = [
        RelationRecord.model_validate({"subject": a, "relation": kind, "object": b, "start": 0, "end": 1})
        for a, kind, b in ties
    ]
    parents = {party.id: party.parent for party in with_parents(parties, relations)}
    for party in parents:
        seen, above = {party}, parents[party]
        while above is not None and above in parents:
            assert above not in seen
            seen.add(above)
            above = parents[above]


@pytest.mark.parametrize(
    ("sentence", "party", "words"),
    [
        ("The Turks closed it. Turks fled.", "turkey", ["Turks"]),
        ("The French sent ships, and the French bakeries closed.", "france", ["French"]),
        ("Thousands of Syrians fled, and the Syrian people grieve.", "people-of-syria", ["Syrians", "Syrian people"]),
        (
            "The people of Jordan and the Jordanians who fled met.",
            "people-of-jordan",
            ["people of Jordan", "Jordanians"],
        ),
        ("Ships were sent by Kenya and Malian naval patrols by night.", "mali", []),
        ("Ongoing Kenyan and Malian naval operations ended.", "kenya", ["Kenyan"]),
        ("Talks between Jordan and Kenya ended.", "kenya", ["Kenya"]),
        ("Jordan worked closely with Kenya.", "kenya", ["Kenya"]),
        ("The U.S.-Kenya agreement was signed.", "kenya", ["Kenya"]),
        ("They threatened attacks against Kenya.", "kenya", ["Kenya"]),
        ("Near Zarqan, Kenya, Lina Farah said that it rained.", "kenya", []),
        ("It was for Kenya's newly elected government to say.", "kenya", ["Kenya"]),
        ("The Governments of Kenya and Jordan met.", "kenya", ["Kenya"]),
    ],
)
def test_a_people_or_country_is_a_party_where_it_acts(
    sentence: str, party: str, words: list[str], gazetteer: Gazetteer
) -> None:
    told = read(sentence, gazetteer)
    assert [word for record in told.reading.parties if record.id == party for word in told.words(record)] == words


@pytest.mark.parametrize(
    ("sentence", "party", "words"),
    [
        ("The Hill Relief Council came. HRC carts left.", "hill-relief-council", ["Hill Relief Council", "HRC"]),
        ("The Zeta Water Board met. The board agreed.", "zeta-water-board", ["Zeta Water Board", "board"]),
        ("The Zeta Front met. The front was quiet.", "zeta-front", ["Zeta Front"]),
        ("Reed Trust of Zeta (RTZ) met. RTZ left.", "reed-trust-of-zeta", ["Reed Trust of Zeta", "RTZ", "RTZ"]),
        ("The 17th Division moved on.", "17th-division", ["17th Division"]),
        ("Boko Haram fighters fled. The group fell apart.", "boko-haram", ["Boko Haram fighters", "group"]),
        ("Boko Haram fled. The army chased the enemy.", "boko-haram", ["Boko Haram", "enemy"]),
        ("The militant group Boko Haram fled.", "boko-haram", ["Boko Haram"]),
        ("The Saudi-led coalition flew. The coalition landed.", "saudi-led-coalition",
         ["Saudi-led coalition", "The coalition"]),
        ("The West Bank is quiet.", "west", []),
    ],
)  # fmt: skip
def test_a_party_is_known_by_later_and_shorter_names(
    sentence: str, party: str, words: list[str], gazetteer: Gazetteer
) -> None:
    told = read(sentence, gazetteer)
    assert [word for record in told.reading.parties if record.id == party for word in told.words(record)] == words


def test_the_minister_is_the_one_named_before(gazetteer: Gazetteer) -> None:
    told = read("Foreign Minister Hij Klmn came. The minister agreed. The minister of health left.", gazetteer)
    assert told.words(told.party("hij-klmn")) == ["Foreign Minister Hij Klmn", "minister"]


def test_a_mark_of_no_width_cuts_no_name(gazetteer: Gazetteer) -> None:
    told = read("Prime Minister\u200e Hij Klmn came.", gazetteer)
    assert told.words(told.party("hij-klmn")) == ["Prime Minister\u200e Hij Klmn"]


def test_a_full_stop_is_nobodys_later_name(gazetteer: Gazetteer) -> None:
    told = read("It was so, said Abc D. Then it rained. It rained on.", gazetteer)
    assert "." not in [word for record in told.reading.parties for word in told.words(record)]
