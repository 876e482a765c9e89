"""The text of a part of a Word file: paragraphs, lists, tables by row; deleted, hidden and pictured things counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

CELL = " | "
BULLET = "- "
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_COUNTED = {"del": "deletion", "moveFrom": "deletion", "drawing": "picture", "pict": "picture", "object": "object"}
_SKIPPED = frozenset(
    {"Fallback", "instrText", "delText", "rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr", "del", "moveFrom"}
)
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_NOT_TEXT = re.compile("[\ue000-\uf8ff]")
"""Of the private use area: symbols of fonts such as Wingdings."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a row of a table."""

    text: str
    style: str = ""
    is_row: bool = False


@dataclass(slots=True)
class DocxText:
    """Reads the parts of one file, and counts what is left out."""

    notes: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Elements of footnotes and endnotes by kind and id, as long as they are not read: each is read once."""
    list_styles: frozenset[str] = frozenset()
    """Ids of styles whose paragraphs are items of lists."""
    left_out: Counter[str] = field(default_factory=Counter)

    def paragraphs(self, parent: Any) -> Iterator[Paragraph]:
        """Yield the paragraphs and rows of a body, a note, a header, a cell or a text box."""
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._rows(element)
            elif name in ("del", "moveFrom"):
                self.left_out["deletion"] += 1
            elif name not in _SKIPPED:  # content controls, insertions, custom XML: what they hold is text
                yield from self.paragraphs(element)

    def _paragraph(self, element: Any) -> Iterator[Paragraph]:
        """Yield a paragraph, then the text boxes and notes that hang on it."""
        hung: list[Any] = []
        text = "".join(self._runs(element, hung))
        lines = [" ".join(line.split()) for line in _NOT_TEXT.sub("", text).split("\n")]
        written = "\n".join(line for line in lines if line)
        if written:
            style = style_of(element)
            yield Paragraph((BULLET if is_item(element) or style in self.list_styles else "") + written, style)
        for each in hung:
            yield from self.paragraphs(each)

    def _runs(self, parent: Any, hung: list[Any]) -> Iterator[str]:
        for element in parent:
            name = _name(element)
            if name in _COUNTED:
                self.left_out[_COUNTED[name]] += 1
            if name == "t":
                yield element.text or ""
            elif name in _MARKS:
                yield _MARKS[name]
            elif name in _NOTES:
                note = self.notes.pop((_NOTES[name], _value(element, "id")), None)
                hung += [] if note is None else [note]
            elif name == "txbxContent":
                hung.append(element)
            elif name == "r" and _is_hidden(element):
                self.left_out["hidden passage"] += 1
            elif name not in _SKIPPED:
                yield from self._runs(element, hung)

    def _rows(self, table: Any) -> Iterator[Paragraph]:
        for row in _below(table, "tr"):
            cells = [self._cell(cell) for cell in _below(row, "tc")]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Paragraph(CELL.join(cells), is_row=True)

    def _cell(self, cell: Any) -> str:
        """Return the text of a cell in one line; a table within it is its rows."""
        return " ".join(" ".join(each.text.split()) for each in self.paragraphs(cell))


def joined(paragraphs: list[Paragraph]) -> str:
    """Join paragraphs by blank lines, and rows of one table by line ends.

    Examples
    --------
    >>> joined([Paragraph("Displaced:"), Paragraph("Orlo | 40", is_row=True), Paragraph("Velm | 9", is_row=True)])
    'Displaced:\\n\\nOrlo | 40\\nVelm | 9'
    """
    parts: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            parts.append("\n" if paragraph.is_row and paragraphs[number - 1].is_row else "\n\n")
        parts.append(paragraph.text)
    return "".join(parts)


def _below(parent: Any, wanted: str) -> Iterator[Any]:
    """Yield rows of a table or cells of a row, through content controls and insertions; deleted ones are none."""
    for element in parent:
        name = _name(element)
        if name == wanted:
            if not (wanted == "tr" and _has(element, "trPr", "del")):
                yield element
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _below(element, wanted)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any, name: str) -> str:
    return element.get(f"{_W}{name}") or element.get(f"{_STRICT}{name}") or ""


def _has(element: Any, *path: str) -> Any | None:
    """Return the descendant along a path of names, None where there is none."""
    for name in path:
        element = next((child for child in element if _name(child) == name), None)
        if element is None:
            return None
    return element


def style_of(paragraph: Any) -> str:
    """Return the id of a paragraph's style."""
    style = _has(paragraph, "pPr", "pStyle")
    return _value(style, "val") if style is not None else ""


def is_item(element: Any) -> bool:
    """Whether a paragraph, or a style, is numbered or has bullets by itself."""
    number = _has(element, "pPr", "numPr", "numId")
    return number is not None and _value(number, "val") != "0"


def _is_hidden(run: Any) -> bool:
    vanish = _has(run, "rPr", "vanish")
    return vanish is not None and _value(vanish, "val") not in ("0", "false", "off")
