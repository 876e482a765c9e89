"""Contract: exact names are found everywhere, looser spellings only where asked for, nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tidings.core.errors import EnvironmentError_
from tidings.geography.gazetteer import INDEX_VERSION, Gazetteer, is_whole, open_gazetteer
from tidings.geography.gazetteer_index import build_index


def city(number: int, name: str, country: str, people: int, *others: str) -> dict[str, Any]:
    return {
        "geonameid": number, "name": name, "countrycode": country, "population": people, "latitude": 1.0 * number,
        "longitude": 2.0, "alternatenames": list(others),
    }  # fmt: skip


CITIES = {
    "1": city(1, "Tall Qarn", "SY", 900, "تل قرن", "Qarn Hill"),
    "2": city(2, "Tell Qarn", "FR", 80_000),
    "3": city(3, "Zarifa", "SY", 0),
    "4": city(4, "Zarifa", "TR", 5_000),
}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "small.sqlite"
    build_index(path, INDEX_VERSION, lambda done, total: None, CITIES)
    return path


@pytest.fixture
def small(index: Path) -> Gazetteer:
    return Gazetteer(index)


def test_an_exact_name_is_found_in_any_country(small: Gazetteer) -> None:
    assert [(entry.geonames_id, entry.match) for entry in small.lookup("tell qarn")] == [(2, "name")]


def test_a_listed_alternate_name_is_found_as_such(small: Gazetteer) -> None:
    assert [(entry.geonames_id, entry.match) for entry in small.lookup("Qarn Hill")] == [(1, "alternate")]


def test_a_looser_spelling_counts_only_in_the_countries_asked_for(small: Gazetteer) -> None:
    assert small.lookup("Tal Qaren") == ()
    assert [(entry.geonames_id, entry.match) for entry in small.lookup("Tal Qaren", ("SYR",))] == [(1, "skeleton")]


def test_places_of_the_countries_asked_for_come_first(small: Gazetteer) -> None:
    assert [entry.country for entry in small.lookup("Zarifa", ("SYR",))] == ["SYR", "TUR"]
    assert [entry.country for entry in small.lookup("Zarifa", ("TUR",))] == ["TUR", "SYR"]


def test_a_population_of_zero_is_unknown(small: Gazetteer) -> None:
    assert small.lookup("Zarifa", ("SYR",))[0].population is None


def test_a_name_that_is_merely_alike_is_suggested_and_never_found(small: Gazetteer) -> None:
    assert small.lookup("Zarifat", ("SYR",)) == ()
    assert small.suggest("Zarifat", ("SYR",)) == "Zarifa"
    assert small.suggest("Qwertzui", ("SYR",)) is None


def test_nothing_is_found_for_an_empty_name(small: Gazetteer) -> None:
    assert small.lookup("--") == ()


def test_progress_ends_at_the_number_of_places(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build_index(tmp_path / "p.sqlite", 1, lambda done, total: seen.append((done, total)), CITIES)
    assert seen[-1] == (4, 4)


def test_a_truncated_index_is_not_whole(index: Path) -> None:
    assert is_whole(index)
    index.write_bytes(index.read_bytes()[:5000])
    assert not is_whole(index)


def test_bytes_that_are_no_database_are_not_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"this is not a database at all" * 100)
    assert not is_whole(path)


def test_an_index_of_another_version_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    build_index(path, INDEX_VERSION + 1, lambda done, total: None, CITIES)
    assert not is_whole(path)


def test_a_cache_folder_that_cannot_be_made_says_where_and_what_to_do(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(EnvironmentError_, match=r"file.*cannot be written.*TIDINGS_CACHE"):
        open_gazetteer(blocker / "cache")
    assert list(tmp_path.iterdir()) == [blocker]


def test_the_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocker = tmp_path / "elsewhere"
    blocker.write_text("in the way")
    monkeypatch.setenv("TIDINGS_CACHE", str(blocker))
    with pytest.raises(EnvironmentError_, match="elsewhere"):
        open_gazetteer()


def test_the_built_gazetteer_opens_again_and_knows_towns_by_their_spellings() -> None:
    open_gazetteer().close()
    gazetteer = open_gazetteer()
    found = {gazetteer.lookup(name, ("SYR",))[0].geonames_id for name in ("Tal Rifaat", "Tell Rifaat", "Tall Rif'at")}
    assert found == {163476}
