"""Words that tell that somebody says something: verbs of speech, 'according to', 'was quoted as saying'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tidings.evidence.extract.clauses import has_verb, is_mark, is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.passives import agent_of
from tidings.evidence.extract.phrases import Line, Phrases

NEGATED = frozenset(["not", "never", "didn't", "don't", "doesn't", "hasn't", "haven't", "to"])
QUOTED_REACH = 8
REFUSAL_REACH = 9
"""Words between "denied" and what is refused: 'denied 5 of 22 planned aid movements'."""
REJECTED_REACH = 9
"""Words between "rejected" and the claim: "rejected the army's latest claim"."""
PUT_REACH = 10
"""Words between "put" and "at": 'put the number of people killed in Zeta at 40'."""


@dataclass(frozen=True, slots=True)
class Cue:
    """The tokens first..last tell a speech; `after` is where what is said may begin."""

    first: int
    last: int
    kind: str
    is_passive: bool = False
    """Whether its speaker follows it: "announced by X"."""


def may_tell_speech(line: Line) -> bool:
    """Whether a sentence has a word at which a cue may begin."""
    return not line.bag.isdisjoint(_starters())


def cues_in(line: Line, is_quoted: frozenset[int]) -> list[Cue]:
    """Return the cues of a sentence in order; words inside quotations are the speaker's own and give none."""
    found: list[Cue] = []
    starters = _starters()
    for index in [number for number, word in enumerate(line.words) if word in starters]:
        if index in is_quoted or (found and index < found[-1].last):
            continue
        cue = (
            _passive(line, index) or _phrase(line, index) or _put(line, index, found) or _verb(line, index)
            or _fronted(line, index)
        )  # fmt: skip
        if cue:
            found.append(cue)
    return found


@cache
def _starters() -> frozenset[str]:
    """Return the words at which a cue may begin: most words of a sentence need no closer look."""
    book = lexicon("attributions")
    return frozenset(["at", *book["relaying"], *book["shown"], *_according().by_first, *_kinds(), *book["puts"], "per"])


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
    if kind == "bracket":
        return "attributions.yaml bracket_openers, if any, behind a bracket"
    if kind == "put":
        return f"attributions.yaml puts: '{verb}'"
    if kind == "view":
        section = "views_as" if verb in word_set("attributions", "views_as") else "views_direct"
        return f"attributions.yaml {section}: '{verb}'"
    if verb in word_set("attributions", "shown") and verb not in _kinds():
        return f"attributions.yaml shown: '{verb}'"
    if cue.endswith(("as saying", "as telling")):
        return f"attributions.yaml relaying: '{verb}' with 'as saying' or 'as telling'"
    return f"attributions.yaml verbs {kind}: '{verb}'"


def _phrase(line: Line, index: int) -> Cue | None:
    found = _according().at(line.words, index)
    if found:
        return Cue(index, found[0], "citing" if line.words[index] in ("citing", "quoting") else "according")
    if _is_per(line, index):
        return Cue(index, index + 1, "according")
    if line.words[index] not in word_set("attributions", "relaying"):
        return None
    for end in range(index + 1, min(index + QUOTED_REACH, len(line.words) - 1)):
        if line.words[end] == "as" and line.words[end + 1] in ("saying", "telling"):
            return Cue(index, end + 2, "clause")
    return None


def _is_per(line: Line, index: int) -> bool:
    """Whether "per" names a source, as in "300 fled, per the Relief Fund": never "per day"."""
    if line.words[index] != "per" or (index and line.words[index - 1] not in (",", "as")):
        return False
    name = index + 1 + (line.words[index + 1 : index + 2] == ("the",))
    return name < len(line.words) and line.texts[name][0].isupper()


def _passive(line: Line, index: int) -> Cue | None:
    """Read "was announced (on Monday) by": who says it follows."""
    kind = _kinds().get(line.words[index])
    by = agent_of(line, index) if kind not in (None, "demand", "view") else None
    return Cue(index, by + 1, kind, is_passive=True) if kind and by else None


def _fronted(line: Line, index: int) -> Cue | None:
    """Read 'Said one farmer in Zeta: "..."': a verb that opens its sentence, and a quotation behind a colon."""
    if index or line.words[0] not in word_set("attributions", "fronted"):
        return None
    colon = line.words.index(":") if ":" in line.words else len(line.words)
    is_quotation = any(map(is_mark, line.words[colon + 1 : colon + 2]))
    return Cue(0, 1, "clause") if is_quotation and not has_verb(line, 1, colon) else None


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
    kind = _kinds().get(word) or _shown(line, index)
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
    if kind == "deny" and (_is_refusal(line, index) or _rejects_no_telling(line, index)):
        return None
    if word in word_set("attributions", "counting") and following in word_set("grammar", "prepositions"):
        return None
    if word in word_set("attributions", "unsure") and (_is_noun(line, index) or _is_thing(line, index + 1)):
        return None
    return Cue(index, index + 1, kind)


def _shown(line: Line, index: int) -> str | None:
    """Read "OCHA's figures show that": what shows it stands right before the verb."""
    is_shown = line.words[index] in word_set("attributions", "shown") and index > 0
    return "clause" if is_shown and line.words[index - 1] in word_set("attributions", "showing") else None


def _rejects_no_telling(line: Line, index: int) -> bool:
    """Whether a proposal is rejected: only "rejected claims that" denies what is told."""
    if not line.words[index].startswith("reject"):
        return False
    edges = word_set("grammar", "prepositions", "relatives") | {",", ";", "to"}
    reach = range(index + 1, min(index + REJECTED_REACH, len(line.words)))
    end = next((at for at in reach if line.words[at] in edges or is_verb_like(line.words[at])), reach.stop)
    return word_set("modality", "tellings").isdisjoint(line.words[index + 1 : end])


def _is_refusal(line: Line, index: int) -> bool:
    """Whether something is not let happen, and no word is denied: "denied 5 of 22 planned aid movements"."""
    for at in range(index + 1, min(index + REFUSAL_REACH, len(line.words))):
        word = line.words[at]
        is_telling = word in word_set("modality", "tellings")
        if is_telling or word in ("that", ",", ".", "any", "having") or (word.endswith("ing") and at == index + 1):
            return False
        if word in word_set("attributions", "refused"):
            return True
    return False


def _is_in_name(line: Line, index: int) -> bool:
    """Whether a word begins a name of several words: the Tell of "Tell Rifaat", but for headlines."""
    near = [text.istitle() for text in line.texts[index - 1 : index + 2]]
    return near == [False, True, True]


def _is_passive_or_negated(line: Line, index: int) -> bool:
    before = line.words[index - 1] if index else ""
    is_passive = not line.words[index].endswith("ing") and before in word_set("grammar", "be")
    return is_passive or before in NEGATED


def _claims_something(line: Line, index: int) -> bool:
    """Whether "claims" has what a verb has behind it: "the army claims to hold X", but no "army claims to the town"."""
    if line.words[index] not in ("claim", "claims") or index + 2 >= len(line.words):
        return False
    if any(_kinds().get(word) == "deny" for word in line.words[max(0, index - 3) : index]):
        return False
    following, after = line.words[index + 1 : index + 3]
    if following == "to":
        return after not in word_set("grammar", "determiners") and not line.texts[index + 2][0].isupper()
    return following in word_set("attributions", "claimed_things")


def _is_thing(line: Line, behind: int) -> bool:
    """Whether a word is a noun by what follows it: 'claims of', but not "Russian claims of having taken X"."""
    following = line.words[behind] if behind < len(line.words) else ""
    return following in ("of", "from", "by", ".") and line.words[behind : behind + 2] != ("of", "having")


def _is_noun(line: Line, index: int) -> bool:
    """Whether an unsure form is a noun here: in a name, behind a determiner, a preposition, a mark or an adjective."""
    before = line.words[index - 1]
    if line.texts[index].istitle():
        return True
    if before in word_set("grammar", "pronouns"):
        return False
    if before in word_set("grammar", "determiners") or before in word_set("grammar", "prepositions"):
        return True
    if _kinds().get(before) in ("deny", "clause"):  # "denied reports that", "confirmed claims that"
        return True
    if before in word_set("attributions", "before_tellings"):
        return True
    if not before[0].isalpha():
        return not is_mark(before)
    if line.words[index + 1 : index + 2] == ("that",) or _claims_something(line, index):
        return False
    return not (before.endswith(("s", "people")) or line.texts[index - 1][0].isupper())
