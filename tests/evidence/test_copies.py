"""Contract: a claim is a copy where its sentence stood, word for word or nearly so, in an earlier report."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from tests.evidence.articles import STORY, TOLD, article, read, said
from tests.evidence.making import DAY, event, figure
from tidings.evidence import copies
from tidings.evidence.copies import copies_of

NEXT = DAY + dt.timedelta(days=1)
LONG = TOLD["capture"][0]


def found(*told):
    """Return what is a copy of what in reports, each with its claims."""
    reports = [report for report, _ in told]
    publishers = {report.id: report.publisher for report in reports if report.publisher}
    return copies_of([claim for _, claims in told for claim in claims], reports, publishers)


def with_claims(report):
    return report, read(report)


def pairs(original, copy):
    """Return the claims of a copy by the claims that say the same in the original."""
    first = {claim.content: claim.id for claim in read(original)}
    return {claim.id: first[claim.content] for claim in read(copy)}


CHANGED = {
    "another headline": {"title": "Market town falls"},
    "another byline": {"text": f"By our own correspondent\n\n{STORY}"},
    "boilerplate around it": {"text": f"This story is from a partner.\n\n{STORY}\n\nSubscribe to our letter."},
    "other spacing": {"text": STORY.replace(". ", ".\n").replace(" the ", "  the ")},
    "other marks": {"text": STORY.replace(",", "").replace(".", "!")},
    "the end cut off": {"text": STORY[: len(STORY) * 2 // 3]},
    "the last sentence cut within a word": {"text": STORY[: STORY.index("people are")]},
    "a small edit": {"text": STORY.replace("heavy shelling", "intense shelling")},
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
def test_a_syndicated_copy_is_found_whatever_the_copier_has_changed(change):
    original, copy = article(), article(published=NEXT, publisher="Courier", **change)
    assert pairs(original, copy)
    assert found(with_claims(original), with_claims(copy)) == pairs(original, copy)


def test_a_copy_inside_a_longer_article_is_found_and_the_rest_is_its_own():
    wire = article(LONG)
    longer = article(f"Rain fell on the hills all week. {STORY}", NEXT, publisher="Courier")
    (first,) = read(wire)
    copied = found(with_claims(wire), with_claims(longer))
    assert set(copied.values()) == {first.id}
    assert len(read(longer)) > len(copied) == 1


def test_the_copy_of_a_copy_is_a_copy_of_the_first():
    told = [article(published=DAY + dt.timedelta(days=k), publisher=name) for k, name in enumerate("ABC")]
    copied = found(*map(with_claims, told))
    assert set(copied.values()) == {claim.id for claim in read(told[0])}
    assert len(copied) == 2 * len(read(told[0]))


def test_an_updated_number_is_no_copy():
    changed = article(STORY.replace("12,345", "13,900"), NEXT, publisher="Courier")
    newer = said(changed, figure("sheltered", 13_900, ("gate",)), "Some 13,900")
    assert newer.id not in found(with_claims(article()), (changed, (*read(changed), newer)))


def test_the_same_words_about_another_place_are_no_copy():
    original = article(LONG)
    other = article(LONG.replace("Varn", "Tolm"), NEXT, publisher="Courier")
    claim = said(other, event("capture", ("tolm",), ("army",)), "captured")
    assert found(with_claims(original), (other, (claim,))) == {}


def test_a_short_sentence_may_be_the_same_by_chance():
    short, _ = TOLD["hold"]
    assert found(with_claims(article(short)), with_claims(article(short, NEXT, publisher="Courier"))) == {}


def test_a_formula_with_a_round_number_is_no_copy_unless_it_is_word_for_word():
    told, content = "Some 5,000 people are sheltering in camps in Varn.", figure("sheltered", 5_000, ("varn",))
    original, other = article(told), article(told.replace("Some", "About"), NEXT, publisher="Courier")
    assert found((original, (said(original, content, "5,000"),)), (other, (said(other, content, "5,000"),))) == {}


def test_a_publisher_who_repeats_a_sentence_in_a_new_report_says_it_anew():
    weekly = article(f"Rain fell on the hills all week, and the harvest is late. {LONG}", NEXT)
    assert found(with_claims(article()), with_claims(weekly)) == {}


def test_a_publisher_who_issues_a_report_again_says_nothing_anew():
    again = article(published=NEXT, title="Market town falls (updated headline)")
    assert found(with_claims(article()), with_claims(again)) == pairs(article(), again)


def test_a_new_headline_over_a_copied_story_tells_nothing_of_its_own_where_the_story_tells_the_same():
    original = article()
    copy = article(published=NEXT, publisher="Courier", title="Army takes Varn")
    headline = said(copy, event("capture", ("varn",), ("army",), end=2), "takes")
    other = said(copy, event("ceasefire", ("varn",)), "takes")
    copied = found(with_claims(original), (copy, (*read(copy), headline, other)))
    assert copied[headline.id] == next(c.id for c in read(original) if c.predicate == "capture")
    assert other.id not in copied


def test_furniture_is_not_compared():
    banner = "Sign in to read all of the stories of our correspondents in the field"
    start = len("News of the day\n\n")
    furniture = ((start, start + len(banner)),)
    first, second = (replace(article(f"{banner} {text}"), furniture=furniture) for text in (LONG, TOLD["siege"][0]))
    second = replace(second, published=NEXT, publisher="Courier")
    assert found(with_claims(first), with_claims(second)) == {}


def test_of_one_day_the_fuller_report_is_the_first_and_then_the_smaller_id():
    whole, part = article(), article(LONG, publisher="Courier")
    assert found(with_claims(whole), with_claims(part)) == pairs(whole, part)
    twin = article(publisher="Courier", title="Another headline")
    first, second = sorted([whole, twin], key=lambda report: report.id)
    assert found(with_claims(whole), with_claims(twin)) == pairs(first, second)


def test_the_order_in_which_reports_are_given_is_irrelevant():
    told = [
        with_claims(article(text, DAY + dt.timedelta(days=k % 2), publisher=f"P{k}"))
        for k, text in enumerate((STORY, STORY[:250], f"{LONG} {TOLD['lives'][0]}", STORY[120:]))
    ]
    assert len({frozenset(found(*order).items()) for order in permutations(told)}) == 1


def test_a_report_that_is_not_compared_makes_no_copy():
    original, copy = article(), article(published=NEXT, publisher="Courier")
    assert found(with_claims(copy)) == {}
    assert found((copy, (*read(copy), *read(original)))) == {}


def test_a_sentence_is_compared_with_a_few_earlier_ones_however_many_are_like_it(monkeypatch):
    compared = []
    alike = copies._compared
    monkeypatch.setattr(copies, "_compared", lambda words, earlier: compared.append(words) or alike(words, earlier))
    told = []
    for number in range(60):
        text = LONG.replace("two days", f"{number + 2} days").replace("Varn", f"Varn {number}")
        told.append(with_claims(article(text, publisher=f"P{number}")))
    found(*told)
    assert 0 < len(compared) <= copies.CANDIDATES * len(told)
