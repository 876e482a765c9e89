"""What claims tell of roads: which stretches they mean, and what was so until a change (ROAD-2 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.assess.columns import spans
from tidings.assess.reconcile import UNKNOWN, Evidence, replace
from tidings.assess.standings import NEVER
from tidings.assess.transitions import report_of
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event
from tidings.geography.graph import Geography

Days = NDArray[np.int64]
ROAD_EVENTS: Mapping[str, str] = {"road_cut": "no", "road_opened": "yes"}
"""Whether a road is passable, by what is told to have happened to it."""
_CUT = re.compile(r"\b(?:cut|cuts|cutting|sever(?:ed|s|ing)|blown)\b")
_STILL = re.compile(r"\b(?:still|remain(?:s|ed|ing)?|stay(?:s|ed|ing)?|since|already|again)\b")

_ROAD = r"(?:road|route|highway|motorway|corridor|lifeline|supply line|way (?:in|out|into|to|from)\b)"
_WORD = r"(?!that\b)[\w'’-]+ "
OF_EACH = re.compile(r"\b(?:all|every|no|none|cut)\b").search
"""Finds the words without which no event is of every road of a place."""
_EACH = re.compile(
    rf"(?<!\bnot )(?<!\balmost )(?<!\bnearly )(?<!\bvirtually )\b(?:(?:all|none of) (?:{_WORD}){{0,4}}?{_ROAD}s"
    rf"|every (?:{_WORD}){{0,2}}?{_ROAD}|no (?:{_WORD})?{_ROAD}s?)\b"
)
_OTHER = re.compile(r"[;:]|\b(?:but|while|whereas|although|though|after|before|who|said|says)\b")
_ALONE = re.compile(r"\bcut off from the (?:outside|rest|world)\b")
_EXCEPTION = re.compile(
    r"\b(?:except(?:ing|ion)?|save for|apart from|aside from|other than|excluding|all but|but for"
    r"|but (?:the |those |that )?(?:one|road|route|last|to|from))\b"
)

INFERRED, PERHAPS = "inferred: ", ", perhaps"
NO_REPORT = "no report of a cut: inferred from who holds its ends, a front line crosses it"
"""How the words begin and end in which a road's state is told, and those where a front line alone closes it."""

UNTIL_THEN = "until then"
"""What is added to the voice of a change for what it says of the days before."""


def tells_anew(words: str, sentence_of: Callable[[], str]) -> bool:
    """Whether the words of a cut tell that it happened, and not that it lasts: then the road was open until then.

    Examples
    --------
    >>> tells_anew("cut", lambda: "the road has been cut"), tells_anew("cut", lambda: "the road is still cut")
    (True, False)
    """
    return bool(_CUT.search(words.lower())) and not _STILL.search(sentence_of())


def former(piece: Evidence, answer: str, days: int) -> Evidence:
    """Return evidence of the answer that a change ended: it held for some days until the day before.

    It is a voice of its own, which goes on beside that of the change: of a way that is cut on one stretch, the others
    are what they were.
    """
    start, end = piece.day - dt.timedelta(days=days), piece.day - dt.timedelta(days=1)
    voices = (*piece.voices, UNTIL_THEN)
    return replace(piece, answer=answer, day=start, fresh_until=end, ends=None, voices=voices, is_former=True)


def tells_all(before: str, words: str, behind: str, *, is_told_apart: bool = False) -> bool:
    """Whether an event is of all roads of a place: what stands before its words, they and what follows tell so.

    Parameters
    ----------
    before, words, behind
        The event's sentence, cut at its own words.
    is_told_apart
        Whether those that are excepted are told by claims of their own: then it is of all the others.

    Examples
    --------
    >>> tells_all("all roads into varn are ", "cut", " by the army."), tells_all("the road to varn is ", "cut", "")
    (True, False)
    >>> tells_all("the army ", "cut off all supply routes", " into varn but one.")
    False
    """
    told = (before if is_told_apart else _OTHER.split(before)[-1]) + words
    if not is_told_apart and _EXCEPTION.search(before + words + behind):
        return False
    return bool(_EACH.search(told) or _ALONE.search(words + behind))


def roads_apart(
    claims: Iterable[Claim], geography: Geography, sentence_of: Callable[[Claim], str]
) -> dict[tuple[str, str], frozenset[str]]:
    """Return, by report and sentence, the roads that are told apart from all others: 'all but the road to X'."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for claim in claims:
        event = claim.content
        if isinstance(event, Event) and event.type in ROAD_EVENTS and _EXCEPTION.match(event.text.lower()):
            ends = ends_told(geography, event.places)
            ways = itertools.chain.from_iterable(geography.shortest_way(a, b) for a, b in itertools.pairwise(ends))
            key = (report_of(claim), sentence_of(claim))
            found[key] = found.get(key, frozenset()) | set(ways)
    return found


def former_stretch(piece: Evidence, days: int, *, is_one_of_several: bool) -> Evidence:
    """Return evidence that a road was open until a way over it was cut.

    Of several roads of a place, each may be the one that is cut: that it was open tells nothing of the days since.
    """
    told = former(piece, "yes", days)
    return replace(told, ends=piece.day) if is_one_of_several else told


def without_refuted(pieces: Iterable[tuple[Claim, Evidence]]) -> list[tuple[Claim, Evidence]]:
    """Leave out what a change says of the days before it where somebody told of such days himself."""
    told = list(pieces)
    first: dict[tuple[str, str], list[dt.date]] = defaultdict(list)
    for _, piece in told:
        if not piece.is_former:
            first[piece.subject, piece.predicate].append(piece.day)
    earliest = {question: min(days) for question, days in first.items()}
    return [
        (claim, piece)
        for claim, piece in told
        if piece.fresh_until is None
        or not piece.is_former
        or piece.fresh_until < earliest[piece.subject, piece.predicate]
    ]


def words_told(evidence: Iterable[Evidence], likeliest: str, on: dt.date) -> str:
    """Say what is told of a road on a day, and what of it is inferred: from a cut told later, or of a longer way.

    Parameters
    ----------
    evidence
        On whether it is passable.
    likeliest
        Of its answers.

    Examples
    --------
    >>> cut = Evidence("r", "passable", "no", dt.date(2031, 3, 9), 0.9, "c1")
    >>> until_then = former(cut, "yes", days=30)
    >>> words_told([cut, until_then], "no", dt.date(2031, 3, 9))
    'said to be cut'
    >>> words_told([cut, until_then], "yes", dt.date(2031, 3, 8))
    'inferred: told to be cut on 2031-03-09, so open until then'
    """
    pieces = [piece for piece in evidence if piece.day <= on and piece.answer != UNKNOWN]
    said = [piece for piece in pieces if not piece.is_former and likeliest in (piece.answer, UNKNOWN)]
    if said:
        newest = max(said, key=lambda piece: piece.day)
        subject = "" if not all(piece.is_partial for piece in said) else "of a way or a place on it: "
        perhaps = PERHAPS if likeliest == UNKNOWN else ""
        return f"{subject}said to be {'open' if newest.answer == 'yes' else 'cut'}{perhaps}"
    cut = max((piece.fresh_until for piece in pieces if piece.is_former and piece.fresh_until), default=on)
    day = cut + dt.timedelta(days=1)
    if on < day:
        return f"{INFERRED}told to be cut on {day}, so open until then"
    return f"{INFERRED}open until a way over it was cut on {day}, likely elsewhere"


def reasons(
    said: str | None,
    *,
    is_cut: bool,
    is_told_cut: bool,
    is_front: bool,
    is_same: bool,
    is_untold: bool,
    came: dt.date | None,
) -> str | None:
    """Say why a road is as it is: what is told of it, and who holds its ends.

    Parameters
    ----------
    said
        What is told of it, in the words of `words_told`.
    is_cut
        Whether it is likeliest cut by all of it.
    is_told_cut
        Whether that is likelier than that it is open, by what is told of the road itself.
    is_front, is_same, is_untold
        Whether its ends are held by sides that fight each other, by one side, by sides of whom that is not told.
    came
        The day on which the line between them came, if that is after all that is told of the road.

    Examples
    --------
    >>> ends = {"is_front": True, "is_same": False, "is_untold": True}
    >>> reasons("said to be cut", is_cut=True, is_told_cut=True, came=None, **ends)
    'said to be cut; a front line crosses it'
    >>> reasons("said to be open", is_cut=False, is_told_cut=False, came=None, **ends)
    'said to be open, which counts more than that its ends are held by sides that fight each other: a front line'
    """
    if is_front and is_told_cut:
        return f"{said}; a front line crosses it"
    if is_front and not is_cut and said:
        return f"{said}, which counts more than that its ends are held by sides that fight each other: a front line"
    if is_front:
        return _front_line(said, came)
    if is_same:
        return "; ".join(each for each in (said, "both ends are held by one side") if each)
    if is_untold:
        return "; ".join(each for each in (said, "nobody tells whether the sides at its ends fight each other") if each)
    return said


def _front_line(said: str | None, came: dt.date | None) -> str:
    """Say that a front line is inferred to cross a road, of which nobody told that it itself is cut."""
    if said is None:
        return NO_REPORT
    if said.startswith(INFERRED):
        return f"inferred from who holds its ends: a front line crosses it; {said.removeprefix(INFERRED)}"
    if came:
        return f"{NO_REPORT} since {came}; before, {said}"
    return f"{NO_REPORT}; {said.removesuffix(PERHAPS)}, too long ago"


def roads_meant(
    geography: Geography,
    places: Iterable[str],
    p_shut: Mapping[str, float],
    floor: float,
    *,
    is_whole: bool,
    is_all: bool = False,
) -> Iterator[tuple[str, float]]:
    """Return the roads that an event about a road and its places means, each with a factor for how surely.

    A road by its id; with two places or more, the shortest way between each pair in turn; with one place, one of the
    roads that end there. A way that is open is open on all its stretches. Where one of several stretches is cut, the
    words do not tell which: they share the evidence in proportion to the probability that they are shut, and a floor.

    Parameters
    ----------
    p_shut
        By road id.
    is_whole
        Whether the event is of all stretches of a way.
    is_all
        Whether it is of all roads of a place.
    """
    named = [place for place in places if place in geography.road_ids]
    yield from ((road, 1.0) for road in named)
    ends = ends_told(geography, places)
    ways = [geography.shortest_way(a, b) for a, b in itertools.pairwise(ends)]
    if len(ends) == 1:
        ways = [geography.roads_at(ends[0])]
    for way in () if named else ways:
        weight = {road: p_shut.get(road, 0.0) + floor for road in way}
        for road, share in weight.items():
            is_each = is_all or (is_whole and len(ends) > 1)
            yield road, 1.0 if is_each else share / sum(weight.values())


def ends_told(geography: Geography, places: Iterable[str]) -> list[str]:
    """Return the places that an event of a road tells, that behind a border by its near side."""
    told = (geography.near_sides.get(place, place) for place in places)
    return [place for place in dict.fromkeys(told) if place in geography.place_by_id]


@dataclass(frozen=True, slots=True, eq=False)
class Openings:
    """Who told that roads are open: the days of which each telling tells. All but `n_roads` of shape (telling,)."""

    road: Days
    day: Days
    until: Days
    """The last day for which it vouches."""
    ends: Days
    n_roads: int

    @classmethod
    def of(cls, evidence: Mapping[tuple[str, str], Sequence[Evidence]], roads: Sequence[str]) -> Openings:
        """Lay out what is told of roads themselves, not what follows from a later cut."""
        told = [
            (number, piece)
            for number, road in enumerate(roads)
            for piece in evidence.get((road, "passable"), ())
            if piece.answer == "yes" and not piece.is_former
        ]
        number = np.array([number for number, _ in told], np.int64)
        day, until, ends = (np.array(column, np.int64) for column in spans([piece for _, piece in told]))
        return cls(number, day, until, ends, len(roads))

    def last(self, on: dt.date) -> Days:
        """Return the last day by a day of which anybody told that a road is open; `NEVER` without. Shape (road,)."""
        last, now = np.full(self.n_roads, NEVER, np.int64), on.toordinal()
        is_told = (self.day <= now) & (now < self.ends)
        np.maximum.at(last, self.road[is_told], np.minimum(self.until[is_told], now))
        return last
