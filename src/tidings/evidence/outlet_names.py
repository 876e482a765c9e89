"""Names of sources: one for each, whether a bulletin writes an office, a name or a short form, or a claim an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tidings.core.ids import slug
from tidings.crisis.crisis import Party

SEVERAL = re.compile(r"\b(?:and|und|et|y)\b|[,;/&+]", re.IGNORECASE)
"""What tells that more is named than one person with an office before the name."""


@dataclass(frozen=True, slots=True)
class OutletNames:
    """By what name each source goes, whichever of its names is written."""

    by_slug: Mapping[str, str]
    persons: Mapping[str, str]
    """By the slug of a name of a person: the name that they go by."""

    @classmethod
    def of(cls, parties: Iterable[Party], written: Iterable[str] = ()) -> OutletNames:
        """Take ids, names and other names from parties.csv; of other sources the first writing stands for those alike.

        Parameters
        ----------
        written
            Sources as bulletins have them.
        """
        rows = tuple(parties)
        names = [(slug(name), row.name) for row in rows for name in (row.name, *row.other_names, row.id)]
        by_slug: dict[str, str] = {}
        for key, name in (*names, *((slug(text), text) for text in written)):
            by_slug.setdefault(key, name)
        people = {row.name for row in rows if row.kind == "person"}
        return cls(by_slug, {key: name for key, name in names if name in people})

    def __call__(self, written: str) -> str:
        """Return the name that a source goes by; as it is written where nobody knows another.

        Of a person it may stand with the office, before the name or behind a comma.

        Examples
        --------
        >>> mayor = Party(id="ada-lind", name="Ada Lind", other_names=("Mayor of Varn",), kind="person")
        >>> name = OutletNames.of((mayor,))
        >>> [name(text) for text in ("ada-lind", "Mayor of Varn", "Mayor Ada Lind", "Ada Lind, mayor", "Radio")]
        ['Ada Lind', 'Ada Lind', 'Ada Lind', 'Ada Lind', 'Radio']
        >>> name("Radio and Ada Lind"), name("Dr. Berta Lind")
        ('Radio and Ada Lind', 'Dr. Berta Lind')
        """
        key, before_comma = slug(written), slug(written.partition(",")[0])
        if key in self.by_slug or not self.persons:
            return self.by_slug.get(key, written)
        if SEVERAL.search(written) is None:
            return next((name for person, name in self.persons.items() if key.endswith(f"-{person}")), written)
        has_one_comma = len(SEVERAL.findall(written)) == written.count(",") == 1
        return self.persons.get(before_comma, written) if has_one_comma else written
