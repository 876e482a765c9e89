"""Contract: persons, places and roads of the person-by-person reading are told apart though they look alike."""

from dataclasses import replace

from tests.flow.flee_worlds import instance, place, settings
from tidings.flow.flee_persons import Person, Place, Road
from tidings.flow.flee_sites import sites_of

SITE = sites_of(instance([place("Ansa")]), settings())[0]


def town():
    return Place(SITE, SITE.p_move, False, True, 0.0, 0, 0.0)


def test_two_persons_at_one_place_are_two():
    here = town()
    one, other = Person(here), Person(here)
    assert one != other
    assert len({one, other}) == 2


def test_a_person_begins_at_a_place_without_a_route_before_a_first_journey():
    one = Person(town())
    assert (one.road, one.route, one.km, one.recent, one.today_km) == (None, (), 0.0, 0.0, 0.0)
    assert not one.has_arrived


def test_a_road_that_opens_again_is_another_one():
    closed = Road(town(), town(), 80.0, 360.0, 0.0, is_closed=True)
    opened = replace(closed, is_closed=False)
    assert opened != closed
    assert closed.is_closed
    assert (opened.start, opened.end, opened.km) == (closed.start, closed.end, closed.km)


def test_places_have_lists_of_roads_of_their_own():
    one, other = town(), town()
    one.roads.append(Road(one, other, 80.0, 360.0, 0.0))
    assert not other.roads
