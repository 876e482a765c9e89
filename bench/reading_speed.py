"""How fast reports are read, and that a long one takes its length only: `python -m bench.reading_speed`.

Seconds are of the CPU, on one core, warm. Texts are made of the packaged examples' and of made-up sentences;
with `--data FOLDER…` the `.txt` and `.md` files of folders are read too, a report a file. No text of theirs is printed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.readers import Received
from tidings.evidence.readers.text import read_text
from tidings.geography.gazetteer import Gazetteer, open_gazetteer

DAY = dt.date(2016, 2, 8)
LENGTHS = (100_000, 1_000_000, 5_000_000)
REPORT = 6_000
"""Characters of a report as they come."""
N_REPORTS = 50
START_UPS = 3
EXAMPLES = Path(__file__).parents[1] / "src" / "tidings" / "examples"
TOWNS = (
    "Azaz",
    "Kilis",
    "Mare",
    "Manbij",
    "Idlib",
    "Afrin",
    "Jarabulus",
    "Hama",
    "Homs",
    "Tell Rifaat",
    "Bab al-Salama",
)
SIDES = ("the Syrian army", "rebels", "Kurdish fighters", "government troops", "the opposition", "Turkish forces")
VOICES = ("a resident said", "the United Nations said on {day}", "according to a monitoring group", "officials said")
DAYS = ("Monday", "Friday", "5 February", "the last week of January")
PATTERNS = (
    "{Side} captured {town} on {day} after three days of clashes with {other}.",
    "About {n} people have fled from {town} to {there} since {day}, {voice}.",
    "At least {few} civilians were killed in air strikes on {town} and {few} injured, {voice}.",
    "The road between {town} and {there} was cut by {side}, and no aid could be brought in.",
    "More than {n} people remain besieged in {town}; {side} denied that the town was under siege.",
    "{Voice}, \u201c{side} may attack {town} within days, and {n} families would be displaced.\u201d",
    "Aid agencies distributed tents to {few} households in a camp near {town} on {day}.",
    "Talks between {side} and {other} on a ceasefire collapsed on {day}.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What reading one long report took, in a process of its own."""

    characters: int
    cpu_seconds: float
    memory_mb: float
    """Peak of the process, packages and the gazetteer's index included."""
    records: int


@cache
def example_sentences() -> tuple[str, ...]:
    """Return the lines of the packaged examples' reports."""
    files = sorted(EXAMPLES.glob("*/reports/*.txt"))
    lines = (line.strip() for file in files for line in file.read_text("utf-8").splitlines())
    return tuple(line for line in lines if len(line) > 60)


def sentences(seed: int) -> Iterator[str]:
    """Yield varied sentences for ever: of the examples, and made up."""
    drawn = random.Random(seed)
    while True:
        if drawn.random() < 0.3:
            yield drawn.choice(example_sentences())
            continue
        day, voice, side = (drawn.choice(words) for words in (DAYS, VOICES, SIDES))
        voice = voice.format(day=day)
        told = {"town": drawn.choice(TOWNS), "there": drawn.choice(TOWNS), "other": drawn.choice(SIDES)}
        told |= {"n": f"{drawn.randrange(1, 99) * 500:,}", "few": str(drawn.randrange(3, 80))}
        told |= {"Side": side[0].upper() + side[1:], "Voice": voice[0].upper() + voice[1:]}
        yield drawn.choice(PATTERNS).format(day=day, voice=voice, side=side, **told)


def text_of(characters: int, seed: int = 1) -> str:
    """Return a text of paragraphs of five sentences, as long as asked."""
    parts: list[str] = []
    length = 0
    for number, sentence in enumerate(sentences(seed), 1):
        parts += (sentence, "\n\n" if number % 5 == 0 else " ")
        length += len(sentence) + len(parts[-1])
        if length >= characters:
            return "".join(parts)[:characters]
    return ""


def read(text: str) -> int:
    """Read a text as a report; return how many records came of it."""
    (report,) = read_text(Received("report.txt", text.encode()))
    reading = read_report(replace(report, published=DAY, language="en"), _gazetteer())
    return len(reading.figures) + len(reading.events) + len(reading.attributions)


@cache
def _gazetteer() -> Gazetteer:
    """Return what one process opens once for all its reports."""
    return open_gazetteer()


def seconds_of(texts: list[str]) -> float:
    """Return the CPU seconds that reading takes when the first was read before."""
    read(texts[0])
    began = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - began


def measure(characters: int) -> Measured:
    """Read one long report here."""
    gc.set_threshold(100_000, 50, 100)  # as the command line does
    text = text_of(characters)
    read(text_of(REPORT))
    began = time.process_time()
    records = read(text)
    spent = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(characters=characters, cpu_seconds=spent, memory_mb=peak, records=records)


def measure_apart(characters: int) -> Measured:
    """Read one long report in a process of its own."""
    command = [sys.executable, "-m", "bench.reading_speed", "--raw", str(characters)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Measured(**json.loads(done.stdout))


def start_up_seconds() -> float:
    """Return the CPU seconds of `tidings read` on a report of two sentences: the least of some."""
    command = [str(Path(sys.executable).parent / "tidings"), "read", "--published", str(DAY)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.txt"
        file.write_text("About 4,000 people reached Kilis on Tuesday. The army may attack Azaz.", encoding="utf-8")
        return min(_cpu_seconds([*command, str(file)]) for _ in range(1 + START_UPS))


def _cpu_seconds(command: list[str]) -> float:
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"{command} ended with {started.returncode}")
    return used.ru_utime + used.ru_stime


def print_speed(name: str, texts: list[str]) -> None:
    """Print characters a second."""
    length = sum(map(len, texts))
    spent = seconds_of(texts)
    print(f"{name:<28} {len(texts):>5} reports {length:>10,} characters {spent:>8.2f} s {length / spent:>10,.0f} /s")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(prog="bench.reading_speed", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="folders of .txt and .md files")
    parser.add_argument("--raw", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.raw:
        print(json.dumps(asdict(measure(given.raw))))
        return
    for characters in LENGTHS:
        told = measure_apart(characters)
        speed = characters / told.cpu_seconds
        print(f"{'one report':<28} {characters:>23,} characters {told.cpu_seconds:>8.2f} s {speed:>10,.0f} /s "
              f"{told.memory_mb:>6,.0f} MB {told.records:>9,} records", flush=True)  # fmt: skip
    print(f"{'tidings read, start to end':<28} {start_up_seconds():>41.2f} s")
    print_speed("made-up reports", [text_of(REPORT, seed) for seed in range(N_REPORTS)])
    for folder in given.data:
        files = sorted(file for file in folder.rglob("*") if file.suffix in (".txt", ".md"))
        print_speed(folder.name, [file.read_text("utf-8", errors="replace") for file in files])


if __name__ == "__main__":
    main()
