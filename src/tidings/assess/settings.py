"""The numbers of the assessment: fitted to a record of control, or assumed, each with its reason, in two YAML files.

`python -m tidings.assess.settings docs/assess.md` writes their table into the page.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from tidings.core.packaged import packaged_yaml
from tidings.core.schema import Schema

Letter = Literal["A", "B", "C", "D", "E", "F"]
Digit = Literal["1", "2", "3", "4", "5", "6"]
FILES = ("fitted.yaml", "assumed.yaml")
BEGIN, END = "<!-- numbers: begin -->", "<!-- numbers: end -->"
"""Marks in docs/assess.md between which the table stands."""


class AssessSettings(Schema):
    """All numbers with which claims become a situation; docs/assess.md tells where each acts."""

    stated: float = Field(gt=0, lt=1)
    """Reliability of the writer's own words, of a source without a grade."""
    claimed: float = Field(gt=0, lt=1)
    """Reliability of what somebody says, of a source without a grade."""
    own_success: float = Field(gt=0)
    """Odds factor for a party that tells of its own side's success."""
    against_interest: float = Field(gt=0)
    """Odds factor for a party that tells of its enemy's success."""
    partial: float = Field(gt=0)
    """Odds factor where a part of a place is told to be taken."""
    in_area: float = Field(gt=0)
    """Odds factor for one place of an area, or on a road, that the words tell of."""
    foothold: float = Field(gt=0, le=1)
    """Share of the reliability of what tells that a party stands in a place, or holds a site or some part of it."""
    rumour: float = Field(gt=0)
    """Odds factor for what nobody vouches for."""
    letters: dict[Letter, float]
    """Odds factor by Admiralty letter."""
    digits: dict[Digit, float]
    """Odds factor by Admiralty number."""
    ceiling: float = Field(gt=0, lt=1)
    """No single piece of evidence is surer than this."""
    left_to_heir: float = Field(ge=0, le=1)
    """Share of a withdrawal that goes to who held the place before, or to the only enemy."""
    nearby: float = Field(ge=0, lt=1)
    """Chance that a place has changed hands too where one next to it did, since anybody told of it."""
    nearby_km: float = Field(gt=0)
    """E-folding distance of that chance."""
    control_half_life_days: float = Field(gt=0)
    """Days after which half of an opinion on who holds a place, that nobody renewed, has faded to unknown."""
    siege_half_life_days: float = Field(gt=0)
    """The same for sieges."""
    road_half_life_days: float = Field(gt=0)
    """The same for roads."""
    crossing_half_life_days: float = Field(gt=0)
    """The same for the policy of crossings."""
    closed_to_most: float = Field(ge=0, le=1)
    """Share of "closed" where a closure is told with an exception; the rest is "restricted"."""
    contested_share: float = Field(gt=0, le=0.5)
    """Two sides that each hold at least this probability leave a place contested."""
    same_side_trust: float = Field(ge=0, le=1)
    """Chance that a road whose two ends are held by one side is passable."""
    stretch_floor: float = Field(gt=0)
    """Share of a cut that a stretch of the way gets beside its chance of being shut."""
    before_days: int = Field(gt=0)
    """Days before a change for which it tells what was so until then: a road that is cut was open."""
    memory_days: float = Field(gt=0)
    """E-folding time of violence after the day on which it was told of."""
    reach_km: float = Field(gt=0)
    """E-folding distance at which violence is felt."""
    fighting_days: int = Field(gt=0)
    """A clash that was told within so many days leaves a place contested."""
    disagreement_days: int = Field(gt=0)
    """Answers of fewer days apart answer the same question; later ones may be news."""
    figure_ratio: float = Field(ge=1)
    """Figures that differ by more than this ratio disagree."""
    n_worlds: int = Field(gt=0)
    """Sampled worlds of access."""
    seed: int
    """Of those worlds."""

    @property
    def half_life_days(self) -> dict[str, float]:
        """Half-lives by the question that is asked.

        Examples
        --------
        >>> sorted(load_settings().half_life_days)
        ['besieged', 'held_by', 'passable', 'policy']
        """
        return {
            "held_by": self.control_half_life_days, "besieged": self.siege_half_life_days,
            "passable": self.road_half_life_days, "policy": self.crossing_half_life_days,
        }  # fmt: skip


@cache
def load_settings() -> AssessSettings:
    """Return the packaged settings.

    Raises
    ------
    pydantic.ValidationError
        If a file has a name that is no setting, or lacks one.
    """
    return AssessSettings(**{name: entry["value"] for name, entry in entries().items()})


def entries() -> dict[str, Any]:
    """Return every setting of the two files by name, with its value and why it is so."""
    return {name: entry for file in FILES for name, entry in _read(file).items()}


def _read(file: str) -> dict[str, Any]:
    return {name: entry for name, entry in packaged_yaml("tidings.assess", file).items() if name != "fit"}


def with_numbers(page: str) -> str:
    """Return a page with the current table of settings between its two marks."""
    before, _, rest = page.partition(BEGIN)
    rows = [("name", "value", "", "what it is, or why it is so"), ("---",) * 4]
    for file in FILES:
        rows += [_row(name, entry, file.removesuffix(".yaml")) for name, entry in _read(file).items()]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}"


def _row(name: str, entry: dict[str, Any], kind: str) -> tuple[str, str, str, str]:
    value = entry["value"]
    words = ", ".join(f"{key} {factor:g}" for key, factor in value.items()) if isinstance(value, dict) else f"{value:g}"
    return f"`{name}`", words, kind, str(entry["why"])


def main(path: Path) -> None:
    """Write the table of settings into a page."""
    path.write_text(with_numbers(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
