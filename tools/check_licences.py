"""Refuse a runtime dependency whose licence is not permissive, or that carries a library under another one.

    python tools/check_licences.py [--table]

Reads requirements.lock, requirements-extras.lock and what the installed distributions say of themselves. With --table
it prints the rows of docs/dependencies.md instead: those that always run, and then those of the extras.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-extras.lock")
PERMISSIVE = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC",
        "LLVM-exception", "MIT", "MIT-CMU", "PSF-2.0", "Zlib",
    }
)  # fmt: skip
IN_OTHER_WORDS = {
    "BSD License": "BSD", "MIT License": "MIT", "ISC License (ISCL)": "ISC", "The BSD 2-Clause License": "BSD-2-Clause",
    "Python Software Foundation License": "PSF-2.0", "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
COPYLEFT_LIBRARIES = {
    "geos": "LGPL-2.1-or-later", "gfortran": "GPL-3.0-or-later WITH GCC-exception-3.1", "quadmath": "LGPL-2.1-or-later"
}  # fmt: skip
ACCEPTED_LIBRARIES = frozenset(
    {("numpy", "gfortran"), ("numpy", "quadmath"), ("scipy", "gfortran"), ("scipy", "quadmath"), ("shapely", "geos")}
)
"""Shared libraries inside wheels, linked dynamically and unchanged, as docs/dependencies.md tells."""

ACCEPTED_LICENCES = frozenset({("certifi", "MPL-2.0")})
"""Distributions under a licence that asks for changes of their own files alone, as docs/dependencies.md tells."""


def canonical(name: str) -> str:
    """Return a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_names(lock: Path) -> tuple[str, ...]:
    """Return the distributions that a lock file names, each once."""
    names = re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return tuple(dict.fromkeys(canonical(name) for name in names))


def licence_of(distribution: Distribution) -> str:
    """Return the licence that a distribution declares: the SPDX expression, else the classifier, else the field."""
    described = distribution.metadata.json
    if expression := described.get("license_expression"):
        return str(expression)
    classifiers = [c.rpartition(" :: ")[2] for c in described.get("classifier", ()) if c.startswith("License ::")]
    told = next((c for c in classifiers if c != "OSI Approved"), str(described.get("license", "")).partition("\n")[0])
    return IN_OTHER_WORDS.get(told, told)


def is_permissive(expression: str) -> bool:
    """Tell whether every part of a licence expression, or one of its alternatives, is permissive.

    Examples
    --------
    >>> is_permissive("MIT AND LGPL-2.1"), is_permissive("GPL-3.0 OR MIT"), is_permissive("Zlib AND 0BSD")
    (False, True, True)
    """
    return any(
        all(part.strip("() ") in PERMISSIVE for part in re.split(r" AND | WITH ", alternative))
        for alternative in expression.split(" OR ")
    )


def copyleft_libraries(distribution: Distribution) -> Iterator[str]:
    """Yield the copyleft shared libraries that a wheel carries, by their short names."""
    files = [Path(str(file)).name for file in distribution.files or ()]
    yield from (name for name in COPYLEFT_LIBRARIES if any(re.match(rf"lib{name}\b", file) for file in files))


def problems_of(name: str, distribution: Distribution) -> Iterator[str]:
    """Yield what is wrong with one dependency."""
    licence = licence_of(distribution)
    if not is_permissive(licence) and (name, licence) not in ACCEPTED_LICENCES:
        yield f"{name}: licence '{licence}' is not permissive. Replace the dependency."
    for library in copyleft_libraries(distribution):
        if (name, library) not in ACCEPTED_LIBRARIES:
            yield f"{name}: carries {library} ({COPYLEFT_LIBRARIES[library]}). Replace it, or say why not in the docs."


def table_row(name: str, distribution: Distribution) -> str:
    """Return a row of the table of docs/dependencies.md."""
    size_mb = sum(file.size or 0 for file in distribution.files or ()) / 1e6
    carried = "".join(
        f"; carries {library}, {COPYLEFT_LIBRARIES[library]}" for library in copyleft_libraries(distribution)
    )
    return f"| {name} | {distribution.version} | {licence_of(distribution)}{carried} | {size_mb:.1f} |"


def main(arguments: Sequence[str]) -> int:
    """Check every locked distribution that is installed here; return 1 when one is wrong."""
    installed = {canonical(str(found.metadata["Name"])): found for found in distributions()}
    always, with_extras = (locked_names(ROOT / lock) for lock in LOCKS)
    locked = {name: installed[name] for name in (*always, *with_extras) if name in installed}
    if "--table" in arguments:
        for names in (set(always), set(with_extras) - set(always)):
            print("\n".join(table_row(name, locked[name]) for name in sorted(names & set(locked))), end="\n\n")
        return 0
    problems = [problem for name, found in locked.items() for problem in problems_of(name, found)]
    print("\n".join(problems) or f"{len(locked)} runtime distributions, all permissive")
    return 1 if problems or not locked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
