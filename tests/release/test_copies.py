"""Contract: a syndicated copy of a report, read as any other, changes no probability of a crisis folder."""

import datetime as dt
import re
import shutil

import pytest

import tidings
from tidings.evidence.readers.received import Received
from tidings.evidence.readers.registry import read_received
from tidings.examples import copy_example, example_reports
from tidings.geography.gazetteer import open_gazetteer
from tidings.release.claims import list_claims
from tidings.release.folder import Opened, assess_folder

EXAMPLE = "aleppo-2016"
NOW = dt.datetime(2016, 2, 20, tzinfo=dt.UTC)
LATER, KNOWN = dt.date(2016, 2, 10), dt.date(2016, 2, 12)
TEXTS = [name for name in example_reports(EXAMPLE) if name.endswith(".txt")]


def take_in(folder, name, content):
    ledger = tidings.Ledger.create(folder / "ledger.db")
    for report in read_received(Received(name, content), published=None, publisher=None):
        tidings.take_in(tidings.load_crisis(folder), ledger, open_gazetteer(), report, content, received_at=NOW)


def assessed(folder):
    opened = Opened.folder(folder)
    return opened, assess_folder(opened, on=KNOWN, as_of=KNOWN)


@pytest.fixture(scope="module")
def read_folder(tmp_path_factory):
    folder = copy_example(EXAMPLE, tmp_path_factory.mktemp("copies") / EXAMPLE)
    for name in example_reports(EXAMPLE):
        take_in(folder, name, (folder / "reports" / name).read_bytes())
    return folder


def syndicated(text, share):
    """Return a report under another headline, byline and day, its spacing changed, from its beginning on."""
    body = re.sub(r"^.*?\n\n", "", text, flags=re.DOTALL)
    head = f"What is known this evening\nPublished: {LATER}\nPublisher: Tolm Courier"
    added = "This story comes from a partner and is shown as it was received."
    return f"{head}\n\n{added}\n\n{body[: int(len(body) * share)].replace('. ', '.  ')}\n".encode()


@pytest.mark.parametrize("share", [1.0, 0.66])
@pytest.mark.parametrize("name", TEXTS)
def test_a_syndicated_copy_of_a_report_changes_nothing_that_is_known(read_folder, tmp_path, name, share):
    _, before = assessed(read_folder)
    folder = shutil.copytree(read_folder, tmp_path / EXAMPLE)
    take_in(folder, "copy.txt", syndicated((folder / "reports" / name).read_text(encoding="utf-8"), share))
    opened, after = assessed(folder)
    assert after.situation == before.situation
    assert after.bulletins() == before.bulletins()
    listed = [claim for claim in list_claims(opened.crisis, after.view).claims if claim.report_name == "copy.txt"]
    assert listed
    assert all(claim.copy_of for claim in listed)
