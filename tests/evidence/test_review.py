"""Contract: a correction changes what a claim means, its days too, and nothing of where it was read."""

import datetime as dt

import pytest

from tests.evidence.making import claim_of, event, figure, reading_of, relation, report_of, state
from tidings.core.dates import DateSpan
from tidings.core.errors import InputError
from tidings.crisis.load import load_crisis
from tidings.evidence.ledger import Ledger
from tidings.evidence.review import review_of
from tidings.examples import copy_example

NOW = dt.datetime(2031, 4, 1, 9, tzinfo=dt.UTC)
DAY = dt.date(2031, 3, 6)
REPORT = report_of("one", DAY)


@pytest.fixture(scope="module")
def crisis(tmp_path_factory):
    return load_crisis(copy_example("valdria", tmp_path_factory.mktemp("crisis") / "valdria"))


@pytest.fixture
def ledger(tmp_path):
    return Ledger.create(tmp_path / "ledger.db")


def correct(ledger, crisis, content, correction):
    claim = claim_of(REPORT, content)
    ledger.append(REPORT, reading_of(REPORT), [claim], received_at=NOW)
    review = review_of(ledger.as_of(), claim.id, "correct", "officer", correction, known_at=NOW, crisis=crisis)
    ledger.append_claims([review])
    return next(read for read in ledger.as_of().claims() if read.id == claim.id)


def test_a_corrected_day_moves_the_days_on_which_the_claim_holds(ledger, crisis):
    read = correct(
        ledger, crisis, event("clash", ("dorvik",)), '{"when": {"from": "2031-03-02", "until": "2031-03-03"}}'
    )
    assert read.valid == DateSpan.on(dt.date(2031, 3, 2))
    assert read in ledger.as_of().claims(on=dt.date(2031, 3, 2))
    assert read not in ledger.as_of().claims(on=DAY)


def test_a_corrected_type_moves_the_end_of_what_lasts(ledger, crisis):
    read = correct(ledger, crisis, event("siege", ("dorvik",)), '{"type": "shelling"}')
    assert read.valid == DateSpan.on(DAY)


def test_a_correction_of_something_else_leaves_the_days_as_they_were_read(ledger, crisis):
    claim = claim_of(REPORT, figure("sheltered", 900.0, ("dorvik",)), valid_from=dt.date(2031, 2, 20))
    ledger.append(REPORT, reading_of(REPORT), [claim], received_at=NOW)
    ledger.append_claims(
        [review_of(ledger.as_of(), claim.id, "correct", "officer", '{"value": 800}', known_at=NOW, crisis=crisis)]
    )
    read = ledger.as_of().claims(kind="figure")[0]
    assert (read.content.value, read.valid) == (800.0, claim.valid)


def test_a_corrected_place_is_found_under_the_new_place_alone(ledger, crisis):
    read = correct(ledger, crisis, event("clash", ("dorvik",)), '{"places": ["hallenz"]}')
    view = ledger.as_of()
    assert view.claims(subject="hallenz") == (read,)
    assert view.claims(subject="dorvik") == ()
    assert view.claims(predicate="clash", kind="event") == (read,)


@pytest.mark.parametrize("field", ["id", "start", "end", "text", "attribution", "same_as"])
def test_where_a_claim_was_read_cannot_be_corrected(ledger, crisis, field):
    with pytest.raises(InputError, match=rf"{field} cannot be corrected(.|\n)*What can be corrected: actors"):
        correct(ledger, crisis, event("clash", ("dorvik",)), f'{{"{field}": null}}')


@pytest.mark.parametrize(
    ("content", "correction", "message"),
    [
        (event("clash"), '{"places": ["dorwik"]}', "'dorwik' is not a place of the crisis. Did you mean 'dorvik'"),
        (event("clash"), '{"actors": ["ilvane-frnt"]}', "'ilvane-frnt' is not a party(.|\n)*'ilvane-front'"),
        (figure("fled", 5.0), '{"origin": ["x"], "destination": ["y"]}', "'x' is not a place(.|\n)*'y' is not a place"),
        (relation("a", "controls", "dorvik"), '{"object": "halenz"}', "'halenz' is not a place"),
        (relation("a", "supports", "b"), '{"subject": "c"}', "'c' is not a party"),
        (state("dorvik", "held_by", "army"), '{"value": "navy"}', "'navy' is not a party"),
        (state("dorvik", "besieged", "yes"), '{"value": "perhaps"}', "besieged 'perhaps' is not known"),
    ],
)  # fmt: skip
def test_what_the_crisis_does_not_know_is_refused_with_a_suggestion(ledger, crisis, content, correction, message):
    with pytest.raises(InputError, match=message):
        correct(ledger, crisis, content, correction)


def test_what_the_claim_named_already_may_stay(ledger, crisis):
    read = correct(ledger, crisis, event("clash", ("country-xva",)), '{"places": ["country-xva", "brusk"]}')
    assert read.content.places == ("country-xva", "brusk")


def test_a_review_itself_is_not_corrected(ledger, crisis):
    correct(ledger, crisis, event("clash", ("dorvik",)), '{"type": "shelling"}')
    (review,) = ledger.as_of().claims(kind="review")
    with pytest.raises(InputError, match="this is a review"):
        review_of(ledger.as_of(), review.id, "correct", "officer", '{"verdict": "reject"}', known_at=NOW)


def test_of_two_reviews_at_one_instant_the_later_made_counts(ledger):
    claim = claim_of(REPORT, event("clash", ("dorvik",)))
    ledger.append(REPORT, reading_of(REPORT), [claim], received_at=NOW)
    for verdict in ("reject", "accept", "reject", "accept"):
        ledger.append_claims([review_of(ledger.as_of(), claim.id, verdict, "officer", None, known_at=NOW)])
        assert (claim in ledger.as_of().claims()) == (verdict == "accept")


def test_a_corrected_number_has_none_of_the_old_bounds(ledger, crisis):
    told = figure("killed", 56.0, ("dorvik",)).model_copy(update={"low": 56.0, "quantifier": "more_than"})
    read = correct(ledger, crisis, told, '{"value": 31}')
    assert (read.content.value, read.content.low, read.content.quantifier) == (31, None, "exact")
