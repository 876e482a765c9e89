"""What is noted of a party for `read --explain`: how each of its names was recognised, and whose record it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tidings.evidence.extract.party_names import Sense
from tidings.evidence.extract.trail import Because, Trail

UNIT = "organisations: the noun of an army's unit behind its number"
ETHNIC = "parties.yaml ethnic_groups: a word for armed people behind the name of a people"
FAVOURING = "partisans: a word for armed people behind the country that they stand for"
PEOPLE = "peoples: the name of a people, or 'people of' a country"
ACTS = "parties: a country's adjective before what its forces do or use, or whom it backs"
TITLED = "parties: a country's adjective before an office"
OF_COUNTRY = "parties.yaml named and general: behind a country's adjective"
LATER = "later_names: a later or shorter name of a party named before"
METONYM = "metonyms: a country or capital that acts, for its government"
PERSONS = {
    "office": "persons: an office beside a name", "voice": "persons: who speaks for an organisation",
    "private": "persons: a private person, told by role and place",
}  # fmt: skip

Named = tuple[int, int, Sense, str]
"""Where a name stands, whose it is, and how it was recognised."""


def note_parties(trail: Trail, named: Iterable[Named], own: Collection[str]) -> None:
    """Note how each name was recognised, which parties are the crisis's own, and to which side one belongs by its name.

    Parameters
    ----------
    trail
        By the ids of the parties.
    named
        Every name that was read.
    own
        Ids of the crisis's parties.
    """
    for start, end, sense, rule in sorted(named, key=lambda each: each[:2]):
        trail.note(sense.id, "name", Because(rule, start, end))
        if sense.id in own:
            trail.note_rule(sense.id, "id", Because("parties.csv: a party of the crisis", start, end))
        if sense.parent:
            told = "parties.csv, party_names: the side to which a party of this name belongs"
            trail.note_rule(sense.id, "parent", Because(told, start, end))
