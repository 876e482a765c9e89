"""Word lists of a language: loaded when they are first asked for, so that start-up pays nothing for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str, language: str = "en") -> Mapping[str, Any]:
    """Load one file of word lists of a language, once.

    Parameters
    ----------
    name
        The file's name without its suffix, for example ``"numbers"``.
    language
        ISO 639-1 code: the folder under ``lexicon/``.

    Examples
    --------
    >>> lexicon("numbers")["scales"]["million"]
    1000000
    """
    import yaml  # imported here: the command line starts without it

    path = files("tidings.evidence.extract") / "lexicon" / language / f"{name}.yaml"
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    return found


@cache
def word_set(name: str, *keys: str) -> frozenset[str]:
    """Return one list of a lexicon, or several together, as a set of lower-case words: made once.

    Examples
    --------
    >>> "held" in word_set("words", "compound_ends")
    True
    """
    return frozenset(word for key in keys for word in lexicon(name)[key])
