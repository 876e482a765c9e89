"""Contract: a bulletin of a day that lies ahead is a problem, unless the whole crisis lies ahead: an exercise."""

import datetime as dt
from pathlib import Path

from tidings.crisis.ahead import bulletins_ahead
from tidings.crisis.crisis import Bulletin, Crisis, Settings
from tidings.crisis.load import load_crisis

TODAY = dt.date(2031, 3, 10)
TOMORROW = TODAY + dt.timedelta(days=1)


def met(*bulletins, begins=None, start=None):
    settings = Settings(title="Case", countries=("XVA",), start=begins)
    crisis = Crisis(Path("."), settings, bulletins=bulletins)
    return [problem.met for problem in bulletins_ahead(crisis, TODAY, start=start)]


def where(folder):
    return [problem.where for problem in bulletins_ahead(load_crisis(folder), TODAY)]


def counted(day, **fields):
    return Bulletin.model_validate({"place": "camp", "day": day, "measure": "stock", "people": 5, **fields})


def test_a_day_and_a_day_of_publication_after_today_are_problems_and_today_is_not():
    assert met(counted(TODAY), counted(TODAY, published=TODAY)) == []
    assert met(counted(TODAY), counted(TOMORROW)) == ["the stock at 'camp' is of 2031-03-11, after today (2031-03-10)"]
    late = met(counted(TODAY, published=TOMORROW))
    assert late == ["the stock at 'camp' was published on 2031-03-11, after today (2031-03-10)"]


def test_a_crisis_that_lies_ahead_as_a_whole_is_an_exercise_whoever_tells_its_first_day():
    assert met(counted(TOMORROW), begins=TOMORROW) == met(counted(TOMORROW)) == []
    assert met(counted(TOMORROW), start=TOMORROW) == []
    assert len(met(counted(TOMORROW), begins=TODAY)) == len(met(counted(TOMORROW), start=TODAY)) == 1


def test_the_problem_names_the_file_and_the_line_of_the_row_blank_lines_counted(tmp_path):
    (tmp_path / "crisis.yaml").write_text("title: Case\ncountries: [SYR]\n")
    (tmp_path / "places.csv").write_text("id,name,kind,country\ncamp,Camp,camp,SYR\n")
    rows = ("2031-03-01", "", "2031-03-11", "2031-03-05", "2032-03-05")
    lines = [f"camp,{day},stock,5" if day else "" for day in rows]
    (tmp_path / "bulletins.csv").write_text("\n".join(("place,day,measure,people", *lines, "")))
    assert where(tmp_path) == ["bulletins.csv:4", "bulletins.csv:6"]
