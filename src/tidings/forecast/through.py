"""Who passes crossings: of which it can be told, and what of it is unknown.

Decision 0038. The simulation counts who comes out of each crossing, so that the sum over the crossings into a place is
what arrives there from abroad, in each member. Where no way leads to a crossing, a zero would be the table's and not
the world's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tidings.crisis.reach import crossings_led_to, roads_past_crossings
from tidings.forecast.document import ForecastWarning
from tidings.geography.graph import Geography
from tidings.geography.places import names_listed


def through_warnings(geography: Geography, peopled: Collection[str]) -> Iterator[ForecastWarning]:
    """Yield of which crossings it is unknown how many pass, and who goes abroad past all of them.

    Parameters
    ----------
    peopled
        Ids of the places where people are known.
    """
    names, led_to = geography.shown_names, crossings_led_to(geography, peopled)
    if unknown := [names[each.id] for each in geography.crossings if each.id not in led_to]:
        met = f"No way leads to {names_listed(unknown)} from where people are known"
        yield ForecastWarning(code="crossing_unknown", message=f"{met}: how many pass there is unknown, not nobody.")
    past = roads_past_crossings(geography) if geography.crossings else ()
    if ends := [f"{names[road.from_]} – {names[road.to]}" for road in past]:
        met = f"Roads lead from one country to another and are in crossings.csv no crossing ({names_listed(ends)})"
        message = f"{met}: who goes abroad by them is among the arrivals there, and in no crossing's number."
        yield ForecastWarning(code="border_without_crossing", message=message)
