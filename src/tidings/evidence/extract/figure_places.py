"""Where the people of a figure come from, go to and are: by the prepositions before the places of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrases import Line

Role = Literal["origin", "destination", "at"]
LEFT_REACH = 9
"""Words between a preposition and the name that it governs: 'to the northern outskirts of the town of'."""
MOVES = frozenset(["fled", "arrived", "displaced", "evacuated", "stranded"])
CAUSE_REACH = 8
"""Words between a cause and the number of people whom it moves."""
STRIKE_REACH = 24
"""Words between a strike and what it causes."""
HOST_REACH = 14
"""Words between a host and the number that it hosts."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Place ids by role."""

    origin: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    at: tuple[str, ...] = ()


def whereabouts(
    line: Line,
    mentions: Sequence[Mention],
    region: tuple[int, int],
    cover: tuple[int, int],
    status: str,
    is_hosted: bool,
) -> Whereabouts:
    """Tell the places of a figure apart by role.

    Parameters
    ----------
    line
        The sentence.
    mentions
        Places named in it, speakers' places left out.
    region
        Tokens that belong to the figure: up to the next figure's words.
    cover
        Tokens of the number and of the words that give its status.
    status
        The figure's status: people who fled *in* a place came from there; who arrived *in* it, went there.
    is_hosted
        Whether a place is the subject of the status: "Turkey shelters 900 people".
    """
    near = [m for m in mentions if region[0] <= line.index(m.start) < region[1] and not _is_within(m, mentions)]
    struck = _struck(line, near, cover[0]) if status in MOVES else ()
    roles: list[tuple[Role, str]] = []
    before: Role | None = None
    for mention in near:
        before = _role(line, mention, near, before)
        is_struck = mention in struck
        role = "origin" if is_struck else _by_status(before, status, is_before=line.index(mention.start) < cover[0])
        if role:
            roles.append((role, mention.id))
    if is_hosted and not any(role == "at" for role, _ in roles):
        roles += [("at", mention.id) for mention in _host(line, mentions, cover[0])]
    if not roles:
        role = _by_status("at", status, is_before=True)
        roles += [(role, mention.id) for mention in _antecedent(line, mentions, cover[0]) if role]
    return Whereabouts(
        *(tuple(dict.fromkeys(i for r, i in roles if r == name)) for name in ("origin", "destination", "at"))
    )


def _antecedent(line: Line, mentions: Sequence[Mention], first: int) -> list[Mention]:
    """Return the place that a "where" before a number stands for: "Zeta, where 900 people live"."""
    reach = range(first - 1, max(0, first - LEFT_REACH), -1)
    where = next((i for i in reach if line.words[i] in ("where", ",", ";")), None)
    if where is None or line.words[where] != "where":
        return []
    last = where - 1 if line.words[where - 1] == "," else where
    return [m for m in mentions if last and m.end == line.tokens[last - 1].end and not _is_within(m, mentions)]


def _struck(line: Line, near: Sequence[Mention], first: int) -> tuple[Mention, ...]:
    """Return the places whose shelling drove the people out: "shelling of towns north of X, A and B, brought ..."."""
    strikes, causes = word_set("figures", "strikes"), word_set("figures", "causes")
    cause = next((i for i in range(first - 1, max(-1, first - CAUSE_REACH), -1) if line.words[i] in causes), None)
    if cause is None:
        return ()
    strike = next((i for i in range(cause - 1, max(-1, cause - STRIKE_REACH), -1) if line.words[i] in strikes), None)
    if strike is None or line.words[strike + 1] not in word_set("figures", "strike_prepositions"):
        return ()
    hit = [m for m in near if strike < line.index(m.start) < cause]
    return tuple(m for m in hit if not _is_reference(line, m))


def _is_reference(line: Line, mention: Mention) -> bool:
    """Whether a name only tells where another place lies: "northwest of X", "near X"."""
    first = line.index(mention.start)
    before, farther = line.words[max(0, first - 1) : first], line.words[max(0, first - 2) : max(0, first - 1)]
    if before and before[0] in ("near", "outside", "beyond"):
        return True
    return before == ("of",) and bool(farther) and farther[0].endswith(("north", "south", "east", "west", "outside"))


def _is_within(mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a name is part of a longer one: "Zetaland" in "the Zetaland border"."""
    return any(m.start <= mention.start and mention.end <= m.end and m.end - m.start > mention.end - mention.start
               for m in mentions)  # fmt: skip


def _by_status(role: Role | None, status: str, *, is_before: bool) -> Role | None:
    if role == "at" and status in ("fled",) and is_before:
        return "origin"
    return "destination" if role == "at" and status == "arrived" else role


def _role(line: Line, mention: Mention, near: Sequence[Mention], before: Role | None) -> Role | None:
    """Return the role that the words before a name give it; a name in a list has the role of the one before it."""
    first = line.index(mention.start)
    last = line.index(max(mention.start, mention.end - 1)) + 1
    if line.words[last - 1].endswith("'s") and last < len(line.words) and line.words[last][0].isdigit():
        return "at"
    for index in range(first - 1, max(-1, first - LEFT_REACH), -1):
        word = line.words[index]
        role = _of_preposition(line, index)
        if word == "with" and index and line.words[index - 1] in word_set("figures", "barriers"):
            return None
        if role:
            return None if word == "in" and index and _ends_at(line, near, index) else role
        if word in (",", "and", "or", "&") and _ends_at(line, near, index):
            return before
        if word in (",", ";", "(", "—", "–", ".") or word in word_set("figures", "stops_at"):
            return None
        if is_verb_like(word) or word in word_set("figures", "leaving_verbs"):
            return _of_verb(line, index)
    return None


def _ends_at(line: Line, near: Sequence[Mention], index: int) -> bool:
    """Whether another name ends just before a joint of a list."""
    previous = index - 1 if index and line.words[index - 1] == "," else index
    end = line.tokens[previous - 1].end if previous else -1
    return any(mention.end == end or mention.end + 2 == end for mention in near)


def _of_preposition(line: Line, index: int) -> Role | None:
    word = line.words[index]
    if word == "from" or (word == "of" and line.words[max(0, index - 1)] in ("out", "outside")):
        return "origin"
    if word in word_set("figures", "destination_prepositions"):
        return "destination"
    return "at" if word in word_set("figures", "at_prepositions") else None


def _of_verb(line: Line, index: int) -> Role | None:
    word = line.words[index]
    if word in word_set("figures", "leaving_verbs"):
        return "origin"
    return "destination" if word in word_set("figures", "reaching_verbs") else None


def _host(line: Line, mentions: Sequence[Mention], first: int) -> list[Mention]:
    """Return the place nearest before a number that no possessive makes a mere owner."""
    before = [m for m in mentions if first - HOST_REACH <= line.index(m.start) < first]
    plain = [m for m in before if not line.words[line.index(m.end - 1)].endswith("'s")]
    return plain[-1:] if plain else []
