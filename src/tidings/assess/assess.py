"""From the ledger to the Situation on a day, as known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations, compress

import numpy as np

from tidings.assess.access import Ways, access, encircled, ways
from tidings.assess.changes import changes, told_since
from tidings.assess.control import control_state, is_divided
from tidings.assess.disagreements import disagreement_on, figures_disagree, figures_stand_until
from tidings.assess.ground import Ground
from tidings.assess.holders_inferred import inferred_holders
from tidings.assess.opinions import Opinions
from tidings.assess.populations import populations
from tidings.assess.reconcile import UNKNOWN
from tidings.assess.roads import RoadColumns, yes_no
from tidings.assess.settings import AssessSettings
from tidings.assess.standings import Pieces
from tidings.assess.unanswered import unknown_crossings, unknown_places, unknown_roads
from tidings.assess.unmatched import unmatched
from tidings.assess.violence import QUIET, fought_over, violence_by_place
from tidings.assess.writers import with_writers
from tidings.core.later import later
from tidings.core.memory import uncollected
from tidings.core.schema import unchecked
from tidings.crisis.crisis import Crisis
from tidings.evidence.ledger import View
from tidings.evidence.lineage import Lineage, lineage_of
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing
from tidings.situation.situation import (
    CrossingState,
    Disagreement,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    YesNo,
)


def assess(
    crisis: Crisis,
    view: View,
    *,
    on: dt.date,
    as_of: dt.date,
    changes_since: dt.date | None = None,
    view_then: View | None = None,
    lineage: Lineage | None = None,
    settings: AssessSettings | None = None,
) -> Situation:
    """Return the situation on a day, from the claims in a view of the ledger.

    Parameters
    ----------
    view
        `ledger.as_of(as_of)`: claims that became public later are not in it.
    changes_since
        Also list what changed between that day and `on`, as known on `as_of`.
    view_then
        What was public by that day: also list what was so on it already and was told only since.
    lineage
        `lineage_of(crisis, view)`, where it is at hand: who assesses many days finds copies once.
    settings
        By default those of the package (docs/assess.md).
    """
    known_then = Assessor.of(crisis, view_then, settings=settings) if changes_since and view_then else None
    return Assessor.of(crisis, view, lineage=lineage, settings=settings).on(
        on, as_of=as_of, changes_since=changes_since, known_then=known_then
    )


@dataclass(frozen=True)
class Assessor:
    """Assesses many days from one view of the ledger, each as `assess` does: a day after another reuses what stands."""

    ground: Ground

    @classmethod
    def of(
        cls, crisis: Crisis, view: View, *, lineage: Lineage | None = None, settings: AssessSettings | None = None
    ) -> Assessor:
        """Prepare the evidence of all claims in a view."""
        with uncollected():
            claims = view.claims()
            lineage = lineage or lineage_of(crisis, view, claims)
            return cls(Ground.of(crisis, claims, view.reports(), lineage, settings))

    def on(
        self,
        on: dt.date,
        *,
        as_of: dt.date,
        changes_since: dt.date | None = None,
        known_then: Assessor | None = None,
    ) -> Situation:
        """Return the situation on a day.

        Parameters
        ----------
        as_of
            The day of the view.
        changes_since
            Also list what changed between that day and `on`.
        known_then
            Of what was public by that day: also list what was so on it already and was told only since.
        """
        with uncollected():
            now = Opinions.from_ground(self.ground, on)
            situation = _Day.of(now, as_of).situation()
        if changes_since is None:
            return situation
        then = self._known(changes_since, as_of)
        listed = changes(*then, situation, now)
        if known_then:
            listed += told_since(known_then._known(changes_since, changes_since), then, listed)
        return situation.model_copy(update={"changes": listed})

    def _known(self, on: dt.date, as_of: dt.date) -> tuple[Situation, Opinions]:
        opinions = Opinions.from_ground(self.ground, on)
        return _Day.of(opinions, as_of).situation(), opinions


@dataclass(frozen=True)
class _Day:
    """A situation as columns; what is said of each place and road is made when it is looked at."""

    now: Opinions
    as_of: dt.date
    roads: RoadColumns
    ways: Ways

    @classmethod
    def of(cls, now: Opinions, as_of: dt.date) -> _Day:
        geography, roads = now.crisis.geography, RoadColumns.of(now)
        p_yes, p_no, _ = roads.passable
        out = ways(geography, _hubs(geography), p_yes, p_no, lambda: now.ground.luck.of(roads.keys, roads.luck))
        return cls(now, as_of, roads, out)

    def situation(self) -> Situation:
        now = self.now
        makers: dict[str, Callable[[], object]] = {
            "places": lambda: self.places,
            "roads": lambda: self.road_states,
            "access": lambda: access(self.ways, now.crisis.geography, self.places),
            "disagreements": lambda: (
                *(with_writers(matter, now) for matter in _states_disagreed_on(now, self.divided)),
                *(with_writers(matter, now) for matter in _figures_disagreed_on(now)),
            ),
            "warnings": lambda: unmatched(now),
            "unknown": lambda: (
                *unknown_places(self.places, now), *unknown_roads(self.road_states, now),
                *unknown_crossings(self.crossings, now),
            ),
        }  # fmt: skip
        return later(
            Situation,
            {name: _uncollected(make) for name, make in makers.items()},
            schema_="tidings/situation@1",
            on=now.on,
            as_of=self.as_of,
            crossings=self.crossings,
            changes=(),
            facing=_pairs(now, lambda a, b: now.sides.fight(a, b, now.on)),
            facing_untold=_pairs(now, lambda a, b: now.sides.face(a, b) and not now.sides.fight(a, b, now.on)),
            violence_memory_days=now.settings.memory_days,
        )

    @cached_property
    def divided(self) -> frozenset[str]:
        return _divided(self.now)

    @cached_property
    def places(self) -> tuple[PlaceState, ...]:
        return tuple(_places(self.now, self.divided, encircled(self.ways, self.now.crisis.geography)))

    @cached_property
    def road_states(self) -> tuple[RoadState, ...]:
        return tuple(self.roads.states())

    @cached_property
    def crossings(self) -> tuple[CrossingState, ...]:
        return tuple(_crossing(self.now, crossing) for crossing in self.now.crisis.geography.crossings)


def _uncollected(make: Callable[[], object]) -> Callable[[], object]:
    def made() -> object:
        with uncollected():
            return make()

    return made


def _divided(now: Opinions) -> frozenset[str]:
    def divided(pieces: Pieces) -> bool:
        return is_divided(pieces, now.sides, now.on)

    held = ((place, pieces) for (place, predicate), pieces in now.evidence.items() if predicate == "held_by")
    return frozenset(
        place
        for place, pieces in held
        if now.ground.while_stands("divided", (place, "held_by"), pieces, now.on, partial(divided, pieces))
    )


def _states_disagreed_on(now: Opinions, divided: frozenset[str]) -> Iterator[Disagreement]:
    """Yield disagreements on states; that sides hold parts of a divided place is none."""
    window_days = now.settings.disagreement_days
    for (subject, predicate), pieces in sorted(now.evidence.items()):
        if predicate == "held_by" and subject in divided:
            continue
        found = now.ground.while_stands(
            "disagreement", (subject, predicate), pieces, now.on,
            partial(disagreement_on, subject, predicate, pieces, now.on, window_days),
        )  # fmt: skip
        if found:
            yield found


def _figures_disagreed_on(now: Opinions) -> Iterator[Disagreement]:
    ground, on = now.ground, now.on
    for matter, figures in ground.figures.items():
        found = ground.until(
            ("figures", matter), on, partial(figures_stand_until, figures, on, now.lineage),
            partial(figures_disagree, matter, figures, on, now.lineage, ground.first_of, now.settings),
        )  # fmt: skip
        if found:
            yield found


def _places(now: Opinions, divided: frozenset[str], shut: Mapping[str, YesNo]) -> Iterator[PlaceState]:
    violence = violence_by_place(now.ground.strikes, now.on, now.crisis.geography, now.settings)
    fights = fought_over(now.ground.strikes, now.on, now.settings)
    people = populations(now.crisis.geography.places, now.ground.populations, now.on, now.lineage)
    names = {party.id: party.name for party in now.crisis.parties}
    for place in now.crisis.geography.places:
        held, siege = now(place.id, "held_by"), now(place.id, "besieged")
        state, holder = control_state(
            held,
            now.sides,
            contested_share=now.settings.contested_share,
            is_divided=place.id in divided,
            is_fought_over=place.id in fights,
        )
        struck = violence.get(place.id, QUIET)
        yield unchecked(
            PlaceState,
            id=place.id,
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            state=state,
            held_by=holder,
            control={side: p for side, p in held.odds.items() if side != UNKNOWN},
            inferred=inferred_holders(now.told(place.id, "held_by"), held.odds, now.on, names),
            unknown=held.odds[UNKNOWN],
            contested=fights.get(place.id, 0.0),
            besieged=yes_no(siege.odds),
            encircled=shut.get(place.id) or YesNo(),
            population=people[place.id],
            since=held.since if state == "held" else None,
            claims=tuple(dict.fromkeys((*held.claims, *siege.claims))),
            held_by_telling=now.telling(held),
            besieged_telling=now.telling(siege),
            violence=struck.events_per_day,
            violence_from=struck.felt_from,
            violence_p=struck.p,
            violence_telling=now.sentence_of(struck.own_claims[-1]) if struck.own_claims else None,
            violence_claims=struck.claims,
            violence_told=struck.own_claims,
            is_violence_lasting=False,
        )


def _crossing(now: Opinions, crossing: Crossing) -> CrossingState:
    told = now(crossing.id, "policy")
    per_day, tellings = (crossing.per_day, ()) if crossing.per_day is not None else _per_day_told(now, crossing.id)
    return CrossingState(
        id=crossing.id,
        name=crossing.name,
        sides=(crossing.side_a, crossing.side_b),
        policy=PolicyOdds(**{"open": 0.0, "restricted": 0.0, "closed": 0.0, **told.odds}),
        per_day=per_day,
        per_day_claims=tellings,
        terms=_terms(now, crossing.id),
        claims=told.claims,
    )


def _terms(now: Opinions, crossing: str) -> tuple[str, ...]:
    newest = now.newest_told(crossing, "policy")
    return tuple(dict.fromkeys(piece.terms for piece in newest if piece.terms))


def _per_day_told(now: Opinions, crossing: str) -> tuple[float | None, tuple[str, ...]]:
    """Return how many people a day the newest reports that tell it have let through; the fewest, if they differ."""
    newest = now.newest_told(crossing, "policy", having="per_day")
    latest = [(piece.per_day or 0.0, piece.claim) for piece in newest]
    fewest = min((people for people, _ in latest), default=None)
    return fewest, tuple(sorted({claim for people, claim in latest if people == fewest}))


def _pairs(now: Opinions, are: Callable[[str, str], bool]) -> tuple[tuple[str, str], ...]:
    control = now.faded["held_by"]
    is_known = np.any(control.odds[now.ground.place_rows(control)] > 0, axis=0)
    known = set(compress(control.answers, is_known)) | {now.sides.side(party.id) for party in now.crisis.parties}
    return tuple(pair for pair in combinations(sorted(known), 2) if are(*pair))


def _hubs(geography: Geography) -> tuple[str, ...]:
    """Return the places from which access is asked: the two sides of the crossings."""
    return tuple(dict.fromkeys(side for crossing in geography.crossings for side in (crossing.side_a, crossing.side_b)))
