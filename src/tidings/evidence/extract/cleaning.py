"""A report without the characters that cut words and numbers in two, and the way back to its own offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from tidings.core.schema import Schema
from tidings.evidence.readers.encoding import mangled_passages
from tidings.evidence.reading import Reading, ReadingWarning, Span
from tidings.evidence.report import Report

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that a page does not show: of no width, of direction, soft hyphens, variation selectors, tags."""
_MARKS = "\u0300-\u036f"
"""Accents that stand behind their letter."""
_COMMAND = r"\x1b\[[0-?]{0,32}[ -/]{0,4}[@-~]|\x1b\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)"
"""What moves or colours a terminal."""
_RUNS = re.compile(f"{_COMMAND}|[{_UNSEEN}{_MARKS}]+|[\ufb00-\ufb06]")
"""What another number of characters is read for: none, one for a letter and its accents, two for a ligature."""
_SKIPPED, _UNSEEN_RUN = re.compile(f"[{_UNSEEN}{_MARKS}]"), re.compile(f"[{_UNSEEN}]+")
_LINE_ENDS = frozenset("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PAGE_END = "\x0c"
_LONE_RETURN = re.compile(r"\r(?!\n)")
_MARKS_ALIKE = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u2212": "-", "\ufe63": "-", "\u02bc": "'",
    "\u201b": "’", "\u201e": "“", "\u201f": "“", "\u060c": ",", "\u066b": ".", "\u066c": ",", "\u066a": "%",
}  # fmt: skip


class _Alike(dict[int, str]):
    """What single characters are read as, each worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _read_as(chr(code)))


def _read_as(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    if _CONTROL.match(character) or unicodedata.category(character) == "Zs":
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    return _MARKS_ALIKE.get(character, character)


_ALIKE = _Alike()
Replaced = tuple[int, int, str]
"""Characters text[start:end] and what they are read as."""


@dataclass(frozen=True, slots=True)
class Offsets:
    """The way from offsets of a cleaned text to those of the text that it was made of."""

    starts: list[Span] = field(default_factory=lambda: [(0, 0)])
    """(cleaned, original): from there on characters begin so much later."""
    ends: list[Span] = field(default_factory=lambda: [(0, 0)])
    """(cleaned, original): from there on characters end so much later."""

    def span(self, start: int, end: int) -> Span:
        """Return the original's span; what was skipped at its edges is not in it."""
        first = _along(self.starts, start)
        return first, _along(self.ends, end) if end > start else first

    def cleaned(self, offset: int) -> int:
        """Return the cleaned text's offset of one of the original."""
        at = bisect_right(self.starts, offset, key=lambda pair: pair[1]) - 1
        while at and self.starts[at - 1][1] == self.starts[at][1]:  # the letters of a ligature begin together
            at -= 1
        there, here = self.starts[at]
        following = self.starts[at + 1][0] if at + 1 < len(self.starts) else None
        return there + offset - here if following is None else min(there + offset - here, following)


def _along(pairs: list[Span], offset: int) -> int:
    there, here = pairs[bisect_right(pairs, offset, key=lambda pair: pair[0]) - 1]
    return here + offset - there


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A report as it is read, and how to tell what was read by the offsets of the report as received."""

    report: Report
    original: Report
    offsets: Offsets
    warnings: tuple[ReadingWarning, ...]

    def restored(self, reading: Reading) -> Reading:
        """Return a reading of the cleaned report as one of the original: each `text` is its slice again."""
        moved = cast("Reading", self._moved(reading))
        own = {"characters": len(self.original.text), "furniture": self.original.furniture}
        record = reading.report.model_copy(update=own)
        return moved.model_copy(update={"report": record, "warnings": (*moved.warnings, *self.warnings)})

    def _moved(self, value: Any) -> Any:
        if isinstance(value, Schema):
            return self._record(value)
        if isinstance(value, tuple):
            is_span = len(value) == 2 and type(value[0]) is int and type(value[1]) is int
            return self.offsets.span(*value) if is_span else tuple(self._moved(part) for part in value)
        return value

    def _record(self, record: Schema) -> Schema:
        fields = {name: getattr(record, name) for name in type(record).model_fields}
        told = {name: self._moved(value) for name, value in fields.items()}
        if fields.get("start") is not None and fields.get("end") is not None:
            told["start"], told["end"] = self.offsets.span(fields["start"], fields["end"])
        for words, span in (("text", "span"), ("speaker_text", "speaker_span"), ("text", "")):
            read_at = (fields.get("start"), fields.get("end")) if not span else fields.get(span)
            if fields.get(words) is not None and read_at and fields[words] == self.report.text[slice(*read_at)]:
                there = (told["start"], told["end"]) if not span else told[span]
                told[words] = self.original.text[slice(*there)]
        return record.model_copy(update={name: new for name, new in told.items() if new is not fields[name]})


def clean(report: Report) -> Cleaned:
    r"""Return a report with nothing in it that a reader of the page would not see.

    Characters of no width and of direction are skipped, and so is what steers a terminal; accents join their letters,
    ligatures are taken apart; control characters are blanks or ends of lines; all other blanks, digits and marks
    that look alike are those of ASCII. A report that needs none of this is returned as it is.

    Examples
    --------
    >>> found = clean(Report(id="r", name="-", text="250,\u200b000 left Al\u00adeppo."))
    >>> found.report.text, found.offsets.span(13, 19)
    ('250,000 left Aleppo.', (14, 21))
    """
    mangled = [(start, end, _UNSEEN_RUN.sub("", meant)) for start, end, meant in mangled_passages(report.text)]
    text, offsets, skipped = _without_runs(report.text, mangled)
    controls = Counter(_CONTROL.findall(text))
    text = _LONE_RETURN.sub("\n", text)
    text = text if text.isascii() and not controls else text.translate(_ALIKE)
    if text == report.text:
        return Cleaned(report, report, offsets, ())
    furniture = tuple((offsets.cleaned(start), offsets.cleaned(end)) for start, end in report.furniture)
    furniture = tuple(span for span in furniture if span[0] < span[1])
    title, publisher = _plain(report.title), _plain(report.publisher)
    read = replace(report, text=text, furniture=furniture, title=title, publisher=publisher)
    return Cleaned(read, report, offsets, tuple(_warnings(len(mangled), skipped, controls)))


def _without_runs(text: str, mangled: Sequence[Replaced] = ()) -> tuple[str, Offsets, Counter[str]]:
    offsets, skipped = Offsets(), Counter[str]()
    parts: list[str] = []
    done = length = 0
    for start, end, instead in _in_order(mangled, _replaced(text)):
        parts += (text[done:start], instead)
        length += start - done
        offsets.starts.extend((length + k, start) for k in range(len(instead)))
        offsets.ends.extend((length + k, end) for k in range(1, len(instead) + 1))
        if not instead:
            skipped.update(text[start] if text[start] == "\x1b" else _SKIPPED.findall(text, start, end))
            offsets.ends.append((length + 1, end + 1))
        length += len(instead)
        offsets.starts.append((length, end))
        done = end
    return ("".join((*parts, text[done:])) if parts else text), offsets, skipped


def _in_order(mangled: Sequence[Replaced], runs: Iterator[Replaced]) -> Iterator[Replaced]:
    """Merge what had been decoded wrongly with other runs; what is part of the first is none of the second."""
    done = 0
    for start, end, instead in sorted((*mangled, *runs), key=lambda run: (run[0], -run[1])) if mangled else runs:
        if start >= done:
            yield start, end, instead
            done = end
        elif end > done and not instead:  # what follows the passage is still not shown
            yield done, end, instead
            done = end


def _replaced(text: str) -> Iterator[Replaced]:
    """Yield each run of characters that is read for another number of characters."""
    done = 0
    for run in () if text.isascii() and "\x1b" not in text else _RUNS.finditer(text):
        start, end, told = run.start(), run.end(), run.group()
        if "\ufb00" <= told[0] <= "\ufb06":
            yield start, end, unicodedata.normalize("NFKC", told)
        elif start > done and text[start - 1].isalpha() and (accents := re.findall(f"[{_MARKS}]", told)):
            yield start - 1, end, unicodedata.normalize("NFC", text[start - 1] + "".join(accents))[0]
        else:
            yield start, end, ""
        done = end


def _plain(words: str | None) -> str | None:
    return _without_runs(words)[0].translate(_ALIKE) if words else words


def _warnings(n_mangled: int, skipped: Counter[str], controls: Counter[str]) -> Iterator[ReadingWarning]:
    if n_mangled:
        told = f"the text had been decoded wrongly (UTF-8 read as cp1252): {n_mangled} passages were read as meant"
        yield ReadingWarning(code="mended_characters", message=told)
    if skipped:
        told = f"skipped what a page does not show ({skipped.total()} times): {_listed(skipped)}"
        yield ReadingWarning(code="skipped_characters", message=told)
    del controls[_PAGE_END]  # ordinary: what paged texts have
    if controls:
        told = f"control characters were read as blanks or line ends ({controls.total()} times): {_listed(controls)}"
        yield ReadingWarning(code="control_characters", message=told)


def _listed(counted: Counter[str]) -> str:
    names = [f"{number} × U+{ord(each):04X}{_named(each)}" for each, number in counted.most_common(5)]
    return ", ".join([*names, "and others"] if len(counted) > 5 else names)


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f" {name.lower()}" if name else ""
