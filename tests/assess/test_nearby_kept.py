"""Contract: what is kept of places near each other changes nothing, in whatever order days are asked."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assess.test_standings import HALF_LIFE, SUBJECTS, days, told
from tidings.assess.nearby import Nearby
from tidings.assess.settings import load_settings
from tidings.assess.sides import Sides
from tidings.assess.standings import Standings
from tidings.geography.graph import Geography
from tidings.geography.places import Place

NEAR = Geography(
    tuple(
        Place(id=place, name=place, lat=10 + 0.01 * number, lon=20, country="XAA")
        for number, place in enumerate(SUBJECTS)
    )
)
SIDES = Sides({}, frozenset())
RULE = load_settings().model_copy(update={"nearby": 0.5, "nearby_km": 10.0})


@settings(max_examples=150, deadline=None)
@given(told, st.lists(st.tuples(days, st.lists(st.booleans(), min_size=3, max_size=3)), min_size=1, max_size=6))
def test_what_others_near_a_place_gave_it_is_what_they_give_it_anew(evidence, asked):
    standings = Standings.of(evidence, HALF_LIFE)
    kept = None
    for day, besieged in asked:
        opinions, is_besieged = standings.on(day), np.array(besieged)
        kept = kept or Nearby.of(NEAR, opinions, RULE)
        anew = Nearby.of(NEAR, opinions, RULE).weigh(opinions, SIDES, is_besieged)
        after = kept.weigh(opinions, SIDES, is_besieged)
        assert [after(subject) for subject in SUBJECTS] == [anew(subject) for subject in SUBJECTS]


@settings(max_examples=150, deadline=None)
@given(told, st.lists(days, min_size=2, max_size=6))
def test_a_place_has_the_same_version_on_two_days_only_if_it_rests_on_the_same_claims(evidence, asked):
    standings, kept, claims_of = Standings.of(evidence, HALF_LIFE), None, {}
    for day in asked:
        opinions = standings.on(day)
        kept = kept or Nearby.of(NEAR, opinions, RULE)
        after = kept.weigh(opinions, SIDES, np.zeros(len(SUBJECTS), bool))
        for row in range(len(SUBJECTS)):
            version = row, int(after.versions[row])
            assert claims_of.setdefault(version, set(after.claims[row])) == set(after.claims[row])
