"""Countries and capitals as actors: 'Ankara has closed …' is a government, 'in Ankara' is a place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.party_names import (
    PartyNames,
    Sense,
    acting_verbs,
    adjectives,
    countries_and_capitals,
    phrases,
    word_list,
)
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.proper_names import MAX_NAME_WORDS, end_offset, is_name_word
from tidings.evidence.extract.words import Document, Word

LISTED = frozenset(["and", "the", ",", "of", "governments"])
"""What stands between the names of those who deal with one another."""
GIVEN_REACH = 10
"""Words between 'handed' and the 'to' of who is given a place."""
LISTED_MAX = 14
"""Words that a list of subjects may take before its verb."""
RELATIVE_REACH = 4
"""Words between 'who' and its verb: 'who have since then left Iraq'."""


def find_metonyms(document: Document, taken: Collection[int], names: PartyNames) -> Iterator[tuple[int, int, Sense]]:
    """Yield start, end and party of each country or capital that stands for its government.

    Parameters
    ----------
    document
        The report.
    taken
        Offsets at which a party is already read.
    names
        What governments are called; the crisis's own countries too.
    """
    free = (0, 0)
    for number, at in document.where(countries_and_capitals().first_keys | names.own_countries.first_keys):
        words = document.words[number]
        found = _named(names, words, at) if words[at].is_capital and (number, at) >= free else None
        free = (number, found[0]) if found else free
        if found and words[at].start not in taken and _acts(words, at, found[0]):
            yield words[at].start, end_offset(words[found[0] - 1]), found[1]


def _named(names: PartyNames, words: Sequence[Word], at: int) -> tuple[int, Sense] | None:
    country = countries_and_capitals().at(words, at)
    return (country[0], names.government(country[1].iso3)) if country else names.own_countries.at(words, at)


def _acts(words: Sequence[Word], start: int, end: int) -> bool:
    first = start - (start > 0 and words[start - 1].key == "the")
    if words[end - 1].is_possessive and end < len(words) and _rules(words, end):
        return True
    if _deals(words, first, end):
        return True
    before = words[first - 1].key if first > 0 else ""
    if _is_called_on(words, first) or _is_given_to(words, first):
        return True
    if before in ("by", "with"):
        return _is_agent(words, first, end)
    if before in word_list("spatial") or _is_in_another(words, first, end):
        return before == "of" and first > 1 and words[first - 2].key in ("government", "governments")
    if words[end - 1].is_possessive:
        return end < len(words) and _helps(words, end)
    is_subject = not _is_part(words, first) and not _is_left_by_others(words, first)
    return (is_subject and _has_verb(words, _after_list(words, end))) or _is_addressed(words, first)


def _is_part(words: Sequence[Word], first: int) -> bool:
    """Whether but a part of the land is told: 'southern Ukraine', 'most of Ukraine', which no government is."""
    if first < 1:
        return False
    if words[first - 1].key == "of":
        return first > 1 and words[first - 2].key in place_words("beside")
    return words[first - 1].key in place_words("direction_adjectives")


def _is_left_by_others(words: Sequence[Word], first: int) -> bool:
    """Whether a country, or the list that it ends, is what others left or saw: 'fighters who left Iraq took X'."""
    at = first - 1
    while at > 0 and words[at].key in ("and", "or", ",", "the") and is_name_word(words[at - 1]):
        at -= 1
        while at > 0 and is_name_word(words[at]) and words[at].is_capital:
            at -= 1
    if at < 1 or words[at].key in _speaking_words():
        return False
    if words[at].key.endswith("ing") and not words[at].is_capital:
        return True
    is_past = is_verb_like(words[at].key) and words[at].key not in word_set("grammar", "auxiliaries")
    relative = next((n for n in range(at - 1, max(-1, at - 1 - RELATIVE_REACH), -1)
                     if words[n].key in word_set("grammar", "relatives")), None)  # fmt: skip
    return is_past and relative is not None and words[relative].key != "where"


@cache
def _speaking_words() -> frozenset[str]:
    """Return the words behind which another clause may begin: 'officials who said Turkey took X'."""
    told = lexicon("attributions")
    return frozenset(word for verbs in told["verbs"].values() for word in verbs) | frozenset(told["opinions"])


def _rules(words: Sequence[Word], at: int) -> bool:
    """'Jordan's newly elected government', 'Russia's defence ministry' are what rules it, wherever they stand."""
    ruling = phrases("governments_alone").first_keys | word_list("ministries")
    for word in words[at : at + 4]:
        if word.key in ruling:
            return True
        if not word.text[0].isalpha() or word.is_possessive:
            return False
    return False


def _is_in_another(words: Sequence[Word], first: int, end: int) -> bool:
    """'near Zeta, Syria, …': a country that tells where the place before it lies."""
    if first < 2 or words[first - 1].text != "," or not is_name_word(words[first - 2]):
        return False
    if words[first].key == "the" or (end < len(words) and words[end].text[0].isalnum()):
        return False
    named, stop = first - 2, max(0, first - 2 - MAX_NAME_WORDS)
    while named > stop and is_name_word(words[named - 1]) and words[named - 1].key not in word_list("spatial"):
        named -= 1
    return named > 0 and words[named - 1].key != "of" and words[named - 1].key in word_list("spatial")


def _deals(words: Sequence[Word], first: int, end: int) -> bool:
    """'talks between Jordan and Iraq', 'working closely with Jordan', 'the Jordan-Iraq agreement'."""
    if _is_pair(words, first, end):
        return True
    number, stop = first - 1, max(0, first - LISTED_MAX)
    while number > stop and (is_name_word(words[number]) or words[number].key in LISTED):
        number -= 1
    if number < 0 or words[number].key not in ("with", "between"):
        return False
    near = {word.key for word in words[max(0, number - 4) : number]}
    if words[number].key == "with":
        return not near.isdisjoint(word_list("deal_with", "dealings"))
    has_and = any(word.key == "and" for word in words[number : end + 2])
    return has_and and not near.isdisjoint(word_list("dealings"))


def _is_pair(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether two countries are joined by a hyphen before what they have with one another."""
    if end < len(words) - 2 and words[end].text == "-" and words[end].start == words[end - 1].end:
        other = countries_and_capitals().at(words, end + 1) or adjectives().at(words, end + 1)
        return other is not None and other[0] < len(words) and words[other[0]].key in word_list("dealings")
    joined = first > 1 and words[first - 1].text == "-" and words[first - 1].end == words[first].start
    return joined and end < len(words) and words[end].key in word_list("dealings")


def _is_agent(words: Sequence[Word], first: int, end: int) -> bool:
    """'backed by Russia', 'with Moscow's help'."""
    if words[end - 1].is_possessive:
        return end < len(words) and _helps(words, end)
    if first < 2 or words[first - 1].key != "by":
        return False
    done = _behind_time(words, first - 2)
    before = words[done].key
    is_done = before.endswith(("ed", "en")) or before in ("held", "led", "made", "run")
    return is_done or phrases("acts").at(words, done) is not None


def _behind_time(words: Sequence[Word], at: int) -> int:
    """Step back over a day or a particle: 'recaptured on 1 September by Ukraine', 'taken back by Ukraine'."""
    while at and (words[at].key in word_list("between_deed_and_agent") or words[at].text[0].isdecimal()):
        at -= 1
    return at


def _helps(words: Sequence[Word], at: int) -> bool:
    return any(word.key in word_list("help") for word in words[at : at + 3])


def _after_list(words: Sequence[Word], end: int) -> int:
    """Skip the other subjects of a list: 'Turkey, Arab states and the West' leads to its verb."""
    at = end
    while at < len(words) and at - end < LISTED_MAX:
        step = words[at].key
        listed = step in (",", "and") and at + 1 < len(words) and _is_listed(words, at + 1)
        if not listed and not (at > end and (is_name_word(words[at]) or step in ("the", "states", "countries"))):
            break
        at += 1
    return at


def _is_listed(words: Sequence[Word], at: int) -> bool:
    return is_name_word(words[at]) or words[at].key in ("the", "and")


def _has_verb(words: Sequence[Word], at: int) -> bool:
    """Whether the words from `at` begin with an active verb of a government, auxiliaries and adverbs aside."""
    helped, at = False, _behind_aside(words, at)
    for word in words[at : at + 5]:
        kinds = acting_verbs().get(word.key, frozenset())
        if kinds and (helped or kinds & {"s", "past", "base"}):
            return True
        if helped and word.key in word_list("attitudes"):
            return True
        if word.key in word_list("auxiliaries"):
            helped = True
        elif word.key not in word_list("adverbs") and not word.key.endswith("ly") and not (helped and word.key == "to"):
            return False
    return False


def _behind_aside(words: Sequence[Word], at: int) -> int:
    """Step over a day or a short aside: 'Moscow on Tuesday said', 'Ankara, for its part, says'."""
    day = at + (at < len(words) and words[at].key == "on")
    if day < len(words) and words[day].key in word_set("times", "weekdays"):
        return day + 1
    if at >= len(words) or words[at].text != ",":
        return at
    close = next((n for n in range(at + 2, min(at + 9, len(words))) if words[n].text == ","), None)
    is_aside = close is not None and words[at + 1].key in word_list("asides")
    return close + 1 if close is not None and is_aside else at


def _is_addressed(words: Sequence[Word], start: int) -> bool:
    """'urged Ankara to act', 'accused Russia of bombing'; a list 'by Russia and Iran' hands the role on."""
    if start > 1 and words[start - 1].key == "and" and _follows_agent(words, start):
        return True
    return start > 0 and words[start - 1].key in word_list("addressed")


def _is_called_on(words: Sequence[Word], start: int) -> bool:
    """'called on Moscow to stop', 'appealed to Ankara'."""
    called = (words[start - 2].key, words[start - 1].key) if start > 1 else ("", "")
    return called[1] in ("on", "to") and called[0] in word_list("appealing")


def _is_given_to(words: Sequence[Word], start: int) -> bool:
    """'handed X over to Ukraine', 'lost X and Y to Russia': only places stand between."""
    if start < 2 or words[start - 1].key != "to":
        return False
    near = range(start - 2, max(-1, start - 2 - GIVEN_REACH), -1)
    verb = next((n for n in near if not (is_name_word(words[n]) or words[n].key in word_list("given_between"))), None)
    return verb is not None and words[verb].key in word_list("giving")


def _follows_agent(words: Sequence[Word], start: int) -> bool:
    first = next((n for n in range(start - 2, max(-1, start - 8), -1) if words[n].key == "by"), None)
    if first is None or first == 0:
        return False
    between = words[first + 1 : start - 1]
    return words[first - 1].key.endswith("ed") and all(is_name_word(word) or word.text == "," for word in between)
