"""Contract: a table's rows become claims that point at their rows, or every wrong row is named and nothing is added."""

import datetime as dt

import pytest

from tests.evidence.making import report_of
from tidings.core.dates import end_of_day
from tidings.core.errors import InputError
from tidings.crisis.load import load_crisis
from tidings.evidence.claim import TableRow
from tidings.evidence.tables import claims_of_table
from tidings.examples import copy_example

DAY = dt.date(2031, 3, 6)
HEADER = "subject,predicate,value,from,until,certainty,speaker,note\n"


@pytest.fixture(scope="module")
def crisis(tmp_path_factory):
    return load_crisis(copy_example("valdria", tmp_path_factory.mktemp("crisis") / "valdria"))


def claims(text, crisis, published=DAY):
    return claims_of_table(report_of(text, published), crisis, known_at=end_of_day(published))


def test_a_row_of_states_is_a_claim_about_its_subject(crisis):
    (claim,) = claims(HEADER + "Dorvik,held_by,Ilvane Front,2031-03-01,,stated,,\n", crisis)
    assert (claim.content.subject, claim.content.value) == ("dorvik", "ilvane-front")
    assert claim.source == TableRow(report=claim.source.report, row=1)
    assert claim.valid.from_ == dt.date(2031, 3, 1)
    assert claim.certainty == "stated"


def test_a_state_without_a_day_holds_from_the_publication(crisis):
    (claim,) = claims(HEADER + "orlest-bridge,policy,closed,,,,,\n", crisis)
    assert claim.valid.from_ == DAY


def test_a_row_of_bulletins_is_a_figure_of_its_place_and_day(crisis):
    (claim,) = claims("place,day,measure,people\nLindra camp,2031-03-02,stock,4200\n", crisis)
    assert claim.content.at == ("lindra-camp",)
    assert (claim.content.value, claim.content.measure, claim.content.unit) == (4200, "stock", "person")
    assert claim.content.text == "4200"


def test_every_wrong_row_is_named_at_once(crisis):
    rows = "Nowhere,besieged,yes,,,,,\nDorvik,besieged,perhaps,,,,,\nDorvik,population,many,,,,,\n"
    with pytest.raises(
        InputError, match=r":2: subject 'Nowhere'(.|\n)*:3: besieged 'perhaps'(.|\n)*:4: population 'many'"
    ):
        claims(HEADER + rows, crisis)


def test_an_unknown_column_is_refused_by_name(crisis):
    with pytest.raises(InputError, match="colour"):
        claims("subject,predicate,value,colour\nDorvik,besieged,yes,red\n", crisis)


@pytest.mark.parametrize(
    ("header", "kind"), [("event_id_cnty,event_date", "acled"), ("id,relid,type_of_violence", "ucdp")]
)
def test_a_table_of_events_is_told_its_own_import(crisis, header, kind):
    with pytest.raises(InputError, match=rf"this is a table of events \({kind}\). Import it: tidings import {kind}"):
        claims(f"{header}\n1,2,3\n", crisis)


BULLETINS = "place,day,measure,people,unit,household_size,published\n"


def test_a_bulletin_that_was_public_before_its_table_was_known_then(crisis):
    (early, late) = claims(
        BULLETINS + "Lindra camp,2031-03-02,stock,4200,,,2031-03-03\nLindra camp,2031-03-04,stock,5000,,,\n", crisis
    )
    assert early.known_at == end_of_day(dt.date(2031, 3, 3))
    assert late.known_at == end_of_day(DAY)


def test_a_bulletin_that_was_public_only_after_its_table_is_refused(crisis):
    with pytest.raises(InputError, match=r":2: the row was published on 2031-03-07, after its table \(2031-03-06\)"):
        claims(BULLETINS + "Lindra camp,2031-03-02,stock,4200,,,2031-03-07\n", crisis)


def test_households_carry_their_size_and_persons_none(crisis):
    (families, persons) = claims(
        BULLETINS + "Ketterby,2031-03-02,stock,900,household,5,\nKetterby,2031-03-03,stock,4400,person,,\n", crisis
    )
    assert (families.content.unit, families.content.household_size) == ("household", 5)
    assert persons.content.household_size is None
