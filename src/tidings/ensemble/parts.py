"""The folder of finished parts beside the file that they will become: what an interrupted run goes on from."""

from __future__ import annotations

import contextlib
import errno
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tidings.core.errors import EnvironmentError_, InputError
from tidings.core.files import cannot_write, write_aside
from tidings.core.ids import sha256_of
from tidings.ensemble.names import with_texts
from tidings.ensemble.packed import Packed, Part

if TYPE_CHECKING:
    import xarray

MANIFEST, FRAME, PART = "manifest.json", "frame.nc", "part"


@dataclass(frozen=True, slots=True)
class PartsFolder:
    """Finished parts of one model and seed, each written whole; no other model's are ever among them."""

    folder: Path

    @classmethod
    def beside(cls, target: Path, made_from: Mapping[str, object]) -> PartsFolder:
        """Make the folder, or go on with the one that an interrupted run has left.

        Parameters
        ----------
        made_from
            All that decides the parts: the model's fingerprint, the seed, the code, members in a part.

        Raises
        ------
        InputError
            If a folder of that name is there and was made from anything else.
        EnvironmentError_
            If it cannot be made.
        """
        parts = cls(target.with_name(f"{target.name}.parts"))
        wanted = json.dumps(made_from, indent=1)
        if parts._manifest() == wanted:
            return parts
        if any(parts.folder.glob(f"*.{PART}")):
            raise InputError(
                where=str(parts.folder),
                met="it holds finished parts of another model, seed or version of Tidings",
                fix="Remove it, or write to another path.",
            )
        try:
            parts._make(wanted)
        except OSError as error:
            raise _cannot_write(target, error) from error
        return parts

    def find(self, members: Sequence[int], rows: int) -> Part | None:
        """Return the part of these members if it is there and whole."""
        with contextlib.suppress(OSError, ValueError, KeyError):
            part = Part.of(self._path(members))
            if part.members == tuple(members) and part.rows == rows and (self.folder / FRAME).is_file():
                return part
        return None

    def keep(self, members: Sequence[int], content: bytes, frame: xarray.Dataset) -> Part:
        """Write a finished part.

        Raises
        ------
        EnvironmentError_
            If the disk is full; the parts that were there stay.
        """
        if not (self.folder / FRAME).is_file():
            write_aside(self.folder / FRAME, bytes(frame.to_netcdf(engine="h5netcdf")))
        write_aside(self._path(members), content)
        return Part.of(self._path(members))

    def packed(self, parts: Sequence[Part]) -> Packed:
        """Return the ensemble that parts make up."""
        import xarray

        with xarray.open_dataset(self.folder / FRAME, engine="h5netcdf") as frame:
            return Packed(with_texts(frame.load()), tuple(parts))

    def remove(self) -> None:
        """Remove the parts, and the folder where nothing else is in it."""
        for path in (*self.folder.glob(f"*.{PART}"), self.folder / FRAME, self.folder / MANIFEST):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self.folder.rmdir()

    def _manifest(self) -> str | None:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return (self.folder / MANIFEST).read_text(encoding="utf-8")
        return None

    def _make(self, manifest: str) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / FRAME).unlink(missing_ok=True)
        write_aside(self.folder / MANIFEST, manifest)

    def _path(self, members: Sequence[int]) -> Path:
        mark = sha256_of(json.dumps(list(members)).encode())[:8]
        return self.folder / f"{members[0]:06d}-{members[-1]:06d}-{mark}.{PART}"


def _cannot_write(target: Path, error: OSError) -> EnvironmentError_:
    """Say why a file cannot be begun, of which the user knows, and not of the folder beside it."""
    if error.errno == errno.ENOENT and target.absolute().parent.is_dir():
        met, fix = "nothing can be made in its folder", "Choose another folder."
        return EnvironmentError_(where=str(target), met=met, fix=fix)
    return cannot_write(target, error)
