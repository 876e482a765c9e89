"""Where one of two sources is noisy, biased and late, forecasts with errors by source are nearer to the drawn truth."""

from dataclasses import replace

import pytest

from verification.two_sources import ACCURATE, NOISY, compared


def test_a_noisy_source_harms_less_when_its_error_is_learnt():
    scores = compared(1, 3, ACCURATE, NOISY)
    (wis, coverage), (wis_of_one, _) = scores["errors by source"], scores["one source for all"]
    assert wis < 0.8 * wis_of_one
    assert coverage > 0.6


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_does_for_each_seed_and_costs_little_where_both_are_alike(seed):
    unlike = compared(seed, 12, ACCURATE, NOISY)
    alike = compared(seed, 12, ACCURATE, replace(ACCURATE, name="B"))
    assert unlike["errors by source"][0] < 0.8 * unlike["one source for all"][0]
    assert unlike["errors by source"][1] > 0.72
    assert alike["errors by source"][0] < 1.05 * alike["one source for all"][0]
