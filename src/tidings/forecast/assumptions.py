"""What a forecast assumes and what it was made from: nothing that was settled without a source stays unsaid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from tidings.core.ids import is_content_id
from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import persons_of
from tidings.flow.named_rules import NamedRule
from tidings.flow.parameters import Parameters, parameter_table
from tidings.forecast.document import ForecastWarning, MadeFrom
from tidings.geography.places import names_listed, names_shown
from tidings.situation.sample import UnknownPriors
from tidings.situation.situation import Situation

WORTH_TELLING = 0.05
"""What is unknown with less probability than this is not listed."""
FRESH = dt.timedelta(days=30)
"""A forecast that begins later than this after the last report is warned of."""


def warnings_of(situation: Situation, priors: UnknownPriors) -> Iterator[ForecastWarning]:
    """Yield what every reader must know: that nothing is validated, and every assumption in place of knowledge."""
    yield ForecastWarning(
        code="not_validated",
        message="Illustration, not validated: its intervals have not been tested on this kind of case.",
    )
    assumed = sum(road.assumed for road in situation.roads)
    if assumed:
        yield ForecastWarning(
            code="lengths_assumed",
            message=f"{assumed} of {len(situation.roads)} road lengths are assumed: great circle × 1.3.",
        )
    for message in (*_roads(situation, priors), *_crossings(situation, priors), *_sieges(situation, priors)):
        yield ForecastWarning(code="assumed_for_unknown", message=message)
    shown = names_shown(situation.crossings)
    names = [shown[crossing.id] for crossing in situation.crossings if crossing.per_day is None]
    if names:
        met = f"No throughput is known for {', '.join(names)}"
        yield ForecastWarning(
            code="throughput_unknown", message=f"{met}: when open, everybody is taken to cross at once."
        )


def evidence_warnings(from_: dt.date, last_report: dt.date | None) -> Iterator[ForecastWarning]:
    """Yield that the last report is too old for a forecast to begin where it does."""
    if last_report is not None and from_ - last_report > FRESH:
        later = f"{(from_ - last_report).days} days later"
        met = f"The last report is of {last_report} and the forecast begins on {from_}, {later}"
        yield ForecastWarning(
            code="evidence_old", message=f"{met}: it takes for granted that nothing has changed in between."
        )


def made_from(
    situation: Situation,
    used: Iterable[Bulletin],
    parameters: Parameters,
    *,
    varied: Iterable[str],
    rules: Iterable[NamedRule],
    priors: UnknownPriors,
    code: str,
) -> MadeFrom:
    """Return the claims, bulletins, parameters and assumptions of a forecast.

    Parameters
    ----------
    varied
        Names of the parameters that each member draws for itself.
    rules
        Those that crisis.yaml names.
    """
    counted = tuple(used)
    ranges = {name: parameter_table()[name].plausible for name in varied}
    return MadeFrom(
        claims=tuple(dict.fromkeys((*_claims(situation), *_claim_ids(b.source for b in counted)))),
        bulletins=tuple(_told(bulletin) for bulletin in counted),
        parameters=dict(parameters),
        parameter_ranges={name: (low, high) for name, (low, high) in ranges.items() if low < high},
        rules=tuple(str(rule) for rule in rules),
        assumptions=_assumptions(situation, priors),
        code=code,
    )


def _claims(situation: Situation) -> Iterator[str]:
    for place in situation.places:
        yield from (*place.claims, *place.violence_claims, *_claim_ids([place.population.source]))
    for road in situation.roads:
        yield from road.claims
    for crossing in situation.crossings:
        yield from crossing.claims


def _claim_ids(sources: Iterable[str | None]) -> Iterator[str]:
    yield from (source for source in sources if source and is_content_id("c", source))


def _told(bulletin: Bulletin) -> str:
    range_ = f" ({bulletin.low:,.0f} to {bulletin.high:,.0f})" if bulletin.people is None else ""
    people = f"{persons_of(bulletin) or 0.0:,.0f}{range_}"
    return f"{bulletin.place} {bulletin.day}: {people} ({bulletin.source or 'bulletins.csv'})"


def _assumptions(situation: Situation, priors: UnknownPriors) -> dict[str, float | str]:
    is_open, restricted, closed = priors.policy
    fading = {} if situation.violence_memory_days is None else {"violence_memory_days": situation.violence_memory_days}
    return {
        "p_road_passable_where_unknown": priors.passable,
        "p_crossing_open_where_unknown": is_open,
        "p_crossing_restricted_where_unknown": restricted,
        "p_crossing_closed_where_unknown": closed,
        "p_besieged_where_unknown": priors.besieged,
        "crossing_per_day_where_unknown": "unlimited",
        **fading,
    }


def _roads(situation: Situation, priors: UnknownPriors) -> Iterator[str]:
    name = names_shown(situation.places)
    unknown = [road for road in situation.roads if road.passable.unknown > WORTH_TELLING]
    unknown.sort(key=lambda road: -road.passable.unknown)
    if unknown:
        ends = [f"{name.get(road.from_, road.from_)} – {name.get(road.to, road.to)}" for road in unknown]
        taken = f"each is taken as passable with a chance of {priors.passable:g}"
        met = f"It is unknown, or not sure, whether {len(unknown)} of {len(situation.roads)} roads can be passed"
        yield f"{met} ({names_listed(ends)}): where unknown, {taken}."


def _crossings(situation: Situation, priors: UnknownPriors) -> Iterator[str]:
    shown = names_shown(situation.crossings)
    names = [shown[crossing.id] for crossing in situation.crossings if crossing.policy.unknown > WORTH_TELLING]
    if names:
        chances = "open {:g}, restricted {:g}, closed {:g}".format(*priors.policy)
        met = f"It is unknown, or not sure, whether {names_listed(names)} can be crossed"
        yield f"{met}: where unknown, the chances are taken as {chances}, though nobody says so."


def _sieges(situation: Situation, priors: UnknownPriors) -> Iterator[str]:
    unknown = [place for place in situation.places if place.besieged.unknown > WORTH_TELLING]
    unknown.sort(key=lambda place: -place.besieged.unknown)
    if unknown:
        shown = names_shown(situation.places)
        names = names_listed([shown[place.id] for place in unknown])
        share = f"{len(unknown)} of {len(situation.places)}"
        met = f"It is unknown, or not sure, whether {share} places are besieged ({names})"
        taken = f"each is, with a chance of {priors.besieged:g}" if priors.besieged else "none is"
        yield f"{met}: where unknown, it is taken that {taken}."
