"""A crisis with one town and one party, and ways to import into it."""

import datetime as dt

import pytest

from tidings.crisis.crisis import Party
from tidings.crisis.save import add_parties, add_places, new_crisis
from tidings.evidence.intake import LEDGER_FILE
from tidings.evidence.ledger import Ledger
from tidings.geography.gazetteer import open_gazetteer
from tidings.geography.places import Place
from tidings.interchange.events.acled import ACLED
from tidings.interchange.events.take import import_events
from tidings.interchange.events.ucdp import UCDP

NOW = dt.datetime(2031, 12, 1, tzinfo=dt.UTC)
RELEASED = dt.date(2031, 6, 1)


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture
def folder(tmp_path):
    new_crisis(tmp_path / "valdria", ["XVA"])
    add_places(tmp_path / "valdria", [Place(id="dorvik", name="Dorvik", country="XVA", lat=45.01, lon=20.0)])
    add_parties(tmp_path / "valdria", [Party(id="front", name="Front of the River", other_names=("River Front",))])
    return tmp_path / "valdria"


@pytest.fixture
def importing(tmp_path, folder, gazetteer):
    """Return a function that imports a text, or bytes, as a file of a name."""

    def run(kind, content, name="events.csv", published=None):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        table = {"acled": ACLED, "ucdp": UCDP}[kind]
        day = published or (RELEASED if kind == "ucdp" else None)
        return import_events(table, path, folder, gazetteer, published=day, now=NOW, progress=lambda done, total: None)

    return run


@pytest.fixture
def claims(folder):
    """Return a function that lists the ledger's claims of a kind, as of a day."""

    def listed(kind, as_of=None):
        return Ledger.open(folder / LEDGER_FILE).as_of(as_of).claims(kind=kind)

    return listed
