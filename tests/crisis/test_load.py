"""Loading a crisis folder gives ids for names, an empty table for an absent file, and every problem at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.core.errors import EnvironmentError_, InputError
from tidings.crisis.load import load_crisis

SETTINGS = "title: Case\ncountries: [XVA]\n"


def folder_of(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "crisis.yaml").write_text(files.pop("settings", SETTINGS))
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_text(content)
    return tmp_path


def test_absent_tables_are_empty(tmp_path: Path) -> None:
    crisis = load_crisis(folder_of(tmp_path))
    assert crisis.folder == tmp_path
    assert (crisis.geography.places, crisis.geography.roads, crisis.parties, crisis.bulletins) == ((), (), (), ())


def test_names_become_ids_and_a_road_gets_an_id_from_its_ends(tmp_path: Path) -> None:
    places = "id,name,other_names,lat,lon\nalta,Alta,Old Town|Alt,1,1\nberg,Berg,,1,2\n"
    crisis = load_crisis(
        folder_of(
            tmp_path,
            places=places,
            roads="from,to\nOld Town,berg\n",
            bulletins="place,day,measure,people\nALT,2031-03-01,stock,5\n",
        )
    )
    assert crisis.geography.roads[0].id == "alta--berg"
    assert (crisis.geography.roads[0].from_, crisis.geography.roads[0].to) == ("alta", "berg")
    assert crisis.bulletins[0].place == "alta"


def test_a_parent_may_stand_below_its_members_and_be_written_by_name(tmp_path: Path) -> None:
    parties = "id,name,parent,interest\narmy,Army,The Government,gov\ngov,The Government,,\n"
    crisis = load_crisis(folder_of(tmp_path, parties=parties))
    assert (crisis.parties[0].parent, crisis.parties[0].interest) == ("gov", "gov")


def test_the_interest_of_a_source_becomes_a_party_id(tmp_path: Path) -> None:
    settings = SETTINGS + "sources:\n  Radio: {interest: The Government}\n"
    crisis = load_crisis(folder_of(tmp_path, settings=settings, parties="id,name\ngov,The Government\n"))
    assert crisis.settings.sources["Radio"].interest == "gov"


def test_every_problem_of_the_whole_folder_is_said_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown key 'strat'") as refused:
        load_crisis(
            folder_of(
                tmp_path,
                settings=SETTINGS + "strat: 2031-03-01\n",
                places="id,name,lat,lon\na,Alta,999,1\nb,Berg,x,1\n",
                roads="from,to\na,nowhere\nb,b\n",
                parties="id,name,kind\np,Party,tribe\n",
                bulletins="place,day,measure,people\na,yesterday,stock,1\n",
            )
        )
    assert [problem.where for problem in refused.value.problems] == [
        "crisis.yaml:3", "places.csv:2", "places.csv:3", "roads.csv:2", "roads.csv:3", "parties.csv:2",
        "bulletins.csv:2",
    ]  # fmt: skip


def test_a_place_with_a_fault_is_still_a_place_to_the_roads_that_lead_to_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"places\.csv:3: population 'x' is not a number") as refused:
        load_crisis(
            folder_of(tmp_path, places="id,name,population\na,Alta,\nb,Berg,x\n", roads="from,to,length_km\na,b,3\n")
        )
    assert len(refused.value.problems) == 1


def test_a_missing_column_is_said_once_and_not_for_every_row(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column 'name' is missing") as refused:
        load_crisis(folder_of(tmp_path, places="id\na\nb\n"))
    assert len(refused.value.problems) == 1


def test_a_folder_without_settings_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no crisis\.yaml.*tidings new"):
        load_crisis(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no such folder.*tidings new"):
        load_crisis(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="this is a file, not a crisis folder"):
        load_crisis(tmp_path / "file")


def test_settings_that_are_no_mapping_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it holds no keys"):
        load_crisis(folder_of(tmp_path, settings="- a\n- b\n"))


def test_settings_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "crisis.yaml").write_bytes("title: Çölde\ncountries: [TUR]\n".encode("cp1254"))
    with pytest.raises(InputError, match=r"crisis\.yaml: the file is not UTF-8"):
        load_crisis(tmp_path)


def test_settings_nested_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not readable YAML"):
        load_crisis(folder_of(tmp_path, settings="title: " + "[" * 5000))


def test_a_table_that_may_not_be_read_is_a_fault_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(tmp_path, places="id,name\na,Alta\n")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(EnvironmentError_, match="the file cannot be read"):
        load_crisis(tmp_path)
