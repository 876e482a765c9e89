"""What a claim's sentence says of it beside its own words: whose word it is, and whether a part is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

PARTLY = re.compile(
    r"\bpart(?:ly|ially)\b|\b(?:parts?|half|much|most|outskirts|cent(?:re|er)|districts?|neighbou?rhoods?"
    r"|\d+(?: ?%| per ?cent)) of\b"
    r"|\bcity cent(?:re|er)\b"
)
"""Words in the telling of a capture by which it is not of the whole place."""
_SHARE = (
    r"\b(?:most|most,? if not all,?|much|(?:more than|over) half|majority|bulk|(?:greater|better|larger) part"
    r"|two[- ]thirds|three[- ]quarters|\d+(?: ?%| per ?cent)) of\b"
)
SHARE = re.compile(_SHARE)
"""Words in the telling of who holds a place by which it is not all of it."""
SHARE_BEFORE = re.compile(
    rf"{_SHARE}(?: (?:the|city|town|village|district|camp|area|province|strategic|besieged|(?:north|south|east|west)ern"
    r"|central|of)){0,4}"
    r"(?:(?: [\w'’-]+){1,3}? (?:is|are|was|were|remains?|has been|have been)(?: \w+){0,2})?\s*$"
)
"""The same right before a place, or before and with it: 'most of the northern town of X', 'most of X is still'."""
SHARE_BEHIND = re.compile(rf"\s*(?:the )?{_SHARE}")
_HOLDS = (
    r"(?:still )?(?:hold|held|control|retain|rul|govern|administ|occup|dominat|maintain|remain|claim|seiz|captur"
    r"|recaptur|retak|retook|liberat|tak|took|wrest|recover|reclaim|regain|clear|free|w[io]n)\w*"
)
_SOME = (
    r"(?:[\w-]+-)?(?:north|south|east|west)+|(?<!greater )(?<!better )(?<!larger )parts?|areas?|pockets?"
    r"|districts?|neighbou?rhoods?|suburbs?|outskirts|streets|(?<!three )(?<!three-)quarters?|sides?|third|fifth"
    r"|positions?|footholds?|cent(?:re|er)|(?<!more than )(?<!over )half"
)
_SITES = r"positions|airport|airbase|base|port|plant|barracks|garrison|headquarters|camp"
OF_SOME = re.compile(
    r"^(?:h[eo]ld\w*|cl[iu]ng\w*|h[au]ng\w*) (?:out|on(?! to\b)|firm|its ground|their ground)\b"
    rf"|^{_HOLDS}(?: [\w'’-]+){{0,5}}? (?:{_SOME}) (?:of|in|inside|at|near|around)\b"
    rf"|^{_HOLDS}(?: [\w'’-]+){{0,5}}? (?:{_SITES})(?:$| (?:in|inside|at|near|within)\b)"
)
"""Words in the telling of who holds a place by which he stands in it, or holds a site or some part of it."""
_RUMOUR = (
    r"(?:rumou?r(?:s|ed)?|hearsay|unconfirmed|unverified|uncorroborated|unsubstantiated|allegedly|alleged|purportedly"
    r"|supposedly)"
)
RUMOUR_BEFORE = re.compile(rf"\b{_RUMOUR}\b(?:[:)\]](?=\s))?[^,;.:()]*$")
"""Before what is told, with no mark between but a label's: 'unverified reports say that', '(Unconfirmed) '."""
RUMOUR_INSIDE = re.compile(rf"\b{_RUMOUR}\b")
RUMOUR_BEHIND = re.compile(
    rf"[^;.:()]*?(?:,|\baccording to|\bciting|\bamid) (?:some |several |local |as yet ){{0,2}}{_RUMOUR}"
    rf" (?:reports?|rumou?rs?|accounts?|claims?|posts?|information|sources?)\b|[^,;.:()]{{0,40}}\ballegedly\b"
)
"""Behind it: ', according to unconfirmed reports'."""
NOT_VOUCHED = re.compile(
    r"[^;.:()]*?\b(?:not|cannot|n['’]t|yet to)(?: \w+ly)?(?: be| been)?(?: \w+ly)?"
    r" (?:verified|confirmed|corroborated)\b"
)
"""Behind it, where nobody is named who says so: ', but this could not be independently verified'."""
CLAIMED = r"\bclaimed(?: to (?:be|have been))?(?: \w+)?"
CLAIMED_BEFORE = re.compile(rf"{CLAIMED}\s*$")
"""Right before what is done: 'claimed recaptured by X', 'claimed to have been taken by X'."""
AGENT = re.compile(r"[^;.:,()]*?\bby\b")
"""Behind what is done, with no clause or mark between: who did it."""
BRACKETED = re.compile(r"[^;.:,()]*?\bby\b[^;.:,()]*\(claimed\)")
"""The same, where it is claimed in brackets: 'captured by X (claimed)'."""
NOUN = re.compile(r"\b(?:capture|recapture|seizure|liberation|takeover|conquest|control|loss|fall)\b[^,;.:()]*$")
NOUN_CLAIMED = re.compile(
    r"(?: of(?: [\w'’-]+){1,5}?)?(?: (?:on|in) \d?[\w ]{1,20}?)?(?: (?:was|is|has been|had been))?(?: (?:also|first))? "
    + CLAIMED.removeprefix(r"\b")
    + r" by\b"
)
"""Right behind a noun, or its place or day: 'capture of X claimed by Y', 'recapture was claimed by Y'."""
DISPUTED = re.compile(r"^(?:disputed|contested) (?:between|by)\b")
"""A claim's own words by which each of several claims a place for himself."""
CLAIMED_BY = re.compile(rf"{CLAIMED} by\b(?!.*\bby\b)")
"""The last 'by' of a claim's own words: 'control claimed by X'."""

Test = Callable[[str], object]
"""Whether words may stand in a text, asked of a whole report in lower case before its sentences are looked at."""


def any_of(*parts: str) -> Test:
    """Return a test whether any of these parts of words is in a text.

    Examples
    --------
    >>> any_of("half", "most")("almost all"), any_of("half", "most")("all")
    (True, False)
    """
    return lambda text: any(part in text for part in parts)


OF_A_PART = any_of("part", "half", "much", "most", "outskirts", "cent", "district", "neighb", "%")
OF_A_SHARE = any_of("most", "much", "half", "majority", "bulk", "part", "thirds", "quarters", "cent", "%")
OF_ITS_SITES = any_of(
    *("part", "area", "pocket", "district", "neighb", "suburb", "outskirts", "street", "quarter", "side", "third"),
    *("fifth", "half", "position", "foothold", "cent", "north", "south", "east", "west", "port", "base", "plant"),
    *("barracks", "garrison", "camp", " out", " on", " firm", "ground"),
)
OF_A_CLAIM = any_of("claimed", "disputed", "contested")
OF_A_RUMOUR = any_of(
    *("rumour", "rumor", "hearsay", "alleg", "purported", "supposed"),
    *("verified", "confirmed", "corroborated", "substantiated"),
)
"""What is in a text wherever the words are that the rules here look for in its sentences."""

OF_THEMSELVES = re.compile(
    r"\b(?:claim|claims|claimed|claiming|say|says|said|insist|insisted|maintain|maintained)"
    r" (?:to (?:be |have )?|(?:that )?they )(?:\w+ly |now |still |already |had |have |are |were )*$"
)
"""Right before what several speakers tell of themselves: 'both claim to', 'both said they'."""


class Wording(NamedTuple):
    """The sentence of a claim, in lower case, cut at the claim's own words."""

    before: str
    told: str
    behind: str

    @property
    def sentence(self) -> str:
        """The whole sentence.

        Examples
        --------
        >>> Wording("the army ", "captured", " azaz.").sentence
        'the army captured azaz.'
        """
        return f"{self.before}{self.told}{self.behind}"


_TO_ONE_BLANK = re.compile(r"\s{2,}|[^\S ]")


def one_line(words: str) -> str:
    """Return words in lower case, with one blank wherever a line breaks or several stand.

    Examples
    --------
    >>> one_line("Most\\n of Azaz ")
    'most of azaz '
    """
    return _TO_ONE_BLANK.sub(" ", words.lower())


def is_own_word(wording: Wording) -> bool:
    """Whether it is who acts that claims it: 'claimed' stands between what is done and who is said to have done it.

    Examples
    --------
    >>> is_own_word(Wording("claimed ", "recaptured", " by rebels."))
    True
    >>> is_own_word(Wording("reportedly ", "captured", " by rebels, a victory claimed by their leader."))
    False
    """
    if CLAIMED_BEFORE.search(wording.before) and AGENT.match(wording.behind):
        return True
    if BRACKETED.match(wording.behind):
        return True
    is_owned = wording.before.rstrip().endswith(("'s", "’s", "s'", "s’", " its", " their"))
    if not is_owned and NOUN.search(wording.told) and NOUN_CLAIMED.match(wording.behind):
        return True
    return bool(CLAIMED_BY.search(wording.told) or DISPUTED.match(wording.told))


def each_of_itself(wording: Wording) -> bool:
    """Whether several who speak each tell of themselves: 'both claim to hold X', not 'both say that rebels hold X'.

    Examples
    --------
    >>> each_of_itself(Wording("both the army and the rebels claim to ", "control azaz", "."))
    True
    >>> each_of_itself(Wording("both the army and the rebels said the rebels ", "control azaz", "."))
    False
    """
    return OF_THEMSELVES.search(wording.before) is not None


def is_of_a_part(wording: Wording) -> bool:
    """Whether who holds a place is told to hold but a part of it: 'most of X', 'the bulk of the town'.

    Examples
    --------
    >>> is_of_a_part(Wording("the army ", "controls most of azaz", ".")), is_of_a_part(Wording("", "held azaz", ""))
    (True, False)
    """
    is_before, is_told = SHARE_BEFORE.search(wording.before), SHARE.search(wording.told)
    return bool(is_before or is_told or SHARE_BEHIND.match(wording.behind))


def is_of_some(wording: Wording) -> bool:
    """Whether who holds a place is told to stand in it, or to hold a site or some part of it: nothing of the rest.

    Examples
    --------
    >>> is_of_some(Wording("the army ", "holds parts of azaz", ".")), is_of_some(Wording("", "hold out in azaz", ""))
    (True, True)
    >>> is_of_some(Wording("in parts of the east, the army ", "holds azaz", "."))
    False
    """
    return OF_SOME.search(wording.told) is not None


def is_rumour(wording: Wording, *, is_spoken: bool) -> bool:
    """Whether nobody vouches for a claim: 'rumours that', 'unverified reports', 'allegedly', 'not verified'.

    Parameters
    ----------
    wording
        The sentence of the claim.
    is_spoken
        Whether a party is named that says so: what "could not be verified" is then that party's claim.

    Examples
    --------
    >>> is_rumour(Wording("rumours that rebels had ", "taken", " azaz spread."), is_spoken=False)
    True
    >>> is_rumour(Wording("amid rumours of a mutiny, rebels said they had ", "taken", " azaz."), is_spoken=True)
    False
    """
    if (
        RUMOUR_BEFORE.search(wording.before)
        or RUMOUR_INSIDE.search(wording.told)
        or RUMOUR_BEHIND.match(wording.behind)
    ):
        return True
    return not is_spoken and NOT_VOUCHED.match(wording.behind) is not None
