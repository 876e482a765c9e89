"""Voices: who answers for a claim, under one name whether he speaks, is relayed, or publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tidings.core.ids import slug
from tidings.crisis.crisis import Party
from tidings.evidence.claim import Claim, Reviewer
from tidings.evidence.report import Report

Voice = tuple[str, ...]
"""Names that speak together, sorted; empty where nobody is known."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who publishes each report, by the id of a party where the publisher is one, or speaks or is relayed elsewhere."""

    publishers: Mapping[str, str]
    """By report id; a report whose publisher is not known is not in it."""

    @classmethod
    def of(cls, parties: Iterable[Party], reports: Iterable[Report], claims: Iterable[Claim]) -> Voices:
        """Match publishers with parties by id, name and other names, and with the speakers of claims."""
        names = {slug(claimed): claimed for claim in claims for claimed in (*claim.speakers, *_relay(claim))}
        for party in parties:
            names |= {slug(name): party.id for name in (party.id, party.name, *party.other_names)}
        publishers = {str(report.id): report.publisher for report in reports if report.publisher}
        return cls({report: names.get(slug(name), name) for report, name in publishers.items()})

    def __call__(self, claim: Claim) -> Voice:
        """Return who answers for a claim: the speakers, else who is relayed, else the publisher."""
        return tuple(sorted(claim.speakers)) or _relay(claim) or self.publisher(claim)

    def publisher(self, claim: Claim) -> Voice:
        """Return the publisher of the report or table that holds a claim."""
        report = "" if isinstance(claim.source, Reviewer) else claim.source.report
        return (self.publishers[report],) if report in self.publishers else ()


def is_named(claim: Claim) -> bool:
    """Whether the report names somebody who says it, or from whom it has it."""
    return bool(claim.speakers or claim.relayed_by)


def _relay(claim: Claim) -> Voice:
    return (claim.relayed_by,) if claim.relayed_by else ()
