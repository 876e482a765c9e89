"""Invariants of reports that copy one another: a copy changes no probability, nor does the order of adding."""

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.articles import TOLD, article, read
from tests.evidence.making import DAY, reading_of
from tidings.assess.assess import assess
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.ledger import Ledger
from tidings.evidence.lineage import lineage_of
from tidings.evidence.readers.dates import dateline_end
from tidings.geography.graph import Geography
from tidings.geography.places import Place, Road

NOW = dt.datetime(2031, 4, 1, tzinfo=dt.UTC)
LAST = 9
"""Days after the first by which all is known."""
PUBLISHERS = ("Post", "Herald")
CRISIS = Crisis(
    Path("."),
    Settings(title="T", countries=("XAA",)),
    Geography(
        tuple(Place(id=name, name=name.title(), lat=k, lon=0) for k, name in enumerate(("varn", "tolm", "gate"))),
        (Road.model_validate({"id": "r1", "from": "varn", "to": "tolm"}),),
    ),
    (Party(id="army", name="Army"), Party(id="rebels", name="Rebels")),
)
LONG = sorted(TOLD.keys() - {"hold"})

days = st.integers(0, LAST)
originals = st.builds(
    lambda kinds, day, publisher: article(
        " ".join(TOLD[kind][0] for kind in kinds), DAY + dt.timedelta(days=day), publisher=publisher
    ),
    st.lists(st.sampled_from(LONG), min_size=1, max_size=4, unique=True),
    days,
    st.sampled_from(PUBLISHERS),
)


def spaced(text, width):
    words = text.split()
    return "\n".join("  ".join(words[k : k + width]) for k in range(0, len(words), width))


changes = st.one_of(
    st.just(lambda text: text),
    st.integers(7, 30).map(lambda width: lambda text: spaced(text, width)),
    st.sampled_from(["This story came to us from a partner.", "Read more of our stories.", "By our desk"]).map(
        lambda added: lambda text: f"{added}\n\n{text}\n\n{added}"
    ),
    st.integers(60, 100).map(lambda percent: lambda text: text[: len(text) * percent // 100]),
    st.sampled_from(["(AFP) ", "(Reuters) ", "(Reuters) - ", "ORLO (Reuters) - "]).map(
        lambda dateline: lambda text: f"{dateline}{text}"
    ),
    st.just(lambda text: text.replace(",", " –").replace(".", " . ")),
)


def copy_of(report, change, later, title, publisher):
    text = change(report.text.removeprefix(f"{report.title}\n\n"))
    copy = article(text, report.published + dt.timedelta(days=later), title=title, publisher=publisher)
    start, (end, _) = len(f"{title}\n\n"), dateline_end(text)  # furniture, as the readers have it
    return replace(copy, furniture=((start, start + end),) if end else ())


copies = st.builds(
    lambda report, change, later, title, publisher: (report, copy_of(report, change, later, title, publisher)),
    originals,
    changes,
    st.integers(0, 5),
    st.sampled_from(["News of the day", "Market town falls", "What we know by now"]),
    st.sampled_from([None, "Courier"]),
)


def ledger_of(reports):
    ledger = Ledger.create(Path(tempfile.mkdtemp()) / "ledger.db")
    for report in reports:
        ledger.append(report, reading_of(report), read(report), received_at=NOW)
    return ledger


def situation(ledger, last=2 * LAST):
    day = DAY + dt.timedelta(days=last)
    return assess(CRISIS, ledger.as_of(day), on=day, as_of=day)


def probabilities(state):
    return (
        [
            (p.state, p.held_by, p.control, p.unknown, p.besieged, p.violence_p, p.population.value)
            for p in state.places
        ],
        [(road.passable, road.told) for road in state.roads],
        [[position.value for position in matter.positions] for matter in state.disagreements],
    )


slow = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(copies, st.lists(originals, max_size=2))
def test_adding_a_copy_of_a_report_changes_no_probability(pair, others):
    report, copy = pair
    before = ledger_of([report, *others])
    after = ledger_of([report, *others, copy])
    assert probabilities(situation(after)) == probabilities(situation(before))


@slow
@given(st.lists(copies, max_size=2), st.lists(originals, max_size=2), st.randoms(use_true_random=False))
def test_the_order_of_adding_copies_is_irrelevant(pairs, others, random):
    reports = [*others, *(report for pair in pairs for report in pair)]
    one, other = ledger_of(reports), ledger_of(random.sample(reports, len(reports)))
    assert situation(one) == situation(other)
    assert lineage_of(CRISIS, one.as_of()) == lineage_of(CRISIS, other.as_of())


@slow
@given(st.lists(copies, min_size=1, max_size=2), days)
def test_a_copy_published_later_changes_nothing_as_known_before(pairs, last):
    reports = [report for pair in pairs for report in pair]
    day = DAY + dt.timedelta(days=last)
    known = ledger_of([report for report in reports if report.published <= day])
    everything = ledger_of(reports)
    assert situation(everything, last) == situation(known, last)
    assert lineage_of(CRISIS, everything.as_of(day)) == lineage_of(CRISIS, known.as_of(day))


@slow
@given(st.lists(copies, max_size=2))
def test_no_copy_is_a_copy_of_a_copy_and_the_first_is_never_published_later(pairs):
    reports = [report for pair in pairs for report in pair]
    view = ledger_of(reports).as_of()
    claims = {claim.id: claim for claim in view.claims()}
    lineage = lineage_of(CRISIS, view)
    for later, first in {**lineage.copy_of, **lineage.repeats}.items():
        assert first not in lineage.copy_of
        assert claims[first].known_at <= claims[later].known_at
        assert claims[first].source.report != claims[later].source.report
