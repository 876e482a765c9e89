"""Who acts in an event, and on whom: subjects and objects of its verb, and who agrees to what a noun tells."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.claims_of_others import claimant
from tidings.evidence.extract.clause_parts import Line, acting, is_passive, main_subject, subject
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.words import Word

BESIDE = frozenset(["under", "by", "from", "amid", "despite", "alongside", "for", "beside", "during", "after", "as"])
"""Behind these stands who helps or when, never whom a verb acts on."""
CHARGE_REACH = 14
"""Words between a charge and what it is about: 'accused by a long name of shelling'."""
PRONOUNS = frozenset(["it", "them", "him", "her"])


def subject_of(line: Line, first: int, sense: TriggerSense) -> tuple[Mention, ...]:
    """Return the subject of a verb; a participle has that of its neighbour or, behind a comma, of its clause."""
    if (claiming := claimant(line, first)) is not None:
        return tuple(claiming)
    if sense.form == "ing" and first:
        beside = [party for party in line.parties if party.end == line.words[first - 1].end]
        of = _skip_adverbs(line.words, first - 1)
        if of > 0 and line.words[of].key in ("of", "for", "from"):
            if line.words[of - 1].key in PRONOUNS:
                return _before_speaker(line, of - 1)
            beside = [party for party in line.parties if party.end == line.words[of - 1].end]
        accused = accused_before(line, first)
        if accused or beside:
            return accused or tuple(beside[-1:])
        if line.words[first - 1].text == ",":
            return tuple(main_subject(line, first))
    if sense.form == "base" and (seen := _seen_doing(line, first)):
        return seen
    if sense.form == "base" and first and line.words[first - 1].key == "to":
        asked = [party for party in line.parties if first > 1 and party.end == line.words[first - 2].end]
        return tuple(asked[-1:] or main_subject(line, first))
    return tuple(subject(line, first))


def _seen_doing(line: Line, first: int) -> tuple[Mention, ...]:
    """Return who is right before a bare verb: the fighters of 'residents saw fighters capture X'."""
    near = [party for party in line.parties if party.end <= line.words[first].start]
    if len(near) < 2:
        return ()
    between = [word.key for word in line.words if near[-1].end <= word.start and word.end <= line.words[first].start]
    return (near[-1],) if all(key in load_lexicon("parties")["troops_of_nobody"] for key in between) else ()


def accused_before(line: Line, first: int) -> tuple[Mention, ...]:
    """Return who is said to do what a word tells, in 'X was accused by Y of doing it'; empty where nobody is."""
    joint = _skip_adverbs(line.words, first - 1)
    if joint < 1 or line.words[joint].key not in ("of", "for", "over"):
        return ()
    charges = load_lexicon("attributions")["verbs"]["accuse"]
    reach = range(joint - 1, max(0, joint - CHARGE_REACH), -1)
    verb = next((n for n in reach if line.words[n].key in charges), None)
    return tuple(subject(line, verb)) if verb is not None and is_passive(line.words, verb) else ()


def _before_speaker(line: Line, pronoun: int) -> tuple[Mention, ...]:
    """Return the party that an 'it' behind a verb stands for: the last one told before that verb's own subject."""
    acting_one = subject(line, pronoun)
    before = [party for party in line.parties if acting_one and party.end <= acting_one[0].start]
    return tuple(before[-1:])


def _skip_adverbs(words: Sequence[Word], at: int) -> int:
    return at - 1 if at > 0 and words[at].key.endswith("ly") else at


def direct_object(line: Line, first: int, last: int, actors: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the party that a verb acts on: the next one, no comma, 'under', 'by', 'from' or 'to help' before it.

    Who 'advanced on X to help Y' did nothing to Y.
    """
    if first < len(line.words) and line.words[first].key in PRONOUNS:
        return _before_speaker(line, first)
    stop = next((n for n in range(first, min(last, len(line.words))) if _ends_object(line.words, n, first)), last)
    named = [party for party in acting(line, first, stop) if party not in actors]
    return tuple(named[:1])


def _ends_object(words: Sequence[Word], at: int, first: int) -> bool:
    if at + 1 < len(words) and words[at].key == "to" and words[at + 1].key in event_words("helping"):
        return True
    return words[at].text == "," or words[at].key in BESIDE or (words[at].key == "with" and at > first)


def own_start(words: Sequence[Word], start: int, at: int) -> int:
    """Return where a main clause begins behind the one that opens its sentence: 'If X comes, Y will be taken'."""
    opener = words[start - 1].key if start else words[0].key
    is_condition = start == 0 and opener in word_set("modality", "inverted")
    if opener not in word_set("grammar", "subordinators") and not is_condition:
        return start
    return next((number + 1 for number in range(at - 1, start, -1) if words[number].text == ","), start)


def agreeing(line: Line, first: int) -> tuple[Mention, ...]:
    """Return who agrees to what a noun tells: 'X and Y have agreed to a ceasefire'."""
    near = range(first - 1, max(-1, first - 6), -1)
    verb = next((number for number in near if line.words[number].key in event_words("agreeing")), None)
    return tuple(subject(line, verb)) if verb is not None else ()
