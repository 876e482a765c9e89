"""The headline of a report, and how far the story goes that it stands over."""

from __future__ import annotations

from typing import NamedTuple

from tidings.evidence.extract.words import Document

LONGEST_HEADLINE = 140
"""Characters."""
STORY_PARAGRAPHS = 4
"""Paragraphs behind a headline in which its own story is told; lines such as 'Published: ...' count."""
SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "”", '"')


class Headline(NamedTuple):
    """Where a headline ends in the text, and where the story ends that it may tell beforehand; 0, 0 without one."""

    end: int = 0
    story_end: int = 0

    def holds(self, start: int) -> bool:
        """Whether words that start there stand in the headline."""
        return start < self.end

    def is_over(self, start: int) -> bool:
        """Whether words that start there stand in the story right below it."""
        return self.end <= start < self.story_end


NO_HEADLINE = Headline()


def headline_of(document: Document) -> Headline:
    """Return the headline: a first paragraph of one short line without the mark that ends a sentence.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> headline_of(Document(Report(id="r", name="-", text="Town falls\\n\\nThe town fell on Monday.")))
    Headline(end=10, story_end=36)
    """
    sentences = document.sentences
    if len(sentences) < 2 or sentences[1].paragraph == sentences[0].paragraph:
        return NO_HEADLINE
    first = sentences[0]
    words = document.body[first.start : first.end].strip()
    if not words or len(words) > LONGEST_HEADLINE or words.endswith(SENTENCE_ENDS):
        return NO_HEADLINE
    story = [each for each in sentences[1:] if each.paragraph <= first.paragraph + STORY_PARAGRAPHS]
    return Headline(first.end, story[-1].end)
