"""Profiles: what may leave, for whom. Only `restricted` exists until release rules and validated forecasts do."""

from __future__ import annotations

from dataclasses import replace

from tidings.core.errors import InputError
from tidings.release.released import Released

REFUSED = {
    "partner": "there are no release rules yet that say what a partner may see, and no validated forecast",
    "public": "there are no release rules yet that protect people and places in public, and no validated forecast",
}


def check_profile(profile: str) -> None:
    """Refuse every profile but `restricted`, with the reason.

    Raises
    ------
    InputError
        If the profile is `partner`, `public` or unknown.
    """
    if profile == "restricted":
        return
    reason = REFUSED.get(profile, "there is no such profile")
    raise InputError(where=f"--profile {profile}", met=reason, fix="Use --profile restricted; it is not for release.")


def release(released: Released, profile: str) -> Released:
    """Return what a profile lets through: with `restricted` all of it, marked as not for release."""
    check_profile(profile)
    return replace(released, profile=profile)
