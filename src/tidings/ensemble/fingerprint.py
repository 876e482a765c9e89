"""One SHA-256 of everything that a value is made of, the same in every process and on every machine."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import inspect
import struct
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from tidings.core.errors import InputError
from tidings.core.ids import sha256_of
from tidings.core.provenance import code_version

SIMULATING, ENDS = ("core", "geography", "situation", "flow", "ensemble"), (".py", ".yaml")
"""Packages, and the files in them, that decide what a simulation gives."""


def fingerprint(value: object) -> str:
    """Return the SHA-256, in hexadecimal, of a value and all that it holds.

    Two values have the same fingerprint if they are of the same kinds and hold the same. Known are None, truth values,
    numbers, text, bytes, days and times, enumerations, arrays, lists and tuples (which are alike), sets, mappings
    (whose order plays no part), dataclasses and pydantic models. A class that is not of Tidings, a rule of your own
    for example, counts with the text of its file.

    Raises
    ------
    InputError
        If it holds anything else, such as a function or an open file.

    Examples
    --------
    >>> fingerprint({"a": 1, "b": (2.0, None)}) == fingerprint({"b": [2.0, None], "a": 1})
    True
    >>> fingerprint(1) == fingerprint(1.0), fingerprint(0.0) == fingerprint(-0.0)
    (False, False)
    """
    return sha256_of(_encoded(value))


@cache
def code_digest() -> str:
    """Return which code this is: the version, and a hash of the sources that simulate, which are changed in between."""
    package = Path(str(files("tidings")))
    sources = sorted(path for name in SIMULATING for path in (package / name).rglob("*") if path.suffix in ENDS)
    return f"{code_version()} {sha256_of(b''.join(path.read_bytes() for path in sources))[:16]}"


def _encoded(value: Any) -> bytes:
    for kinds, encode in _ENCODERS:
        if isinstance(value, kinds):
            return encode(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _object(value, {field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    raise InputError(
        where="model",
        met=f"it holds a {type(value).__module__}.{type(value).__qualname__}, of which no fingerprint can be taken",
        fix="Make it of arrays, strings, numbers, mappings, tuples and dataclasses, or simulate without a path.",
    )


def _tagged(kind: str, *parts: bytes) -> bytes:
    """Put parts one after another so that no other parts give the same bytes."""
    return b"".join([kind.encode(), b"(", *(struct.pack("<Q", len(part)) + part for part in parts), b")"])


def _array(value: NDArray[Any]) -> bytes:
    if value.dtype.hasobject:
        return _tagged("objects", repr(value.shape).encode(), *map(_encoded, value.reshape(-1).tolist()))
    content = hashlib.sha256(np.ascontiguousarray(value).data if value.size else b"").digest()
    return _tagged("array", value.dtype.str.encode(), repr(value.shape).encode(), content)


def _mapping(value: Mapping[object, object]) -> bytes:
    pairs = sorted((_encoded(key), _encoded(each)) for key, each in value.items())
    content = _tagged("mapping", *(part for pair in pairs for part in pair))
    return content if type(value) is dict else _tagged("object", _class(type(value)), content)


def _object(value: object, fields: Mapping[str, object]) -> bytes:
    return _tagged("object", _class(type(value)), *(_tagged(n, _encoded(each)) for n, each in fields.items()))


def _class(kind: type) -> bytes:
    name = f"{kind.__module__}.{kind.__qualname__}"
    is_known = kind.__module__.partition(".")[0] in ("tidings", *sys.stdlib_module_names - {"__main__"})
    return (name if is_known else f"{name} {_text_digest(kind)}").encode()


@cache
def _text_digest(kind: type) -> str:
    try:
        return sha256_of(Path(inspect.getsourcefile(kind) or "").read_bytes())
    except (OSError, TypeError):
        pass
    try:
        return sha256_of(inspect.getsource(kind).encode())  # a cell of a notebook is no file
    except (OSError, TypeError):
        raise InputError(
            where="model",
            met=f"the text of {kind.__module__}.{kind.__qualname__} cannot be read",
            fix="Write the class in a file, or simulate without a path.",
        ) from None


def _sequence(values: Iterable[object]) -> bytes:
    return _tagged("sequence", *map(_encoded, values))


_ENCODERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], bytes]], ...] = (
    (Enum, lambda v: _tagged("enum", _class(type(v)), v.name.encode())),
    ((type(None), bool), lambda v: _tagged("constant", repr(v).encode())),
    (np.generic, lambda v: _tagged("scalar", v.dtype.str.encode(), v.tobytes())),
    (int, lambda v: _tagged("int", str(v).encode())),
    (float, lambda v: _tagged("float", v.hex().encode())),
    (str, lambda v: _tagged("str", v.encode())),
    ((bytes, bytearray), lambda v: _tagged("bytes", bytes(v))),
    ((dt.date, dt.time), lambda v: _tagged(type(v).__name__, v.isoformat().encode())),
    (dt.timedelta, lambda v: _tagged("timedelta", repr(v).encode())),
    (np.ndarray, _array),
    (BaseModel, lambda v: _object(v, {name: getattr(v, name) for name in type(v).model_fields})),
    (Mapping, _mapping),
    ((list, tuple, range), _sequence),
    ((set, frozenset), lambda v: _tagged("set", *sorted(map(_encoded, v)))),
)
