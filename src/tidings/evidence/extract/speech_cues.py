"""Words that tell that somebody says something: verbs of speech, 'according to', 'was quoted as saying'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tidings.evidence.extract.clauses import is_mark
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line, Phrases

PASSIVE = frozenset(["was", "were", "been", "is", "are", "be", "being"])
NEGATED = frozenset(["not", "never", "didn't", "don't", "doesn't", "hasn't", "haven't", "to"])
QUOTED_REACH = 8
PUT_REACH = 10
"""Words between "put" and "at": 'put the number of people killed in Zeta at 40'."""


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens first..last tell a speech; `after` is where what is said may begin."""

    first: int
    last: int
    kind: str


def cues_in(line: Line, is_quoted: frozenset[int]) -> list[Cue]:
    """Return the cues of a sentence in order; words inside quotations are the speaker's own and give none."""
    found: list[Cue] = []
    starters = _starters()
    for index in [number for number, word in enumerate(line.words) if word in starters]:
        if index in is_quoted or (found and index < found[-1].last):
            continue
        cue = _phrase(line, index) or _put(line, index, found) or _verb(line, index)
        if cue:
            found.append(cue)
    return found


@cache
def _starters() -> frozenset[str]:
    """Return the words at which a cue may begin: most words of a sentence need no closer look."""
    return frozenset(["quoted", "at", *_according().by_first, *_kinds(), *lexicon("attributions")["puts"]])


@cache
def _according() -> Phrases[str]:
    return Phrases.of([(phrase, "according") for phrase in lexicon("attributions")["according"]])


@cache
def _kinds() -> dict[str, str]:
    table: dict[str, list[str]] = lexicon("attributions")["verbs"]
    views = [*lexicon("attributions")["views_as"], *lexicon("attributions")["views_direct"]]
    return dict.fromkeys(views, "view") | {verb: kind for kind, verbs in table.items() for verb in verbs}


def entry_of(kind: str, cue: str) -> str:
    """Return the entry of the lexicon by which the words of a cue tell a speech.

    Examples
    --------
    >>> entry_of("clause", "said"), entry_of("demand", "called for")
    ("attributions.yaml verbs clause: 'said'", "attributions.yaml verbs demand: 'called'")
    """
    verb = cue.partition(" ")[0]
    if kind in ("according", "citing"):
        return f"attributions.yaml according: '{cue}'"
    if kind == "put":
        return f"attributions.yaml puts: '{verb}'"
    if kind == "view":
        section = "views_as" if verb in word_set("attributions", "views_as") else "views_direct"
        return f"attributions.yaml {section}: '{verb}'"
    if _kinds().get(verb) is None:
        return "speech_cues: 'quoted' with 'as saying' or 'as telling'"
    return f"attributions.yaml verbs {kind}: '{verb}'"


def _phrase(line: Line, index: int) -> Cue | None:
    found = _according().at(line.words, index)
    if found:
        return Cue(index, found[0], "citing" if line.words[index] in ("citing", "quoting") else "according")
    if line.words[index] != "quoted":
        return None
    for end in range(index + 1, min(index + QUOTED_REACH, len(line.words) - 1)):
        if line.words[end] == "as" and line.words[end + 1] in ("saying", "telling"):
            return Cue(index, end + 2, "clause")
    return None


def _put(line: Line, index: int, found: list[Cue]) -> Cue | None:
    """Read "put the dead at 40", and without its verb the "at" of ", the army at 60" behind it."""
    if line.words[index] == "at" and found and found[-1].kind == "put":
        is_number = index + 1 < len(line.words) and line.words[index + 1][0].isdecimal()
        has_comma = "," in line.words[found[-1].last : index] or "and" in line.words[found[-1].last : index]
        return Cue(index, index + 1, "put") if is_number and has_comma else None
    if line.words[index] not in word_set("attributions", "puts") or index == 0:
        return None
    at = next((i for i in range(index + 1, min(index + PUT_REACH, len(line.words) - 1)) if line.words[i] == "at"), None)
    told = line.words[index + 1 : at]
    is_object = any(word in word_set("attributions", "put_objects") for word in told)
    return Cue(index, index + 1, "put") if at and is_object and _is_count(line, at + 1) else None


def _is_count(line: Line, first: int) -> bool:
    """Whether a number follows within its hedges: "at more than 40"."""
    return any(word[0].isdecimal() or word in lexicon("numbers")["small"] for word in line.words[first : first + 4])


def _verb(line: Line, index: int) -> Cue | None:
    word = line.words[index]
    kind = _kinds().get(word)
    if kind is None or index == 0 or _is_passive_or_negated(line, index) or _is_in_name(line, index):
        return None
    prepositions = lexicon("attributions")["demand_prepositions"].get(word)
    following = line.words[index + 1] if index + 1 < len(line.words) else ""
    if prepositions and kind == "demand":
        if following in prepositions:
            return None if _is_noun(line, index) else Cue(index, index + 2, "demand")
        kind = "view" if word in word_set("attributions", "views_direct") else "demand"
    if following in ("not", "about", "whether", "if") and kind == "demand":
        return None
    if word in word_set("attributions", "unsure") and (_is_noun(line, index) or following in ("of", "from", "by", ".")):
        return None
    return Cue(index, index + 1, kind)


def _is_in_name(line: Line, index: int) -> bool:
    """Whether a word begins a name of several words: the Tell of "Tell Rifaat", but for headlines."""
    near = [token.text.istitle() for token in line.tokens[index - 1 : index + 2]]
    return near == [False, True, True]


def _is_passive_or_negated(line: Line, index: int) -> bool:
    before = line.words[max(0, index - 2) : index]
    is_passive = not line.words[index].endswith("ing") and any(word in PASSIVE for word in before[-1:])
    return is_passive or any(word in NEGATED for word in before[-1:])


def _is_noun(line: Line, index: int) -> bool:
    """Whether an unsure form is a noun here: in a name, behind a determiner, a preposition, a mark or an adjective."""
    before = line.words[index - 1]
    if line.tokens[index].text.istitle():
        return True
    if before in word_set("grammar", "pronouns"):
        return False
    if before in word_set("grammar", "determiners") or before in word_set("grammar", "prepositions"):
        return True
    if _kinds().get(before) in ("deny", "clause"):  # "denied reports that", "confirmed claims that"
        return True
    if not before[0].isalpha():
        return not is_mark(before)
    if line.words[index + 1 : index + 2] == ("that",):
        return False
    return not (before.endswith(("s", "people")) or line.tokens[index - 1].text[0].isupper())
