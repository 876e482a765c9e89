"""Contract: an id leads back to the words; of a claim's or a report's its beginning will do where no other has it."""

from dataclasses import replace

import pytest

from tidings.core.errors import InputError
from tidings.core.ids import ClaimId
from tidings.present.trace import SHORTEST_ID, trace


def renamed(released, *ids):
    """Return what was released with other ids of the first claims."""
    first, rest = released.claims[: len(ids)], released.claims[len(ids) :]
    claims = tuple(replace(claim, id=ClaimId(id_)) for claim, id_ in zip(first, ids, strict=True))
    return replace(released, claims=(*claims, *rest))


def test_the_beginning_of_a_claims_id_leads_to_the_claim(released):
    whole = released.claims[0].id
    assert trace(released, whole[:SHORTEST_ID]) == trace(released, whole)
    assert trace(released, whole[:-1]).id == whole


def test_the_beginning_of_a_reports_id_leads_to_the_report(released):
    whole = released.reports[0].id
    assert trace(released, whole[:SHORTEST_ID]).id == whole


def test_a_beginning_that_several_claims_have_is_refused_and_names_them(released):
    alike = renamed(released, "c11111111aaaaaaaa", "c11111111bbbbbbbb")
    both = "Write more of one of them: c11111111aaaaaaaa, c11111111bbbbbbbb"
    with pytest.raises(InputError, match=f"trace c11111111: 2 ids begin so. {both}"):
        trace(alike, "c11111111")
    assert trace(alike, "c11111111b").id == "c11111111bbbbbbbb"


def test_a_whole_id_is_meant_even_where_another_begins_with_it(released):
    alike = renamed(released, "c11111111aaaaaaaa", "c11111111aaaaaaaa0")
    assert trace(alike, "c11111111aaaaaaaa").id == "c11111111aaaaaaaa"


def test_a_beginning_that_is_too_short_is_no_id(released):
    with pytest.raises(InputError, match="nothing has this id"):
        trace(released, released.claims[0].id[: SHORTEST_ID - 1])
