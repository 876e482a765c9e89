"""What a forecast assumes and what it was made from: nothing that was settled without a source stays unsaid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tidings.core.counting import agreed, counted
from tidings.core.ids import is_content_id
from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import persons_of
from tidings.flow.named_rules import NamedRule
from tidings.flow.parameters import Parameters, parameter_table
from tidings.forecast.document import ForecastWarning, MadeFrom
from tidings.forecast.violence_ahead import ViolenceAhead
from tidings.geography.places import names_listed, names_shown
from tidings.situation.sample import ASSUMED, UnknownPriors
from tidings.situation.situation import Situation
from tidings.situation.world import POLICIES

WORTH_TELLING = 0.05
"""What is unknown with less probability than this is not listed."""
FRESH = dt.timedelta(days=30)
"""A forecast that begins later than this after the last report is warned of."""

MOST_TESTED_DAYS = 90
"""The furthest that hindcasts looked ahead (docs/validation.md)."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances with which members settle what nobody told, with the lowest and the highest that a member may have.

    Examples
    --------
    >>> from tidings.flow.parameters import load_parameters
    >>> chances = Chances.of(load_parameters(), varied=["unknown_crossing_open"])
    >>> chances.told("crossing_closed"), chances.told("road_passable")
    ('0.3 (in members 0.2 to 0.4)', '0.7')
    """

    base: UnknownPriors
    low: UnknownPriors
    high: UnknownPriors

    @classmethod
    def of(cls, parameters: Mapping[str, float], varied: Collection[str]) -> Chances:
        """Return the chances that parameters give, of which members draw some from their plausible ranges."""
        table = parameter_table()
        ends = [table[name].plausible if name in varied else (parameters[name],) for name in ASSUMED]
        # each chance is a product of terms that are linear in one parameter, so that it is extreme at the ends
        corners = [UnknownPriors.of(dict(zip(ASSUMED, corner, strict=True))) for corner in product(*ends)]
        low, high = (UnknownPriors(*map(end, zip(*corners, strict=True))) for end in (min, max))
        return cls(UnknownPriors.of(parameters), low, high)

    def told(self, name: str) -> str:
        """Return a chance as text, and beside it what members have."""
        chance, members = getattr(self.base, name), self.in_members(name)
        return f"{chance:g} (in members {members})" if members else f"{chance:g}"

    def in_members(self, name: str) -> str:
        """Return between what members have a chance; nothing where all have the same."""
        low, high = getattr(self.low, name), getattr(self.high, name)
        return f"{low:g} to {high:g}" if low < high else ""


def simulation_warning() -> ForecastWarning:
    """Return what rests on the simulation, and how that fared where it was tested."""
    met = (
        "Who is present, arrives and departs at places without a report, by which crossing people come, who "
        "waits, which residents leave or are trapped, where people fled from, and what scenarios change"
    )
    worse = "In hindcasts of six conflicts it was worse than carrying the last bulletin forward"
    message = f"{met}: all this rests on the simulation alone. {worse} (figures in docs/validation.md)."
    return ForecastWarning(code="from_simulation", message=message)


def warnings_of(situation: Situation, chances: Chances) -> Iterator[ForecastWarning]:
    """Yield what every reader must know: that nothing is validated, and every assumption in place of knowledge."""
    yield ForecastWarning(
        code="not_validated",
        message="Illustration, not validated: its intervals have not been tested on this kind of case.",
    )
    assumed = sum(road.assumed for road in situation.roads)
    if assumed:
        yield ForecastWarning(
            code="lengths_assumed",
            message=f"{_of(assumed, len(situation.roads), 'road length', 'is', 'are')} assumed: great circle × 1.3.",
        )
    if not any(_claims(situation)):
        met = "No report tells of violence, of who holds what, of sieges, roads or crossings"
        yield ForecastWarning(code="nothing_told", message=f"{met}: the simulation rests on assumptions alone.")
    for message in (*_roads(situation, chances), *_crossings(situation, chances), *_sieges(situation, chances)):
        yield ForecastWarning(code="assumed_for_unknown", message=message)
    shown = names_shown(situation.crossings)
    names = [shown[crossing.id] for crossing in situation.crossings if crossing.per_day is None]
    if names:
        met = f"No throughput is known for {', '.join(names)}"
        yield ForecastWarning(
            code="throughput_unknown", message=f"{met}: when open, everybody is taken to cross at once."
        )


def file_warning(file: str, rest_on_reports: Sequence[str]) -> str:
    """Return that the ensemble's file holds other numbers than the forecast; empty where no place rests on reports.

    It is no warning of the forecast, which is the same whether a file is written or not.
    """
    if not rest_on_reports:
        return ""
    met = f"{file} holds the members as simulated, and the forecast lays reports over them"
    what = f"'people' at {names_listed(rest_on_reports)} differs from what the forecast tells of who is present there"
    return f"{met}: {what}. For planning take the forecast's numbers (--json, --hubverse), not the file's."


def untested_days(days: int) -> Iterator[ForecastWarning]:
    """Yield that a forecast goes further than any that was held against what came."""
    if days > MOST_TESTED_DAYS:
        met = f"The forecast goes {days} days ahead, and nothing beyond {MOST_TESTED_DAYS} days was tested"
        message = f"{met}: of what comes after, not even at camps is it known how far it is off."
        yield ForecastWarning(code="beyond_tested", message=message)


def known_later(from_: dt.date, as_of: dt.date) -> Iterator[ForecastWarning]:
    """Yield that a forecast knows what became public only after its first day: it looks back, not ahead."""
    if as_of > from_:
        met = f"The forecast begins on {from_} and takes what became public by {as_of}"
        message = f"{met}: it could not have been made then. For what was known: --as-of {from_}."
        yield ForecastWarning(code="known_later", message=message)


def evidence_warnings(
    from_: dt.date, last_report: dt.date | None, last_bulletin: dt.date | None = None
) -> Iterator[ForecastWarning]:
    """Yield that the last report is too old for a forecast to begin where it does, or older than the last bulletin."""
    if last_report is not None and last_bulletin is not None and last_bulletin > last_report:
        met = f"The last bulletin is of {last_bulletin} and the last report of {last_report}"
        taken = "what is known of roads, sieges and violence is of the last report, and that violence has faded since"
        yield ForecastWarning(code="bulletin_after_reports", message=f"{met}: {taken}.")
    newest, kind = (last_report, "report") if last_report is not None else (last_bulletin, "bulletin")
    if newest is not None and from_ - newest > FRESH:
        later = f"{counted((from_ - newest).days, 'day')} later"
        met = f"The last {kind} is of {newest} and the forecast begins on {from_}, {later}"
        yield ForecastWarning(
            code="evidence_old", message=f"{met}: it takes for granted that nothing has changed in between."
        )


def unused_warnings(bulletins: Iterable[Bulletin], *, from_: dt.date, as_of: dt.date) -> Iterator[ForecastWarning]:
    """Yield how many bulletins are of days after the eve of a forecast, or became public too late for it.

    Parameters
    ----------
    bulletins
        All of bulletins.csv, public or not.
    """
    eve, every = from_ - dt.timedelta(days=1), tuple(bulletins)
    later = sum(b.day > eve for b in every)
    unpublished = sum(b.day <= eve and (b.published or b.day) > as_of for b in every)
    for number, after in ((later, f"after {eve}"), (unpublished, f"published after {as_of}")):
        if number:
            told = f"{counted(number, 'bulletin')} {after} {agreed(number, 'is', 'are')} not used"
            message = f"{told}: the forecast begins on {from_} and knows what was public by {as_of}."
            yield ForecastWarning(code="bulletins_not_used", message=message)


def made_from(
    situation: Situation,
    used: Iterable[Bulletin],
    parameters: Parameters,
    *,
    varied: Collection[str],
    rules: Iterable[NamedRule],
    chances: Chances,
    code: str,
) -> MadeFrom:
    """Return the claims, bulletins, parameters and assumptions of a forecast.

    Parameters
    ----------
    used
        Bulletins, told in the order of days.
    varied
        Names of the parameters that each member draws for itself.
    rules
        Those that crisis.yaml names.
    """
    counted = sorted(used, key=lambda b: (b.day, b.place, b.published or b.day, b.source or ""))
    ranges = {name: parameter_table()[name].plausible for name in varied}
    return MadeFrom(
        claims=tuple(dict.fromkeys((*_claims(situation), *_claim_ids(b.source for b in counted)))),
        bulletins=tuple(_told(bulletin) for bulletin in counted),
        parameters=dict(parameters),
        parameter_ranges={name: (low, high) for name, (low, high) in ranges.items() if low < high},
        rules=tuple(str(rule) for rule in rules),
        assumptions={**_assumptions(situation, chances), **ViolenceAhead.of(parameters, varied).assumptions()},
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
    came = "came, " if bulletin.measure == "flow" else ""
    return f"{bulletin.place} {bulletin.day}: {came}{people} ({bulletin.source or 'bulletins.csv'})"


def _assumptions(situation: Situation, chances: Chances) -> dict[str, float | str]:
    fading = {} if situation.violence_memory_days is None else {"violence_memory_days": situation.violence_memory_days}
    return {
        **dict(_chances(chances)),
        "crossing_per_day_where_unknown": "unlimited",
        **fading,
    }


def _chances(chances: Chances) -> Iterator[tuple[str, float | str]]:
    for name, chance in chances.base._asdict().items():
        yield f"p_{name}_where_unknown", round(chance, 6)
        if members := chances.in_members(name):
            yield f"p_{name}_where_unknown_in_members", members


def _of(number: int, in_all: int, noun: str, one: str, many: str) -> str:
    """Say how many of some things are so: '1 of 2 roads is', '3 of 3 roads are'."""
    return f"{number} of {counted(in_all, noun)} {agreed(number, one, many)}"


def _roads(situation: Situation, chances: Chances) -> Iterator[str]:
    name = names_shown(situation.places)
    unknown = [road for road in situation.roads if road.passable.unknown > WORTH_TELLING]
    unknown.sort(key=lambda road: -road.passable.unknown)
    if unknown:
        ends = [f"{name.get(road.from_, road.from_)} – {name.get(road.to, road.to)}" for road in unknown]
        taken = f"each is taken as passable with a chance of {chances.told('road_passable')}"
        roads = _of(len(unknown), len(situation.roads), "road", "can", "can")
        met = f"It is unknown, or not sure, whether {roads} be passed"
        yield f"{met} ({names_listed(ends)}): where unknown, {taken}."


def _crossings(situation: Situation, chances: Chances) -> Iterator[str]:
    shown = names_shown(situation.crossings)
    names = [shown[crossing.id] for crossing in situation.crossings if crossing.policy.unknown > WORTH_TELLING]
    if names:
        taken = ", ".join(f"{policy} {chances.told(f'crossing_{policy}')}" for policy in POLICIES)
        met = f"It is unknown, or not sure, whether {names_listed(names)} can be crossed"
        yield f"{met}: where unknown, the chances are taken as {taken}, though nobody says so."


def _sieges(situation: Situation, chances: Chances) -> Iterator[str]:
    unknown = [place for place in situation.places if place.besieged.unknown > WORTH_TELLING]
    unknown.sort(key=lambda place: -place.besieged.unknown)
    if unknown:
        shown = names_shown(situation.places)
        names = names_listed([shown[place.id] for place in unknown])
        places = _of(len(unknown), len(situation.places), "place", "is", "are")
        met = f"It is unknown, or not sure, whether {places} besieged ({names})"
        taken = f"each is, with a chance of {chances.told('besieged')}" if chances.high.besieged else "none is"
        yield f"{met}: where unknown, it is taken that {taken}."
