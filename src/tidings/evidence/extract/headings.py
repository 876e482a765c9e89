"""Headings that name a place: what short notes below them tell without a subject is told of it.

Chronicles of towns are written so: a line "Izium", below it "Captured by Russia on 1 April.".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import event_words, triggers
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.words import Document, Word

OPENING = re.compile(r"[ \t]*(?:[#=*•–-]+[ \t]*)?")
BULLET = re.compile(r"[ \t]*[*•–-]+[ \t]")
ROAD_NOTE = re.compile(
    r"(?:[-•–*] ?)?(?:the )?(?:main )?(?:road|highway|route|motorway)s? (?:to|towards)\b", re.IGNORECASE
)
LONGEST = 60
"""Characters of a heading."""
ENDS = ".?!,;…"
"""Behind one of these a line is a sentence, or a part of one, and no heading."""
CELL = "|"
MARKS = (":", CELL)
"""Behind one of these a label ends, before a note on the same line."""
QUOTES = frozenset('"“”')
OPENERS = QUOTES | frozenset("-–•*")
"""What may open a note: a mark of quotation, or of a list."""
NOTE_WORDS = 12
"""Words of a note, its full stop counted."""
SUBJECT_REACH = 4
"""Words behind a comma within which a place is a subject: 'residents of X lack food'."""
LABEL_WORDS = 6
"""Words of such a label."""
JOINTS = frozenset([",", "and", ";", "then", "but", "later", "before"])
"""Between two notes without a subject: 'Captured by X in March, recaptured by Y in May'."""


class _Heading(NamedTuple):
    end: int
    place: str | None


class Headings:
    """The headings of a report, in order; one that names no place ends what the one before is about.

    Parameters
    ----------
    document
        The report cut into sentences.
    places
        Mentions of its places.
    accept
        Whether a place, by its id, can be held.
    """

    def __init__(self, document: Document, places: Mentions, accept: Callable[[str], bool]) -> None:
        self._all = tuple(_headings(document.body, places, accept)) if places.all else ()
        self._ends = [heading.end for heading in self._all]

    def place_at(self, offset: int) -> str | None:
        """Return the place that the last heading before an offset names, if it names one and nothing else."""
        at = bisect_left(self._ends, offset + 1) - 1
        return self._all[at].place if at >= 0 else None


def _headings(body: str, places: Mentions, accept: Callable[[str], bool]) -> Iterator[_Heading]:
    for start, end, line_end in _lines(body):
        told = body[start:end]
        label = next((place for place in places.within(start, end) if place.start == start), None)
        if label and body[label.end : end].lstrip()[:1] in MARKS and accept(label.id):
            yield from (_Heading(label.end, label.id), _Heading(line_end, None))
            continue
        if not told or len(told) > LONGEST or told[-1] in ENDS or not told[0].isupper():
            continue
        if road_note(told):
            continue
        if BULLET.match(body, body.rfind("\n", 0, start) + 1) and not (label and label.end == end):
            continue  # a note in a list goes on about the heading above
        named = [
            place for place in places.within(start, end) if place.start == start and _is_all(body[place.end : end])
        ]
        yield _Heading(line_end, next((place.id for place in named if accept(place.id)), None))


def road_note(line: str) -> bool:
    """Whether a line opens with a road that leads from the place of the heading above: 'Road to X: closed'.

    Examples
    --------
    >>> road_note("Main road to Zeta: closed"), road_note("Roads")
    (True, False)
    """
    return ROAD_NOTE.match(line) is not None


def _is_all(rest: str) -> bool:
    """Whether nothing follows a name but what is told of it in brackets: 'X (population 31,000)'."""
    return not rest or (rest.lstrip().startswith("(") and rest.endswith(")"))


def _lines(body: str) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of what each line tells, without the marks of a heading around it, and the line's end."""
    first = 0
    for line in body.split("\n"):
        opening = OPENING.match(line)
        start = opening.end() if opening else 0
        told = line[start:].rstrip(" \t").rstrip(":=*#").rstrip(" \t")
        yield first + start, first + start + len(told), first + len(line)
        first += len(line) + 1


def is_reference(words: Sequence[Word]) -> bool:
    """Whether a sentence only sends the reader elsewhere: 'See Battle of Quint (2031)', 'See also Siege of Varn'."""
    at = 1 + (len(words) > 1 and words[1].key == "also")
    return bool(words) and words[0].text == "See" and at < len(words) and words[at].is_capital


def is_subjectless(words: Sequence[Word], at: int) -> bool:
    """Whether the participle at a word opens a note that names no subject: 'Captured by X', 'Then retaken by Y'."""
    passable = event_words("between", "be")
    first = note_start(words)
    while at > first and words[at - 1].key in passable:
        at -= 1
    return at == first or (at > first and words[at - 1].key in JOINTS and _opens_note(words, first))


def own_subject(line: Line, first: int) -> Mention | None:
    """Return the place behind a comma that a participle is told of: 'Held by rebels since 2012, X was calm'."""
    for comma in (n for n in range(first, len(line.words)) if line.words[n].text == ","):
        near = line.words[comma + 1 : comma + 1 + SUBJECT_REACH]
        if not near or not near[0].text[0].isalpha() or near[0].key in word_set("grammar", "prepositions"):
            continue
        named = [place for place in line.places if near[0].start <= place.start < near[-1].end]
        before = [word.key for word in near if named and word.end <= named[0].start]
        if named and not any(is_verb_like(key) for key in before) and _goes_on(line, named[0]):
            return named[0]
    return None


def _goes_on(line: Line, place: Mention) -> bool:
    """Whether words of a clause follow a place, and no other place of a list."""
    behind = line.word_at(place.end)
    return behind < len(line.words) and line.words[behind].text[0].isalpha() and line.words[behind].key not in JOINTS


def note_start(words: Sequence[Word]) -> int:
    """Return the first word behind a label that opens a sentence: 'Izium: Captured by X', else the first of all.

    Of a row of cells, 'Izium | Kharkiv | Captured by X', it is that of the last cell; a mark of quotation is passed.
    """
    first = row_start(words) or next(
        (n + 1 for n in range(min(LABEL_WORDS, len(words) - 1)) if words[n].text in MARKS), 0
    )
    return first + (first + 1 < len(words) and words[first].text in OPENERS)


def row_start(words: Sequence[Word]) -> int:
    """Return the first word of the last cell of a row, all before it short; 0 where a sentence is no row."""
    first = 0
    for n, word in enumerate(words[:-1]):
        if word.text == CELL:
            first = n + 1
        elif n - first > LABEL_WORDS:
            break
    return first


def unquoted(words: Sequence[Word], at: int) -> int:
    """Return the word behind a mark of quotation that stands before 'by': '"Likely captured" by X'."""
    is_cited = at + 1 < len(words) and words[at].text in QUOTES and words[at + 1].key == "by"
    return at + is_cited


def is_note(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a bare participle tells what was done to the place above it: 'Recaptured on 3 May.', 'Besieged.'."""
    return is_subjectless(words, first) and ends_or_dates(words, last)


def is_short_note(words: Sequence[Word], last: int) -> bool:
    """Whether a sentence is but a subject and its verb, and perhaps a day: 'The army has withdrawn.'."""
    return len(words) <= NOTE_WORDS and ends_or_dates(words, last) and all(word.key != "from" for word in words)


def is_of_heading(words: Sequence[Word], type_: str, last: int) -> bool:
    """Whether a short note tells of the place above it: 'The army withdrew.', 'It repelled an attack on Monday.'."""
    if type_ != "hold":
        return type_ == "retreat" and is_short_note(words, last)
    near = range(last, min(last + LABEL_WORDS, len(words)))
    attack = next((n for n in near if words[n].key in event_words("repelled")), None)
    return attack is not None and is_short_note(words, attack + 1)


def ends_or_dates(words: Sequence[Word], at: int) -> bool:
    """Whether nothing that is acted upon follows: the sentence ends, a day or another clause begins."""
    if at >= len(words):
        return True
    return words[at].text in ".;," or words[at].text[0].isdecimal() or words[at].key in event_words("no_object")


def _opens_note(words: Sequence[Word], at: int) -> bool:
    """Whether a note begins with what was done to a place: 'Captured …', 'Briefly captured …'."""
    at = next((n for n in range(at, len(words)) if words[n].key not in event_words("between", "be")), at)
    found = triggers().at(words, at)
    return found is not None and any(
        sense.object == "place" and sense.form in ("past", "participle") for sense in found[1]
    )
