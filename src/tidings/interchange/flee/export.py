"""From a crisis folder to a Flee folder: `tidings export flee`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from tidings.assess.assess import assess
from tidings.core.errors import Problem, raise_all
from tidings.crisis.crisis import Bulletin
from tidings.flow.flee_settings import FleeSettings
from tidings.interchange.flee.crisis_instance import flee_of_crisis
from tidings.interchange.flee.findings import Oddity
from tidings.interchange.flee.write import write_flee
from tidings.release.folder import Assessed, Opened, assess_folder
from tidings.situation.situation import Situation


def export_flee(folder: Path | Assessed, target: Path) -> tuple[Oddity, ...]:
    """Write a crisis as a Flee folder, with settings at Flee's defaults.

    The run begins on the day of the first stock of people, else on the crisis's first day, and ends on the situation's.
    Each of its days is assessed with all that is known in the end.

    Parameters
    ----------
    folder
        A crisis folder, of which all is taken that is known; or what has been assessed of one, as known on a day.

    Returns
    -------
    tuple of Oddity
        What Flee's format cannot hold.

    Raises
    ------
    InputError
        If the folder is no sound crisis, it has no roads, or the target holds something already.
    EnvironmentError_
        If the disk is full or read-only; nothing is then left of the folder.
    """
    assessed = assess_folder(Opened.folder(folder)) if isinstance(folder, Path) else folder
    crisis = assessed.opened.crisis
    if not crisis.geography.roads:
        fix = "Add the roads between the places: from, to."
        raise_all([Problem("roads.csv", "it has no roads, and in Flee people move along roads alone", fix)])
    bulletins = assessed.bulletins()
    instance, lost = flee_of_crisis(crisis, _days(assessed, bulletins), bulletins, name=target.resolve().name)
    return (*lost, *write_flee(instance, FleeSettings(), target))


def _days(assessed: Assessed, bulletins: Sequence[Bulletin]) -> tuple[Situation, ...]:
    """Return the situation of each day of the run."""
    situation, crisis = assessed.situation, assessed.opened.crisis
    stocks = [bulletin.day for bulletin in bulletins if bulletin.measure == "stock"]
    first = min(stocks, default=crisis.settings.start or situation.on)
    past = range((situation.on - first).days)
    days = (first + dt.timedelta(days=number) for number in past)
    view, lineage = assessed.view, assessed.lineage
    before = (assess(crisis, view, on=day, as_of=situation.as_of, lineage=lineage) for day in days)
    return (*before, situation)
