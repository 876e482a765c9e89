"""How a speaker is told: by name where an office or an organisation speaks, else by role and place, never by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

from tidings.evidence.extract.clauses import has_verb, is_mark, is_verb_like
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.mentions import Mentions
from tidings.evidence.extract.party_names import adjectives, countries_and_capitals, party_names, word_list
from tidings.evidence.extract.persons import NO_OFFICE, is_unnamed, opens_no_person
from tidings.evidence.extract.phrases import Line, line_at
from tidings.evidence.extract.proper_names import PARTICLES
from tidings.evidence.extract.words import ARTICLE_NAME, Document, Token, words_of
from tidings.evidence.reading import PartyRecord, Span

Tokens = tuple[int, int]
Told = tuple[str, Span]
OPENING = frozenset(['"', "“", "”", "«", "»", "(", "'", "‘", "-", "–", "—", ":"])
QUOTED = tuple(f"{mark}{quote}" for mark in ",.!?…" for quote in '"”»’')
"""What ends words of somebody's own: behind it a name speaks, and a body rather gives a statement."""
LINKS = frozenset(["and", "&"])
NAMED_AS = frozenset(["identified", "named", "called", "only", "as", "just", "simply", "by", "name", "the"])
"""Words between a role and a name: "a teacher identified only as Name"."""
ROLE_WORDS = 12
"""Longest description behind a name: "a baker from the old town of Zeta"."""


class SpeakerWords:
    """Tells speakers in the order of the text; a private person's later mentions are told as the first one was.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> text = "The wells are dry, said Abc Defg, a baker from Zeta."
    >>> SpeakerWords(Document(Report(id="r", name="-", text=text)), ()).of((24, 32))
    ('a baker from Zeta', (34, 51))
    """

    def __init__(self, document: Document, parties: Sequence[PartyRecord]) -> None:
        self._document = document
        bodies = [party for party in parties if party.kind != "person" and not is_unnamed(party.name)]
        self._bodies = Mentions.of(bodies)
        persons = [party for party in parties if party.kind == "person" and not is_unnamed(party.name)]
        self._persons = Mentions.of(persons)
        self._private: dict[str, Told] = {}
        self.withheld: list[Span] = []
        """Where the names stand that were not told."""

    def whole(self, span: Span) -> Span:
        """Return a speaker's words with what belongs to them: "the mayor of Zeta, Name", "thousands who left Zeta"."""
        line = line_at(self._document, span[0])
        first, last = line.cover(*span)
        if _is_relative(line, first):
            return line.tokens[_antecedent(line, first)].start, span[1]
        name = _name_before(line, first)
        if name and self._persons.covers(*line.span(*name)):
            return line.span(*name)[0], span[1]
        name = _set_off(line, last) if _holds_office(line.words[first:last]) else None
        is_holder = name is not None and self._persons.covers(*line.span(*name))
        return span[0], line.span(*name)[1] if name and is_holder else span[1]

    def of(self, span: Span) -> Told:
        """Return the words for a speaker, and where they stand in the text."""
        line = line_at(self._document, span[0])
        first, last = line.cover(*span)
        names = [name for name in _names(line, first, last) if self._is_private(line, name, first, last)]
        text = self._document.report.text[span[0] : span[1]]
        self.withheld += (line.span(*_without_role(line, name)) for name in names)
        if not names:
            return text, span
        if len(names) == 1:
            return self._remembered(line, names[0], self._told(line, names[0], first, last) or (NO_OFFICE, span))
        for name in reversed(names):
            start, end = line.span(*name)
            text = text[: start - span[0]] + NO_OFFICE + text[end - span[0] :]
        return text, span

    def _remembered(self, line: Line, name: Tokens, told: Told) -> Told:
        tokens = (token for token in line.tokens[slice(*name)] if token.text[0].isalpha() and not _is_known(token.text))
        words = [token.lower.replace("’", "'") for token in tokens]
        known = next((self._private[word] for word in words if word in self._private), None)
        told = known if known and told[0] == NO_OFFICE else told
        self._private |= dict.fromkeys(words, told)
        return told

    def _is_private(self, line: Line, name: Tokens, first: int, last: int) -> bool:
        words = line.words[slice(*name)]
        if any(word in self._private for word in words):
            return True
        span, role = line.span(*name), _apposition(line, last)
        if _holds_office((*line.words[first:last], *(line.words[slice(*role)] if role else ()))):
            return False
        if self._bodies.covers(*span) or line.words[max(0, name[0] - 1)] == "the" or _is_owned(line, name[0]):
            return False
        if _stands_as_place(line, name[0]) or opens_no_person(words[0]):
            return False
        is_placed = name[1] < last and line.words[name[1]] in ("from", "of", "with", "at", "in", "near")
        if is_placed and line.words[name[1]] in ("at", "in", "near"):
            return not self._persons.covers(*span)
        if is_placed:
            return not self._bodies.covers(*line.span(name[1], last)) and not _names_thing(line, name[1] + 1, last)
        if name[1] - name[0] == 1 and not (role and _is_indefinite(line, last)):
            return self._is_lone(line, name, last - first)
        told = line.words[slice(*role)] if role else ()
        is_posted = any(word in word_set("protected", "posts") for word in told)
        return bool(told and not is_posted) or not self._persons.covers(*span)

    def _is_lone(self, line: Line, name: Tokens, n_words: int) -> bool:
        """Whether a single word is somebody's name: a given name, or a word that nothing is known by."""
        token, word = line.tokens[name[0]], line.words[name[0]].removesuffix("'s")
        if self._persons.covers(token.start, token.end) or not token.text[1:].replace("-", "").islower():
            return False
        if word in word_set("protected", "given_names"):
            return True
        is_known = word in word_set("protected", "common_speakers") or word in word_list("not_names")
        is_cited = name[0] > 1 and line.words[name[0] - 2 : name[0]] == ("according", "to")
        if n_words > 1 or is_known or is_cited or _is_known(token.text):
            return False
        opens = name[0] == 0 or line.words[name[0] - 1] in OPENING
        before = self._document.body[max(0, token.start - 4) : token.start].rstrip()
        if before.endswith(QUOTED):
            return True
        is_asked = line.words[name[1] : name[1] + 1] == ("told",)
        return not opens or (is_asked and not word.endswith("s") and word not in self._small_words)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        """The words that the report writes in small letters as well."""
        return frozenset(word.key for words in self._document.words for word in words if not word.is_capital)

    def _told(self, line: Line, name: Tokens, first: int, last: int) -> Told | None:
        """Return the words that describe a person: behind the name, before it, or the place that he or she is from."""
        text, role = self._document.report.text, _apposition(line, last)
        if role:
            return self._cut(line.span(*role))
        if name[1] < last:
            start, end = line.span(name[1], last)
            is_placed = line.words[name[1]] in word_set("grammar", "prepositions")
            return f"a person {text[start:end]}" if is_placed else text[start:end], (start, end)
        if name[1] - name[0] > 1 and line.words[name[0]] in lexicon("parties")["private_roles"]:
            return self._cut(line.span(name[0], name[0] + 1))
        end = name[0]
        while end > first and line.words[end - 1] in NAMED_AS:
            end -= 1
        before = [word for word in line.words[first:end] if word not in word_set("grammar", "determiners")]
        return self._cut(line.span(first, end)) if before else None

    def _cut(self, span: Span) -> Told:
        return self._document.report.text[span[0] : span[1]], span


def _without_role(line: Line, name: Tokens) -> Tokens:
    """Return a name without the role, people or title of courtesy in front of it: "Activist Abc Defg"."""
    first, last = name
    titles = word_set("protected", "courtesy") | lexicon("parties")["private_roles"].keys()
    while last - first > 1 and (line.words[first] in titles or _is_known(line.texts[first])):
        first += 1
    return first, last


def _is_relative(line: Line, first: int) -> bool:
    return first > 0 and line.words[first - 1] == "who" and is_verb_like(line.words[first])


def _antecedent(line: Line, first: int) -> int:
    """Return where the noun phrase before a relative clause begins: "two women who left Zeta"."""
    start = first - 1
    while start > 0 and line.words[start - 1][0].isalnum() and not is_verb_like(line.words[start - 1]):
        start -= 1
    return start


def _set_off(line: Line, last: int) -> Tokens | None:
    """Return the name between commas behind words: "the mayor of Zeta, Name, "."""
    if last >= len(line.words) or line.words[last] != ",":
        return None
    end = last + 1
    while end < len(line.words) and (_is_name_word(line, end) or (end > last + 1 and line.words[end] in PARTICLES)):
        end += 1
    return (last + 1, end) if end > last + 1 and (end == len(line.words) or line.words[end] in (",", ".")) else None


def _name_before(line: Line, first: int) -> Tokens | None:
    """Return the name with a comma before words: "Name, the mayor of Zeta"."""
    end = start = first - 1
    if first < 2 or line.words[end] != ",":
        return None
    while start > 0 and (_is_name_word(line, start - 1) or (start < end and line.words[start - 1] in PARTICLES)):
        start -= 1
    return (start, end) if end > start and line.words[start - 1 if start else end] not in LINKS else None


def _stands_as_place(line: Line, index: int) -> bool:
    """Whether a name stands where places do: "left Zeta", "from Zeta", not "according to Name"."""
    before = line.words[max(0, index - 2) : index]
    if not before or before[-1] not in word_set("protected", "placing"):
        return False
    of_person = before[-1] == "of" and before[0] in word_set("protected", "belongings", "kin")
    return not of_person and before != ("according", "to")


def _is_known(text: str) -> bool:
    """Whether a word is a country, a capital, a people or a body, as "Unicef" for UNICEF is."""
    letters = words_of((Token(text.upper(), 0, len(text)),))
    return text in countries_and_capitals() or text in adjectives() or party_names(None).at(letters, 0) is not None


def _names(line: Line, first: int, last: int) -> list[Tokens]:
    """Return the runs of capitalised words that may be names of persons, cut before the place that follows one."""
    found: list[Tokens] = []
    index = first
    while index < last:
        end = index
        while end < last and (_is_name_word(line, end) or (end > index and line.words[end] in PARTICLES)):
            end += 1
        if end > index:
            found.append((index, end))
        if end < last and line.words[end] in ("from", "of", "in", "near", "at"):
            break
        index = max(end, index + 1)
    return [name for name in found if not _is_common(line, name)]


def _is_name_word(line: Line, index: int) -> bool:
    text = line.texts[index]
    is_named = text[0].isupper() or ARTICLE_NAME.fullmatch(text) is not None
    plain = word_set("grammar", "determiners", "pronouns", "prepositions")
    return is_named and line.words[index] not in plain


def _is_common(line: Line, name: Tokens) -> bool:
    """Whether a run is one word that only opens its sentence ("Residents said"), a body's name, or initials."""
    words = line.words[slice(*name)]
    if any(word in _body_heads() for word in words):
        return True
    return name[1] - name[0] == 1 and ((name[0] == 0 and words[0].endswith("s")) or len(words[0]) < 2)


def _apposition(line: Line, last: int) -> Tokens | None:
    """Return the description behind a name: "34, a baker from Zeta"; None where a clause follows."""
    if last >= len(line.words) or line.words[last] != ",":
        return None
    first = last + 1
    while first + 1 < len(line.words) and line.words[first].isdecimal() and line.words[first + 1] == ",":
        first += 2
    end = first
    while end < min(len(line.words), first + ROLE_WORDS) and not _ends_role(line, end):
        end += 1
    is_phrase = first < end and line.words[first][0].isalpha() and not has_verb(line, first, end)
    opens = line.words[first] if is_phrase else ""
    is_clause = opens in word_set("grammar", "conjunctions") or opens in word_set("grammar", "prepositions")
    is_other = opens.endswith("ing") or opens in word_set("grammar", "adverbs")
    return (first, end) if is_phrase and not is_clause and not is_other else None


def _ends_role(line: Line, index: int) -> bool:
    word = line.words[index]
    return (
        word in (",", ";", ":", ".", "!", "?", "(", ")", "—", "–") or word in ("who", "which", "that") or is_mark(word)
    )


def _is_indefinite(line: Line, last: int) -> bool:
    return line.words[last + 1] in ("a", "an", "one", "another") or line.words[last + 1].isdecimal()


def _is_owned(line: Line, first: int) -> bool:
    """Whether a body's possessive stands before a name: "the ministry's Abc Defg" speaks for the ministry."""
    return first > 0 and line.words[first - 1].endswith("'s")


def _names_thing(line: Line, first: int, last: int) -> bool:
    """Whether what follows "from" is no place but a body: "from the clinic", "of the River Board"."""
    if line.words[first] == "the" and first + 1 < last and line.texts[first + 1][0].isupper():
        return True
    return not any(line.texts[index][0].isupper() for index in range(first, last))


def _holds_office(words: Sequence[str]) -> bool:
    """Whether words tell an office: "the mayor of Zeta" do, "brother of the mayor" do not."""
    is_kin = any(word in word_set("protected", "kin") for word in words)
    return not is_kin and any(word in _offices() for word in words)


@cache
def _offices() -> frozenset[str]:
    """Return the words that end a title: who holds an office speaks in it."""
    return frozenset(title.lower().rstrip(".").split()[-1] for title in lexicon("parties")["titles"])


@cache
def _body_heads() -> frozenset[str]:
    return frozenset(word.lower() for words in lexicon("parties")["heads"].values() for word in words)
