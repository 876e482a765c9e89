"""Who holds a place, told by a possessive: 'X is in rebel hands', 'X was still in their hands, the rebels said'.

Below a heading that names a town, notes without a subject tell the same: 'Held by X', 'Control claimed by X'.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tidings.evidence.extract.asides import subject_behind_aside
from tidings.evidence.extract.clause_parts import (
    TOWN_WORDS,
    Line,
    acting,
    clause_start,
    is_apart,
    is_town_of,
    place_before,
)
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.headings import Headings, ends_or_dates, note_start, own_subject, row_start
from tidings.evidence.extract.holdings import NOT_HELD
from tidings.evidence.extract.hostilities import ARMED, Told
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.mostly import is_mostly, share_end
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.relation_lexicon import relation_verbs, relation_words
from tidings.evidence.extract.words import Word
from tidings.evidence.reading import Attribution

OWNER_REACH = 4
"""Words between 'in' or 'under' and 'hands' or 'control': 'in the hard-line rebels' hands'."""
HOLDER_REACH = 6
"""Words behind 'held by' in which its party begins."""


def held_in_hands(
    line: Line, kinds: Mapping[str, str | None], attributions: tuple[Attribution, ...], headings: Headings,
    before: Line | None = None,
) -> Iterator[Told]:  # fmt: skip
    """Yield who holds which place by the possessives and the notes of a sentence.

    Parameters
    ----------
    line
        The sentence.
    kinds
        Kind of each place and party by its id.
    attributions
        Who speaks: whose 'our hands' and 'their hands' are.
    headings
        The headings that name places.
    before
        The sentence before, for what an 'it' stands for.
    """
    if not line.parties and not any(kinds.get(who) in ARMED for said in attributions for who in said.speakers):
        return
    for at in line.where(relation_words("hands") | {"control"}):
        opening = _opening(line, at)
        if opening is None:
            continue
        holder = _holder(line, opening + 1, at, kinds, attributions)
        if holder is None:
            continue
        for place in _held(line, opening, kinds) or _meant_by_it(line, opening, kinds, before):
            yield holder, "controls", place.id, _start(line, place, opening), line.words[at].end
        if _opens(line, opening) and (place_id := headings.place_at(line.words[opening].start)):
            yield holder, "controls", place_id, line.words[opening].start, line.words[at].end
    yield from _noted(line, kinds, headings)
    yield from _named_so(line, kinds, headings)
    yield from _of_the_town(line, kinds, headings)


def _start(line: Line, place: Mention, opening: int) -> int:
    """Return where it begins to be told: at the place where that stands before, in the same sentence."""
    return min(place.start, line.words[opening].start) if place in line.places else line.words[0].start


def _opening(line: Line, at: int) -> int | None:
    """Return the 'in' of 'in … hands' or the 'under' of 'under … control'; None where neither ends at a word."""
    key = line.words[at].key
    wanted = "in" if key in relation_words("hands") else "under" if key == "control" else None
    if wanted is None:
        return None
    near = range(at - 2, max(-1, at - 2 - OWNER_REACH), -1)
    return next((n for n in near if line.words[n].key == wanted or _is_return(line.words, n)), None)


def _is_return(words: Sequence[Word], at: int) -> bool:
    """Whether a place goes to somebody: the 'to' of 'X returned to rebel control'."""
    return at > 0 and words[at].key in ("to", "into") and words[at - 1].key in relation_words("returning")


def _holder(
    line: Line, first: int, last: int, kinds: Mapping[str, str | None], attributions: tuple[Attribution, ...]
) -> str | None:
    named = [party.id for party in line.party_in(first, last) if kinds.get(party.id) in ARMED]
    if named:
        return named[0]
    if last - first > 2 or line.words[first].key not in ("their", "its", "our"):
        return None
    at = line.words[first].start
    saying = [said for said in attributions if any(start <= at < end for start, end in said.content)]
    speakers = {speaker for said in saying[-1:] for speaker in said.speakers if kinds.get(speaker) in ARMED}
    if line.words[first].key == "our" or speakers:
        return speakers.pop() if len(speakers) == 1 else None
    before = {party.id for party in acting(line, 0, first) if kinds.get(party.id) in ARMED}
    return before.pop() if len(before) == 1 else None


def _held(line: Line, at: int, kinds: Mapping[str, str | None]) -> list[Mention]:
    def is_subject(place: Mention) -> bool:
        is_whole = is_mostly(line, place) or not (is_apart(line, place) or _is_beside(line, place))
        return kinds.get(place.id) not in NOT_HELD and is_whole

    return subject_behind_aside(line, at, is_subject) or place_before(line, at, is_subject)


def _meant_by_it(line: Line, at: int, kinds: Mapping[str, str | None], last: Line | None) -> list[Mention]:
    """Return the only place told before the clause of an 'it': 'X changed hands; it is now under their control'.

    Of an 'it' that opens its sentence it is the only one of the sentence before, which tells of no site in it.
    """
    start = clause_start(line.words, at)
    passable = event_words("verb_openers", "between", "be")
    subject = next((n for n in range(at - 1, start - 1, -1) if line.words[n].key not in passable), None)
    if subject is None or line.words[subject].key != "it":
        return []
    if subject == 0 and last is not None:
        sites = place_words("sites", "gates") | relation_words("held_sites") | word_set("status_lines", "road_words")
        line, start = last, len(last.words) * last.keys.isdisjoint(sites)
    before = [place for place in line.place_in(0, start) if kinds.get(place.id) not in NOT_HELD]
    return before[-1:] if len({place.id for place in before}) == 1 else []


def _is_beside(line: Line, place: Mention) -> bool:
    """Whether a place only tells where something is: 'hostages from X', 'parts of X', but not 'the town of X'."""
    at = line.word_at(place.start) - 1
    while at > 0 and (line.words[at].key in TOWN_WORDS or is_town_of(line.words, at)):
        at -= 1
    return at >= 0 and line.words[at].key in word_set("grammar", "prepositions")


def _opens(line: Line, at: int) -> bool:
    """Whether nothing but 'still' or 'now' stands before a word of a sentence."""
    openers = event_words("between", "be") | relation_words("note_openers")
    return all(word.key in openers for word in line.words[note_start(line.words) : at])


def _noted(line: Line, kinds: Mapping[str, str | None], headings: Headings) -> Iterator[Told]:
    """'Held by X', 'Control claimed by X', '…; now held by X': notes below the name of a town."""
    words = line.words
    first = note_start(words)
    for start in (first, *(n + 1 for n in range(first, len(words)) if words[n].text == ";")):
        reach = range(start, min(start + HOLDER_REACH, len(words)))
        by = next((n for n in reach if words[n].key == "by"), None)
        if start > first and _is_of_a_site(words, start - 1):
            continue  # "Hospital damaged; run by X": the hospital is
        if by is None or not _says_held([word.key for word in words[start:by]]):
            continue
        holders = [party for party in acting(line, by + 1, by + 1 + HOLDER_REACH) if kinds.get(party.id) in ARMED]
        own = own_subject(line, start)
        place = own.id if own else headings.place_at(words[start].start)
        if _is_of_another_row(line, place):
            continue
        if holders and place:
            yield holders[0].id, "controls", place, words[start].start, holders[0].end


def _is_of_another_row(line: Line, place: str | None) -> bool:
    """Whether a row opens with a name that is no known place, below one that is: it is of that unknown place."""
    words = line.words
    if not row_start(words) or any(named.id == place for named in line.places):
        return False
    opening = next((word for word in words if word.text[0].isalnum()), words[0])
    plain = relation_words("row_labels") | word_set("times", "months") | word_set("times", "weekdays")
    return opening.is_capital and opening.key not in plain


def _is_of_a_site(words: Sequence[Word], joint: int) -> bool:
    """Whether the part of a note before a ';' is about a site in the town, and not about the town."""
    start = next((n + 1 for n in range(joint - 1, -1, -1) if words[n].text in ";|:"), 0)
    verb = next((n for n in range(start, joint) if is_verb_like(words[n].key)), joint)
    about = {word.key for word in words[start:verb]}
    sites = place_words("sites") | place_words("gates") | relation_words("held_sites")
    return not about.isdisjoint(sites) and not any(key in word_set("grammar", "prepositions") for key in about)


def _says_held(told: Sequence[str]) -> bool:
    """Whether words tell, before "by" and a party, that a town is held, with or without adverbs: 'still held'."""
    notes = relation_words("holding_notes")
    adverbs = (event_words("between", "be") | relation_words("note_openers")) - relation_words("no_more")
    return " ".join(told) in notes or " ".join(key for key in told if key not in adverbs) in notes


def _named_so(line: Line, kinds: Mapping[str, str | None], headings: Headings) -> Iterator[Told]:
    """'Ukrainian-held', 'Still rebel-controlled since March': a note of nothing else, below the name of a town."""
    start = next((n for n in range(note_start(line.words), len(line.words)) if not _opens(line, n + 1)), None)
    holder = None if start is None else next((p for p in line.parties if p.start == line.words[start].start), None)
    if holder is None or kinds.get(holder.id) not in ARMED:
        return
    at = line.word_at(holder.end)
    at += at < len(line.words) and line.words[at].text == "-"
    place = headings.place_at(holder.start)
    is_held = at < len(line.words) and line.words[at].key in relation_words("held")
    if place and is_held and ends_or_dates(line.words, at + 1):
        yield holder.id, "controls", place, holder.start, line.words[at].end


def _of_the_town(line: Line, kinds: Mapping[str, str | None], headings: Headings) -> Iterator[Told]:
    """'X claims to control the settlement', 'X still holds the town', 'X claims control': below its name."""
    if any(kinds.get(place.id) not in NOT_HELD for place in line.places):
        return  # "In X, the army still holds the town": its own
    for at, last, _ in line.all_of(relation_verbs("control_verbs")):
        town = share_end(line.words, last) + 1
        is_the = town < len(line.words) and line.words[town - 1].key in ("the", "this")
        is_meant = is_the and line.words[town].key in relation_words("held_towns")
        place = headings.place_at(line.words[at].start) if is_meant and ends_or_dates(line.words, town + 1) else None
        holders = [party for party in acting(line, 0, at) if kinds.get(party.id) in ARMED]
        if place and len(holders) == 1:
            yield holders[0].id, "controls", place, line.words[at].start, line.words[town].end
    for at, last, _ in line.all_of(relation_verbs("bare_control")):
        is_denied = any(
            word.key in word_set("modality", "negations") | relation_words("given_up")
            for word in line.words[max(0, at - 3) : at]
        )
        is_told = ends_or_dates(line.words, last) and not is_denied
        place = headings.place_at(line.words[at].start) if is_told else None
        holders = [party for party in acting(line, 0, at) if kinds.get(party.id) in ARMED]
        if place and len(holders) == 1:
            yield holders[0].id, "controls", place, line.words[last - 1].start, line.words[last - 1].end
