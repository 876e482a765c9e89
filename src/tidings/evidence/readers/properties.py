"""What office programs write into a file about it: a title, if people gave it; days, which only are told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tidings.evidence.readers.furniture import is_furniture
from tidings.evidence.readers.mail import holds_address
from tidings.evidence.report import Report

MAX_TITLE = 160
_OF_PROGRAMS = re.compile(
    r"microsoft (?:word|powerpoint|office)\b.*|untitled.*|"
    r"(?:layout|document|dokument|doc|slide|powerpoint presentation)[ _-]?\d*|"
    r".*\.(?:docx?|pptx?|xlsx?|pdf|indd|qxp|qxd|odt|rtf|txt|html?|ps|dvi|ai)|[\W\d_]*|\w*[\\/].*",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)")


def sensible_title(title: str) -> str | None:
    """Return the title that a file has in its properties, None where a program made it up.

    Examples
    --------
    >>> [sensible_title(title) for title in ("Situation report 4", "Microsoft Word - sitrep4.docx", "Layout 1")]
    ['Situation report 4', None, None]
    """
    plain = " ".join(title.split())
    is_of_people = len(plain.split()) >= 2 and len(plain) <= MAX_TITLE and not _OF_PROGRAMS.fullmatch(plain)
    return plain if is_of_people and not is_furniture(plain) and not holds_address(plain) else None


def undated(report: Report, properties: Mapping[str, str], made: str, saved: str) -> Report:
    """Add to a report that tells no day of publication when its file was made and saved: a hint, and no day.

    Whoever hands it in decides: a file is often made again long after, and what was known when hangs on the day.

    Parameters
    ----------
    properties
        Texts by key.
    made, saved
        The keys of the days.
    """
    days = [(word, _day(properties.get(key, ""))) for word, key in (("made", made), ("saved", saved))]
    told = [f"{word} on {day}" for word, day in days if day]
    if report.published or not told:
        return report
    warning = f"no day of publication is told; the file was {' and '.join(told)}: give --published if that is the day"
    return replace(report, warnings=(*report.warnings, warning))


def _day(text: str) -> str | None:
    found = _DAY.match(text.strip())
    return "-".join(found.groups()) if found else None
