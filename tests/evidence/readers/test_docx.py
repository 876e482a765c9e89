"""Contract: of a Word file what is written is read in order, and nothing else; what is no report is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.readers.docxs import docx, p, part, zipped
from tidings.core.errors import InputError
from tidings.evidence.readers import Received
from tidings.evidence.readers import docx_package as package
from tidings.evidence.readers.docx import read_docx
from tidings.evidence.report import Report

TEXT = "The army captured the town of Dorvik on Saturday, and about 4,000 people fled, said the mayor."


def report_of(content: bytes) -> Report:
    (report,) = read_docx(Received("report.docx", content))
    return report


def text_of(body: str, **parts: str) -> str:
    return report_of(docx(body, **parts)).text


def test_paragraphs_stand_apart_and_runs_of_one_are_joined() -> None:
    runs = "<w:p><w:r><w:t>The army captured </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Dorvik</w:t></w:r></w:p>"
    assert text_of(f"{p(TEXT)}{runs}") == f"{TEXT}\n\nThe army captured Dorvik"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a b"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t>", "a\nb"),
        ("<w:t>rebel</w:t><w:noBreakHyphen/><w:t>held</w:t>", "rebel-held"),
        ("<w:t>evacu</w:t><w:softHyphen/><w:t>ated</w:t>", "evacuated"),
        ('<w:instrText>PAGE</w:instrText><w:t>a</w:t><w:t xml:space="preserve"> b</w:t>', "a b"),
    ],
)
def test_marks_within_a_paragraph_are_what_a_reader_sees(inner: str, text: str) -> None:
    assert text_of(f"{p(TEXT)}<w:p><w:r>{inner}</w:r></w:p>") == f"{TEXT}\n\n{text}"


def test_links_fields_and_content_controls_are_text() -> None:
    link = "<w:hyperlink><w:r><w:t>a camp</w:t></w:r></w:hyperlink>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>"
    assert text_of(p(TEXT, more=link) + control) == f"{TEXT}a camp\n\nIn a control."


def test_items_of_lists_have_a_mark_by_themselves_or_by_their_style() -> None:
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>By itself.</w:t></w:r></w:p>'
    numbered = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    styles = part("styles", f'<w:style w:styleId="Lst"><w:name w:val="List"/>{numbered}</w:style>')
    assert text_of(p(TEXT) + item + p("By style.", "Lst"), styles=styles) == f"{TEXT}\n\n- By itself.\n\n- By style."


def test_a_table_is_a_row_a_line_with_its_cells_apart() -> None:
    rows = [("Place", "Displaced"), ("Dorvik", "4,000"), ("", "")]
    table = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    assert text_of(f"{p(TEXT)}<w:tbl>{table}</w:tbl>{p('After it.')}") == (
        f"{TEXT}\n\nPlace | Displaced\nDorvik | 4,000\n\nAfter it."
    )


def test_footnotes_and_text_boxes_follow_the_paragraph_that_they_hang_on() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = part("footnotes", f'<w:footnote w:type="separator" w:id="0">{p("line")}</w:footnote>'
                              f'<w:footnote w:id="2">{p("As the mayor said.")}</w:footnote>')  # fmt: skip
    boxed = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>' + boxed + "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{boxed}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    text = text_of(p(TEXT, more=mark + box) + p("The end."), footnotes=notes)
    assert text == f"{TEXT}\n\nAs the mayor said.\n\nIn a box.\n\nThe end."


def test_a_note_is_read_once_whatever_refers_to_it() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = part("footnotes", f'<w:footnote w:id="2">{p("In a circle.", more=mark)}</w:footnote>')
    assert text_of(p(TEXT, more=mark * 1_000), footnotes=notes) == f"{TEXT}\n\nIn a circle."


def test_headers_and_footers_of_the_page_are_furniture() -> None:
    report = report_of(docx(p(TEXT), header=part("hdr", p("Relief Office")), footer=part("ftr", p("Page 1"))))
    assert report.text == f"Relief Office\n\n{TEXT}\n\nPage 1"
    assert report.body.strip() == TEXT


def test_deleted_and_hidden_words_are_left_out_insertions_kept_and_that_is_told() -> None:
    changed = (
        "<w:del><w:r><w:delText>Nobody fled. </w:delText></w:r></w:del><w:ins><w:r><w:t> Many fled.</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    )
    comments = part("comments", "<w:comment/><w:comment/>")
    report = report_of(docx(p(TEXT, more=changed), comments=comments))
    assert report.text == f"{TEXT} Many fled."
    assert report.warnings == (
        "tracked deletions were left out (1), and insertions read as accepted",
        "hidden passages were left out (1)", "comments were not read (2)",
    )  # fmt: skip


def test_pictures_and_embedded_objects_are_told() -> None:
    report = report_of(docx(p(TEXT, more="<w:r><w:drawing/></w:r><w:r><w:object/></w:r>")))
    assert report.warnings == (
        "pictures and drawings were not read (1)", "embedded objects (charts, sheets) were not read (1)",
    )  # fmt: skip


def test_the_title_is_the_one_in_the_text_else_the_property() -> None:
    styles = part("styles", '<w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>')
    core = "<dc:title>Report of the week</dc:title><dc:creator>nobody asks</dc:creator>"
    assert report_of(docx(p("Dorvik falls", "Titre") + p(TEXT), core, styles=styles)).title == "Dorvik falls"
    report = report_of(docx(p(TEXT), core))
    assert (report.title, report.publisher) == ("Report of the week", None)


def test_the_day_is_what_the_text_says_and_the_day_of_saving_is_only_told() -> None:
    day = "2031-03-06T10:00:00Z"
    core = f"<dcterms:created>{day}</dcterms:created><dcterms:modified>{day}</dcterms:modified>"
    assert report_of(docx(p("Published: 5 March 2031") + p(TEXT), core)).published == dt.date(2031, 3, 5)
    report = report_of(docx(p(TEXT), core))
    assert report.published is None
    assert "the file was made on 2031-03-06 and saved on 2031-03-06: give --published" in report.warnings[0]


BOMB = docx(p(TEXT) + "<w:p/>" * 10_000_000)
ENTITIES = "<!DOCTYPE w:document [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE w:document [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
HOSTILE = {
    "a bomb": (BOMB, "unpacks to more than 20 MB of text.*save it again as DOCX"),
    "entities": (zipped({"word/document.xml": f"{ENTITIES}<w:document>&b;</w:document>"}), "declares a document"),
    "outside": (zipped({"word/document.xml": f"{OUTSIDE}<w:document>&a;</w:document>"}), "declares a document"),
    "deep": (docx("<w:p>" * 100_000 + "</w:p>" * 100_000), "damaged"),
    "deep tables": (docx("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300), "damaged"),
    "no body": (zipped({"word/document.xml": part("document", "")}), "word/document.xml in it has no body"),
    "no XML": (zipped({"word/document.xml": "word"}), "damaged"),
    "a spreadsheet": (zipped({"xl/workbook.xml": "<a/>"}), "this is no Word file|no Word file"),
    "many files": (zipped({f"word/{n}.xml": "" for n in range(10_001)}), "holds more than 10,000 files"),
    "no end": (docx(p(TEXT))[:-100], "damaged: it is no zip, or its end is missing"),
    "another kind": (b"%PDF-1.7", "this is no DOCX file"),
    "nothing": (docx(""), "holds no text"),
    "pictures": (docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "holds no text"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_report_is_refused(name: str) -> None:
    content, message = HOSTILE[name]
    with pytest.raises(InputError, match=f"report.docx: .*{message}"):
        read_docx(Received("report.docx", content))


def test_parts_that_are_each_small_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART_BYTES", 2_000)
    headers = part("hdr", p("word " * 300))
    opened = package.open_package(docx(p("word " * 200), header=headers), "report.docx")
    opened.left = 2_000
    assert opened.part("word/document.xml") is not None
    with pytest.raises(InputError, match="unpacks to more than"):
        opened.part("word/header.xml")


def test_an_encrypted_part_is_refused() -> None:
    content = bytearray(docx(p(TEXT)))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.find(mark)
        while at >= 0:
            content[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
            at = content.find(mark, at + 4)
    with pytest.raises(InputError, match=r"the DOCX file is encrypted\. (.*)take the password away"):
        read_docx(Received("report.docx", bytes(content)))
