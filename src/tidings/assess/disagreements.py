"""Questions on which sources give different answers within a few days; all their positions are kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tidings.assess.evidence import day_of
from tidings.assess.reconcile import UNKNOWN, Evidence
from tidings.assess.settings import AssessSettings
from tidings.assess.transitions import report_of
from tidings.evidence.claim import Claim
from tidings.evidence.lineage import ALONE, Lineage
from tidings.evidence.reading import Figure
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.situation.situation import Disagreement, SituationPosition


def disagreements(
    evidence: Iterable[Evidence],
    claims: Iterable[Claim],
    on: dt.date,
    settings: AssessSettings,
    divided: frozenset[str] = frozenset(),
    lineage: Lineage = ALONE,
) -> tuple[Disagreement, ...]:
    """Return what sources disagree on: states, and figures of one status at one place.

    It takes two voices to disagree; a copy is none, and a voice that has told a later figure stands by that alone. That
    sides hold parts of a divided place is no disagreement.
    """
    about_states = (
        m
        for m in _about_states(evidence, on, settings.disagreement_days)
        if (m.predicate, m.subject in divided) != ("held_by", True)
    )
    return (*about_states, *_about_figures(lineage.own(claims), on, lineage, settings))


def _about_states(evidence: Iterable[Evidence], on: dt.date, window_days: int) -> Iterable[Disagreement]:
    by_question: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for piece in evidence:
        if piece.day <= on and piece.answer != UNKNOWN and not (piece.is_partial or piece.is_former):
            by_question[piece.subject, piece.predicate].append(piece)
    for (subject, predicate), pieces in sorted(by_question.items()):
        newest = max(piece.day for piece in pieces)
        recent = [piece for piece in pieces if (newest - piece.day).days < window_days]
        answers: dict[str, list[Evidence]] = defaultdict(list)
        for piece in recent:
            answers[piece.answer].append(piece)
        if len(answers) > 1 and len({piece.voices for piece in recent}) > 1:
            yield Disagreement(subject=subject, predicate=predicate, positions=_positions(answers))


def _positions(answers: Mapping[str, list[Evidence]]) -> tuple[SituationPosition, ...]:
    return tuple(
        SituationPosition(
            value=answer,
            speakers=tuple(sorted({voice for piece in pieces for voice in piece.voices})),
            claims=tuple(dict.fromkeys(piece.claim for piece in pieces)),
        )
        for answer, pieces in sorted(answers.items())
    )


def _about_figures(
    claims: tuple[Claim, ...], on: dt.date, lineage: Lineage, settings: AssessSettings
) -> Iterable[Disagreement]:
    first_of = lineage.first_tellings(claims)
    by_question: dict[tuple[str, str, str], list[tuple[dt.date, float, Claim]]] = defaultdict(list)
    for claim in claims:
        figure = claim.content
        if not isinstance(figure, Figure) or claim.certainty not in BELIEVABLE or figure.value is None:
            continue
        day = day_of(claim)
        if day <= on and len(figure.at) == 1 and not lineage.is_replaced(claim, on):
            by_question[figure.at[0], figure.status, figure.unit].append((day, figure.value, claim))
    for (place, status, _), told in sorted(by_question.items()):
        newest = max(day for day, _, _ in told)
        values: dict[float, list[Claim]] = defaultdict(list)
        for day, value, claim in told:
            if (newest - day).days < settings.disagreement_days:
                values[value].append(claim)
        voiced = (first_of.get(claim.id, claim) for claims in values.values() for claim in claims)
        voices = {lineage.voices(claim) or (report_of(claim),) for claim in voiced}
        if len(voices) > 1 and max(values) > settings.figure_ratio * min(values):
            yield Disagreement(subject=place, predicate=status, positions=_figure_positions(values))


def _figure_positions(values: Mapping[float, list[Claim]]) -> tuple[SituationPosition, ...]:
    return tuple(
        SituationPosition(
            value=f"{value:,.0f}",
            speakers=tuple(sorted({speaker for claim in claims for speaker in claim.speakers})),
            claims=tuple(claim.id for claim in claims),
        )
        for value, claims in sorted(values.items())
    )
