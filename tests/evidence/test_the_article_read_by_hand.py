"""Contract: a real news report is read as a person reads it: figures, speakers, events told and events supposed.

What is compared with stands in `the_article.yaml`: offsets, names, numbers and types, and no words of the report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tidings.core.ids import ReportId
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.reading import Event, Reading, When
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

ARTICLES = sorted((Path(__file__).parents[3] / "shared" / "report").glob("*.txt"))
GOLD: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "the_article.yaml").read_text(encoding="utf-8"))
OVERLAP = 0.8
"""Share of what is said, over both readings of it, that both must hold."""
RECALL = 0.9
MISSED_AT_MOST, WRONG_AT_MOST = 4, 14
REQUIRED = [told for told in GOLD["events"] if not told.get("optional") and not told.get("missed")]
SUPPOSED = ("projected", "conditional", "demanded", "denied")

pytestmark = pytest.mark.skipif(not ARTICLES, reason="the news report is not beside this repository")
FIGURE = {
    "value": None, "low": None, "high": None, "quantifier": "exact", "unit": "person", "group": "unknown",
    "measure": "stock", "certainty": "stated", "at": [], "extent": "whole", "origin": [], "destination": [],
    "period": None, "speaker": [],
}  # fmt: skip
"""What a figure says where the file tells nothing else."""
EVENT = {"certainty": "stated", "actors": [], "targets": [], "places": [], "when": None, "speaker": []}


@pytest.fixture(scope="module")
def article(gazetteer: Gazetteer) -> Reading:
    text = ARTICLES[0].read_text(encoding="utf-8")
    report = Report(id=ReportId("article"), name="-", text=text, published=GOLD["published"], language="en")
    return read_report(report, gazetteer, countries=tuple(GOLD["countries"]))


def names(article: Reading, ids: Iterable[str]) -> list[str]:
    known = {record.id: record.name for record in (*article.parties, *article.places)}
    return sorted(known[each] for each in ids)


def spoken_by(article: Reading, attribution: str | None) -> list[str]:
    return next((names(article, voice.speakers) for voice in article.attributions if voice.id == attribution), [])


def days(when: When | None) -> list[Any] | None:
    return [when.from_, when.until] if when else None


def fits(found: Any, told: Any) -> bool:
    options = told["any"] if isinstance(told, dict) else [told]
    return any(found == (sorted(each) if _is_names(each) else each) for each in options)


def _is_names(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(each, str) for each in told)


def differences(found: dict[str, Any], told: dict[str, Any], usual: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    wanted = {**usual, **{key: value for key, value in told.items() if key in found}}
    return {key: (found[key], value) for key, value in wanted.items() if not fits(found[key], value)}


def figures(article: Reading) -> dict[tuple[int, int], dict[str, Any]]:
    fields = ("value", "low", "high", "quantifier", "unit", "group", "status", "measure", "certainty", "extent")
    return {
        (figure.start, figure.end): {
            **{name: getattr(figure, name) for name in fields},
            **{name: names(article, getattr(figure, name)) for name in ("at", "origin", "destination")},
            "period": days(figure.period),
            "speaker": spoken_by(article, figure.attribution),
        }
        for figure in article.figures
    }


def event_fields(article: Reading, event: Event) -> dict[str, Any]:
    return {
        "certainty": event.certainty,
        **{name: names(article, getattr(event, name)) for name in ("actors", "targets", "places")},
        "when": days(event.when),
        "speaker": spoken_by(article, event.attribution),
    }


def types(told: dict[str, Any]) -> list[str]:
    return told["type"]["any"] if isinstance(told["type"], dict) else [told["type"]]


def pairs(article: Reading) -> Iterator[tuple[dict[str, Any], Event]]:
    """Pair what is told with what is read: one type, words that overlap, the places too where words tell two events."""
    left = list(article.events)
    for told in GOLD["events"]:
        start, end = told["span"]
        near = [event for event in left if event.type in types(told) and event.start < end and start < event.end]
        near.sort(key=lambda event: not fits(names(article, event.places), told.get("places", [])))
        if near:
            left.remove(near[0])
            yield told, near[0]


def letters(spans: Iterable[Iterable[int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def alike(first: set[int], second: set[int]) -> float:
    return len(first & second) / len(first | second) if first | second else 1.0


def voiced(told: dict[str, Any], article: Reading) -> list[int]:
    """Return the numbers of the speeches that are this one."""
    free = letters(GOLD["may_be_said"])
    said = letters(told["content"])
    return [n for n, a in enumerate(article.attributions) if alike(letters(a.content) - free, said) >= OVERLAP]


def test_it_is_the_report_that_was_read_by_hand() -> None:
    assert hashlib.sha256(ARTICLES[0].read_bytes()).hexdigest() == GOLD["sha256"]


@pytest.mark.parametrize("told", GOLD["figures"], ids=lambda told: str(told["span"][0]))
def test_a_figure_is_read_with_all_that_is_told_of_it(article: Reading, told: dict[str, Any]) -> None:
    assert differences(figures(article)[tuple(told["span"])], told, FIGURE) == {}


def test_nothing_else_is_a_figure(article: Reading) -> None:
    assert sorted(figures(article)) == sorted(tuple(told["span"]) for told in GOLD["figures"])


@pytest.mark.parametrize("told", GOLD["speeches"], ids=lambda told: str(told["content"][0][0]))
def test_a_speech_has_its_words_its_speaker_and_its_kind(article: Reading, told: dict[str, Any]) -> None:
    (number,) = voiced(told, article)
    voice = article.attributions[number]
    assert (names(article, voice.speakers), voice.kind) == (sorted(told["speakers"]), told["kind"])
    assert voice.relayed_by == told.get("relayed_by")
    for span, words in ((voice.speaker_span, told["speaker_span"]), (voice.cue_span, told["cue_span"])):
        assert span is not None
        assert words[0] <= span[0] < span[1] <= words[1]


def test_nothing_is_said_by_anybody_that_nobody_is_said_to_have_said(article: Reading) -> None:
    told = {number for speech in GOLD["speeches"] for number in voiced(speech, article)}
    free = letters(GOLD["may_be_said"])
    rest = [a for n, a in enumerate(article.attributions) if n not in told and letters(a.content) - free]
    assert rest == []


@pytest.mark.parametrize("told", REQUIRED, ids=lambda told: f"{told['span'][0]}-{types(told)[0]}")
def test_an_event_is_read_with_all_that_is_told_of_it(article: Reading, told: dict[str, Any]) -> None:
    (event,) = [event for each, event in pairs(article) if each is told]
    found = differences(event_fields(article, event), told, EVENT)
    assert {key: value for key, value in found.items() if key not in told.get("wrong", {})} == {}


def test_nothing_else_is_an_event(article: Reading) -> None:
    read = [event.id for _, event in pairs(article)]
    assert [(event.type, event.start) for event in article.events if event.id not in read] == []


def test_what_is_supposed_feared_wanted_or_demanded_is_never_stated(article: Reading) -> None:
    for told, event in pairs(article):
        certainty = told.get("certainty", "stated")
        allowed = certainty["any"] if isinstance(certainty, dict) else [certainty]
        if set(allowed) <= set(SUPPOSED):
            assert event.certainty in SUPPOSED, (told["span"], event.certainty)


def test_nine_in_ten_of_what_is_told_to_have_happened_are_read(article: Reading) -> None:
    told = [each for each in GOLD["events"] if not each.get("optional") and each.get("certainty") not in SUPPOSED]
    read = [each for each, _ in pairs(article) if each in told]
    assert len(read) / len(told) >= RECALL, f"{len(read)} of {len(told)} are read"


def test_mentions_of_one_event_are_linked(article: Reading) -> None:
    roots: dict[str, set[str]] = {}
    for told, event in pairs(article):
        if "same" in told:
            roots.setdefault(told["same"], set()).add(event.same_as or event.id)
    assert {name: len(found) for name, found in roots.items()} == dict.fromkeys(roots, 1)


def test_what_is_known_to_be_missed_or_wrong_still_is_and_is_little(article: Reading) -> None:
    read = list(pairs(article))
    missed = [told["span"] for told in GOLD["events"] if told.get("missed")]
    assert [span for span in missed if any(told["span"] == span for told, _ in read)] == []
    wrong = [(told["span"], key) for told in GOLD["events"] for key in told.get("wrong", {})]
    unlike = [(tuple(told["span"]), differences(event_fields(article, event), told, EVENT)) for told, event in read]
    found = {(span, key) for span, fields in unlike for key in fields}
    assert [(span, key) for span, key in wrong if (tuple(span), key) not in found] == []
    assert (len(missed) <= MISSED_AT_MOST, len(wrong) <= WRONG_AT_MOST) == (True, True)


def test_the_parties_stand_to_one_another_and_to_places_as_told(article: Reading) -> None:
    known = {record.id: record.name for record in (*article.parties, *article.places)}
    read = {(known[tie.subject], tie.relation, known[tie.object]) for tie in article.relations}
    told = {tuple(row) for row in GOLD["relations"]}
    assert told - read == set()
    assert read - told - {tuple(row) for row in GOLD["relations_optional"]} == set()


def test_the_one_disagreement_has_its_two_sides(article: Reading) -> None:
    read = [
        {
            "topic": each.topic,
            "positions": sorted(sorted(who for a in side.attributions for who in spoken_by(article, a))
                                for side in each.positions),
        }
        for each in article.disagreements
    ]  # fmt: skip
    assert read == [{**each, "positions": sorted(map(sorted, each["positions"]))} for each in GOLD["disagreements"]]
