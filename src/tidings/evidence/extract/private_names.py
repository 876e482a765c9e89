"""Names of private persons told by the words beside them: a courtesy title, an age, kin, harm done, a given name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.mentions import Mentions
from tidings.evidence.extract.organisations import head_words
from tidings.evidence.extract.party_names import adjectives, word_list
from tidings.evidence.extract.persons import PersonHit, Persons, is_placed, name_end, opens_town
from tidings.evidence.extract.proper_names import end_offset
from tidings.evidence.extract.words import Word
from tidings.evidence.reading import Span

SHORTEST_WORD = 3
"""Letters: shorter ones are initials and acronyms."""
OLDEST = 120
"""Years: a number above is no age."""
LINKS = frozenset([",", "and", "&"])
LONGEST_LINK = 5
"""Words between two names of a list: ", 12, and"."""
LONGEST_ASIDE = 9
"""Words from a name to the comma behind what is told of it."""
BEING = frozenset(["was", "were", "is", "are"])
OPENING = frozenset([",", ":", "(", "-", "–", "—"])
"""Marks behind "three brothers" before their names."""
CLOSING = frozenset([",", ")", "-", "–", "—", "who"])
NAMED_AS = frozenset(["only", "as", "just", "simply", "by", "the", "name"])
"""Words between "identified" and a name."""


class Proof(IntEnum):
    """How surely a name is a private person's."""

    NONE = 0
    HINT = 1
    """What happened could have happened to a town as well."""
    GIVEN = 2
    """It is a given name: somebody's, but for lists of towns."""
    SURE = 3


class Name(NamedTuple):
    """A name at words[first:last] of a sentence."""

    first: int
    last: int
    proof: Proof = Proof.NONE


def private_names(words: Sequence[Word], persons: Persons, known: Mentions, places: Mentions) -> Iterator[Span]:
    """Yield the names of private persons that a sentence tells by its own words.

    Parameters
    ----------
    words
        The sentence.
    persons
        The report's persons.
    known
        Office holders and organisations: their names stay.
    places
        What the report names as places: a name there is somebody's only where the words leave no doubt.
    """
    for row in _rows(words, list(_names(words, persons))):
        proof = _of_row(words, row)
        is_mixed = proof == Proof.HINT and any(places.covers(*_span(words, name)) for name in row)
        is_of_places = len(row) > 1 and _is_of_places(words, row)
        for name in row:
            own = max(name.proof, Proof.NONE if proof == Proof.HINT and is_mixed else proof)
            own = Proof.NONE if own == Proof.GIVEN and is_of_places else own
            span = _span(words, name)
            if own and not known.covers(*span) and (own >= Proof.GIVEN or not places.covers(*span)):
                yield span


def _span(words: Sequence[Word], name: Name) -> Span:
    return words[name.first].start, end_offset(words[name.last - 1])


def _names(words: Sequence[Word], persons: Persons) -> Iterator[Name]:
    at = 0
    for number in [number for number, word in enumerate(words) if word.is_name]:
        if number < at:
            continue
        at = number
        person = persons.at(words, at)
        start = person.name_start if person else at
        end = max(person.end if person else name_end(words, at), at + 1)
        start += end - start > 1 and words[start].key in word_set("protected", "courtesy")
        if words[at].key not in word_list("not_names"):
            yield Name(start, end, _proof(words, start, end, person))
        at = end


def _proof(words: Sequence[Word], first: int, last: int, person: PersonHit | None) -> Proof:
    if person is not None:
        return Proof.SURE if person.tie == "private" else Proof.NONE
    if any(word.key in _things() for word in words[first + 1 : last]):
        return Proof.NONE
    if all(len(word.text) < SHORTEST_WORD for word in words[first:last]):
        return Proof.NONE
    if _is_little(words, first, last) or _is_told_before(words, first) or _is_told_behind(words, first, last):
        return Proof.SURE
    if _is_given(words, first, last):
        return Proof.GIVEN
    if opens_town(words, first) or adjectives().at(words, first):
        return Proof.NONE
    if _is_of_family(words, last) or (last - first > 1 and _is_owner(words, first, last)):
        return Proof.HINT
    if last - first < 2 or is_placed(words, first):
        return Proof.NONE
    if _is_of_trade(words, first, last) or _is_byname(words, first, last):
        return Proof.HINT
    return Proof.HINT if _is_hinted(words, first, last) else Proof.NONE


def _is_told_before(words: Sequence[Word], at: int) -> bool:
    """Whether a courtesy title, kin or "named" stands before a name: "Mrs. Name", "her son Name", "called Name"."""
    before = [word.key for word in words[max(0, at - 6) : at] if word.text != "."]
    if not before:
        return False
    if before[-1] in word_set("protected", "courtesy"):
        return True
    if before[-1] in word_set("protected", "kin") and words[at - 1].text != ",":
        return True
    if before[-1] in BEING and "among" in before and any(word in _groups() for word in before):
        return True
    while before and before[-1] in NAMED_AS and words[at - 1].key != "the":
        before.pop()
    if not before or before[-1] not in word_set("protected", "naming"):
        return False
    return not any(word in word_set("protected", "named_things") for word in before[-3:])


def _is_told_behind(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether an age or kin stands behind a name: "Name, 34,", "Name's house", "Name, a mother of two"."""
    after = [word.key for word in words[last : last + 4]]
    if _tells_age(after):
        return True
    if len(after) > 2 and after[0] == "," and after[1].isdecimal() and after[2] in (",", ".") and _is_age(after[1]):
        return True
    kin = word_set("protected", "kin")
    if last - first < 2 or not after:
        return False
    own = word_set("protected", "kin", "belongings")
    if words[last - 1].is_possessive and after[0] in own and not opens_town(words, first):
        return True
    if after[0] == "and" and after[1:2] and after[1] in word_set("protected", "own"):
        return any(word in own | word_set("protected", "owned") for word in after[2:])
    return after[0] == "," and any(word in kin for word in after)


def _tells_age(after: Sequence[str]) -> bool:
    """Whether an age as of a child stands behind: "was six when", "is 7 years old"."""
    if len(after) < 3 or after[0] not in BEING or after[2] not in ("when", "years"):
        return False
    return after[1] in lexicon("numbers")["small"] or (after[1].isdecimal() and _is_age(after[1]))


def _is_little(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a word as for a child opens a name with a given name in it: "Little Name", "baby Name"."""
    small, given = word_set("protected", "diminutives"), word_set("protected", "given_names")
    if last - first > 1 and words[first].key in small:
        return words[first + 1].key in given
    return first > 0 and words[first - 1].key in small and words[first].key in given


def _is_of_family(words: Sequence[Word], last: int) -> bool:
    """Whether a name is that of those who live together: "the Name family"."""
    return last < len(words) and words[last].key in word_set("protected", "families")


def _is_owner(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether what persons and towns have, or a number that can be an age, tells of a name: "Name (34)"."""
    owned = word_set("protected", "owned")
    after = [word.key for word in words[last : last + 3]]
    if words[last - 1].is_possessive and after and after[0] in owned:
        return True
    if after[:1] == ["("] and after[2:] == [")"] and after[1].isdecimal():
        return _is_age(after[1])
    return first > 1 and words[first - 1].key == "of" and words[first - 2].key in owned


def _is_of_trade(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether what somebody does for a living stands before a name: "a baker, Name," and "shop owner Name"."""
    is_set_off = first > 1 and words[first - 1].text == "," and last < len(words) and words[last].text in (",", ".")
    before = first - 1 - is_set_off
    return before >= 0 and words[before].key in word_set("protected", "trades")


def _is_byname(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a name calls somebody the mother or father of one: "Umm Name"."""
    if _is_inside_name(words, first) or (last < len(words) and words[last].key in _things()):
        return False
    is_opened = words[first].key in word_set("protected", "bynames")
    return is_opened and words[first + 1].key in word_set("protected", "given_names")


def _is_age(number: str) -> bool:
    return len(number) <= 3 and int(number) <= OLDEST


def _is_given(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a name is a given name or begins with one, and is no place's or thing's: "the Name mosque"."""
    if words[first].key not in word_set("protected", "given_names") or not words[first].is_capital:
        return False
    behind = words[last].key if last < len(words) and not words[last - 1].is_possessive else ""
    is_ours = _is_of_own(words, first) or (first > 0 and words[first - 1].key in word_set("protected", "kin"))
    return is_ours or not (is_placed(words, first) or behind in _things() or _is_inside_name(words, first))


def _is_inside_name(words: Sequence[Word], first: int) -> bool:
    """Whether a name goes on from words before it, as that of a unit or town does: "Liwa Name", "al-Name"."""
    before = words[first - 1] if first else None
    if before is None:
        return False
    is_glued = before.end == words[first].start and not before.text[0].isalnum() and before.text in "‘’'`-"
    return is_glued or (before.is_name and before.key not in word_list("not_names") and first > 1)


@cache
def _things() -> frozenset[str]:
    return word_set("protected", "named_things") | {word.lower() for word in head_words()}


def _is_of_own(words: Sequence[Word], first: int) -> bool:
    if first < 2 or words[first - 1].key != "of":
        return False
    noun, name = words[first - 2].key, words[first].key
    is_families = noun == "families" and name in word_set("protected", "given_names")
    return is_families or noun in word_set("protected", "belongings")


def _is_hinted(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether harm or what only a person does stands beside a name: "killed Name", "Name buries his sons"."""
    before = words[first - 1].key if first else ""
    after = [word.key for word in words[_aside_end(words, last) :][:4]]
    while after and after[0] in CLOSING:
        after = after[1:]
    is_harmed = len(after) > 1 and after[0] in ("was", "is", "were") and after[1] in word_set("protected", "harmed")
    acts = bool(after) and after[0] in word_set("protected", "personal_verbs")
    has_own = len(after) > 1 and after[1] in word_set("protected", "own") and after[0].isalpha()
    return is_harmed or acts or has_own or before in word_set("protected", "harmed")


def _aside_end(words: Sequence[Word], last: int) -> int:
    """Return where what is told of a name between commas ends: "Name, from the old town,"."""
    if last >= len(words) or words[last].text != ",":
        return last
    near = range(last + 1, min(last + LONGEST_ASIDE, len(words)))
    return next((number for number in near if words[number].text == ","), last)


def _rows(words: Sequence[Word], names: Sequence[Name]) -> Iterator[list[Name]]:
    """Yield lists of names, "Name, Name and Name", and single names."""
    row: list[Name] = []
    for name in names:
        if row and not _is_linked(words, row[-1], name):
            yield from _as_list(words, row)
            row = []
        row.append(name)
    if row:
        yield from _as_list(words, row)


def _is_linked(words: Sequence[Word], left: Name, right: Name) -> bool:
    between = words[left.last : right.first]
    is_short = 0 < len(between) <= LONGEST_LINK and not words[left.last - 1].is_possessive
    return is_short and all(word.key in LINKS or (word.key.isdecimal() and _is_age(word.key)) for word in between)


def _as_list(words: Sequence[Word], row: list[Name]) -> Iterator[list[Name]]:
    """Yield names joined by "and", set off behind "three brothers", or three and more full names as one list."""
    is_joined = len(row) > 1 and words[row[-1].first - 1].key in ("and", "&")
    is_long = len(row) > 2 and all(name.last - name.first > 1 for name in row)
    if is_joined or is_long or _group_before(words, row[0].first):
        yield row
    else:
        yield from ([name] for name in row)


def _group_before(words: Sequence[Word], at: int) -> bool:
    """Whether a noun for several persons stands before a list of names: "three brothers - ", "Residents"."""
    noun = at - 1 - (at > 1 and words[at - 1].text in OPENING)
    return noun >= 0 and words[noun].key in _groups()


def _groups() -> frozenset[str]:
    return word_set("protected", "groups_of_persons")


def _is_of_places(words: Sequence[Word], row: Sequence[Name]) -> bool:
    return is_placed(words, row[0].first) and not _is_of_own(words, row[0].first)


def _of_row(words: Sequence[Word], row: Sequence[Name]) -> Proof:
    """Return what a list as a whole, or any name of it, proves for all of its names."""
    first, last = row[0].first, row[-1].last
    if _is_of_places(words, row):
        return max(name.proof for name in row) if len(row) == 1 else Proof.NONE
    is_town = any(opens_town(words, name.first) for name in row)
    is_theirs = not is_town and (_is_of_own(words, first) or _group_before(words, first))
    if is_theirs and all(name.last - name.first > 1 or name.proof for name in row):
        return Proof.SURE
    own = max(name.proof for name in row)
    is_hinted = not is_town and all(n.last - n.first > 1 for n in row) and _is_hinted(words, first, last)
    return max(own, Proof.HINT if is_hinted else Proof.NONE) if not is_town or len(row) == 1 else Proof.NONE
