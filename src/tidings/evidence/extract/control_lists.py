"""Lists of who holds what below a word for it: 'Control as of 3 May: X: army; Y: rebels', on one line or on several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.holdings import NOT_HELD, Tie
from tidings.evidence.extract.hostilities import ARMED
from tidings.evidence.extract.relation_lexicon import relation_words

JOINTS = frozenset([":", "-", "–", "—", "|", "="])
"""Between a place and who holds it."""
BETWEEN = frozenset([";", ",", "•", "*", "|"])
"""Between one place of a list and the next."""
LABEL_WORDS = 12
"""Words of what opens a list: 'Territorial control of towns as of 3 May 2022:'."""
RULE = "relations.yaml control_labels: a list of places below it, each with who holds it"


def listed_control(lines: Sequence[Line], kinds: Mapping[str, str | None]) -> Iterator[Tie]:
    """Yield who holds each place of the lists of a report that say that they are of control, as of the list's day.

    Parameters
    ----------
    lines
        The sentences of the report.
    kinds
        Kind of each place and party by its id.
    """
    label: tuple[int, int] | None = None
    for line in lines if any(not line.keys.isdisjoint(relation_words("control_labels")) for line in lines) else ():
        first = _label_end(line)
        label = (line.words[0].start, line.words[first - 1].end) if first else label
        told = list(_items(line, first, kinds)) if label else []
        yield from (replace(tie, dated=label) for tie in told)
        label = label if told or first else None


def _label_end(line: Line) -> int:
    """Return the word behind the label that opens a list, with its ':'; 0 where a sentence opens with none."""
    words = line.words
    near = range(min(LABEL_WORDS, len(words)))
    end = next((n for n in near if words[n].text == ":"), len(words) if len(words) <= LABEL_WORDS else 0)
    start = words[min(end, len(words)) - 1].end if end else 0
    is_label = any(word.key in relation_words("control_labels") for word in words[:end])
    is_bare = not any(each.start < start for each in (*line.places, *line.parties))
    return min(end + 1, len(words)) if end and is_label and is_bare else 0


def _items(line: Line, first: int, kinds: Mapping[str, str | None]) -> Iterator[Tie]:
    """Yield who holds which place, of each 'X: army' that stands between two marks."""
    words = line.words
    parties = {party.start: party for party in line.parties if kinds.get(party.id) in ARMED}
    for place in line.places:
        at, joint = line.word_at(place.start), line.word_at(place.end)
        opens = at <= max(first, int(not words[0].text[0].isalnum())) or words[at - 1].text in BETWEEN
        if not opens or joint >= len(words) - 1 or words[joint].text not in JOINTS or kinds.get(place.id) in NOT_HELD:
            continue
        named = joint + 1 + (words[joint + 1].key == "the")
        party = parties.get(words[named].start) if named < len(words) else None
        behind = line.word_at(party.end) if party else 0
        if party and (behind >= len(words) or words[behind].text in BETWEEN | {".", "("}):
            yield Tie(party.id, "controls", place.id, place.start, party.end, RULE)
