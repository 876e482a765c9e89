"""A file is read by the first format that knows it; what cannot be read is refused with where, what and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.core.errors import EnvironmentError_, InputError
from tidings.evidence.readers import Received, formats, read_file, read_pasted
from tidings.evidence.readers.formats import format_of, plugins
from tidings.evidence.report import Report

MARKUP = st.text("<>/=\"' aphtmldivbr&;#12", max_size=300)
TEXT = "The road to the town has been open again since Monday, and trucks have reached the market."


def test_a_file_is_read_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    (report,) = read_file(tmp_path / "report.txt")
    assert (report.name, report.text) == ("report.txt", TEXT)


def test_pasted_text_and_a_file_of_the_same_bytes_are_the_same_report(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    assert read_file(tmp_path / "report.txt")[0].id == read_pasted(TEXT)[0].id == read_pasted(TEXT.encode())[0].id


def test_what_the_user_gives_goes_before_what_the_file_says_and_a_difference_is_told() -> None:
    text = f"Published: 8 February 2016\nPublisher: Gazette\n\n{TEXT}"
    (report,) = read_pasted(text, published=dt.date(2016, 2, 9), publisher="Radio")
    assert (report.published, report.publisher) == (dt.date(2016, 2, 9), "Radio")
    assert "published on 2016-02-08; 2016-02-09, as given, is used" in report.warnings[0]
    assert read_pasted(text, published=dt.date(2016, 2, 8))[0].warnings == ()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"plain", "text"),
        ("a.txt", b"<!DOCTYPE html><p>x", "HTML"),
        ("a.htm", b"plain", "HTML"),
        ("a.unknown", b"plain", "text"),
        ("-", b"<html>", "HTML"),
        ("a.txt", b"%PDF-1.7\n", "PDF"),
        ("a.pdf", b"plain", "PDF"),
        ("a.txt", b"PK\x03\x04..word/document.xml..", "DOCX"),
        ("a.html", b"<?xml version='1.0'?><rss version='2.0'>", "feed"),
        ("a.xml", b"<?xml version='1.0'?><html>", "HTML"),
        ("a.txt", b"Message-ID: <1@b.example>\nSubject: x\n\nplain", "e-mail"),
        ("a.eml", b"plain", "e-mail"),
        ("a.txt", b"From: A\nSubject: pasted\n\nplain", "text"),
        ("a.txt", b"From a@b.example Tue Jun  4 10:12:00 2030\nSubject: x\n\nplain", "mailbox"),
        ("a.txt", b"From 2030\nSubject: x\n\nplain", "text"),
    ],
)
def test_what_bytes_begin_with_goes_before_their_name(name: str, content: bytes, expected: str) -> None:
    assert format_of(Received(name, content)).name == expected


def test_our_own_formats_are_found_as_those_of_plug_ins_are_and_have_a_reader() -> None:
    ours = {plugin.value.name for plugin in plugins() if plugin.is_ours}
    assert ours == {"DOCX", "e-mail", "feed", "HTML", "mailbox", "PDF", "text"}
    assert all(callable(known.reader) for known in formats())


def test_an_installation_of_another_version_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tidings.evidence.plugins.entry_points", lambda group: ())
    plugins.cache_clear()
    try:
        with pytest.raises(EnvironmentError_, match=r"another version than the code(.*)Install it again"):
            read_pasted(TEXT)
    finally:
        plugins.cache_clear()


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"Share To:\n0 comments so far,add yours\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(content)
    with pytest.raises(InputError, match=r"empty\.txt: it holds no text"):
        read_file(tmp_path / "empty.txt")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04....", "a spreadsheet, presentation or zip file"),
        (b"\xd0\xcf\x11\xe0....", "an old or password-protected Word or Excel file"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"\x1f\x8b....", "a gzip file"),
        (b"SQLite format 3\x00", "a database"),
        (b"MZ\x90\x00\x03", "a program"),
        (b"abc\x00def", "a binary file"),
        (bytes(range(1, 9)) * 100, "a binary file"),
    ],
)
def test_a_file_that_is_not_text_is_refused_with_its_kind(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "file.txt").write_bytes(content)
    with pytest.raises(InputError, match=f"this is {kind}, not text.*save it as one of them"):
        read_file(tmp_path / "file.txt")


@pytest.mark.parametrize(("name", "message"), [("nowhere.txt", "there is no such file"), (".", "this is a folder")])
def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_file(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_encodings_with_a_mark_are_read_without_a_warning(encoding: str) -> None:
    text = f"Öncüpınar. {TEXT}"
    content = text.encode(encoding)
    if encoding == "utf-16-le":
        content = b"\xff\xfe" + content
    (report,) = read_pasted(content)
    assert (report.text, report.warnings) == (text, ())


def test_another_encoding_is_guessed_and_told() -> None:
    text = "The mayor’s office said “nobody” had left – the café is open, and the façade of the hôtel stands."
    (report,) = read_pasted(text.encode("cp1252"))
    assert report.text == text
    assert report.warnings == ("the file is not UTF-8: it was read as cp1252",)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Les combats ont forcé des milliers de personnes à fuir la ville, dit-on à la mairie.", "cp1252"),
        ("Trois mille ménages ont été déplacés.", "cp1252"),
        ("Os combates forçaram milhares de pessoas a fugir da região; não há ajuda.", "cp1252"),
        ("Ordu kasabaya giden yolu kapattı ve pazartesiden beri kimse oradan ayrılamıyor.", "cp1254"),
        ("Walki zmusiły tysiące ludzi do ucieczki z miasta, a droga jest zamknięta od poniedziałku.", "cp1250"),
        ("Тысячи людей бежали из города в понедельник после обстрела рынка.", "cp1251"),
        ("اللاجئون وصلوا إلى المدينة يوم الاثنين بعد القصف الذي استهدف السوق وأجبر الآلاف على الفرار", "cp1256"),
    ],
)
def test_only_encodings_that_reports_are_written_in_are_guessed(text: str, encoding: str) -> None:
    (report,) = read_pasted(text.encode(encoding))
    assert report.text == text
    assert report.warnings[0] == f"the file is not UTF-8: it was read as {encoding}"


def test_a_text_with_a_damaged_byte_stays_utf_8() -> None:
    (report,) = read_pasted(f"Öncüpınar. {TEXT}".encode() + b"\xff")
    assert report.text == f"Öncüpınar. {TEXT}\ufffd"
    assert "1 character could not be decoded" in report.warnings[0]


def sloppily(content: bytes) -> str:
    """Read bytes as cp1252, as browsers do: bytes that it lacks are controls."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in content)


@pytest.mark.parametrize("wrongly", [sloppily, lambda content: content.decode("latin-1")])
def test_a_page_in_utf_8_that_was_read_as_another_encoding_is_mended_and_told(wrongly: Callable[[bytes], str]) -> None:
    text = "Öncüpınar: the mayor’s office said “nobody” had left – the café is open, said İdlib’s radio."
    (report,) = read_pasted(f"<html><body><p>{wrongly(text.encode())}</p></body></html>")
    assert text in report.text
    assert report.warnings == ("the text had been decoded wrongly (UTF-8 read as cp1252): 10 passages were mended",)


@pytest.mark.parametrize(
    "text",
    [
        "The CAFÉ… is open.",
        "À LA MÊLÉE: «DÉJÀ» ÇA VA – l’été.",
        "Große Öfen – 5 €.",
        "A price of £5 and 20 °C.",
        "ÜÖÄ–“x”",
    ],
)
def test_letters_that_stand_as_they_are_meant_are_left(text: str) -> None:
    assert read_pasted(text)[0].text == text


def test_a_page_that_declares_a_western_encoding_and_is_utf_8_is_read_as_utf_8() -> None:
    page = f'<html><head><meta charset="iso-8859-1"></head><body><p>Öncüpınar. {TEXT}</p></body></html>'
    assert read_pasted(page.encode())[0].text == f"Öncüpınar. {TEXT}"
    assert read_pasted(page.replace("ı", "i").encode("latin-1"))[0].text == f"Öncüpinar. {TEXT}"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Armee hat die Straße in die Stadt gesperrt, und niemand kann sie mehr verlassen.", "de"),
        ("L'armée a fermé la route de la ville et personne ne peut plus en sortir depuis lundi.", "fr"),
        ("أغلق الجيش الطريق إلى المدينة ولا يستطيع أحد مغادرتها منذ يوم الاثنين", "ar"),
        ("Ordu kasabaya giden yolu kapattı ve pazartesiden beri kimse oradan ayrılamıyor.", "tr"),
    ],
)
def test_a_report_in_another_language_is_returned_with_its_language_and_a_warning(text: str, language: str) -> None:
    (report,) = read_pasted(text)
    assert report.language == language
    assert f"another language than English ('{language}')" in report.warnings[0]


@pytest.mark.parametrize(
    "text", ["Azaz, Nubul, Zahraa, Kilis, Idlib, Afrin, Aleppo, Haritan, Anadan.", "77,000", "Shelling in Azaz today."]
)
def test_of_a_short_text_or_a_list_of_names_no_language_is_told(text: str) -> None:
    assert read_pasted(text)[0].language is None


@pytest.mark.parametrize(
    "unit",
    [
        f"{TEXT} ",
        "a",
        "(reporting by ",
        "\n",
        "12/02/2016 ",
        "Published: ",
        "«“",
        "\u200b\u202e",
        "<!-- -->",
        "<? ?>",
        "From ",
    ],
)
def test_a_line_of_ten_megabytes_does_not_hang(unit: str) -> None:
    reports: tuple[Report, ...] = ()
    with suppress(InputError):  # furniture and blanks alone are no report
        reports = read_pasted(unit * (10_000_000 // len(unit)))  # about two seconds; with its square, for ever
    assert len(reports) <= 1


@settings(max_examples=150, deadline=2000)
@given(
    st.binary(max_size=400)
    | st.text(max_size=400).map(str.encode)
    | st.text("<>/=\"' aphtmldivbr&;#12", max_size=300).map(str.encode)
)
def test_whatever_the_bytes_are_a_report_or_a_refusal_comes_back(content: bytes) -> None:
    try:
        reports = read_pasted(content)
    except InputError:
        return
    for report in reports:
        assert report.body.strip()
        assert all(0 <= start < end <= len(report.text) for start, end in report.furniture)
        assert list(report.furniture) == sorted(report.furniture)
