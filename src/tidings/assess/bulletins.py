"""Numbers of people that reports give for a place, as bulletins: observations only, never a fear or a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidings.assess.evidence import day_of
from tidings.core.dates import day_known
from tidings.crisis.crisis import MOST_IN_A_HOUSEHOLD, Bulletin, Crisis
from tidings.evidence.claim import Claim
from tidings.evidence.lineage import ALONE, Lineage
from tidings.evidence.outlet_names import OutletNames
from tidings.evidence.reading import Figure
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.evidence.voices import Voices
from tidings.geography.graph import Geography
from tidings.geography.places import MOST_PEOPLE

COUNTED_THERE = frozenset({"in_camp", "sheltered", "registered", "stranded", "displaced", "homeless"})
"""Statuses of people from elsewhere who are at a place on a day."""


def bulletins_of(claims: Iterable[Claim], geography: Geography, lineage: Lineage = ALONE) -> tuple[Bulletin, ...]:
    """Return a bulletin for each figure of displaced people or households at one known place.

    Copies are left out, and figures that their source has corrected for the same day; those of earlier days stay.
    `source` of the bulletin holds the id of its claim, so that a forecast can be traced back to the words.
    """
    return tuple(
        Bulletin(
            place=figure.at[0],
            day=day_of(claim),
            measure="stock",
            people=figure.value,
            low=figure.low,
            high=figure.high,
            unit=figure.unit,
            household_size=figure.household_size if figure.unit == "household" else None,
            source=claim.id,
            published=day_known(claim.known_at),
        )
        for claim, figure in ((c, c.content) for c in lineage.own(claims) if isinstance(c.content, Figure))
        if _is_counted(claim, figure, geography) and not lineage.is_replaced(claim, day_of(claim))
    )


def outlets_of(claims: Iterable[Claim], voices: Voices, crisis: Crisis) -> Mapping[str, str]:
    """Return by the id of each claim, and by each source that bulletins.csv writes, who answers for it, by one name.

    So who is written as an office in a bulletin and speaks by name in a report is one source, where parties.csv holds
    both. With several speakers, all of them are one source; a claim for whom nobody answers has the empty name.
    """
    written = dict.fromkeys(" ".join((bulletin.source or "").split()) for bulletin in crisis.bulletins)
    written.pop("", None)
    name = OutletNames.of(crisis.parties, written)
    told = (claim for claim in claims if isinstance(claim.content, Figure))
    return {
        **{source: name(source) for source in written},
        **{claim.id: " and ".join(sorted(map(name, voices(claim)))) for claim in told},
    }


def _is_counted(claim: Claim, figure: Figure, geography: Geography) -> bool:
    return (
        figure.status in COUNTED_THERE
        and figure.measure == "stock"
        and claim.certainty in BELIEVABLE
        and len(figure.at) == 1
        and figure.at[0] in geography.place_by_id
        and geography.place_by_id[figure.at[0]].kind not in ("country", "border", "admin1", "region")
        and (figure.value is not None or (figure.low is not None and figure.high is not None))
        and _is_possible(figure)
    )


def _is_possible(figure: Figure) -> bool:
    """Whether there may be so many people: what is misread or misprinted by powers of ten starts no forecast."""
    numbers = (number or 0 for number in (figure.value, figure.low, figure.high))
    return max(numbers) <= MOST_PEOPLE and (figure.household_size or 1) <= MOST_IN_A_HOUSEHOLD
