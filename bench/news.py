"""Invented news of an invented country: reports with claims of every kind, some of them copies, some relayed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bench.country import SIDES
from tidings.core.dates import DateSpan, end_of_day
from tidings.core.ids import ClaimId, PartyId, ReportId
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, Content, TextSpan
from tidings.evidence.reading import Event, Figure, Reading, RelationRecord, ReportRecord
from tidings.evidence.report import Report
from tidings.geography.places import Road

START = dt.date(2029, 1, 1)
N_DAYS = 1_000
TOLD = 10
"""Claims a report."""
COPIED, RELAYED = 0.2, 0.1
"""Shares of the reports that are copies of earlier ones by another publisher, and that relay an agency."""
PUBLISHERS = tuple(f"Paper {number}" for number in range(40))
AGENCIES = tuple(f"agency-{number}" for number in range(6))
KINDS = {
    "capture": 0.16, "hold": 0.14, "retreat": 0.05, "loss": 0.05, "controls": 0.05, "siege": 0.03,
    "siege_lifted": 0.02, "road_cut": 0.07, "road_opened": 0.06, "crossing_closed": 0.01, "crossing_opened": 0.01,
    "shelling": 0.08, "clash": 0.05, "air_strike": 0.04, "in_camp": 0.10, "population": 0.04, "killed": 0.04,
}  # fmt: skip
"""What is told, and its share of the claims."""
FIGURES = {"in_camp": "stock", "population": "stock", "killed": "flow"}
ODD_WORDS = tuple(f"{a}{b}" for a in ("bar", "kel", "mor", "tan", "vis", "ros", "del", "zun") for b in "aeiou")

Added = tuple[Report, Reading, tuple[Claim, ...]]


@dataclass(frozen=True)
class Newsroom:
    """Writes the reports of one country, the same for the same seed."""

    crisis: Crisis
    seed: int = 1
    luck: random.Random = field(init=False)
    recent: list[tuple[tuple[str, Content], ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "luck", random.Random(self.seed))

    def reports(self, n_claims: int) -> Iterator[Added]:
        """Yield reports with so many claims together, spread evenly over the days."""
        n_reports = max(1, n_claims // TOLD)
        for number in range(n_reports):
            yield self.report(number, START + dt.timedelta(days=number * N_DAYS // n_reports))

    def report(self, number: int, day: dt.date) -> Added:
        """Write one report of a day."""
        is_copy = bool(self.recent) and self.luck.random() < COPIED
        told = self.luck.choice(self.recent) if is_copy else tuple(self._told() for _ in range(TOLD))
        self.recent[:] = [*self.recent[-200:], told]
        relay = PartyId(self.luck.choice(AGENCIES)) if self.luck.random() < RELAYED else None
        report = Report(
            id=ReportId(f"{number:064x}"), name=f"report-{number}.txt", text=" ".join(words for words, _ in told),
            published=day, publisher=self.luck.choice(PUBLISHERS),
        )  # fmt: skip
        record = ReportRecord(id=report.id, published=day, characters=len(report.text))
        return report, Reading(report=record), tuple(self._claims(report, told, relay))

    def _claims(self, report: Report, told: tuple[tuple[str, Content], ...], relay: PartyId | None) -> Iterator[Claim]:
        day, start = report.published or START, 0
        for words, content in told:
            speakers = (PartyId(self.luck.choice(SIDES)),) if self.luck.random() < 0.3 else ()
            yield Claim(
                id=ClaimId(f"c{report.id[-12:]}-{start}"), content=content, relayed_by=relay, speakers=speakers,
                certainty="claimed" if speakers else "stated",
                source=TextSpan(report=report.id, start=start, end=start + 3),
                valid=DateSpan.of(day), known_at=end_of_day(day), extractor="bench@1",
            )  # fmt: skip
            start += len(words) + 1

    def _told(self) -> tuple[str, Content]:
        kind = self.luck.choices(tuple(KINDS), tuple(KINDS.values()))[0]
        return _BY_KIND.get(kind, _event)(self, kind)

    def words(self, *told: object) -> str:
        """Return a sentence that is hardly another one's."""
        around = self.luck.choices(ODD_WORDS, k=10)
        return " ".join(map(str, ("On", "that", "day", *around[:5], *told, *around[5:]))).capitalize() + "."

    def place(self) -> str:
        """Choose a place of the country."""
        return self.luck.choice(self.crisis.geography.places).id


def _event(room: Newsroom, kind: str) -> tuple[str, Content]:
    place, side = room.place(), room.luck.choice(SIDES)
    return room.words(side, kind, place), _of_type(kind, (place,), (side,))


def _road(room: Newsroom, kind: str) -> tuple[str, Content]:
    road: Road = room.luck.choice(room.crisis.geography.roads)
    return room.words(kind, road.from_, road.to), _of_type(kind, (road.from_, road.to))


def _crossing(room: Newsroom, kind: str) -> tuple[str, Content]:
    crossing = room.luck.choice(room.crisis.geography.crossings).id
    return room.words(kind, crossing), _of_type(kind, (crossing,))


def _controls(room: Newsroom, kind: str) -> tuple[str, Content]:
    place, side = room.place(), room.luck.choice(SIDES)
    return room.words(side, kind, place), RelationRecord(
        subject=side, relation="controls", object=place, start=0, end=3
    )


def _figure(room: Newsroom, kind: str) -> tuple[str, Content]:
    place, people = room.place(), float(room.luck.randint(1, 99) * 100)
    told = {"id": "f1", "start": 0, "end": 3, "text": "", "value": people, "status": kind, "measure": FIGURES[kind]}
    return room.words(people, kind, place), Figure.model_validate({**told, "at": (place,)})


def _of_type(kind: str, places: tuple[str, ...], actors: tuple[str, ...] = ()) -> Event:
    told = {"id": "e1", "type": kind, "start": 0, "end": 3, "text": "", "places": places, "actors": actors}
    return Event.model_validate(told)


_BY_KIND: dict[str, Callable[[Newsroom, str], tuple[str, Content]]] = {
    "road_cut": _road, "road_opened": _road, "crossing_closed": _crossing, "crossing_opened": _crossing,
    "controls": _controls, **dict.fromkeys(FIGURES, _figure),
}  # fmt: skip
