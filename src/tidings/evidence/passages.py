"""Passages: the sentences of reports in which claims were read, as they are compared with one another."""

from __future__ import annotations

import re
import sys
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.report import Report

SHINGLE_WORDS = 4
"""Words in a row that are looked up together: a word that is edited spoils four of them."""
BOUND = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’')\]]*+\s++(?=[\"“‘'(\[]?[A-Z0-9À-Þ])|\n[^\S\n]*\n|\n[^\S\n]*(?=[-•*–—▪·])"
)
"""Where a sentence or a paragraph ends, or an entry of a list begins; a line that ends may only be wrapped."""
WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_UNENDED = re.compile(
    r"[.!?…,;:][\"”’')\]]*$|\b(?:of|the|an?|in|on|at|to|into|by|and|or|but|for|from|with|near|that|as|than|had|has|was)$"
)
"""How a line ends that is a sentence, or goes on: no headline ends so."""
_CAPITAL = re.compile(r"[\"“‘'(\[]*[A-Z0-9À-Þ]")
OPENING_LINES = 4
"""Lines at most that stand above a story."""
LONGEST_HEADLINE = 120
WIDEST_WRAP = 120
"""Characters to which prose is wrapped at most: where a line is wider, lines are not wrapped."""


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence of a report, and the claims that were read in it."""

    report: Report
    start: int
    text: str
    """From `start` on, furniture blanked."""
    claims: tuple[Claim, ...]

    @cached_property
    def place(self) -> tuple[str, str, int]:
        """Where it comes in the order of publication."""
        return str(self.report.published), self.report.id, self.start

    def words(self) -> tuple[str, ...]:
        """Return its words, as `words_of` gives them."""
        return self._words

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return words_of(self.text)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text as they are compared: without case, marks and spacing.

    Examples
    --------
    >>> words_of("The Army’s  column\\nreached “Varn”.")
    ('the', 'army', 's', 'column', 'reached', 'varn')
    """
    return tuple(map(sys.intern, WORD.findall(unicodedata.normalize("NFKC", text).casefold())))


def shingles(words: Sequence[str]) -> set[int]:
    """Return the hashes of all runs of four words, the same on every machine; of a shorter text, that of the whole."""
    runs = max(1, len(words) - SHINGLE_WORDS + 1)
    return {zlib.crc32(" ".join(words[at : at + SHINGLE_WORDS]).encode()) for at in range(runs)}


def passages_of(report: Report, claims: Iterable[Claim]) -> tuple[Passage, ...]:
    """Return the sentences of a report in which claims were read, in order; furniture is no part of any."""
    body = report.body if report.furniture else report.text
    ends = sorted({match.end() for match in BOUND.finditer(body)} | _headline_end(report, body) | set(_opening(body)))
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        if isinstance(claim.source, TextSpan):
            found.setdefault(bisect_right(ends, claim.source.start), []).append(claim)
    bounds = [0, *ends, len(body)]
    spans = ((bounds[n], bounds[n + 1], tuple(read)) for n, read in sorted(found.items()))
    return tuple(Passage(report, start, body[start:end], read) for start, end, read in spans)


def _headline_end(report: Report, body: str) -> set[int]:
    """Return where the headline ends, if the text begins with it: it may have no mark."""
    start = len(body) - len(body.lstrip())
    return {start + len(report.title)} if report.title and body.startswith(report.title, start) else set()


def _opening(body: str) -> Iterator[int]:
    """Yield where the lines above a story end that are no sentences: headlines, and whose wire it is from.

    A line that is as wide as its block's, or goes on in small letters, may only be wrapped.
    """
    lines = list(_LINE.finditer(body))[: OPENING_LINES + 1]
    for line, after in pairwise(lines):
        told, behind = line[0].rstrip(), after[0].lstrip()
        width = max(len(each[0]) for each in lines)
        is_full = width <= WIDEST_WRAP and len(told) + 1 + len(behind.split(None, 1)[0]) > width
        if _UNENDED.search(told) or len(told) > LONGEST_HEADLINE or is_full or not _CAPITAL.match(behind):
            return
        yield line.end()
