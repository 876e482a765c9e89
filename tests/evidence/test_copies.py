"""Contract: a claim is a copy where its sentence stood, word for word or nearly so, in an earlier report."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import pytest

from tests.evidence.articles import STORY, TOLD, article, read, said
from tests.evidence.making import DAY, controls, event, figure
from tidings.evidence import copies
from tidings.evidence.copies import copies_of
from tidings.evidence.reading import When

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


def test_a_publisher_who_lets_a_report_stand_for_a_week_says_it_anew():
    again = article(published=DAY + dt.timedelta(days=7), title="Market town falls (updated headline)")
    assert found(with_claims(article()), with_claims(again)) == {}


@pytest.mark.parametrize("publisher", ["Courier", "Post"])
def test_the_same_words_below_the_heading_of_another_town_are_no_copy(publisher):
    words = "It was captured by the army on the third day of March, after a week of heavy shelling from the hills."
    one, other = article(f"Varn\n\n{words}"), article(f"Tolm\n\n{words}", publisher=publisher)
    told = [
        (report, (said(report, event("capture", (town,), ("army",)), "captured"),))
        for report, town in ((one, "varn"), (other, "tolm"))
    ]
    assert found(*told) == {}


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


HELD = "Soldiers of the army{} captured the old market town of Varn from the rebels after two days of shelling."
FALLS = event("capture", ("varn",), ("army",))
KILLED = "Some 500 people were killed{} when shells fell on the northern town of Varn{}, a monitor of the war said."
STRUCK = "Shells fell on the northern town of Varn{} and many people were killed there, a monitor of the war said."


def day(number):
    return DAY + dt.timedelta(days=number)


def tells(text, content, words, *, days=0, by="Post", certainty="stated"):
    """Return a report that tells one thing, and its claim."""
    report = article(text, day(days), publisher=by)
    return report, (said(report, content, words, certainty=certainty),)


def on(number, words=None):
    """Return the time of one day after the first, as told in some words."""
    return When.model_validate({"from": day(number), "until": day(number + 1), "text": words})


def killed(time):
    return figure("killed", 500, ("varn",), measure="flow", period=time)


@pytest.mark.parametrize("certainty", ["denied", "projected", "conditional", "demanded"])
def test_what_is_told_as_so_is_no_copy_of_a_denial_or_a_fear(certainty):
    doubted = tells(HELD.format(" have not"), FALLS, "captured", certainty=certainty)
    told = tells(HELD.format(" have"), FALLS, "captured", days=1, by="Courier")
    assert found(doubted, told) == {}


def test_a_denial_is_no_copy_of_what_is_told_as_so_nor_a_fear_of_a_denial():
    told = tells(HELD.format(" have"), FALLS, "captured")
    denied = tells(HELD.format(" have not"), FALLS, "captured", days=1, by="Courier", certainty="denied")
    feared = tells(HELD.format(" may have"), FALLS, "captured", days=2, by="Herald", certainty="projected")
    assert found(told, denied, feared) == {}


def test_what_stands_within_a_denial_is_no_copy_of_it():
    denied = tells(f"It is not true that {HELD.format('')}", FALLS, "captured", certainty="denied")
    assert found(denied, tells(HELD.format(""), FALLS, "captured", days=1, by="Courier")) == {}


def test_what_one_writer_states_and_another_lets_others_claim_in_nearly_the_same_words_is_a_copy():
    stated = tells(HELD.format(""), FALLS, "captured")
    claimed = tells(HELD.format(", it says,"), FALLS, "captured", days=1, by="Courier", certainty="claimed")
    assert set(found(stated, claimed).values()) == {stated[1][0].id}


@pytest.mark.parametrize("days", [0, 2, 19])
def test_the_same_words_but_for_the_day_of_which_they_tell_are_no_copy(days):
    monday = tells(KILLED.format("", " on Monday"), killed(on(-2, "on Monday")), "500")
    friday = on(days - 1, "on Friday")
    later = tells(KILLED.format("", " on Friday"), killed(friday), "500", days=days, by="Courier")
    assert found(monday, later) == {}


@pytest.mark.parametrize(
    "content", [killed, lambda time: event("shelling", ("varn",), when=time)], ids=["flow", "event"]
)
def test_a_day_told_in_other_words_is_the_same_day(content):
    monday = tells(KILLED.format("", " on Monday"), content(on(-2, "on Monday")), "500")
    dated = tells(KILLED.format("", " on 27 February"), content(on(-2, "on 27 February")), "500", days=9, by="Courier")
    assert set(found(monday, dated).values()) == {monday[1][0].id}


def test_periods_that_overlap_are_of_one_time():
    week = When.model_validate({"from": day(-7), "until": day(0), "text": "last week"})
    wide = tells(KILLED.format("", " last week"), killed(week), "500")
    narrow = tells(KILLED.format("", " on Friday"), killed(on(-3, "on Friday")), "500", days=1, by="Courier")
    assert set(found(wide, narrow).values()) == {wide[1][0].id}


@pytest.mark.parametrize(("days", "is_copy"), [(1, True), (6, True), (7, False), (19, False)])
def test_yesterday_is_another_day_where_it_is_printed_word_for_word_a_week_later(days, is_copy):
    told = tells(STRUCK.format(" yesterday"), event("shelling", ("varn",), when=on(-1, "yesterday")), "fell")
    content = event("shelling", ("varn",), when=on(days - 1, "yesterday"))
    again = tells(STRUCK.format(" yesterday"), content, "fell", days=days, by="Courier")
    assert bool(found(told, again)) is is_copy


@pytest.mark.parametrize(("days", "is_copy"), [(1, True), (3, True), (4, False)])
def test_yesterday_in_a_changed_sentence_is_another_day_sooner(days, is_copy):
    told = tells(STRUCK.format(" yesterday"), event("shelling", ("varn",), when=on(-1, "yesterday")), "fell")
    content = event("shelling", ("varn",), when=on(days - 1, "yesterday"))
    changed = STRUCK.format(" yesterday").replace("many", "several")
    assert bool(found(told, tells(changed, content, "fell", days=days, by="Courier"))) is is_copy


@pytest.mark.parametrize(("days", "is_copy"), [(3, True), (4, False)])
def test_a_changed_sentence_without_a_day_is_of_another_time_days_later(days, is_copy):
    struck = event("shelling", ("varn",))
    told = tells(STRUCK.format(""), struck, "fell")
    changed = tells(STRUCK.format("").replace("many", "several"), struck, "fell", days=days, by="Courier")
    assert bool(found(told, changed)) is is_copy


def test_a_relation_of_another_time_is_no_copy():
    def holds(number):
        return controls("army", "varn").model_copy(update={"when": on(number, "on that day")})

    told = tells(HELD.format(""), holds(0), "captured")
    assert found(told, tells(HELD.format(""), holds(30), "captured", days=30, by="Courier")) == {}


def test_word_for_word_and_without_a_day_it_is_a_copy_however_late():
    told = tells(STRUCK.format(""), event("shelling", ("varn",)), "fell")
    assert found(told, tells(STRUCK.format(""), event("shelling", ("varn",)), "fell", days=90, by="Courier"))


def reprint(days, by, n_sentences):
    """Return a report of some sentences that all tell of yesterday."""
    texts = [STRUCK.replace("Varn", name).format(" yesterday") for name in ("Varn", "Tolm", "Gate")[:n_sentences]]
    report = article(" ".join(texts), day(days), publisher=by)
    time = on(days - 1, "yesterday")
    claims = [
        said(report, event("shelling", (name.lower(),), when=time), f"of {name}")
        for name in ("Varn", "Tolm", "Gate")[:n_sentences]
    ]
    return report, tuple(claims)


@pytest.mark.parametrize(("n_sentences", "n_copies"), [(2, 0), (3, 3)])
def test_three_long_sentences_of_one_report_word_for_word_are_that_report_printed_again_however_late(
    n_sentences, n_copies
):
    assert len(found(reprint(0, "Post", n_sentences), reprint(30, "Courier", n_sentences))) == n_copies


def test_the_copy_of_a_sentence_of_another_day_is_a_copy_of_that_and_not_of_the_first_in_those_words():
    def struck(days, by, words="many"):
        text = STRUCK.format(" yesterday").replace("many", words)
        return tells(text, event("shelling", ("varn",), when=on(days - 1, "yesterday")), "fell", days=days, by=by)

    old, new, same, changed = struck(0, "Post"), struck(20, "Sun"), struck(21, "Courier"), struck(22, "Herald", "most")
    (first,) = new[1]
    assert found(old, new, same, changed) == {same[1][0].id: first.id, changed[1][0].id: first.id}


def test_a_headline_over_a_sentence_of_another_day_is_no_copy_of_what_the_first_told():
    monday = tells(KILLED.format("", " on Monday"), killed(on(-2, "on Monday")), "500")
    text, title = KILLED.format("", " on Friday"), "Hundreds killed in Varn"
    report = article(text, day(12), publisher="Courier", title=title)
    headline = said(report, figure("killed", 500, ("varn",), measure="flow"), "Hundreds")
    body = said(report, killed(on(11, "on Friday")), "500")
    assert found(monday, (report, (headline, body))) == {}


@pytest.mark.parametrize("by", [None, "Courier"])
def test_what_a_publisher_says_anew_is_no_copy_of_who_printed_his_first_report_on_its_day(by):
    first, again = (TOLD[kind][0] for kind in ("capture", "camp"))
    own, printed = (with_claims(article(f"{first} {again}", publisher=who)) for who in ("Post", by))
    anew = with_claims(article(f"{again} {first} {TOLD['lives'][0]}", NEXT, publisher="Post"))
    copied = found(own, printed, anew)
    assert len(copied) == len(own[1])
    assert not copied.keys() & {claim.id for claim in anew[1]}


def test_what_a_publisher_issues_again_is_a_copy_though_another_printed_it_on_its_day():
    own, printed = (with_claims(article(publisher=who)) for who in ("Post", "Courier"))
    again = with_claims(article(published=NEXT, publisher="Post"))
    assert {claim.id for claim in again[1]} <= found(own, printed, again).keys()


def test_a_copy_that_is_cut_off_is_found_in_whichever_report_of_its_day_has_the_rest():
    camp, road, capture = (TOLD[kind][0] for kind in ("camp", "road", "capture"))
    for publisher in ("Post", "Herald"):
        one, other = (with_claims(article(f"{camp} {end}", publisher=publisher)) for end in (road, capture))
        cut = with_claims(article(f"{camp} {road[:22]}", publisher=None))
        assert {claim.id for claim in cut[1]} <= found(one, other, cut).keys()
        cut = with_claims(article(f"{camp} {capture[:40]}", publisher=None))
        assert {claim.id for claim in cut[1]} <= found(one, other, cut).keys()


def test_a_publisher_s_old_sentence_is_said_anew_though_another_printed_the_new_report_on_its_day():
    camp, siege, capture = (TOLD[kind][0] for kind in ("camp", "siege", "capture"))
    old = with_claims(article(f"{camp} {capture}", publisher="Post"))
    later = DAY + dt.timedelta(days=9)
    own, printed = (with_claims(article(f"{siege} {capture}", later, publisher=by)) for by in ("Post", None))
    again = next(claim for claim in own[1] if claim.content == TOLD["capture"][1])
    assert again.id not in found(old, own, printed)
    assert again.id not in found(old, own)
