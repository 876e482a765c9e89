"""What the tests of reading share: the gazetteer, opened once."""

from __future__ import annotations

import pytest

from tidings.geography.gazetteer import Gazetteer, open_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return open_gazetteer()
