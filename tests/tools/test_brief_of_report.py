"""The contract of tools.brief_of_report: a crisis's countries are those where most of the named towns lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools.brief_of_report import countries_of, main, title_of


def place(country: str | None, kind: str, n_mentions: int) -> dict[str, object]:
    return {"country": country, "kind": kind, "mentions": [[0, 1]] * n_mentions}


def test_the_countries_are_those_of_the_towns_most_named_first() -> None:
    reading = {"places": [place("TUR", "town", 3), place("SYR", "city", 9), place("FRA", "city", 1)]}
    assert countries_of(reading) == ("SYR", "TUR")


def test_a_country_that_is_only_named_itself_is_not_the_crisis_s() -> None:
    assert countries_of({"places": [place("USA", "country", 12), place("SYR", "village", 1)]}) == ("SYR",)


def test_places_without_a_country_count_for_none() -> None:
    assert countries_of({"places": [place(None, "town", 5)]}) == ()


def test_a_neighbour_that_is_often_named_belongs_to_the_crisis() -> None:
    places = [
        place("SYR", "town", 9),
        place("TUR", "country", 3),
        place("IRQ", "country", 2),
        place("USA", "country", 9),
    ]
    assert countries_of({"places": places}) == ("SYR", "TUR")


def test_a_report_without_a_day_is_dated_by_its_file_and_the_page_says_so(tmp_path: Path) -> None:
    report = tmp_path / "note.txt"
    report.write_text("About 4,000 people fled from Azaz towards Afrin on Tuesday, the mayor of Azaz said.")
    os.utime(report, (1454976000, 1454976000))  # 9 February 2016
    main([str(report), "--into", str(tmp_path / "made"), "--countries", "SYR"])
    page = (tmp_path / "made" / "note" / "brief.html").read_text()
    assert "assumed 2016-02-09, when the file was saved" in page


def test_a_report_that_is_not_there_is_refused_with_the_command_s_own_message(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path / "none.txt"), "--into", str(tmp_path)])
    assert stopped.value.code in {1, 3}
    assert "none.txt" in capfd.readouterr().err


def test_a_crisis_is_titled_by_its_report_or_else_by_its_countries_and_month(tmp_path: Path) -> None:
    titled, bare = tmp_path / "titled.txt", tmp_path / "bare.txt"
    titled.write_text(
        "Floods at Kilis\nPublished: 2031-05-09\n\nThe river rose over its banks on Friday, and people left.\n"
    )
    bare.write_text(
        "The river at Kilis rose over its banks on Friday, and many of the people there left for the hills.\n"
    )
    assert title_of(str(titled), "TUR", "") == "Floods at Kilis"
    assert title_of(str(bare), "SYR,TUR", "2031-05-09") == "Syria and Turkey, May 2031"
