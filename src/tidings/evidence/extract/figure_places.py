"""Where the people of a figure come from, go to and are: by the prepositions before the places of its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.trail import Because

Role = Literal["origin", "destination", "at"]
ROLES: tuple[Role, ...] = ("origin", "destination", "at")
LEFT_REACH = 9
"""Words between a preposition and the name that it governs: 'to the northern outskirts of the town of'."""
MOVES = frozenset(["fled", "arrived", "displaced", "evacuated", "stranded"])
MOVED = {"fled": "fled", "evacuated": "were evacuated"}
OWNER = "figure_places: its name owns the number"
CAUSE_REACH = 8
"""Words between a cause and the number of people whom it moves."""
STRIKE_REACH = 24
"""Words between a strike and what it causes."""
LABEL_REACH = 14
"""Words between a label and the number that it labels."""
HOST_REACH = 14
"""Words between a host and the number that it hosts."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Place ids by role."""

    origin: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    placings: tuple[Placing, ...] = field(default=(), compare=False)
    """What gave each place its role."""

    def why(self, place: str) -> tuple[Because, ...]:
        """Return what gave a place its role."""
        return tuple(placing.why for placing in self.placings if placing.place == place)


class Placing(NamedTuple):
    """A place's role in a figure and what gave it."""

    role: Role
    place: str
    why: Because


class _Sign(NamedTuple):
    """The token before a name that tells its role."""

    role: Role
    rule: str
    at: int


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
    placings: list[Placing] = []
    before: _Sign | None = None
    for mention in near:
        before = _role(line, mention, near, before)
        sign = _by_status(before, status, is_before=line.index(mention.start) < cover[0])
        if mention in struck:
            placings.append(
                _placing(line, mention, _Sign("origin", "figures.yaml strikes: what drove them out hit it", -1))
            )
        elif sign:
            placings.append(_placing(line, mention, sign))
    if is_hosted and not any(placing.role == "at" for placing in placings):
        host = _Sign("at", "figure_places: the place before the number that hosts its people", -1)
        placings += [_placing(line, mention, host) for mention in _host(line, mentions, cover[0])]
    if not placings and (
        sign := _by_status(_Sign("at", "figure_places: a 'where' stands for it", -1), status, is_before=True)
    ):
        placings += [_placing(line, mention, sign) for mention in _antecedent(line, mentions, cover[0])]
    if not placings and (
        sign := _by_status(_Sign("at", "figure_places: the label before it", -1), status, is_before=True)
    ):
        placings += [_placing(line, mention, sign) for mention in _label(line, mentions, cover[0])]
    return _whereabouts(placings)


def _label(line: Line, mentions: Sequence[Mention], first: int) -> list[Mention]:
    """Return the place that labels a number: "Zeta: 900 displaced, Orlo: 300", "Zeta | 900"."""
    for mark in range(first - 1, max(0, first - LABEL_REACH), -1):
        if line.words[mark] in (";", ".", "!", "?"):
            return []
        if line.words[mark] not in (":", "|"):
            continue
        named = [m for m in mentions if m.end == line.tokens[mark - 1].end]
        before = line.words[max(0, line.index(named[0].start) - 1)] if named else ""
        is_label = bool(named) and (line.index(named[0].start) == 0 or not before[0].isalnum() or before == "and")
        return named[:1] if is_label else []
    return []


def _whereabouts(placings: Sequence[Placing]) -> Whereabouts:
    by_role: dict[Role, dict[str, None]] = {role: {} for role in ROLES}
    for placing in placings:
        by_role[placing.role][placing.place] = None
    origin, destination, at = (tuple(by_role[role]) for role in ROLES)
    return Whereabouts(origin, destination, at, tuple(placings))


def _placing(line: Line, mention: Mention, sign: _Sign) -> Placing:
    start = line.tokens[sign.at].start if 0 <= sign.at < line.index(mention.start) else mention.start
    return Placing(sign.role, mention.id, Because(sign.rule, start, mention.end))


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


def _by_status(sign: _Sign | None, status: str, *, is_before: bool) -> _Sign | None:
    if sign is None or sign.role != "at":
        return sign
    is_owner = sign.rule == OWNER and status in ("fled", "evacuated")
    if is_owner or (status in ("fled",) and is_before):
        return sign._replace(role="origin", rule=f"{sign.rule}; who {MOVED[status]}, {MOVED[status]} from there")
    is_reached = status == "arrived"
    return sign._replace(role="destination", rule=f"{sign.rule}; who arrived, arrived there") if is_reached else sign


def _role(line: Line, mention: Mention, near: Sequence[Mention], before: _Sign | None) -> _Sign | None:
    """Return the role that the words before a name give it; a name in a list has the role of the one before it."""
    first = line.index(mention.start)
    last = line.index(max(mention.start, mention.end - 1)) + 1
    if line.words[last - 1].endswith("'s") and last < len(line.words) and line.words[last][0].isdecimal():
        return _Sign("at", OWNER, first)
    for index in range(first - 1, max(-1, first - LEFT_REACH), -1):
        word = line.words[index]
        role = _of_preposition(line, index)
        if word == "with" and index and line.words[index - 1] in word_set("figures", "barriers"):
            return None
        if role:
            return None if word == "in" and index and _ends_at(line, near, index) else role
        if word in (",", "and", "or", "&") and _ends_at(line, near, index):
            return (
                before._replace(rule=f"{before.rule.partition(', in a list')[0]}, in a list", at=-1) if before else None
            )
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


def _of_preposition(line: Line, index: int) -> _Sign | None:
    word = line.words[index]
    if word == "from" or (word == "of" and line.words[max(0, index - 1)] in ("out", "outside")):
        return _Sign("origin", f"figure_places: '{word}' before it", index)
    if word in word_set("figures", "destination_prepositions"):
        return _Sign("destination", f"figures.yaml destination_prepositions: '{word}' before it", index)
    if word == "of" and index and line.words[index - 1] == "population":
        return _Sign("at", "figure_places: the 'population of' it", index)
    is_at = word in word_set("figures", "at_prepositions")
    return _Sign("at", f"figures.yaml at_prepositions: '{word}' before it", index) if is_at else None


def _of_verb(line: Line, index: int) -> _Sign | None:
    word = line.words[index]
    if word in word_set("figures", "leaving_verbs"):
        return _Sign("origin", f"figures.yaml leaving_verbs: '{word}' before it", index)
    is_reached = word in word_set("figures", "reaching_verbs")
    return _Sign("destination", f"figures.yaml reaching_verbs: '{word}' before it", index) if is_reached else None


def _host(line: Line, mentions: Sequence[Mention], first: int) -> list[Mention]:
    """Return the place nearest before a number that no possessive makes a mere owner."""
    before = [m for m in mentions if first - HOST_REACH <= line.index(m.start) < first]
    plain = [m for m in before if not line.words[line.index(m.end - 1)].endswith("'s")]
    return plain[-1:] if plain else []
