"""Labels and headings before a number that tell its status: "Killed: 12", "the number of homeless people is 40"."""

from __future__ import annotations

from tidings.evidence.extract.counted import noun_table
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.numbers import NumberSpan
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.status_cues import StatusCue, cue_of, entry, is_light, tables, venue
from tidings.evidence.extract.trail import quoted

BARRIER_REACH = 9
"""Words between "gathered at" and the barrier: 'on the Ostrian side of the frontier'."""
LABEL_REACH = 10
"""Words of a label before its number: "Number of displaced families:"."""


def headed(line: Line, number: NumberSpan) -> StatusCue | None:
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
        found = tables("status").after.at(line.words, index)
        is_phrase = found is not None and found[0] <= colon
        status = found[1] if found and is_phrase else nouns.get(line.words[index])
        if status:
            words = line.words[index : found[0] if found and is_phrase else index + 1]
            rule = f"figures.yaml {'status ' + status if is_phrase else 'status_of_noun'}: {quoted(words)}"
            rule = f"{rule}, in the heading before its number"
            return StatusCue(status, first, number.opening, is_before=True, is_finite=True, rule=rule)
    return None


def label(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read a label before a bare number: "Destroyed housing: 90", "the total of homeless persons is 40"."""
    first = max(0, number.opening - LABEL_REACH)
    words = line.words[first : number.opening]
    is_total = any(word in word_set("figures", "totals") or word in word_set("attributions", "puts") for word in words)
    is_opening = first == 0 and not any(word[0].isdecimal() for word in words)
    is_label = ":" in words[-2:] or is_opening or is_total
    nouns = [index for index, word in enumerate(words) if word in noun_table()]
    if not (is_label and nouns):
        return None
    is_housing = noun_table()[words[nouns[-1]]][0] == "housing"
    told = [(word, is_total and line.texts[first + index][0].isupper()) for index, word in enumerate(words)]
    for index in range(len(words)):
        for key in ("housing_status",) if is_housing else ("status",):
            found = tables(key).after.at(words, index)
            if found and found[0] == len(words) and words[index] in word_set("figures", "level_verbs"):
                continue  # "deaths reached 300": what they came to
            if found and all(is_label_word(word) or is_name for word, is_name in told[found[0] :]):
                rule = f"{entry(key, found[1], 'after', words[index : found[0]])}, in the label before its number"
                return cue_of(found[1], first + index, number.opening, key, rule, is_before=True, is_finite=True)
    is_level = bool(words) and words[-1] in word_set("figures", "level_verbs")
    return _label_of_noun(line, number, first + nouns[-1], is_level) if is_total or is_level else None


def _label_of_noun(line: Line, number: NumberSpan, noun: int, is_level: bool) -> StatusCue | None:
    """Read "the number of refugees in Orlo has passed 900", "deaths reached 900": the noun tells the status."""
    status = lexicon("figures")["status_of_noun"].get(line.words[noun])
    heads = [i for i in range(max(1, noun - 4), noun) if line.words[i] == "of"]
    is_total = any(line.words[i - 1] in word_set("figures", "totals") for i in heads)
    if not status or not (is_total or is_level):
        return None
    between = range(noun + 1, number.opening)
    if not all(is_label_word(line.words[i]) or line.texts[i][0].isupper() for i in between):
        return None
    rule = f"figures.yaml status_of_noun: '{line.words[noun]}', in the label before its number"
    return StatusCue(status, noun, number.opening, is_finite=True, is_before=True, rule=rule)


def label_of_population(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read "its population has doubled to 900"."""
    if line.words[number.opening - 1] == "from":
        return None
    for index in range(number.opening - 1, max(-1, number.opening - LABEL_REACH), -1):
        if line.words[index] == "population" and index < number.opening - 1:
            rule = "status_labels: 'population' that rose or fell to its number"
            return StatusCue("population", index, number.opening, is_before=True, is_finite=True, rule=rule)
        if not (is_label_word(line.words[index]) or line.texts[index][0].isupper()):
            return None
        if line.words[index][0].isdecimal() and line.words[index - 1] != "from":
            return None
    return None


def label_of_place(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read "the number of people at the border could grow to 900": where they are tells what they are."""
    first = max(0, number.opening - 2 * LABEL_REACH)
    words = line.words[first : number.opening]
    total = next((i for i, word in enumerate(words) if word in word_set("figures", "totals")), None)
    if total is None or not any(noun_table().get(word, ("",))[0] == "person" for word in words[total : total + 4]):
        return None
    for index in range(first + total, number.opening):
        cue = venue(line, index) or _at_barrier(line, index)
        if cue and cue.last < number.opening and all(map(is_label_word, line.words[cue.last : number.opening])):
            rule = f"{cue.rule}, in the label before its number"
            return cue_of(cue.status, cue.first, number.opening, "status", rule, is_before=True, is_finite=True)
    return None


def _at_barrier(line: Line, index: int) -> StatusCue | None:
    """Return people at a border, a gate, a crossing as displaced: they are there because they left."""
    if line.words[index] not in word_set("figures", "wait_places"):
        return None
    end = barrier_end(line, index + 1)
    if end is None:
        return None
    rule = f"figures.yaml wait_places and barriers: '{line.words[index]}' a '{line.words[end - 1]}'"
    return StatusCue("displaced", index, end, rule=rule)


def barrier_end(line: Line, first: int) -> int | None:
    """Return where the name of a barrier ends that begins within a few words of a token."""
    barriers, edges = word_set("figures", "barriers"), (",", ";", ".", "and", "but")
    for index in range(first, min(len(line.words), first + BARRIER_REACH)):
        if line.words[index] in barriers:
            return index + 2 if index + 1 < len(line.words) and line.words[index + 1] in barriers else index + 1
        if line.words[index] in edges or line.words[index][0].isdecimal():
            return None
    return None


def is_label_word(word: str) -> bool:
    """Whether a word may stand between what a label tells and its number."""
    is_plain = is_light(word) or word in word_set("grammar", "auxiliaries")
    is_plain = is_plain or word in word_set("figures", "rises")
    return is_plain or word in noun_table() or not word[0].isalpha()
