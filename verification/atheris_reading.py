"""Coverage-guided fuzzing of reading, from bytes to a reading: `python -m verification.atheris_reading --seconds 600`.

Needs Atheris, no dependency of ours (docs/dependencies.md): `.venv/bin/python -m pip install atheris==3.0.0`. What it
finds stays in FOLDER (`build/fuzz` by default); an input worth keeping goes into tests/cases/hard_texts.
Other arguments are passed on to libFuzzer: `-timeout=5` reports what takes longer, FILE reads one input again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["tidings"]):
    from tests.evidence.extract import hard_texts
    from tidings.core.errors import InputError
    from tidings.evidence.extract.pipeline import read_report
    from tidings.evidence.readers.received import Received
    from tidings.evidence.readers.registry import read_received
    from tidings.geography.gazetteer import open_gazetteer

KEPT = Path(__file__).parent.parent / "tests" / "cases" / "hard_texts"
NAMES = ("-", "a.txt", "a.html", "a.eml", "a.xml", "a.mbox")
"""The first byte chooses what the file is called, so that every reader is met."""
GAZETTEER = open_gazetteer()


def read_bytes(content: bytes) -> None:
    """Read bytes as they would be received; wrong input is refused, and nothing else may go wrong."""
    name = NAMES[content[0] % len(NAMES)] if content else "-"
    try:
        reports = read_received(Received(name, content[1:]), published=hard_texts.DAY)
    except InputError:
        return
    for report in reports:
        hard_texts.check(read_report(report, GAZETTEER), report)


def write_dictionary(file: Path) -> Path:
    """Write the words that inputs are made of, in libFuzzer's own form."""
    kinds = (hard_texts.lexicon_words(), hard_texts.NUMBERS, hard_texts.NAMES, hard_texts.MARKS, hard_texts.ODD)
    words = {word.encode("utf-8", errors="replace")[:60] for kind in kinds for word in kind}
    rows = ("".join(f"\\x{byte:02x}" for byte in word) for word in sorted(words) if word)
    file.write_text("".join(f'"{row}"\n' for row in rows), encoding="ascii")
    return file


def main() -> None:
    """Fuzz for some seconds."""
    told = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(prog="verification.atheris_reading", description=told)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--folder", type=Path, default=Path("build") / "fuzz")
    given, others = parser.parse_known_args()
    corpus = given.folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(sorted(Path("src/tidings/examples").glob("*/reports/*"))):
        (corpus / f"example-{number}").write_bytes(b"\x01" + example.read_bytes())
    words = write_dictionary(given.folder / "words.dict")
    fixed = ["-max_len=20000", "-timeout=10", "-rss_limit_mb=2000", f"-artifact_prefix={given.folder}/"]
    flags = [f"-max_total_time={given.seconds}", f"-dict={words}", *fixed, *others]
    inputs = [str(corpus)]
    atheris.Setup([sys.argv[0], *flags, *inputs], read_bytes)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
