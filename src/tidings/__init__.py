"""Tidings: from reports to roads to people.

The public names are loaded when they are first used, so that the command line starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "InputError": "tidings.core.errors",
    "EnvironmentError_": "tidings.core.errors",
    "TidingsError": "tidings.core.errors",
    "Crisis": "tidings.crisis.crisis",
    "load_crisis": "tidings.crisis.load",
    "new_crisis": "tidings.crisis.save",
    "check_folder": "tidings.crisis.check",
    "copy_example": "tidings.examples",
    "open_gazetteer": "tidings.geography.gazetteer",
    "Report": "tidings.evidence.report",
    "read_file": "tidings.evidence.readers",
    "read_report": "tidings.evidence.extract.pipeline",
    "Reading": "tidings.evidence.reading",
    "Claim": "tidings.evidence.claim",
    "claims_of": "tidings.evidence.claims",
    "Ledger": "tidings.evidence.ledger",
    "take_in": "tidings.evidence.intake",
    "Situation": "tidings.situation.situation",
    "sample": "tidings.situation.sample",
    "World": "tidings.situation.world",
    "Scenario": "tidings.flow.scenario",
    "load_parameters": "tidings.flow.parameters",
    "TidingsModel": "tidings.ensemble.model",
    "load_model": "tidings.release.folder",
    "simulate": "tidings.ensemble.run",
    "summarise": "tidings.ensemble.summaries",
    "save_ensemble": "tidings.ensemble.save",
    "open_ensemble": "tidings.ensemble.save",
    "load_summary": "tidings.ensemble.save",
    "Run": "tidings.forecast.forecast",
    "Forecast": "tidings.forecast.document",
    "gather": "tidings.release.gather",
    "render_brief": "tidings.present.brief",
    "trace": "tidings.present.trace",
}
"""Module of each public name."""

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'tidings' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
