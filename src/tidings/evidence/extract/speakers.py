"""Which parties the words that name a speaker mean; pronouns and repeated speakers included."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.speech_place import Speech
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import PartyRecord, Span

BACK = 6
"""Mentions looked at before a phrase for one that reaches into it."""


@dataclass
class SpeakerFinder:
    """Finds the parties behind speaker phrases, in the order of the text, and remembers who spoke last."""

    document: Document
    parties: Sequence[PartyRecord]

    def __post_init__(self) -> None:
        self._mentions = Mentions.of(self.parties)
        self._starts = [mention.start for mention in self._mentions.all]
        self._kinds = {party.id: party.kind for party in self.parties}
        self._last_person: tuple[str, ...] = ()
        self._last_group: tuple[str, ...] = ()
        self._last_body: tuple[str, ...] = ()
        self.rule = ""
        """How the last phrase that was asked for was understood."""

    def of(self, span: Span | None, speech: Speech) -> tuple[str, ...]:
        """Return the ids of the parties that a phrase names; empty where it names none that is known."""
        if span is None:
            return ()
        word = self.document.body[span[0] : span[1]].lower()
        if word in word_set("grammar", "speaker_pronouns"):
            self.rule = f"speakers: '{word}' stands for who spoke or was named last"
            return self._pronoun(word, span, speech)
        self.rule = "speakers: the parties named in these words"
        found = self._named(span)
        self._remember(word, found)
        return found

    def _named(self, span: Span) -> tuple[str, ...]:
        first = bisect_left(self._starts, span[1])
        near = [m for m in self._mentions.all[max(0, first - 40) : first] if m.end > span[0]]
        near = [m for m, behind in zip_longest(near, near[1:]) if not self._describes(m, behind)]
        persons = [m for m in near if self._kinds.get(m.id) == "person"]
        words = self.document.body[span[0] : span[1]].lower()
        if persons and " and " not in words:
            near = [m for m in near if m.id == persons[0].id or m.start >= persons[0].end]
        return tuple(dict.fromkeys(mention.id for mention in near))

    def _describes(self, mention: Mention, behind: Mention | None) -> bool:
        """Whether words only say what the name behind them is: the "news agency" of "news agency Abc"."""
        if behind is None or behind.start - mention.end != 1:
            return False
        return self._kinds.get(mention.id) == "media" == self._kinds.get(behind.id)

    def _remember(self, words: str, found: tuple[str, ...]) -> None:
        persons = tuple(party for party in found if self._kinds.get(party) == "person")
        is_several = len(found) > 1 or " and " in words or words.split()[-1].endswith("s")
        if persons or not is_several:
            self._last_person = persons or found
        if is_several:
            self._last_group = found
        if not persons and not is_several:
            self._last_body = found

    def _pronoun(self, word: str, span: Span, speech: Speech) -> tuple[str, ...]:
        if word in word_set("attributions", "persons_pronouns"):
            return self._last_person or self._before(span, 0, is_person=True)
        if word in word_set("attributions", "body_pronouns"):
            start = self.document.sentences[speech.sentence].start
            return self._before(span, start, is_person=False) or self._last_body
        return self._last_group

    def _before(self, span: Span, start: int, *, is_person: bool) -> tuple[str, ...]:
        """Return the first party of its sentence before a pronoun, or the last person of the report before it."""
        last = bisect_left(self._starts, span[0])
        near = [m for m in self._mentions.all[max(0, last - 200) : last] if m.start >= start]
        fitting = [m for m in near if (self._kinds.get(m.id) == "person") is is_person]
        if not fitting:
            return ()
        return (fitting[-1].id,) if is_person else (fitting[0].id,)
