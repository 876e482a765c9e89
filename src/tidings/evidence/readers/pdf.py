"""PDF files with a text layer: paragraphs in order, with bounds on what is unpacked; nothing is run or fetched."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from tidings.core.counting import agreed, counted
from tidings.core.errors import InputError
from tidings.evidence.readers.formats import Format
from tidings.evidence.readers.pdf_lines import Page, Piece, guessed_width, page_of, turned
from tidings.evidence.readers.pdf_paragraphs import Paragraph, paragraphs_of, text_of
from tidings.evidence.readers.properties import sensible_title, undated
from tidings.evidence.readers.received import Received
from tidings.evidence.readers.text import MAX_TITLE, report_of_text
from tidings.evidence.report import Report

MAX_BYTES = 200_000_000
MAX_PAGES = 1_000
MAX_SECONDS = 120.0
"""After so long no further page is begun: the file is refused. A page of a report takes some hundredths of a second."""
MAX_STREAM_BYTES = 10_000_000
"""Of what is unpacked at once; the text of a page is some thousand bytes. A page with more is left out and told."""
MAX_OPERATIONS = 500_000
"""Of drawing, on one page, operands included; maps may have more, and are left out and told."""
_AGAIN = "Open it, print it to a new PDF or save it as text, and hand that in."
_SCANNED = "Have its text recognised (OCR) first, or type it."


@dataclass(slots=True)
class _Opened:
    """What is read of a file before its text is put together."""

    pages: list[Page] = field(default_factory=list)
    without_text: list[int] = field(default_factory=list)
    n_pictures: int = 0
    n_notes: int = 0
    n_attached: int = 0
    damaged: list[int] = field(default_factory=list)
    too_large: list[int] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def looks_like_pdf(content: bytes) -> bool:
    """Tell whether bytes begin as a PDF does, perhaps with some rubbish before.

    Examples
    --------
    >>> looks_like_pdf(b"%PDF-1.7 ..."), looks_like_pdf(b"The file type is %PDF-1.7")
    (True, False)
    """
    return re.match(rb"[\s\x00\xef\xbb\xbf]{0,1000}%PDF-", content[:1024]) is not None


def read_pdf(received: Received) -> tuple[Report, ...]:
    """Read a PDF. The days of making and saving are told and never taken for the day of publication.

    Raises
    ------
    InputError
        If it is no PDF, is damaged, encrypted or too large, or has no text layer.
    """
    if len(received.content) > MAX_BYTES:
        raise InputError(where=received.name, met=f"the PDF has more than {MAX_BYTES // 1_000_000} MB", fix=_AGAIN)
    if b"%PDF-" not in received.content[:1024]:
        fix = "Correct its suffix, or save it as PDF, DOCX or text."
        raise InputError(where=received.name, met="this is no PDF file", fix=fix)
    opened = _open(received)
    paragraphs = paragraphs_of([page.lines for page in opened.pages])
    text, furniture = text_of(paragraphs)
    if not text.strip():
        n_pages = len(opened.pages)
        pictures = f"{counted(n_pages, 'page')} {agreed(n_pages, 'is a picture', 'are pictures')}"
        met = f"the PDF has no text layer: its {pictures}"
        raise InputError(where=received.name, met=met, fix=_SCANNED)
    report = undated(
        report_of_text(received, text, furniture, list(_told(opened, text))),
        opened.properties, "/CreationDate", "/ModDate",
    )  # fmt: skip
    title = _headline(paragraphs) or sensible_title(opened.properties.get("/Title", "")) or report.title
    return (replace(report, title=title),)


def _open(received: Received) -> _Opened:
    """Read all pages with the library's own bounds set low.

    What it raises on files that somebody damaged, or made to do harm, is of every kind.
    """
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        with _quiet(), apply_configuration(**_bounds()):
            reader = PdfReader(BytesIO(received.content), strict=False)
            _refuse_encrypted(reader, received.name)
            return _read_all(reader, received.name)
    except InputError:
        raise
    except DependencyError:  # a cipher that only a further library can undo
        raise _encrypted(received.name) from None
    except LimitReachedError:
        raise _too_large(received.name, "unpacks to more than a report needs") from None
    except Exception as error:  # what the library raises on damaged files has no common base
        met = f"the PDF is damaged ({type(error).__name__})"
        raise InputError(where=received.name, met=met, fix=_AGAIN) from error


def _bounds() -> dict[str, Any]:
    size = MAX_STREAM_BYTES
    return {
        "maximum_declared_stream_length": MAX_BYTES, "array_based_stream_maximum_output_length": size,
        "lzw_maximum_output_length": size, "run_length_maximum_output_length": size, "zlib_maximum_output_length": size,
        "stream_decoding_work_maximum_length": 4 * size, "stream_parsing_work_maximum_count": MAX_OPERATIONS,
        "page_tree_maximum_entries": 20 * MAX_PAGES, "xform_maximum_invocations_per_extraction": 500,
        "jbig2dec_binary": None, "disable_legacy_handling": True,
    }  # fmt: skip


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the library logs of damaged files to ourselves: the report's warnings tell it."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _refuse_encrypted(reader: Any, name: str) -> None:
    """Open a file that only forbids printing or copying; refuse one that needs a password or a cipher that we lack."""
    if not reader.is_encrypted:
        return
    try:
        is_open = bool(reader.decrypt(""))
    except Exception:  # for want of a library for its cipher, or of a password
        is_open = False
    if not is_open:
        raise _encrypted(name)


def _encrypted(name: str) -> InputError:
    fix = "Open it with its password, print it to a new PDF without one, and hand that in."
    return InputError(where=name, met="the PDF is encrypted", fix=fix)


def _too_large(name: str, how: str) -> InputError:
    return InputError(where=name, met=f"the PDF {how}", fix="Hand in the pages of the report as a PDF of their own.")


def _read_all(reader: Any, name: str) -> _Opened:
    n_pages = len(reader.pages)
    if n_pages > MAX_PAGES:
        raise _too_large(name, f"has {n_pages:,} pages, more than {MAX_PAGES:,}")
    opened = _Opened(properties=_properties(reader), n_attached=_n_attached(reader))
    until = time.monotonic() + MAX_SECONDS
    for number, page in enumerate(reader.pages):
        if time.monotonic() > until:
            raise _too_large(name, f"takes more than {MAX_SECONDS:.0f} seconds to read")
        _read_page(page, number, opened)
    if len(opened.too_large) == n_pages > 0:
        raise _too_large(name, "unpacks to more than the text of a report")
    if len(opened.damaged) == n_pages > 0:
        raise InputError(where=name, met="the PDF is damaged: none of its pages can be read", fix=_AGAIN)
    return opened


def _read_page(page: Any, number: int, opened: _Opened) -> None:
    """Read one page; one that is damaged or too large does not lose the others."""
    from pypdf.errors import LimitReachedError

    try:
        read = page_of(_pieces(page), number)
    except LimitReachedError:
        read = Page(())
        opened.too_large.append(number + 1)
    except Exception:  # as for the whole file: damage of any kind
        read = Page(())
        opened.damaged.append(number + 1)
    else:
        opened.without_text += [] if read.lines else [number + 1]
    opened.pages.append(read)
    opened.n_pictures += _n_pictures(page)
    opened.n_notes += _n_notes(page)


def _pieces(page: Any) -> list[Piece]:
    found: list[Piece] = []
    width_of = _widths()

    def visit(text: str, current: list[float], matrix: list[float], font: Any, size: float) -> None:
        if text.strip():
            found.append(turned(text, _product(matrix, current), size, width_of(font, text)))
        elif "\n" in text and found and not found[-1].text.endswith("\n"):
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n")

    page.extract_text(visitor_text=visit)
    return found


def _widths() -> Callable[[Any, str], float]:
    """Return what tells the width of a text in the size of its font: as the file has it, else by guess."""
    fonts: dict[int, Any] = {}

    def width_of(resource: Any, text: str) -> float:
        try:
            from pypdf.generic._font import Font  # its own measure for spaces; where it moves to, a guess will do

            font = fonts.setdefault(id(resource), None) or Font.from_font_resource(resource)
            fonts[id(resource)] = font
            return float(font.get_text_width(text.strip())) / 1000
        except Exception:  # a font that is damaged in any way
            return guessed_width(text)

    return width_of


def _product(m: list[float], n: list[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = m
    return (
        a * n[0] + b * n[2], a * n[1] + b * n[3], c * n[0] + d * n[2], c * n[1] + d * n[3],
        e * n[0] + f * n[2] + n[4], e * n[1] + f * n[3] + n[5],
    )  # fmt: skip


def _properties(reader: Any) -> dict[str, str]:
    try:
        found: Mapping[str, Any] = reader.metadata or {}
        return {key: str(found[key]) for key in ("/Title", "/CreationDate", "/ModDate") if key in found}
    except Exception:  # of no weight for the text
        return {}


def _n_attached(reader: Any) -> int:
    try:
        return len(list(reader.attachments))
    except Exception:  # as above
        return 0


def _n_pictures(page: Any) -> int:
    try:
        objects = page["/Resources"]["/XObject"]
        return sum(objects[name].get("/Subtype") == "/Image" for name in objects)
    except Exception:  # as above
        return 0


def _n_notes(page: Any) -> int:
    try:
        return sum(
            "/Contents" in (note := each.get_object()) and note.get("/Subtype") != "/Link" for each in page["/Annots"]
        )
    except Exception:  # as above
        return 0


def _told(opened: _Opened, text: str) -> Iterator[str]:
    """Tell what was left out, and where the words themselves are in doubt."""
    if opened.without_text:
        yield f"pages without text were not read: {_numbers(opened.without_text)} (pictures or scans)"
    if opened.damaged:
        yield f"damaged pages were not read: {_numbers(opened.damaged)}"
    if opened.too_large:
        yield f"pages that draw too much (maps?) were not read: {_numbers(opened.too_large)}"
    if opened.n_pictures:
        yield f"pictures were not read ({opened.n_pictures})"
    if opened.n_notes:
        yield f"comments and form fields were not read ({opened.n_notes})"
    if opened.n_attached:
        yield f"attachments were not read ({opened.n_attached})"
    if marks := sum(page.n_note_marks for page in opened.pages):
        yield f"marks of footnotes were left out of the text ({marks})"
    words = re.findall(r"[^\W\d_]+", text)
    if sum(len(word) for word in words if len(word) > 25) > 0.05 * sum(map(len, words)):
        yield "words run together: the PDF does not tell where they end, and little may be read from it"
    if sum(len(word) == 1 for word in words) > 0.4 * len(words):
        yield "words fall apart into letters: little may be read from it"


def _numbers(pages: list[int], most: int = 10) -> str:
    told = ", ".join(map(str, pages[:most]))
    return f"{told} and {len(pages) - most} more" if len(pages) > most else told


def _headline(paragraphs: list[Paragraph]) -> str | None:
    """Return what stands largest on the first page, where it is larger than the text."""
    first = [each for each in paragraphs if each.page == 0 and not each.is_furniture and not each.is_row]
    sizes = [each.size for each in paragraphs for _ in range(1 + len(each.text) // 40)]
    largest = max((each.size for each in first), default=0.0)
    if not sizes or largest < 1.15 * sorted(sizes)[len(sizes) // 2]:
        return None
    title = " ".join(each.text for each in first if each.size > 0.97 * largest)
    return title if len(title.split()) >= 2 and len(title) <= MAX_TITLE else None


FORMAT = Format("PDF", (".pdf",), looks_like_pdf, read_pdf)
