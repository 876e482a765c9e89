"""What is hostile, broken or odd ends within its bound of CPU time; a guard against what never ends, no measurement."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.evidence.extract.test_pipeline import ODD_TEXTS
from tests.evidence.extract.test_reading_is_robust import PIECES
from tests.evidence.extract.test_reading_is_robust import read as read_parts
from tests.evidence.readers import test_docx, test_feed, test_pdf
from tidings.core.errors import InputError
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.readers import Received, read_pasted
from tidings.evidence.readers.docx import read_docx
from tidings.evidence.readers.pdf import read_pdf
from tidings.geography.gazetteer import Gazetteer, open_gazetteer


@contextmanager
def within(cpu_seconds: float) -> Iterator[None]:
    """Fail where the block takes more time of the CPU."""
    began = time.process_time()
    yield
    assert time.process_time() - began < cpu_seconds


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


@pytest.mark.parametrize("name", test_docx.HOSTILE)
def test_a_hostile_docx_ends(name: str) -> None:
    with within(20), pytest.raises(InputError):
        read_docx(Received("report.docx", test_docx.HOSTILE[name][0]))


@pytest.mark.parametrize("name", test_pdf.HOSTILE)
def test_a_hostile_pdf_ends(name: str) -> None:
    with within(30), pytest.raises(InputError):
        read_pdf(Received("report.pdf", test_pdf.HOSTILE[name][0]))


@pytest.mark.parametrize("number", range(len(test_feed.DEEP)))
def test_a_deep_feed_ends(number: int) -> None:
    with within(20):
        test_feed.read(test_feed.rss(test_feed.item(test_feed.OTHER), test_feed.item(test_feed.DEEP[number])))


@pytest.mark.parametrize("number", range(len(ODD_TEXTS)))
def test_an_odd_text_ends(number: int, gazetteer: Gazetteer) -> None:
    (report,) = read_pasted(ODD_TEXTS[number])
    with within(2):
        read_report(report, gazetteer, countries=("SYR",))


@pytest.mark.parametrize("piece", PIECES)
def test_twenty_thousand_characters_of_one_piece_take_under_two_seconds(piece: str) -> None:
    with within(2):
        read_parts(piece * (20_000 // len(piece)))


def test_the_built_gazetteer_opens_at_once() -> None:
    open_gazetteer().close()
    with within(0.2):
        open_gazetteer()
