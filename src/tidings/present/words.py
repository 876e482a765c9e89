"""Plain words for numbers, days and the vocabularies: what a reader sees instead of codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.reading import Figure

MILLION = 1_000_000
EN_DASH = "–"

CERTAINTY_WORDS = {
    "stated": "the report's own words",
    "claimed": "a claim",
    "projected": "a projection, not an observation",
    "conditional": "supposed, not happened",
    "demanded": "demanded, not happened",
    "denied": "denied",
}
STATUS_WORDS = {
    "displaced": "driven from their homes", "fled": "fled", "evacuated": "evacuated", "relocated": "moved elsewhere",
    "sheltered": "sheltered", "in_camp": "in camps", "registered": "registered", "stranded": "stranded",
    "arrived": "arrived", "returned": "returned", "homeless": "without a home",
    "housing_destroyed": "whose homes are destroyed", "housing_damaged": "whose homes are damaged",
    "trapped": "trapped", "besieged": "under siege", "killed": "killed",
    "injured": "injured", "missing": "missing", "detained": "detained", "in_need": "in need of aid",
    "affected": "affected", "population": "living",
}  # fmt: skip
GROUP_WORDS = {
    "idp": "displaced people", "refugee": "refugees", "returnee": "returnees", "resident": "residents",
    "combatant": "fighters", "civilian": "civilians", "unknown": "people",
}  # fmt: skip
ACTIVE_WORDS = {
    "fled": "flee", "arrived": "arrive", "returned": "return", "housing_destroyed": "lose their homes",
    "housing_damaged": "find their homes damaged", "relocated": "move elsewhere", "population": "live",
    "displaced": "be displaced",
}  # fmt: skip
TOLD_TWICE = frozenset({("idp", "displaced"), ("refugee", "displaced"), ("returnee", "returned"),
                        ("resident", "population")})  # fmt: skip
"""Groups of which the status says nothing more: displaced people who are displaced."""
EVENT_WORDS = {
    "advance": "Advance", "capture": "Capture", "loss": "Loss", "retreat": "Retreat", "hold": "Place held",
    "clash": "Fighting", "air_strike": "Air strikes", "shelling": "Shelling", "bombing": "Bombing",
    "suicide_bombing": "Suicide bombing", "explosive_device": "Explosive device", "grenade": "Grenade attack",
    "chemical_attack": "Chemical attack", "attack_on_civilians": "Attack on civilians",
    "attack_on_aid": "Attack on aid", "sexual_violence": "Sexual violence", "abduction": "Abduction",
    "arrest": "Arrest", "looting": "Looting", "protest": "Protest", "riot": "Riot", "mob_violence": "Mob violence",
    "siege": "Siege", "siege_lifted": "Siege lifted", "road_cut": "Road cut", "road_opened": "Road opened",
    "crossing_closed": "Crossing closed", "crossing_opened": "Crossing opened", "flight": "People flee",
    "return": "People return", "evacuation": "Evacuation", "aid_delivery": "Aid delivered",
    "aid_blocked": "Aid blocked", "famine": "Famine", "ceasefire": "Ceasefire", "agreement": "Agreement",
    "talks": "Talks", "talks_collapsed": "Talks collapsed", "territory_transferred": "Territory handed over",
    "headquarters": "Headquarters", "deployment": "Deployment", "position": "Position", "accusation": "Accusation",
    "appeal": "Appeal", "sanction": "Sanctions", "natural_disaster": "Natural disaster", "other": "Other",
}  # fmt: skip
PREDICATE_WORDS = {
    "held_by": "who holds it", "control": "who holds it", "besieged": "whether it is under siege",
    "passable": "whether it can be used", "policy": "whether it is open", "population": "how many people live there",
    "cut_off": "whether it is cut off", "coordinates": "where it lies",
    "per_day": "how many people it lets through a day",
}  # fmt: skip
POLICY_WORDS = {
    "open": "open", "restricted": "open to some only", "closed": "closed to most or all", "unknown": "not known"
}  # fmt: skip


def count_words(people: float) -> str:
    """Write a number of people: with thousands separators, or in millions where that loses nothing.

    Examples
    --------
    >>> count_words(77000), count_words(2_500_000), count_words(1_234_567)
    ('77,000', '2.5 million', '1,234,567')
    """
    whole = round(people)
    if whole >= MILLION and whole % (MILLION // 100) == 0:
        return f"{whole / MILLION:,.2f}".rstrip("0").rstrip(".") + " million"
    return f"{whole:,}"


def rounded_words(people: float) -> str:
    """Write an estimate with no more digits than it deserves: three at the most, whole tens from 100 on.

    Examples
    --------
    >>> rounded_words(12_345.6), rounded_words(123.4), rounded_words(7.2)
    ('12,300', '120', '7')
    """
    whole = round(people)
    if abs(whole) >= 100:
        step = max(10, 10 ** (len(str(abs(whole))) - 3))
        whole = round(whole / step) * step
    return f"{whole:,}"


def range_words(low: float | None, high: float | None) -> str:
    """Write a range, one end of which may be open.

    Examples
    --------
    >>> range_words(20000, 99999), range_words(20000, None), range_words(None, None)
    ('20,000–99,999', '20,000 or more', 'not known')
    """
    if low is not None and high is not None:
        return count_words(low) if low == high else f"{count_words(low)}{EN_DASH}{count_words(high)}"
    if low is not None:
        return f"{count_words(low)} or more"
    return "not known" if high is None else f"up to {count_words(high)}"


def quantity_words(value: float | None, low: float | None, high: float | None) -> str:
    """Write the best value of a quantity, or else its range.

    Examples
    --------
    >>> quantity_words(350000, None, None), quantity_words(None, 20000, 99999)
    ('350,000', '20,000–99,999')
    """
    return range_words(low, high) if value is None else count_words(value)


def figure_words(figure: Figure) -> str:
    """Write a figure's number as its source qualified it; "more than" and "at least" are one quantifier: "at least"."""
    if figure.value is None:
        return range_words(figure.low, figure.high)
    before = {"more_than": "at least ", "less_than": "up to ", "approximately": "about "}.get(figure.quantifier, "")
    return before + count_words(figure.value)


def counted_words(figure: Figure) -> str:
    """Write whom a figure counts: a household is not a person."""
    told_twice = (figure.group, figure.status) in TOLD_TWICE
    group = GROUP_WORDS["unknown" if told_twice else figure.group]
    if figure.unit == "person":
        return group
    return "households" if group == "people" else f"households of {group}"


def status_words(figure: Figure) -> str:
    """Write what is said of the people counted; what is only feared or supposed has not happened to them."""
    if figure.certainty not in ("projected", "conditional"):
        return STATUS_WORDS[figure.status]
    return f"who might {ACTIVE_WORDS.get(figure.status) or f'be {STATUS_WORDS[figure.status]}'}"


def day_words(day: dt.date) -> str:
    """Write a day out.

    Examples
    --------
    >>> day_words(dt.date(2016, 2, 8))
    '8 February 2016'
    """
    return f"{day.day} {day:%B %Y}"


def short_day_words(day: dt.date) -> str:
    """Write a day without its year, for tables and axes."""
    return f"{day.day} {day:%b}"


def listed(names: Sequence[str]) -> str:
    """Join names as in a sentence.

    Examples
    --------
    >>> listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])
    ('A', 'A and B', 'A, B and C')
    """
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def percent_words(p: float) -> str:
    """Write a probability; near certainty is not certainty.

    Examples
    --------
    >>> percent_words(0.8), percent_words(0.999), percent_words(1.0)
    ('80 %', 'over 99 %', '100 %')
    """
    if 0.99 < p < 1:
        return "over 99 %"
    return "under 1 %" if 0 < p < 0.01 else f"{round(100 * p)} %"


def sentence_case(text: str) -> str:
    """Begin with a capital letter and leave the rest."""
    return text[:1].upper() + text[1:]


def speaker_words(told: str) -> str:
    """Say who speaks where no party is known: the report's own words, and of a mere pronoun that nobody is named.

    Examples
    --------
    >>> speaker_words("a camp official"), speaker_words("She")
    ('a camp official', 'unnamed (“She”)')
    """
    is_pronoun = told.lower() in word_set("grammar", "speaker_pronouns")
    return f"unnamed (“{told}”)" if is_pronoun else told
