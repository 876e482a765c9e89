"""Numbers of people in one sentence, each with its status: its own, or one taken over from its neighbours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tidings.evidence.extract.counted import Counted, Sort, counted_by, noun_table, peoples, rate_at
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.numbers import NumberSpan
from tidings.evidence.extract.phrases import Line, Phrases, lines
from tidings.evidence.extract.status_cues import StatusCue, cue_words
from tidings.evidence.extract.status_labels import is_label_word
from tidings.evidence.extract.status_words import part_aside, status_of
from tidings.evidence.extract.times import times_in
from tidings.evidence.extract.trail import quoted
from tidings.evidence.extract.words import Document
from tidings.evidence.vocabulary import FLOW_STATUSES, Group, Status

CHAIN_REACH = 10
"""Words between two numbers of one list: '20 soldiers and at least 30 villagers'."""
HEADING_REACH = 6
"""Words of a heading before its number: 'Number of people in tents:'."""
BACK_SENTENCES = 2
"""Sentences over which 'several thousand more' points back."""
PUT_REACH = 16
"""Words between "put" and the last number told by it: 'put the dead at 40, the army at 60'."""
SMALLEST_BARE = 100
"""Below this a number without noun and verb is not taken for people."""
REPLACED = "figures.yaml replacing"
"""How the rule begins by which a number is one that another corrects."""
COMBATANT_STATUSES = frozenset(["killed", "injured", "fled", "trapped", "besieged", "detained", "missing", "evacuated",
                                "returned", "stranded"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """Why a number has the status of another one, and the tokens first..last that say so."""

    rule: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FigureRead:
    """A number of people with its status, before places and certainty."""

    line: Line
    number: NumberSpan
    counted: Counted
    cue: StatusCue | None
    status: Status | None = None
    group: Group = "unknown"
    sort: Sort = "person"
    parent: int | None = None
    """Index among all reads of the one whose status was taken over."""
    is_conversion: bool = False
    """Whether it tells the same people in another unit: "240 households (1,150 people)"."""
    link: Link | None = None
    """Why its status was taken over."""
    stop: int = 0

    @property
    def is_replaced(self) -> bool:
        """Whether another number is put in its place: "31, not 56"."""
        return self.link is not None and self.link.rule.startswith(REPLACED)

    @property
    def is_put(self) -> bool:
        """Whether somebody puts the number on people spoken of before: "put it at 60"."""
        return self.parent is not None and _put_at(self)

    @property
    def cover(self) -> tuple[int, int]:
        """Tokens of the number and of what gives its status."""
        if self.cue is None:
            return self.number.first, self.number.last
        if self.cue.is_before:
            return self.cue.first, max(self.number.last, self.counted.end)
        return self.number.first, max(self.number.last, self.cue.last)


def read_line(
    document: Document,
    line: Line,
    numbers: Sequence[NumberSpan],
    earlier: Sequence[FigureRead],
    count: int,
    published: dt.date | None,
) -> tuple[list[FigureRead], list[FigureRead]]:
    """Read the figures of one sentence, and the counts of people in it to which no word gives a status.

    `earlier` are the last of the `count` figures read in the report before it.
    """
    candidates = _candidates(document, line, numbers, published)
    reads = [_own(line, candidates, position) for position in range(len(candidates))]
    found: list[FigureRead] = []
    open_: list[FigureRead] = []
    for position, read in enumerate(reads):
        following = reads[position + 1] if position + 1 < len(reads) else None
        settled = _settled(read, [*earlier, *found], count + len(found), following)
        settled = _of_deaths(document, settled) if settled.status is None else settled
        if settled.status is None:
            open_ += [read] if _counts_people(read) else []
        elif _is_sound(settled, [*earlier, *found]):
            found.append(settled)
    return found, open_


def _of_deaths(document: Document, read: FigureRead) -> FigureRead:
    """Read "the toll rose to 65" as killed people where the sentence or those right before it tell of deaths."""
    toll = _toll_before(read)
    if toll is None:
        return read
    number = read.line.sentence.number
    near = (line for line in lines(document)[max(0, number - BACK_SENTENCES) : number + 1])
    deaths = word_set("figures", "deaths")
    if not any(word in deaths for line in near for word in line.words):
        return read
    link = Link("figures.yaml deaths: what a toll counts where deaths are told before it", toll, toll + 1)
    return replace(read, status="killed", link=link)


def _toll_before(read: FigureRead) -> int | None:
    """Return the token of a "toll" whose number a bare number is: "the toll has risen to 65"."""
    if read.counted.sort != "elided":
        return None
    reach = range(read.number.opening - 1, max(-1, read.number.opening - HEADING_REACH), -1)
    toll = next((i for i in reach if read.line.words[i] in ("toll", "tolls")), None)
    between = read.line.words[toll + 1 : read.number.opening] if toll is not None else ()
    return toll if all(map(is_label_word, between)) else None


def _counts_people(read: FigureRead) -> bool:
    """Whether a number without a status has a noun of people, so that it is worth telling that it is left out."""
    if read.counted.sort == "elided":
        return _is_headed_by_people(read) or _toll_before(read) is not None
    return read.counted.sort in ("person", "household") and not read.counted.is_guess


def _is_headed_by_people(read: FigureRead) -> bool:
    """Whether a bare number stands behind a heading of people: "Households: 120"."""
    words, opening = read.line.words, read.number.opening
    before = words[max(0, opening - HEADING_REACH) : opening]
    return before[-1:] == (":",) and any(noun_table().get(word, ("",))[0] in ("person", "household") for word in before)


def _candidates(
    document: Document, line: Line, numbers: Sequence[NumberSpan], published: dt.date | None
) -> list[tuple[NumberSpan, Counted]]:
    times = times_in(document, line, published)
    found: list[tuple[NumberSpan, Counted]] = []
    for number in numbers:
        if any(time.first <= number.first < time.last for time in times):
            continue
        counted = counted_by(line, number, cue_words())
        if counted and not (_is_year(line, number) and (counted.sort == "elided" or _is_year_of_name(line, number))):
            found.append((number, counted))
    return found


def _is_year(line: Line, number: NumberSpan) -> bool:
    word = line.words[number.first]
    return number.last == number.first + 1 and len(word) == 4 and word.isdecimal() and word[:2] in ("19", "20")


def _is_year_of_name(line: Line, number: NumberSpan) -> bool:
    """Whether a year belongs to a name: "the 1951 convention", "its 2015 refugees report"; round numbers may count."""
    before = line.words[max(0, number.first - 1) : number.first]
    is_named = bool(before) and (before[0] in ("the", "its", "their", "his", "her") or before[0].endswith("'s"))
    return is_named and number.opening == number.first and not line.words[number.first].endswith("00")


def _own(line: Line, candidates: list[tuple[NumberSpan, Counted]], position: int) -> FigureRead:
    """Read a number by the words of its own clause."""
    number, counted = candidates[position]
    stop = _stop(line, candidates, position)
    cue = status_of(line, number, counted, stop)
    status = cue.status if cue else None
    sort: Sort = counted.sort
    if cue and counted.sort == "elided":
        nouns = [word for word in line.words[cue.first : number.opening] if word in noun_table()]
        plain = [word for word in nouns if word not in word_set("figures", "acts")]  # "families displaced: 900"
        named = [noun_table()[word][0] for word in plain or nouns]
        named = [kind for kind in named if kind != "housing"]  # "shelters 900" is a verb
        sort = "housing" if cue.is_housing else named[-1] if named and cue.is_before else sort
    return FigureRead(line, number, counted, cue, status, counted.group, sort, stop=stop)


def _stop(line: Line, candidates: list[tuple[NumberSpan, Counted]], position: int) -> int:
    """Return where the words of the next number begin; numbers in brackets interrupt nothing."""
    for number, _ in candidates[position + 1 :]:
        if not _in_brackets(line, number) and number.share != "whole":
            return number.opening
    return len(line.words)


def _in_brackets(line: Line, number: NumberSpan) -> bool:
    """Whether a number stands in brackets, or between commas as a guess: ", possibly as many as 900,"."""
    if _is_guess_aside(line, number) or _aside_of_part(line, number):
        return True
    for index in range(number.first - 1, max(-1, number.first - 14), -1):
        if line.words[index] in ("(", ")"):
            return line.words[index] == "("
    return False


def _aside_of_part(line: Line, number: NumberSpan) -> int | None:
    """Return the comma that opens an aside which tells a part, with the number in it: ", including 11 children,"."""
    for index in range(number.first - 1, max(-1, number.first - 14), -1):
        if (end := part_aside(line, index)) and end > number.first:
            return index
    return None


def _is_guess_aside(line: Line, number: NumberSpan) -> bool:
    before = line.words[max(0, number.opening - 2) : number.opening]
    is_guess = before[:1] == (",",) and before[-1] in word_set("figures", "guesses")
    return is_guess and line.words[number.after : number.after + 1] == (",",)


def _settled(read: FigureRead, earlier: Sequence[FigureRead], count: int, following: FigureRead | None) -> FigureRead:
    """Give a figure without a status of its own that of its neighbours."""
    last = earlier[-1] if earlier else None
    is_open = read.status is None or _is_in_brackets_of(read, last)
    settled = _taken_over(read, earlier, count, following) if is_open else read
    return _in_other_unit(settled, last, count) if last else settled


def _in_other_unit(read: FigureRead, last: FigureRead, count: int) -> FigureRead:
    """Read "300 families, or about 1,800 people" as the same people, told once more."""
    opening = read.number.opening
    is_or = last.line.sentence is read.line.sentence and opening > 0 and read.line.words[opening - 1] == "or"
    if not is_or or read.status != last.status or {read.sort, last.sort} != {"person", "household"}:
        return read
    return replace(
        read, is_conversion=True, parent=count - 1, link=Link("the same people in another unit", opening - 1, opening)
    )


def _is_sound(read: FigureRead, earlier: Sequence[FigureRead]) -> bool:
    if read.counted.is_guess and _is_weakly_told(read):
        return False
    if read.sort == "housing" and read.counted.sort == "elided":
        if read.cue and read.cue.is_before and read.cue.last - read.cue.first > 1:
            return True
        return any(r.sort == "housing" and _is_near(read, r) for r in earlier[-3:])
    if read.group == "combatant":
        return read.status in COMBATANT_STATUSES and not _waits(read)
    if read.status == "population" and read.cue and read.line.words[read.cue.first] == "with":
        return (read.number.value or read.number.low or 0) >= 1000
    return True


def _waits(read: FigureRead) -> bool:
    """Whether a figure is told by waiting or gathering: troops that mass somewhere are not stranded."""
    words = read.line.words[read.cue.first : read.cue.last] if read.cue else ()
    return any(word in word_set("figures", "waits", "gathers") for word in words)


def _is_weakly_told(read: FigureRead) -> bool:
    """Whether nothing but a weak word speaks for a noun of unknown kind: "5 reactors" beside "20 Iraqis in camps"."""
    if read.parent is not None or read.counted.noun in peoples():
        return False
    is_name = read.line.texts[read.counted.end - 1][0].isupper()
    is_sheltered = read.status in ("in_camp", "sheltered") and is_name
    return read.cue is None or (read.cue.is_weak and not is_sheltered)


def _is_near(read: FigureRead, other: FigureRead) -> bool:
    return read.line.sentence.number - other.line.sentence.number <= 1


def _is_in_brackets_of(read: FigureRead, last: FigureRead | None) -> bool:
    return last is not None and last.line.sentence is read.line.sentence and _in_brackets(read.line, read.number)


def _taken_over(
    read: FigureRead, earlier: Sequence[FigureRead], count: int, following: FigureRead | None
) -> FigureRead:
    last = earlier[-1] if earlier else None
    if last and last.line.sentence is read.line.sentence:
        if _in_brackets(read.line, read.number):
            return _in_bracket(read, last, count)
        if link := _continued_from(read, last):
            return _of(read, last, count, link)
    if following and following.status and following.number.share == "whole" and read.number.share == "part":
        whole = following.number.opening
        return _of(read, following, None, Link("a part of those told behind 'of'", whole - 1, whole))
    if following and following.status and _leads_to(read, following):
        joint = following.number.opening
        return _of(read, following, None, Link("a list leads on to it", joint - 1, joint))
    if last and read.counted.sort == "elided":
        return _pointing_back(read, earlier, count)
    return read


def _of(read: FigureRead, other: FigureRead, parent: int | None, link: Link) -> FigureRead:
    group = read.group if read.group != "unknown" or read.counted.sort != "elided" else other.group
    sort = other.sort if read.counted.sort == "elided" else read.sort
    cue = (
        replace(other.cue, is_before=False)
        if other.cue and other.line.sentence is read.line.sentence and parent is None
        else None
    )
    index = None if parent is None else parent - 1
    return replace(read, status=other.status, group=group, sort=sort, cue=cue, parent=index, link=link)


def _in_bracket(read: FigureRead, last: FigureRead, count: int) -> FigureRead:
    """Read "(roughly 1,150 people)" as the same people, "(including 70 children)" as some of them."""
    if read.status and read.status != last.status and read.cue and not read.cue.is_weak:
        return read
    aside = _aside_of_part(read.line, read.number)
    start = max(0, read.number.opening - 2) if aside is None else aside
    words = read.line.words[start : read.number.opening]
    is_subset = any(word in word_set("figures", "subsets") for word in words)
    if read.counted.sort == "elided" and not is_subset and not _is_guess_aside(read.line, read.number):
        return read
    is_conversion = not is_subset and words[-1:] == ("(",) and read.sort != last.sort
    told = "some of its people" if is_subset else "a number of the same people"
    told = f"{'the same people in another unit' if is_conversion else told}, in brackets"
    link = Link(told, max(0, read.number.opening - 1), read.number.last)
    return replace(_of(read, last, count, link), is_conversion=is_conversion)


def _continued_from(read: FigureRead, last: FigureRead) -> Link | None:
    """Return how a number goes on in a list with the one before it, or tells some of its people."""
    words, opening = read.line.words, read.number.opening
    if (replaced := _replaced_at(read)) is not None:
        return Link(f"{REPLACED}: {quoted(words[replaced:opening])}", replaced, opening)
    before = words[max(0, opening - 1) : opening]
    gap = opening - max(last.counted.end, last.number.last)
    if before in (("including",), ("includes",)):
        return Link(f"some of its people, behind '{before[0]}'", opening - 1, opening)
    if before in (("and",), (",",), ("or",)) and gap <= CHAIN_REACH:
        goes_on = read.counted.sort != "elided" or read.number.value is None or read.number.value > 1
        return Link(f"its list goes on with '{before[0]}'", opening - 1, opening) if goes_on else None
    if read.counted.sort != "elided":
        return None
    if _put_at(read):
        return _put(read)
    near = range(max(0, opening - 5), opening)
    total = next((n for n in near if words[n] in word_set("figures", "totals")), None)
    return Link(f"figures.yaml totals: '{words[total]}' of its people", total, opening) if total is not None else None


def _replaced_at(read: FigureRead) -> int | None:
    """Return the token of the "not" before a number that the one before it corrects: "31 were killed, not 56"."""
    opening = read.number.opening
    found = _replacing().before(read.line.words, opening) if opening == read.number.first else None
    is_one = read.number.value is not None and read.number.value <= 1  # "not one" denies no other number
    return found[0] if found and not is_one else None


@cache
def _replacing() -> Phrases[str]:
    return Phrases.of([(phrase, phrase) for phrase in lexicon("figures")["replacing"]])


def _put(read: FigureRead) -> Link:
    return Link("somebody puts its people at another number", read.number.opening - 1, read.number.opening)


def _put_at(read: FigureRead) -> bool:
    """Whether a bare number is one that somebody puts on people spoken of before: "put it at 60", "the army at 60"."""
    words, opening = read.line.words, read.number.opening
    if words[max(0, opening - 1) : opening] != ("at",):
        return False
    near = words[max(0, opening - PUT_REACH) : opening]
    return any(word in word_set("attributions", "puts") for word in near)


def _leads_to(read: FigureRead, following: FigureRead) -> bool:
    gap = read.line.words[read.counted.end : following.number.opening]
    return read.counted.sort != "elided" and 0 < len(gap) <= 2 and gap[-1] in ("and", ",", "or")


def _is_near_back(read: FigureRead, last: FigureRead) -> bool:
    gap = read.line.sentence.number - last.line.sentence.number
    return gap <= BACK_SENTENCES and read.line.sentence.paragraph - last.line.sentence.paragraph <= 1


def _pointing_back(read: FigureRead, earlier: Sequence[FigureRead], count: int) -> FigureRead:
    """Read "several thousand more" and "600,000 at the border" as people like those spoken of before."""
    near = [n for n, other in enumerate(earlier) if _is_near_back(read, other) and other.sort != "housing"]
    if not near:
        return read
    size = read.number.value or read.number.low or 0
    after = read.number.after
    after += read.line.words[after : after + 1] in (("were",), ("are",), ("was",))
    behind = read.line.words[after : after + 1]
    first = count - len(earlier) + 1
    if behind and behind[0] in word_set("figures", "anaphors"):
        moving = [n for n in near if earlier[n].status in FLOW_STATUSES]
        chosen = (moving or near)[-1]
        link = Link(f"figures.yaml anaphors: '{behind[0]}' points back at its people", after, after + 1)
        return _of(read, earlier[chosen], first + chosen, link)
    if rate_at(read.line, read.counted.end - 2) == read.counted.end:
        moving = [n for n in near if earlier[n].status in word_set("figures", "rated")]
        link = Link("figures.yaml rates: so many of its people in a span of time", read.number.last, read.counted.end)
        return _of(read, earlier[moving[-1]], first + moving[-1], link) if moving else read
    if _put_at(read):
        return _of(read, earlier[near[-1]], first + near[-1], _put(read))
    if behind and behind[0] in word_set("figures", "locatives") and size >= SMALLEST_BARE:
        link = Link(f"figures.yaml locatives: '{behind[0]}', where people like its are: displaced", after, after + 1)
        return replace(_of(read, earlier[near[-1]], first + near[-1], link), status="displaced")
    return read
