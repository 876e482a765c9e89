"""What the user wrote stays byte for byte, saving and loading is the identity, and nothing is half-written."""

from __future__ import annotations

import datetime as dt
import errno
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.core.errors import EnvironmentError_, InputError
from tidings.crisis.check import check_folder
from tidings.crisis.crisis import Bulletin, Crisis, Party, Settings, Source
from tidings.crisis.load import load_crisis
from tidings.crisis.save import add_parties, add_places, change_kinds, new_crisis, save_crisis
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

DORN = Place(id="dorn", name="Dorn", kind="village", lat=36.5, lon=37.0)


def test_a_new_folder_is_sound_and_holds_every_table_and_a_place_for_reports(tmp_path: Path) -> None:
    new_crisis(tmp_path / "new", ["SYR", "TUR"])
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "bulletins.csv", "crisis.yaml", "crossings.csv", "parties.csv", "places.csv", "reports", "roads.csv",
    ]  # fmt: skip
    crisis = load_crisis(tmp_path / "new")
    assert crisis.settings == Settings(title="new", countries=("SYR", "TUR"))
    assert (tmp_path / "new" / "roads.csv").read_text() == "id,from,to,length_km,mode,speed_km_per_day,source,note\n"


def test_a_title_with_marks_of_yaml_survives(tmp_path: Path) -> None:
    new_crisis(tmp_path / "new", ["SYR"], title="Floods: the {north} # 1 'of' 2")
    assert load_crisis(tmp_path / "new").settings.title == "Floods: the {north} # 1 'of' 2"


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="the folder is not empty"):
        new_crisis(tmp_path, ["SYR"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("countries", "message"), [([], "no country is named"), (["SY", "TUR"], "Did you mean 'SYR'")])
def test_countries_are_checked_before_anything_is_made(tmp_path: Path, countries: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        new_crisis(tmp_path / "new", countries)
    assert not (tmp_path / "new").exists()


def test_a_full_disk_leaves_no_half_made_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = os.replace

    def full(source: str, target: str) -> None:
        if Path(target).name == "crossings.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        replaced(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(EnvironmentError_, match="the disk is full"):
        new_crisis(tmp_path / "new", ["SYR"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"id,name,kind,lat,lon\na,Alta,,,\n", b"dorn,Dorn,village,36.5,37\n"),
        (b"id,name,kind,lat,lon\na,Alta,,,", b"\ndorn,Dorn,village,36.5,37\n"),
        (b"\xef\xbb\xbfid;name;kind;lat;lon\r\na;Alta;;;\r\n", b"dorn;Dorn;village;36.5;37\r\n"),
        (b"lon,lat,kind,name,id\n\n ,,,, \n", b"37,36.5,village,Dorn,dorn\n"),
        (b'id,name,kind,lat,lon,note\na,"Alta, ""Old""",,,,"two\nlines"\n', b"dorn,Dorn,village,36.5,37,\n"),
    ],
)
def test_added_rows_follow_the_users_bytes_columns_and_line_ends(tmp_path: Path, before: bytes, after: bytes) -> None:
    (tmp_path / "places.csv").write_bytes(before)
    assert add_places(tmp_path, [DORN]) == (DORN,)
    assert (tmp_path / "places.csv").read_bytes() == before + after


def test_columns_that_are_needed_and_lacking_go_to_the_end_of_the_header(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_bytes(b"id,name\r\na,Alta\r\n")
    add_places(tmp_path, [DORN])
    expected = b"id,name,kind,lat,lon\r\na,Alta\r\ndorn,Dorn,village,36.5,37\r\n"
    assert (tmp_path / "places.csv").read_bytes() == expected


@pytest.mark.parametrize("before", [None, b"", b"\n"])
def test_a_missing_or_empty_table_gets_its_header(tmp_path: Path, before: bytes | None) -> None:
    if before is not None:
        (tmp_path / "parties.csv").write_bytes(before)
    add_parties(tmp_path, [Party(id="gov", name="Government", kind="government")])
    expected = b"id,name,other_names,kind,parent,interest,note\ngov,Government,,government,,,\n"
    assert (tmp_path / "parties.csv").read_bytes() == expected


def test_adding_the_same_place_twice_changes_nothing(tmp_path: Path) -> None:
    add_places(tmp_path, [DORN, DORN])
    before = (tmp_path / "places.csv").read_bytes()
    assert add_places(tmp_path, [DORN]) == ()
    assert (tmp_path / "places.csv").read_bytes() == before


def test_a_broken_table_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_bytes(b'id,name\na,"Alta\n')
    with pytest.raises(InputError, match="cannot be read as CSV"):
        add_places(tmp_path, [DORN])
    assert (tmp_path / "places.csv").read_bytes() == b'id,name\na,"Alta\n'


def test_a_disk_that_fills_up_while_adding_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "places.csv").write_bytes(b"id,name\na,Alta\n")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentError_, match="the disk is full"):
        add_places(tmp_path, [DORN])
    assert [path.name for path in tmp_path.iterdir()] == ["places.csv"]
    assert (tmp_path / "places.csv").read_bytes() == b"id,name\na,Alta\n"


# --- saving and loading is the identity

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="|", exclude_categories=("Cc", "Cs", "Z")), min_size=1)
NOTES = st.none() | st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
IDS = st.from_regex("[a-z]{1,6}", fullmatch=True)
NUMBERS = st.none() | st.floats(min_value=0.01, max_value=1e9, allow_nan=False)


@st.composite
def places(draw: st.DrawFn, an_id: str) -> Place:
    lat_lon = draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
    return Place(
        id=an_id,
        name=draw(WORDS),
        other_names=tuple(draw(st.lists(WORDS, max_size=2))),
        kind=draw(st.sampled_from(["town", "camp", "village"])),
        country=draw(st.sampled_from([None, "SYR", "XVA"])),
        lat=lat_lon and lat_lon[0],
        lon=lat_lon and lat_lon[1],
        population=draw(st.none() | st.integers(0, 10**9)),
        population_source=draw(NOTES),
        note=draw(NOTES),
    )


@st.composite
def crises(draw: st.DrawFn) -> Crisis:
    ids = draw(st.lists(IDS, min_size=2, max_size=5, unique=True))
    towns = tuple(draw(places(an_id)) for an_id in ids)
    road = Road.model_validate({"id": "r-1", "from": ids[0], "to": ids[1], "length_km": 5.25, "note": draw(NOTES)})
    crossing = Crossing(id="c-1", name=draw(WORDS), side_a=ids[0], side_b=ids[1], per_day=draw(NUMBERS))
    sides = (Party(id="p-1", name=draw(WORDS), parent="p-2", note=draw(NOTES)), Party(id="p-2", name=draw(WORDS)))
    day = draw(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)))
    people = draw(st.floats(0, 1e9))
    bulletin = Bulletin(place=ids[0], day=day, measure="flow", people=people, published=day, source=draw(NOTES))
    head = Settings(
        title=draw(WORDS),
        countries=("SYR", "XVA"),
        start=draw(st.none() | st.just(day)),
        sources={draw(WORDS): Source(kind=draw(NOTES), grade="B2", interest="p-2")},
        parameters=draw(st.dictionaries(WORDS, st.floats(-1e6, 1e6), max_size=2)),
        notes=draw(NOTES),
    )
    return Crisis(Path("."), head, Geography(towns, (road,), (crossing,)), sides, (bulletin,))


@settings(max_examples=60, deadline=None)
@given(crises())
def test_loading_what_was_saved_gives_the_same_crisis(crisis: Crisis) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save_crisis(crisis, Path(folder) / "saved")
        assert load_crisis(Path(folder) / "saved") == replace(crisis, folder=Path(folder) / "saved")


def test_a_packaged_example_survives_saving_and_loading(tmp_path: Path) -> None:
    from tidings.examples import copy_example

    crisis = load_crisis(copy_example("aleppo-2016", tmp_path / "copy"))
    save_crisis(crisis, tmp_path / "saved")
    assert load_crisis(tmp_path / "saved") == replace(crisis, folder=tmp_path / "saved")
    assert check_folder(tmp_path / "saved") == ()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_kind_is_changed_in_its_cell_and_every_other_byte_stays(end: str, mark: bytes, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    before = f'name;id;kind;lat;my column{end}"Ar;dan";ardan;town;;"two{end}lines"{end} Dorn ;dorn;'
    after = f';36.50;"my ""own"" note"{end}{end}Sele;sele{end}'
    path.write_bytes(mark + f"{before}town{after}".encode())
    change_kinds(tmp_path, [DORN])
    assert path.read_bytes() == mark + f"{before}village{after}".encode()


def test_a_row_that_ends_before_its_kind_is_made_longer(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("id,name,lat,kind\ndorn,Dorn\nsele,Sele\n")
    change_kinds(tmp_path, [DORN])
    assert path.read_text() == "id,name,lat,kind\ndorn,Dorn,,village\nsele,Sele\n"


def test_a_table_without_kinds_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("id,name\ndorn,Dorn\n")
    change_kinds(tmp_path, [DORN])
    assert path.read_text() == "id,name\ndorn,Dorn\n"
