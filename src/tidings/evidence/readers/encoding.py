"""From bytes to characters: UTF-8 first, byte order marks, then a guess; what is no text is refused."""

from __future__ import annotations

import codecs
import re

from tidings.core.counting import counted
from tidings.core.errors import InputError
from tidings.evidence.readers.language import is_plainly_english, language_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a spreadsheet, presentation or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_CONTROL = bytes(number for number in range(32) if number not in (9, 10, 11, 12, 13, 27))
_BYTE_OF = {bytes([byte]).decode("latin-1"): byte for byte in range(0x80, 0x100)} | {
    character: byte for byte in range(0x80, 0xA0) if (character := bytes([byte]).decode("cp1252", errors="ignore"))
}
"""Bytes of the characters that cp1252, or Latin-1, makes of them."""
_TAIL = "[" + "".join(re.escape(each) for each, byte in _BYTE_OF.items() if byte < 0xC0) + "]"
_MANGLED = re.compile(f"(?:[Â-ß]{_TAIL}|[à-ï]{_TAIL}{{2}}|[ð-ô]{_TAIL}{{3}})+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\s]")
_WRITTEN = re.compile("[\u00a0-\u017f\u0218-\u021b\u0370-\u06ff\u1e00-\u1eff\u2000-\u206f\u20a0-\u214f\u2190-\u27bf"
                      "\u3000-\u9fff\uac00-\ud7af\ufb00-\ufb06\U0001f300-\U0001faff]+")  # fmt: skip
"""Letters and marks of the scripts that reports are written in."""
MANY = 5
"""Passages from which on a text counts as decoded wrongly although some of it is not."""
GUESS_BYTES = 200_000
"""Bytes that are looked at to guess an encoding."""
MARKS_IN_ENGLISH = 0.1
"""Up to this share of bytes beyond ASCII, a text in English is taken for the encoding of Windows in the West."""
CANDIDATES = ["cp1252", "cp1256", "cp1251", "cp1253", "cp1255", "gb18030", "big5", "shift_jis", "euc_kr"]
"""Encodings of scripts that reports are written in, besides Unicode's; others are never guessed."""
COUSINS = {"cp1250": {"pl", "cs", "sk", "sl", "hu", "hr", "bs", "ro", "sq"}, "cp1254": {"tr", "az", "ku"}}
"""Encodings of the Latin script besides cp1252, which holds Latin-1, by the languages that need them."""
LATIN = 0.7
"""From this share of ASCII letters among its letters on, a text is in Latin script."""
DAMAGE = 0.002
"""Up to this share of undecodable bytes, a text in UTF-8 counts as damaged and not as another encoding."""


def decode(content: bytes, name: str, *, as_it_is: bool = False) -> tuple[str, tuple[str, ...]]:
    """Decode bytes; returns the text and warnings.

    Parameters
    ----------
    as_it_is
        Whether what had been decoded wrongly before stays so: a plain text is told of by its own offsets.

    Raises
    ------
    InputError
        If the bytes are not text.

    Examples
    --------
    >>> decode("Öncüpınar".encode("utf-8-sig"), "-")
    ('Öncüpınar', ())
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text, warnings = _replacing(content[len(mark) :], encoding)
            return (text, warnings) if as_it_is else _mended(text, warnings)
    refuse_binary(content, name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content)
    return (text, ()) if as_it_is else _mended(text, ())


def decode_declared(content: bytes, encoding: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Decode bytes that name their encoding; as `decode` where it is unknown, or is not theirs.

    Raises
    ------
    InputError
        If the bytes are not text.

    Examples
    --------
    >>> decode_declared("Öncüpınar".encode(), "iso-8859-1", "-")[0]
    'Öncüpınar'
    """
    refuse_binary(content, name)
    try:
        codec = codecs.lookup(encoding)
        if codec.name.startswith(("iso8859", "cp125", "ascii")) and not content.isascii() and _is_utf8(content):
            return decode(content, name)  # what decodes as UTF-8 is UTF-8: no text in such an encoding does by chance
        return _mended(content.decode(codec.name), ())
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(content, name)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mended(text: str, warnings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    found = mangled_passages(text)
    if not found:
        return text, warnings
    mended = _MANGLED.sub(lambda mark: _once_more(mark.group()) or mark.group(), text)
    told = f"the text had been decoded wrongly (UTF-8 read as cp1252): {len(found)} passages were mended"
    return mended, (*warnings, told)


def mangled_passages(text: str) -> list[tuple[int, int, str]]:
    """Find what had been decoded wrongly before: where characters of two bytes and more became two characters and more.

    A few letters that could be meant as they stand are left: half of what is beyond ASCII has to read so, or much.

    Returns
    -------
    list
        Start and end of each passage, and what it was.

    Examples
    --------
    >>> mangled_passages("the cafÃ© is open")
    [(7, 9, 'é')]
    """
    if text.isascii():
        return []
    marks = ((mark, _once_more(mark.group())) for mark in _MANGLED.finditer(text))
    found = [(*mark.span(), read) for mark, read in marks if read is not None]
    beyond = len(_BEYOND_ASCII.findall(text))
    return found if len(found) >= MANY or 2 * sum(end - start for start, end, _ in found) >= beyond else []


def _once_more(mangled: str) -> str | None:
    """Decode a passage again as UTF-8; None where no letters of ours come out."""
    try:
        read = bytes(_BYTE_OF[character] for character in mangled).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
    return read if _WRITTEN.fullmatch(read) else None


def refuse_binary(content: bytes, name: str) -> None:
    """Raise where bytes are a known kind of file that is not text, or hold characters that no text has.

    Raises
    ------
    InputError
        With the kind of file, where it is known.
    """
    if kind := binary_kind(content):
        fix = "Hand in text, HTML, PDF, DOCX, an e-mail or a feed: open the file and save it as one of them."
        raise InputError(where=name, met=f"this is {kind}, not text", fix=fix)


def binary_kind(content: bytes) -> str | None:
    """Return what kind of file bytes begin that is not text; None where they may be text.

    Examples
    --------
    >>> binary_kind(b"%PDF-1.7"), binary_kind(b"a,b")
    ('a PDF file', None)
    """
    kind = next((kind for magic, kind in _KINDS if content.startswith(magic)), None)
    if kind == "a program" and b"\x00" not in content[:1000]:
        kind = None  # a report may well begin with the letters MZ
    sample = content[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    is_binary = b"\x00" in content or controls > 0.1 * len(sample)
    return kind or ("a binary file" if is_binary else None)


def _guessed(content: bytes) -> tuple[str, tuple[str, ...]]:
    text = content.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if bad <= max(1, DAMAGE * len(content)) and len(text) < len(content) - 2 * bad:
        return text, (f"{counted(bad, 'character')} could not be decoded as UTF-8, shown as \ufffd",)
    encoding = _best_encoding(content[:GUESS_BYTES])
    text, warnings = _replacing(content, encoding)
    return text, (f"the file is not UTF-8: it was read as {encoding}", *warnings)


def _best_encoding(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    plain = sample.decode("ascii", errors="ignore")
    if len(sample) - len(plain) < MARKS_IN_ENGLISH * len(sample) and is_plainly_english(plain[:4000]):
        return "cp1252"  # a few accents and curly quotes in English: no statistics can tell its cousins apart
    letters = sum(character.isalpha() for character in plain)
    if letters >= LATIN * (letters + len(sample) - len(plain)):
        return _of_latin_script(sample)
    found = from_bytes(sample, cp_isolation=CANDIDATES).best()
    return found.encoding if found else "cp1252"


def _of_latin_script(sample: bytes) -> str:
    """Tell the Latin encodings apart by the language that comes out; their bytes alone cannot."""
    read = ((name, languages, sample.decode(name, errors="replace")) for name, languages in COUSINS.items())
    return next((name for name, languages, text in read if language_of(text) in languages), "cp1252")


def _replacing(content: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = content.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    return text, (f"{counted(bad, 'character')} could not be decoded as {encoding}",) if bad else ()
