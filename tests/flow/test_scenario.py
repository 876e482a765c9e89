"""A scenario takes a day as a date or as its ISO text, and refuses at once what is neither, and rules that are none."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.ensemble.models import SETTING
from tidings.core.errors import InputError


def test_the_first_day_may_be_an_iso_text():
    assert replace(SETTING, start="2031-01-01").start == dt.date(2031, 1, 1)


@pytest.mark.parametrize("start", ["1 January", dt.datetime(2031, 1, 1, tzinfo=dt.UTC), None, 20310101])
def test_what_is_no_day_is_refused_at_once(start):
    with pytest.raises(InputError, match=r"scenario\.start: .* is no day\. Give a datetime\.date, or a text"):
        replace(SETTING, start=start)


def test_rules_that_are_none_are_refused_at_once():
    with pytest.raises(InputError, match=r"scenario\.rules: leave: 1 is a int\. Give \{decision: NamedRule\}"):
        replace(SETTING, rules={"leave": 1})
    with pytest.raises(InputError, match=r"scenario\.rules: it is a list"):
        replace(SETTING, rules=["leave"])
