"""Contract: sentences in which claims were read, as words that do not hang on case, marks, spacing or the machine."""

from dataclasses import replace

from tests.evidence.articles import SENTENCES, article, read
from tests.evidence.making import claim_of, event, report_of
from tidings.evidence.passages import passages_of, shingles, words_of


def test_a_report_gives_the_sentences_that_tell_something_each_with_its_claims():
    report = article()
    passages = passages_of(report, read(report))
    assert [passage.text.strip() for passage in passages] == SENTENCES
    assert all(len(passage.claims) == 1 for passage in passages)
    assert all(report.text[passage.start :].startswith(passage.text) for passage in passages)


def test_a_line_that_is_only_wrapped_ends_no_sentence_whatever_comes_next():
    report = article()
    wrapped = article(report.text.removeprefix("News of the day\n\n").replace("of Varn", "of\nVarn"))
    words = [passage.words() for passage in passages_of(report, read(report))]
    assert [passage.words() for passage in passages_of(wrapped, read(wrapped))] == words


def test_a_headline_without_a_mark_ends_where_the_title_does():
    report = article()
    close = replace(report, text=report.text.replace("\n\n", "\n", 1))
    assert passages_of(close, read(close))[0].text.strip() == SENTENCES[0]


def test_the_entries_of_a_list_are_sentences_of_their_own():
    listed = article("\n".join(f"- {sentence.rstrip('.')}" for sentence in SENTENCES))
    assert len(passages_of(listed, read(listed))) == len(SENTENCES)


def test_words_are_compared_without_case_marks_and_spacing():
    assert words_of("The ARMY’s column,\n  it said: 12,345") == words_of("the army's column - it said 12 345")


def test_shingles_are_the_same_on_every_machine():
    words = words_of("one two three four five")
    assert sorted(shingles(words)) == [1613931443, 4104913968]
    assert len(shingles(words[:2])) == 1


def test_headlines_above_a_story_are_no_part_of_one_another_nor_of_its_first_sentence():
    story = "Rebels captured the town of Varn on Monday, residents and an officer said."
    lines = ("From our wire", "Rebels take Varn in a push to the east", story)
    report = report_of("\n".join(lines), title="From our wire")
    told = [claim_of(report, event("capture", ("varn",)), start=report.text.index(line) + 7) for line in lines]
    assert [passage.text.strip() for passage in passages_of(report, told)] == list(lines)
