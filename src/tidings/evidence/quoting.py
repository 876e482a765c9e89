"""The words that a claim rests on: a span of a report in its sentence, or a row of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidings.crisis.tables import delimiter_of
from tidings.evidence.claim import Claim, Reviewer, TableRow, TextSpan
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Reading


@dataclass(frozen=True, slots=True)
class Quotation:
    """A claim's words, what stands around them, and where."""

    document: Document
    start: int
    end: int
    around_start: int
    around_end: int

    @property
    def words(self) -> str:
        """Exactly text[start:end] of the report."""
        return self.document.report.text[self.start : self.end]

    @property
    def around(self) -> str:
        """The sentence, or the row of the table."""
        return self.document.report.text[self.around_start : self.around_end]


def quotation_of(claim: Claim, documents: Mapping[str, Document]) -> Quotation | None:
    """Return the words of a claim; None for a reviewer's act, or where the report is not at hand.

    Parameters
    ----------
    documents
        By report id.
    """
    source = claim.source
    if isinstance(source, TextSpan) and source.report in documents:
        document = documents[source.report]
        return Quotation(document, source.start, source.end, *document.span_at(source.start))
    if isinstance(source, TableRow) and source.report in documents:
        return _row(documents[source.report], source.row)
    return None


def _row(document: Document, row: int) -> Quotation:
    # as csv counts lines: other marks that end a line for str.splitlines are characters of a cell
    lines = list(io.StringIO(document.report.text, newline=""))
    start = sum(len(line) for line in lines[:row])
    written = "".join(lines[row : row + _height(lines, row)])
    end = start + len(written.rstrip("\r\n"))
    return Quotation(document, start, end, start, end)


def _height(lines: Sequence[str], row: int) -> int:
    """Return how many lines a row takes: a cell in quotation marks may hold several."""
    header = next((line for line in lines if line.strip()), "")
    reader = csv.reader(iter(lines[row:]), delimiter=delimiter_of(header))
    next(reader)
    return reader.line_num


def speakers_told(readings: Iterable[Reading]) -> dict[tuple[str, str], str]:
    """Return by report and id of an attribution whom the report's words name as the speaker, as role or name."""
    return {
        (str(reading.report.id), said.id): said.speaker_text
        for reading in readings
        for said in reading.attributions
        if said.speaker_text
    }


def speaker_told(claim: Claim, told: Mapping[tuple[str, str], str]) -> str | None:
    """Return who says a claim in the report's words, where no party is known; a reviewer's act is the reviewer's."""
    if isinstance(claim.source, Reviewer):
        return claim.source.name
    attribution = getattr(claim.content, "attribution", None)
    return told.get((claim.source.report, attribution)) if attribution and not claim.speakers else None
