"""Which status the words around a number give it: the verb that governs it, its modifiers, the place of shelter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tidings.evidence.extract.counted import Counted, noun_table, rate_at
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.numbers import NumberSpan
from tidings.evidence.extract.phrases import Line, Phrases
from tidings.evidence.extract.trail import quoted
from tidings.evidence.vocabulary import Status

REACH = 22
"""Words looked at behind a noun phrase for its verb."""
BARE_REACH = 3
"""The same behind a number whose noun is left out."""
LIGHT_REACH = 4
"""Adverbs and determiners stepped over between a verb and its number."""
BARRIER_REACH = 9
"""Words between "gathered at" and the barrier: 'on the Ostrian side of the frontier'."""
ASIDES = {"(": ")", "–": "–", "—": "—", ",": ","}
ASIDE_WORDS = 30
LABEL_REACH = 10
"""Words of a label before its number: "Number of displaced families:"."""
PASSIVE = frozenset(["was", "were", "been", "be", "being", "is", "are", "got", "become", "became", "remain", "remained",
                     "left", "rendered", "made", "still", "had", "have", "has"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatusCue:
    """The tokens first..last give a status."""

    status: Status
    first: int
    last: int
    is_weak: bool = False
    is_finite: bool = False
    is_housing: bool = False
    is_before: bool = False
    """Whether it stands before the number, which is then its object."""
    rule: str = ""
    """Entry of the lexicon and how its words stand to the number."""
    also: StatusCue | None = None
    """What else the status was told by: the camp where people shelter."""


@dataclass(frozen=True)
class _Tables:
    after: Phrases[Status]
    before: Phrases[Status]


@cache
def _tables(key: str) -> _Tables:
    book: Mapping[Status, Mapping[str, list[str]]] = lexicon("figures")[key]
    return _Tables(
        Phrases.of([(phrase, status) for status, sides in book.items() for phrase in sides["after"]]),
        Phrases.of([(phrase, status) for status, sides in book.items() for phrase in sides["before"]]),
    )


def _entry(key: str, status: Status, side: str, words: Sequence[str]) -> str:
    return f"figures.yaml {key} {status} {side}: {quoted(words)}"


@cache
def cue_words() -> frozenset[str]:
    """Return the single words that tell a status behind a number."""
    return frozenset(
        phrase
        for key in ("status", "housing_status")
        for sides in lexicon("figures")[key].values()
        for phrase in sides["after"]
        if " " not in phrase
    )


def status_of(line: Line, number: NumberSpan, counted: Counted, stop: int) -> StatusCue | None:
    """Return the cue that gives a number its status, or None.

    Parameters
    ----------
    line, number, counted
        The sentence, the number in it and what it counts.
    stop
        Token at which the words of the next number begin.
    """
    if counted.sort == "elided":
        label = _headed(line, number) or _label(line, number) or _label_of_place(line, number)
        if label:
            return label
    told = lexicon("figures")["status_of_noun"].get(counted.noun)
    rule = f"figures.yaml status_of_noun: '{counted.noun}'"
    of_noun = StatusCue(told, counted.end - 1, counted.end, rule=rule) if told else None
    if number.share == "whole":
        return _modifier(line, number, counted, "status") or of_noun or _reduced(line, counted, stop)
    if counted.sort == "elided" and rate_at(line, counted.end - 2) == counted.end:
        return _rated(line, number)
    for key in _keys(counted):
        found = _best(line, number, counted, stop, key)
        if found and not (of_noun and found.status in word_set("figures", "weakest")):
            return found
    if number.share != "none":
        return None
    return of_noun or _inhabitants(line, number, counted) or (_headed(line, number) if counted.noun else None)


def _rated(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read "people keep arriving, 900 a day": the nearest words before the number that tell of people who move."""
    moving, nouns = lexicon("figures")["rated"], lexicon("figures")["status_of_noun"]
    for index in range(number.opening - 1, max(-1, number.opening - REACH), -1):
        if line.words[index][0].isdecimal() or line.words[index] in (";", "—"):
            return None
        found = _tables("status").after.at(line.words, index)
        status = found[1] if found else nouns.get(line.words[index])
        if status in moving and (found is None or found[0] <= number.opening):
            words = line.words[index : found[0] if found else index + 1]
            rule = f"figures.yaml rated {status}: {quoted(words)}, the nearest of people who move, counted at a rate"
            return StatusCue(status, index, number.opening, is_before=True, is_finite=True, rule=rule)
    return None


def _inhabitants(line: Line, number: NumberSpan, counted: Counted) -> StatusCue | None:
    """Read "had 900 inhabitants": the noun alone tells a population where the number is what a place has."""
    before = line.words[max(0, number.opening - 2) : number.opening]
    is_had = any(word in word_set("figures", "inhabited_by") for word in before)
    if not is_had or counted.noun not in word_set("figures", "inhabitants"):
        return None
    rule = f"figures.yaml inhabitants: '{counted.noun}', with '{line.words[number.opening - 1]}' before the number"
    return StatusCue("population", number.opening - 1, number.opening, is_weak=True, is_before=True, rule=rule)


def _reduced(line: Line, counted: Counted, stop: int) -> StatusCue | None:
    """Return a participle directly behind the noun: "half of the 900 people displaced by floods"."""
    cue = _subject_of(line, counted, min(stop, counted.end + 2), "status")
    return cue if cue and not cue.is_finite else None


def _keys(counted: Counted) -> tuple[str, ...]:
    """Return the tables of status words that fit what is counted."""
    if counted.sort == "elided":
        return "status", "housing_status"
    return ("housing_status",) if counted.sort == "housing" else ("status",)


def _headed(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read a short heading right before its number: "New arrivals: 300", "Killed: 12, injured: 30"."""
    colon = number.opening - 1
    if colon < 1 or line.words[colon] != ":":
        return None
    reach = range(colon - 1, max(-1, colon - LABEL_REACH), -1)
    edge = next((index for index in reach if line.words[index] in (",", ";", ":", "•", "-", "–", "|")), None)
    first = max(0, colon - LABEL_REACH) if edge is None else edge + 1
    if (edge is None and first) or any(word in word_set("grammar", "auxiliaries") for word in line.words[first:colon]):
        return None
    nouns = lexicon("figures")["status_of_noun"]
    for index in range(first, colon):
        found = _tables("status").after.at(line.words, index)
        is_phrase = found is not None and found[0] <= colon
        status = found[1] if found and is_phrase else nouns.get(line.words[index])
        if status:
            words = line.words[index : found[0] if found and is_phrase else index + 1]
            rule = f"figures.yaml {'status ' + status if is_phrase else 'status_of_noun'}: {quoted(words)}"
            rule = f"{rule}, in the heading before its number"
            return StatusCue(status, first, number.opening, is_before=True, is_finite=True, rule=rule)
    return None


def _label(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read a label before a bare number: "Destroyed housing: 90", "the total of homeless persons is 40"."""
    first = max(0, number.opening - LABEL_REACH)
    words = line.words[first : number.opening]
    is_total = any(word in word_set("figures", "totals") | word_set("attributions", "puts") for word in words)
    is_label = ":" in words[-2:] or first == 0 or is_total
    nouns = [index for index, word in enumerate(words) if word in noun_table()]
    if not (is_label and nouns):
        return None
    is_housing = noun_table()[words[nouns[-1]]][0] == "housing"
    told = [(word, is_total and line.tokens[first + index].text[0].isupper()) for index, word in enumerate(words)]
    for index in range(len(words)):
        for key in ("housing_status",) if is_housing else ("status",):
            found = _tables(key).after.at(words, index)
            if found and all(_is_label_word(word) or is_name for word, is_name in told[found[0] :]):
                rule = f"{_entry(key, found[1], 'after', words[index : found[0]])}, in the label before its number"
                return _cue(found[1], first + index, number.opening, key, rule, is_before=True, is_finite=True)
    return None


def _label_of_place(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read "the number of people at the border could grow to 900": where they are tells what they are."""
    first = max(0, number.opening - 2 * LABEL_REACH)
    words = line.words[first : number.opening]
    total = next((i for i, word in enumerate(words) if word in word_set("figures", "totals")), None)
    if total is None or not any(noun_table().get(word, ("",))[0] == "person" for word in words[total : total + 4]):
        return None
    for index in range(first + total, number.opening):
        cue = _venue(line, index) or _at_barrier(line, index)
        if cue and cue.last < number.opening and all(map(_is_label_word, line.words[cue.last : number.opening])):
            rule = f"{cue.rule}, in the label before its number"
            return _cue(cue.status, cue.first, number.opening, "status", rule, is_before=True, is_finite=True)
    return None


def _at_barrier(line: Line, index: int) -> StatusCue | None:
    """Return people at a border, a gate, a crossing as displaced: they are there because they left."""
    if line.words[index] not in word_set("figures", "wait_places"):
        return None
    end = _barrier_end(line, index + 1)
    if end is None:
        return None
    rule = f"figures.yaml wait_places and barriers: '{line.words[index]}' a '{line.words[end - 1]}'"
    return StatusCue("displaced", index, end, rule=rule)


def _barrier_end(line: Line, first: int) -> int | None:
    """Return where the name of a barrier ends that begins within a few words of a token."""
    barriers, edges = word_set("figures", "barriers"), (",", ";", ".", "and", "but")
    for index in range(first, min(len(line.words), first + BARRIER_REACH)):
        if line.words[index] in barriers:
            return index + 1
        if line.words[index] in edges or line.words[index][0].isdecimal():
            return None
    return None


def _waiting(line: Line, index: int) -> StatusCue | None:
    """Return people who wait somewhere, or gather at a barrier, as stranded there."""
    word, following = line.words[index], line.words[index + 1 : index + 3]
    if not following or following[0] not in word_set("figures", "wait_places"):
        return None
    is_wait = word in word_set("figures", "waits") and following[-1] not in word_set("figures", "idle_waits")
    is_gathered = word in word_set("figures", "gathers") and _barrier_end(line, index + 1) is not None
    if not (is_wait or is_gathered):
        return None
    rule = f"figures.yaml waits: '{word}'" if is_wait else f"figures.yaml gathers: '{word}', at a barrier"
    return StatusCue("stranded", index, index + 1, is_finite=True, rule=rule)


def _is_label_word(word: str) -> bool:
    is_plain = _is_light(word) or word in word_set("grammar", "auxiliaries") | word_set("figures", "rises")
    return is_plain or word in noun_table() or not word[0].isalpha()


def _best(line: Line, number: NumberSpan, counted: Counted, stop: int, key: str) -> StatusCue | None:
    before = _object_of(line, number, key)
    inside = _modifier(line, number, counted, key) if number.share == "none" else None
    after = _subject_of(line, counted, stop, key)
    strong = [cue for cue in (before, inside, after) if cue and not cue.is_weak]
    if before in strong and before and before.status in ("sheltered", "in_need") and len(strong) > 1:
        return inside or after
    if inside and after and inside in strong and after in strong and not (before and before in strong):
        return after if after.is_finite and after.status != "displaced" else inside
    weak = [cue for cue in (before, inside, after) if cue]
    return next(iter([*strong, *weak]), None)


def _cue(
    status: Status, first: int, last: int, key: str, rule: str, *, is_finite: bool = False, is_before: bool = False
) -> StatusCue:
    is_weak, is_housing = status in word_set("figures", "weak"), key == "housing_status"
    return StatusCue(status, first, last, is_weak, is_finite, is_housing, is_before, rule)


def _object_of(line: Line, number: NumberSpan, key: str) -> StatusCue | None:
    """Return the cue whose object the number is: "killed at least 20 people", "displacement of 300"."""
    index, table = number.opening, _tables(key).before
    for _ in range(LIGHT_REACH):
        found = table.before(line.words, index) if index else None
        if found and not (_is_passive(line, found[0]) and line.words[index - 1] not in ("of", "to")):
            rule = f"{_entry(key, found[1], 'before', line.words[found[0] : index])}, before its number"
            return _cue(found[1], found[0], index, key, rule, is_before=True, is_finite=True)
        if not index or not _is_light(line.words[index - 1]):
            break
        index -= 1
    return None


def _is_light(word: str) -> bool:
    light = word_set("grammar", "adverbs") | word_set("grammar", "determiners")
    return word in light or word in (":", "of", "between", "to", "total", "people", "estimated")


def _is_passive(line: Line, first: int) -> bool:
    if line.words[first].endswith("ing"):
        return False
    return any(word in ("was", "were", "been", "being", "are", "is") for word in line.words[max(0, first - 2) : first])


def _modifier(line: Line, number: NumberSpan, counted: Counted, key: str) -> StatusCue | None:
    """Return a cue between the number and its noun: "200 newly displaced people", "452 displaced"."""
    table = _tables(key).after
    for index in range(number.after, min(counted.end, len(line.words))):
        found = table.at(line.words, index)
        if found and found[0] <= max(counted.end, index + 1):
            rule = f"{_entry(key, found[1], 'after', line.words[index : found[0]])}, between number and noun"
            return _cue(found[1], index, found[0], key, rule)
    return None


def _subject_of(line: Line, counted: Counted, stop: int, key: str) -> StatusCue | None:
    """Return the cue whose subject the number is: "300 people were evacuated", "people displaced by floods"."""
    found: list[StatusCue] = []
    reach = BARE_REACH if counted.sort == "elided" else REACH
    index, edge = counted.end, min(stop, len(line.words))
    seen = 0
    while index < edge and seen < reach:
        if behind := _behind_aside(line, index, edge):
            index = behind
            continue
        cue = _at(line, index, counted, key)
        if cue:
            found.append(cue)
        elif _ends_clause(line, index, counted, bool(found)):
            break
        venue = _venue(line, cue.last - 1) if cue and cue.status == "sheltered" else None
        found += [venue] if venue else []
        index = cue.last if cue and not cue.is_weak else index + 1
        seen += 1
    return _chosen(found)


def _behind_aside(line: Line, index: int, edge: int) -> int | None:
    """Return where the sentence goes on behind an aside in brackets or a pair of dashes that opens at a token."""
    word = line.words[index]
    is_guess = word == "," and line.words[min(index + 1, len(line.words) - 1)] in word_set("figures", "guesses")
    if word not in ASIDES or (word == "," and not is_guess):
        return None
    reach = range(index + 1, min(len(line.words), index + ASIDE_WORDS))
    closing = next((i for i in reach if line.words[i] == ASIDES[word]), None)
    if word == "(":
        return (index if closing is None else closing) + 1
    return closing + 1 if closing is not None and closing < edge else None


def _ends_clause(line: Line, index: int, counted: Counted, has_cue: bool) -> bool:
    word = line.words[index]
    if word in (";", ":", ".", "—", "–"):
        return True
    if counted.sort == "elided":
        plain = word_set("grammar", "auxiliaries") | word_set("grammar", "adverbs") | {"to", "had", "who", "were"}
        return word not in plain and word not in word_set("figures", "causes")
    if word == "as":
        return line.words[index + 1 : index + 2] != ("of",)
    if word == ",":
        return has_cue
    return word in ("when", "because", "while", "whereas", "after", "if", "unless", "but", "where", "whose", "than")


def _at(line: Line, index: int, counted: Counted, key: str) -> StatusCue | None:
    heading = _heading(line, index) if key == "status" else None
    if heading:
        return heading
    found = _tables(key).after.at(line.words, index)
    if found:
        if _is_active(line, index, found[0], key):
            return None
        before = line.words[max(0, index - 3) : index]
        is_finite = any(word in PASSIVE for word in before) or found[1] in ("fled", "returned", "arrived")
        rule = f"{_entry(key, found[1], 'after', line.words[index : found[0]])}, behind its number"
        return _cue(found[1], index, found[0], key, rule, is_finite=is_finite)
    if key != "status":
        return None
    if leaving := _leaving(line, index):
        return leaving
    return _waiting(line, index) or (_venue(line, index) if counted.sort != "elided" else None)


def _heading(line: Line, index: int) -> StatusCue | None:
    """Return people who go towards a place as fled: a direction is no arrival."""
    if line.words[index] not in word_set("figures", "goings"):
        return None
    near = line.words[index + 1 : index + 3]
    end = next((index + 2 + n for n, word in enumerate(near) if word in word_set("figures", "directions")), None)
    is_direct = end == index + 2 or (end is not None and near[0] in word_set("grammar", "adverbs") | {"away", "on"})
    if end is None or not is_direct:
        return None
    rule = f"figures.yaml goings and directions: '{line.words[index]}' '{line.words[end - 1]}'"
    return StatusCue("fled", index, end - 1, is_finite=True, rule=rule)


def _leaving(line: Line, index: int) -> StatusCue | None:
    """Return people who leave a place or their homes as fled; "left 12 dead" and "left for work" are none."""
    if line.words[index] not in word_set("figures", "leaves") or index + 1 >= len(line.words):
        return None
    following = line.tokens[index + 1].text
    is_named = following[0].isupper() and following.lower() not in word_set("times", "weekdays")
    near = line.words[index + 1 : index + 4]
    is_home = near[0] in word_set("grammar", "determiners") and any(
        w in word_set("figures", "left_places") for w in near
    )
    return StatusCue("fled", index, index + 1, is_finite=True) if is_named or is_home else None


def _is_active(line: Line, first: int, last: int, key: str) -> bool:
    """Whether the verb has an object of its own: "20 fighters killed 30 villagers" tells nothing of the fighters."""
    if last >= len(line.words) or not _tables(key).before.at(line.words, first):
        return False
    if any(word in PASSIVE for word in line.words[max(0, first - 2) : first]):
        return False
    word = line.words[last]
    return (
        word[0].isdecimal()
        or word in word_set("grammar", "determiners")
        or (word in ("at", "more") and (line.words[last + 1 : last + 2] in (("least",), ("than",))))
    )


def _venue(line: Line, index: int) -> StatusCue | None:
    """Return the status that a place of shelter tells: "in 21 camps", "in collective centres"."""
    if line.words[index] not in word_set("figures", "venue_openers"):
        return None
    for end in range(index + 1, min(len(line.words), index + 6)):
        for status, nouns in _venues().items():
            if line.words[end] in nouns and (line.words[index] != "with" or end <= index + 3):
                rule = f"figures.yaml venues {status}: '{line.words[end]}' behind '{line.words[index]}'"
                return StatusCue(status, index, end + 1, is_weak=True, rule=rule)
        if line.words[end] in word_set("grammar", "prepositions") or line.words[end] in word_set(
            "grammar", "auxiliaries"
        ):
            return None
    return None


@cache
def _venues() -> dict[Status, frozenset[str]]:
    table: dict[Status, list[str]] = lexicon("figures")["venues"]
    return {status: frozenset(nouns) for status, nouns in table.items()}


def _chosen(found: list[StatusCue]) -> StatusCue | None:
    """Choose among the cues of one clause: a finite verb before a participle, a strong status before a weak one."""
    strong = [cue for cue in found if not cue.is_weak]
    if not strong:
        return _strongest_weak(found)
    first = strong[0]
    later = next((cue for cue in strong[1:] if cue.is_finite and cue.status not in ("displaced", "returned")), None)
    best = later if later and not first.is_finite and first.status in ("displaced", "homeless") else first
    camps = (cue for cue in found if cue.last > best.last and cue.status == "in_camp" and cue.first <= best.last + 1)
    camp = next(camps, None) if best.status == "sheltered" else None
    if camp is None:
        return best
    return StatusCue("in_camp", best.first, best.last, is_finite=best.is_finite, rule=best.rule, also=camp)


def _strongest_weak(found: list[StatusCue]) -> StatusCue | None:
    venue = next((cue for cue in found if cue.status in ("in_camp", "sheltered")), None)
    return venue or next(iter(found), None)
