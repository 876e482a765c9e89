"""Who leaves in a withdrawal that is a noun: 'the withdrawal of X from Y', 'completed the withdrawal of its forces'."""

from __future__ import annotations

from tidings.evidence.extract.clause_parts import Line, acting, clause_start, only_party_before
from tidings.evidence.extract.event_lexicon import TriggerSense
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrasebook import load_lexicon

LEAVER_REACH = 7
"""Words behind 'of' among which who leaves is named: 'of all the remaining Russian troops'."""
OWNERS = frozenset(["its", "their"])


def withdrawn(line: Line, last: int, end: int, sense: TriggerSense) -> list[Mention]:
    """Return who is withdrawn, behind the 'of' of a noun whose words end at `last`; nobody where no party is.

    Parameters
    ----------
    line
        The sentence.
    last, end
        The words behind the noun and behind its clause.
    sense
        What the noun tells.
    """
    words = line.words
    if sense.type != "retreat" or last >= end or words[last].key != "of":
        return []
    near = range(last + 1, min(end, last + 1 + LEAVER_REACH))
    stop = next((at for at in near if words[at].key in ("from", "to", ",")), near.stop)
    owned = next((at for at in range(last + 1, stop) if words[at].key in OWNERS), None)
    if owned is None:
        return acting(line, last + 1, stop)[:1]
    if not any(words[at].key in load_lexicon("parties")["own_troops"] for at in range(owned, stop)):
        return []
    own = acting(line, clause_start(words, owned), owned)
    return own if len(own) == 1 else only_party_before(line, owned)
