"""Contract: what a packaged table holds is given as it stands, and a file that is not there is told."""

import pytest

from tidings.core.packaged import packaged_yaml


def test_a_packaged_table_is_given_as_it_stands() -> None:
    assert {"damping_days", "level_noise"} <= set(
        packaged_yaml("tidings.forecast", "fitted.yaml")["sets"][0]["state_space"]
    )


def test_a_table_that_does_not_come_with_the_package_is_told() -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.yaml"):
        packaged_yaml("tidings.forecast", "none.yaml")
