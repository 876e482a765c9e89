"""Contract: the words of a claim are its span in its sentence, or the whole of its row, cut as the table was read."""

import datetime as dt

import pytest

from tests.evidence.making import claim_of, event, report_of
from tidings.core.dates import end_of_day
from tidings.crisis.load import load_crisis
from tidings.evidence.extract.words import Document
from tidings.evidence.quoting import quotation_of
from tidings.evidence.tables import claims_of_table
from tidings.examples import copy_example

DAY = dt.date(2031, 3, 6)
HEADER = "subject,predicate,value,note"


@pytest.fixture(scope="module")
def crisis(tmp_path_factory):
    return load_crisis(copy_example("valdria", tmp_path_factory.mktemp("crisis") / "valdria"))


def quoted(text, crisis):
    report = report_of(text, DAY)
    claims = claims_of_table(report, crisis, known_at=end_of_day(DAY))
    return [quotation_of(claim, {report.id: Document(report)}).words for claim in claims]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_row_is_quoted_whole_whatever_marks_stand_in_the_rows_before(crisis, end, mark):
    rows = [f"dorvik,besieged,no,seen{mark}twice", "hallenz,besieged,yes,seen once"]
    assert quoted(end.join([HEADER, *rows, ""]), crisis) == rows


def test_a_row_with_a_line_end_inside_a_cell_is_quoted_to_its_end(crisis):
    rows = ['dorvik,besieged,no,"seen\nby two"', "hallenz,besieged,yes,seen once"]
    assert quoted("\n".join([HEADER, "", *rows]), crisis) == rows


def test_a_span_is_quoted_in_its_sentence(crisis):
    report = report_of("One man spoke. Two men fled.", DAY)
    quotation = quotation_of(claim_of(report, event("flight"), start=15), {report.id: Document(report)})
    assert (quotation.words, quotation.around) == ("Two", "Two men fled.")


def test_a_claim_of_a_report_that_is_not_at_hand_has_no_words():
    assert quotation_of(claim_of(report_of("one"), event("flight")), {}) is None
