"""Contract: who holds no office and speaks for no organisation is told by role and place, in every output."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.evidence.extract.reading_aids import document_of
from tests.evidence.extract.readings import Read, read
from tidings.core.ids import ReportId, sha256_of
from tidings.crisis.load import load_crisis
from tidings.crisis.save import new_crisis
from tidings.evidence.claims import claims_of
from tidings.evidence.extract.persons import NO_OFFICE, is_unnamed
from tidings.evidence.extract.withheld import crossed_out, find_withheld, shown_report
from tidings.evidence.intake import LEDGER_FILE, take_in
from tidings.evidence.ledger import Ledger
from tidings.evidence.reading import PlaceRecord
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer
from tidings.present.brief import render_brief
from tidings.present.reading_lines import render_reading
from tidings.present.trace import trace
from tidings.release.claims import list_claims
from tidings.release.folder import release_folder

NOW = dt.datetime(2031, 3, 7, tzinfo=dt.UTC)
PRIVATE = [
    '"They bombed Azaz," Testname, 29, told AFP.',
    '"My brother Testname was killed in Azaz," said a resident.',
    "The road to Azaz is closed, said Xaver Testname, 34, a baker from Azaz. Testname fled.",
    'Xaver Testname, a resident of Azaz, said that 40 families had left Azaz. "All is lost," Testname said.',
    "Xaver Testname from Azaz said the army captured Azaz.",
    "According to Xaver Testname, 30 people were killed in Azaz.",
    "Activist Xaver Testname said the army captured Azaz.",
    "Xaver Testname, brother of the governor, said that 30 people were killed in Azaz.",
    '"They bombed us," said Xaver Testname in the market of Azaz.',
    "The shelling killed Xaver Testname and 12 others in Azaz. Testname's brother fled Azaz.",
    "Xaver Testname was arrested by the army in Azaz.",
    "Shelling hit Azaz, and Mrs. Testname fled. Xaver Testname, 60, stayed.",
    "A boy named Testname was killed in Azaz.",
    'The army captured Azaz. "I saw it," Testname said.',
    "A teacher identified only as Testname said 40 families had left Azaz.",
    "The family of Xaver Testname fled Azaz.",
    "Three brothers - Ali Testname, Xaver Testname and Zeno Testname - were abducted in Azaz.",
    "The body of Xaver Testname was found in Azaz.",
    "Shelling hit the house of Xaver Testname in Azaz.",
    "Testname, 12, lost both legs in Azaz.",
    "A resident, Xaver Testname, told reporters that Azaz was shelled.",
    "Three men, Zeno Testname, Yps Testname and Xaver Testname, were killed in Azaz.",
    "Yps Testname said her son Omar was killed in Azaz; Testname fled.",
    "Xaver Testname, Mrs. Yps Testname and Zeno Testname left Azaz.",
    "Witness Xaver al-Testname said shells hit Azaz. Al-Testname lost his brother.",
    "Residents Xaver Testname and Yps Zeno buried Testname's father in Azaz.",
    "The kidnapping of Xaver Testname in Azaz was reported. TESTNAME wept.",
    "Xaver Testname lost his house in Azaz.",
    "Mrs Xaver Testname said shells hit Azaz.",
]
"""Sentences about somebody without an office, made for these tests."""


def report_of(told: Read) -> Report:
    return Report(id=ReportId("r"), name="-", text=told.text, published=told.reading.report.published, language="en")


@pytest.mark.parametrize("text", PRIVATE)
def test_no_field_of_a_reading_and_no_claim_tells_the_name(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    fields = told.reading.model_dump_json(by_alias=True)
    assert "Testname" not in fields
    assert "testname" not in fields
    claims = claims_of(told.reading, report_of(told), known_at=NOW)
    assert "testname" not in str(claims).lower()


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_quoted_crosses_the_name_out_and_moves_nothing(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    shown = shown_report(report_of(told), told.reading.withheld).text
    assert "Testname" not in shown
    assert len(shown) == len(text)
    assert "Testname" not in render_reading(told.reading, report_of(told), explain=True)


NAMES = ("Xaver Testname", "Nour Testname", "Umm Testname Nour", "Xaver al-Testname", "Xaver bin Testname")
TOLD = [
    "Ms {}'s house was hit in Azaz on Monday.",
    "Mr {}'s neighbours fled to Kilis.",
    "Dr {}'s clinic in Azaz was hit.",
    "The house of {} in Azaz was hit by a rocket.",
    "A rocket hit the shop of {} in Azaz.",
    "A rocket hit {}'s bakery in Azaz.",
    "{}'s children fled Azaz.",
    "{}'s house in Azaz was shelled.",
    "The neighbours of {} fled Azaz.",
    "The Testname family fled to Kilis, and so did {}, 34.",
    "Members of the Testname household were killed in Azaz.",
    "A mother of three, {}, was killed in Azaz.",
    "{}, a father of four, was killed in Azaz.",
    "{} (34) was killed in Azaz.",
    "{} and her three children fled to Kilis.",
    "Among the dead in Azaz was {}.",
    "{}, from Azaz, fled to Kilis.",
    "Soldiers arrested a baker, {}, in Azaz.",
    "A widow, {}, told AFP that shells hit Azaz.",
]
"""Roles and belongings by which somebody without an office is told, made for these tests."""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("words", TOLD)
def test_whoever_it_is_and_whatever_is_told_no_field_and_no_quote_has_the_name(
    words: str, name: str, gazetteer: Gazetteer
) -> None:
    told = read(words.format(name), gazetteer)
    assert "testname" not in told.reading.model_dump_json(by_alias=True).lower()
    assert "testname" not in shown_report(report_of(told), told.reading.withheld).text.lower()


@pytest.mark.parametrize(
    "text",
    [
        "The Syrian family fled to Kilis.",
        "An Aleppo household fled to Kilis.",
        "Tell Rifaat's children fled to Kilis.",
        "The army captured Umm Ahmad near Azaz.",
        "Abu Ali brigade fighters captured Azaz.",
        "President Bashar al-Assad and his wife visited Aleppo.",
        "Among the towns hit were Azaz and Tell Rifaat.",
        "Azaz (34), Tell Rifaat (22) and Kilis (10) were hit.",
        "The White Helmets' clinic in Azaz was hit.",
    ],
)
def test_places_parties_and_who_holds_an_office_keep_their_names_beside_such_words(
    text: str, gazetteer: Gazetteer
) -> None:
    assert read(text, gazetteer).reading.withheld == ()


@pytest.mark.parametrize(
    ("text", "party", "name", "kind"),
    [
        ("Xaver Testname, a resident of Azaz, said it rained.", "resident-azaz", "resident of Azaz", "civilians"),
        ("Rain, said Xaver Testname, a resident in Azaz.", "resident-azaz", "resident of Azaz", "civilians"),
        ("It rained, said Xaver Testname, 34, a baker from Azaz.", "person-from-azaz", "person from Azaz", "person"),
        ("Xaver Testname from Azaz said it rained.", "person-from-azaz", "person from Azaz", "person"),
        ("Activist Xaver Testname said it rained.", "activist", "activist", "monitor"),
    ],
)  # fmt: skip
def test_a_private_person_is_a_party_by_role_and_place(
    text: str, party: str, name: str, kind: str, gazetteer: Gazetteer
) -> None:
    record = read(text, gazetteer).party(party)
    assert (record.name, record.kind) == (name, kind)


def test_a_name_without_role_or_place_is_a_party_without_a_name(gazetteer: Gazetteer) -> None:
    told = read("Xaver Testname said it rained. Yps Testmann said it was dry. Testname said it rained on.", gazetteer)
    assert [(record.name, len(record.mentions)) for record in told.reading.parties] == [(NO_OFFICE, 2), (NO_OFFICE, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Governor Xaver Testname said the road to Azaz was open.",
        "Xaver Testname, mayor of Azaz, said the road to Azaz was open.",
        "The road to Azaz is open, said Xaver Testname of the Water Committee.",
        "UN envoy Xaver Testname said the road to Azaz was open.",
        "Kilis governor Xaver Testname said the road to Azaz was open.",
        "Saudi foreign minister Xaver Testname said the road to Azaz was open.",
        "Pentagon press secretary Xaver Testname said the road to Azaz was open.",
        "Syrian president Xaver Testname said the road to Azaz was open.",
        "The governor of Kilis, Xaver Testname, told reporters that the road to Azaz was open.",
        "Syria's foreign minister, Xaver Testname, said the road to Azaz was open.",
        "Xaver Testname, MSF's regional operations manager, said the road to Azaz was open.",
    ],
)
def test_who_holds_an_office_or_speaks_for_a_body_keeps_the_name(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert told.party("xaver-testname").kind == "person"
    assert told.reading.withheld == ()
    (said,) = told.reading.attributions
    assert said.speaker_text is not None
    assert "Xaver Testname" in said.speaker_text
    assert "xaver-testname" in said.speakers


@pytest.mark.parametrize(
    "text",
    [
        "The brother of the governor, Xaver Testname, said the road to Azaz was open.",
        "The head of the family, Xaver Testname, said the road to Azaz was open.",
        "Xaver Testname, a shop manager, said the road to Azaz was open.",
    ],
)
def test_who_is_kin_of_an_office_or_works_for_no_body_is_withheld(text: str, gazetteer: Gazetteer) -> None:
    assert "Testname" not in read(text, gazetteer).reading.model_dump_json()


def test_a_part_of_a_name_stays_where_it_is_a_place() -> None:
    text = "Xaver Peska, a teacher, said that the army captured Peska. Peska wept."
    towns = (PlaceRecord(id="p", name="Peska", kind="town", mentions=((52, 57),)),)
    spans = find_withheld(document_of(text), (), towns)
    assert [text[slice(*span)] for span in spans] == ["Xaver Peska", "Peska"]
    assert spans[1][0] == 59


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ibrahim told the BBC that the army captured Azaz.", ["Ibrahim"]),
        ("Mohamed fled Azaz.", ["Mohamed"]),
        ("Hassan Test, Yps Testmann and Khaled Zeno fled Azaz.", ["Hassan Test", "Yps Testmann", "Khaled Zeno"]),
        ("Activist Xaver Testname said so. Activist groups agreed.", ["Xaver Testname"]),
        ("Huda, 30, and her son Samir fled Azaz.", ["Huda", "Samir"]),
        ("Families of Hassan Test and Omar Testmann fled Azaz.", ["Hassan Test", "Omar Testmann"]),
        ("Buried in Azaz: Xaver Test, Ali Yps, Zeno Testmann.", ["Xaver Test", "Ali Yps", "Zeno Testmann"]),
        ("Khaled told AFP Azaz was shelled.", ["Khaled"]),
        ("Men of the clan of Hassan Test fled Azaz.", ["Hassan Test"]),
        ("Little Testa was six when she fled Azaz.", ["Little Testa"]),
        ("Orlo Testvenn buries his two sons in Azaz.", ["Orlo Testvenn"]),
        ("Baby Huda was born in the camp.", ["Baby Huda"]),
        ("Young Hassan lost a leg in Azaz.", ["Young Hassan"]),
        ("The Young Bull cafe in Azaz was hit. Little Rock is far away.", []),
        ("The Omar mosque in Azaz was hit.", []),
        ("The Bashar Roundabout in Azaz was hit.", []),
        ("Rebels reached the towns of Ghan Al-‘Ali and Shinan.", []),
        ("They took parts of Al-Testa, Al-Yps, and Khaled Hilal.", []),
        ("Jund al-Aqsa announced that it had left Azaz.", []),
        ("A group called the Damascus Falcons left Azaz.", []),
        ("The army called the U.S. withdrawal a betrayal.", []),
        ("Tel Abcdem was captured by rebels, one report said on Monday.", []),
        ("A Turkish source said that 40 families left. Turkish Xaver Testname said so.", ["Xaver Testname"]),
        ("Police said the road to Azaz was open. Residents fled.", []),
        ("Shells hit Azaz. The wells are dry, Unicef said.", []),
        ("The army shelled Deir Hafer, a resident said.", []),
        ("Tell Rifaat, Deir Jamal and Azaz were evacuated.", []),
    ],
)  # fmt: skip
def test_given_names_and_lists_of_names_are_somebodys_and_towns_and_things_are_not(
    text: str, names: list[str], gazetteer: Gazetteer
) -> None:
    told = read(text, gazetteer)
    assert [text[slice(*span)] for span in told.reading.withheld] == names


@pytest.mark.parametrize(
    ("text", "speaker", "places"),
    [
        ("Families from Tell Rifaat said they fled.", "Families from Tell Rifaat", {"Tell Rifaat"}),
        ("People who fled Tell Rifaat said so.", "People who fled Tell Rifaat", {"Tell Rifaat"}),
        ("A woman from Tell Abyad told Reuters that it rained.", "A woman from Tell Abyad", {"Tell Abyad"}),
        ("Residents of Deir Hafer said they fled.", "Residents of Deir Hafer", {"Deir Hafer"}),
        ("Thousands who left Deir Jamal said they were hungry.", "Thousands who left Deir Jamal", set()),
    ],
)
def test_a_town_behind_from_or_fled_is_a_place_and_who_speaks_is_told_by_role(
    text: str, speaker: str, places: set[str], gazetteer: Gazetteer
) -> None:
    told = read(text, gazetteer)
    assert told.reading.withheld == ()
    assert [said.speaker_text for said in told.reading.attributions] == [speaker]
    assert {record.name for record in told.reading.places} == places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Witness Xaver al-Ali said shells hit Azaz. Al-Ali lost his brother.", "Al-Ali"),
        ("Residents Ali Testname and Yps Testmann buried Ali's father in Azaz.", "Ali"),
    ],
)
def test_a_part_of_a_withheld_name_is_no_place(text: str, place: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert {record.name for record in told.reading.places} == {"Azaz"}
    assert place not in told.reading.model_dump_json()


def test_a_part_of_a_withheld_name_is_a_place_where_it_is_told_as_one(gazetteer: Gazetteer) -> None:
    text = "Her son Xaver Azaz left Marea. Azaz wept. Shells fell in Azaz."
    told = read(text, gazetteer)
    assert [text[slice(*span)] for span in told.reading.withheld] == ["Xaver Azaz", "Azaz"]
    (azaz,) = [record for record in told.reading.places if record.name == "Azaz"]
    assert told.words(azaz) == ["Azaz"]


def test_each_of_many_hundred_names_is_withheld(gazetteer: Gazetteer) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"Kab{a}{b}o Lil{b}{a}u" for a in letters for b in letters]
    text = " ".join(f"Mr {name} said he fled Azaz." for name in names)
    told = read(text, gazetteer)
    shown = shown_report(report_of(told), told.reading.withheld)
    assert len(told.reading.withheld) == len(names)
    assert "Kab" not in shown.text


def test_a_role_is_told_apart_from_a_name() -> None:
    assert is_unnamed("resident of Azaz")
    assert not is_unnamed("Peska Council")


def test_crossing_out_keeps_marks_and_length() -> None:
    assert crossed_out("by X. al-Test, 5", [(3, 13)]) == "by X. XX-XXXX, 5"


@pytest.mark.parametrize(
    "text",
    [
        "An air strike hit the Testfeld hospital in Azaz and killed 12 people.",
        "Shelling struck an aid convoy near Azaz.",
        "About 400 people were sheltering in Testfeld School in Azaz.",
        "About 3,000 displaced people live in an informal settlement 5 km from Azaz.",
        "Testfeld Hospital in Azaz was bombed.",
    ],
)
def test_sites_of_people_in_need_are_not_placed_but_the_town_around_them_is(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert {record.name for record in told.reading.places if record.lat is not None} <= {"Azaz"}
    assert "Testfeld" not in json.dumps([record.name for record in told.reading.places])


def test_a_brief_a_trace_and_a_list_of_claims_quote_no_name(tmp_path: Path, gazetteer: Gazetteer) -> None:
    folder = tmp_path / "crisis"
    new_crisis(folder, ["SYR"])
    for text in PRIVATE:
        content = f"Xaver Testname on Azaz\n\n{text}\n".encode()
        report = Report(id=ReportId(sha256_of(content)), name="r.txt", text=content.decode(),
                        title="Xaver Testname on Azaz", published=dt.date(2031, 3, 6))  # fmt: skip
        ledger = Ledger.create(folder / LEDGER_FILE)
        take_in(load_crisis(folder), ledger, gazetteer, report, content, received_at=NOW)
    listed = list_claims(load_crisis(folder), ledger.as_of())
    released = release_folder(folder, "restricted", now=NOW, with_forecast=False)
    told = [render_brief(released), *(trace(released, c.id).model_dump_json() for c in released.claims)]
    told += [listed.model_dump_json(), (folder / "parties.csv").read_text(), (folder / "places.csv").read_text()]
    assert released.claims
    assert not any("testname" in words.lower() for words in told)


def test_ways_to_reach_somebody_are_withheld(gazetteer: Gazetteer) -> None:
    text = (
        "Contact Abc Defg, +249 912 345 678, abc.defg@example.org, 0912345678 or @abc_defg for the 4,000 IDPs in Azaz."
    )
    told = read(text, gazetteer)
    crossed = "".join("X" if any(a <= n < b for a, b in told.reading.withheld) else c for n, c in enumerate(text))
    assert not any(word in crossed for word in ("912", "345", "example", "0912345678", "@"))
    assert "4,000 IDPs in Azaz" in crossed


@pytest.mark.parametrize(
    "text", ["Some 1,200,000 people fled.", "In 2014-2016 0.5 million fled.", "On 03/02/2016 100 fled."]
)
def test_numbers_that_reach_nobody_stay(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).reading.withheld == ()


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("Call 00963-11-2345678 for help.", ["00963-11-2345678"]),
        ("Call 00963.11.2345678 or +963 944 123 456.", ["00963.11.2345678", "+963 944 123 456"]),
        ("WhatsApp 944123456.", ["WhatsApp 944123456"]),
        ("Tel. no. 011/2345678", ["Tel. no. 011/2345678"]),
        ("Write to x.test@y.example or @xtest.", ["x.test@y.example", "@xtest"]),
        ("Of 10,000 people 2,000 fled on 08/02/2016 between 0900 and 1800.", []),
        ("Mobile clinics saw 123,456 people; the signal was 5 of 10.", []),
        ("By phone 200 000 people were told to leave; fax 300 000 families.", []),
    ],
)
def test_a_way_to_reach_somebody_is_withheld_whole(text: str, contacts: list[str]) -> None:
    assert [text[slice(*span)] for span in find_withheld(document_of(text), (), ())] == contacts
