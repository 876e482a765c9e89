"""Under Flee's rules the stepper gives what Flee itself gave: 20 seeded runs of four conflicts under three settings.

The runs lie beside the project and not in it, or in the folder that the variable TIDINGS_FLEE_DATA names; where they
are absent, `test_flee_engines_agree` remains, which holds the stepper against our own person-by-person reading of
the same rules.
"""

import os
from pathlib import Path

import pytest

from bench.flee_reference import SETTINGS, agreement, conflicts

DATA = Path(os.environ.get("TIDINGS_FLEE_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
SHORT = {("mali2012", "plain"), ("mali2012", "aware"), ("ethiopia2020", "stints")}
MEMBERS = 100

pytestmark = pytest.mark.skipif(not (DATA / "flee_reference").is_dir(), reason="the runs of Flee are not here")
CASES = [
    (conflict, setting)
    for conflict in (conflicts(DATA) if (DATA / "flee_reference").is_dir() else ())
    for setting in SETTINGS
]


@pytest.mark.parametrize(
    ("conflict", "setting"),
    [pytest.param(*case, marks=() if case in SHORT else pytest.mark.slow, id="-".join(case)) for case in CASES],
)
def test_means_and_spread_are_those_of_flee(conflict, setting):
    found = agreement(DATA, conflict, setting, MEMBERS)
    assert found.n_points > 100
    assert found.is_met(setting), found
