"""Copies: claims whose sentence stood, word for word or nearly so, in an earlier report (docs/lineage.md: COPY-1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from zlib import crc32

from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.matching import LEAST_WORDS, Found, Likeness, headed, is_cut_off, likeness_of, stands_in
from tidings.evidence.passages import SHINGLE_WORDS, Passage, passages_of, shingles, words_of
from tidings.evidence.report import Report

WHOLE = 0.8
"""Share of the words of its sentences with claims by which a report as a whole is a copy."""
REISSUED = 0.75
"""Share of its text that stood in one earlier report by which a publisher's own report is the same one again."""
REISSUED_DAYS = 6
"""Days within which it is; after a week or more its publisher has let it stand, and says it anew."""
REPRINTED = 3
"""Long sentences that stood word for word in one earlier report: it is printed again, however late."""
SKETCH_SIZE = 8
"""Shingles that a sentence is found by, those with the smallest hashes; half of it lacks all in 0.4 % of cases."""
CANDIDATES = 3
"""Earlier sentences that are compared word by word with one that shares shingles with them."""
KEPT = 4
"""Earlier sentences that are kept for one shingle: the first, and the last of those that told something anew."""


def copies_of(claims: Iterable[Claim], reports: Iterable[Report], publishers: Mapping[str, str]) -> dict[str, str]:
    """Return, for every claim that is a copy, the claim that it is a copy of: the first, never itself a copy.

    Parameters
    ----------
    claims
        As they were read, rejected ones too: the copy of a rejected claim is a copy still.
    reports
        Those that are compared: all that were public by a day.
    publishers
        By report id, where the publisher is known.

    Notes
    -----
    Rule COPY-1 in docs/lineage.md. The earlier published is the first; of one day the report that tells something with
    more words, then the smaller id: the order of adding plays no part.
    """
    index, copies = _Index(), dict[str, str]()
    for passages in _in_order(claims, reports):
        sentences = tuple(map(_Sentence.of, passages))
        article = _Article.of(sentences, index, publishers)
        for claim, first in article.copied(index):
            copies[claim.id] = copies.get(first.id, first.id)
        index.add(sentences, copies)
        index.add_twins(article.matches)
    return copies


def _in_order(claims: Iterable[Claim], reports: Iterable[Report]) -> Iterator[tuple[Passage, ...]]:
    """Yield the passages of each report that has any, the first to be published first."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.source, TextSpan):
            told[claim.source.report].append(claim)
    read = [(report, passages_of(report, told[report.id])) for report in reports if report.id in told]
    for _, passages in sorted(read, key=lambda pair: (str(pair[0].published), -_n_words_told(*pair), pair[0].id)):
        yield passages


def _n_words_told(report: Report, passages: tuple[Passage, ...]) -> int:
    """Return with how many words a report tells something, its headline left out."""
    is_headed = stands_in(passages[0].words(), words_of(report.title or ""))
    return sum(len(passage.text.split()) for passage in passages[is_headed:])


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A passage of the report at hand, cut into words."""

    passage: Passage
    words: tuple[str, ...]
    shingles: frozenset[int]

    @classmethod
    def of(cls, passage: Passage) -> _Sentence:
        words = passage.words()
        return cls(passage, words, frozenset(shingles(words)))

    def found_by(self) -> Iterator[int]:
        """Yield what it is found by: a hash of all its words; of a long sentence the smallest of its shingles too."""
        yield crc32(f"= {' '.join(self.words)}".encode())
        yield from sorted(self.shingles)[:SKETCH_SIZE] if len(self.words) >= LEAST_WORDS else ()


@dataclass(frozen=True, slots=True)
class _Index:
    """What stood in the reports so far."""

    kept: dict[int, tuple[Passage, ...]] = field(default_factory=dict)
    """By each of the keys of a sentence: passages that have it."""
    passages: dict[str, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    """By report id."""
    twins: dict[tuple[str, str, int], list[Report]] = field(default_factory=lambda: defaultdict(list))
    """By the place of a passage: the other reports of its day in which it stood, any of which may have been first."""

    def add_twins(self, matches: Iterable[_Match]) -> None:
        """Note which passages of a report stood in another one of its day."""
        for match in matches:
            if match.found and match.found.passage.report.published == match.passage.report.published:
                self.twins[match.found.passage.place].append(match.passage.report)

    def tellers(self, passage: Passage) -> tuple[Report, ...]:
        """Return the reports of a passage's day in which it stood: who had it from whom, the day does not tell."""
        return passage.report, *self.twins.get(passage.place, ())

    def add(self, sentences: Iterable[_Sentence], copies: Container[str]) -> None:
        """Add the sentences of a report; where all that one tells is copied, those that it copies are found by it."""
        for sentence in sentences:
            passage = sentence.passage
            is_new = any(claim.id not in copies for claim in passage.claims)
            self.passages[passage.report.id].append(passage)
            for key in sentence.found_by():
                kept = self.kept.get(key, ())
                if is_new or not kept:
                    self.kept[key] = (*kept[:1], *kept[1:][-(KEPT - 2) :], passage)

    def stories(self, main: Report, sentences: Iterable[_Sentence]) -> Iterator[Passage]:
        """Yield the passages of a report, then of others in which sentences stood: a copy may be of any of them."""
        same = (each.report.id for sentence in sentences for each in self.kept.get(next(sentence.found_by()), ()))
        for report in dict.fromkeys((main.id, *same)):
            yield from self.passages[report]

    def find(self, sentence: _Sentence) -> Found | None:
        """Return the earlier sentence that tells most of what a later one tells; else the first that is like it."""
        best: Found | None = None
        for earlier in self._candidates(sentence):
            if likeness := _compared(sentence.words, earlier):
                found = Found.of(sentence.passage, earlier, likeness)
                best = found if best is None or len(found.pairs) > len(best.pairs) else best
                if len(best.pairs) == len(sentence.passage.claims):
                    break
        return best

    def _candidates(self, sentence: _Sentence) -> Iterator[Passage]:
        same = self.kept.get(next(sentence.found_by()), ())
        yield from (each for each in same if each.words() == sentence.words)
        if len(sentence.words) >= LEAST_WORDS:
            shared = Counter(each for shingle in sentence.shingles for each in self.kept.get(shingle, ()))
            yield from sorted(shared, key=lambda each: (-shared[each], *each.place))[:CANDIDATES]


def _compared(words: tuple[str, ...], earlier: Passage) -> Likeness | None:
    return likeness_of(words, earlier.words())


@dataclass(frozen=True, slots=True)
class _Match:
    """A sentence of a report, and the earlier one that it is like."""

    passage: Passage
    n_words: int
    found: Found | None
    is_headline: bool
    own: Report | None
    """The earlier report, or another of its day with the sentence, that is by the same publisher.

    Two publishers that are not known are two."""

    @property
    def is_by_another(self) -> bool:
        """Whether the earlier sentence is by another publisher."""
        return self.own is None

    @property
    def is_copy(self) -> bool:
        """Whether it is a copy whatever the rest of the report is."""
        return self.found is not None and self.is_by_another and self.n_words >= LEAST_WORDS

    def in_reprint_of(self, reprinted: str | None) -> _Match:
        """Return the match in what may be a reprint of a report; none if the earlier sentence tells something else."""
        found = self.found
        if found and found.likeness != "nearly" and found.passage.report.id == reprinted:
            found = Found.of(self.passage, found.passage, found.likeness, is_reprint=True)
        said = found if found and found.pairs else None
        return self if said is self.found else replace(self, found=said)


@dataclass(frozen=True, slots=True)
class _Article:
    """A report's sentences with claims; and the report that it is a copy of as a whole, but for its headline."""

    matches: tuple[_Match, ...]
    source: Report | None

    @classmethod
    def of(cls, sentences: tuple[_Sentence, ...], index: _Index, publishers: Mapping[str, str]) -> _Article:
        report = sentences[0].passage.report
        title, own = words_of(report.title or ""), publishers.get(report.id)

        def match(sentence: _Sentence, found: Found | None) -> _Match:
            tellers = index.tellers(found.passage) if found and own is not None else ()
            theirs = next((teller for teller in tellers if publishers.get(teller.id) == own), None)
            return _Match(sentence.passage, len(sentence.words), found, stands_in(sentence.words, title), theirs)

        alike = [match(sentence, index.find(sentence)) for sentence in sentences]
        reprinted = _reprinted(alike)
        matches = [each.in_reprint_of(reprinted) for each in alike]
        if main := _most_like(matches):
            paired = tuple(zip(sentences, matches, strict=True))
            story = tuple(index.stories(main, (one for one, each in paired if each.found)))
            matches = [each if each.found else match(one, _cut_short(one, story)) for one, each in paired]
        return cls(tuple(matches), main if main and _is_copy_of(report, main, matches) else None)

    def copied(self, index: _Index) -> Iterator[tuple[Claim, Claim]]:
        """Yield each claim that is a copy, with the earlier claim."""
        story = index.passages[self.source.id] if self.source else ()
        for match in self.matches:
            if match.found and (match.is_copy or (self.source and not self._is_said_anew(match))):
                yield from match.found.pairs
            elif match.is_headline:
                yield from headed(match.passage.claims, [claim for passage in story for claim in passage.claims])

    def _is_said_anew(self, match: _Match) -> bool:
        """Whether the publisher told a sentence before, in a report that this one does not issue again."""
        return match.own is not None and not _is_reissue(match.passage.report, match.own)


def _reprinted(matches: Iterable[_Match]) -> str | None:
    """Return the id of the earlier report that is printed again: some long sentences stood in it word for word."""
    n_same = Counter(
        match.found.passage.report.id
        for match in matches
        if match.found and match.found.likeness == "same" and match.n_words >= LEAST_WORDS and not match.is_headline
    )
    likely = max(n_same, key=lambda each: (n_same[each], each), default=None)
    return likely if likely and n_same[likely] >= REPRINTED else None


def _most_like(matches: Iterable[_Match]) -> Report | None:
    """Return the earlier report that most words are found in, headlines left out."""
    found: dict[str, Report] = {}
    n_words: Counter[str] = Counter()
    for match in matches:
        if match.found and not match.is_headline:
            report = match.found.passage.report
            found[report.id] = report
            n_words[report.id] += match.n_words
    return found[max(n_words, key=lambda each: (n_words[each], each))] if found else None


def _cut_short(sentence: _Sentence, story: Iterable[Passage]) -> Found | None:
    """Return the sentence of a story that the last one of a copy begins."""
    whole = (each for each in story if is_cut_off(sentence.words, each.words(), least=SHINGLE_WORDS - 1))
    return next((Found.of(sentence.passage, each, "same") for each in whole), None)


def _is_copy_of(report: Report, source: Report, matches: Iterable[_Match]) -> bool:
    """Whether a report is a copy as a whole; of the same publisher's report only if that is issued again.

    A publisher who repeats one sentence in a new report says it anew.
    """
    body = [match for match in matches if not match.is_headline]
    like = [match for match in body if match.found]
    n_like, n_words = (sum(match.n_words for match in each) for each in (like, body))
    if n_like < WHOLE * n_words or not any(match.n_words >= LEAST_WORDS for match in like):
        return False
    from_source = [match.own for match in like if match.found and match.found.passage.report is source]
    return None in from_source or any(_is_reissue(report, own) for own in dict.fromkeys(filter(None, from_source)))


def _is_reissue(report: Report, source: Report) -> bool:
    if report.published and source.published and (report.published - source.published).days > REISSUED_DAYS:
        return False
    own = shingles(words_of(report.body))
    return len(own & shingles(words_of(source.body))) >= REISSUED * len(own)
