"""A ledger in memory that holds nothing: of a crisis to which no report was added yet."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tidings.evidence import ledger_tables as tables
from tidings.evidence.ledger import Ledger


def empty_ledger(path: Path) -> Ledger:
    """Return a ledger without a report or a claim, to be read alone; it leaves no file.

    Parameters
    ----------
    path
        Where a ledger would be: what problems name.

    Examples
    --------
    >>> empty_ledger(Path("ledger.db")).as_of().claims()
    ()
    """
    engine = sa.create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=sa.StaticPool)
    tables.metadata.create_all(engine)
    return Ledger(engine, str(path))
