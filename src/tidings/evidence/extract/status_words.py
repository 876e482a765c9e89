"""Which status the words around a number give it: the verb that governs it, its modifiers, the place of shelter."""

from __future__ import annotations

from dataclasses import replace

from tidings.evidence.extract.counted import Counted, rate_at
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.numbers import NumberSpan
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.status_cues import StatusCue, cue_of, cue_words, entry, is_light, tables, venue
from tidings.evidence.extract.status_labels import barrier_end, headed, label, label_of_place, label_of_population
from tidings.evidence.extract.trail import quoted

REACH = 22
"""Words looked at behind a noun phrase for its verb."""
BARE_REACH = 3
"""The same behind a number whose noun is left out."""
LIGHT_REACH = 4
"""Adverbs and determiners stepped over between a verb and its number."""
ASIDES = {"(": ")", "–": "–", "—": "—", ",": ","}
ASIDE_WORDS = 30
CASUALTIES = ("killed", "injured")
PASSIVE = frozenset(["was", "were", "been", "be", "being", "is", "are", "got", "become", "became", "remain", "remained",
                     "left", "rendered", "made", "still", "had", "have", "has"])  # fmt: skip


def status_of(line: Line, number: NumberSpan, counted: Counted, stop: int) -> StatusCue | None:
    """Return the cue that gives a number its status, or None.

    Parameters
    ----------
    line, number, counted
        The sentence, the number in it and what it counts.
    stop
        Token at which the words of the next number begin.
    """
    if counted.sort == "elided" and (labelled := _labelled(line, number)):
        return labelled
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
            return _of_both(line, found)
    if number.share != "none":
        return None
    return of_noun or _inhabitants(line, number, counted) or (headed(line, number) if counted.noun else None)


def _of_both(line: Line, cue: StatusCue) -> StatusCue:
    """Return people "killed and wounded" in one number as affected: nobody tells how many of each."""
    if cue.status not in CASUALTIES:
        return cue
    table = tables("status").after
    beside = ((cue.first - 1, cue.first - 2), (cue.last, cue.last + 1))
    for joint, at in beside:
        if at < 0 or at >= len(line.words) or line.words[joint] not in ("and", "or"):
            continue
        other = table.at(line.words, at)
        if other and other[1] in CASUALTIES and other[1] != cue.status and (at > joint or other[0] == joint):
            first, last = min(cue.first, at), max(cue.last, other[0])
            rule = f"status_words: {quoted(line.words[first:last])}, and nobody tells how many of each"
            also = StatusCue(other[1], at, other[0], rule=rule)
            return replace(cue, status="affected", first=first, last=last, rule=rule, also=also)
    return cue


def _labelled(line: Line, number: NumberSpan) -> StatusCue | None:
    labelled = headed(line, number) or label(line, number) or label_of_place(line, number)
    return labelled or label_of_population(line, number)


def _rated(line: Line, number: NumberSpan) -> StatusCue | None:
    """Read "people keep arriving, 900 a day": the nearest words before the number that tell of people who move."""
    moving, nouns = lexicon("figures")["rated"], lexicon("figures")["status_of_noun"]
    for index in range(number.opening - 1, max(-1, number.opening - REACH), -1):
        if line.words[index][0].isdecimal() or line.words[index] in (";", "—"):
            return None
        found = tables("status").after.at(line.words, index)
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
    is_verb = cue is not None and line.words[cue.first] in ("need", "needs", "require", "requires")
    return cue if cue and not cue.is_finite and not is_verb else None


def _keys(counted: Counted) -> tuple[str, ...]:
    """Return the tables of status words that fit what is counted."""
    if counted.sort == "elided":
        return "status", "housing_status"
    return ("housing_status",) if counted.sort == "housing" else ("status",)


def _waiting(line: Line, index: int) -> StatusCue | None:
    """Return people who wait somewhere, or gather at a barrier, as stranded there."""
    word, following = line.words[index], line.words[index + 1 : index + 3]
    if not following or following[0] not in word_set("figures", "wait_places"):
        return None
    is_wait = word in word_set("figures", "waits") and following[-1] not in word_set("figures", "idle_waits")
    is_gathered = word in word_set("figures", "gathers") and barrier_end(line, index + 1) is not None
    if not (is_wait or is_gathered):
        return None
    rule = f"figures.yaml waits: '{word}'" if is_wait else f"figures.yaml gathers: '{word}', at a barrier"
    return StatusCue("stranded", index, index + 1, is_finite=True, rule=rule)


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


def _object_of(line: Line, number: NumberSpan, key: str) -> StatusCue | None:
    """Return the cue whose object the number is: "killed at least 20 people", "displacement of 300"."""
    index, table = number.opening, tables(key).before
    for _ in range(LIGHT_REACH):
        found = table.before(line.words, index) if index else None
        if found and not (_is_passive(line, found[0]) and line.words[index - 1] not in ("of", "to")):
            rule = f"{entry(key, found[1], 'before', line.words[found[0] : index])}, before its number"
            return cue_of(found[1], found[0], index, key, rule, is_before=True, is_finite=True)
        if not index or not is_light(line.words[index - 1]):
            break
        index -= 1
    return None


def _is_passive(line: Line, first: int) -> bool:
    if line.words[first].endswith("ing"):
        return False
    return any(word in ("was", "were", "been", "being", "are", "is") for word in line.words[max(0, first - 2) : first])


def _modifier(line: Line, number: NumberSpan, counted: Counted, key: str) -> StatusCue | None:
    """Return a cue between the number and its noun: "200 newly displaced people", "452 displaced"."""
    table = tables(key).after
    for index in range(number.after, min(counted.end, len(line.words))):
        found = table.at(line.words, index)
        if found and found[0] <= max(counted.end, index + 1):
            rule = f"{entry(key, found[1], 'after', line.words[index : found[0]])}, between number and noun"
            return cue_of(found[1], index, found[0], key, rule)
    return None


def _subject_of(line: Line, counted: Counted, stop: int, key: str) -> StatusCue | None:
    """Return the cue whose subject the number is: "300 people were evacuated", "people displaced by floods"."""
    found: list[StatusCue] = []
    reach = BARE_REACH if counted.sort == "elided" and not _opens_relative(line, counted) else REACH
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
        shelter = venue(line, cue.last - 1) if cue and cue.status == "sheltered" else None
        found += [shelter] if shelter else []
        index = cue.last if cue and not cue.is_weak else index + 1
        seen += 1
    return _of_main_clause(line, counted, found) or _chosen(found)


def _of_main_clause(line: Line, counted: Counted, found: list[StatusCue]) -> StatusCue | None:
    """Return the verb behind a relative clause with a verb of its own: "900 of those who had fled X returned"."""
    if len(found) < 2 or not _is_relative(line, counted, found[0]):
        return None
    for cue in found[1:]:
        if any(word in word_set("figures", "relative_ends") for word in line.words[found[0].last : cue.first]):
            return None
        if cue.is_finite and cue.status != found[0].status:
            return cue
    return None


def _opens_relative(line: Line, counted: Counted) -> bool:
    return line.words[counted.end : counted.end + 1] in (("who",), ("that",))


def _is_of_place(line: Line, index: int) -> bool:
    """Whether a word may tell which place was left: "who had fled Azaz", "who fled their homes"."""
    told = word_set("grammar", "determiners") | word_set("figures", "left_places")
    return line.texts[index][0].isupper() or line.words[index] in told


def _is_relative(line: Line, counted: Counted, cue: StatusCue) -> bool:
    plain = word_set("grammar", "adverbs", "auxiliaries")
    between = line.words[counted.end + 1 : cue.first]
    return _opens_relative(line, counted) and all(word in plain for word in between)


def _behind_aside(line: Line, index: int, edge: int) -> int | None:
    """Return where the sentence goes on behind an aside in brackets or a pair of dashes that opens at a token."""
    word = line.words[index]
    if part := part_aside(line, index):
        return part
    is_guess = word == "," and line.words[min(index + 1, len(line.words) - 1)] in word_set("figures", "guesses")
    if word not in ASIDES or (word == "," and not is_guess):
        return None
    reach = range(index + 1, min(len(line.words), index + ASIDE_WORDS))
    closing = next((i for i in reach if line.words[i] == ASIDES[word]), None)
    if word == "(":
        return (index if closing is None else closing) + 1
    return closing + 1 if closing is not None and closing < edge else None


def part_aside(line: Line, index: int) -> int | None:
    """Return where the sentence goes on behind ", including 11 children," where its verb follows, or None."""
    if line.words[index : index + 1] != (",",) or index + 1 >= len(line.words):
        return None
    if line.words[index + 1] not in word_set("figures", "part_openers"):
        return None
    verbs = word_set("grammar", "auxiliaries") | cue_words()
    for closing in range(index + 2, min(len(line.words) - 1, index + ASIDE_WORDS)):
        if line.words[closing] in (";", ".", "(", ":"):
            return None
        if line.words[closing] == "," and line.words[closing + 1] in verbs:
            return closing + 1
    return None


def _ends_clause(line: Line, index: int, counted: Counted, has_cue: bool) -> bool:
    word = line.words[index]
    if word in (";", ":", ".", "—", "–"):
        return True
    if counted.sort == "elided":
        is_plain = word in word_set("grammar", "auxiliaries", "adverbs") or word in ("to", "had", "who", "were")
        is_left = has_cue and _opens_relative(line, counted) and _is_of_place(line, index)
        return not is_plain and not is_left and word not in word_set("figures", "causes")
    if word == "as":
        return line.words[index + 1 : index + 2] != ("of",)
    if word == ",":
        return has_cue
    return word in ("when", "because", "while", "whereas", "after", "if", "unless", "but", "where", "whose", "than")


def _at(line: Line, index: int, counted: Counted, key: str) -> StatusCue | None:
    heading = _heading(line, index, counted) if key == "status" else None
    if heading:
        return heading
    found = tables(key).after.at(line.words, index)
    if found:
        if _is_active(line, index, found[0], key):
            return None
        before = line.words[max(0, index - 3) : index]
        is_finite = any(word in PASSIVE for word in before) or found[1] in ("fled", "returned", "arrived")
        rule = f"{entry(key, found[1], 'after', line.words[index : found[0]])}, behind its number"
        return cue_of(found[1], index, found[0], key, rule, is_finite=is_finite)
    if key != "status":
        return None
    if leaving := _leaving(line, index):
        return leaving
    return _waiting(line, index) or (venue(line, index) if counted.sort != "elided" else None)


def _heading(line: Line, index: int, counted: Counted) -> StatusCue | None:
    """Return people who go towards a place, or are going to a named one, as fled: a direction is no arrival."""
    if line.words[index] not in word_set("figures", "goings"):
        return None
    if _is_going_to(line, index) and counted.group != "combatant":
        rule = f"figures.yaml goings: '{line.words[index]}' to a named place"
        return StatusCue("fled", index, index + 1, is_finite=True, rule=rule)
    near = line.words[index + 1 : index + 3]
    end = next((index + 2 + n for n, word in enumerate(near) if word in word_set("figures", "directions")), None)
    is_direct = end == index + 2 or (end is not None and near[0] in word_set("grammar", "adverbs") | {"away", "on"})
    if end is None or not is_direct:
        return None
    rule = f"figures.yaml goings and directions: '{line.words[index]}' '{line.words[end - 1]}'"
    return StatusCue("fled", index, end - 1, is_finite=True, rule=rule)


def _is_going_to(line: Line, index: int) -> bool:
    """Whether somebody is going to a place with a name: "were moving to Ostria", not "were moving to secure"."""
    is_going = line.words[index].endswith("ing") and line.words[index] != "going"
    is_going = is_going and line.words[index - 1] in ("are", "were", "been")
    to = line.words[index + 1 : index + 2] in (("to",), ("into",)) and index + 2 < len(line.words)
    return is_going and to and line.texts[index + 2][0].isupper()


def _leaving(line: Line, index: int) -> StatusCue | None:
    """Return people who leave a place or their homes as fled; "left 12 dead" and "left for work" are none."""
    if line.words[index] not in word_set("figures", "leaves") or index + 1 >= len(line.words):
        return None
    following = line.texts[index + 1]
    is_named = following[0].isupper() and following.lower() not in word_set("times", "weekdays")
    near = line.words[index + 1 : index + 4]
    is_home = near[0] in word_set("grammar", "determiners") and any(
        w in word_set("figures", "left_places") for w in near
    )
    return StatusCue("fled", index, index + 1, is_finite=True) if is_named or is_home else None


def _is_active(line: Line, first: int, last: int, key: str) -> bool:
    """Whether the verb has an object of its own: "20 fighters killed 30 villagers" tells nothing of the fighters."""
    if last >= len(line.words) or not tables(key).before.at(line.words, first):
        return False
    if any(word in PASSIVE for word in line.words[max(0, first - 2) : first]):
        return False
    word = line.words[last]
    return (
        word[0].isdecimal()
        or word in word_set("grammar", "determiners")
        or (word in ("at", "more") and (line.words[last + 1 : last + 2] in (("least",), ("than",))))
    )


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
