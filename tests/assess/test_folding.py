"""Contract: the rule by which evidence is weighed, against its definition, and the same compiled as read by Python."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assess.one_question import standing
from tests.assess.test_standings import DAY, HALF_LIFE, days, pieces
from tidings.assess.columns import MOST_UNCOMPILED, Columns
from tidings.assess.reconcile import UNKNOWN, Evidence, stands_until

evidence = st.lists(pieces("azaz"), max_size=9)


def told_by(pieces, on):
    """Return the pieces told of each day, as known on a day."""
    by_day = {}
    for piece in pieces:
        if piece.day <= on and not (piece.ends and piece.ends <= on):
            for day in {piece.day, max(piece.day, min(piece.fresh_until or piece.day, on))}:
                by_day.setdefault(day, []).append(piece)
    return dict(sorted(by_day.items()))


def newest_answers(by_day, until):
    """Return the newest answers of each voice: their day, and how reliable each is since the voice said otherwise."""
    newest = {}
    for day in (day for day in by_day if day <= until):
        today = {}
        for piece in by_day[day]:
            answers = today.setdefault(tuple(sorted(piece.voices)), {})
            answers[piece.answer] = max(answers.get(piece.answer, 0.0), piece.reliability)
        for voice, answers in today.items():
            _, before = newest.get(voice, (None, {}))
            newest[voice] = day, {answer: max(r, before.get(answer, 0.0)) for answer, r in answers.items()}
    return newest


def by_definition(by_day, until):
    """Return the opinion after a day as RECONCILE-1 defines it."""
    newest, odds, last = newest_answers(by_day, until), {UNKNOWN: 1.0}, None
    for day in sorted({day for day, _ in newest.values()}):
        if last:
            odds = {a: p * 0.5 ** ((day - last).days / HALF_LIFE) for a, p in odds.items() if a != UNKNOWN}
            odds[UNKNOWN] = 1.0 - sum(odds.values())
        told = [(answer, r) for of, answers in newest.values() if of == day for answer, r in answers.items()]
        moved, total = 1 - math.prod(1 - r for _, r in told), sum(-math.log(1 - r) for _, r in told)
        odds = {answer: p * (1 - moved) for answer, p in odds.items()}
        for answer, r in told:
            odds[answer] = odds.get(answer, 0.0) - moved * math.log(1 - r) / total
        last = day
    return odds


@settings(max_examples=200, deadline=None)
@given(evidence, days)
def test_an_opinion_is_that_of_its_definition(pieces, on):
    by_day = told_by(pieces, on)
    expected, stands = by_definition(by_day, on), standing(pieces, on, HALF_LIFE)
    for answer in expected.keys() | stands.odds.keys():
        assert stands.odds.get(answer, 0.0) == pytest.approx(expected.get(answer, 0.0), abs=1e-9)
    assert stands.claims == tuple(dict.fromkeys(c for told in by_day.values() for c in sorted(p.claim for p in told)))
    assert stands.last == max(by_day, default=on)


@settings(max_examples=100, deadline=None)
@given(evidence, days)
def test_it_is_so_since_the_last_day_that_made_another_answer_the_likeliest(pieces, on):
    by_day, since, top = told_by(pieces, on), None, UNKNOWN
    for day in by_day:
        odds = by_definition(by_day, day)
        ranked = sorted(odds.values())
        if len(ranked) > 1 and ranked[-1] - ranked[-2] < 1e-9:
            return  # a tie of floats: which is first hangs on their last bit
        newest = max(sorted(odds), key=odds.get)
        since, top = (since, top) if newest == top else (day, newest)
    assert standing(pieces, on, HALF_LIFE).since == since


@settings(max_examples=100, deadline=None)
@given(evidence, days)
def test_of_the_likeliest_answer_it_is_found_when_it_was_told_last_and_when_it_took_the_place(pieces, on):
    by_day, stands = told_by(pieces, on), standing(pieces, on, HALF_LIFE)
    known = {answer: p for answer, p in stands.odds.items() if answer != UNKNOWN and p}
    likeliest = max(sorted(known), key=known.get) if known else UNKNOWN
    told = [(day, piece) for day, told in by_day.items() for piece in told if piece.answer == likeliest]
    taken = {p for _, p in told if p.changed_by and (not stands.since or p.day >= stands.since)}
    dated = [(piece.day, piece.changed_by) for piece in taken if piece.is_dated]
    changed = max((day for day, _ in dated), default=min((piece.day for piece in taken), default=None))
    among = dated or [(piece.day, piece.changed_by) for piece in taken]
    shown = [day for day, piece in told if not piece.changed_by]
    shown += [min(by for day, by in among if day == changed)] if taken else []
    assert stands.shown == max(shown, default=stands.since)
    assert stands.changed == changed


@settings(max_examples=40, deadline=None)
@given(st.lists(evidence, min_size=1, max_size=4), days)
def test_compiled_it_gives_the_same_to_the_last_bit(questions, on):
    compiled, plain = (Columns.of(questions, HALF_LIFE, UNKNOWN, is_compiled=is_so) for is_so in (True, False))
    every = range(len(questions))
    a, b = compiled.found(every, on), plain.found(every, on)
    assert a.odds.tolist() == b.odds.tolist()
    for column in ("last", "since", "until", "shown", "changed", "change"):
        assert getattr(a, column).tolist() == getattr(b, column).tolist()
    assert [compiled.claims(question, on) for question in every] == [plain.claims(question, on) for question in every]


@settings(max_examples=60, deadline=None)
@given(evidence, st.randoms(use_true_random=False), days)
def test_the_order_of_evidence_is_irrelevant_to_the_last_bit(pieces, random, on):
    shuffled = random.sample(pieces, len(pieces))
    assert standing(shuffled, on, HALF_LIFE) == standing(pieces, on, HALF_LIFE)


@settings(max_examples=60, deadline=None)
@given(evidence, days, st.integers(0, 40))
def test_until_the_day_it_tells_an_opinion_only_fades(pieces, on, later):
    day = on + dt.timedelta(days=later)
    first, then = standing(pieces, on, HALF_LIFE), standing(pieces, day, HALF_LIFE)
    if day < stands_until(pieces, on):
        assert (then.odds, then.since, then.claims) == (first.odds, first.since, first.claims)


def test_of_much_evidence_compiled_code_weighs_it_and_of_little_python():
    def laid(n):
        told = [Evidence("azaz", "held_by", "rebels", DAY, 0.5, f"c{k}", (f"v{k}",)) for k in range(n)]
        return Columns.of([told], HALF_LIFE, UNKNOWN)

    few, many = laid(3), laid(MOST_UNCOMPILED + 1)
    assert isinstance(few.told.day, list)
    assert not isinstance(many.told.day, list)
    assert float(many.found([0], DAY).odds.sum()) == pytest.approx(1.0)


def test_what_is_told_without_any_reliability_moves_nothing():
    said = Evidence("azaz", "held_by", "rebels", DAY, 0.0, "c1")
    assert standing([said], DAY, HALF_LIFE).odds == {"rebels": 0.0, UNKNOWN: 1.0}
