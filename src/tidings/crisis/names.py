"""From what a person wrote (an id, or a name that only one place or party has) to the id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tidings.core.errors import Problem
from tidings.core.ids import slug
from tidings.crisis.suggest import near
from tidings.crisis.tables import LIST_MARK, Row


@dataclass(frozen=True, slots=True)
class Names:
    """Ids and names of all places, or of all parties, of a crisis."""

    noun: str
    """'place' or 'party', for messages."""
    file: str
    ids: frozenset[str]
    by_name: Mapping[str, tuple[str, ...]]
    """Ids by folded name."""

    @classmethod
    def of(cls, noun: str, file: str, rows: Iterable[Row]) -> Names:
        """Index the names of rows as written, so that a row with another fault is still known by its name."""
        ids_by_name: dict[str, list[str]] = defaultdict(list)
        identified = [row.cells for row in rows if "id" in row.cells]
        for cells in identified:
            for name in (cells.get("name", ""), *cells.get("other_names", "").split(LIST_MARK)):
                ids_by_name[_fold(name)].append(cells["id"])
        by_name = {name: tuple(dict.fromkeys(ids)) for name, ids in ids_by_name.items() if name}
        return cls(noun, file, frozenset(cells["id"] for cells in identified), by_name)

    def resolve(self, written: str, where: str, role: str) -> str | Problem:
        """Return the id that is meant, or what is wrong.

        Examples
        --------
        >>> town = Row("places.csv", 2, {"id": "tal-rifaat", "name": "Tal Rifaat"})
        >>> names = Names.of("place", "places.csv", [town])
        >>> names.resolve("Tal Rif'aat", "roads.csv:2", "to")
        'tal-rifaat'
        >>> print(names.resolve("Tal Rifat", "roads.csv:2", "to"))
        roads.csv:2: to 'Tal Rifat' is not a place. Did you mean 'tal-rifaat'? Add the place to places.csv or ...
        """
        if written in self.ids:
            return written
        meant = self.by_name.get(_fold(written), ())
        if len(meant) == 1:
            return meant[0]
        if meant:
            ids = ", ".join(f"'{an_id}'" for an_id in meant)
            return Problem(where, f"{role} '{written}' can be {ids}", f"Write the id of the {self.noun} that is meant.")
        suggestion = near(written, self.ids) or near(_fold(written), self.ids)
        fix = f"{suggestion}Add the {self.noun} to {self.file} or correct it."
        return Problem(where, f"{role} '{written}' is not a {self.noun}", fix)

    @property
    def shared(self) -> dict[str, tuple[str, ...]]:
        """Names that more than one id has."""
        return {name: ids for name, ids in self.by_name.items() if len(ids) > 1}


def _fold(name: str) -> str:
    return slug(name) or name.strip().casefold()
