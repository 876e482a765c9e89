"""Contract: a field of a value may be made when it is first looked at; nobody who looks can tell."""

import copy
import datetime as dt
import pickle

import pytest
from pydantic import ValidationError

from tidings.core.later import Lazy, later
from tidings.core.schema import Schema


class Page(Lazy):
    title: str
    words: int
    day: dt.date


class Book(Schema):
    page: Page


DAY = dt.date(2031, 3, 1)
MADE = Page(title="News", words=7, day=DAY)


def coming(made=None):
    made = [] if made is None else made
    return later(Page, {"words": lambda: made.append("words") or 7, "title": lambda: "News"}, day=DAY)


def test_a_field_is_made_when_it_is_first_looked_at_and_once():
    made = []
    page = coming(made)
    assert page.day == DAY
    assert made == []
    assert (page.words, page.words) == (7, 7)
    assert made == ["words"]


@pytest.mark.parametrize(
    "look",
    [
        lambda page: page.model_dump_json(),
        lambda page: page.model_dump(),
        lambda page: Book(page=page).model_dump_json(),
        lambda page: copy.copy(page),
        lambda page: copy.deepcopy(page),
        lambda page: pickle.loads(pickle.dumps(page)),
        lambda page: page.model_copy(update={"words": 8}),
        lambda page: list(page.model_copy().model_dump()),
        repr,
        hash,
        dict,
    ],
    ids=["JSON", "plain", "nested", "copy", "deep copy", "pickle", "changed copy", "order", "words", "hash", "pairs"],
)
def test_whoever_looks_at_all_fields_sees_what_any_other_value_shows(look):
    assert look(coming()) == look(MADE)


def test_it_equals_the_value_that_was_made_at_once():
    assert coming() == MADE
    assert coming() == MADE
    assert coming() == coming()
    assert coming() != Page(title="News", words=8, day=DAY)


def test_it_is_as_frozen_as_any_other_and_has_no_other_fields():
    page = coming()
    with pytest.raises(ValidationError, match="frozen"):
        page.words = 8
    with pytest.raises(AttributeError, match="has no attribute 'pages'"):
        page.pages  # noqa: B018


def test_what_is_made_by_a_maker_that_fails_is_asked_again():
    tries = []

    def fail_once():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no room")
        return 7

    page = later(Page, {"words": fail_once}, title="News", day=DAY)
    with pytest.raises(OSError, match="no room"):
        page.words  # noqa: B018
    assert page.words == 7
