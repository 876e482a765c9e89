"""closures.csv: when countries, places and roads close, and when they open again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tidings.crisis.suggest import near
from tidings.flow.flee_instance import Closure, Location, Route
from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.rows import Row, read_sheet, whole

FILE = "closures.csv"
KINDS = ("country", "location", "camp", "idpcamp", "link", "remove_forced_redirection")
OF_ONE_PLACE = frozenset({"location", "camp", "idpcamp"})
CELLS = 5
"""Kind, name1, name2, first day, day of opening."""


def read_closures(
    path: Path, locations: Sequence[Location], routes: Sequence[Route] | None, days: int | None, found: Findings
) -> tuple[Closure, ...]:
    """Read the closures; none where there is no such file.

    Parameters
    ----------
    routes
        None where they could not be read: whether a closed road is there is then not checked.
    days
        Length of the run, where it is known: a closure that begins later is told of.

    Raises
    ------
    EnvironmentError_
        If the machine does not let us read the file.
    """
    if not path.exists():
        found.survive(path.name, "there is no such file", "Nothing closes.")
        return ()
    sheet = read_sheet(path, found, names=frozenset({"closure_type", "type"}))
    closures = tuple(closure for row in sheet.rows if (closure := _closure(row, found)) is not None)
    for closure in closures:
        _check_names(closure, locations, routes, found)
        _tell_days(closure, days, found)
    return closures


def _closure(row: Row, found: Findings) -> Closure | None:
    if len(row.cells) < CELLS or any(row.cells[CELLS:]):
        fix = "Write: type, name1, name2, first day, day of opening (-1 for never)."
        found.refuse(row.where, f"the row has {len(row.cells)} cells, not {CELLS}", fix)
        return None
    kind = row.cell(0).casefold()
    if kind not in KINDS:
        fix = f"{near(kind, KINDS)}Use one of: {', '.join(KINDS)}."
        found.refuse(row.where, f"closure type '{row.cell(0)}' is not known", fix)
    start = whole(row.cell(3), row.where, "first day", found)
    end = whole(row.cell(4), row.where, "day of opening", found, least=None)
    if kind not in KINDS or start is None or end is None:
        return None
    return Closure(kind=kind, one=row.cell(1), other=row.cell(2), start=start, end=end, where=row.where)


def _check_names(
    closure: Closure, locations: Sequence[Location], routes: Sequence[Route] | None, found: Findings
) -> None:
    names = {place.name for place in locations}
    if closure.kind in OF_ONE_PLACE:
        _is_known(closure, closure.one, names, "place", found)
        if closure.other:
            done = "The second name is passed over, as in Flee."
            found.survive(closure.where, f"a closure of kind {closure.kind} names '{closure.other}' too", done)
        return
    known, what = ({place.country for place in locations}, "country") if closure.kind == "country" else (names, "place")
    are_known = [_is_known(closure, name, known, what, found) for name in (closure.one, closure.other)]
    if not all(are_known) or routes is None:
        return
    if _is_joined(closure, locations, routes):
        _tell_link(closure, found)
        return
    met = f"no road joins '{closure.one}' and '{closure.other}'"
    if closure.kind == "country":
        found.survive(closure.where, met, "The closure has no effect.")
    else:
        found.refuse(closure.where, met, "Add the road to routes.csv, correct the names, or remove the row.")


def _tell_link(closure: Closure, found: Findings) -> None:
    if closure.kind == "link":
        met = f"Flee heeds no closure of a link that is read from a file: {closure.one} – {closure.other}"
        found.survive(closure.where, met, "Under rules flee the road stays open; our own rules close it.")


def _is_known(closure: Closure, name: str, known: set[str], what: str, found: Findings) -> bool:
    if name not in known:
        fix = f"{near(name, known)}Correct the name, or remove the row."
        met = f"the closure names '{name}', which is no {what} of locations.csv" if name else f"a {what} lacks"
        found.refuse(closure.where, met, fix)
    return name in known


def _is_joined(closure: Closure, locations: Sequence[Location], routes: Sequence[Route]) -> bool:
    def name(number: int) -> str:
        return locations[number].country if closure.kind == "country" else locations[number].name

    wanted = {closure.one, closure.other}
    return any({name(route.one), name(route.other)} == wanted for route in routes)


def _tell_days(closure: Closure, days: int | None, found: Findings) -> None:
    where, start, end = closure.where, closure.start, closure.end
    if days is not None and start >= days:
        found.survive(where, f"it begins on day {start} of a run of {days}", "It has no effect.")
    elif end == start:
        done = "It is undone on that day, as in Flee: who is on its roads turns back, and they are open then."
        found.survive(where, f"it ends on day {end}, on which it begins", done)
    elif 0 <= end < start and closure.kind != "remove_forced_redirection":
        done = "It is never undone, as in Flee; write -1 for never."
        found.survive(where, f"it ends on day {end}, before it begins (day {start})", done)
    elif 0 <= end < start:
        done = "Nothing comes of it: forced redirection has no effect in Flee's movement."
        found.survive(where, f"it ends on day {end}, before it begins (day {start})", done)
