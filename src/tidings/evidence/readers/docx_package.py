"""The parts of a Word file (DOCX): a zip of XML, read with bounds, without entities and without the network."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from tidings.core.errors import InputError

MAX_FILES = 10_000
MAX_PART_BYTES = 20_000_000
"""Of one part, unpacked: a report of a thousand pages has less."""
MAX_BYTES = 60_000_000
"""Of all parts that are read, unpacked."""
_AGAIN = "Open it in a word processor and save it again as DOCX, or save it as text."
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(slots=True)
class Package:
    """An opened file: what it was called, its archive, and how many bytes may still be unpacked."""

    name: str
    archive: zipfile.ZipFile
    left: int = MAX_BYTES
    files: frozenset[str] = field(default_factory=frozenset)

    def part(self, path: str) -> Any | None:
        """Return the root element of a part, None where the file has no such part.

        Raises
        ------
        InputError
            If it is too large, damaged, nested too deeply, or declares a document type or an entity.
        """
        return _parsed(self._unpacked(path), self.name) if path in self.files else None

    def related(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield the last word of the kind ("footnotes", "header") and the path of all parts that a part refers to."""
        folder, name = posixpath.split(path)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                yield relation.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def _unpacked(self, path: str) -> bytes:
        """Unpack a part, and never more than the bound, whatever size the archive tells."""
        bound = min(MAX_PART_BYTES, self.left)
        try:
            with self.archive.open(path) as packed:
                content = packed.read(bound + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
            raise damaged(self.name, f"{path} in it cannot be unpacked") from None
        except RuntimeError:  # what zipfile raises for want of a password
            raise InputError(where=self.name, met="the DOCX file is encrypted", fix=_WITHOUT_PASSWORD) from None
        if len(content) > bound:
            met = f"the DOCX file unpacks to more than {bound // 1_000_000} MB of text, as no report does"
            raise InputError(where=self.name, met=met, fix=_AGAIN)
        self.left -= len(content)
        return content


_WITHOUT_PASSWORD = "Open it, take the password away and save it again."


def open_package(content: bytes, name: str) -> Package:
    """Open a file.

    Raises
    ------
    InputError
        If it is no zip, is damaged, or has too many files.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        files = frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeDecodeError):
        raise damaged(name, "it is no zip, or its end is missing") from None
    if len(files) > MAX_FILES:
        met = f"the DOCX file holds more than {MAX_FILES:,} files"
        raise InputError(where=name, met=met, fix=_AGAIN)
    return Package(name, archive, files=files)


def damaged(name: str, how: str) -> InputError:
    """Return the error for a file that no word processor wrote so."""
    return InputError(where=name, met=f"the DOCX file is damaged: {how}", fix=_AGAIN)


def _parsed(content: bytes, name: str) -> Any:
    from lxml import etree

    if b"<!DOCTYPE" in content.replace(b"\x00", b"") or b"<!ENTITY" in content.replace(b"\x00", b""):
        met = "the DOCX file declares a document type or an entity, as no word processor does"
        raise InputError(where=name, met=met, fix=_AGAIN)
    parser = etree.XMLParser(  # without huge_tree: elements up to 256 deep, and texts up to 10 MB
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(name, str(error)) from None
