"""A web page gives its paragraphs in order; menus are marked, scripts dropped, and nothing is run or fetched."""

from __future__ import annotations

import datetime as dt
import socket

import pytest

from tidings.core.errors import InputError
from tidings.evidence.readers import Received, read_pasted
from tidings.evidence.readers.html import looks_like_html, read_html
from tidings.evidence.report import Report

LONG = (
    "Trucks have reached the town again, the mayor's office said on Monday, and the market has opened for the first "
    "time since the spring. It was not clear how long the road would stay open, because the bridge to the north of "
    "the town has been damaged and there is nobody who could mend it."
)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def report_of(content: str | bytes) -> Report:
    (report,) = read_pasted(content)
    return report


def story(report: Report) -> list[str]:
    return [line for line in report.body.split("\n") if line.strip()]


def test_paragraphs_are_joined_by_blank_lines() -> None:
    assert report_of(page(f"<p>{LONG}</p><p>{LONG}</p>")).text == f"{LONG}\n\n{LONG}"


def test_menus_share_bars_and_footers_are_marked_and_not_cut() -> None:
    body = (
        "<nav><a href='/'>Home</a></nav><h1>Road reopens</h1><div><a href='#'>Share on Facebook</a></div>"
        f"<p>{LONG}</p><p>Share To:</p><p>3 comments</p><footer><p>Written in Velmora</p></footer>"
    )
    report = report_of(page(body))
    assert story(report) == ["Road reopens", LONG]
    assert "Written in Velmora" in report.text


def test_short_paragraphs_of_an_article_are_text() -> None:
    body = (
        f"<article><p>The road is open.</p><p>{LONG}</p><p>The bridge is not.</p></article><p><a href='#'>Next</a></p>"
    )
    assert story(report_of(page(body))) == ["The road is open.", LONG, "The bridge is not."]


def test_a_short_page_without_running_text_is_all_text() -> None:
    assert story(report_of(page("<div>The road is open.</div>"))) == ["The road is open."]


def test_words_of_neighbouring_elements_are_not_joined() -> None:
    report = report_of(page("<p>From <b>Tal</b> <i>Rifaat</i> to<br>Azaz <a href='#'>by</a> <a href='#'>road</a></p>"))
    assert report.text == "From Tal Rifaat to\n\nAzaz by road"


def test_scripts_styles_comments_and_templates_are_dropped() -> None:
    body = (
        "<script>alert('no')</script><style>p {}</style><!-- no --><template>no</template><noscript>no</noscript>"
        f"<p>{LONG}<script src='https://example.org/no.js'></script></p>"
    )
    assert report_of(page(body)).text == LONG


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = "<base href='http://example.org/'><link rel='stylesheet' href='x.css'><meta property='og:url' content='http://e.org/2016/01/02/x'>"
    assert report_of(page(f"<img src='x.png'><iframe src='y.html'></iframe><p>{LONG}</p>", head)).text == LONG


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<meta property='og:title' content='From the mark'><title>T</title>", "<h1>H</h1>", "From the mark"),
        ("<title>T | Site</title>", "<h1> Head <em>line</em></h1>", "Head line"),
        ("<title> T | Site </title>", "", "T | Site"),
        ("", "", None),
    ],
)
def test_the_title_is_the_pages_own(head: str, body: str, title: str | None) -> None:
    assert report_of(page(f"{body}<p>{LONG}</p>", head)).title == title


def test_the_publisher_is_the_name_of_the_site() -> None:
    head = "<meta property='og:site_name' content=' Valley  Gazette '>"
    assert report_of(page(f"<p>{LONG}</p>", head)).publisher == "Valley Gazette"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<meta property='article:published_time' content='2016-02-08T23:10:00+02:00'>", ""),
        ("<meta name='date' content='2016-02-08'><meta property='article:modified_time' content='2016-03-01'>", ""),
        ("<script type='application/ld+json'>{\"datePublished\": \"2016-02-08\"}</script>", ""),
        ("", "<time datetime='2016-02-08'>Monday</time>"),
        ("", "<p>Published: 8 February 2016</p>"),
    ],
)  # fmt: skip
def test_the_day_of_first_publication_is_read(head: str, body: str) -> None:
    assert report_of(page(f"{body}<p>{LONG}</p>", head)).published == dt.date(2016, 2, 8)


def test_a_page_without_a_date_has_none_and_never_todays() -> None:
    assert report_of(page(f"<p>{LONG}</p><footer>© 2016 Gazette</footer>")).published is None


@pytest.mark.parametrize(
    "content",
    [
        page("<p>Öncüpınar is closed to most people.</p>").encode(),
        page("<p>Öncüpınar is closed to most people.</p>", "<meta charset='windows-1254'>").encode("cp1254"),
        page("<p>Öncüpınar is closed to most people.</p>", "<meta charset='utf-8'>").encode("utf-16"),
        page("<p>Öncüpınar is closed to most people.</p>", "<meta charset='no-such'>").encode(),
        f"<?xml version='1.0' encoding='cp1254'?>{page('<p>Öncüpınar is closed to most people.</p>')}".encode("cp1254"),
        page("<p>&Ouml;nc&uuml;p&#305;nar is closed to most people.</p>").encode(),
    ],
)  # fmt: skip
def test_the_encoding_is_the_declared_one_or_found(content: bytes) -> None:
    assert report_of(content).text == "Öncüpınar is closed to most people."


@pytest.mark.parametrize(
    "content",
    [
        page(""),
        page("<script>alert('no text')</script>"),
        page("<img src='a.png'>", "<title>T</title>"),
        page("<p>Share To:</p>"),
    ],
)
def test_a_page_without_text_is_refused(content: str) -> None:
    with pytest.raises(InputError, match="it holds no text"):
        report_of(content)


def test_a_page_in_another_language_keeps_its_text_and_is_told() -> None:
    text = "Die Armee hat die Straße in die Stadt gesperrt, und niemand kann sie mehr verlassen."
    report = report_of(page(f"<p>{text}</p>"))
    assert (report.language, story(report)) == ("de", [text])
    assert "another language than English" in report.warnings[0]


@pytest.mark.parametrize(
    "content", ["<b>" * 50_000 + LONG, "<ul><li>x" * 20_000 + LONG, "<p>a" * 20_000, "<p " + "a" * 10**6]
)
def test_pages_of_no_sense_do_not_hang(content: str) -> None:
    try:
        reports = read_html(Received("page.html", content.encode()))
    except InputError:
        reports = ()
    assert len(reports) <= 1


@pytest.mark.parametrize(
    ("content", "is_html"),
    [
        (b"<!doctype html>", True),
        (b"\xef\xbb\xbf\n <HTML>", True),
        (b"<!-- saved --><div class='x'>", True),
        ("<!DOCTYPE html>".encode("utf-16"), True),
        (b"<p>a", True),
        (b"Troops are <b>5 km away", False),
        (b"<people>", False),
        (b"", False),
    ],
)
def test_a_page_is_known_by_its_beginning(content: bytes, is_html: bool) -> None:
    assert looks_like_html(content) is is_html
