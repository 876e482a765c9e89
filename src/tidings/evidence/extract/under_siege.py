"""Towns 'under an army blockade', 'under a tight siege', and who 'has' or 'keeps' a town under siege."""

from __future__ import annotations

from tidings.evidence.extract.clause_parts import place_before, subject
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.lexicons import word_set

REACH = 6
"""Words before a siege within which 'under' stands: 'under a tight Rapid Support Forces siege'."""
HOLDING = frozenset(
    ["have", "has", "had", "keep", "keeps", "kept", "hold", "holds", "held", "put", "puts", "place", "placed"]
)


def under_siege(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """Read 'X is under an army blockade' and 'the army has X under siege'."""
    line, words = reading.line, reading.line.words
    under = next((n for n in range(first - 1, max(-1, first - REACH), -1) if words[n].key == "under"), None)
    if under is None or under < 2:
        return None
    if any(
        is_verb_like(word.key) or word.key in word_set("grammar", "prepositions") for word in words[under + 1 : first]
    ):
        return None
    whose = tuple(line.party_in(under + 1, first))
    helpers = event_words("between", "verb_openers") - event_words("be")
    before = under - 1
    while before > 0 and words[before].key in helpers - {"been", "being", "is", "are", "was", "were"}:
        before -= 1
    if words[before].key in event_words("be"):
        places = place_before(line, before, reading.is_area)
        return Told(sense, first, last, whose, (), tuple(places), how="noun") if places else None
    beside = [
        place for place in line.place_in(0, under) if place.end == words[under - 1].end and reading.is_area(place)
    ]
    verb = line.word_at(beside[-1].start) - 1 if beside else -1
    while verb > 0 and words[verb].key in ("the", "town", "city", "village", "of"):
        verb -= 1
    if not beside or verb < 1 or words[verb].key not in HOLDING:
        return None
    return Told(sense, first, last, whose or tuple(subject(line, verb)), (), (beside[-1],))
