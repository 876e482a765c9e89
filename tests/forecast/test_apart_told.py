"""Contract: sources that are apart are told with their numbers, by how much they differ, and with their chances."""

from tests.forecast.records import START, reports
from tests.forecast.test_levels import high, low, of, told_by
from tidings.forecast.apart_told import MOST_TOLD, apart_warnings, leaps_between
from tidings.forecast.levels import levels_of


def told(*parts, odds=None, **named):
    every = [report for part in parts for report in part]
    return [w.message for w in apart_warnings(levels_of(every, odds), every, start=START, **named)]


def test_the_gap_is_told_as_it_is_and_that_nothing_decides():
    (message,) = told(low("UNHCR"), high("Governor"), names={"near": "Near"})
    assert message == (
        "Sources disagree on how many are at Near: Governor tells of 16,622 (2031-03-19), UNHCR tells of 8,311"
        " (2031-03-19). Governor counts 100% more than UNHCR (12 comparisons). Chances to be right, nothing decides"
        " between them: Governor 50%, UNHCR 50%. The forecast spans them; its median may be nobody's number."
    )


def test_what_the_chances_go_by_is_told():
    third = told_by("Census", 1.03, days=range(3, 80, 7))
    (message,) = told(low("UNHCR"), high("Governor"), third, odds={"Governor": 0.1})
    assert "by their grades in crisis.yaml, which of them others agree with" in message
    assert "Census" in message


def test_a_change_of_source_is_told_and_leaps_with_both_numbers():
    parts = (low("UNHCR"), of("", {90: 17_000, 100: 17_300}))
    (message,) = told(*parts)
    assert (
        "an unnamed source begins on 2031-04-01 where UNHCR ends, with a number that does not follow from its last"
        in message
    )
    assert "by the chance that people came since: an unnamed source 67%, UNHCR 33%" in message
    apart = levels_of([report for part in parts for report in part])
    (leap,) = leaps_between(apart, START, {})
    assert leap == "near (2031-04-01: 8,311 by UNHCR to 17,000 by an unnamed source)"


def test_where_the_simulation_starts_from_one_of_them_that_is_said():
    (message,) = told(low("UNHCR"), high("Governor"), simulated={"near"})
    assert message.endswith("what it gives holds only if that one is right.")


def test_of_many_places_some_are_told_and_the_others_counted():
    many = [some for n in range(MOST_TOLD + 2) for some in (low("a", place=f"p{n}"), high("b", place=f"p{n}"))]
    messages = told(*many)
    assert len(messages) == MOST_TOLD + 1
    assert messages[-1] == "Sources disagree on how many are at 2 more places too."


def test_sources_that_agree_are_no_disagreement():
    assert told(low("a"), told_by("b", 1.02, days=range(3, 80, 7))) == []
    assert told(reports("near", {0: 5})) == []
