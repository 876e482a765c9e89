"""Files written whole or not at all: aside, flushed to the disk, then renamed; failures say what to do."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from tidings.core.errors import EnvironmentError_, InputError

_HELD: ContextVar[frozenset[str]] = ContextVar("_HELD", default=frozenset())
"""Folders whose lock this thread or task holds: flock would let it wait for itself."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def write_aside(path: Path, content: bytes | str) -> None:
    """Write a file so that readers see the old content or the new one, never a part.

    The content goes to a temporary file in the same folder, is flushed to the disk and then takes the file's
    place. Text is written as UTF-8 with its line ends as they are.

    Raises
    ------
    InputError
        If it is a folder.
    EnvironmentError_
        If its folder is missing or read-only, or the disk is full. The file is then as it was before.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "places.csv"
    >>> write_aside(path, "id,name\\n")
    >>> path.read_text(), len(list(path.parent.iterdir()))
    ('id,name\\n', 1)
    """
    with written_aside(path) as aside:
        aside.write(content.encode() if isinstance(content, str) else content)


@contextlib.contextmanager
def written_aside(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file, to write and to read, that takes a file's place at the end; as `write_aside`.

    What is raised in the block leaves the file as it was, and nothing beside it.

    Raises
    ------
    InputError
        If it is a folder.
    EnvironmentError_
        As `write_aside`.
    """
    target = Path(os.path.realpath(path))
    if os.path.isdir(target):  # unlike is_dir it raises nothing where the name itself is wrong
        raise _no_file(path)
    aside = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        with _created(aside) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(target, aside)
        os.replace(aside, target)
        _flush_folder(target.parent)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes | str], subfolders: tuple[str, ...] = ()) -> None:
    """Fill a new or empty folder; on failure everything that was made is taken away again.

    Files are written in the order given, so that the one which makes the folder valid can come last.

    Raises
    ------
    InputError
        If the folder holds something already, or is a file.
    EnvironmentError_
        If the disk is full or the folder cannot be written.
    """
    _refuse_filled(folder)
    made: list[Path] = []
    try:
        _make_folders(folder, [folder / name for name in (*subfolders, *(str(Path(n).parent) for n in files))], made)
        for name, content in files.items():
            write_aside(folder / name, content)
            made.append(folder / name)
    except BaseException:  # an interruption too leaves nothing behind; raised again
        _take_away(made)
        raise


def read_bytes(path: Path) -> bytes:
    """Read a file that somebody named.

    Raises
    ------
    InputError
        If there is no such file, or it is a folder.
    EnvironmentError_
        If the machine does not let us read it.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(where=str(path), met="there is no such file", fix="Check the path.") from None
    except IsADirectoryError:
        raise _no_file(path) from None
    except OSError as error:
        raise EnvironmentError_(
            where=str(path), met=f"the file cannot be read ({error.strerror})", fix="Check its permissions."
        ) from error


def cannot_write(path: Path, error: OSError) -> EnvironmentError_:
    """Say in words why a file or folder could not be written, and what to do.

    Examples
    --------
    >>> print(cannot_write(Path("crisis/places.csv"), OSError(errno.ENOSPC, "No space left on device")))
    crisis/places.csv: the disk is full. Free some space and run the same command again; nothing was changed.
    """
    if error.errno in _FULL:
        met, fix = "the disk is full", "Free some space and run the same command again; nothing was changed."
    elif error.errno in _READ_ONLY:
        what = "file" if os.path.isfile(path) and not os.stat(path).st_mode & 0o200 else "folder"
        met, fix = f"the {what} is read-only", f"Choose a {what} that you may write to; nothing was changed."
    elif error.errno == errno.ENOENT:
        met, fix = "its folder does not exist", "Make the folder or correct the path."
    else:
        met, fix = f"it cannot be written ({error.strerror or error})", "Check the disk and the path."
    return EnvironmentError_(where=str(path), met=met, fix=fix)


def check_folder_of(path: Path) -> None:
    """Refuse a path whose folder does not exist or may not be written, before any work is done for what shall be there.

    Raises
    ------
    EnvironmentError_
        Where, and what to do.
    """
    folder = path.absolute().parent
    if not folder.is_dir():
        raise cannot_write(path, OSError(errno.ENOENT, os.strerror(errno.ENOENT)))
    if not os.access(folder, os.W_OK):
        raise cannot_write(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def check_writable(path: Path) -> None:
    """Refuse a path at which no file can be written, before any work is done for it; as `write_aside` would.

    Raises
    ------
    InputError
        If it is a folder.
    EnvironmentError_
        If its folder does not exist or may not be written, or the file there is write-protected.
    """
    target = Path(os.path.realpath(path))  # where write_aside writes
    if os.path.isdir(target):
        raise _no_file(path)
    check_folder_of(target)
    try:
        _mode_to_keep(target)
    except OSError as error:
        raise cannot_write(path, error) from error


def _no_file(folder: Path) -> InputError:
    return InputError(where=str(folder), met="this is a folder, not a file", fix="Name a file in it.")


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time change the files of a folder (where the system has advisory locks).

    Whoever holds the lock may take it again further down.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    key, held = os.path.realpath(folder), _HELD.get()
    if key in held:
        yield
        return
    token = _HELD.set(held | {key})
    try:
        with _flocked(folder):
            yield
    finally:
        _HELD.reset(token)


@contextlib.contextmanager
def _flocked(folder: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows has no flock; write_aside alone keeps every file whole there
        yield
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(where=str(folder), met="there is no such folder", fix="Check the path.") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _created(path: Path) -> BinaryIO:
    # O_EXCL and not tempfile: the file keeps the permissions that the user's umask gives
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    return os.fdopen(handle, "w+b")


def _keep_mode(target: Path, aside: Path) -> None:
    mode = _mode_to_keep(target)
    if mode is not None:
        os.chmod(aside, mode)


def _mode_to_keep(target: Path) -> int | None:
    """Return the permissions of a file that shall be replaced; None where there is no file yet."""
    try:
        mode = target.stat().st_mode & 0o7777
    except FileNotFoundError:
        return None
    if not mode & 0o200:  # the rename would go through: a write-protected file is to stay as it is
        raise PermissionError(errno.EACCES, "the file is write-protected")
    return mode


def _flush_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refuse_filled(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(where=str(folder), met="this is a file, not a folder", fix="Name a new folder.")
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(where=str(folder), met="the folder is not empty", fix="Name a new or an empty folder.")


def _make_folders(folder: Path, subfolders: list[Path], made: list[Path]) -> None:
    missing = [path for wanted in (folder, *subfolders) for path in (*reversed(wanted.parents), wanted)]
    for path in missing:
        if path.exists():
            continue
        try:
            path.mkdir()
        except OSError as error:
            raise cannot_write(path, error) from error
        made.append(path)


def _take_away(made: list[Path]) -> None:
    for path in reversed(made):
        with contextlib.suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
