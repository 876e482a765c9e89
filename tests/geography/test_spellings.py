"""Contract: the nearest spelling is found as if every one were compared letter by letter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from tidings.geography.spellings import Spellings

WORDS = st.text(alphabet="abcdehilmnorsteéß- ١\U0001f600", min_size=1, max_size=12)


@given(st.lists(WORDS, max_size=30), WORDS, st.sampled_from([0.0, 50.0, 80.0, 100.0]))
def test_ruling_out_changes_no_answer(keys: list[str], wanted: str, cutoff: float) -> None:
    found = Spellings.of((key, key.upper()) for key in keys).nearest(wanted, cutoff)
    best = process.extractOne(wanted, list(dict.fromkeys(keys)), scorer=fuzz.ratio, score_cutoff=cutoff)
    assert (found and tuple(found)) == (best and (best[0].upper(), best[1]))


def test_the_first_of_equally_near_spellings_is_offered() -> None:
    found = Spellings.of([("azar", "Azar"), ("azaf", "Azaf")]).nearest("azaz", 70)
    assert found is not None
    assert found.name == "Azar"


def test_none_is_near_where_there_are_none_or_nothing_is_asked() -> None:
    assert Spellings.of([]).nearest("azaz", 80) is None
    assert Spellings.of([("", "Nowhere")]).nearest("azaz", 0) is None
    assert Spellings.of([("azaz", "Azaz")]).nearest("", 0) is None
