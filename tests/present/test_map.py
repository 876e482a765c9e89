"""The situation map shows each state by shape and colour, links it to its claim, and is the same text every time."""

from __future__ import annotations

import dataclasses
import re

import pytest

from tidings.present.map import plot_situation, render_map
from tidings.present.map_extent import find_extent, outside_map, scale_bar_km
from tidings.present.map_ground import Drawing
from tidings.present.map_labels import Wanted, place_labels, shifted_apart
from tidings.present.map_symbols import PALETTE, party_styles, place_symbols, road_stroke
from tidings.release.released import Released
from tidings.situation.situation import PlaceState, RoadState, Situation, YesNo

RATIO = 0.72


def test_the_same_situation_gives_the_same_text(released: Released) -> None:
    assert render_map(released) == render_map(released)


def test_symbols_link_to_released_claims_only(released: Released) -> None:
    links = set(re.findall(r'xlink:href="#(claim-[^"]+)"', render_map(released)))
    assert links
    assert links <= {f"claim-{claim.id}" for claim in released.claims}


def test_date_scale_legend_and_credits_are_on_the_map(released: Released) -> None:
    text = render_map(released)
    for words in (
        "Situation on 9 May 2031, as known on 9 May 2031",
        "20 km",
        "Road cut, or across a front line",
        "Under siege",
        "Natural Earth",
    ):
        assert words in text
    assert "GeoNames, CC BY 4.0" in text


def test_geonames_is_credited_only_where_it_shows(released: Released) -> None:
    assert "GeoNames" not in render_map(dataclasses.replace(released, readings=()))


def test_openstreetmap_is_credited_only_where_a_road_of_it_shows(released: Released) -> None:
    assert "OpenStreetMap" not in render_map(released)
    mapped = released.geography.roads[0].model_copy(update={"source": "OpenStreetMap, as of 2026-01-02, sha256 0"})
    geography = dataclasses.replace(released.geography, roads=(mapped, *released.geography.roads[1:]))
    assert "© OpenStreetMap contributors, ODbL" in render_map(dataclasses.replace(released, geography=geography))


def test_one_far_place_does_not_stretch_the_map_and_is_told(released: Released) -> None:
    extent = find_extent(released, RATIO)
    assert extent is not None
    assert extent.half_width_km < 60
    assert "Farrow" in {state.name for state in outside_map(released, extent)}


def test_a_map_without_located_places_is_refused(released: Released) -> None:
    nowhere = Situation(on=released.situation.on, as_of=released.situation.as_of)
    with pytest.raises(ValueError, match="no place has coordinates"):
        plot_situation(dataclasses.replace(released, situation=nowhere))


def test_parties_differ_by_shape_and_by_colour() -> None:
    assert len({colour for colour, _ in PALETTE}) == len({marker for _, marker in PALETTE}) == len(PALETTE)


def test_a_place_of_which_nobody_tells_is_hollow(released: Released) -> None:
    (mark,) = place_symbols(PlaceState(id="a", name="A"), party_styles(released), 0, 0)
    assert mark.get_markerfacecolor() == "white"


def test_a_besieged_place_has_a_ring_and_a_contested_one_a_cross(released: Released) -> None:
    siege = PlaceState(id="a", name="A", state="contested", control={"army": 0.5}, besieged=YesNo(yes=1, unknown=0))
    assert [mark.get_marker() for mark in place_symbols(siege, party_styles(released), 0, 0)] == ["o", "x", "s"]


@pytest.mark.parametrize(
    ("odds", "crossed", "colour"),
    [(YesNo(yes=0.8, unknown=0.2), False, "#222222"), (YesNo(no=0.8, unknown=0.2), True, "#b3261e"),
     (YesNo(yes=0.4, no=0.4, unknown=0.2), False, "#8b8b8b")],
)  # fmt: skip
def test_a_road_is_drawn_by_what_is_likelier_than_not(odds: YesNo, crossed: bool, colour: str) -> None:
    road = RoadState.model_validate({"id": "r", "from": "a", "to": "b", "length_km": 1.0, "passable": odds})
    assert (road_stroke(road).crossed, road_stroke(road).colour) == (crossed, colour)


def test_labels_never_cover_symbols_or_one_another() -> None:
    wanted = [Wanted(f"Town {n}", 40 + 7 * (n % 5), 40 + 9 * (n // 5), 4, 8, 10 - n) for n in range(20)]
    symbols = [name.box for name in wanted]
    boxes = [label.box for label in place_labels(wanted, symbols, [], (0, 0, 300, 200))]
    assert len(boxes) > 8
    for number, box in enumerate(boxes):
        for other in (*symbols, *boxes[:number]):
            assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]


def test_symbols_at_one_spot_move_apart() -> None:
    a, b, c = shifted_apart([Wanted(name, 0, 0, 4, 8, 1) for name in "ABC"])
    assert len({(a.x, a.y), (b.x, b.y), (c.x, c.y)}) == 3


@pytest.mark.parametrize("width", [7.0, 33.0, 90.0, 640.0, 3000.0])
def test_the_scale_bar_is_round_and_at_most_a_quarter_of_the_map(width: float) -> None:
    length = scale_bar_km(width)
    assert width / 10 < length <= width / 4
    assert f"{length:e}"[0] in "125"


def test_places_on_both_sides_of_the_date_line_lie_side_by_side(released: Released) -> None:
    states = tuple(
        PlaceState(id=name, name=name, lat=-17.0, lon=lon, state="held", held_by="army", control={"army": 1.0})
        for name, lon in (("west", 179.7), ("east", -179.8))
    )
    situation = Situation(on=released.situation.on, as_of=released.situation.as_of, places=states)
    extent = find_extent(dataclasses.replace(released, situation=situation), RATIO)
    assert extent is not None
    assert all(extent.holds(extent.at(state)) for state in states)


def test_a_name_with_a_dollar_sign_is_no_formula(released: Released) -> None:
    places = tuple(p.model_copy(update={"name": "$x_1$"}) if p.id == "pellan" else p for p in released.situation.places)
    situation = released.situation.model_copy(update={"places": places})
    assert "$x_1$" in render_map(dataclasses.replace(released, situation=situation))


def test_the_newest_released_claim_is_linked(released: Released) -> None:
    extent = find_extent(released, RATIO)
    assert extent is not None
    drawing = Drawing(released, extent, axes=None)  # type: ignore[arg-type]
    first, last = released.claims[0].id, released.claims[3].id
    assert drawing.link((last, first, "not-released")) == f"#claim-{last}"
    assert drawing.link(("not-released",)) is None


def test_a_town_that_is_only_feared_for_belongs_on_the_map(released: Released) -> None:
    bare = tuple(
        state.model_copy(update={"state": "unknown", "besieged": YesNo()}) for state in released.situation.places
    )
    situation = released.situation.model_copy(update={"places": bare, "roads": (), "crossings": ()})
    extent = find_extent(dataclasses.replace(released, situation=situation), RATIO)
    assert extent is not None
    assert extent.holds(extent.at(next(state for state in bare if state.id == "ostry")))
