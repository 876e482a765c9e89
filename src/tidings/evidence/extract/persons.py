"""People in a report: by office where they hold one, else by role, never by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tidings.core.ids import content_id, slug
from tidings.crisis.crisis import PartyKind
from tidings.evidence.extract.inflection import forms_of
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.organisations import apposed_organisation, headed_organisation
from tidings.evidence.extract.party_names import RANKED, Sense, adjectives, party_names, word_list
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.extract.proper_names import bare, is_name_word, run_end, text_of
from tidings.evidence.extract.words import Document, Word

NO_OFFICE = "a person without a stated office"
"""How one is told of whom a report says nothing but the name."""
DESCRIPTION_WORDS = 14
"""Longest description behind a name: ", 34, a baker from the old town of Zeta"."""
OFFICE_WORDS = 10
"""Longest office before a name set off by commas: "the foreign minister of Zeta, "."""
SAYING = frozenset(form for verb in ("say", "tell", "add") for form, _ in forms_of(verb)) - {"saying", "adding"}


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person named by words[start:end]; `name_start` is where the name itself begins."""

    start: int
    name_start: int
    end: int
    sense: Sense
    tie: Literal["office", "voice", "private"]


class Persons:
    """The persons of one report: parties and names that are withheld ask for the same ones."""

    def __init__(self, report_id: str) -> None:
        self._report_id = report_id
        self._found: dict[int, PersonHit | None] = {}
        """By the offset at which their title or name starts."""

    def at(self, words: Sequence[Word], at: int) -> PersonHit | None:
        """Return the person whose title or name starts at a word of the report, looked for once."""
        offset = words[at].start
        if offset not in self._found:
            self._found[offset] = person_at(words, at, self._report_id)
        return self._found[offset]


@lru_cache(maxsize=2)
def persons_of(document: Document) -> Persons:
    """Return the persons of a report, each recognised when it is first asked for."""
    return Persons(document.report.id)


def person_at(words: Sequence[Word], at: int, report_id: str) -> PersonHit | None:
    """Recognise a person whose title or name starts at a word."""
    titled = _titled(words, at)
    if titled or not _may_start_name(words, at):
        return titled
    end = name_end(words, at)
    if end - at < 2:
        return None
    if holder := _with_office_before(words, at, end) or _with_office_behind(words, at, end):
        return holder
    return _posted(words, at, end) or _voice_of(words, at, end) or _private(words, at, end, report_id)


def name_end(words: Sequence[Word], start: int) -> int:
    """Return the end of the run of words that can be one person's name."""
    end = run_end(words, start, 5)
    stops, peoples = word_list("not_names"), adjectives()
    firsts = peoples.first_keys
    for number in range(start, end):
        key = words[number].key
        if key in stops or (key in firsts and peoples.at(words, number)):
            return number
    return end


def _may_start_name(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    return word.is_name and word.key not in word_list("not_names") and (at == 0 or not _in_run(words, at))


def _in_run(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1]
    return before.is_name and not before.is_possessive and before.key not in word_list("not_names")


def title_end(words: Sequence[Word], at: int) -> int | None:
    """Return where an office that begins at a word ends: 'Deputy Prime Minister', 'Water Minister', 'spokesman'."""
    first = at + (words[at].key in RANKED and at + 1 < len(words))
    found = _titles().at(words, first) if first < len(words) else None
    if found:
        return None if found[1][0].isupper() and not words[first].is_capital else found[0]
    is_minister = first + 1 < len(words) and words[first].is_capital and words[first + 1].text == "Minister"
    return first + 2 if is_minister else None


@lru_cache(maxsize=1)
def _titles() -> PhraseBook[str]:
    """Return the titles; one that is listed in small letters as well is found in them."""
    titles = sorted(load_lexicon("parties")["titles"], key=lambda title: title[0].isupper())
    return PhraseBook((title, title) for title in titles)


def _titled(words: Sequence[Word], at: int) -> PersonHit | None:
    found = title_end(words, at)
    if found is None or _titles_town(words, at):
        return None
    start = _second_title(words, found)
    end = name_end(words, start)
    if end == start or words[end - 1].key in _organisation_heads() or words[start].key in word_list("not_names"):
        return None
    return PersonHit(at, start, end, _person(words, start, end), "office")


def _titles_town(words: Sequence[Word], at: int) -> bool:
    """Whether a title opens the name of a town: "captured Sheikh Name"."""
    is_title = at > 0 and words[at].key in word_set("parties", "town_titles")
    return is_title and words[at - 1].key in word_set("parties", "town_cues")


def _second_title(words: Sequence[Word], at: int) -> int:
    """Skip a rank after an office: 'spokesman Col. …'."""
    found = _titles().at(words, at) if at < len(words) else None
    return found[0] if found and words[at].is_capital else at


def _person(words: Sequence[Word], start: int, end: int) -> Sense:
    name = text_of(words, start, end)
    return Sense(slug(name), name, "person")


@lru_cache(maxsize=1)
def _organisation_heads() -> frozenset[str]:
    heads = load_lexicon("parties")["heads"]
    return frozenset(word.lower() for words in heads.values() for word in words)


def _with_office_behind(words: Sequence[Word], at: int, end: int) -> PersonHit | None:
    """Recognise 'Name, [the] [words] Office': the office stands within a few words after the comma."""
    if end + 1 >= len(words) or words[end].text != "," or words[end - 1].is_possessive:
        return None
    for number in range(end + 1, min(end + 6, len(words))):
        if words[number].text in ",.;:" or words[number].key in ("and", "in", "at", "who", "which"):
            return None
        if words[number].key in word_set("protected", "kin"):
            return None
        if _titles().at(words, number):
            return PersonHit(at, at, end, _person(words, at, end), "office")
    return None


def _with_office_before(words: Sequence[Word], at: int, end: int) -> PersonHit | None:
    """Recognise 'the Office of Zeta, Name,': the office ends, or its place does, with the comma before the name."""
    if at < 2 or words[at - 1].text != "," or (end < len(words) and words[end].text not in (",", ".")):
        return None
    first = at - 2
    while first >= max(0, at - OFFICE_WORDS) and words[first].text[0].isalnum() and words[first].key not in SAYING:
        first -= 1
    told = {word.key for word in words[first + 1 : at - 1]}
    if not told.isdisjoint(word_set("protected", "kin", "belongings")):
        return None
    ends = (title_end(words, number) for number in range(first + 1, at - 1))
    is_holder = any(last and (last == at - 1 or words[last].key in ("of", "for", "to", "in", "at")) for last in ends)
    return PersonHit(at, at, end, _person(words, at, end), "office") if is_holder else None


def _posted(words: Sequence[Word], at: int, end: int) -> PersonHit | None:
    """Recognise 'Name, the Board's regional manager': a post in an organisation that stands in front of it."""
    if end + 2 >= len(words) or words[end].text != ",":
        return None
    first = end + 1 + (words[end + 1].key == "the")
    last = run_end(words, first)
    if last == first or not words[last - 1].is_possessive or not _is_body(words, first, last):
        return None
    described = [word.key for word in words[last : last + 6]]
    if described and any(word in word_set("protected", "posts") for word in described):
        return PersonHit(at, at, end, _person(words, at, end), "voice")
    return None


def _voice_of(words: Sequence[Word], at: int, end: int) -> PersonHit | None:
    """Recognise 'said Name from Organisation' and 'Name of the Organisation said': one who speaks for others."""
    if end + 1 >= len(words) or words[end].key not in ("from", "of", "with"):
        return None
    first = end + 1 + (words[end + 1].key == "the")
    last = run_end(words, first) if first < len(words) else first
    is_spoken = _is_spoken(words, at, last)
    is_voice = last > first and is_spoken and _is_body(words, first, last)
    return PersonHit(at, at, end, _person(words, at, end), "voice") if is_voice else None


def _is_spoken(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the words at..end stand beside a verb of speech, or behind "according to"."""
    before = [word.key for word in words[max(0, at - 2) : at]]
    is_after = bool(before) and (before[-1] in SAYING or before == ["according", "to"])
    return is_after or (end < len(words) and words[end].key in SAYING)


def _is_body(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether somebody can speak for it: 'the River Board' and 'Hill Council' are bodies, a town is none."""
    named = words[first:last]
    if headed_organisation(words, first, last) or apposed_organisation(words, first, last):
        return True
    if any(word.key in _organisation_heads() or (len(word.text) > 2 and word.text.isupper()) for word in named):
        return True
    nouns = (words[last - 1].key, words[last].key if last < len(words) else "")
    if words[first - 1].key == "the" and not any(noun in word_set("protected", "areas") for noun in nouns):
        return True
    known = party_names(None).at(words, first)
    return known is not None and known[1].kind not in ("government", "civilians", "person")


def _private(words: Sequence[Word], at: int, end: int, report_id: str) -> PersonHit | None:
    """Recognise one who speaks and has no office: kept by role and place, never by name."""
    if (at and words[at - 1].key == "the") or any(title_end(words, number) for number in range(at, end)):
        return None
    role, start = _role_before(words, at, end)
    role = role or _role_behind(words, end)
    if (role is None and not _speaks_alone(words, at, end)) or opens_town(words, start):
        return None
    if len(words[start].text) > 2 and words[start].text.isupper() and not words[end - 1].text.isupper():
        return None
    if is_placed(words, start) and (role is None or words[start - 1].key not in ("of", "from", "to")):
        return None
    place = _place_behind(words, end)
    return PersonHit(at, start, end, _unnamed(role, place, f"{report_id}:{words[at].start}"), "private")


def is_placed(words: Sequence[Word], at: int) -> bool:
    """Whether a name stands where places do: 'families from Name', 'people who fled Name', not 'according to Name'."""
    before = [word.key for word in words[max(0, at - 2) : at]]
    if not before or before[-1] not in word_set("protected", "placing"):
        return False
    of_person = before[-1] == "of" and before[0] in word_set("protected", "belongings", "kin")
    return not of_person and before != ["according", "to"]


def opens_town(words: Sequence[Word], at: int) -> bool:
    """Whether a name begins as names of towns or groups do: 'Tell Name', 'Liwa Name'."""
    return opens_no_person(words[at].key)


def opens_no_person(word: str) -> bool:
    """Whether names of towns or groups begin with a word in small letters, and those of persons do not.

    Examples
    --------
    >>> opens_no_person("tell"), opens_no_person("omar")
    (True, False)
    """
    return word in word_set("protected", "town_openers", "group_openers")


def _unnamed(role: str | None, place: str | None, where: str) -> Sense:
    """Return a person by role and place; one of whom neither is told is told apart by where the report tells it."""
    kind: PartyKind = load_lexicon("parties")["private_kinds"][role] if role else "person"
    if place is None:
        return Sense(role, role, kind) if role else Sense(content_id("private-", [where]), NO_OFFICE, kind)
    tie = "of" if role in ("resident", "witness") else "from"
    return Sense(slug(f"{role or 'person from'} {place}"), f"{role or 'person'} {tie} {place}", kind)


def is_unnamed(party_name: str) -> bool:
    """Whether a party is told by a role: 'resident of Zeta', 'witness', 'person from Zeta'.

    Examples
    --------
    >>> is_unnamed("resident of Zeta"), is_unnamed("Zeta Council")
    (True, False)
    """
    role = party_name.partition(" ")[0]
    return party_name.islower() or role == "person" or role in load_lexicon("parties")["private_kinds"]


def _speaks_alone(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether a name stands as a speaker, with or without a place behind it, and is no organisation's."""
    after = _after_place(words, end)
    last = end if after is None else after
    last += at > 0 and words[at - 1].text == "," and last < len(words) and words[last].text == ","
    return _is_spoken(words, at, last) and words[end - 1].key not in _organisation_heads()


def _after_place(words: Sequence[Word], end: int) -> int | None:
    if end + 1 >= len(words) or words[end].key not in ("from", "of", "in", "near"):
        return None
    first = end + 1 + (words[end + 1].key == "the")
    return run_end(words, first) if first < len(words) else None


def _role_before(words: Sequence[Word], at: int, end: int) -> tuple[str | None, int]:
    """Return the role that stands before a name, as its first word or ahead of it, and where the name starts."""
    roles: dict[str, str] = load_lexicon("parties")["private_roles"]
    if end - at > 1 and words[at].key in roles:
        return roles[words[at].key], at + 1
    is_set_off = at > 1 and words[at - 1].text == "," and end < len(words) and words[end].text == ","
    before = at - 1 - is_set_off
    return (roles.get(words[before].key) if before >= 0 else None), at


def _place_behind(words: Sequence[Word], end: int) -> str | None:
    """Return the place in what is told behind a name: ', 34, a baker from the old town of Zeta'."""
    for number in range(end, min(end + DESCRIPTION_WORDS, len(words) - 1)):
        if words[number].text in ".;:—–" or words[number].key in SAYING or words[number].key in ("who", "which"):
            return None
        if words[number].key in ("from", "of", "in", "near") and (place := _name_after(words, number + 1)):
            return place
    return None


def _name_after(words: Sequence[Word], first: int) -> str | None:
    start = first
    while start < min(first + 5, len(words)) and words[start].text.isalpha() and not is_name_word(words[start]):
        if words[start].key in SAYING:
            return None
        start += 1
    last = name_end(words, start) if start < len(words) else start
    is_place = last > start and words[last - 1].key not in _organisation_heads()
    return text_of(words, start, last) if is_place else None


def _role_behind(words: Sequence[Word], end: int) -> str | None:
    roles: dict[str, str] = load_lexicon("parties")["private_roles"]
    if end >= len(words) or words[end].text != ",":
        return None
    for number in range(end + 1, min(end + 8, len(words))):
        if words[number].text in ",.;:":
            if not any(part.key.isdecimal() for part in words[end + 1 : end + 3]):
                return None
        elif words[number].key in roles:
            speaks = number + 1 < len(words) and words[number + 1].key in SAYING
            return None if speaks else roles[words[number].key]
    return None


def short_names(full_name: str, last: Word) -> tuple[str, ...]:
    """Return the shorter forms by which a person is called later: the surname, with and without its article."""
    surname = bare(last)
    plain = surname.partition("-")[2] if surname.lower().startswith(("al-", "el-")) else surname
    return tuple(dict.fromkeys((full_name, surname, plain)))
