"""Invariants of many days from one view: each is what it is when assessed alone, in whatever order they are asked."""

import datetime as dt
import itertools
import math

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.making import claim_of, event, figure, reading_of, report_of, state
from tests.properties.test_the_ledger_and_the_situation import CRISIS, DAY, IDS, NOW, contents, ledger_of, reports
from tidings.assess.access import LEVELS, _count_joined
from tidings.assess.assess import Assessor, assess
from tidings.assess.connected import count_joined

AS_OF = DAY + dt.timedelta(days=12)
few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
days = st.lists(st.integers(-4, 12), min_size=2, max_size=5).map(
    lambda numbers: [DAY + dt.timedelta(days=number) for number in numbers]
)
others = st.one_of(
    contents,
    st.builds(lambda p, s: event("retreat", (p,), (s,)), st.sampled_from(IDS), st.sampled_from(["army", "rebels"])),
    st.builds(lambda p: event("clash", (p,), ("army",)), st.sampled_from(IDS)),
    st.builds(lambda p: event("siege_lifted", (p,)), st.sampled_from(IDS)),
    st.builds(lambda p: event("road_cut", (p,)), st.sampled_from(IDS)),
    st.just(event("road_opened", ("north", "south"))),
    st.builds(lambda p, n: figure("population", n, (p,)), st.sampled_from(IDS), st.sampled_from([400.0, 900.0])),
    st.builds(lambda p, n: figure("in_camp", n, (p,)), st.sampled_from(IDS), st.sampled_from([400.0, 900.0])),
    st.builds(lambda r, v: state(r, "passable", v), st.sampled_from(["r0", "r1"]), st.sampled_from(["yes", "no"])),
)
told = st.lists(st.tuples(st.integers(0, 9), st.lists(others, min_size=1, max_size=4)), min_size=1, max_size=5)


def of_days(told):
    """Fill a ledger as `ledger_of` does, with every other claim of a day before its report."""
    ledger = ledger_of([])
    for number, (days, listed) in enumerate(told):
        report = report_of(f"report {number}", DAY + dt.timedelta(days=days), publisher=f"Paper {number % 3}")
        claims = [
            claim_of(report, content, start=k, valid_from=report.published - dt.timedelta(days=3 * (k % 2)))
            for k, content in enumerate(listed)
        ]
        ledger.append(report, reading_of(report), claims, received_at=NOW)
    return ledger


@few
@given(told, days)
def test_a_day_after_others_is_exactly_that_day_alone(told, days):
    view = of_days(told).as_of(AS_OF)
    one_after_another = Assessor.of(CRISIS, view)
    for day in days:
        assert one_after_another.on(day, as_of=AS_OF) == assess(CRISIS, view, on=day, as_of=AS_OF)


@few
@given(told, days)
def test_what_changed_between_two_days_is_the_same_after_other_days(told, days):
    view = of_days(told).as_of(AS_OF)
    one_after_another = Assessor.of(CRISIS, view)
    for since, day in itertools.pairwise(days):
        alone = assess(CRISIS, view, on=day, as_of=AS_OF, changes_since=since)
        assert one_after_another.on(day, as_of=AS_OF, changes_since=since) == alone


@few
@given(reports, days)
def test_without_claims_everything_is_unknown_and_nothing_is_a_default(told, days):
    known_later = ledger_of(list(enumerate(told))).as_of(DAY - dt.timedelta(days=1))
    for view in (ledger_of([]).as_of(), known_later):
        for state_ in (Assessor.of(CRISIS, view).on(day, as_of=AS_OF) for day in days):
            assert all(place.state == "unknown" and place.unknown == 1 and not place.control for place in state_.places)
            assert all(place.besieged.unknown == 1 and place.population.value is None for place in state_.places)
            assert all(road.passable.unknown == 1 for road in state_.roads)
            assert all(crossing.policy.unknown == 1 for crossing in state_.crossings)
            assert all(entry.cut_off.yes == 0 for entry in state_.access)
            assert not state_.disagreements
            assert {(u.subject, u.predicate) for u in state_.unknown} >= {(place, "held_by") for place in IDS}


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9), st.integers(0, 20), st.sampled_from([1, 5, 64, 65, 200]), st.randoms(use_true_random=False))
def test_worlds_searched_compiled_are_joined_as_those_searched_without(n_places, n_roads, n_worlds, luck):
    import numpy as np

    def drawn(size):
        return np.array([luck.randrange(n_places) for _ in range(size)], dtype=np.int64)

    a, b, hubs, edge = drawn(n_roads), drawn(n_roads), drawn(luck.randrange(1, 4)), drawn(2)

    def steps(*shape):
        return np.array([luck.randrange(LEVELS) for _ in range(math.prod(shape))], dtype=np.uint16).reshape(shape)

    luck_of_roads = steps(n_worlds, n_roads)
    least = -np.sort(-steps(2, n_roads).astype(np.int64), axis=0).astype(np.uint16)
    told = a, b, luck_of_roads, least, hubs, edge, n_places
    for compiled, plain in zip(count_joined(*told), _count_joined(*told), strict=True):
        assert np.array_equal(compiled, plain)
