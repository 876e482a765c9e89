"""One telling, one row: what a report tells again stands with its first telling."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event, Figure

OBSERVED = ("stated", "claimed")
Mention = tuple[str, str]


def told_once(claims: Iterable[Claim], key: Callable[[Claim], Hashable]) -> list[tuple[Claim, ...]]:
    """Group figures or events of one `key`, each mention of one told before in its report with that one.

    The last claim of a group is the newest that is no mere mention; all of a group are to be cited. A mention that
    is less certain than what it repeats, or whose first telling is not among the claims, stands for itself.
    """
    told = [claim for claim in claims if isinstance(claim.content, Figure | Event)]
    by_mention = {_mention(claim): claim for claim in told}
    groups: dict[Hashable, list[Claim]] = {}
    for claim in told:
        first = _first_told(claim, by_mention)
        group = groups.setdefault(key(first), [])
        group.insert(0 if first is not claim else len(group), claim)
    return [tuple(group) for group in groups.values()]


def _first_told(claim: Claim, by_mention: Mapping[Mention, Claim]) -> Claim:
    passed = {claim.id}
    first = claim
    while (before := _repeated(first, by_mention)) and before.id not in passed:
        passed.add(before.id)
        first = before
    return first


def _repeated(claim: Claim, by_mention: Mapping[Mention, Claim]) -> Claim | None:
    again = getattr(claim.content, "same_as", None)
    first = by_mention.get((_mention(claim)[0], again)) if again else None
    return first if first and _is_observed(first) == _is_observed(claim) else None


def _is_observed(claim: Claim) -> bool:
    return claim.certainty in OBSERVED


def _mention(claim: Claim) -> Mention:
    return getattr(claim.source, "report", ""), getattr(claim.content, "id", "")
