"""People in a report: by office where they hold one, else by role, never by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tidings.core.ids import content_id, slug
from tidings.evidence.extract.inflection import forms_of
from tidings.evidence.extract.party_names import RANKED, Sense, adjectives, phrases, word_list
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.proper_names import bare, is_name_word, run_end, text_of
from tidings.evidence.extract.words import Word

SAYING = frozenset(form for verb in ("say", "tell", "add") for form, _ in forms_of(verb)) - {"saying", "adding"}


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person named by words[start:end]; `name_start` is where the name itself begins."""

    start: int
    name_start: int
    end: int
    sense: Sense
    tie: Literal["office", "voice", "private"]


def person_at(words: Sequence[Word], at: int, report_id: str) -> PersonHit | None:
    """Recognise a person whose title or name starts at a word."""
    titled = _titled(words, at)
    if titled or not _may_start_name(words, at):
        return titled
    end = name_end(words, at)
    if end - at < 2:
        return None
    return _with_office_behind(words, at, end) or _voice_of(words, at, end) or _private(words, at, end, report_id)


def name_end(words: Sequence[Word], start: int) -> int:
    """Return the end of the run of words that can be one person's name."""
    end = run_end(words, start, 5)
    stops = word_list("not_names")
    cut = next((number for number in range(start, end) if words[number].key in stops), end)
    return next((number for number in range(start, cut) if adjectives().at(words, number)), cut)


def _may_start_name(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    return is_name_word(word) and word.key not in word_list("not_names") and (at == 0 or not _in_run(words, at))


def _in_run(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1]
    return is_name_word(before) and not before.is_possessive and before.key not in word_list("not_names")


def title_end(words: Sequence[Word], at: int) -> int | None:
    """Return where an office that begins at a word ends: 'Deputy Prime Minister', 'Water Minister', 'spokesman'."""
    first = at + (words[at].key in RANKED and at + 1 < len(words))
    found = phrases("titles").at(words, first)
    if found:
        return None if found[1][0].isupper() and not words[first].is_capital else found[0]
    is_minister = first + 1 < len(words) and words[first].is_capital and words[first + 1].text == "Minister"
    return first + 2 if is_minister else None


def _titled(words: Sequence[Word], at: int) -> PersonHit | None:
    found = title_end(words, at)
    if found is None:
        return None
    start = _second_title(words, found)
    end = name_end(words, start)
    if end == start or words[end - 1].key in _organisation_heads() or words[start].key in word_list("not_names"):
        return None
    return PersonHit(at, start, end, _person(words, start, end), "office")


def _second_title(words: Sequence[Word], at: int) -> int:
    """Skip a rank after an office: 'spokesman Col. …'."""
    found = phrases("titles").at(words, at) if at < len(words) else None
    return found[0] if found and words[at].is_capital else at


def _person(words: Sequence[Word], start: int, end: int) -> Sense:
    name = text_of(words, start, end)
    return Sense(slug(name), name, "person")


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
        if phrases("titles").at(words, number):
            return PersonHit(at, at, end, _person(words, at, end), "office")
    return None


def _voice_of(words: Sequence[Word], at: int, end: int) -> PersonHit | None:
    """Recognise 'said Name from Organisation' and 'Name of the Organisation said': one who speaks for others."""
    if end + 1 >= len(words) or words[end].key not in ("from", "of", "with"):
        return None
    first = end + 1 + (words[end + 1].key == "the")
    last = run_end(words, first) if first < len(words) else first
    spoken = (at > 0 and words[at - 1].key in SAYING) or (last < len(words) and words[last].key in SAYING)
    return PersonHit(at, at, end, _person(words, at, end), "voice") if last > first and spoken else None


def _private(words: Sequence[Word], at: int, end: int, report_id: str) -> PersonHit | None:
    """Recognise one who speaks and has no office: kept by role, never by name."""
    role = _role_behind(words, end)
    if role:
        kind = load_lexicon("parties")["private_kinds"][role]
        return PersonHit(at, at, end, Sense(role, role, kind), "private")
    spoken = (at > 0 and words[at - 1].key in SAYING) or (end < len(words) and words[end].key in SAYING)
    if not spoken or words[end - 1].key in _organisation_heads():
        return None
    alias = content_id("private-", [report_id, text_of(words, at, end)])
    return PersonHit(at, at, end, Sense(alias, "a person without a stated office", "person"), "private")


def _role_behind(words: Sequence[Word], end: int) -> str | None:
    roles: dict[str, str] = load_lexicon("parties")["private_roles"]
    if end >= len(words) or words[end].text != ",":
        return None
    for word in words[end + 1 : end + 8]:
        if word.text in ",.;:":
            if not any(part.key.isdigit() for part in words[end + 1 : end + 3]):
                return None
        elif word.key in roles:
            return roles[word.key]
    return None


def short_names(full_name: str, last: Word) -> tuple[str, ...]:
    """Return the shorter forms by which a person is called later: the surname, with and without its article."""
    surname = bare(last)
    plain = surname.partition("-")[2] if surname.lower().startswith(("al-", "el-")) else surname
    return tuple(dict.fromkeys((full_name, surname, plain)))
