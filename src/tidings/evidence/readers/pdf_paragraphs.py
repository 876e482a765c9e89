"""From the lines of pages to paragraphs: sentences in one piece, what repeats at the edges of pages as furniture."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.readers.pdf_lines import Line

EDGE_LINES = 3
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""
WIDE_GAP = 2.5
"""From this gap on, in the size of the font, the body of a page begins."""
REPEATED = 0.4
"""Share of the pages on which a line at an edge has to stand; left and right pages may differ."""
SHORT = 0.6
"""Up to this share of the usual length a line ends its paragraph if anything speaks for it."""
_ENDS = re.compile(r"[.!?…:;][\"”’')\]]*$")
_BULLET = re.compile(r"(?:[•▪◦‣●■□►❖✓➢·][^\w]*|o\s+(?=[A-Z]))")
_NUMBERED = re.compile(r"(?:[–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—|]?\s*(?:(?:of|/)\s*\d{1,4}|page)?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the text, made of lines."""

    parts: list[str]
    size: float
    page: int
    is_furniture: bool = False
    is_row: bool = False

    @property
    def text(self) -> str:
        """Its lines in one."""
        return "".join(self.parts)


@dataclass(slots=True)
class _Measures:
    """What is usual in the file."""

    leading: dict[float, float]
    """Distance of lines, by the size of the font."""
    length: dict[float, float]
    """Characters of a line, by the size of the font."""
    words: Counter[str] = field(default_factory=Counter)


def paragraphs_of(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Join the lines of pages into paragraphs, in order.

    What stands at the edges of pages follows the paragraph that goes on over them, so that it breaks no sentence.
    """
    around = _furniture(pages)
    body = [[line for line in page if line not in around] for page in pages]
    measures = _measured(body)
    found: list[Paragraph] = []
    waiting: list[Paragraph] = []
    last: Line | None = None
    for page, kept in zip(pages, body, strict=True):
        edges = [Paragraph([line.text], line.size, line.page, is_furniture=True) for line in page if line in around]
        for number, line in enumerate(kept):
            if last is not None and found and _goes_on(last, line, measures, is_new_page=number == 0):
                found[-1].parts[-1:] = _joined(found[-1].parts[-1], line.text, measures.words)
            else:
                found += waiting
                waiting = []
                found.append(Paragraph([line.text], line.size, line.page, is_row=line.is_row))
            last = line
        waiting += edges
    return [*found, *waiting]


def text_of(paragraphs: Sequence[Paragraph]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text, paragraphs by blank lines and rows of a table by line ends, and the spans of furniture."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for number, paragraph in enumerate(paragraphs):
        if number:
            gap = "\n" if paragraph.is_row and paragraphs[number - 1].is_row else "\n\n"
            parts.append(gap)
            position += len(gap)
        text = paragraph.text
        if paragraph.is_furniture:
            spans.append((position, position + len(text)))
        parts.append(text)
        position += len(text)
    return "".join(parts), tuple(spans)


def _furniture(pages: Sequence[Sequence[Line]]) -> set[Line]:
    """Return lines that stand at the same edge of many pages, page numbers, and what runs in another direction."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    edges = [[_outermost(page, top=True), _outermost(page, top=False)] for page in pages]
    for number, blocks in enumerate(edges):
        for line in (line for block in blocks for row in block for line in row):
            places[_key(line)].add(number)
    least = max(2, REPEATED * sum(1 for page in pages if page))
    repeated = {key for key, found in places.items() if len(found) >= least and sum(map(str.isalpha, key[0])) >= 4}
    found = {line for page in pages for line in page if line.is_turned}
    for block in (block for blocks in edges for block in blocks):
        for number, row in enumerate(block):  # from the edge inwards, as far as it repeats
            told = {line for line in row if _key(line) in repeated or (not number and _is_page_number(line))}
            if not told:
                break
            found |= told
    return found


def _outermost(page: Sequence[Line], *, top: bool) -> list[list[Line]]:
    """Return the lines at an edge of a page, by height from the edge inwards, down to the first wide gap."""
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in page:
        if not line.is_turned:
            rows[round(line.y)].append(line)
    heights = sorted(rows, reverse=top)[:EDGE_LINES]
    for number in range(1, len(heights)):
        if abs(heights[number] - heights[number - 1]) > WIDE_GAP * rows[heights[number - 1]][0].size:
            return [rows[height] for height in heights[:number]]
    return [rows[height] for height in heights]


def _is_page_number(line: Line) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None


def _key(line: Line) -> tuple[str, int]:
    """Return what is the same of a header on all pages: its words without numbers, and its height within a line."""
    return re.sub(r"\d+", "#", line.text.lower()), round(line.y / max(4.0, line.size))


def _measured(pages: Sequence[Sequence[Line]]) -> _Measures:
    gaps: dict[float, Counter[float]] = defaultdict(Counter)
    lengths: dict[float, list[int]] = defaultdict(list)
    words: Counter[str] = Counter()
    for page in pages:
        for line in page:
            lengths[line.size].append(len(line.text))
            words.update(word.lower() for word in _WORD.findall(line.text))
        for before, line in pairwise(page):
            if before.size == line.size and 0 < before.y - line.y < 4 * line.size:
                gaps[line.size][round(before.y - line.y, 0)] += 1
    leading = {size: _usual(found, size) for size, found in gaps.items()}
    usual = {size: float(median(sorted(found)[len(found) // 2 :])) for size, found in lengths.items()}
    return _Measures(leading, usual, words)


def _usual(gaps: Counter[float], size: float) -> float:
    """Return the distance of lines within a paragraph: the commonest, or a smaller one that is not rare."""
    often = [gap for gap, n in gaps.items() if n >= 0.25 * max(gaps.values()) and gap >= 0.9 * size]
    return min(often, default=1.2 * size)


def _goes_on(before: Line, line: Line, measures: _Measures, *, is_new_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if before.is_row or line.is_row or abs(before.size - line.size) > 0.1 * before.size:
        return False
    ends = _ENDS.search(before.text) is not None
    if _BULLET.match(line.text) or (_NUMBERED.match(line.text) and ends):
        return _BULLET.fullmatch(before.text) is not None
    if _BULLET.fullmatch(before.text):  # a bullet that is drawn by itself
        return True
    drop = before.y - line.y
    is_short = len(before.text) < SHORT * measures.length.get(before.size, 0)
    if is_new_page or drop <= 0:  # a new page or column
        return not ends and not is_short
    if drop > 1.35 * measures.leading.get(line.size, 1.2 * line.size):
        return False
    if is_short and (ends or line.text[:1].isupper()):
        return False
    return not (ends and line.x - before.x > 0.8 * line.size)  # the first line of a paragraph is set in


def _joined(before: str, line: str, words: Counter[str]) -> tuple[str, str]:
    """Return two lines as they are joined; a word that was cut becomes one again, a compound keeps its hyphen."""
    end = before[-60:]
    if end.endswith("\u00ad"):
        return before[:-1], line
    cut = re.search(r"([^\W\d_]+)[-‐]$", end)
    if cut is None:
        return before, line if re.search(r"\d-$|/$", end) else f" {line}"
    head, tail = cut[1].lower(), (_WORD.match(line) or [""])[0].lower()
    if not line[:1].islower() or _is_compound(head, tail, words):
        return before, line
    return before[:-1], line


def _is_compound(head: str, tail: str, words: Counter[str]) -> bool:
    """Whether both parts are words of their own in the file, and the whole without hyphen is none."""
    if words[f"{head}-{tail}"] or words[head + tail]:
        return not words[head + tail]
    return (words[head] > 1 and words[tail] > 1) or head in _PREFIXES or tail in word_set("words", "compound_ends")


_PREFIXES = frozenset({"non", "anti", "pro", "semi", "self", "ex", "co", "north", "south", "mid", "well", "all", "so"})
"""Words before a hyphen that seldom are the beginning of a word that was cut."""
