"""Forecasts of drawn camps whose numbers come late or are corrected, with corrections foreseen and without.

python -m bench.revised_reports
"""

from __future__ import annotations

from verification.revised_reports import (
    CORRECTED,
    LATE,
    LEAPS,
    PROMPT,
    SLIPS,
    SLIPS_LEFT,
    SOME_CORRECTED,
    TENTHS,
    UNSTEADY,
    compared,
)

WAYS = {
    "told at once": PROMPT,
    "told 30 days late": LATE,
    "a fifth too few, corrected": CORRECTED,
    "15 % off, corrected": UNSTEADY,
    "one in ten a fifth too few": SOME_CORRECTED,
    "one in fifty tenfold": SLIPS,
    "the same, never put right": SLIPS_LEFT,
    "one in fifty a tenth": TENTHS,
    "three of twelve do leap": LEAPS,
}


def main() -> None:
    """Print the scores of three seeds."""
    for title, how in WAYS.items():
        for seed in (1, 2, 3):
            for name, (wis, coverage) in compared(seed, 12, how).items():
                print(f"{title:26} seed {seed}  {name:20} WIS {wis:.3f} of the people, 80 % covers {coverage:.2f}")


if __name__ == "__main__":
    main()
