"""Who takes a position in a disagreement where nobody is named: the outlet that wrote it, or the report."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.assess.opinions import Opinions
from tidings.assess.transitions import report_of
from tidings.assess.weighing import NOBODY
from tidings.situation.situation import Disagreement, SituationPosition


def with_writers(matter: Disagreement, opinions: Opinions) -> Disagreement:
    """Return a disagreement that names the outlet, or else the report, of what no speaker is named for."""
    return matter.model_copy(update={"positions": tuple(_named(position, opinions) for position in matter.positions)})


def _named(position: SituationPosition, opinions: Opinions) -> SituationPosition:
    speakers = {speaker for speaker in position.speakers if speaker not in NOBODY}
    if speakers and len(speakers) == len(position.speakers):
        return position
    return position.model_copy(update={"speakers": tuple(sorted(speakers.union(_writers(position, opinions))))})


def _writers(position: SituationPosition, opinions: Opinions) -> Iterator[str]:
    for claim in map(opinions.claim, position.claims):
        if claim is None or claim.speakers or claim.relayed_by:
            continue
        publisher = opinions.lineage.voices.publisher(claim)
        yield from publisher or (opinions.ground.report_names.get(report_of(claim), NOBODY[0]),)
