"""Who holds an office of whom, and who speaks for which group."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.party_names import phrases
from tidings.evidence.extract.persons import title_end
from tidings.evidence.vocabulary import RelationType

OfficeTie = tuple[str, RelationType, str, int, int]
OFFICE_REACH = 10


def office_relations(line: Line, kinds: dict[str, str | None]) -> Iterator[OfficeTie]:
    """Yield subject, relation, object, start and end of each office or membership told in a sentence.

    Parameters
    ----------
    line
        The sentence.
    kinds
        Kind of each party by its id.
    """
    people = [mention for mention in line.parties if kinds.get(mention.id) == "person"]
    bodies = [mention for mention in line.parties if kinds.get(mention.id) not in ("person", "civilians")]
    for person in people:
        yield from _before(line, person, bodies)
        yield from _behind(line, person, bodies)


def _before(line: Line, person: Mention, bodies: list[Mention]) -> Iterator[OfficeTie]:
    """'Turkish President Name', 'Pentagon spokesman Name': the body stands right before the office."""
    at = next((number for number, word in enumerate(line.words) if word.start == person.start), None)
    if at is None or not title_end(line.words, at):
        return
    near = [body for body in bodies if at > 0 and body.end >= line.words[at - 1].end - 2 and body.end < person.start]
    yield from ((person.id, "official_of", body.id, body.start, person.end) for body in near[-1:])


def _behind(line: Line, person: Mention, bodies: list[Mention]) -> Iterator[OfficeTie]:
    """'Name, Vice President of the Body', 'Name from Body'."""
    at = next((number for number, word in enumerate(line.words) if word.start >= person.end), len(line.words))
    if at + 1 >= len(line.words):
        return
    if line.words[at].key in ("from", "of", "with"):
        yield from _first(line, person, bodies, at, at + 3, "member_of")
    elif line.words[at].text == ",":
        titled = next(
            (n for n in range(at + 1, min(at + 6, len(line.words))) if phrases("titles").at(line.words, n)), None
        )
        if titled is not None and not any(word.text in ",.;" for word in line.words[at + 1 : titled]):
            yield from _first(line, person, bodies, at + 1, titled + OFFICE_REACH, "official_of")


def _first(
    line: Line, person: Mention, bodies: list[Mention], first: int, last: int, relation: RelationType
) -> Iterator[OfficeTie]:
    inside = line.party_in(first, min(last, len(line.words)))
    body = next((mention for mention in inside if mention in bodies), None)
    if body:
        yield person.id, relation, body.id, person.start, body.end
