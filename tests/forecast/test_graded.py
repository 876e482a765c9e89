"""Contract: the grades of crisis.yaml are odds of a source, by whatever name it goes."""

from pathlib import Path

import pytest

from tidings.crisis.crisis import Crisis, Party, Settings, Source
from tidings.forecast.graded import odds_by_grade
from tidings.geography.graph import Geography


def crisis(sources):
    settings = Settings(title="Valdria", countries=("VAL",), sources=sources)
    party = Party(id="un", name="United Nations", other_names=("UN office",), kind="international_organisation")
    return Crisis(folder=Path("valdria"), settings=settings, geography=Geography(), parties=(party,), bulletins=())


def test_a_source_has_the_odds_of_its_grade_by_letter_and_number():
    graded = crisis({"Registry": Source(grade="A"), "Radio": Source(grade="E5"), "Herald": Source()})
    odds = odds_by_grade(graded, ["Registry", "Radio", "Herald", "", "nobody graded"])
    assert odds.keys() == {"Registry", "Radio"}
    assert odds["Registry"] == 2.0
    assert odds["Radio"] < 0.35


@pytest.mark.parametrize("written", ["un", "United Nations", "UN office", "united nations"])
def test_the_grade_of_a_party_counts_by_each_of_its_names(written):
    assert odds_by_grade(crisis({written: Source(grade="B")}), ["United Nations"]) == {"United Nations": 1.4}
