"""The parts of a clause around a verb or noun: who acts, on whom, where; told from the order of the words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.inflection import forms_of
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.opening_phrases import backers_in, behind_opening, main_part
from tidings.evidence.extract.party_names import adjectives
from tidings.evidence.extract.phrasebook import Meaning, PhraseBook, load_lexicon
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.subject_asides import before_aside
from tidings.evidence.extract.words import COMPOUND_ENDS, Document, Word, owning_marks

PLACE_REACH = 14
"""Words behind a verb within which its place may begin."""
LIST_GAP = 4
"""Words that may stand between two names of a list: 'X and then the towns of Y'."""
TAIL_REACH = 10
"""Words of who speaks at the end of a clause: ', the governor of the province said'."""
APPOSITION_REACH = 10
"""Words of an apposition between two names of a list."""
TOWN_WORDS = frozenset(["the", "town", "towns", "city", "cities", "village", "villages"])
GAP_WORDS = frozenset(
    [",", "and", "then", "or", "the", "town", "towns", "village", "villages", "city", "cities", "of", "nearby", "as",
     "well", "also", "both", "later", "districts", "in"]
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A sentence with the places and parties that it names."""

    words: tuple[Word, ...]
    places: tuple[Mention, ...]
    parties: tuple[Mention, ...]

    @classmethod
    def of(cls, words: tuple[Word, ...], places: Mentions, parties: Mentions) -> Line:
        """Gather the mentions that lie in a sentence."""
        start, end = words[0].start, words[-1].end
        return cls(words, _outermost(places.within(start, end)), parties.within(start, end))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its words: who looks for some words asks first whether any of them is there."""
        return frozenset([word.key for word in self.words])

    def where(self, keys: frozenset[str]) -> list[int]:
        """Return which of its words have one of these keys."""
        return [] if self.keys.isdisjoint(keys) else [at for at, word in enumerate(self.words) if word.key in keys]

    def all_of(self, book: PhraseBook[Meaning]) -> Iterable[tuple[int, int, Meaning]]:
        """Return start, end and meaning at each word where a phrase of a book starts."""
        return () if book.first_keys.isdisjoint(self.keys) else book.all_in(self.words)

    def party_in(self, first: int, last: int) -> list[Mention]:
        """Return the parties named in words[first:last], in order."""
        return _inside(self.parties, self.words, first, last)

    @cached_property
    def place_ends(self) -> dict[int, int]:
        """Where each place ends, by where it starts, in characters."""
        return {place.start: place.end for place in self.places}

    @cached_property
    def backers(self) -> frozenset[int]:
        """Where the parties start that only train, arm or back those who act."""
        return backers_in(self.words, [(self.word_at(party.start), party.end) for party in self.parties])

    def word_at(self, offset: int) -> int:
        """Return the first word that starts at or behind an offset."""
        return bisect_left(self._starts, offset)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def place_in(self, first: int, last: int) -> list[Mention]:
        """Return the places named in words[first:last], in order, without countries that act as parties there."""
        return _inside(self._plain_places, self.words, first, last)

    @cached_property
    def _plain_places(self) -> list[Mention]:
        acting = {(mention.start, mention.end) for mention in self.parties}
        return [place for place in self.places if (place.start, place.end) not in acting]


@lru_cache(maxsize=2)
def clause_lines(document: Document, places: Mentions, parties: Mentions) -> tuple[Line, ...]:
    """Return the sentences of a report with the places and parties that they name."""
    return tuple([Line.of(words, places, parties) for words in document.words])


def _outermost(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Leave out the X of 'a village 3 km east of X': the village is what is told of."""
    if len(mentions) < 2:
        return mentions
    spans = [(mention.start, mention.end) for mention in mentions]
    return tuple(
        mention for mention in mentions
        if not any(a <= mention.start and mention.end <= b and b - a > mention.end - mention.start for a, b in spans)
    )  # fmt: skip


def is_apart(line: Line, place: Mention) -> bool:
    """Whether what is told lies beside a place or is a thing in it: 'east of X', 'a hill above X', 'X's silos'."""
    end = line.word_at(place.end)
    if line.words[end - 1].is_possessive and end < len(line.words) and line.words[end].text[0].isalpha():
        return True
    at = line.word_at(place.start) - 1
    while at > 0 and (line.words[at].key in TOWN_WORDS or is_town_of(line.words, at)):
        at -= 1
    if at < 1 or line.words[at].key in place_words("above"):
        return at >= 1
    if line.words[at].key == "from":
        return any(word.key in load_lexicon("places")["lengths_km"] for word in line.words[max(0, at - 5) : at])
    beside = place_words("beside", "directions")
    return line.words[at].key == "of" and line.words[at - 1].key in beside


def is_town_of(words: Sequence[Word], at: int) -> bool:
    """Whether an 'of' only names: 'the town of X'."""
    return words[at].key == "of" and words[at - 1].key in TOWN_WORDS


def _inside(mentions: Sequence[Mention], words: Sequence[Word], first: int, last: int) -> list[Mention]:
    if first >= last or first >= len(words) or not mentions:
        return []
    start, end = words[max(0, first)].start, words[min(last, len(words)) - 1].end
    return [mention for mention in mentions if start <= mention.start and mention.end <= end]


def clause_end(words: Sequence[Word], at: int, *, keep_relative: bool = False) -> int:
    """Return the word at which the clause from `at` ends.

    `keep_relative` reads on through 'that links …': what describes a road belongs to it.
    """
    bounds, last = event_words("bounds"), len(words) - 1
    for number in range(at, len(words)):
        word = words[number]
        if word.text in ';:"“”?!|' or (word.text == "." and number == last):
            return number
        if word.key in bounds and not (keep_relative and word.key in ("that", "which")):
            return _before_speaker(words, at, number) or number
        if word.key in word_set("attributions", "past_speech") and (tail := _before_speaker(words, at, number)):
            return tail
    return len(words)


def _before_speaker(words: Sequence[Word], at: int, verb: int) -> int | None:
    """Return the comma before who speaks at the end of a clause: that of 'captured by X, the UN said'."""
    if words[verb].key not in word_set("attributions", "past_speech"):
        return None
    comma = next((n for n in range(verb - 1, max(at - 1, verb - TAIL_REACH), -1) if words[n].text == ","), None)
    if comma is None or verb - comma < 2 or words[verb - 1].key in event_words("be") or words[verb - 1].key == "by":
        return None
    return None if words[comma + 1].key in word_set("grammar", "relatives") else comma


def clause_start(words: Sequence[Word], at: int) -> int:
    """Return the first word of the clause in which `at` stands."""
    bounds = event_words("bounds")
    for number in range(at - 1, -1, -1):
        word = words[number]
        if word.text in ';:"“”|' or word.key in bounds:
            return number + 1
    return 0


def is_passive(words: Sequence[Word], at: int) -> bool:
    """Whether the participle at a word is passive: a form of 'be' before it, or 'by' directly behind a bare one."""
    number = at - 1
    while number >= 0 and words[number].key in event_words("between"):
        if words[number].key in event_words("be"):
            return True
        number -= 1
    return number >= 0 and words[number].key in event_words("be")


def subject(line: Line, at: int) -> list[Mention]:
    """Return the parties that are the subject of the verb at a word: those of the nearest part of the clause."""
    aside = before_aside(line, at)
    if aside is not None and (named := subject(line, aside)):
        return named
    start = _behind_opinion(line, clause_start(line.words, at), at)
    is_relative = start > 0 and at - start <= 3 and line.words[start - 1].key in ("who", "which", "that")
    if is_relative and not line.party_in(start, at):
        return line.party_in(max(0, start - 12), start - 1)[-1:]
    breaks = [n for n in range(start, at) if line.words[n].key in (",", "and")]
    ends = [*breaks, at]
    starts = [start, *(number + 1 for number in breaks)]
    if breaks and _is_another(line, breaks[-1] + 1, at):
        return []
    for first, last in zip(reversed(starts), reversed(ends), strict=True):
        opening = behind_opening(line.words, line.place_ends, first)
        named = [] if line.words[opening].key in event_words("asides") else acting(line, opening, last)
        if named:
            floor = main_part(line.words, [party.start for party in line.parties], start, first)
            is_list = first > floor and _joined(line, floor, first - 1)
            return _joined_backwards(line, named[0], floor) if is_list else [named[0]]
    return []


def _is_another(line: Line, first: int, verb: int) -> bool:
    """Whether a verb behind 'and' has a subject of its own that is no known party: '…, and federal troops left'."""
    while verb > first and line.words[verb - 1].key in event_words("verb_openers"):
        verb -= 1
    if verb - first < 2 or line.party_in(first, verb) or line.words[first - 1].key != "and":
        return False
    plain = word_set("grammar", "prepositions") | word_set("grammar", "adverbs")
    words = line.words[first:verb]
    is_phrase = words[0].key not in plain and all(word.text[0].isalpha() for word in words)
    return is_phrase and words[-1].key in load_lexicon("parties")["troops_of_nobody"]


def _behind_opinion(line: Line, start: int, at: int) -> int:
    """Step over who thinks so, without "that": the subject in 'officials believe X has taken Y' is X."""
    opinions = word_set("attributions", "opinions")
    verb = next((n for n in range(at - 1, start, -1) if line.words[n].key in opinions), None)
    return verb + 1 if verb is not None and acting(line, verb + 1, at) else start


def acting(line: Line, first: int, last: int) -> list[Mention]:
    """Return the parties of words[first:last] that are not mere modifiers: not the Russian of 'Russian-backed'.

    Nor is one who only trains, arms or backs those who act: the Turkey of 'fighters trained by Turkey'.
    """
    return [each for each in line.party_in(first, last) if not (_is_modifier(line, each) or each.start in line.backers)]


def _is_modifier(line: Line, mention: Mention) -> bool:
    at = line.word_at(mention.end)
    behind = [word.key for word in line.words[at : at + 2]]
    if behind[1:] == ["by"]:  # "rebels backed by X": who is backed stays the subject
        return False
    if behind in (["air", "force"], ["air", "defences"], ["air", "defenses"]):
        return False
    if _owns_next(line, mention, at):
        return True
    if behind and behind[0] in COMPOUND_ENDS and _is_acting(line, mention, at):
        return False
    return bool(behind) and (behind[0] == "-" or behind[0] in COMPOUND_ENDS or behind[0] in event_words("act_nouns"))


def _owns_next(line: Line, mention: Mention, at: int) -> bool:
    """Whether the next party is meant: the Y of 'X's ally Y has taken it'."""
    if not line.words[at - 1].is_possessive or at + 1 >= len(line.words):
        return False
    owned = load_lexicon("relations")["owned_nouns"]
    return line.words[at].key in owned and any(party.start == line.words[at + 1].start for party in line.parties)


def _is_acting(line: Line, mention: Mention, at: int) -> bool:
    """Whether 'held', 'besieged' or 'backed' behind a party is its verb: 'rebels held the town', 'it besieged X'."""
    if at + 1 >= len(line.words):
        return False
    named, follows = line.words[at - 1], line.words[at + 1]
    is_adjective = adjectives().at(line.words, line.word_at(mention.start)) is not None and not named.key.endswith("s")
    if named.key != "held" and line.words[at].key == "held" and follows.key in ("off", "out", "on", "onto"):
        return True
    return follows.key in word_set("grammar", "determiners") or (follows.is_name and not is_adjective)


def main_subject(line: Line, at: int) -> list[Mention]:
    """Return the first party of a clause: whose a participle behind a comma is."""
    return acting(line, clause_start(line.words, at), at)[:1]


def _joined(line: Line, start: int, at: int) -> bool:
    """Whether the words before an 'and' end in a party, so that both are the subject: 'Russia and Iran bombed'."""
    before = line.party_in(start, at)
    return bool(before) and before[-1].end == line.words[at - 1].end


def _joined_backwards(line: Line, last: Mention, floor: int) -> list[Mention]:
    found, start = [last], line.words[floor].start
    for mention in reversed([each for each in line.parties if start <= each.start and each.end <= last.start]):
        between = [word.key for word in line.words if mention.end <= word.start and word.end <= found[0].start]
        if len(between) > 2 or not {",", "and", "the"}.issuperset(between):
            break
        found.insert(0, mention)
    return found


def _with_listed(line: Line, first: Mention, at: int) -> list[Mention]:
    """Return a party and those joined to it: 'Turkey and Qatar have …'."""
    found = [first]
    for mention in line.parties:
        if mention.start < found[-1].end or mention.start >= line.words[at].start:
            continue
        between = [word for word in line.words if found[-1].end <= word.start and word.end <= mention.start]
        if not between or len(between) > 3 or any(word.key not in (",", "and", "the") for word in between):
            break
        found.append(mention)
    return found


def listed_parties(line: Line, first: int, end: int) -> list[Mention]:
    """Return the list of parties that begins at a word: 'X and Y'."""
    found = line.party_in(first, min(first + 6, end))
    return _with_listed(line, found[0], len(line.words) - 1) if found else []


def next_party(line: Line, at: int, reach: int) -> list[Mention]:
    """Return the first party that begins in the words from `at` on, however many words its name has."""
    if at >= len(line.words):
        return []
    start, end = line.words[at].start, line.words[min(at + reach, len(line.words)) - 1].end
    return [mention for mention in line.parties if start <= mention.start < end][:1]


def agent(line: Line, at: int, end: int) -> list[Mention]:
    """Return the parties named by 'by …' in words[at:end]."""
    by = next((number for number in range(at, end) if line.words[number].key == "by"), None)
    if by is None or (by > at and line.words[by - 1].key.endswith("ed")):
        return []
    last = min(by + 9, end)
    named = [party for party in line.party_in(by + 1, last) if party.start not in line.backers]
    found = acting(line, by + 1, last) or named
    return _with_listed(line, found[0], min(end, len(line.words) - 1)) if found else []


def owner(line: Line, at: int) -> list[Mention]:
    """Return the party told right before a noun: 'Russian air strikes', 'the army's latest advance', 'its strikes'."""
    pronoun = next((n for n in range(at - 1, max(-1, at - 4), -1) if line.words[n].key in ("its", "their")), None)
    if pronoun is not None and not line.party_in(pronoun, at):
        own = acting(line, clause_start(line.words, pronoun), pronoun)
        return own if len(own) == 1 else only_party_before(line, pronoun)
    found = line.party_in(max(0, at - 5), at)
    if not found:
        return []
    last = found[-1]
    between = [word for word in line.words if last.end <= word.start and word.end <= line.words[at].start]
    owning = owning_marks(between, last.end)
    is_owner = all(word.text[0].isalpha() and word.key not in STOPS for word in between[owning:])
    is_possessive = owning > 0 or line.words[line.word_at(last.end) - 1].is_possessive
    return [last] if is_owner and (is_possessive or not any(map(_is_other_verb, between))) else []


def _is_other_verb(word: Word) -> bool:
    """Whether a verb says something else than doing what a noun tells: "condemned air strikes", "fled shelling"."""
    if word.key in _forms("undergoing_verbs"):
        return True
    return is_verb_like(word.key) and word.key not in _forms("doing_verbs")


@cache
def _forms(section: str) -> frozenset[str]:
    verbs = load_lexicon("events")[section]
    return frozenset(form.partition(" ")[0] for verb in verbs for form, _ in forms_of(verb))


def only_party_before(line: Line, at: int) -> list[Mention]:
    """Return whom a pronoun stands for where its sentence names one party before it; with two nobody can tell."""
    before = [party for party in line.parties if party.end <= line.words[at].start]
    return before[-1:] if len({party.id for party in before}) == 1 else []


STOPS = frozenset(
    ["of", "in", "on", "to", "from", "for", "with", "by", "against", "at", "and", "or", "said", "was", "were", "is",
     "are", "has", "have", "had", "the", "a", "an", "as", "after", "before", "over", "during", "amid", "that",
     "which", "who", "when", "where", "while", "if", "because", "but", "fled"]
)  # fmt: skip


def places_after(line: Line, at: int, end: int) -> list[Mention]:
    """Return the first list of places that begins in words[at:end]."""
    found = line.place_in(at, min(end, at + PLACE_REACH))
    places = listed_places(line, found[0], end) if found else []
    return places[1:] if len(places) > 1 and _is_reference(line, places[0]) else places


def _is_reference(line: Line, place: Mention) -> bool:
    """Whether a place is where others are told from: the Kelmar of 'villages east of Kelmar, Pellan and Ostry'."""
    before = [word.key for word in line.words if word.end <= place.start][-2:]
    return len(before) == 2 and before[1] == "of" and before[0] in place_words("directions")


def listed_places(line: Line, first: Mention, end: int) -> list[Mention]:
    """Return a place and those of the same list behind it; names at one spot (a described list) go together."""
    limit = line.words[end - 1].end if 0 < end <= len(line.words) else first.end
    found = [first]
    for mention in line.places:
        if mention.start < first.start or mention == first or mention.end > limit:
            continue
        if mention.start == found[-1].start or _is_next(line, found[-1], mention):
            found.append(mention)
        elif mention.start >= found[-1].end:
            break
    return found


def _is_next(line: Line, left: Mention, right: Mention) -> bool:
    behind = [word for word in line.words if left.end <= word.start and word.end <= right.start]
    between = _without_apposition(behind)
    joint = any(word.key in (",", "and", "or") for word in between)
    if not joint or len(between) > LIST_GAP + 2:
        return False
    is_part = between[-1].key in place_words("direction_adjectives")
    return all(word.key in GAP_WORDS for word in between[: -1 if is_part else None])


def _without_apposition(between: list[Word]) -> list[Word]:
    """Leave out what is told of the name before: the 'the last one held,' of 'X, the last one held, and Y'."""
    if (
        len(between) < 4
        or between[0].text != ","
        or between[1].key not in ("a", "an", "the", "its", "their", "another")
    ):
        return between
    close = next((n for n in range(2, len(between)) if between[n].text == ","), None)
    if close is None or close > APPOSITION_REACH or any(w.key in ("who", "which", "and") for w in between[1:close]):
        return between
    return between[close:]


def place_before(line: Line, at: int, accept: Callable[[Mention], bool]) -> list[Mention]:
    """Return the nearest fitting place before a word in its clause, with those joined to it."""
    found = [place for place in line.place_in(clause_start(line.words, at), at) if accept(place)]
    if not found:
        return []
    start = found[-1]
    for mention in reversed(found[:-1]):
        if not (_is_next(line, mention, start) or mention.start == start.start):
            break
        start = mention
    return listed_places(line, start, at)
