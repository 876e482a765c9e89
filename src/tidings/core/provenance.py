"""Which code made a result."""

from __future__ import annotations

from importlib import metadata


def code_version() -> str:
    """Return the name and version of this package.

    Examples
    --------
    >>> code_version().startswith("tidings ")
    True
    """
    return f"tidings {metadata.version('tidings')}"
