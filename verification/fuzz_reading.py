"""Look for texts that are read wrongly or slowly: `python -m verification.fuzz_reading [--seconds 600] [--seed 1]`.

Texts of 20,000 characters are made of the lexicons' own words, numbers, names, marks and odd characters, repeated; the
slowest so far are varied further. Ends with exit status 1 where a reading breaks its contract or takes over 2 s of the
CPU. A text worth keeping goes into tests/cases/hard_texts.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from dataclasses import dataclass

from tests.evidence.extract import hard_texts
from tidings.geography.gazetteer import Gazetteer, open_gazetteer

MOST_SECONDS = 2.0
SLOWEST = 20
"""Periods that are varied further."""


@dataclass(frozen=True, slots=True, order=True)
class Tried:
    """What a text took."""

    cpu_seconds: float
    parts: tuple[str, ...]
    wrong: str = ""


def drawn_part(drawn: random.Random) -> str:
    """Return a piece and what stands behind it."""
    words = hard_texts.lexicon_words()
    kinds = (words, words, hard_texts.CLAUSES, hard_texts.NUMBERS, hard_texts.NAMES, hard_texts.MARKS, hard_texts.ODD)
    kind = drawn.choice(kinds)
    case = drawn.choice((str, str, str.capitalize, str.upper))
    return case(drawn.choice(kind)) + drawn.choice(hard_texts.GLUES)


def next_parts(drawn: random.Random, slowest: list[Tried]) -> tuple[str, ...]:
    """Return new parts; half of the time those of a slow text with one put in, left out or changed."""
    if not slowest or drawn.random() < 0.5:
        return tuple(drawn_part(drawn) for _ in range(drawn.randint(1, 4)))
    parts = list(drawn.choice(slowest).parts)
    at = drawn.randrange(len(parts))
    parts[at : at + drawn.randint(0, 1)] = [drawn_part(drawn)] if drawn.random() < 0.8 or len(parts) == 1 else []
    return tuple(parts)


def tried(parts: tuple[str, ...], gazetteer: Gazetteer) -> Tried:
    """Read the text that parts make."""
    text = hard_texts.repeated("".join(parts), hard_texts.LENGTH)
    began = time.process_time()
    wrong = ""
    try:
        hard_texts.read_soundly(text, gazetteer)
    except Exception as error:  # whatever goes wrong is what is looked for
        wrong = f"{type(error).__name__}: {error}"
    return Tried(time.process_time() - began, parts, wrong)


def main() -> int:
    """Try texts for some seconds; print the slowest, and all that is wrong."""
    told = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="verification.fuzz_reading", description=told)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    drawn, gazetteer = random.Random(given.seed), open_gazetteer()
    tried(("The army captured Azaz. ",), gazetteer)
    slowest: list[Tried] = []
    wrong: list[Tried] = []
    n_tried, until = 0, time.monotonic() + given.seconds
    while time.monotonic() < until:
        found = tried(next_parts(drawn, slowest), gazetteer)
        n_tried += 1
        wrong += [found] if found.wrong else []
        slowest = sorted([*slowest, found], reverse=True)[:SLOWEST]
    wrong += [each for each in slowest if each.cpu_seconds > MOST_SECONDS and not each.wrong]
    for each in (*slowest[:5], *wrong):
        sys.stdout.write(f"{each.cpu_seconds:6.2f} s  {each.parts!r:.160}  {each.wrong:.200}\n")
    sys.stdout.write(f"{n_tried} texts, {len(wrong)} wrong or over {MOST_SECONDS:g} s\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
