"""E-mail pasted as text: its head, quote marks, greeting and signature are furniture; who sent it is told nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tidings.core.packaged import packaged_yaml
from tidings.evidence.readers.furniture import Span, lines_of

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
MAX_HEAD_LINES = 40
"""Lines of one head: long lists of receivers are folded over many lines."""
MAX_SIGNATURE = 12
"""Lines below a closing or a signature's mark that can be a signature."""
MAX_SIGNATURE_LINE = 90


@dataclass(frozen=True, slots=True)
class Mail:
    """What the head of a pasted e-mail says, and what of the text is furniture."""

    title: str | None = None
    sent: str | None = None
    """The words of the day on which it was sent."""
    furniture: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    opening: re.Pattern[str]
    prefix: re.Pattern[str]
    greeting: re.Pattern[str]
    closing: re.Pattern[str]
    titles: tuple[str, ...]
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of one message: lines first..last of the text."""

    first: int
    last: int
    fields: dict[str, str]


def read_mail(text: str) -> Mail:
    """Read a text as pasted e-mail; nothing is found in it where it has neither a head nor quoted messages.

    Of a message that only passes another one on, the inner one gives title and day.

    Examples
    --------
    >>> mail = read_mail("From: A <a@b.example>\\nSubject: Fwd: Road open\\n\\nTrucks reach the town.")
    >>> mail.title, mail.furniture
    ('Road open', ((0, 21), (22, 45)))
    """
    spans = lines_of(text)
    lines = [QUOTE_MARKS.sub("", text[start:end]) for start, end in spans]
    gaps = [text[spans[i][1] : spans[i + 1][0]].count("\n") for i in range(len(spans) - 1)]
    heads = _heads(lines, gaps)
    openings = [i for i, line in enumerate(lines) if _patterns().opening.fullmatch(line)]
    is_mail = bool(heads) or any(lines[i].endswith("wrote:") for i in openings)
    marked = {i for head in heads for i in range(head.first, head.last)} | (set(openings) if is_mail else set())
    marked |= _signatures(text, spans, lines, marked, is_mail=is_mail)
    if is_mail:
        marked |= {i for i, line in enumerate(lines) if _patterns().greeting.fullmatch(line)}
    furniture = [spans[i] for i in sorted(marked)]
    main = _main_head(heads, set(openings))
    return Mail(_title(main), _field(main, _patterns().days), (*furniture, *_quote_marks(text, lines, is_mail=is_mail)))


def holds_address(text: str) -> bool:
    """Tell whether a text holds an e-mail address.

    Examples
    --------
    >>> holds_address("Ada <ada@relief.example>"), holds_address("ada at relief")
    (True, False)
    """
    return ADDRESS.search(text) is not None


@cache
def _patterns() -> _Patterns:
    mail: dict[str, list[str]] = packaged_yaml("tidings.evidence.readers", "furniture.yaml")["en"]["mail"]
    labels = "|".join([*mail["title"], *mail["day"], *mail["others"]])
    return _Patterns(
        label=re.compile(rf"\*{{0,2}}(?P<label>{labels})\*{{0,2}}\s*:\*{{0,2}}\s*(?P<value>.*)", re.IGNORECASE),
        opening=_any(mail["openings"]), greeting=_any(mail["greetings"]), closing=_any(mail["closings"]),
        prefix=re.compile(rf"(?:(?:{'|'.join(mail['prefixes'])})(?:\s*:|(?<=\]))\s*)+", re.IGNORECASE),
        titles=tuple(mail["title"]), days=tuple(mail["day"]),
    )  # fmt: skip


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _heads(lines: Sequence[str], gaps: Sequence[int]) -> list[_Head]:
    found: list[_Head] = []
    number = 0
    while number < len(lines):
        head = _head_at(lines, gaps, number)
        if head and _is_mail(head, lines):
            found.append(head)
        number = head.last if head else number + 1
    return found


def _head_at(lines: Sequence[str], gaps: Sequence[int], first: int) -> _Head | None:
    """Read the run of labelled lines that begins at a line, with the lines folded under them."""
    fields: dict[str, str] = {}
    number = first
    while number < min(len(lines), first + MAX_HEAD_LINES):
        label = _patterns().label.fullmatch(lines[number])
        is_folded = bool(fields) and gaps[number - 1] == 1 and _is_folded(lines, number)
        if not label and not is_folded:
            break
        if label:
            fields.setdefault(label["label"].lower(), label["value"].strip())
        number += 1
        if number <= len(gaps) and gaps[number - 1] > 1:  # a blank line ends a head
            break
    return _Head(first, number, fields) if fields else None


def _is_folded(lines: Sequence[str], number: int) -> bool:
    """Whether a line without a label goes on with the receivers of the one above."""
    return lines[number - 1].rstrip().endswith((",", ";")) and (
        holds_address(lines[number]) or lines[number].endswith((",", ";"))
    )


def _is_mail(head: _Head, lines: Sequence[str]) -> bool:
    """Whether labelled lines are the head of a message: "From: X", "To: Y" alone may be a table of journeys."""
    held = head.fields.keys()
    if any(holds_address(line) for line in lines[head.first : head.last]) and "from" in held:
        return True
    if head.first == 0 and "subject" in held:
        return True
    has_others = len(held) >= 2 and bool(held & {"from", "to", "date", "sent"})
    return has_others and ("subject" in held or {"from", "sent"} <= held)


def _main_head(heads: Sequence[_Head], openings: set[int]) -> _Head | None:
    """Return the last head of those at the top between which nothing stands but marks of a passed-on message.

    Below words without a head of their own it is the first one.
    """
    main = next(iter(heads), None)
    at = 0
    for head in heads:
        if any(number not in openings for number in range(at, head.first)):
            break
        main, at = head, head.last
    return main


def _field(head: _Head | None, labels: Sequence[str]) -> str | None:
    return next((head.fields[label] for label in labels if head.fields.get(label)), None) if head else None


def _title(head: _Head | None) -> str | None:
    return title_of_subject(_field(head, _patterns().titles) or "")


def title_of_subject(subject: str) -> str | None:
    """Return the title that a message's subject gives; none where it holds an address.

    Examples
    --------
    >>> title_of_subject("Fwd: RE: Road open"), title_of_subject("Question of a@b.example")
    ('Road open', None)
    """
    title = _patterns().prefix.sub("", subject, count=1).strip()
    return title if title and not holds_address(title) else None


def _signatures(text: str, spans: Sequence[Span], lines: Sequence[str], marked: set[int], *, is_mail: bool) -> set[int]:
    """Return the lines of signatures: below "-- ", and in mail below a closing, down to the next message or the end."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        is_mark = line == "--" and (is_mail or text[spans[number][1] : spans[number][1] + 2] in (" \n", " "))
        if not is_mark and not (is_mail and _patterns().closing.fullmatch(line)):
            continue
        last = min(len(lines), number + MAX_SIGNATURE + 2)
        end = next((i for i in range(number + 1, last) if i in marked), last)
        below = lines[number + 1 : end]
        if len(below) <= MAX_SIGNATURE and all(len(each) <= MAX_SIGNATURE_LINE for each in below):
            found |= set(range(number, end))
    return found


def _quote_marks(text: str, lines: Sequence[str], *, is_mail: bool) -> list[Span]:
    """Return the marks before quoted lines; ">" before a number means "more than" unless the text is mail."""
    found = [mark.span() for mark in QUOTE_MARKS.finditer(text)]
    is_quoted = len(found) > 1 and any(not text[end : end + 1].isdigit() for _, end in found)
    return found if is_mail or is_quoted else []
