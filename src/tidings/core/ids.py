"""Ids: content hashes for what is stored, readable slugs for what people write."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import NewType

from anyascii import anyascii

ClaimId = NewType("ClaimId", str)
PartyId = NewType("PartyId", str)
PlaceId = NewType("PlaceId", str)
ReportId = NewType("ReportId", str)


@lru_cache(maxsize=65_536)
def slug(text: str) -> str:
    """Fold a name to lower-case ASCII words joined by hyphens.

    Examples
    --------
    >>> slug("Tal Rif'at"), slug("Öncüpınar")
    ('tal-rifat', 'oncupinar')
    """
    plain = anyascii(text).lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’`]", "", plain)).strip("-")


def content_id(prefix: str, content: object) -> str:
    """Return a short id that depends on the content alone.

    Examples
    --------
    >>> content_id("c", {"b": 1, "a": 2}) == content_id("c", {"a": 2, "b": 1})
    True
    """
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"{prefix}{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


def is_content_id(prefix: str, text: str) -> bool:
    """Whether a text has the form of an id that `content_id` gives.

    Examples
    --------
    >>> is_content_id("c", content_id("c", "content")), is_content_id("c", "census of 2004")
    (True, False)
    """
    return re.fullmatch(rf"{re.escape(prefix)}[0-9a-f]{{16}}", text) is not None


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
