"""What importing has changed, as plain text for a terminal."""

from __future__ import annotations

from tidings.core.counting import agreed, counted
from tidings.core.written import Imported, ImportedRoads
from tidings.geography.places import MAPPED_CREDIT, names_listed


def render_events(done: Imported) -> str:
    """Return what importing a table of events has changed, with its events by type and year."""
    state = counted(done.n_claims, "new claim") if done.is_new else "already in the ledger"
    rows = [f"{done.file}: {state} ({counted(done.n_events, 'event')}, {done.n_placed} of them at a place)"]
    if done.is_new:
        added = counted(done.places_added, "row"), counted(done.parties_added, "row")
        rows.append(f"  added: {added[0]} to places.csv, {added[1]} to parties.csv")
    rows += [f"  warning: {warning}" for warning in done.warnings]
    rows.append(f"{'year':<6}{'type':<22}{'in the table':<38}{'events':>8}{'killed':>9}")
    rows += [
        f"{count.year:<6}{count.type:<22}{count.words:<38}{count.events:>8}{count.killed:>9}"
        for count in sorted(done.counts, key=lambda count: (count.year, count.type, count.words))
    ]
    total = sum(count.killed for count in done.counts)
    return "\n".join((*rows, f"{'all':<66}{done.n_events:>8}{total:>9}"))


def render_roads(done: ImportedRoads) -> str:
    """Return what importing roads has changed."""
    day = f"of {done.map_day}" if done.map_day else "of a day that it does not tell"
    kept = f", {counted(done.n_kept, 'row')} kept" if done.n_kept else ""
    removed = (
        f", {counted(done.n_removed, 'row')} {agreed(done.n_removed, 'is', 'are')} no more" if done.n_removed else ""
    )
    state = "" if done.is_changed else "; roads.csv is as it was"
    rows = [f"{done.file} (map {day}): {counted(done.n_roads, 'road')}{kept}{removed}{state}"]
    if done.far:
        rows.append(f"  no road near enough (--within-km): {names_listed(done.far)}")
    if done.apart:
        rows.append(f"  at a road that leads to no other place: {names_listed(done.apart)}")
    return "\n".join((*rows, f"{MAPPED_CREDIT}. Speeds by class of road are assumed."))
