"""Questions on which sources give different answers within a few days; all their positions are kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import cast

from tidings.assess.evidence import day_of
from tidings.assess.reconcile import UNKNOWN, Evidence
from tidings.assess.settings import AssessSettings
from tidings.assess.transitions import report_of
from tidings.evidence.claim import Claim
from tidings.evidence.lineage import Lineage
from tidings.evidence.reading import Figure
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.situation.situation import Disagreement, SituationPosition

NOT = "not "
"""Before a side that is told not to have taken a place, where nobody is told to hold it."""


def disagreement_on(
    subject: str, predicate: str, evidence: Iterable[Evidence], on: dt.date, window_days: int
) -> Disagreement | None:
    """Return what sources disagree on in one question, from the evidence on it.

    It takes two voices to disagree. A voice that has since told another answer stands by that alone, and who tells of
    an earlier day than that of a change (a place is taken, a siege laid or lifted, a road or a crossing closed or
    opened) does not deny it. Who denies that a side took a place, and tells of no other holder, disagrees with who says
    that it did.
    """
    pieces = [
        piece for piece in evidence if piece.day <= on and _is_told(piece) and not (piece.is_partial or piece.is_former)
    ]
    answered = {piece.claim for piece in pieces if piece.answer != UNKNOWN}
    pieces = [piece for piece in pieces if piece.answer != UNKNOWN or piece.claim not in answered]
    newest = max((piece.day for piece in pieces), default=on)
    recent = _standing([piece for piece in pieces if (newest - piece.day).days < window_days])
    answers: dict[str, list[Evidence]] = defaultdict(list)
    for piece in recent:
        answers[piece.answer if piece.answer != UNKNOWN else f"{NOT}{piece.left_by}"].append(piece)
    held = answers.keys() & {answer.removeprefix(NOT) for answer in answers}
    answers = {answer: told for answer, told in answers.items() if answer in held or answer.removeprefix(NOT) in held}
    recent = [piece for told in answers.values() for piece in told]
    if len(answers) > 1 and len({piece.voices for piece in recent}) > 1:
        return Disagreement(subject=subject, predicate=predicate, positions=_positions(answers))
    return None


def _is_told(piece: Evidence) -> bool:
    return piece.answer != UNKNOWN or (piece.is_denial and piece.left_by is not None)


def _standing(pieces: list[Evidence]) -> list[Evidence]:
    """Return what nobody has taken back and no later change has overtaken."""
    last: dict[tuple[str, ...], dt.date] = {}
    for piece in pieces:
        last[piece.voices] = max(piece.day, last.get(piece.voices, piece.day))
    changed = max((piece.day for piece in pieces if _is_change(piece) and piece.is_dated), default=dt.date.min)
    return [piece for piece in pieces if piece.day >= last[piece.voices] and _told_of(piece) >= changed]


def _told_of(piece: Evidence) -> dt.date:
    """Return the last day of which a piece tells: of an event its day, of a state that which it vouches for."""
    return piece.day if _is_change(piece) else max(piece.day, piece.fresh_until or piece.day)


def _is_change(piece: Evidence) -> bool:
    return piece.is_turn or piece.changed_by is not None


def _positions(answers: Mapping[str, list[Evidence]]) -> tuple[SituationPosition, ...]:
    return tuple(
        SituationPosition(
            value=answer,
            speakers=tuple(sorted({voice for piece in pieces for voice in piece.voices})),
            claims=tuple(dict.fromkeys(piece.claim for piece in pieces)),
        )
        for answer, pieces in sorted(answers.items())
    )


Matter = tuple[str, str, str]
"""Place, status and unit of figures."""


def figures_by_matter(claims: Iterable[Claim]) -> dict[Matter, tuple[Claim, ...]]:
    """Return the figures of one place that may disagree, by what they count."""
    found: dict[Matter, list[Claim]] = defaultdict(list)
    for claim in claims:
        figure = claim.content
        if not isinstance(figure, Figure) or figure.value is None or claim.certainty not in BELIEVABLE:
            continue
        if len(figure.at) == 1:
            found[figure.at[0], figure.status, figure.unit].append(claim)
    return {matter: tuple(told) for matter, told in sorted(found.items()) if len(told) > 1}


def figures_disagree(
    matter: Matter,
    figures: Iterable[Claim],
    on: dt.date,
    lineage: Lineage,
    first_of: Mapping[str, Claim],
    settings: AssessSettings,
) -> Disagreement | None:
    """Return the disagreement between the figures of one matter on a day, if there is one.

    It takes two voices to disagree; a voice that has told a later figure stands by that alone.

    Parameters
    ----------
    figures
        Without copies.
    first_of
        By the id of a repeat: its first telling.
    """
    told = [(day_of(claim), claim) for claim in figures if day_of(claim) <= on and not lineage.is_replaced(claim, on)]
    newest = max((day for day, _ in told), default=on)
    values: dict[float, list[Claim]] = defaultdict(list)
    for day, claim in told:
        if (newest - day).days < settings.disagreement_days:
            values[cast("Figure", claim.content).value or 0.0].append(claim)
    voiced = (first_of.get(claim.id, claim) for claims in values.values() for claim in claims)
    voices = {lineage.voices(claim) or (report_of(claim),) for claim in voiced}
    if len(voices) > 1 and max(values) > settings.figure_ratio * min(values):
        return Disagreement(subject=matter[0], predicate=matter[1], positions=_figure_positions(values))
    return None


def figures_stand_until(figures: Iterable[Claim], on: dt.date, lineage: Lineage) -> dt.date:
    """Return the first day after one on which figures of one matter may stand otherwise."""
    days = [day_of(claim) for claim in figures]
    days += [lineage.successors[claim.id].day for claim in figures if claim.id in lineage.successors]
    return min((day for day in days if day > on), default=dt.date.max)


def _figure_positions(values: Mapping[float, list[Claim]]) -> tuple[SituationPosition, ...]:
    return tuple(
        SituationPosition(
            value=f"{value:,.0f}",
            speakers=tuple(sorted({speaker for claim in claims for speaker in claim.speakers})),
            claims=tuple(claim.id for claim in claims),
        )
        for value, claims in sorted(values.items())
    )
