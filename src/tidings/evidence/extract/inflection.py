"""The forms of English verbs, from their base form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from tidings.evidence.extract.phrasebook import load_lexicon

Form = Literal["base", "s", "past", "participle", "ing"]


@lru_cache(maxsize=4_000)
def forms_of(verb: str) -> tuple[tuple[str, Form], ...]:
    """Return the forms of a verb or verb phrase; only its first word changes.

    A past that is also the participle appears once, as `past`: only its neighbours tell which it is.

    Examples
    --------
    >>> forms_of("seize")
    (('seize', 'base'), ('seizes', 's'), ('seized', 'past'), ('seizing', 'ing'))
    >>> [form for form, kind in forms_of("take control of") if kind == "participle"]
    ['taken control of']
    """
    base, _, rest = verb.partition(" ")
    past, participle = load_lexicon("verbs")["irregular"].get(base, (_past(base),) * 2)
    forms: dict[str, Form] = {base: "base", _with_s(base): "s", past: "past", participle: "participle"}
    forms[past] = "past"
    forms[_with_ing(base)] = "ing"
    return tuple((f"{form} {rest}".strip(), kind) for form, kind in forms.items())


def _doubles(base: str) -> bool:
    short = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", base) is not None
    return short or base in load_lexicon("verbs")["doubled"]


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return base + (base[-1] if _doubles(base) else "") + "ed"


def _with_s(base: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", base):
        return base + "es"
    return base[:-1] + "ies" if re.search(r"[^aeiou]y$", base) else base + "s"


def _with_ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + (base[-1] if _doubles(base) else "") + "ing"
