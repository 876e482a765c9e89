"""A plot of the forecast starts at 0, has one scale, shows 50 % and 90 % bands, and says what it counts."""

from __future__ import annotations

import pytest

from tidings.forecast.document import Forecast
from tidings.present.plots import courses, plot_expected, plot_title, render_expected
from tidings.release.released import Released

NAMES = {"vidra": "Vidra", "sorrel": "Sorrel Bridge"}


@pytest.fixture
def forecast(released: Released) -> Forecast:
    assert released.forecast is not None
    return released.forecast


def test_the_largest_destination_comes_first(forecast: Forecast) -> None:
    assert [course.location for course in courses(forecast, "arrivals")] == ["vidra", "sorrel"]


def test_every_panel_starts_at_zero_and_has_one_scale(forecast: Forecast) -> None:
    limits = {axes.get_ylim() for axes in plot_expected(forecast, "arrivals", NAMES).axes}
    assert len(limits) == 1
    assert next(iter(limits))[0] == 0


@pytest.mark.parametrize("times", [1, 1_000, 1_000_000])
def test_no_number_on_an_axis_is_cut_off_however_many_people_there_are(forecast: Forecast, times: int) -> None:
    targets = tuple(
        target.model_copy(update={"quantiles": {level: people * times for level, people in target.quantiles.items()}})
        for target in forecast.targets
    )
    figure = plot_expected(forecast.model_copy(update={"targets": targets}), "arrivals", NAMES)
    figure.canvas.draw()  # type: ignore[no-untyped-call]
    for axes in figure.axes:
        assert min(label.get_window_extent().x0 for label in axes.get_yticklabels()) >= 0


def test_each_panel_has_two_bands_and_a_median(forecast: Forecast) -> None:
    for axes in plot_expected(forecast, "arrivals", NAMES).axes:
        assert len(axes.collections) == 2
        assert len(axes.lines) == 1


def test_the_title_says_what_is_counted_and_since_when(forecast: Forecast) -> None:
    assert plot_title(forecast, "arrivals") == "People expected to arrive, persons, total since 9 May"
    assert plot_title(forecast, "waiting") == "People expected to wait, persons on each day"


def test_numbers_have_separators_and_the_last_median_stands_beside_its_line(forecast: Forecast) -> None:
    svg = render_expected(forecast, "arrivals", NAMES)
    assert ">12,600<" in svg
    assert 'xlink:href="#how-forecast"' in svg
    assert svg == render_expected(forecast, "arrivals", NAMES)


def test_a_place_where_nobody_is_expected_is_left_out(forecast: Forecast) -> None:
    none = dict.fromkeys(forecast.targets[0].quantiles, 0.0)
    targets = tuple(t.model_copy(update={"quantiles": none}) if t.location == "sorrel" else t for t in forecast.targets)
    kept = courses(forecast.model_copy(update={"targets": targets}), "arrivals")
    assert [course.location for course in kept] == ["vidra"]


def test_a_quantity_that_the_forecast_does_not_give_is_refused(forecast: Forecast) -> None:
    with pytest.raises(ValueError, match="says nothing of 'trapped'"):
        plot_expected(forecast, "trapped", NAMES)
