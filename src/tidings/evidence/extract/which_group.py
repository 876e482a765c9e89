"""Which party 'the group', 'it' or 'they' is: the only one told of just before, or who did what it is told to do.

Where two are possible nobody can tell: no party is better than a wrong one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tidings.evidence.extract.event_lexicon import triggers
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.party_names import Sense
from tidings.evidence.extract.words import Document, Word

ACT_REACH = 5
"""Words around 'the group' among which a noun tells what it did: 'the first withdrawal by the group'."""
Told = tuple[int, Sense]
"""Where a party is named, and the party."""


def group_meant(document: Document, sentence: int, at: int, end: int, named: Sequence[Told]) -> Sense | None:
    """Return the party that a common noun in words[at:end] of a sentence stands for, or None.

    Parameters
    ----------
    document
        The report.
    sentence
        The number of the sentence.
    at, end
        The words of the noun.
    named
        Parties that it can stand for by their kind, and where they are named, in order.
    """
    words = document.words[sentence]
    behind = bisect_left(named, words[at].start, key=lambda told: told[0])
    if not behind:
        return None
    nearest = document.sentence_at(named[behind - 1][0]).number
    opening = min(max(0, sentence - 1), nearest)
    first = bisect_left(named, document.sentences[opening].start, key=lambda told: told[0])
    near = named[first:behind]
    if len({sense.id for _, sense in near}) == 1:
        return near[-1][1]
    doers = list(_doers(document, range(opening, nearest + 1), _own_acts(words, at, end), words[at].start, near))
    return doers[0] if len({sense.id for sense in doers}) == 1 else None


def _own_acts(words: Sequence[Word], at: int, end: int) -> frozenset[str]:
    """Return what a noun beside 'the group' tells that it did: 'a withdrawal by the group', 'the group's retreat'."""
    if words[end - 1].is_possessive:
        near = range(end, min(len(words), end + ACT_REACH))
    elif at > 1 and words[at - 2].key in ("by", "of"):
        near = range(max(0, at - 2 - ACT_REACH), at - 2)
    else:
        return frozenset()
    found = (triggers().at(words, n) for n in near)
    return frozenset(sense.type for each in found if each for sense in each[1] if sense.form is None)


def _doers(
    document: Document, sentences: range, acts: frozenset[str], before: int, named: Sequence[Told]
) -> Iterator[Sense]:
    """Yield who is named last before each verb that tells one of these acts."""
    for number in sentences if acts else ():
        words = document.words[number]
        verbs = (
            first for first, _, senses in triggers().all_in(words)
            if words[first].start < before and any(s.type in acts and s.form is not None for s in senses)
        )  # fmt: skip
        for verb in verbs:
            own = [sense for offset, sense in named if words[0].start <= offset < words[verb].start]
            yield from own[-1:]


def pronoun_party(words: Sequence[Word], named: Sequence[Mention], *, is_plural: bool) -> tuple[str, ...]:
    """Return the id of the party of a sentence that a later 'they' or 'it' stands for: the one that fits, or none.

    Parameters
    ----------
    words
        The sentence.
    named
        Parties in it that may be meant.
    is_plural
        'they' is fighters, forces or rebels before it is an army; 'it' is an army before it is its fighters.
    """
    last_words = {word.end: word for word in words}
    fitting = {each.id for each in named if _is_plural(last_words.get(each.end)) == is_plural}
    possible = fitting or {each.id for each in named}
    return tuple(possible) if len(possible) == 1 else ()


def _is_plural(word: Word | None) -> bool:
    """Whether a party is told by those who belong to it; a name in capitals ends in any letter: 'the SAS'."""
    return word is not None and word.text[-1].islower() and word.key.endswith(("s", "men"))
