"""What a forecast takes for granted of violence after its eve: no forecast of it, and told as an assumption."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidings.flow.parameters import parameter_table
from tidings.forecast.document import ForecastWarning
from tidings.situation.afterwards import COURSES, Course, shares_of
from tidings.situation.situation import Situation

NEARLY = 0.005
"""Shares that differ from a third by less are called a third."""


@dataclass(frozen=True, slots=True)
class ViolenceAhead:
    """The courses that members are given, as text.

    Examples
    --------
    >>> from tidings.flow.parameters import load_parameters
    >>> ahead = ViolenceAhead.of(load_parameters({"violence_lasts": 0.5}), varied=["violence_escalation"])
    >>> ahead.told()
    'to die down with a chance of 50 %, to persist with 25 % and to grow to 2 times (in members 1.5 to 3) with 25 %'
    >>> ViolenceAhead.of(load_parameters(), varied=[]).told()
    'to die down, to persist and to grow to 2 times with a chance of a third each'
    >>> ViolenceAhead.of(load_parameters({"violence_lasts": 0}), varied=[]).told()
    'to die down in all members'
    """

    shares: Mapping[Course, float]
    times: str
    """What it grows to where it escalates, and between what in members."""
    fade_days: str

    @classmethod
    def of(cls, parameters: Mapping[str, float], varied: Collection[str]) -> ViolenceAhead:
        """Take the courses from the parameters of a forecast, of which members draw some."""
        shares = {course: round(share, 6) for course, share in shares_of(parameters).items()}
        return cls(
            shares, *(_range(name, parameters, varied) for name in ("violence_escalation", "violence_fade_days"))
        )

    def told(self) -> str:
        """Return the courses in words, those that no member has left out."""
        words = {"dies_down": "to die down", "persists": "to persist", "escalates": f"to grow to {self.times}"}
        some = [(words[course], share) for course, share in self.shares.items() if share]
        if len(some) == 1:
            return f"{some[0][0]} in all members"
        if is_even := all(abs(share - 1 / len(COURSES)) < NEARLY for _, share in some):
            first, *others, last = [word for word, _ in some]
        else:
            percents = [f"{percent} %" for percent in whole_percents([share for _, share in some])]
            percents[0] = f"a chance of {percents[0]}"
            first, *others, last = [f"{word} with {share}" for (word, _), share in zip(some, percents, strict=True)]
        each = " with a chance of a third each" if is_even else ""
        return f"{', '.join([first, *others])} and {last}{each}"

    def warnings(self, situation: Situation) -> Iterator[ForecastWarning]:
        """Yield that nobody knows it, where any violence is known."""
        if is_violent(situation):
            met = f"What happens to the violence after {situation.on} is not known, and no attack is predicted"
            taken = f"what was told of by then is taken {self.told()}"
            days = "" if self.shares["persists"] == 1 else f", with an e-folding time of {self.fade_days}"
            yield ForecastWarning(code="violence_unknown", message=f"{met}: {taken}{days}.")

    def assumptions(self) -> dict[str, float | str]:
        """Return by name what was taken."""
        chances = {f"p_violence_{course}": share for course, share in self.shares.items()}
        return {**chances, "violence_escalates_to": self.times, "violence_e_folding_time": self.fade_days}


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Round shares of one whole to percents that sum to 100: those cut off most are rounded up.

    Examples
    --------
    >>> whole_percents([1 / 3, 1 / 3, 1 / 3]), whole_percents([0.5, 0.125, 0.375])
    ([34, 33, 33], [50, 13, 37])
    """
    whole = [int(100 * share + 1e-9) for share in shares]
    most_cut = sorted(range(len(shares)), key=lambda number: whole[number] - 100 * shares[number])
    for number in most_cut[: 100 - sum(whole)]:
        whole[number] += 1
    return whole


def is_violent(situation: Situation) -> bool:
    """Whether any violence is known whose course is open: a scenario sets it for all days."""
    return any(place.violence > 0 and not place.is_violence_lasting for place in situation.places)


def is_open(varied: Collection[str]) -> bool:
    """Whether crisis.yaml leaves the course of violence open."""
    return {"violence_lasts", "violence_escalates"} <= set(varied)


def _range(name: str, parameters: Mapping[str, float], varied: Collection[str]) -> str:
    low, high = parameter_table()[name].plausible
    members = f" (in members {low:g} to {high:g})" if name in varied and low < high else ""
    return f"{parameters[name]:g} {parameter_table()[name].unit}{members}"
