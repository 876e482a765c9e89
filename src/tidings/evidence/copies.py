"""Copies: claims whose sentence stood, word for word or nearly so, in an earlier report (docs/lineage.md: COPY-1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from rapidfuzz.distance import LCSseq

from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.passages import SHINGLE_WORDS, Passage, passages_of, shingles, words_of
from tidings.evidence.reading import Figure
from tidings.evidence.report import Report

LEAST_WORDS = 8
"""A sentence with fewer words may be the same by chance."""
LEAST_WORDS_NEARLY = 12
"""A sentence with fewer words may be nearly the same by chance: 'some 5,000 people are sheltering in the town'."""
NEARLY = 0.85
"""Share of the shorter sentence's words that stand in the other in the same order: small edits and no more."""
WHOLE = 0.8
"""Share of the words of its sentences with claims by which a report as a whole is a copy."""
REISSUED = 0.75
"""Share of its text that stood in one earlier report by which a publisher's own report is the same one again."""
SKETCH_SIZE = 8
"""Shingles that a sentence is found by, those with the smallest hashes; half of it lacks all in 0.4 % of cases."""
CANDIDATES = 3
"""Earlier sentences that are compared word by word with one that shares shingles with them."""


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
        for claim, first in _Article.of(sentences, index, publishers).copied(index):
            copies[claim.id] = copies.get(first.id, first.id)
        index.add(sentences)
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
    is_headed = _stands_in(passages[0].words(), words_of(report.title or ""))
    return sum(len(passage.text.split()) for passage in passages[is_headed:])


@dataclass(frozen=True, slots=True)
class _Found:
    """An earlier passage, and whether the later one stands in it word for word."""

    passage: Passage
    is_exact: bool


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

    first: dict[int, Passage] = field(default_factory=dict)
    """By each of the keys of a sentence: the first passage that has it."""
    passages: dict[str, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    """By report id."""

    def add(self, sentences: Iterable[_Sentence]) -> None:
        for sentence in sentences:
            self.passages[sentence.passage.report.id].append(sentence.passage)
            for key in sentence.found_by():
                self.first.setdefault(key, sentence.passage)

    def find(self, sentence: _Sentence) -> _Found | None:
        same = self.first.get(next(sentence.found_by()))
        if same and same.words() == sentence.words:
            return _Found(same, is_exact=True)
        if len(sentence.words) < LEAST_WORDS:
            return None
        shared = Counter(each for shingle in sentence.shingles if (each := self.first.get(shingle)))
        likely = sorted(shared, key=lambda each: (-shared[each], *each.place))[:CANDIDATES]
        return next((found for each in likely if (found := _compared(sentence.words, each))), None)


def _compared(words: tuple[str, ...], earlier: Passage) -> _Found | None:
    before = earlier.words()
    if _stands_in(words, before) or _is_cut_off(words, before):
        return _Found(earlier, is_exact=True)
    shorter = min(len(words), len(before))
    is_near = shorter >= LEAST_WORDS_NEARLY and LCSseq.similarity(words, before) >= NEARLY * shorter
    is_longer = shorter >= LEAST_WORDS and (_stands_in(before, words) or _is_cut_off(before, words))
    return _Found(earlier, is_exact=False) if is_near or is_longer else None


def _stands_in(words: Sequence[str], text: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(text)} "


def _is_cut_off(part: Sequence[str], whole: Sequence[str], least: int = LEAST_WORDS) -> bool:
    """Whether words are the beginning of others, cut off within the last word."""
    kept = len(part) - 1
    return least <= kept < len(whole) and part[:kept] == whole[:kept] and whole[kept].startswith(part[kept])


@dataclass(frozen=True, slots=True)
class _Match:
    """A sentence of a report, and the earlier one that it is like."""

    passage: Passage
    n_words: int
    found: _Found | None
    is_headline: bool
    is_by_another: bool
    """Whether the earlier one is by another publisher; two that are not known are two."""

    @property
    def is_copy(self) -> bool:
        """Whether it is a copy whatever the rest of the report is."""
        return self.found is not None and self.is_by_another and self.n_words >= LEAST_WORDS


@dataclass(frozen=True, slots=True)
class _Article:
    """A report's sentences with claims; and the report that it is a copy of as a whole, but for its headline."""

    matches: tuple[_Match, ...]
    source: Report | None

    @classmethod
    def of(cls, sentences: tuple[_Sentence, ...], index: _Index, publishers: Mapping[str, str]) -> _Article:
        report = sentences[0].passage.report
        title, own = words_of(report.title or ""), publishers.get(report.id)

        def match(sentence: _Sentence, found: _Found | None) -> _Match:
            theirs = publishers.get(found.passage.report.id) if found else None
            is_headline, is_by_another = _stands_in(sentence.words, title), own is None or own != theirs
            return _Match(sentence.passage, len(sentence.words), found, is_headline, is_by_another)

        matches = [match(sentence, index.find(sentence)) for sentence in sentences]
        if main := _most_like(matches):
            story = index.passages[main.id]
            paired = zip(sentences, matches, strict=True)
            matches = [each if each.found else match(one, _cut_short(one.words, story)) for one, each in paired]
        return cls(tuple(matches), main if main and _is_copy_of(report, main, matches) else None)

    def copied(self, index: _Index) -> Iterator[tuple[Claim, Claim]]:
        """Yield each claim that is a copy, with the earlier claim."""
        story = index.passages[self.source.id] if self.source else ()
        for match in self.matches:
            if match.found and (self.source or match.is_copy):
                yield from _pairs(match.passage, match.found)
            elif match.is_headline:
                yield from _headed(match.passage.claims, [claim for passage in story for claim in passage.claims])


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


def _cut_short(words: Sequence[str], story: Iterable[Passage]) -> _Found | None:
    """Return the sentence of a story that the last one of a copy begins."""
    whole = (each for each in story if _is_cut_off(words, each.words(), least=SHINGLE_WORDS - 1))
    return next((_Found(each, is_exact=True) for each in whole), None)


def _is_copy_of(report: Report, source: Report, matches: Iterable[_Match]) -> bool:
    """Whether a report is a copy as a whole; of the same publisher's report only if that is issued again.

    A publisher who repeats one sentence in a new report says it anew.
    """
    body = [match for match in matches if not match.is_headline]
    like = [match for match in body if match.found]
    n_like, n_words = (sum(match.n_words for match in each) for each in (like, body))
    if n_like < WHOLE * n_words or not any(match.n_words >= LEAST_WORDS for match in like):
        return False
    is_by_another = any(match.is_by_another for match in like if match.found and match.found.passage.report is source)
    return is_by_another or _is_reissue(report, source)


def _is_reissue(report: Report, source: Report) -> bool:
    own = shingles(words_of(report.body))
    return len(own & shingles(words_of(source.body))) >= REISSUED * len(own)


def _pairs(passage: Passage, found: _Found) -> Iterator[tuple[Claim, Claim]]:
    """Yield each claim of a sentence with its counterpart in the earlier one; in a changed one it must say the same."""
    for claim in passage.claims:
        shift = claim_start(claim) - passage.start + found.passage.start
        kin = [
            (_difference(claim, earlier), abs(claim_start(earlier) - shift), earlier.id, earlier)
            for earlier in found.passage.claims
            if earlier.kind == claim.kind and (found.is_exact or said_by(earlier) == said_by(claim))
        ]
        if kin:
            yield claim, min(kin)[-1]


def _difference(claim: Claim, earlier: Claim) -> int:
    return (said_by(claim) != said_by(earlier)) + (claim.predicate != earlier.predicate)


def _headed(claims: Iterable[Claim], told: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the claims of a copy's new headline with what the story tells of the same matter."""
    for claim in claims:
        same = (
            earlier for earlier in told
            if (earlier.kind, earlier.predicate) == (claim.kind, claim.predicate)
            and set(earlier.subjects) & set(claim.subjects)
        )  # fmt: skip
        yield from ((claim, first) for first in list(same)[:1])


def claim_start(claim: Claim) -> int:
    """Return the offset of a claim's words."""
    return claim.source.start if isinstance(claim.source, TextSpan) else 0


def said_by(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says, without who says it and how sure: kind, predicate, subjects and numbers."""
    content = claim.content
    number = (content.value, content.low, content.high, content.unit) if isinstance(content, Figure) else ()
    return claim.kind, claim.predicate, frozenset(claim.subjects), number
