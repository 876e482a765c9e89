"""Words of passive speech: the "by" of who says it, and the joints before what is said."""

from __future__ import annotations

from tidings.evidence.extract.clauses import has_verb, is_mark
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line

Tokens = tuple[int, int]
AGENT_REACH = 5
"""Words between a verb of speech and its "by": "announced on Monday by"."""
ADDED_REACH = 14
"""Words of an agent's name and description."""
CHARGE_JOINTS = ("of", "for", "over")


def agent_of(line: Line, verb: int) -> int | None:
    """Return the "by" behind the passive verb of speech at a token: "was announced (on Monday) by", or None."""
    before = verb
    while before and line.words[before - 1] in word_set("grammar", "adverbs") - word_set("grammar", "be"):
        before -= 1
    is_full = before > 0 and line.words[before - 1] in word_set("grammar", "be")
    if not (is_full or _is_bare(line, verb)) or line.words[verb].endswith("ing"):
        return None
    reach = range(verb + 1, min(verb + 1 + AGENT_REACH, len(line.words) - 1))
    by = next((i for i in reach if line.words[i] == "by"), None)
    if by is None or has_verb(line, verb + 1, by) or any(_parts(line.words[i]) for i in range(verb + 1, by)):
        return None
    return by


def _is_bare(line: Line, verb: int) -> bool:
    """Whether a participle stands without its 'be', as in a note: "Control claimed by X", "Losses denied by the Y"."""
    by = verb + 1
    is_named = by + 1 < len(line.words) and line.words[by] == "by" and line.texts[by + 1][0].isupper()
    return is_named and verb == 1 and not has_verb(line, 0, verb)


def _parts(word: str) -> bool:
    return word in (",", ";", ":", "(", "that", "as", "to") or is_mark(word)


def charge_at(line: Line, first: int, stop: int) -> int | None:
    """Return the "of" or "for" between who accuses and what of: "accused by the Office of X of shelling"."""
    reach = range(first + 1, min(first + ADDED_REACH, stop - 1))
    joints = [i for i in reach if line.words[i] in CHARGE_JOINTS]
    doing = next((i for i in joints if line.words[i + 1].endswith("ing")), None)
    return doing if doing is not None else next(reversed(joints), None)


def told_at(line: Line, last: int, stop: int) -> int | None:
    """Return the "that" or "to" behind an agent and a time, at which begins what is said, or None.

    What is told of the agent between commas is passed: "said by X, a farmer from Y, that".
    """
    last = _behind_aside(line, last, stop)
    for index in range(last, min(last + AGENT_REACH, stop)):
        if line.words[index] in ("that", "to"):
            return index
        if _parts(line.words[index]):
            return None
    return None


def _behind_aside(line: Line, first: int, stop: int) -> int:
    if first >= stop or line.words[first] != ",":
        return first
    close = next((i for i in range(first + 1, min(first + ADDED_REACH, stop)) if line.words[i] == ","), None)
    return close + 1 if close is not None else first


def quoting(line: Line, first: int, last: int) -> tuple[int, int] | None:
    """Return "as" and "by" of a cue like "quoted by X as saying": `by` is -1 where there is none; None for others."""
    joint = next((i for i in range(first + 1, last) if line.words[i] == "as"), None)
    if joint is None or last - joint != 2:
        return None
    inside = next((i for i in range(first + 1, joint) if line.words[i] == "by"), None)
    behind = last if line.words[last : last + 1] == ("by",) else -1
    return joint, behind if inside is None else inside


def is_quoted(line: Line, first: int) -> bool:
    """Whether the participle at a token is passive: "the mayor was quoted", not "the Daily quoted"."""
    while first and line.words[first - 1] in word_set("grammar", "adverbs") - word_set("grammar", "be"):
        first -= 1
    return first > 0 and line.words[first - 1] in word_set("grammar", "be")


def quoted_by(line: Line) -> list[int]:
    """Return where X begins in each "(as) quoted by X" that stands beside a speech and is none of its own."""
    relaying = word_set("attributions", "relaying")
    return [
        i + 2 for i in range(1, len(line.words) - 2)
        if line.words[i] in relaying and line.words[i + 1] == "by" and not is_quoted(line, i)
        and "as" not in line.words[i + 2 : i + 8]
    ]  # fmt: skip
