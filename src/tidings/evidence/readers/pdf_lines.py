"""From the pieces of text that a PDF page draws, with where it draws them, to its lines in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, degrees, hypot
from statistics import median

CELL = " | "
CELL_GAP = 0.8
"""From this gap on, in the size of the font, pieces that end a line and stand on one are cells of a row, not words."""
WIDE_GAP = 1.6
"""As CELL_GAP, for pieces that end no line."""
SAME_LINE = 0.4
"""Up to this difference in height, in the size of the font, pieces are on one line."""
NOTE_SIZE = 0.8
"""Digits up to this share of the size of the text before them are the mark of a footnote."""
MIN_COLUMN_ROWS = 6
MIN_COLUMN_CHARACTERS = 22
"""In the mean, of the lines of a column; cells of a table are shorter."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CLEANED = str.maketrans({**_LIGATURES, "\x7f": "•", "\u00a0": " ", "\t": " ", "\r": " "})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x80-\x9f\ufffe\uffff\ud800-\udfff]")
_SYMBOLS = re.compile("[\ue000-\uf8ff]")
_OF_ITEM = re.compile(r"\s*(?:[^\w\s]|[\ue000-\uf8ff]|\(?\w{1,2}[.)])\s*")
"""A bullet or number that is drawn by itself."""
_SPACED = re.compile(r"(?:\S {1,2}){7,}\S(?!\S)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that a page draws in one go: its start and height on the page, turned upright, and the size of its font."""

    text: str
    x: float
    y: float
    size: float
    width: float = 0.0
    angle: int = 0
    """In which direction it runs, in degrees."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a row of a table with its cells."""

    text: str
    x: float
    y: float
    size: float
    page: int = 0
    cells: tuple[float, ...] = ()
    """Where the second and later cells begin; empty where it is no row."""
    is_turned: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it has several cells."""
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page, and what was left out of them."""

    lines: tuple[Line, ...]
    n_note_marks: int = 0


def turned(text: str, matrix: Sequence[float], size: float, width: float) -> Piece:
    """Return a piece from the matrix that it is drawn by, with its place turned so that its line runs to the right.

    Parameters
    ----------
    width
        Of the text, in the size of its font.

    Examples
    --------
    >>> turned("up", (0, 1, -1, 0, 100, 20), 10, 1.1)
    Piece(text='up', x=20.0, y=-100.0, size=10.0, width=11.0, angle=90)
    """
    a, b, c, d, e, f = (float(each) for each in matrix)
    length = hypot(a, b) or 1.0
    cos, sin = a / length, b / length
    height = hypot(c, d) or 1.0
    angle = round(degrees(atan2(b, a)))
    return Piece(text, e * cos + f * sin, f * cos - e * sin, abs(size) * height, width * abs(size) * length, angle)


def page_of(pieces: Iterable[Piece], number: int) -> Page:
    """Return the lines of a page, in the order in which it draws them, columns that it draws row by row set apart."""
    found = [piece for piece in pieces if piece.text.strip()]
    marks = [number for number, piece in enumerate(found) if number and _is_note_mark(found[number - 1], piece)]
    kept = [piece for number, piece in enumerate(found) if number not in set(marks)]
    turns = Counter[int]()
    for piece in kept:
        turns[piece.angle] += len(piece.text)
    main = turns.most_common(1)[0][0] if turns else 0
    lines = _lines(kept, number)
    upright = [replace(line, is_turned=angle != main) for line, angle in lines]
    return Page(tuple(_unwoven(upright)), len(marks))


def _is_note_mark(before: Piece, piece: Piece) -> bool:
    """Whether a piece is the small raised number of a footnote, which would lengthen a number before it."""
    is_small = piece.size <= NOTE_SIZE * before.size and piece.y >= before.y - 0.1 * before.size
    is_beside = abs(piece.y - before.y) < before.size and piece.x > before.x and not before.text.endswith("\n")
    return is_small and is_beside and re.fullmatch(r"\s*\d{1,3}(?:[,\s]\d{1,3})*\s*", piece.text) is not None


def _lines(pieces: Sequence[Piece], page: int) -> list[tuple[Line, int]]:
    lines: list[tuple[Line, int]] = []
    row: list[Piece] = []
    for piece in pieces:
        if row and not _is_beside(row, piece):
            lines.append((_line(row, page), row[0].angle))
            row = []
        row.append(piece)
    if row:
        lines.append((_line(row, page), row[0].angle))
    return [(line, angle) for line, angle in lines if line.text]


def _is_beside(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece goes on with a line: at its height, and to the right of where its last piece began."""
    last = row[-1]
    is_level = abs(piece.y - last.y) <= SAME_LINE * max(last.size, piece.size)
    return is_level and piece.angle == last.angle and piece.x >= last.x


def _line(row: Sequence[Piece], page: int) -> Line:
    texts, cells = [_clean(row[0].text)], []
    for before, piece in pairwise(row):
        is_cell = _is_cell(before, piece)
        if is_cell:
            cells.append(piece.x)
        elif before.text.endswith("\n"):
            texts.append(" ")
        texts.append(f"{CELL}{_clean(piece.text).strip()}" if is_cell else _clean(piece.text))
    sizes = Counter[float]()
    for piece in row:
        sizes[round(piece.size, 1)] += len(piece.text)
    text = " ".join(_closed(_SYMBOLS.sub("•", "".join(texts)).replace("\n", " ")).split())
    return Line(text, row[0].x, row[0].y, sizes.most_common(1)[0][0], page, tuple(cells))


def _is_cell(before: Piece, piece: Piece) -> bool:
    if _OF_ITEM.fullmatch(before.text):
        return False
    gap = piece.x - before.x - before.width
    return gap > (CELL_GAP if before.text.endswith("\n") else WIDE_GAP) * before.size


def guessed_width(text: str) -> float:
    """Guess the width of a text in the size of its font: most fonts for running text are much alike.

    Examples
    --------
    >>> round(guessed_width("Will"), 2)
    1.67
    """
    return sum(map(_width, text.strip()))


def _width(character: str) -> float:
    if character in "iljtfIr.,;:'’|!()[]-/ ":
        return 0.29
    return 0.8 if character in "mwMW—…%@" else 0.66 if character.isupper() else 0.53


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.translate(_CLEANED))


def _closed(text: str) -> str:
    """Close up words whose letters were set apart: "T h e  r o a d"."""
    if not _SPACED.fullmatch(text.strip()) or "  " not in text.strip():
        return text
    return " ".join(word.replace(" ", "") for word in re.split(r" {2,}", text.strip()))


def _unwoven(lines: list[Line]) -> list[Line]:
    """Set two columns apart that a page draws line by line across both: the left one, then the right one."""
    rows = [line for line in lines if len(line.cells) == 1]
    if len(rows) < MIN_COLUMN_ROWS or len(rows) < 0.5 * len(lines):
        return lines
    edge = median(line.cells[0] for line in rows)
    is_straight = sum(abs(line.cells[0] - edge) < line.size for line in rows) >= 0.8 * len(rows)
    halves = [half for line in rows for half in line.text.split(CELL)]
    if not is_straight or sum(map(len, halves)) < MIN_COLUMN_CHARACTERS * len(halves):
        return lines
    return _apart(lines, edge)


def _apart(lines: list[Line], edge: float) -> list[Line]:
    """Return what stands above the columns, the left one, the right one, and what stands below."""
    woven = [number for number, line in enumerate(lines) if len(line.cells) == 1]
    first, last = woven[0], woven[-1]
    left, right = [], []
    for line in lines[first : last + 1]:
        head, mark, tail = line.text.partition(CELL)
        if mark:
            left.append(replace(line, text=head, cells=()))
            right.append(replace(line, text=tail, x=line.cells[0], cells=()))
        else:
            (right if line.x >= edge - line.size else left).append(line)
    return [*lines[:first], *left, *right, *lines[last + 1 :]]
