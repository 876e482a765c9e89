"""Parties of event tables: those that reports name too have the same id."""

from __future__ import annotations

import re

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis, Party, PartyKind
from tidings.evidence.extract.party_names import PartyNames, Sense, party_names
from tidings.evidence.extract.words import tokens_of, words_of
from tidings.evidence.reading import PartyRecord
from tidings.evidence.tabling import TOLD, own_tables
from tidings.geography.names import fold
from tidings.interchange.events.places import country_code
from tidings.interchange.events.rows import ActorTold, codes

_STATE = re.compile(r"(Government|Military Forces|Police Forces) of (?P<country>.+)")
_YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)")
_SHORT = re.compile(r"(?P<short>[A-Z][A-Za-z0-9-]{1,11}): (?P<full>\S.*)")
"""A name as ACLED writes it: 'HTS: Hayat Tahrir al Sham' is one party, by its short name and its full one."""


class EventParties:
    """Finds the party of each actor."""

    def __init__(self, crisis: Crisis) -> None:
        self._names: PartyNames = party_names(own_tables(crisis))
        self._found: dict[ActorTold, PartyRecord] = {}

    def of(self, told: ActorTold) -> PartyRecord:
        """Return the party that an actor is."""
        found = self._found.get(told)
        if found is None:
            found = self._found[told] = self._find(told)
        return found

    @property
    def records(self) -> tuple[PartyRecord, ...]:
        """All parties found, each once."""
        return tuple({record.id: record for record in self._found.values()}.values())

    def _find(self, told: ActorTold) -> PartyRecord:
        whole = _YEARS.sub("", told.name).strip() or told.name
        name, short = names_told(whole)
        own = self._names.own((told.name, whole, name, *short))
        sense = own or self._of_state(name) or self._of_press(name)
        if sense:
            return PartyRecord(id=sense.id, name=sense.name, kind=sense.kind, parent=sense.parent)
        return PartyRecord(id=slug(name) or fold(name) or name, name=name, kind=_kind(name, told.code))

    def _of_state(self, name: str) -> Sense | None:
        state = _STATE.fullmatch(name)
        iso3 = country_code(state["country"]) if state else None
        if state is None or iso3 is None or name.startswith("Police"):
            return None
        return self._names.government(iso3) if name.startswith("Government") else self._names.army(iso3)

    def _of_press(self, name: str) -> Sense | None:
        """Return what the names known to the press hold for the whole name."""
        words = words_of(tokens_of(name))
        found = self._names.at(words, 0) if words else None
        return found[1] if found and found[0] == len(words) else None


def names_told(name: str) -> tuple[str, tuple[str, ...]]:
    """Return the full name of a party, and the short one that stands before it.

    Examples
    --------
    >>> names_told("HTS: Hayat Tahrir al Sham"), names_told("River Front")
    (('Hayat Tahrir al Sham', ('HTS',)), ('River Front', ()))
    """
    told = _SHORT.fullmatch(name)
    return (told["full"], (told["short"],)) if told else (name, ())


def rows_to_add(found: EventParties, crisis: Crisis) -> tuple[Party, ...]:
    """Return the rows that parties.csv lacks; a parent that neither holds is left out."""
    known = {party.id for party in crisis.parties}
    new = [record for record in found.records if record.id not in known]
    tabled = known | {record.id for record in new}
    return tuple(
        Party(
            id=record.id, name=record.name, kind=record.kind or "armed_group",
            parent=record.parent if record.parent in tabled else None, note=TOLD,
        )
        for record in new
    )  # fmt: skip


def _kind(name: str, code: str) -> PartyKind:
    by_code: dict[str, PartyKind] = codes()["acled_inter"]
    by_name: dict[str, PartyKind] = codes()["party_kinds"]
    begun = next((kind for words, kind in by_name.items() if name.startswith(words)), None)
    return by_code.get(code) or begun or "armed_group"
