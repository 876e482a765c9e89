"""The words behind a claim: the sentence that it stands in, who says it, and in which report."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tidings.core.dates import day_known
from tidings.evidence.claim import Claim, Review, Reviewer, State, TextSpan
from tidings.evidence.extract.words import Document
from tidings.evidence.quoting import quotation_of
from tidings.evidence.reading import Attribution, Reading
from tidings.evidence.report import Report
from tidings.present.names import Names
from tidings.present.words import CERTAINTY_WORDS, listed, speaker_words
from tidings.release.released import Released


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report; `marked` are the claim's own words in it."""

    before: str = ""
    marked: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.before}{self.marked}{self.after}"


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim with its running number, its words, who says it and where."""

    claim: Claim
    number: int
    speaker: str
    quote: Quote
    report: str | None
    """Id of the report; None where a person of the team says it."""
    report_title: str

    @property
    def anchor(self) -> str:
        """The id of the claim's row in the brief."""
        return f"claim-{self.claim.id}"

    @property
    def certainty(self) -> str:
        """How certain the source makes it, in plain words."""
        return CERTAINTY_WORDS[self.claim.certainty]

    @property
    def known(self) -> dt.date:
        """The day on which it became public; 24:00 UTC still belongs to the day that ends then."""
        return day_known(self.claim.known_at)


@dataclass(frozen=True)
class Citations:
    """All claims of what is released, by id, numbered in their order."""

    by_id: dict[str, Cited]

    @classmethod
    def of(cls, released: Released, names: Names) -> Citations:
        """Cite every claim."""
        library = _Library.of(released)
        cited = (library.cite(claim, number, names) for number, claim in enumerate(released.claims, start=1))
        return cls({entry.claim.id: entry for entry in cited})

    def __getitem__(self, claim_id: str) -> Cited:
        return self.by_id[claim_id]

    def known(self, claim_ids: tuple[str, ...]) -> tuple[Cited, ...]:
        """Return those of the claims that are released, in the order of their numbers."""
        found = {claim_id: self.by_id[claim_id] for claim_id in claim_ids if claim_id in self.by_id}
        return tuple(sorted(found.values(), key=lambda cited: cited.number))


@dataclass(frozen=True)
class _Library:
    documents: dict[str, Document]
    attributions: dict[tuple[str, str], Attribution]

    @classmethod
    def of(cls, released: Released) -> _Library:
        documents = {str(report.id): Document(report) for report in released.reports}
        return cls(documents, _attributions(released.readings))

    def cite(self, claim: Claim, number: int, names: Names) -> Cited:
        report = None if isinstance(claim.source, Reviewer) else claim.source.report
        document = self.documents.get(report or "")
        title = report_name(document.report) if document else "the team's own entry"
        quote = self._quote(claim, document)
        return Cited(claim, number, self._speaker(claim, names, title), quote, report if document else None, title)

    def _speaker(self, claim: Claim, names: Names, title: str) -> str:
        if isinstance(claim.source, Reviewer):
            return f"{claim.source.name} (reviewer)"
        if claim.speakers:
            return listed(list(dict.fromkeys(names[speaker] for speaker in claim.speakers)))
        said = self.attributions.get((claim.source.report, getattr(claim.content, "attribution", None) or ""))
        if said and said.speaker_text:
            return speaker_words(said.speaker_text)
        document = self.documents.get(claim.source.report)
        return self._writer(document.report) if document else title

    def _writer(self, report: Report) -> str:
        """Name whoever writes a report; the only one that there is needs no file name."""
        only = "the report" if len(self.documents) == 1 and not report.title else report_name(report)
        return report.publisher or only

    def _quote(self, claim: Claim, document: Document | None) -> Quote:
        if document and isinstance(claim.source, TextSpan):
            return quote_around(document, claim.source.start, claim.source.end)
        row = quotation_of(claim, self.documents)
        if row:
            return Quote(marked=row.words)
        return Quote(marked=_plain(claim))


def quote_around(document: Document, start: int, end: int) -> Quote:
    """Return the sentence around `text[start:end]` with those words marked.

    A claim that runs over several sentences is quoted from the first one's start to the last one's end.
    """
    first, last = document.sentence_at(start), document.sentence_at(max(start, end - 1))
    text = document.body  # furniture is blank here
    before, after = text[min(first.start, start) : start], text[end : max(last.end, end)]
    return Quote(_one_line(before), _one_line(text[start:end]), _one_line(after))


def report_name(report: Report) -> str:
    """Name a report by its title or, where it has none, by publisher and day or by its file."""
    if report.title:
        return report.title
    return f"{report.publisher} report" if report.publisher else report.name


def _attributions(readings: tuple[Reading, ...]) -> dict[tuple[str, str], Attribution]:
    return {(reading.report.id, said.id): said for reading in readings for said in reading.attributions}


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _plain(claim: Claim) -> str:
    content = claim.content
    if isinstance(content, State):
        return f"{content.predicate.replace('_', ' ')}: {content.value}"
    if isinstance(content, Review):
        return {"accept": "accepted", "reject": "rejected", "correct": "corrected"}[content.verdict]
    return getattr(content, "text", "") or claim.predicate
