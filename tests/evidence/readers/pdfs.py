"""PDF files written by hand for tests: text at given places, and whatever else a page may hold."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class At:
    """Text drawn with its start at (x, y), in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10.0
    turn: tuple[float, float, float, float] = (1, 0, 0, 1)

    def drawn(self) -> bytes:
        text = self.text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        matrix = " ".join(map(str, (*self.turn, self.x, self.y)))
        return f"BT /F1 {self.size} Tf {matrix} Tm (".encode() + text + b") Tj ET"


def paragraph(x: float, y: float, *lines: str, size: float = 10.0, leading: float = 12.0) -> list[At]:
    """Return lines one below the other."""
    return [At(x, y - leading * number, line, size) for number, line in enumerate(lines)]


def pdf(*pages: Sequence[At], info: str = "", packed: bool = False, streams: Sequence[bytes] = ()) -> bytes:
    """Return a PDF with a page for each list of texts, or for each content stream."""
    contents = [b"\n".join(text.drawn() for text in page) for page in pages] + list(streams)
    first = 5
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(contents)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode(),
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {first + 2 * number + 1} 0 R >>".encode()
        )
        body, packing = (zlib.compress(content), b" /Filter /FlateDecode") if packed else (content, b"")
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(body), packing, body))
    return assembled(objects)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a file of numbered objects; the first is the catalogue, the fourth tells about the file."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number + 1, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer << /Size %d /Root 1 0 R /Info 4 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start,
    )  # fmt: skip
