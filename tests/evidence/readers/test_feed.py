"""Contract: each entry of a feed is a report, the same one when the feed has grown; nothing is fetched or expanded."""

from __future__ import annotations

import datetime as dt
import socket

import pytest

from tidings.core.errors import InputError
from tidings.evidence.readers import Received
from tidings.evidence.readers.feed import read_feed
from tidings.evidence.readers.received import file_of
from tidings.evidence.report import Report

TEXT = "Trucks reached the town again on Monday, and the market has opened for the first time since the spring."
OTHER = "The road between Dorvik and Brusk is cut, and about 4,000 people cannot leave, said the mayor."
DAY = dt.date(2030, 6, 4)


def read(content: str | bytes) -> tuple[Report, ...]:
    return read_feed(Received("news.xml", content.encode() if isinstance(content, str) else content))


def item(text: str = TEXT, title: str = "Road open", day: str = "Tue, 04 Jun 2030 10:00:00 GMT", more: str = "") -> str:
    return f"<item><title>{title}</title><pubDate>{day}</pubDate><description>{text}</description>{more}</item>"


def rss(*items: str, title: str = "Valley Radio") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{"".join(items)}</channel></rss>'


RSS_1 = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="a"><title>Valley Radio</title></channel>
<item rdf:about="b"><title>Road open</title><description>{TEXT}</description>
<dc:date>2030-06-04T10:00:00Z</dc:date></item>
</rdf:RDF>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Radio</title>
<entry><title>Road open</title><id>1</id><updated>2030-06-05T10:00:00Z</updated>
<published>2030-06-04T10:00:00Z</published>
<summary>Short.</summary><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize("content", [rss(item()), RSS_1, ATOM], ids=["RSS 2.0", "RSS 1.0", "Atom"])
def test_an_entry_is_a_report_with_title_day_and_the_feed_as_its_publisher(content: str) -> None:
    (report,) = read(content)
    assert (report.title, report.published, report.publisher) == ("Road open", DAY, "Valley Radio")
    assert report.text == f"Road open\n\n{TEXT}"
    assert report.name == f"news.xml#{report.id[:8]}"
    assert file_of(report) == "news.xml"


def test_html_of_an_entry_is_read_as_a_page_and_what_is_no_report_is_furniture() -> None:
    markup = f"<p>{TEXT}</p><ul><li>Dorvik: 40</li></ul><p>Share on Facebook</p>"
    (report,) = read(rss(item(markup.replace("<", "&lt;"))))
    assert report.body.split("\n\n")[1:3] == [TEXT, "Dorvik: 40"]
    assert [report.text[start:end] for start, end in report.furniture] == ["Share on Facebook"]


def test_the_day_is_the_one_written_whatever_the_zone() -> None:
    early = item(day="Tue, 04 Jun 2030 01:00:00 +0300")
    assert read(rss(early))[0].published == DAY
    assert read(ATOM.replace("2030-06-04T10:00:00Z", "2030-06-04T01:00:00+03:00"))[0].published == DAY
    assert read(ATOM.replace("<published>2030-06-04T10:00:00Z</published>", ""))[0].published == dt.date(2030, 6, 5)
    assert read(rss(item(day="")))[0].published is None


def test_a_report_is_the_same_when_its_feed_has_grown_or_another_feed_has_it() -> None:
    (first,) = read(rss(item()))
    newer, again = read(rss(item(OTHER, "Road cut"), item(), title="Valley Radio: Dorvik"))
    assert (again.id, again.name, again.text) == (first.id, first.name, first.text)
    assert newer.id != first.id
    changed = item(TEXT + " More."), item(title="Another"), item(day="Wed, 05 Jun 2030 10:00:00 GMT")
    assert len({first.id, *(report.id for each in changed for report in read(rss(each)))}) == 4


def test_the_same_entry_twice_is_one_report() -> None:
    assert len(read(rss(item(), item()))) == 1


def test_an_entry_without_text_is_told_and_does_not_lose_the_others() -> None:
    reports = read(rss(item(""), item("&lt;img src='a.png'&gt;", "Picture"), item(OTHER), item("<b>broken", "Last")))
    assert OTHER in reports[0].text
    assert reports[0].warnings[:2] == (
        "part 1 ('Road open') was left out: it holds no text", "part 2 ('Picture') was left out: it holds no text",
    )  # fmt: skip


def test_of_many_entries_without_text_only_some_are_told_one_by_one() -> None:
    reports = read(rss(*(item("", f"Title {number}") for number in range(30)), item()))
    assert reports[0].warnings[-1] == "20 more parts were left out"


def test_a_feed_in_another_encoding_and_a_broken_one_are_read() -> None:
    latin = rss(item("Le café de la ville est ouvert. " + TEXT)).replace('"1.0"', '"1.0" encoding="iso-8859-1"', 1)
    assert "café" in read(latin.encode("latin-1"))[0].text
    assert "café" in read(rss(item("Le café est ouvert. " + TEXT)).encode("utf-16"))[0].text
    assert TEXT in read(rss(item()).replace("</channel></rss>", "&nbsp;<br>"))[0].text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **more: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    link = '<link>http://relief.example/a</link><enclosure url="http://relief.example/a.mp3" type="audio/mpeg"/>'
    markup = (
        "&lt;img src='http://relief.example/a.png'&gt;&lt;script src='http://relief.example/a.js'&gt;&lt;/script&gt;"
    )
    assert TEXT in read(rss(item(TEXT + markup, more=link)))[0].text
    with pytest.raises(InputError):
        read("http://relief.example/feed.xml")


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
HOSTILE = {
    "laughs": (f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]>' + rss(item("&a12;"))[21:], "feed"),
    "late laughs": (rss(item()) + f"<!DOCTYPE rss [{LAUGHS}]>", "declares entities"),
    "outside": ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss(item("&a;"))[21:], "feed"),
    "other XML": ("<?xml version='1.0'?><report>text</report>", "this XML file is no feed.*hand in its reports"),
    "no entries": (rss(), "the feed has no entries"),
    "no text": (rss(item("")), "part 1 .'Road open'. was left out: it holds no text"),
    "no end": (rss(item())[:60], "the feed"),
    "no end of a tag": (rss(item()).replace("<channel", "<channel " + "a='b' " * 50_000), "a tag in it does not end"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_feed_is_refused(name: str) -> None:
    content, message = HOSTILE[name]
    with pytest.raises(InputError, match=f"news.xml: .*{message}"):
        read(content)


DEEP = ["<a>" * 50_000, "&lt;div&gt;" * 50_000, "<" * 200_000, "&amp;" * 200_000, "<![CDATA[" * 20_000]


@pytest.mark.parametrize("inner", DEEP)
def test_deep_and_broken_entries_end(inner: str) -> None:
    reports = read(rss(item(OTHER), item(inner)))
    assert OTHER in reports[0].text


def test_a_feed_that_is_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="more than 30 MB"):
        read(b"<rss>" + b" " * 30_000_000)
