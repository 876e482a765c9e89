"""Forecasts of drawn camps that two sources report of, with errors by source and without, scored against the truth.

python -m bench.two_sources
"""

from __future__ import annotations

from dataclasses import replace

from verification.two_sources import ACCURATE, NOISY, compared


def main() -> None:
    """Print the scores of three seeds, of unlike sources and of two that are alike."""
    alike = replace(ACCURATE, name="B")
    for title, other in (("B noisy, biased and late", NOISY), ("B as good as A", alike)):
        for seed in (1, 2, 3):
            for name, (wis, coverage) in compared(seed, 12, ACCURATE, other).items():
                print(f"{title:26} seed {seed}  {name:20} WIS {wis:.3f} of the people, 80 % covers {coverage:.2f}")


if __name__ == "__main__":
    main()
