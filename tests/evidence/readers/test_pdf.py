"""Contract: of a PDF with a text layer sentences are read whole and in order; what is no report is refused."""

from __future__ import annotations

import datetime as dt
import io
import random
import zlib

import pytest

from tests.evidence.readers.pdfs import At, assembled, paragraph, pdf
from tidings.core.errors import InputError
from tidings.evidence.readers import Received
from tidings.evidence.readers import pdf as reader
from tidings.evidence.readers.pdf import read_pdf
from tidings.evidence.report import Report

LINES = (
    "The army captured the town of Dorvik on Saturday, and about",
    "4,000 people fled to the north, said the mayor.",
)
TEXT = " ".join(LINES)
GOOD = pdf(paragraph(50, 700, *LINES))


def report_of(content: bytes) -> Report:
    (report,) = read_pdf(Received("report.pdf", content))
    return report


def furniture_of(report: Report) -> list[str]:
    return [report.text[start:end] for start, end in report.furniture]


def test_the_lines_of_a_paragraph_are_one_and_a_wider_gap_begins_another() -> None:
    assert report_of(pdf([*paragraph(50, 700, *LINES), *paragraph(50, 660, *LINES)])).text == f"{TEXT}\n\n{TEXT}"


def test_a_line_that_is_set_in_begins_a_paragraph() -> None:
    lines = [At(62, 700, LINES[0]), At(50, 688, LINES[1]), At(62, 676, LINES[0]), At(50, 664, LINES[1])]
    assert report_of(pdf(lines)).text == f"{TEXT}\n\n{TEXT}"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("thousands were evacu-", "ated at night", "thousands were evacuated at night"),
        ("the soft hy\u00ad", "phen is no letter", "the soft hyphen is no letter"),
        ("people of rebel-", "held areas fled", "people of rebel-held areas fled"),
        ("many anti-", "government forces", "many anti-government forces"),
        ("the town of Al-", "Bab is besieged", "the town of Al-Bab is besieged"),
        ("the winter of 2015-", "2016 was cold", "the winter of 2015-2016 was cold"),
        ("a truce - cease-fire - held and the cease-", "fire was broken", "the cease-fire was broken"),
    ],
)
def test_a_word_that_was_cut_is_whole_again_and_a_compound_keeps_its_hyphen(
    first: str, second: str, joined: str
) -> None:
    assert (
        joined
        in report_of(pdf(paragraph(50, 700, f"It is said that {first}", f"{second}, in all of the valley."))).text
    )


def test_words_that_are_drawn_one_by_one_have_blanks_between_them() -> None:
    drawn = [At(50, 700, "The"), At(70, 700, "office"), At(99, 700, "is"), At(50, 688, "closed today.")]
    assert report_of(pdf(drawn)).text == "The office is closed today."


def test_ligatures_are_letters() -> None:
    piece = reader.Piece("the o\ufb03ce and the \ufb02ood", 0, 0, 10)
    assert reader.page_of([piece], 0).lines[0].text == "the office and the flood"


def test_letters_that_are_set_apart_are_closed_up_where_words_can_be_told() -> None:
    piece = reader.Piece("T h e  r o a d  i s  c u t", 0, 0, 10)
    assert reader.page_of([piece], 0).lines[0].text == "The road is cut"


def test_headers_footers_and_page_numbers_are_furniture_and_break_no_sentence() -> None:
    pages = [
        [
            At(50, 800, "Valdria Situation Report No. 4", 8),
            *paragraph(50, 700, *([f"On day {number} the road was open."] * 3), "The camp holds many people, and they"),
            At(50, 30, f"Page {number} of 3", 8),
        ]
        for number in (1, 2, 3)
    ]
    report = report_of(pdf(*pages))
    assert furniture_of(report) == [
        text for n in (1, 2, 3) for text in ("Valdria Situation Report No. 4", f"Page {n} of 3")
    ]
    assert "many people, and they On day 2 the road was open." in report.body


def test_lines_of_the_text_that_are_alike_on_pages_are_no_furniture() -> None:
    pages = [[At(50, 800, "Valley Radio"), *paragraph(50, 700, *LINES), At(50, 300, f"Page {n}")] for n in range(3)]
    report = report_of(pdf(*pages))
    assert report.body.count("The army captured") == 3


def test_a_table_is_a_row_a_line_with_its_cells_apart() -> None:
    rows = [("Place", "Displaced"), ("Dorvik", "4,000"), ("Brusk", "1,200")]
    cells = [At(x, 600 - 14 * n, text) for n, row in enumerate(rows) for x, text in zip((50, 200), row, strict=True)]
    assert report_of(pdf([*paragraph(50, 700, *LINES), *cells])).text == (
        f"{TEXT}\n\nPlace | Displaced\nDorvik | 4,000\nBrusk | 1,200"
    )


def test_items_of_a_list_stand_by_themselves() -> None:
    items = [
        At(50, 676, "•"),
        At(60, 676, "The road is cut, said"),
        At(60, 664, "the mayor."),
        At(50, 652, "• It rains."),
    ]
    text = report_of(pdf([*paragraph(50, 700, *LINES), *items])).text
    assert text == f"{TEXT}\n\n• The road is cut, said the mayor.\n\n• It rains."


COLUMNS = (
    ("The armed group captured the", "town of Dorvik on Saturday and", "many people fled to the north",
     "of the valley, where a camp has", "been set up by the office for", "relief. The road is cut."),
    ("In the south of the valley the", "crossing was closed on Sunday", "and trucks were turned back. A",
     "convoy of the relief office has", "reached Brusk with food for the", "hospital there."),
)  # fmt: skip


@pytest.mark.parametrize("is_woven", [False, True])
def test_columns_are_read_one_after_the_other_however_they_are_drawn(is_woven: bool) -> None:
    left, right = (paragraph(x, 700, *lines) for x, lines in zip((50, 300), COLUMNS, strict=True))
    drawn = [line for pair in zip(left, right, strict=True) for line in pair] if is_woven else [*left, *right]
    assert report_of(pdf([At(50, 760, "Valdria: fighting reaches Dorvik", 18), *drawn])).text == (
        f"Valdria: fighting reaches Dorvik\n\n{' '.join(COLUMNS[0])}\n\n{' '.join(COLUMNS[1])}"
    )


def test_the_mark_of_a_footnote_lengthens_no_number_and_that_is_told() -> None:
    report = report_of(pdf([At(50, 700, "About 4,000"), At(104, 704, "2", 6), At(110, 700, "people fled.")]))
    assert report.text == "About 4,000 people fled."
    assert "marks of footnotes were left out of the text (1)" in report.warnings


def test_text_across_the_page_is_furniture() -> None:
    stamp = At(200, 400, "DRAFT FOR COMMENT", 40, (0.7, 0.7, -0.7, 0.7))
    assert furniture_of(report_of(pdf([*paragraph(50, 700, *LINES), stamp]))) == ["DRAFT FOR COMMENT"]


def test_a_page_on_its_side_is_read_as_any_other() -> None:
    lines = [At(100 + 12 * n, 50, line, turn=(0, 1, -1, 0)) for n, line in enumerate(LINES)]
    report = report_of(pdf(lines))
    assert (report.text, report.furniture) == (TEXT, ())


def test_what_stands_largest_on_the_first_page_is_the_title_else_the_property_if_people_wrote_it() -> None:
    named = "/Title (Report of the week)"
    assert report_of(
        pdf([At(50, 760, "Fighting reaches Dorvik", 18), *paragraph(50, 700, *LINES)], info=named)
    ).title == ("Fighting reaches Dorvik")
    assert report_of(pdf(paragraph(50, 700, *LINES), info=named)).title == "Report of the week"
    assert report_of(pdf(paragraph(50, 700, *LINES), info="/Title (Microsoft Word - sitrep4.docx)")).title is None


def test_the_day_is_what_the_text_says_and_the_day_of_making_is_only_told() -> None:
    info = "/CreationDate (D:20310306101200Z) /ModDate (D:20310307101200Z)"
    report = report_of(pdf([At(50, 760, "Published: 5 March 2031"), *paragraph(50, 700, *LINES)], info=info))
    assert (report.published, report.warnings) == (dt.date(2031, 3, 5), ())
    report = report_of(pdf(paragraph(50, 700, *LINES), info=info))
    assert report.published is None
    assert report.warnings == (
        "no day of publication is told; the file was made on 2031-03-06 and saved on 2031-03-07: "
        "give --published if that is the day",
    )


def test_pages_without_text_are_told() -> None:
    report = report_of(pdf([], paragraph(50, 700, *LINES), []))
    assert report.warnings == ("pages without text were not read: 1, 3 (pictures or scans)",)


def test_pictures_comments_and_attachments_are_told() -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import FreeText
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(GOOD)))
    writer.add_attachment("data.csv", b"a,b")
    writer.add_annotation(0, FreeText(text="check this", rect=(50, 50, 90, 90)))
    picture = DecodedStreamObject()
    picture.set_data(b"\x00")
    picture.update({NameObject("/Subtype"): NameObject("/Image"), NameObject("/Width"): NumberObject(1)})
    resources = writer.pages[0]["/Resources"]
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/P"): writer._add_object(picture)})
    assert isinstance(writer.pages[0]["/Annots"], ArrayObject)
    file = io.BytesIO()
    writer.write(file)
    report = report_of(file.getvalue())
    assert report.text == TEXT
    assert report.warnings[:3] == (
        "pictures were not read (1)", "comments and form fields were not read (1)", "attachments were not read (1)",
    )  # fmt: skip


def test_words_that_run_together_are_told() -> None:
    report = report_of(
        pdf([At(50, 700, "Thearmycapturedthetownofdorvikonsaturday andthepeopleofthetownfledtothenorthofit")])
    )
    assert report.warnings[0].startswith("words run together")


def test_a_real_file_of_another_program_is_read() -> None:
    import matplotlib.pyplot as plt

    figure = plt.figure()
    figure.text(0.1, 0.9, "The army captured the town of Dorvik on Saturday,\nand about 4,000 people fled.")
    file = io.BytesIO()
    figure.savefig(file, format="pdf")
    plt.close(figure)
    assert report_of(file.getvalue()).text == (
        "The army captured the town of Dorvik on Saturday, and about 4,000 people fled."
    )


def one_page(content: bytes, packing: bytes, *more: bytes) -> bytes:
    resources = b"<< /Font << /F1 3 0 R >> /XObject << /X 7 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /Resources %s /Contents 6 0 R >>" % resources
    return assembled([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", b"<< >>", page,
        b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(content), packing, content), *more,
    ])  # fmt: skip


def tree(*kids: bytes) -> bytes:
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *kids])


FORM = (
    b"<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 7 0 R >> >> /Length 11 >>\n"
    b"stream\n/X Do /X Do\nendstream"
)
WORD = b"BT /F1 10 Tf (word) Tj ET\n"
HOSTILE = {
    "a bomb": (one_page(zlib.compress(WORD * 4_000_000, 9), b"/FlateDecode"), "unpacks to more than the text"),
    "a bomb in a bomb": (
        one_page(zlib.compress(zlib.compress(b" " * 100_000_000, 9), 9), b"[/FlateDecode /FlateDecode]"),
        "unpacks to more than the text",
    ),
    "too much drawing": (one_page(zlib.compress(WORD * 300_000, 9), b"/FlateDecode"), "unpacks to more than the text"),
    "deep brackets": (one_page(zlib.compress(b"[" * 100_000, 9), b"/FlateDecode"), "damaged"),
    "a form in itself": (one_page(zlib.compress(b"/X Do"), b"/FlateDecode", FORM), "no text layer"),
    "pages in a circle": (tree(b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>", b"<< >>", b"<< >>"), "damaged"),
    "pages without number": (
        tree(*(b"<< /Type /Pages /Count 9 /Kids [%s] >>" % (b"%d 0 R " % (n + 1) * 9) for n in range(2, 14))), "PDF"
    ),
    "too many pages": (pdf(*[[At(50, 700, "A page.")]] * 1_001), "has 1,001 pages, more than 1,000"),
    "no pages": (tree(b"<< /Type /Pages /Count 0 /Kids [] >>", b"<< >>", b"<< >>"), "no text layer"),
    "pictures alone": (pdf([], []), "no text layer: its 2 pages are pictures.*recognised"),
    "no end": (GOOD[: len(GOOD) // 2], "the PDF is damaged.*print it to a new PDF"),
    "another kind": (b"PK\x03\x04 something", "this is no PDF file.*Correct its suffix"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_report_is_refused(name: str) -> None:
    content, message = HOSTILE[name]
    with pytest.raises(InputError, match=f"report.pdf: .*{message}"):
        read_pdf(Received("report.pdf", content))


def test_a_page_that_draws_too_much_does_not_lose_the_others() -> None:
    content = pdf(streams=[paragraph(50, 700, TEXT)[0].drawn(), WORD * 300_000], packed=True)
    report = report_of(content)
    assert report.text == TEXT
    assert report.warnings == ("pages that draw too much (maps?) were not read: 2",)


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_SECONDS", -1.0)
    with pytest.raises(InputError, match="takes more than"):
        report_of(GOOD)


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_file_that_needs_a_password_is_refused_and_one_that_only_forbids_printing_is_read(password: str) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(GOOD)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    if not password:
        assert report_of(file.getvalue()).text == TEXT
        return
    with pytest.raises(InputError, match=r"the PDF is encrypted\. Open it with its password"):
        report_of(file.getvalue())


def test_damaged_bytes_give_a_report_or_a_refusal() -> None:
    luck = random.Random(1)
    for _ in range(150):
        content = bytearray(GOOD)
        for _ in range(luck.randint(1, 10)):
            content[luck.randrange(len(content))] = luck.randrange(256)
        try:
            reports = read_pdf(Received("report.pdf", bytes(content)))
        except InputError:
            continue
        assert all(report.body.strip() for report in reports)
