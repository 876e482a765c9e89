"""A report as received: its bytes' hash, its text, and which parts of the text are furniture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tidings.core.ids import ReportId


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report. Offsets everywhere are Unicode code points in `text`, end exclusive."""

    id: ReportId
    """SHA-256 of the bytes as received; of one of several reports in a file, of its own bytes or content."""
    name: str
    """The file's name, or '-' for pasted text; of one of several reports in a file with '#' and how its id begins."""
    text: str
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    language: str | None = None
    """ISO 639-1 code; None where it cannot be told."""
    furniture: tuple[tuple[int, int], ...] = ()
    """Spans of the text that are not the report: share buttons, comment counts, menus, credits of the page."""
    warnings: tuple[str, ...] = ()
    """What the reader of the file met and survived."""

    @property
    def body(self) -> str:
        """The text with every furniture character blanked, so that offsets stay the same."""
        if not self.furniture:
            return self.text
        characters = list(self.text)
        for start, end in self.furniture:
            characters[start:end] = [c if c == "\n" else " " for c in characters[start:end]]
        return "".join(characters)
