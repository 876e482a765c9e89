"""What would change the forecast: what is not sure, at its ends, and which claims to verify first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tidings.forecast.document import Forecast, Sensitivity
from tidings.present.brief_parts import FORECAST_ANCHOR, Desk, Line, Linked, dated, input_address
from tidings.present.inputs_named import ASSUMED, NOBODY_TOLD, bulletin_words, input_head, unit_words, why_assumed
from tidings.present.words import count_words, rounded_words

MOST_VERIFIABLE, MOST_ASSUMED = 6, 4
LEAST_SHARE = 0.02
"""Of the largest effect: what moves it less is left out."""
ALL = "all"
ADDRESS = f"#{FORECAST_ANCHOR}"
MINUS = "\N{MINUS SIGN}"
HALF = 50.0
"""Half of the width of the bars, in which the largest effect just fits."""


@dataclass(frozen=True)
class Bar:
    """How far an end moves the mean: to the right more people, to the left fewer; from `x`, so wide, of 100."""

    x: float
    width: float


@dataclass(frozen=True)
class End:
    """An input at one of its ends."""

    words: Line
    effect: Linked
    bar: Bar

    @property
    def parts(self) -> Line:
        """What it is written with."""
        return (*self.words, self.effect)


@dataclass(frozen=True)
class InputRow:
    """One input, at its low and at its high."""

    head: str
    low: End
    high: End
    verify: Line


@dataclass(frozen=True)
class Tornado:
    """What would change the forecast, largest first: what reports can settle, and what nobody can tell today."""

    lead: Line
    verifiable: tuple[InputRow, ...]
    assumed: tuple[InputRow, ...]
    n_left: int
    """Inputs that move it less, and are left out."""

    @property
    def parts(self) -> Line:
        """All that the rows are written with."""
        rows = (*self.verifiable, *self.assumed)
        return tuple(part for row in rows for part in (*row.verify, *row.low.parts, *row.high.parts))


def tornado(desk: Desk, forecast: Forecast) -> Tornado | None:
    """Return what would change the forecast; nothing where it was not asked for."""
    if forecast.sensitivity_of is None:
        return None
    moving = [one for one in forecast.sensitivity if _reach(one) >= 0.5]
    widest = max(map(_reach, moving), default=1.0)
    large = [one for one in moving if _reach(one) >= LEAST_SHARE * widest]
    told = [one for one in large if one.kind not in ASSUMED][:MOST_VERIFIABLE]
    assumed = [one for one in large if one.kind in ASSUMED][:MOST_ASSUMED]
    return Tornado(
        lead=_lead(desk, forecast),
        verifiable=tuple(_row(desk, forecast, one, widest) for one in told),
        assumed=tuple(_row(desk, forecast, one, widest) for one in assumed),
        n_left=len(moving) - len(told) - len(assumed),
    )


def _reach(one: Sensitivity) -> float:
    return max(abs(one.effect_low), abs(one.effect_high))


def _lead(desk: Desk, forecast: Forecast) -> Line:
    asked, last = forecast.sensitivity_of or ALL, dated(forecast.from_ + dt.timedelta(days=forecast.days - 1))
    mean = Linked(rounded_words(forecast.sensitivity_mean or 0.0), ADDRESS)
    if asked == ALL:
        return "People away from home on ", last, ", those counted before included: ", mean, " on average."
    if desk.kinds.get(asked) == "crossing":
        return f"People waiting at {desk.names[asked]} on ", last, ": ", mean, " on average."
    if forecast.sensitivity_quantity == "present":
        return f"People present at {desk.names[asked]} on ", last, ": ", mean, " on average."
    return f"Arrivals at {desk.names[asked]} up to ", last, ": ", mean, " on average."


def _row(desk: Desk, forecast: Forecast, one: Sensitivity, widest: float) -> InputRow:
    low, high = _ends(desk, one)
    return InputRow(
        head=input_head(one, desk.names.__getitem__, forecast.from_),
        low=_end(desk, one, low, one.effect_low, widest),
        high=_end(desk, one, high, one.effect_high, widest),
        verify=_verify(desk, one),
    )


def _ends(desk: Desk, one: Sensitivity) -> tuple[Line, Line]:
    low, high = one.ends
    if one.kind == "holder":
        return (desk.names[low],), (desk.names[high],)
    if one.kind in ("residents", "report") and not any(one.ends):
        address = input_address(one.subject or "") if one.kind == "residents" else ADDRESS
        least, most = (desk.number(count_words(people), one.claims, address) for people in (one.low, one.high))
        return (least,), (most,)
    if one.kind == "parameter":
        after = unit_words(one)
        least, most = (Linked(f"{value:g}".replace("-", MINUS), ADDRESS) for value in (one.low, one.high))
        return (least, after), (most, after)
    return (low,), (high,)


def _end(desk: Desk, one: Sensitivity, words: Line, effect: float, widest: float) -> End:
    width = HALF * min(1.0, abs(effect) / widest)
    bar = Bar(round(HALF - width if effect < 0 else HALF, 2), round(width, 2))
    return End(words, desk.number(_signed(effect), one.claims, ADDRESS), bar)


def _signed(effect: float) -> str:
    """Write how many people more or fewer.

    Examples
    --------
    >>> _signed(1234.0), _signed(-56.0), _signed(0.2)
    ('+1,230', '\N{MINUS SIGN}56', 'no change')
    """
    if abs(effect) < 0.5:
        return "no change"
    return f"{'+' if effect > 0 else MINUS}{rounded_words(abs(effect))}"


def _verify(desk: Desk, one: Sensitivity) -> Line:
    if one.kind in ASSUMED:
        return (why_assumed(one),)
    if references := desk.references(one.claims):
        return f"{desk.speakers(one.claims)} ", *references
    if one.day and (told := bulletin_words(one)):
        return told, dated(one.day)
    if one.kind == "residents":
        return (Linked("the crisis's own table", input_address(one.subject or "")),)
    return (NOBODY_TOLD,)
