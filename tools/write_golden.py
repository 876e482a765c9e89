"""Show, or with --update write anew, what the packaged example gives: tests/golden/aleppo-2016/*.json.

    python tools/write_golden.py
    python tools/write_golden.py --update

The files hold the claims, the situation and a summary of the forecast, without ids, instants and the code's version:
a claim is named by its report, its place in it and what it is about. Without the flag, the files that would change are
listed and the exit status is 1. A change of a result needs an entry tagged **Changes results** in CHANGELOG.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tidings
from tidings.evidence.claim import Claim, TextSpan
from tidings.examples import example_reports
from tidings.forecast.document import Forecast
from tidings.forecast.forecast import Run
from tidings.release.claims import list_claims
from tidings.release.folder import Assessed, Opened, assess_folder, forecast_folder

EXAMPLE = "aleppo-2016"
FOLDER = Path(__file__).resolve().parent.parent / "tests" / "golden" / EXAMPLE
DAYS, MEMBERS, SEED = 14, 50, 1
LEADS = (7, 14)
LEVELS = ("0.05", "0.5", "0.95")
DIGITS = 6
"""Probabilities and means are compared to so many digits: more is a matter of the processor."""
RECEIVED = dt.datetime(2016, 2, 8, 12, tzinfo=dt.UTC)
VOLATILE = frozenset({"issued", "known_at", "extractor", "review"})


def golden_texts() -> dict[str, str]:
    """Return the text of each golden file by name, made from the packaged example."""
    with tempfile.TemporaryDirectory() as name:
        folder = tidings.copy_example(EXAMPLE, Path(name) / EXAMPLE)
        assessed = assess_folder(_with_reports(folder))
        documents = _documents(assessed)
        names = _names_by_id(assessed)
    return {f"{title}.json": _as_text(_plain(document, names)) for title, document in documents.items()}


def differing() -> list[str]:
    """Return the names of the golden files that are not what the example gives now."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    made = golden_texts()
    return sorted(name for name in kept.keys() | made.keys() if kept.get(name) != made.get(name))


def _with_reports(folder: Path) -> Opened:
    ledger, gazetteer = tidings.Ledger.create(folder / "ledger.db"), tidings.open_gazetteer()
    for path in (folder / "reports" / name for name in example_reports(EXAMPLE)):
        for report in tidings.read_file(path):
            tidings.take_in(
                tidings.load_crisis(folder), ledger, gazetteer, report, path.read_bytes(), received_at=RECEIVED
            )
    return Opened.folder(folder)


def _documents(assessed: Assessed) -> dict[str, Any]:
    run = Run(from_=assessed.situation.on + dt.timedelta(days=1), days=DAYS, members=MEMBERS, seed=SEED)
    forecast, _ = forecast_folder(assessed, run, issued=RECEIVED)
    claims = list_claims(assessed.opened.crisis, assessed.view).claims
    listed = [claim.model_dump(mode="json", by_alias=True) for claim in claims]
    return {
        "claims": listed,
        "situation": assessed.situation.model_dump(mode="json", by_alias=True),
        "forecast": _summary(forecast),
    }


def _summary(forecast: Forecast) -> dict[str, Any]:
    document = forecast.model_dump(mode="json", by_alias=True)
    leads = {(forecast.from_ + dt.timedelta(days=lead - 1)).isoformat() for lead in LEADS}
    targets = [target for target in document["targets"] if target["day"] in leads]
    for target in targets:
        target["quantiles"] = {level: target["quantiles"][level] for level in LEVELS}
    made_from = {key: value for key, value in document["made_from"].items() if key != "code"}
    return {**document, "targets": targets, "made_from": made_from}


def _names_by_id(assessed: Assessed) -> dict[str, str]:
    """Name each claim by its words' place and what it is about, each report by its file."""
    reports = {str(report.id): report.name for report in assessed.view.reports()}
    return reports | {str(claim.id): _name_of(claim, reports) for claim in assessed.view.claims()}


def _name_of(claim: Claim, reports: Mapping[str, str]) -> str:
    source = claim.source
    at = f"{reports[source.report]} {source.start}-{source.end}" if isinstance(source, TextSpan) else str(source)
    return " ".join((at, claim.predicate, *claim.subjects))


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    """Replace ids by names and leave out what changes from run to run; lists of claims come in the order of names."""
    if isinstance(value, Mapping):
        return {names.get(key, key): _plain(part, names) for key, part in value.items() if key not in VOLATILE}
    if isinstance(value, list):
        parts = [_plain(part, names) for part in value]
        of_claims = any(part in names for part in value if isinstance(part, str)) or _are_claims(value)
        return sorted(parts, key=lambda part: part["id"] if isinstance(part, dict) else part) if of_claims else parts
    if isinstance(value, float):
        return round(value, DIGITS)
    return _renamed(value, names) if isinstance(value, str) else value


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """Replace an id, and every id that stands as a word in a text."""
    return names.get(text, re.sub(r"[0-9a-z]+", lambda word: names.get(word[0], word[0]), text))


def _are_claims(parts: list[Any]) -> bool:
    return bool(parts) and all(isinstance(part, dict) and "predicate" in part and "source" in part for part in parts)


def _as_text(document: Any) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main(arguments: Sequence[str]) -> None:
    """List what differs, or write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--update", action="store_true", help="write the files that differ")
    if parser.parse_args(arguments).update:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in golden_texts().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    elif names := differing():
        sys.exit(f"not what the example gives now: {', '.join(names)}")


if __name__ == "__main__":
    main(sys.argv[1:])
