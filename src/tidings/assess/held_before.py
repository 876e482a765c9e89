"""What a claim to hold a place tells of the days before: another held it, or it was so already (CONTROL-1)."""

from __future__ import annotations

import re

from tidings.assess.wording import Wording, any_of
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event

_LASTING = (
    r"\b(?:still|remain(?:s|ed|ing)?|stay(?:s|ed)?|continu(?:e|es|ed|ing) to|retain(?:s|ed|ing)?|never (?:lost|left)"
    r"|not lost|ke(?:ep|eps|pt)|maintain(?:s|ed|ing)? (?:\w+ ){0,2}?(?:control|hold|grip|presence|positions?))\b"
)
_BEFORE = re.compile(rf"{_LASTING}[^,;.:()]*$")
_INSIDE = re.compile(_LASTING)
_BEHIND = re.compile(r"\s*(?:[\w'’-]+ ){0,3}?still\b")
OF_A_LASTING = any_of("still", "remain", "stay", "continu", "retain", "never", "not lost", "keep", "kept", "maintain")
"""What is in a text wherever one of the words is by which a state is told to last."""

_AROUND = (
    r"(?:near(?:by)?|around|outside|close to|not far from|towards?|north|south|east|west"
    r"|(?:north|south)[- ]?(?:east|west)|(?:vicinity|direction|area|outskirts) of)"
)
_NEAR = re.compile(
    rf"(?!.*?\b(?:(?:against|at|into|upon)\b|on (?!\w+day\b|\d))[^;.]*?\b{_AROUND}\b)"
    rf"[^;.:()]*?\b(?:{_AROUND}\b|in the (?:[\w'’-]+ ){{1,3}}(?:directions?|areas?|sectors?|axis|vicinity)\b)"
)
OF_A_NEIGHBOURHOOD = any_of(
    *("near", "around", "outside", "close", "far from", "toward", "north", "south", "east", "west"),
    *("vicinity", "direction", "area", "outskirts", "sector", "axis"),
)
"""The same for the words by which something is told of what lies around a place."""


def tells_of_another(claim: Claim) -> bool:
    """Whether who says that a place is his says that it came to him: who repelled an attack on it held it before."""
    return not isinstance(claim.content, Event) or claim.content.type not in ("hold", "siege_lifted")


def lasts(wording: Wording) -> bool:
    """Whether the words of a claim to hold a place tell that it was so before.

    Examples
    --------
    >>> lasts(Wording("rebels said they still ", "hold azaz", "."))
    True
    >>> lasts(Wording("rebels said they ", "hold azaz", "."))
    False
    """
    return bool(_BEFORE.search(wording.before) or _INSIDE.search(wording.told) or _BEHIND.match(wording.behind))


def is_near(wording: Wording) -> bool:
    """Whether an attack that was beaten off is told to have been near a place, not on it.

    Examples
    --------
    >>> is_near(Wording("the army ", "repelled", " attacks near azaz."))
    True
    >>> is_near(Wording("the army ", "repelled", " an attack on azaz from the north."))
    False
    """
    return _NEAR.match(wording.behind) is not None
