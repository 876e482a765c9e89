"""Who speaks behind what is said without its comma: 'Rebels captured X officials said', 'They took X a medic said'."""

from __future__ import annotations

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.place_candidates import place_words

Tokens = tuple[int, int]
OBJECT_WORDS = frozenset(["the", "town", "city", "village", "and", "of"])
LONGEST_SPEAKER = 4
"""Words of such a speaker: 'a senior army officer'."""


def run_on_speaker(line: Line, phrase: Tokens) -> Tokens | None:
    """Return who speaks at the end of a phrase that holds a verb and its object; None where it holds none.

    Parameters
    ----------
    line
        The sentence.
    phrase
        The words before a verb of speech, as long as they could be its subject.
    """
    first, last = phrase
    if first and line.words[first - 1] in word_set("grammar", "relatives"):
        return None
    verb = next((n for n in range(last - 2, first - 1, -1) if is_verb_like(line.words[n])), None)
    if verb is None or verb == 0 or (verb == first and line.words[first - 1] not in word_set("grammar", "auxiliaries")):
        return None
    speaker = _speaker(line, verb, last)
    between = range(verb + 1, speaker) if speaker else range(0)
    is_named = any(line.texts[n][0].isupper() for n in between)
    plain = all(line.texts[n][0].isupper() or line.words[n] in OBJECT_WORDS for n in between)
    return (speaker, last) if speaker and is_named and plain and line.words[verb + 1] != "of" else None


def _speaker(line: Line, verb: int, last: int) -> int | None:
    """Return where the speaker begins: at his article, or at the people right behind a name."""
    near = range(last - 1, max(verb + 1, last - 1 - LONGEST_SPEAKER), -1)
    article = next((n for n in near if line.words[n] in ("the", "a", "an")), None)
    if article is not None:
        return article if article < last - 1 else None
    is_people = line.words[last - 1] in place_words("people_of")
    return last - 1 if is_people and line.texts[last - 2][0].isupper() else None
