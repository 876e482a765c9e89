"""Lineage kept beside the ledger: found again where ledger, parties and code are the very same; at any doubt it is not.

It holds nothing that the ledger does not: whoever deletes the file loses time alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tidings.core.errors import TidingsError
from tidings.core.files import write_aside
from tidings.crisis.crisis import Party

FORMAT = 1
LEAST_CLAIMS = 2_000
"""Of fewer claims lineage is found about as soon as it is read."""
KEPT = 4
"""Views of one ledger whose lineage is kept: those that were asked last."""
_LOG = logging.getLogger(__name__)


def folder_of(ledger: Path) -> Path:
    """Return the folder beside a ledger in which lineage is kept."""
    return ledger.with_name(f".{ledger.name}.lineage")


def key_of(state: str, until: str, parties: Iterable[Party]) -> str:
    """Return what lineage hangs on, as one hash: what the ledger holds, up to when, the parties, and the code."""
    told = [FORMAT, state, until, [party.model_dump(mode="json") for party in parties], _code()]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def load_kept(folder: Path, key: str) -> Mapping[str, Any] | None:
    """Return what was kept under a key; None where nothing was, or where the file is not whole."""
    try:
        head, _, body = (folder / f"{key}.json").read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode("ascii", "replace") != hashlib.sha256(body).hexdigest():
        _LOG.info("%s is damaged; lineage is found anew", folder / key)
        return None
    kept: Mapping[str, Any] = json.loads(body)
    return kept


def save_kept(folder: Path, key: str, lineage: Mapping[str, Any]) -> None:
    """Keep lineage under a key, and forget what was kept longest ago; where nothing can be written, nothing is."""
    body = json.dumps(lineage, default=dt.date.isoformat).encode()
    head = hashlib.sha256(body).hexdigest().encode()
    try:
        folder.mkdir(exist_ok=True)
        write_aside(folder / f"{key}.json", head + b"\n" + body)
        kept = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, TidingsError) as error:
        _LOG.info("lineage is not kept: %s", error)


@cache
def _code() -> str:
    """Return a hash of the code by which lineage is found."""
    parts = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    parts += [file.read_bytes() for file in sorted(Path(__file__).parents[1].glob("core/*.py"))]
    return hashlib.sha256(b"\0".join([*parts, version("rapidfuzz").encode()])).hexdigest()
