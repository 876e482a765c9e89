"""A summary tells mean, standard deviation and quantiles over all members, whatever the blocks."""

import numpy as np
import pytest

from tests.ensemble.models import MODEL, N_MEMBERS
from tidings.ensemble import packed, summaries
from tidings.ensemble.run import simulate
from tidings.ensemble.summaries import QUANTILES, summarise

ENSEMBLE = simulate(MODEL, members=N_MEMBERS, seed=4)


@pytest.mark.parametrize("name", ["people", "waiting", "displaced_from"])
def test_statistics_are_those_of_numpy(name):
    counts, summary = ENSEMBLE[name].to_numpy(), summarise(ENSEMBLE)[name]
    assert np.array_equal(summary.sel(statistic="mean"), counts.mean(axis=0))
    assert np.allclose(summary.sel(statistic="sd"), counts.std(axis=0, ddof=1), rtol=1e-12)
    for level in QUANTILES:
        assert np.array_equal(summary.sel(statistic=str(level)), np.quantile(counts, level, axis=0))


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize("limits", [{"BYTES": 1}, {"CELLS": 3}, {}])
def test_a_summary_does_not_depend_on_blocks_and_pieces(monkeypatch, rows, limits):
    whole = summarise(ENSEMBLE)
    monkeypatch.setattr(packed, "MEMBERS_A_PART", rows)
    monkeypatch.setattr("tidings.ensemble.blocks.BLOCK_VALUES", 10 * rows)
    for name, value in limits.items():
        monkeypatch.setattr(summaries, name, value)
    assert summarise(ENSEMBLE).identical(whole)


def test_a_single_member_has_no_standard_deviation():
    summary = summarise(ENSEMBLE.isel(member=[3]))["people"]
    assert np.isnan(summary.sel(statistic="sd")).all()
    assert np.array_equal(summary.sel(statistic="0.5"), ENSEMBLE["people"].isel(member=3))


def test_a_summary_keeps_units_days_and_names():
    summary = summarise(ENSEMBLE)
    assert summary["people"].attrs == ENSEMBLE["people"].attrs
    assert summary["people"].dims == ("statistic", "day", "place")
    for name in ("date", "place", "place_name", "crossing", "group"):
        assert summary[name].equals(ENSEMBLE[name])
