"""Extractors of plug-ins: each reads reports in languages that nobody else reads, into the same document as ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Protocol, runtime_checkable

from tidings.core.counting import counted
from tidings.core.errors import InputError, TidingsError
from tidings.crisis.crisis import Crisis
from tidings.evidence.plugins import find_plugins
from tidings.evidence.reading import Reading, ReadingWarning, ReportRecord
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

logger = logging.getLogger(__name__)

GROUP = "tidings.extractors"
OUR_LANGUAGES = frozenset({"en"})
"""ISO 639-1 codes of what Tidings reads by itself."""
RESERVED = ("tidings", "tables", "hand")
"""Names under which the ledger keeps what Tidings itself, tables and people tell."""


@runtime_checkable
class Extractor(Protocol):
    """Reads reports in some languages: what is told in them, where in the text, and who says so."""

    @property
    def name(self) -> str:
        """Letters, digits and hyphens; the ledger keeps what it read under this name."""

    @property
    def version(self) -> int:
        """From 1 on; raised whenever it reads anything otherwise, so that reports are read again."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639-1 codes of the languages that it reads."""

    def read(
        self, report: Report, gazetteer: Gazetteer, *, countries: tuple[str, ...], crisis: Crisis | None
    ) -> Reading:
        """Read a report.

        Parameters
        ----------
        report
            In one of its languages.
        gazetteer
            Where places that the crisis does not know are looked up.
        countries
            ISO3 codes of the countries of the crisis; may be empty.
        crisis
            Its own places, crossings and parties come first; None where there is none.

        Returns
        -------
        Reading
            Offsets into `report.text`, `text` exactly that slice; the same for the same report. Where names of private
            persons stand is told in `withheld`: nobody else crosses them out.
        """


@cache
def extractors() -> tuple[Extractor, ...]:
    """Return the extractors that are installed, by distribution and name.

    One that is broken, or reads a language that ours or another one reads, is left out with a warning.
    """
    found = find_plugins(GROUP, lambda value, before: extractor_problem(value) or _taken(value, before), RESERVED)
    return tuple(plugin.value for plugin in found)


def extractor_problem(value: Any) -> str | None:
    """Tell what keeps a value from being an extractor.

    Examples
    --------
    >>> extractor_problem("French")
    'it lacks languages, name, read, version'
    """
    lacking = [name for name in ("languages", "name", "read", "version") if not hasattr(value, name)]
    if lacking:
        return f"it lacks {', '.join(lacking)}"
    name, version = value.name, value.version
    if not isinstance(name, str) or not name or not all(c.isalnum() or c == "-" for c in name) or len(name) > 40:
        return f"its name {name!r} is no word of letters, digits and hyphens"
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return f"its version {version!r} is no number from 1 on"
    codes = value.languages
    if not isinstance(codes, frozenset) or not codes or not all(_is_code(code) for code in codes):
        return f"its languages {codes!r} are no frozenset of ISO 639-1 codes such as 'fr'"
    return None if callable(value.read) else "its read cannot be called"


def _is_code(code: object) -> bool:
    return isinstance(code, str) and len(code) == 2 and code.isascii() and code.islower()


def _taken(value: Extractor, before: Sequence[Extractor]) -> str | None:
    """Tell a language that somebody else reads."""
    readers = dict.fromkeys(OUR_LANGUAGES, "Tidings itself")
    readers |= {language: each.name for each in before for language in each.languages}
    found = sorted(value.languages & readers.keys())
    return f"'{found[0]}' is read by {readers[found[0]]} already" if found else None


def extractor_of(language: str | None) -> Extractor | None:
    """Return the extractor of a plug-in that reads a language; None for English, and where nobody reads it.

    Examples
    --------
    >>> extractor_of("en") is None, extractor_of(None) is None
    (True, True)
    """
    return next((each for each in extractors() if language in each.languages), None)


def languages_read() -> frozenset[str]:
    """Return the codes of all languages that can be read.

    Examples
    --------
    >>> "en" in languages_read()
    True
    """
    return OUR_LANGUAGES.union(*(each.languages for each in extractors()))


def versioned_name(extractor: Extractor) -> str:
    """Return the name under which the ledger keeps what an extractor read, with its version."""
    return f"{extractor.name}@{extractor.version}"


def read_by(
    extractor: Extractor,
    report: Report,
    gazetteer: Gazetteer,
    *,
    countries: tuple[str, ...] = (),
    crisis: Crisis | None = None,
) -> Reading:
    """Read a report by the extractor of a plug-in.

    Raises
    ------
    InputError
        If it fails, or gives what is no reading of the report; says which extractor.
    """
    home = countries or (crisis.settings.countries if crisis else ())
    try:
        reading = extractor.read(report, gazetteer, countries=home, crisis=crisis)
        problem = reading_problem(reading, report)
    except TidingsError:
        raise
    except Exception as error:  # somebody else's code may fail in any way
        logger.debug("extractor '%s' failed", extractor.name, exc_info=True)
        problem = f"it failed ({type(error).__name__}: {error})"
    if problem:
        fix = "Update or uninstall the plug-in; the ledger is as it was."
        raise InputError(where=report.name, met=f"extractor '{extractor.name}': {problem}", fix=fix)
    met = tuple(ReadingWarning(code="reader", message=message) for message in report.warnings)
    return reading.model_copy(update={"warnings": (*met, *reading.warnings)})


def record_of(report: Report) -> ReportRecord:
    """Return what a reading says of its report.

    Examples
    --------
    >>> from tidings.evidence.readers import read_pasted
    >>> record_of(read_pasted("La route est ouverte.")[0]).characters
    21
    """
    return ReportRecord(
        id=report.id,
        title=report.title,
        publisher=report.publisher,
        published=report.published,
        language=report.language,
        characters=len(report.text),
        furniture=report.furniture,
    )


def reading_problem(reading: Any, report: Report) -> str | None:
    """Tell what keeps a value from being a reading of a report: offsets are those of its text, and ids lead somewhere.

    Examples
    --------
    >>> reading_problem(None, None)
    'it gave NoneType for a Reading'
    """
    if not isinstance(reading, Reading):
        return f"it gave {type(reading).__name__} for a Reading"
    if reading.report.id != report.id or reading.report.characters != len(report.text):
        return "the reading is of another report"
    for start, end, told in _spans(reading):
        if not 0 <= start < end <= len(report.text):
            return f"the span {start}–{end} is outside the text of {counted(len(report.text), 'character')}"
        if told is not None and report.text[start:end] != told:
            return f"at {start}–{end} the text is {report.text[start:end]!r}, not {told!r}"
    return _dangling(reading)


def _spans(reading: Reading) -> Iterator[tuple[int, int, str | None]]:
    """Yield every span of a reading, with the words that it says stand there."""
    for figure in reading.figures:
        yield figure.start, figure.end, figure.text
    for event in reading.events:
        yield event.start, event.end, event.text
    for relation in reading.relations:
        yield relation.start, relation.end, None
    for voice in reading.attributions:
        yield from ((*span, None) for span in (*voice.content, voice.cue_span) if span)
        if voice.speaker_span:
            yield *voice.speaker_span, voice.speaker_text
    of_places = (span for place in reading.places for span in place.mentions)
    of_parties = (span for party in reading.parties for span in party.mentions)
    yield from ((*span, None) for span in (*of_places, *of_parties, *reading.withheld))


def _dangling(reading: Reading) -> str | None:
    """Tell an id that leads to no record of the reading: of a place, a party or an attribution."""
    known = {
        "place": {place.id for place in reading.places},
        "party": {party.id for party in reading.parties},
        "attribution": {voice.id for voice in reading.attributions},
    }
    lost = next(((kind, each) for kind, each in _ids(reading) if each is not None and each not in known[kind]), None)
    return f"there is no {lost[0]} '{lost[1]}' in the reading" if lost else None


def _ids(reading: Reading) -> Iterator[tuple[str, str | None]]:
    """Yield the kind and id of every record that another one names."""
    for figure in reading.figures:
        yield "attribution", figure.attribution
        yield from (("place", place) for place in (*figure.at, *figure.origin, *figure.destination))
    for event in reading.events:
        yield "attribution", event.attribution
        yield from (("place", place) for place in event.places)
        yield from (("party", party) for party in (*event.actors, *event.targets))
    for relation in reading.relations:
        yield "attribution", relation.attribution
    for voice in reading.attributions:
        yield from (("party", party) for party in voice.speakers)
