"""Word files (DOCX): what is written in them, in order; headers and footers of the page are furniture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tidings.core.errors import InputError
from tidings.evidence.readers.docx_package import Package, damaged, open_package
from tidings.evidence.readers.docx_text import DocxText, Paragraph, is_item, joined
from tidings.evidence.readers.formats import Format
from tidings.evidence.readers.properties import sensible_title, undated
from tidings.evidence.readers.received import Received
from tidings.evidence.readers.text import MAX_TITLE, report_of_text
from tidings.evidence.report import Report

MAX_BYTES = 200_000_000
_TOLD = {
    "picture": "pictures and drawings were not read ({n})",
    "object": "embedded objects (charts, sheets) were not read ({n})",
    "deletion": "tracked deletions were left out ({n}), and insertions read as accepted",
    "hidden passage": "hidden passages were left out ({n})",
    "comment": "comments were not read ({n})",
}


def looks_like_docx(content: bytes) -> bool:
    """Tell whether bytes are a zip with the text of a Word file in it."""
    return content.startswith(b"PK\x03\x04") and b"word/document.xml" in content


def read_docx(received: Received) -> tuple[Report, ...]:
    """Read a Word file. Its days of making and saving are told and never taken for the day of publication.

    Raises
    ------
    InputError
        If it is no DOCX, is damaged or encrypted, unpacks to too much, or holds no text.
    """
    if len(received.content) > MAX_BYTES:
        met = f"the DOCX file has more than {MAX_BYTES // 1_000_000} MB"
        raise InputError(where=received.name, met=met, fix="Save its text as a file of its own.")
    if not received.content.startswith(b"PK"):
        fix = "Open it in a word processor and save it as DOCX, or correct its suffix."
        raise InputError(where=received.name, met="this is no DOCX file", fix=fix)
    package = open_package(received.content, received.name)
    return (_report(received, package),)


def _report(received: Received, package: Package) -> Report:
    path = _main_path(package)
    related = list(package.related(path))
    root = package.part(path)
    body = next((each for each in root if str(each.tag).endswith("}body")), None) if root is not None else None
    if body is None:
        raise damaged(received.name, f"{path} in it has no body")
    styles = next((package.part(path) for kind, path in related if kind == "styles"), None)
    reader = DocxText(_notes(package, related), list_styles=_list_styles(styles))
    written = list(reader.paragraphs(body))
    headers, footers = (_around(package, related, kind) for kind in ("header", "footer"))
    text = joined([*headers, *written, *footers])
    furniture = [(0, len(joined(headers))), (len(text) - len(joined(footers)), len(text))]
    reader.left_out["comment"] = _comments(package, related)
    core = _properties(package)
    report = undated(report_of_text(received, text, furniture, _told(reader)), core, "created", "modified")
    title = _heading(styles, written) or sensible_title(core.get("title", "")) or report.title
    return replace(report, title=title)


def _main_path(package: Package) -> str:
    path = next((path for kind, path in package.related("") if kind == "officeDocument"), "word/document.xml")
    if path not in package.files or not path.startswith("word"):
        other = {"xl": "a spreadsheet", "ppt": "a presentation"}.get(path.partition("/")[0], "a zip file")
        met = f"this is no Word file, but {other}"
        raise InputError(where=package.name, met=met, fix="Save its text as DOCX or as text; of a table, as CSV.")
    return path


def _notes(package: Package, related: list[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Return footnotes and endnotes by kind and id, without the lines that separate them from the text."""
    found: dict[tuple[str, str], Any] = {}
    for kind, path in related:
        root = package.part(path) if kind in ("footnotes", "endnotes") else None
        for note in root if root is not None else ():
            attributes = {name.rpartition("}")[2]: value for name, value in note.attrib.items()}
            if attributes.get("type", "normal") == "normal":
                found[kind, attributes.get("id", "")] = note
    return found


def _around(package: Package, related: list[tuple[str, str]], kind: str) -> list[Paragraph]:
    """Return the paragraphs of the headers or footers, each once."""
    roots = (package.part(path) for each, path in related if each == kind)
    found = (paragraph for root in roots if root is not None for paragraph in DocxText().paragraphs(root))
    return list({paragraph.text: Paragraph(paragraph.text) for paragraph in found}.values())


def _comments(package: Package, related: list[tuple[str, str]]) -> int:
    roots = (package.part(path) for kind, path in related if kind == "comments")
    return sum(len(root) for root in roots if root is not None)


def _properties(package: Package) -> dict[str, str]:
    """Return title and days of the file; who wrote it is asked by nobody."""
    path = next((path for kind, path in package.related("") if kind == "core-properties"), "docProps/core.xml")
    root = package.part(path)
    wanted = ("title", "created", "modified")
    told = ((str(each.tag).rpartition("}")[2], each.text or "") for each in (root if root is not None else ()))
    return {name: text for name, text in told if name in wanted}


def _heading(styles: Any, written: list[Paragraph]) -> str | None:
    """Return the first paragraph in the style for titles, or the very first if it is a heading."""
    names = dict(_style_names(styles))
    titles = [each.text for each in written if names.get(each.style) == "title"]
    headings = [each.text for each in written[:1] if names.get(each.style) == "heading 1"]
    found = (" ".join(text.split()) for text in (*titles, *headings))
    return next((title for title in found if len(title) <= MAX_TITLE), None)


def _style_names(styles: Any) -> Iterator[tuple[str, str]]:
    """Yield the ids of styles and their names, which are English whatever the language of the program."""
    for style in styles if styles is not None else ():
        for child in style:
            if str(child.tag).endswith("}name"):
                yield _id(style), next(iter(child.attrib.values()), "").lower()


def _list_styles(styles: Any) -> frozenset[str]:
    return frozenset(_id(style) for style in (styles if styles is not None else ()) if is_item(style))


def _id(style: Any) -> str:
    return next((str(value) for name, value in style.attrib.items() if name.endswith("}styleId")), "")


def _told(reader: DocxText) -> list[str]:
    return [text.format(n=reader.left_out[kind]) for kind, text in _TOLD.items() if reader.left_out[kind]]


FORMAT = Format("DOCX", (".docx", ".docm"), looks_like_docx, read_docx)
