"""Contract: a saved message, and each of a mailbox, is a report by its subject and day; who sent it is told nowhere."""

from __future__ import annotations

import datetime as dt
import re
from email.message import EmailMessage

import pytest

from tidings.core.errors import InputError
from tidings.evidence.readers import Received
from tidings.evidence.readers.mailbox import read_mailbox
from tidings.evidence.readers.message import read_message
from tidings.evidence.report import Report

TEXT = "Trucks reached Öncüpınar again on Monday, and the market has opened for the first time since the spring.\n"
DAY = dt.date(2030, 6, 4)


def message(text: str = TEXT, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Abc Défg <abc@relief.example>"
    made["Date"] = "Tue, 4 Jun 2030 23:12:00 -0700"
    made["Subject"] = "Fwd: Road to Öncüpınar open"
    made["Message-ID"] = "<1@relief.example>"
    for name, value in headers.items():
        del made[name]
        made[name] = value
    made.set_content(text)
    return made


def report_of(made: EmailMessage | bytes) -> Report:
    (report,) = read_message(Received("note.eml", made if isinstance(made, bytes) else bytes(made)))
    return report


def left(report: Report) -> str:
    return " ".join(report.body.split())


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_text_is_decoded_the_subject_titles_it_and_the_day_of_sending_dates_it(encoding: str) -> None:
    made = message()
    made.set_content(TEXT, cte=encoding)
    report = report_of(made)
    assert (report.title, report.published, report.publisher) == ("Road to Öncüpınar open", DAY, None)
    assert left(report) == TEXT.strip()
    assert "abc" not in report.text.lower()


def test_of_plain_text_and_html_the_one_that_holds_more_is_read() -> None:
    made = message()
    made.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    assert left(report_of(made)) == TEXT.strip()
    made = message("Your program cannot show this.")
    made.add_alternative(
        f"<table><tr><td>{TEXT}</td></tr></table><p>Unsubscribe</p>" + f"<p>{TEXT}</p>", subtype="html"
    )
    report = report_of(made)
    assert left(report).startswith(TEXT.strip())
    assert (report.title, report.published) == ("Road to Öncüpınar open", DAY)


def test_of_a_message_that_only_passes_another_one_on_the_inner_one_gives_title_and_day() -> None:
    inner = "From: Hij <hij@relief.example>\nDate: Mon, 3 Jun 2030\nSubject: Inner\n\n"
    report = report_of(message(f"---------- Forwarded message ---------\n{inner}{TEXT}"))
    assert (report.title, report.published) == ("Inner", dt.date(2030, 6, 3))
    assert left(report) == TEXT.strip()


def test_a_message_that_is_attached_is_not_read_and_the_one_around_it_is() -> None:
    made = message()
    made.add_attachment(message("Something else is told in there."))
    report = report_of(made)
    assert left(report) == TEXT.strip()
    assert "an attachment was not read" in report.warnings[0]


def test_attachments_are_told_by_name_and_not_read() -> None:
    made = message()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="sitrep 4.pdf")
    made.add_attachment("a,b\n", filename="table.csv")
    assert report_of(made).warnings == (
        "an attachment was not read: 'sitrep 4.pdf' (application/pdf). Save it and hand it in by itself",
        "an attachment was not read: 'table.csv' (text/plain). Save it and hand it in by itself",
    )


def test_a_wrong_charset_a_broken_subject_and_a_broken_day_are_survived() -> None:
    made = bytes(message()).replace(b'charset="utf-8"', b'charset="no-such"')
    made = re.sub(rb"Date: [^\n]*", b"Date: Tue, 44 Jun 2030 10:00", made)
    report = report_of(made)
    assert "Öncüpınar" in left(report)
    assert report.published is None
    assert report_of(b"Subject: =?utf-8?q?=FF=FE?=\nMessage-ID: <1>\n\nThe road is open again.\n").body.strip()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"no head at all, only text", "this is no e-mail message: it has no head"),
        (b"Subject: Empty\nMessage-ID: <1>\n\n", "it holds no text"),
        (b"Message-ID: <1>\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n", "it holds no text"),
    ],
)
def test_what_is_no_message_with_text_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=f"note.eml: {problem}"):
        report_of(content)


def test_parts_within_parts_end() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000))
    with pytest.raises(InputError):
        report_of(b"MIME-Version: 1.0\n" + nested + b"\nText.")


OPENING = b"From abc@relief.example Tue Jun  4 10:12:00 2030\n"
OTHER = b"Subject: Second\nDate: Wed, 5 Jun 2030 10:00\n\n>From the north, people fled to Dorvik, said the mayor.\n"


def mailbox(*messages: bytes) -> tuple[Report, ...]:
    return read_mailbox(Received("box.mbox", b"\n".join(OPENING + each for each in messages)))


def test_each_message_of_a_mailbox_is_a_report() -> None:
    first, second = mailbox(bytes(message()), OTHER)
    assert [report.title for report in (first, second)] == ["Road to Öncüpınar open", "Second"]
    assert left(second) == "From the north, people fled to Dorvik, said the mayor."
    assert first.name == f"box.mbox#{first.id[:8]}"


def test_a_message_is_the_same_report_in_a_mailbox_that_has_grown_and_as_a_file() -> None:
    content = bytes(message())
    (alone,) = mailbox(content)
    assert mailbox(OTHER, content)[1].id == alone.id == report_of(content).id


def test_a_message_without_text_is_told_and_does_not_lose_the_others() -> None:
    reports = mailbox(b"Subject: Empty\n\n\n", OTHER)
    assert [report.title for report in reports] == ["Second"]
    assert reports[0].warnings[0] == "part 1 was left out: it holds no text"


def test_what_is_no_mailbox_is_refused() -> None:
    with pytest.raises(InputError, match=r"box\.mbox: this is no mailbox(.*)Export the messages"):
        read_mailbox(Received("box.mbox", b"Text and nothing else."))
