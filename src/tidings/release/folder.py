"""From a crisis folder to what may leave it: one way through load, assess, forecast and release for every command."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tidings.assess.assess import assess
from tidings.assess.bulletins import bulletins_of, outlets_of
from tidings.core.dates import Day, day_given, day_known
from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import read_bytes
from tidings.core.ids import sha256_of
from tidings.core.provenance import code_version
from tidings.crisis.ahead import bulletins_ahead
from tidings.crisis.check import missing_for_forecast
from tidings.crisis.crisis import Bulletin, Crisis
from tidings.crisis.load import load_crisis, read_folder
from tidings.crisis.stocks import persons_of
from tidings.evidence.empty_ledger import empty_ledger
from tidings.evidence.intake import LEDGER_FILE, REPORTS_FOLDER
from tidings.evidence.ledger import Ledger, View
from tidings.evidence.lineage import Lineage, lineage_of
from tidings.release.gather import gather
from tidings.release.profiles import check_profile
from tidings.release.released import Released
from tidings.situation.situation import Situation

if TYPE_CHECKING:  # the simulation takes half a second to import, and most commands do without it
    import xarray as xr

    from tidings.ensemble.model import TidingsModel
    from tidings.forecast.document import Forecast
    from tidings.forecast.forecast import Run

logger = logging.getLogger(__name__)
Progress = Callable[[int, int], None]


NAMED_BY_SCENARIOS = ("places.csv", "roads.csv", "crossings.csv", "parties.csv")
"""Tables without which it is not known whether a scenario names what there is."""
LATE = dt.timedelta(days=30)
"""How much later than the last day told a bulletin may become public, for a forecast to wait for it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A crisis folder's tables and its ledger."""

    crisis: Crisis
    ledger: Ledger

    @classmethod
    def folder(cls, folder: Path) -> Opened:
        """Open a crisis folder to which a report was added."""
        return cls(load_crisis(folder), Ledger.open(folder / LEDGER_FILE))

    @classmethod
    def for_forecast(cls, folder: Path) -> Opened:
        """Open a crisis folder to which a report was added, or one with stocks in bulletins.csv alone."""
        crisis, ledger = load_crisis(folder), folder / LEDGER_FILE
        is_empty = not ledger.exists() and any(_is_stock(bulletin) for bulletin in crisis.bulletins)
        return cls(crisis, empty_ledger(ledger) if is_empty else Ledger.open(ledger))


def problems_in(folder: Path, *, today: Day | None = None) -> tuple[Problem, ...]:
    """Return every problem of a folder: its tables, its parameters, rules and scenarios, every page of its ledger.

    Parameters
    ----------
    today
        Where given, bulletins of later days are problems too, unless the crisis begins after it: an exercise.
    """
    try:
        crisis, found = read_folder(folder)
    except InputError as error:
        return error.problems
    ahead = bulletins_ahead(crisis, today) if today else ()
    are_named = not any(problem.where.startswith(NAMED_BY_SCENARIOS) for problem in found)
    checks = (*_checks(crisis), *(_scenario_checks(crisis) if are_named else ()))
    return tuple(dict.fromkeys((*found, *ahead, *(problem for check in checks for problem in _problems_of(check)))))


def reports_amiss(folder: Path) -> tuple[Problem, ...]:
    """Return the reports of the ledger whose file in reports/ is gone or is not what was received."""
    ledger = folder / LEDGER_FILE
    if not ledger.exists():
        return ()
    kept = {sha256_of(read_bytes(path)) for path in (folder / REPORTS_FOLDER).iterdir() if path.is_file()}
    return tuple(
        Problem(
            f"{REPORTS_FOLDER}/",
            f"the file of '{report.name}' ({report.published}) is missing or was altered",
            "Put back the file as received: the ledger cannot be made anew without it.",
        )
        for report in Ledger.open(ledger).as_of().reports()
        if report.id not in kept
    )


def _checks(crisis: Crisis) -> Iterator[Callable[[], object]]:
    from tidings.flow.named_rules import rules_named
    from tidings.flow.parameters import load_parameters

    yield lambda: load_parameters(crisis.settings.parameters, "crisis.yaml: parameters")
    yield lambda: rules_named(crisis.settings.rules, crisis.rule_files)
    ledger = crisis.folder / LEDGER_FILE
    if ledger.exists():
        yield lambda: Ledger.open(ledger).check()


def _scenario_checks(crisis: Crisis) -> Iterator[Callable[[], object]]:
    from tidings.forecast.whatif import layer_named

    yield from (partial(layer_named, crisis, name) for name in crisis.settings.scenarios)


def _problems_of(check: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        check()
    except InputError as error:
        return error.problems
    return ()


@dataclass(frozen=True, slots=True)
class Assessed:
    """A situation and the view of the ledger that it comes from."""

    opened: Opened
    view: View
    situation: Situation
    lineage: Lineage
    """Which of the view's claims are copies or repeats, and which figures are replaced."""

    def bulletins(self) -> tuple[Bulletin, ...]:
        """Return the bulletins that were public on the situation's `as_of`, those that claims tell first."""
        crisis, as_of = self.opened.crisis, self.situation.as_of
        public = (b for b in crisis.bulletins if (b.published or b.day) <= as_of)
        return (*bulletins_of(self.view.claims(), crisis.geography, self.lineage), *public)


def assess_folder(
    opened: Opened, *, on: Day | None = None, as_of: Day | None = None, changes_since: Day | None = None
) -> Assessed:
    """Assess a folder on a day; by default the last one of which a report that was public by then tells.

    A report tells of the day on which it was published; a table of events, published long after, of that of its last
    event.

    What is known "as of" a day is all that was public then; without one, all there is, reviews made since included.

    Raises
    ------
    InputError
        If no report was public by then, or changes are asked since a later day.
    """
    view = opened.ledger.as_of(as_of)
    newest = _newest_of_reports(view, on or as_of)
    if newest is None:
        met = "no report was public by then"
        raise InputError(where=opened.ledger.where, met=met, fix="Add a report, or ask about a later day.")
    return _assessed(opened, view, newest.day, as_of or newest.known, changes_since)


def _assessed(opened: Opened, view: View, day: Day, known: Day, changes_since: Day | None = None) -> Assessed:
    lineage = lineage_of(opened.crisis, view)
    if changes_since and changes_since > day:
        met = f"{changes_since} is after {day}, the day that is asked about"
        raise InputError(where="--changes-since", met=met, fix="Give an earlier day, or a later one with --on.")
    view_then = opened.ledger.as_of(changes_since) if changes_since and changes_since < known else None
    state = assess(
        opened.crisis, view, on=day, as_of=known, changes_since=changes_since, view_then=view_then, lineage=lineage
    )
    return Assessed(opened, view, state, lineage)


class _Newest(NamedTuple):
    """The newest of what is told."""

    day: Day
    """The last day of which anything is told."""
    known: Day
    """The last day on which anything became public."""


def _newest_of_reports(view: View, asked: Day | None) -> _Newest | None:
    """Return what reports tell; a day that is asked about is the last, for to look for it takes time."""
    reports = [(report.id, report.published) for report in view.reports() if report.published]
    if not reports:
        return None
    reviewed = (day_known(review.known_at) for review in view.claims(kind="review"))
    return _Newest(
        day=asked or _last_day_told(view, reports),
        known=max((*(published for _, published in reports), *reviewed)),
    )


def _is_stock(bulletin: Bulletin) -> bool:
    """Whether a bulletin tells how many persons are at a place, which a forecast starts from."""
    return bulletin.measure == "stock" and persons_of(bulletin) is not None


def _newest_of_bulletins(bulletins: Iterable[Bulletin], as_of: Day | None) -> _Newest | None:
    """Return what a forecast starts from: the people at places, and who came where people were counted."""
    told = [b for b in bulletins if persons_of(b) is not None and (as_of is None or (b.published or b.day) <= as_of)]
    counted = {b.place for b in told if _is_stock(b)}
    public = [(b.day, b.published or b.day) for b in told if b.place in counted]
    return _Newest(max(day for day, _ in public), max(published for _, published in public)) if public else None


def _last_day_told(view: View, reports: Iterable[tuple[str, Day]]) -> Day:
    """Return the last day that a report tells of; no report tells more than its day of publication."""
    last = dt.date.min
    for report, published in sorted(reports, key=lambda each: each[1], reverse=True):
        if published <= last:
            break
        last = max(last, min(published, view.last_day_of_table(report) or published))
    return last


def assess_for_forecast(opened: Opened, *, from_: Day | None = None, as_of: Day | None = None) -> Assessed:
    """Assess a folder at the end of the day before a forecast's first, as known by the end of its first day.

    Parameters
    ----------
    from_
        The first day to simulate; by default the day after the last one of which a report or a bulletin tells, or the
        one on which the last bulletin became public, where that is later by up to 30 days.
    as_of
        Use what was public by then instead: an earlier day for a stricter hindcast, a later one to see what came after.

    Raises
    ------
    InputError
        If no report and no bulletin was public by then, or the calendar has no day before `from_`.
    """
    if from_ == dt.date.min:
        raise InputError(where="--from", met=f"there is no day before {from_}", fix="Give a later day.")
    as_of = as_of or from_
    view = opened.ledger.as_of(as_of)
    newest = (_newest_of_reports(view, as_of), _newest_of_bulletins(opened.crisis.bulletins, as_of))
    told = [one for one in newest if one]
    if not told:
        met = "no report was public by then, and no bulletin"
        fix = "Add a report or a row of bulletins.csv, or ask about a later day."
        raise InputError(where=opened.ledger.where, met=met, fix=fix)
    last = as_of or _last_day(max(one.day for one in told), newest[1])
    eve = from_ - dt.timedelta(days=1) if from_ else last
    return _assessed(opened, view, eve, as_of or max(one.known for one in told))


def _last_day(told: Day, bulletins: _Newest | None) -> Day:
    """Return the eve of a forecast: the last day told of, or the one before its bulletins were public.

    A forecast that begins before it could know its bulletins would be none. What became public much later, as the
    counts of a past crisis do, moves nothing: then a warning tells that the forecast looks back.
    """
    public = bulletins.known - dt.timedelta(days=1) if bulletins else told
    return public if told < public <= told + LATE else told


def first_day(situation: Situation) -> Day:
    """Return the first day that a forecast from a situation simulates: the one after the situation's.

    Raises
    ------
    InputError
        If the calendar has no day after it.
    """
    if situation.on == dt.date.max:
        raise InputError(where="--from", met=f"there is no day after {situation.on}", fix="Give an earlier day.")
    return situation.on + dt.timedelta(days=1)


def forecast_folder(
    assessed: Assessed, run: Run, *, issued: dt.datetime, progress: Progress | None = None
) -> tuple[Forecast, dict[str, xr.Dataset]]:
    """Forecast from a situation and the bulletins that were public on its `as_of`.

    Raises
    ------
    InputError
        If the folder lacks roads, populations or crossings: each missing thing with the file to fill; or if a bulletin
        is of a day after the one on which the forecast is issued, while the crisis began before.
    """
    from tidings.forecast.forecast import forecast

    raise_all(bulletins_ahead(assessed.opened.crisis, issued.date()))
    crisis, situation, bulletins = _for_forecast(assessed)
    last = max((report.published for report in assessed.view.reports() if report.published), default=None)
    return forecast(
        crisis, situation, bulletins, run, issued=issued, code=code_version(), last_report=last, progress=progress,
        outlets=outlets_of(assessed.view.claims(), assessed.lineage.voices, crisis),
    )  # fmt: skip


def load_model(
    folder: str | Path,
    *,
    days: int = 30,
    scenario: str | None = None,
    from_: Day | str | None = None,
    as_of: Day | str | None = None,
) -> TidingsModel:
    """Return the model that a forecast of a folder runs, for `simulate`; a `Day` is a `datetime.date` or "YYYY-MM-DD".

    Parameters
    ----------
    days
        How many to simulate.
    scenario
        One of crisis.yaml; where not given, the situation as it is.
    from_, as_of
        As `assess_for_forecast`; a `datetime.date`, or the ISO text YYYY-MM-DD.

    Raises
    ------
    InputError
        If an argument is wrong, no report was public by then, or the folder lacks what a forecast needs.
    """
    from_, as_of = _checked(days, from_, as_of)
    from tidings.forecast.forecast import BASE, model_of
    from tidings.forecast.start import scenario_of
    from tidings.forecast.whatif import Layer, layer_named

    assessed = assess_for_forecast(Opened.for_forecast(Path(folder)), from_=from_, as_of=as_of)
    crisis, situation, bulletins = _for_forecast(assessed)
    layer = Layer() if scenario is None else layer_named(crisis, scenario)
    start, _, warnings = scenario_of(crisis, situation, bulletins, from_=first_day(situation), days=days)
    for warning in warnings:
        logger.warning("%s", warning.message)
    model = model_of(crisis, situation, start, layer, scenario or BASE)
    model.check()
    return model


def _checked(days: object, from_: object, as_of: object) -> tuple[Day | None, Day | None]:
    """Return the days that `load_model` is given; every wrong argument is told at once."""
    problems: list[Problem] = []
    if not isinstance(days, int) or isinstance(days, bool):
        problems.append(Problem("days", f"{days!r} is a {type(days).__name__}", "Give a whole number."))
    elif days < 1:
        problems.append(Problem("days", f"{days} is less than one day", "Ask for at least one day."))
    given: list[Day | None] = []
    for where, value in (("from_", from_), ("as_of", as_of)):
        try:
            given.append(None if value is None else day_given(value, where))
        except InputError as error:
            problems += error.problems
    raise_all(problems)
    return given[0], given[1]


def _for_forecast(assessed: Assessed) -> tuple[Crisis, Situation, tuple[Bulletin, ...]]:
    """Return what a forecast starts from, its bulletins those that were public on the situation's `as_of`."""
    crisis, situation = assessed.opened.crisis, assessed.situation
    raise_all(missing_for_forecast(crisis))
    return crisis, situation, assessed.bulletins()


def release_folder(
    folder: Path,
    profile: str,
    *,
    now: dt.datetime,
    with_forecast: bool = True,
    sensitivity: str | None = None,
    progress: Progress | None = None,
) -> Released:
    """Return what a profile lets through of a folder, its forecast included where one can be made.

    Parameters
    ----------
    sensitivity
        A place, a crossing or `all`: what would change its number is worked out too, in some seconds to minutes.

    Raises
    ------
    InputError
        If the profile is refused, the folder has problems, a bulletin is of a day after `now`, while the crisis began
        before, or there is no such place or crossing.
    """
    check_profile(profile)
    opened = Opened.for_forecast(folder)
    raise_all(bulletins_ahead(opened.crisis, now.date()))
    assessed = assess_for_forecast(opened)
    missing = missing_for_forecast(assessed.opened.crisis)
    document = None
    if with_forecast and not missing:
        from tidings.forecast.forecast import Run

        run = Run(from_=first_day(assessed.situation), sensitivity=sensitivity)
        document = forecast_folder(assessed, run, issued=now, progress=progress)[0]
    return gather(
        assessed.opened.crisis, assessed.view, assessed.situation, document, missing,
        profile=profile, generated=now, code=code_version(), lineage=assessed.lineage,
    )  # fmt: skip
