"""Contract tests that the author of a plug-in can run on it; docs/rules.md, readers.md and extractors.md show how."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tidings.core.counting import counted
from tidings.core.errors import InputError
from tidings.core.ids import sha256_of
from tidings.evidence.claims import claims_of
from tidings.evidence.extractors import (
    OUR_LANGUAGES,
    RESERVED,
    Extractor,
    extractor_problem,
    reading_problem,
    versioned_name,
)
from tidings.evidence.readers.formats import Format, format_problem, reports_problem
from tidings.evidence.readers.received import Received, file_of
from tidings.evidence.reading import Event, Figure, Reading
from tidings.evidence.report import Report
from tidings.flow.parameters import Parameters, load_parameters, parameter_table
from tidings.flow.rules import Chosen, Rules
from tidings.flow.seen import KINDS, OF_MEMBERS, Map, Seen, SeenWays
from tidings.geography.gazetteer import Gazetteer, open_gazetteer

MEMBERS = 3


def check_rule(decision: str, rule: type, **given: object) -> None:
    """Check that a rule does what the engines ask of every rule, on days of all kinds in an invented country.

    It is a frozen dataclass whose fields have values; gives numbers of the right shape and range for whatever it may
    see; gives the same for the same; draws no random number; changes nothing that it sees; and gives each of several
    members what it would get alone.

    Parameters
    ----------
    decision
        What it decides: one of `tidings.flow.rules.DECISIONS`.
    rule
        Its class.
    given
        Values of its fields, as in crisis.yaml.

    Raises
    ------
    AssertionError
        If it draws, or a member's values depend on the others.
    InputError
        If it cannot be made, fails, or gives what is no rate, share, weight or truth; says which, and what to do.

    Examples
    --------
    >>> from tidings.flow.behaviour import CalmForDays
    >>> check_rule("calm", CalmForDays, calm_days=30)
    """
    chosen, sets = {decision: Chosen(rule, given)}, _parameter_sets()
    together = Rules.of(sets, chosen)
    alone = [Rules.of([each], chosen) for each in sets]
    for day in days_seen():
        values = _asked_twice(together, decision, day)
        for member, one in enumerate(alone):
            own = one.ask(decision, _of_member(day, member))[0]
            where = f"rules.{decision} ({rule.__name__}) on {day.date}"
            assert np.allclose(values[member], own, rtol=1e-9, equal_nan=True), f"{where}: {_DEPENDS}"
            assert np.array_equal(values[member], own), f"{where}: {_ROUNDED}"


_DEPENDS = (
    "a member's values depend on the other members. Keep the first axis of every array apart: "
    "take sums over axis=1, and none over all members."
)
_ROUNDED = (
    "a member's values are rounded otherwise beside other members. "
    "Write powers with np.exp and np.log, for NumPy has several ways to take x**y."
)


def _asked_twice(rules: Rules, decision: str, day: Seen) -> NDArray[np.float64]:
    where = f"rules.{decision} ({type(getattr(rules, decision)).__name__}) on {day.date}"
    luck = _luck()
    values: NDArray[np.float64] = rules.ask(decision, day).copy()
    again = rules.ask(decision, day)
    assert np.array_equal(values, again), f"{where}: asked twice about one day, it gives other values. Never draw."
    assert _luck() == luck, f"{where}: it draws random numbers. Give rates or weights: the engines draw."
    return values


def _luck() -> tuple[object, ...]:
    _, keys, *rest = np.random.get_state()  # noqa: NPY002 (whether somebody has used it)
    return random.getstate(), np.asarray(keys).tobytes(), *rest


def _parameter_sets() -> list[Parameters]:
    """Return the defaults, and both ends of all plausible ranges."""
    table = parameter_table()
    ends = [{name: entry.plausible[end] for name, entry in table.items()} for end in (0, 1)]
    return [load_parameters(), *(load_parameters(each) for each in ends)]


def _of_member(day: Seen, member: int) -> Seen:
    row = slice(member, member + 1)
    return replace(day, **{name: getattr(day, name)[row] for name in OF_MEMBERS})


def days_seen() -> Iterator[Seen]:
    """Yield days as rules see them, of three members: calm and violent, full and empty, one in each month.

    Examples
    --------
    >>> len(list(days_seen())), next(days_seen()).violence.shape
    (12, (3, 6))
    """
    luck = np.random.default_rng(20310301)
    for month in range(1, 13):
        yield _day(dt.date(2031, month, 15), luck)


def _day(date: dt.date, luck: np.random.Generator) -> Seen:
    n_places, n_crossings = len(_MAP.place), len(_MAP.crossing)

    def some(values: Sequence[float], size: int, kind: type) -> Any:
        return luck.choice(values, (MEMBERS, size)).astype(kind)

    return Seen(
        map=_MAP,
        date=date,
        ways=_WAYS,
        violence=some([0.0, 0.0, 0.01, 0.5, 3.0, 80.0], n_places, np.float64),
        besieged=some([0, 0, 0, 1], n_places, np.bool_),
        holder=some([-1, 0, 1], n_places, np.int16),
        policy=some([0, 1, 2], n_crossings, np.int8),
        people=some([0, 1, 40, 5_000, 2_000_000], n_places, np.int64),
        population=some([0, 1, 900, 120_000, 2_000_000], n_places, np.int64),
        waiting=some([0, 1, 30_000], n_crossings, np.int64),
        quiet_days=some([0, 1, 13, 14, 365], n_places, np.int64),
        onset_days=some([0, 1, 90, 4_000, np.inf], n_places, np.float64),
    )


_MAP = Map(
    place=np.array(["city", "town", "village", "camp", "full-camp", "farms"]),
    crossing=np.array(["bridge", "gate"]),
    kind=np.array([KINDS.index(kind) for kind in ("city", "town", "village", "camp", "camp", "other")]),
    is_camp=np.array([False, False, False, True, True, False]),
    country=np.array(["XVA", "XVA", "XVA", "XKE", "XVA", ""]),
    capacity=np.array([np.inf, np.inf, 500.0, 20_000.0, 0.0, np.inf]),
    per_day=np.array([np.inf, 250.0]),
    side_a=np.array([1, 2]),
    side_b=np.array([3, 5]),
)
_WAYS = SeenWays(
    origin=np.array([0, 0, 0, 1, 1, 2, 2, 4]),
    target=np.array([1, 2, 6, 0, 6, 0, 7, 0]),
    km=np.array([0.1, 30.0, 30.0, 0.1, 0.0, 30.0, 0.0, 900.0]),
)


def check_reader(declared: Format, samples: Mapping[str, bytes]) -> None:
    """Check that a format and its reader do what reading asks of every one, on files that its author gives.

    Each sample gives reports with text, furniture inside it, and ids that hang on their bytes; the same for the same
    bytes. Whatever else the bytes are (cut short, damaged, none at all) gives reports or an InputError, never another
    exception. Plain text and no bytes at all are not claimed.

    Parameters
    ----------
    declared
        What the entry point names.
    samples
        Bytes of files of the format by their names, at least one.

    Raises
    ------
    AssertionError
        If something is otherwise; says what, and where.

    Examples
    --------
    >>> from tidings.evidence.readers.html import FORMAT
    >>> page = b"<html><p>The road to the town has been open again since Monday.</p></html>"
    >>> check_reader(FORMAT, {"page.html": page})
    """
    problem = format_problem(declared)
    assert problem is None, f"format: {problem}"
    assert samples, f"format '{declared.name}': give at least one sample"
    for content in (b"", b"The road to the town has been open again since Monday."):
        assert not declared.is_known_by(content), f"format '{declared.name}': is_known_by claims {content!r}. {_CLAIMS}"
    for name, content in samples.items():
        _check_sample(declared, Received(name, content))
        for damaged in _damaged(content):
            _check_damaged(declared, Received(name, damaged))


_CLAIMS = "Look for what only files of your format begin with."


def _check_sample(declared: Format, sample: Received) -> None:
    where = f"format '{declared.name}' on {sample.name}"
    has_suffix = sample.name.lower().endswith(declared.suffixes) if declared.suffixes else False
    assert has_suffix or declared.is_known_by(sample.content), f"{where}: neither its bytes nor its suffix are known"
    try:
        reports = declared.reader(sample)
    except Exception as error:  # somebody else's code may fail in any way
        raise AssertionError(f"{where}: {type(error).__name__}: {error}") from error
    assert isinstance(reports, tuple), f"{where}: the reader gave {type(reports).__name__}. Return a tuple."
    problem = reports_problem(reports)
    assert problem is None, f"{where}: the reader gave {problem}"
    assert declared.reader(sample) == reports, f"{where}: read twice, it gives other reports"
    _check_names(reports, sample, where)


def _check_names(reports: tuple[Report, ...], sample: Received, where: str) -> None:
    ids = [report.id for report in reports]
    assert len(set(ids)) == len(ids), f"{where}: two reports have the same id"
    assert all(len(each) == 64 and set(each) <= set("0123456789abcdef") for each in ids), (
        f"{where}: an id is no SHA-256"
    )
    assert {file_of(report) for report in reports} == {sample.name}, f"{where}: {_NAMES}"
    for report in reports:
        is_whole = report.id == sha256_of(sample.content)
        assert is_whole == (report.name == sample.name), f"{where}: {_NAMES}"
        assert list(report.furniture) == sorted(set(report.furniture)), f"{where}: furniture is not in order"


_NAMES = (
    "the id of a report is the hash of the bytes and its name that of the file; where a file holds several, make each "
    "of received.part(bytes or content of that report alone)."
)


def _damaged(content: bytes) -> Iterator[bytes]:
    """Yield what may come instead of a good file: the same for the same."""
    luck = random.Random(len(content))
    yield from (b"", b" \n", b"\x00" * 64, b"\xff\xfe\xfa" * 40, content * 2)
    for share in (0.01, 0.3, 0.6, 0.9, 0.99):
        yield content[: int(share * len(content))]
    for _ in range(25):
        changed = bytearray(content)
        for _ in range(luck.randint(1, 8) if content else 0):
            changed[luck.randrange(len(changed))] = luck.randrange(256)
        yield bytes(changed)


def _check_damaged(declared: Format, received: Received) -> None:
    where = f"format '{declared.name}' on {received.content[:40]!r} ({len(received.content)} bytes)"
    try:
        declared.is_known_by(received.content)
        reports = declared.reader(received)
    except InputError:
        return
    except Exception as error:  # somebody else's code may fail in any way
        raise AssertionError(f"{where}: {type(error).__name__}: {error}. Raise InputError for bad bytes.") from error
    problem = reports_problem(tuple(reports))
    assert problem is None, f"{where}: the reader gave {problem}. Raise InputError where there is nothing to read."


def check_extractor(extractor: Extractor, reports: Iterable[Report], gazetteer: Gazetteer | None = None) -> None:
    """Check that an extractor does what reading asks of every one, on reports that its author gives.

    Offsets are inside the text and `text` is exactly that slice; ids of places, parties and attributions lead to
    records; nothing is read in furniture; the same report gives the same, without random numbers; claims can be made
    of it; and a report without a date, without countries or with next to no text gives a reading too.

    Parameters
    ----------
    extractor
        What the entry point names.
    reports
        In its languages, at least one of them with something to read.
    gazetteer
        The packaged one by default.

    Raises
    ------
    AssertionError
        If something is otherwise; says what, and where.
    """
    problem = extractor_problem(extractor)
    assert problem is None, f"extractor: {problem}"
    where = f"extractor '{extractor.name}'"
    assert extractor.name.casefold() not in RESERVED, f"{where}: the name is taken. Choose another one."
    assert not extractor.languages & OUR_LANGUAGES, f"{where}: English is read by Tidings itself"
    places = gazetteer or open_gazetteer()
    read = [_check_report(extractor, report, places) for report in reports]
    told = sum(len(each.figures) + len(each.events) + len(each.relations) for each in read)
    assert told, f"{where}: it reads nothing in {counted(len(read), 'report')}. Give one with something to read."


def _check_report(extractor: Extractor, report: Report, gazetteer: Gazetteer) -> Reading:
    where = f"extractor '{extractor.name}' on {report.name}"
    told = f"{where}: the report is in {report.language!r}, none of its languages"
    assert report.language in extractor.languages, told
    reading = _read_twice(extractor, report, gazetteer, ("SYR",), where)
    undated = replace(report, published=None)
    bare = [replace(report, text=text, furniture=()) for text in ("", ".", "\n", report.text[:1])]
    for odd in (undated, *bare):
        size = counted(len(odd.text), "character")
        _read_twice(extractor, odd, gazetteer, (), f"{where} ({size}, {odd.published or 'no day'})")
    told_records: tuple[Figure | Event, ...] = (*reading.figures, *reading.events)
    for record in told_records:
        within = [span for span in report.furniture if span[0] <= record.start < span[1]]
        assert not within, f"{where}: '{record.text}' stands in furniture. Read report.body."
    claims = claims_of(reading, report, known_at=dt.datetime(2031, 1, 1, tzinfo=dt.UTC))
    assert len({claim.id for claim in claims}) == len(claims), f"{where}: two claims have the same id"
    return reading


def _read_twice(
    extractor: Extractor, report: Report, gazetteer: Gazetteer, countries: tuple[str, ...], where: str
) -> Reading:
    luck = _luck()
    try:
        reading = extractor.read(report, gazetteer, countries=countries, crisis=None)
        again = extractor.read(report, gazetteer, countries=countries, crisis=None)
    except Exception as error:  # somebody else's code may fail in any way
        raise AssertionError(f"{where}: {type(error).__name__}: {error}") from error
    problem = reading_problem(reading, report)
    assert problem is None, f"{where}: {problem}"
    assert reading == again, f"{where}: read twice, it gives other readings ({versioned_name(extractor)})"
    assert _luck() == luck, f"{where}: it draws random numbers"
    return reading
