"""Contract: only `restricted` leaves; `partner` and `public` are refused with the reason until there are rules."""

from dataclasses import dataclass

import pytest

from tidings.core.errors import InputError
from tidings.release.profiles import check_profile, release


@dataclass(frozen=True)
class Cut:
    profile: str
    claims: tuple[str, ...] = ("a", "b")


def test_restricted_is_let_through_whole_and_marked():
    assert release(Cut("none yet"), "restricted") == Cut("restricted")


@pytest.mark.parametrize("profile", ["partner", "public"])
def test_other_profiles_are_refused_with_the_reason(profile):
    with pytest.raises(
        InputError, match=rf"--profile {profile}: there are no release rules yet .* Use --profile restricted"
    ):
        check_profile(profile)


def test_a_misspelt_profile_is_refused():
    with pytest.raises(InputError, match="there is no such profile"):
        check_profile("restrictd")
