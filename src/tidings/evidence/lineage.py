"""Lineage: which claims are copies, which repeat one voice, and which figures a later one has replaced."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tidings.core.memory import uncollected
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, Review
from tidings.evidence.copies import copies_of
from tidings.evidence.ledger import View
from tidings.evidence.lineage_kept import LEAST_CLAIMS, folder_of, key_of, load_kept, save_kept
from tidings.evidence.repeats import repeats_of
from tidings.evidence.report import Report
from tidings.evidence.successions import Successor, successors_of
from tidings.evidence.tellings import said_by, sureness
from tidings.evidence.voices import Voices


@dataclass(frozen=True, slots=True)
class Lineage:
    """How the claims of one view hang together (docs/lineage.md). None of it is stored: all claims stay as they are."""

    copy_of: Mapping[str, str] = field(default_factory=dict)
    """By the id of a copy: the claim that it is a copy of."""
    repeats: Mapping[str, str] = field(default_factory=dict)
    """By the id of a claim: the first telling by the same voice, in another report."""
    successors: Mapping[str, Successor] = field(default_factory=dict)
    """By the id of a figure: the later one in its place."""
    voices: Voices = field(default_factory=lambda: Voices({}))

    def own(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Return the claims that are no copies."""
        return tuple(claim for claim in claims if claim.id not in self.copy_of)

    def twins(self, claims: Collection[Claim]) -> dict[str, tuple[Claim, ...]]:
        """Return, by the id of a claim, its copies that became known on the same day: any may have been the first."""
        copies = [claim for claim in claims if claim.id in self.copy_of]
        known = {str(claim.id): claim.known_at for claim in claims}
        found: dict[str, tuple[Claim, ...]] = {}
        for claim in copies:
            first = self.copy_of[claim.id]
            if known.get(first) == claim.known_at:
                found[first] = (*found.get(first, ()), claim)
        return found

    def first_tellings(self, claims: Iterable[Claim]) -> dict[str, Claim]:
        """Return, by the id of a repeat, the first telling by the same voice, where it is among the claims."""
        by_id = {str(claim.id): claim for claim in claims}
        return {claim_id: by_id[first] for claim_id, first in self.repeats.items() if first in by_id}

    def is_replaced(self, claim: Claim, on: dt.date) -> bool:
        """Whether, on a day, a later figure stands in the place of one."""
        successor = self.successors.get(claim.id)
        return successor is not None and successor.day <= on

    def superseded_by(self, claim_id: str) -> str | None:
        """Return the figure that stands in the place of one, if any."""
        successor = self.successors.get(claim_id)
        return successor.claim if successor else None


ALONE = Lineage()
"""The lineage of claims of which nothing is known but themselves."""


def lineage_of(crisis: Crisis, view: View, claims: tuple[Claim, ...] | None = None) -> Lineage:
    """Return how the claims of a view hang together; only what was public by then is compared.

    The order of adding plays no part, and reports that became public later are not in the view at all.

    Parameters
    ----------
    claims
        `view.claims()`, where they are at hand.
    """
    with uncollected():
        kept = Kept.of(crisis, view)
        if (found := kept.load()) is not None:
            return found
        told = view.claims() if claims is None else claims
        lineage = _lineage(crisis, told, view.as_read(), view.reports())
        kept.save(lineage)
        return lineage


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the lineage of a view is kept beside the ledger; it is found anew wherever that may not be the same."""

    view: View
    folder: Path
    key: str | None
    """None where nothing is kept."""

    @classmethod
    def of(cls, crisis: Crisis, view: View) -> Kept:
        """Return where the lineage of a view is kept, if it is large enough."""
        folder = folder_of(Path(view.ledger.where))
        if view.state is None or view.n_claims() < LEAST_CLAIMS:
            return cls(view, folder, None)
        return cls(view, folder, key_of(view.state, json.dumps(view.last_known()), crisis.parties))

    def load(self) -> Lineage | None:
        """Return what is kept, if the ledger holds what it held when the view was made."""
        kept = load_kept(self.folder, self.key) if self.key and self.view.is_current else None
        if kept is None:
            return None
        successors = {claim: Successor(later, dt.date.fromisoformat(day)) for claim, later, day in kept["successors"]}
        return Lineage(kept["copy_of"], kept["repeats"], successors, Voices(kept["publishers"]))

    def save(self, lineage: Lineage) -> None:
        """Keep the lineage of the view, if nothing was added while it was found."""
        if self.key and self.view.is_current:
            record = {
                "copy_of": lineage.copy_of, "repeats": lineage.repeats, "publishers": lineage.voices.publishers,
                "successors": [(claim, later.claim, later.day) for claim, later in lineage.successors.items()],
            }  # fmt: skip
            save_kept(self.folder, self.key, record)


def _lineage(
    crisis: Crisis, claims: tuple[Claim, ...], reviewed: tuple[Claim, ...], reports: tuple[Report, ...]
) -> Lineage:
    as_read = {str(claim.id): claim for claim in (*claims, *reviewed)}
    voices = Voices.of(crisis.parties, reports, as_read.values())
    alike, upheld = copies_of(as_read.values(), reports, voices.publishers), _upheld(claims)
    copy_of = {copy: first for copy, first in alike.items() if copy not in upheld}
    own = tuple(claim for claim in claims if claim.id not in copy_of)
    successors = successors_of(own, voices)
    repeats = {**repeats_of(own, voices, successors), **_retold(own, alike)}
    return Lineage(copy_of, repeats, successors, voices)


def _upheld(claims: Iterable[Claim]) -> frozenset[str]:
    """Return what a reviewer accepted or corrected, by its latest review."""
    reviews = [claim.content for claim in claims if isinstance(claim.content, Review)]
    latest = {str(review.about): review.verdict for review in reviews}
    return frozenset(about for about, verdict in latest.items() if verdict != "reject")


def _retold(own: Iterable[Claim], alike: Mapping[str, str]) -> dict[str, str]:
    """Return the copies that a reviewer made stand on their own, as repeats where they still say the same."""
    by_id = {str(claim.id): claim for claim in own}
    kept = ((by_id[copy], by_id[first]) for copy, first in alike.items() if copy in by_id and first in by_id)
    return {str(copy.id): str(first.id) for copy, first in kept if _say_the_same(copy, first)}


def _say_the_same(claim: Claim, earlier: Claim) -> bool:
    return (said_by(claim), sureness(claim)) == (said_by(earlier), sureness(earlier))
