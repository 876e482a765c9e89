"""Whose 'his troops' are: those of the body for which their speaker speaks, 'Army chief X said his troops had left'."""

from __future__ import annotations

from functools import cache

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrasebook import load_lexicon

OWNERS = frozenset(["his", "her", "its", "their"])
NEAR = 4
"""Words of those troops: 'his own remaining troops'."""
SPEAKING_REACH = 8
"""Words between a verb of speech and what is said: 'confirmed on Monday evening that'."""


def own_troops(line: Line, verb: int, armed: frozenset[str]) -> tuple[Mention, ...]:
    """Return the armed party whose troops are the subject of a verb, where a speaker tells of his own.

    Parameters
    ----------
    line
        The sentence.
    verb
        The word that tells what they did.
    armed
        Parties that fight.
    """
    words = line.words
    troops = verb - 1
    while troops > 0 and words[troops].key in event_words("verb_openers"):
        troops -= 1
    if troops < 2 or words[troops].key not in load_lexicon("parties")["own_troops"]:
        return ()
    near = range(troops - 1, max(0, troops - 1 - NEAR), -1)
    owner = next((at for at in near if words[at].key in OWNERS), None)
    if owner is None:
        return ()
    spoken = range(owner - 1, max(0, owner - 1 - SPEAKING_REACH), -1)
    said = next((at for at in spoken if words[at].key in _says()), None)
    named = [party for party in line.party_in(0, said) if party.id in armed] if said else []
    meant = [party for party in named if not _is_beside(line, party)]
    return tuple(meant[-1:])


def _is_beside(line: Line, party: Mention) -> bool:
    """Whether a party only stands beside who speaks: 'after talks with X', but not 'the commander of X'."""
    at = line.word_at(party.start) - 1
    at -= at > 0 and line.words[at].key == "the"
    return at >= 0 and line.words[at].key in word_set("grammar", "prepositions") - {"of"}


@cache
def _says() -> frozenset[str]:
    verbs: dict[str, list[str]] = lexicon("attributions")["verbs"]
    return frozenset(verb for kind in ("clause", "strict", "object") for verb in verbs[kind])
