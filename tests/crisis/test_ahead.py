"""Contract: a bulletin of a day that lies ahead is a problem, unless the whole crisis lies ahead: an exercise."""

import datetime as dt
from pathlib import Path

from tidings.crisis.ahead import bulletins_ahead
from tidings.crisis.crisis import Bulletin, Crisis, Settings

TODAY = dt.date(2031, 3, 10)
TOMORROW = TODAY + dt.timedelta(days=1)


def met(*bulletins, begins=None, start=None):
    settings = Settings(title="Case", countries=("XVA",), start=begins)
    crisis = Crisis(Path("."), settings, bulletins=bulletins)
    return [problem.met for problem in bulletins_ahead(crisis, TODAY, start=start)]


def counted(day, **fields):
    return Bulletin.model_validate({"place": "camp", "day": day, "measure": "stock", "people": 5, **fields})


def test_a_day_and_a_day_of_publication_after_today_are_problems_and_today_is_not():
    assert met(counted(TODAY), counted(TODAY, published=TODAY)) == []
    assert met(counted(TODAY), counted(TOMORROW)) == ["the stock at 'camp' is of 2031-03-11, after today (2031-03-10)"]
    assert len(met(counted(TODAY, published=TOMORROW))) == 1


def test_a_crisis_that_lies_ahead_as_a_whole_is_an_exercise_whoever_tells_its_first_day():
    assert met(counted(TOMORROW), begins=TOMORROW) == met(counted(TOMORROW)) == []
    assert met(counted(TOMORROW), start=TOMORROW) == []
    assert len(met(counted(TOMORROW), begins=TODAY)) == len(met(counted(TOMORROW), start=TODAY)) == 1
