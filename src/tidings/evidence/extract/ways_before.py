"""Which way is meant by 'it' and by 'the road': the one that was told before, where there is but one.

'The road between X and Y was cut on Monday. The road was reopened on Wednesday.'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tidings.evidence.extract.clause_parts import Line, clause_end
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.ways import ROAD_TYPES, KindOf, last_object, road_ends, told_object
from tidings.evidence.extract.ways_aside import is_aside, own_object
from tidings.evidence.extract.words import Word

REACH = 3
"""Sentences before a way that is named by its noun alone in which it is looked for; a pronoun reaches one."""
DEFINITE = frozenset(["the", "this", "that", "same"])
DESCRIBING = frozenset(
    ["of", "at", "with", "between", "to", "from", "into", "linking", "connecting", "joining", "that"]
)
"""Behind 'the road' these tell which: it does not point back."""
OBJECTS = frozenset(["it", "them"])
SORTS = {"bridge": "bridge", "bridges": "bridge", "border": "border", "borders": "border", "frontier": "border"}
"""Nouns of ways that are not meant by 'the road' or 'the crossing'."""
LISTS = ("roads", "crossings")
KINDS = ("crossing", "border")
Way = tuple[str, ...]
"""The ids of a road's ends, or that of its name."""


def stands_for_way(reading: Reading, at: int, name: str | None) -> bool:
    """Whether the word behind a verb is a pronoun for a way told before: 'closed the X crossing, but reopened it'.

    Of a road and a crossing told before, the nearer is meant.
    """
    line = reading.line
    if name not in LISTS or at >= len(line.words) or line.words[at].key not in OBJECTS:
        return False
    last = {each: last_object(line, reading.kind_of, each, 0, at - 1) for each in LISTS}
    if found := last[name]:
        return not is_aside(line, found[0], -1) and all(other is None or other <= found for other in last.values())
    if any(last.values()) or reading.before is None or _tells(line.words[: at - 1]):
        return False
    return own_object(reading.before, reading.kind_of, name, -1, len(reading.before.words)) is not None


def _tells(words: Sequence[Word]) -> bool:
    return any(is_verb_like(word.key) for word in words)


def way_of(lines: Sequence[Line], kinds: Mapping[str, str | None], sentence: int, told: Told, places: Way) -> Way:
    """Return the road or crossing that an event tells of: by `places` or by what was told before."""
    if told.sense.type in ROAD_TYPES:
        return places or way_meant(lines, kinds.get, sentence, told)
    return way_meant(lines, kinds.get, sentence, told) or _crossing_of(lines[sentence], kinds, told, places)


def _crossing_of(line: Line, kinds: Mapping[str, str | None], told: Told, places: Way) -> Way:
    """Return the crossing meant: one named in the sentence, else the report's only one, else its only border."""
    all_of_them = any(word.key == "crossings" for word in line.words)  # of the border that is named
    named = {kind: _named(line, kinds, kind) for kind in KINDS}
    if all_of_them and named["border"]:
        return named["crossing"] or named["border"]
    for kind in KINDS:
        if len(named[kind]) > 1:
            return _named_in_part(line, kinds, kind, told) or named[kind]
        if named[kind]:
            return named[kind]
        known = [place for place, its_kind in kinds.items() if its_kind == kind]
        if len(known) == 1:
            return (known[0],)
    return tuple(place for place in places if kinds.get(place) != "region")


def _named(line: Line, kinds: Mapping[str, str | None], kind: str, first: int = 0, last: int | None = None) -> Way:
    words = line.words[first:last]
    inside = [
        place.id for place in line.places if words and place.start >= words[0].start and place.end <= words[-1].end
    ]
    return tuple(dict.fromkeys(place for place in inside if kinds.get(place) == kind))


def _named_in_part(line: Line, kinds: Mapping[str, str | None], kind: str, told: Told) -> Way:
    """Return the crossings named beside an event's own verb: 'X is closed and Y is open' closes X alone."""
    start = next((n for n in range(told.first - 1, -1, -1) if _is_of_another(line.words, n)), -1) + 1
    end = next((n for n in range(told.last, len(line.words)) if _is_of_another(line.words, n)), len(line.words))
    if told.how in ("passive", "itself"):
        return _named(line, kinds, kind, start, told.first) or _named(line, kinds, kind, told.first, end)
    return _named(line, kinds, kind, told.first, end) or _named(line, kinds, kind, start, told.first)


def _is_of_another(words: Sequence[Word], at: int) -> bool:
    """Whether a word tells something else than the verb before or behind it."""
    helpers = event_words("verb_openers", "be", "between")
    return words[at].text in ";:" or (is_verb_like(words[at].key) and words[at].key not in helpers)


def way_meant(lines: Sequence[Line], kind_of: KindOf, sentence: int, told: Told) -> Way:
    """Return the road or crossing told before that an event's 'it' or 'the road' stands for.

    Parameters
    ----------
    lines
        The sentences of the report.
    kind_of
        The kind of a place by its id.
    sentence
        The sentence of the event.
    told
        An event of a road or a crossing that names none.

    Returns
    -------
    tuple
        The ids of the road's ends or name, or of the crossing; empty where nothing before is meant, or two could be.
    """
    line, name = lines[sentence], "roads" if told.sense.type in ROAD_TYPES else "crossings"
    pointer = told.place_word
    sort, reach = None, 1
    if pointer is None:
        pointer = _noun_alone(line, kind_of, name, told)
        sort, reach = _sort(line.words[pointer].key) if pointer is not None else None, REACH
    if pointer is None:
        return ()
    before = [
        (line, pointer),
        *((each, len(each.words)) for each in reversed(lines[max(0, sentence - reach) : sentence])),
    ]
    for each, end in before:
        ways = list(dict.fromkeys(_ways(each, kind_of, name, end, sort)))
        if ways:
            is_all = line.words[pointer].key == "them"
            return tuple(dict.fromkeys(one for way in ways for one in way)) if is_all or len(ways) == 1 else ()
    return ()


def _sort(noun: str) -> str:
    return SORTS.get(noun, "way")


def _noun_alone(line: Line, kind_of: KindOf, name: str, told: Told) -> int | None:
    """Return the noun of a way that an event is about, where nothing but an article tells which: 'the road'."""
    inside = told_object(line, kind_of, name, told.first, told.last)
    found = inside or last_object(line, kind_of, name, 0, told.first)
    return found[0] if found and _points_back(line.words, found) and listed(name).at(line.words, found[0]) else None


def _points_back(words: Sequence[Word], noun: tuple[int, int]) -> bool:
    first, last = noun
    is_told = last < len(words) and words[last].key in DESCRIBING
    return first > 0 and words[first - 1].key in DEFINITE and not is_told


def _is_of_one_before(words: Sequence[Word], noun: tuple[int, int]) -> bool:
    """Whether a noun says what the way before is: 'and this is a road that fed the town'."""
    first = noun[0]
    pronoun, verb = (words[first - back].key if first >= back else "" for back in (3, 2))
    return pronoun in {"it", *DEFINITE} and verb in event_words("verb_openers", "be", "between")


def _ways(line: Line, kind_of: KindOf, name: str, end: int, sort: str | None) -> Iterator[Way]:
    """Yield the ways of a sort that words[:end] tell of; an empty one for a single way of which is not told which."""
    at = 0
    while at < end and (found := told_object(line, kind_of, name, at, end)):
        at = max(found[1], at + 1)
        if (
            found[0] >= end
            or _is_of_one_before(line.words, found)
            or (sort is None and is_aside(line, found[0], -1))
            or (sort is not None and _sort(line.words[found[1] - 1].key) != sort)
        ):
            continue
        way = _ends(line, kind_of, found, end) if name == "roads" else _crossing(line, kind_of, found)
        is_vague = _points_back(line.words, found) or line.words[found[1] - 1].key.endswith("s")  # 'all main arteries'
        if way or not is_vague:
            yield way


def _ends(line: Line, kind_of: KindOf, road: tuple[int, int], end: int) -> Way:
    stop = min(end, clause_end(line.words, road[1], keep_relative=True))
    ends = (place.id for place in road_ends(line, kind_of, *road, stop))
    return tuple(dict.fromkeys(end for end in ends if kind_of(end) != "country"))


def _crossing(line: Line, kind_of: KindOf, noun: tuple[int, int]) -> Way:
    """Return the crossing whose name stands in, right before or behind its noun: 'X crossing', 'the crossing at X'."""
    first, last = line.words[max(0, noun[0] - 1)], line.words[min(len(line.words), noun[1] + 2) - 1]
    near = [p for p in line.places if p.end >= first.start and p.start < last.end]
    return tuple(dict.fromkeys(p.id for p in near if kind_of(p.id) in ("crossing", "border")))[:1]
