"""Contract: the head of a pasted e-mail is furniture; its subject titles it, its day dates it, its sender is nobody."""

from __future__ import annotations

import datetime as dt

import pytest

from tidings.evidence.readers import read_pasted
from tidings.evidence.report import Report

BODY = "Trucks reached the town again on Monday, and the market has opened for the first time since the spring."
HEAD = "From: Abc Defg <abc@relief.example>\nTo: field-list@relief.example\nDate: Tue, 4 Jun 2030 10:12 +0300\n"
DAY = dt.date(2030, 6, 4)


def report_of(text: str) -> Report:
    (report,) = read_pasted(text)
    return report


def left(report: Report) -> str:
    return " ".join(report.body.split())


def test_the_lines_of_the_head_are_furniture_the_subject_is_the_title_and_the_date_the_day() -> None:
    report = report_of(f"{HEAD}Cc: Hij Klmn\nSubject: Fwd: Road to the town open\n\n{BODY}\n")
    assert (report.title, report.published, report.publisher) == ("Road to the town open", DAY, None)
    assert left(report) == BODY


def test_the_day_of_sending_dates_it_too() -> None:
    head = "From: Defg, Abc\nSent: Tuesday, June 4, 2030 10:12 AM\nTo: Klmn, Hij\nSubject: Road open"
    assert report_of(f"{head}\n\n{BODY}").published == DAY


def test_a_subject_alone_at_the_top_is_the_title() -> None:
    report = report_of(f"Subject: Road to the town open\n\n{BODY}")
    assert (report.title, left(report)) == ("Road to the town open", BODY)


def test_below_words_without_a_head_the_first_message_gives_title_and_day() -> None:
    report = report_of(f"See below, please.\n\n{HEAD}Subject: Road to the town open\n\n{BODY}")
    assert (report.title, report.published) == ("Road to the town open", DAY)


def test_a_folded_line_of_the_head_belongs_to_it() -> None:
    report = report_of(f"{HEAD}Cc: Hij Klmn <hij@relief.example>,\n Nop Qrst <nop@relief.example>\n\n{BODY}")
    assert left(report) == BODY


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------",
        "-----Original Message-----",
        "Begin forwarded message:",
    ],
)
def test_of_a_message_that_is_only_passed_on_the_inner_one_is_the_report(mark: str) -> None:
    outer = "From: Uvw Xyza <uvw@relief.example>\nDate: Wed, 5 Jun 2030\nSubject: Fwd: News"
    report = report_of(f"{outer}\n\n{mark}\n{HEAD}Subject: Road to the town open\n\n{BODY}")
    assert (report.title, report.published) == ("Road to the town open", DAY)
    assert left(report) == BODY


def test_quote_marks_and_the_line_that_opens_a_quoted_message_are_furniture() -> None:
    text = f"Please read.\n\nOn Tue, 4 Jun 2030 at 10:12, Abc Defg <abc@relief.example> wrote:\n> {BODY}\n>> {BODY}\n"
    assert left(report_of(text)) == f"Please read. {BODY} {BODY}"


def test_a_signature_and_its_telephone_numbers_are_furniture() -> None:
    assert left(report_of(f"{HEAD}\n{BODY}\n\n-- \nAbc Defg\nHead of office, Velmora\n+00 555 0199\n")) == BODY
    assert left(report_of(f"{HEAD}\nDear all,\n{BODY}\n\nKind regards,\nAda\nVelmora office\n")) == BODY


def test_a_line_that_means_more_than_is_no_quotation() -> None:
    text = f"{BODY}\n> 500 people left Velmora.\n{BODY}"
    assert "> 500 people" in left(report_of(text))


def test_a_table_of_ways_and_a_source_are_no_mail() -> None:
    report = report_of(f"From: Velmora\nTo: Orlo\nDate: 4 June 2030\nSource: Valley Radio\n\n{BODY}")
    assert "From: Velmora To: Orlo" in left(report)
    assert report.publisher == "Valley Radio"


@pytest.mark.parametrize(
    "first",
    [
        "Abc Defg abc@relief.example", "Source: Abc Defg <abc@relief.example>", "From: Abc <abc@relief.example>",
        f"{HEAD}Subject: Question of abc@relief.example",
    ],
)  # fmt: skip
def test_no_address_is_ever_a_title_or_a_publisher(first: str) -> None:
    report = report_of(f"{first}\n\n{BODY}")
    assert report.title is None
    assert report.publisher is None


def test_a_sender_alone_at_the_top_is_furniture() -> None:
    assert left(report_of(f"From: Abc Defg <abc@relief.example>\n{BODY}")) == BODY


def test_a_day_of_the_mail_that_can_be_two_days_is_not_used_and_that_is_said() -> None:
    report = report_of(f"From: Abc Defg\nSubject: Road open\nSent: 04/06/2030 10:12\n\n{BODY}")
    assert report.published is None
    assert "can mean two days" in report.warnings[0]
