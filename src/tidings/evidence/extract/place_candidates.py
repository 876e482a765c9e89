"""Names that may be places: runs of capitals, with what the words around them tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mentions
from tidings.evidence.extract.party_names import adjectives
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.extract.place_deeds import falls, is_in_state, is_taken_or_left
from tidings.evidence.extract.proper_names import end_offset, run_end, text_of
from tidings.evidence.extract.words import Document, Word
from tidings.geography.countries import iso3_of
from tidings.geography.places import PlaceKind

NO_CUE, PREPOSITION, INSIDE, TOLD = 0, 1, 2, 3
"""How strongly the words around a name say that it is a place; a mere 'in' needs a sentence that tells of a place."""
NAMED_KINDS = frozenset(["admin1", "admin2", "admin3", "crossing", "camp"])
"""Kinds whose noun behind a name makes another place of it: 'Idlib province' is not Idlib."""
SKIPPED = frozenset(["the", "nearby", "neighbouring", "neighboring", "rebel", "-", "held"])
LIST_LINKS = frozenset([",", "and", "then", "or", "&", "nearby", "also"])


class Candidate(NamedTuple):
    """A name at words[first:last] of a sentence."""

    sentence: int
    first: int
    last: int
    start: int
    end: int
    name: str
    cue: int = NO_CUE
    kind: PlaceKind | None = None
    noun: str | None = None
    """The noun behind the name that is part of it: 'province'."""
    row: int = 0
    """Names of one list share a row."""
    opens_sentence: bool = False
    rule: str = "place_candidates: a name in capitals, with no word beside it that tells a place"
    """What told that it is a place's name, or may be."""


OF_BEFORE = "place_candidates: 'of', 'called' or 'named' before the name"


@cache
def place_words(*sections: str) -> frozenset[str]:
    """Return one list of the places' lexicon, or several together, in lower case."""
    return frozenset(str(word).lower() for section in sections for word in load_lexicon("places")[section])


@lru_cache(maxsize=1)
def kinds() -> dict[str, PlaceKind]:
    """Return the kinds of place by their nouns."""
    found: dict[str, PlaceKind] = load_lexicon("places")["kinds"]
    return found


@lru_cache(maxsize=1)
def _crossings() -> PhraseBook[str]:
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("places")["crossings"])


@lru_cache(maxsize=1)
def country_names() -> PhraseBook[str]:
    """Return ISO3 codes by country name."""
    return PhraseBook(iso3_of().items())


@lru_cache(maxsize=1)
def region_names() -> PhraseBook[str]:
    """Return the regions of the world by name."""
    return PhraseBook((name.removeprefix("the "), name) for name in load_lexicon("places")["regions"])


def is_own_name(words: Sequence[Word], at: int, end: int, written: Sequence[str], kind: PlaceKind | None) -> bool:
    """Whether words are a crisis's own name as it is written; its first word may be in small letters.

    'X province' and 'X hospital' are others than X.
    """
    cased = all(
        word.is_capital or not name[0].isupper() for name, word in zip(written[1:], words[at + 1 : end], strict=True)
    )
    may_be_small = kind != "road" and not any(name[0].isupper() for name in written)
    is_named = may_be_small or any(word.is_capital for word in words[at:end])
    after = words[end].key if end < len(words) and not words[end - 1].is_possessive else ""
    of = end + 1 < len(words) and words[end + 1].key == "of"
    is_other = kinds().get(after) in NAMED_KINDS - {"crossing"} and not of and after not in place_words("behind_only")
    return cased and is_named and not is_other and after not in place_words("sites")


def crossing_end(words: Sequence[Word], at: int, kind: PlaceKind | None) -> int | None:
    """Return where the noun behind a crossing's name ends: 'X border crossing'."""
    found = _crossings().at(words, at) if kind == "crossing" and at < len(words) else None
    return end_offset(words[found[0] - 1]) if found else None


def find_candidates(document: Document, taken: Mentions) -> list[list[Candidate]]:
    """Find the names of each sentence that may be places.

    Parameters
    ----------
    document
        The report.
    taken
        Names of people and organisations: no place starts inside them.
    """
    return [_in_sentence(number, words, taken) for number, words in enumerate(document.words)]


def _in_sentence(number: int, words: Sequence[Word], taken: Mentions) -> list[Candidate]:
    runs = [run for run in _runs(words) if not taken.covers(words[run[0]].start, words[run[1] - 1].end)]
    found = [_candidate(number, words, first, last) for first, last in runs if not _is_site(words, last)]
    return _with_rows(found, words)


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    free = 0
    for at in [at for at, word in enumerate(words) if word.is_name]:
        if at < free:
            continue
        known = _known(words, at)
        free = known or max(run_end(words, at), at + 1)
        if known:
            yield at, known
        else:
            yield from _clean(words, at, free)


@lru_cache(maxsize=1)
def _known_openers() -> frozenset[str]:
    """Return the words with which a country's or region's name can begin."""
    return frozenset(country_names().first_keys | region_names().first_keys)


def _known(words: Sequence[Word], at: int) -> int | None:
    """Return the end of a country's or region's name: it never runs on into the next name."""
    if not words[at].is_capital or words[at].key not in _known_openers():
        return None
    found = country_names().at(words, at)
    if found and (not _is_abbreviated(words, at) or _stands_as_place(words, at, found[0])):
        return found[0]
    region = region_names().at(words, at)
    needs_article = region is not None and region[1].startswith("the ")
    return region[0] if region and (not needs_article or (at > 0 and words[at - 1].key == "the")) else None


def _is_abbreviated(words: Sequence[Word], at: int) -> bool:
    """Whether a country is told by letters: 'U.S.', 'UAE'; before a noun that is an adjective, not a place."""
    return len(words[at].text) == 1 or words[at].text.isupper()


def _stands_as_place(words: Sequence[Word], at: int, end: int) -> bool:
    is_adjective = end < len(words) and words[end].text == "-"
    is_listed = end + 1 < len(words) and words[end].key in (",", "and") and adjectives().at(words, end + 1)
    if is_adjective or is_listed:
        return False
    before = [word.key for word in words[max(0, at - 2) : at] if word.key != "the"]
    return bool(before) and before[-1] in ("in", "to", "from", "into", "of", "across", "outside", "inside")


def _clean(words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut a run at words that are no place names: 'On Tuesday Syrian Idlib' leaves 'Idlib'."""
    start = first
    while start < last:
        if start > first and (known := _known(words, start)):
            yield start, known
            start = known
            continue
        adjective = adjectives().at(words, start)
        skip = adjective[0] if adjective else start + 1 if _is_plain(words[start]) else None
        if skip is None:
            break
        start = skip
    end = next((number for number in range(start, last) if _is_plain(words[number])), last)
    if start < end and not _opening_kind(words, start):
        end = next((number for number in range(start + 1, end) if _is_kind_word(words, number)), end)
    if end > start:
        yield start, end


def _is_plain(word: Word) -> bool:
    return word.key in place_words("not_places", "direction_adjectives") or word.key in load_lexicon("numbers")["small"]


def _is_kind_word(words: Sequence[Word], at: int) -> bool:
    return words[at].key in kinds() and kinds()[words[at].key] != "camp"


def _opening_kind(words: Sequence[Word], at: int) -> PlaceKind | None:
    """Return the kind of place that a name's first word tells: Camp, Mount, Lake."""
    kinds_of: dict[str, PlaceKind] = load_lexicon("places")["opening_kinds"]
    return kinds_of.get(words[at].text)


def _has_feature(words: Sequence[Word], name: Candidate) -> bool:
    """Whether the last word of a name tells what it is: '… Dam', '… Airfield', '… Gulf'."""
    return any(word.is_capital and word.key in place_words("features") for word in words[name.first + 1 : name.last])


def _is_site(words: Sequence[Word], last: int) -> bool:
    """Whether the name is that of a hospital, school or shelter: such sites are never placed."""
    return words[last - 1].key in place_words("sites") or (
        last < len(words) and words[last].is_capital and words[last].key in place_words("sites")
    )


def _candidate(number: int, words: Sequence[Word], first: int, last: int) -> Candidate:
    plain = Candidate(
        number, first, last, words[first].start, end_offset(words[last - 1]), text_of(words, first, last),
        opens_sentence=first == 0,
    )  # fmt: skip
    opening = _opening_kind(words, first)
    if (opening and last - first > 1) or _has_feature(words, plain):
        word = words[first if opening else last - 1].key
        rule = f"places.yaml {'opening_kinds' if opening else 'features'}: '{word}', a word of the name itself"
        return plain._replace(cue=TOLD, kind=opening or "area", rule=rule)
    behind = _told_behind(words, plain)
    before = _told_before(words, plain)
    if behind is plain or before is plain:
        return before if behind is plain else behind
    best = max(behind, before, key=lambda candidate: candidate.cue)
    return best._replace(kind=behind.kind or before.kind, noun=behind.noun, end=behind.end)


def _told_behind(words: Sequence[Word], name: Candidate) -> Candidate:
    """Read the noun behind a name: 'X province', 'X border crossing', 'X, a besieged suburb'."""
    last = name.last
    if last >= len(words) or words[last - 1].is_possessive:
        return name
    if crossing := _crossings().at(words, last):
        rule = f"places.yaml crossings: '{crossing[1]}' behind the name"
        return name._replace(cue=TOLD, kind="crossing", noun="crossing", end=words[crossing[0] - 1].end, rule=rule)
    kind = kinds().get(words[last].key)
    if kind and not (last + 1 < len(words) and words[last + 1].key == "of"):
        named = kind in NAMED_KINDS and words[last].key not in place_words("behind_only") - {"region", "state", "camp"}
        rule = f"places.yaml kinds: '{words[last].key}' behind the name"
        told = name._replace(cue=TOLD, kind=kind if kind != "area" else None, rule=rule)
        noun = _singular(words[last].key)
        return told._replace(noun=noun, end=words[last].end) if named else told
    if way := _is_end_of_road(words, name):
        return name._replace(cue=INSIDE, rule=f"places.yaml roads: an end of the '{way}' behind the name")
    if length := _told_from_another(words, last):
        return name._replace(cue=TOLD, rule=f"place_candidates: '{length}' behind the name tells where it lies")
    if falls(words, last):
        return name._replace(cue=TOLD, rule="places.yaml falls: the name is the subject of a fall to somebody")
    if not _is_adverb(words, name) and (state := is_in_state(words, last)):
        return name._replace(cue=INSIDE, rule=f"places.yaml states: '{state}' is said of the name")
    return _apposed(words, name)


def _is_adverb(words: Sequence[Word], name: Candidate) -> bool:
    """Whether a capital only opens a note: the 'Allegedly' of 'Allegedly held by X'."""
    openers = word_set("modality", "hearsay") | word_set("grammar", "adverbs")
    return name.last == name.first + 1 and words[name.first].key in openers


def _is_end_of_road(words: Sequence[Word], name: Candidate) -> str | None:
    """Return the noun of a road behind one of its two ends: 'the X-Y road'."""
    last = name.last
    if last < len(words) and words[last].text == "-" and words[last].start == words[last - 1].end:
        last = run_end(words, last + 1)
        is_one = last < len(words) and words[last].key in place_words("roads")
        return words[last].key if is_one else None
    is_second = name.first > 1 and words[name.first - 1].text == "-" and last < len(words)
    return words[last].key if is_second and words[last].key in place_words("roads") else None


def _told_from_another(words: Sequence[Word], at: int) -> str | None:
    """Return the length or bearing that tells where a place lies: ', 10 km north of', ', south of'."""
    if words[at].text not in (",", "("):
        return None
    first = at + 1 + (at + 1 < len(words) and words[at + 1].key in place_words("hedges"))
    if first + 2 < len(words) and words[first].text[0].isdecimal():
        unit = words[first + 1].key
        is_told = any(word.key in ("of", "from") for word in words[first + 2 : first + 5])
        return unit if unit in load_lexicon("places")["lengths_km"] and is_told else None
    is_bearing = first + 1 < len(words) and words[first].key in load_lexicon("places")["bearings"]
    return words[first].key if is_bearing and words[first + 1].key == "of" else None


def _singular(noun: str) -> str:
    """
    Examples
    --------
    >>> _singular("provinces"), _singular("counties"), _singular("crossing")
    ('province', 'county', 'crossing')
    """
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _apposed(words: Sequence[Word], name: Candidate) -> Candidate:
    last = name.last
    if last + 2 >= len(words) or words[last].text != "," or words[last + 1].key not in ("a", "an", "the"):
        return name
    for word in words[last + 2 : last + 7]:
        if word.key in kinds() and word.key not in place_words("behind_only"):
            rule = f"places.yaml kinds: '{word.key}' behind a comma"
            return name._replace(cue=TOLD, kind=kinds()[word.key], rule=rule)
        if not word.text[0].isalpha() or word.key in ("who", "which", "that", "of"):
            break
    return name


def _told_before(words: Sequence[Word], name: Candidate) -> Candidate:
    """Read the words before a name: 'the town of X', 'north of X', 'in X'."""
    before = _skip_back(words, name.first - 1)
    if before < 0:
        return name
    key = words[before].key
    if key in kinds() and key not in place_words("behind_only"):
        return name._replace(cue=TOLD, kind=kinds()[key], rule=f"places.yaml kinds: '{key}' before the name")
    if is_taken_or_left(words, before, name.first, name.last):
        return name._replace(cue=INSIDE, rule=f"places.yaml takings, leavings and deeds: '{key}' before the name")
    if key in ("of", "called", "named"):
        return _told_before_of(words, name, before)
    if key == "at" and before > 0 and (words[before - 1].key in place_words("gates")):
        rule = f"places.yaml gates: '{words[before - 1].key} at' before the name"
        return name._replace(cue=TOLD, kind="crossing", rule=rule)
    if key in place_words("near"):
        return name._replace(cue=TOLD, rule=f"places.yaml near: '{key}' before the name")
    if key == "in":
        return name._replace(cue=INSIDE, rule="place_candidates: 'in' before the name")
    if key not in place_words("approach"):
        return name
    return name._replace(cue=PREPOSITION, rule=f"places.yaml approach: '{key}' before the name")


def _skip_back(words: Sequence[Word], at: int) -> int:
    adjectives_of_bearing = place_words("direction_adjectives")
    while at >= 0 and (words[at].key in SKIPPED or words[at].key in adjectives_of_bearing):
        at -= 1
    return at


def _told_before_of(words: Sequence[Word], name: Candidate, of: int) -> Candidate:
    noun = words[of - 1].key if of > 0 else ""
    if noun in kinds():
        named = kinds()[noun]
        return name._replace(cue=TOLD, kind=named, rule=f"places.yaml kinds: '{noun}' and 'of' before the name")
    strong = noun in place_words("directions") or noun in place_words("strong_of")
    rule = f"place_candidates: '{noun} of' before the name" if strong else OF_BEFORE
    return name._replace(cue=TOLD if strong else PREPOSITION, rule=rule)


def tells_of_a_place(words: Sequence[Word], name: Candidate) -> bool:
    """Whether a name behind a mere 'in' is that of a place: its sentence tells of people, homes or fighting there."""
    if _is_headline(words) or (name.last < len(words) and words[name.last].key in place_words("not_behind_places")):
        return False
    return any(word.key in place_words("place_context") for word in words)


def _is_headline(words: Sequence[Word]) -> bool:
    """Whether nearly all words have capitals, as in a headline: capitals then tell no name."""
    long = [word for word in words if len(word.key) > 3]
    return len(long) > 3 and sum(word.is_capital for word in long) > 0.7 * len(long)


def _with_rows(found: list[Candidate], words: Sequence[Word]) -> list[Candidate]:
    """Give the names of a list one row, and each the strongest cue of its list."""
    rows: list[list[Candidate]] = []
    for candidate in found:
        if rows and _is_linked(words, rows[-1][-1], candidate):
            rows[-1].append(candidate)
        else:
            rows.append([candidate])
    lists = [part for row in rows for part in ([row] if _is_list(row, words) else [[one] for one in row])]
    return [shared for number, row in enumerate(lists) for shared in _shared(number, row, words)]


def _is_linked(words: Sequence[Word], left: Candidate, right: Candidate) -> bool:
    between = words[_after(words, left) : right.first]
    return 0 < len(between) <= 3 and all(word.key in LIST_LINKS for word in between)


def _is_list(row: list[Candidate], words: Sequence[Word]) -> bool:
    """A list has an 'and' or an 'or': after a mere comma another clause may begin."""
    between = words[row[0].last : row[-1].first]
    return any(word.key in ("and", "or", "&") for word in between)


def _after(words: Sequence[Word], candidate: Candidate) -> int:
    last = candidate.last
    while last < len(words) and words[last].end <= candidate.end:
        last += 1
    return last


def _shared(number: int, row: list[Candidate], words: Sequence[Word]) -> Iterator[Candidate]:
    cue = max(candidate.cue for candidate in row)
    tail = row[-1]
    plural = tail.noun is not None and tail.last < len(words) and words[tail.last].key.endswith("s")
    for candidate in row:
        kind = candidate.kind or row[0].kind
        noun = candidate.noun
        if plural and tail.noun:
            kind, noun = tail.kind, tail.noun
        told = (cue, kind, noun, number)
        is_same = told == (candidate.cue, candidate.kind, candidate.noun, candidate.row)
        rule = candidate.rule if cue == candidate.cue else f"{_surest(row).rule}, of a name of its list"
        yield candidate if is_same else candidate._replace(cue=cue, kind=kind, noun=noun, row=number, rule=rule)


def _surest(row: Sequence[Candidate]) -> Candidate:
    return max(row, key=lambda candidate: candidate.cue)
