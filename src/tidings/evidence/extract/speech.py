"""Speeches of one sentence: its cues, who speaks in each, and which words are what is said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

from tidings.evidence.extract.clauses import before_relative, has_verb, is_mark, is_verb_like, subject_before
from tidings.evidence.extract.denials_aside import denied_aside
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.passive_speech import by_agent, fronted, with_quoting, with_relayers
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.quotations import quoted_spans
from tidings.evidence.extract.run_on_speech import run_on_speaker
from tidings.evidence.extract.speech_cues import Cue, cues_in, may_tell_speech
from tidings.evidence.extract.speech_place import (
    Speech,
    SpeechPlace,
    Tokens,
    made,
    quote_opening_at,
    speaker_end,
    words_of,
)
from tidings.evidence.extract.times import time_at
from tidings.evidence.extract.untruths import called_false
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Span

SHORTEST_CLAUSE = 3
"""Words before ", X said" below which they are an adverbial ("On Monday") and no clause."""
TIME_WORDS = 6
"""Words of a time between a subject and its verb: "on Tuesday morning"."""
TAIL_WORDS = 16
"""Longest "..., X said on Monday in a statement" that may follow a verb of speech."""


def speeches_in(document: Document, line: Line) -> list[Speech]:
    """Return the speeches of a sentence in the order of their cues."""
    if not may_tell_speech(line):
        return []
    quotes = _quotes_near(document, line)
    cues = cues_in(line, _quoted_tokens(line, quotes))
    if not cues:
        return []
    subjects = [_subject(line, cue) for cue in cues]
    found: list[Speech] = []
    for number, cue in enumerate(cues):
        stop = _stop(line, cues, subjects, number)
        found += _read(SpeechPlace(line, cue, subjects[number], stop, quotes), found)
    return with_relayers(line, _with_cited(found))


def _subject(line: Line, cue: Cue) -> Tokens | None:
    """Return the subject of a cue without a time behind it: "the Red Crescent on Tuesday said"."""
    is_participle = line.words[cue.first].endswith("ing") and line.words[cue.first - 1 : cue.first] == (",",)
    if cue.kind in ("according", "citing") or is_participle:
        return None
    found = subject_before(line, _before_time(line, cue.first))
    if found is None or line.words[found[0] - 1] in word_set("grammar", "be"):  # "who asked not to be named told"
        found = before_relative(line, cue.first) or found
    if found is None:
        return None
    first, last = _behind_answer(line, cue, *found)
    while last - first > 1 and line.words[last - 1].endswith("ly") and line.tokens[last - 1].text.islower():
        last -= 1  # "Russia wrongly announced"
    for index in range(first + 1, last):
        time = time_at(line, index, None)
        if time is not None and time.last == last:
            return first, index
    return first, last


def _behind_answer(line: Line, cue: Cue, first: int, last: int) -> Tokens:
    """Leave out who answers a claim from who made it: "the army" of "rebels rejected the army's claim that"."""
    if line.words[cue.first] in word_set("modality", "tellings"):
        answers = word_set("attributions", "answers")
        first = next((at + 1 for at in range(last - 2, first - 1, -1) if line.words[at] in answers), first)
    return first, last


def _before_time(line: Line, verb: int) -> int:
    """Return where a time right before a verb begins, behind a bracket: "the Relief Fund (RF) on Tuesday said"."""
    for index in range(verb - 1, max(0, verb - TIME_WORDS), -1):
        time = time_at(line, index, None)
        if time is not None and time.last == verb and line.words[index - 1] == ")":
            return index
    return verb


def _quotes_near(document: Document, line: Line) -> tuple[Span, ...]:
    spans = quoted_spans(document)
    last = bisect_right(spans, (line.sentence.end, line.sentence.end))
    first = last
    while first and spans[first - 1][1] >= line.sentence.start:
        first -= 1
    return spans[first:last]


def _quoted_tokens(line: Line, quotes: tuple[Span, ...]) -> frozenset[int]:
    inside: set[int] = set()
    for start, end in quotes:
        first, last = line.cover(max(start, line.sentence.start), min(end, line.sentence.end))
        inside.update(range(first if line.starts[first] >= start else first + 1, last))
    return frozenset(inside)


def _stop(line: Line, cues: list[Cue], subjects: list[Tokens | None], number: int) -> int:
    """Return where the words of a cue end: before the next cue that is coordinated with it, else at the full stop."""
    end = len(line.words)
    while end and line.words[end - 1] in (".", "!", "?"):
        end -= 1
    if number + 1 == len(cues) or cues[number + 1].kind in ("according", "citing"):
        return end
    subject = subjects[number + 1]
    edge = subject[0] if subject else cues[number + 1].first
    before = edge
    joints = ("and", "but", "while", ",", ";")
    while before and line.words[before - 1] in (*joints, "also", "which", "that", "has", "have"):
        before -= 1
    is_coordinated = any(word in joints for word in line.words[before:edge])
    return before if is_coordinated and before > cues[number].last else end


def _read(place: SpeechPlace, earlier: list[Speech]) -> list[Speech]:
    for attempt, rule in ATTEMPTS:
        speech = attempt(place, earlier)
        if speech:
            return [replace(with_quoting(place, speech), rule=rule)] if speech.content else []
    return []


def _according(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    if place.cue.kind not in ("according", "citing"):
        return None
    line, last = place.line, speaker_end(place.line, place.cue.last)
    if last == place.cue.last:
        return made(place, None, [])
    speaker = line.span(place.cue.last, last)
    if place.cue.first <= 1:
        return made(place, speaker, words_of(line, last, place.stop))
    return made(place, speaker, words_of(line, _own_start(place), place.cue.first))


def _own_start(place: SpeechPlace) -> int:
    """Return where the words begin that a source stands for: "by an estimate of X" holds for its own clause alone."""
    line, first = place.line, place.cue.first
    if line.words[first] not in word_set("attributions", "own_clause"):
        return 0
    starts = (
        i + 1 for i in range(first - 1, 0, -1) if line.words[i] in (",", ";", ":", "where", "which", "and", "but")
    )
    return next(starts, 0)


def _put(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read "X put the dead at 40, Y at 60": each number is on its own speaker's word."""
    if place.cue.kind != "put":
        return None
    line, last = place.line, place.cue.last
    if place.speaker is None or not _can_speak(line, place.speaker):
        return made(place, None, [])
    edges = (",", ";", "while", "but", "whereas", "and")
    stop = next((i for i in range(last, place.stop) if line.words[i] in edges), place.stop)
    return made(place, line.span(*place.speaker), words_of(line, last, stop))


def _quote_ending_at(place: SpeechPlace, token: int) -> Span | None:
    """Return the quotation whose closing mark is the token just before."""
    if token == 0 or not is_mark(place.line.words[token - 1]):
        return None
    closing = place.line.tokens[token - 1].start
    return next((span for span in place.quotes if span[1] == closing), None)


def _inverted(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read '"...," said X' and '..., said X'."""
    line, first = place.line, place.cue.first
    if place.cue.kind in ("accuse", "demand", "view", "deny", "tell") or line.words[first].endswith("ing"):
        return None
    quote = _quote_ending_at(place, first)
    last = speaker_end(line, place.cue.last)
    if last == place.cue.last:
        return None
    reach = range(last, min(len(line.words), last + TAIL_WORDS))
    tail = next((number for number in reach if line.words[number] == ";"), reach.stop)
    is_comma = line.words[first - 1] == "," and not has_verb(line, place.cue.last, tail)
    if quote is None and not (is_comma and has_verb(line, 0, first - 1)):
        return None
    return _with_quote(place, line.span(place.cue.last, last), quote, first - 1, last)


def _with_quote(place: SpeechPlace, speaker: Span | None, quote: Span | None, before: int, after: int) -> Speech:
    """Make a speech whose words stand before its cue, and go on behind it where a second quotation follows."""
    line = place.line
    content = [quote] if quote and _opens_sentence(line, quote) else words_of(line, 0, before)
    is_quoted = bool(quote) and content == [quote]
    behind = next((span for span in place.quotes if span[0] > line.tokens[after - 1].end), None)
    if behind and quote and behind[0] < line.sentence.end:
        content = [*content, behind]
    return made(place, speaker, content, is_quoted=is_quoted)


def _opens_sentence(line: Line, quote: Span) -> bool:
    """Whether nothing but the mark stands before a quotation in its sentence, or it began in an earlier one."""
    return quote[0] <= line.sentence.start + 2


def _viewed(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read "which it sees as an ally", "what residents call a siege"; a view told otherwise is no speech."""
    if place.cue.kind != "view":
        return None
    line, speaker = place.line, place.speaker
    if speaker is None or speaker[0] == 0:
        return made(place, None, [])
    relative = line.words[speaker[0] - 1]
    first = place.cue.last
    if line.words[place.cue.first] in word_set("attributions", "views_as"):
        stop = min(first + 8, place.stop)
        first = next((i + 1 for i in range(first, stop) if line.words[i] == "as"), place.stop)
    is_complement = relative == "that" and place.line.words[max(0, speaker[0] - 2)] in word_set(
        "attributions", "past_speech"
    )
    if relative not in word_set("grammar", "relatives") or is_complement:
        return made(place, None, [])
    return made(place, line.span(*speaker), words_of(line, first, _clause_end(line, first, place.stop)))


def _clause_end(line: Line, first: int, stop: int) -> int:
    ends = (",", "that", "which", "who", ";", "—", "–")
    return next((i for i in range(first + 1, stop) if line.words[i] in ends), stop)


def _behind(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read '..., X said on Monday' and '"...," X said': the words stand before the speaker."""
    line, speaker = place.line, place.speaker
    if speaker is None or not _can_speak(line, speaker):
        return None
    quote = _quote_ending_at(place, speaker[0])
    is_set_off = speaker[0] > 0 and line.words[speaker[0] - 1] == ","
    if quote is None and not (is_set_off and speaker[0] > SHORTEST_CLAUSE):
        run_on = run_on_speaker(line, speaker) if _is_tail(line, place.cue.last) else None
        if run_on is None:
            return None
        speaker = run_on
    if _is_tail(line, place.cue.last):
        return _with_quote(place, line.span(*speaker), quote, speaker[0], place.cue.last)
    if line.words[place.cue.last : place.cue.last + 1] == (",",):
        speech = _with_quote(place, line.span(*speaker), quote, speaker[0], place.cue.last)
        more = [] if quote else words_of(line, place.cue.last, place.stop)
        return replace(speech, content=(*speech.content, *more))
    return None


def _is_tail(line: Line, first: int) -> bool:
    """Whether nothing is said behind a verb of speech: only a time, a place or a medium follows, if anything."""
    words = line.words[first:]
    ends = (".", ";", "!", "?", "(", "citing", "quoting")
    if not words or words[0] in ends or is_mark(words[0]):
        return True
    if len(words) > TAIL_WORDS or words[0] == "that":
        return False
    comma = first + words.index(",") if "," in words else len(line.words)
    is_adverbial = words[0] in word_set("grammar", "prepositions") or time_at(line, first, None) is not None
    is_addressee = line.words[first - 1] in ("told", "tells", "informed")
    is_led_in = is_adverbial or is_addressee or words[0] in word_set("grammar", "adverbs")
    return is_led_in and not has_verb(line, first, comma)


def _leading(place: SpeechPlace, earlier: list[Speech]) -> Speech | None:
    """Read "X said (that) ...": the words stand behind the cue."""
    line, cue = place.line, place.cue
    speaker = line.span(*place.speaker) if place.speaker else earlier[-1].speaker if earlier else None
    if speaker is None or (place.speaker and not _can_speak(line, place.speaker)):
        return None
    first = _content_start(line, cue, place.stop)
    if first is None:
        return None
    quote = quote_opening_at(place, first)
    if quote:
        return made(place, speaker, [quote], is_quoted=True)
    before = line.words[place.speaker[0] - 1] if place.speaker and place.speaker[0] else ""
    is_relative = before in word_set("grammar", "relatives")
    false = called_false(line, first) if line.words[cue.first] in word_set("modality", "tellings") else None
    if false:
        return made(place, speaker, words_of(line, first, false[0]))
    if is_relative and place.speaker and line.words[max(0, place.speaker[0] - 2)] == ",":
        stop = next((i for i in range(first, place.stop) if line.words[i] == ","), place.stop)
    else:
        stop = _contrast(line, first, place.stop) if is_relative else _tense_break(line, first, place.stop)
    return made(place, speaker, words_of(line, first, stop))


def _can_speak(line: Line, speaker: Tokens) -> bool:
    words = line.words[speaker[0] : speaker[1]]
    plain = word_set("grammar", "determiners", "prepositions", "adverbs")
    return words[0] not in ("there", "up", "down") and any(word[0].isalpha() and word not in plain for word in words)


def _content_start(line: Line, cue: Cue, stop: int) -> int | None:
    """Return the token where what is said begins, behind an addressee, a time or "that"."""
    first = cue.last
    that = next((i for i in range(first, min(first + 14, stop)) if line.words[i] == "that"), None)
    if that is not None and not has_verb(line, first, that) and not _is_anothers_telling(line, first, that):
        is_noun_phrase = cue.kind in ("demand", "accuse", "deny", "object") and that > first
        return first if is_noun_phrase else that + 1
    time = time_at(line, first, None) if first < len(line.words) else None
    is_adverbial = time is not None and line.words[first] not in word_set("times", "now_words")
    first = time.last if time and is_adverbial and cue.kind in ("clause", "object") else first
    if cue.kind == "tell":
        return _behind_addressee(line, first, stop)
    if cue.kind == "strict" and not _opens_speech(line, first) and not _opens_opinion(line, cue, first):
        return None
    return first if first < stop else None


def _is_anothers_telling(line: Line, first: int, that: int) -> bool:
    """Whether a "that" belongs to a noun: "said the army's claim that it took the town was a lie"."""
    return that > first and line.words[that - 1] in word_set("modality", "tellings")


def _opens_speech(line: Line, first: int) -> bool:
    return first + 1 < len(line.words) and (
        is_mark(line.words[first]) or (line.words[first] in (":", ",") and is_mark(line.words[first + 1]))
    )


def _opens_opinion(line: Line, cue: Cue, first: int) -> bool:
    """Whether a clause follows a verb of opinion without "that": "officials believe the army has left"."""
    if line.words[cue.first] not in word_set("attributions", "opinions") or first >= len(line.words):
        return False
    verb = next((n for n in range(first + 1, min(first + 6, len(line.words))) if is_verb_like(line.words[n])), first)
    is_noun_phrase = line.tokens[first].text[0].isupper() or line.words[first] in word_set("grammar", "determiners")
    is_finite = line.words[verb] in word_set("grammar", "auxiliaries")
    return is_noun_phrase and is_finite and "," not in line.words[first:verb]


def _behind_addressee(line: Line, first: int, stop: int) -> int | None:
    """Skip "reporters", "him", "the Daily News": only then may a clause or a quotation follow."""
    index = first + 1 if line.words[first : first + 1] == ("the",) else first
    addressees = word_set("attributions", "addressees")
    while index < stop and (line.words[index] in addressees or line.tokens[index].text[0].isupper()):
        index += 1
    return index if index > first and has_verb(line, index, stop) else None


def _contrast(line: Line, first: int, stop: int) -> int:
    """Return where a relative clause ends: at a comma before "but", "and", "while" or another relative."""
    ends = word_set("grammar", "coordinators", "relatives")
    commas = (i for i in range(first, stop - 1) if line.words[i] == ",")
    return next((i for i in commas if line.words[i + 1] in ends), stop)


def _tense_break(line: Line, first: int, stop: int) -> int:
    """Return where the writer speaks again: reported words shifted to the past, then ", and Y has done"."""
    shifted, perfect = word_set("grammar", "back_shifted"), word_set("grammar", "perfect")
    is_shifted = False
    for index in range(first, min(stop - 2, first + 120)):
        word = line.words[index]
        is_shifted = is_shifted or word in shifted
        if not (is_shifted and word == "," and line.words[index + 1] in word_set("grammar", "coordinators")):
            continue
        verb = next((w for w in line.words[index + 2 : min(stop, index + 14)] if is_verb_like(w)), "")
        if verb in perfect:
            return index
    return stop


def _with_cited(found: list[Speech]) -> list[Speech]:
    """Join "citing Y" to the speech of X in the same sentence: Y says it, X relays it."""
    cited = next((speech for speech in found if speech.kind == "citing"), None)
    others = [speech for speech in found if speech.kind != "citing"]
    if cited is None or not others:
        return [replace(speech, kind="according") for speech in found] if cited else found
    return [replace(others[0], cited=cited.speaker), *others[1:]]


ATTEMPTS: tuple[tuple[Callable[[SpeechPlace, list[Speech]], Speech | None], str], ...] = (
    (denied_aside, "speech: a denial by the way and the subject that it is an aside of"),
    (by_agent, "speech: a passive verb of speech and who says it"),
    (fronted, "speech: a verb of speech that opens the sentence, the speaker, a quotation"),
    (_according, "speech: a source named by 'according to' or 'citing'"),
    (_put, "speech: somebody puts a number at what it is"),
    (_inverted, "speech: the words, a verb of speech, the speaker"),
    (_viewed, "speech: a view in a relative clause"),
    (_behind, "speech: the words, the speaker, a verb of speech"),
    (_leading, "speech: the speaker, a verb of speech, the words"),
)
"""How a speech can be told, in the order in which it is tried."""
