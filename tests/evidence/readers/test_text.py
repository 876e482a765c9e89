"""A plain text stays as it is: its furniture is marked, its date, title and publisher are read from its head."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from tidings.evidence.readers import read_file, read_pasted
from tidings.evidence.report import Report

BODY = "Trucks reached the town again on Monday, and the market has opened for the first time since the spring."


def report_of(text: str) -> Report:
    (report,) = read_pasted(text)
    return report


def marked(report: Report) -> list[str]:
    return [report.text[start:end] for start, end in report.furniture]


def test_the_text_is_the_decoded_file_unchanged() -> None:
    text = f"Road reopens\r\n\r\n  {BODY}\t\r\n\n\nShare To:\r\n"
    assert report_of(text).text == text


def test_the_id_is_the_hash_of_the_bytes() -> None:
    assert report_of(BODY).id == hashlib.sha256(BODY.encode()).hexdigest()


@pytest.mark.parametrize(
    "line",
    [
        "Share To:", "Share on Facebook", "Share this article", "Share this story on Twitter", "Tweet", "Print",
        "E-mail",
        "Facebook Twitter WhatsApp", "Facebook | Twitter | Print", "0 comments so far,add yours", "12 Comments",
        "No comments", "Leave a comment", "Add your comment", "Be the first to comment on this story", "Read more",
        "Read more: Market opens in the hills", "Advertisement", "- ADVERTISEMENT -",
        "Story continues below advertisement",
        "Related articles", "Most read", "Subscribe to our newsletter for a daily digest", "Follow us on Telegram",
        "Click here for the full list", "Back to top", "Home | About | Contact", "© 2031 The Valley Gazette",
        "The Valley Gazette. All rights reserved.", "Photo: Valley Gazette", "Tags: roads, trucks",
        "Accept all cookies",
        "We use cookies to improve your visit to this site.", "By Anna Alder", "By Anna Alder and Ben Birch, Velmora",
        "3 min read", "1,204 views", "Page 2 of 5",
    ],
)  # fmt: skip
def test_furniture_is_marked(line: str) -> None:
    assert marked(report_of(f"{BODY}\n{line}\n{BODY}")) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Shelling killed 12 people", "Print shops in the town have closed.",
        "Two comments by the mayor made people angry.",
        "By the river, families wait in tents", "Share prices fell after the road was cut.",
        "Follow the road north to Azaz.",
        "12 people", "Roads", "More than 400 families have left",
        "Read the letter in full on page two, said the mayor.",
        "Like many others, she left on foot.",
    ],
)  # fmt: skip
def test_what_tells_the_story_is_not_furniture(line: str) -> None:
    assert marked(report_of(f"{BODY}\n{line}\n{BODY}")) == []


@pytest.mark.parametrize(
    "credit",
    [
        "(Additional reporting by Anna Alder in Velmora; editing by Ben Birch)",
        "(Reporting by Anna Alder; Writing by Ben Birch; Editing by Carl Cedar)",
        "(Writing and editing by Anna Alder)",
        "Reporting by Anna Alder and Ben Birch; Editing by Carl Cedar",
    ],
)
def test_the_credits_of_those_who_worked_on_it_are_furniture(credit: str) -> None:
    assert marked(report_of(f"{BODY}\n{credit}")) == [credit]


def test_credits_at_the_end_of_a_paragraph_leave_the_paragraph() -> None:
    report = report_of(f"{BODY} (Reporting by Anna Alder)")
    assert marked(report) == ["(Reporting by Anna Alder)"]
    assert report.body.rstrip() == BODY


def test_a_report_in_brackets_about_reporting_is_no_credit() -> None:
    assert marked(report_of(f"{BODY} (The mayor stopped reporting by radio.)")) == []


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 8 February 2016", dt.date(2016, 2, 8)),
        ("Date: Monday, February 8, 2016", dt.date(2016, 2, 8)),
        ("Published on: 2016-02-08T09:30:00Z", dt.date(2016, 2, 8)),
        ("POSTED: 8th Feb. 2016", dt.date(2016, 2, 8)),
        ("Issued: 13/02/2016", dt.date(2016, 2, 13)),
        ("Issued: 08.02.2016", dt.date(2016, 2, 8)),
        ("Mon Feb 8, 2016 10:13am EST", dt.date(2016, 2, 8)),
        ("8 February 2016", dt.date(2016, 2, 8)),
        ("Last updated: 9 February 2016", dt.date(2016, 2, 9)),
    ],
)
def test_a_head_line_dates_the_report_and_is_furniture(line: str, day: dt.date) -> None:
    report = report_of(f"Road reopens\n{line}\n\n{BODY}")
    assert report.published == day
    assert marked(report) == [line]
    assert report.title == "Road reopens"


def test_the_first_publication_goes_before_the_last_change() -> None:
    report = report_of(f"Last updated: 9 February 2016\nPublished: 8 February 2016\n\n{BODY}")
    assert report.published == dt.date(2016, 2, 8)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"On 8 February 2016 the road was cut.\n{BODY}",
        f"Date: not known\n{BODY}",
        f"Published: 31 February 2016\n{BODY}",
        f"VELMORA, Feb 8 - {BODY}",
    ],
)
def test_without_a_full_date_of_publication_the_report_has_none(text: str) -> None:
    assert report_of(text).published is None


def test_a_date_that_can_be_two_days_is_not_used_and_a_warning_says_so() -> None:
    report = report_of(f"Published: 08/02/2016\n\n{BODY}")
    assert report.published is None
    assert report.warnings == ("the date '08/02/2016' can mean two days: it was not used",)


def test_the_publisher_is_read_from_the_head() -> None:
    report = report_of(f"Road reopens\nPublisher: Valley Gazette\n\n{BODY}")
    assert report.publisher == "Valley Gazette"


def test_a_source_told_in_the_story_is_no_publisher() -> None:
    assert report_of(f"{BODY}\nA source said: nobody knows.").publisher is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"# Road reopens\n\n{BODY}", "Road reopens"),
        (f"\n\n  Road reopens  \n{BODY}", "Road reopens"),
        (f"Will the road reopen?\n{BODY}", "Will the road reopen?"),
        (f"Share To:\nRoad reopens\n{BODY}", "Road reopens"),
        (BODY, None),
        ("Road reopens", None),
        (f"Road.\n{BODY}", None),
        (f"The road has reopened.\n{BODY}", None),
        ("Road reopens\nSoon", None),
    ],
)
def test_the_first_line_is_the_title_where_it_looks_like_a_headline(text: str, title: str | None) -> None:
    assert report_of(text).title == title


def test_the_article_beside_the_project_has_its_share_bar_comments_and_credits_marked() -> None:
    folder = Path(__file__).resolve().parents[4] / "shared" / "report"
    if not folder.is_dir():
        pytest.skip("the shared article is not there")
    (report,) = read_pasted(next(folder.glob("*.txt")).read_bytes())
    assert [words.split()[0] for words in marked(report)] == ["(Additional", "Share", "0"]
    assert (report.title, report.published, report.language) == (None, None, "en")
    assert report.text == next(folder.glob("*.txt")).read_bytes().decode()


@pytest.mark.parametrize(
    "line",
    [
        "Situation update No. 4, 5 June 2030",
        "Flash Update – 5 June 2030",
        "Velmora floods | Daily bulletin (as of 5 June 2030)",
        "SITREP #12 - June 5, 2030, 18:00",
        "Displacement overview, 1–5 June 2030",
        "Situation report: 29 May 2030 to 5 June 2030",
    ],
)
def test_a_heading_that_ends_in_a_day_dates_the_report_where_nothing_else_does(line: str) -> None:
    assert report_of(f"{line}\n\n{BODY}").published == dt.date(2030, 6, 5)
    assert report_of(f"{line}\nPublished: 7 June 2030\n\n{BODY}").published == dt.date(2030, 6, 7)


@pytest.mark.parametrize(
    "line",
    [
        "The town remembers the raid of 5 June 2014",
        "The market has been closed since 5 June 2030",
        "Update: the crossing was closed on 5 June 2030, and nobody knows why.",
        "Report on the flood of 5 June 2014 and what came of it",
    ],
)
def test_a_heading_about_another_day_dates_nothing(line: str) -> None:
    assert report_of(f"{line}\n\n{BODY}").published is None


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("VELMORA, June 5 (Valley News) - ", None),
        ("VELMORA, 5 June 2030 (Valley News) – ", dt.date(2030, 6, 5)),
        ("VELMORA/ORLO, June 5 — ", None),
        ("VELMORA (Valley News) -- ", None),
        ("VELMORA – ", None),
        ("(AFP) ", None),
        ("(AFP) - ", None),
        ("(Reuters) ", None),
        ("Reuters - ", None),
        ("AFP - ", None),
        ("June 5 (Reuters) - ", None),
        ("5 June (Valley News) – ", None),
        ("June 5, 2030 (Reuters) - ", dt.date(2030, 6, 5)),
        ("Velmora (Reuters) - ", None),
        ("(Valley News) – ", None),
        ("Velmora, 5 June 2030 – ", dt.date(2030, 6, 5)),
    ],
)
def test_a_dateline_is_furniture_and_dates_only_with_a_year(dateline: str, day: dt.date | None) -> None:
    report = report_of(f"Road reopens\n\n{dateline}{BODY}")
    assert marked(report) == [dateline.rstrip()]
    assert report.published == day


@pytest.mark.parametrize(
    "text",
    [
        f"VELMORA – {BODY}\n\nORLO – {BODY}",
        f"ROAD VELMORA – ORLO: CUT since 2 June\n\n{BODY}",
        f"VELMORA - Closed\n\n{BODY}",
        f"(Velmora) {BODY}",
        f"(Velmora) - {BODY}",
        f"(VELMORA) {BODY}",
        f"Velmora (rebels) - {BODY}",
        f"Velmora (SAF) - {BODY}",
        f"In Velmora (Reuters) {BODY}",
    ],
)
def test_headings_of_places_and_of_roads_are_no_datelines(text: str) -> None:
    assert marked(report_of(text)) == []


def test_a_text_without_a_headline_has_no_title_and_never_the_name_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "weekly-report.txt"
    path.write_text(BODY, encoding="utf-8")
    (report,) = read_file(path)
    assert report.title is None


@pytest.mark.parametrize("line", ["Published 19 November 2031", "Published on 19 Nov 2031", "Posted 19 Nov 2031"])
def test_a_day_behind_its_label_needs_no_colon(line: str) -> None:
    assert report_of(f"Market opens\n{line}\n\n{BODY}").published == dt.date(2031, 11, 19)


def test_a_run_of_blanks_costs_no_more_than_its_length() -> None:
    assert report_of(f"{' ' * 300_000}{BODY}").body.strip() == BODY
