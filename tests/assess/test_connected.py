"""Contract: worlds searched as bits, compiled, count the same as worlds searched one after the other."""

import numpy as np
import pytest

from tidings.assess.access import LEVELS, _count_joined
from tidings.assess.connected import count_joined


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("n_places", "n_worlds", "n_hubs"), [(6, 3, 3), (90, 64, 3), (90, 131, 1), (140, 70, 130)])
def test_places_that_hang_together_are_counted_alike_where_few_and_where_many_hubs_are(
    seed, n_places, n_worlds, n_hubs
):
    luck = np.random.default_rng(seed)
    a, b = luck.integers(0, n_places, (2, 2 * n_places))
    most = luck.random(2 * n_places)
    least = (LEVELS * np.stack([most, most * luck.random(2 * n_places)])).astype(np.uint16)
    hubs, edge = luck.choice(n_places, n_hubs, replace=False), luck.choice(n_places, 2, replace=False)
    drawn = (LEVELS * luck.random((n_worlds, 2 * n_places))).astype(np.uint16)
    asked = (a, b, drawn, least, hubs, edge, n_places)
    for compiled, plain in zip(count_joined(*asked), _count_joined(*asked), strict=True):
        np.testing.assert_array_equal(compiled, plain)
