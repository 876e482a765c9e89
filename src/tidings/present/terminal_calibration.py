"""A calibration as plain text for a terminal: what it was fitted on, and how well each set fits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidings.core.counting import counted

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.forecast.calibration import Calibration

PARTS = ("trend", "state_space", "newcomers")


def render_calibration(found: Calibration) -> str:
    """Return the conflicts, the sets with their scores, and the parameters of the set that knows all."""
    rows = ["Conflicts"]
    rows += [
        f"  {one.name}: {counted(one.points, 'point')}{'' if one.is_used else ', too few: not used'}"
        for one in found.conflicts
    ]
    rows += ["", "WIS against last_report on the conflicts fitted on (below 1 is better)"]
    for fitted in found.sets:
        name = f"without {fitted.left_out}" if fitted.left_out else "all"
        rows.append(f"  {name}: {math.exp(fitted.provenance.score):.2f}")
    rows += ["", "Parameters of the last set", *_values(found)]
    rows += [f"Written: {found.file}"] if found.file else []
    return "\n".join([*rows, *(f"warning: {warning.message}" for warning in found.warnings)])


def _values(found: Calibration) -> Iterator[str]:
    for part, values in found.sets[-1].model_dump().items():
        if part in PARTS:
            yield from (f"  {part}.{name}: {value}" for name, value in values.items())
