"""What is noted of a figure for `read --explain`: the rule and the words behind each of its fields."""

from __future__ import annotations

from tidings.evidence.extract.figure_places import ROLES, Whereabouts
from tidings.evidence.extract.figure_reading import FigureRead
from tidings.evidence.extract.numbers import NumberSpan
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.trail import Because, Trail, quoted
from tidings.evidence.reading import Figure


def note_read(trail: Trail, figure: Figure, read: FigureRead) -> None:
    """Note how the number was read, what it counts and what gave it its status."""
    trail.note(figure.id, "value", _value(read.line, read.number))
    if figure.quantifier != "exact":
        trail.note(figure.id, "quantifier", _quantifier(read.line, read.number))
    trail.note(figure.id, "unit", _unit(read))
    trail.note(figure.id, "status", *_status(read))
    if figure.group != "unknown":
        trail.note(figure.id, "group", _group(figure, read))
    if figure.same_as and read.link:
        trail.note(figure.id, "same_as", _linked(read))


def note_where(trail: Trail, figure: Figure, where: Whereabouts, parent: Figure | None) -> None:
    """Note what gave each place its role; what no word of the figure's own gave was taken over with its people."""
    for role in ROLES:
        places: tuple[str, ...] = getattr(figure, role)
        own = [why for place in places for why in where.why(place)]
        trail.note(figure.id, role, *own)
        if places and not own and parent:
            trail.take_over(figure.id, role, parent.id, "the same people, told of before")


def _value(line: Line, number: NumberSpan) -> Because:
    words = quoted(line.words[number.first : number.last])
    plain = {"digits": "numbers: digits", "range": "numbers: two numbers joined to a range",
             "parts": "numbers.yaml parts: a part of the number behind it",
             "scales": f"numbers.yaml scales: '{line.words[number.last - 1]}' behind digits"}  # fmt: skip
    return Because(plain.get(number.rule) or f"numbers.yaml {number.rule}: {words}", number.start, number.end)


def _quantifier(line: Line, number: NumberSpan) -> Because:
    """Return what hedges a number: the words before it, else those behind it, else its own."""
    name, words = number.quantifier, line.words
    if number.value is None:
        return _value(line, number)
    if number.opening < number.first:
        rule = f"numbers.yaml quantifiers {name}: {quoted(words[number.opening : number.first])}"
        return Because(rule, *line.span(number.opening, number.first))
    if number.last < number.after:
        rule = f"numbers.yaml behind {name}: {quoted(words[number.last : number.after])}"
        return Because(rule, *line.span(number.last, number.after))
    return Because("numbers: a part of another number is approximate", number.start, number.end)


def _unit(read: FigureRead) -> Because:
    if read.counted.opening is not None:
        return Because(read.counted.rule, *read.line.span(read.counted.opening, read.counted.end))
    rule = read.counted.rule
    if read.sort != "elided":
        told = "the figure whose status it takes over tells" if read.link else "the words of its status tell"
        rule = f"{rule}; {told} what they are"
    return Because(rule, *read.line.span(*read.cover))


def _status(read: FigureRead) -> tuple[Because, ...]:
    cue = read.cue
    cues = [each for each in (cue, cue.also if cue else None) if each]
    own = tuple(Because(each.rule, *read.line.span(each.first, each.last)) for each in cues)
    return (*own, _linked(read)) if read.link else own


def _linked(read: FigureRead) -> Because:
    assert read.link is not None
    other = f"f{read.parent + 1}" if read.parent is not None else "the next figure"
    words = read.line.span(read.link.first, read.link.last)
    return Because(f"taken over from {other}: {read.link.rule}", *words)


def _group(figure: Figure, read: FigureRead) -> Because:
    counted = read.counted
    if counted.group == figure.group and counted.opening is not None:
        return Because(counted.group_rule, *read.line.span(counted.opening, counted.end))
    if read.group == figure.group and read.link:
        return _linked(read)
    rule = "figures: a people sheltered in another country" if figure.group == "refugee" else "figures: of a population"
    return Because(rule, *read.line.span(*read.cover))
