"""A file is written whole or not at all, and a failing disk is told in words."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tidings.core.errors import EnvironmentError_, InputError
from tidings.core.files import (
    cannot_write,
    check_folder_of,
    check_writable,
    locked,
    read_bytes,
    write_aside,
    write_folder,
    written_aside,
)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_text_is_written_as_utf_8_with_its_line_ends(tmp_path: Path) -> None:
    write_aside(tmp_path / "a.txt", "Öncüpınar\r\n")
    assert (tmp_path / "a.txt").read_bytes() == "Öncüpınar\r\n".encode()


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o640)
    write_aside(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    write_aside(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real" / "a.txt").read_text() == "new"


@pytest.mark.parametrize("call", ["replace", "fsync", "open"])
def test_a_full_disk_leaves_the_old_content_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    (tmp_path / "a.txt").write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    with pytest.raises(EnvironmentError_, match=r"a\.txt: the disk is full. Free some space") as failed:
        write_aside(tmp_path / "a.txt", "new")
    monkeypatch.undo()
    assert failed.value.exit_status == 3
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_write_protected_file_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o444)
    for refuses in (check_writable, lambda path: write_aside(path, "new")):
        with pytest.raises(EnvironmentError_, match=r"a\.txt: the file is read-only"):
            refuses(tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_in_place_of_a_file_to_write_is_refused_before_and_when_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for refuses in (check_writable, lambda path: write_aside(path, "new")):
        with pytest.raises(InputError, match=r"b: this is a folder, not a file\. Name a file in it"):
            refuses(tmp_path / "b")
    assert names(tmp_path) == ["b"]
    assert names(tmp_path / "b") == []


@pytest.mark.parametrize("check", [check_folder_of, check_writable])
def test_a_folder_that_is_missing_or_may_not_be_written_is_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Callable[[Path], None]
) -> None:
    check(tmp_path / "a.txt")
    with pytest.raises(EnvironmentError_, match=r"a\.txt: its folder does not exist"):
        check(tmp_path / "nowhere" / "a.txt")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write everywhere
    with pytest.raises(EnvironmentError_, match=r"a\.txt: the folder is read-only\. Choose a folder"):
        check(tmp_path / "a.txt")
    assert names(tmp_path) == []


def test_a_link_is_checked_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere" / "a.txt")
    with pytest.raises(EnvironmentError_, match="its folder does not exist"):
        check_writable(tmp_path / "link.txt")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentError_, match="its folder does not exist"):
        write_aside(tmp_path / "nowhere" / "a.txt", "new")


def test_a_disk_that_is_really_full_leaves_the_old_content(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small file system of our own cannot be mounted here")
    try:
        write_aside(disk / "a.txt", "old")
        with pytest.raises(EnvironmentError_, match="the disk is full"):
            write_aside(disk / "a.txt", b"x" * 200_000)
        assert (disk / "a.txt").read_text() == "old"
        assert names(disk) == ["a.txt"]
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(EnvironmentError_, match="the folder is read-only"):
            write_aside(disk / "a.txt", "new")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "Input/output"),
    ],
)
def test_what_failed_is_said_in_words(number: int, message: str) -> None:
    assert message in str(cannot_write(Path("a"), OSError(number, os.strerror(number))))


def test_a_folder_is_filled_in_the_order_given(tmp_path: Path) -> None:
    write_folder(tmp_path / "a" / "b", {"x/y.txt": "1", "z.txt": b"2"}, subfolders=("empty",))
    assert names(tmp_path / "a" / "b") == ["empty", "x", "z.txt"]


def test_a_folder_that_cannot_be_filled_is_taken_away_again(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentError_, match="cannot be written"):
        write_folder(tmp_path / "a" / "b", {"x.txt": "1", "n" * 300: "2"})
    assert names(tmp_path) == []


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(InputError, match="this is a file, not a folder"):
        write_folder(tmp_path / "a", {})


@pytest.mark.parametrize(("name", "message"), [("nowhere", "there is no such file"), (".", "this is a folder")])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_bytes(tmp_path / name)


def test_a_lock_may_be_taken_again_further_down_by_its_holder(tmp_path: Path) -> None:
    with locked(tmp_path), locked(tmp_path / "."):
        write_aside(tmp_path / "a.txt", "x")
    with locked(tmp_path):
        write_aside(tmp_path / "b.txt", "y")
    assert [(tmp_path / name).read_text() for name in ("a.txt", "b.txt")] == ["x", "y"]


def test_a_missing_folder_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"), locked(tmp_path / "nowhere"):
        pass


def test_only_one_at_a_time_holds_the_lock_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")

    def count() -> None:
        for _ in range(20):
            with locked(tmp_path):
                write_aside(tmp_path / "count", str(int((tmp_path / "count").read_text()) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (tmp_path / "count").read_text() == "80"


def test_what_is_raised_while_a_file_is_written_leaves_the_old_content_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(KeyError), written_aside(tmp_path / "a.txt") as aside:  # noqa: PT012
        aside.write(b"new")
        raise KeyError
    assert (tmp_path / "a.txt").read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_what_is_written_aside_can_be_read_there(tmp_path: Path) -> None:
    with written_aside(tmp_path / "a.txt") as aside:
        aside.write(b"abc")
        aside.seek(1)
        assert aside.read() == b"bc"
    assert (tmp_path / "a.txt").read_bytes() == b"abc"
