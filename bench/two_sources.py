"""Forecasts of drawn camps that two sources report of, with errors by source and without, scored against the truth.

python -m bench.two_sources
"""

from __future__ import annotations

from dataclasses import replace

from verification.two_sources import ACCURATE, NOISY, compared


def main() -> None:
    """Print the scores of three seeds: which source is biased, the noisy one or the steady one, or neither."""
    alike = replace(ACCURATE, name="B")
    few, right = replace(ACCURATE, bias=-NOISY.bias), replace(NOISY, bias=0.0)
    cases = (
        ("B noisy, biased and late", ACCURATE, NOISY),
        ("A biased, B noisy and late", few, right),
        ("B as good as A", ACCURATE, alike),
    )
    for title, one, other in cases:
        for seed in (1, 2, 3):
            for name, (wis, coverage) in compared(seed, 12, one, other).items():
                print(f"{title:26} seed {seed}  {name:20} WIS {wis:.3f} of the people, 80 % covers {coverage:.2f}")


if __name__ == "__main__":
    main()
