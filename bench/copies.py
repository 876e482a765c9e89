"""Reports of invented words, a fifth of them copies, to measure how long it takes to find those."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from tidings.core.dates import DateSpan, end_of_day
from tidings.core.ids import ClaimId, PartyId, ReportId
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.copies import copies_of
from tidings.evidence.reading import Figure
from tidings.evidence.repeats import repeats_of
from tidings.evidence.report import Report
from tidings.evidence.successions import successors_of
from tidings.evidence.voices import Voices

START = dt.date(2031, 1, 1)
SENTENCES, TOLD, WORDS = 30, 10, 20
"""Sentences a report, those of them that tell something, and words a sentence."""
FREQUENT = ["the", "of", "and", "to", "in", "a", "that", "said", "were", "people"]
RARE = [f"w{number:x}" for number in range(3_000)]


def one_finding(n_reports: int) -> Callable[[], object]:
    """Prepare the finding of copies, repeats and later figures among ten claims a report."""
    luck, recent = random.Random(1), [[""]]
    reports: list[Report] = []
    claims: list[Claim] = []
    for number in range(n_reports):
        is_copy = number % 5 == 4
        sentences = luck.choice(recent) if is_copy else [_sentence(luck) for _ in range(SENTENCES)]
        recent = [*recent[-200:], sentences] if number else [sentences]
        reports.append(_report(number, n_reports, sentences))
        claims += _claims(reports[-1], sentences, luck)

    def find() -> object:
        voices = Voices.of((), reports, claims)
        copies = copies_of(claims, reports, voices.publishers)
        own = [claim for claim in claims if claim.id not in copies]
        return repeats_of(own, voices, successors_of(own, voices))

    return find


def _sentence(luck: random.Random) -> str:
    words = (luck.choice(FREQUENT if luck.random() < 0.4 else RARE) for _ in range(WORDS))
    return f"{' '.join(words).capitalize()}."


def _report(number: int, n_reports: int, sentences: list[str]) -> Report:
    day = START + dt.timedelta(days=number * 300 // n_reports)
    return Report(
        id=ReportId(f"{number:064x}"), name="report.txt", text=" ".join(sentences), published=day,
        publisher=f"Publisher {number % 50}",
    )  # fmt: skip


def _claims(report: Report, sentences: list[str], luck: random.Random) -> list[Claim]:
    starts = [sum(len(sentence) + 1 for sentence in sentences[:k]) for k in range(0, TOLD * 3, 3)]
    return [_claim(report, start, luck) for start in starts]


def _claim(report: Report, start: int, luck: random.Random) -> Claim:
    day = report.published or START
    count = Figure(
        id="f1", start=start, end=start + 3, text="", value=float(luck.randint(1, 99_999)), status="in_camp",
        measure="stock", at=(f"place{luck.randint(0, 300)}",),
    )  # fmt: skip
    return Claim(
        id=ClaimId(f"c{report.id[-8:]}-{start}"),
        content=count,
        certainty="claimed",
        speakers=(PartyId(f"speaker{luck.randint(0, 40)}"),),
        source=TextSpan(report=report.id, start=start, end=start + 3),
        valid=DateSpan.of(day),
        known_at=end_of_day(day),
        extractor="bench@1",
    )
