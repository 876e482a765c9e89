"""What a number counts: persons, households, houses, or people whose noun is left out; things are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tidings.evidence.extract.clauses import is_mark, is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.numbers import NumberSpan
from tidings.evidence.extract.phrases import Line, Phrases
from tidings.evidence.extract.status_cues import tables
from tidings.evidence.vocabulary import Group
from tidings.geography.countries import countries

Sort = Literal["person", "household", "housing", "elided"]
LONGEST_PHRASE = 8
"""Words looked at behind a number for its noun."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts; `end` is the token behind the noun phrase."""

    sort: Sort
    end: int
    noun: str = ""
    group: Group = "unknown"
    is_guess: bool = False
    """Whether only the form of the noun says that it counts persons: then the verb has to agree."""
    opening: int | None = None
    """Token at which the nouns that tell it begin; None where the noun is left out."""
    rule: str = "counted: the noun of the people is left out"
    group_rule: str = ""


@cache
def noun_table() -> dict[str, tuple[Sort, Group]]:
    """Return every noun that counts people, with what it counts and the group that it tells."""
    table: dict[str, tuple[Sort, Group]] = dict.fromkeys(lexicon("figures")["acts"], ("person", "unknown"))
    groups: dict[Group, list[str]] = lexicon("figures")["persons"]
    table |= {noun: ("person", group) for group, nouns in groups.items() for noun in nouns}
    table |= dict.fromkeys(lexicon("figures")["households"], ("household", "unknown"))
    return table | dict.fromkeys(lexicon("figures")["housing"], ("housing", "unknown"))


def counted_by(line: Line, number: NumberSpan, cue_words: frozenset[str]) -> Counted | None:
    """Tell what a number counts; None for things, money, ages, ranks and percentages.

    Parameters
    ----------
    line, number
        The sentence and the number in it.
    cue_words
        Words that tell a status of people ("displaced"): they may stand in for the noun.
    """
    first = _behind_of_number(line, _behind_mark(line, number))
    if _is_compound(line, number) or _is_idle_one(line, number) or _is_ratio(line, number):
        return None
    if _is_compared(line, number):
        return None
    if number.first > 1 and line.words[number.first - 1] == "of" and _is_parent(line.words[number.first - 2]):
        return None
    if first < len(line.words) and line.words[first] in word_set("grammar", "irregular_pasts"):
        return Counted("elided", first)
    rate = rate_at(line, first)
    if rate and (rate >= len(line.words) or _ends_noun_phrase(line.words[rate], is_first=True)):
        return Counted("elided", rate)
    if behind := _behind_of_them(line, first):
        return Counted("elided", behind)
    is_elided = False
    for index in range(first, min(len(line.words), first + LONGEST_PHRASE)):
        word = line.words[index]
        if word in noun_table() and not (is_elided and word in word_set("figures", "housing")):
            return None if _describes_things(line, index) else _whole_noun(line, first, index)
        if word in word_set("figures", "things") and not _modifies(line, index):
            return None
        begins = index > first and not is_elided and _begins_cue(line, index, cue_words)
        if begins and (named := _looking_personal(line, first, index)):
            return named
        is_elided = is_elided or word in cue_words or (index == first and is_verb_like(word))
        if _ends_noun_phrase(word, index == first):
            return _without_noun(line, first, index, is_elided)
    return _without_noun(line, first, min(len(line.words), first + LONGEST_PHRASE), is_elided)


def _describes_things(line: Line, index: int) -> bool:
    """Whether a noun of people only says whose things are counted: "10 IDP sites", "four refugee camps"."""
    behind = line.words[index + 1] if index + 1 < len(line.words) else ""
    return behind in word_set("figures", "things") and behind not in noun_table() and not _modifies(line, index + 1)


def _begins_cue(line: Line, index: int, cue_words: frozenset[str]) -> bool:
    found = tables("status").after.at(line.words, index)
    return line.words[index] in cue_words or found is not None


def _behind_of_them(line: Line, first: int) -> int | None:
    """Step over "of whom", "of them" behind a number of people told before."""
    words = line.words[first : first + 2]
    return (
        first + 2 if len(words) == 2 and words[0] == "of" and words[1] in ("whom", "them", "these", "those") else None
    )


@cache
def peoples() -> frozenset[str]:
    """Return the names of the peoples of countries: "Syrians"."""
    return frozenset(name.lower() for country in countries().values() for name in country.people)


def rate_at(line: Line, index: int) -> int | None:
    """Return the end of the words "a day", "per week" that begin at a token, or None."""
    found = _rates().at(line.words, index) if index < len(line.words) else None
    return found[0] if found else None


@cache
def _rates() -> Phrases[bool]:
    return Phrases.of([(phrase, True) for phrase in lexicon("figures")["rates"]])


def _behind_mark(line: Line, number: NumberSpan) -> int:
    """Step over a quotation mark that closes right behind a number: "'at least 900' people"."""
    index = number.after
    is_closing = index < len(line.words) and is_mark(line.words[index]) and line.tokens[index].start == number.end
    return index + 1 if is_closing else index


def _behind_of_number(line: Line, index: int) -> int:
    """Step over "the total number of" behind a number: "brings to 900 the number of people displaced"."""
    is_behind_mark = index + 1 < len(line.words) and not line.words[index][0].isalnum()
    start = index + 1 if is_behind_mark and line.words[index + 1] == "the" else index
    words = line.words[start : start + 5]
    if words[:1] != ("the",):
        return index
    heads = word_set("grammar", "determined_heads")
    of = next((i for i in range(1, len(words)) if words[i] == "of" and words[i - 1] in heads), None)
    return start + of + 1 if of else index


def _is_compound(line: Line, number: NumberSpan) -> bool:
    """Whether the number is glued to a word: "10-member", "5-year-old"."""
    if number.last + 1 >= len(line.words) or line.words[number.last] not in ("-", "‑"):
        return False
    tokens = line.tokens
    return tokens[number.last].start == number.end and tokens[number.last + 1].start == tokens[number.last].end


def _is_idle_one(line: Line, number: NumberSpan) -> bool:
    if line.words[number.first] != "one" or number.last != number.first + 1:
        return False
    before = line.words[number.first - 1] if number.first else ""
    after = line.words[number.last] if number.last < len(line.words) else ""
    return before in ("no", "every", "any", "this", "that", "the", "each") or after in ("of", "another", "day", "such")


def _is_compared(line: Line, number: NumberSpan) -> bool:
    """Whether a number only tells a difference from another time: "900, 50 more than on Friday"."""
    behind = line.words[number.last : number.last + 3]
    return len(behind) == 3 and behind[0] in word_set("figures", "comparisons") and behind[1] == "than"


def _is_parent(word: str) -> bool:
    """Whether what "of four" stands behind tells somebody's children: "a mother of four"."""
    return word in word_set("protected", "kin")


def _is_ratio(line: Line, number: NumberSpan) -> bool:
    """Whether the number is a part of "four out of five", "one in ten"."""
    after = line.words[number.last : number.last + 3]
    before = line.words[max(0, number.first - 3) : number.first]
    if after[:2] == ("out", "of") or before[-2:] == ("out", "of"):
        return True
    is_small = (number.value or 1000) <= 100 and number.quantifier == "exact"
    return is_small and (_is_share(after[:2]) or _is_share(tuple(reversed(before[-2:]))))


def _is_share(words: tuple[str, ...]) -> bool:
    small = lexicon("numbers")["small"]
    return len(words) == 2 and words[0] == "in" and (words[1] in small or (words[1].isdecimal() and len(words[1]) < 3))


def _modifies(line: Line, index: int) -> bool:
    """Whether a thing only describes the persons behind it: "200 camp residents"."""
    return index + 1 < len(line.words) and noun_table().get(line.words[index + 1], ("housing",))[0] != "housing"


def _whole_noun(line: Line, first: int, index: int) -> Counted:
    """Follow compounds to their head: "500 refugee families" counts households of refugees."""
    group: Group = "unknown"
    group_rule = ""
    head = index
    while True:
        known = noun_table()[line.words[head]]
        if group == "unknown" != known[1]:
            group, group_rule = known[1], f"figures.yaml persons {known[1]}: '{line.words[head]}'"
        if head + 1 >= len(line.words) or line.words[head + 1] not in noun_table():
            break
        following = line.words[head + 1]
        is_verb = following == "lives"  # "1.1 million refugees, one in five of whom lives in …"
        is_other = is_verb or noun_table()[following][0] == "housing" or following in word_set("figures", "acts")
        if is_other and line.words[head] not in word_set("figures", "owners"):
            break
        head += 1
    sort = noun_table()[line.words[head]][0]
    if group == "unknown" and sort != "housing" and "internally" in line.words[first:head]:
        group, group_rule = "idp", "counted: 'internally' before the noun"
    noun = line.words[head]
    return Counted(sort, head + 1, noun, group, opening=index, rule=_rule_of(noun), group_rule=group_rule)


def _rule_of(noun: str) -> str:
    """Return the list of the lexicon that tells what a noun counts."""
    sort, group = noun_table()[noun]
    lists = {"person": f"persons {group}", "household": "households", "housing": "housing"}
    section = "acts" if noun in word_set("figures", "acts") and sort == "person" else lists[sort]
    return f"figures.yaml {section}: '{noun}'"


def _ends_noun_phrase(word: str, is_first: bool) -> bool:
    if word in word_set("figures", "inside"):
        return is_first and word == "and"
    if not (word[0].isalpha()):
        return True
    return (
        word in word_set("grammar", "prepositions")
        or word in word_set("grammar", "auxiliaries")
        or word in word_set("grammar", "relatives")
        or word in word_set("grammar", "conjunctions")
    )


def _without_noun(line: Line, first: int, end: int, is_elided: bool) -> Counted | None:
    """Judge a number with no known noun: bare, with a status word in its place, or with a noun that looks personal."""
    anaphors = word_set("figures", "anaphors")
    bare = first
    while bare < end and (line.words[bare] in anaphors or line.words[bare] in word_set("grammar", "adverbs")):
        bare += 1
    if bare >= end or is_elided:
        return Counted("elided", bare if bare >= end else first)
    return _looking_personal(line, first, end)


def _looking_personal(line: Line, first: int, end: int) -> Counted | None:
    """Judge the last word of a noun phrase by its form: "shopkeepers", "Ostrians"."""
    last = line.words[end - 1]
    never = word_set("figures", "never_persons")
    if end <= first or last in never or f"{last}s" in never:
        return None
    is_name = line.texts[end - 1][0].isupper() and last.endswith(("s", "ese", "i")) and len(last) > 4
    endings = _endings() if line.words[first - 1] != "one" else tuple(lexicon("figures")["one_person_endings"])
    is_personal = any(last.endswith(ending) and len(last) > len(ending) + 2 for ending in endings)
    if not (is_name or is_personal):
        return None
    rule = f"counted: a noun that looks like one of people by its {'capital' if is_name else 'ending'}"
    return Counted("person", end, last, is_guess=True, opening=end - 1, rule=rule)


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicon("figures")["person_endings"])
