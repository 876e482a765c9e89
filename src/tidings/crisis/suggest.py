"""The nearest of what is known, for messages about what is not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def near(word: str, options: Iterable[str]) -> str:
    """Return a question that suggests the nearest of the options, or nothing.

    Examples
    --------
    >>> near("populaton", ["population", "capacity"])
    "Did you mean 'population'? "
    """
    folded = {option.casefold(): option for option in options}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f"Did you mean '{folded[found[0]]}'? " if found else ""
